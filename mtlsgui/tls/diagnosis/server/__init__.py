"""What is wrong with the server's certificate and chain, for a client that checks.

Everything, not the first thing: what OpenSSL's verification says, told apart by what is held here,
and what it does not look at: names, order, revocation, weak keys below its security level.
"""

from mtlsgui.tls.diagnosis.server import certificates, names, order, standing, trust
from mtlsgui.tls.diagnosis.server.view import View
from mtlsgui.tls.diagnosis.server.wording import fault
from mtlsgui.tls.evidence import Evidence
from mtlsgui.tls.result import Problem

_RANK = {
    code: rank
    for rank, code in enumerate(
        (
            "certificate_unreadable",
            "certificate_revoked",
            "self_signed",
            "unknown_authority",
            "chain_incomplete",
            "certificate_expired",
            "certificate_not_yet_valid",
            "hostname_mismatch",
            "wrong_usage",
            "certificate_invalid",
            "weak_key",
            "weak_signature",
            "revocation_unknown",
            "chain_disordered",
            "chain_superfluous",
        )
    )
}


def problems(evidence: Evidence) -> list[Problem]:
    """All faults, errors before warnings, the one that decides first: trust, dates, the name."""
    view = View(evidence)
    of_trust = [each for each in evidence.verify_errors if each.code in trust.ERRORS]
    others = [each for each in evidence.verify_errors if each.code not in trust.ERRORS]
    every = [
        *trust.problems(view, of_trust),
        *certificates.problems(view, others),
        *names.problems(view),
        *standing.problems(view),
        *order.problems(view),
        *map(_unreadable, _unreadable_depths(evidence)),
    ]
    found: dict[tuple[str, int | None, str], Problem] = {}
    for problem in every:
        found.setdefault((problem.code, problem.depth, problem.title), problem)
    if evidence.verify_errors and all(each.is_warning for each in found.values()):
        # Whatever OpenSSL finds is wrong, though nothing above has a name for it.
        other = certificates.unnamed(evidence.verify_errors[0])
        found[other.code, other.depth, other.title] = other
    return sorted(found.values(), key=lambda each: (each.is_warning, _RANK[each.code]))


def _unreadable_depths(evidence: Evidence) -> list[int]:
    depths = set(evidence.unreadable)
    if evidence.established and evidence.name_error is None:
        depths.add(0)  # whose it is cannot be told, so it is not said to be right
    return sorted(depths)


def _unreadable(depth: int) -> Problem:
    """What OpenSSL takes, and says of it, is not repeated where it cannot be looked at."""
    whose = "The server's certificate" if depth == 0 else "A CA certificate in the server's chain"
    return fault(
        "certificate_unreadable",
        f"{whose} cannot be read",
        "It breaks the rules for certificates (RFC 5280), so that it cannot be told whose it is. "
        "Some programs take it all the same, without knowing more.",
        "Issue it again with a CA that keeps to the standard.",
        depth=depth,
    )
