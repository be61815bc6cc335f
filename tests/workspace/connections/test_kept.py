"""Connection tests under a name: what is kept of them, and that they can be made again."""

import json
import socket
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.errors import InventoryConflict, InventoryNotFound
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.tls.question import IpFamily, Limits, Offer, ProxyProtocol, StartTls
from mtlsgui.workspace import editing, journaling
from mtlsgui.workspace.connecting import ConnectionTest, TrustKind
from mtlsgui.workspace.connections import kept
from mtlsgui.workspace.connections.kept import CertificateGone
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.support import issue_server


def closed_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def test_everything_that_is_asked_is_kept(ws: Workspace, root: CertificateRow) -> None:
    row = issue_server(ws, root)
    test = ConnectionTest(
        "smtp://mail.test:2525",
        identity_id=row.id,
        trust=TrustKind.ONE,
        authority_id=root.id,
        trust_certificates=(ws.inventory.certificates.der(root.id),),
        crl_files=(Path("/srv/ca.crl"),),
        server_name="mx.test",
        offer=Offer(("TLS 1.2",), "ECDHE", ("TLS_AES_256_GCM_SHA384",), ("X25519",), (), ("h2",)),
        starttls=StartTls.SMTP,
        proxy="socks5://me@proxy.test:1080",
        proxy_protocol=ProxyProtocol.V2,
        family=IpFamily.IPV6,
        send_request=False,
        http_method="HEAD",
        http_path="/health",
        http_headers=(("X-Tenant", "a"),),
        limits=Limits(connect=1.5),
        try_without=False,
    )
    assert kept.keep(ws, "  Mail  relay ", test).test == test
    files = ConnectionTest(
        "api.test",
        identity_files=(Path("/srv/a.crt"), Path("/srv/a.key")),
        trust=TrustKind.FILES,
        trust_files=(Path("/srv/ca.pem"),),
    )
    kept.keep(ws, "Api", files)
    assert [(each.name, each.test, each.gone) for each in kept.all_kept(ws)] == [
        ("Api", files, ()),
        ("Mail relay", test, ()),
    ]


def test_no_secret_is_kept(ws: Workspace) -> None:
    secret = "h7nter2"
    kept.keep(
        ws,
        "all secrets",
        ConnectionTest(
            f"postgres://me:{secret}@db.test/shop",
            proxy=f"http://me:{secret}@proxy.test:3128",
            http_headers=(("Authorization", f"Bearer {secret}"), ("Accept", "text/plain")),
        ),
    )
    test = kept.all_kept(ws)[0].test
    assert test.address == "postgres://db.test/shop"
    assert test.proxy == "http://me@proxy.test:3128"
    assert test.http_headers == (("Accept", "text/plain"),)
    ws.inventory.make_backup()
    for file in ws.layout.directory.rglob("*.sqlite*"):
        assert secret.encode() not in file.read_bytes()


def test_a_test_is_changed_renamed_and_forgotten_and_the_journal_knows(ws: Workspace) -> None:
    made = kept.keep(ws, "Api", ConnectionTest("api.test"))
    assert kept.change(ws, made.id, ConnectionTest("api.test:8443")).test.address == "api.test:8443"
    kept.rename(ws, made.id, "Api in production")
    kept.rename(ws, made.id, "Api in production")  # no change, no line
    kept.delete(ws, made.id)
    assert kept.all_kept(ws) == []
    lines = ws.inventory.journal.page(0, 4)
    assert [(each.action, each.object_name) for each in reversed(lines)] == [
        ("test.saved", "Api"),
        ("test.changed", "Api"),
        ("test.renamed", "Api"),
        ("test.deleted", "Api in production"),
    ]
    assert all(each.action in journaling.WORDS for each in lines)
    assert ws.inventory.journal.verify().verified
    with pytest.raises(InventoryNotFound):
        kept.get(ws, made.id)


def test_names_are_told_apart(ws: Workspace) -> None:
    kept.keep(ws, "Api", ConnectionTest("api.test"))
    before = ws.inventory.journal.verify().entries
    with pytest.raises(InventoryConflict):
        kept.keep(ws, " Api ", ConnectionTest("other.test"))
    with pytest.raises(MtlsguiError, match="name"):
        kept.keep(ws, "  ", ConnectionTest("other.test"))
    assert ws.inventory.journal.verify().entries == before


def test_an_identity_that_is_gone_is_told_and_nothing_else_is_presented(
    ws: Workspace, root: CertificateRow
) -> None:
    row = issue_server(ws, root)
    made = kept.keep(ws, "Api", ConnectionTest("localhost:1", identity_id=row.id))
    editing.delete(ws, [row.id], with_keys=False)
    again = kept.get(ws, made.id)
    assert again.test.identity_id is None
    assert f"“{row.name}”" in again.gone[0]
    with pytest.raises(CertificateGone, match="cannot be made"):
        kept.run(ws, made.id)
    assert kept.results(ws, made.id) == []


def test_what_came_of_it_is_kept(ws: Workspace) -> None:
    made = kept.keep(ws, "Api", ConnectionTest(f"localhost:{closed_port()}"))
    result = kept.run(ws, made.id)
    result = replace(result, answer="Set-Cookie: session=h7nter2")
    kept.keep_result(ws, made.id, result)
    newest, first = kept.results(ws, made.id)
    assert (newest.outcome, newest.sentence) == (first.outcome, first.sentence)
    assert newest.outcome == result.outcome.value
    document = kept.result_document(ws, newest.id)
    assert document["problems"][0]["code"] == "connection_refused"
    assert "h7nter2" not in json.dumps(document)
    assert kept.get(ws, made.id).sentence == result.sentence


def test_a_backup_of_the_inventory_has_them(ws: Workspace, tmp_path: Path) -> None:
    made = kept.keep(ws, "Api", ConnectionTest(f"localhost:{closed_port()}"))
    kept.run(ws, made.id)
    with closing(sqlite3.connect(ws.inventory.make_backup())) as copy:
        assert copy.execute("SELECT name FROM connection_test").fetchall() == [("Api",)]
        assert copy.execute("SELECT COUNT(*) FROM connection_result").fetchone() == (1,)
