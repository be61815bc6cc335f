"""What the many exceptions of keyring backends mean, in words.

A backend raises keyring's own errors or, unwrapped, those of D-Bus, secretstorage, pywintypes or
the operating system. They are told apart by class name, number and D-Bus error name along the
chain of causes, so that nothing platform-specific is imported. Their texts are never passed on:
a backend may quote what it was given to keep.
"""

import errno
import re
from collections.abc import Iterator
from enum import Enum, auto

from mtlsgui.vault.base import (
    VaultEntryTooLarge,
    VaultError,
    VaultLocked,
    VaultRefused,
    VaultUnavailable,
    VaultWriteFailed,
)

OR_FILE_VAULT = "or hold the keys in a passphrase-protected file instead."


class Cause(Enum):
    """Why a keyring failed. Where a chain of exceptions shows several, the first here wins."""

    REFUSED = auto()
    LOCKED = auto()
    TOO_LARGE = auto()
    FULL = auto()
    NO_BUS = auto()
    VANISHED = auto()
    UNKNOWN = auto()


_CLASSES = {
    "PromptDismissedException": Cause.REFUSED,  # secretstorage
    "KeychainDenied": Cause.REFUSED,  # keyring.backends.macOS
    "SecAuthFailure": Cause.REFUSED,
    "PermissionError": Cause.REFUSED,
    "KeyringLocked": Cause.LOCKED,  # keyring.errors
    "LockedException": Cause.LOCKED,  # secretstorage
    "NoKeyringError": Cause.NO_BUS,
    "FileNotFoundError": Cause.NO_BUS,  # the bus's socket is not there
    "SecretServiceNotAvailableException": Cause.VANISHED,
    "ConnectionError": Cause.VANISHED,
    "EOFError": Cause.VANISHED,
    "TimeoutError": Cause.VANISHED,
}
_DBUS_NAMES = {
    "org.freedesktop.DBus.Error.AccessDenied": Cause.REFUSED,
    "org.freedesktop.Secret.Error.IsLocked": Cause.LOCKED,
    "org.freedesktop.DBus.Error.NoMemory": Cause.FULL,
    "org.freedesktop.DBus.Error.LimitsExceeded": Cause.FULL,
    "org.freedesktop.DBus.Error.NoServer": Cause.NO_BUS,
    "org.freedesktop.DBus.Error.ServiceUnknown": Cause.VANISHED,
    "org.freedesktop.DBus.Error.NameHasNoOwner": Cause.VANISHED,
    "org.freedesktop.DBus.Error.NoReply": Cause.VANISHED,
    "org.freedesktop.DBus.Error.Disconnected": Cause.VANISHED,
    "org.freedesktop.DBus.Error.TimedOut": Cause.VANISHED,
}
_WINDOWS_ERRORS = {
    5: Cause.REFUSED,  # ERROR_ACCESS_DENIED
    1223: Cause.REFUSED,  # ERROR_CANCELLED
    1312: Cause.NO_BUS,  # ERROR_NO_SUCH_LOGON_SESSION: no profile is loaded, as in a service
    1722: Cause.VANISHED,  # RPC_S_SERVER_UNAVAILABLE
    1783: Cause.TOO_LARGE,  # RPC_X_BAD_STUB_DATA, what CredWrite says over 2,560 bytes
}
_KEYCHAIN_ERRORS = {
    -128: Cause.REFUSED,  # errSecUserCanceled
    -25293: Cause.REFUSED,  # errSecAuthFailed
    -25308: Cause.LOCKED,  # errSecInteractionNotAllowed, over SSH
}
_FULL_ERRNOS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_KWALLET_CANCELLED = "Cancelled by user"  # the whole text, of a bare PasswordSetError
_DBUS_NAME = re.compile(r"[A-Za-z0-9_.]{1,200}")


def cause_of(error: BaseException) -> Cause:
    """Why the backend raised `error`."""
    found = [cause for link in _chain(error) for cause in _causes(link)]
    return min(found, key=lambda cause: cause.value, default=Cause.UNKNOWN)


