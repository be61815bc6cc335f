"""FileVault: what is in the file, and that whatever goes wrong leaves the old content."""

import hashlib
import os
import stat
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mtlsgui.pki.keys import PrivateKey, spki_der
from mtlsgui.vault.base import (
    VaultDamaged,
    VaultEntryExists,
    VaultEntryMissing,
    VaultEntryTooLarge,
    VaultError,
    VaultLocked,
    VaultUnavailable,
    VaultWriteFailed,
    WrongPassphrase,
)
from mtlsgui.vault.custody import load_key, store_key
from mtlsgui.vault.file_vault import FileVault
from mtlsgui.vault.vault_file import MAX_SIZE, ScryptCost

CHEAP = ScryptCost(log_n=14)
PASSPHRASE = "correct horse battery staple"
SECRET = b"p256:the-secret-of-the-test"
HEADER_SIZE = 96
needs_posix = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions and limits")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.vault"


@pytest.fixture
def vault(path: Path) -> FileVault:
    return FileVault.create(path, PASSPHRASE, cost=CHEAP)


def resealed(data: bytes) -> bytes:
    """`data` with a right checksum, as somebody who changes the file on purpose would leave it."""
    body = data[:-32]
    return body + hashlib.sha256(body).digest()


def assert_explained(error: VaultError) -> None:
    assert error.title
    assert error.detail
    assert error.remedy
    shown = "".join(traceback.format_exception(error)) + repr(error)
    assert PASSPHRASE not in shown
    assert SECRET.decode() not in shown


def test_every_kind_of_key_is_kept(
    vault: FileVault, path: Path, keys: dict[str, PrivateKey]
) -> None:
    for kind, key in keys.items():
        store_key(vault, kind, key)
    again = FileVault.open(path, PASSPHRASE)
    assert again.refs() == tuple(sorted(keys))
    for kind, key in keys.items():
        assert spki_der(load_key(again, kind).public_key()) == spki_der(key.public_key())


def test_put_get_delete(vault: FileVault) -> None:
    assert vault.kind == "file"
    assert vault.label == "Passphrase-protected file"
    vault.put("ref", SECRET)
    vault.put("bytes", bytes(range(256)))
    assert vault.get("ref") == SECRET
    assert vault.get("bytes") == bytes(range(256))
    with pytest.raises(VaultEntryExists) as exists:
        vault.put("ref", b"another")
    assert_explained(exists.value)
    assert vault.get("ref") == SECRET
    vault.delete("ref")
    vault.delete("ref")
    with pytest.raises(VaultEntryMissing) as missing:
        vault.get("ref")
    assert_explained(missing.value)
    assert vault.refs() == ("bytes",)


def test_the_file_shows_nothing_and_is_the_owners_alone(vault: FileVault, path: Path) -> None:
    vault.put("a-telling-reference", SECRET)
    data = path.read_bytes()
    for hidden in (SECRET, b"a-telling-reference", PASSPHRASE.encode()):
        assert hidden not in data
    if os.name != "nt":
        path.chmod(0o644)  # as a careless restore leaves it: mended at the next write
        vault.put("another", SECRET)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(entry.name for entry in path.parent.iterdir()) == [
        "keys.vault",
        "keys.vault.lock",
    ]


def test_the_default_cost_is_the_one_that_is_promised(path: Path) -> None:
    FileVault.create(path, PASSPHRASE)
    assert tuple(path.read_bytes()[16:20]) == (1, 17, 8, 1)
    FileVault.open(path, PASSPHRASE)


