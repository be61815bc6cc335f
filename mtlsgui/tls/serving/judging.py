"""What came of one visit: the outcome, what is wrong, and the sentence for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from mtlsgui.pki.describe.certificate import display_name
from mtlsgui.pki.facts import CertificateFacts, CrlFacts
from mtlsgui.tls import seen
from mtlsgui.tls.dialogue import words
from mtlsgui.tls.messages import ClientHello, Message, Speaker
from mtlsgui.tls.registries import alert_name
from mtlsgui.tls.result import Alert, Problem, Side
from mtlsgui.tls.server_names import wrong_name
from mtlsgui.tls.serving import faults, http
from mtlsgui.tls.serving.handshake import ServerHandshake
from mtlsgui.tls.serving.settings import Mode, Settings
from mtlsgui.tls.serving.visit import Offered, VisitOutcome

_KEY_MISMATCH_ALERT = 51
_VERSION_ALERT, _FAILURE_ALERT = 70, 40


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a visit."""

    outcome: VisitOutcome
    sentence: str
    problems: tuple[Problem, ...] = ()
    alert: Alert | None = None


def judge(
    shaken: ServerHandshake, settings: Settings, crls: Sequence[CrlFacts], now: datetime
) -> Verdict:
    """The handshake as far as it got. Asks only for what was seen, so it may be called any time."""
    broken = unfinished(shaken, settings, crls, now)
    if broken is not None:
        return broken
    problems = client_faults(shaken, settings, crls, now)
    errors = [each for each in problems if not each.is_warning]
    if errors:
        return Verdict(VisitOutcome.REFUSED, f"Refused: {errors[0].title}.", problems)
    return Verdict(VisitOutcome.ACCEPTED, f"{whose(shaken)} was accepted.", problems)


def whose(shaken: ServerHandshake) -> str:
    """Who came, as a sentence begins."""
    chain = shaken.client_chain()
    return f"“{display_name(chain[0])}”" if chain else "A client without a certificate"


def unfinished(
    shaken: ServerHandshake, settings: Settings, crls: Sequence[CrlFacts], now: datetime
) -> Verdict | None:
    """Why the handshake broke off; None where it did not."""
    ours, theirs = fatal(shaken.messages, "server"), fatal(shaken.messages, "client")
    if theirs is not None:
        problem = _distrusted(theirs, settings, seen.client_hello(shaken.messages), now)
        sentence = f"The client turned away: {problem.title}."
        return Verdict(VisitOutcome.REFUSED_BY_CLIENT, sentence, (problem,), theirs)
    if ours is not None:
        problems = _refused(shaken, ours, settings, crls, now)
        sentence = f"Refused by alert {ours.number}: {problems[0].title}."
        return Verdict(VisitOutcome.REFUSED, sentence, problems, ours)
    if not shaken.established:
        return Verdict(
            VisitOutcome.LEFT,
            "The client hung up during the handshake without a word."
            if shaken.messages
            else "The client hung up without a word.",
        )
    return None


def not_tls(first: bytes) -> tuple[Verdict, str, bytes]:
    """What is to be said of a client that came without TLS, from what it sent first.

    Beside the verdict: the line of its HTTP request, and the answer to it, both empty for others.
    """
    request, answer, said = "", b"", "something that is neither TLS nor HTTP"
    if http.looks_like_http(first):
        said = "plain HTTP"
        request = words(first.split(b"\r\n", 1)[0])
        text = "This is an HTTPS port: the request came in plain HTTP. Begin with https://."
        answer = http.plain_answer(HTTPStatus.BAD_REQUEST, text)
    problem = Problem(
        "not_tls",
        Side.CLIENT,
        f"The client spoke {said}",
        "This port speaks TLS only.",
        "Let the client use https://." if answer else "Let the client use TLS.",
    )
    sentence = f"The client spoke {said} on a TLS port."
    return Verdict(VisitOutcome.NOT_TLS, sentence, (problem,)), request, answer


def client_faults(
    shaken: ServerHandshake, settings: Settings, crls: Sequence[CrlFacts], now: datetime
) -> tuple[Problem, ...]:
    """All that is wrong with what the client presented, or that it presented nothing."""
    chain = shaken.client_chain()
    if shaken.unreadable or (shaken.presented and not chain):
        return (faults.unreadable(),)
    if not chain and settings.mode is Mode.OPTIONAL:
        return ()
    found = faults.faults_of(
        chain, settings.authorities, crls, now, known=settings.known, errors=shaken.verify_errors
    )
    return tuple(found)


