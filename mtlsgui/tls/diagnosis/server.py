"""What is wrong with the server's certificate and chain, for a client that checks."""

from mtlsgui.pki.chain import Pool, issuers_of
from mtlsgui.pki.describe.certificate import display_name, issuer_name
from mtlsgui.pki.describe.words import date_and_time, purpose, relative
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.evidence import Evidence, VerifyError
from mtlsgui.tls.result import Problem, Side

# OpenSSL's X509_V_ERR numbers.
_NOT_YET_VALID, _EXPIRED = 9, 10
_SELF_SIGNED, _SELF_SIGNED_IN_CHAIN = 18, 19
_NO_ISSUER = (2, 20, 21)
_REVOKED = 23
_INVALID_CA, _INVALID_PURPOSE = 24, 26
_INVALID_CA_NOW = 79
_WEAK_KEYS, _WEAK_SIGNATURE = (66, 67), 68


def problems(evidence: Evidence) -> list[Problem]:
    """All faults, the one that decides first: trust, then dates, then the name."""
    found: dict[tuple[str, int | None], Problem] = {}
    for error in evidence.verify_errors:
        problem = _problem(error, evidence)
        found.setdefault((problem.code, problem.depth), problem)
    if evidence.name_error:
        problem = _wrong_name(evidence)
        found[problem.code, problem.depth] = problem
    unreadable = set(evidence.unreadable)
    if evidence.established and evidence.name_error is None:
        unreadable.add(0)  # whose it is cannot be told, so it is not said to be right
    for depth in unreadable:
        problem = _unreadable(depth)
        found[problem.code, problem.depth] = problem
    return sorted(found.values(), key=lambda problem: _RANK.get(problem.code, len(_RANK)))


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
            "weak_key",
            "weak_signature",
        )
    )
}


def _problem(error: VerifyError, evidence: Evidence) -> Problem:
    facts, name = error.certificate, display_name(error.certificate)
    whose = "The server's certificate" if error.depth == 0 else f"The CA certificate “{name}”"
    match error.code:
        case code if code == _EXPIRED and facts.not_after is not None:
            return _of(
                error,
                "certificate_expired",
                f"{whose} has expired",
                f"{name} was valid until {date_and_time(facts.not_after)}: it ended "
                f"{relative(facts.not_after, evidence.at)}.",
                "Renew it and load it into the server, which may need a reload.",
            )
        case code if code == _NOT_YET_VALID and facts.not_before is not None:
            return _of(
                error,
                "certificate_not_yet_valid",
                f"{whose} is not valid yet",
                f"{name} becomes valid {relative(facts.not_before, evidence.at)}, on "
                f"{date_and_time(facts.not_before)}.",
                "Check this computer's clock and that of the CA; else wait, or issue it again.",
            )
        case code if code == _SELF_SIGNED:
            return _of(
                error,
                "self_signed",
                "The server's certificate is self-signed",
                f"{name} was issued by nobody but itself, and is not among what you trust.",
                "Give the server a certificate from a CA that you trust; for a test, import "
                "this one and trust it.",
            )
        case code if code == _SELF_SIGNED_IN_CHAIN:
            return _unknown(error, facts, evidence)
        case code if code in _NO_ISSUER:
            return _no_issuer(error, evidence)
        case code if code in (_INVALID_PURPOSE, _INVALID_CA, _INVALID_CA_NOW):
            return _wrong_usage(error)
        case code if code == _REVOKED:
            return _of(
                error,
                "certificate_revoked",
                f"{whose} was revoked",
                f"The revocation list of {issuer_name(facts)} names {name}.",
                "Issue another one; its key may be in other hands.",
            )
        case code if code in _WEAK_KEYS:
            key = facts.key.label if facts.key else "It"
            return _of(
                error,
                "weak_key",
                f"{whose} has a weak key",
                f"{key} is below what OpenSSL takes at its usual security level.",
                "Issue it again with an ECDSA P-256 key, or RSA of 2048 bits or more.",
            )
        case code if code == _WEAK_SIGNATURE:
            return _of(
                error,
                "weak_signature",
                f"{whose} is signed with a weak hash",
                f"It is signed with {facts.signature_algorithm or 'an old algorithm'}.",
                "Issue it again: CAs of today sign with SHA-256 or better.",
            )
    return _of(
        error,
        "certificate_invalid",
        f"{whose} does not stand up",
        f"OpenSSL's verification error {error.code} at {name}.",
        "Issue it again by a profile for servers.",
    )


