"""Moving all keys from one vault to another: every key readable at every moment."""

from __future__ import annotations

from contextlib import AbstractContextManager

import pytest

from mtlsgui.inventory.backup import latest
from mtlsgui.vault.base import VaultError, VaultLocked, VaultUnavailable
from mtlsgui.workspace import moving, recovery
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.support import (
    PASSPHRASE,
    Clock,
    LocalVaults,
    assert_whole,
    issue_server,
    make_root,
    vault_entries,
)


class CancelledError(Exception):
    pass


def test_from_a_file_into_the_keyring_and_back(ws: Workspace, vaults: LocalVaults) -> None:
    root, leaf = make_root(ws), issue_server(ws, None)
    seen: list[tuple[int, int]] = []
    report = moving.move(ws, "keyring", progress=lambda done, total: seen.append((done, total)))
    assert (report.keys, report.missing, report.cleared.settled) == (1, (), True)
    assert seen == [(0, 1), (1, 1)]
    assert (ws.custody.kind, ws.custody.label) == ("keyring", "Test Keyring")
    assert not ws.layout.vault.exists()  # nothing was in it any more
    assert_whole(ws)

    moving.move(ws, "file", "another passphrase")
    assert ws.custody.kind == "file"
    assert vaults.open_keyring(ws.custody.workspace_id).entries() == set()
    assert_whole(ws)
    ws.custody.lock()
    ws.custody.open("another passphrase")
    issue_server(ws, root)
    assert ws.inventory.certificates.get(leaf.id).key_id == leaf.key_id
    assert ws.inventory.journal.count(action="vault.moved") == 2


def test_the_last_backup_of_the_inventory_knows_the_new_vault(ws: Workspace) -> None:
    make_root(ws)
    moving.move(ws, "keyring")
    newest = latest(ws.inventory.path)
    assert newest is not None
    assert b"tests.Keyring" in newest.read_bytes()


def test_where_they_are_already_they_stay(ws: Workspace) -> None:
    with pytest.raises(VaultError, match="held there already"):
        moving.move(ws, "file", "another passphrase")
    assert_whole(ws)


def test_a_file_needs_a_passphrase(empty: Workspace) -> None:
    make_root(empty)
    with pytest.raises(VaultLocked):
        moving.move(empty, "file")
    assert_whole(empty)


@pytest.mark.parametrize("operation", ["put", "get"])
def test_a_keyring_that_fails_leaves_all_in_the_file(
    ws: Workspace, vaults: LocalVaults, operation: str
) -> None:
    make_root(ws)
    before = vault_entries(ws)
    vaults.broken.add(operation)
    with pytest.raises(VaultError):
        moving.move(ws, "keyring")
    vaults.broken.clear()
    assert vault_entries(ws) == before
    assert vaults.open_keyring(ws.custody.workspace_id).entries() == set()
    assert_whole(ws)


def test_a_missing_keyring_leaves_all_in_the_file(ws: Workspace, vaults: LocalVaults) -> None:
    make_root(ws)
    vaults.has_keyring = False
    with pytest.raises(VaultUnavailable):
        moving.move(ws, "keyring")
    assert_whole(ws)


def test_cancelled_on_the_way_all_is_as_before(ws: Workspace, vaults: LocalVaults) -> None:
    make_root(ws)
    make_root(ws, "Second")

    def progress(done: int, _all: int) -> None:
        if done == 1:
            raise CancelledError

    with pytest.raises(CancelledError):
        moving.move(ws, "keyring", progress=progress)
    assert vaults.open_keyring(ws.custody.workspace_id).entries() == set()
    assert ws.custody.kind == "file"
    assert_whole(ws)


def test_cancelled_on_the_way_into_a_file_leaves_no_file(empty: Workspace) -> None:
    make_root(empty)

    def progress(_done: int, _all: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        moving.move(empty, "file", PASSPHRASE, progress=progress)
    assert not empty.layout.vault.exists()
    assert_whole(empty)


def test_old_entries_that_cannot_be_deleted_yet_are_told_of_and_deleted_later(
    empty: Workspace, vaults: LocalVaults
) -> None:
    root = make_root(empty)
    vaults.broken.add("delete")
    report = moving.move(empty, "file", PASSPHRASE)
    assert not report.cleared.settled
    assert "could not be deleted yet" in report.cleared.sentence
    issue_server(empty, root)  # from the file, which the inventory names
    vaults.broken.clear()
    assert recovery.recover(empty).settled
    assert vaults.open_keyring(empty.custody.workspace_id).entries() == set()
    assert_whole(empty)


def test_no_second_move_before_the_first_is_cleared(empty: Workspace, vaults: LocalVaults) -> None:
    make_root(empty)
    vaults.broken.add("delete")
    moving.move(empty, "file", PASSPHRASE)
    with pytest.raises(VaultError, match="cannot be moved yet"):
        moving.move(empty, "keyring")
    vaults.broken.clear()
    moving.move(empty, "keyring")
    assert_whole(empty)


@pytest.mark.parametrize("promoted", [False, True])
def test_a_key_is_never_stored_in_a_vault_that_was_just_left(
    ws: Workspace,
    vaults: LocalVaults,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    promoted: bool,
) -> None:
    """The other process moves all keys after this one opened the vault, before it has the lock."""
    leaf = issue_server(ws, None)
    assert leaf.key_id is not None
    with Workspace.open(ws.layout.directory, vaults, clock=clock, actor="other@here") as other:
        other.custody.open(PASSPHRASE)
        changing = ws.custody.changing

        def moved_first(*arguments: float) -> AbstractContextManager[None]:
            monkeypatch.undo()
            moving.move(other, "keyring")
            return changing(*arguments)

        monkeypatch.setattr(ws.custody, "changing", moved_first)
        if promoted:
            ws.custody.promote(leaf.key_id)
        else:
            make_root(ws)
    assert ws.custody.kind == "keyring"
    assert ws.inventory.keys.all()[-1].vault_kind == "keyring"
    assert_whole(ws)


def test_keys_that_are_not_here_are_named_and_left(ws: Workspace) -> None:
    gone, root = make_root(ws, "Gone"), make_root(ws)
    assert gone.key_id is not None
    before = ws.inventory.keys.get(gone.key_id)
    assert before.vault_ref is not None
    ws.custody.opened()[0].delete(before.vault_ref)
    report = moving.move(ws, "keyring")
    assert (report.keys, report.missing) == (1, ("Gone",))
    assert ws.inventory.keys.get(gone.key_id) == before
    issue_server(ws, root)


def test_a_process_that_had_the_old_vault_open_goes_on_with_the_new(
    ws: Workspace, vaults: LocalVaults, clock: Clock
) -> None:
    root = make_root(ws)
    with Workspace.open(ws.layout.directory, vaults, clock=clock, actor="other@here") as other:
        other.custody.open(PASSPHRASE)
        issue_server(other, root)
        moving.move(ws, "keyring")
        issue_server(other, root)
        make_root(other, "Made by the other")
    assert ws.custody.kind == "keyring"
    assert_whole(ws)
