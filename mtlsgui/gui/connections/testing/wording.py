"""Words and tones of a connection test that are the window's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.words import core, date, days, relative
from mtlsgui.inventory.records import CertificateRow, Status
from mtlsgui.pki.describe.certificate import issuer_name
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.result import Outcome, ProbeResult, Problem, Side, Step, StepState

if TYPE_CHECKING:
    from mtlsgui.workspace.remedies import Offer

translate = QCoreApplication.translate

_MOST_ISSUERS = 6
_OUTCOMES_OF_TLS = (Outcome.ACCEPTED, Outcome.REFUSED_BY_CLIENT, Outcome.REFUSED_BY_SERVER)


def outcome_tone(result: ProbeResult) -> Tone:
    """Of the verdict's banner."""
    if result.outcome is not Outcome.ACCEPTED:
        return Tone.BAD
    return Tone.ATTENTION if result.problems else Tone.GOOD


def side_text(side: Side) -> str:
    """The word on a problem's pill."""
    return {
        Side.CLIENT: translate("Connections", "Client"),
        Side.SERVER: translate("Connections", "Server"),
        Side.NETWORK: translate("Connections", "Network"),
    }[side]


def step_tone(step: Step) -> Tone:
    """Of a step in the drawing; the cause of a failure stands out too."""
    if is_failed(step):
        return Tone.BAD
    if step.state is StepState.NOT_REACHED:
        return Tone.NEUTRAL
    return Tone.ATTENTION if step.is_cause else Tone.GOOD


def is_failed(step: Step) -> bool:
    """Whether the connection broke at this step."""
    return step.state is StepState.FAILED


def step_note(step: Step) -> str:
    """The line under a step's name."""
    if step.is_cause:
        why = translate("Connections", "this is why")
        return f"{step.note} · {why}" if step.note else why
    return step.note


@dataclass(frozen=True)
class Ends:
    """Who talk with each other, by the names over their lines."""

    client: str
    server: str


def step_name(step: Step, ends: Ends) -> str:
    """A step and its state in words, as in "You: ClientHello, ok"."""
    who = ends.server if step.sender == "server" else ends.client
    state = {
        StepState.OK: translate("Connections", "ok"),
        StepState.FAILED: translate("Connections", "failed"),
        StepState.NOT_REACHED: translate("Connections", "not reached"),
    }[step.state]
    return f"{who}: {step.message}, {state}"


def step_description(step: Step) -> str:
    """What else the drawing says of a step."""
    reached = step.state is not StepState.NOT_REACHED
    parts = [step_note(step) if reached else ""]
    if step.size:
        parts.append(translate("Connections", "{} bytes").format(f"{step.size:,}"))
    if step.at_ms is not None:
        parts.append(translate("Connections", "after {:.1f} ms").format(step.at_ms))
    return ", ".join(part for part in parts if part)


