"""The verdict of a test in one sentence, and one or two that say what else is to be known."""

from collections.abc import Sequence

from mtlsgui.pki.describe.words import relative
from mtlsgui.tls.diagnosis import client
from mtlsgui.tls.evidence import Evidence
from mtlsgui.tls.result import Outcome, Problem, Side


def verdict(evidence: Evidence, outcome: Outcome, problems: Sequence[Problem]) -> tuple[str, str]:
    """The sentence and its detail."""
    first = next((each for each in problems if not each.is_warning), None)
    match outcome:
        case Outcome.ACCEPTED:
            return _accepted(evidence)
        case Outcome.REFUSED_BY_SERVER:
            return _refused(evidence, problems)
        case Outcome.REFUSED_BY_CLIENT:
            title = first.title if first else "The server cannot be trusted"
            return f"{title}.", _beside_distrust(evidence)
    return (f"{first.title}." if first else "The test failed."), _because(first)


def _because(problem: Problem | None) -> str:
    return problem.explanation if problem else ""


def _accepted(evidence: Evidence) -> tuple[str, str]:
    answer = evidence.http
    said = f" It answered HTTP {answer.status} {answer.reason}".rstrip() + "." if answer else ""
    trusted = "The server is who it says it is."
    if evidence.sent:
        return "The server accepted your certificate.", trusted + said
    if evidence.request is not None:
        return (
            "The server accepted the connection without a certificate.",
            f"{trusted} It asks for one and does without.{said}",
        )
    return (
        "The connection works.",
        f"{trusted} It does not ask for a client certificate.{said}",
    )


def _refused(evidence: Evidence, problems: Sequence[Problem]) -> tuple[str, str]:
    first = next(
        (each for each in problems if each.side is Side.CLIENT and not each.is_warning), None
    )
    if first is None:
        other = problems[0] if problems else None
        return (f"{other.title}." if other else "The server refused the connection."), _because(
            other
        )
    distrusted = any(each.side is Side.SERVER and not each.is_warning for each in problems)
    detail = [
        "Something is wrong with the server too."
        if distrusted
        else "The server is who it says it is."
    ]
    if evidence.established:
        detail.append(
            "The refusal came after the client had finished its part, which is why other tools "
            "call it a success."
        )
    return _sentence(first, evidence), " ".join(detail)


def _sentence(problem: Problem, evidence: Evidence) -> str:
    identity = evidence.question.identity
    if problem.code == client.MISSING or identity is None:
        return "The server needs a client certificate, and none was presented."
    facts = identity.certificate
    refused = "The server refused your certificate"
    match problem.code:
        case client.EXPIRED if facts.not_after is not None and facts.not_after < evidence.at:
            return f"{refused}: it expired {relative(facts.not_after, evidence.at)}."
        case client.NOT_YET_VALID if facts.not_before is not None:
            return f"{refused}: it becomes valid {relative(facts.not_before, evidence.at)}."
        case client.UNKNOWN_AUTHORITY:
            return f"{refused}: it does not trust the CA."
        case client.CHAIN_INCOMPLETE:
            return f"{refused}: its intermediate was not sent."
        case client.WRONG_USAGE:
            return f"{refused}: it is not for clients."
        case client.REVOKED:
            return f"{refused}: it was revoked."
        case client.KEY_MISMATCH:
            return f"{refused}: the private key does not fit it."
    return f"{refused}."


def _beside_distrust(evidence: Evidence) -> str:
    """What the server does with those who go on all the same."""
    if not evidence.established:
        return ""
    if evidence.sent:
        return "It would have accepted your certificate; a careful client does not go on."
    return "A careful client does not go on."
