"""Faults of the client as problems, put the same way everywhere."""

from collections.abc import Sequence

from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.ca_names import short
from mtlsgui.tls.evidence import Evidence
from mtlsgui.tls.question import Identity
from mtlsgui.tls.result import Problem, Remedy, RemedyKind, Side

_MOST_NAMES = 3


def acceptable_names(evidence: Evidence) -> list[str]:
    """The CAs that the server says it takes certificates from, readable."""
    return [short(each) for each in evidence.request.issuers] if evidence.request else []


def listed(names: Sequence[str]) -> str:
    """The first few of them, in quotes."""
    shown = [f"“{name}”" for name in names[:_MOST_NAMES]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def about(
    facts: CertificateFacts | None,
    code: str,
    title: str,
    explanation: str,
    fix: str,
    *remedies: Remedy,
    depth: int = 0,
    is_warning: bool = False,
) -> Problem:
    """A problem of the client's certificate or one above it; None where it is not known which."""
    return Problem(
        code,
        Side.CLIENT,
        title,
        explanation,
        fix,
        is_warning=is_warning,
        depth=depth,
        subject=(facts.subject or "") if facts else "",
        remedies=remedies,
    )


def renew(identity: Identity) -> Remedy:
    return Remedy(RemedyKind.RENEW, certificates=(identity.certificate,))


def issue_client(evidence: Evidence) -> Remedy:
    """A client certificate from a CA that the server takes."""
    return Remedy(RemedyKind.ISSUE_CLIENT, issuers=acceptable(evidence))


def choose_identity(evidence: Evidence) -> Remedy:
    """Another certificate, from a CA that the server takes."""
    return Remedy(RemedyKind.CHOOSE_IDENTITY, issuers=acceptable(evidence))


def acceptable(evidence: Evidence) -> tuple[bytes, ...]:
    """The names in DER of the CAs that the server says it takes; empty where it names none."""
    return evidence.request.issuers if evidence.request else ()