def explain(error: BaseException, label: str) -> VaultError:
    """The error to raise in place of `error`; `label` is the keyring's name for people."""
    seen = f"It reported {facts_of(error)}."
    match cause_of(error):
        case Cause.REFUSED:
            return VaultRefused(
                f"{label} refused the access.",
                f"The request was dismissed, or the system does not allow it. {seen}",
                f"Try again and allow it when asked, {OR_FILE_VAULT}",
            )
        case Cause.LOCKED:
            return VaultLocked(
                f"{label} is locked.",
                "It was not unlocked when it was asked to be.",
                f"Unlock {label} and try again.",
            )
        case Cause.TOO_LARGE:
            return too_large(label)
        case Cause.FULL:
            return VaultWriteFailed(
                f"{label} has no room left.",
                seen,
                "Free some space on the disk that holds your home folder, and try again.",
            )
        case Cause.NO_BUS:
            return VaultUnavailable(
                f"{label} cannot be reached from here.",
                f"This program does not run inside a desktop session. {seen}",
                f"Start it from your desktop session, {OR_FILE_VAULT}",
            )
        case Cause.VANISHED:
            return VaultUnavailable(
                f"{label} does not answer.",
                f"Its service is not running, or stopped just now. {seen}",
                f"Start it again (signing in again does), and try again, {OR_FILE_VAULT}",
            )
        case Cause.UNKNOWN:
            return VaultError(
                f"{label} failed.",
                seen,
                # gnome-keyring says no more than this when the disk is full.
                f"See that {label} works in its own program and that the disk is not full, and "
                f"try again, {OR_FILE_VAULT}",
            )


def too_large(label: str) -> VaultEntryTooLarge:
    """The error for a secret over the keyring's limit."""
    return VaultEntryTooLarge(
        f"The key is too large for {label}.",
        "An entry there takes 1,280 characters; RSA keys over 4,096 bits need more.",
        "Choose an elliptic-curve key or RSA with at most 4,096 bits, " + OR_FILE_VAULT,
    )


def facts_of(error: BaseException) -> str:
    """Class names and numbers of `error` and its causes, for a report; none of their texts."""
    return ", caused by ".join(_fact(link) for link in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    for _ in range(8):
        # Cleaning up after one failure meets the next; that is no cause of it.
        if link is None or isinstance(link, VaultError):
            return
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _causes(error: BaseException) -> Iterator[Cause]:
    for cls in type(error).__mro__:
        if cls.__name__ in _CLASSES:
            yield _CLASSES[cls.__name__]
    if isinstance(error, KeyError) and "DBUS_SESSION_BUS_ADDRESS" in str(error):
        yield Cause.NO_BUS
    if (name := _dbus_name(error)) in _DBUS_NAMES:
        yield _DBUS_NAMES[name]
    if (number := getattr(error, "winerror", None)) in _WINDOWS_ERRORS:
        yield _WINDOWS_ERRORS[number]
    if (number := _keychain_status(error)) in _KEYCHAIN_ERRORS:
        yield _KEYCHAIN_ERRORS[number]
    if isinstance(error, OSError) and error.errno in _FULL_ERRNOS:
        yield Cause.FULL
    if error.args == (_KWALLET_CANCELLED,):
        yield Cause.REFUSED


def _fact(error: BaseException) -> str:
    name = type(error).__name__
    if dbus_name := _dbus_name(error):
        return f"{name} {dbus_name}"
    for number in (
        getattr(error, "winerror", None),
        getattr(error, "errno", None),
        _keychain_status(error),
    ):
        if isinstance(number, int):
            return f"{name} {number}"
    return name


def _dbus_name(error: BaseException) -> str:
    """The D-Bus error name of a jeepney (`name`) or dbus-python (`get_dbus_name`) error."""
    name = getattr(error, "name", None)
    if name is None and callable(getter := getattr(error, "get_dbus_name", None)):
        name = getter()
    if (
        "dbus" in type(error).__name__.lower()
        and isinstance(name, str)
        and _DBUS_NAME.fullmatch(name)
    ):
        return name
    return ""


def _keychain_status(error: BaseException) -> int | None:
    """The OSStatus of an error of keyring's macOS backend."""
    if type(error).__module__.startswith("keyring.backends.macOS") and error.args:
        status = error.args[0]
        return status if isinstance(status, int) else None
    return None
