"""The verdict of a test in one sentence, and one or two that say what else is to be known."""

from collections.abc import Sequence

from mtlsgui.pki.describe.words import relative
from mtlsgui.tls.diagnosis import client
from mtlsgui.tls.evidence import End, Evidence
from mtlsgui.tls.question import Protocol
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


def on_need(outcome: Outcome, required: bool | None) -> str:
    """What an attempt without the certificate showed beside one with it; empty for nothing."""
    if required is None:
        return ""
    if outcome is Outcome.REFUSED_BY_SERVER:
        return (
            "It refuses those without a certificate too."
            if required
            else "Without a certificate it lets you in."
        )
    return (
        "It needs a certificate." if required else "It would let you in without a certificate too."
    )


def _accepted(evidence: Evidence) -> tuple[str, str]:
    trusted = f"The server is who it says it is.{_said(evidence)}"
    unsure = _unsure(evidence)
    if evidence.sent and unsure:
        return "The server did not refuse your certificate.", f"{trusted} {unsure}"
    if evidence.sent:
        return "The server accepted your certificate.", trusted
    if evidence.request is not None:
        return (
            "The server accepted the connection without a certificate.",
            f"{trusted} It asks for one and does without.",
        )
    return "The connection works.", f"{trusted} It does not ask for a client certificate."


def _unsure(evidence: Evidence) -> str:
    """Why nothing shows that the client was let in; empty where it was."""
    said = evidence.application
    if said is not None:
        return "This does not tell whether it lets you in." if said.accepted is None else ""
    if evidence.question.protocol is Protocol.NONE or evidence.http is not None:
        return ""
    if evidence.end is End.ANSWER:
        return ""
    return "It did not answer the request, so that it cannot be told whether it lets you in."


def _said(evidence: Evidence) -> str:
    """What the server said inside TLS, in a sentence."""
    if evidence.http is not None:
        answer = f"HTTP {evidence.http.status} {evidence.http.reason}".rstrip()
        return f" It answered {answer}."
    said = evidence.application
    if said is None or not said.text.strip():
        return ""
    line = said.text.strip().splitlines()[0].strip()
    shown = line if len(line) <= _MOST_SAID else f"{line[:_MOST_SAID]}…"
    return f" It answered {said.asked} with “{shown}”."


_MOST_SAID = 60


def _refused(evidence: Evidence, problems: Sequence[Problem]) -> tuple[str, str]:
    first = next(
        (each for each in problems if each.side is Side.CLIENT and not each.is_warning), None
    )
    if first is None:
        other = problems[0] if problems else None
        return (f"{other.title}." if other else "The server refused the connection."), _because(
            other
        )
    refused = client.refusal(evidence)
    detail = [_of_server(evidence, problems)]
    if evidence.established and refused is not None:
        detail.append(_LATE[refused.way])
    return _sentence(first, evidence), " ".join(filter(None, detail))


_LATE = {
    client.Way.ALERT: "The refusal came after the client had finished its part, which is why "
    "other tools call it a success.",
    client.Way.SILENCE: "The refusal came after the client had finished its part, which is why "
    "other tools call it a success.",
    client.Way.ANSWER: "The refusal came after the handshake, in the server's answer, which is "
    "why other tools call it a success.",
    client.Way.DENIED: "TLS was done by then: the server's rules said no.",
}


def _of_server(evidence: Evidence, problems: Sequence[Problem]) -> str:
    """Whether the server itself is in order, as far as it was seen."""
    if any(each.side is Side.SERVER and not each.is_warning for each in problems):
        return "Something is wrong with the server too."
    return "The server is who it says it is." if evidence.server_chain else ""


def _sentence(problem: Problem, evidence: Evidence) -> str:
    identity = evidence.question.identity
    how = client.refusal(evidence)
    denied = how is not None and how.way is client.Way.DENIED
    answer = evidence.http
    status = f"HTTP {answer.status} {answer.reason}".rstrip() if answer else "no"
    if problem.code == client.MISSING or identity is None:
        if denied:
            return f"The server asks for a client certificate, and answers {status} without one."
        return "The server needs a client certificate, and none was presented."
    facts = identity.certificate
    refused = "The server refused your certificate"
    if not evidence.sent:
        return f"{problem.title}."
    match problem.code:
        case client.EXPIRED if problem.depth:
            return f"{refused}: a CA above it has expired."
        case client.NOT_YET_VALID if problem.depth:
            return f"{refused}: a CA above it is not valid yet."
        case client.EXPIRED if facts.not_after is not None and facts.not_after < evidence.at:
            return f"{refused}: it expired {relative(facts.not_after, evidence.at)}."
        case client.NOT_YET_VALID if facts.not_before is not None:
            return f"{refused}: it becomes valid {relative(facts.not_before, evidence.at)}."
        case client.UNKNOWN_AUTHORITY if facts.self_signed:
            return f"{refused}: it is self-signed."
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
        case client.REJECTED if denied:
            return f"The server let your certificate in, then answered {status}."
    return f"{refused}."


def _beside_distrust(evidence: Evidence) -> str:
    """What the server does with those who go on all the same."""
    if not evidence.established or evidence.end is End.FAILED:
        return ""
    said = "A careful client does not go on."
    if evidence.sent:
        said = "It would accept your certificate; a careful client does not go on."
    if evidence.withheld:
        names = ", ".join(dict.fromkeys(evidence.withheld))
        said += f" What logs in was not sent to it: {names}."
    return said
