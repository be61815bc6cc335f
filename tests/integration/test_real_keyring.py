"""A workspace whose keys are in a real gnome-keyring, used by `mtlsctl` processes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.integration.estate import Identity, verify
from tests.integration.processes import Computer
from tests.keyring_daemon import KeyringDaemon

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        not KeyringDaemon.installed(),
        reason="dbus or gnome-keyring is not installed",
    ),
]

ISSUE = ("issue", "--ca", "Root")


@pytest.fixture
def daemon() -> Iterator[KeyringDaemon]:
    with KeyringDaemon() as daemon:
        yield daemon


@pytest.fixture
def computer(daemon: KeyringDaemon) -> Computer:
    """One with this keyring, and a workspace with a root in it."""
    computer = Computer(daemon.folder, daemon.environment)
    made = computer.json("init")
    assert made["vault"] == {"kind": "keyring", "label": "GNOME Keyring"}
    assert computer.json("ca", "create", "--name", "Root")["custody"] == "keyring"
    return computer


def verified(computer: Computer, name: str) -> None:
    """What was issued into out/ is a certificate of the root, with its key."""
    identity = Identity(computer.home / "out", name)
    verify(identity.folder / "ca.crt", identity.certificate)


def test_it_outlives_a_restart_of_the_daemon(daemon: KeyringDaemon, computer: Computer) -> None:
    computer.ok(*ISSUE, "--name", "first.example.test", "-o", "out")
    daemon.kill()
    gone = computer.refused(*ISSUE, "--name", "second.example.test", "-o", "out")
    assert "try: " in gone

    daemon.start(unlocked=False)  # as after a crash, with nobody at its prompt
    locked = computer.refused(*ISSUE, "--name", "second.example.test", "-o", "out")
    assert "locked" in locked
    assert "try: " in locked
    assert computer.json("list")["total"] == 2  # what needs no key works as before

    daemon.kill()
    daemon.start()
    computer.ok(*ISSUE, "--name", "second.example.test", "-o", "out")
    for name in ("first.example.test", "second.example.test"):
        verified(computer, name)
    assert computer.json("journal", "--verify")["verified"] is True


def test_locked_while_in_use(daemon: KeyringDaemon, computer: Computer) -> None:
    daemon.lock()
    assert "locked" in computer.refused(*ISSUE, "--name", "web.example.test")
    assert computer.json("list")["total"] == 1


def test_moved_to_a_file_and_back(daemon: KeyringDaemon, computer: Computer) -> None:
    computer.ok(*ISSUE, "--name", "keyring.example.test", "-o", "out")
    computer.ok("vault", "move", "--to", "file", MTLSGUI_OUT_PASSPHRASE="correct horse")
    daemon.kill()  # it is not needed any more
    passphrase = {"MTLSGUI_PASSPHRASE": "correct horse"}
    computer.ok(*ISSUE, "--name", "file.example.test", "-o", "out", **passphrase)
    assert "passphrase" in computer.refused(*ISSUE, "--name", "web.example.test")
    assert computer.json("show", "Root")["custody"] == "file"

    daemon.start()
    computer.ok("vault", "move", "--to", "keyring", **passphrase)
    computer.ok(*ISSUE, "--name", "again.example.test", "-o", "out")
    status = computer.json("vault", "status")
    assert status["vault"]["kind"] == "keyring"
    assert status["keys"] == {"vault": 1, "sealed": 3}
    for name in ("keyring", "file", "again"):
        verified(computer, f"{name}.example.test")
    # The key of the first, sealed before both moves, still opens.
    exported = computer.ok("export", "keyring.example.test", "--to", "key", "--plain")
    first = Identity(computer.home / "out", "keyring.example.test")
    assert exported == first.key.read_text()
    assert computer.json("journal", "--verify")["verified"] is True


def test_carried_to_another_computer_by_hand(computer: Computer) -> None:
    """The folder alone, to where there is another keyring: seen, and nothing is signed."""
    workspace = computer.json("vault", "status")["workspace"]
    with KeyringDaemon() as another:
        there = Computer(another.folder, another.environment)
        moved = shutil.copytree(workspace, another.folder / "carried")
        variables = {"MTLSGUI_WORKSPACE": str(moved)}
        assert there.json("list", **variables)["total"] == 1
        error = there.refused(*ISSUE, "--name", "web.example.test", **variables)
        assert "held on another computer" in error
        assert "Restore a backup" in error
        there.refused("issue", "--self-signed", "--name", "web.example.test", **variables)
        assert there.json("list", **variables)["total"] == 1


def test_no_key_lies_in_the_workspace(daemon: KeyringDaemon, computer: Computer) -> None:
    """Without the keyring, on another computer, everything is seen and nothing is signed."""
    computer.ok(*ISSUE, "--name", "web.example.test")
    elsewhere = Computer(
        daemon.folder, {"XDG_DATA_HOME": str(daemon.folder / "share"), "HOME": os.devnull}
    )
    assert elsewhere.json("list")["total"] == 2
    error = elsewhere.refused(*ISSUE, "--name", "other.example.test")
    assert "keyring" in error.lower()
    for arguments in (("key", "export", "Root", "--plain"), ("key", "export", "2", "--plain")):
        assert "PRIVATE KEY" not in elsewhere.refused(*arguments)
