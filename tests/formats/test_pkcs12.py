"""PKCS#12 in all the ways that it is written: by openssl, and put together by hand."""

from __future__ import annotations

import hashlib
import hmac
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mtlsgui.formats.items import CertificateItem, Item, OtherItem, PrivateKeyItem, ReadResult
from mtlsgui.formats.limits import Limits
from mtlsgui.formats.protection.derivation import FOR_MAC, pkcs12_key
from mtlsgui.formats.read import read
from mtlsgui.pki import der, keys
from mtlsgui.pki.keys import KeyAlgorithm, pkcs8_der
from mtlsgui.pki.profiles import BUILT_IN
from tests.pki.judges import NOW, leaf_contents, root

DATA = "1.2.840.113549.1.7.1"
BAG = "1.2.840.113549.1.12.10.1."
SHA256 = "2.16.840.1.101.3.4.2.1"
SALT = bytes(range(8))
SECRET = "geheim€".encode()

AUTHORITY = root()
KEYS = [keys.generate(KeyAlgorithm.P256), keys.generate(KeyAlgorithm.ED25519)]
LEAVES = [
    AUTHORITY.issue(leaf_contents(BUILT_IN["server"], f"{name}.example"), key).public_bytes(
        Encoding.DER
    )
    for name, key in zip("ab", KEYS, strict=True)
]
ROOT = AUTHORITY.certificate.public_bytes(Encoding.DER)


def shown(item: Item) -> str:
    name = getattr(item, "friendly_name", None) or getattr(item, "what", "")
    return f"{item.kind} {name}{' locked' if getattr(item, 'locked', False) else ''}".strip()


def all_shown(result: ReadResult) -> list[str]:
    return [shown(item) for item in result.items]


def about(result: ReadResult) -> dict[str, str]:
    return {fact.label: fact.value for fact in result.about}


# --- by hand -------------------------------------------------------------------------------------


def sequence(*parts: bytes) -> bytes:
    return der.encode(der.SEQUENCE, *parts)


def octets(data: bytes) -> bytes:
    return der.encode(der.OCTET_STRING, data)


def explicit(data: bytes) -> bytes:
    return der.encode(0xA0, data)


def attribute(oid: str, value: bytes) -> bytes:
    return sequence(der.encode_oid(oid), der.encode(der.SET, value))


def named(name: str) -> bytes:
    return attribute("1.2.840.113549.1.9.20", der.encode(0x1E, name.encode("utf-16-be")))


def key_id(value: bytes) -> bytes:
    return attribute("1.2.840.113549.1.9.21", octets(value))


def bag(kind: int | str, value: bytes, *attributes: bytes) -> bytes:
    oid = f"{BAG}{kind}" if isinstance(kind, int) else kind
    extra = (der.encode(der.SET, *attributes),) if attributes else ()
    return sequence(der.encode_oid(oid), explicit(value), *extra)


def typed(oid: str, value: bytes) -> bytes:
    return sequence(der.encode_oid(oid), explicit(octets(value)))


def certificate(encoded: bytes, *attributes: bytes) -> bytes:
    return bag(3, typed("1.2.840.113549.1.9.22.1", encoded), *attributes)


def plain_key(number: int, *attributes: bytes) -> bytes:
    return bag(1, pkcs8_der(KEYS[number]), *attributes)


def safe(*bags: bytes) -> bytes:
    return sequence(der.encode_oid(DATA), explicit(octets(sequence(*bags))))


class Code(NamedTuple):
    """An integrity code to be made. pieces: the contents are written as BER in pieces."""

    passphrase: bytes | None = SECRET
    rounds: int = 3
    hash: str = "sha256"
    oid: str = SHA256


def file(*safes: bytes, code: Code | None = None, contents: bytes | None = None) -> bytes:
    """contents: the [0] that holds the safes, where it is not to be DER."""
    content = sequence(*safes)
    body = sequence(der.encode_oid(DATA), contents or explicit(octets(content)))
    parts = [der.encode_integer(3), body]
    if code:
        size = hashlib.new(code.hash).digest_size
        key = pkcs12_key(
            code.hash, FOR_MAC, code.passphrase, salt=SALT, rounds=code.rounds, size=size
        )
        digest = hmac.digest(key, content, code.hash)
        algorithm = sequence(der.encode_oid(code.oid), b"\5\0")
        parts.append(
            sequence(
                sequence(algorithm, octets(digest)), octets(SALT), der.encode_integer(code.rounds)
            )
        )
    return sequence(*parts)


