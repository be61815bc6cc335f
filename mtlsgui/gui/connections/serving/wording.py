"""Words and tones of the test server that are the window's own."""

from PySide6.QtCore import QCoreApplication

from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.pki.describe import display_name
from mtlsgui.tls.serving.settings import Mode
from mtlsgui.tls.serving.visit import Visit, VisitOutcome

translate = QCoreApplication.translate


def mode_text(mode: Mode) -> str:
    """A way of the server in a word."""
    return {
        Mode.ENFORCE: translate("Serving", "Enforce"),
        Mode.EXPLAIN: translate("Serving", "Explain"),
        Mode.OPTIONAL: translate("Serving", "Optional"),
    }[mode]


def mode_hint(mode: Mode) -> str:
    """What that way means for a client."""
    return {
        Mode.ENFORCE: translate("Serving", "Refuses a wrong client in TLS, as real servers do."),
        Mode.EXPLAIN: translate(
            "Serving", "Lets everyone finish TLS, then answers with all that is wrong, as JSON."
        ),
        Mode.OPTIONAL: translate(
            "Serving", "A client may come without a certificate; one that it shows must be right."
        ),
    }[mode]


def outcome_text(visit: Visit) -> str:
    """The state of a visit in a word or two."""
    if visit.is_open:
        return translate("Serving", "Connected")
    return {
        VisitOutcome.ACCEPTED: translate("Serving", "Accepted"),
        VisitOutcome.REFUSED: translate("Serving", "Refused"),
        VisitOutcome.REFUSED_BY_CLIENT: translate("Serving", "Client refused"),
        VisitOutcome.NOT_TLS: translate("Serving", "Not TLS"),
        VisitOutcome.LEFT: translate("Serving", "Hung up"),
        VisitOutcome.TIMED_OUT: translate("Serving", "Timed out"),
        VisitOutcome.UNREACHABLE: translate("Serving", "Not reached"),
        VisitOutcome.STOPPED: translate("Serving", "Stopped"),
        VisitOutcome.PASSED: translate("Serving", "Passed through"),
    }[visit.outcome]


def outcome_tone(visit: Visit) -> Tone:
    """The tone of that word."""
    match visit.outcome:
        case VisitOutcome.ACCEPTED:
            return Tone.ATTENTION if visit.codes else Tone.GOOD
        case VisitOutcome.STOPPED | VisitOutcome.PASSED:
            return Tone.NEUTRAL
        case VisitOutcome.LEFT:
            return Tone.ATTENTION
    return Tone.BAD


def who(visit: Visit) -> str:
    """Whom the visit was by: the certificate's name, else that there was none, if that was seen."""
    if visit.chain:
        return display_name(visit.chain[0])
    if visit.outcome is VisitOutcome.NOT_TLS:
        return translate("Serving", "Something without TLS")
    if any(each.sender == "client" and each.message == "Certificate" for each in visit.steps):
        return translate("Serving", "A client without a certificate")
    return translate("Serving", "A client")
