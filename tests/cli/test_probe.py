"""`mtlsctl probe` against real servers on the loopback address."""

from __future__ import annotations

import csv
import io
import json
import socket
import ssl
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    pkcs12,
)

from tests.cli.conftest import Mtlsctl
from tests.integration.programs import needs
from tests.tls.opening import services
from tests.tls.papers import HOST, pem, revocation_list, world
from tests.tls.servers import free_port, listening, nginx, python_ssl

SECRET = "s3cret-passphrase"
FIELDS = [
    "target",
    "outcome",
    "tls",
    "client_certificate",
    "server_chain",
    "ocsp_staple",
    "alert",
    "http_status",
    "steps",
    "problems",
    "timing_ms",
]


def has_ipv6() -> bool:
    """Whether the loopback address of IPv6 can be listened on."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


class Papers:
    """The world's certificates as files."""

    def __init__(self, directory: Path) -> None:
        self.good = world().clients["good"].write(directory / "good")
        self.expired = world().clients["expired"].write(directory / "expired")
        self.ca = directory / "ca.pem"
        self.ca.write_bytes(pem(world().root.certificate))
        self.passphrases = directory / "passphrases"
        self.passphrases.write_text(f"wrong\n{SECRET}\n")
        self.bundle = directory / "me.p12"
        paper = world().clients["good"]
        assert isinstance(paper.key, ec.EllipticCurvePrivateKey)
        self.bundle.write_bytes(
            pkcs12.serialize_key_and_certificates(
                b"me",
                paper.key,
                paper.certificate,
                paper.chain,
                BestAvailableEncryption(SECRET.encode()),
            )
        )
        self.locked = directory / "locked.key"
        self.locked.write_bytes(
            paper.key.private_bytes(
                Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(SECRET.encode())
            )
        )

    def trusting(self) -> tuple[str, ...]:
        return ("--ca", str(self.ca), "--servername", HOST)

    def presenting(self) -> tuple[str, ...]:
        return ("--cert", str(self.good[0]), "--key", str(self.good[1]))


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return Papers(tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Demands a client certificate."""
    directory = tmp_path_factory.mktemp("server")
    with python_ssl(directory, world().servers["good"]) as port:
        yield f"127.0.0.1:{port}"


@pytest.fixture(scope="module")
def open_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Asks for none."""
    directory = tmp_path_factory.mktemp("open")
    with python_ssl(directory, world().servers["good"], clients=ssl.CERT_NONE) as port:
        yield f"127.0.0.1:{port}"


def document(mtlsctl: Mtlsctl, *arguments: str, status: int, **how: Any) -> Any:
    result = mtlsctl.run("probe", *arguments, "--json", **how)
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)


def test_an_accepted_connection_field_by_field(empty: Mtlsctl, papers: Papers, server: str) -> None:
    found = document(empty, server, *papers.trusting(), *papers.presenting(), status=0)
    assert list(found)[: len(FIELDS)] == FIELDS
    assert found["target"] == server
    assert found["outcome"] == "accepted"
    assert list(found["tls"]) == ["version", "cipher", "group", "signature_algorithm", "alpn"]
    assert found["tls"]["version"] == "TLS 1.3"
    assert found["tls"]["signature_algorithm"] == "ecdsa_secp256r1_sha256"
    assert found["tls"]["alpn"] is None
    assert found["client_certificate"] == {
        "requested": True,
        "required": True,
        "sent": True,
        "acceptable_issuers": [],  # Python's ssl names none
    }
    leaf, issuer = found["server_chain"]
    assert list(leaf)[:3] == ["kind", "position", "container"]
    assert (leaf["kind"], leaf["position"], issuer["position"]) == ("certificate", 1, 2)
    assert leaf["fingerprint_sha256"] == world().servers["good"].facts.fingerprint_sha256
    assert leaf["san"] == [f"dns:{HOST}", "ip:127.0.0.1"]
    assert found["ocsp_staple"] is None
    assert found["alert"] is None
    assert found["http_status"] == 200
    assert found["problems"] == []
    assert list(found["timing_ms"]) == ["connect", "handshake", "verdict"]
    connect, handshake, verdict = found["timing_ms"].values()
    assert 0 < connect < handshake <= verdict
    for number, step in enumerate(found["steps"], 1):
        assert list(step)[:7] == ["n", "from", "message", "bytes", "at_ms", "state", "note"]
        assert step["n"] == number
        assert step["from"] in ("client", "server", "local")
        assert step["state"] in ("ok", "failed", "not_reached")
    assert "ClientHello" in [step["message"] for step in found["steps"]]
    assert found["sentence"] == "The server accepted your certificate."


