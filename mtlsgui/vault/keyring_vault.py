"""Secrets in the operating system's keyring, one entry each, through one pinned backend."""

import base64
import binascii
import hmac
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from mtlsgui.vault.base import (
    VaultDamaged,
    VaultEntryExists,
    VaultEntryMissing,
    VaultError,
    VaultLocked,
    VaultRefused,
    VaultWriteFailed,
    check_ref,
)
from mtlsgui.vault.keyring_errors import OR_FILE_VAULT, Cause, cause_of, explain, too_large
from mtlsgui.vault.keyring_names import keyring_label

if TYPE_CHECKING:  # importing keyring takes 127 ms
    from keyring.backend import KeyringBackend

T = TypeVar("T")

USER_NAME = "mtlsgui"
WINDOWS_MAX_LENGTH = 1280  # CRED_MAX_CREDENTIAL_BLOB_SIZE: 2,560 bytes of UTF-16
_MAX_LENGTHS = {"keyring.backends.Windows": WINDOWS_MAX_LENGTH}
_TEXT, _BYTES = "t:", "b:"  # kept as it is; kept in base64
_RESTART_PAUSES = (0.0, 0.3, 1.0)  # seconds that a service is given to come back


class KeyringVault:
    """A vault in the keyring that `backend` talks to.

    backend: the one backend to use; no other is ever looked up.
    workspace_id: sets this workspace's entries apart from another's.
    label: the keyring's name for people; found out when None (which may ask D-Bus).
    max_length: characters that an entry takes at most; known for Windows when None.

    Each entry has a service name of its own, `mtlsgui/WORKSPACE/REF`: Windows keeps stale copies
    of secrets when two users share one.
    """

    kind = "keyring"

    def __init__(
        self,
        backend: "KeyringBackend",
        workspace_id: str,
        *,
        label: str | None = None,
        max_length: int | None = None,
    ) -> None:
        self._backend = backend
        self._prefix = f"mtlsgui/{workspace_id}/"
        self._label = keyring_label(backend) if label is None else label
        self._max_length = max_length or _MAX_LENGTHS.get(type(backend).__module__)
        if hasattr(type(backend), "persist"):
            # Windows' default roams with the profile to other computers.
            setattr(backend, "persist", "local machine")  # noqa: B010 - not in the base class

    @property
    def label(self) -> str:
        return self._label

    @property
    def backend_name(self) -> str:
        """The backend's class, to find the same one again with `find_keyring`."""
        cls = type(self._backend)
        return f"{cls.__module__}.{cls.__qualname__}"

    def __repr__(self) -> str:
        return f"<KeyringVault {self.label} {self._prefix}>"

    def put(self, ref: str, secret: bytes) -> None:
        """Keep `secret` under the new reference `ref`, as Vault says."""
        service = self._service(ref)
        text = _to_text(secret)
        if self._max_length is not None and len(text) > self._max_length:
            raise too_large(self.label)
        if self._read(service) is not None:
            raise VaultEntryExists(
                f"{self.label} holds an entry of that name already.",
                f"The entry {service} is not overwritten.",
                "Use a new reference.",
            )
        try:
            self._call(lambda: self._backend.set_password(service, USER_NAME, text))
        except (VaultLocked, VaultRefused):
            raise  # nothing was written, and cleaning up would only ask the person once more
        except VaultError as error:
            raise self._cleaned_up(service, error) from None
        try:
            self._check(service, text)
        except VaultError as error:
            raise self._cleaned_up(service, error) from None

    def get(self, ref: str) -> bytes:
        """The secret under `ref`, as Vault says."""
        service = self._service(ref)
        text = self._read(service)
        if text is None:
            raise VaultEntryMissing(
                f"The key is not in {self.label}.",
                f"There is no entry {service}. It is held on another computer or in another "
                "account, or was deleted there.",
                "Open the workspace where the key was made, or restore the key from a backup.",
            )
        return self._from_text(service, text)

    def delete(self, ref: str) -> None:
        """Forget `ref`; no error when it is already gone."""
        self._delete(self._service(ref))

    def _service(self, ref: str) -> str:
        return self._prefix + check_ref(ref)

    def _read(self, service: str) -> str | None:
        return self._call(lambda: self._backend.get_password(service, USER_NAME))

    def _check(self, service: str, text: str) -> None:
        """Read the new entry back. Raises VaultWriteFailed when it is not `text`."""
        kept = self._read(service)
        if kept is None:
            seen = "The entry was not there when it was read back."
        elif hmac.compare_digest(kept.encode(errors="replace"), text.encode()):
            return
        else:
            seen = "What was read back is not what was written."
        raise VaultWriteFailed(
            f"The key was not kept in {self.label}.", seen, f"Try again, {OR_FILE_VAULT}"
        )

    def _cleaned_up(self, service: str, error: VaultError) -> VaultError:
        """`error`, after deleting the new entry; it names the entry where that failed."""
        try:
            self._delete(service)
        except VaultError:
            left = f"An unused entry {service} may be left there; it can be deleted."
            return type(error)(error.title, f"{error.detail} {left}".strip(), error.remedy)
        return error

    def _delete(self, service: str) -> None:
        try:
            self._call(lambda: self._backend.delete_password(service, USER_NAME))
        except (VaultLocked, VaultRefused):
            raise
        except VaultError:
            # Every backend raises for an entry that is not there, each in its own way.
            if self._read(service) is not None:
                raise

    def _call(self, operation: Callable[[], T]) -> T:
        """The result of `operation` on the backend, tried again after its service went away.

        Doing it twice is sound: reading and deleting are idempotent, and a write repeats the same
        text under a name that nothing else uses. D-Bus backends connect anew for each call, and
        a desktop starts a service that ended again (Debian's gnome-keyring 42 aborts now and
        then while it is used, about once in some thousand calls on a busy machine).
        Raises a VaultError that is not chained to the backend's own, which may quote the secret.
        """
        for pause in (*_RESTART_PAUSES, None):
            try:
                return operation()
            except Exception as error:  # backends let anything through
                failure, vanished = explain(error, self.label), cause_of(error) is Cause.VANISHED
            if not vanished or pause is None:
                break
            time.sleep(pause)
        raise failure

    def _from_text(self, service: str, text: str) -> bytes:
        prefix, rest = text[: len(_TEXT)], text[len(_TEXT) :]
        try:
            if prefix == _TEXT:
                return rest.encode("ascii")
            if prefix == _BYTES:
                return base64.b64decode(rest, validate=True)
        except (UnicodeEncodeError, binascii.Error, ValueError):
            pass
        raise VaultDamaged(
            f"An entry in {self.label} cannot be read.",
            f"What the entry {service} holds was not written by mtlsgui.",
            "Restore the key from a backup.",
        )


def _to_text(secret: bytes) -> str:
    """`secret` as printable ASCII: keyrings keep text, and some cut it at a NUL or a line end."""
    if secret and all(0x20 < byte < 0x7F for byte in secret):
        return _TEXT + secret.decode("ascii")
    return _BYTES + base64.b64encode(secret).decode("ascii")
