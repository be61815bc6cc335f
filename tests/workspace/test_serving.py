"""The test server from a workspace, a client that fits it, and the lines to call it."""

from __future__ import annotations

import queue
import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from mtlsgui.errors import MtlsguiError
from mtlsgui.pki.facts import read_certificate
from mtlsgui.tls.server_names import wrong_name
from mtlsgui.workspace import serving
from mtlsgui.workspace.connecting import TargetRefused
from mtlsgui.workspace.serving import Mode, ServerDraft, Visit, VisitOutcome, WatchDraft
from mtlsgui.workspace.workspace import Workspace, system_clock
from tests.integration.programs import attempt, needs
from tests.tls.papers import facts_of, pem, world
from tests.workspace.support import LocalVaults, issue_server, make_root


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path / "workspace", LocalVaults(tmp_path), clock=system_clock)


@needs("curl", "curl")
def test_a_server_a_client_and_a_call(ws: Workspace, tmp_path: Path) -> None:
    root = make_root(ws)
    server = issue_server(ws, root, "localhost 127.0.0.1")
    assert [row.id for row in serving.identities(ws)] == [server.id]
    made = serving.settings(ws, ServerDraft(server.id), ws.clock)
    issuer = serving.issuer_for_clients(ws, made)
    assert issuer is not None
    assert issuer.id == root.id
    client = serving.matching_client(ws, made)
    files = serving.write_client(ws, client.id, made, tmp_path / "client's own")
    assert files.key.stat().st_mode & 0o077 == 0
    came: queue.SimpleQueue[Visit] = queue.SimpleQueue()
    with serving.server(made, came.put, ws.clock) as running:
        host, port = running.start()
        name = serving.name_to_call(made.identity.certificate, host)
        lines = serving.calling_lines(host, port, name, files)
        assert "200 OK" in attempt("sh", "-c", lines[0].text + " -i").stdout
        visit = came.get(timeout=20)
        assert visit.outcome is VisitOutcome.ACCEPTED
        assert visit.chain[0].common_name == serving.CLIENT_NAME
    ws.close()


def test_a_client_of_somebody_elses_ca(ws: Workspace, tmp_path: Path) -> None:
    root = make_root(ws)
    server = issue_server(ws, root, "localhost")
    foreign = tmp_path / "foreign.pem"

    foreign.write_bytes(pem(world().other_root.certificate))
    draft = ServerDraft(server.id, authority_files=(foreign,), mode=Mode.EXPLAIN)
    made = serving.settings(ws, draft, ws.clock)
    assert made.authorities == (facts_of(world().other_root.certificate),)
    assert serving.issuer_for_clients(ws, made) is None
    with pytest.raises(MtlsguiError, match="No client certificate can be made"):
        serving.matching_client(ws, made)
    with pytest.raises(MtlsguiError, match="needs a certificate"):
        serving.settings(ws, ServerDraft(), ws.clock)
    ws.close()


def test_the_name_that_is_called() -> None:
    name: Callable[[str], str] = lambda host: serving.name_to_call(  # noqa: E731
        world().servers["good"].facts, host
    )
    assert name("127.0.0.1") == "127.0.0.1"
    assert name("::1") == "good.test"


def test_the_name_that_fits_a_wildcard(ws: Workspace) -> None:
    root = make_root(ws)

    def name(names: str, host: str = "127.0.0.1") -> str:
        row = issue_server(ws, root, names)
        facts = read_certificate(ws.inventory.certificates.der(row.id))
        called = serving.name_to_call(facts, host)
        assert wrong_name(facts, called) is False
        return called

    assert name("*.x.test") == "test.x.test"
    assert name("*.x.test plain.test") == "plain.test"
    assert name("*.x.test 127.0.0.1") == "127.0.0.1"
    ws.close()


def test_a_client_is_watched(ws: Workspace, tmp_path: Path) -> None:
    root = make_root(ws)
    server = issue_server(ws, root, "localhost 127.0.0.1")
    behind = serving.settings(ws, ServerDraft(server.id), ws.clock)
    client = serving.matching_client(ws, behind)
    files = serving.write_client(ws, client.id, behind, tmp_path)
    real: queue.SimpleQueue[Visit] = queue.SimpleQueue()
    came: queue.SimpleQueue[Visit] = queue.SimpleQueue()
    with serving.server(behind, real.put, ws.clock) as running:
        address = f"localhost:{running.start()[1]}"
        for draft in (
            WatchDraft(address, server.id, present_id=client.id),
            WatchDraft(
                address,
                server.id,
                present_files=(files.chain, files.key),
                authority_files=(files.ca,),
            ),
            WatchDraft(address, pass_through=True),
        ):
            made = serving.watch_settings(ws, draft, ws.clock)
            with serving.watcher(made, came.put, ws.clock) as watcher:
                host, port = watcher.start()
                context = ssl.create_default_context(cafile=files.ca)
                context.load_cert_chain(files.chain, files.key)
                with (
                    socket.create_connection((host, port), 20) as raw,
                    context.wrap_socket(raw, server_hostname="localhost") as connection,
                ):
                    connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    while connection.recv(65_536):
                        pass
                while (visit := came.get(timeout=20)).is_open:
                    pass
            assert visit.outcome in (VisitOutcome.ACCEPTED, VisitOutcome.PASSED)
            assert (visit.upstream is None) is draft.pass_through
            seen = real.get(timeout=20)
            assert seen.outcome is VisitOutcome.ACCEPTED
            assert seen.chain[0].common_name == serving.CLIENT_NAME
    with pytest.raises(MtlsguiError, match="needs a certificate"):
        serving.watch_settings(ws, WatchDraft(address), ws.clock)
    with pytest.raises(MtlsguiError, match="begins in plain text"):
        serving.watch_settings(ws, WatchDraft("smtp://a.test", server.id), ws.clock)
    with pytest.raises(TargetRefused):
        serving.watch_settings(ws, WatchDraft("", server.id), ws.clock)
    ws.close()
