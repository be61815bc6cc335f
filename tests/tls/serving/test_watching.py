"""Clients that are watched on their way to real servers: both handshakes, and all that is said."""

from __future__ import annotations

import contextlib
import hashlib
import os
import queue
import select
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mtlsgui.tls.presenting import IdentityUnusable
from mtlsgui.tls.question import Limits, Question, Target, Trust
from mtlsgui.tls.result import Outcome, StepState
from mtlsgui.tls.serving.server import CannotListen
from mtlsgui.tls.serving.settings import Bounds, WatchSettings
from mtlsgui.tls.serving.visit import Visit, VisitOutcome
from mtlsgui.tls.serving.watching import Watcher
from tests.integration.programs import needs
from tests.tls import servers
from tests.tls.papers import HOST, pem, world
from tests.tls.serving.support import LONG, REQUEST, VERSIONS, tls_client

BOUNDS = Bounds(handshake=5, request=2, linger=1)
QUICK = Bounds(handshake=0.3, request=0.3, linger=0.3, idle=0.5)
MEGABYTES = 20
CLOSING = REQUEST.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")


@dataclass
class Watching:
    """A watcher at work. visit: the next one that ends, opened: the next one told of at all."""

    watcher: Watcher
    address: tuple[str, int]
    came: queue.SimpleQueue[Visit] = field(default_factory=queue.SimpleQueue)

    def opened(self) -> Visit:
        return self.came.get(timeout=LONG)

    def visit(self) -> Visit:
        while (visit := self.opened()).is_open:
            pass
        return visit

    def connect(self) -> socket.socket:
        return socket.create_connection(self.address, LONG)

    def call(
        self, who: str | None = "good", version: str | None = None, request: bytes = REQUEST
    ) -> bytes:
        with (
            self.connect() as raw,
            tls_client(who, version).wrap_socket(raw, server_hostname=HOST) as connection,
        ):
            connection.sendall(request)
            answer = b""
            while data := connection.recv(65_536):
                answer += data
            return answer


def settings(
    port: int,
    who: str | None = "good",
    *,
    through: bool = False,
    bounds: Bounds = BOUNDS,
    host: str = "127.0.0.1",
) -> WatchSettings:
    """who: one of the world's clients, presented to the real server. through: pass-through."""
    identity = world().clients[who].identity(world().intermediate) if who else None
    question = Question(
        Target(host, port, HOST),
        identity,
        Trust((world().root.facts,), known=(world().intermediate.facts,)),
        Limits(connect=2, handshake=5),
    )
    front = None if through else world().servers["good"].identity(world().intermediate)
    return WatchSettings(question, front, bounds=bounds)


@contextmanager
def watching(made: WatchSettings) -> Iterator[Watching]:
    came: queue.SimpleQueue[Visit] = queue.SimpleQueue()
    with Watcher(made, came.put, lambda: datetime.now(UTC)) as watcher:
        yield Watching(watcher, watcher.start(), came)


