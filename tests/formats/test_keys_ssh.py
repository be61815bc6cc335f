"""SSH keys as ssh-keygen writes them: every cipher, certificates, lists, RFC 4716."""

import base64
import struct
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.formats import pem
from mtlsgui.formats.items import OtherItem, PrivateKeyItem, PublicKeyItem, ReadResult
from mtlsgui.formats.limits import Limits
from mtlsgui.formats.read import read
from mtlsgui.pki import keys
from mtlsgui.pki.describe import as_text

SECRET = "correct horse"
CIPHERS = [
    "aes128-cbc", "aes192-cbc", "aes256-cbc", "aes128-ctr", "aes192-ctr", "aes256-ctr",
    "aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com",
    "3des-cbc",
]  # fmt: skip
KINDS = {
    "rsa": (["-t", "rsa", "-b", "2048"], "RSA 2048"),
    "p256": (["-t", "ecdsa", "-b", "256"], "ECDSA P-256"),
    "p384": (["-t", "ecdsa", "-b", "384"], "ECDSA P-384"),
    "p521": (["-t", "ecdsa", "-b", "521"], "ECDSA P-521"),
    "ed25519": (["-t", "ed25519"], "Ed25519"),
}


def keygen(*arguments: str | Path) -> bytes:
    return subprocess.run(
        ["ssh-keygen", *arguments], capture_output=True, check=True, timeout=60
    ).stdout


def make(path: Path, kind: str = "ed25519", secret: str = "", *options: str) -> Path:
    keygen("-q", *KINDS[kind][0], "-N", secret, "-C", "me@here", "-f", path, *options)
    return path


def private(result: ReadResult) -> PrivateKeyItem:
    (item,) = result.items
    assert isinstance(item, PrivateKeyItem)
    return item


def public(result: ReadResult) -> PublicKeyItem:
    (item,) = result.items
    assert isinstance(item, PublicKeyItem)
    return item


def described(result: ReadResult) -> str:
    (item,) = result.items
    assert isinstance(item, OtherItem)
    assert item.description is not None
    return as_text(item.description)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_plain_and_locked(kind: str, tmp_path: Path) -> None:
    plain, locked = make(tmp_path / "plain", kind), make(tmp_path / "locked", kind, SECRET)
    for path, secret in ((plain, ""), (locked, SECRET)):
        line = public(read((tmp_path / f"{path.name}.pub").read_bytes()))
        item = private(read(path.read_bytes(), passphrases=[b"wrong", secret.encode()]))
        assert (item.locked, item.encrypted) == (False, bool(secret))
        assert item.friendly_name == "me@here"
        assert item.info is not None
        assert item.info.label == KINDS[kind][1]
        assert item.spki_sha256 == line.spki_sha256
        assert item.key is not None
        assert keys.spki_sha256(item.key.public_key()) == item.spki_sha256
    shut = private(read(locked.read_bytes(), passphrases=[b"wrong"]))
    assert (shut.locked, shut.pkcs8) == (True, None)
    line = public(read((tmp_path / "locked.pub").read_bytes()))
    assert shut.spki_sha256 == line.spki_sha256


@pytest.mark.parametrize("cipher", CIPHERS)
def test_every_cipher(cipher: str, tmp_path: Path) -> None:
    path = make(tmp_path / "key", "ed25519", SECRET, "-Z", cipher, "-a", "1")
    item = private(read(path.read_bytes(), passphrases=[b"wrong", SECRET.encode()]))
    assert not item.locked
    assert item.protection.startswith(cipher.partition("@")[0])


def test_a_user_certificate(tmp_path: Path) -> None:
    authority, subject = make(tmp_path / "ca", "rsa"), make(tmp_path / "user", "p256")
    keygen("-q", "-s", authority, "-I", "alice@work", "-n", "alice,root", "-z", "42", "-V",
           "20260101000000Z:20270101000000Z", "-O", "force-command=/bin/date", "-O", "no-pty",
           f"{subject}.pub")  # fmt: skip
    text = described(read((tmp_path / "user-cert.pub").read_bytes()))
    for words in ("alice@work", "user", "42", "root", "1 Jan 2026", "1 Jan 2027", "ECDSA P-256",
                  "force-command", "/bin/date", "permit-port-forwarding", "SHA256:"):  # fmt: skip
        assert words in text
    assert "permit-pty" not in text
    fingerprint = keygen("-l", "-f", f"{authority}.pub").split()[1].decode()
    assert fingerprint in text


def test_a_host_certificate_for_ever(tmp_path: Path) -> None:
    authority, host = make(tmp_path / "ca"), make(tmp_path / "host")
    keygen("-q", "-h", "-s", authority, "-I", "h1", f"{host}.pub")
    text = described(read((tmp_path / "host-cert.pub").read_bytes()))
    assert "OpenSSH host certificate" in text
    assert "for ever" in text


def test_authorized_keys_and_known_hosts(tmp_path: Path) -> None:
    lines = [(make(tmp_path / kind, kind).with_suffix(".pub")).read_text() for kind in KINDS]
    before = [
        'command="echo \\"ssh-rsa AAAA\\"",no-pty ', "", 'from="10.0.0.0/8,!10.0.0.1" ',
        "@cert-authority *.example ", "host,10.0.0.1 ",
    ]  # fmt: skip
    text = "# who may come in\n\n" + "".join(map(str.__add__, before, lines)) + "nonsense here\n"
    result = read(text.encode())
    assert result.format == "openssh"
    labels = [item.info.label for item in result.items if isinstance(item, PublicKeyItem)]
    assert labels == [label for _, label in KINDS.values()]
    assert [error.where for error in result.errors] == ["line 8"]


