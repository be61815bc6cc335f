"""Java's and Bouncy Castle's keystores: what is in them, what shows without a passphrase, harm."""

from __future__ import annotations

import hashlib
import random
import struct

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.formats.items import CertificateItem, Item, OtherItem, PrivateKeyItem, ReadResult
from mtlsgui.formats.limits import Limits
from mtlsgui.formats.read import read
from mtlsgui.formats.stores import bcfks, bks, jks
from mtlsgui.pki import der
from tests.formats.bouncy_castle import BCFKS, BCFKS_SCRYPT, BKS_1, BKS_2, BKS_EMPTY, UBER
from tests.pki.judges import root

STORE, KEY = "geheim€".encode(), b"keypass1"
CHANGEIT = b"changeit"


def shown(item: Item) -> str:
    """An item in a few characters: what it is, what it is called, a lock."""
    name = getattr(item, "friendly_name", None) or getattr(item, "what", "")
    return f"{item.kind} {name}{' locked' if getattr(item, 'locked', False) else ''}"


def everything(result: ReadResult) -> list[str]:
    return sorted(shown(item) for item in result.items)


def belong_together(result: ReadResult) -> bool:
    """There is one key, open, and it is that of the certificates called leaf."""
    (key,) = (item for item in result.items if isinstance(item, PrivateKeyItem))
    assert isinstance(key.key, ec.EllipticCurvePrivateKey)
    assert key.encrypted
    assert key.protection
    return {key.spki_sha256} == {
        item.facts.spki_sha256
        for item in result.items
        if isinstance(item, CertificateItem) and item.friendly_name == "leaf"
    }


def note(result: ReadResult) -> str:
    return next(fact.note for fact in result.about if fact.label == "Integrity code")


OPENED = {
    "BKS 1": (BKS_1, (CHANGEIT,), "bks", ["certificate leaf", "private_key leaf"]),
    "BKS 2": (BKS_2, (STORE, KEY), "bks", [
        "certificate leaf", "certificate trusted", "private_key leaf",
        "secret Secret key (AES) “sym”", "secret Secret “raw”",
    ]),
    "BCFKS": (BCFKS, (CHANGEIT,), "bcfks", [
        "certificate leaf", "certificate trusted", "private_key leaf", "secret Secret key “sym”",
    ]),
    "BCFKS with scrypt": (BCFKS_SCRYPT, (STORE, KEY), "bcfks", [
        "certificate leaf", "certificate tür", "private_key leaf",
    ]),
}  # fmt: skip


@pytest.mark.parametrize("name", OPENED)
def test_what_bouncy_castle_writes(name: str) -> None:
    data, passphrases, form, expected = OPENED[name]
    result = read(data, passphrases=(b"wrong", *passphrases))
    assert (result.format, result.errors) == (form, ())
    assert everything(result) == expected
    assert not result.locked
    assert belong_together(result)
    # The code of version 1 has a key that one can guess.
    assert ("proves little: its key has 2 bytes" if name == "BKS 1" else "It fits:") in note(result)


@pytest.mark.parametrize("passphrases", [(), (b"wrong",)])
def test_what_shows_without_the_passphrase(passphrases: tuple[bytes, ...]) -> None:
    entries = read(BKS_2, passphrases=passphrases)
    assert everything(entries) == [
        "certificate leaf",
        "certificate trusted",
        "private_key leaf locked",
        "secret Secret key (AES) “sym”",
        "secret Secret “raw”",
    ]
    whole = read(BCFKS, passphrases=passphrases)
    assert everything(whole) == ["other BCFKS keystore locked"]
    (store,) = whole.items
    assert isinstance(store, OtherItem)
    assert store.protection == "AES-256-CCM, PBKDF2 with 51,200 rounds of HMAC-SHA-512"
    for result in (entries, whole):
        assert result.locked
        assert result.errors == ()
        assert ("none of the passphrases" in note(result)) is bool(passphrases)


def test_the_store_s_passphrase_alone_leaves_the_key_locked() -> None:
    assert "private_key leaf locked" in everything(read(BCFKS_SCRYPT, passphrases=(STORE,)))
    assert "certificate tür" in everything(read(BCFKS_SCRYPT, passphrases=(STORE,)))


def test_the_key_s_passphrase_alone_opens_the_key_of_a_bks() -> None:
    result = read(BKS_2, passphrases=(KEY,))
    assert belong_together(result)
    assert "none of the passphrases" in note(result)


def test_the_old_code_of_bks_is_called_weak() -> None:
    (fact,) = (fact for fact in read(BKS_1).about if fact.label == "Integrity code")
    assert "16 bits (weak)" in fact.value


def test_an_empty_keystore_is_not_damaged() -> None:
    result = read(BKS_EMPTY)
    assert (everything(result), result.errors) == (["other BKS keystore without entries"], ())


def test_uber_is_named() -> None:
    result = read(UBER, passphrases=(CHANGEIT,))
    (item,) = result.items
    assert isinstance(item, OtherItem)
    assert (result.format, result.errors, item.locked) == ("uber", (), False)
    assert "Twofish" in item.problem
    assert "Twofish and SHA-1, 1,458 rounds" in item.protection


# --- JKS, put together by hand; what keytool writes is in tests/integration ---------------------

LEAF = root().certificate.public_bytes(Encoding.DER)


def text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack(">H", len(raw)) + raw


