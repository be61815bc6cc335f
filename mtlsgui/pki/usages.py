"""Key usages and extended key usages by the names of RFC 5280."""

from collections.abc import Iterable

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier

from mtlsgui.pki.keys import KeyInfo

_KEY_USAGE_ATTRIBUTES = {
    "digitalSignature": "digital_signature",
    "contentCommitment": "content_commitment",
    "keyEncipherment": "key_encipherment",
    "dataEncipherment": "data_encipherment",
    "keyAgreement": "key_agreement",
    "keyCertSign": "key_cert_sign",
    "cRLSign": "crl_sign",
    "encipherOnly": "encipher_only",
    "decipherOnly": "decipher_only",
}
KEY_USAGES = tuple(_KEY_USAGE_ATTRIBUTES)
"""The names of RFC 5280, section 4.2.1.3, in the order of their bits."""

CA_KEY_USAGES = frozenset({"keyCertSign", "cRLSign"})
"""Key usages that belong to certificate authorities."""

_ENCIPHERING = frozenset({"keyEncipherment", "dataEncipherment"})
_AGREEING = frozenset({"keyAgreement", "encipherOnly", "decipherOnly"})

_PURPOSES = {
    "serverAuth": ExtendedKeyUsageOID.SERVER_AUTH,
    "clientAuth": ExtendedKeyUsageOID.CLIENT_AUTH,
    "codeSigning": ExtendedKeyUsageOID.CODE_SIGNING,
    "emailProtection": ExtendedKeyUsageOID.EMAIL_PROTECTION,
    "timeStamping": ExtendedKeyUsageOID.TIME_STAMPING,
    "OCSPSigning": ExtendedKeyUsageOID.OCSP_SIGNING,
    "anyExtendedKeyUsage": ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
}
PURPOSES = tuple(_PURPOSES)
"""The names of RFC 5280, section 4.2.1.12."""
_PURPOSE_NAMES = {oid.dotted_string: name for name, oid in _PURPOSES.items()}


def purpose_oid(purpose: str) -> ObjectIdentifier:
    """The object identifier of a purpose given by name or as a dotted OID.

    Raises ValueError for a name that is neither.
    """
    if purpose in _PURPOSES:
        return _PURPOSES[purpose]
    return ObjectIdentifier(purpose)


def purpose_name(oid: ObjectIdentifier | str) -> str:
    """The name of a purpose; the dotted OID where it has none here."""
    dotted = oid if isinstance(oid, str) else oid.dotted_string
    return _PURPOSE_NAMES.get(dotted, dotted)


def key_usage(names: Iterable[str]) -> x509.KeyUsage:
    """The KeyUsage extension with the bits of `names` set."""
    wanted = set(names)
    unknown = wanted - set(KEY_USAGES)
    if unknown:
        raise ValueError(f"no such key usage: {', '.join(sorted(unknown))}")
    return x509.KeyUsage(
        **{attribute: name in wanted for name, attribute in _KEY_USAGE_ATTRIBUTES.items()}
    )


def fitting(names: Iterable[str], key: KeyInfo) -> tuple[str, ...]:
    """`names` without what a key of that kind cannot do.

    RSA keys agree on nothing (RFC 3279, section 2.3.1), EC keys encipher nothing (RFC 8813,
    section 3), and the others only sign (RFC 9295, section 3, for Ed25519 and Ed448; RFC 9881,
    section 5, for ML-DSA).
    """
    impossible = {"RSA": _AGREEING, "EC": _ENCIPHERING}.get(key.algorithm, _ENCIPHERING | _AGREEING)
    return tuple(name for name in names if name not in impossible)


def key_usage_names(extension: x509.KeyUsage) -> tuple[str, ...]:
    """The names of the bits that are set.

    encipherOnly and decipherOnly are undefined without keyAgreement (RFC 5280, 4.2.1.3).
    """
    names = []
    for name, attribute in _KEY_USAGE_ATTRIBUTES.items():
        if attribute in ("encipher_only", "decipher_only") and not extension.key_agreement:
            continue
        if getattr(extension, attribute):
            names.append(name)
    return tuple(names)