def test_rfc_4716(tmp_path: Path) -> None:
    path = make(tmp_path / "key", "rsa")
    block = keygen("-e", "-f", path)
    line = public(read((tmp_path / "key.pub").read_bytes()))
    assert public(read(block)).spki_sha256 == line.spki_sha256
    folded = block.replace(b'"\n', b'\\\n and more"\n', 1).replace(b"\n", b"\r\n")
    assert public(read(folded)).spki_sha256 == line.spki_sha256
    assert len(read(block * 3).items) == 3
    assert "END line" in read(block + b"---- BEGIN SSH2 PUBLIC KEY ----\nAAAA").errors[0].message


def string(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value


def test_a_key_on_a_token_is_named() -> None:
    blob = string(b"sk-ssh-ed25519@openssh.com") + string(bytes(32)) + string(b"ssh:work")
    line = b"sk-ssh-ed25519@openssh.com " + base64.b64encode(blob) + b" me@here"
    text = described(read(line))
    assert "Ed25519, on a FIDO token" in text
    assert "me@here" in text
    section = string(b"sk-ssh-ed25519@openssh.com") + string(bytes(32)) + string(b"ssh:work")
    section += b"\1" + string(b"handle") + string(b"") + string(b"me@here")
    assert "ssh:work" in described(read(file_of(blob, bytes(8) + section)))


def file_of(blob: bytes, section: bytes, options: bytes = b"", cipher: bytes = b"none") -> bytes:
    derivation = b"bcrypt" if options else b"none"
    body = b"openssh-key-v1\0" + string(cipher) + string(derivation) + string(options)
    return pem.encode(
        "OPENSSH PRIVATE KEY", body + struct.pack(">I", 1) + string(blob) + string(section)
    )


def ed25519_file(seed: bytes, stated: bytes, comment: bytes = b"") -> bytes:
    blob = string(b"ssh-ed25519") + string(stated)
    section = bytes(8) + blob + string(seed + stated) + string(comment)
    return file_of(blob, section)


@given(st.binary(min_size=32, max_size=32), st.text(max_size=30))
def test_any_seed_and_comment(seed: bytes, comment: str) -> None:
    key = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
    stated = key.public_key().public_bytes_raw()
    item = private(read(ed25519_file(seed, stated, comment.encode())))
    assert item.spki_sha256 == keys.spki_sha256(key.public_key())
    assert (item.friendly_name or "") == comment


def test_a_public_half_that_is_another_keys_is_damage() -> None:
    result = read(ed25519_file(bytes(32), bytes(range(32))))
    assert result.items == ()
    assert "another key" in result.errors[0].message


@pytest.mark.parametrize("rounds", [257, 2**31])
def test_rounds_of_bcrypt_are_bounded(rounds: int) -> None:
    blob = string(b"ssh-ed25519") + string(bytes(32))
    options = string(bytes(16)) + struct.pack(">I", rounds)
    data = file_of(blob, bytes(160), options, b"aes256-ctr")
    result = read(data, passphrases=[b"x"])
    assert result.bounded
    assert f"{rounds:,} rounds of bcrypt" in result.errors[0].message


def test_the_rounds_of_a_whole_file_are_bounded() -> None:
    blob = string(b"ssh-ed25519") + string(bytes(32))
    data = file_of(blob, bytes(160), string(bytes(16)) + struct.pack(">I", 1), b"aes256-ctr") * 3
    result = read(data, passphrases=[b"x"], limits=Limits(kdf_rounds=60_000))
    assert len(result.items) == 2
    assert "too long" in result.errors[0].message


def test_cuts_are_errors_and_never_exceptions(tmp_path: Path) -> None:
    path = make(tmp_path / "key", "rsa")
    (block,) = pem.split(path.read_bytes())
    assert block.body is not None
    for end in range(16, len(block.body) - 16, 7):
        result = read(pem.encode("OPENSSH PRIVATE KEY", block.body[:end]))
        assert result.errors
        assert not any(isinstance(item, PrivateKeyItem) for item in result.items)


@pytest.mark.parametrize(
    "data",
    [
        b"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAIQ x\n" + b'"\\' * 15_000 + b" ssh-rsa AAAA\n",
        b"---- BEGIN SSH2 PUBLIC KEY ----\n" * 50_000,
        b"ssh-ed25519 AAAA\n",
        b"ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29t\n",
        b"SSH PRIVATE KEY FILE FORMAT 1.1\n\0\3",
    ],
)
def test_junk_is_told_in_words(data: bytes) -> None:
    result = read(data)
    assert result.format == "openssh"
    assert result.errors or all(isinstance(item, OtherItem) for item in result.items)


def test_a_key_in_the_words_of_the_library(tmp_path: Path) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    data = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.OpenSSH,
        serialization.BestAvailableEncryption(SECRET.encode()),
    )
    item = private(read(data, passphrases=[SECRET.encode()]))
    assert item.spki_sha256 == keys.spki_sha256(key.public_key())
