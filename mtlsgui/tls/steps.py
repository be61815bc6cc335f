"""The sequence of a connection as a person reads it: messages that belong together are one step,
and what was not reached is there too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from mtlsgui.pki.describe.words import clipped
from mtlsgui.tls import explaining, notes
from mtlsgui.tls.details import Certificates, details
from mtlsgui.tls.evidence import ApplicationAnswer, Evidence, NetworkFault
from mtlsgui.tls.messages import (
    AlertDetail,
    CertificateList,
    CertificateRequest,
    ClientHello,
    Message,
    ServerHello,
    Signed,
)
from mtlsgui.tls.question import Protocol
from mtlsgui.tls.result import Detail, Outcome, Problem, Sender, Side, Step, StepState

_CONNECT = "TCP connection"
_FOLDED = {
    "EncryptedExtensions": "ServerHello",
    "ServerHelloDone": "CertificateRequest",
    "CertificateStatus": "Certificate",
}
"""Messages that say nothing to a person are counted with the one before them."""
_EXPECTED: tuple[tuple[Sender, str], ...] = (
    ("client", "ClientHello"),
    ("server", "ServerHello"),
    ("server", "Certificate"),
    ("client", "Finished"),
)
_WHAT_FOR = {name: explaining.explanation(sender, name) for sender, name in _EXPECTED}
_SET_COOKIE = re.compile(r"(?im)^(set-cookie|authorization|proxy-authorization):.*$")
_MOST_LINES = 40


@dataclass
class _Part:
    """A step while it is put together."""

    sender: Sender
    names: list[str]
    size: int
    at_ms: float
    notes: list[str]
    explanation: str
    details: list[Detail] = field(default_factory=list)
    failed: bool = False
    is_cause: bool = False


def steps(evidence: Evidence, outcome: Outcome, problems: Iterable[Problem]) -> tuple[Step, ...]:
    """All steps, those that were not reached last."""
    errors = [problem for problem in problems if not problem.is_warning]
    bad_server = any(each.side is Side.SERVER and each.depth is not None for each in errors)
    bad_client = any(each.side is Side.CLIENT for each in errors)
    parts = _parts(evidence)
    for part in parts:
        if part.names[0] == "Certificate":
            if part.sender == "server":
                part.failed = bad_server
            else:
                part.is_cause = bad_client
    late = _late_request(evidence, parts)
    if late is not None:
        parts[late].notes.append(_LATE_NOTES[parts[late].names[0]])
    found = [_connect(evidence), *_opening(evidence)]
    found += [_step(part) for part in parts[:late]]
    if late is not None:
        found.append(_asked(evidence))
        found += [_step(part) for part in parts[late:]]
    found += _answer(evidence, outcome, is_asked=late is not None)
    found += _ended_at(_not_reached(evidence, found), found, errors)
    return tuple(replace(step, number=number) for number, step in enumerate(found, 1))


def _step(part: _Part) -> Step:
    return Step(
        0,
        part.sender,
        _title(part.names),
        StepState.FAILED if part.failed else StepState.OK,
        " · ".join(part.notes),
        part.size,
        part.at_ms,
        part.is_cause,
        tuple(part.details),
        part.explanation,
    )


def _late_request(evidence: Evidence, parts: list[_Part]) -> int | None:
    """Where the server comes back for a certificate once it has read the HTTP request.

    By a request after the handshake in TLS 1.3, by renegotiation before it.
    """
    if not evidence.established or evidence.question.protocol is not Protocol.HTTP:
        return None
    is_done = False
    for at, part in enumerate(parts):
        if is_done and part.sender == "server" and part.names[0] in _LATE_NOTES:
            return at
        is_done = is_done or (part.sender == "client" and "Finished" in part.names)
    return None


_LATE_NOTES = {
    "CertificateRequest": "asked for only after the request, which browsers do not answer",
    "HelloRequest": "wants the handshake again, to ask for a certificate",
}


def _connect(evidence: Evidence) -> Step:
    proxy = evidence.question.opening.proxy
    if evidence.fault is None or evidence.connect_ms is not None:
        said = f"to {evidence.question.target}" if proxy is None else f"to the proxy {proxy}"
        state, at_ms = StepState.OK, evidence.connect_ms
    else:
        state, at_ms = StepState.FAILED, evidence.verdict_ms
        said = {
            NetworkFault.NOT_RESOLVED: "no address is known for this name",
            NetworkFault.REFUSED: "refused: nothing listens there",
            NetworkFault.UNREACHABLE: evidence.fault_text or "unreachable",
            NetworkFault.TIMED_OUT: "no answer",
            NetworkFault.PROXY_UNREACHABLE: f"to the proxy {proxy}: {evidence.fault_text}",
        }.get(evidence.fault, evidence.fault_text)
    why = explaining.CONNECTED if proxy is None else explaining.THROUGH_PROXY
    return Step(0, "client", _CONNECT, state, said, at_ms=at_ms, explanation=why)


def _opening(evidence: Evidence) -> list[Step]:
    """What passed before TLS."""
    states = {True: StepState.FAILED, False: StepState.OK}
    return [
        Step(
            0,
            each.sender,
            each.name,
            states[each.failed],
            each.note,
            each.size,
            each.at_ms,
            explanation=explaining.OPENING,
        )
        for each in evidence.opening
    ]


def _parts(evidence: Evidence) -> list[_Part]:
    identity = evidence.question.identity
    ours = (identity.certificate, *identity.chain) if identity else ()
    certificates = Certificates((*evidence.server_chain, *ours))
    parts: list[_Part] = []
    for message in evidence.messages:
        last = parts[-1] if parts and parts[-1].sender == message.sender else None
        if isinstance(message.detail, AlertDetail):
            if message.detail.fatal and message.detail in (
                evidence.server_alert,
                evidence.client_alert,
            ):
                parts.append(_alert(message, message.detail, certificates))
        elif last is not None and _belongs(last, message):
            last.size += message.size
            if message.name != last.names[-1]:  # tickets are all alike
                last.details += details(message, certificates)
            if _FOLDED.get(message.name) is None:
                last.names.append(message.name)
        else:
            parts.append(
                _Part(
                    message.sender,
                    [message.name],
                    message.size,
                    message.at_ms,
                    _notes(message, evidence, certificates),
                    explaining.explanation(message.sender, message.name),
                    list(details(message, certificates)),
                )
            )
    return parts


def _belongs(last: _Part, message: Message) -> bool:
    """Whether a message is told together with the one before it."""
    if message.name in _FOLDED:
        return True
    if message.name == "Finished":
        return last.names[-1] in ("CertificateVerify", "ClientKeyExchange")
    if message.name == "CertificateVerify":
        return last.names[-1] == "ClientKeyExchange"
    return message.name == "NewSessionTicket" and last.names[-1] == message.name


def _title(names: list[str]) -> str:
    if len(names) > 1 and len(set(names)) == 1:
        return f"{names[0]} ×{len(names)}"
    return ", ".join(names)


def _alert(message: Message, alert: AlertDetail, certificates: Certificates) -> _Part:
    who = "the server" if message.sender == "server" else "you"
    return _Part(
        message.sender,
        [notes.alert_title(alert)],
        message.size,
        message.at_ms,
        [f"sent by {who}"],
        explaining.explanation(message.sender, "Alert"),
        list(details(message, certificates)),
        failed=True,
    )


def _notes(message: Message, evidence: Evidence, certificates: Certificates) -> list[str]:
    match message.detail:
        case ClientHello() as hello:
            return [*notes.offered(hello), *hello.groups[:1]]
        case ServerHello() as hello:
            if message.name == "HelloRetryRequest":
                return [hello.version, f"asks for a key share of {hello.group}"]
            cipher = _cipher(evidence.tls.cipher) if evidence.tls else ""
            return [
                hello.version,
                *([cipher] if cipher else []),
                *([hello.group] if hello.group else []),
            ]
        case CertificateRequest() as request:
            return [notes.wanted(request)]
        case CertificateList() as listed:
            return [notes.presented(listed, certificates)]
        case Signed():
            return [notes.PROOF]
    if message.name == "Finished":
        return ["your part is done" if message.sender == "client" else "the server's part is done"]
    return [notes.TICKET] if message.name == "NewSessionTicket" else []


def _cipher(name: str) -> str:
    """TLS 1.3's suites by what encrypts: "TLS_AES_256_GCM_SHA384" as "AES-256-GCM"."""
    found = re.fullmatch(r"TLS_(\w+)_SHA\d+", name)
    return found[1].replace("_", "-") if found else name


