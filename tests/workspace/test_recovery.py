"""What was cut short is finished or undone, in words; what is used is never deleted."""

from __future__ import annotations

import pytest

from mtlsgui.inventory.records import NewKey
from mtlsgui.pki import keys
from mtlsgui.pki.keys import KeyAlgorithm, PrivateKey, key_info, spki_sha256
from mtlsgui.vault.base import VaultLocked
from mtlsgui.vault.codec import encode_private_key
from mtlsgui.vault.custody import new_ref
from mtlsgui.vault.files import exclusive
from mtlsgui.workspace import importing, recovery
from mtlsgui.workspace.vault_access import UNFINISHED_KEYS
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.killed import imported_authority
from tests.workspace.support import (
    PASSPHRASE,
    LocalVaults,
    assert_whole,
    issue_server,
    make_root,
    vault_entries,
)


def pending_key(ws: Workspace, *, stored: bool, key: PrivateKey | None = None) -> int:
    """What a kill in the middle of a deposit leaves, before or after the vault was written."""
    vault, _ = ws.custody.opened()
    key, ref = key or keys.generate(KeyAlgorithm.P256), new_ref()
    info = key_info(key.public_key())
    key_id = ws.inventory.keys.add_pending(
        NewKey(
            spki_sha256=spki_sha256(key.public_key()),
            label=info.label,
            algorithm=info.algorithm,
            bits=info.bits,
            custody="vault",
            name="Half Made",
            vault_kind=vault.kind,
            vault_ref=ref,
        )
    )
    if stored:
        vault.put(ref, encode_private_key(key))
    return key_id


def test_nothing_to_do_opens_no_vault(empty: Workspace) -> None:
    assert recovery.unfinished(empty) == ()
    assert recovery.recover(empty) == recovery.RecoveryReport()
    assert empty.custody.kind is None


@pytest.mark.parametrize("stored", [False, True])
def test_a_key_that_was_never_used_is_removed_and_told_of(ws: Workspace, stored: bool) -> None:
    pending_key(ws, stored=stored)
    assert recovery.unfinished(ws) == (recovery.Leftover("storing", "Half Made"),)
    report = recovery.recover(ws)
    assert report.settled
    assert "“Half Made”" in report.findings[0].sentence
    assert "never used" in report.findings[0].sentence
    assert ws.inventory.journal.page()[0].action == "recovery.key_removed"
    assert ws.inventory.keys.count() == 0
    assert_whole(ws)


def test_a_pending_key_that_something_uses_is_kept(ws: Workspace) -> None:
    certificate, item = imported_authority("Used")
    key_id = pending_key(ws, stored=True, key=item.key)
    importing.run(ws, [certificate])
    assert ws.inventory.keys.certificates_of(key_id)
    report = recovery.recover(ws)
    assert report.settled
    assert "was kept" in report.findings[0].sentence
    assert_whole(ws)


def test_a_used_key_that_never_came_into_the_vault_is_said_to_be_missing(ws: Workspace) -> None:
    certificate, item = imported_authority("Used")
    pending_key(ws, stored=False, key=item.key)
    (certificate_id,) = importing.run(ws, [certificate]).certificates
    report = recovery.recover(ws)
    assert "without a key" in report.findings[0].sentence
    assert ws.inventory.certificates.get(certificate_id).key_id is None
    assert_whole(ws)


def test_importing_a_key_that_was_left_half_stored_keeps_it(ws: Workspace) -> None:
    certificate, item = imported_authority("Imported Again")
    assert item.key is not None
    pending_key(ws, stored=True, key=item.key)
    report = importing.run(ws, [certificate, item])
    assert len(report.keys) == 1
    row = ws.inventory.certificates.get(report.certificates[0])
    assert row.key_id == report.keys[0]
    assert_whole(ws)


def test_a_deletion_that_was_cut_short_is_finished(ws: Workspace) -> None:
    root = make_root(ws)
    assert root.key_id is not None
    ws.inventory.certificates.delete(root.id)
    ws.inventory.keys.mark_deleting(root.key_id)
    report = recovery.recover(ws)
    assert "finished now" in report.findings[0].sentence
    assert ws.inventory.keys.count() == 0
    assert_whole(ws)