def fatal(messages: Sequence[Message], sender: Speaker) -> Alert | None:
    """The fatal alert that this side sent."""
    alert = seen.fatal_alert(messages, sender)
    return Alert(alert.number, alert_name(alert.number), sender) if alert else None


def offered(messages: Sequence[Message]) -> Offered:
    """What the client offered."""
    said = seen.client_hello(messages)
    return Offered(said.versions, said.cipher_suites, said.groups, said.alpn) if said else Offered()


def _refused(
    shaken: ServerHandshake,
    alert: Alert,
    settings: Settings,
    crls: Sequence[CrlFacts],
    now: datetime,
) -> tuple[Problem, ...]:
    """Why OpenSSL broke off, by the alert that it sent and how far it had got."""
    chain = shaken.client_chain()
    asked = any(each.name == "CertificateRequest" for each in shaken.messages)
    answered = any(
        each.name == "Certificate" and each.sender == "client" for each in shaken.messages
    )
    if alert.number == _KEY_MISMATCH_ALERT and chain:
        others = client_faults(shaken, settings, crls, now)
        return (faults.key_mismatch(chain), *others)
    if asked and answered:
        found = client_faults(shaken, settings, crls, now)
        if any(not each.is_warning for each in found):
            return found
        return (faults.rejected(chain, f"{alert.number}, {alert.name}"), *found)
    return (_not_agreed(alert, shaken, settings),)


def _not_agreed(alert: Alert, shaken: ServerHandshake, settings: Settings) -> Problem:
    said = seen.client_hello(shaken.messages)
    ours = " and ".join(settings.versions) or "TLS 1.2 and TLS 1.3"
    if alert.number == _VERSION_ALERT:
        theirs = ", ".join(said.versions) if said and said.versions else "older versions"
        return Problem(
            "no_common_version",
            Side.CLIENT,
            "The client and this server have no TLS version in common",
            f"The client offers {theirs}; this server takes {ours}.",
            "Let the client speak TLS 1.2 or TLS 1.3, or let this server take what it speaks.",
        )
    if alert.number == _FAILURE_ALERT and said is not None:
        return Problem(
            "no_common_cipher",
            Side.CLIENT,
            "The client and this server have no cipher, group or signature in common",
            "Nothing of what the client offers goes with this server's key and settings.",
            "Let the client offer the usual ciphers and groups, or give this server an ECDSA "
            "P-256 or RSA key.",
        )
    return Problem(
        "handshake_failed",
        Side.CLIENT,
        "What the client sent is not right TLS",
        f"OpenSSL answered with alert {alert.number}, {alert.name}.",
        "Try another client; something on the way may change what it sends.",
    )


def _distrusted(
    alert: Alert, settings: Settings, said: ClientHello | None, now: datetime
) -> Problem:
    """Why a client turned away: what its alert says, beside what we see in our certificate."""
    facts = settings.identity.certificate
    name = display_name(facts)
    told = f"The client sent alert {alert.number}, {alert.name}."
    if facts.not_after is not None and facts.not_after < now:
        return _of_server(
            facts,
            "certificate_expired",
            "This server's certificate has expired",
            told,
            "Choose another identity for the test server, or renew this one.",
        )
    if said is not None and said.server_name and wrong_name(facts, said.server_name):
        return _of_server(
            facts,
            "hostname_mismatch",
            "This server's certificate is for another name",
            f"{told} It asked for {said.server_name}, which is not among the names of {name}.",
            "Choose an identity with this name, or let the client connect by a name that it has.",
        )
    if alert.number in _DISTRUST:
        return _of_server(
            facts,
            "unknown_authority",
            "The client does not trust this server's certificate",
            f"{told} Most likely it does not know the CA of {name}, or it connected by a name or "
            "address that is not in the certificate.",
            "Give the client the root CA of this server's certificate to trust.",
        )
    return Problem(
        "handshake_failed",
        Side.CLIENT,
        "The client broke the connection off",
        told,
        "The client's own log says why.",
    )


_DISTRUST = (42, 43, 46, 48, 49)


def _of_server(
    facts: CertificateFacts, code: str, title: str, explanation: str, fix: str
) -> Problem:
    return Problem(code, Side.SERVER, title, explanation, fix, depth=0, subject=facts.subject or "")