def _no_issuer(error: VerifyError, evidence: Evidence) -> Problem:
    """Tell "unknown CA" from "intermediate not sent", which OpenSSL does not, by what we hold."""
    top = error.certificate
    trust = evidence.question.trust
    pool = Pool((*trust.anchors, *trust.known))
    above = issuers_of(top, pool)
    if not above:
        return _unknown(error, top, evidence)
    issuer = above[0]
    if issuer.self_signed:
        return _unknown(error, top, evidence)
    anchors = {anchor.fingerprint_sha256 for anchor in trust.anchors}
    if not _leads_to(issuer, pool, anchors):
        return _unknown(error, top, evidence)
    missing = display_name(issuer)
    return _of(
        error,
        "chain_incomplete",
        "The server does not send its intermediate",
        f"{display_name(top)} was issued by “{missing}”, which you hold but the server does not "
        "send. Clients that do not hold it cannot find the way to the root.",
        f"Append “{missing}” to the server's certificate file (export it as full chain), "
        "then reload the server.",
    )


def _leads_to(certificate: CertificateFacts, pool: Pool, anchors: set[str]) -> bool:
    seen: set[str] = set()
    ahead = [certificate]
    while ahead:
        here = ahead.pop()
        if here.fingerprint_sha256 in anchors:
            return True
        if here.fingerprint_sha256 not in seen:
            seen.add(here.fingerprint_sha256)
            ahead += issuers_of(here, pool)
    return False


def _unknown(error: VerifyError, top: CertificateFacts, evidence: Evidence) -> Problem:
    name = issuer_name(top) or "an unnamed CA"
    trust = evidence.question.trust
    held = bool(issuers_of(top, Pool(trust.known))) or any(
        top.fingerprint_sha256 == each.fingerprint_sha256 for each in trust.known
    )
    leaf_only = error.depth == 0 and not top.is_ca
    explanation = f"The chain leads to “{name}”, which is not among what you trust in this test."
    if held:
        fix = f"If it is right, choose “{name}” under Trust and test again."
    else:
        fix = f"If it is right, import the certificate of “{name}” and test again."
        if leaf_only:
            explanation += (
                " Only the server's own certificate came: should this be an intermediate, the "
                "server does not send it."
            )
            fix += " Else let the server send its full chain."
    return _of(error, "unknown_authority", "The server's CA is not trusted", explanation, fix)


def _wrong_usage(error: VerifyError) -> Problem:
    facts = error.certificate
    usages = facts.extended_key_usage
    if error.depth > 0:
        return _of(
            error,
            "wrong_usage",
            f"“{display_name(facts)}” may not issue this certificate",
            "It is in the chain as an issuer, and is no CA or not one for servers.",
            "Issue the server's certificate by a CA that is allowed to.",
        )
    allowed = ", ".join(purpose(each) for each in usages or ()) or "something else"
    return _of(
        error,
        "wrong_usage",
        "The server's certificate is not for servers",
        f"{display_name(facts)} is for {allowed}; serverAuth is not among it.",
        "Issue it again by a profile for servers (extended key usage serverAuth).",
    )


def _wrong_name(evidence: Evidence) -> Problem:
    leaf = evidence.server_chain[0]
    names = [each.partition(":")[2] for each in leaf.san or ()]
    wanted = evidence.question.target.server_name
    if names:
        shown = ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
        explanation = f"It is for {shown}, not for {wanted}."
    else:
        explanation = (
            f"It has no alternative names at all; clients of today do not look at the common "
            f"name “{leaf.common_name or ''}”."
        )
    return Problem(
        "hostname_mismatch",
        Side.SERVER,
        "The server's certificate is for another name",
        explanation,
        f"Issue it again with {wanted} among its names, or connect by a name that it has.",
        depth=0,
        subject=leaf.subject or "",
    )


_MOST_NAMES = 4


def _unreadable(depth: int) -> Problem:
    """What OpenSSL takes, and says of it, is not repeated where it cannot be looked at."""
    whose = "The server's certificate" if depth == 0 else "A CA certificate in the server's chain"
    return Problem(
        "certificate_unreadable",
        Side.SERVER,
        f"{whose} cannot be read",
        "It breaks the rules for certificates (RFC 5280), so that it cannot be told whose it is. "
        "Some programs take it all the same, without knowing more.",
        "Issue it again with a CA that keeps to the standard.",
        depth=depth,
    )


def _of(error: VerifyError, code: str, title: str, explanation: str, fix: str) -> Problem:
    return Problem(
        code,
        Side.SERVER,
        title,
        explanation,
        fix,
        depth=error.depth,
        subject=error.certificate.subject or "",
    )
