"""What kind of key it is, told from its AlgorithmIdentifier and the size of its numbers.

This needs no library that can use the key: it names keys that `cryptography` does not load
(SLH-DSA, SM2, GOST, explicit curves), and gives the same `KeyInfo` for those that it does.
"""

from mtlsgui.pki import curves, der
from mtlsgui.pki.keys import KeyInfo
from mtlsgui.pki.oids import POST_QUANTUM_SIGNATURES

RSA = "1.2.840.113549.1.1.1"
RSA_PSS = "1.2.840.113549.1.1.10"
DSA = "1.2.840.10040.4.1"
DH = "1.2.840.113549.1.3.1"
X9_42_DH = "1.2.840.10046.2.1"
EC = "1.2.840.10045.2.1"
EC_DH = "1.3.132.1.12"  # RFC 5480, section 2.1.2: a key for agreement only
SM2_CURVE = "1.2.156.10197.1.301"
DSA_OIW = "1.3.14.3.2.12"
RSA_X500 = "2.5.8.1.1"

_NAMES = {
    SM2_CURVE: "SM2",
    "1.3.101.110": "X25519",
    "1.3.101.111": "X448",
    "1.3.101.112": "Ed25519",
    "1.3.101.113": "Ed448",
    **POST_QUANTUM_SIGNATURES,
    "2.16.840.1.101.3.4.4.1": "ML-KEM-512",
    "2.16.840.1.101.3.4.4.2": "ML-KEM-768",
    "2.16.840.1.101.3.4.4.3": "ML-KEM-1024",
    "1.2.643.2.2.20": "GOST R 34.10-94",
    "1.2.643.2.2.19": "GOST R 34.10-2001",
    "1.2.643.7.1.1.1.1": "GOST R 34.10-2012 (256 bits)",
    "1.2.643.7.1.1.1.2": "GOST R 34.10-2012 (512 bits)",
    "1.2.804.2.1.1.1.1.3.1.1": "DSTU 4145",
    "1.2.112.0.2.0.34.101.45.2.1": "STB 34.101.45 (Bign)",
    "1.2.840.113549.1.1.7": "RSA-OAEP",
    "1.2.840.113549.1.9.16.3.17": "HSS/LMS",
    "1.3.6.1.5.5.7.6.34": "XMSS",
    "1.3.6.1.5.5.7.6.35": "XMSS-MT",
    "1.3.6.1.4.1.3029.1.2.1": "ElGamal",
    "1.3.132.1.13": "ECMQV",
    "1.2.410.200004.1.21": "KCDSA",
    "2.16.840.1.101.2.1.1.22": "KEA",
}


def name_of(oid: str) -> str:
    """The algorithm's name, or the dotted OID where we know none."""
    return _NAMES.get(oid, oid)


def oid_of(name: str) -> str:
    """The OID of a kind of key that has no parameters, such as "Ed25519". Raises KeyError."""
    return next(oid for oid, known in _NAMES.items() if known == name)


def algorithm_info(algorithm: der.Node, rsa_bits: int | None = None) -> KeyInfo:
    """What an AlgorithmIdentifier of a key says. Raises DerError when it is malformed.

    rsa_bits: of the modulus, which stands in the key itself.
    """
    oid, *rest = _some(algorithm)
    dotted = oid.oid()
    if dotted in (RSA, RSA_X500):
        return KeyInfo("RSA", rsa_bits)
    if dotted == RSA_PSS:
        return KeyInfo("RSA-PSS", rsa_bits)
    if dotted in (EC, EC_DH):
        return _curve_info(rest[0]) if rest else KeyInfo("EC", None, "unnamed curve")
    if dotted in (DSA, DSA_OIW, DH, X9_42_DH):
        kind = "DSA" if dotted in (DSA, DSA_OIW) else "DH"
        numbers = rest[0].children() if rest and rest[0].tag == der.SEQUENCE else []
        return KeyInfo(kind, bits_of(numbers[0]) if numbers else None)
    return KeyInfo(name_of(dotted))


def _curve_info(parameters: der.Node) -> KeyInfo:
    if parameters.tag == der.OID:
        oid = parameters.oid()
        if oid == SM2_CURVE:
            return KeyInfo("SM2")
        curve = curves.named(oid) or curves.Curve(f"curve {oid}", 0)
    elif parameters.tag == der.SEQUENCE:
        curve = curves.explicit(parameters)
    else:  # implicitlyCA (RFC 3279, section 2.3.5): whoever uses the key is to know
        return KeyInfo("EC", None, "unnamed curve")
    return KeyInfo("EC", curve.bits or None, curve.name)


def spki_info(spki: der.Node) -> KeyInfo:
    """What kind of key a SubjectPublicKeyInfo (RFC 5280, 4.1) holds. Raises DerError."""
    algorithm, bits, *_ = _some(spki, 2)
    oid = _some(algorithm)[0].oid()
    modulus = None
    if oid in (RSA, RSA_PSS, RSA_X500):
        modulus = bits_of(_some(der.read(bits.value[1:]))[0])
    return algorithm_info(algorithm, modulus)


def bits_of(integer: der.Node) -> int:
    """The bit length of an INTEGER; a negative one, as old software wrote moduli, as positive."""
    if integer.tag != der.INTEGER:
        raise der.DerError("not an INTEGER")
    content = integer.value.lstrip(b"\0")
    return (len(content) - 1) * 8 + content[0].bit_length() if content else 0


def _some(node: der.Node, count: int = 1) -> list[der.Node]:
    parts = node.children()
    if len(parts) < count:
        raise der.DerError("cut short")
    return parts
