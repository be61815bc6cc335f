"""Which kinds of vault a workspace can use, behind one seam so that tests bring their own."""

from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from mtlsgui.vault.base import Vault, VaultUnavailable

VaultKind = Literal["keyring", "file"]


@runtime_checkable
class PassphraseVault(Vault, Protocol):
    """A vault in a file of its own, as `FileVault` is one."""

    @property
    def locked(self) -> bool: ...

    def refs(self) -> tuple[str, ...]:
        """The references of all entries."""

    def change_passphrase(self, old: str, new: str) -> None:
        """Raises WrongPassphrase for `old`."""


@runtime_checkable
class KeyringNames(Protocol):
    """Can tell which keyring would be used."""

    def keyring_label(self) -> str:
        """Its name for people; empty where there is none. Stores and unlocks nothing."""


class Vaults(Protocol):
    """Opens vaults. Every method may block on a prompt of the system."""

    def keyring(self, workspace_id: str, backend: str | None) -> tuple[Vault, str]:
        """The OS keyring, probed, and the name by which it is found again.

        backend: that name, once the workspace's keys are held there; None looks for the best.
        Raises VaultUnavailable with the reason where none is usable.
        """

    def create_file(self, path: Path, passphrase: str) -> Vault:
        """A new passphrase-protected vault."""

    def open_file(self, path: Path, passphrase: str) -> Vault:
        """An existing one. Raises WrongPassphrase, VaultDamaged or VaultUnavailable."""


class SystemVaults:
    """The real ones. Their modules load on first use: `keyring` alone takes a tenth of a second."""

    def keyring(self, workspace_id: str, backend: str | None) -> tuple[Vault, str]:
        from mtlsgui.vault.choose import find_keyring, is_trusted

        # A workspace's folder may come from somebody else, and names what is loaded here.
        if backend is not None and not is_trusted(backend):
            raise VaultUnavailable(
                "This workspace names a keyring that is not used.",
                f"{backend} is none of the keyrings that systems come with.",
                "Restore a backup of the workspace, or ask whoever gave you its folder.",
            )
        vault = find_keyring(workspace_id, backend=backend)
        return vault, vault.backend_name

    def keyring_label(self) -> str:
        from mtlsgui.vault.choose import likely_label

        return likely_label()

    def create_file(self, path: Path, passphrase: str) -> Vault:
        from mtlsgui.vault.file_vault import FileVault

        return FileVault.create(path, passphrase)

    def open_file(self, path: Path, passphrase: str) -> Vault:
        from mtlsgui.vault.file_vault import FileVault

        return FileVault.open(path, passphrase)
