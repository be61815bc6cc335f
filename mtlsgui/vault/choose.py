"""Finding a keyring that really keeps secrets, or saying why there is none.

A backend's priority only says that it could be tried, so each is proved by writing, reading and
deleting an entry. Only backends that talk to an operating system's or desktop's keyring are
looked at: keyring's own choice would also take a null or plaintext-file backend that an
environment variable or `keyringrc.cfg` names, and its chainer may read elsewhere than it writes.
"""

import os
from contextlib import suppress
from enum import StrEnum
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from mtlsgui.vault.base import (
    VaultEntryMissing,
    VaultError,
    VaultLocked,
    VaultRefused,
    VaultUnavailable,
    VaultWriteFailed,
)
from mtlsgui.vault.custody import new_ref
from mtlsgui.vault.keyring_errors import OR_FILE_VAULT, facts_of
from mtlsgui.vault.keyring_names import keyring_label
from mtlsgui.vault.keyring_vault import KeyringVault
from mtlsgui.vault.session_bus import BusState, bus_state

if TYPE_CHECKING:  # importing keyring takes 127 ms
    from keyring.backend import KeyringBackend

_BUS_MODULES = {
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
}
_TRUSTED_MODULES = {*_BUS_MODULES, "keyring.backends.macOS", "keyring.backends.Windows"}


class Unavailability(StrEnum):
    """Why no keyring can be used."""

    NO_SESSION_BUS = "no-session-bus"
    NO_DAEMON = "no-daemon"
    NO_BACKEND = "no-backend"
    LOCKED = "locked"
    REFUSED = "refused"
    FAILED = "failed"


class KeyringUnavailable(VaultUnavailable):
    """There is no usable keyring. `reason` says why for programs, the texts for people."""

    def __init__(self, reason: Unavailability, title: str, detail: str, remedy: str) -> None:
        super().__init__(title, detail, remedy)
        self.reason = reason


def find_keyring(
    workspace_id: str, *, backend: "KeyringBackend | str | None" = None
) -> KeyringVault:
    """A vault in the best keyring that is there, after a real set, get and delete.

    backend: the one to use, as an object or by its class ("keyring.backends.macOS.Keyring", see
        `KeyringVault.backend_name`): a workspace stays with the one that holds its keys. Whatever
        is named is used if it passes the probe. None looks for the best.
    Raises KeyringUnavailable. Blocks while the keyring asks the person; call it from a worker
    thread.
    """
    if isinstance(backend, str):
        candidates = [_load(backend)]
    elif backend is not None:
        candidates = [backend]
    else:
        candidates = _trusted_backends()
    failures = []
    for candidate in candidates:
        vault = KeyringVault(candidate, workspace_id)
        try:
            _probe(vault)
        except (VaultLocked, VaultRefused) as error:
            # The keyring that the person uses: never go past it to another one unasked.
            raise _unavailable(error, vault) from None
        except VaultError as error:
            failures.append(_unavailable(error, vault))
        else:
            # Made anew: the probe may have started the service, which only now can be named.
            return KeyringVault(candidate, workspace_id)
    raise failures[0] if failures else _nothing_found()


def is_trusted(backend: str) -> bool:
    """Whether a backend, named by its class, is one that talks to a system's own keyring."""
    return backend.rpartition(".")[0] in _TRUSTED_MODULES


def likely_label() -> str:
    """What the keyring is called that `find_keyring` would try first; empty where there is none.

    It is not proved to work: nothing is written and nothing is unlocked. May wait for D-Bus.
    """
    candidates = _trusted_backends()
    return keyring_label(candidates[0]) if candidates else ""


def _trusted_backends() -> "list[KeyringBackend]":
    """The keyrings of the system and the desktop that could be tried, best first."""
    from keyring.backend import (
        KeyringBackend,
        get_all_keyring,
    )

    # Imports all backend modules. Its result is not used: it is computed once a process, and a
    # keyring may be started later.
    get_all_keyring()
    found = []
    for cls in KeyringBackend.get_viable_backends():
        if cls.__module__ in _TRUSTED_MODULES:
            with suppress(Exception):  # it was viable a moment ago, and no longer is
                found.append((float(cls.priority), cls()))
    return [backend for _, backend in sorted(found, key=itemgetter(0), reverse=True)]


