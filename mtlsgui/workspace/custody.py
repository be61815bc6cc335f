"""Where private keys are held, and how they get there without ever being lost.

An authority's key is an entry of its own in the vault. Every other key is encrypted in the
inventory under the workspace key, which is an entry in the same vault.

The order of writing is what keeps a kill at any moment harmless: a row that says "pending" is
committed, then the vault is written and read back, then one transaction makes the row "held"
together with what uses it. `recovery` finishes or undoes what was cut short.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.inventory import Inventory
from mtlsgui.inventory.records import KeyRow, KeyState, NewJournalEntry, NewKey
from mtlsgui.pki.keys import PrivateKey, key_info, spki_sha256
from mtlsgui.vault import sealing
from mtlsgui.vault.base import Vault, VaultEntryMissing, VaultError, VaultLocked
from mtlsgui.vault.codec import decode_private_key, encode_private_key
from mtlsgui.vault.custody import load_key, new_ref, store_key
from mtlsgui.vault.files import exclusive
from mtlsgui.workspace.paths import Layout
from mtlsgui.workspace.vaults import VaultKind, Vaults

_FILE_LABEL = "passphrase-protected file"
_PATIENCE = 120.0  # seconds: as long as a person may look at the keyring's prompt


class KeyNotHere(MtlsguiError):
    """A private key that the workspace does not hold, or that this computer's keyring lacks."""


