"""OpenSSL's traditional encrypted PEM, in every cipher that it offers."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from mtlsgui.formats.items import PrivateKeyItem
from mtlsgui.formats.read import read
from mtlsgui.pki import der, keys
from tests.pki.judges import openssl

SECRET = b"correct horse"
RSA = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.SECP256R1())
SINGLE = [
    f"{cipher}-{mode}"
    for cipher in ("des", "des-ede", "des-ede3", "rc2", "seed", "bf", "cast5", "sm4")
    for mode in ("cbc", "cfb", "ofb")
]
SIZED = [
    f"{cipher}-{bits}-{mode}"
    for cipher in ("aes", "camellia", "aria")
    for bits in (128, 192, 256)
    for mode in ("cbc", "cfb", "ofb", "ctr")
]
ODD = ["rc2-40-cbc", "rc2-64-cbc", "desx-cbc", "chacha20"] + [
    f"{cipher}-{mode}"
    for cipher in ("des", "des-ede3", "aes-128", "camellia-192", "aria-256")
    for mode in ("cfb1", "cfb8")
]


def only(data: bytes, *passphrases: bytes) -> PrivateKeyItem:
    result = read(data, passphrases=passphrases)
    (item,) = result.items
    assert isinstance(item, PrivateKeyItem)
    return item


@pytest.mark.parametrize("cipher", SINGLE + SIZED + ODD)
def test_every_cipher(cipher: str, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(
        RSA.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    openssl(
        "rsa", "-provider", "legacy", "-provider", "default", "-traditional", f"-{cipher}",
        "-in", tmp_path / "key", "-passout", f"pass:{SECRET.decode()}", "-out", tmp_path / "out",
    )  # fmt: skip
    data = (tmp_path / "out").read_bytes()
    locked = only(data, b"wrong")
    assert (locked.locked, locked.container) == (True, "pkcs1")
    assert locked.protection.lower().startswith(cipher)
    opened = only(data, b"wrong", SECRET)
    assert opened.spki_sha256 == keys.spki_sha256(RSA.public_key())
    assert opened.encrypted


PKCS8 = [
    *(["-v2", cipher] for cipher in (
        "aes-128-cbc", "aes-256-cfb", "aes-128-ofb", "aes-128-cfb8", "des3", "des", "rc2",
        "camellia-256-cbc", "camellia-128-cfb", "aria-256-cbc", "aria-128-ctr", "sm4-cbc",
        "bf-cbc", "cast5-cbc", "seed-cbc", "des-cfb",
    )),
    *(["-v2", "aes-256-cbc", "-v2prf", f"hmacWith{name}"] for name in (
        "MD5", "SHA1", "SHA224", "SHA384", "SHA512", "SHA512-256",
    )),
    *(["-v1", scheme] for scheme in (
        "PBE-MD5-DES", "PBE-SHA1-DES", "PBE-MD5-RC2-64", "PBE-SHA1-RC2-64", "PBE-SHA1-RC4-128",
        "PBE-SHA1-RC4-40", "PBE-SHA1-3DES", "PBE-SHA1-2DES", "PBE-SHA1-RC2-128",
        "PBE-SHA1-RC2-40",
    )),
    ["-scrypt", "-scrypt_N", "1024"],
]  # fmt: skip


@pytest.mark.parametrize("scheme", PKCS8, ids=" ".join)
def test_every_way_of_encrypting_pkcs8(scheme: list[str], tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(
        EC.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    openssl(
        "pkcs8", "-provider", "legacy", "-provider", "default", "-topk8", *scheme, "-outform",
        "DER", "-in", tmp_path / "key", "-passout", f"pass:{SECRET.decode()}", "-out",
        tmp_path / "out",
    )  # fmt: skip
    data = (tmp_path / "out").read_bytes()
    shut = read(data, passphrases=[b"wrong"])
    assert shut.errors == ()
    assert shut.locked
    opened = only(data, b"wrong", SECRET)
    assert opened.container == "pkcs8"
    assert opened.spki_sha256 == keys.spki_sha256(EC.public_key())


def test_an_unknown_way_of_encrypting_is_named() -> None:
    unknown = der.encode(der.SEQUENCE, der.encode_oid("1.2.840.113549.1.5.99"))
    data = der.encode(der.SEQUENCE, unknown, der.encode(der.OCTET_STRING, bytes(48)))
    result = read(data, passphrases=[SECRET])
    assert result.locked
    assert "1.2.840.113549.1.5.99" in result.errors[0].message


@given(st.binary(min_size=1, max_size=60))
@settings(max_examples=40)
def test_any_passphrase(passphrase: bytes) -> None:
    data = EC.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.BestAvailableEncryption(passphrase),
    )
    assert only(data, passphrase).spki_sha256 == keys.spki_sha256(EC.public_key())
    assert only(data, passphrase + b"x").locked


@pytest.mark.parametrize(
    "line",
    ["DEK-Info: AES-128-CBC", "DEK-Info: AES-128-CBC,00", "DEK-Info: NONE-1,0011223344556677",
     "DEK-Info: AES-128-CBC,xyz", "DEK-Info: ,", "Comment: nothing says how"],
)  # fmt: skip
def test_a_damaged_header_leaves_the_key_locked(line: str) -> None:
    data = (
        f"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n{line}\n\n"
        f"{'AAAA' * 40}\n-----END RSA PRIVATE KEY-----\n"
    )
    assert only(data.encode(), SECRET).locked
