"""Workspaces for tests: real ones, on a real file vault whose scrypt is cheap."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence, Set
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from mtlsgui.inventory.records import CertificateRow, KeyState
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.vault.base import Vault, VaultUnavailable
from mtlsgui.vault.file_vault import FileVault
from mtlsgui.vault.vault_file import ScryptCost
from mtlsgui.workspace import authorities, issuing
from mtlsgui.workspace.drafts import AuthorityDraft, CertificateDraft
from mtlsgui.workspace.workspace import Workspace

CHEAP = ScryptCost(14)
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PASSPHRASE = "correct horse battery staple"
KEYRING_PASSWORD = "the session's own"


class Clock:
    """A clock that tests set; it goes on by itself only when told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **parts: float) -> None:
        self.now += timedelta(**parts)


class CheapFileVault(FileVault):
    """The real file vault, with the least scrypt that it takes."""

    @classmethod
    def create(cls, path: Path, passphrase: str | bytes, *, cost: ScryptCost | None = None) -> Self:
        return super().create(path, passphrase, cost=cost or CHEAP)

    def change_passphrase(
        self, old: str | bytes, new: str | bytes, *, cost: ScryptCost | None = None
    ) -> None:
        super().change_passphrase(old, new, cost=cost or CHEAP)


class KeyringInAFile:
    """Behaves as an OS keyring does, entries of all workspaces in one place; kept in a file so
    that it outlives a process, and so that a test can count its entries.
    """

    kind = "keyring"
    label = "Test Keyring"

    def __init__(self, path: Path, workspace_id: str, broken: Set[str] = frozenset()) -> None:
        self._broken = broken
        if path.exists():
            self._vault = CheapFileVault.open(path, KEYRING_PASSWORD)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._vault = CheapFileVault.create(path, KEYRING_PASSWORD)
        self._prefix = f"{workspace_id}."

    def put(self, ref: str, secret: bytes) -> None:
        self._may("put")
        self._vault.put(self._prefix + ref, secret)

    def get(self, ref: str) -> bytes:
        self._may("get")
        return self._vault.get(self._prefix + ref)

    def delete(self, ref: str) -> None:
        self._may("delete")
        self._vault.delete(self._prefix + ref)

    def _may(self, operation: str) -> None:
        if operation in self._broken:
            raise VaultUnavailable("The keyring does not answer.", "", "Start it again.")

    def entries(self) -> set[str]:
        """The references of this workspace's entries."""
        return {
            ref.removeprefix(self._prefix)
            for ref in self._vault.refs()
            if ref.startswith(self._prefix)
        }


class LocalVaults:
    """`Vaults` in a folder of the test's own.

    has_keyring: whether this computer has one. broken: what its keyring fails at now, of "put",
        "get" and "delete".
    """

    def __init__(self, computer: Path, *, has_keyring: bool = True) -> None:
        self.computer = computer
        self.has_keyring = has_keyring
        self.broken: set[str] = set()

    def keyring(self, workspace_id: str, backend: str | None) -> tuple[Vault, str]:
        if not self.has_keyring or backend not in (None, "tests.Keyring"):
            raise VaultUnavailable(
                "No keyring was found on this computer.",
                "The test took it away.",
                "Hold the keys in a passphrase-protected file instead.",
            )
        return self.open_keyring(workspace_id), "tests.Keyring"

    def create_file(self, path: Path, passphrase: str) -> Vault:
        return CheapFileVault.create(path, passphrase)

    def open_file(self, path: Path, passphrase: str) -> Vault:
        return CheapFileVault.open(path, passphrase)

    def open_keyring(self, workspace_id: str) -> KeyringInAFile:
        """The keyring itself, for tests to look into."""
        return KeyringInAFile(self.computer / "keyring.bin", workspace_id, self.broken)


def make_root(ws: Workspace, name: str = "Test Root", **changes: object) -> CertificateRow:
    """A root with a P-256 key."""
    return authorities.create(ws, authority_draft(name, **changes))


def authority_draft(name: str, **changes: object) -> AuthorityDraft:
    draft = AuthorityDraft(subject=Subject(common_name=name), algorithm=KeyAlgorithm.P256)
    for field, value in changes.items():
        setattr(draft, field, value)
    return draft


def server_draft(issuer: CertificateRow | None, names: str = "web.test") -> CertificateDraft:
    return CertificateDraft(
        profile=BUILT_IN["server"], issuer_id=issuer.id if issuer else None, names_text=names
    )


def issue_server(
    ws: Workspace, issuer: CertificateRow | None, names: str = "web.test"
) -> CertificateRow:
    return issuing.issue(ws, server_draft(issuer, names))


def vault_entries(ws: Workspace) -> set[str]:
    """The references of all entries in the vault in use."""
    vault, _ = ws.custody.opened()
    if isinstance(vault, FileVault):
        return set(vault.refs())
    assert isinstance(vault, KeyringInAFile)
    return vault.entries()


def assert_whole(ws: Workspace, passed_over: Sequence[str] = ()) -> None:
    """Nothing is half made: database, journal, rows, sealed keys and vault entries agree.

    passed_over: vault references that a test put there itself.
    """
    with closing(sqlite3.connect(ws.inventory.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert ws.inventory.journal.verify().verified
    named = {ws.inventory.settings.get("workspace_key_ref")} - {None}
    for row in ws.inventory.keys.all():
        assert row.state is KeyState.HELD
        assert row.new_vault_ref is None
        ws.custody.private_key(row)  # raises where it is not there, or not the right one
        if row.vault_ref is not None:
            assert row.vault_kind == ws.custody.kind
            named.add(row.vault_ref)
    if ws.custody.kind is not None:
        assert vault_entries(ws) - set(passed_over) == named
    assert not [name for name in ws.inventory.settings.all() if name.startswith("unfinished")]