def test_nothing_is_overwritten_by_create(vault: FileVault, path: Path) -> None:
    vault.put("ref", SECRET)
    before = path.read_bytes()
    with pytest.raises(VaultEntryExists) as caught:
        FileVault.create(path, PASSPHRASE, cost=CHEAP)
    assert_explained(caught.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize("empty", ["", b""])
def test_an_empty_passphrase_is_refused(vault: FileVault, path: Path, empty: str | bytes) -> None:
    with pytest.raises(ValueError, match="empty"):
        FileVault.create(path.with_name("other"), empty)
    with pytest.raises(ValueError, match="empty"):
        vault.change_passphrase(PASSPHRASE, empty)


def test_a_passphrase_is_the_same_however_it_is_composed_or_passed(path: Path) -> None:
    FileVault.create(path, "Z\u00fcrich", cost=CHEAP)
    for same in ("Zu\u0308rich", "Z\u00fcrich".encode(), "Zu\u0308rich".encode()):
        FileVault.open(path, same)
    with pytest.raises(WrongPassphrase):
        FileVault.open(path, "Zurich")


def test_a_passphrase_need_not_be_text(path: Path) -> None:
    FileVault.create(path, b"\xff\xfe\x00", cost=CHEAP)
    FileVault.open(path, b"\xff\xfe\x00")


def test_a_locked_vault_gives_nothing(vault: FileVault) -> None:
    vault.put("ref", SECRET)
    vault.lock()
    assert vault.locked
    uses: tuple[Callable[[], object], ...] = (
        vault.refs,
        lambda: vault.get("ref"),
        lambda: vault.put("new", SECRET),
        lambda: vault.delete("ref"),
    )
    for use in uses:
        with pytest.raises(VaultLocked) as caught:
            use()
        assert_explained(caught.value)
    with pytest.raises(WrongPassphrase):
        vault.unlock("wrong")
    assert vault.locked
    vault.unlock(PASSPHRASE)
    assert vault.get("ref") == SECRET


# --- wrong passphrase and damage told apart ---


@pytest.mark.parametrize("wrong", ["", "Correct horse battery staple", PASSPHRASE + " ", b"\xff"])
def test_a_wrong_passphrase_is_called_that(
    vault: FileVault, path: Path, wrong: str | bytes
) -> None:
    with pytest.raises(WrongPassphrase) as caught:
        FileVault.open(path, wrong)
    assert_explained(caught.value)


def test_every_changed_byte_is_called_damage(vault: FileVault, path: Path) -> None:
    vault.put("ref", SECRET)
    whole = path.read_bytes()
    for index in range(len(whole)):
        changed = bytearray(whole)
        changed[index] ^= 0x01
        path.write_bytes(changed)
        if index == 16:  # the version: a newer one is no damage
            changed[index] = 0
            path.write_bytes(changed)
        with pytest.raises(VaultDamaged):
            FileVault.open(path, PASSPHRASE)
        with pytest.raises(VaultDamaged) as caught:
            vault.get("ref")
        assert_explained(caught.value)
    path.write_bytes(whole)
    assert vault.get("ref") == SECRET


def test_every_truncation_is_called_damage(vault: FileVault, path: Path) -> None:
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        with pytest.raises(VaultDamaged):
            FileVault.open(path, PASSPHRASE)
    path.write_bytes(whole + b"\n")
    with pytest.raises(VaultDamaged):
        FileVault.open(path, PASSPHRASE)


def test_a_change_on_purpose_never_opens(vault: FileVault, path: Path) -> None:
    """With the checksum made right again. Changed costs are left to the test of their bounds."""
    vault.put("ref", SECRET)
    whole = path.read_bytes()
    for index in (20, 51, 52, 83, 84, 95, HEADER_SIZE, len(whole) - 33):
        changed = bytearray(whole)
        changed[index] ^= 0x80
        path.write_bytes(resealed(bytes(changed)))
        expected = WrongPassphrase if index < 84 else VaultDamaged
        with pytest.raises(expected):
            FileVault.open(path, PASSPHRASE)


@pytest.mark.parametrize(
    ("log_n", "r", "p"), [(13, 8, 1), (21, 8, 1), (255, 8, 1), (17, 9, 1), (17, 0, 1), (17, 8, 5)]
)
def test_a_foreign_file_cannot_ask_for_any_amount_of_memory(
    vault: FileVault, path: Path, log_n: int, r: int, p: int
) -> None:
    changed = bytearray(path.read_bytes())
    changed[17:20] = bytes((log_n, r, p))
    path.write_bytes(resealed(bytes(changed)))
    with pytest.raises(VaultDamaged, match="asks for too much"):
        FileVault.open(path, PASSPHRASE)


def test_a_newer_format_is_named_as_such(vault: FileVault, path: Path) -> None:
    changed = bytearray(path.read_bytes())
    changed[16] = 2
    path.write_bytes(resealed(bytes(changed)))
    with pytest.raises(VaultError, match="format 2") as caught:
        FileVault.open(path, PASSPHRASE)
    assert not isinstance(caught.value, VaultDamaged)
    assert "newer version" in caught.value.remedy


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----", b"mtlsgui vault\n"])
def test_another_file_is_no_vault(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(VaultDamaged, match="not a vault file"):
        FileVault.open(path, PASSPHRASE)


def test_an_enormous_file_is_refused(vault: FileVault, path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(MAX_SIZE + 2)
    with pytest.raises(VaultDamaged):
        FileVault.open(path, PASSPHRASE)


def test_a_vault_never_grows_past_what_it_reads(vault: FileVault, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(VaultEntryTooLarge) as caught:
        vault.put("ref", bytes(MAX_SIZE))
    assert_explained(caught.value)
    assert path.read_bytes() == before


def test_a_missing_file_is_no_damage(vault: FileVault, path: Path) -> None:
    path.unlink()
    with pytest.raises(VaultUnavailable) as caught:
        vault.get("ref")
    assert_explained(caught.value)
    with pytest.raises(VaultUnavailable):
        vault.put("ref", SECRET)
    assert not path.exists()  # a vault that is put back later must not meet a new, empty one


# --- change of passphrase ---


def test_the_passphrase_can_be_changed(vault: FileVault, path: Path) -> None:
    vault.put("ref", SECRET)
    salt = path.read_bytes()[20:52]
    vault.change_passphrase(PASSPHRASE, "another", cost=CHEAP)
    assert vault.get("ref") == SECRET
    assert path.read_bytes()[20:52] != salt
    with pytest.raises(WrongPassphrase):
        FileVault.open(path, PASSPHRASE)
    assert FileVault.open(path, "another").get("ref") == SECRET


def test_the_old_passphrase_is_asked_for(vault: FileVault, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(WrongPassphrase):
        vault.change_passphrase("wrong", "another", cost=CHEAP)
    assert path.read_bytes() == before


def test_who_has_it_open_with_the_old_passphrase_is_told(vault: FileVault, path: Path) -> None:
    other = FileVault.open(path, PASSPHRASE)
    vault.put("ref", SECRET)
    vault.change_passphrase(PASSPHRASE, "another", cost=CHEAP)
    before = path.read_bytes()
    with pytest.raises(VaultLocked, match="was changed") as caught:
        other.put("new", SECRET)
    assert_explained(caught.value)
    assert path.read_bytes() == before
    other.unlock("another")
    assert other.get("ref") == SECRET


# --- several at once ---


def test_two_open_vaults_see_each_others_entries(vault: FileVault, path: Path) -> None:
    other = FileVault.open(path, PASSPHRASE)
    vault.put("one", SECRET)
    other.put("two", SECRET)
    assert vault.refs() == other.refs() == ("one", "two")
    other.delete("one")
    assert vault.refs() == ("two",)


WRITER = """
import sys
from pathlib import Path
from mtlsgui.vault.file_vault import FileVault
vault = FileVault.open(Path(sys.argv[1]), sys.stdin.buffer.read())
for number in range(int(sys.argv[3])):
    vault.put(f"{sys.argv[2]}-{number}", sys.argv[2].encode())
    if number % 3 == 2:
        vault.delete(f"{sys.argv[2]}-{number}")
print("done")
"""


def spawn(*arguments: str) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-c", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(PASSPHRASE.encode())
    process.stdin.close()
    process.stdin = None
    return process


def test_processes_never_lose_each_others_entries(vault: FileVault, path: Path) -> None:
    count = 24
    names = ("a", "b", "c")
    writers = [spawn(WRITER, str(path), name, str(count)) for name in names]
    for writer in writers:
        out, error = writer.communicate()
        assert out.strip() == b"done", error.decode()
    expected = {f"{name}-{number}" for name in names for number in range(count) if number % 3 != 2}
    assert set(vault.refs()) == expected
    assert all(vault.get(ref).decode() == ref[0] for ref in expected)


def test_threads_never_lose_each_others_entries(vault: FileVault) -> None:
    def write(name: str) -> None:
        for number in range(20):
            vault.put(f"{name}-{number}", SECRET)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(vault.refs()) == 60


def test_a_writer_killed_at_any_moment_leaves_a_whole_vault(vault: FileVault, path: Path) -> None:
    vault.put("before", SECRET)
    for run in range(6):
        writer = spawn(WRITER, str(path), f"r{run}", "100000")
        while not any(ref.startswith(f"r{run}-") for ref in vault.refs()):
            assert writer.poll() is None
        writer.kill()
        writer.communicate()
        assert vault.get("before") == SECRET
        vault.put(f"after-{run}", SECRET)  # the dead one's lock is free
    assert FileVault.open(path, PASSPHRASE).refs() == vault.refs()
    assert not list(path.parent.glob(".*.tmp"))  # what it left is cleared away


# --- disks and permissions ---

FULL_DISK = """
import resource, sys
from pathlib import Path
from mtlsgui.vault.file_vault import FileVault
from mtlsgui.vault.base import VaultWriteFailed
vault = FileVault.open(Path(sys.argv[1]), sys.stdin.buffer.read())
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    if sys.argv[3] == "put":
        vault.put("new", bytes(5000))
    else:
        vault.change_passphrase(sys.argv[4], "another")
except VaultWriteFailed as error:
    print(error)
"""


@needs_posix
@pytest.mark.parametrize("limit", [0, 1, 100, 4096])
def test_a_full_disk_leaves_the_old_content(vault: FileVault, path: Path, limit: int) -> None:
    vault.put("old", bytes(5000))
    before = path.read_bytes()
    for use in ("put", "change"):
        out, error = spawn(FULL_DISK, str(path), str(limit), use, PASSPHRASE).communicate()
        assert b"not saved" in out, error.decode()
        assert b"Free some space" in out
        assert path.read_bytes() == before
        assert not list(path.parent.glob(".*.tmp"))
    assert vault.get("old") == bytes(5000)
    vault.put("new", SECRET)


READ_ONLY = """
import os, sys
from pathlib import Path
from mtlsgui.vault.file_vault import FileVault
from mtlsgui.vault.base import VaultError
vault = FileVault.open(Path(sys.argv[1]), sys.stdin.buffer.read())
if os.geteuid() == 0:  # whom no permission stops: go on as nobody
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
print(vault.get("old").decode())
for use in (lambda: vault.put("new", b"x"), lambda: vault.delete("old")):
    try:
        use()
    except VaultError as error:
        print(type(error).__name__, error)
"""


@pytest.fixture
def folder_of_nobody() -> Iterator[Path]:
    """A folder outside pytest's own, which other users may not enter."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@needs_posix
def test_a_read_only_folder_can_be_read_from_and_says_so_on_writing(folder_of_nobody: Path) -> None:
    path = folder_of_nobody / "keys.vault"
    vault = FileVault.create(path, PASSPHRASE, cost=CHEAP)
    vault.put("old", b"still here")
    before = path.read_bytes()
    for entry in (folder_of_nobody, path, folder_of_nobody / "keys.vault.lock"):
        if os.geteuid() == 0:
            os.chown(entry, 65534, 65534)
    for with_lock in (True, False):
        if not with_lock:
            folder_of_nobody.chmod(0o700)
            (folder_of_nobody / "keys.vault.lock").unlink()
        folder_of_nobody.chmod(0o500)
        out, error = spawn(READ_ONLY, str(path)).communicate()
        lines = out.decode().splitlines()
        assert lines[0:1] == ["still here"], error.decode()
        assert len(lines) == 3
        assert all(line.startswith("VaultWriteFailed") for line in lines[1:])
        assert all("permission" in line for line in lines[1:])
    folder_of_nobody.chmod(0o700)
    assert path.read_bytes() == before


def test_a_missing_folder_is_named(path: Path) -> None:
    with pytest.raises(VaultWriteFailed) as caught:
        FileVault.create(path.parent / "nowhere" / "keys.vault", PASSPHRASE, cost=CHEAP)
    assert_explained(caught.value)
    assert "nowhere" in caught.value.detail


@needs_posix
def test_a_symbolic_link_stays_one(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere"
    real.mkdir()
    FileVault.create(real / "keys.vault", PASSPHRASE, cost=CHEAP)
    path.symlink_to(real / "keys.vault")
    FileVault.open(path, PASSPHRASE).put("ref", SECRET)
    assert path.is_symlink()
    assert FileVault.open(real / "keys.vault", PASSPHRASE).get("ref") == SECRET


def test_repr_shows_no_secret(vault: FileVault) -> None:
    vault.put("ref", SECRET)
    assert "unlocked" in repr(vault)
    shown = repr(vault) + repr(vars(vault))
    assert SECRET.decode() not in shown
    assert PASSPHRASE not in shown
