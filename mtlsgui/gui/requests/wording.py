"""The words for what became of a request, and the tones that go with them."""

from PySide6.QtCore import QCoreApplication

from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.inventory.records import RequestState
from mtlsgui.workspace.requesting import RequestView

translate = QCoreApplication.translate

TONES = {
    RequestState.OPEN: Tone.ATTENTION,
    RequestState.FULFILLED: Tone.GOOD,
    RequestState.SIGNED: Tone.NEUTRAL,
}


def state_text(state: RequestState) -> str:
    """The words on the pill."""
    return {
        RequestState.OPEN: translate("Requests", "Waiting for its certificate"),
        RequestState.FULFILLED: translate("Requests", "Fulfilled"),
        RequestState.SIGNED: translate("Requests", "Signed"),
    }[state]


def what_to_do(view: RequestView) -> str:
    """What became of it, or what comes next, in a sentence or two."""
    match view.row.state:
        case RequestState.OPEN if view.held:
            return translate(
                "Requests",
                "Send it to the authority that shall sign it. Import the certificate that comes "
                "back: it finds its key here.",
            )
        case RequestState.OPEN:
            return translate(
                "Requests",
                "Its private key is not held here. Sign it with one of your authorities, or "
                "import the certificate that another one made of it.",
            )
        case _ if view.certificate is None:
            return translate("Requests", "Its certificate was made, and is no longer here.")
        case RequestState.SIGNED:
            return translate("Requests", "One of your authorities has signed it.")
        case RequestState.FULFILLED:
            return translate("Requests", "Its certificate has come.")