def block(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def trusted(alias: str, certificate: bytes = LEAF, kind: str = "X.509") -> bytes:
    return struct.pack(">I", 2) + text(alias) + bytes(8) + text(kind) + block(certificate)


def key_entry(encrypted: bytes, chain: int = 0) -> bytes:
    return struct.pack(">I", 1) + text("k") + bytes(8) + block(encrypted) + struct.pack(">I", chain)


def keystore(*entries: bytes, count: int | None = None, passphrase: bytes = b"") -> bytes:
    count = len(entries) if count is None else count
    body = b"\xfe\xed\xfe\xed" + struct.pack(">II", 2, count) + b"".join(entries)
    spoken = passphrase.decode().encode("utf-16-be")
    return body + hashlib.sha1(spoken + b"Mighty Aphrodite" + body).digest()  # noqa: S324


def test_the_digest_is_checked() -> None:
    data = keystore(trusted("a"), passphrase=STORE)
    assert "It fits:" in note(read(data, passphrases=(b"wrong", STORE)))
    assert "none of the passphrases" in note(read(data, passphrases=(b"wrong",)))
    assert "Not checked" in note(read(data))
    changed = bytearray(data)
    changed[20] ^= 1  # within the date
    assert "none of the passphrases" in note(read(bytes(changed), passphrases=(STORE,)))


def test_a_damaged_entry_leaves_its_neighbours() -> None:
    data = keystore(
        trusted("a"),
        trusted("b", b"junk"),
        key_entry(b"junk"),
        trusted("p", kind="PGP"),
        trusted("z"),
    )
    result = read(data)
    assert everything(result) == ["certificate a", "certificate z", "private_key k locked"]
    assert [error.where for error in result.errors] == [
        "entry 2 (b)", "entry 3 (k)", "entry 4 (p)",
    ]  # fmt: skip
    assert "PGP" in result.errors[2].message


def test_two_thousand_million_entries_that_are_not_there() -> None:
    result = read(keystore(trusted("a"), count=2**31))
    assert everything(result) == ["certificate a"]
    (error,) = result.errors
    assert "breaks off after 1 of 2,147,483,648 entries" in error.message
    chain = read(keystore(key_entry(b"junk", chain=2**31)))
    assert "breaks off after 0 of 1 entries" in chain.errors[0].message


def test_entries_beyond_the_limit_are_left_out() -> None:
    few = Limits(pem_blocks=2)
    result = read(keystore(*(trusted(name) for name in "abc")), limits=few)
    assert everything(result) == ["certificate a", "certificate b"]
    assert "Only the first 2 of 3" in result.errors[0].message
    short = read(BKS_2, limits=Limits(pem_blocks=1))
    assert "Only the first 1 entries" in short.errors[0].message


def test_a_megabyte_of_key_is_refused() -> None:
    algorithm = der.encode(der.SEQUENCE, der.encode_oid("1.3.6.1.4.1.42.2.17.1.1"), b"\5\0")
    huge = der.encode(der.SEQUENCE, algorithm, der.encode(der.OCTET_STRING, bytes(2**21)))
    result = read(keystore(key_entry(huge)), passphrases=(b"a",))
    assert "too large" in result.errors[0].message
    assert everything(result) == ["private_key k locked"]


def test_the_rounds_of_a_keystore_are_bounded() -> None:
    few = Limits(kdf_rounds=1_000)
    refused = read(BCFKS, passphrases=(CHANGEIT,), limits=few)
    assert everything(refused) == ["other BCFKS keystore locked"]
    assert refused.bounded
    salt = der.encode(der.OCTET_STRING, bytes(8))
    parameters = der.encode(der.SEQUENCE, salt, der.encode_integer(2**31))
    algorithm = der.encode(der.SEQUENCE, der.encode_oid("1.3.6.1.4.1.42.2.19.1"), parameters)
    slow = der.encode(der.SEQUENCE, algorithm, der.encode(der.OCTET_STRING, bytes(64)))
    result = read(keystore(key_entry(slow)), passphrases=(b"a",))
    assert everything(result) == ["private_key k locked"]
    assert result.bounded


def test_names_as_java_spells_them() -> None:
    """A zero in two bytes, and a letter beyond the first plane as two surrogates of three."""
    raw = b"a\xc0\x80\xed\xa0\xb4\xed\xb4\x9e"
    entry = trusted("x" * len(raw)).replace(b"x" * len(raw), raw)
    (item,) = read(keystore(entry)).items
    assert isinstance(item, CertificateItem)
    assert item.friendly_name == "a\0𝄞"


SAMPLES = {
    "bks": BKS_2,
    "bcfks": BCFKS_SCRYPT,
    "uber": UBER,
    "jks": keystore(trusted("a"), key_entry(b"junk", chain=0), passphrase=STORE),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_cut_short_and_bits_flipped(name: str) -> None:
    """Whatever happens to a keystore, reading it gives an answer."""
    data = SAMPLES[name]
    chance = random.Random(name)  # noqa: S311 # it decides what is flipped
    for size in range(0, len(data), 7):
        result = read(data[:size])
        assert result.items or result.errors, size
    for _ in range(300):
        harmed = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            harmed[chance.randrange(len(harmed))] = chance.randrange(256)
        result = read(bytes(harmed), passphrases=(STORE,), limits=Limits(kdf_rounds=10_000))
        assert result.items or result.errors


def test_the_formats_do_not_take_each_other_for_their_own() -> None:
    recognisers = {"jks": jks.recognise, "bks": bks.recognise, "bcfks": bcfks.recognise}
    for name, data in {**SAMPLES, "certificate": LEAF, "zeroes": bytes(1000), "empty": b""}.items():
        fitting = [each for each, recognise in recognisers.items() if recognise(data)]
        assert fitting == {"uber": ["bks"], "certificate": [], "zeroes": [], "empty": []}.get(
            name, [name]
        )
