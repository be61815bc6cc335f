"""What must not pass for accepted, and what must not fill the memory: each once got through."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from OpenSSL import SSL

from mtlsgui.pki import keys
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.tls.document import document
from mtlsgui.tls.keylog import KeyLog, KeyLogFailed
from mtlsgui.tls.messages import (
    MOST_MESSAGES,
    TLS_1_2,
    TLS_1_3,
    AlertDetail,
    Message,
    keep,
    read_alert,
)
from mtlsgui.tls.probe import probe
from mtlsgui.tls.question import HttpRequest, Limits, Offer, Protocol, Question, Target, Trust
from mtlsgui.tls.report import report
from mtlsgui.tls.result import Outcome, ProbeResult
from tests.tls.papers import DAY, HOST, NOW, Paper, pem, world
from tests.tls.server_faults import papers
from tests.tls.servers import ANSWER, listening, python_ssl

SHORT = Limits(connect=2, handshake=5, answer=1)


def test_a_server_whose_certificate_names_another_issuer_is_not_accepted(tmp_path: Path) -> None:
    # The signature is right and the root is trusted; OpenSSL goes by the authority key identifier.
    root = papers.made("Root", ca=True)
    other = x509.AuthorityKeyIdentifier(
        None, [x509.DirectoryName(root.certificate.subject)], authority_cert_serial_number=12345
    )
    own = keys.generate(KeyAlgorithm.P256)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "leaf")]))
        .issuer_name(root.certificate.subject)
        .public_key(own.public_key())
        .serial_number(5)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(papers.SERVER, critical=False)
        .add_extension(other, critical=False)
        .sign(root.key, hashes.SHA256())
    )
    trust = Trust((root.facts,), known=(root.facts,))
    with python_ssl(tmp_path, Paper(made, own), clients=ssl.CERT_NONE) as port:
        question = Question(Target("127.0.0.1", port, HOST), None, trust, SHORT)
        result = probe(question, NOW)
    assert result.outcome is Outcome.REFUSED_BY_CLIENT
    assert [each.code for each in result.errors] == ["certificate_invalid"]
    assert "names another issuer" in result.sentence


def test_in_tls_13_every_alert_but_a_goodbye_is_fatal() -> None:
    # RFC 8446, section 6: the level is of no account, and some servers send a warning.
    assert read_alert(b"\x01\x74", version=TLS_1_3) == AlertDetail(116, fatal=True)
    assert not read_alert(b"\x02\x00", version=TLS_1_3).fatal
    assert not read_alert(b"\x01\x5a", version=TLS_1_3).fatal
    assert not read_alert(b"\x01\x64", version=TLS_1_2).fatal
    assert read_alert(b"\x02\x28", version=TLS_1_2).fatal


def server(
    directory: Path, then: Callable[[ssl.SSLSocket], None]
) -> Callable[[socket.socket], None]:
    """TLS 1.3 with a certificate asked for and without tickets, then something else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*world().servers["good"].write(directory))
    context.load_verify_locations(cadata=pem(world().root.certificate).decode())
    context.verify_mode = ssl.CERT_OPTIONAL
    context.num_tickets = 0

    def serve(connection: socket.socket) -> None:
        with (
            contextlib.suppress(OSError),
            context.wrap_socket(connection, server_side=True) as wrapped,
        ):
            then(wrapped)

    return serve


def asked(port: int, protocol: Protocol = Protocol.HTTP) -> Question:
    return Question(
        Target("127.0.0.1", port, HOST),
        world().identity("good"),
        world().trust,
        SHORT,
        Offer(versions=("TLS 1.3",)),
        protocol=protocol,
    )


@pytest.mark.parametrize("protocol", [Protocol.HTTP, Protocol.NONE])
def test_a_refusal_that_cannot_be_decrypted_is_not_taken_for_silence(
    tmp_path: Path, protocol: Protocol
) -> None:
    def refuse_in_plain_text(wrapped: ssl.SSLSocket) -> None:
        with socket.socket(fileno=os.dup(wrapped.fileno())) as below:
            below.sendall(b"\x15\x03\x03\x00\x02\x02\x74")
            below.settimeout(5)
            while below.recv(4096):
                pass

    with listening(server(tmp_path, refuse_in_plain_text)) as port:
        result = probe(asked(port, protocol), NOW)
    assert result.outcome is Outcome.REFUSED_BY_CLIENT
    assert "cannot be read" in result.sentence
    assert "accept" not in result.detail


def test_a_server_that_never_ends_its_answer_is_read_no_further(tmp_path: Path) -> None:
    # A packet of MySQL that is announced as large as is allowed, and then bytes for ever.
    sent = 0

    def flood(wrapped: ssl.SSLSocket) -> None:
        nonlocal sent
        wrapped.sendall(b"\xff\xff\x00\x00\x0a")
        while True:
            sent += wrapped.send(bytes(65_536))

    with listening(server(tmp_path, flood)) as port:
        question = asked(port, Protocol.MYSQL)
        result = probe(question, NOW)
    assert sent < 32 * 1024 * 1024  # what buffers of both sides hold, and a gigabyte before
    assert result.steps


