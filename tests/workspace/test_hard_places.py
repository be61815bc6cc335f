"""A full disk, a folder that cannot be written, two processes at once."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.workspace import issuing, recovery
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.support import (
    PASSPHRASE,
    Clock,
    LocalVaults,
    assert_whole,
    issue_server,
    make_root,
    server_draft,
)

ROOT = Path(__file__).resolve().parent.parent.parent


def until_refused(directory: Path, computer: Path, limit: int) -> None:
    """Make authorities and certificates until a file would grow over `limit` bytes; in a process
    of its own. Prints the error for people, and the fingerprints of what was made.
    """
    with Workspace.open(directory, LocalVaults(computer), clock=Clock()) as ws:
        ws.custody.open(PASSPHRASE)
        root = make_root(ws, "Before")
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            for number in range(1000):
                sys.stdout.write(make_root(ws, f"Root {number}").fingerprint + "\n")
                for row in issuing.issue_many(ws, [server_draft(root)] * 5):
                    sys.stdout.write(row.fingerprint + "\n")
        except MtlsguiError as error:
            sys.stdout.write(f"refused: {type(error).__name__}: {error}\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no RLIMIT_FSIZE")
# The vault's file is smaller than the database: the first limit is met by the log of the
# database, the last by the database itself, those between by either.
@pytest.mark.parametrize("spare", [1, 3_000, 20_000, 100_000, 400_000])
def test_a_full_disk_is_said_and_loses_nothing(
    ws: Workspace, vaults: LocalVaults, spare: int
) -> None:
    make_root(ws)
    ws.close()
    size = max(path.stat().st_size for path in ws.layout.directory.iterdir() if path.is_file())
    code = (
        "from pathlib import Path; from tests.workspace.test_hard_places import until_refused; "
        f"until_refused(Path({str(ws.layout.directory)!r}), Path({str(vaults.computer)!r}),"
        f" {size + spare})"
    )
    finished = subprocess.run(
        [sys.executable, "-B", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    *made, refusal = finished.stdout.splitlines()
    assert refusal.startswith("refused: ")
    assert "Nothing was changed" in refusal or "unchanged" in refusal, refusal
    with Workspace.open(ws.layout.directory, vaults, clock=Clock()) as again:
        again.custody.open(PASSPHRASE)
        assert recovery.recover(again).settled
        assert_whole(again)
        assert len(again.inventory.certificates.known(made)) == len(made)
        make_root(again, "Room again")
        assert_whole(again)


def use(directory: Path, vaults: LocalVaults, issuer: CertificateRow) -> None:
    with Workspace.open(directory, vaults, clock=Clock()) as ws:
        ws.custody.open(PASSPHRASE)
        issue_server(ws, issuer)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is read-only for root"
)
def test_a_folder_that_cannot_be_written(ws: Workspace, vaults: LocalVaults) -> None:
    root = make_root(ws)
    ws.close()
    ws.layout.directory.chmod(0o500)
    try:
        with pytest.raises(MtlsguiError):
            use(ws.layout.directory, vaults, root)
    finally:
        ws.layout.directory.chmod(0o700)


def test_a_place_where_no_folder_can_be(tmp_path: Path, vaults: LocalVaults) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(MtlsguiError) as caught:
        Workspace.open(tmp_path / "file" / "workspace", vaults)
    assert caught.value.remedy


def test_two_processes_make_authorities_at_once(ws: Workspace, vaults: LocalVaults) -> None:
    code = (
        "from pathlib import Path; from tests.workspace.support import *; "
        f"ws = Workspace.open(Path({str(ws.layout.directory)!r}),"
        f" LocalVaults(Path({str(vaults.computer)!r})), clock=Clock()); "
        "ws.custody.open(PASSPHRASE); import sys; "
        "[issue_server(ws, make_root(ws, f'{sys.argv[1]} {n}')) for n in range(8)]; ws.close()"
    )
    processes = [
        subprocess.Popen([sys.executable, "-B", "-c", code, name], cwd=ROOT)
        for name in ("First", "Second")
    ]
    while any(process.poll() is None for process in processes):
        recovery.recover(ws)  # a third that looks for left-overs takes nothing from the two
    assert [process.returncode for process in processes] == [0, 0]
    counts = ws.inventory.tree.counts(ws.clock(), ws.inventory.warn)
    assert (counts.total, counts.authorities) == (32, 16)
    assert ws.inventory.journal.count(action="recovery.key_removed") == 0
    assert_whole(ws)
