"""What holds for every test: a home of its own, no display, no keyring, no network.

The environment is made when this file is imported, before any test module is and before Qt
starts, and is inherited by every program that a test runs.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Short: the path of a Unix socket (D-Bus, gnome-keyring) holds about 100 characters.
SANDBOX = Path(tempfile.mkdtemp(prefix="mtlsgui-"))

# Variables that would let the developer's machine into a test: the session's D-Bus and display,
# the keyring chosen, proxies and trust stores, and our own settings.
UNSET = (
    "DBUS_SESSION_BUS_ADDRESS",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "GNOME_KEYRING_CONTROL",
    "PYTHON_KEYRING_BACKEND",
    "CURL_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
    "REQUESTS_CA_BUNDLE",
    "SSLKEYLOGFILE",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "ALL_PROXY",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "all_proxy",
    "http_proxy",
    "https_proxy",
)
XDG_FOLDERS = {
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_STATE_HOME": "home/.local/state",
    "XDG_RUNTIME_DIR": "run",
}


def enter_sandbox() -> None:
    """Point HOME and the XDG folders into SANDBOX, and take away what leads out of it."""
    for name in (*UNSET, *(name for name in os.environ if name.startswith("MTLSGUI_"))):
        os.environ.pop(name, None)
    for name, folder in XDG_FOLDERS.items():
        path = SANDBOX / folder
        path.mkdir(parents=True, mode=0o700)
        os.environ[name] = str(path)
    os.environ["HOME"] = str(SANDBOX / "home")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["LC_ALL"] = "C.UTF-8"


enter_sandbox()

# No timed assertions; and on a build server, the same examples each time.
settings.register_profile("mtlsgui", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("mtlsgui")


class NetworkRefusedError(AssertionError):
    """A test tried to leave this machine."""


_refused: list[str] = []


def _is_local(host: str) -> bool:
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _guard_sockets(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: sockets of this process reach loopback addresses only."""
    if event not in {"socket.connect", "socket.sendto"}:
        return
    sock, address = arguments
    if not isinstance(sock, socket.socket) or not isinstance(address, tuple):
        return  # a Unix socket: its address is a path
    if not _is_local(str(address[0])):
        _refused.append(f"{address[0]}:{address[1]}")
        raise NetworkRefusedError(f"tests stay on this machine; refused {_refused[-1]}")


sys.addaudithook(_guard_sockets)


@pytest.fixture(autouse=True)
def refused_connections() -> Iterator[list[str]]:
    """Fail a test that tried to leave this machine, even if the code under test hid the error.

    Yields the addresses refused so far in this test.
    """
    _refused.clear()
    yield _refused
    assert not _refused, f"tried to connect to {', '.join(_refused)}"


def pytest_unconfigure() -> None:
    """Take the sandbox away again."""
    shutil.rmtree(SANDBOX, ignore_errors=True)
