"""Secrets in one passphrase-protected file: where there is no keyring, and for `mtlsctl`."""

import errno
import hmac
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

from mtlsgui.vault.base import (
    VaultEntryExists,
    VaultEntryMissing,
    VaultEntryTooLarge,
    VaultError,
    VaultLocked,
    VaultUnavailable,
    VaultWriteFailed,
    check_ref,
)
from mtlsgui.vault.files import exclusive, replace_file
from mtlsgui.vault.vault_file import (
    MAX_SIZE,
    ScryptCost,
    VaultKeys,
    check_file,
    keys_of,
    new_keys,
    pack,
    unpack,
)

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_LOCK_PATIENCE = 30.0  # seconds


class FileVault:
    """A vault in the file at `path`; locked until `unlock`.

    The passphrase is stretched once; each call then reads the file anew, and each change is made
    to what the file holds at that time, under a lock, so that processes that share it never lose
    each other's entries. The file is replaced as a whole: a failed write leaves the old one.
    """

    kind = "file"

    def __init__(self, path: Path) -> None:
        self._path = path.resolve()  # where a symbolic link leads, lest it be replaced by a file
        self._keys: VaultKeys | None = None
        self._threads = threading.RLock()

    @classmethod
    def create(cls, path: Path, passphrase: str | bytes, *, cost: ScryptCost | None = None) -> Self:
        """A new, empty, unlocked vault at `path`, which must not exist; its folder must.

        Raises ValueError for an empty passphrase, VaultEntryExists, VaultWriteFailed.
        """
        vault = cls(path)
        keys = _keys_for(passphrase, cost or ScryptCost())
        with vault._changing():
            if vault._path.exists():
                raise VaultEntryExists(
                    "There is a file of that name already.",
                    f"{vault._path} is not overwritten.",
                    "Open it as a vault, or choose another name.",
                )
            vault._write({}, keys)
        vault._keys = keys
        return vault

    @classmethod
    def open(cls, path: Path, passphrase: str | bytes) -> Self:
        """The vault at `path`, unlocked. Raises what `unlock` raises."""
        vault = cls(path)
        vault.unlock(passphrase)
        return vault

    @property
    def label(self) -> str:
        return "Passphrase-protected file"

    @property
    def path(self) -> Path:
        return self._path

    @property
    def locked(self) -> bool:
        return self._keys is None

    def __repr__(self) -> str:
        return f"<FileVault {self._path} {'locked' if self.locked else 'unlocked'}>"

    def unlock(self, passphrase: str | bytes) -> None:
        """Make the secrets readable until `lock`.

        Raises WrongPassphrase, VaultDamaged, VaultUnavailable (no file, or not readable).
        """
        data = self._read()
        keys = keys_of(data, passphrase)
        unpack(data, keys)
        self._keys = keys

    def lock(self) -> None:
        """Forget the keys; every call raises VaultLocked until `unlock`."""
        self._keys = None

    def refs(self) -> tuple[str, ...]:
        """The references of all entries, sorted."""
        return tuple(sorted(self._entries()))

    def get(self, ref: str) -> bytes:
        """The secret under `ref`, as Vault says."""
        try:
            return self._entries()[check_ref(ref)]
        except KeyError:
            raise VaultEntryMissing(
                "The key is not in the vault file.",
                f"{self._path} has no entry {ref}. The file is an older copy, or belongs to "
                "another workspace.",
                "Put the vault file back that goes with this workspace, or restore a backup.",
            ) from None

    def put(self, ref: str, secret: bytes) -> None:
        """Keep `secret` under the new reference `ref`, as Vault says."""
        check_ref(ref)
        with self._changing():
            entries = self._entries()
            if ref in entries:
                raise VaultEntryExists(
                    "The vault file holds an entry of that name already.",
                    f"The entry {ref} is not overwritten.",
                    "Use a new reference.",
                )
            self._write(entries | {ref: secret}, self._unlocked())
            kept = self._entries().get(ref)
        if kept is None or not hmac.compare_digest(kept, secret):
            raise VaultWriteFailed(
                "The key was not kept in the vault file.",
                f"What was read back from {self._path} is not what was written.",
                "Check the disk, then try again.",
            )

    def delete(self, ref: str) -> None:
        """Forget `ref`; no error when it is already gone."""
        check_ref(ref)
        with self._changing():
            entries = self._entries()
            if entries.pop(ref, None) is not None:
                self._write(entries, self._unlocked())

    def change_passphrase(
        self, old: str | bytes, new: str | bytes, *, cost: ScryptCost | None = None
    ) -> None:
        """Protect all entries by `new` from now on.

        Other processes that have the vault open get VaultLocked from then on. Raises ValueError
        for an empty passphrase, WrongPassphrase for `old`, VaultWriteFailed (`old` still holds).
        """
        keys = _keys_for(new, cost or ScryptCost())
        with self._changing():
            self.unlock(old)
            self._write(self._entries(), keys)
            self._keys = keys
            self._entries()

    def _unlocked(self) -> VaultKeys:
        keys = self._keys
        if keys is None:
            raise VaultLocked(
                "The vault file is locked.", f"It is {self._path}.", "Type its passphrase."
            )
        return keys

    def _entries(self) -> dict[str, bytes]:
        """What the file holds now."""
        keys = self._unlocked()
        entries = unpack(self._read(), keys)
        if entries is None:
            self.lock()
            raise VaultLocked(
                "The passphrase of the vault file was changed.",
                f"Another program saved {self._path} with another passphrase.",
                "Type the new passphrase.",
            )
        return entries

    def _read(self) -> bytes:
        try:
            with self._path.open("rb") as file:
                data = file.read(MAX_SIZE + 1)
        except FileNotFoundError:
            raise VaultUnavailable(
                "The vault file is not there.",
                f"There is no {self._path}.",
                "Put it back from a backup, or connect the disk that it is on.",
            ) from None
        except OSError as error:
            raise VaultUnavailable(
                "The vault file cannot be read.",
                f"{self._path}: {error.strerror}.",
                "Give yourself permission to read it, or check the disk.",
            ) from error
        if len(data) > MAX_SIZE:
            check_file(data[:MAX_SIZE])  # always raises, as damaged or as not a vault at all
        return data

    def _write(self, entries: dict[str, bytes], keys: VaultKeys) -> None:
        data = pack(entries, keys)
        if len(data) > MAX_SIZE:
            raise VaultEntryTooLarge(
                "The vault file is full.",
                f"It takes {MAX_SIZE // 2**20} MiB; with this entry it would be larger.",
                "Hold large data elsewhere; a vault is for keys.",
            )
        try:
            replace_file(self._path, data)
        except OSError as error:
            raise self._not_written(error) from error

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """No other thread or process changes the file meanwhile."""
        with self._threads, ExitStack() as held:
            try:
                held.enter_context(exclusive(self._path, _LOCK_PATIENCE))
            except TimeoutError:
                raise VaultUnavailable(
                    "The vault file is in use.",
                    f"Another program has held {self._path} for {_LOCK_PATIENCE:.0f} seconds.",
                    "End the other program that uses this workspace, and try again.",
                ) from None
            except OSError as error:
                raise self._not_written(error) from error
            yield

    def _not_written(self, error: OSError) -> VaultError:
        title, where = "The vault file was not saved.", self._path.parent
        detail = f"{where}: {error.strerror or error}. What it held before is unchanged."
        if error.errno in _FULL:
            return VaultWriteFailed(title, detail, "Free some space on that disk and try again.")
        if error.errno in _FORBIDDEN:
            return VaultWriteFailed(
                title, detail, "Give yourself permission to write in that folder, and try again."
            )
        return VaultWriteFailed(title, detail, "Check the folder and the disk, and try again.")


def _keys_for(passphrase: str | bytes, cost: ScryptCost) -> VaultKeys:
    if not passphrase:
        raise ValueError("an empty passphrase protects nothing")
    return new_keys(passphrase, cost)
