"""The test server towards good and bad clients: what they get, and what is said of them."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.tls.presenting import IdentityUnusable
from mtlsgui.tls.result import Side, StepState
from mtlsgui.tls.serving.document import visit_document
from mtlsgui.tls.serving.server import CannotListen, TestServer
from mtlsgui.tls.serving.settings import Mode, is_loopback
from mtlsgui.tls.serving.visit import Visit, VisitOutcome
from tests.tls.papers import DAY, HOST, NOW, Paper, world
from tests.tls.serving.support import VERSIONS, Running, call, running, settings, tls_client

# By what is wrong with a client: its code, and the alerts of TLS 1.2 and 1.3.
FAULTS = {
    None: ("client_certificate_missing", 40, 116),
    "expired": ("client_certificate_expired", 45, 45),
    "not_yet_valid": ("client_certificate_not_yet_valid", 42, 42),
    "wrong_usage": ("client_certificate_wrong_usage", 43, 43),
    "wrong_ca": ("client_certificate_unknown_authority", 48, 48),
    "no_intermediate": ("client_certificate_chain_incomplete", 48, 48),
    "self_signed": ("client_certificate_unknown_authority", 48, 48),
}


@pytest.fixture(scope="module", params=list(Mode))
def server(request: pytest.FixtureRequest) -> Iterator[tuple[Mode, Running]]:
    with running(settings(request.param)) as made:
        yield request.param, made


def body(answer: bytes) -> Any:
    return json.loads(answer.partition(b"\r\n\r\n")[2])


@pytest.mark.parametrize("version", VERSIONS)
def test_a_good_client(server: tuple[Mode, Running], version: str) -> None:
    _, at = server
    answer = call(at, "good", version)
    visit = at.visit()
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    told = body(answer)
    assert (told["accepted"], told["problems"]) == (True, [])
    assert [each["subject"] for each in told["chain"]] == [
        "CN=the client,O=Tests",
        "CN=Test Issuing CA,O=Tests",
    ]
    assert told["tls"]["version"] == version
    assert told["request"] == {"method": "GET", "target": "/a", "version": "HTTP/1.1"}
    assert visit.outcome is VisitOutcome.ACCEPTED
    assert (visit.problems, visit.alert, visit.http_status) == ((), None, 200)
    assert visit.tls is not None
    assert visit.tls.version == version
    assert (visit.server_name, visit.request) == (HOST, "GET /a HTTP/1.1")
    assert visit.offered.versions == (version,)
    assert any("AES_256_GCM" in each for each in visit.offered.ciphers)
    assert all(each.details for each in visit.steps if each.message == "Certificate")
    assert visit.chain[0] == world().clients["good"].facts


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("who", FAULTS)
def test_a_bad_client(server: tuple[Mode, Running], who: str | None, version: str) -> None:
    mode, at = server
    code, *alerts = FAULTS[who]
    if mode is Mode.EXPLAIN:
        answer = call(at, who, version)
        assert answer.startswith(b"HTTP/1.1 403 Forbidden\r\n")
        problem = body(answer)["problems"][0]
        assert problem["code"] == code
        assert all(problem[each] for each in ("title", "explanation", "fix"))
        assert at.visit().codes == (code,)
        return
    if mode is Mode.OPTIONAL and who is None:
        assert call(at, None, version).startswith(b"HTTP/1.1 200")
        assert at.visit().outcome is VisitOutcome.ACCEPTED
        return
    with pytest.raises(ssl.SSLError):
        call(at, who, version)
    visit = at.visit()
    assert visit.outcome is VisitOutcome.REFUSED
    assert visit.codes == (code,)
    assert visit.problems[0].side is Side.CLIENT
    assert visit.alert is not None
    assert (visit.alert.number, visit.alert.sender) == (alerts[version == "TLS 1.3"], "server")
    assert visit.request == ""
    failed = [each for each in visit.steps if each.state is StepState.FAILED]
    assert [each.message.partition(":")[0] for each in failed] == [f"Alert {visit.alert.number}"]


def test_all_that_is_wrong_is_said() -> None:
    """Refusing stops at the first fault, and yet the others are told too."""
    paper = world()._client(start=-30, end=-2, usage=("serverAuth",), sends=())
    wanted = {
        "client_certificate_chain_incomplete",
        "client_certificate_expired",
        "client_certificate_wrong_usage",
    }
    for mode in (Mode.ENFORCE, Mode.EXPLAIN):
        with running(settings(mode)) as at:
            present(at, paper)
            visit = at.visit()
        assert set(visit.codes) == wanted
        assert visit.codes[0] == "client_certificate_chain_incomplete"


def present(at: Running, paper: Paper) -> None:
    """Call with a certificate of one's own, whatever comes of it."""

    context = tls_client()
    with TemporaryDirectory() as folder:
        context.load_cert_chain(*paper.write(Path(folder)))
    with at.connect() as raw:
        try:
            with context.wrap_socket(raw, server_hostname=HOST) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
                while connection.recv(65_536):
                    pass
        except ssl.SSLError:
            pass


def revocation_list(by: Paper, *revoked: Paper, next_update: float = 30) -> bytes:
    builder = x509.CertificateRevocationListBuilder(
        by.certificate.subject, NOW - 60 * DAY, NOW + next_update * DAY
    )
    for each in revoked:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder(each.certificate.serial_number, NOW - DAY).build()
        )
    return builder.sign(by.key, hashes.SHA256()).public_bytes(Encoding.DER)


