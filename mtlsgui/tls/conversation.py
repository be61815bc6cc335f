"""One attempt on a real socket: open the way, shake hands, listen for the verdict, ask inside.

In TLS 1.3 a server refuses a client certificate after the client has finished (RFC 8446,
section 4.4.2.4), so the end of the handshake is no verdict: we listen for an alert, a ticket or
the end of the stream before we send anything.
"""

import asyncio
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from mtlsgui.tls import http, seen, sockets
from mtlsgui.tls.application.inquiry import Inquiry
from mtlsgui.tls.contexts import ClientContexts
from mtlsgui.tls.endpoint import Closing
from mtlsgui.tls.evidence import End, Evidence
from mtlsgui.tls.handshake import Handshake
from mtlsgui.tls.messages import looks_like_tls
from mtlsgui.tls.opening.way import Way
from mtlsgui.tls.question import HttpRequest, Protocol, Question
from mtlsgui.tls.server_names import wrong_name

_PLAIN_SECONDS = 1.0
_FIRST_BYTES = 512


async def converse(
    question: Question, now: datetime, contexts: ClientContexts | None = None
) -> Evidence:
    """Make one attempt. contexts: of the question's trust and time, where several tests share them.

    Raises IdentityUnusable before anything is sent.
    """
    began = 0.0

    def elapsed() -> float:
        return (time.perf_counter() - began) * 1000

    context = contexts.of(question) if contexts else None
    handshake = Handshake(question, now, elapsed, context=context)
    began = time.perf_counter()  # loading the system's roots is no part of the test
    way = Way(question, elapsed)
    try:
        with await way.open() as connection:
            conversation = _Conversation(question, handshake, connection, way, elapsed)
            await conversation.run()
    except sockets.Unreachable as error:
        return Evidence(
            question,
            now,
            fault=error.fault,
            fault_text=error.text,
            opening=tuple(way.steps),
            connect_ms=way.connect_ms,
            verdict_ms=elapsed(),
        )
    evidence = conversation.evidence(now)
    if evidence.first_bytes or evidence.established or question.opening.is_asked:
        return evidence
    return replace(evidence, plain_answer=await _ask_plainly(question))


async def _ask_plainly(question: Question) -> bytes:
    """What a server that said nothing to TLS says to plain HTTP; b"" for nothing either."""
    target = question.target
    try:
        with await sockets.connect(
            target.host, target.port, question.limits.connect, question.opening.family
        ) as connection:
            await asyncio.get_running_loop().sock_sendall(
                connection, http.request(target, HttpRequest())
            )
            answer = await sockets.read(connection, _PLAIN_SECONDS)
    except (sockets.Unreachable, OSError):
        return b""
    return answer[:_FIRST_BYTES]


