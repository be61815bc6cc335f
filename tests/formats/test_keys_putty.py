"""PuTTY's private keys: as puttygen writes them, and as a writer of the tests' own does."""

import base64
import hashlib
import hmac
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.formats.items import PrivateKeyItem, ReadResult
from mtlsgui.formats.read import read
from mtlsgui.pki import keys
from tests.pki.judges import openssl

SECRET = b"secret"
VERSION_2 = b"""PuTTY-User-Key-File-2: ssh-ed25519
Encryption: aes256-cbc
Comment: ed25519-key-20261123
Public-Lines: 2
AAAAC3NzaC1lZDI1NTE5AAAAIK8Zv7WlfYod6Y3xhxaDYzp3lilf0f8eMzyGhN0k
Vp9R
Private-Lines: 1
rRMBTFcJ8PH/0AXUkHw8DmaOAqwhaTmlAklCLhaYtrPJIn7xheVlv6CC1Wh+xbLl
Private-MAC: 1f42149cc670b556c0dfeb4cfd2b00b07f2c312d
"""
VERSION_3 = b"""PuTTY-User-Key-File-3: ssh-ed25519
Encryption: aes256-cbc
Comment: ed25519-key-20261123
Public-Lines: 2
AAAAC3NzaC1lZDI1NTE5AAAAIPf0MPiuMtxyRMYXCaNibioBkEb/aeqKGt7vIyG2
gnVs
Key-Derivation: Argon2id
Argon2-Memory: 8192
Argon2-Passes: 13
Argon2-Parallelism: 1
Argon2-Salt: 1497631a9c1c86170d8515bbe6f4a4fd
Private-Lines: 1
bkO1a0OHuX44ZrNiMw/WJiS2iTbb0s5Hek/6OwniOoXnBMcuGsbHMt8nokRq38AP
Private-MAC: f74fb6dcd0259ab5e8a9aea52550927637b0c04951e0ad4d5c62f913bc3a1f87
"""
puttygen = pytest.mark.skipif(shutil.which("puttygen") is None, reason="there is no puttygen")


def private(result: ReadResult) -> PrivateKeyItem:
    (item,) = result.items
    assert isinstance(item, PrivateKeyItem)
    return item


@pytest.mark.parametrize("data", [VERSION_2, VERSION_3, VERSION_3.replace(b"\n", b"\r\n")])
def test_a_key_is_locked_or_open(data: bytes) -> None:
    result = read(data, passphrases=[b"wrong", SECRET])
    assert (result.format, result.errors) == ("ppk", ())
    opened = private(result)
    assert (opened.locked, opened.encrypted) == (False, True)
    assert opened.friendly_name == "ed25519-key-20261123"
    locked = private(read(data, passphrases=[b"wrong"]))
    assert (locked.locked, locked.pkcs8) == (True, None)
    assert locked.spki_sha256 == opened.spki_sha256
    assert opened.key is not None
    assert keys.spki_sha256(opened.key.public_key()) == opened.spki_sha256


@pytest.mark.parametrize("data", [VERSION_2, VERSION_3])
def test_a_changed_comment_is_told_from_a_wrong_passphrase(data: bytes) -> None:
    changed = data.replace(b"20261123", b"20261124")
    assert read(changed, passphrases=[b"wrong"]).errors == ()
    result = read(changed, passphrases=[SECRET])
    assert private(result).locked
    assert "was changed" in result.errors[0].message


