"""Whether a certificate is for the name that a server was called by (RFC 9525).

Only subject alternative names count, each by itself: one that is malformed, or of a kind that
nobody asked for, does not spoil the others.
"""

import ipaddress
from urllib.parse import urlsplit

from service_identity import CertificateError, VerificationError
from service_identity.hazmat import (
    DNS_ID,
    CertificatePattern,
    DNSPattern,
    IPAddress_ID,
    IPAddressPattern,
    ServiceID,
    verify_service_identity,
)

from mtlsgui.pki.facts import CertificateFacts

_WORKLOAD = "spiffe"


def is_address(name: str) -> bool:
    """Whether it is an IP address, which is never sent as SNI (RFC 6066, section 3)."""
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


def is_uri(name: str) -> bool:
    """Whether it is a URI, as in "spiffe://example.org/service": no SNI either."""
    return "://" in name


def names_of(leaf: CertificateFacts, kind: str) -> tuple[str, ...]:
    """Its alternative names of one kind: "dns", "ip", "uri", …; none where they are unreadable."""
    starts = f"{kind}:"
    return tuple(each.removeprefix(starts) for each in leaf.san or () if each.startswith(starts))


def wrong_name(leaf: CertificateFacts, name: str) -> bool | None:
    """Whether a server's certificate is not for this name, address or URI.

    None where its alternative names cannot be read.
    """
    if leaf.san is None:
        return None
    if is_uri(name):
        return not any(_same_uri(name, each) for each in names_of(leaf, "uri"))
    patterns: list[CertificatePattern | None]
    if is_address(name):
        wanted: ServiceID = IPAddress_ID(name.partition("%")[0])
        patterns = [_address(each) for each in names_of(leaf, "ip")]
    else:
        try:
            wanted = DNS_ID(name)
        except ValueError:
            return True  # no host name can be like this, so none in a certificate is
        patterns = [_host(each) for each in names_of(leaf, "dns")]
    return not _matches([each for each in patterns if each is not None], wanted)


def _matches(patterns: list[CertificatePattern], wanted: ServiceID) -> bool:
    try:
        verify_service_identity(patterns, [wanted], [])
    except (VerificationError, CertificateError):
        return False
    return True


def _host(name: str) -> DNSPattern | None:
    try:
        return DNSPattern.from_bytes(name.encode())
    except CertificateError:
        return None


def _address(name: str) -> IPAddressPattern | None:
    try:
        return IPAddressPattern(ipaddress.ip_address(name))
    except ValueError:
        return None


def _same_uri(wanted: str, found: str) -> bool:
    """Scheme and host (RFC 9525, section 6.5); of a workload's identity all (SPIFFE-ID, 2)."""
    try:
        ours, theirs = urlsplit(wanted), urlsplit(found)
    except ValueError:
        return False
    same_host = (ours.scheme, ours.hostname) == (theirs.scheme, theirs.hostname)
    return same_host and (ours.scheme != _WORKLOAD or ours.path == theirs.path)
