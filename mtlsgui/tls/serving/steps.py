"""The sequence of a visit as a person reads it, from the server's side."""

from collections.abc import Sequence
from dataclasses import replace

from mtlsgui.tls import notes
from mtlsgui.tls.details import Certificates, details
from mtlsgui.tls.explaining import explanation
from mtlsgui.tls.messages import (
    AlertDetail,
    CertificateList,
    CertificateRequest,
    ClientHello,
    Message,
    ServerHello,
    Signed,
)
from mtlsgui.tls.result import Sender, Step, StepState, TlsParameters


def steps(
    peer: str,
    messages: Sequence[Message],
    agreed: TlsParameters | None,
    *,
    bad_client: bool,
    said: Sequence[Step] = (),
) -> tuple[Step, ...]:
    """The connection, each message of TLS, and what was said inside.

    bad_client: something is wrong with what the client presented. said: numbered here.
    """
    found = [Step(0, "client", "TCP connection", StepState.OK, f"from {peer}", at_ms=0.0)]
    certificates = Certificates()
    for message in messages:
        if message.name == "NewSessionTicket" and found[-1].message == message.name:
            found[-1] = replace(found[-1], size=found[-1].size + message.size)
        else:
            found.append(_step(message, agreed, certificates, bad_client=bad_client))
    return tuple(replace(step, number=at) for at, step in enumerate([*found, *said], 1))


def _step(
    message: Message,
    agreed: TlsParameters | None,
    certificates: Certificates,
    *,
    bad_client: bool,
) -> Step:
    alert = message.detail if isinstance(message.detail, AlertDetail) else None
    name = message.name if alert is None else notes.alert_title(alert)
    of_client = message.sender == "client" and isinstance(message.detail, CertificateList)
    return Step(
        0,
        message.sender,
        name,
        StepState.FAILED if alert is not None and alert.fatal else StepState.OK,
        _note(message, agreed, certificates),
        message.size,
        message.at_ms,
        is_cause=of_client and bad_client,
        details=details(message, certificates),
        explanation=""
        if alert is not None and not alert.fatal
        else explanation(message.sender, "Alert" if alert is not None else message.name),
    )


def _note(message: Message, agreed: TlsParameters | None, certificates: Certificates) -> str:
    match message.detail:
        case ClientHello() as hello:
            return " · ".join(notes.offered(hello))
        case ServerHello() as hello:
            parts = [hello.version, agreed.cipher if agreed else "", hello.group]
            return " · ".join(filter(None, parts))
        case CertificateRequest() as request:
            return notes.wanted(request)
        case CertificateList() as listed:
            return notes.presented(listed, certificates)
        case Signed():
            return notes.PROOF
        case AlertDetail() as alert:
            return f"sent by the {message.sender}" if alert.fatal else "goodbye"
    if message.name == "Finished":
        return f"the {message.sender}'s part is done"
    return notes.TICKET if message.name == "NewSessionTicket" else ""


def http_steps(asked: str, status: str, at_ms: float, *, refused: bool) -> tuple[Step, ...]:
    """The request and its answer. status: as in "403 Forbidden"; empty for none."""
    sender: Sender = "client"
    found = [Step(0, sender, asked, StepState.OK, "the HTTP request")]
    if status:
        state = StepState.FAILED if refused else StepState.OK
        note = "says all that is wrong" if refused else "the answer"
        found.append(Step(0, "server", f"HTTP {status}", state, note, at_ms=at_ms))
    return tuple(found)