def _asked(evidence: Evidence) -> Step:
    asked = evidence.question.http
    return Step(
        0,
        "client",
        f"{asked.method} {asked.path}",
        StepState.OK,
        "the HTTP request",
        details=_headers(tuple(name for name, _ in asked.headers)),
        explanation=explaining.ASKED,
    )


def _answer(evidence: Evidence, outcome: Outcome, *, is_asked: bool) -> list[Step]:
    """What is asked inside TLS, and its answer. is_asked: the question is told already."""
    if evidence.application is not None:
        return _answer_of(evidence.application, evidence.verdict_ms)
    if evidence.http is None:
        return []
    refused = outcome is Outcome.REFUSED_BY_SERVER
    http = evidence.http
    return [
        *([] if is_asked else [_asked(evidence)]),
        Step(
            0,
            "server",
            f"HTTP {http.status} {http.reason}".strip(),
            StepState.FAILED if refused else StepState.OK,
            "the refusal comes in HTTP, after TLS" if refused else "the server's answer",
            at_ms=evidence.verdict_ms,
            details=_said(http.text),
            explanation=explaining.ANSWERED,
        ),
    ]


def _answer_of(answer: ApplicationAnswer, at_ms: float | None) -> list[Step]:
    """The same in another protocol than HTTP."""
    refused = answer.accepted is False
    first = answer.text.partition("\n")[0]
    return [
        Step(
            0,
            "client",
            answer.asked,
            StepState.OK,
            f"asked in {answer.protocol.label}",
            explanation=explaining.ASKED,
        ),
        Step(
            0,
            "server",
            "answer",
            StepState.FAILED if refused else StepState.OK,
            f"the refusal comes inside TLS: {first}" if refused else first,
            at_ms=at_ms,
            details=_said(answer.text),
            explanation=explaining.ANSWERED,
        ),
    ]


