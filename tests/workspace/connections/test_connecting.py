"""The use case: addresses as people type them, identities and trust from a workspace."""

import ssl
from pathlib import Path

import pytest
from cryptography import x509

from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.tls.question import Protocol
from mtlsgui.tls.result import Outcome
from mtlsgui.workspace import connecting, issuing
from mtlsgui.workspace.connecting import ConnectionTest, TargetRefused, TrustKind, parse_target
from mtlsgui.workspace.custody import KeyNotHere
from mtlsgui.workspace.drafts import CertificateDraft
from mtlsgui.workspace.workspace import Workspace
from tests.tls import servers
from tests.tls.papers import Paper, pem
from tests.workspace.support import issue_server, make_root


@pytest.mark.parametrize(
    ("typed", "host", "port", "path"),
    [
        ("api.test", "api.test", 443, "/"),
        (" api.test:8443 ", "api.test", 8443, "/"),
        ("https://api.test", "api.test", 443, "/"),
        ("https://api.test:8443/health?x=1", "api.test", 8443, "/health?x=1"),
        ("HTTPS://API.test/a", "api.test", 443, "/a"),
        ("127.0.0.1:1", "127.0.0.1", 1, "/"),
        ("[::1]:8443", "::1", 8443, "/"),
        ("::1", "::1", 443, "/"),
        ("https://[fe80::1]:9/x", "fe80::1", 9, "/x"),
        ("ldaps://ldap.test", "ldap.test", 636, None),
        ("db.test:5432", "db.test", 5432, None),
        ("bücher.test", "xn--bcher-kva.test", 443, "/"),
    ],
)
def test_addresses(typed: str, host: str, port: int, path: str | None) -> None:
    address = parse_target(typed)
    assert (address.target.host, address.target.port) == (host, port)
    asked = address.path if address.protocol is Protocol.HTTP else None
    assert asked == path
    assert address.target.server_name == host


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "api.test:http",
        "api.test:70000",
        "api.test:0",
        "gopher://api.test",
        "a..b",
        "a" * 70 + ".test",
        ":443",
        "two words",
        "https://",
        "[::1",
        "\u2603\u200b..test",
    ],
)
def test_what_is_no_address_is_refused_in_words(typed: str) -> None:
    with pytest.raises(TargetRefused) as caught:
        parse_target(typed)
    assert caught.value.remedy


def test_another_name_is_sent_and_looked_for() -> None:
    assert parse_target("127.0.0.1:8443", "api.test.").target.server_name == "api.test"


def client(ws: Workspace, issuer: CertificateRow, name: str = "reconciler") -> CertificateRow:
    draft = CertificateDraft(profile=BUILT_IN["client"], issuer_id=issuer.id, names_text=name)
    return issuing.issue(ws, draft)


def paper(ws: Workspace, row: CertificateRow) -> Paper:
    """A certificate of the workspace, to start a server with."""
    assert row.key_id is not None
    der = ws.inventory.certificates.der(row.id)
    key = ws.custody.private_key(ws.inventory.keys.get(row.key_id))
    return Paper(x509.load_der_x509_certificate(der), key)


@pytest.mark.integration
def test_a_pair_from_the_workspace_works_with_openssl(
    ws: Workspace, root: CertificateRow, tmp_path: Path
) -> None:
    server = paper(ws, issue_server(ws, root, "localhost"))
    own = client(ws, root)
    ca = tmp_path / "own-ca.pem"
    ca.write_bytes(pem(paper(ws, root).certificate))
    options = ("-verify_return_error", "-CAfile", str(ca))
    with servers.openssl(tmp_path / "server", server, *options) as port:
        good = connecting.probe(ws, ConnectionTest(f"localhost:{port}", own.id))
        without = connecting.probe(ws, ConnectionTest(f"localhost:{port}"))
    assert (good.outcome, good.errors) == (Outcome.ACCEPTED, ())
    assert [problem.code for problem in without.errors] == ["client_certificate_missing"]


@pytest.mark.parametrize(
    ("trust", "code"),
    [
        (TrustKind.ALL, None),
        (TrustKind.OWN, None),
        (TrustKind.ONE, None),
        (TrustKind.SYSTEM, "unknown_authority"),
    ],
)
def test_trust(
    ws: Workspace, root: CertificateRow, tmp_path: Path, trust: TrustKind, code: str | None
) -> None:
    make_root(ws, "Another Root")
    server = paper(ws, issue_server(ws, root, "localhost"))
    with servers.python_ssl(tmp_path / "server", server, clients=ssl.CERT_NONE) as port:
        result = connecting.probe(
            ws, ConnectionTest(f"localhost:{port}", trust=trust, authority_id=root.id)
        )
    assert [problem.code for problem in result.problems] == ([code] if code else [])
    if code:
        assert "choose “Test Root” under Trust" in result.problems[0].fix


def test_another_root_is_not_enough(ws: Workspace, root: CertificateRow, tmp_path: Path) -> None:
    other = make_root(ws, "Another Root")
    server = paper(ws, issue_server(ws, root, "localhost"))
    with servers.python_ssl(tmp_path / "server", server, clients=ssl.CERT_NONE) as port:
        result = connecting.probe(
            ws, ConnectionTest(f"localhost:{port}", trust=TrustKind.ONE, authority_id=other.id)
        )
    assert result.outcome is Outcome.REFUSED_BY_CLIENT


def test_only_certificates_with_keys_can_be_presented(ws: Workspace, root: CertificateRow) -> None:
    own = client(ws, root)
    lost = client(ws, root, "lost")
    issue_server(ws, root)
    ws.inventory.certificates.set_key(lost.id, None)
    assert [row.id for row in connecting.identities(ws)] == [own.id]
    assert [row.id for row in connecting.authorities(ws)] == [root.id]
    with pytest.raises(KeyNotHere, match="lost"):
        connecting.probe(ws, ConnectionTest("localhost:1", lost.id))
