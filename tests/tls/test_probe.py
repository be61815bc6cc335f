"""Connection tests against real servers: the right cause is named, by side and code."""

import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.pki import keys
from mtlsgui.pki.describe.words import colons
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.tls.presenting import IdentityUnusable
from mtlsgui.tls.probe import probe
from mtlsgui.tls.question import (
    HttpRequest,
    IpFamily,
    Limits,
    Offer,
    Opening,
    Protocol,
    ProxyProtocol,
    Question,
    Target,
    Trust,
)
from mtlsgui.tls.report import report
from mtlsgui.tls.result import Outcome, ProbeResult, Side, StepState
from tests.tls import servers
from tests.tls.papers import HOST, NOW, RawPaper, contents, of_version_5, root, signed, world

VERSIONS = ("TLS 1.2", "TLS 1.3")
QUICK = Limits(connect=2, handshake=0.4, answer=2)


def ask(
    port: int,
    client: str = "none",
    *,
    version: str | None = None,
    name: str = HOST,
    path: str | None = "/",
    trust: Trust | None = None,
    limits: Limits = Limits(),
) -> ProbeResult:
    question = Question(
        Target("127.0.0.1", port, name),
        world().identity(client),
        world().trust if trust is None else trust,
        limits,
        Offer(versions=(version,) if version else ()),
        protocol=Protocol.NONE if path is None else Protocol.HTTP,
        http=HttpRequest(path=path or "/"),
    )
    return probe(question, NOW)


def codes(result: ProbeResult) -> list[str]:
    return [problem.code for problem in result.errors]


# -- clients that a server refuses

SERVERS = ("python", "openssl", "nginx", "node")
CAUSES = {
    "good": None,
    "none": "client_certificate_missing",
    "expired": "client_certificate_expired",
    "not_yet_valid": "client_certificate_not_yet_valid",
    "wrong_ca": "client_certificate_unknown_authority",
    "self_signed": "client_certificate_unknown_authority",
    "no_intermediate": "client_certificate_chain_incomplete",
    "wrong_usage": "client_certificate_wrong_usage",
}


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    """One good server of each kind, all of which demand client certificates."""
    good = world().servers["good"]

    def place(name: str) -> Path:
        return tmp_path_factory.mktemp(name)

    started: dict[str, AbstractContextManager[int]] = {
        "python": servers.python_ssl(place("python"), good),
        "openssl": servers.openssl(place("openssl"), good, "-verify_return_error"),
        "nginx": servers.nginx(place("nginx"), good),
        "node": servers.node(place("node"), good),
    }
    with ExitStack() as stack:
        yield {name: stack.enter_context(server) for name, server in started.items()}


@pytest.mark.integration
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("client", CAUSES)
@pytest.mark.parametrize("server", SERVERS)
def test_a_refused_client_learns_the_cause(
    ports: dict[str, int], server: str, client: str, version: str
) -> None:
    result = ask(ports[server], client, version=version)
    assert result.client_certificate.requested
    assert result.tls is not None
    assert result.tls.version == version
    cause = CAUSES[client]
    if cause is None:
        assert (result.outcome, codes(result)) == (Outcome.ACCEPTED, [])
        assert result.http_status == 200
        return
    assert result.outcome is Outcome.REFUSED_BY_SERVER
    assert codes(result)[0] == cause
    assert all(problem.side is Side.CLIENT for problem in result.errors)
    assert all(problem.fix for problem in result.errors)
    assert any(step.state is StepState.FAILED for step in result.steps) or server == "node"


def test_the_alert_and_its_sender_are_reported(ports: dict[str, int]) -> None:
    result = ask(ports["python"], "expired", version="TLS 1.3")
    assert result.alert is not None
    assert (result.alert.number, result.alert.name, result.alert.sender) == (
        45,
        "certificate_expired",
        "server",
    )
    assert result.sentence == "The server refused your certificate: it expired 2 days ago."
    assert "which is why other tools call it a success" in result.detail


