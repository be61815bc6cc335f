"""Attempts for tests of what comes before TLS and inside it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mtlsgui.tls.conversation import converse
from mtlsgui.tls.evidence import Evidence
from mtlsgui.tls.question import Limits, Offer, Opening, Protocol, Question, StartTls, Target
from tests.tls.papers import HOST, NOW, world
from tests.tls.servers import listening

SHORT = Limits(connect=2, handshake=0.4, answer=0.4)
NO_OPENING = Opening()


def attempt(
    port: int,
    opening: Opening = NO_OPENING,
    protocol: Protocol = Protocol.NONE,
    client: str = "good",
    *,
    version: str = "TLS 1.3",
    limits: Limits = Limits(),
    host: str = "127.0.0.1",
) -> Evidence:
    question = Question(
        Target(host, port, HOST),
        world().identity(client),
        world().trust,
        limits,
        Offer(versions=(version,)),
        opening,
        protocol,
    )
    return asyncio.run(converse(question, NOW))


def starttls(
    port: int, kind: StartTls, client: str = "good", *, version: str = "TLS 1.3"
) -> Evidence:
    """STARTTLS, and the same protocol inside TLS."""
    return attempt(port, Opening(starttls=kind), Protocol(kind.value), client, version=version)


def names(evidence: Evidence) -> list[str]:
    return [step.name for step in evidence.opening]


@contextmanager
def scripted(
    *parts: bytes | None, then: Callable[[socket.socket], None] | None = None
) -> Iterator[int]:
    """A server that says these things; None waits until the client has said something.

    After that it does `then`, which is to wait for the client's end unless it is said.
    """

    def serve(connection: socket.socket) -> None:
        for part in parts:
            if part is None:
                connection.recv(65_536)
            else:
                connection.sendall(part)
        (then or wait)(connection)

    with listening(serve) as port:
        yield port


def wait(connection: socket.socket) -> None:
    """Read until the client goes."""
    with contextlib.suppress(OSError):
        while connection.recv(65_536):
            pass


def hang_up(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def pour(connection: socket.socket) -> None:
    """Send for ever, without the end of a line."""
    with contextlib.suppress(OSError):
        while True:
            connection.sendall(b"x" * 65_536)
