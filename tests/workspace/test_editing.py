"""Notes, and taking certificates out; profiles and preferences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mtlsgui.errors import MtlsguiError
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.profiles import BUILT_IN, ProfileError, copy_of
from mtlsgui.vault.base import VaultLocked, VaultUnavailable
from mtlsgui.workspace import editing, issuing, recovery, requesting
from mtlsgui.workspace.drafts import RequestDraft
from mtlsgui.workspace.preferences import Preferences
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.support import (
    LocalVaults,
    assert_whole,
    issue_server,
    make_root,
    server_draft,
    vault_entries,
)


def test_names_notes_tags_and_colours(ws: Workspace) -> None:
    root = make_root(ws)
    editing.rename(ws, root.id, " My root ")
    editing.annotate(ws, root.id, "Keep.\nWell.")
    editing.tag(ws, [root.id], ["lab", " lab ", "", "prod"])
    editing.color(ws, [root.id], "green")
    row = ws.inventory.certificates.get(root.id)
    assert (row.name, row.notes, row.tags, row.color) == (
        "My root",
        "Keep.\nWell.",
        ("lab", "prod"),
        "green",
    )
    editing.rename(ws, root.id, "")
    editing.color(ws, [root.id], None)
    row = ws.inventory.certificates.get(root.id)
    assert (row.name, row.color) == ("Test Root", None)
    with pytest.raises(ValueError, match="no such colour"):
        editing.color(ws, [root.id], "mauve")
    assert ws.inventory.journal.verify().verified


def test_what_goes_with_it_is_said_and_then_done(ws: Workspace) -> None:
    root = make_root(ws)
    below = make_root(ws, "Below", parent_id=root.id, days=500)
    leaf = issue_server(ws, below)
    stays = issue_server(ws, below, "stays.test")
    said = editing.consequences(ws, [below.id, leaf.id])
    assert ([row.name for row in said.certificates], said.orphaned, said.keys) == (
        ["Below", "web.test"],
        1,
        ("Below", "web.test"),
    )
    editing.delete(ws, [below.id, leaf.id], with_keys=True)
    assert ws.inventory.certificates.get(stays.id).issuer_id is None
    assert ws.inventory.keys.count() == 2
    assert len(vault_entries(ws)) == 2  # the root's and the workspace's
    deleted = [line for line in ws.inventory.journal.page() if line.action.endswith(".deleted")]
    assert sorted(line.object_name for line in deleted) == [
        "Below",
        "Below",
        "web.test",
        "web.test",
    ]
    assert ws.inventory.settings.get(f"addresses:{below.id}") is None
    assert_whole(ws)
    with pytest.raises(MtlsguiError, match="nothing to delete"):
        editing.delete(ws, [below.id], with_keys=True)


def test_without_its_key_the_key_stays(ws: Workspace) -> None:
    root = make_root(ws)
    editing.delete(ws, [root.id], with_keys=False)
    assert ws.inventory.keys.count() == 1
    assert_whole(ws)


def test_a_key_that_another_certificate_uses_stays(ws: Workspace) -> None:
    first = issue_server(ws, None)
    draft = server_draft(None, "again.test")
    draft.held_key_id = first.key_id
    second = issuing.issue(ws, draft)
    assert editing.consequences(ws, [first.id]).keys == ()
    editing.delete(ws, [first.id], with_keys=True)
    assert ws.inventory.certificates.get(second.id).key_id == first.key_id
    assert_whole(ws)


def test_a_key_that_a_request_waits_with_stays(ws: Workspace) -> None:
    leaf = issue_server(ws, None)
    requesting.create(ws, RequestDraft(names_text="renewed.test", held_key_id=leaf.key_id))
    assert editing.consequences(ws, [leaf.id]).keys == ()
    editing.delete(ws, [leaf.id], with_keys=True)
    assert ws.inventory.keys.count() == 1
    assert_whole(ws)


def test_sealed_keys_need_no_open_vault_to_be_deleted(ws: Workspace) -> None:
    root, leaf = make_root(ws), issue_server(ws, None)
    ws.custody.lock()
    editing.delete(ws, [leaf.id], with_keys=True)
    with pytest.raises(VaultLocked):
        editing.delete(ws, [root.id], with_keys=True)
    assert ws.inventory.certificates.get(root.id).key_id == root.key_id


def test_a_vault_that_fails_while_a_key_is_deleted(empty: Workspace, vaults: LocalVaults) -> None:
    root = make_root(empty)
    vaults.broken.add("delete")
    with pytest.raises(VaultUnavailable):
        editing.delete(empty, [root.id], with_keys=True)
    assert recovery.unfinished(empty) == (recovery.Leftover("deleting", "Test Root"),)
    vaults.broken.clear()
    assert recovery.recover(empty).settled
    assert_whole(empty)


# Profiles


def test_a_profile_of_ones_own(ws: Workspace) -> None:
    own = ws.profiles.save(copy_of(BUILT_IN["server"], "Our servers"))
    assert ws.profiles.get("our-servers") == own
    with pytest.raises(ProfileError, match="already"):
        ws.profiles.save(own)
    ws.profiles.save(replace(own, days=30), replacing=own.id)
    assert ws.profiles.get(own.id).days == 30
    renamed = replace(own, id="renamed", name="Renamed")
    ws.profiles.save(renamed, replacing=own.id)
    assert [profile.id for profile in ws.profiles.all() if not profile.built_in] == ["renamed"]
    ws.profiles.delete("renamed")
    ws.profiles.delete("renamed")
    with pytest.raises(ProfileError, match="no profile"):
        ws.profiles.get("renamed")


def test_built_in_profiles_stay_as_they_are(ws: Workspace) -> None:
    with pytest.raises(ProfileError, match="built in"):
        ws.profiles.save(replace(BUILT_IN["server"], days=1))
    with pytest.raises(ProfileError):
        ws.profiles.delete("server")


@pytest.mark.parametrize("typed", ["../preferences", "/etc/passwd", "profiles/../x"])
def test_a_profile_lies_in_its_folder_only(ws: Workspace, typed: str) -> None:
    ws.prefer(Preferences())
    with pytest.raises(ProfileError):
        ws.profiles.delete(typed)
    assert ws.layout.preferences.exists()


def test_a_profile_that_cannot_be_read_is_named_and_passed_over(ws: Workspace) -> None:
    own = ws.profiles.save(copy_of(BUILT_IN["server"], "Our servers"))
    (ws.layout.profiles / "broken.toml").write_text("= nothing", "utf-8")
    (ws.layout.profiles / "binary.toml").write_bytes(b"\xff\xfe")
    (ws.layout.profiles / "renamed.toml").write_text(
        (ws.layout.profiles / f"{own.id}.toml").read_text("utf-8"), "utf-8"
    )
    assert own in ws.profiles.all()
    named = " ".join(error.title for error in ws.profiles.unreadable())
    assert all(name in named for name in ("broken.toml", "binary.toml", "renamed.toml"))


# Preferences


def test_preferences_are_kept(ws: Workspace, vaults: LocalVaults) -> None:
    assert ws.preferences == Preferences()
    wanted = Preferences(theme="dark", leaf_days=30, leaf_key=KeyAlgorithm.ED25519, warn_days=7)
    ws.prefer(wanted)
    assert ws.preferences.warn.end_entity_days == 7
    with Workspace.open(ws.layout.directory, vaults) as again:
        assert again.preferences == wanted


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("theme = 'pink'", "theme"),
        ("leaf_days = 0", "leaf_days"),
        ("leaf_days = true", "leaf_days"),
        ("leaf_days = '90'", "leaf_days"),
        ("leaf_key = 'rot13'", "leaf_key"),
        ("theme =", "preferences.toml"),
    ],
)
def test_a_fault_in_the_preferences_is_named(ws: Workspace, text: str, named: str) -> None:
    ws.layout.preferences.write_text(text, "utf-8")
    with pytest.raises(MtlsguiError) as caught:
        _ = ws.preferences
    assert named in caught.value.detail


def test_what_a_newer_version_prefers_is_passed_over(ws: Workspace) -> None:
    ws.layout.preferences.write_text("hologram = true\nleaf_days = 5", "utf-8")
    assert ws.preferences == Preferences(leaf_days=5)


def test_a_workspace_is_private(ws: Workspace) -> None:
    make_root(ws)
    ws.prefer(Preferences())

    def open_to_others(path: Path) -> bool:
        return bool(path.stat().st_mode & 0o077)

    assert not open_to_others(ws.layout.directory)
    for path in (ws.layout.inventory, ws.layout.vault):
        assert not open_to_others(path)
