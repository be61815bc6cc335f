"""Words and tones of a connection test that are the window's own."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.words import days, relative
from mtlsgui.inventory.records import CertificateRow, Status
from mtlsgui.tls.result import Outcome, ProbeResult, Side

translate = QCoreApplication.translate

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
    asked = result.client_certificate
    if asked.required:
        parts.append(translate("Connections", "It asks for a client certificate and needs one."))
    elif asked.requested and asked.required is None:
        parts.append(
            translate(
                "Connections",
                "It asks for a client certificate; a test without shows whether it needs one.",
            )
        )
    elif asked.requested:
        parts.append(translate("Connections", "It asks for a client certificate and does without."))
    return " ".join(parts)


def client_is_fine(result: ProbeResult) -> str:
    """The same of the client."""
    faults = any(problem.side is Side.CLIENT for problem in result.problems)
    taken = result.outcome in (Outcome.ACCEPTED, Outcome.REFUSED_BY_CLIENT)
    if faults or not taken or not result.client_certificate.sent:
        return ""
    return translate("Connections", "The server took your certificate and the proof of its key.")


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
    issuers = result.client_certificate.acceptable_issuers
    if issuers:
        found.append((translate("Connections", "Takes certificates of"), "\n".join(issuers)))
    elif result.client_certificate.requested:
        found.append(
            (
                translate("Connections", "Takes certificates of"),
                translate("Connections", "any CA: it names none"),
            )
        )
    times = [
        (translate("Connections", "connected in {:.0f} ms"), result.timing.connect),
        (translate("Connections", "handshake by {:.0f} ms"), result.timing.handshake),
        (translate("Connections", "verdict by {:.0f} ms"), result.timing.verdict),
    ]
    said = [text.format(value) for text, value in times if value is not None]
    found.append((translate("Connections", "Times"), ", ".join(said)))
    return found
