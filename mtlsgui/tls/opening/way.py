"""The way to TLS on a real socket: TCP, a proxy, the PROXY protocol's header, STARTTLS."""

import socket
from collections.abc import Callable
from dataclasses import replace

from mtlsgui.tls import sockets
from mtlsgui.tls.dialogue import Dialogue, Heard, Refused, Send, Talk
from mtlsgui.tls.evidence import NetworkFault, OpeningStep
from mtlsgui.tls.opening import databases, ldap, lines, xmpp
from mtlsgui.tls.opening.proxies import through
from mtlsgui.tls.opening.proxy_protocol import header
from mtlsgui.tls.question import Question, StartTls, Target
from mtlsgui.tls.result import Sender
from mtlsgui.tls.sockets import Unreachable


class Way:
    """Opened by `open`, which also says in `steps` what passed, as far as it got.

    elapsed: milliseconds since the test began. connect_ms: when TCP stood. round_trip: seconds
    that one takes at most.
    rest: what arrived already and is TLS' to read. seconds_left: of the handshake's limit.
    """

    def __init__(self, question: Question, elapsed: Callable[[], float]) -> None:
        self.steps: list[OpeningStep] = []
        self.connect_ms: float | None = None
        self.round_trip = 0.0
        self.rest = b""
        self._question = question
        self._elapsed = elapsed

    @property
    def seconds_left(self) -> float:
        """What all that comes before TLS left of the time for the handshake."""
        spent = (self._elapsed() - (self.connect_ms or 0.0)) / 1000
        return max(self._question.limits.handshake - spent, 0.0)

    async def open(self) -> socket.socket:
        """The connection, ready for TLS, for the caller to close. Raises Unreachable."""
        connection = await self._connect()
        self.connect_ms = self._elapsed()
        try:
            await self._go(connection)
        except BaseException:  # cancelled too
            connection.close()
            raise
        return connection

    async def _go(self, connection: socket.socket) -> None:
        asked, target = self._question.opening, self._question.target
        if asked.proxy is not None:
            await self._talk(connection, through(asked.proxy, target), NetworkFault.PROXY_REFUSED)
        self.round_trip = self._elapsed() / 1000  # resolving the name is in it
        if asked.proxy_protocol is not None:
            data = header(asked.proxy_protocol, connection, by_proxy=asked.proxy is not None)
            name = f"PROXY {asked.proxy_protocol}"
            note = "no addresses: a proxy stands in between" if asked.proxy else "our addresses"
            await self._talk(connection, _once(Send(name, data, note)), NetworkFault.UNREACHABLE)
        if asked.starttls is not None:
            dialogue = _starttls(asked.starttls, target)
            await self._talk(connection, dialogue, NetworkFault.STARTTLS_REFUSED)
            if self.rest:  # CVE-2011-0411: what was said in plain text must not count as secured
                raise Unreachable(
                    NetworkFault.STARTTLS_REFUSED,
                    f"it sent {len(self.rest)} bytes more in plain text after its go-ahead, "
                    "which may be somebody else's",
                )

    async def _connect(self) -> socket.socket:
        question = self._question
        seconds, proxy = question.limits.connect, question.opening.proxy
        place = proxy or question.target
        family = question.opening.family
        try:
            return await sockets.connect(place.host, place.port, seconds, family)
        except Unreachable as error:
            if proxy is None:
                raise
            text = error.text or _UNREACHABLE[error.fault]
            raise Unreachable(NetworkFault.PROXY_UNREACHABLE, text) from None

    async def _talk(
        self, connection: socket.socket, dialogue: Dialogue[None], fault: NetworkFault
    ) -> None:
        """Hold a dialogue to its end. Raises Unreachable with this fault."""
        talk = Talk(dialogue)
        noted = len(self.steps)
        try:
            talk.feed(self.rest)
            while True:
                self._note(talk, noted)
                await self._send(connection, talk.outgoing())
                if talk.done:
                    break
                data = await sockets.read(connection, self.seconds_left)
                if not data:
                    raise Refused("it closed the connection")
                talk.feed(data)
        except Refused as error:
            text = error.text or "what it says cannot be read"
        except TimeoutError:
            text = "it does not answer"
            if not any(isinstance(each, Heard) for each in talk.moves):
                text = "it says nothing before TLS"
        except OSError as error:
            text = f"the connection broke off: {error.strerror or 'reset'}"
        else:
            self.rest = talk.rest
            return
        self._note(talk, noted)
        if self.steps and self.steps[-1].sender == "server":
            self.steps[-1] = replace(self.steps[-1], failed=True)
        else:
            step = OpeningStep("server", "no answer", text, 0, self._elapsed(), failed=True)
            self.steps.append(step)
        raise Unreachable(fault, text)

    async def _send(self, connection: socket.socket, data: bytes) -> None:
        if data:
            await sockets.send(connection, data, self.seconds_left)

    def _note(self, talk: Talk[None], before: int) -> None:
        for move in talk.moves[len(self.steps) - before :]:
            size = len(move.data) if isinstance(move, Send) else move.size
            sender: Sender = "client" if isinstance(move, Send) else "server"
            step = OpeningStep(sender, move.name, move.note, size, self._elapsed())
            self.steps.append(step)


_UNREACHABLE = {
    NetworkFault.NOT_RESOLVED: "no address is known for its name",
    NetworkFault.REFUSED: "nothing listens there",
    NetworkFault.UNREACHABLE: "it cannot be reached",
    NetworkFault.TIMED_OUT: "it does not answer",
}


def _once(message: Send) -> Dialogue[None]:
    yield message


def _starttls(kind: StartTls, target: Target) -> Dialogue[None]:
    match kind:
        case StartTls.SMTP:
            return lines.smtp()
        case StartTls.IMAP:
            return lines.imap()
        case StartTls.POP3:
            return lines.pop3()
        case StartTls.FTP:
            return lines.ftp()
        case StartTls.XMPP:
            return xmpp.starttls(target)
        case StartTls.LDAP:
            return ldap.starttls()
        case StartTls.POSTGRES:
            return databases.postgres()
        case StartTls.MYSQL:
            return databases.mysql()
