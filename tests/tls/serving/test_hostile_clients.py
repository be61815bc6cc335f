"""Clients that are slow, silent, loud or not of TLS at all: none of them holds the server up."""

from __future__ import annotations

import socket
import ssl
import threading

import pytest

from mtlsgui.tls.serving.settings import Bounds, Mode
from mtlsgui.tls.serving.visit import VisitOutcome
from tests.tls.papers import HOST
from tests.tls.serving.support import Running, call, running, settings, tls_client

QUICK = Bounds(handshake=0.3, request=0.3, linger=0.3)
HELLO = bytes.fromhex("1603010200010001fc0303")
"""The beginning of a ClientHello of half a kilobyte."""


def answer_to(at: Running, sent: bytes) -> bytes:
    """What comes back, until the server hangs up."""
    with at.connect() as raw:
        raw.sendall(sent)
        answer = b""
        try:
            while data := raw.recv(65_536):
                answer += data
        except ConnectionResetError:
            pass
        return answer


@pytest.mark.parametrize("method", [b"GET", b"POST", b"PROPFIND"])
def test_plain_http_is_told_so(method: bytes) -> None:
    with running(settings()) as at:
        answer = answer_to(at, method + b" /secret HTTP/1.1\r\nHost: a\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")
        assert b"https://" in answer
        visit = at.visit()
        assert visit.outcome is VisitOutcome.NOT_TLS
        assert visit.codes == ("not_tls",)
        assert (visit.request, visit.http_status) == (method.decode() + " /secret HTTP/1.1", 400)


@pytest.mark.parametrize(
    "sent",
    [b"SSH-2.0-OpenSSH_9.2\r\n", b"\0" * 400, b"\x80\x2e\x01\0\x02", bytes(range(1, 256))],
)
def test_something_else_is_closed(sent: bytes) -> None:
    with running(settings()) as at:
        assert answer_to(at, sent) == b""
        assert at.visit().codes == ("not_tls",)
        assert call(at, "good").startswith(b"HTTP/1.1 200")


def test_bad_tls_meets_an_alert() -> None:
    with running(settings()) as at:
        for sent in (
            b"\x16\x03\x01\x00\x05\xff\x00\x00\x01\x00",
            b"\x16\x03\x01\xff\xff" + b"a" * 70,
        ):
            assert answer_to(at, sent)[:1] == b"\x15"
            visit = at.visit()
            assert visit.outcome is VisitOutcome.REFUSED
            assert visit.codes == ("handshake_failed",)


def test_half_a_hello_times_out() -> None:
    with running(settings(bounds=QUICK)) as at:
        for sent in (b"", HELLO):
            assert answer_to(at, sent) == b""
            assert at.visit().outcome is VisitOutcome.TIMED_OUT


def test_a_hello_that_drips_times_out() -> None:
    """The bound is on the whole handshake, not on the wait for the next byte."""
    with running(settings(bounds=QUICK)) as at, at.connect() as raw:
        ended = threading.Event()

        def drip() -> None:
            try:
                while not ended.wait(0.02):
                    raw.sendall(HELLO[:1] if not ended.is_set() else b"")
            except OSError:
                return

        raw.sendall(HELLO)
        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            assert at.visit().outcome is VisitOutcome.TIMED_OUT
        finally:
            ended.set()
            dripping.join()


def test_a_client_that_hangs_up() -> None:
    with running(settings()) as at:
        for sent in (b"", HELLO):
            with at.connect() as raw:
                raw.sendall(sent)
            visit = at.visit()
            assert visit.outcome is VisitOutcome.LEFT
            assert visit.problems == ()


