"""What a vault is: a place outside the inventory where secrets are held, and how it fails."""

import re
from typing import Protocol

from mtlsgui.errors import MtlsguiError


class Vault(Protocol):
    """A place that keeps secrets under references.

    An entry is written once and never changed: to replace a secret, put the new one under a new
    reference, point to it, and delete the old one last. So a crash at any point leaves the old
    secret or the new one. Every method may block (on a prompt of the keyring, on a slow disk)
    and may be called from any thread.
    """

    kind: str
    """"keyring" or "file"."""

    @property
    def label(self) -> str:
        """The name of the place for people, for example "GNOME Keyring"."""

    def put(self, ref: str, secret: bytes) -> None:
        """Keep `secret` under the new reference `ref`: written, read back and compared.

        Raises VaultEntryExists when `ref` is taken, and another VaultError when the secret
        cannot be kept; then no entry of that name is left behind, or the error names it.
        """

    def get(self, ref: str) -> bytes:
        """The secret under `ref`. Raises VaultEntryMissing when there is none."""

    def delete(self, ref: str) -> None:
        """Forget `ref`. It is no error when it is already gone."""


class VaultError(MtlsguiError):
    """A secret could not be kept, read or deleted."""


class VaultLocked(VaultError):
    """The vault is there, but must be unlocked first."""


class VaultUnavailable(VaultError):
    """The vault cannot be reached: no daemon answers, its file is not there or not readable."""


class VaultRefused(VaultError):
    """The vault was reached, and the person or the system refused the access."""


class VaultEntryMissing(VaultError):
    """There is no entry of that reference in this vault."""


class VaultEntryExists(VaultError):
    """An entry of that reference exists already; entries are never overwritten."""


class VaultEntryTooLarge(VaultError):
    """The secret is longer than this vault takes."""


class VaultWriteFailed(VaultError):
    """The secret was not kept: no room, no permission, or it did not read back the same."""


class WrongPassphrase(VaultError):
    """The passphrase is not the one that the file vault was last saved with."""


class VaultDamaged(VaultError):
    """What is stored is not what was written: truncated, changed, or not ours."""


_REF = re.compile(r"[a-z0-9][a-z0-9._-]{0,127}")


def check_ref(ref: str) -> str:
    """`ref` itself when it can be kept in every vault; raises ValueError otherwise.

    Lower case only, since Windows Credential Manager does not tell upper from lower case.
    """
    if not _REF.fullmatch(ref):
        raise ValueError(f"not a vault reference: {ref!r}")
    return ref
