"""Keys of every kind: the public half is told, sizes are bounded, damage is an error in words."""

import hashlib
import pickle
import subprocess
import warnings
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import (
    dsa,
    ec,
    ed448,
    ed25519,
    mldsa,
    mlkem,
    rsa,
    x448,
    x25519,
)
from hypothesis import given
from hypothesis import strategies as st
from OpenSSL import crypto

from mtlsgui.formats import pem
from mtlsgui.formats.as_json import item_as_json
from mtlsgui.formats.describing import describe_item
from mtlsgui.formats.items import OtherItem, PrivateKeyItem, PublicKeyItem, ReadResult
from mtlsgui.formats.keys import structures as key_structures
from mtlsgui.formats.limits import Limits
from mtlsgui.formats.read import read
from mtlsgui.pki import curves, der, key_kinds
from mtlsgui.pki.describe import as_text
from mtlsgui.pki.keys import KeyInfo, key_info
from tests.pki.judges import openssl

SLOW_RSA = rsa.generate_private_key(65537, 2048)
DSA = dsa.generate_private_key(2048)

MADE: list[Any] = [
    SLOW_RSA,
    DSA,
    *(ec.generate_private_key(curve) for curve in (
        ec.SECP192R1(), ec.SECP224R1(), ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1(),
        ec.SECP256K1(), ec.BrainpoolP256R1(), ec.BrainpoolP384R1(), ec.BrainpoolP512R1(),
    )),
    ed25519.Ed25519PrivateKey.generate(),
    ed448.Ed448PrivateKey.generate(),
    x25519.X25519PrivateKey.generate(),
    x448.X448PrivateKey.generate(),
    mldsa.MLDSA44PrivateKey.generate(),
    mldsa.MLDSA65PrivateKey.generate(),
    mldsa.MLDSA87PrivateKey.generate(),
    mlkem.MLKEM768PrivateKey.generate(),
    mlkem.MLKEM1024PrivateKey.generate(),
]  # fmt: skip
IDS = [key_info(key.public_key()).label for key in MADE]


def private(result: ReadResult) -> PrivateKeyItem:
    (item,) = result.items
    assert isinstance(item, PrivateKeyItem)
    return item


def public(result: ReadResult) -> PublicKeyItem:
    (item,) = result.items
    assert isinstance(item, PublicKeyItem)
    return item


def plain(key: Any) -> bytes:
    encoded: bytes = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return encoded


def spki(key: Any) -> bytes:
    encoded: bytes = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return encoded


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("key", MADE, ids=IDS)
def test_structure_tells_the_kind_as_the_library_does(key: Any) -> None:
    of_library = key_info(key.public_key())
    assert key_kinds.spki_info(der.read(spki(key))) == of_library


@pytest.mark.parametrize("key", MADE, ids=IDS)
def test_private_and_public_halves_have_one_fingerprint(key: Any) -> None:
    item = private(read(plain(key)))
    assert item.spki_sha256 == public(read(spki(key))).spki_sha256 == sha256(spki(key))
    assert item.pkcs8 == plain(key)
    assert pickle.loads(pickle.dumps(item)) == item  # noqa: S301 - our own bytes
    text = as_text(describe_item(item)) + str(item_as_json(item)) + repr(item)
    assert item.pkcs8.hex()[-32:] not in text.replace(":", "")


OPENSSL_KEYS = {
    "RSA-PSS": (["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"], "RSA-PSS 2048"),
    "RSA-PSS restricted": (
        ["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt",
         "rsa_pss_keygen_md:sha256", "-pkeyopt", "rsa_pss_keygen_saltlen:32"],
        "RSA-PSS 2048",
    ),
    "three primes": (
        ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt",
         "rsa_keygen_primes:3"],
        "RSA 2048",
    ),
    "SM2": (["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2"], "SM2"),
    "explicit": (
        ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt",
         "ec_param_enc:explicit"],
        "ECDSA P-256 (explicit parameters)",
    ),
    "secp128r1": (["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp128r1"],
                  "ECDSA secp128r1"),
    "sect283k1": (["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:sect283k1"],
                  "ECDSA sect283k1"),
    "ffdhe2048": (["-algorithm", "DH", "-pkeyopt", "group:ffdhe2048"], "DH 2048"),
    "X9.42": (["-algorithm", "DHX", "-pkeyopt", "dh_rfc5114:2"], "DH 2048"),
}  # fmt: skip