def test_another_protocol_inside_tls_meets_a_goodbye() -> None:
    with running(settings(bounds=QUICK)) as at:
        for sent in (b"\0\0\0\x08\x04\xd2\x16\x2f", b"EHLO a\r\n", b""):
            assert call(at, "good", request=sent or b"\n") == b""
            visit = at.visit()
            assert (visit.outcome, visit.alert) == (VisitOutcome.ACCEPTED, None)
            assert (visit.request, visit.http_status) == ("", None)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n continued: x\r\n\r\n", b"400"),
        (b"GET /\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", b"200"),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n", b"200"),
        (b"GET / HTTP/1.0\r\n\r\n", b"200"),
    ],
)
def test_requests_are_bounded(request_: bytes, status: bytes) -> None:
    with running(settings(Mode.EXPLAIN)) as at:
        answer = call(at, "good", request=request_)
        assert answer.split(b" ")[1] == status
        assert at.visit().http_status == int(status)


def test_a_head_request_has_no_body() -> None:
    with running(settings()) as at:
        head, _, body = call(at, "good", request=b"HEAD / HTTP/1.1\r\n\r\n").partition(b"\r\n\r\n")
        assert (head[:15], body) == (b"HTTP/1.1 200 OK", b"")


def test_a_request_that_does_not_end() -> None:
    with running(settings(bounds=QUICK)) as at:
        assert call(at, "good", request=b"GET / HTTP/1.1\r\nHost: a\r\n") == b""
        assert at.visit().outcome is VisitOutcome.ACCEPTED


def test_a_client_that_does_not_read_its_answer() -> None:
    with running(settings(bounds=QUICK)) as at, at.connect() as raw:
        connection = tls_client("good").wrap_socket(raw, server_hostname=HOST)
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert at.visit().http_status == 200
        at.server.stop()
        connection.close()


def test_a_refusal_reaches_a_client_that_talks_on() -> None:
    """In TLS 1.3 a client sends before it hears: its bytes must not reset the alert away."""
    with running(settings()) as at:
        for _ in range(20):
            with pytest.raises(ssl.SSLError, match=r"(?i)certificate.required"):
                call(at, None, "TLS 1.3", request=b"POST / HTTP/1.1\r\n\r\n" + b"a" * 16_000)
            at.visit()


def test_it_stops_with_half_open_clients_and_frees_the_port() -> None:
    with running(settings()) as at:
        raws = [at.connect() for _ in range(20)]
        for raw in raws[::2]:
            raw.sendall(HELLO)
        inside = tls_client("good").wrap_socket(at.connect(), server_hostname=HOST)
        assert call(at, "good").startswith(b"HTTP/1.1 200")
        while at.visit().outcome is not VisitOutcome.ACCEPTED:
            pass
        at.server.stop()
        outcomes = [at.visit().outcome for _ in range(21)]
        assert set(outcomes) == {VisitOutcome.STOPPED}
        for raw in raws:
            raw.close()
        inside.close()
    with running(settings(port=at.address[1])) as again:
        assert call(again, "good").startswith(b"HTTP/1.1 200")


def test_five_hundred_at_once() -> None:
    """More than are dealt with at once: the rest wait, none is lost."""
    bounds = Bounds(connections=64)
    with running(settings(bounds=bounds)) as at:
        raws: list[socket.socket] = [at.connect() for _ in range(500)]
        for raw in raws:
            raw.sendall(b"GET / HTTP/1.1\r\n\r\n")
        for raw in raws:
            assert raw.recv(12) == b"HTTP/1.1 400"
            raw.close()
        visits = [at.visit() for _ in range(500)]
        assert sorted(each.number for each in visits) == list(range(1, 501))
        assert call(at, "good").startswith(b"HTTP/1.1 200")


def test_handshakes_side_by_side() -> None:
    with running(settings()) as at:
        answers: list[bytes] = []

        def one() -> None:
            answers.extend(call(at, "good") for _ in range(10))

        threads = [threading.Thread(target=one) for _ in range(8)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert {each[:15] for each in answers} == {b"HTTP/1.1 200 OK"}
        assert len(answers) == 80
        visits = [at.visit() for _ in answers]
        assert {each.outcome for each in visits} == {VisitOutcome.ACCEPTED}
        assert at.server.visits == tuple(visits)