@puttygen
@pytest.mark.parametrize(
    ("kind", "version", "secret"),
    [
        *(
            (kind, version, secret)
            for kind in ("ecdsa", "ed25519", "ed448")
            for version in ("version=2", "version=3", "kdf=argon2i", "kdf=argon2d")
            for secret in ("", "secret")
        ),
        ("rsa", "version=2", "secret"),
        ("rsa", "version=3", ""),
    ],
)
def test_what_puttygen_writes(kind: str, version: str, secret: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(secret)
    subprocess.run(
        ["puttygen", "-q", "-t", kind, "-C", "me", "--new-passphrase", tmp_path / "secret",
         "--ppk-param", version, "-o", tmp_path / "key"],
        check=True, timeout=60,
    )  # fmt: skip
    line = subprocess.run(
        ["puttygen", tmp_path / "key", "-L"], capture_output=True, check=True, timeout=60
    ).stdout
    item = private(read((tmp_path / "key").read_bytes(), passphrases=[secret.encode()]))
    assert not item.locked
    assert item.friendly_name == "me"
    if kind != "ed448":  # which OpenSSH does not have, and puttygen names in its own way
        assert item.spki_sha256 == read(line).items[0].spki_sha256  # type: ignore[union-attr]


@puttygen
def test_a_dsa_key_of_puttygen(tmp_path: Path) -> None:
    openssl("genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:1024",
            "-pkeyopt", "dsa_paramgen_q_bits:160", "-out", tmp_path / "parameters")  # fmt: skip
    openssl("genpkey", "-paramfile", tmp_path / "parameters", "-out", tmp_path / "pkcs8")
    openssl("pkey", "-in", tmp_path / "pkcs8", "-traditional", "-out", tmp_path / "dsa")
    (tmp_path / "dsa").chmod(0o600)
    (tmp_path / "secret").write_text("")
    subprocess.run(
        ["puttygen", tmp_path / "dsa", "-o", tmp_path / "key", "--new-passphrase",
         tmp_path / "secret"],
        check=True, timeout=60,
    )  # fmt: skip
    item = private(read((tmp_path / "key").read_bytes()))
    assert item.spki_sha256 == private(read((tmp_path / "dsa").read_bytes())).spki_sha256


def string(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value


def plain_file(seed: bytes, comment: bytes, version: int = 3) -> bytes:
    key = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
    kind = b"ssh-ed25519"
    public = string(kind) + string(key.public_key().public_bytes_raw())
    secret = string(seed)
    covered = b"".join(map(string, (kind, b"none", comment, public, secret)))
    if version == 3:
        code = hmac.digest(b"", covered, "sha256")
    else:
        key_of_code = hashlib.sha1(b"putty-private-key-file-mac-key", usedforsecurity=False)
        code = hmac.digest(key_of_code.digest(), covered, "sha1")
    return b"".join((
        b"PuTTY-User-Key-File-%d: %s\nEncryption: none\nComment: %s\n" % (version, kind, comment),
        b"Public-Lines: 1\n%s\nPrivate-Lines: 1\n" % base64.b64encode(public),
        b"%s\nPrivate-MAC: %s\n" % (base64.b64encode(secret), code.hex().encode()),
    ))  # fmt: skip


@given(
    st.binary(min_size=32, max_size=32),
    st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20),
    st.sampled_from([2, 3]),
)
def test_any_key(seed: bytes, comment: str, version: int) -> None:
    expected = ed25519.Ed25519PrivateKey.from_private_bytes(seed).public_key()
    item = private(read(plain_file(seed, comment.encode(), version)))
    assert item.spki_sha256 == keys.spki_sha256(expected)
    assert (item.friendly_name or "") == comment


def test_a_changed_file_without_passphrase_is_refused() -> None:
    result = read(plain_file(bytes(32), b"a").replace(b"Comment: a", b"Comment: b"))
    assert result.items == ()
    assert "integrity code" in result.errors[0].message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Memory: 8192", b"Memory: 2147483648"),
        (b"Passes: 13", b"Passes: 2147483648"),
    ],
)
def test_argon2_is_bounded(old: bytes, new: bytes) -> None:
    result = read(VERSION_3.replace(old, new), passphrases=[SECRET])
    assert result.items == ()
    assert result.bounded


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Parallelism: 1", b"Parallelism: 99999"),
        (b"Passes: 13", b"Passes: -1"),
        (b"Argon2id", b"Argon3"),
        (b"aes256-cbc", b"rot13"),
        (b"Private-Lines: 1", b"Private-Lines: 0"),
        (b"Public-Lines: 2", b"Public-Lines: 99999"),
        (b"File-3", b"File-4"),
        (b"Private-MAC: f", b"Private-MAC: g"),
        (b"Argon2-Salt: 14", b"Argon2-Salt: "),
        (b"AAAAC3N", b"AAAA*3N"),
        (b"ssh-ed25519\n", b"ssh-rsa\n"),
    ],
)
def test_damage_is_an_error_in_words(old: bytes, new: bytes) -> None:
    assert old in VERSION_3
    result = read(VERSION_3.replace(old, new, 1), passphrases=[SECRET])
    assert not any(getattr(item, "pkcs8", None) for item in result.items)
    assert result.format == "ppk"
    assert result.errors or private(result).locked


def test_cuts_are_errors() -> None:
    for end in range(40, len(VERSION_3) - 3):
        result = read(VERSION_3[:end])
        assert (result.format, bool(result.errors or result.items)) == ("ppk", True)