@pytest.mark.parametrize("name", OPENSSL_KEYS)
def test_keys_that_openssl_makes(name: str, tmp_path: Path) -> None:
    options, label = OPENSSL_KEYS[name]
    openssl("genpkey", *options, "-outform", "DER", "-out", tmp_path / "key")
    openssl("pkey", "-in", tmp_path / "key", "-pubout", "-outform", "DER", "-out",
            tmp_path / "public")  # fmt: skip
    item = private(read((tmp_path / "key").read_bytes()))
    assert item.info is not None
    assert item.info.label == label
    assert item.spki_sha256 == sha256((tmp_path / "public").read_bytes())
    assert public(read((tmp_path / "public").read_bytes())).info.label == label


def test_a_certificate_of_a_restricted_rsa_pss_key_fits_it(tmp_path: Path) -> None:
    options, _ = OPENSSL_KEYS["RSA-PSS restricted"]
    openssl("genpkey", *options, "-out", tmp_path / "key")
    openssl("req", "-x509", "-new", "-key", tmp_path / "key", "-subj", "/CN=a", "-out",
            tmp_path / "certificate")  # fmt: skip
    (certificate,) = read((tmp_path / "certificate").read_bytes()).items
    key = private(read((tmp_path / "key").read_bytes()))
    assert key.spki_sha256 == certificate.facts.spki_sha256  # type: ignore[union-attr]