def test_a_refusal_has_its_alert_and_its_problem(
    empty: Mtlsctl, papers: Papers, server: str
) -> None:
    found = document(empty, server, *papers.trusting(), status=1)
    assert found["outcome"] == "refused_by_server"
    assert found["alert"] == {"number": 116, "name": "certificate_required", "from": "server"}
    assert found["client_certificate"]["required"] is True
    assert not found["client_certificate"]["sent"]
    (problem,) = found["problems"]
    assert list(problem)[:7] == [
        "code", "side", "depth", "subject", "title", "explanation", "fix",
    ]  # fmt: skip
    assert problem["code"] == "client_certificate_missing"
    assert (problem["side"], problem["warning"]) == ("client", False)


def test_people_read_the_verdict_first_in_80_columns(
    empty: Mtlsctl, papers: Papers, server: str
) -> None:
    result = empty.run(
        "probe", server, *papers.trusting(),
        "--cert", str(papers.expired[0]), "--key", str(papers.expired[1]),
    )  # fmt: skip
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "The server refused your certificate: it expired 2 days ago."
    assert max(map(len, lines)) <= 80
    assert "client_certificate_expired" in result.stdout
    assert "Remedy: " in result.stdout
    assert "It expired on " in result.stderr  # said before connecting, tested all the same
    assert "ClientHello" in result.stdout


def test_once_leaves_open_whether_the_certificate_is_needed(
    empty: Mtlsctl, papers: Papers, server: str
) -> None:
    found = document(empty, server, *papers.trusting(), *papers.presenting(), "--once", status=0)
    assert found["client_certificate"]["required"] is None


def test_pkcs12_and_an_encrypted_key_with_a_passphrase_file(
    empty: Mtlsctl, papers: Papers, server: str
) -> None:
    given = ("--passphrase-file", str(papers.passphrases))
    ways = (
        ("--cert", str(papers.bundle)),
        ("--cert", str(papers.good[0]), "--key", str(papers.locked)),
    )
    for way in ways:
        empty.ok("probe", server, *papers.trusting(), *way, *given)


@pytest.mark.parametrize(
    ("names", "passphrase", "title"),
    [
        (("good[0]", "expired[1]"), None, "does not belong to this certificate"),
        (("good[0]",), None, "The private key is missing"),
        (("bundle",), None, "A passphrase is needed"),
        (("bundle",), "not it", "The passphrase is wrong"),
        (("ca", "good[1]"), None, "does not belong to this certificate"),
    ],
)
def test_an_identity_that_cannot_be_used_is_found_before_connecting(
    empty: Mtlsctl, papers: Papers, names: tuple[str, ...], passphrase: str | None, title: str
) -> None:
    files = {
        "good[0]": papers.good[0],
        "good[1]": papers.good[1],
        "expired[1]": papers.expired[1],
        "bundle": papers.bundle,
        "ca": papers.ca,
    }
    options = zip(("--cert", "--key"), names, strict=False)
    given = [part for option, name in options for part in (option, str(files[name]))]
    # Nothing listens there: were it tried, it would be said.
    told = empty.refused(
        "probe", f"127.0.0.1:{free_port()}", *given, env={"MTLSGUI_PASSPHRASE": passphrase}
    )
    assert title in told
    assert SECRET not in told


def test_files_need_no_workspace_and_make_none(
    empty: Mtlsctl, papers: Papers, open_server: str
) -> None:
    empty.ok("probe", open_server, *papers.trusting())
    assert not empty.workspace.exists()
    assert "There is no workspace" in empty.refused("probe", open_server, "--identity", "1")


def test_the_workspace_gives_an_identity_and_its_roots(mtlsctl: Mtlsctl, tmp_path: Path) -> None:
    mtlsctl.ok("issue", "--ca", "2", "--profile", "client", "--name", "me")
    mtlsctl.ok("issue", "--ca", "2", "--profile", "server", "--name", "localhost", "-o", "out")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("out/localhost-chain.crt", "out/localhost.key")
    context.load_verify_locations("out/ca.crt")
    context.verify_mode = ssl.CERT_REQUIRED

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as wrapped:
            if wrapped.recv(4096):
                wrapped.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    with listening(serve) as port:
        found = document(mtlsctl, f"localhost:{port}", "-4", "--identity", "me", status=0)
    assert found["outcome"] == "accepted"
    assert found["client_certificate"]["sent"]


def test_what_is_offered(empty: Mtlsctl, papers: Papers, open_server: str) -> None:
    found = document(empty, open_server, *papers.trusting(), "--tls", "1.2", status=0)
    assert found["tls"]["version"] == "TLS 1.2"


