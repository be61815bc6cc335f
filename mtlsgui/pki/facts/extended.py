"""The extensions that facts come from (RFC 5280, sections 4.2.1 and 5.2), each read by itself."""

from collections.abc import Callable
from typing import TypeVar

from cryptography import x509

from mtlsgui.pki import der, extensions, oids
from mtlsgui.pki.facts.fields import Fields
from mtlsgui.pki.general_names import read_general_names
from mtlsgui.pki.usages import KEY_USAGES, purpose_name

_T = TypeVar("_T")
_A = TypeVar("_A")

_AGREEMENT = "keyAgreement"
_WITH_AGREEMENT = ("encipherOnly", "decipherOnly")


class Extended:
    """The extensions of one certificate, request or list, and what is wrong with them."""

    def __init__(
        self,
        fields: Fields,
        find: Callable[[], der.Node | None],
        together: Callable[[], x509.Extensions],
    ) -> None:
        """find: the SEQUENCE that they stand in; None when there is none.

        together: has `cryptography` decode them all. Where that succeeds, none is malformed.
        """
        self._fields = fields
        self._values: dict[str, bytes] = {}
        self._broken: set[str] = set()
        self._readable = True
        try:
            found = find()
            pieces = extensions.split(found) if found else []
        except der.DerError as error:
            self._readable = False
            fields.problem("extensions", extensions.reason(error))
            return
        for oid, _, value in pieces:
            if oid in self._values:
                fields.problem("extensions", f"{oid} stands there twice")
            else:
                self._values[oid] = value
        if len(self._values) < len(pieces) or not _all_read(pieces, together):
            self._mention_the_unread(pieces)

    def _mention_the_unread(self, pieces: list[tuple[str, bool, bytes]]) -> None:
        """Those that the facts read themselves are not among them."""
        for piece in pieces[:_MOST_TRIED]:
            if piece[0] not in _READ_HERE:
                alone = extensions.decode_alone(*piece)
                if alone.decoded is None:
                    self._fields.problem(f"extension {alone.oid}", alone.problem)

    def _get(
        self, field: str, oid: str, read: Callable[[der.Node], _T], absent: _A
    ) -> _T | _A | None:
        """What an extension says; `absent` without it, None when it is malformed."""
        value = self._values.get(oid)
        if value is None:
            return absent if self._readable else None
        try:
            node = der.read(value)
            if node.end != len(value):
                self._fields.problem(field, f"{len(value) - node.end} bytes stand after it")
            return read(node)
        except Exception as error:  # whatever is wrong with it is what we report
            self._fields.problem(field, extensions.reason(error))
            return None

    def basic_constraints(self) -> tuple[bool | None, int | None]:
        """Whether it is a CA, and the path length."""
        found = self._get("is_ca", oids.BASIC_CONSTRAINTS, _basic_constraints, (False, None))
        return (None, None) if found is None else found

    def san(self) -> tuple[str, ...] | None:
        names = self._get("san", oids.SUBJECT_ALT_NAME, read_general_names, ())
        if names is None:
            return None
        for name in names:
            if name.problem:
                self._fields.problem("san", f"{name.text}: {name.problem}")
        return tuple(name.text for name in names)

    def key_usage(self) -> tuple[str, ...] | None:
        return self._get("key_usage", oids.KEY_USAGE, _key_usage, ())

    def extended_key_usage(self) -> tuple[str, ...] | None:
        return self._get("extended_key_usage", oids.EXTENDED_KEY_USAGE, _purposes, ())

    def ski(self) -> str | None:
        return self._get("ski", oids.SUBJECT_KEY_IDENTIFIER, _octets, None)

    def aki(self) -> str | None:
        return self._get("aki", oids.AUTHORITY_KEY_IDENTIFIER, _key_identifier, None)

    def crl_number(self) -> int | None:
        return self._get("number", oids.CRL_NUMBER, der.Node.integer, None)


_MOST_TRIED = 1_000
"""Extensions that are decoded one by one: real certificates have ten."""

_READ_HERE = frozenset(
    (
        oids.BASIC_CONSTRAINTS,
        oids.SUBJECT_ALT_NAME,
        oids.KEY_USAGE,
        oids.EXTENDED_KEY_USAGE,
        oids.SUBJECT_KEY_IDENTIFIER,
        oids.AUTHORITY_KEY_IDENTIFIER,
        oids.CRL_NUMBER,
    )
)


def _all_read(
    pieces: list[tuple[str, bool, bytes]], together: Callable[[], x509.Extensions]
) -> bool:
    if all(oid in _READ_HERE for oid, _, _ in pieces):
        return True
    try:
        together()
    except Exception:  # any malformed extension, or a field that has nothing to do with them
        return False
    return True


def _basic_constraints(node: der.Node) -> tuple[bool, int | None]:
    parts = _sequence(node)
    ca = bool(parts) and parts[0].tag == _BOOLEAN and parts[0].value.strip(b"\0") != b""
    lengths = [part.integer() for part in parts if part.tag == der.INTEGER]
    return ca, lengths[0] if lengths else None


_BOOLEAN = 0x01


def _key_usage(node: der.Node) -> tuple[str, ...]:
    """The names of the bits that are set.

    encipherOnly and decipherOnly are undefined without keyAgreement (RFC 5280, 4.2.1.3).
    """
    if node.tag != der.BIT_STRING or node.body == node.end:
        raise der.DerError("not a BIT STRING")
    bits = node.value[1:3]
    found = [
        name
        for at, name in enumerate(KEY_USAGES)
        if at // 8 < len(bits) and bits[at // 8] & 0x80 >> at % 8
    ]
    if _AGREEMENT not in found:
        found = [name for name in found if name not in _WITH_AGREEMENT]
    return tuple(found)


def _purposes(node: der.Node) -> tuple[str, ...]:
    return tuple(purpose_name(part.oid()) for part in _sequence(node))


def _octets(node: der.Node) -> str:
    if node.tag != der.OCTET_STRING:
        raise der.DerError("not an OCTET STRING")
    return node.value.hex()


def _key_identifier(node: der.Node) -> str | None:
    parts = _sequence(node)
    found = next((part for part in parts if part.tag == 0x80), None)
    return found.value.hex() or None if found else None


def _sequence(node: der.Node) -> list[der.Node]:
    if node.tag != der.SEQUENCE:
        raise der.DerError("not a SEQUENCE")
    return node.children()