def test_nginx_refuses_in_http(ports: dict[str, int]) -> None:
    result = ask(ports["nginx"], "wrong_ca")
    assert (result.http_status, result.alert) == (400, None)
    assert result.steps[-1].message == "HTTP 400 Bad Request"
    assert result.steps[-1].state is StepState.FAILED


def test_acceptable_issuers_are_told(ports: dict[str, int]) -> None:
    result = ask(ports["nginx"], "none")
    assert result.client_certificate.acceptable_issuers == ("CN=Test Root,O=Tests",)
    assert result.client_certificate.required is True
    assert "Test Root" in result.problems[0].explanation


def test_a_server_that_does_without_is_no_failure(tmp_path: Path) -> None:
    good = world().servers["good"]
    with servers.python_ssl(tmp_path, good, clients=ssl.CERT_OPTIONAL) as port:
        result = ask(port)
        assert (result.outcome, codes(result)) == (Outcome.ACCEPTED, [])
        assert result.client_certificate.required is False
        assert "does without" in result.detail


def test_a_server_that_does_not_ask_is_said_so(tmp_path: Path) -> None:
    good = world().servers["good"]
    with servers.python_ssl(tmp_path, good, clients=ssl.CERT_NONE) as port:
        result = ask(port, "good")
    assert result.outcome is Outcome.ACCEPTED
    assert [each.code for each in result.problems] == ["client_certificate_not_requested"]
    assert result.problems[0].is_warning


@pytest.mark.integration
def test_a_lax_server_accepts_and_the_fault_is_a_warning(tmp_path: Path) -> None:
    with servers.openssl(tmp_path, world().servers["good"]) as port:  # checks, and goes on
        result = ask(port, "expired")
    assert result.outcome is Outcome.ACCEPTED
    assert [(each.code, each.is_warning) for each in result.problems] == [
        ("client_certificate_expired", True)
    ]


@pytest.mark.integration
def test_without_tickets_the_goodbye_shows_the_refusal(tmp_path: Path) -> None:
    options = ("-verify_return_error", "-num_tickets", "0")
    with servers.openssl(tmp_path, world().servers["good"], *options) as port:
        refused = ask(port, "expired", version="TLS 1.3", path=None)
        accepted = ask(port, "good", version="TLS 1.3", path=None)
    assert codes(refused) == ["client_certificate_expired"]
    assert accepted.outcome is Outcome.ACCEPTED


def test_a_key_that_does_not_fit_is_found_before_connecting() -> None:
    good, other = world().identity("good"), world().clients["expired"]
    assert good is not None
    question = Question(
        Target("127.0.0.1", servers.free_port(), HOST),
        replace(good, key=other.key),
        world().trust,
    )
    with pytest.raises(IdentityUnusable, match="does not belong"):
        probe(question, NOW)


def test_a_key_that_tls_cannot_use_is_said_before_connecting() -> None:
    good = world().identity("good")
    assert good is not None
    key = keys.generate(KeyAlgorithm.ML_DSA_44)
    spki = keys.spki_sha256(key.public_key())
    identity = replace(good, key=key, certificate=replace(good.certificate, spki_sha256=spki))
    question = Question(Target("127.0.0.1", servers.free_port(), HOST), identity, world().trust)
    with pytest.raises(IdentityUnusable, match="cannot be presented"):
        probe(question, NOW)


# -- servers that a client refuses

