"""The sequence of a visit as a person reads it, from the server's side."""

from collections.abc import Sequence
from dataclasses import replace

from mtlsgui.pki.describe.certificate import display_name
from mtlsgui.pki.facts import UnreadableError, read_certificate
from mtlsgui.tls import ca_names
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
from mtlsgui.tls.registries import alert_name
from mtlsgui.tls.result import Sender, Step, StepState, TlsParameters

_MOST_NAMES = 2


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
    name = message.name
    if alert is not None:
        name = f"Alert {alert.number}: {alert_name(alert.number).replace('_', ' ')}"
    of_client = message.sender == "client" and isinstance(message.detail, CertificateList)
    return Step(
        0,
        message.sender,
        name,
        StepState.FAILED if alert is not None and alert.fatal else StepState.OK,
        _note(message, agreed),
        message.size,
        message.at_ms,
        is_cause=of_client and bad_client,
        details=details(message, certificates),
        explanation=""
        if alert is not None and not alert.fatal
        else explanation(message.sender, "Alert" if alert is not None else message.name),
    )


def _note(message: Message, agreed: TlsParameters | None) -> str:
    match message.detail:
        case ClientHello() as hello:
            versions = ", ".join(each.removeprefix("TLS ") for each in hello.versions)
            parts = [f"TLS {versions}", f"SNI {hello.server_name}" if hello.server_name else ""]
            return " · ".join(filter(None, parts))
        case ServerHello() as hello:
            parts = [hello.version, agreed.cipher if agreed else "", hello.group]
            return " · ".join(filter(None, parts))
        case CertificateRequest() as request:
            return _wanted(request)
        case CertificateList() as listed:
            return _certificates(listed)
        case Signed():
            return "proves that it holds the private key"
        case AlertDetail() as alert:
            return f"sent by the {message.sender}" if alert.fatal else "goodbye"
    if message.name == "Finished":
        return f"the {message.sender}'s part is done"
    return "to resume this session later" if message.name == "NewSessionTicket" else ""


def _wanted(request: CertificateRequest) -> str:
    names = [ca_names.short(each) for each in request.issuers]
    if not names:
        return "asks for a certificate, from any CA"
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return f"asks for a certificate from {', '.join(names[:_MOST_NAMES])}{more}"


def _certificates(listed: CertificateList) -> str:
    if not listed.certificates:
        return "none"
    try:
        names = [display_name(read_certificate(each)) for each in listed.certificates]
    except UnreadableError:
        return "a certificate that cannot be read"
    return " ← ".join(names)


def http_steps(asked: str, status: str, at_ms: float, *, refused: bool) -> tuple[Step, ...]:
    """The request and its answer. status: as in "403 Forbidden"; empty for none."""
    sender: Sender = "client"
    found = [Step(0, sender, asked, StepState.OK, "the HTTP request")]
    if status:
        state = StepState.FAILED if refused else StepState.OK
        note = "says all that is wrong" if refused else "the answer"
        found.append(Step(0, "server", f"HTTP {status}", state, note, at_ms=at_ms))
    return tuple(found)
