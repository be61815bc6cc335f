"""Parts of ASN.1 structures as fields of a description: algorithms, names, times, serials.

None of these raises for what is malformed: the field then says so, and its neighbours stand.
"""

from collections.abc import Callable

from mtlsgui.pki import der, key_kinds, oids, values
from mtlsgui.pki.describe.tree import Field, FieldKind
from mtlsgui.pki.describe.words import colons, date_and_time, hex_dump
from mtlsgui.pki.describe.words import signature_algorithm as signature_words
from mtlsgui.pki.extensions import reason
from mtlsgui.pki.facts import serial_hex
from mtlsgui.pki.general_names import read_general_names
from mtlsgui.pki.oid_names import oid_name
from mtlsgui.pki.x501 import read_name

UNREADABLE = "(cannot be read)"

_LABELS = {"dns": "DNS", "ip": "IP", "email": "E-mail", "uri": "URI", "dn": "Name"}


def field(
    label: str, get: Callable[[], str], *, kind: FieldKind = "text", oid: str = "", note: str = ""
) -> Field:
    """A field of what `get` gives, or why it raised."""
    try:
        value = get()
    except Exception as error:  # malformed in one of a dozen ways
        return Field(label, UNREADABLE, oid=oid, note=reason(error), kind="problem")
    return Field(label, value, oid=oid, note=note, monospace=kind in ("digest", "hex"), kind=kind)


def oid_words(dotted: str) -> str:
    """The name of an object identifier, else its dotted form."""
    return oid_name(dotted) or dotted


def algorithm_words(algorithm: der.Node) -> str:
    """The name of an AlgorithmIdentifier's algorithm. Raises DerError when it is malformed."""
    dotted = first(algorithm).oid()
    if dotted in oids.SIGNATURE_ALGORITHMS:
        return signature_words(oids.SIGNATURE_ALGORITHMS[dotted])
    known = key_kinds.name_of(dotted)
    return known if known != dotted else oid_words(dotted)


def algorithm(label: str, node: der.Node) -> Field:
    return field(label, lambda: algorithm_words(node))


def key(label: str, spki: der.Node) -> Field:
    """What kind of key a SubjectPublicKeyInfo holds."""
    return field(label, lambda: key_kinds.spki_info(spki).label)


def name(label: str, node: der.Node) -> Field:
    """A distinguished name."""
    return field(label, lambda: read_name(node).rfc4514() or "(empty)", kind="name")


def general_names(label: str, node: der.Node) -> Field:
    """Names of any kind, one a line; node: the SEQUENCE that they stand in, however tagged."""
    return field(label, lambda: general_names_text(node), kind="names")


def general_names_text(node: der.Node) -> str:
    """As in "DNS api.example", one a line. Raises DerError for what is no list of names."""
    return "\n".join(_shown(each.text) for each in read_general_names(node))


def _shown(text: str) -> str:
    kind, _, value = text.partition(":")
    return f"{_LABELS.get(kind, kind)} {value}"


def moment(label: str, node: der.Node) -> Field:
    """A UTCTime or GeneralizedTime."""
    return field(label, lambda: date_and_time(values.time(node.tag, node.value)), kind="date")


def serial(label: str, node: der.Node) -> Field:
    return field(label, lambda: colons(serial_text(node)), kind="digest")


def serial_text(node: der.Node) -> str:
    """An INTEGER as hex. Raises DerError for anything else."""
    if node.tag != der.INTEGER or node.body == node.end:
        raise der.DerError("not an INTEGER")
    return serial_hex(node.value)


def octets(label: str, content: bytes, *, note: str = "") -> Field:
    """Bytes that identify something, in hex."""
    return Field(label, hex_dump(content) or "(empty)", note=note, monospace=True, kind="digest")


def extensions(label: str, found: der.Node) -> tuple[Field, ...]:
    """The names of the extensions in a SEQUENCE OF Extension, one a line; nothing where none."""
    parts = field(
        label, lambda: "\n".join(oid_words(first(each).oid()) for each in found.children()),
        kind="names",
    )  # fmt: skip
    return (parts,) if parts.value else ()


def first(node: der.Node) -> der.Node:
    """The first value inside. Raises DerError when there is none."""
    return at(node.children(), 0)


def at(parts: list[der.Node], index: int) -> der.Node:
    """One of the values. Raises DerError, not IndexError, when there are fewer."""
    if index >= len(parts):
        raise der.DerError("a value is missing")
    return parts[index]


def inside(node: der.Node) -> der.Node:
    """The one value inside an explicit tag. Raises DerError when there is none."""
    return der.read(node.data, node.body, node.end)
