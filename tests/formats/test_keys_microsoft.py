"""PVK files and key blobs as openssl writes them."""

import struct
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.formats.items import PrivateKeyItem, PublicKeyItem
from mtlsgui.formats.read import read
from mtlsgui.pki import keys
from tests.pki.judges import openssl

SECRET = "correct horse"
KEY = rsa.generate_private_key(65537, 2048)
FINGERPRINT = keys.spki_sha256(KEY.public_key())


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("microsoft") / "key.pem"
    path.write_bytes(
        KEY.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.mark.parametrize("strength", ["none", "weak", "strong"])
def test_pvk(key: Path, strength: str) -> None:
    out = key.with_name(f"{strength}.pvk")
    openssl("rsa", "-provider", "legacy", "-provider", "default", "-in", key, "-outform", "PVK",
            f"-pvk-{strength}", "-passout", f"pass:{SECRET}", "-out", out)  # fmt: skip
    result = read(out.read_bytes(), passphrases=[b"wrong", SECRET.encode()])
    (item,) = result.items
    assert isinstance(item, PrivateKeyItem)
    assert (result.format, item.container, item.locked) == ("pvk", "pvk", False)
    assert item.encrypted is (strength != "none")
    assert item.spki_sha256 == FINGERPRINT
    (shut,) = read(out.read_bytes(), passphrases=[b"wrong"]).items
    assert isinstance(shut, PrivateKeyItem)
    assert shut.locked is (strength != "none")


@pytest.mark.parametrize("kind", ["rsa", "dsa"])
@pytest.mark.parametrize("half", ["private", "public"])
def test_blobs(key: Path, kind: str, half: str) -> None:
    source = key
    if kind == "dsa":
        source = key.with_name("dsa.pem")
        openssl("genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:1024",
                "-pkeyopt", "dsa_paramgen_q_bits:160", "-out", f"{source}.parameters")  # fmt: skip
        openssl("genpkey", "-paramfile", f"{source}.parameters", "-out", source)
    out, public = key.with_name("blob"), key.with_name("public")
    openssl(kind, "-in", source, *(["-pubout"] if half == "public" else []), "-outform", "MSBLOB",
            "-out", out)  # fmt: skip
    openssl("pkey", "-in", source, "-pubout", "-out", public)
    result = read(out.read_bytes())
    (item,) = result.items
    (expected,) = read(public.read_bytes()).items
    assert isinstance(item, PrivateKeyItem if half == "private" else PublicKeyItem)
    assert isinstance(expected, PublicKeyItem)
    assert result.format == "msblob"
    assert item.spki_sha256 == expected.spki_sha256


def test_the_key_of_a_strong_name() -> None:
    """What `sn -p` writes: an algorithm for signatures, one for digests, a length, and the blob."""
    numbers = KEY.public_key().public_numbers()
    blob = bytes.fromhex("0602000000240000") + b"RSA1" + struct.pack("<II", 2048, numbers.e)
    blob += numbers.n.to_bytes(256, "little")
    (item,) = read(struct.pack("<III", 0x2400, 0x8004, len(blob)) + blob).items
    assert isinstance(item, PublicKeyItem)
    assert (item.container, item.spki_sha256) == ("msblob", FINGERPRINT)


BLOB = bytes.fromhex("0702000000a40000")


@pytest.mark.parametrize(
    "data",
    [
        BLOB + b"RSA2" + struct.pack("<II", 2**31, 3),
        BLOB + b"RSA2" + struct.pack("<II", 1024, 3) + bytes(600),
        BLOB + b"DSS2" + struct.pack("<I", 1024) + bytes(600),
        bytes.fromhex("1ef1b5b0") + bytes(4) + struct.pack("<IIII", 1, 1, 2**31, 2**31),
        bytes.fromhex("1ef1b5b0") + bytes(4) + struct.pack("<IIII", 1, 0, 0, 3) + bytes(3),
        bytes.fromhex("1ef1b5b0") + bytes(5),
    ],
)
def test_damage_is_an_error_in_words(data: bytes) -> None:
    result = read(data, passphrases=[b"x"])
    assert result.items == ()
    assert result.format in ("pvk", "msblob")
    assert result.errors[0].message


@given(st.integers(0, 1170))
def test_cuts_are_errors(end: int) -> None:
    numbers = KEY.private_numbers()
    fields = (
        (numbers.public_numbers.n, 256), (numbers.p, 128), (numbers.q, 128), (numbers.dmp1, 128),
        (numbers.dmq1, 128), (numbers.iqmp, 128), (numbers.d, 256),
    )  # fmt: skip
    blob = BLOB + b"RSA2" + struct.pack("<II", 2048, 65537)
    blob += b"".join(number.to_bytes(size, "little") for number, size in fields)
    (whole,) = read(blob).items
    assert isinstance(whole, PrivateKeyItem)
    assert whole.spki_sha256 == FINGERPRINT
    cut = read(blob[:end])
    assert cut.items == ()
    assert cut.errors