@pytest.mark.parametrize("form", ["compressed", "hybrid"])
def test_points_stay_as_they_are_written(form: str, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(pem.encode("PRIVATE KEY", plain(MADE[4])))
    openssl("pkey", "-in", tmp_path / "key", "-ec_conv_form", form, "-outform", "DER", "-out",
            tmp_path / "converted")  # fmt: skip
    openssl("pkey", "-in", tmp_path / "converted", "-pubout", "-outform", "DER", "-out",
            tmp_path / "public")  # fmt: skip
    item = private(read((tmp_path / "converted").read_bytes()))
    assert item.spki_sha256 == sha256((tmp_path / "public").read_bytes())


@pytest.mark.parametrize("arguments", [["-no_public"], ["-param_enc", "explicit"], ["-text"]])
def test_sec1_keys_of_every_make(arguments: list[str], tmp_path: Path) -> None:
    openssl("ecparam", "-name", "secp384r1", "-genkey", "-out", tmp_path / "key")
    openssl("ec", "-in", tmp_path / "key", *arguments, "-out", tmp_path / "made")
    result = read((tmp_path / "made").read_bytes())
    item = private(result)
    assert result.errors == ()
    assert item.container == "sec1"
    assert item.info is not None
    assert item.info.curve in ("P-384", "P-384 (explicit parameters)")


def test_a_sec1_key_without_its_curve_is_an_error() -> None:
    key = der.encode(der.SEQUENCE, der.encode_integer(1), der.encode(der.OCTET_STRING, bytes(32)))
    result = read(key)
    assert "which curve" in result.errors[0].message


def openssls_form(key: bytes) -> bytes:
    """The key as OpenSSL writes it: seed and expanded key."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        loaded = crypto.load_privatekey(crypto.FILETYPE_ASN1, key)
        return crypto.dump_privatekey(crypto.FILETYPE_ASN1, loaded)


@pytest.mark.parametrize("key", [MADE[15], MADE[16], MADE[17], MADE[18], MADE[19]], ids=IDS[15:20])
def test_post_quantum_keys_in_their_three_forms(key: Any) -> None:
    both = openssls_form(plain(key))
    _version, algorithm, octets, *_ = der.read(both).children()
    seed, expanded = der.read(octets.value).children()
    only_expanded = key_structures.private_key_info(algorithm.encoded, expanded.encoded)
    for form, signs in ((plain(key), True), (both, True), (only_expanded, False)):
        item = private(read(form))
        assert item.spki_sha256 == sha256(spki(key))
        assert item.pkcs8 == (plain(key) if signs else only_expanded)
    other = der.encode(der.OCTET_STRING, bytes(len(seed.value)))
    mixed = der.encode(der.SEQUENCE, other, expanded.encoded)
    result = read(key_structures.private_key_info(algorithm.encoded, mixed))
    assert result.items == ()
    assert "damaged" in result.errors[0].message


def test_slh_dsa_and_ml_kem_512_by_openssl() -> None:
    slh = private(read(key_structures.private_key_info(
        key_structures.algorithm("2.16.840.1.101.3.4.3.20"), SLH_DSA_128S)))  # fmt: skip
    assert slh.info == KeyInfo("SLH-DSA-SHA2-128s")
    assert slh.spki_sha256 is not None
    assert slh.key is None
    kem = private(read(key_structures.seed_private("2.16.840.1.101.3.4.4.1", bytes(range(64)))))
    assert kem.info == KeyInfo("ML-KEM-512")
    assert kem.spki_sha256 is not None


SLH_DSA_128S = bytes(range(64))
"""Two secret seeds, the public seed, and the root, which is not computed again on loading."""


def test_what_no_library_reads_is_told_by_name() -> None:
    gost = key_structures.algorithm("1.2.643.7.1.1.1.1", der.encode_oid("1.2.643.7.1.2.1.1.1"))
    item = private(read(key_structures.private_key_info(gost, bytes(32))))
    assert item.info == KeyInfo("GOST R 34.10-2012 (256 bits)")
    assert item.spki_sha256 is None
    assert public(read(key_structures.public_key_info(gost, bytes(66)))).info == item.info
    unknown = key_structures.algorithm("1.3.6.1.4.1.99999.1")
    assert private(read(key_structures.private_key_info(unknown, b"x"))).info == KeyInfo(
        "1.3.6.1.4.1.99999.1"
    )


def test_a_curve_is_named_only_when_its_generator_fits() -> None:
    """CVE-2020-0601: with another generator anybody has a key for a known public key."""
    done = subprocess.run(
        ["openssl", "ecparam", "-name", "P-256", "-param_enc", "explicit", "-outform", "DER"],
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    right = der.read(done.stdout)
    assert curves.explicit(right).name == "P-256 (explicit parameters)"
    parts = [part.encoded for part in right.children()]
    parts[3] = parts[3][:-1] + bytes((parts[3][-1] ^ 1,))
    assert curves.explicit(der.read(der.encode(der.SEQUENCE, *parts))).name == (
        "explicit prime curve"
    )


def broken(numbers: rsa.RSAPrivateNumbers, **others: int) -> bytes:
    values = {
        "version": 0, "n": numbers.public_numbers.n, "e": numbers.public_numbers.e,
        "d": numbers.d, "p": numbers.p, "q": numbers.q, "dp": numbers.dmp1, "dq": numbers.dmq1,
        "qi": numbers.iqmp,
    }  # fmt: skip
    return key_structures.integers(list((values | others).values()))


def test_numbers_that_only_make_signing_faster_are_put_right() -> None:
    numbers = SLOW_RSA.private_numbers()
    item = private(read(broken(numbers, qi=numbers.iqmp + 1, dp=1)))
    assert item.pkcs8 == plain(SLOW_RSA)


@pytest.mark.parametrize("name", ["n", "d", "p", "e"])
def test_rsa_numbers_that_disagree_are_refused(name: str) -> None:
    numbers = SLOW_RSA.private_numbers()
    held = {"n": numbers.public_numbers.n, "e": 65537, "d": numbers.d, "p": numbers.p}
    result = read(broken(numbers, **{name: held[name] + 2}))
    assert result.items == ()
    assert "do not belong together" in result.errors[0].message


def test_an_rsa_key_without_primes_is_held_against_its_modulus() -> None:
    """Else anybody could write a key that "belongs" to a certificate."""
    numbers = SLOW_RSA.private_numbers()
    bare = dict.fromkeys(("p", "q", "dp", "dq", "qi"), 0)
    assert private(read(broken(numbers, **bare))).spki_sha256 == sha256(spki(SLOW_RSA))
    result = read(broken(numbers, **bare, d=numbers.d + 2))
    assert result.items == ()
    assert "do not belong together" in result.errors[0].message


def test_another_keys_point_beside_an_ec_key_is_refused() -> None:

    stranger = der.read(spki(MADE[4])).children()[1].value[1:]
    result = read(key_structures.ec_private("1.2.840.10045.3.1.7", 256, 5, stranger))
    assert result.items == ()
    assert "another key" in result.errors[0].message


@pytest.mark.parametrize("key", MADE, ids=IDS)
def test_cut_keys_are_damaged(key: Any) -> None:
    _version, algorithm, octets, *_ = der.read(plain(key)).children()
    result = read(key_structures.private_key_info(algorithm.encoded, octets.value[:-3]))
    assert result.items == ()
    assert result.errors


PRIME = (1 << 12_000) + 1


@pytest.mark.parametrize(
    "data",
    [
        key_structures.dsa_private(PRIME, 7, 2, 5),
        key_structures.dsa_public(PRIME, 7, 2, 5),
        key_structures.private_key_info(
            key_structures.algorithm(key_kinds.DH, key_structures.integers((PRIME, 2))),
            der.encode_integer(PRIME - 5),
        ),
        key_structures.public_key_info(
            key_structures.algorithm(key_kinds.X9_42_DH, key_structures.integers((PRIME, 2, 7))),
            der.encode_integer(PRIME - 5),
        ),
    ],
)
def test_large_groups_are_refused_before_anything_is_computed(data: bytes) -> None:
    result = read(data)
    assert result.items == ()
    assert "12,001 bits" in result.errors[0].message
    assert result.bounded


def test_the_limit_of_rsa_holds_for_public_keys() -> None:
    result = read(spki(SLOW_RSA), limits=Limits(rsa_bits=2_000))
    assert "2,048 bits" in result.errors[0].message


PARAMETERS = {
    "curve": (["ecparam", "-name", "secp256k1"], "secp256k1"),
    "explicit": (["ecparam", "-name", "P-384", "-param_enc", "explicit"],
                 "P-384 (explicit parameters)"),
    "DSA": (["genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt",
             "dsa_paramgen_bits:1024"], "DSA parameters"),
    "DH": (["genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:ffdhe3072"],
           "3,072 bits"),
    "X9.42": (["genpkey", "-genparam", "-algorithm", "DHX", "-pkeyopt", "dh_rfc5114:1"],
              "X9.42"),
}  # fmt: skip


@pytest.mark.parametrize("form", ["PEM", "DER"])
@pytest.mark.parametrize("name", PARAMETERS)
def test_parameters_are_told(name: str, form: str, tmp_path: Path) -> None:
    command, words = PARAMETERS[name]
    openssl(*command, "-outform", form, "-out", tmp_path / "parameters")
    (item,) = read((tmp_path / "parameters").read_bytes()).items
    assert isinstance(item, OtherItem)
    assert item.kind == "parameters"
    assert item.description is not None
    assert words in as_text(item.description)


@given(st.integers(1, 2**255))
def test_ec_keys_from_their_numbers_alone(value: int) -> None:
    expected = ec.derive_private_key(value, ec.SECP256R1())
    item = private(read(key_structures.ec_private("1.2.840.10045.3.1.7", 256, value)))
    assert item.spki_sha256 == sha256(spki(expected))