def test_keys_stand_before_their_certificates_and_share_names() -> None:
    data = file(
        safe(
            certificate(ROOT),
            certificate(LEAVES[1], key_id(b"2")),
            certificate(LEAVES[0], named("a"), key_id(b"1")),
        ),
        safe(plain_key(0, key_id(b"1")), plain_key(1, named("b"), key_id(b"2"))),
        code=Code(),
    )
    result = read(data, passphrases=(SECRET,))
    assert all_shown(result) == [
        "private_key a", "certificate a", "private_key b", "certificate b", "certificate",
    ]  # fmt: skip
    assert result.errors == ()
    for key, leaf in (result.items[:2], result.items[2:4]):
        assert isinstance(key, PrivateKeyItem)
        assert isinstance(leaf, CertificateItem)
        assert key.spki_sha256 == leaf.facts.spki_sha256
        assert (key.container, key.encrypted, key.protection) == ("pkcs12", False, "")
    assert about(result)["Integrity code"] == "HMAC-SHA-256, 3 rounds"


def test_bags_in_bags_lists_secrets_and_what_nobody_knows() -> None:
    builder = x509.CertificateRevocationListBuilder().issuer_name(AUTHORITY.certificate.subject)
    crl = builder.last_update(NOW).next_update(NOW).sign(AUTHORITY.key, hashes.SHA256())
    data = file(
        safe(
            bag(6, sequence(certificate(LEAVES[0], named("deep")), bag(6, sequence()))),
            bag(4, typed("1.2.840.113549.1.9.23.1", crl.public_bytes(Encoding.DER))),
            bag(5, typed("1.2.3", b"do not show this"), named("wifi")),
            bag("1.2.3.4", octets(b"")),
            sequence(octets(b"no bag")),
            bag(3, typed("1.2.840.113549.1.9.22.2", b"sdsi")),
            certificate(b"junk"),
            certificate(ROOT),
        )
    )
    result = read(data)
    assert all_shown(result) == [
        "certificate deep", "crl", "secret Secret (1.2.3) “wifi”", "certificate",
    ]  # fmt: skip
    assert [error.where for error in result.errors] == [
        "bag 4 of part 1", "bag 5 of part 1", "bag 6 of part 1", "bag 7 of part 1",
    ]  # fmt: skip
    assert "do not show" not in repr(result)
    assert about(result)["Integrity code"] == "none"


def test_bags_nested_beyond_reason() -> None:
    nested = sequence(certificate(ROOT))
    for _ in range(40):
        nested = sequence(bag(6, nested))
    content = sequence(der.encode_oid(DATA), explicit(octets(nested)))
    result = read(file(content, safe(certificate(LEAVES[0]))))
    assert all_shown(result) == ["certificate"]
    assert len(result.errors) == 1
    assert "nested too deep" in result.errors[0].message


@pytest.mark.parametrize(("passphrase", "said"), [(None, "none"), (b"", "empty"), (SECRET, None)])
def test_no_password_and_an_empty_one_are_two(passphrase: bytes | None, said: str | None) -> None:
    result = read(file(safe(certificate(ROOT)), code=Code(passphrase)), passphrases=(SECRET,))
    assert about(result).get("Password") == said
    # Whoever changes a file without a password can make its code anew.
    proves = "It fits:" if passphrase else "proves little: it is made without a password"
    assert proves in result.about[0].note


@pytest.mark.parametrize(
    ("name", "oid"),
    [("md5", "1.2.840.113549.2.5"), ("sha1", "1.3.14.3.2.26"), ("sha512", "2.16.840.1.101.3.4.2.3"),
     ("sha3_256", "2.16.840.1.101.3.4.2.8")],
)  # fmt: skip
def test_the_code_with_other_hashes(name: str, oid: str) -> None:
    data = file(safe(certificate(ROOT)), code=Code(hash=name, oid=oid))
    assert "It fits:" in read(data, passphrases=(SECRET,)).about[0].note
    harmed = data.replace(ROOT, ROOT[:-1] + bytes((ROOT[-1] ^ 1,)))
    assert "none of the passphrases" in read(harmed, passphrases=(SECRET,)).about[0].note


def test_a_code_that_nobody_knows_leaves_the_rest() -> None:
    result = read(file(safe(certificate(ROOT)), code=Code(oid="1.2.643.2.2.9")))
    assert all_shown(result) == ["certificate"]
    (error,) = result.errors
    assert (error.where, "1.2.643.2.2.9" in error.message) == ("the integrity code", True)


def test_two_thousand_million_rounds_are_refused_and_the_rest_is_shown() -> None:
    data = file(safe(certificate(ROOT)), code=Code(rounds=1))
    version, body, code = der.read(data).children()
    information, salt, _ = code.children()
    slow = sequence(
        version.encoded,
        body.encoded,
        sequence(information.encoded, salt.encoded, der.encode_integer(2**31)),
    )
    result = read(slow, passphrases=(SECRET,))
    assert all_shown(result) == ["certificate"]
    assert result.bounded
    assert "2,147,483,648 rounds" in result.errors[0].message


