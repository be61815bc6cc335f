"""What stands under a passphrase: each scheme as openssl writes it, and the answers to nonsense."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from mtlsgui.formats.protection import pbe, rc2
from mtlsgui.formats.protection.derivation import FOR_KEY, FOR_VECTOR, pkcs12_key
from mtlsgui.formats.protection.encryption import protection_of
from mtlsgui.pki import der

SECRET = "geheim€𝄞"
SALT = bytes(range(8))


def openssl(*arguments: str | Path) -> bytes:
    return subprocess.run(
        ["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=60
    ).stdout


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pbe") / "key.der"
    openssl("genpkey", "-algorithm", "ED25519", "-outform", "DER", "-out", file)
    return file


def encrypted(plain: Path, *options: str) -> tuple[der.Node, bytes]:
    data = openssl(
        "pkcs8", "-topk8", "-in", plain, "-inform", "DER", "-outform", "DER",
        "-passout", f"pass:{SECRET}", *options,
    )  # fmt: skip
    algorithm, content = der.read(data).children()
    return algorithm, content.value


LEGACY = ("-provider", "legacy", "-provider", "default")
SCHEMES = {
    "DES and MD5": ("-v1", "PBE-MD5-DES", *LEGACY),
    "RC2 and MD5": ("-v1", "PBE-MD5-RC2-64", *LEGACY),
    "DES and SHA-1": ("-v1", "PBE-SHA1-DES", *LEGACY),
    "RC2 and SHA-1": ("-v1", "PBE-SHA1-RC2-64", *LEGACY),
    "RC4-128": ("-v1", "PBE-SHA1-RC4-128", *LEGACY),
    "RC4-40": ("-v1", "PBE-SHA1-RC4-40", *LEGACY),
    "3DES and SHA-1": ("-v1", "PBE-SHA1-3DES"),
    "two-key 3DES": ("-v1", "PBE-SHA1-2DES"),
    "RC2-128": ("-v1", "PBE-SHA1-RC2-128", *LEGACY),
    "RC2-40": ("-v1", "PBE-SHA1-RC2-40", *LEGACY),
    "AES-128-CBC, PBKDF2 with 2,048 rounds of HMAC-SHA-256": ("-v2", "aes-128-cbc"),
    "AES-192-CBC": ("-v2", "aes-192-cbc"),
    "AES-256-CBC, PBKDF2 with 1 round of HMAC-SHA-1": (
        "-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA1", "-iter", "1",
    ),
    "HMAC-SHA-384": ("-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA384"),
    "HMAC-SHA-512/256": ("-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA512-256"),
    "HMAC-MD5": ("-v2", "aes-256-cbc", "-v2prf", "hmacWithMD5"),
    "AES-256-OFB": ("-v2", "aes-256-ofb"),
    "AES-128-CFB": ("-v2", "aes-128-cfb"),
    "3DES-CBC": ("-v2", "des3"),
    "DES-CBC": ("-v2", "des", *LEGACY),
    "RC2-CBC": ("-v2", "rc2", *LEGACY),
    "Camellia-256-CBC": ("-v2", "camellia256"),
    "SM4-CBC": ("-v2", "sm4-cbc"),
    "SEED-CBC": ("-v2", "seed", *LEGACY),
    "Blowfish-CBC": ("-v2", "bf", *LEGACY),
    "AES-256-CBC, scrypt with N = 16,384": ("-scrypt",),
}  # fmt: skip


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_openssl_encrypts(plain: Path, scheme: str) -> None:
    algorithm, content = encrypted(plain, *SCHEMES[scheme])
    assert scheme in protection_of(algorithm).text
    assert pbe.decrypt(algorithm, content, SECRET.encode()) == plain.read_bytes()


@pytest.mark.parametrize("scheme", ["3DES and SHA-1", "AES-192-CBC", "DES and MD5"])
def test_a_wrong_passphrase(plain: Path, scheme: str) -> None:
    algorithm, content = encrypted(plain, *SCHEMES[scheme])
    fitting = []
    for number in range(20):  # one in some two hundred leaves what looks like padding
        try:
            fitting.append(pbe.decrypt(algorithm, content, b"wrong %d" % number))
        except ValueError:
            continue
    assert len(fitting) < 5
    assert plain.read_bytes() not in fitting


def test_a_cipher_that_we_can_only_name(plain: Path) -> None:
    algorithm, content = encrypted(plain, "-v2", "aria-256-cbc")
    assert "ARIA-256-CBC" in protection_of(algorithm).text
    with pytest.raises(pbe.UnsupportedError, match="ARIA-256-CBC"):
        pbe.decrypt(algorithm, content, SECRET.encode())


def pbes1(oid: str, rounds: bytes) -> der.Node:
    parameters = der.encode(
        der.SEQUENCE, der.encode(der.OCTET_STRING, SALT), der.encode(der.INTEGER, rounds)
    )
    return der.read(der.encode(der.SEQUENCE, der.encode_oid(oid), parameters))


def test_md2_is_named() -> None:
    algorithm = pbes1("1.2.840.113549.1.5.1", b"\1")
    assert protection_of(algorithm).text == "DES and MD2 (weak), 1 round"
    with pytest.raises(pbe.UnsupportedError, match="MD2"):
        pbe.decrypt(algorithm, bytes(16), b"")


@pytest.mark.parametrize("rounds", [b"\0", b"\xff", b"\x80\0\0\0"])
def test_no_rounds_and_fewer(rounds: bytes) -> None:
    with pytest.raises(der.DerError):
        protection_of(pbes1("1.2.840.113549.1.5.3", rounds))


def test_an_unknown_scheme() -> None:
    with pytest.raises(der.DerError, match=r"1\.2\.3\.4"):
        protection_of(pbes1("1.2.3.4", b"\1"))


def test_a_gigabyte_of_key_is_counted() -> None:
    """PBKDF2 does its rounds for each piece of the key, and the file says how long the key is."""
    kdf = der.encode(
        der.SEQUENCE,
        der.encode(der.OCTET_STRING, SALT),
        der.encode_integer(1),
        der.encode_integer(2**30),
    )
    how = der.encode(der.SEQUENCE, der.encode_oid("1.2.840.113549.1.5.12"), kdf)
    cipher = der.encode(der.SEQUENCE, der.encode_oid("1.2.840.113549.3.2"))
    algorithm = der.read(
        der.encode(
            der.SEQUENCE,
            der.encode_oid("1.2.840.113549.1.5.13"),
            der.encode(der.SEQUENCE, how, cipher),
        )
    )
    assert protection_of(algorithm).rounds > 2**25
    with pytest.raises(der.DerError):
        pbe.decrypt(algorithm, bytes(16), b"")


def test_the_pkcs12_derivation_knows_no_passphrase_from_an_empty_one() -> None:
    """The known answers are those of openssl's own derivation (kdf PKCS12KDF)."""
    salt = bytes.fromhex("0a58cf64530d823f")
    key = pkcs12_key("sha1", FOR_KEY, b"smeg", salt=salt, rounds=1, size=24)
    assert key.hex() == "8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3"
    vector = pkcs12_key("sha1", FOR_VECTOR, b"smeg", salt=salt, rounds=1, size=8)
    assert vector.hex() == "79993dfe048d3b76"
    empty, none = (
        pkcs12_key("sha1", FOR_KEY, passphrase, salt=salt, rounds=1, size=24)
        for passphrase in (b"", None)
    )
    assert empty != none


@pytest.mark.parametrize(
    ("key", "bits", "plain", "cipher"),
    [
        ("0000000000000000", 63, "0000000000000000", "ebb773f993278eff"),
        ("ffffffffffffffff", 64, "ffffffffffffffff", "278b27e42e2f0d49"),
        ("3000000000000000", 64, "1000000000000001", "30649edf9be7d2c2"),
        ("88", 64, "0000000000000000", "61a8a244adacccf0"),
        ("88bca90e90875a7f0f79c384627bafb2", 128, "0000000000000000", "2269552ab0f85ca6"),
        (
            "88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e",
            129,
            "0000000000000000",
            "5b78d3a43dfff1f1",
        ),
    ],
)
def test_rc2_by_its_rfc(key: str, bits: int, plain: str, cipher: str) -> None:
    """RFC 2268, section 5."""
    found = rc2.decrypt_cbc(bytes.fromhex(key), bits, bytes(8), bytes.fromhex(cipher))
    assert found.hex() == plain