def test_the_request_is_as_it_was_asked_for(empty: Mtlsctl, papers: Papers) -> None:
    asked: list[bytes] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*world().servers["good"].write(papers.ca.parent / "asked"))

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as wrapped:
            asked.append(wrapped.recv(4096))
            wrapped.sendall(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")

    with listening(serve) as port:
        place = f"127.0.0.1:{port}"
        options = ("--method", "HEAD", "--path", "/x?y", "--header", "X-Token: abc")
        found = document(empty, place, *papers.trusting(), *options, status=0)
        empty.ok("probe", f"https://{place}/of/url", *papers.trusting())
        silent = document(empty, place, *papers.trusting(), "--no-request", status=0)
    assert asked[0].startswith(b"HEAD /x?y HTTP/1.1\r\n")
    assert b"X-Token: abc\r\n" in asked[0]
    assert asked[1].startswith(b"GET /of/url HTTP/1.1\r\n")
    assert found["http_status"] == 204
    assert silent["http_status"] is None


def test_a_header_without_a_colon_is_refused_without_its_value(empty: Mtlsctl) -> None:
    assert "NAME:VALUE" in empty.refused("probe", "a.test", "--header", "nonsense")


@needs("nginx", "nginx")
def test_a_refusal_in_http_is_one(empty: Mtlsctl, papers: Papers, tmp_path: Path) -> None:
    with nginx(tmp_path, world().servers["good"]) as port:
        found = document(empty, f"127.0.0.1:{port}", *papers.trusting(), status=1)
    assert (found["outcome"], found["http_status"]) == ("refused_by_server", 400)
    assert found["client_certificate"]["acceptable_issuers"] == ["CN=Test Root,O=Tests"]
    assert found["problems"][0]["code"] == "client_certificate_missing"


def test_nothing_listens(empty: Mtlsctl) -> None:
    found = document(empty, f"127.0.0.1:{free_port()}", status=1)
    assert found["outcome"] == "unreachable"
    assert found["problems"][0]["code"] == "connection_refused"
    assert found["problems"][0]["side"] == "network"
    assert found["tls"] is None
    assert found["server_chain"] == []
    assert found["timing_ms"]["handshake"] is None


def test_several_targets_are_a_list_in_their_order(
    empty: Mtlsctl, papers: Papers, server: str, open_server: str
) -> None:
    closed = f"127.0.0.1:{free_port()}"
    named = (closed, open_server, server)
    found = document(
        empty, *named, *papers.trusting(), *papers.presenting(), "--jobs", "2", status=1
    )
    assert [each["target"] for each in found] == list(named)
    assert [each["outcome"] for each in found] == ["unreachable", "accepted", "accepted"]
    assert all(list(each)[: len(FIELDS)] == FIELDS for each in found)


def test_a_list_from_a_file_or_standard_input(
    empty: Mtlsctl, papers: Papers, open_server: str
) -> None:
    port = open_server.partition(":")[2]
    table = f"host,port,servername\n127.0.0.1,{port},{HOST}\n127.0.0.1,{port},other.test\n"
    found = document(empty, "--targets", "-", "--ca", str(papers.ca), status=1, stdin=table)
    assert [each["server_name"] for each in found] == [HOST, "other.test"]
    assert [each["code"] for each in found[1]["problems"]] == ["hostname_mismatch"]
    told = empty.run("probe", "--targets", "-", *papers.trusting(), stdin=f"# one\n{open_server}\n")
    assert told.exit_code == 0
    assert told.stdout.splitlines()[-1] == "1 tested: 1 good"


def test_a_faulty_list_is_refused_by_line(empty: Mtlsctl) -> None:
    told = empty.refused("probe", "--targets", "-", stdin="a.test\nb.test:99999\n")
    assert "Line 2" in told
    assert "names no server" in empty.refused("probe", "--targets", "-", stdin="\n")


def test_reports_for_spreadsheets_and_ci(
    empty: Mtlsctl, papers: Papers, open_server: str, tmp_path: Path
) -> None:
    closed = f"127.0.0.1:{free_port()}"
    table, xml = tmp_path / "r.csv", tmp_path / "r.xml"
    for kind, file in (("csv", table), ("junit", xml)):
        result = empty.run(
            "probe", open_server, closed, *papers.trusting(), "--output", kind, str(file)
        )
        assert result.exit_code == 1
    good, bad = csv.DictReader(io.StringIO(table.read_text()))
    assert (good["outcome"], bad["problems"]) == ("accepted", "connection_refused")
    suite = ET.parse(xml).getroot()  # noqa: S314 - our own
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert [case.get("name") for case in suite] == [open_server, closed]
    assert "exists already" in empty.refused("probe", open_server, "--output", "csv", str(table))


def test_misuse_is_said(empty: Mtlsctl, papers: Papers) -> None:
    assert "Name a server" in empty.refused("probe")
    assert "Name the identity once" in empty.refused(
        "probe", "a.test", "--identity", "1", "--cert", "x"
    )
    assert "A key alone" in empty.refused("probe", "a.test", "--key", "x")
    assert "only once" in empty.refused("probe", "a.test", "--cert", "-", "--key", "-")
    assert "not the address of a server" in empty.refused("probe", "a b")
    assert "does not exist" in empty.refused("probe", "a.test", "--ca", "gone.pem")
    assert "no revocation list" in empty.refused("probe", "a.test", "--crl", str(papers.ca))


def test_the_handshake_as_a_drawing(empty: Mtlsctl, papers: Papers, open_server: str) -> None:
    empty.ok("probe", open_server, *papers.trusting(), "--svg", "it.svg")
    assert ET.parse("it.svg").getroot().tag.endswith("svg")  # noqa: S314 - our own
    assert "one server" in empty.refused("probe", "a.test", "b.test", "--svg", "other.svg")


def test_a_key_log_is_warned_of(empty: Mtlsctl, papers: Papers, open_server: str) -> None:
    result = empty.run("probe", open_server, *papers.trusting(), "--keylog", "keys")
    assert result.exit_code == 0
    assert "can read these connections" in result.stderr
    assert "SERVER_TRAFFIC_SECRET" in Path("keys").read_text()


@pytest.mark.integration
@services.needs_postgres
def test_starttls_with_postgres(empty: Mtlsctl, papers: Papers, tmp_path: Path) -> None:
    with services.postgres(tmp_path / "postgres", world().servers["good"]) as port:
        place = (f"127.0.0.1:{port}", "--starttls", "postgres", *papers.trusting())
        found = document(empty, *place, *papers.presenting(), status=0)
        without = document(empty, *place, status=1)
    said = [step["message"] for step in found["steps"]]
    assert said[:3] == ["TCP connection", "SSLRequest", "S"]
    assert (found["outcome"], found["answer"]) == ("accepted", "AuthenticationOk")
    assert (without["outcome"], without["http_status"]) == ("refused_by_server", None)
    assert without["problems"][0]["code"] == "client_certificate_missing"


def test_starttls_that_is_not_offered(empty: Mtlsctl, papers: Papers) -> None:
    def serve(connection: socket.socket) -> None:
        connection.sendall(b"220 mail.test\r\n")
        connection.recv(4096)
        connection.sendall(b"250 mail.test\r\n")
        connection.recv(4096)

    with listening(serve) as port:
        place = f"127.0.0.1:{port}"
        found = document(empty, place, "--starttls", "smtp", *papers.trusting(), status=1)
    assert found["outcome"] == "not_tls"
    assert [each["code"] for each in found["problems"]] == ["starttls_refused"]
    assert found["tls"] is None


@pytest.mark.integration
@needs("tinyproxy", "tinyproxy")
def test_a_proxys_password_from_the_environment(
    empty: Mtlsctl, papers: Papers, open_server: str, tmp_path: Path
) -> None:
    with services.tinyproxy(tmp_path, login="me tr0ub4dor") as port:
        by = ("--proxy", f"http://me@127.0.0.1:{port}")
        asked = (open_server, *papers.trusting(), *by)
        found = document(empty, *asked, status=0, env={"MTLSGUI_PROXY_PASSWORD": "tr0ub4dor"})
        wrong = empty.run("probe", *asked, env={"MTLSGUI_PROXY_PASSWORD": "hunter2"})
    assert found["outcome"] == "accepted"
    assert f"CONNECT {open_server}" in [step["message"] for step in found["steps"]]
    assert "tr0ub4dor" not in json.dumps(found)
    assert wrong.exit_code == 1
    assert "proxy_refused" in wrong.stdout
    assert "hunter2" not in wrong.output


@pytest.mark.integration
@needs("haproxy", "haproxy")
def test_the_proxy_protocol(empty: Mtlsctl, papers: Papers, tmp_path: Path) -> None:
    with services.haproxy(tmp_path, world().servers["good"]) as port:
        asked = (f"127.0.0.1:{port}", *papers.trusting())
        for version in ("v1", "v2"):
            found = document(empty, *asked, "--proxy-protocol", version, status=0)
            assert "from 127.0.0.1 to 127.0.0.1" in found["answer"]
        without = document(empty, *asked, status=1)
    assert without["outcome"] != "accepted"


@contextmanager
def asking_nobody(directory: Path, address: str = "127.0.0.1") -> Iterator[int]:
    """Speaks TLS 1.2 and 1.3, and one application protocol, with anybody."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*world().servers["good"].write(directory))
    context.set_alpn_protocols(["http/1.1"])

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as wrapped:
            if wrapped.recv(4096):
                wrapped.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    with listening(serve, address) as port:
        yield port


@pytest.fixture(scope="module")
def choosy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that two versions and one application protocol can be agreed on with."""
    with asking_nobody(tmp_path_factory.mktemp("choosy")) as port:
        yield f"127.0.0.1:{port}"


@pytest.mark.parametrize(
    ("options", "agreed"),
    [
        (("--alpn", "h2,http/1.1"), {"alpn": "http/1.1"}),
        (("--groups", "P-384"), {"group": "P-384"}),
        (("--groups", "P-521,P-384"), {"group": "P-521"}),
        (("--ciphers", "TLS_AES_128_GCM_SHA256"), {"cipher": "TLS_AES_128_GCM_SHA256"}),
        (
            ("--tls", "1.2", "--ciphers", "ECDHE-ECDSA-CHACHA20-POLY1305"),
            {"cipher": "ECDHE-ECDSA-CHACHA20-POLY1305", "version": "TLS 1.2"},
        ),
    ],
)
def test_what_is_agreed_on_is_among_what_is_offered(
    empty: Mtlsctl, papers: Papers, choosy: str, options: tuple[str, ...], agreed: dict[str, str]
) -> None:
    found = document(empty, choosy, *papers.trusting(), *options, status=0)
    assert found["tls"].items() >= agreed.items()


@pytest.mark.parametrize(
    "options", [("--ciphers", "ROT13"), ("--groups", "P-999"), ("--alpn", "x" * 300)]
)
def test_what_openssl_does_not_know_is_refused_by_name(
    empty: Mtlsctl, options: tuple[str, str]
) -> None:
    told = empty.refused("probe", f"127.0.0.1:{free_port()}", *options)
    assert options[1][:20] in told


@pytest.mark.skipif(not has_ipv6(), reason="this computer has no IPv6 loopback address")
def test_the_family_of_addresses(
    empty: Mtlsctl, papers: Papers, open_server: str, tmp_path: Path
) -> None:
    with asking_nobody(tmp_path, "::1") as port:
        place = f"[::1]:{port}"
        found = document(empty, place, "-6", *papers.trusting(), status=0)
        by_ipv4 = document(empty, place, "-4", status=1)
    assert (found["target"], found["outcome"]) == (place, "accepted")
    by_ipv6 = document(empty, open_server, "-6", status=1)
    for other in (by_ipv4, by_ipv6):
        assert other["outcome"] == "unreachable"
        assert [each["code"] for each in other["problems"]] == ["name_not_resolved"]
        assert other["timing_ms"]["connect"] is None


def test_a_name_by_its_ipv4_address(empty: Mtlsctl, papers: Papers, open_server: str) -> None:
    port = open_server.partition(":")[2]
    found = document(empty, f"localhost:{port}", "-4", *papers.trusting(), status=0)
    assert (found["target"], found["server_name"]) == (f"localhost:{port}", HOST)


def test_a_server_that_says_nothing_is_left_in_time(empty: Mtlsctl) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = f"127.0.0.1:{listener.getsockname()[1]}"
        found = document(empty, place, "--timeout", "0.2", status=1)
    assert found["outcome"] == "timed_out"
    assert found["timing_ms"]["verdict"] >= 200
    for wrong in ("0", "-1", "soon"):
        result = empty.run("probe", place, "--timeout", wrong)
        assert result.exit_code == 2


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER], ids=["pem", "der"])
def test_a_list_that_revokes_the_server(
    empty: Mtlsctl, papers: Papers, open_server: str, tmp_path: Path, encoding: Encoding
) -> None:
    issuer, leaf = world().intermediate, world().servers["good"]
    file = tmp_path / "list.crl"
    asked = (open_server, *papers.trusting(), "--crl", str(file))
    file.write_bytes(revocation_list(issuer).public_bytes(encoding))
    assert document(empty, *asked, status=0)["outcome"] == "accepted"
    file.write_bytes(revocation_list(issuer, leaf).public_bytes(encoding))
    found = document(empty, *asked, status=1)
    assert found["outcome"] == "refused_by_client"
    assert found["problems"][0]["code"] == "certificate_revoked"
    assert found["problems"][0]["side"] == "server"
