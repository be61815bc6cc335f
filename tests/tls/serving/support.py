"""Test servers on free loopback ports, and a client for them."""

from __future__ import annotations

import queue
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from mtlsgui.tls.serving.server import TestServer
from mtlsgui.tls.serving.settings import Bounds, Mode, Settings
from mtlsgui.tls.serving.visit import Visit
from tests.tls.papers import HOST, Paper, pem, world

VERSIONS = {"TLS 1.2": ssl.TLSVersion.TLSv1_2, "TLS 1.3": ssl.TLSVersion.TLSv1_3}
REQUEST = b"GET /a HTTP/1.1\r\nHost: good.test\r\n\r\n"
LONG = 20
"""Seconds after which a test fails rather than waits on."""


@dataclass
class Running:
    """A server at work. address: what sockets connect to."""

    server: TestServer
    address: tuple[str, int]
    came: queue.SimpleQueue[Visit] = field(default_factory=queue.SimpleQueue)

    def visit(self) -> Visit:
        """The next visit that ends."""
        return self.came.get(timeout=LONG)

    def connect(self) -> socket.socket:
        return socket.create_connection(self.address, LONG)


def settings(
    mode: Mode = Mode.ENFORCE,
    *,
    server: Paper | None = None,
    bounds: Bounds = Bounds(),
    port: int = 0,
    versions: tuple[str, ...] = (),
    crls: tuple[bytes, ...] = (),
) -> Settings:
    """With the good server's certificate, taking clients of the Test Root."""
    identity = (server or world().servers["good"]).identity(world().intermediate)
    return Settings(
        identity,
        (world().root.facts,),
        mode,
        port=port,
        versions=versions,
        crls=crls,
        known=(world().intermediate.facts,),
        bounds=bounds,
    )


@contextmanager
def running(made: Settings) -> Iterator[Running]:
    came: queue.SimpleQueue[Visit] = queue.SimpleQueue()
    with TestServer(made, came.put, lambda: datetime.now(UTC)) as server:
        yield Running(server, server.start(), came)


def tls_client(who: str | None = None, version: str | None = None) -> ssl.SSLContext:
    """A client that trusts the Test Root. who: one of the world's clients."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=pem(world().root.certificate).decode())
    if version is not None:
        context.minimum_version = context.maximum_version = VERSIONS[version]
    if who is not None:
        context.load_cert_chain(*_files(who))
    return context


@cache
def _files(who: str) -> tuple[Path, Path]:
    return world().clients[who].write(Path(_folder().name) / who)


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory()


def call(
    at: Running, who: str | None, version: str | None = None, request: bytes = REQUEST
) -> bytes:
    """All that is answered. Raises ssl.SSLError where the server refuses."""
    with (
        at.connect() as raw,
        tls_client(who, version).wrap_socket(raw, server_hostname=HOST) as connection,
    ):
        connection.sendall(request)
        answer = b""
        while data := connection.recv(65_536):
            answer += data
        return answer
