"""Servers that would hold a test for ever, or fill its memory, once TLS has begun."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from mtlsgui.tls.evidence import End
from mtlsgui.tls.probe import judge
from mtlsgui.tls.question import Limits
from mtlsgui.tls.result import Outcome
from tests.tls.opening.asking import SHORT, attempt, hang_up, scripted
from tests.tls.papers import pem, world
from tests.tls.servers import listening

GOOD = world().servers["good"]
_MEGABYTES_16 = 16 * 1024 * 1024


def test_sixteen_megabytes_of_certificates_are_not_taken(tmp_path: Path) -> None:
    chain, key = GOOD.write(tmp_path)
    one = pem(world().intermediate.certificate)
    size = len(ssl.PEM_cert_to_DER_cert(one.decode())) + 5  # each with its length
    chain.write_bytes(pem(GOOD.certificate) + one * (_MEGABYTES_16 // size - 10))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)

    def serve(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), context.wrap_socket(connection, server_side=True):
            pass

    with listening(serve) as port:
        attempts = [attempt(port, version=version) for version in ("TLS 1.2", "TLS 1.3")]
    for evidence in attempts:
        result = judge(evidence)
        assert evidence.local_errors == ("excessive message size",)
        assert result.outcome is not Outcome.ACCEPTED
        assert result.errors


def reset(connection: socket.socket) -> None:
    connection.recv(100)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def one_byte(connection: socket.socket) -> None:
    """A record's head, then its content byte by byte, each when the client asks for none."""
    connection.recv(65_536)
    connection.sendall(b"\x16\x03\x03\x40\x00")
    connection.settimeout(0.01)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        while True:
            connection.sendall(b"\0")
            with contextlib.suppress(TimeoutError):
                if not connection.recv(1):
                    return


@pytest.mark.parametrize(
    ("then", "ends"),
    [
        (reset, {End.RESET}),
        (hang_up, {End.CLOSED, End.RESET}),
        (one_byte, {End.TIMED_OUT, End.FAILED}),
    ],
)
def test_no_server_holds_us(then: Callable[[socket.socket], None], ends: set[End]) -> None:
    with scripted(then=then) as port:
        evidence = attempt(port, limits=SHORT)
    assert evidence.end in ends
    assert not evidence.established
    assert judge(evidence).errors


def test_garbage_inside_tls_records_is_an_error_of_the_servers() -> None:
    with scripted(None, b"\x16\x03\x03\x00\x09" + b"garbage!!") as port:
        evidence = attempt(port, limits=Limits(handshake=2))
    assert evidence.end is End.FAILED
    assert evidence.local_errors
    assert judge(evidence).errors