def test_a_key_in_use_survives_its_deletion_that_was_cut_short(ws: Workspace) -> None:
    root = make_root(ws)
    assert root.key_id is not None
    ws.inventory.keys.mark_deleting(root.key_id)
    assert recovery.recover(ws).settled
    issue_server(ws, root)
    assert_whole(ws)


def test_a_promotion_that_was_cut_short_is_undone(ws: Workspace) -> None:
    row = issue_server(ws, None)
    assert row.key_id is not None
    vault, _ = ws.custody.opened()
    ref = new_ref()
    ws.inventory.keys.mark_moving(row.key_id, vault.kind, ref)
    vault.put(ref, encode_private_key(ws.custody.private_key(ws.inventory.keys.get(row.key_id))))
    report = recovery.recover(ws)
    assert "held where it was" in report.findings[0].sentence
    assert_whole(ws)


def test_an_announced_promotion_is_done(ws: Workspace) -> None:
    """An import was killed after the certificate and before its key went into the vault, or the
    vault was locked then.
    """
    certificate, item = imported_authority("Key First")
    importing.run(ws, [item])
    ws.custody.lock()
    (certificate_id,) = importing.run(ws, [certificate]).certificates
    key_id = ws.inventory.certificates.get(certificate_id).key_id
    assert key_id is not None
    assert ws.inventory.keys.get(key_id).custody == "sealed"
    assert recovery.unfinished(ws) == (recovery.Leftover("promotion"),)
    with pytest.raises(VaultLocked):
        recovery.recover(ws)
    ws.custody.open(PASSPHRASE)
    assert recovery.recover(ws).settled
    assert ws.inventory.keys.get(key_id).custody == "vault"
    assert_whole(ws)


def test_a_set_up_that_was_cut_short_leaves_no_entry(empty: Workspace, vaults: LocalVaults) -> None:
    keyring, ref = vaults.open_keyring(empty.custody.workspace_id), new_ref()
    empty.inventory.settings.set(UNFINISHED_KEYS, f"{ref} keyring tests.Keyring")
    keyring.put(ref, b"a workspace key")
    assert recovery.unfinished(empty) == (recovery.Leftover("set_up"),)
    assert recovery.recover(empty).settled
    assert keyring.entries() == set()
    assert empty.custody.kind is None


def test_what_a_set_up_left_in_a_lost_keyring_is_remembered(
    empty: Workspace, vaults: LocalVaults
) -> None:
    keyring, ref = vaults.open_keyring(empty.custody.workspace_id), new_ref()
    empty.inventory.settings.set(UNFINISHED_KEYS, f"{ref} keyring tests.Keyring")
    keyring.put(ref, b"a workspace key")
    vaults.has_keyring = False
    empty.custody.set_up("file", PASSPHRASE)
    make_root(empty)
    report = recovery.recover(empty)
    assert not report.settled
    assert keyring.entries() == {ref}
    vaults.has_keyring = True
    assert recovery.recover(empty).settled
    assert keyring.entries() == set()
    assert_whole(empty)


def test_nothing_is_touched_while_another_process_stores_a_key(ws: Workspace) -> None:
    pending_key(ws, stored=True)
    with exclusive(ws.layout.directory / "custody", 0):
        report = recovery.recover(ws)
    assert report == recovery.RecoveryReport(busy=True)
    assert not report.settled
    assert recovery.unfinished(ws) == (recovery.Leftover("storing", "Half Made"),)


def test_a_vault_that_fails_leaves_things_as_they_are_and_says_so(
    empty: Workspace, vaults: LocalVaults
) -> None:
    empty.custody.set_up("keyring")
    pending_key(empty, stored=True)
    before = vault_entries(empty)
    vaults.broken.add("delete")
    report = recovery.recover(empty)
    assert not report.settled
    assert "does not answer" in report.findings[0].sentence
    assert vault_entries(empty) == before
    vaults.broken.clear()
    assert recovery.recover(empty).settled
    assert_whole(empty)


def test_entries_that_no_row_names_are_listed_and_left(ws: Workspace) -> None:
    make_root(ws)
    assert recovery.strays(ws) == ()
    vault, _ = ws.custody.opened()
    ref = new_ref()
    vault.put(ref, b"a key of a later state")
    assert recovery.strays(ws) == (ref,)
    assert_whole(ws, passed_over=[ref])
