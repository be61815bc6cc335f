"""Keyring backends that fail in the ways that real ones do.

Real subclasses of keyring's class, over a dictionary. Each quotes the secret in its errors, as a
careless backend might, so that the tests notice when a text is passed on.
"""

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError, PasswordSetError


class WindowsError(Exception):
    """Shaped like pywintypes.error, which is no KeyringError."""

    def __init__(self, winerror: int, function: str, text: str) -> None:
        super().__init__(winerror, function, text)
        self.winerror = winerror


class MemoryKeyring(KeyringBackend):
    """Works."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError("No such password!")


class LimitedKeyring(MemoryKeyring):
    """Takes 1,280 characters, and says so as Windows does."""

    persist = "enterprise"

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > 2560:
            raise WindowsError(1783, "CredWrite", f"The stub received bad data: {password}")
        super().set_password(service, username, password)


class FailingKeyring(MemoryKeyring):
    """Fails at the n-th write, before or after keeping what it was given."""

    def __init__(self, at: int, *, after: bool, error: Exception | None = None) -> None:
        super().__init__()
        self.writes = 0
        self.at = at
        self.after = after
        self.error = error

    def set_password(self, service: str, username: str, password: str) -> None:
        self.writes += 1
        failing = self.writes == self.at
        if not failing or self.after:
            super().set_password(service, username, password)
        if failing:
            raise self.error or PasswordSetError(f"could not keep {password}")


class LyingKeyring(MemoryKeyring):
    """Gives back what `lie` makes of a secret once `lying` is set."""

    lying = False

    def get_password(self, service: str, username: str) -> str | None:
        kept = super().get_password(service, username)
        return self.lie(kept) if self.lying and kept is not None else kept

    def lie(self, kept: str) -> str | None:
        return kept[:-4] + "AAA="


class ForgettingKeyring(LyingKeyring):
    """Takes every secret and keeps none."""

    def lie(self, kept: str) -> None:
        return None


class LockedKeyring(MemoryKeyring):
    """Locked while `locked`; counts how often it asked to be unlocked."""

    locked = False
    asked = 0

    def _open(self, text: str = "") -> None:
        if self.locked:
            self.asked += 1
            raise KeyringLocked(f"Failed to unlock the collection! {text}")

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open(password)
        super().set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        super().delete_password(service, username)


class VanishingKeyring(MemoryKeyring):
    """Its service dies at the calls in `dies_at`, counted from 1, and loses its entries or not."""

    def __init__(self, dies_at: set[int], *, loses: bool = False) -> None:
        super().__init__()
        self.calls = 0
        self.dies_at = dies_at
        self.loses = loses

    def _serve(self) -> None:
        self.calls += 1
        if self.calls in self.dies_at:
            if self.loses:
                self.entries.clear()
            raise ConnectionResetError(104, "Connection reset by peer")

    def get_password(self, service: str, username: str) -> str | None:
        self._serve()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._serve()
        super().set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self._serve()
        super().delete_password(service, username)
