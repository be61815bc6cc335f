"""kill -9 at any moment loses no certificate, makes none by halves, and leaves no key unreported.

The process dies at its n-th write, for every n that is a multiple of EVERY: inside each
transaction, between a transaction and the vault, inside the vault's own replacing of its file.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.workspace import recovery
from mtlsgui.workspace.backup import backup
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.killed import open_workspace, restore
from tests.workspace.support import CHEAP, PASSPHRASE, assert_whole, issue_server, make_root

ROOT = Path(__file__).resolve().parent.parent.parent
EVERY = 9  # writes
PARTS = 4  # so that one test stays short


def run_killed(folder: Path, scenario: str, steps: list[int]) -> str:
    """What the process, or the processes, printed."""
    finished = subprocess.run(
        # -B: a cache of byte code written by the first run only would be counted as writes.
        [sys.executable, "-B", "-m", "tests.workspace.killed", folder, scenario, *map(str, steps)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "not reached" not in finished.stdout, finished.stdout + finished.stderr
    return finished.stdout


def told(folder: Path) -> list[str]:
    """Fingerprints of the certificates that were reported as made and not about to be deleted."""
    made: dict[str, None] = {}
    for line in (folder / "told").read_text().splitlines():
        said = json.loads(line)
        if "made" in said:
            made[said["made"]] = None
        for fingerprint in said.get("deleting", ()):
            made.pop(fingerprint)
    return list(made)


def unlock(ws: Workspace) -> None:
    if ws.custody.kind == "file":
        ws.custody.open(PASSPHRASE)


def check_after_kill(folder: Path) -> bool:
    """Open what is left, recover, and look at everything; whether there was something to do."""
    with open_workspace(folder) as ws:
        unlock(ws)
        begun = recovery.unfinished(ws)
        report = recovery.recover(ws)
        assert report.settled
        # A mark that keys are to be promoted may outlive their promotion: nothing to tell then.
        assert report.findings or {leftover.what for leftover in begun} <= {"promotion"}
        assert recovery.unfinished(ws) == ()
        assert_whole(ws)
        check_no_vault_but_the_one_in_use(ws, folder)
        for fingerprint in told(folder):
            check_certificate_has_its_key(ws, fingerprint)
        check_rows(ws)
        if ws.custody.kind is None:
            ws.custody.set_up("file", PASSPHRASE)  # not in the way of a new beginning
        make_root(ws, "Made afterwards")
        assert_whole(ws)
    return bool(begun)


def check_no_vault_but_the_one_in_use(ws: Workspace, folder: Path) -> None:
    if ws.custody.kind != "keyring" and (folder / "computer" / "keyring.bin").exists():
        assert open_keyring_entries(ws) == set()
    if ws.custody.kind == "keyring" and ws.layout.vault.exists():
        # A file that a move had just made, before it wrote down that it begins.
        vault = ws.custody.vaults.open_file(ws.layout.vault, PASSPHRASE)
        assert vault.refs() == ()  # type: ignore[attr-defined]


def open_keyring_entries(ws: Workspace) -> set[str]:
    vault, _ = ws.custody.vaults.keyring(ws.custody.workspace_id, None)
    entries: set[str] = vault.entries()  # type: ignore[attr-defined]
    return entries


def check_certificate_has_its_key(ws: Workspace, fingerprint: str) -> None:
    (row,) = ws.inventory.certificates.by_fingerprint(fingerprint)
    assert row.key_id is not None
    key = ws.inventory.keys.get(row.key_id)
    ws.custody.private_key(key)
    assert key.custody == ("vault" if row.is_ca else "sealed")


def check_rows(ws: Workspace) -> None:
    """Every certificate of ours has its issuer's row and its key; every key has a use."""
    for entry in ws.inventory.journal.page(limit=1000):
        if entry.action in {"certificate.issued", "authority.created"}:
            assert entry.object_id is not None
            try:
                row = ws.inventory.certificates.get(entry.object_id)
            except InventoryNotFound:  # deleted, as the journal says too
                assert ws.inventory.journal.count(
                    action="certificate.deleted", object_id=entry.object_id
                )
                continue
            assert row.key_id is not None
    for key in ws.inventory.keys.all():
        imported = ws.inventory.journal.count(action="key.imported", object_id=key.id)
        assert ws.custody.is_used(key) or imported


@pytest.fixture(scope="session")
def writes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How many writes each scenario makes when it lives to its end, which is checked too."""
    counted = {}
    for scenario in ("life_in_a_file", "life_in_a_keyring"):
        folder = tmp_path_factory.mktemp(scenario)
        counted[scenario] = int(run_killed(folder, scenario, [0]))
        assert check_after_kill(folder / "0") is False
    return counted


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("scenario", ["life_in_a_file", "life_in_a_keyring"])
def test_killed_anywhere_nothing_is_lost(
    tmp_path: Path, writes: dict[str, int], scenario: str, part: int
) -> None:
    steps = list(range(1 + part * EVERY, writes[scenario] + 1, EVERY * PARTS))
    assert len(steps) >= 15  # of two scenarios in four parts each
    run_killed(tmp_path, scenario, steps)
    begun = [step for step in steps if check_after_kill(tmp_path / str(step))]
    assert begun  # some of them did leave something that was begun


@pytest.mark.parametrize("scenario", ["life_in_a_file", "life_in_a_keyring"])
def test_killed_while_it_recovers_nothing_is_lost(
    tmp_path: Path, writes: dict[str, int], scenario: str
) -> None:
    recovered = 0
    first = list(range(5, writes[scenario] + 1, 40))
    run_killed(tmp_path, scenario, first)
    for step in first:
        left = tmp_path / str(step)
        whole = tmp_path / f"whole-{step}"
        shutil.copytree(left, whole / "0")
        again = [1, *range(3, int(run_killed(whole, "recover", [0])) + 1, 7)]
        if again == [1]:
            continue  # there was nothing to recover
        for second in again:
            shutil.copytree(left, whole / str(second))
        run_killed(whole, "recover", again)
        for second in again:
            check_after_kill(whole / str(second))
            recovered += 1
    assert recovered >= 10


def test_killed_while_it_restores_the_next_restore_is_whole(ws: Workspace, tmp_path: Path) -> None:
    """Nothing of the first is left in the keyring, and no half of it in the folder."""
    for name in ("First", "Second"):
        issue_server(ws, make_root(ws, name))
    backup(ws, tmp_path / "backup", PASSPHRASE, cost=CHEAP)
    total = int(run_killed(tmp_path, "restore", [0]))
    steps = list(range(1, total + 1, 4))
    assert len(steps) >= 15
    run_killed(tmp_path, "restore", steps)
    in_place = 0
    for step in (0, *steps):
        folder = tmp_path / str(step)
        if (folder / "workspace").exists():
            in_place += 1
        else:
            restore(folder)
        with open_workspace(folder) as again:
            assert_whole(again)  # compares the keyring's entries with the rows
            assert again.inventory.keys.count() == 4
    assert 1 <= in_place < len(steps)  # the folder appears at the very end