@pytest.mark.parametrize(
    ("size", "said"), [(32, "It fits:"), (1, "proves little: its key has 1 bytes only")]
)
def test_pbmac1(size: int, said: str) -> None:
    """RFC 9879: PBKDF2 of HMAC-SHA-512, a key of 32 bytes, HMAC-SHA-256.

    With a key of one byte, one code in 256 fits whatever the password is.
    """
    content = sequence(safe(certificate(ROOT)))
    prf = sequence(der.encode_oid("1.2.840.113549.2.11"), b"\5\0")
    parameters = sequence(octets(SALT), der.encode_integer(5), der.encode_integer(size), prf)
    kdf = sequence(der.encode_oid("1.2.840.113549.1.5.12"), parameters)
    scheme = sequence(der.encode_oid("1.2.840.113549.2.9"), b"\5\0")
    algorithm = sequence(der.encode_oid("1.2.840.113549.1.5.14"), sequence(kdf, scheme))
    key = hashlib.pbkdf2_hmac("sha512", SECRET, SALT, 5, size)
    info = sequence(algorithm, octets(hmac.digest(key, content, "sha256")))
    body = sequence(der.encode_oid(DATA), explicit(octets(content)))
    mac = sequence(info, octets(b"NOT USED"), der.encode_integer(1))
    result = read(sequence(der.encode_integer(3), body, mac), passphrases=(SECRET,))
    assert result.errors == ()
    assert about(result)["Integrity code"] == (
        "PBMAC1: HMAC-SHA-256, PBKDF2 with 5 rounds of HMAC-SHA-512"
    )
    assert said in result.about[0].note


@pytest.mark.parametrize("indefinite", [False, True])
def test_contents_in_pieces(indefinite: bool) -> None:
    content = sequence(safe(certificate(ROOT), plain_key(0)))
    pieces = [octets(content[at : at + 100]) for at in range(0, len(content), 100)]
    if indefinite:
        contents = b"\xa0\x80\x24\x80" + b"".join(pieces) + b"\0\0\0\0"
    else:
        contents = explicit(der.encode(0x24, *pieces))
    parts = der.read(file(safe(certificate(ROOT), plain_key(0)), code=Code())).children()
    kind = der.encode_oid(DATA)
    body = b"\x30\x80" + kind + contents + b"\0\0" if indefinite else sequence(kind, contents)
    inner = parts[0].encoded + body + parts[2].encoded
    data = b"\x30\x80" + inner + b"\0\0" if indefinite else sequence(inner)
    result = read(data, passphrases=(SECRET,))
    assert (all_shown(result), result.errors) == (["private_key", "certificate"], ())
    assert "It fits:" in result.about[0].note


def test_java_s_and_windows_marks_are_told() -> None:
    trusted = attribute("2.16.840.1.113894.746875.1.1", der.encode_oid("2.5.29.37.0"))
    provider = attribute(
        "1.3.6.1.4.1.311.17.1", der.encode(0x1E, "Microsoft Software".encode("utf-16-be"))
    )
    result = read(file(safe(certificate(ROOT, named("r"), trusted), plain_key(0, provider))))
    assert about(result)["Marked as trusted for Java"] == "1"
    assert about(result)["Kept in Windows by"] == "Microsoft Software"


def test_an_empty_file_is_said_to_be_empty() -> None:
    result = read(file(code=Code(b"")))
    assert all_shown(result) == ["other PKCS#12 file without certificates and keys"]
    assert result.errors == ()


def test_the_structure_broken_off() -> None:
    (item,) = read(sequence(der.encode_integer(3), sequence(der.encode_oid(DATA)))).items
    assert isinstance(item, OtherItem)
    assert "missing" in item.problem