class _Conversation:
    """elapsed: milliseconds since the test began; the way is open already."""

    def __init__(
        self,
        question: Question,
        handshake: Handshake,
        connection: socket.socket,
        way: Way,
        elapsed: Callable[[], float],
    ) -> None:
        self._question = question
        self._handshake = handshake
        self._socket = connection
        self._elapsed = elapsed
        self._way = way
        self._inquiry = Inquiry(question)
        self._handshake_ms: float | None = None
        self._verdict_ms: float | None = None
        self._first_bytes = b""
        self._cut: End | None = None
        self._send_failed = False
        self._said_goodbye = False
        self._withheld: tuple[str, ...] = ()

    async def run(self) -> None:
        """The whole conversation."""
        self._handshake.advance()
        if self._way.rest:
            self._take(self._way.rest)
        if not await self._exchange(self._way.seconds_left, lambda: self._handshake.established):
            self._cut = self._cut or End.TIMED_OUT
        if not self._handshake.established:
            self._settle_verdict()
            return
        self._handshake_ms = self._elapsed()
        await self._listen()
        await self._ask()
        self._settle_verdict()
        if self._handshake.closing is None:
            self._handshake.close()
            await self._flush()

    async def _ask(self) -> None:
        """Ask the server in the protocol that is spoken inside TLS."""
        question, seconds = self._question, self._question.limits.answer
        if question.protocol is Protocol.HTTP:
            if not self._over:
                self._handshake.send(http.request(question.target, self._request()))
                await self._exchange(seconds, lambda: http.is_enough(self._handshake.received))
            return
        await self._exchange(seconds, self._inquire)

    def _request(self) -> HttpRequest:
        """What is asked; without what logs in where the server may be somebody else."""
        asked, shaken = self._question.http, self._handshake
        chain = shaken.server_chain()
        wrong = not chain or wrong_name(chain[0], self._question.target.server_name) is not False
        if not (wrong or shaken.verify_errors or shaken.unreadable):
            return asked
        self._withheld = tuple(name for name, _ in asked.headers if http.logs_in(name))
        return http.without_login(asked)

    def _inquire(self) -> bool:
        """Go on with the dialogue inside TLS; whether it is over."""
        data = self._inquiry.receive(self._handshake.received)
        if data and not self._over:
            self._handshake.send(data)
        return self._inquiry.is_over

    async def _listen(self) -> None:
        """Wait for what a server says after a TLS 1.3 handshake."""
        if not self._handshake.is_tls13:
            return
        quiet = max(self._question.limits.quiet, 3 * self._way.round_trip)
        await self._exchange(quiet, self._has_spoken)
        if not self._over and not self._has_spoken() and self._question.protocol is Protocol.NONE:
            # No ticket: accepting servers answer a goodbye, refusing ones meet it with an alert.
            self._said_goodbye = True
            self._handshake.close()
            await self._exchange(quiet, self._has_spoken)
        self._settle_verdict()

    def _has_spoken(self) -> bool:
        return bool(self._handshake.received) or any(
            message.name == "NewSessionTicket" for message in self._handshake.messages
        )

    @property
    def _over(self) -> bool:
        return self._handshake.closing is not None or self._cut is not None

    async def _exchange(self, seconds: float, enough: Callable[[], bool]) -> bool:
        """Send and receive until it is enough, over, or the time is up (False)."""
        deadline = time.perf_counter() + seconds
        while True:
            finished = enough() or self._over or self._handshake.is_full
            await self._flush()
            if finished:
                return True
            left = deadline - time.perf_counter()
            if left <= 0:
                return False
            try:
                data = await sockets.read(self._socket, left)
            except TimeoutError:
                return False
            except OSError:
                self._cut = End.RESET
                return True
            self._take(data)

    def _take(self, data: bytes) -> None:
        """What arrived; nothing is the end of the stream."""
        if not self._first_bytes:
            self._first_bytes = data[:_FIRST_BYTES]
        if not looks_like_tls(self._first_bytes):
            self._cut = End.FAILED
        elif data:
            self._handshake.receive(data)
        else:
            self._cut = End.CLOSED
            self._handshake.receive_end()

    async def _flush(self) -> None:
        """Send what is due. Where that fails, an alert may still lie unread: reading goes on."""
        data = self._handshake.outgoing()
        if not data or self._send_failed:
            return
        try:
            await sockets.send(self._socket, data, self._question.limits.handshake)
        except OSError:  # a TimeoutError too
            self._send_failed = True

    def _settle_verdict(self) -> None:
        if self._verdict_ms is None or self._handshake.received:
            self._verdict_ms = self._elapsed()

    def evidence(self, now: datetime) -> Evidence:
        """What was seen; `now` is the time of day."""
        shaken = self._handshake
        chain = shaken.server_chain()
        name = self._question.target.server_name
        asked = self._question
        if self._withheld:
            asked = replace(asked, http=http.without_login(asked.http))
        return Evidence(
            asked,
            now,
            opening=tuple(self._way.steps),
            messages=tuple(shaken.messages),
            established=shaken.established,
            end=self._end(),
            hung_up=self._is_hung_up(),
            tls=shaken.parameters(),
            server_chain=chain,
            verify_errors=shaken.verify_errors,
            unreadable=shaken.unreadable,
            name_error=wrong_name(chain[0], name) if chain else None,
            http=http.read_answer(shaken.received, self._question.http),
            application=self._inquiry.answer(),
            first_bytes=self._first_bytes,
            staple=shaken.staple,
            withheld=self._withheld,
            local_errors=shaken.local_errors,
            connect_ms=self._way.connect_ms,
            handshake_ms=self._handshake_ms,
            verdict_ms=self._verdict_ms,
        )

    def _is_hung_up(self) -> bool:
        shaken = self._handshake
        ended = shaken.closing in (Closing.NOTIFIED, Closing.CUT) or self._cut in (
            End.CLOSED,
            End.RESET,
        )
        return shaken.established and ended and not shaken.received and not self._said_goodbye

    def _end(self) -> End:
        shaken = self._handshake
        messages = shaken.messages
        if seen.fatal_alert(messages, "server") is not None:
            return End.ALERT
        if shaken.received:
            return End.ANSWER
        if shaken.closing is Closing.ERROR:
            return End.FAILED  # what it said after all cannot be read
        if shaken.is_tls13 and any(each.name == "NewSessionTicket" for each in messages):
            return End.TICKET
        if self._said_goodbye:
            return End.QUIET  # it hung up because we did
        if self._cut is not None:
            return self._cut
        ends = {Closing.NOTIFIED: End.CLOSED, Closing.CUT: End.CLOSED, Closing.ERROR: End.FAILED}
        return ends[shaken.closing] if shaken.closing is not None else End.QUIET
