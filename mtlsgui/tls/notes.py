"""What stands beside a message in the sequence, in a few words, whichever side tells it."""

from mtlsgui.pki.describe.certificate import display_name, issuer_name
from mtlsgui.tls import ca_names
from mtlsgui.tls.details import Certificates
from mtlsgui.tls.messages import AlertDetail, CertificateList, CertificateRequest, ClientHello
from mtlsgui.tls.registries import alert_name

PROOF = "proves that it holds the private key"
TICKET = "to resume this session later"
_MOST_NAMES = 2


def alert_title(alert: AlertDetail) -> str:
    """As in "Alert 48: unknown ca"."""
    return f"Alert {alert.number}: {alert_name(alert.number).replace('_', ' ')}"


def offered(hello: ClientHello) -> list[str]:
    """The versions that a client offers, and the name that it asks for."""
    versions = ", ".join(each.removeprefix("TLS ") for each in hello.versions)
    return [f"TLS {versions}", *([f"SNI {hello.server_name}"] if hello.server_name else [])]


def wanted(request: CertificateRequest) -> str:
    """Whose certificates a server wants, two CAs at most."""
    names = [ca_names.short(each) for each in request.issuers]
    if not names:
        return "wants a certificate, from any CA"
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return f"wants a certificate from {', '.join(names[:_MOST_NAMES])}{more}"


def presented(listed: CertificateList, certificates: Certificates) -> str:
    """What a side sends, its own first, and who issued the last of it."""
    if not listed.certificates:
        return "none"
    names, last = [], None
    for encoded in listed.certificates:
        last = certificates.facts(encoded)
        if last is None:
            return "a certificate that cannot be read"
        names.append(display_name(last))
    if last is not None and not last.self_issued:
        names.append(issuer_name(last))
    return " ← ".join(names)
