"""The server's own faults, each with a real server and both versions of TLS: the right cause is
named, all causes are, and nothing else is called an error.
"""

from __future__ import annotations

import re
import socket
import ssl
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain, repeat
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509 import ocsp

from mtlsgui.tls.probe import probe
from mtlsgui.tls.question import Limits, Offer, Protocol, Question, Target, Trust
from mtlsgui.tls.result import Outcome, ProbeResult, RemedyKind, Side
from tests.integration.programs import needs
from tests.tls import servers
from tests.tls.papers import HOST, NOW, Paper, pem, world
from tests.tls.server_faults import papers

VERSIONS = ("TLS 1.2", "TLS 1.3")
QUICK = Limits(connect=2, handshake=0.4, answer=0.4)
FAULTY = papers.faulty()


@contextmanager
def s_server(directory: Path, paper: Paper, *options: str) -> Iterator[int]:
    """`openssl s_server` that asks for no client certificate and takes weak keys for its own."""
    full, key = paper.write(directory)
    command = ["openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-key", str(key)]
    command += ["-cert", str(full), "-cipher", "ALL:@SECLEVEL=0", *options]
    if paper.chain:
        above = directory / "above.pem"
        above.write_bytes(b"".join(map(pem, paper.chain)))
        command += ["-cert_chain", str(above)]
    with servers.running(command) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.match(r"ACCEPT 127\.0\.0\.1:(\d+)", line):
                yield int(found[1])
                return
        raise AssertionError("openssl s_server does not listen")


def ask(
    port: int,
    version: str | None = None,
    *,
    name: str = HOST,
    trust: Trust | None = None,
    limits: Limits = Limits(),
    protocol: Protocol = Protocol.NONE,
) -> ProbeResult:
    question = Question(
        Target("127.0.0.1", port, name),
        None,
        trust or world().trust,
        limits,
        Offer(versions=(version,) if version else ()),
        protocol=protocol,
    )
    return probe(question, NOW)


def errors(result: ProbeResult) -> set[str]:
    return {each.code for each in result.errors}


def warnings(result: ProbeResult) -> set[str]:
    return {each.code for each in result.problems if each.is_warning}


def trusting(**changes: object) -> Trust:
    facts = {"anchors": world().trust.anchors, "known": world().trust.known, **changes}
    return Trust(**facts)  # type: ignore[arg-type]


# paper, errors, warnings; the paper is one of `world().servers` or of `papers.faulty()`
CELLS: dict[str, tuple[str, set[str], set[str]]] = {
    "good": ("good", set(), set()),
    "expired": ("expired", {"certificate_expired"}, set()),
    "not yet valid": ("not_yet_valid", {"certificate_not_yet_valid"}, set()),
    "host name": ("other_name", {"hostname_mismatch"}, set()),
    "no names": ("no_names", {"hostname_mismatch"}, set()),
    "self-signed": ("self_signed", {"self_signed"}, set()),
    "unknown CA": ("wrong_ca", {"unknown_authority"}, set()),
    "unknown CA, its root sent": ("root_sent", {"unknown_authority"}, {"chain_superfluous"}),
    "incomplete": ("no_intermediate", {"chain_incomplete"}, set()),
    "upper one missing": ("no_upper", {"chain_incomplete"}, set()),
    "disordered": ("disordered", set(), {"chain_disordered"}),
    "superfluous": ("superfluous", set(), {"chain_superfluous"}),
    "hundreds superfluous": ("strangers", set(), {"chain_superfluous"}),
    "wrong usage": ("wrong_usage", {"wrong_usage"}, set()),
    "CA for clients": ("ca_for_clients", {"wrong_usage"}, set()),
    "issued by no CA": ("issued_by_no_ca", {"wrong_usage"}, set()),
    "outside constraints": ("outside_constraints", {"certificate_invalid"}, set()),
    "too deep": ("too_deep", {"certificate_invalid"}, set()),
    "expired CA": ("expired_ca", {"certificate_expired"}, set()),
    "weak key": ("weak_key", {"weak_key"}, set()),
    "SHA-1": ("sha1", {"weak_signature"}, set()),
    "must staple": ("must_staple", {"revocation_unknown"}, set()),
    "a CA for itself": ("ca_as_server", {"hostname_mismatch"}, {"wrong_usage"}),
    "several": (
        "everything",
        {"certificate_expired", "hostname_mismatch", "wrong_usage"},
        set(),
    ),
}


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    """One server for each fault."""
    wanted = {paper for paper, *_ in CELLS.values()}
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(
                s_server(tmp_path_factory.mktemp(name), {**world().servers, **FAULTY}[name])
            )
            for name in wanted
        }


