"""A whole workspace into one file and out of it again on another machine."""

from __future__ import annotations

import os
import sqlite3
import stat
import tracemalloc
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from mtlsgui.inventory.errors import InventoryDamaged, InventoryError, InventoryTooNew
from mtlsgui.pki import keys
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.profiles import BUILT_IN, copy_of
from mtlsgui.vault.base import VaultLocked, VaultUnavailable, VaultWriteFailed, WrongPassphrase
from mtlsgui.workspace import recovery, restoring
from mtlsgui.workspace.backup import Manifest, backup, backup_if_due
from mtlsgui.workspace.backup_file import (
    FRAME_SIZE,
    HEADER_SIZE,
    BackupDamaged,
    BackupError,
    BackupTooNew,
    BackupTruncated,
    FrameReader,
    FrameWriter,
)
from mtlsgui.workspace.connecting import ConnectionTest
from mtlsgui.workspace.connections import kept
from mtlsgui.workspace.vaults import VaultKind
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.support import (
    CHEAP,
    PASSPHRASE,
    Clock,
    LocalVaults,
    assert_whole,
    issue_server,
    make_root,
)
from tests.workspace.test_recovery import pending_key

SECRET = "a passphrase for backups"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "all.backup"


@pytest.fixture
def other_computer(tmp_path: Path) -> LocalVaults:
    return LocalVaults(tmp_path / "other computer")


def back_up(ws: Workspace, path: Path) -> Manifest:
    return backup(ws, path, SECRET, cost=CHEAP)


def restored(
    path: Path, directory: Path, vaults: LocalVaults, clock: Clock, kind: VaultKind = "keyring"
) -> Workspace:
    """The workspace as it opens on the other machine."""
    restoring.restore(
        path, directory, SECRET, vaults, kind, vault_passphrase="another one", clock=clock
    )
    ws = Workspace.open(directory, vaults, clock=clock, actor="other@there")
    ws.custody.open("another one")
    return ws


@pytest.mark.parametrize("kind", ["keyring", "file"])
def test_everything_comes_back_on_another_machine(
    ws: Workspace, path: Path, other_computer: LocalVaults, clock: Clock, kind: VaultKind
) -> None:
    root = make_root(ws)
    leaf = issue_server(ws, root)
    own = ws.profiles.save(copy_of(BUILT_IN["server"], "Our servers"))
    ws.prefer(replace(ws.preferences, organization="Example"))
    test = kept.keep(ws, "Api", ConnectionTest("api.test", identity_id=leaf.id))
    manifest = back_up(ws, path)
    assert (manifest.certificates, manifest.keys, manifest.missing) == (2, 2, ())
    assert restoring.read_manifest(path, SECRET) == manifest

    with restored(path, path.with_name("there"), other_computer, clock, kind) as there:
        assert there.custody.workspace_id == ws.custody.workspace_id
        assert there.custody.kind == kind
        assert_whole(there)
        assert there.inventory.certificates.der(leaf.id) == ws.inventory.certificates.der(leaf.id)
        assert there.profiles.get(own.id) == own
        assert there.preferences.organization == "Example"
        assert kept.all_kept(there) == [test]
        assert there.inventory.journal.page()[0].action == "workspace.restored"
        assert not (there.layout.directory / "restoring.json").exists()
        new, old = (
            {row.vault_ref for row in each.inventory.keys.all() if row.vault_ref}
            for each in (there, ws)
        )
        assert new
        assert new.isdisjoint(old)
        issue_server(there, there.inventory.certificates.get(root.id), "made-there.test")
        assert_whole(there)
    assert_whole(ws)


def test_beside_the_original_on_one_machine(
    empty: Workspace, path: Path, tmp_path: Path, vaults: LocalVaults, clock: Clock
) -> None:
    """One keyring, the same workspace id: neither touches the other's entries."""
    root = make_root(empty)
    back_up(empty, path)
    mine = vaults.open_keyring(empty.custody.workspace_id).entries()
    with restored(path, tmp_path / "copy", vaults, clock) as copy:
        issue_server(copy, copy.inventory.certificates.get(root.id))
    assert mine < vaults.open_keyring(empty.custody.workspace_id).entries()
    empty.custody.lock()
    issue_server(empty, root)