@contextmanager
def real_server(
    serve: Callable[[ssl.SSLSocket], None],
    *,
    clients: ssl.VerifyMode = ssl.CERT_REQUIRED,
    version: str | None = None,
    alpn: tuple[str, ...] = (),
) -> Iterator[int]:
    """Python's ssl, which calls `serve` once TLS stands."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*_papers())
    context.load_verify_locations(cadata=pem(world().root.certificate).decode())
    context.verify_mode = clients
    if alpn:
        context.set_alpn_protocols(list(alpn))
    if version is not None:
        context.minimum_version = context.maximum_version = VERSIONS[version]

    def one(connection: socket.socket) -> None:
        connection.settimeout(LONG)
        with context.wrap_socket(connection, server_side=True) as wrapped:
            serve(wrapped)

    with servers.listening(one) as port:
        yield port


_FOLDER: list[Path] = []


@pytest.fixture(scope="module", autouse=True)
def _folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    _FOLDER[:] = [tmp_path_factory.mktemp("real")]


def _papers() -> tuple[Path, Path]:
    return world().servers["good"].write(_FOLDER[0])


def answer(connection: ssl.SSLSocket) -> None:
    if connection.recv(65_536):
        connection.sendall(servers.ANSWER)
        connection.unwrap()


def echo(connection: ssl.SSLSocket) -> None:
    while data := connection.recv(65_536):
        connection.sendall(data)
    connection.unwrap()


def names(visit: Visit) -> list[str]:
    return [step.message for step in visit.steps]


@pytest.mark.parametrize("version", VERSIONS)
def test_both_handshakes_are_seen(version: str) -> None:
    with real_server(answer, version=version) as port, watching(settings(port)) as at:
        assert at.call(version=version) == servers.ANSWER
        opened = at.opened()
        assert opened.is_open
        assert opened.outcome is VisitOutcome.ACCEPTED
        visit = at.visit()
        assert (visit.outcome, visit.problems, visit.number) == (
            VisitOutcome.ACCEPTED,
            (),
            opened.number,
        )
        assert visit.sentence == f"“the client” went through to 127.0.0.1:{port}."
        assert visit.tls is not None
        assert visit.tls.version == version
        assert visit.server_name == HOST
        assert {"ClientHello", "ServerHello", "CertificateRequest", "Certificate"} <= set(
            names(visit)
        )
        assert [each.common_name for each in visit.chain] == ["the client", "Test Issuing CA"]
        behind = visit.upstream
        assert behind is not None
        assert behind.outcome is Outcome.ACCEPTED
        assert behind.client_certificate.sent
        assert behind.http_status == 200
        assert behind.server_name == HOST
        assert behind.server_chain[0] == world().servers["good"].facts
        assert at.watcher.visits == (visit,)


def test_nothing_of_what_is_said_is_kept() -> None:
    secret = b"GET /zq7-path HTTP/1.1\r\nAuthorization: Bearer zq7-token\r\n\r\n"

    def talk(connection: ssl.SSLSocket) -> None:
        connection.recv(65_536)
        connection.sendall(
            b"HTTP/1.1 403 Forbidden\r\nSet-Cookie: zq7-cookie\r\nContent-Length: 11\r\n\r\n"
            b"zq7-body..."
        )
        connection.unwrap()

    for through in (False, True):
        with real_server(talk) as port, watching(settings(port, through=through)) as at:
            assert at.call(request=secret).endswith(b"zq7-body...")
            visit = at.visit()
            kept = repr((visit, visit.steps, visit.upstream, visit.chain))
            if visit.upstream is not None:
                kept += repr((visit.upstream.answer, visit.upstream.steps))
                assert visit.upstream.http_status == 403
            assert "zq7" not in kept


def test_alpn_is_that_of_the_real_server() -> None:
    with real_server(answer, alpn=("http/1.1", "h2")) as port, watching(settings(port)) as at:
        context = tls_client("good")
        context.set_alpn_protocols(["h2", "http/1.1"])
        with at.connect() as raw, context.wrap_socket(raw, server_hostname=HOST) as connection:
            assert connection.selected_alpn_protocol() == "http/1.1"
            connection.sendall(REQUEST)
            assert connection.recv(4096) == servers.ANSWER
        visit = at.visit()
        assert visit.offered.alpn == ("h2", "http/1.1")
        assert visit.upstream is not None
        assert visit.upstream.tls is not None
        assert visit.upstream.tls.alpn == "http/1.1"


@needs("nginx", "nginx")
def test_a_client_is_asked_as_the_real_server_asks(tmp_path: Path) -> None:
    """Its names of CAs are handed on, and a client that is asked for nothing shows nothing."""
    with (
        real_server(answer, clients=ssl.CERT_NONE) as port,
        watching(settings(port, None)) as at,
    ):
        assert at.call(who="good") == servers.ANSWER
        visit = at.visit()
        assert "CertificateRequest" not in names(visit)
        assert (visit.outcome, visit.chain) == (VisitOutcome.ACCEPTED, ())
    with servers.nginx(tmp_path, world().servers["good"]) as port, watching(settings(port)) as at:
        at.call(request=CLOSING)
        asked = next(s for s in at.visit().steps if s.message == "CertificateRequest")
        assert "Test Root" in asked.note
        at.call("wrong_ca", request=CLOSING)
        (problem,) = at.visit().problems
        assert (problem.code, problem.is_warning) == ("client_certificate_unknown_authority", True)


def test_a_client_that_shows_nothing_where_it_is_asked() -> None:
    with real_server(answer) as port, watching(settings(port)) as at:
        assert at.call(who=None) == servers.ANSWER  # by our certificate
        visit = at.visit()
        assert visit.outcome is VisitOutcome.ACCEPTED
        assert visit.codes == ("client_certificate_missing",)
        at.call(who="expired")
        assert at.visit().codes == ("client_certificate_expired",)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("who", "code"),
    [(None, "client_certificate_missing"), ("expired", "client_certificate_expired")],
)
def test_the_real_server_refuses(version: str, who: str | None, code: str) -> None:
    with real_server(answer, version=version) as port, watching(settings(port, who)) as at:
        with contextlib.suppress(ConnectionResetError):
            assert at.call(version=version) == b""
        visit = at.visit()
        assert visit.outcome is VisitOutcome.REFUSED
        assert visit.sentence.startswith("The real server refused the connection.")
        assert visit.upstream is not None
        assert visit.upstream.errors[0].code == code
        assert visit.alert is not None
        assert visit.chain  # the client's handshake is shown in full all the same


@needs("nginx", "nginx")
def test_nginx_refuses_by_http(tmp_path: Path) -> None:
    with (
        servers.nginx(tmp_path, world().servers["good"]) as port,
        watching(settings(port, None)) as at,
    ):
        got = at.call(request=CLOSING)
        assert got.startswith(b"HTTP/1.1 400")
        visit = at.visit()
        assert visit.outcome is VisitOutcome.REFUSED
        assert visit.upstream is not None
        assert visit.upstream.errors[0].code == "client_certificate_missing"


@needs("nginx", "nginx")
@needs("curl", "curl")
@needs("openssl", "openssl")
@pytest.mark.parametrize("through", [False, True])
def test_real_clients_and_servers(tmp_path: Path, through: bool) -> None:
    chain, key = world().clients["good"].write(tmp_path / "client")
    ca = tmp_path / "root.pem"
    ca.write_bytes(pem(world().root.certificate))
    with (
        servers.nginx(tmp_path, world().servers["good"]) as port,
        watching(settings(port, through=through)) as at,
    ):
        local = at.address[1]
        command = ["curl", "-s", "--cert", str(chain), "--key", str(key), "--cacert", str(ca)]
        command += ["--resolve", f"{HOST}:{local}:127.0.0.1", f"https://{HOST}:{local}/"]
        told = subprocess.run(command, capture_output=True, check=True, timeout=LONG)
        assert told.stdout == b"fine"
        good = (VisitOutcome.PASSED if through else VisitOutcome.ACCEPTED,)
        assert at.visit().outcome in good
        command = ["openssl", "s_client", "-connect", f"127.0.0.1:{local}", "-servername", HOST]
        command += [
            "-cert",
            str(chain),
            "-key",
            str(key),
            "-CAfile",
            str(ca),
            "-ign_eof",
            "-tls1_2",
        ]
        command += ["-cert_chain", str(chain)]
        told = subprocess.run(
            command,
            input=b"GET / HTTP/1.1\r\nHost: good.test\r\nConnection: close\r\n\r\n",
            capture_output=True,
            check=False,
            timeout=LONG,
        )
        assert b"fine" in told.stdout
        visit = at.visit()
        assert visit.outcome in good
        assert visit.chain[0].common_name == "the client"


def test_an_untrusted_server_is_given_nothing() -> None:
    got: list[bytes] = []

    def listen(connection: ssl.SSLSocket) -> None:
        got.append(connection.recv(65_536))
        connection.sendall(servers.ANSWER)

    with real_server(listen, clients=ssl.CERT_NONE) as port:
        made = settings(port, None)
        made = replace(made, question=replace(made.question, trust=Trust()))
        with watching(made) as at:
            assert at.call() == b""
            visit = at.visit()
            assert visit.outcome is VisitOutcome.REFUSED
            assert visit.sentence.startswith("Nothing was passed on")
            assert visit.upstream is not None
            assert visit.upstream.outcome is Outcome.REFUSED_BY_CLIENT
        with watching(replace(made, careful=False)) as at:
            assert at.call() == servers.ANSWER
            visit = at.visit()
            assert visit.outcome is VisitOutcome.ACCEPTED
            assert "not to be trusted" in visit.sentence
    assert [each for each in got if each] == [REQUEST]


@pytest.mark.parametrize("through", [False, True])
def test_an_unreachable_server_is_said_in_words(through: bool) -> None:
    with watching(settings(servers.free_port(), through=through)) as at:
        with contextlib.suppress(ssl.SSLError, ConnectionError):
            assert at.call() == b""
        visit = at.visit()
        assert visit.outcome is VisitOutcome.UNREACHABLE
        assert "was not reached" in visit.sentence
        if not through:
            assert visit.chain
            assert visit.upstream is not None
            assert visit.upstream.errors[0].code == "connection_refused"
    with watching(settings(1, through=through, host="no-such-host.invalid")) as at:
        with contextlib.suppress(ssl.SSLError, ConnectionError):
            assert at.call() == b""
        assert at.visit().outcome is VisitOutcome.UNREACHABLE


def test_a_real_server_without_tls() -> None:
    def plain(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(b"220 mail.test ESMTP\r\n")

    with servers.listening(plain) as port, watching(settings(port)) as at:
        assert at.call() == b""
        visit = at.visit()
        assert visit.outcome is VisitOutcome.UNREACHABLE
        assert visit.upstream is not None
        assert visit.upstream.outcome is Outcome.NOT_TLS


def test_a_client_that_turns_away() -> None:
    for through in (False, True):
        with real_server(answer) as port, watching(settings(port, through=through)) as at:
            with at.connect() as raw, pytest.raises(ssl.SSLError):
                ssl.create_default_context().wrap_socket(raw, server_hostname=HOST)
            visit = at.visit()
            # Through too: OpenSSL sends this alert in the clear.
            assert visit.outcome is VisitOutcome.REFUSED_BY_CLIENT
            assert visit.codes == ("unknown_authority",)
            assert visit.alert is not None
            assert (visit.alert.number, visit.alert.sender) == (48, "client")


@pytest.mark.parametrize("through", [False, True])
def test_clients_that_hang_up_or_say_nothing(through: bool) -> None:
    with (
        real_server(answer) as port,
        watching(settings(port, through=through, bounds=QUICK)) as at,
    ):
        for sent in (b"", bytes.fromhex("1603010200010001fc0303")):
            with at.connect() as raw:
                raw.sendall(sent)
            assert at.visit().outcome is VisitOutcome.LEFT
        with at.connect() as raw:
            assert raw.recv(1) == b""
            assert at.visit().outcome is VisitOutcome.TIMED_OUT


@pytest.mark.parametrize(
    ("sent", "outcome"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", VisitOutcome.NOT_TLS),
        (b"\0" * 400, VisitOutcome.NOT_TLS),
        (b"\x16\x03\x01\x00\x05\xff\x00\x00\x01\x00", VisitOutcome.REFUSED),
        (b"\x16\x03\x01\xff\xff" + b"a" * 70, VisitOutcome.REFUSED),
        (b"\x15\x03\x01\x00\x02\x02\x28", VisitOutcome.REFUSED),
        (b"\x16\x03\x01\x00\x06\x01\x00\x00\x02\x03\x03", VisitOutcome.REFUSED),
    ],
)
def test_garbage_never_reaches_the_real_server(sent: bytes, outcome: VisitOutcome) -> None:
    reached: list[bool] = []
    with (
        servers.listening(lambda _raw: reached.append(True)) as port,
        watching(settings(port, bounds=QUICK)) as at,
    ):
        with at.connect() as raw, contextlib.suppress(ConnectionResetError):
            raw.sendall(sent)
            while raw.recv(4096):
                pass
        assert at.visit().outcome is outcome
    assert not reached


def test_garbage_passes_unchanged() -> None:
    def echo_plain(connection: socket.socket) -> None:
        while data := connection.recv(65_536):
            connection.sendall(data)

    with servers.listening(echo_plain) as port, watching(settings(port, through=True)) as at:
        for sent in (os.urandom(100_000).replace(b"\x16", b""), b"\x16\x03\x01\xff" + b"b" * 90):
            with at.connect() as raw:
                raw.sendall(sent)
                raw.shutdown(socket.SHUT_WR)
                assert b"".join(iter(lambda raw=raw: raw.recv(65_536), b"")) == sent  # type: ignore[misc]
            at.visit()


@pytest.mark.parametrize("through", [False, True])
@pytest.mark.parametrize("version", VERSIONS)
def test_much_passes_both_ways(version: str, through: bool) -> None:
    with (
        real_server(echo, version=version) as port,
        watching(settings(port, through=through)) as at,
        at.connect() as raw,
        tls_client("good").wrap_socket(raw, server_hostname=HOST) as connection,
    ):
        # One thread: Python's ssl does not take two on one connection.
        connection.setblocking(False)
        block, sent, size, got = os.urandom(1 << 20), 0, 0, hashlib.sha256()
        while size < MEGABYTES << 20:
            sending = sent < MEGABYTES << 20
            select.select([connection], [connection] if sending else [], [], 0.1)
            with contextlib.suppress(ssl.SSLWantReadError, ssl.SSLWantWriteError):
                while sent < MEGABYTES << 20:
                    at_block = sent % len(block)
                    sent += connection.send(block[at_block : at_block + 65_536])
            with contextlib.suppress(ssl.SSLWantReadError, ssl.SSLWantWriteError):
                while data := connection.recv(1 << 18):
                    got.update(data)
                    size += len(data)
                raise AssertionError("it ended before its time")
        connection.settimeout(LONG)
        assert got.digest() == hashlib.sha256(block * MEGABYTES).digest()
        connection.unwrap().close()
        visit = at.visit()
        told = [step.note for step in visit.steps if step.message == "Data"]
        assert len(told) == 2
        if not through:
            assert told[0].startswith(f"{MEGABYTES << 20:,} bytes")


@pytest.mark.parametrize("through", [False, True])
def test_a_reader_that_is_slow_slows_the_writer(through: bool) -> None:
    """What a client does not read stays with the server: it is not heaped up here."""
    sent, full = [0], threading.Event()

    def pour(connection: ssl.SSLSocket) -> None:
        connection.settimeout(0.5)
        try:
            for _ in range(500):
                connection.sendall(b"x" * (1 << 20))
                sent[0] += 1
        except OSError:
            full.set()

    with (
        real_server(pour) as port,
        watching(settings(port, through=through)) as at,
        at.connect() as raw,
        tls_client("good").wrap_socket(raw, server_hostname=HOST),
    ):
        assert full.wait(LONG)
        assert sent[0] < 100


@pytest.mark.parametrize("through", [False, True])
def test_half_a_connection_goes_on(through: bool) -> None:
    """Who has said all may still listen: the end of one way is handed on alone."""

    def count(connection: ssl.SSLSocket) -> None:
        size = 0
        while data := connection.recv(65_536):
            size += len(data)
        connection.sendall(b"%d" % size)
        connection.unwrap()

    with (
        real_server(count) as port,
        watching(settings(port, through=through)) as at,
        at.connect() as raw,
    ):
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = tls_client("good").wrap_bio(incoming, outgoing, server_hostname=HOST)

        def step(do: Callable[[], object]) -> object:
            while True:
                try:
                    return do()
                except ssl.SSLWantReadError:
                    raw.sendall(outgoing.read())
                    data = raw.recv(65_536)
                    incoming.write(data) if data else incoming.write_eof()

        step(tls.do_handshake)
        tls.write(b"a" * 1234)
        with contextlib.suppress(ssl.SSLWantReadError):
            tls.unwrap()  # our goodbye
        raw.sendall(outgoing.read())
        received = b""
        while data := raw.recv(65_536):
            received += data
        raw.close()
        assert len(received) > 4  # the number, in a record of its own, and a goodbye
        assert visit_ended_by(at.visit()) == ("server" if through else "client")  # by TCP, by TLS


def visit_ended_by(visit: Visit) -> str:
    return next(step.sender for step in visit.steps if "ended first" in step.note)


def test_who_ended_it_is_said() -> None:
    with real_server(answer) as port, watching(settings(port)) as at:
        at.call()
        visit = at.visit()
        assert visit_ended_by(visit) == "server"
        assert any("close_notify" in step.note for step in visit.steps)
        with at.connect() as raw:
            connection = tls_client("good").wrap_socket(raw, server_hostname=HOST)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            assert at.opened().upstream is not None
            connection.close()
        visit = at.visit()
        assert visit_ended_by(visit) == "client"


@pytest.mark.parametrize("who", [None, "expired", "good"])
def test_pass_through_reads_what_is_clear(who: str | None) -> None:
    with real_server(answer, version="TLS 1.2") as port:
        with watching(settings(port, through=True)) as at:
            if who == "good":
                assert at.call(who) == servers.ANSWER
            else:
                with pytest.raises(ssl.SSLError):
                    at.call(who)
            visit = at.visit()
        assert visit.upstream is None
        assert visit.tls is not None
        assert visit.tls.version == "TLS 1.2"
        assert names(visit)[:4] == [
            "TCP connection",
            "TCP connection to the real server",
            "ClientHello",
            "ServerHello",
        ]
        assert "CertificateRequest" in names(visit)
        if who == "good":
            assert (visit.outcome, visit.codes) == (VisitOutcome.PASSED, ())
            assert visit.chain[0] == world().clients["good"].facts
        else:
            code = "client_certificate_" + ("expired" if who else "missing")
            assert (visit.outcome, visit.codes) == (VisitOutcome.REFUSED, (code,))
            assert visit.steps[-1].state is not StepState.NOT_REACHED
        assert [step.number for step in visit.steps] == list(range(1, len(visit.steps) + 1))


@pytest.mark.parametrize("through", [False, True])
def test_fifty_at_once(through: bool) -> None:
    with real_server(answer) as port, watching(settings(port, through=through)) as at:
        answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threads = [threading.Thread(target=lambda: answers.put(at.call())) for _ in range(50)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert [answers.get() for _ in threads] == [servers.ANSWER] * 50
        visits = [at.visit() for _ in threads]
        assert sorted(each.number for each in visits) == list(range(1, 51))
        assert len(at.watcher.visits) == 50


@pytest.mark.parametrize("through", [False, True])
def test_it_stops_with_open_connections(through: bool) -> None:
    with real_server(echo) as port, watching(settings(port, through=through)) as at:
        raws = [at.connect() for _ in range(5)]
        inside = tls_client("good").wrap_socket(at.connect(), server_hostname=HOST)
        inside.sendall(b"hello")
        assert inside.recv(5) == b"hello"
        assert at.opened().is_open
        at.watcher.stop()
        visits = [at.visit() for _ in range(6)]
        assert sum(each.outcome is VisitOutcome.STOPPED for each in visits) == 5
        last = next(each for each in visits if each.outcome is not VisitOutcome.STOPPED)
        assert last.steps[-1].note == "the test server was stopped"
        with contextlib.suppress(OSError):
            assert inside.recv(1) == b""
        for each in (*raws, inside):
            each.close()


def test_silence_ends_it() -> None:
    with real_server(echo) as port, watching(settings(port, bounds=QUICK)) as at:
        with (
            at.connect() as raw,
            tls_client("good").wrap_socket(raw, server_hostname=HOST) as connection,
        ):
            assert connection.recv(1) == b""
        assert "nothing passed for 0.5 seconds" in at.visit().steps[-1].note


def test_what_cannot_be_used_is_said_before_it_starts() -> None:
    made = settings(1)
    bad = replace(world().clients["good"].identity(), key=world().root.key)
    for broken in (
        replace(made, identity=bad),
        replace(made, question=replace(made.question, identity=bad)),
    ):
        with pytest.raises(IdentityUnusable):
            Watcher(broken, lambda _visit: None, lambda: datetime.now(UTC))
    with (
        pytest.raises(CannotListen, match="this computer only"),
        watching(
            replace(made, host="0.0.0.0")  # noqa: S104 - refused
        ),
    ):
        pass