def _load(name: str) -> "KeyringBackend":
    from keyring.core import load_keyring

    try:
        return load_keyring(name)
    except Exception as error:  # modules raise anything on import
        facts = facts_of(error)
    if _needs_bus(name) and _no_keyring_reason() is not Unavailability.NO_BACKEND:
        raise _nothing_found()
    raise KeyringUnavailable(
        Unavailability.NO_BACKEND,
        "The keyring that was asked for cannot be used here.",
        f"{name} did not start: {facts}.",
        f"Name another keyring, {OR_FILE_VAULT}",
    )


def _probe(vault: KeyringVault) -> None:
    """Write, read and delete an entry. Raises VaultError when the keyring does not keep it."""
    ref = f"probe-{new_ref()}"
    vault.put(ref, os.urandom(32))
    vault.delete(ref)
    try:
        vault.get(ref)
    except VaultEntryMissing:
        return
    raise VaultWriteFailed(
        f"{vault.label} did not pass its test.", "A deleted entry was still there.", ""
    )


def _unavailable(error: VaultError, vault: KeyringVault) -> KeyringUnavailable:
    reason = Unavailability.FAILED
    if isinstance(error, VaultLocked):
        reason = Unavailability.LOCKED
    elif isinstance(error, VaultRefused):
        reason = Unavailability.REFUSED
    elif isinstance(error, VaultUnavailable) and _needs_bus(vault.backend_name):
        reason = _no_keyring_reason()
        if reason is not Unavailability.NO_BACKEND:
            return _nothing_found()
    remedy = error.remedy or f"Try again, {OR_FILE_VAULT}"
    if OR_FILE_VAULT not in remedy:
        remedy = f"{remedy.removesuffix('.')}, {OR_FILE_VAULT}"
    return KeyringUnavailable(reason, error.title, error.detail, remedy)


def _nothing_found() -> KeyringUnavailable:
    reason = _no_keyring_reason()
    if reason is Unavailability.NO_SESSION_BUS:
        return KeyringUnavailable(
            reason,
            "No keyring can be reached: there is no D-Bus session.",
            _bus_detail(),
            f"Start mtlsgui from your desktop session{_bus_hint()}, {OR_FILE_VAULT}",
        )
    if reason is Unavailability.NO_DAEMON:
        return KeyringUnavailable(
            reason,
            "No keyring service is running.",
            "Nothing on the D-Bus session offers org.freedesktop.secrets.",
            "Install and start GNOME Keyring, KWallet or KeePassXC (with its Secret Service "
            f"turned on), {OR_FILE_VAULT}",
        )
    return KeyringUnavailable(
        reason,
        "No keyring was found on this computer.",
        "Neither the system nor the desktop offers one that mtlsgui can use.",
        "Hold the keys in a passphrase-protected file instead.",
    )


def _needs_bus(backend_name: str) -> bool:
    return backend_name.rpartition(".")[0] in _BUS_MODULES


def _no_keyring_reason() -> Unavailability:
    match bus_state():
        case BusState.NO_BUS:
            return Unavailability.NO_SESSION_BUS
        case BusState.NO_SERVICE:
            return Unavailability.NO_DAEMON
        case _:
            return Unavailability.NO_BACKEND


def _bus_detail() -> str:
    if "DBUS_SESSION_BUS_ADDRESS" in os.environ:
        return "Nothing answers at the address in DBUS_SESSION_BUS_ADDRESS."
    return "DBUS_SESSION_BUS_ADDRESS is not set, as under SSH, cron or sudo."


def _bus_hint() -> str:
    """Where a bus waits that the environment does not name (over SSH it often does)."""
    socket = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent") / "bus"
    if "DBUS_SESSION_BUS_ADDRESS" not in os.environ and socket.exists():
        return f", set DBUS_SESSION_BUS_ADDRESS to unix:path={socket}"
    return ""