FAULTS = {
    "expired": ["certificate_expired"],
    "not_yet_valid": ["certificate_not_yet_valid"],
    "other_name": ["hostname_mismatch"],
    "wrong_usage": ["wrong_usage"],
    "self_signed": ["self_signed"],
    "wrong_ca": ["unknown_authority"],
    "no_intermediate": ["chain_incomplete"],
    "everything": ["certificate_expired", "hostname_mismatch", "wrong_usage"],
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_server_is_not_trusted(tmp_path: Path, fault: str, version: str) -> None:
    with servers.python_ssl(tmp_path, world().servers[fault], version=version) as port:
        result = ask(port, "good")
    assert (result.outcome, codes(result)) == (Outcome.REFUSED_BY_CLIENT, FAULTS[fault])
    assert all(problem.side is Side.SERVER for problem in result.errors)
    (shown,) = [s for s in result.steps if (s.sender, s.message) == ("server", "Certificate")]
    assert shown.state is StepState.FAILED


def test_a_server_whose_certificate_cannot_be_read_is_not_called_right(tmp_path: Path) -> None:
    stranger = world().servers["self_signed"]
    unreadable = of_version_5(stranger.certificate, stranger.key)
    good = world().servers["good"].certificate.public_bytes(Encoding.DER)
    for sent in ((unreadable,), (unreadable, good)):  # what follows is not taken for its own
        paper = RawPaper(stranger.certificate, stranger.key, sent=sent)
        with servers.python_ssl(tmp_path, paper, clients=ssl.CERT_NONE) as port:
            result = ask(port)
        assert result.outcome is Outcome.REFUSED_BY_CLIENT
        assert "certificate_unreadable" in codes(result)
        assert result.server_chain == ()


def test_a_server_whose_root_cannot_be_read_is_not_called_right(tmp_path: Path) -> None:
    issuer = root("Nobody's Root")
    leaf = signed(contents("x", names=HOST, usage=("serverAuth",)), issuer)
    sent = (
        leaf.certificate.public_bytes(Encoding.DER),
        of_version_5(issuer.certificate, issuer.key),
    )
    paper = RawPaper(leaf.certificate, leaf.key, sent=sent)
    with servers.python_ssl(tmp_path, paper, clients=ssl.CERT_NONE) as port:
        result = ask(port)
    assert result.outcome is Outcome.REFUSED_BY_CLIENT
    assert codes(result) == ["certificate_unreadable"]


def test_faults_of_both_sides_are_told_at_once(tmp_path: Path) -> None:
    with servers.python_ssl(tmp_path, world().servers["other_name"]) as port:
        result = ask(port, "expired")
    assert result.outcome is Outcome.REFUSED_BY_SERVER
    assert codes(result) == ["client_certificate_expired", "hostname_mismatch"]


def test_an_intermediate_nobody_holds_is_an_unknown_authority(tmp_path: Path) -> None:
    trust = Trust(anchors=(world().root.facts,))
    with servers.python_ssl(tmp_path, world().servers["no_intermediate"]) as port:
        result = ask(port, "good", trust=trust)
    assert codes(result) == ["unknown_authority"]
    assert "full chain" in result.problems[0].fix


def test_a_chosen_intermediate_is_an_anchor(tmp_path: Path) -> None:
    trust = Trust(anchors=(world().intermediate.facts,))
    with servers.python_ssl(tmp_path, world().servers["no_intermediate"]) as port:
        result = ask(port, "good", trust=trust)
    assert result.outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(("name", "matches"), [("127.0.0.1", True), ("127.0.0.2", False)])
def test_addresses_are_matched_as_addresses(
    ports: dict[str, int], name: str, matches: bool
) -> None:
    result = ask(ports["python"], "good", name=name)
    assert codes(result) == ([] if matches else ["hostname_mismatch"])


def test_no_common_version(tmp_path: Path) -> None:
    good = world().servers["good"]
    with servers.python_ssl(tmp_path, good, version="TLS 1.2") as port:
        result = ask(port, version="TLS 1.3")
    assert codes(result) == ["no_common_version"]
    assert result.alert is not None
    assert result.alert.number == 70


@pytest.mark.integration
def test_no_common_cipher(tmp_path: Path) -> None:
    options = ("-tls1_2", "-cipher", "AES256-SHA")  # RSA key exchange, with an ECDSA key
    with servers.openssl(tmp_path, world().servers["good"], *options) as port:
        result = ask(port)
    assert codes(result) == ["no_common_cipher"]


# -- the network, and what is no TLS at all


def test_a_closed_port() -> None:
    result = ask(servers.free_port())
    assert (result.outcome, codes(result)) == (Outcome.UNREACHABLE, ["connection_refused"])
    assert result.steps[0].state is StepState.FAILED
    assert all(step.state is StepState.NOT_REACHED for step in result.steps[1:])
    assert len(result.steps) > 1


@pytest.mark.parametrize("host", ["fe80::1%nosuchlink", "a" * 70 + ".test", "a..b"])
def test_a_name_without_address(host: str) -> None:
    question = Question(Target(host, 443, "localhost"), None, Trust())
    result = probe(question, NOW)
    assert (result.outcome, codes(result)) == (Outcome.UNREACHABLE, ["name_not_resolved"])


def test_a_silent_port() -> None:
    with servers.listening(drain) as port:
        result = ask(port, limits=QUICK)
    assert (result.outcome, codes(result)) == (Outcome.TIMED_OUT, ["timed_out"])


@pytest.mark.parametrize(
    ("greeting", "protocol"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "SSH"),
        (b"220 mail.test ESMTP\r\n", "SMTP"),
        (b"* OK IMAP4rev1\r\n", "IMAP"),
        (b"\x00\x01\x02\x03", "something other than TLS"),
    ],
)
def test_another_protocol_is_named(greeting: bytes, protocol: str) -> None:
    with servers.listening(lambda connection: connection.sendall(greeting)) as port:
        result = ask(port)
    assert (result.outcome, codes(result)) == (Outcome.NOT_TLS, ["not_tls"])
    assert protocol in result.problems[0].explanation
    (failed,) = [step for step in result.steps if step.state is StepState.FAILED]
    assert (failed.sender, failed.message) == ("server", "ServerHello")
    assert failed.note == "what came is not TLS"


