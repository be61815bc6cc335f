"""The way from here to the real server, for one client that is watched."""

import re
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from mtlsgui.tls import explaining, http, seen
from mtlsgui.tls.endpoint import Closing
from mtlsgui.tls.evidence import End as Ending
from mtlsgui.tls.evidence import Evidence
from mtlsgui.tls.handshake import Handshake
from mtlsgui.tls.messages import ClientHello
from mtlsgui.tls.opening.way import Way
from mtlsgui.tls.probe import judge
from mtlsgui.tls.question import Offer, Protocol, Question
from mtlsgui.tls.result import HttpAnswer, ProbeResult
from mtlsgui.tls.server_names import is_address, wrong_name
from mtlsgui.tls.serving.legs import End, Leg
from mtlsgui.tls.sockets import Unreachable
from mtlsgui.tls.trust_store import TrustStore

_NAME = re.compile(r"[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*")
_LONGEST_NAME = 253
_PROTOCOL = re.compile(r"[!-\[\]-~]{1,255}")
_ENDINGS = {End.GOODBYE: Ending.CLOSED, End.CUT: Ending.CLOSED, End.RESET: Ending.RESET}


def asked_by(question: Question, hello: ClientHello | None) -> Question:
    """The question as this client asks it: by the name and the protocols of its hello.

    A name that means this computer is how the client found us, and nobody behind us knows it.
    """
    target, alpn = question.target, tuple[str, ...]()
    if hello is not None:
        name = hello.server_name
        if len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) and not _is_ours(name):
            target = replace(target, server_name=name)
        alpn = tuple(each for each in hello.alpn if _PROTOCOL.fullmatch(each))
    return replace(
        question, target=target, offer=Offer(alpn=alpn), protocol=Protocol.NONE, keylog=None
    )


def _is_ours(name: str) -> bool:
    return name.lower() == "localhost" or name.lower().endswith(".localhost") or is_address(name)


class Upstream:
    """One connection to the real server. elapsed: milliseconds since the client came.

    connection: open once it is reached, for the caller to close. Raises as `Handshake` does.
    """

    def __init__(
        self, question: Question, now: datetime, elapsed: Callable[[], float], store: TrustStore
    ) -> None:
        self.connection: socket.socket | None = None
        self.leg: Leg | None = None
        self.tls = Handshake(question, now, elapsed, store)
        self._question, self._now, self._elapsed = question, now, elapsed
        self._way = Way(question, elapsed)
        self._fault: Unreachable | None = None
        self._timed_out = False
        self._handshake_ms: float | None = None
        self._ended_ms: float | None = None
        self._heard = b""
        self._deaf = False
        self._result: ProbeResult | None = None

    async def reach(self) -> None:
        """Connect and shake hands, as far as it goes: `established` tells."""
        try:
            self.connection = await self._way.open()
        except Unreachable as fault:
            self._fault, self._ended_ms = fault, self._elapsed()
            return
        self.leg = Leg(self.connection, self.tls)
        if self._way.rest:
            self.tls.receive(self._way.rest)
        self._timed_out = not await self.leg.shake(self._way.seconds_left)
        if self.tls.established:
            self._handshake_ms = self._elapsed()

    @property
    def established(self) -> bool:
        return self.tls.established and self.tls.closing is None

    @property
    def alpn(self) -> tuple[bytes, ...]:
        """What was agreed with it, for the client to agree on too."""
        agreed = self.tls.parameters()
        return (agreed.alpn.encode(),) if agreed is not None and agreed.alpn else ()

    def hear(self, data: bytes) -> None:
        """What it says inside TLS: the beginning is held until it can be told whether it refuses.

        Some servers do that by HTTP. After that nothing of it is kept but the number.
        """
        if self._deaf:
            return
        self._heard += data
        if http.is_enough(self._heard) or not self._heard.startswith(
            b"HTTP/1."[: len(self._heard)]
        ):
            self._note_answer()

    def _note_answer(self) -> None:
        answer = http.read_answer(self._heard)
        self._heard, self._deaf = b"", True
        if answer is not None:
            self._result = _without_content(judge(self._evidence(Ending.ANSWER, answer)))

    def result(self, *, we_ended: bool) -> ProbeResult:
        """What is to be said of it. we_ended: whatever end it made was an answer to ours."""
        if self._heard:
            self._note_answer()
        if self._result is not None:
            return self._result
        return judge(self._evidence(self._ending(we_ended=we_ended), None))

    def _ending(self, *, we_ended: bool) -> Ending:
        messages = self.tls.messages
        if seen.fatal_alert(messages, "server") is not None:
            return Ending.ALERT
        if self.leg is None:
            return Ending.NOT_BEGUN
        if self.leg.taken:
            return Ending.ANSWER
        if self.tls.is_tls13 and any(each.name == "NewSessionTicket" for each in messages):
            return Ending.TICKET
        if self._timed_out:
            return Ending.TIMED_OUT
        if we_ended and self.tls.established:
            return Ending.QUIET
        if self.leg.end is not None:
            return _ENDINGS.get(self.leg.end, Ending.FAILED)
        ends = {Closing.NOTIFIED: Ending.CLOSED, Closing.CUT: Ending.CLOSED}
        closing = self.tls.closing
        return ends.get(closing, Ending.FAILED) if closing is not None else Ending.QUIET

    def _evidence(self, end: Ending, answer: HttpAnswer | None) -> Evidence:
        question, shaken = self._question, self.tls
        if self._fault is not None:
            return Evidence(
                question,
                self._now,
                fault=self._fault.fault,
                fault_text=self._fault.text,
                opening=tuple(self._way.steps),
                connect_ms=self._way.connect_ms,
                verdict_ms=self._ended_ms,
            )
        chain = shaken.server_chain()
        return Evidence(
            question if answer is None else replace(question, protocol=Protocol.HTTP),
            self._now,
            opening=tuple(self._way.steps),
            messages=tuple(shaken.messages),
            established=shaken.established,
            end=end,
            tls=shaken.parameters(),
            server_chain=chain,
            verify_errors=shaken.verify_errors,
            unreadable=shaken.unreadable,
            name_error=wrong_name(chain[0], question.target.server_name) if chain else None,
            http=answer,
            staple=shaken.staple,
            first_bytes=self.leg.first if self.leg is not None else b"",
            local_errors=shaken.local_errors,
            connect_ms=self._way.connect_ms,
            handshake_ms=self._handshake_ms,
            verdict_ms=self._elapsed(),
        )


def _without_content(result: ProbeResult) -> ProbeResult:
    """The client's request was never seen, and its answer is not ours to keep."""
    steps = tuple(
        replace(
            step,
            message="the client's request"
            if step.explanation == explaining.ASKED
            else step.message,
            details=(),
        )
        if step.explanation in (explaining.ASKED, explaining.ANSWERED)
        else step
        for step in result.steps
    )
    return replace(result, answer="", steps=steps)