def test_messages_without_end_are_not_all_kept() -> None:
    kept: list[Message] = []
    for at in range(10 * MOST_MESSAGES):
        keep(kept, Message("KeyUpdate", "server", 5, at))
    assert len(kept) == MOST_MESSAGES
    keep(kept, Message("Alert", "server", 2, 1, AlertDetail(0, fatal=False)))
    assert len(kept) == MOST_MESSAGES
    keep(kept, Message("Alert", "server", 2, 1, AlertDetail(116, fatal=True)))
    assert kept[-1].name == "Alert"


TOKEN = "Bearer s3cr3t-token"


def ask_with_token(directory: Path, name: str, answer: bytes) -> tuple[ProbeResult, bytes]:
    """The result, and what the server was asked."""
    heard = b""

    def serve(connection: socket.socket) -> None:
        nonlocal heard
        with context.wrap_socket(connection, server_side=True) as wrapped:
            heard += wrapped.recv(4096)
            wrapped.sendall(answer)
            wrapped.unwrap()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*world().servers[name].write(directory))
    request = HttpRequest(headers=(("Authorization", TOKEN), ("X-Shown", "yes")))
    with listening(serve) as port:
        target = Target("127.0.0.1", port, HOST)
        result = probe(Question(target, None, world().trust, SHORT, http=request), NOW)
    return result, heard


@pytest.mark.parametrize("name", ["wrong_ca", "other_name", "expired"])
def test_what_logs_in_is_not_sent_to_a_server_that_is_not_trusted(
    tmp_path: Path, name: str
) -> None:
    result, heard = ask_with_token(tmp_path, name, ANSWER)
    assert result.outcome is Outcome.REFUSED_BY_CLIENT
    assert b"X-Shown: yes" in heard
    assert TOKEN.encode() not in heard
    assert "Authorization" in result.detail


def test_an_answer_that_repeats_secrets_is_shown_without_them(tmp_path: Path) -> None:
    body = b'{"Authorization": "Bearer s3cr3t-token"}\x1b[2J'
    head = b"HTTP/1.1 200 O\x1b]0;me\x07K\x9b31m\r\nSet-Cookie: sid=topsecret\r\nConnection: close"
    result, heard = ask_with_token(tmp_path, "good", head + b"\r\n\r\n" + body)
    assert TOKEN.encode() in heard
    for shown in (report(result), repr(document(result)), result.detail):
        assert "s3cr3t" not in shown
        assert "topsecret" not in shown
        assert not set("\x07\x1b\x9b") & set(shown)


def test_a_server_that_says_nothing_is_not_said_to_have_accepted(tmp_path: Path) -> None:
    def keep_silent(wrapped: ssl.SSLSocket) -> None:
        while wrapped.recv(4096):
            pass

    with listening(server(tmp_path, keep_silent)) as port:
        result = probe(asked(port), NOW)
    assert result.sentence == "The server did not refuse your certificate."
    assert "cannot be told" in result.detail


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_secrets_go_into_no_file_of_others(tmp_path: Path) -> None:
    shared, linked, pipe = (tmp_path / name for name in ("shared", "linked", "pipe"))
    shared.touch(0o644)
    shared.chmod(0o644)
    linked.symlink_to(tmp_path / "own")
    (tmp_path / "own").touch(0o600)
    os.mkfifo(pipe, 0o600)
    for path in (shared, linked, pipe):
        with pytest.raises(KeyLogFailed):
            KeyLog(SSL.Context(SSL.TLS_CLIENT_METHOD), path)
    KeyLog(SSL.Context(SSL.TLS_CLIENT_METHOD), tmp_path / "own").write(b"line")
    assert (tmp_path / "own").read_bytes() == b"line\n"


@pytest.mark.parametrize("version", ["TLS 1.2", "TLS 1.3"])
def test_who_hangs_up_on_the_request_is_not_called_right(tmp_path: Path, version: str) -> None:
    """Tickets came, TLS accepted; the application turns away without a word."""
    with python_ssl(tmp_path, world().servers["good"], version=version, answer=b"") as port:
        question = Question(
            Target("127.0.0.1", port, HOST), world().identity("good"), world().trust
        )
        result = probe(question, NOW)
    assert [problem.code for problem in result.errors] == ["no_answer"]
    assert result.sentence == "The server did not refuse your certificate."


def test_a_request_that_changes_something_is_sent_once(tmp_path: Path) -> None:
    asked: list[bytes] = []
    good = world().servers["good"]
    with python_ssl(tmp_path, good, clients=ssl.CERT_OPTIONAL, heard=asked.append) as port:
        question = Question(
            Target("127.0.0.1", port, HOST),
            world().identity("good"),
            world().trust,
            http=HttpRequest(method="POST"),
        )
        result = probe(question, NOW, try_without=True)
    assert result.http_status == 200
    assert [each.split()[0] for each in asked] == [b"POST"]
