"""The vault that a workspace uses: chosen, opened, locked, and named by the inventory.

An entry is written down in the inventory's settings before it is put into a vault, so that nothing
is left in one unknown to us; `recovery` takes away what was cut short.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.inventory import Inventory
from mtlsgui.inventory.records import NewJournalEntry
from mtlsgui.vault import sealing
from mtlsgui.vault.base import Vault, VaultEntryMissing, VaultError, VaultLocked
from mtlsgui.vault.custody import new_ref
from mtlsgui.vault.files import exclusive
from mtlsgui.vault.keyring_errors import OR_FILE_VAULT
from mtlsgui.workspace.paths import Layout
from mtlsgui.workspace.vaults import PassphraseVault, VaultKind, Vaults

UNFINISHED_KEYS = "unfinished_workspace_keys"
"""The setting that names workspace keys on their way into a vault: lines of "REF KIND BACKEND"."""

_FILE_LABEL = "a passphrase-protected file"
_PATIENCE = 120.0  # seconds: as long as a person may look at the keyring's prompt


class KeyNotHere(MtlsguiError):
    """A private key that the workspace does not hold, or that this computer's keyring lacks."""


class CustodyBusy(VaultError):
    """Another process is changing this workspace's keys."""


class VaultAccess:
    """The way to a workspace's vault. Methods that touch it may block on the system's prompts."""

    def __init__(
        self,
        inventory: Inventory,
        layout: Layout,
        vaults: Vaults,
        workspace_id: str,
        actor: str,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self.vaults = vaults
        self.workspace_id = workspace_id
        self._inventory = inventory
        self._layout = layout
        self._actor = actor
        self._clock = clock
        self._opening = threading.RLock()
        self._vault: Vault | None = None
        self._workspace_key: bytes | None = None
        self._workspace_key_ref: str | None = None

    # What is known without touching a vault

    @property
    def kind(self) -> VaultKind | None:
        """The kind of vault in use; None until the first key is made."""
        kind = self._inventory.settings.get("vault_kind")
        return "keyring" if kind == "keyring" else "file" if kind == "file" else None

    @property
    def label(self) -> str:
        """The vault's own name for people; empty until there is one."""
        return self._inventory.settings.get("vault_label") or ""

    @property
    def is_locked(self) -> bool:
        """Whether a passphrase must be given before keys can be used."""
        return self.kind == "file" and (self._vault is None or _locked(self._vault))

    # Opening

    def set_up(self, kind: VaultKind, passphrase: str | None = None) -> None:
        """Choose where this workspace's keys are held. Done once; `moving` changes it later.

        Raises VaultError where that vault cannot be used; then nothing is chosen.
        """
        with self._opening, self.changing():
            if self.kind is not None:
                raise VaultError(
                    "This workspace has a vault already.",
                    f"Its keys are held in {self.label}.",
                    "Use “Move keys” in Preferences to change that.",
                )
            self._set_up(kind, passphrase)

    def open(self, passphrase: str | None = None) -> None:
        """Make the vault usable: the first use of a workspace sets the OS keyring up.

        passphrase: for a passphrase-protected vault; not needed again until `lock`.
        Raises VaultLocked where a passphrase is needed, VaultError where the vault cannot be used.
        """
        with self._opening:
            if self._is_stale():
                self.lock()
            if self._vault is not None:
                return
            kind = self.kind
            if kind is None:
                with self.changing():
                    kind = self.kind  # another process may have been quicker
                    if kind is None:
                        self._set_up("keyring", None)
                        return
            self._open(kind, passphrase)

    def lock(self) -> None:
        """Forget the workspace key, and the passphrase with it."""
        with self._opening:
            self._vault = None
            self._workspace_key = None
            self._workspace_key_ref = None

    def change_passphrase(self, old: str, new: str) -> None:
        """Protect the vault's file by another passphrase from now on.

        Raises WrongPassphrase for `old`, VaultError where the keys are not held in a file.
        """
        if not new:
            raise _no_passphrase()
        with self._opening:
            if self.kind == "file":
                self.open(old)
            if not isinstance(self._vault, PassphraseVault):
                raise VaultError(
                    "There is no passphrase to change.",
                    f"This workspace's keys are held in {self.label}."
                    if self.kind
                    else "This workspace has no keys yet.",
                )
            with self.changing():
                self._vault.change_passphrase(old, new)
                self._journal("vault.passphrase_changed", "vault")

    def opened(self) -> tuple[Vault, bytes]:
        """The vault in use and the workspace key. Raises what `open` raises."""
        with self._opening:
            self.open()
            if self._vault is None or self._workspace_key is None:
                raise AssertionError("an opened vault has a workspace key")
            return self._vault, self._workspace_key

    def new_vault(self, kind: VaultKind, passphrase: str | None) -> tuple[Vault, str]:
        """A vault that is not in use yet, and the name its keyring is found by again.

        Call it under `changing`. Raises VaultError where there can be none.
        """
        if kind == "keyring":
            return self.vaults.keyring(self.workspace_id, None)
        if not passphrase:
            raise _no_passphrase()
        self.set_aside_file()
        return self.vaults.create_file(self._layout.vault, passphrase), ""

    def set_aside_file(self) -> Path | None:
        """Rename a vault's file that nothing uses; where it lies now, None where there is none.

        Such a file is what a cut-off `set_up` or move leaves, or belongs to a newer state than
        an inventory that was put back: it is never deleted, and never in the way.
        """
        path = self._layout.vault
        if self.kind == "file":
            raise AssertionError("the vault's file is in use")
        if not path.exists():
            return None
        stem = f"{path.name}.unused-{self._clock():%Y%m%dT%H%M%SZ}"
        aside, number = path.with_name(stem), 2
        while aside.exists():
            aside, number = path.with_name(f"{stem}-{number}"), number + 1
        try:
            path.rename(aside)
        except OSError as error:
            raise VaultError(
                "A vault file that is not in use cannot be put aside.",
                f"{path}: {error.strerror}.",
                "Move it out of the workspace's folder.",
            ) from error
        self._journal("vault.set_aside", "vault", file=aside.name)
        return aside

    def adopt(self, vault: Vault, kind: VaultKind, backend: str, workspace_key_ref: str) -> None:
        """Say in the settings that `vault` is the one in use, in the caller's transaction."""
        settings = self._inventory.settings
        settings.set("vault_kind", kind)
        settings.set("vault_label", vault.label if kind == "keyring" else _FILE_LABEL)
        settings.set("vault_backend", backend)
        settings.set("workspace_key_ref", workspace_key_ref)

    def use(self, vault: Vault, workspace_key: bytes) -> None:
        """Go on with an open vault, once the inventory names it."""
        with self._opening:
            self._workspace_key_ref = self._inventory.settings.get("workspace_key_ref")
            self._vault, self._workspace_key = vault, workspace_key

    def clear_unfinished_keys(self) -> list[str]:
        """Delete workspace keys that a cut-off `set_up` left; those that could not be reached.

        Call it under `changing`. They were never used: `set_up` names them before it writes them.
        """
        settings, kept = self._inventory.settings, []
        for line in (settings.get(UNFINISHED_KEYS) or "").splitlines():
            ref, kind, backend = line.split(" ")
            try:
                # A file left by `set_up` is put aside as a whole when the next vault is made.
                if kind == "keyring":
                    self.vaults.keyring(self.workspace_id, backend or None)[0].delete(ref)
            except VaultError:
                kept.append(line)
        if kept:
            settings.set(UNFINISHED_KEYS, "\n".join(kept))
        else:
            settings.remove(UNFINISHED_KEYS)
        return kept

    def _is_stale(self) -> bool:
        """Whether another process moved the keys, or changed the passphrase, meanwhile."""
        return self._vault is not None and (
            _locked(self._vault)
            or self._inventory.settings.get("workspace_key_ref") != self._workspace_key_ref
        )

    def _open(self, kind: VaultKind, passphrase: str | None) -> None:
        if kind == "keyring":
            backend = self._inventory.settings.get("vault_backend")
            try:
                vault, _ = self.vaults.keyring(self.workspace_id, backend)
            except VaultError as error:
                # The keys are in that keyring: a file is no way to them.
                error.remedy = error.remedy.replace(f", {OR_FILE_VAULT}", ".")
                raise
        elif passphrase is None:
            raise VaultLocked(
                "The vault is locked.",
                "Its passphrase is needed to use private keys.",
                "Give the passphrase.",
            )
        else:
            vault = self.vaults.open_file(self._layout.vault, passphrase)
        self.use(vault, self._read_workspace_key(vault))

    def _set_up(self, kind: VaultKind, passphrase: str | None) -> None:
        """Make a vault, put a workspace key into it and make it this workspace's."""
        settings = self._inventory.settings
        left = self.clear_unfinished_keys()
        vault, backend = self.new_vault(kind, passphrase)
        key, ref = sealing.new_workspace_key(), new_ref()
        settings.set(UNFINISHED_KEYS, "\n".join([*left, f"{ref} {kind} {backend}"]))
        try:
            vault.put(ref, key)
            with self._inventory.transaction():
                self.adopt(vault, kind, backend, ref)
                if left:
                    settings.set(UNFINISHED_KEYS, "\n".join(left))
                else:
                    settings.remove(UNFINISHED_KEYS)
                self._journal("vault.set_up", "vault", vault=vault.label)
        except BaseException:
            with suppress(MtlsguiError):  # what cannot be undone now is left for `recovery`
                self.clear_unfinished_keys()
            raise
        self.use(vault, key)

    def _read_workspace_key(self, vault: Vault) -> bytes:
        ref = self._inventory.settings.get("workspace_key_ref")
        if ref is None:
            raise VaultError("The workspace has no key of its own.", "", "Restore a backup.")
        try:
            return vault.get(ref)
        except VaultEntryMissing as error:
            raise KeyNotHere(
                "This workspace's keys are held on another computer.",
                f"{vault.label} here has no entry for this workspace. {error.detail}".strip(),
                "Restore a backup of the workspace here, or open it where it was made.",
            ) from None

    @contextmanager
    def changing(self, patience: float = _PATIENCE) -> Iterator[None]:
        """Held while vault entries and their rows are written, so that no other process takes
        what is on its way for something left behind.

        patience: seconds. Raises CustodyBusy where another holds it for longer, VaultError where
        the folder cannot be written. Take it before a transaction, never inside one.
        """
        held = exclusive(self._layout.directory / "custody", patience)
        try:
            held.__enter__()
        except TimeoutError:
            raise CustodyBusy(
                "Another mtlsgui is changing this workspace's keys.",
                "It may be waiting for an answer to the keyring's question.",
                "Answer the question there, then try again.",
            ) from None
        except OSError as error:
            raise VaultError(
                "The workspace's folder cannot be written.",
                f"{self._layout.directory}: {error.strerror}.",
                "Check its permissions and the free space, then try again.",
            ) from error
        try:
            yield
        finally:
            held.__exit__(None, None, None)

    def _journal(
        self, action: str, kind: str, object_id: int | None = None, name: str = "", **details: str
    ) -> None:
        self._inventory.journal.append(
            NewJournalEntry(self._actor, action, kind, object_id, name, details)
        )


def _locked(vault: Vault) -> bool:
    return isinstance(vault, PassphraseVault) and vault.locked


def _no_passphrase() -> VaultLocked:
    return VaultLocked(
        "A passphrase is needed.",
        "A vault in a file is protected by nothing else.",
        "Give a passphrase that is hard to guess, and keep it safe.",
    )
