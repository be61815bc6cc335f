"""Where keys are held, and what is said when they cannot be reached."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from mtlsgui.pki import keys
from mtlsgui.pki.keys import KeyAlgorithm, spki_sha256
from mtlsgui.vault.base import VaultError, VaultLocked, VaultUnavailable, WrongPassphrase
from mtlsgui.vault.codec import encode_private_key
from mtlsgui.vault.custody import new_ref
from mtlsgui.vault.files import exclusive
from mtlsgui.workspace import recovery
from mtlsgui.workspace.custody import CustodyBusy, KeyNotHere
from mtlsgui.workspace.vaults import SystemVaults
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


def reopened(ws: Workspace, vaults: LocalVaults, clock: Clock) -> Workspace:
    """The same workspace, as another process opens it."""
    return Workspace.open(ws.layout.directory, vaults, clock=clock, actor="other@here")


def fail_in_the_middle(vaults: LocalVaults) -> None:
    vaults.broken.add("delete")
    raise KeyNotHere("Something failed.")


def test_first_use_sets_the_keyring_up(empty: Workspace) -> None:
    assert (empty.custody.kind, empty.custody.label) == (None, "")
    make_root(empty)
    assert (empty.custody.kind, empty.custody.label) == ("keyring", "Test Keyring")
    assert_whole(empty)


def test_without_a_keyring_nothing_is_chosen_and_the_file_is_still_open(
    empty: Workspace, vaults: LocalVaults
) -> None:
    vaults.has_keyring = False
    with pytest.raises(VaultUnavailable) as caught:
        make_root(empty)
    assert "passphrase-protected file" in caught.value.remedy
    assert empty.custody.kind is None
    assert empty.inventory.tree.counts(empty.clock(), empty.inventory.warn).total == 0
    empty.custody.set_up("file", PASSPHRASE)
    make_root(empty)
    assert_whole(empty)


def test_a_keyring_that_fails_at_the_first_write_leaves_nothing(
    empty: Workspace, vaults: LocalVaults
) -> None:
    vaults.broken.add("put")
    with pytest.raises(VaultUnavailable):
        empty.custody.set_up("keyring")
    vaults.broken.clear()
    assert empty.custody.kind is None
    assert recovery.unfinished(empty) == ()
    empty.custody.set_up("keyring")
    assert_whole(empty)


def test_a_self_signed_certificate_may_be_the_first_thing(empty: Workspace) -> None:
    issue_server(empty, None)
    assert_whole(empty)


def test_a_vault_is_set_up_once(ws: Workspace) -> None:
    with pytest.raises(VaultError, match="has a vault already"):
        ws.custody.set_up("keyring")


def test_an_empty_passphrase_protects_nothing(empty: Workspace) -> None:
    with pytest.raises(VaultLocked):
        empty.custody.set_up("file", "")
    assert empty.custody.kind is None


def test_two_processes_at_first_use_share_one_workspace_key(
    empty: Workspace, vaults: LocalVaults, clock: Clock
) -> None:
    """Each would otherwise seal with a key of its own, and one of the two would be lost."""
    failures: list[BaseException] = []

    def use(ws: Workspace) -> None:
        try:
            issue_server(ws, None)
        except BaseException as error:
            failures.append(error)

    others = [reopened(empty, vaults, clock) for _ in range(3)]
    threads = [threading.Thread(target=use, args=(ws,)) for ws in (empty, *others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in others:
        other.close()
    assert failures == []
    assert empty.inventory.keys.count() == 4
    assert_whole(empty)


def test_a_passphrase_is_asked_for_and_proved(
    ws: Workspace, vaults: LocalVaults, clock: Clock
) -> None:
    root = make_root(ws)
    with reopened(ws, vaults, clock) as other:
        assert other.custody.is_locked
        with pytest.raises(VaultLocked):
            issue_server(other, root)
        with pytest.raises(WrongPassphrase):
            other.custody.open("guessed")
        assert other.custody.is_locked
        other.custody.open(PASSPHRASE)
        issue_server(other, root)
        assert_whole(other)


def test_locking_forgets_every_key(ws: Workspace) -> None:
    root = make_root(ws)
    issue_server(ws, root)
    ws.custody.lock()
    with pytest.raises(VaultLocked):
        issue_server(ws, root)


def test_the_passphrase_is_changed(ws: Workspace, vaults: LocalVaults, clock: Clock) -> None:
    make_root(ws)
    with pytest.raises(WrongPassphrase):
        ws.custody.change_passphrase("guessed", "new one")
    with pytest.raises(VaultLocked):
        ws.custody.change_passphrase(PASSPHRASE, "")
    ws.custody.change_passphrase(PASSPHRASE, "new one")
    assert_whole(ws)
    with reopened(ws, vaults, clock) as other:
        with pytest.raises(WrongPassphrase):
            other.custody.open(PASSPHRASE)
        other.custody.open("new one")
        assert_whole(other)
    assert ws.inventory.journal.page()[0].action == "vault.passphrase_changed"


def test_a_locked_vault_can_have_its_passphrase_changed(ws: Workspace) -> None:
    make_root(ws)
    ws.custody.lock()
    ws.custody.change_passphrase(PASSPHRASE, "new one")
    assert_whole(ws)


def test_a_passphrase_that_another_process_changed_is_asked_for_again(
    ws: Workspace, vaults: LocalVaults, clock: Clock
) -> None:
    root = make_root(ws)
    with reopened(ws, vaults, clock) as other:
        other.custody.open(PASSPHRASE)
        other.custody.change_passphrase(PASSPHRASE, "new one")
    with pytest.raises(VaultLocked):
        make_root(ws, "Another")
    assert ws.custody.is_locked
    ws.custody.open("new one")
    assert recovery.recover(ws).settled  # of the key that could not be stored
    issue_server(ws, root)
    assert_whole(ws)


def test_a_keyring_has_no_passphrase_of_ours(empty: Workspace) -> None:
    with pytest.raises(VaultError, match="no passphrase to change"):
        empty.custody.change_passphrase("a", "b")
    empty.custody.set_up("keyring")
    with pytest.raises(VaultError, match="no passphrase to change"):
        empty.custody.change_passphrase("a", "b")


def test_on_another_computer_it_says_where_the_keys_are(
    empty: Workspace, tmp_path: Path, clock: Clock
) -> None:
    root = make_root(empty)
    empty.close()
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(empty.layout.directory, elsewhere)
    with Workspace.open(elsewhere, LocalVaults(tmp_path / "other computer"), clock=clock) as other:
        with pytest.raises(KeyNotHere) as caught:
            issue_server(other, root)
        assert "on another computer" in caught.value.title
        assert other.inventory.certificates.get(root.id).name == "Test Root"


def test_a_key_whose_entry_is_gone_is_said_to_be_elsewhere(ws: Workspace) -> None:
    root = make_root(ws)
    assert root.key_id is not None
    row = ws.inventory.keys.get(root.key_id)
    assert row.vault_ref is not None
    vault, _ = ws.custody.opened()
    vault.delete(row.vault_ref)
    ws.custody.lock()
    ws.custody.open(PASSPHRASE)
    with pytest.raises(KeyNotHere, match="held on another computer"):
        ws.custody.private_key(row)


def test_a_wrong_key_in_the_vault_is_never_signed_with(ws: Workspace) -> None:
    root = make_root(ws)
    assert root.key_id is not None
    ref = ws.inventory.keys.get(root.key_id).vault_ref
    assert ref is not None
    vault, _ = ws.custody.opened()
    vault.delete(ref)
    vault.put(ref, encode_private_key(keys.generate(KeyAlgorithm.P256)))
    ws.custody.lock()
    ws.custody.open(PASSPHRASE)
    with pytest.raises(KeyNotHere, match="not the one that belongs here"):
        issue_server(ws, root)
    assert ws.inventory.tree.counts(ws.clock(), ws.inventory.warn).total == 1


def test_a_deposit_that_fails_takes_entry_and_row_back(ws: Workspace) -> None:
    before = vault_entries(ws)
    with (
        pytest.raises(RuntimeError, match="in the middle"),
        ws.custody.deposit(keys.generate(KeyAlgorithm.P256), "never"),
    ):
        raise RuntimeError("in the middle")
    assert vault_entries(ws) == before
    assert ws.inventory.keys.all() == []


def test_a_deposit_that_cannot_be_taken_back_is_left_to_recovery(
    empty: Workspace, vaults: LocalVaults
) -> None:
    empty.custody.set_up("keyring")
    with (
        pytest.raises(KeyNotHere),
        empty.custody.deposit(keys.generate(KeyAlgorithm.P256), "never"),
    ):
        fail_in_the_middle(vaults)
    assert [leftover.what for leftover in recovery.unfinished(empty)] == ["storing"]
    vaults.broken.clear()
    assert recovery.recover(empty).settled
    assert_whole(empty)


def test_a_promotion_that_fails_leaves_the_key_sealed(
    empty: Workspace, vaults: LocalVaults
) -> None:
    empty.custody.set_up("keyring")
    row = issue_server(empty, None)
    assert row.key_id is not None
    vaults.broken.add("put")
    with pytest.raises(VaultUnavailable):
        empty.custody.promote(row.key_id)
    vaults.broken.clear()
    assert empty.inventory.keys.get(row.key_id).custody == "sealed"
    assert_whole(empty)
    empty.custody.promote(row.key_id)
    assert empty.inventory.keys.get(row.key_id).custody == "vault"
    empty.custody.promote(row.key_id)  # a second time changes nothing
    assert_whole(empty)


def test_who_waits_for_another_process_is_told_so(ws: Workspace) -> None:
    with (
        exclusive(ws.layout.directory / "custody", 0),
        pytest.raises(CustodyBusy, match="Another mtlsgui"),
        ws.custody.changing(patience=0),
    ):
        pytest.fail("two at once")


def test_a_vault_file_that_nothing_uses_is_put_aside(empty: Workspace, vaults: LocalVaults) -> None:
    """A `set_up` killed before the settings were written left it."""
    stray = vaults.create_file(empty.layout.vault, "forgotten")
    stray.put(new_ref(), b"of no use")
    content = empty.layout.vault.read_bytes()
    empty.custody.set_up("file", PASSPHRASE)
    aside = empty.layout.directory / "vault.bin.unused-20260301T120000Z"
    assert aside.read_bytes() == content
    assert_whole(empty)
    assert empty.inventory.journal.count(action="vault.set_aside") == 1


def test_deleted_keys_are_gone_from_memory_too(ws: Workspace) -> None:
    root = make_root(ws)
    assert root.key_id is not None
    row = ws.inventory.keys.get(root.key_id)
    with ws.custody.forgetting([root.key_id]):
        ws.inventory.certificates.delete(root.id)
    with pytest.raises(KeyNotHere, match="was deleted"):
        ws.custody.private_key(row)
    assert_whole(ws)


def test_keys_show_no_secret(ws: Workspace) -> None:
    row = issue_server(ws, None)
    assert row.key_id is not None
    key = ws.inventory.keys.get(row.key_id)
    private = ws.custody.private_key(key)
    assert key.sealed is not None
    shown = repr((key, ws.custody, ws.custody.opened()[0]))
    assert repr(key.sealed) not in shown
    assert encode_private_key(private).decode() not in shown
    assert spki_sha256(private.public_key()) == key.spki_sha256


def test_a_workspace_cannot_name_any_module_as_its_keyring() -> None:
    with pytest.raises(VaultUnavailable, match="not used"):
        SystemVaults().keyring("0" * 32, "keyrings.alt.file.PlaintextKeyring")
