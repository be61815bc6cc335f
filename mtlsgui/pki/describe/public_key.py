"""The numbers of a public key."""

from mtlsgui.pki import der, key_kinds
from mtlsgui.pki.describe import fields
from mtlsgui.pki.describe.fingerprints import key_identifier, pin_field
from mtlsgui.pki.describe.tree import Field, Section
from mtlsgui.pki.describe.words import hex_dump
from mtlsgui.pki.extensions import reason
from mtlsgui.pki.keys import KeyInfo

_RSA = (key_kinds.RSA, key_kinds.RSA_PSS, key_kinds.RSA_X500)
_EC = (key_kinds.EC, key_kinds.EC_DH)
_MOST_BYTES = 1_024
_POINTS = {2: "Compressed", 3: "Compressed", 4: "Uncompressed", 6: "Hybrid", 7: "Hybrid"}


def key_section(info: KeyInfo | None, spki_sha256: str | None, spki: bytes | None) -> Section:
    """The section about a public key.

    spki: its SubjectPublicKeyInfo; None when only what `info` says is known.
    """
    said = (
        Field("Key", info.label if info else fields.UNREADABLE),
        fields.digest("SHA-256 of the key (SPKI)", spki_sha256),
    )
    return Section("Public key", said + (public_numbers(spki) if spki else ()))


def public_numbers(spki: bytes) -> tuple[Field, ...]:
    """What a SubjectPublicKeyInfo is made of; a line that says why where it cannot be read."""
    try:
        algorithm, bits = der.read(spki).children()[:2]
        oid = algorithm.children()[0].oid()
        key = bits.value[1:]
        numbers = _rsa(key) if oid in _RSA else _point(key) if oid in _EC else (_raw(key),)
        return *numbers, fields.digest("Key identifier (SHA-1)", key_identifier(spki))
    except (ValueError, IndexError) as error:
        problem = Field("Key's numbers", fields.UNREADABLE, note=reason(error), kind="problem")
        return (problem,)


def pins(spki: bytes | None) -> tuple[Section, ...]:
    """A section with the pin of a key."""
    return (Section("Fingerprints", (pin_field(spki),)),) if spki else ()


def _rsa(key: bytes) -> tuple[Field, ...]:
    modulus, exponent = der.read(key).children()[:2]
    bits = key_kinds.bits_of(modulus)
    number = exponent.integer()
    return (
        Field(
            "Modulus",
            _dump(modulus.value.lstrip(b"\0")),
            note=f"{bits:,} bits",
            monospace=True,
            kind="hex",
        ),
        Field("Exponent", _exponent(exponent), note=_weakness(number), kind="number"),
    )


def _exponent(exponent: der.Node) -> str:
    if len(exponent.value) > 8:
        return f"{key_kinds.bits_of(exponent):,} bits: {hex_dump(exponent.value, most=64)}"
    return str(exponent.integer())


def _weakness(exponent: int) -> str:
    if exponent < 3:
        return "With such an exponent it protects nothing"
    if exponent % 2 == 0:
        return "Even, so that it is no RSA key at all"
    if exponent < 65537:
        return "Small: safe only where padding is checked without fault"
    return ""


def _point(key: bytes) -> tuple[Field, ...]:
    form = _POINTS.get(key[0], "") if key else ""
    return (Field("Point", _dump(key), note=form, monospace=True, kind="hex"),)


def _raw(key: bytes) -> Field:
    return Field("Public value", _dump(key), monospace=True, kind="hex")


def _dump(number: bytes) -> str:
    return hex_dump(number, most=_MOST_BYTES) or "(empty)"
