"""One client on a real socket: shake hands, read a request, answer, and let it go.

Whoever is answered has time to read: a socket that is closed on unread bytes resets the
connection, and the client would lose the very alert that tells it what is wrong.
"""

import asyncio
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from mtlsgui.pki.facts import CrlFacts
from mtlsgui.tls import seen
from mtlsgui.tls.messages import looks_like_tls
from mtlsgui.tls.result import Side
from mtlsgui.tls.serving import http
from mtlsgui.tls.serving.document import answer_document
from mtlsgui.tls.serving.handshake import Material, ServerHandshake
from mtlsgui.tls.serving.http import Reading, Request
from mtlsgui.tls.serving.judging import Verdict, judge, not_tls, offered
from mtlsgui.tls.serving.steps import http_steps, steps
from mtlsgui.tls.serving.visit import Visit, VisitOutcome

_CHUNK = 65_536
_ENOUGH_TO_TELL = 64


class Conversation:
    """material: the server's. crls: its revocation lists, read."""

    def __init__(
        self,
        material: Material,
        crls: Sequence[CrlFacts],
        connection: socket.socket,
        *,
        peer: str,
        number: int,
        now: datetime,
    ) -> None:
        self._settings = material.settings
        self._crls = crls
        self._socket = connection
        self._now = now
        self._began = time.perf_counter()
        self._handshake = ServerHandshake(material, now, self._elapsed, mode=self._settings.mode)
        self._report: Callable[[Visit], None] = lambda _visit: None
        self._visit = Visit(number, now, peer, VisitOutcome.LEFT, "")
        self._first = b""
        self._ended = False
        self._timed_out = False

    async def run(self, report: Callable[[Visit], None]) -> None:
        """The whole visit. report: is given it as soon as it is decided."""
        self._report = report
        bounds = self._settings.bounds
        try:
            await self._exchange(bounds.handshake, lambda: self._handshake.established)
            if self._first and not looks_like_tls(self._first):
                await self._answer_plainly()
            elif self._handshake.established:
                await self._serve()
            else:
                self._settle(self._verdict())
        except asyncio.CancelledError:
            self._settle(Verdict(VisitOutcome.STOPPED, "The test server was stopped meanwhile."))
            raise
        await self._linger()

    def _elapsed(self) -> float:
        return (time.perf_counter() - self._began) * 1000

    async def _serve(self) -> None:
        """Inside TLS: a request is answered; whatever else is spoken meets a goodbye."""
        bounds = self._settings.bounds

        def read() -> tuple[Reading, Request | None]:
            return http.read_request(self._handshake.received, bounds.head, bounds.body)

        await self._exchange(bounds.request, lambda: read()[0] is not Reading.MORE)
        reading, request = read()
        verdict = self._verdict()
        status = None
        if reading in _ANSWERS:
            refused = verdict.outcome is not VisitOutcome.ACCEPTED
            status = HTTPStatus.FORBIDDEN if refused else _ANSWERS[reading]
            self._handshake.send(self._answer(status, request, verdict))
        self._handshake.close()
        await self._flush()
        self._settle(verdict, request, status)

    def _answer(self, status: HTTPStatus, request: Request | None, verdict: Verdict) -> bytes:
        document = answer_document(
            verdict.problems,
            self._handshake.client_chain(),
            self._handshake.parameters(),
            _server_name(self._handshake),
            request,
        )
        return http.answer(
            status, document, head_only=request is not None and request.method == "HEAD"
        )

    async def _answer_plainly(self) -> None:
        """Somebody came without TLS."""
        verdict, request, answer = not_tls(self._first)
        if answer:
            await self._send(answer)
            self._visit = replace(
                self._visit, request=request, http_status=HTTPStatus.BAD_REQUEST.value
            )
        self._settle(verdict)

    def _verdict(self) -> Verdict:
        found = judge(self._handshake, self._settings, self._crls, self._now)
        if self._timed_out and found.outcome is VisitOutcome.LEFT:
            seconds = f"{self._settings.bounds.handshake:g} seconds"
            return Verdict(
                VisitOutcome.TIMED_OUT, f"The client did not finish the handshake in {seconds}."
            )
        return found

    def _settle(
        self, verdict: Verdict, request: Request | None = None, status: HTTPStatus | None = None
    ) -> None:
        """Report the visit, once."""
        if self._visit.sentence:
            return
        shaken, bad_client = (
            self._handshake,
            any(
                each.side is Side.CLIENT and each.depth is not None and not each.is_warning
                for each in verdict.problems
            ),
        )
        duration = self._elapsed()
        asked = str(request) if request else self._visit.request
        answered = f"{status.value} {status.phrase}" if status else ""
        said = http_steps(asked, answered, duration, refused=bad_client) if asked else ()
        agreed = shaken.parameters()
        self._visit = replace(
            self._visit,
            outcome=verdict.outcome,
            sentence=verdict.sentence,
            server_name=_server_name(shaken),
            offered=offered(shaken.messages),
            tls=agreed,
            chain=shaken.client_chain(),
            problems=verdict.problems,
            alert=verdict.alert,
            request=asked,
            http_status=status.value if status else self._visit.http_status,
            steps=steps(
                self._visit.peer, shaken.messages, agreed, bad_client=bad_client, said=said
            ),
            duration=duration,
        )
        self._report(self._visit)

    async def _exchange(self, seconds: float, enough: Callable[[], bool]) -> None:
        """Send and receive until it is enough, over, or the time is up."""
        deadline = time.perf_counter() + seconds
        while True:
            await self._flush()
            if self._ended or self._handshake.closing is not None or enough():
                return
            data = await self._read(deadline - time.perf_counter())
            if data is None:
                self._timed_out = True
                return
            if len(self._first) < _ENOUGH_TO_TELL and not self._handshake.messages:
                self._first += data[:_CHUNK]
                if not looks_like_tls(self._first):
                    return
            if data:
                self._handshake.receive(data)
            else:
                self._ended = True
                self._handshake.receive_end()

    async def _read(self, seconds: float) -> bytes | None:
        """What arrives next, b"" at the end; None where nothing does in time."""
        if seconds <= 0:
            return None
        try:
            return await asyncio.wait_for(
                asyncio.get_running_loop().sock_recv(self._socket, _CHUNK), seconds
            )
        except TimeoutError:
            return None
        except OSError:  # reset
            return b""

    async def _flush(self) -> None:
        data = self._handshake.outgoing()
        if data and not self._ended:
            await self._send(data)

    async def _send(self, data: bytes) -> None:
        """A client that does not read, or is gone, ends the sending."""
        try:
            await asyncio.wait_for(
                asyncio.get_running_loop().sock_sendall(self._socket, data),
                self._settings.bounds.request,
            )
        except OSError:  # a TimeoutError too
            self._ended = True

    async def _linger(self) -> None:
        """Hang up, and read on for a while what is still under way."""
        try:
            self._socket.shutdown(socket.SHUT_WR)
        except OSError:
            return
        deadline = time.perf_counter() + self._settings.bounds.linger
        while await self._read(deadline - time.perf_counter()):
            pass


_ANSWERS = {
    Reading.WHOLE: HTTPStatus.OK,
    Reading.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Reading.MALFORMED: HTTPStatus.BAD_REQUEST,
}


def _server_name(shaken: ServerHandshake) -> str:
    said = seen.client_hello(shaken.messages)
    return said.server_name if said else ""
