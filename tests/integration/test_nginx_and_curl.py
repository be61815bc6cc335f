"""The main job: from nothing to a pair that nginx and curl accept."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.workspace import authorities, exporting, issuing
from mtlsgui.workspace.drafts import AuthorityDraft, CertificateDraft
from mtlsgui.workspace.exporting import Form, Options
from mtlsgui.workspace.workspace import Workspace
from tests.integration.conftest import EstateOf
from tests.integration.estate import SERVER_NAME, Estate, Identity
from tests.integration.programs import attempt, needs
from tests.integration.servers import nginx
from tests.workspace.support import LocalVaults

pytestmark = [pytest.mark.integration, needs("nginx", "nginx-light"), needs("curl", "curl")]

PEER_FAILED_VERIFICATION = 60  # curl's CURLE_PEER_FAILED_VERIFICATION


def curl(
    port: int, ca: Path, client: Identity | None = None, host: str = SERVER_NAME
) -> tuple[int, str, str]:
    """curl's exit status, the HTTP status and the first line of the answer."""
    identity = ("--cert", client.chain, "--key", client.key) if client else ()
    finished = attempt(
        "curl", "--silent", "--max-time", "20", "--resolve", f"{host}:{port}:127.0.0.1",
        "--cacert", ca, *identity, "--write-out", "\n%{http_code}", f"https://{host}:{port}/",
    )  # fmt: skip
    body, _, status = finished.stdout.rpartition("\n")
    return finished.returncode, status, next(iter(body.splitlines()), "")


@pytest.mark.parametrize("version", ["TLSv1.2", "TLSv1.3"])
@pytest.mark.parametrize("key", ["p256", "rsa2048", "ed25519"])
def test_only_those_with_a_certificate_of_ours_are_let_in(
    estate_of: EstateOf, stranger: Estate, key: str, version: str, tmp_path: Path
) -> None:
    estate = estate_of(key)
    with nginx(tmp_path, estate.server, estate.ca, version) as port:
        assert curl(port, estate.ca, estate.client) == (0, "200", f"CN=alice {version}")
        assert curl(port, estate.ca)[:2] == (0, "400")
        assert curl(port, estate.ca, stranger.client)[:2] == (0, "400")
        assert curl(port, estate.ca, estate.server)[:2] == (0, "400")  # is for servers
        assert curl(port, estate.ca, estate.client, host="127.0.0.1")[:2] == (0, "200")
        other_name = curl(port, estate.ca, estate.client, host="other.example.test")
        assert other_name == (PEER_FAILED_VERIFICATION, "000", "")
        other_root = curl(port, stranger.ca, estate.client)
        assert other_root == (PEER_FAILED_VERIFICATION, "000", "")


def test_a_peer_is_server_and_client(estate: Estate, tmp_path: Path) -> None:
    with nginx(tmp_path, estate.peer, estate.ca) as port:
        assert curl(port, estate.ca, estate.peer, host=estate.peer.name) == (
            0,
            "200",
            f"CN={estate.peer.name} TLSv1.3",
        )


def test_a_pair_made_by_the_use_cases_is_accepted_too(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with Workspace.open(tmp_path / "workspace", LocalVaults(tmp_path / "computer")) as ws:
        ws.custody.set_up("keyring")
        root = authorities.create(ws, AuthorityDraft(Subject(common_name="Root"), path_length=1))
        middle = authorities.create(
            ws,
            AuthorityDraft(
                Subject(common_name="Middle"), days=365, path_length=0, parent_id=root.id
            ),
        )
        server = issuing.issue(ws, CertificateDraft(issuer_id=middle.id, names_text=SERVER_NAME))
        client = issuing.issue(
            ws,
            CertificateDraft(
                profile=BUILT_IN["client"],
                issuer_id=middle.id,
                common_name="bob",
                algorithm=KeyAlgorithm.P384,
            ),
        )
        options = Options(plain_key=True)
        ids = [server.id, client.id]
        files = exporting.render(ws, ids, Form.FOLDER, options)
        exporting.write(ws, ids, files, out, overwrite=False)
    with nginx(tmp_path, Identity(out, SERVER_NAME), out / "ca.crt") as port:
        answer = curl(port, out / "ca.crt", Identity(out, "bob"))
        assert answer == (0, "200", "CN=bob TLSv1.3")
        assert curl(port, out / "ca.crt")[:2] == (0, "400")


def test_wildcards_and_international_names_are_matched(estate: Estate, tmp_path: Path) -> None:
    names = ("--san", "*.example.test", "--san", "bücher.example.com")
    estate.mtlsctl.ok(
        "issue", "--ca", "Example Issuing CA", "--name", "wildcard", *names, "-o", str(tmp_path)
    )
    with nginx(tmp_path, Identity(tmp_path, "wildcard"), estate.ca) as port:
        for host, status in (
            ("any.example.test", 0),
            ("xn--bcher-kva.example.com", 0),
            ("a.b.example.test", PEER_FAILED_VERIFICATION),
            ("example.test", PEER_FAILED_VERIFICATION),
        ):
            assert curl(port, estate.ca, estate.client, host=host)[0] == status, host


def test_a_self_signed_server_is_accepted_by_who_trusts_it(estate: Estate, tmp_path: Path) -> None:
    estate.mtlsctl.ok("issue", "--self-signed", "--name", "self.example.test", "-o", str(tmp_path))
    server = Identity(tmp_path, "self.example.test")
    with nginx(tmp_path, server, estate.ca) as port:
        answer = curl(port, server.certificate, estate.client, host=server.name)
        assert answer == (0, "200", "CN=alice TLSv1.3")
        refused = curl(port, estate.ca, estate.client, host=server.name)
        assert refused[0] == PEER_FAILED_VERIFICATION