def _headers(names: tuple[str, ...]) -> tuple[Detail, ...]:
    """Headers of one's own by name: their values may be secret."""
    return (Detail("Headers of your own", names),) if names else ()


def _said(text: str) -> tuple[Detail, ...]:
    """The beginning of an answer; cookies are as good as passwords."""
    shown = _SET_COOKIE.sub(r"\1: (not shown)", text).splitlines()[:_MOST_LINES]
    lines = tuple(clipped(line, 300) for line in shown)
    return (Detail("Answer", lines),) if lines else ()


_ENDS = {"not_tls": "what came is not TLS", "timed_out": "nothing came"}
"""By problem: how the server's part ended before its first message."""


def _ended_at(missing: list[Step], found: list[Step], errors: list[Problem]) -> list[Step]:
    """Where no message tells of the failure, it lies in the server's message that did not come."""
    told = any(step.state is StepState.FAILED or step.is_cause for step in found)
    if told or not errors or not missing or missing[0].sender != "server":
        return missing
    note = _ENDS.get(errors[0].code, "the connection ended here")
    return [replace(missing[0], state=StepState.FAILED, note=note), *missing[1:]]


def _not_reached(evidence: Evidence, found: list[Step]) -> list[Step]:
    """What would have come: drawn dashed."""
    seen = {(step.sender, name) for step in found for name in step.message.split(", ")}
    expected: list[tuple[Sender, str]] = [] if evidence.established else list(_EXPECTED)
    asked = evidence.question.http
    protocol = evidence.question.protocol
    if protocol not in (Protocol.NONE, Protocol.HTTP) and not evidence.established:
        expected.append(("client", f"{protocol.label} inside TLS"))
    by_http = protocol is Protocol.HTTP
    stopped = any(step.state is StepState.FAILED for step in found)
    if by_http and evidence.http is None and (stopped or not evidence.established):
        expected.append(("client", f"{asked.method} {asked.path}"))
    return [
        Step(
            0,
            sender,
            name,
            StepState.NOT_REACHED,
            "not reached",
            explanation=_WHAT_FOR.get(name) or explaining.ASKED,
        )
        for sender, name in expected
        if (sender, name) not in seen
    ]