def test_a_header_that_the_server_does_not_expect() -> None:
    opening = Opening(proxy_protocol=ProxyProtocol.V1)
    with servers.listening(lambda connection: connection.sendall(servers.ANSWER)) as port:
        result = probe(
            Question(Target("127.0.0.1", port, HOST), None, world().trust, opening=opening), NOW
        )
    (problem,) = result.errors
    assert problem.code == "not_tls"
    assert problem.fix.startswith("Test without the PROXY protocol's header")


@pytest.mark.parametrize(
    ("host", "family", "title"),
    [
        ("127.0.0.1", IpFamily.IPV6, "127.0.0.1 is an IPv4 address"),
        ("::1", IpFamily.IPV4, "::1 is an IPv6 address"),
    ],
)
def test_an_address_of_the_kind_that_was_ruled_out(host: str, family: IpFamily, title: str) -> None:
    question = Question(
        Target(host, 443, HOST), None, world().trust, opening=Opening(family=family)
    )
    (problem,) = probe(question, NOW).errors
    assert (problem.code, problem.title) == ("name_not_resolved", title)


def test_plain_http_that_answers_only_to_http() -> None:
    def serve(connection: socket.socket) -> None:
        if connection.recv(4096).startswith(b"GET "):
            connection.sendall(servers.ANSWER)
        else:
            drain(connection)

    with servers.listening(serve) as port:
        result = ask(port, limits=QUICK)
    assert codes(result) == ["not_tls"]
    assert "plain HTTP" in result.problems[0].explanation


@pytest.mark.parametrize("reset", [False, True])
def test_a_server_that_hangs_up(reset: bool) -> None:
    def serve(connection: socket.socket) -> None:
        connection.recv(1)
        if reset:
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    with servers.listening(serve) as port:
        result = ask(port)
    assert (result.outcome, codes(result)) == (Outcome.REFUSED_BY_SERVER, ["connection_closed"])


def test_garbage_in_tls_records_is_an_answer_too() -> None:
    with servers.listening(lambda c: c.sendall(b"\x16\x03\x03\x00\x04abcd")) as port:
        result = ask(port, limits=QUICK)
    assert result.outcome is not Outcome.ACCEPTED
    assert codes(result)