def size_text(size: int) -> str:
    """Bytes in few letters, as in "312 B", "1.4 kB"."""
    amount, unit = float(size), "B"
    for larger in ("kB", "MB"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, larger
    shown = f"{amount:.0f}" if unit == "B" or amount >= 100 else f"{amount:.1f}"
    return f"{shown} {unit}"


def time_text(milliseconds: float) -> str:
    """As in "3 ms", "5.0 s"."""
    if milliseconds >= 1000:
        return translate("Connections", "{:.1f} s").format(milliseconds / 1000)
    return translate("Connections", "{:.0f} ms").format(milliseconds)


def identity_text(row: CertificateRow, now: datetime) -> str:
    """A certificate in the list of those to present; what is wrong with it is said before."""
    match row.status:
        case Status.EXPIRED:
            return translate("Connections", "{} — expired {}").format(
                row.name, relative(row.not_after, now)
            )
        case Status.NOT_YET_VALID:
            return translate("Connections", "{} — valid {}").format(
                row.name, relative(row.not_before, now)
            )
        case Status.REVOKED:
            return translate("Connections", "{} — revoked").format(row.name)
        case _:
            return row.name


def server_is_fine(result: ProbeResult) -> str:
    """What is right with the server, where nothing is wrong; else ""."""
    faults = any(problem.side is Side.SERVER for problem in result.errors)
    if faults or result.outcome not in _OUTCOMES_OF_TLS or not result.server_chain:
        return ""
    parts = [
        translate("Connections", "Its chain leads to a CA that you trust, and its name matches.")
    ]
    ends = result.server_chain[0].not_after
    if ends is not None:
        parts.append(
            translate("Connections", "Valid for {} more.").format(days((ends - result.at).days))
        )
    return " ".join(parts)


def client_is_fine(result: ProbeResult) -> str:
    """The same of the client."""
    faults = any(problem.side is Side.CLIENT for problem in result.problems)
    taken = result.outcome in (Outcome.ACCEPTED, Outcome.REFUSED_BY_CLIENT)
    if faults or not taken or not result.client_certificate.sent:
        return ""
    return translate("Connections", "The server took your certificate and the proof of its key.")


def client_certificate(result: ProbeResult) -> tuple[str, str]:
    """Whether the server needs a client certificate, and how that is known; "" where it said
    nothing of it, or a problem says it already.
    """
    asked = result.client_certificate
    if any(problem.code == "client_certificate_missing" for problem in result.errors):
        return "", ""  # the problem says it
    if asked.required:
        return (
            translate("Connections", "It needs a client certificate"),
            translate("Connections", "Without one, the server lets nobody in: that was tried."),
        )
    if asked.requested and asked.required is None:
        return (
            translate("Connections", "It asks for a client certificate"),
            translate("Connections", "Whether it does without one was not tried."),
        )
    if asked.requested:
        return (
            translate("Connections", "It asks for a client certificate, and does without"),
            translate("Connections", "It lets in those who present none as well: that was tried."),
        )
    if result.tls is not None:
        return (
            translate("Connections", "It asks for no client certificate"),
            translate("Connections", "A certificate that you choose here is not sent."),
        )
    return "", ""


def choice(problem: Problem) -> Side | None:
    """Whose part a person could choose anew: the certificate presented, or who is trusted."""
    if problem.side is Side.CLIENT and problem.code.startswith("client_certificate_"):
        return Side.CLIENT
    return Side.SERVER if problem.code == "unknown_authority" else None


def remedy_text(offer: "Offer") -> str:
    """What the button of a remedy says."""
    return core(offer.words).format(offer.about)


def chain_line(facts: CertificateFacts) -> str:
    """Who issued a certificate, and how long it is valid."""
    issued = f"← {issuer_name(facts)}"
    if facts.not_after is None:
        return issued
    until = translate("Connections", "until {}").format(date(facts.not_after))
    return f"{issued} · {until}"


def agreed_fields(result: ProbeResult) -> Sequence[tuple[str, str]]:
    """What was negotiated, and how long it took: for the list under the drawing."""
    found = []
    if result.tls is not None:
        agreed = (result.tls.version, result.tls.cipher, result.tls.group)
        found.append(
            (translate("Connections", "Agreed"), " · ".join(each for each in agreed if each))
        )
        if result.tls.signature_algorithm:
            found.append(
                (translate("Connections", "Server signs with"), result.tls.signature_algorithm)
            )
        if result.tls.alpn:
            found.append((translate("Connections", "Protocol (ALPN)"), result.tls.alpn))
    asked = result.client_certificate
    if asked.requested:
        taken = [*asked.acceptable_issuers[:_MOST_ISSUERS]]
        left = len(asked.acceptable_issuers) - len(taken)
        if left:
            taken.append(translate("Connections", "and {} more").format(f"{left:,}"))
        anybody = translate("Connections", "any CA: it names none")
        found.append(
            (translate("Connections", "Takes certificates of"), "\n".join(taken) or anybody)
        )
    if result.tls is not None:
        staple = (
            translate("Connections", "sent ({} bytes)").format(f"{len(result.ocsp_staple):,}")
            if result.ocsp_staple
            else translate("Connections", "none")
        )
        found.append((translate("Connections", "OCSP staple"), staple))
    times = [
        (translate("Connections", "connected in {}"), result.timing.connect),
        (translate("Connections", "handshake by {}"), result.timing.handshake),
        (translate("Connections", "verdict by {}"), result.timing.verdict),
    ]
    said = [text.format(time_text(value)) for text, value in times if value is not None]
    if said:
        found.append((translate("Connections", "Times"), ", ".join(said)))
    return found
