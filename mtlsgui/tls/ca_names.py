"""The names of CAs that a server takes certificates from, as it sends them: in DER."""

from cryptography import x509

_UNREADABLE = "a name that cannot be read"


def rfc4514(encoded: bytes) -> str:
    """The whole name."""
    try:
        return x509.Name.from_bytes(encoded).rfc4514_string()
    except ValueError:
        return _UNREADABLE


def short(encoded: bytes) -> str:
    """The common name, else the organisation, else the whole name."""
    try:
        name = x509.Name.from_bytes(encoded)
    except ValueError:
        return _UNREADABLE
    for oid in (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME):
        for attribute in name.get_attributes_for_oid(oid):
            if isinstance(attribute.value, str) and attribute.value:
                return attribute.value
    return name.rfc4514_string() or "(empty)"