def test_a_workspace_without_keys(
    empty: Workspace, path: Path, tmp_path: Path, other_computer: LocalVaults, clock: Clock
) -> None:
    back_up(empty, path)
    restoring.restore(path, tmp_path / "there", SECRET, other_computer, "keyring", clock=clock)
    with Workspace.open(tmp_path / "there", other_computer, clock=clock) as there:
        assert there.custody.kind is None
        make_root(there)
        assert_whole(there)


def test_the_file_is_private_and_shows_nothing(ws: Workspace, path: Path) -> None:
    make_root(ws, "Name In The Certificate")
    back_up(ws, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"Name In The Certificate" not in path.read_bytes()
    assert [each.name for each in path.parent.glob(".*")] == []
    assert list((ws.layout.directory / "backups").iterdir()) == []
    assert ws.inventory.journal.page()[0].action == "workspace.backed_up"


def test_no_file_is_overwritten_unasked(ws: Workspace, path: Path) -> None:
    path.write_text("mine")
    with pytest.raises(BackupError, match="of that name already"):
        back_up(ws, path)
    assert path.read_text() == "mine"
    backup(ws, path, SECRET, cost=CHEAP, overwrite=True)
    assert restoring.read_manifest(path, SECRET).certificates == 0


def test_an_empty_passphrase_protects_nothing(ws: Workspace, path: Path) -> None:
    with pytest.raises(VaultLocked):
        backup(ws, path, "")
    assert not path.exists()


def test_a_locked_vault_is_not_left_out_silently(ws: Workspace, path: Path) -> None:
    ws.custody.lock()
    with pytest.raises(VaultLocked):
        back_up(ws, path)
    assert not path.exists()


def test_a_folder_that_is_not_there(ws: Workspace, path: Path) -> None:
    with pytest.raises(BackupError, match="could not be written"):
        back_up(ws, path / "no" / "such")


def test_stopped_on_the_way_nothing_is_left(ws: Workspace, path: Path) -> None:
    def progress(_bytes: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(ws, path, SECRET, cost=CHEAP, progress=progress)
    assert [each.name for each in path.parent.iterdir() if "all.backup" in each.name] == []


def test_what_a_killed_backup_left_is_cleared_away(ws: Workspace, path: Path) -> None:
    (path.parent / f".{path.name}.0123.tmp").write_bytes(b"cut off")
    back_up(ws, path)
    assert list(path.parent.glob(".*.tmp")) == []


def test_keys_that_are_not_here_are_named(
    ws: Workspace, path: Path, tmp_path: Path, other_computer: LocalVaults, clock: Clock
) -> None:
    gone = make_root(ws, "Gone")
    make_root(ws)
    assert gone.key_id is not None
    ref = ws.inventory.keys.get(gone.key_id).vault_ref
    assert ref is not None
    ws.custody.opened()[0].delete(ref)
    assert back_up(ws, path).missing == ("Gone",)
    with restored(path, tmp_path / "there", other_computer, clock) as there:
        issue_server(there, there.inventory.certificates.get(gone.id + 1))


def test_what_was_half_made_is_not_restored(
    ws: Workspace, path: Path, tmp_path: Path, other_computer: LocalVaults, clock: Clock
) -> None:
    make_root(ws)
    pending_key(ws, stored=True)
    back_up(ws, path)
    with restored(path, tmp_path / "there", other_computer, clock) as there:
        assert_whole(there)
        assert there.inventory.keys.count() == 1


# What can be wrong with a file


def test_a_wrong_passphrase_is_told_from_damage(
    ws: Workspace, path: Path, tmp_path: Path, other_computer: LocalVaults
) -> None:
    back_up(ws, path)
    with pytest.raises(WrongPassphrase):
        restoring.restore(path, tmp_path / "there", "guessed", other_computer, "keyring")
    assert not (tmp_path / "there").exists()


def test_every_truncation_shows(
    ws: Workspace, path: Path, tmp_path: Path, other_computer: LocalVaults
) -> None:
    make_root(ws)
    ws.layout.profiles.mkdir()
    (ws.layout.profiles / "large.toml").write_text("# nothing\n" * FRAME_SIZE)
    back_up(ws, path)
    whole = path.read_bytes()
    frame = HEADER_SIZE + 4 + int.from_bytes(whole[HEADER_SIZE : HEADER_SIZE + 4], "big")
    assert frame < len(whole)  # there is more than one, or the next line proves nothing
    for size in (20, HEADER_SIZE - 1, HEADER_SIZE, HEADER_SIZE + 3, frame, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(BackupTruncated):
            restoring.restore(path, tmp_path / "there", SECRET, other_computer, "keyring")
        assert_nothing_restored(tmp_path, other_computer, ws)


def test_every_changed_byte_shows(
    ws: Workspace, path: Path, tmp_path: Path, other_computer: LocalVaults
) -> None:
    make_root(ws)
    back_up(ws, path)
    whole = path.read_bytes()
    # Magic, cost, salt, check, checksum, a frame's length, its content, its tag, the last byte.
    for at in (3, 18, 30, 60, 90, HEADER_SIZE + 1, HEADER_SIZE + 20, len(whole) // 2, -1):
        changed = bytearray(whole)
        changed[at] ^= 0x40
        path.write_bytes(changed)
        with pytest.raises(BackupDamaged):
            restoring.restore(path, tmp_path / "there", SECRET, other_computer, "keyring")
        assert_nothing_restored(tmp_path, other_computer, ws)


def test_something_behind_the_end_shows(
    ws: Workspace, path: Path, tmp_path: Path, other_computer: LocalVaults
) -> None:
    back_up(ws, path)
    path.write_bytes(path.read_bytes() + b"\x00")
    with pytest.raises(BackupDamaged):
        restoring.restore(path, tmp_path / "there", SECRET, other_computer, "keyring")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip file", b"mtlsgui vault\r\n\x1a"])
def test_another_file_is_said_not_to_be_a_backup(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(BackupDamaged, match="not a backup"):
        restoring.read_manifest(path, SECRET)


def test_a_newer_format_asks_for_the_newer_version(ws: Workspace, path: Path) -> None:
    back_up(ws, path)
    newer = bytearray(path.read_bytes())
    newer[17] = 2
    path.write_bytes(newer)
    with pytest.raises(BackupTooNew, match="newer version"):
        restoring.read_manifest(path, SECRET)


def test_a_newer_inventory_inside_is_refused(
    ws: Workspace,
    path: Path,
    tmp_path: Path,
    other_computer: LocalVaults,
) -> None:
    with sqlite3.connect(ws.inventory.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    back_up(ws, path)
    with pytest.raises(InventoryTooNew):
        restoring.restore(path, tmp_path / "there", SECRET, other_computer, "keyring")
    assert not (tmp_path / "there").exists()


@pytest.mark.parametrize("where", ["nowhere", "."])
def test_what_is_no_file_at_all(tmp_path: Path, where: str) -> None:
    with pytest.raises(BackupError, match="cannot be read"):
        restoring.read_manifest(tmp_path / where, SECRET)


def test_a_backup_writes_nothing_outside_the_folder_of_profiles(
    ws: Workspace, path: Path, tmp_path: Path, other_computer: LocalVaults
) -> None:
    back_up(ws, path)
    names = ("../up.toml", "..\\up.toml", "C:up.toml", "a/b.toml", "..", "", "a.exe", "own.toml")
    stream = BytesIO()
    writer = FrameWriter(stream, SECRET, CHEAP)
    with path.open("rb") as file:
        for member in FrameReader(file, SECRET).members():
            writer.add(member.name, member.size, BytesIO(member.content(FRAME_SIZE * 100)))
    for name in names:
        writer.add(f"profiles/{name}", 0, BytesIO())
    writer.finish()
    path.write_bytes(stream.getvalue())
    restoring.restore(path, tmp_path / "there", SECRET, other_computer, "keyring")
    assert [each.name for each in (tmp_path / "there" / "profiles").iterdir()] == ["own.toml"]
    assert not list(tmp_path.rglob("*up.toml"))


def test_frames_in_another_order_show(path: Path) -> None:
    stream = BytesIO()
    writer = FrameWriter(stream, SECRET, CHEAP)
    content = os.urandom(FRAME_SIZE * 3)
    writer.add("content", len(content), BytesIO(content))
    writer.finish()
    data = stream.getvalue()
    size = 4 + FRAME_SIZE + 16
    first, second = (data[HEADER_SIZE + n * size : HEADER_SIZE + (n + 1) * size] for n in (0, 1))
    rest = data[HEADER_SIZE + 2 * size :]
    for order in (second + first + rest, first + first + rest, first + rest, second + rest):
        with pytest.raises(BackupDamaged):
            FrameReader(BytesIO(data[:HEADER_SIZE] + order), SECRET).check_rest()
    FrameReader(BytesIO(data), SECRET).check_rest()


@pytest.mark.parametrize("size", [0, 1, FRAME_SIZE - 1, FRAME_SIZE, FRAME_SIZE + 1])
def test_members_of_any_size(size: int) -> None:
    stream = BytesIO()
    writer = FrameWriter(stream, SECRET, CHEAP)
    contents = {"first": os.urandom(size), "näxt": b"", "last": os.urandom(size)}
    for name, content in contents.items():
        writer.add(name, len(content), BytesIO(content))
    writer.finish()
    stream.seek(0)
    reader = FrameReader(stream, SECRET)
    assert {member.name: member.content(size) for member in reader.members()} == contents


def test_a_large_inventory_takes_little_memory(tmp_path: Path) -> None:
    size = 64 * 1024 * 1024
    source, target = tmp_path / "source", tmp_path / "target"
    with source.open("wb") as file:
        file.truncate(size)
    tracemalloc.start()
    try:
        with source.open("rb") as content, target.open("w+b") as file:
            writer = FrameWriter(file, SECRET, CHEAP)
            writer.add("large", size, content)
            writer.finish()
            file.seek(0)
            reader = FrameReader(file, SECRET)
            for member in reader.members():
                assert sum(len(chunk) for chunk in member.chunks()) == size
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20 * FRAME_SIZE


# Putting it in place


def assert_nothing_restored(tmp_path: Path, vaults: LocalVaults, ws: Workspace) -> None:
    assert not (tmp_path / "there").exists()
    assert not (tmp_path / ".there.restoring").exists()
    assert vaults.open_keyring(ws.custody.workspace_id).entries() == set()


def test_never_over_a_workspace(
    ws: Workspace, path: Path, vaults: LocalVaults, tmp_path: Path, clock: Clock
) -> None:
    root = make_root(ws)
    back_up(ws, path)
    with pytest.raises(BackupError, match="not empty"):
        restoring.restore(path, ws.layout.directory, SECRET, vaults, "keyring")
    issue_server(ws, root)
    assert_whole(ws)
    (tmp_path / "there").mkdir()  # an empty folder is fine
    restored(path, tmp_path / "there", vaults, clock).close()


def test_a_keyring_that_fails_leaves_nothing(
    ws: Workspace, path: Path, tmp_path: Path, other_computer: LocalVaults, clock: Clock
) -> None:
    make_root(ws)
    back_up(ws, path)
    other_computer.broken.add("get")
    with pytest.raises(VaultWriteFailed):
        restoring.restore(path, tmp_path / "there", SECRET, other_computer, "keyring", clock=clock)
    other_computer.broken.clear()
    assert_nothing_restored(tmp_path, other_computer, ws)
    other_computer.has_keyring = False
    with pytest.raises(VaultUnavailable):
        restoring.restore(path, tmp_path / "there", SECRET, other_computer, "keyring", clock=clock)
    assert not (tmp_path / ".there.restoring").exists()


def test_what_a_killed_restore_left_in_the_keyring_is_taken_away(
    ws: Workspace, path: Path, tmp_path: Path, other_computer: LocalVaults, clock: Clock
) -> None:
    make_root(ws)
    back_up(ws, path)

    other_computer.broken |= {"get", "delete"}  # so that cleaning up fails as if it were killed
    with pytest.raises(VaultWriteFailed):
        restoring.restore(path, tmp_path / "there", SECRET, other_computer, "keyring", clock=clock)
    other_computer.broken.clear()
    keyring = other_computer.open_keyring(ws.custody.workspace_id)
    assert len(keyring.entries()) == 1
    with restored(path, tmp_path / "there", other_computer, clock) as there:
        assert_whole(there)  # counts the keyring's entries too
    assert not (tmp_path / ".there.restoring").exists()


def test_stopped_on_the_way_nothing_is_restored(
    ws: Workspace, path: Path, tmp_path: Path, other_computer: LocalVaults, clock: Clock
) -> None:
    make_root(ws)
    back_up(ws, path)

    def progress(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restoring.restore(
            path, tmp_path / "there", SECRET, other_computer, "keyring", progress=progress
        )
    assert_nothing_restored(tmp_path, other_computer, ws)


def test_a_key_that_is_not_the_certificates_own_is_refused(
    ws: Workspace,
    path: Path,
    tmp_path: Path,
    other_computer: LocalVaults,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The encryption keeps others from making such a file; a fault of ours could."""
    from mtlsgui.workspace.backup import Secrets

    first, second = make_root(ws), make_root(ws, "Second")
    assert first.key_id is not None
    assert second.key_id is not None
    spki = ws.inventory.keys.get(first.key_id).spki_sha256
    other = ws.inventory.keys.get(second.key_id).spki_sha256
    honest = Secrets.to_json

    def swapped(self: Secrets) -> bytes:
        return honest(Secrets(self.workspace_key, {**self.keys, spki: self.keys[other]}))

    monkeypatch.setattr(Secrets, "to_json", swapped)
    back_up(ws, path)
    with pytest.raises(BackupDamaged, match="cannot be used"):
        restoring.restore(path, tmp_path / "there", SECRET, other_computer, "keyring")
    assert_nothing_restored(tmp_path, other_computer, ws)


def test_secrets_do_not_show() -> None:
    from mtlsgui.workspace.backup import Secrets

    assert "hidden" not in repr(Secrets(b"hidden", {"spki": b"hidden"}))


# A damaged inventory


def damage(path: Path) -> None:
    """Overwrite the middle of the database, log and all."""
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    data = bytearray(path.read_bytes())
    data[4096:-4096] = os.urandom(len(data) - 8192)
    path.write_bytes(data)


def test_the_last_backup_is_offered_and_put_back(
    ws: Workspace, vaults: LocalVaults, clock: Clock
) -> None:
    root = make_root(ws)
    copy = backup_if_due(ws)
    assert copy is not None
    make_root(ws, "Made Later")
    ws.close()
    damage(ws.layout.inventory)
    with pytest.raises(InventoryDamaged) as caught:
        Workspace.open(ws.layout.directory, vaults)
    assert caught.value.last_backup == restoring.last_backup(ws.layout.directory) == copy

    put_back = restoring.put_back_last_backup(ws.layout.directory, clock=clock, actor="me@here")
    assert put_back.backup == copy
    assert put_back.kept_aside is not None
    assert put_back.kept_aside.exists()
    with Workspace.open(ws.layout.directory, vaults, clock=clock) as again:
        again.custody.open(PASSPHRASE)
        issue_server(again, again.inventory.certificates.get(root.id))
        assert again.inventory.journal.page(limit=2)[1].action == "inventory.put_back"
        (stray,) = recovery.strays(again)  # the key of what was made later is still there
        assert_whole(again, passed_over=[stray])


def test_a_damaged_backup_is_passed_over_for_an_older_one(
    ws: Workspace, clock: Clock, vaults: LocalVaults
) -> None:
    make_root(ws)
    older = ws.inventory.make_backup()
    clock.advance(hours=1)
    newer = ws.inventory.make_backup()
    ws.close()
    damage(newer)
    assert restoring.put_back_last_backup(ws.layout.directory, clock=clock).backup == older


def test_without_a_backup_nothing_is_touched(ws: Workspace) -> None:
    make_root(ws)
    ws.close()
    before = ws.layout.inventory.read_bytes()
    assert restoring.last_backup(ws.layout.directory) is None
    with pytest.raises(InventoryError, match="no backup of the inventory"):
        restoring.put_back_last_backup(ws.layout.directory)
    assert ws.layout.inventory.read_bytes() == before


def test_copies_of_the_inventory_are_made_once_a_day(ws: Workspace, clock: Clock) -> None:
    first = backup_if_due(ws)
    assert first is not None
    os.utime(first, (clock().timestamp(), clock().timestamp()))
    assert backup_if_due(ws) is None
    clock.advance(days=-30)  # a clock that was set back does not stop them
    assert backup_if_due(ws) is not None


def test_no_copy_shows_a_key_on_its_way(ws: Workspace, clock: Clock, vaults: LocalVaults) -> None:
    """Put back, it would have the key of an authority that was made since taken for half made."""
    key = keys.generate(KeyAlgorithm.P256)
    with Workspace.open(ws.layout.directory, vaults, clock=clock, actor="other@here") as other:
        with ws.custody.deposit(key, "Root") as key_id:
            assert backup_if_due(other) is None
            ws.inventory.keys.mark_held(key_id)
        assert backup_if_due(other) is not None
