"""Fixtures of the vault tests: a real keyring daemon, and one key of each kind."""

import gc
import warnings
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, rsa

from mtlsgui.pki.keys import KeyAlgorithm, PrivateKey, generate
from tests.keyring_daemon import KeyringDaemon


def _other_keys() -> dict[str, PrivateKey]:
    """Kinds that mtlsgui imports but does not make."""
    return {
        "ed448": ed448.Ed448PrivateKey.generate(),
        "secp256k1": ec.generate_private_key(ec.SECP256K1()),
        "dsa": dsa.generate_private_key(2048),
        "rsa-exponent-3": rsa.generate_private_key(3, 2048),
    }


@pytest.fixture(scope="session")
def keys() -> dict[str, PrivateKey]:
    return {str(kind): generate(kind) for kind in KeyAlgorithm} | _other_keys()


@pytest.fixture(scope="session")
def rsa8192() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 8192)


@pytest.fixture
def daemon(monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyringDaemon]:
    """A keyring that this process uses, with nothing else of the desktop in sight."""
    if not KeyringDaemon.installed():
        pytest.skip("gnome-keyring is not installed")
    with KeyringDaemon() as keyring_daemon:
        for name, value in keyring_daemon.environment.items():
            monkeypatch.setenv(name, value)
        for name in ("PYTHON_KEYRING_BACKEND", "XDG_CURRENT_DESKTOP", "DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)
        yield keyring_daemon
    # keyring's backend leaves its connection open when the collection is locked or gone. Drop it
    # here, lest its warning fail whatever test the collector happens to run in.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
