"""Two extensions that a connection test looks into (RFC 5280, section 4.2.2.1; RFC 7633)."""

from mtlsgui.pki import der, extensions
from mtlsgui.pki.facts import CertificateFacts, certificate_parts
from mtlsgui.pki.general_names import read_general_name

_AUTHORITY_INFORMATION = "1.3.6.1.5.5.7.1.1"
_CA_ISSUERS = "1.3.6.1.5.5.7.48.2"
_TLS_FEATURE = "1.3.6.1.5.5.7.1.24"
_STATUS_REQUEST = 5


def issuer_urls(certificate: CertificateFacts) -> tuple[str, ...]:
    """Where its issuer's certificate is to be had (caIssuers), as it says."""
    try:
        found = _find(certificate, _AUTHORITY_INFORMATION)
        pairs = [each.children() for each in found.children()] if found else []
        names = [read_general_name(pair[1]).text for pair in pairs if pair[0].oid() == _CA_ISSUERS]
    except (der.DerError, IndexError):
        return ()
    return tuple(name.removeprefix("uri:") for name in names if name.startswith("uri:"))


def must_staple(certificate: CertificateFacts) -> bool:
    """Whether it is only to be taken with an OCSP response beside it (RFC 7633, section 4.2.3)."""
    try:
        found = _find(certificate, _TLS_FEATURE)
        return found is not None and _STATUS_REQUEST in (n.integer() for n in found.children())
    except der.DerError:
        return False


def _find(certificate: CertificateFacts, wanted: str) -> der.Node | None:
    listed = certificate_parts(certificate.der).extensions
    for oid, _, value in extensions.split(listed) if listed else ():
        if oid == wanted:
            return der.read(value)
    return None
