import base64

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from mtlsgui.pki.keys import PrivateKey, spki_der
from mtlsgui.vault.base import VaultDamaged
from mtlsgui.vault.codec import decode_private_key, encode_private_key
from mtlsgui.vault.keyring_vault import WINDOWS_MAX_LENGTH

KINDS = {
    "p256": b"p256",
    "p384": b"p384",
    "p521": b"p521",
    "rsa2048": b"rsa1",
    "rsa3072": b"rsa1",
    "rsa4096": b"rsa1",
    "rsa-exponent-3": b"rsa1",
    "ed25519": b"ed25519",
    "ed448": b"ed448",
    "ml-dsa-44": b"mldsa44",
    "ml-dsa-65": b"mldsa65",
    "ml-dsa-87": b"mldsa87",
    "secp256k1": b"p8",
    "dsa": b"p8",
}


def pkcs8(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def packed(*values: int) -> bytes:
    raw = b""
    for value in values:
        data = value.to_bytes((value.bit_length() + 7) // 8)
        raw += len(data).to_bytes(2) + data
    return b"rsa1:" + base64.b64encode(raw)


def test_every_kind_of_key_is_covered(keys: dict[str, PrivateKey]) -> None:
    assert set(KINDS) == set(keys)


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_comes_back_as_it_went_in(kind: str, keys: dict[str, PrivateKey]) -> None:
    key = keys[kind]
    encoded = encode_private_key(key)
    again = decode_private_key(encoded)
    assert spki_der(again.public_key()) == spki_der(key.public_key())
    assert encode_private_key(again) == encoded
    assert type(again) is type(key)
    assert encoded.startswith(KINDS[kind] + b":")
    if KINDS[kind] != b"rsa1":  # an RSA key may come back with another, equivalent exponent d
        assert pkcs8(again) == pkcs8(key)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_that_mtlsgui_makes_fits_one_windows_credential(
    kind: str, keys: dict[str, PrivateKey]
) -> None:
    encoded = encode_private_key(keys[kind])
    assert encoded.isascii()
    assert b"\n" not in encoded
    assert len(encoded) + 2 <= WINDOWS_MAX_LENGTH


def test_rsa_8192_is_read_back_but_does_not_fit_windows(rsa8192: rsa.RSAPrivateKey) -> None:
    encoded = encode_private_key(rsa8192)
    assert len(encoded) > WINDOWS_MAX_LENGTH
    assert spki_der(decode_private_key(encoded).public_key()) == spki_der(rsa8192.public_key())


@pytest.mark.parametrize("kind", KINDS)
def test_a_truncated_key_is_refused_without_quoting_it(
    kind: str, keys: dict[str, PrivateKey]
) -> None:
    encoded = encode_private_key(keys[kind])
    prefix, _, text = encoded.partition(b":")
    raw = base64.b64decode(text)
    shorter = prefix + b":" + base64.b64encode(raw[: len(raw) // 2])
    with pytest.raises(VaultDamaged) as caught:
        decode_private_key(shorter)
    assert text.decode()[:16] not in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        b"p256",
        b"p256:",
        b"p256:AAAA",  # zero is no scalar
        b"p256:" + base64.b64encode(b"\xff" * 32),  # over the order
        b"p256:not base64",
        b"ed25519:AAAA",
        b"mldsa44:" + base64.b64encode(bytes(31)),
        b"rsa1:",
        b"rsa1:AA==",
        packed(65537, 3),
        packed(65537, 3, 5, 7),
        packed(65537, 0, 7),
        packed(2, 11, 13),
        b"p8:AAAA",
        b"unknown:AAAA",
        b"\xff\xfe:AAAA",
        b"-----BEGIN PRIVATE KEY-----",
    ],
)
def test_what_is_no_key_is_refused(encoded: bytes) -> None:
    with pytest.raises(VaultDamaged):
        decode_private_key(encoded)


def test_an_rsa_key_with_a_changed_prime_is_refused(keys: dict[str, PrivateKey]) -> None:
    key = keys["rsa2048"]
    assert isinstance(key, rsa.RSAPrivateKey)
    numbers = key.private_numbers()
    for changed in (numbers.p + 2, numbers.p ^ (1 << 300)):
        with pytest.raises(VaultDamaged):
            decode_private_key(packed(65537, changed, numbers.q))


def test_enormous_rsa_numbers_are_refused_unread() -> None:
    with pytest.raises(VaultDamaged):
        decode_private_key(packed(65537, (1 << 60000) + 1, (1 << 60000) + 3))
    with pytest.raises(VaultDamaged):
        decode_private_key(packed((1 << 60000) + 1, (1 << 1024) + 1, (1 << 1024) + 3))


def test_rsa_in_pkcs8_is_refused_since_it_would_come_in_unproved(
    keys: dict[str, PrivateKey],
) -> None:
    with pytest.raises(VaultDamaged):
        decode_private_key(b"p8:" + base64.b64encode(pkcs8(keys["rsa2048"])))