def test_a_slow_drip_ends() -> None:
    def serve(connection: socket.socket) -> None:
        connection.recv(4096)
        for byte in b"\x16\x03\x03\x40\x00" + bytes(200):
            connection.sendall(bytes([byte]))
            if connection.recv(1) == b"":
                return

    with servers.listening(serve) as port:
        result = ask(port, limits=QUICK)
    assert result.outcome is Outcome.TIMED_OUT


def test_a_test_can_be_stopped() -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        raise Stopped

    with servers.listening(drain) as port:
        question = Question(Target("127.0.0.1", port, HOST), None, Trust())
        with pytest.raises(Stopped):
            probe(question, NOW, stop)


def test_an_endless_answer_ends(tmp_path: Path) -> None:
    """Headers without an end: four kilobytes of them are enough to know."""
    endless = b"HTTP/1.1 200 OK\r\n" + b"X-More: and more\r\n" * 20_000
    good = world().servers["good"]
    with servers.python_ssl(tmp_path, good, clients=ssl.CERT_NONE, answer=endless) as port:
        result = ask(port, limits=Limits(answer=60))
    assert (result.outcome, result.http_status) == (Outcome.ACCEPTED, 200)


def test_an_answer_that_is_not_http_is_fine(tmp_path: Path) -> None:
    good = world().servers["good"]
    with servers.python_ssl(tmp_path, good, clients=ssl.CERT_NONE, answer=b"\0hello") as port:
        result = ask(port)
    assert (result.outcome, result.http_status) == (Outcome.ACCEPTED, None)


# -- the sequence and the report


def test_the_sequence_of_a_good_test(ports: dict[str, int]) -> None:
    result = ask(ports["nginx"], "good", version="TLS 1.3")
    assert [(step.sender, step.message) for step in result.steps] == [
        ("client", "TCP connection"),
        ("client", "ClientHello"),
        ("server", "ServerHello"),
        ("server", "CertificateRequest"),
        ("server", "Certificate"),
        ("server", "CertificateVerify, Finished"),
        ("client", "Certificate"),
        ("client", "CertificateVerify, Finished"),
        ("server", "NewSessionTicket ×2"),
        ("client", "GET /"),
        ("server", "HTTP 200 OK"),
    ]
    times = [step.at_ms for step in result.steps if step.at_ms is not None]
    assert times == sorted(times)
    assert "Test Root" in result.steps[3].note


def test_the_cause_is_marked_where_it_lies(ports: dict[str, int]) -> None:
    result = ask(ports["python"], "expired", version="TLS 1.3")
    (cause,) = [step for step in result.steps if step.is_cause]
    assert (cause.sender, cause.message) == ("client", "Certificate")
    assert result.steps[-1].message == "GET /"
    assert result.steps[-1].state is StepState.NOT_REACHED


def test_the_report_has_all_and_no_secret(ports: dict[str, int]) -> None:
    text = report(ask(ports["python"], "expired"))
    for part in ("expired 2 days ago", "Alert 45", "Remedy:", "Test Issuing CA", "SHA-256"):
        assert part in text
    assert "PRIVATE KEY" not in text
    for paper in (world().clients["expired"], world().servers["good"]):
        fingerprint = colons(paper.facts.fingerprint_sha256)
        assert text.count(fingerprint) >= 1, "digests are searched for: they stay in one piece"


def drain(connection: socket.socket) -> None:
    """Reads until the other side goes, and says nothing."""
    while connection.recv(4096):
        pass


@pytest.mark.integration
def test_certificates_are_judged_by_the_time_that_is_handed_in(ports: dict[str, int]) -> None:
    target = Target("127.0.0.1", ports["python"], HOST)
    question = Question(target, world().identity("good"), world().trust)
    assert codes(probe(question, NOW)) == []
    assert "certificate_expired" in codes(probe(question, NOW + timedelta(days=36500)))
