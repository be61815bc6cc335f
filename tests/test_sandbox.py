"""No test reaches the developer's data, keyring or network: tests/conftest.py."""

from __future__ import annotations

import os
import pwd
import socket
from pathlib import Path

import platformdirs
import pytest

UNREACHABLE = ("192.0.2.1", 443)  # TEST-NET-1, RFC 5737


def test_data_folders_are_not_the_users_own() -> None:
    users_home = pwd.getpwuid(os.getuid()).pw_dir
    folders = platformdirs.PlatformDirs("mtlsgui")
    for path in (
        Path.home(),
        folders.user_data_path,
        folders.user_config_path,
        folders.user_runtime_path,
    ):
        assert not path.is_relative_to(users_home)


def test_no_display_and_no_session_bus_lead_out() -> None:
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert not {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"} & os.environ.keys()


def test_connections_leaving_this_machine_are_refused(refused_connections: list[str]) -> None:
    with socket.socket() as sock, pytest.raises(AssertionError, match="stay on this machine"):
        sock.connect(UNREACHABLE)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock,
        pytest.raises(AssertionError, match="stay on this machine"),
    ):
        sock.sendto(b"", UNREACHABLE)
    assert refused_connections == ["192.0.2.1:443", "192.0.2.1:443"]
    refused_connections.clear()


def test_loopback_connections_pass() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
