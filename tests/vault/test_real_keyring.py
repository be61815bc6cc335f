"""KeyringVault and find_keyring on a real gnome-keyring daemon."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.SecretService import Keyring as SecretService

from mtlsgui.pki.keys import PrivateKey, spki_der
from mtlsgui.vault.base import (
    VaultEntryExists,
    VaultEntryMissing,
    VaultLocked,
    VaultUnavailable,
)
from mtlsgui.vault.choose import KeyringUnavailable, Unavailability, find_keyring, likely_label
from mtlsgui.vault.custody import load_key, store_key
from mtlsgui.vault.keyring_errors import OR_FILE_VAULT
from mtlsgui.vault.keyring_vault import KeyringVault
from tests.keyring_daemon import KeyringDaemon
from tests.vault.backends import ForgettingKeyring, LockedKeyring, MemoryKeyring

SECRET_SERVICE = "keyring.backends.SecretService.Keyring"

pytestmark = [
    pytest.mark.integration,
    # keyring's backend leaves its connection open when the collection is locked.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_every_kind_of_key_is_kept_and_deleted(
    daemon: KeyringDaemon, keys: dict[str, PrivateKey]
) -> None:
    vault = find_keyring("workspace")
    assert vault.kind == "keyring"
    assert vault.label == "GNOME Keyring"
    assert vault.backend_name == SECRET_SERVICE
    for kind, key in keys.items():
        store_key(vault, kind, key)
    again = find_keyring("workspace", backend=vault.backend_name)
    for kind, key in keys.items():
        assert spki_der(load_key(again, kind).public_key()) == spki_der(key.public_key())
        with pytest.raises(VaultEntryExists):
            again.put(kind, b"another")
        again.delete(kind)
        with pytest.raises(VaultEntryMissing):
            vault.get(kind)
        vault.delete(kind)


def test_the_probe_leaves_nothing_behind(daemon: KeyringDaemon) -> None:
    find_keyring("workspace")
    daemon.kill()
    ring = daemon.folder / "share" / "keyrings" / "login.keyring"
    empty_size = ring.stat().st_size
    daemon.start()
    find_keyring("workspace")
    daemon.kill()
    assert ring.stat().st_size == empty_size


def test_the_keyring_is_named_without_writing_or_unlocking(daemon: KeyringDaemon) -> None:
    ring = daemon.folder / "share" / "keyrings" / "login.keyring"
    find_keyring("workspace").put("ref", b"secret")
    before = ring.read_bytes()
    daemon.lock()
    assert likely_label() == "GNOME Keyring"
    assert ring.read_bytes() == before
    with pytest.raises(KeyringUnavailable):  # it is locked still
        find_keyring("workspace")


def test_no_keyring_has_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert likely_label() == ""


def test_entries_outlive_the_daemon(daemon: KeyringDaemon) -> None:
    vault = find_keyring("workspace")
    vault.put("ref", bytes(range(256)))
    daemon.kill()
    daemon.start()
    assert vault.get("ref") == bytes(range(256))


def test_a_locked_keyring_is_named_with_a_remedy(daemon: KeyringDaemon) -> None:
    vault = find_keyring("workspace")
    vault.put("ref", b"secret")
    daemon.lock()
    with pytest.raises(VaultLocked, match="GNOME Keyring is locked") as caught:
        vault.get("ref")
    assert "Unlock GNOME Keyring" in caught.value.remedy
    with pytest.raises(VaultLocked):
        vault.put("other", b"secret")
    with pytest.raises(VaultLocked):
        vault.delete("ref")
    with pytest.raises(KeyringUnavailable) as unavailable:
        find_keyring("workspace")
    assert unavailable.value.reason is Unavailability.LOCKED
    assert unavailable.value.remedy.endswith(OR_FILE_VAULT)
    daemon.kill()
    daemon.start()  # unlocked
    assert vault.get("ref") == b"secret"
    with pytest.raises(VaultEntryMissing):
        vault.get("other")


def test_a_killed_daemon_is_named_and_used_again_when_it_is_back(daemon: KeyringDaemon) -> None:
    vault = find_keyring("workspace")
    vault.put("ref", b"secret")
    daemon.kill()
    with pytest.raises(VaultUnavailable, match="GNOME Keyring does not answer") as caught:
        vault.get("ref")
    assert "Start it again" in caught.value.remedy
    with pytest.raises(VaultUnavailable):
        vault.put("other", b"secret")
    with pytest.raises(KeyringUnavailable) as unavailable:
        find_keyring("workspace")
    assert unavailable.value.reason is Unavailability.NO_DAEMON
    with pytest.raises(KeyringUnavailable) as unavailable:
        find_keyring("workspace", backend=SECRET_SERVICE)
    assert unavailable.value.reason is Unavailability.NO_DAEMON
    daemon.start()
    assert vault.get("ref") == b"secret"
    assert find_keyring("workspace").get("ref") == b"secret"


def test_it_is_found_from_a_worker_thread(daemon: KeyringDaemon) -> None:
    found: list[KeyringVault] = []
    threads = [
        threading.Thread(target=lambda: found.append(find_keyring("workspace"))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [vault.label for vault in found] == ["GNOME Keyring"] * 4


def test_another_process_reads_what_this_one_kept(daemon: KeyringDaemon) -> None:
    find_keyring("workspace").put("ref", b"seen by both")
    program = (
        "from mtlsgui.vault.choose import find_keyring\n"
        "print(find_keyring('workspace').get('ref').decode())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=daemon.child_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "seen by both"


@pytest.mark.parametrize(
    "slipped_in",
    ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", "no.such.Backend"],
)
def test_what_the_environment_slips_in_is_not_used(
    daemon: KeyringDaemon, monkeypatch: pytest.MonkeyPatch, slipped_in: str
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", slipped_in)
    config = Path(daemon.environment["XDG_CONFIG_HOME"]) / "python_keyring" / "keyringrc.cfg"
    config.parent.mkdir(parents=True)
    config.write_text(f"[backend]\ndefault-keyring={slipped_in}\n")
    assert find_keyring("workspace").backend_name == SECRET_SERVICE


# --- without a keyring ---


@pytest.fixture
def headless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No D-Bus session; gives XDG_RUNTIME_DIR."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("backend", [None, SECRET_SERVICE])
def test_without_d_bus_it_says_so_and_offers_the_file(headless: Path, backend: str | None) -> None:
    with pytest.raises(KeyringUnavailable) as caught:
        find_keyring("workspace", backend=backend)
    assert caught.value.reason is Unavailability.NO_SESSION_BUS
    assert "DBUS_SESSION_BUS_ADDRESS is not set" in caught.value.detail
    assert caught.value.remedy.endswith(OR_FILE_VAULT)


def test_a_bus_that_waits_unnamed_is_pointed_to(headless: Path) -> None:
    (headless / "bus").touch()
    with pytest.raises(KeyringUnavailable) as caught:
        find_keyring("workspace")
    assert f"set DBUS_SESSION_BUS_ADDRESS to unix:path={headless}/bus" in caught.value.remedy


@pytest.mark.parametrize("address", ["unix:path=/nonexistent/bus", "nonsense", ""])
def test_a_bus_that_is_not_there_is_told_apart(
    headless: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with pytest.raises(KeyringUnavailable) as caught:
        find_keyring("workspace")
    assert caught.value.reason is Unavailability.NO_SESSION_BUS
    assert "Nothing answers" in caught.value.detail


def test_an_unknown_backend_is_refused_in_words(headless: Path) -> None:
    with pytest.raises(KeyringUnavailable, match="cannot be used here") as caught:
        find_keyring("workspace", backend="no.such.Backend")
    assert caught.value.reason is Unavailability.NO_BACKEND


@pytest.mark.parametrize("name", ["null", "fail"])
def test_a_backend_that_keeps_nothing_fails_its_test_even_when_chosen(
    headless: Path, name: str
) -> None:
    with pytest.raises(KeyringUnavailable) as caught:
        find_keyring("workspace", backend=f"keyring.backends.{name}.Keyring")
    assert caught.value.remedy.endswith(OR_FILE_VAULT)


def test_backends_of_third_parties_are_used_only_when_chosen(headless: Path) -> None:
    """The backends of these tests are registered with keyring like any plug-in's."""
    assert MemoryKeyring in KeyringBackend.get_viable_backends()
    with pytest.raises(KeyringUnavailable):
        find_keyring("workspace")
    backend = MemoryKeyring()
    vault = find_keyring("workspace", backend=backend)
    vault.put("ref", b"secret")
    assert list(backend.entries) == [("mtlsgui/workspace/ref", "mtlsgui")]
    by_name = f"{MemoryKeyring.__module__}.{MemoryKeyring.__qualname__}"
    assert find_keyring("workspace", backend=by_name).backend_name == by_name


def test_a_chosen_backend_that_fails_says_why(headless: Path) -> None:
    forgetting = ForgettingKeyring()
    forgetting.lying = True
    with pytest.raises(KeyringUnavailable) as caught:
        find_keyring("workspace", backend=forgetting)
    assert caught.value.reason is Unavailability.FAILED
    locked = LockedKeyring()
    locked.locked = True
    with pytest.raises(KeyringUnavailable) as caught:
        find_keyring("workspace", backend=locked)
    assert caught.value.reason is Unavailability.LOCKED
    assert locked.asked == 1


def test_keyring_is_not_loaded_until_it_is_looked_for() -> None:
    """It costs 127 ms."""
    program = (
        "import sys, mtlsgui.vault.choose, mtlsgui.vault.keyring_vault, mtlsgui.vault.file_vault\n"
        "sys.exit(any(name.split('.')[0] in ('keyring', 'jeepney') for name in sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", program], env=os.environ, check=False).returncode == 0
    )


def test_a_secret_service_that_is_not_there_has_its_general_name(headless: Path) -> None:
    vault = KeyringVault(SecretService(), "workspace")  # type: ignore[no-untyped-call]
    assert vault.label == "Secret Service"
    with pytest.raises(VaultUnavailable):
        vault.get("ref")
