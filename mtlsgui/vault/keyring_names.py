"""What people call the keyring that a backend talks to."""

from typing import TYPE_CHECKING

from mtlsgui.vault.session_bus import secret_service_process

if TYPE_CHECKING:  # importing keyring takes 127 ms
    from keyring.backend import KeyringBackend

_BY_MODULE = {
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Manager",
    "keyring.backends.kwallet": "KWallet",
}
_SECRET_SERVICE_MODULES = {"keyring.backends.SecretService", "keyring.backends.libsecret"}
_BY_PROCESS = {
    "gnome-keyring-d": "GNOME Keyring",
    "keepassxc": "KeePassXC",
    "kwalletd5": "KWallet",
    "kwalletd6": "KWallet",
    "ksecretd": "KWallet",
}


def keyring_label(backend: "KeyringBackend") -> str:
    """The name of the keyring behind `backend` for people, for example "GNOME Keyring".

    May ask D-Bus, so call it from where blocking is allowed.
    """
    module = type(backend).__module__
    if module in _SECRET_SERVICE_MODULES:
        return _BY_PROCESS.get(secret_service_process(), "Secret Service")
    return _BY_MODULE.get(module) or str(backend.name)