@needs("openssl", "openssl")
@pytest.mark.integration
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("cell", CELLS)
def test_the_cause_is_named_and_no_other(ports: dict[str, int], cell: str, version: str) -> None:
    paper, wrong, odd = CELLS[cell]
    result = ask(ports[paper], version)
    assert (errors(result), warnings(result)) == (wrong, odd)
    assert result.outcome is (Outcome.REFUSED_BY_CLIENT if wrong else Outcome.ACCEPTED)
    for problem in result.problems:
        assert problem.side is Side.SERVER
        assert problem.title
        assert problem.explanation
        assert problem.fix


@needs("openssl", "openssl")
@pytest.mark.integration
@pytest.mark.parametrize("version", VERSIONS)
def test_an_address_that_the_certificate_does_not_have(ports: dict[str, int], version: str) -> None:
    result = ask(ports["good"], version, name="127.0.0.2")
    assert errors(result) == {"hostname_mismatch"}
    (remedy,) = result.problems[0].remedies
    assert remedy.names == ("ip:127.0.0.2", f"dns:{HOST}", "ip:127.0.0.1")


@needs("openssl", "openssl")
@pytest.mark.integration
def test_a_key_that_is_not_for_signing_is_a_warning(tmp_path: Path) -> None:
    with s_server(tmp_path, FAULTY["no_signing"]) as port:  # it does not use it in TLS 1.2
        result = ask(port, "TLS 1.3")
    assert (errors(result), warnings(result)) == (set(), {"wrong_usage"})


@needs("nginx", "nginx")
@pytest.mark.integration
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("fault", ["expired", "other_name", "no_intermediate", "disordered"])
def test_nginx_has_the_same_faults(tmp_path: Path, fault: str, version: str) -> None:
    paper = {**world().servers, **FAULTY}[fault]
    with servers.nginx(tmp_path, paper, verify="off") as port:
        result = ask(port, version, protocol=Protocol.HTTP)
    (cell,) = [each for each in CELLS.values() if each[0] == fault]
    assert (errors(result), warnings(result)) == cell[1:]


@needs("openssl", "openssl")
@pytest.mark.integration
@pytest.mark.parametrize("version", VERSIONS)
def test_a_server_that_a_list_names_is_revoked(ports: dict[str, int], version: str) -> None:
    server, issuer, top = world().servers["good"], world().intermediate, world().root
    named = trusting(crls=(papers.crl(issuer, server), papers.crl(top)))
    assert errors(ask(ports["good"], version, trust=named)) == {"certificate_revoked"}
    above = trusting(crls=(papers.crl(top, issuer),))
    (problem,) = ask(ports["good"], version, trust=above).errors
    assert (problem.code, problem.depth) == ("certificate_revoked", 1)
    fine = trusting(crls=(papers.crl(issuer), papers.crl(top)))
    assert ask(ports["good"], version, trust=fine).problems == ()


@needs("openssl", "openssl")
@pytest.mark.integration
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("status", "wrong"),
    [
        (ocsp.OCSPCertStatus.GOOD, set()),
        (ocsp.OCSPCertStatus.REVOKED, {"certificate_revoked"}),
        (ocsp.OCSPCertStatus.UNKNOWN, {"revocation_unknown"}),
    ],
)
def test_what_the_staple_says_counts(
    tmp_path: Path, status: ocsp.OCSPCertStatus, wrong: set[str], version: str
) -> None:
    paper = FAULTY["must_staple"]
    response = tmp_path / "staple.der"
    response.write_bytes(papers.staple(paper, world().intermediate, status=status))
    with s_server(tmp_path, paper, "-status", "-status_file", str(response)) as port:
        result = ask(port, version)
    assert result.ocsp_staple == response.read_bytes()
    assert errors(result) == wrong


