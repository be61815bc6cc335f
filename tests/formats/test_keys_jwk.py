"""JSON Web Keys: as node writes them, and from the numbers of keys made here."""

import base64
import json
import shutil
import subprocess
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mldsa, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.formats.items import CertificateItem, OtherItem, PrivateKeyItem, PublicKeyItem
from mtlsgui.formats.read import read
from mtlsgui.pki import keys
from mtlsgui.pki.keys import KeyAlgorithm
from tests.pki.judges import root

NODE = """
const crypto = require('crypto');
const [kind, options] = JSON.parse(process.argv[1]);
const {privateKey, publicKey} = crypto.generateKeyPairSync(kind, options);
console.log(JSON.stringify([
  publicKey.export({format: 'pem', type: 'spki'}),
  privateKey.export({format: 'jwk'}), publicKey.export({format: 'jwk'}),
]));
"""
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "RSA 2048": ("rsa", {"modulusLength": 2048}),
    "ECDSA P-256": ("ec", {"namedCurve": "P-256"}),
    "ECDSA P-384": ("ec", {"namedCurve": "P-384"}),
    "ECDSA P-521": ("ec", {"namedCurve": "P-521"}),
    "ECDSA secp256k1": ("ec", {"namedCurve": "secp256k1"}),
    "Ed25519": ("ed25519", {}),
    "Ed448": ("ed448", {}),
    "X25519": ("x25519", {}),
    "X448": ("x448", {}),
}


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value: int, size: int = 0) -> str:
    return b64(value.to_bytes(size or (value.bit_length() + 7) // 8, "big"))


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node")
@pytest.mark.parametrize("label", KINDS)
def test_keys_that_node_writes(label: str) -> None:
    done = subprocess.run(
        ["node", "-e", NODE, json.dumps(KINDS[label])], capture_output=True, check=True, timeout=60
    )
    armoured, *pair = json.loads(done.stdout)
    (expected,) = read(armoured.encode()).items
    result = read(json.dumps({"keys": pair}, indent=2).encode())
    assert (result.format, result.errors) == ("jwk", ())
    private, public = result.items
    assert isinstance(expected, PublicKeyItem)
    assert isinstance(private, PrivateKeyItem)
    assert isinstance(public, PublicKeyItem)
    assert private.spki_sha256 == public.spki_sha256 == expected.spki_sha256
    assert public.info.label == label


def edwards(seed: bytes) -> dict[str, str]:
    public = ed25519.Ed25519PrivateKey.from_private_bytes(seed).public_key()
    return {"kty": "OKP", "crv": "Ed25519", "d": b64(seed), "x": b64(public.public_bytes_raw())}


def test_a_kid_is_the_keys_name() -> None:
    (item,) = read(json.dumps(edwards(bytes(32)) | {"kid": "signing-2026"}).encode()).items
    assert isinstance(item, PrivateKeyItem)
    assert item.friendly_name == "signing-2026"


def test_certificates_beside_the_key() -> None:
    certificate = root().certificate.public_bytes(Encoding.DER)
    chain = [base64.b64encode(certificate).decode()] * 2 + ["!"]
    result = read(json.dumps(edwards(bytes(32)) | {"x5c": chain}).encode())
    assert [item.kind for item in result.items] == ["private_key", "certificate", "certificate"]
    assert isinstance(result.items[1], CertificateItem)
    assert result.items[1].inside == "x5c[0]"
    assert ["x5c" in error.where for error in result.errors] == [True]


def test_ml_dsa() -> None:
    key = mldsa.MLDSA65PrivateKey.generate()
    jwk = {"kty": "AKP", "alg": "ML-DSA-65", "pub": b64(key.public_key().public_bytes_raw())}
    private, public = read(
        json.dumps({"keys": [jwk | {"priv": b64(key.private_bytes_raw())}, jwk]}).encode()
    ).items
    assert isinstance(private, PrivateKeyItem)
    assert isinstance(public, PublicKeyItem)
    assert private.spki_sha256 == public.spki_sha256 == keys.spki_sha256(key.public_key())


def test_encrypted_keys_are_named() -> None:
    header = b64(b'{"alg":"PBES2-HS256+A128KW","enc":"A128GCM","cty":"jwk+json"}')
    compact = f"{header}.AAAA.BBBB.CCCC.DDDD\n"
    parts = {"protected": header, "iv": "BBBB", "ciphertext": "CCCC", "tag": "DDDD"}
    for data in (compact, json.dumps(parts)):
        result = read(data.encode())
        (item,) = result.items
        assert isinstance(item, OtherItem)
        assert (result.format, item.locked) == ("jwk", True)
        assert item.protection == "A128GCM, PBES2-HS256+A128KW"


def test_keys_inside_other_json_stand_at_their_place() -> None:
    document = {"account": {"key": edwards(bytes(32))}, "broken": {"kty": "RSA", "n": "AQ"}}
    result = read(json.dumps(document).encode())
    assert [item.kind for item in result.items] == ["private_key"]
    assert [error.where for error in result.errors] == ["broken"]


def test_a_symmetric_key_is_a_secret_that_is_not_shown() -> None:
    (item,) = read(b'{"kty": "oct", "k": "c2VjcmV0IG9mIG1pbmU"}').items
    assert item.kind == "secret"
    assert "c2VjcmV0" not in repr(item)


@given(st.integers(1, 2**255), st.booleans())
def test_any_ec_key(value: int, padded: bool) -> None:
    public = ec.derive_private_key(value, ec.SECP256R1()).public_key()
    numbers = public.public_numbers()
    size = 32 if padded else 0
    jwk = {"kty": "EC", "crv": "P-256", "x": number(numbers.x, size), "y": number(numbers.y, size)}
    private, half = read(
        json.dumps({"keys": [jwk | {"d": number(value, size)}, jwk]}).encode()
    ).items
    assert isinstance(private, PrivateKeyItem)
    assert isinstance(half, PublicKeyItem)
    assert private.spki_sha256 == half.spki_sha256 == keys.spki_sha256(public)


def test_rsa_from_its_numbers() -> None:
    key = keys.generate(KeyAlgorithm.RSA2048)
    assert isinstance(key, rsa.RSAPrivateKey)
    numbers = key.private_numbers()
    jwk = {"kty": "RSA", "n": number(numbers.public_numbers.n), "e": "AQAB"}
    jwk |= {"d": number(numbers.d), "p": number(numbers.p), "q": number(numbers.q)}
    (item,) = read(json.dumps(jwk).encode()).items
    assert isinstance(item, PrivateKeyItem)
    assert item.pkcs8 == key.private_bytes(
        Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.mark.parametrize(
    ("jwk", "words"),
    [
        ({"kty": "RSA", "n": "A" * 20_000, "e": "AQAB"}, "too long"),
        ({"kty": "RSA", "n": "_" * 2_800, "e": "AQAB"}, "bits"),
        ({"kty": "RSA", "n": "AQ", "e": "AQAB", "d": "AQ"}, "primes"),
        ({"kty": "RSA", "n": "!", "e": "AQAB"}, "base64url"),
        ({"kty": "RSA", "n": 7}, "missing"),
        ({"kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ"}, "damaged"),
        ({"kty": "EC", "crv": "P-256", "x": "_" * 80, "y": "AQ"}, "larger than its curve"),
        ({"kty": "EC", "crv": "P-999", "x": "AQ", "y": "AQ"}, "curve"),
        ({"kty": "OKP", "crv": "Ed25519", "x": "AQ"}, "damaged"),
        ({"kty": "OKP", "crv": "Ed25519", "d": "AQ"}, "damaged"),
        ({"kty": "OKP", "crv": ["Ed25519"], "d": "AQ"}, "curve"),
        ({"kty": "AKP", "alg": "ML-DSA-1", "pub": "AQ"}, "algorithm"),
    ],
)
def test_damage_is_an_error_in_words(jwk: dict[str, Any], words: str) -> None:
    result = read(json.dumps({"keys": [jwk, "no key", edwards(bytes(32))]}).encode())
    assert [item.kind for item in result.items] == ["private_key"]
    assert words in result.errors[0].message
    assert [error.where for error in result.errors] == ["key 1", "key 2"]