# --- as openssl writes it ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pkcs12")
    (made / "k.pem").write_bytes(
        KEYS[0].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    certificates = map(x509.load_der_x509_certificate, (LEAVES[0], ROOT))
    (made / "c.pem").write_bytes(b"".join(each.public_bytes(Encoding.PEM) for each in certificates))
    return made


def export(folder: Path, *options: str, password: str = SECRET.decode()) -> bytes:
    out = folder / "out.p12"
    subprocess.run(
        ["openssl", "pkcs12", "-export", "-inkey", folder / "k.pem", "-in", folder / "c.pem",
         "-name", "größe", "-passout", f"pass:{password}", "-out", out, *options],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return out.read_bytes()


WRITTEN: dict[str, tuple[str, ...]] = {
    "modern": (),
    "legacy": ("-legacy",),
    "RC4 and RC2-128": ("-legacy", "-keypbe", "PBE-SHA1-RC4-128", "-certpbe", "PBE-SHA1-RC2-128"),
    "RC4-40 and two keys": ("-legacy", "-keypbe", "PBE-SHA1-RC4-40", "-certpbe", "PBE-SHA1-2DES"),
    "certificates in the clear": ("-certpbe", "NONE"),
    "a key in the clear": ("-keypbe", "NONE"),
    "no code": ("-nomac",),
    "one round": ("-iter", "1", "-nomaciter"),
    "Camellia": ("-keypbe", "camellia-256-cbc", "-certpbe", "aes-128-cbc"),
    "SHA-512": ("-macalg", "sha512"),
}


@pytest.mark.parametrize("form", WRITTEN)
@pytest.mark.parametrize("password", [SECRET.decode(), ""])
def test_what_openssl_writes(folder: Path, form: str, password: str) -> None:
    data = export(folder, *WRITTEN[form], password=password)
    given = (b"wrong", password.encode()) if password else (b"wrong",)
    result = read(data, passphrases=given)
    assert result.errors == ()
    assert all_shown(result) == ["private_key größe", "certificate größe", "certificate"]
    key = result.items[0]
    assert isinstance(key, PrivateKeyItem)
    assert key.pkcs8 == pkcs8_der(KEYS[0])
    if password:
        shut = read(data, passphrases=(b"wrong",))
        assert shut.locked
        assert shut.errors == ()
        assert not any(isinstance(item, PrivateKeyItem) and item.key for item in shut.items) or (
            form == "a key in the clear"
        )


def test_certificates_in_the_clear_show_without_the_password(folder: Path) -> None:
    result = read(export(folder, "-certpbe", "NONE"))
    assert all_shown(result) == [
        "private_key größe locked", "certificate größe", "certificate",
    ]  # fmt: skip
    assert about(result)["Encryption of its keys"].startswith("AES-256-CBC, PBKDF2 with 2,048")


def test_a_password_of_a_latin_1_terminal(folder: Path) -> None:
    """What the shell gave to openssl as Latin-1, typed here, and the other way round."""
    out = folder / "latin.p12"
    subprocess.run(
        ["openssl", "pkcs12", "-export", "-inkey", folder / "k.pem", "-in", folder / "c.pem",
         "-passout", b"pass:gr\xfc\xdfe", "-out", out],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    assert not read(out.read_bytes(), passphrases=("grüße".encode(),)).locked
    wrong_way = export(folder, password="grüße".encode().decode("latin-1"))
    assert not read(wrong_way, passphrases=("grüße".encode(),)).locked


def test_another_password_for_the_code_than_for_the_contents(folder: Path) -> None:
    """The contents of one file under the code of another."""
    contents = der.read(export(folder)).children()[1]
    content = der.read(contents.children()[1].children()[0].value)
    data = file(*(part.encoded for part in content.children()), code=Code(b"another"))
    both = read(data, passphrases=(b"another", SECRET))
    assert (both.locked, both.errors) == (False, ())
    one = read(data, passphrases=(SECRET,))
    assert not one.locked
    (error,) = one.errors
    assert error.where == "the integrity code"
    assert "a password of its own" in error.message
    other = read(data, passphrases=(b"another",))
    assert other.locked
    assert other.errors == ()


def test_a_key_of_an_old_nss() -> None:
    """Its PBES2 took the password as PKCS#12 spells it, two bytes a letter."""
    spelled = SECRET.decode().encode("utf-16-be") + b"\0\0"
    salt, start = octets(SALT), bytes(16)
    kdf = sequence(der.encode_oid("1.2.840.113549.1.5.12"), sequence(salt, der.encode_integer(2)))
    cipher = sequence(der.encode_oid("2.16.840.1.101.3.4.1.42"), octets(start))
    algorithm = sequence(der.encode_oid("1.2.840.113549.1.5.13"), sequence(kdf, cipher))
    key = hashlib.pbkdf2_hmac("sha1", spelled, SALT, 2, 32)
    padder = padding.PKCS7(128).padder()
    encryptor = Cipher(AES(key), CBC(start)).encryptor()
    padded = padder.update(pkcs8_der(KEYS[0])) + padder.finalize()
    shrouded = sequence(algorithm, octets(encryptor.update(padded) + encryptor.finalize()))
    result = read(file(safe(bag(2, shrouded)), code=Code()), passphrases=(SECRET,))
    (item,) = result.items
    assert isinstance(item, PrivateKeyItem)
    assert item.pkcs8 == pkcs8_der(KEYS[0])


def test_what_is_spent_on_a_file_is_bounded(folder: Path) -> None:
    data = export(folder, "-iter", "2000")
    refused = read(data, passphrases=(SECRET,), limits=Limits(kdf_rounds=5_000))
    assert refused.bounded
    assert "private_key größe locked" in all_shown(refused)
    assert not read(data, passphrases=(SECRET,), limits=Limits(kdf_rounds=6_000)).locked
