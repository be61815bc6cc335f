"""The two sides of a connection that passes through here, and what goes from one to the other.

Nothing is read from one side before what came is out at the other: a slow reader slows its writer
down, and no more than a few records are ever held.
"""

import asyncio
import contextlib
import math
import socket
import time
from collections.abc import Callable
from enum import Enum

from mtlsgui.tls.endpoint import Closing, Endpoint

_CHUNK = 65_536
_RECORD = 16_384
_FIRST_BYTES = 512
_MOST_MESSAGES = 1_000
_LOOK_SECONDS = 5.0


class End(Enum):
    """How a side ended. GOODBYE: by a close_notify. CUT: TCP alone. BROKEN: an error of TLS."""

    GOODBYE = "goodbye"
    CUT = "cut"
    RESET = "reset"
    BROKEN = "broken"


class Leg:
    """One side: a connected socket, and the TLS on it; without TLS, bytes pass as they are.

    first: what came first, at most half a kilobyte. ended_at: time of its end, infinity before it.
    over: set once it says nothing more. taken: bytes that came from it, inside TLS where there is
    one. alive: time of the last of them.
    watch: is given all that comes, as it came.
    """

    def __init__(
        self,
        connection: socket.socket,
        tls: Endpoint | None = None,
        watch: Callable[[bytes], None] = lambda _data: None,
    ) -> None:
        self.first = b""
        self.ended_at = math.inf
        self._end: End | None = None
        self.over = asyncio.Event()
        self.taken = 0
        self.alive = time.perf_counter()
        self.tls = tls
        self._socket = connection
        self._watch = watch
        self._sending = asyncio.Lock()
        self._said_goodbye = self._hung_up = False

    @property
    def end(self) -> End | None:
        """How it ended, None while it lasts; the first end counts."""
        return self._end

    @end.setter
    def end(self, how: End) -> None:
        if self._end is None:
            self._end, self.ended_at = how, time.perf_counter()

    async def shake(self, seconds: float) -> bool:
        """Go on with the handshake until it is done or over; False where the time was up first."""
        tls = _of(self.tls)
        deadline = time.perf_counter() + seconds
        tls.advance()
        while True:
            await self._flush()
            if tls.established or tls.closing is not None or self.end is not None:
                return True
            left = deadline - time.perf_counter()
            try:
                await asyncio.wait_for(self._read(), max(left, 0.001))
            except TimeoutError:
                return False

    async def receive(self) -> bytes:
        """What it says next; b"" once it says nothing more, which is then told by `end`."""
        while True:
            data = self._take()
            if data:
                self.taken += len(data)
                return data
            if self.end is not None:
                return b""
            if self.tls is not None and self.tls.closing is not None:
                notified = self.tls.closing is Closing.NOTIFIED
                self.end = End.GOODBYE if notified else End.BROKEN
                await self._flush()
                return b""
            raw = await self._read()
            if self.tls is None:
                self.taken += len(raw)
                return raw
            await self._flush()

    async def send(self, data: bytes) -> None:
        """Say this to it; returns when it is on its way. Raises OSError where it is gone."""
        async with self._sending:
            if self.tls is None:
                await self._write(data)
                return
            for start in range(0, len(data), _RECORD):
                self.tls.send(data[start : start + _RECORD])
                await self._write(self.tls.outgoing())

    async def finish(self, how: End | None) -> None:
        """Tell it that the other side ended, in the way that this one did."""
        async with self._sending:
            with contextlib.suppress(OSError):
                if self.tls is not None and how is not End.CUT and not self._said_goodbye:
                    self._said_goodbye = True
                    self.tls.close()
                    await self._write(self.tls.outgoing())
                if (self.tls is None or how is not End.GOODBYE) and not self._hung_up:
                    self._hung_up = True
                    self._socket.shutdown(socket.SHUT_WR)

    async def hung_up(self) -> None:
        """Returns at the end of TCP; what comes before that, after a goodbye, means nothing."""
        with contextlib.suppress(OSError):
            while await asyncio.get_running_loop().sock_recv(self._socket, _CHUNK):
                pass

    async def drain(self, seconds: float) -> None:
        """Let it read what was sent: bytes of its own that lie unread would reset it all."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.hung_up(), max(seconds, 0.001))

    def _take(self) -> bytes:
        """What TLS has deciphered."""
        tls = self.tls
        if tls is None:
            return b""
        tls.advance()
        del tls.messages[_MOST_MESSAGES:]
        data, tls.received = tls.received, b""
        return data

    async def _read(self) -> bytes:
        try:
            data = await asyncio.get_running_loop().sock_recv(self._socket, _CHUNK)
        except OSError:
            data = b""
            self.end = End.RESET
        self.alive = time.perf_counter()
        if data:
            self.first = self.first or data[:_FIRST_BYTES]
            self._watch(data)
            if self.tls is not None:
                self.tls.receive(data)
        else:
            self.end = End.CUT
            if self.tls is not None:
                self.tls.receive_end()
        return data

    async def _flush(self) -> None:
        """Send what TLS itself has to say. Whoever is sending already does it with that."""
        if self.tls is None or self._sending.locked():
            return
        async with self._sending:
            with contextlib.suppress(OSError):
                await self._write(self.tls.outgoing())

    async def _write(self, data: bytes) -> None:
        while data:
            await asyncio.get_running_loop().sock_sendall(self._socket, data)
            data = self.tls.outgoing() if self.tls is not None else b""


async def pass_on(
    client: Leg,
    server: Leg,
    *,
    idle: float,
    linger: float,
    heard: Callable[[bytes], None] = lambda _data: None,
) -> bool:
    """Let both talk until both have ended; False where nothing passed for `idle` seconds.

    linger: seconds that each has to read what was sent last. heard: is given what the server says.
    """
    ways = {
        asyncio.ensure_future(_one_way(client, server, lambda _data: None)),
        asyncio.ensure_future(_one_way(server, client, heard)),
    }
    waiting, lively = set(ways), True
    try:
        while waiting:
            quiet = time.perf_counter() - max(client.alive, server.alive)
            if quiet >= idle:
                lively = False
                break
            ended, waiting = await asyncio.wait(
                waiting,
                timeout=min(idle - quiet, _LOOK_SECONDS),
                return_when=asyncio.FIRST_COMPLETED,
            )
            if any(way.result() for way in ended):
                break
    finally:
        for way in ways:
            way.cancel()
        await asyncio.wait(ways)
    how = None if lively else End.BROKEN
    await asyncio.gather(*(part_from(leg, linger, how) for leg in (client, server)))
    return lively


async def part_from(leg: Leg, seconds: float, how: End | None = None) -> None:
    """Say goodbye and hang up, leaving it so long to read what was sent last."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(leg.finish(how), max(seconds, 0.001))
    await leg.drain(seconds)


async def _one_way(source: Leg, target: Leg, heard: Callable[[bytes], None]) -> bool:
    """Pass on all that one side says, and that it ended. True where the whole connection is over.

    An end of TCP or a goodbye ends one way only: the other side may go on talking.
    """
    while data := await source.receive():
        heard(data)
        try:
            await target.send(data)
        except OSError:  # it is gone; what it said last, an alert perhaps, is still to be read
            return False
    source.over.set()
    await target.finish(source.end)
    if source.end is End.GOODBYE and await _hangs_up(source, target):
        await target.finish(End.CUT)
    return source.end in (End.RESET, End.BROKEN)


async def _hangs_up(source: Leg, target: Leg) -> bool:
    """Whether TCP ends too after a goodbye, before the other side is over."""
    waits = [asyncio.ensure_future(each) for each in (source.hung_up(), target.over.wait())]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        return waits[0].done()
    finally:
        for each in waits:
            each.cancel()


def _of(tls: Endpoint | None) -> Endpoint:
    if tls is None:
        raise AssertionError("there is no TLS on it")
    return tls
