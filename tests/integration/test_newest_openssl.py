"""Pairs of every kind of key in a handshake of the newest OpenSSL, which `cryptography` carries.

Debian's is older and knows no ML-DSA.
"""

from __future__ import annotations

import contextlib
import socket
import threading

import pytest
from OpenSSL import SSL

from tests.integration.conftest import EstateOf
from tests.integration.estate import Estate, Identity

pytestmark = pytest.mark.integration


def context(estate: Estate, identity: Identity | None) -> SSL.Context:
    made = SSL.Context(SSL.TLS_METHOD)
    if identity:
        made.use_certificate_chain_file(str(identity.chain))
        made.use_privatekey_file(str(identity.key))
        made.check_privatekey()
    made.load_verify_locations(str(estate.ca))
    made.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT)
    return made


class Server(threading.Thread):
    """Answers one connection with the client's subject, or keeps the reason why not."""

    def __init__(self, sock: socket.socket, estate: Estate) -> None:
        super().__init__(daemon=True)
        self._connection = SSL.Connection(context(estate, estate.server), sock)
        self.refusal: list[str] = []

    def run(self) -> None:
        self._connection.set_accept_state()
        try:
            self._connection.do_handshake()
            certificate = self._connection.get_peer_certificate(as_cryptography=True)
            assert certificate is not None
            self._connection.sendall(certificate.subject.rfc4514_string().encode())
        except SSL.Error as error:
            self.refusal = [str(reason) for _, _, reason in error.args[0]]
        finally:  # nobody is left waiting, whatever it was
            self._connection.sock_shutdown(socket.SHUT_WR)


def converse(estate: Estate, client: Identity | None) -> tuple[str, list[str]]:
    """What the client is answered, and why the server refused it."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        server = Server(theirs, estate)
        server.start()
        connection = SSL.Connection(context(estate, client), ours)
        connection.set_connect_state()
        answer = ""
        with contextlib.suppress(SSL.Error):  # the server says why
            connection.do_handshake()
            answer = connection.recv(100).decode()
        ours.shutdown(socket.SHUT_RDWR)
        server.join(10)
    return answer, server.refusal


@pytest.mark.parametrize(
    "key", ["p384", "p521", "rsa3072", "ed25519", "ml-dsa-44", "ml-dsa-65", "ml-dsa-87"]
)
def test_the_pair_talks_and_a_stranger_does_not(
    estate_of: EstateOf, stranger: Estate, key: str
) -> None:
    estate = estate_of(key)
    assert converse(estate, estate.client) == ("CN=alice", [])
    answer, refusal = converse(estate, None)
    assert (answer, refusal) == ("", ["peer did not return a certificate"])
    answer, refusal = converse(estate, stranger.client)
    assert (answer, refusal) == ("", ["certificate verify failed"])