@pytest.mark.parametrize("mode", [Mode.ENFORCE, Mode.EXPLAIN])
def test_revoked(mode: Mode) -> None:
    issuer, good = world().intermediate, world().clients["good"]
    other = world()._client()
    with running(settings(mode, crls=(revocation_list(issuer, good),))) as at:
        present(at, good)
        visit = at.visit()
        assert visit.codes == ("client_certificate_revoked",)
        if mode is Mode.ENFORCE:
            assert visit.alert is not None
            assert visit.alert.number == 44
        # There is no list of the root's: that is said, and keeps nobody out.
        present(at, other)
        visit = at.visit()
        assert visit.outcome is VisitOutcome.ACCEPTED
        assert [each.code for each in visit.problems] == ["client_certificate_revocation_unknown"]


def test_a_list_that_is_out_of_date_or_of_another_ca() -> None:
    old = revocation_list(world().intermediate, next_update=-2)
    foreign = revocation_list(world().other_root)
    for crls in ((old,), (foreign,)):
        with running(settings(crls=crls)) as at:
            present(at, world().clients["good"])
            visit = at.visit()
            assert visit.outcome is VisitOutcome.REFUSED
            assert visit.codes == ("client_certificate_revocation_unknown",)


def test_versions() -> None:
    with running(settings(versions=("TLS 1.3",))) as at:
        with pytest.raises(ssl.SSLError):
            call(at, "good", "TLS 1.2")
        visit = at.visit()
        assert visit.codes == ("no_common_version",)
        assert visit.alert is not None
        assert visit.alert.number == 70
        assert call(at, "good").startswith(b"HTTP/1.1 200")


def test_a_client_that_turns_away() -> None:
    with running(settings()) as at:
        context = tls_client("good")
        for name, code in (("other.test", "hostname_mismatch"), (HOST, "unknown_authority")):
            if code == "unknown_authority":
                context = ssl.create_default_context()
            with at.connect() as raw, pytest.raises(ssl.SSLError):
                context.wrap_socket(raw, server_hostname=name)
            visit = at.visit()
            assert visit.outcome is VisitOutcome.REFUSED_BY_CLIENT
            assert visit.codes == (code,)
            assert visit.problems[0].side is Side.SERVER
            assert visit.alert is not None
            assert visit.alert.sender == "client"
    with running(settings(server=world().servers["expired"])) as at:
        with at.connect() as raw, pytest.raises(ssl.SSLError):
            tls_client("good").wrap_socket(raw, server_hostname=HOST)
        assert at.visit().codes == ("certificate_expired",)


def test_no_session_is_resumed() -> None:
    context = tls_client("good", "TLS 1.2")
    session = None
    with running(settings()) as at:
        for _ in range(2):
            with (
                at.connect() as raw,
                context.wrap_socket(raw, server_hostname=HOST, session=session) as connection,
            ):
                assert not connection.session_reused
                session = connection.session
            assert at.visit().chain


def test_the_document_of_a_visit(server: tuple[Mode, Running]) -> None:
    _, at = server
    call(at, "good", "TLS 1.3")
    document = json.loads(json.dumps(visit_document(at.visit())))
    assert document["outcome"] == "accepted"
    assert document["tls"]["cipher"].startswith("TLS_")
    assert document["chain"][0]["subject"] == "CN=the client,O=Tests"
    names = [each["message"] for each in document["steps"]]
    assert names[:3] == ["TCP connection", "ClientHello", "ServerHello"]
    assert names[-2:] == ["GET /a HTTP/1.1", "HTTP 200 OK"]
    assert [each["n"] for each in document["steps"]] == list(range(1, len(names) + 1))


def test_the_address() -> None:
    with running(settings()) as first:
        taken = first.address[1]
        assert first.address[0] == "127.0.0.1"
        with pytest.raises(CannotListen, match=f"Port {taken} is taken"):
            server_of(port=taken).start()
    # It was used, and can be used again at once.
    with running(settings(port=taken)) as again:
        assert again.address[1] == taken
        assert call(again, "good").startswith(b"HTTP/1.1 200")
    for host in ("0.0.0.0", "::", "192.0.2.1", "name.test"):  # noqa: S104 - refused
        with pytest.raises(CannotListen, match="this computer only"):
            server_of(host=host).start()
    with pytest.raises(CannotListen, match="no address of this computer"):
        server_of(host="192.0.2.1", wide=True).start()
    assert [is_loopback(each) for each in ("127.0.0.2", "::1", "localhost")] == [True] * 3


def server_of(**changes: Any) -> TestServer:
    return TestServer(replace(settings(), **changes), lambda _visit: None, lambda: NOW)


def test_ipv6() -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6")
    came: list[Visit] = []
    try:
        server = TestServer(replace(settings(), host="::1"), came.append, lambda: NOW)
        address = server.start()
    except CannotListen as error:
        pytest.skip(error.title)
    with (
        server,
        socket.create_connection(address, 5) as raw,
        tls_client("good").wrap_socket(raw, server_hostname=HOST),
    ):
        pass
    assert came[0].peer.startswith("[::1]:")


def test_a_key_of_another_certificate_is_said_before_it_starts() -> None:
    identity = replace(settings().identity, key=world().root.key)
    with pytest.raises(IdentityUnusable):
        server_of(identity=identity)


def test_the_clock_decides() -> None:
    came: list[Visit] = []
    later = datetime.now(UTC) + 3000 * DAY
    with TestServer(settings(), came.append, lambda: later) as server:
        present(Running(server, server.start()), world().clients["good"])
    assert "client_certificate_expired" in came[0].codes


def test_what_on_visit_raises_is_raised_by_stop() -> None:
    def fail(_visit: Visit) -> None:
        raise LookupError("not ours")

    server = TestServer(settings(), fail, lambda: NOW)
    present(Running(server, server.start()), world().clients["good"])
    with pytest.raises(LookupError):
        server.stop()
    server.stop()
