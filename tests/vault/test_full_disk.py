"""Both vaults on a disk that is really full: a small tmpfs in a mount namespace of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.keyring_daemon import KeyringDaemon

ROOT = Path(__file__).parents[2]
NAMESPACE = ["unshare", "--mount", "--map-root-user"]


def can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    mount = ["mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run([*NAMESPACE, *mount], capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(not can_mount(), reason="no file system can be mounted here"),
]

FILL = """
import os, subprocess, sys
from pathlib import Path
from mtlsgui.vault.base import VaultError
from tests.keyring_daemon import KeyringDaemon

def mount(folder):
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], check=True)

def fill(folder):
    with open(folder / "filling", "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(512))
        except OSError as error:
            assert error.errno == 28, error

def put_on_full_disk(vault):
    try:
        vault.put("new", bytes(30000))
    except VaultError as error:
        print(type(error).__name__, error)
"""
FILE_VAULT = """
from mtlsgui.vault.file_vault import FileVault
folder = Path(sys.argv[1])
mount(folder)
vault = FileVault.create(folder / "keys.vault", "passphrase")
vault.put("old", b"kept")
fill(folder)
put_on_full_disk(vault)
(folder / "filling").unlink()
print(vault.get("old").decode(), vault.refs())
"""
KEYRING = """
from mtlsgui.vault.choose import find_keyring
daemon = KeyringDaemon()
share = daemon.folder / "share"
share.mkdir()
mount(share)
with daemon:
    os.environ.update(daemon.environment)
    vault = find_keyring("workspace")
    vault.put("old", b"kept")
    fill(share)
    put_on_full_disk(vault)
    daemon.kill()
    (share / "filling").unlink()
    daemon.start()
    print(vault.get("old").decode())
    subprocess.run(["umount", "--lazy", share], check=True)
"""


def run(program: str, *arguments: str) -> list[str]:
    done = subprocess.run(
        [*NAMESPACE, sys.executable, "-c", FILL + program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_file_vault_says_so_and_keeps_what_it_held(tmp_path: Path) -> None:
    error, kept = run(FILE_VAULT, str(tmp_path))
    assert error.startswith("VaultWriteFailed")
    assert "Free some space" in error
    assert kept == "kept ('old',)"


@pytest.mark.skipif(not KeyringDaemon.installed(), reason="gnome-keyring is not installed")
def test_gnome_keyring_fails_and_keeps_what_it_held() -> None:
    error, kept = run(KEYRING)
    assert error.startswith("VaultError GNOME Keyring failed.")
    assert "the disk is not full" in error
    assert kept == "kept"
