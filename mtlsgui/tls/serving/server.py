"""The test server itself: a listening socket and an event loop in a thread of its own."""

import asyncio
import contextlib
import errno
import socket
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Any, Self

from mtlsgui.errors import MtlsguiError
from mtlsgui.pki.facts import read_crl
from mtlsgui.tls.question import bracketed
from mtlsgui.tls.serving.conversation import Conversation
from mtlsgui.tls.serving.handshake import Material
from mtlsgui.tls.serving.settings import Settings, is_loopback
from mtlsgui.tls.serving.visit import Visit

MOST_VISITS = 1_000
_BACKLOG = 512
_NO_FILES = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
_BREATH = 0.05  # seconds, until there may be file descriptors again


class CannotListen(MtlsguiError):
    """The address cannot be listened on."""


class Listener:
    """Accepts connections in a thread of its own, and hands each to `attend`.

    What a subclass says of a connection it says by `note`, from that thread.
    """

    def __init__(
        self,
        host: str,
        port: int,
        connections: int,
        on_visit: Callable[[Visit], None],
        *,
        wide: bool,
    ) -> None:
        self._host, self._port, self._wide = host, port, wide
        self._connections = connections
        self._on_visit = on_visit
        self._visits: deque[Visit] = deque(maxlen=MOST_VISITS)
        self._count = 0
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self._failure: Exception | None = None

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The last of them, 1,000 at most, the oldest first. From any thread."""
        with self._lock:
            return tuple(self._visits)

    def start(self) -> tuple[str, int]:
        """Listen; gives the address and the port. Raises CannotListen."""
        if self._thread is not None:
            raise RuntimeError("a test server is started once")
        listening = _listen(self._host, self._port, wide=self._wide)
        ready = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(listening, ready), name="mtlsgui-serve", daemon=True
        )
        self._thread.start()
        ready.wait()
        host, port = listening.getsockname()[:2]
        return host, port

    def stop(self) -> None:
        """Hang up on whoever is there, and free the port. It may be called twice.

        Raises what `on_visit` raised, if it did.
        """
        if self._thread is None or self._loop is None or self._stopping is None:
            return
        with contextlib.suppress(RuntimeError):  # it has ended already
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    async def attend(self, connection: socket.socket, peer: str, number: int) -> None:
        """Deal with one connection; it is closed after that."""
        raise NotImplementedError

    def note(self, visit: Visit) -> None:
        """Keep a visit and pass it on; one that was told of before is renewed."""
        with self._lock:
            for at, each in enumerate(self._visits):
                if each.number == visit.number:
                    self._visits[at] = visit
                    break
            else:
                self._visits.append(visit)
        self._on_visit(visit)

    def _run(self, listening: socket.socket, ready: threading.Event) -> None:
        asyncio.run(self._serve(listening, ready))

    async def _serve(self, listening: socket.socket, ready: threading.Event) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        ready.set()
        with listening:
            accepting = asyncio.ensure_future(self._accept(listening))
            await self._stopping.wait()
            accepting.cancel()
            await asyncio.wait({accepting})

    async def _accept(self, listening: socket.socket) -> None:
        free = asyncio.Semaphore(self._connections)
        attending: set[asyncio.Task[None]] = set()
        try:
            while True:
                await free.acquire()
                try:
                    connection, address = await _take(listening)
                except OSError as error:
                    free.release()
                    if error.errno in _NO_FILES:
                        await asyncio.sleep(_BREATH)
                    continue
                self._count += 1
                task = asyncio.ensure_future(self._attend(connection, address, self._count))
                attending.add(task)
                task.add_done_callback(attending.discard)
                task.add_done_callback(lambda _task: free.release())
                # A task that is cancelled before its first step closes nothing itself.
                task.add_done_callback(partial(_close, connection))
        finally:
            for task in attending:
                task.cancel()
            if attending:
                await asyncio.wait(attending)

    async def _attend(self, connection: socket.socket, address: Any, number: int) -> None:
        with connection:
            connection.setblocking(False)
            with contextlib.suppress(OSError):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                await self.attend(connection, f"{bracketed(address[0])}:{address[1]}", number)
            except Exception as error:  # nobody awaits this task: `stop` raises it
                self._failure = self._failure or error


class TestServer(Listener):
    """A TLS server that asks its clients for certificates.

    on_visit: is given every visit, in the server's own thread. clock: what time certificates are
    judged by. Raises IdentityUnusable where the identity cannot be presented.
    """

    __test__ = False  # pytest takes it for tests

    def __init__(
        self,
        settings: Settings,
        on_visit: Callable[[Visit], None],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(
            settings.host,
            settings.port,
            settings.bounds.connections,
            on_visit,
            wide=settings.wide,
        )
        self._material = Material(settings)
        self._crls = tuple(read_crl(each) for each in settings.crls)
        self._clock = clock

    async def attend(self, connection: socket.socket, peer: str, number: int) -> None:
        visit = Conversation(
            self._material, self._crls, connection, peer=peer, number=number, now=self._clock()
        )
        await visit.run(self.note)


async def _take(listening: socket.socket) -> tuple[socket.socket, Any]:
    """The next connection; one that came at the moment of a cancellation is closed."""
    taking = asyncio.ensure_future(asyncio.get_running_loop().sock_accept(listening))
    try:
        return await asyncio.shield(taking)
    except asyncio.CancelledError:
        await asyncio.sleep(0)  # lets `taking` have what its socket has given already
        if taking.done() and not taking.cancelled() and taking.exception() is None:
            taking.result()[0].close()
        taking.cancel()
        raise


def _close(connection: socket.socket, _task: asyncio.Task[None]) -> None:
    connection.close()


def _listen(host: str, port: int, *, wide: bool) -> socket.socket:
    if not wide and not is_loopback(host):
        raise CannotListen(
            "A test server listens on this computer only.",
            f"Others reach {host}.",
            "Use 127.0.0.1, or say that others may connect.",
        )
    try:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, place = places[0]
        # Not `reuse_port`: two servers on one port would share its clients.
        made = socket.create_server(place[:2], family=family, backlog=_BACKLOG)
    except (OSError, UnicodeError, OverflowError) as error:
        raise _cannot(host, port, error) from None
    made.setblocking(False)
    return made


def _cannot(host: str, port: int, error: Exception) -> CannotListen:
    code = error.errno if isinstance(error, OSError) else None
    place = f"{bracketed(host)}:{port}"
    if code == errno.EADDRINUSE:
        return CannotListen(
            f"Port {port} is taken.",
            f"Another program listens on {place}.",
            "Choose another port, or 0 for any that is free.",
        )
    if code in (errno.EACCES, errno.EPERM):
        return CannotListen(
            f"Port {port} may not be used.",
            "Ports below 1024 are for the system's own services.",
            "Choose a port above 1023, or 0 for any that is free.",
        )
    if code == errno.EADDRNOTAVAIL or isinstance(error, (socket.gaierror, UnicodeError)):
        return CannotListen(
            f"{host} is no address of this computer.",
            "A server listens on an address that the computer has.",
            "Use 127.0.0.1 or ::1.",
        )
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return CannotListen(f"{place} cannot be listened on.", f"{said}.", "Choose another port.")
