"""Elliptic curves: their names by object identifier, and by explicit parameters.

Names are those of SEC 2, ANSI X9.62, RFC 5639 and WTLS as OpenSSL spells them, but for the three
that everybody calls as NIST does.
"""

import hashlib
from dataclasses import dataclass

from mtlsgui.pki import der

_PRIME_FIELD = "1.2.840.10045.1.1"
_BINARY_FIELD = "1.2.840.10045.1.2"


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve. bits: size of its field."""

    name: str
    bits: int


def named(oid: str) -> Curve | None:
    """The curve of an object identifier; None for one that we do not know."""
    return _BY_OID.get(oid)


def explicit(parameters: der.Node) -> Curve:
    """What explicit ECParameters (RFC 3279, section 2.3.5) describe.

    They are given the name of a curve only where all of field, equation, generator and order are
    that curve's: with another generator anybody can make a private key for a public key that is
    not theirs (CVE-2020-0601). Raises DerError when malformed.
    """
    _version, field, equation, generator, order, *_ = _at_least(parameters.children(), 5)
    kind, value, *_ = _at_least(field.children(), 2)
    if kind.oid() == _BINARY_FIELD:
        return Curve("explicit binary curve", _at_least(value.children(), 1)[0].integer())
    if kind.oid() != _PRIME_FIELD:
        raise der.DerError("a curve over a field of an unknown kind")
    bits = value.integer().bit_length()
    size = (bits + 7) // 8
    a, b, *_ = _at_least(equation.children(), 2)
    numbers = (value.value, a.value, b.value)
    whole = b"".join(_fixed(number, size) for number in numbers)
    whole += generator.value + _fixed(order.value, size)
    name = _BY_PARAMETERS.get(hashlib.sha256(whole).hexdigest())
    return Curve(f"{name} (explicit parameters)" if name else "explicit prime curve", bits)


def _fixed(number: bytes, size: int) -> bytes:
    return number.lstrip(b"\0").rjust(size, b"\0")


def _at_least(nodes: list[der.Node], count: int) -> list[der.Node]:
    if len(nodes) < count:
        raise der.DerError("parameters of a curve that are cut short")
    return nodes


_BY_OID = {
    "1.3.132.0.6": Curve("secp112r1", 112),
    "1.3.132.0.7": Curve("secp112r2", 112),
    "1.3.132.0.28": Curve("secp128r1", 128),
    "1.3.132.0.29": Curve("secp128r2", 128),
    "1.3.132.0.9": Curve("secp160k1", 160),
    "1.3.132.0.8": Curve("secp160r1", 160),
    "1.3.132.0.30": Curve("secp160r2", 160),
    "1.3.132.0.31": Curve("secp192k1", 192),
    "1.3.132.0.32": Curve("secp224k1", 224),
    "1.3.132.0.33": Curve("secp224r1", 224),
    "1.3.132.0.10": Curve("secp256k1", 256),
    "1.3.132.0.34": Curve("P-384", 384),
    "1.3.132.0.35": Curve("P-521", 521),
    "1.2.840.10045.3.1.1": Curve("secp192r1", 192),
    "1.2.840.10045.3.1.2": Curve("prime192v2", 192),
    "1.2.840.10045.3.1.3": Curve("prime192v3", 192),
    "1.2.840.10045.3.1.4": Curve("prime239v1", 239),
    "1.2.840.10045.3.1.5": Curve("prime239v2", 239),
    "1.2.840.10045.3.1.6": Curve("prime239v3", 239),
    "1.2.840.10045.3.1.7": Curve("P-256", 256),
    "1.3.132.0.4": Curve("sect113r1", 113),
    "1.3.132.0.5": Curve("sect113r2", 113),
    "1.3.132.0.22": Curve("sect131r1", 131),
    "1.3.132.0.23": Curve("sect131r2", 131),
    "1.3.132.0.1": Curve("sect163k1", 163),
    "1.3.132.0.2": Curve("sect163r1", 163),
    "1.3.132.0.15": Curve("sect163r2", 163),
    "1.3.132.0.24": Curve("sect193r1", 193),
    "1.3.132.0.25": Curve("sect193r2", 193),
    "1.3.132.0.26": Curve("sect233k1", 233),
    "1.3.132.0.27": Curve("sect233r1", 233),
    "1.3.132.0.3": Curve("sect239k1", 239),
    "1.3.132.0.16": Curve("sect283k1", 283),
    "1.3.132.0.17": Curve("sect283r1", 283),
    "1.3.132.0.36": Curve("sect409k1", 409),
    "1.3.132.0.37": Curve("sect409r1", 409),
    "1.3.132.0.38": Curve("sect571k1", 571),
    "1.3.132.0.39": Curve("sect571r1", 571),
    "1.2.840.10045.3.0.1": Curve("c2pnb163v1", 163),
    "1.2.840.10045.3.0.2": Curve("c2pnb163v2", 163),
    "1.2.840.10045.3.0.3": Curve("c2pnb163v3", 163),
    "1.2.840.10045.3.0.4": Curve("c2pnb176v1", 176),
    "1.2.840.10045.3.0.5": Curve("c2tnb191v1", 191),
    "1.2.840.10045.3.0.6": Curve("c2tnb191v2", 191),
    "1.2.840.10045.3.0.7": Curve("c2tnb191v3", 191),
    "1.2.840.10045.3.0.10": Curve("c2pnb208w1", 208),
    "1.2.840.10045.3.0.11": Curve("c2tnb239v1", 239),
    "1.2.840.10045.3.0.12": Curve("c2tnb239v2", 239),
    "1.2.840.10045.3.0.13": Curve("c2tnb239v3", 239),
    "1.2.840.10045.3.0.16": Curve("c2pnb272w1", 272),
    "1.2.840.10045.3.0.17": Curve("c2pnb304w1", 304),
    "1.2.840.10045.3.0.18": Curve("c2tnb359v1", 359),
    "1.2.840.10045.3.0.19": Curve("c2pnb368w1", 368),
    "1.2.840.10045.3.0.20": Curve("c2tnb431r1", 431),
    "2.23.43.1.4.1": Curve("wap-wsg-idm-ecid-wtls1", 113),
    "2.23.43.1.4.3": Curve("wap-wsg-idm-ecid-wtls3", 163),
    "2.23.43.1.4.4": Curve("wap-wsg-idm-ecid-wtls4", 113),
    "2.23.43.1.4.5": Curve("wap-wsg-idm-ecid-wtls5", 163),
    "2.23.43.1.4.6": Curve("wap-wsg-idm-ecid-wtls6", 112),
    "2.23.43.1.4.7": Curve("wap-wsg-idm-ecid-wtls7", 160),
    "2.23.43.1.4.8": Curve("wap-wsg-idm-ecid-wtls8", 112),
    "2.23.43.1.4.9": Curve("wap-wsg-idm-ecid-wtls9", 160),
    "2.23.43.1.4.10": Curve("wap-wsg-idm-ecid-wtls10", 233),
    "2.23.43.1.4.11": Curve("wap-wsg-idm-ecid-wtls11", 233),
    "2.23.43.1.4.12": Curve("wap-wsg-idm-ecid-wtls12", 224),
    "1.3.36.3.3.2.8.1.1.1": Curve("brainpoolP160r1", 160),
    "1.3.36.3.3.2.8.1.1.2": Curve("brainpoolP160t1", 160),
    "1.3.36.3.3.2.8.1.1.3": Curve("brainpoolP192r1", 192),
    "1.3.36.3.3.2.8.1.1.4": Curve("brainpoolP192t1", 192),
    "1.3.36.3.3.2.8.1.1.5": Curve("brainpoolP224r1", 224),
    "1.3.36.3.3.2.8.1.1.6": Curve("brainpoolP224t1", 224),
    "1.3.36.3.3.2.8.1.1.7": Curve("brainpoolP256r1", 256),
    "1.3.36.3.3.2.8.1.1.8": Curve("brainpoolP256t1", 256),
    "1.3.36.3.3.2.8.1.1.9": Curve("brainpoolP320r1", 320),
    "1.3.36.3.3.2.8.1.1.10": Curve("brainpoolP320t1", 320),
    "1.3.36.3.3.2.8.1.1.11": Curve("brainpoolP384r1", 384),
    "1.3.36.3.3.2.8.1.1.12": Curve("brainpoolP384t1", 384),
    "1.3.36.3.3.2.8.1.1.13": Curve("brainpoolP512r1", 512),
    "1.3.36.3.3.2.8.1.1.14": Curve("brainpoolP512t1", 512),
    "1.2.156.10197.1.301": Curve("SM2", 256),
}

_BY_PARAMETERS = {
    "173cd01ca3c7be6631e958881dd56868fa0e353e5004fa296725de0f7b023f01": "secp224r1",
    "910418a694b3c9c7e31cf690fbdaf2d9651a421ad6c0dc2f5816a67b593d0803": "secp256k1",
    "ed45a0a385dca472be657ef6d7dbf03e974d84adb525e3b51e21b93c3a6ea792": "P-384",
    "549f3a34329642ebc6460a9c3a4f93225722a430e5f549ea493aeccc886bcb2a": "P-521",
    "1f41e8685ab6f007962de6b8aa8638b670d21ef578952a123da22953f32340f8": "secp192r1",
    "0815056d43f2b0abec3447d8d9f6921397252567930d519d532b0998ddb1da88": "P-256",
    "a41b3e219efa8577497afb5df3732d93e461b3d620c23e0920bf8e8d34b6fccd": "brainpoolP160r1",
    "89a23df00306181f07e02f9ac1db9874cab9efc681af44b560737abf0b8c2bae": "brainpoolP192r1",
    "05d2d99551ab96d15faa63b45f7465a695cc825334bccd9de225c2abc2238a64": "brainpoolP224r1",
    "3aa3aff93f25115bd3c80ba6873072b2c256930b28fff9d2140edf5e6e044b82": "brainpoolP256r1",
    "9cedf33ae68de38c3ec17ba55795cb46a15482e53a4eadba4b980b0db189b3ec": "brainpoolP320r1",
    "fae1c9cd3db663ade71de3fcebdcfa99bffeb3272fb9562c3de52fd9d03b3d18": "brainpoolP384r1",
    "a7e0325612e9c1507e7f25ebe4ebabe2a3fb826f6c2fbbb7c3005186fa8aea22": "brainpoolP512r1",
    "3ce4d660a87aeaec50f68b1a8282ac1fbba06e4613d9f9f753baa4ef75d3ecd8": "SM2",
}
"""By SHA-256 of p, a, b, the uncompressed generator and the order, each as long as p."""
