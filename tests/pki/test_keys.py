"""Keys: what is made is what its name says, and is recognised again."""

import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, rsa, x25519

from mtlsgui.pki import der, keys
from mtlsgui.pki.keys import KeyAlgorithm, KeyInfo
from tests.pki.judges import openssl


@pytest.mark.parametrize("algorithm", KeyAlgorithm)
def test_a_generated_key_is_of_the_algorithm_asked_for(algorithm: KeyAlgorithm) -> None:
    public_key = keys.generate(algorithm).public_key()

    assert keys.algorithm_of(public_key) is algorithm
    assert keys.key_info(public_key) == algorithm.info
    assert keys.key_info(public_key).label == algorithm.label
    assert algorithm.advice.endswith(".")


def test_two_generated_keys_differ() -> None:
    first, second = (keys.generate(KeyAlgorithm.P256).public_key() for _ in range(2))

    assert keys.spki_sha256(first) != keys.spki_sha256(second)


@pytest.mark.parametrize(
    ("public_key", "label"),
    [
        (ec.generate_private_key(ec.SECP256K1()).public_key(), "ECDSA secp256k1"),
        (ec.generate_private_key(ec.BrainpoolP384R1()).public_key(), "ECDSA brainpoolP384r1"),
        (rsa.RSAPublicNumbers(65537, 2**1023 + 1).public_key(), "RSA 1024"),
        (ed448.Ed448PrivateKey.generate().public_key(), "Ed448"),
        (x25519.X25519PrivateKey.generate().public_key(), "X25519"),
    ],
)
def test_keys_that_are_read_but_not_made_have_a_name(public_key: object, label: str) -> None:
    assert keys.key_info(public_key).label == label
    assert keys.algorithm_of(public_key) is None


def test_the_spki_digest_is_the_one_that_openssl_computes(tmp_path: Path) -> None:
    key = keys.generate(KeyAlgorithm.P384)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )

    (tmp_path / "key.pem").write_bytes(pem)
    openssl(
        "pkey", "-in", tmp_path / "key.pem", "-pubout", "-outform", "DER",
        "-out", tmp_path / "spki.der",
    )  # fmt: skip

    expected = hashlib.sha256((tmp_path / "spki.der").read_bytes()).hexdigest()
    assert keys.spki_sha256(key.public_key()) == expected


@pytest.mark.parametrize(
    ("algorithm", "expected"),
    [
        (KeyAlgorithm.P256, hashes.SHA256),
        (KeyAlgorithm.P384, hashes.SHA384),
        (KeyAlgorithm.P521, hashes.SHA512),
        (KeyAlgorithm.RSA2048, hashes.SHA256),
        (KeyAlgorithm.ED25519, type(None)),
        (KeyAlgorithm.ML_DSA_44, type(None)),
    ],
)
def test_the_hash_fits_the_key(algorithm: KeyAlgorithm, expected: type) -> None:
    key = keys.generate(algorithm)

    assert type(keys.signature_hash(key)) is expected
    assert type(keys.signature_hash(key.public_key())) is expected


def test_an_unknown_class_of_key_is_named_after_itself() -> None:
    class _TokenPublicKey:
        key_size = 77

    assert keys.key_info(_TokenPublicKey()) == KeyInfo("Token", 77)


@pytest.mark.parametrize(
    "kind", ["1.2.840.113549.1.3.1", "1.2.840.10046.2.1"], ids=["PKCS#3", "X9.42"]
)
def test_a_key_for_agreement_is_not_even_loaded(kind: str) -> None:
    """OpenSSL tests its prime first: here 2**9941 - 1, for much longer than a test may take."""
    prime = der.encode_integer(2**9941 - 1)
    group = der.encode(der.SEQUENCE, prime, der.encode_integer(2))
    algorithm = der.encode(der.SEQUENCE, der.encode_oid(kind), group)
    private = der.encode(der.OCTET_STRING, der.encode_integer(3))
    public = der.encode(der.BIT_STRING, b"\0" + der.encode_integer(8))
    pkcs8 = der.encode(der.SEQUENCE, der.encode_integer(0), algorithm, private)
    assert keys.signing_key(pkcs8) is None
    assert keys.certified_key(der.encode(der.SEQUENCE, algorithm, public)) is None