class Custody:
    """The keys of one workspace. Methods that touch a vault may block on the system's prompts."""

    def __init__(
        self,
        inventory: Inventory,
        layout: Layout,
        vaults: Vaults,
        workspace_id: str,
        actor: str,
    ) -> None:
        self._inventory = inventory
        self._layout = layout
        self._vaults = vaults
        self._workspace_id = workspace_id
        self._actor = actor
        self._opening = threading.RLock()
        self._vault: Vault | None = None
        self._workspace_key: bytes | None = None
        self._loaded: dict[int, PrivateKey] = {}

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
        return self.kind == "file" and self._vault is None

    def place_of(self, row: KeyRow) -> str:
        """Where a key is held, in words that follow "held"."""
        if row.custody == "sealed":
            return "encrypted in this workspace"
        return f"in {self.label}"

    # Opening

    def set_up(self, kind: VaultKind, passphrase: str | None = None) -> None:
        """Choose where this workspace's keys are held. Done once; `moving` changes it later.

        Raises VaultError where that vault cannot be used; then nothing is chosen.
        """
        with self._opening:
            if self.kind is not None:
                raise VaultError(
                    "This workspace has a vault already.",
                    f"Its keys are held in {self.label}.",
                    "Use “Move keys” in Preferences to change that.",
                )
            vault, backend = self._new_vault(kind, passphrase)
            self._install(vault, kind, backend)

    def open(self, passphrase: str | None = None) -> None:
        """Make the vault usable: the first use of a workspace sets the OS keyring up.

        passphrase: for a passphrase-protected vault; not needed again until `lock`.
        Raises VaultLocked where a passphrase is needed, VaultError where the vault cannot be used.
        """
        with self._opening:
            if self._vault is not None:
                return
            kind = self.kind
            if kind is None:
                self.set_up("keyring")
                return
            if kind == "keyring":
                backend = self._inventory.settings.get("vault_backend")
                vault, _ = self._vaults.keyring(self._workspace_id, backend)
            elif passphrase is None:
                raise VaultLocked(
                    "The vault is locked.",
                    "Its passphrase is needed to use private keys.",
                    "Give the passphrase.",
                )
            else:
                vault = self._vaults.open_file(self._layout.vault, passphrase)
            self._workspace_key = self._read_workspace_key(vault)
            self._vault = vault

    def lock(self) -> None:
        """Forget every key in memory, and the passphrase with it."""
        with self._opening:
            self._vault = None
            self._workspace_key = None
            self._loaded.clear()

    def _new_vault(self, kind: VaultKind, passphrase: str | None) -> tuple[Vault, str]:
        if kind == "keyring":
            return self._vaults.keyring(self._workspace_id, None)
        if not passphrase:
            raise VaultLocked(
                "A passphrase is needed.",
                "A vault in a file is protected by nothing else.",
                "Give a passphrase that is hard to guess, and keep it safe.",
            )
        return self._vaults.create_file(self._layout.vault, passphrase), ""

    def _install(self, vault: Vault, kind: VaultKind, backend: str) -> None:
        """Put a workspace key into `vault` and make it this workspace's."""
        settings = self._inventory.settings
        key, ref = sealing.new_workspace_key(), new_ref()
        with self.changing():
            settings.set("unfinished_workspace_key", ref)
            vault.put(ref, key)
            with self._inventory.transaction():
                settings.set("vault_kind", kind)
                settings.set("vault_label", vault.label if kind == "keyring" else _FILE_LABEL)
                settings.set("vault_backend", backend)
                settings.set("workspace_key_ref", ref)
                settings.remove("unfinished_workspace_key")
                self._journal("vault.set_up", vault=vault.label)
        self._vault, self._workspace_key = vault, key

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

    def _opened(self) -> tuple[Vault, bytes]:
        self.open()
        if self._vault is None or self._workspace_key is None:
            raise AssertionError("an opened vault has a workspace key")
        return self._vault, self._workspace_key

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Held while vault entries and their rows are written, so that no other process takes
        what is on its way for something left behind. Raises VaultError where another holds it.
        """
        try:
            with exclusive(self._layout.directory / "custody", _PATIENCE):
                yield
        except TimeoutError:
            raise VaultError(
                "Another mtlsgui is changing this workspace's keys.",
                "It may be waiting for an answer to the keyring's question.",
                "Answer the question there, then try again.",
            ) from None

    # Keys

    def seal(self, key: PrivateKey, name: str = "") -> NewKey:
        """A key for the inventory, encrypted under the workspace key."""
        _, workspace_key = self._opened()
        digest = spki_sha256(key.public_key())
        info = key_info(key.public_key())
        return NewKey(
            spki_sha256=digest,
            label=info.label,
            algorithm=info.algorithm,
            bits=info.bits,
            custody="sealed",
            name=name,
            sealed=sealing.seal(workspace_key, digest, encode_private_key(key)),
        )

    @contextmanager
    def deposit(self, key: PrivateKey, name: str) -> Iterator[int]:
        """Put an authority's key into the vault; gives the id of its row, which is pending.

        The body makes it held (`inventory.keys.mark_held`) in the transaction that stores what
        uses the key. Where the body raises, the entry and the row are taken back.
        """
        vault, _ = self._opened()
        info, ref = key_info(key.public_key()), new_ref()
        with self.changing():
            key_id = self._inventory.keys.add_pending(
                NewKey(
                    spki_sha256=spki_sha256(key.public_key()),
                    label=info.label,
                    algorithm=info.algorithm,
                    bits=info.bits,
                    custody="vault",
                    name=name,
                    vault_kind=vault.kind,
                    vault_ref=ref,
                )
            )
            try:
                store_key(vault, ref, key)
                yield key_id
            except Exception:
                self._take_back(vault, key_id, ref)
                raise
        self._loaded[key_id] = key

    def promote(self, row: KeyRow) -> None:
        """Move a key that turned out to be an authority's from the inventory into the vault."""
        vault, _ = self._opened()
        key, ref = self.private_key(row), new_ref()
        with self.changing():
            self._inventory.keys.mark_moving(row.id, vault.kind, ref)
            store_key(vault, ref, key)
            with self._inventory.transaction():
                self._inventory.keys.commit_move(row.id)
                self._inventory.keys.mark_held(row.id)

    def _take_back(self, vault: Vault, key_id: int, ref: str) -> None:
        """Undo a deposit. What cannot be undone now stays pending, for recovery to report."""
        row = self._inventory.keys.get(key_id)
        if row is None or row.state is not KeyState.PENDING:
            return
        try:
            vault.delete(ref)
        except VaultError:
            return
        self._inventory.keys.remove(key_id)

    def private_key(self, row: KeyRow) -> PrivateKey:
        """The private key of `row`, from wherever it is held.

        Raises KeyNotHere where this computer's vault lacks it, VaultLocked where a passphrase is
        needed, VaultError for what else can go wrong.
        """
        loaded = self._loaded.get(row.id)
        if loaded is not None:
            return loaded
        vault, workspace_key = self._opened()
        if row.custody == "sealed":
            return self._unseal(row, workspace_key)
        if row.vault_ref is None:
            raise KeyNotHere("The inventory does not say where this key is held.")
        try:
            key = load_key(vault, row.vault_ref)
        except VaultEntryMissing as error:
            raise KeyNotHere(
                "This key is held on another computer.",
                f"{vault.label} here has no entry for it. {error.detail}".strip(),
                "Use the computer it was made on, or restore a backup that holds it.",
            ) from None
        self._prove(key, row)
        self._loaded[row.id] = key
        return key

    def _unseal(self, row: KeyRow, workspace_key: bytes) -> PrivateKey:
        if row.sealed is None:
            raise KeyNotHere("The inventory does not hold this key.")
        key = decode_private_key(sealing.unseal(workspace_key, row.spki_sha256, row.sealed))
        self._prove(key, row)
        return key

    def _prove(self, key: PrivateKey, row: KeyRow) -> None:
        if spki_sha256(key.public_key()) != row.spki_sha256:
            raise KeyNotHere(
                "The key that is held is not the one that belongs here.",
                f"The entry for “{row.name or row.label}” holds another key.",
                "Restore a backup of the workspace.",
            )

    def forget(self, row: KeyRow) -> None:
        """Destroy a key for good: marked first, then the vault's entry, then the row."""
        if row.custody == "sealed":
            self._inventory.keys.remove(row.id)
            return
        vault, _ = self._opened()
        with self.changing():
            self._inventory.keys.mark_deleting(row.id)
            if row.vault_ref is not None:
                vault.delete(row.vault_ref)
            self._inventory.keys.remove(row.id)
        self._loaded.pop(row.id, None)

    def _journal(self, action: str, **details: str) -> None:
        self._inventory.journal.append(
            NewJournalEntry(
                self._actor,
                action,
                "vault",
                details=details,
            )
        )
