"""Ports that speak something else, and handshakes that come to no end: named, with a way on."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

import pytest

from mtlsgui.tls.probe import probe
from mtlsgui.tls.question import Offer, Question, Target, Trust
from mtlsgui.tls.result import Outcome, ProbeResult, RemedyKind
from tests.tls import servers
from tests.tls.papers import HOST, NOW, world

_SERVER_HELLO_BEGINS = b"\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03"


def ask(port: int, offer: Offer = Offer()) -> ProbeResult:
    return probe(Question(Target("127.0.0.1", port, HOST), None, Trust(), offer=offer), NOW)


def says(greeting: bytes) -> ProbeResult:
    with servers.listening(lambda connection: connection.sendall(greeting)) as port:
        return ask(port)


@pytest.mark.parametrize(
    ("greeting", "protocol", "starttls"),
    [
        (b"220 mail.test ESMTP Postfix\r\n", "SMTP", ["smtp"]),
        (b"220 (vsFTPd 3.0.3)\r\n", "FTP", ["ftp"]),
        (b"220 welcome\r\n", "SMTP or FTP", ["smtp", "ftp"]),
        (b"554 5.7.1 not you\r\n", "SMTP", ["smtp"]),
        (b"* OK [CAPABILITY IMAP4rev1] ready\r\n", "IMAP", ["imap"]),
        (b"+OK Dovecot ready.\r\n", "POP3", ["pop3"]),
        (b"<?xml version='1.0'?><stream:stream xmlns='jabber:client'>", "XMPP", ["xmpp"]),
        (b"\x49\0\0\0\x0a8.0.36\0\x08\0\0\0", "MySQL", ["mysql"]),
        (b"\x45\0\0\0\xff\x6a\x04Host is not allowed", "MySQL", ["mysql"]),
        (b"E\0\0\0\x90SFATAL\0C0A000\0Munsupported\0\0", "PostgreSQL", ["postgres"]),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "SSH", []),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "plain HTTP", []),
        (b"<html>no</html>", "plain HTTP", []),
        (b"AMQP\0\0\x09\x01", "AMQP", []),
        (b"-ERR unknown command\r\n", "Redis", []),
        (b"\0\x01\x02\x03", "something other than TLS", []),
    ],
)
def test_what_is_spoken_and_how_tls_begins_there(
    greeting: bytes, protocol: str, starttls: list[str]
) -> None:
    result = says(greeting)
    assert result.outcome is Outcome.NOT_TLS
    (problem,) = result.errors
    assert problem.code == "not_tls"
    assert problem.explanation.startswith(f"It answered with {protocol}")
    assert [each.names[0] for each in problem.remedies] == starttls
    assert all(each.kind is RemedyKind.STARTTLS for each in problem.remedies)


def test_its_first_line_is_shown_where_it_is_text() -> None:
    (problem,) = says(b"SSH-2.0-OpenSSH_9.2\r\nmore").errors
    assert problem.explanation == "It answered with SSH. It said: “SSH-2.0-OpenSSH_9.2”."
    (problem,) = says(b"\x1b[31m red \x07\r\n").errors
    assert "It said" not in problem.explanation


@pytest.mark.parametrize(
    "answer",
    [
        b"\x15\x03\x03\x00\x02\x02\x46",
        b"HTTP/1.1 400 Bad Request\r\n\r\nThe plain HTTP request was sent to HTTPS port",
        b"HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n",
    ],
)
def test_a_tls_server_that_answers_to_plain_http_is_one_all_the_same(answer: bytes) -> None:
    def serve(connection: socket.socket) -> None:
        if connection.recv(4096).startswith(b"GET "):
            connection.sendall(answer)

    with servers.listening(serve) as port:
        result = ask(port)
    assert result.outcome is Outcome.REFUSED_BY_SERVER
    assert [each.code for each in result.errors] == ["connection_closed"]


def test_a_cut_in_the_middle_of_the_handshake(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*world().servers["good"].write(tmp_path))
    context.maximum_version = ssl.TLSVersion.TLSv1_2

    def serve(connection: socket.socket) -> None:
        coming, going = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(coming, going, server_side=True)
        coming.write(connection.recv(4096))
        with pytest.raises(ssl.SSLWantReadError):
            tls.do_handshake()
        connection.sendall(going.read())
        connection.recv(1)  # and goes, unread bytes of the client's answer left: a reset

    with servers.listening(serve) as port:
        result = ask(port)
    assert result.outcome is Outcome.REFUSED_BY_SERVER
    assert result.errors[0].code == "connection_closed"
    assert "in the middle" in result.errors[0].title


def test_another_version_can_be_offered(tmp_path: Path) -> None:
    with servers.python_ssl(tmp_path, world().servers["good"], version="TLS 1.2") as port:
        result = ask(port, Offer(versions=("TLS 1.3",)))
    (problem,) = result.errors
    assert problem.code == "no_common_version"
    assert [each.kind for each in problem.remedies] == [RemedyKind.VERSION]


def test_a_server_without_the_name_that_is_wanted(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*world().servers["good"].write(tmp_path))
    context.sni_callback = lambda *_: ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME

    def serve(connection: socket.socket) -> None:
        context.wrap_socket(connection, server_side=True).close()

    with servers.listening(serve) as port:
        result = ask(port)
    (problem,) = result.errors
    assert problem.code == "hostname_mismatch"
    assert HOST in problem.explanation


def test_application_protocols_that_the_server_passes_over(tmp_path: Path) -> None:
    good = world().servers["good"]
    with servers.python_ssl(tmp_path, good, clients=ssl.CERT_NONE) as port:
        target = Target("127.0.0.1", port, HOST)
        offer = Offer(alpn=("h2", "mqtt"))
        result = probe(Question(target, None, world().trust, offer=offer), NOW)
    (problem,) = result.problems
    assert result.outcome is Outcome.ACCEPTED
    assert (problem.code, problem.is_warning) == ("no_application_protocol", True)
    assert "h2 and mqtt" in problem.explanation


@pytest.mark.integration
def test_a_server_that_insists_on_its_application_protocol(tmp_path: Path) -> None:
    with servers.openssl(tmp_path, world().servers["good"], "-alpn", "mqtt") as port:
        result = ask(port, Offer(alpn=("h2",)))
    (problem,) = result.errors
    assert (problem.code, problem.is_warning) == ("no_application_protocol", False)
    assert result.outcome is Outcome.REFUSED_BY_SERVER
    assert "h2" in problem.explanation


@pytest.mark.parametrize("garbage", [b"\x16\x03\x03\x00\x04abcd", _SERVER_HELLO_BEGINS])
def test_garbage_ends_and_is_nobody_s_acceptance(garbage: bytes) -> None:
    result = says(garbage)
    assert result.outcome is not Outcome.ACCEPTED
    assert result.errors
    assert result.sentence
