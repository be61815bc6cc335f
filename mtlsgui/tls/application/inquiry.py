"""The dialogue inside TLS as it goes on, and what it came to for people."""

from mtlsgui.tls.application.asking import ASKED, ask
from mtlsgui.tls.application.said import Said
from mtlsgui.tls.dialogue import Refused, Talk
from mtlsgui.tls.evidence import ApplicationAnswer
from mtlsgui.tls.question import Question

_MOST_TEXT = 4_096


class Inquiry:
    """Asks in the question's protocol; `is_over` from the start for those that nothing is asked in.

    Give it all that has come so far by `receive`, again and again; send what that gives.
    """

    def __init__(self, question: Question) -> None:
        greeted = question.opening.starttls is not None
        dialogue = ask(question.protocol, question.target, greeted=greeted)
        self._protocol = question.protocol
        self._talk: Talk[Said] | None = Talk(dialogue) if dialogue else None
        self._heard = b""
        self._garbled = ""

    @property
    def is_over(self) -> bool:
        return self._talk is None or self._talk.done or bool(self._garbled)

    def receive(self, heard: bytes) -> bytes:
        """heard: all that the server has said inside TLS. Gives what is to be said to that."""
        if self._talk is None:
            return b""
        try:
            self._talk.feed(heard[len(self._heard) :])
        except Refused as error:
            self._garbled = error.text
        self._heard = heard
        return self._talk.outgoing()

    def answer(self) -> ApplicationAnswer | None:
        """What the server said; None where it said nothing."""
        if self._talk is None or not self._heard:
            return None
        said = self._talk.result
        text = _readable((said.text if said else self._heard)[:_MOST_TEXT])
        return ApplicationAnswer(
            self._protocol,
            ASKED[self._protocol],
            said.accepted if said else None,
            "\n".join(part for part in (text, self._garbled) if part),
        )


def _readable(data: bytes) -> str:
    """Text with its lines, and without other control characters."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    return "".join(each if each.isprintable() or each == "\n" else " " for each in text).strip()
