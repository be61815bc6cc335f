"""Faults of the server as problems, put the same way everywhere."""

from collections.abc import Iterable

from mtlsgui.pki.describe.certificate import display_name
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.result import Problem, Remedy, RemedyKind, Side
from mtlsgui.tls.server_names import is_address, is_uri

_MOST_NAMES = 4


def fault(
    code: str,
    title: str,
    explanation: str,
    fix: str,
    *,
    about: CertificateFacts | None = None,
    depth: int | None = None,
    remedies: tuple[Remedy, ...] = (),
    is_warning: bool = False,
) -> Problem:
    """One fault of the server. about: the certificate meant."""
    return Problem(
        code,
        Side.SERVER,
        title,
        explanation,
        fix,
        is_warning=is_warning,
        depth=depth,
        subject=(about.subject or "") if about else "",
        remedies=remedies,
    )


def whose(facts: CertificateFacts, depth: int) -> str:
    """A certificate as the subject of a sentence."""
    if depth == 0:
        return "The server's certificate"
    return f"The CA certificate “{display_name(facts)}”"


def listed(names: Iterable[str]) -> str:
    """Names one after the other, the first four at most."""
    every = list(names)
    more = len(every) - _MOST_NAMES
    return ", ".join(every[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def issue_again(leaf: CertificateFacts, missing: str = "") -> Remedy:
    """Issue a server certificate with the names that this one has, and the missing one."""
    names = [each for each in leaf.san or () if each.partition(":")[0] in ("dns", "ip", "uri")]
    if missing:
        kind = "uri" if is_uri(missing) else "ip" if is_address(missing) else "dns"
        names.insert(0, f"{kind}:{missing}")
    return Remedy(RemedyKind.ISSUE_SERVER, names=tuple(names))


def trust(certificate: CertificateFacts) -> Remedy:
    return Remedy(RemedyKind.TRUST, certificates=(certificate,))


def renew(certificate: CertificateFacts) -> Remedy:
    return Remedy(RemedyKind.RENEW, certificates=(certificate,))


def send(chain: tuple[CertificateFacts, ...]) -> Remedy:
    return Remedy(RemedyKind.SEND_CHAIN, certificates=chain)