@needs("openssl", "openssl")
@pytest.mark.integration
def test_what_a_remedy_says_is_what_helps(ports: dict[str, int], tmp_path: Path) -> None:
    (missing,) = ask(ports["no_intermediate"]).problems
    (remedy,) = missing.remedies
    assert remedy.kind is RemedyKind.SEND_CHAIN
    leaf, *above = (x509.load_der_x509_certificate(each.der) for each in remedy.certificates)
    mended = Paper(leaf, world().servers["no_intermediate"].key, tuple(above))
    with s_server(tmp_path, mended) as port:
        assert ask(port).problems == ()
    for paper in ("self_signed", "root_sent"):
        (problem,) = ask(ports[paper]).errors
        (trusted,) = [each for each in problem.remedies if each.kind is RemedyKind.TRUST]
        anchors = (*world().trust.anchors, *trusted.certificates)
        assert not errors(ask(ports[paper], trust=trusting(anchors=anchors)))


# -- before certificates come to be looked at


def drain(connection: socket.socket) -> None:
    while connection.recv(4096):
        pass


def reset_half_way(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.sendall(b"\x16\x03\x03\x00\x7a\x02\x00")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def drip(connection: socket.socket) -> None:
    """A byte whenever the other side has waited for a while, for ever."""
    connection.settimeout(0.02)
    for byte in chain(b"\x16\x03\x03\x3f\xff", repeat(0)):
        connection.sendall(bytes([byte]))
        try:
            if connection.recv(1) == b"":
                return
        except TimeoutError:
            continue


def plain_http(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")


Serve = Callable[[socket.socket], None]
STRANGE: dict[str, tuple[Serve, set[Outcome], set[str]]] = {
    "plain HTTP": (plain_http, {Outcome.NOT_TLS}, {"not_tls"}),
    "garbage": (lambda c: c.sendall(b"\0\1\2\3 what is this?"), {Outcome.NOT_TLS}, {"not_tls"}),
    "says nothing": (drain, {Outcome.TIMED_OUT}, {"timed_out"}),
    "reset half-way": (
        reset_half_way,
        {Outcome.REFUSED_BY_SERVER, Outcome.REFUSED_BY_CLIENT},
        {"connection_closed", "handshake_failed"},
    ),
    "slow drip": (drip, {Outcome.TIMED_OUT}, {"timed_out"}),
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("cell", STRANGE)
def test_a_strange_server_is_told_as_what_it_is(cell: str, version: str) -> None:
    serve, outcomes, wanted = STRANGE[cell]
    limits = QUICK if Outcome.TIMED_OUT in outcomes else Limits()
    with servers.listening(serve) as port:
        result = ask(port, version, limits=limits)
    assert result.outcome in outcomes
    assert errors(result) <= wanted
    assert errors(result)


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_listens(version: str) -> None:
    result = ask(servers.free_port(), version)
    assert (result.outcome, errors(result)) == (Outcome.UNREACHABLE, {"connection_refused"})


@pytest.mark.parametrize("version", VERSIONS)
def test_a_black_hole(version: str) -> None:
    """Connections stand in the system's queue, and nobody takes them."""
    with socket.create_server(("127.0.0.1", 0), backlog=8) as listener:
        result = ask(listener.getsockname()[1], version, limits=QUICK)
    assert (result.outcome, errors(result)) == (Outcome.TIMED_OUT, {"timed_out"})


@needs("openssl", "openssl")
@pytest.mark.integration
@pytest.mark.parametrize(
    ("options", "version", "code"),
    [
        (("-tls1_2",), "TLS 1.3", "no_common_version"),
        (("-tls1_3",), "TLS 1.2", "no_common_version"),
        (("-cipher", "AES256-SHA"), "TLS 1.2", "no_common_cipher"),
        (("-ciphersuites", "TLS_AES_128_CCM_8_SHA256"), "TLS 1.3", "no_common_cipher"),
    ],
)
def test_no_common_ground(tmp_path: Path, options: Sequence[str], version: str, code: str) -> None:
    with s_server(tmp_path, world().servers["good"], *options) as port:
        result = ask(port, version)
    assert errors(result) == {code}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_chain_of_16_megabytes_is_not_read(tmp_path: Path, version: str) -> None:
    filler = x509.UnrecognizedExtension(
        x509.ObjectIdentifier("1.3.6.1.4.1.99999.1"), bytes(16_000_000)
    )
    heavy = papers.made("server", world().intermediate, papers.SERVER, filler)
    with servers.python_ssl(tmp_path, heavy, clients=ssl.CERT_NONE, version=version) as port:
        result = ask(port, version)
    assert result.outcome is Outcome.REFUSED_BY_CLIENT
    assert errors(result) == {"handshake_failed"}
    assert result.errors[0].title == "The server's certificate chain is too large"
    assert "and nothing else" in result.errors[0].fix
    assert result.server_chain == ()
