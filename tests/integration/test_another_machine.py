"""A backup made on one machine, restored into the empty home of another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.integration.estate import Identity, verify
from tests.integration.processes import Computer, new_computer
from tests.keyring_daemon import KeyringDaemon

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        not KeyringDaemon.installed(),
        reason="dbus or gnome-keyring is not installed",
    ),
]

OF_THE_BACKUP = "four words for backups"
OF_THE_FILE = "correct horse"


def furnish(computer: Computer) -> None:
    """A root, an intermediate and a server; the server's files in out/."""
    computer.ok("ca", "create", "--name", "Root", "--key", "rsa2048")
    computer.ok("ca", "intermediate", "--parent", "Root", "--name", "Issuing")
    computer.ok("issue", "--ca", "Issuing", "--name", "old.example.test", "-o", "out")
    computer.ok("request", "create", "--name", "asked.example.test")


def goes_on(there: Computer, old: Path) -> None:
    """It has everything that was backed up, and issues under the same root."""
    assert there.json("list")["total"] == 3
    there.ok("issue", "--ca", "Issuing", "--name", "new.example.test", "-o", "out")
    there.ok("ca", "intermediate", "--parent", "Root", "--name", "Another")
    new = Identity(there.home / "out", "new.example.test")
    verify(old / "ca.crt", new.certificate, untrusted=new.chain)
    exported = there.ok("export", "old.example.test", "--to", "key", "--plain")
    assert exported == Identity(old, "old.example.test").key.read_text()
    assert there.json("request", "list", "--state", "open")["total"] == 1
    assert there.json("journal", "--verify")["verified"] is True
    actions = [entry["action"] for entry in there.json("journal")["entries"]]
    assert "certificate.issued" in actions


def test_from_a_keyring_into_a_file(tmp_path: Path) -> None:
    with KeyringDaemon() as daemon:
        here = Computer(daemon.folder, daemon.environment)
        furnish(here)
        here.ok("backup", "-o", str(tmp_path / "all"), MTLSGUI_OUT_PASSPHRASE=OF_THE_BACKUP)
        old = shutil.copytree(daemon.folder / "out", tmp_path / "out")
    # The first machine is gone, its keyring with it.
    there = new_computer(tmp_path / "home")
    restore = ("restore", str(tmp_path / "all"))
    passphrases = {
        "MTLSGUI_PASSPHRASE": OF_THE_BACKUP,
        "MTLSGUI_OUT_PASSPHRASE": OF_THE_FILE,
    }
    assert "keyring" in there.refused(*restore, **passphrases)  # none here: nothing is assumed
    wrong = there.refused(*restore, "--vault", "file", **{**passphrases, "MTLSGUI_PASSPHRASE": "x"})
    assert "passphrase" in wrong
    there.ok(*restore, "--vault", "file", **passphrases)
    goes_on(Computer(there.home, {"MTLSGUI_PASSPHRASE": OF_THE_FILE}), old)


def test_from_a_file_into_a_keyring(tmp_path: Path) -> None:
    here = new_computer(tmp_path / "home", MTLSGUI_PASSPHRASE=OF_THE_FILE)
    here.ok("init", "--vault", "file")
    furnish(here)
    here.ok("backup", "-o", str(tmp_path / "all"), MTLSGUI_OUT_PASSPHRASE=OF_THE_BACKUP)
    old = shutil.copytree(here.home / "out", tmp_path / "out")
    shutil.rmtree(here.home)
    with KeyringDaemon() as daemon:
        there = Computer(daemon.folder, daemon.environment)
        there.ok("restore", str(tmp_path / "all"), MTLSGUI_PASSPHRASE=OF_THE_BACKUP)
        assert there.json("show", "Root")["custody"] == "keyring"
        goes_on(there, old)
