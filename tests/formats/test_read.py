"""Reading: everything that openssl, ssh-keygen and people leave behind, and what is hostile."""

import base64
import random
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.formats import pem
from mtlsgui.formats.as_json import file_as_json
from mtlsgui.formats.describing import describe_item
from mtlsgui.formats.items import CertificateItem, OtherItem, PrivateKeyItem, ReadResult
from mtlsgui.formats.limits import Limits
from mtlsgui.formats.read import read
from mtlsgui.pki import der, keys
from mtlsgui.pki.describe import as_text
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.profiles import BUILT_IN
from tests.pki.judges import NOW, intermediate, leaf_contents, openssl, root

SECRET = b"correct horse"
ROOT = root()
ISSUING = intermediate(ROOT)
KEY = keys.generate(KeyAlgorithm.P256)
LEAF = ISSUING.issue(leaf_contents(BUILT_IN["server"], "api.example"), KEY)
LEAF_PEM = LEAF.public_bytes(Encoding.PEM)
LEAF_DER = LEAF.public_bytes(Encoding.DER)
KEY_PEM = KEY.private_bytes(
    Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("files")
    (made / "c.pem").write_bytes(LEAF_PEM)
    (made / "k.pem").write_bytes(KEY_PEM)
    openssl("genrsa", "-out", made / "rsa.pem", "2048")
    return made


def kinds(result: ReadResult) -> list[str]:
    return [item.kind for item in result.items]


def only_key(result: ReadResult) -> PrivateKeyItem:
    (item,) = result.items
    assert isinstance(item, PrivateKeyItem)
    return item


CRLF = LEAF_PEM.replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    "data",
    [
        LEAF_PEM,
        CRLF,
        b"\xef\xbb\xbf" + CRLF,
        LEAF_PEM.decode().encode("utf-16"),
        b"Dear Bob,\n\n" + LEAF_PEM + b"\nYours, Alice",
        b"".join(b"    " + line for line in LEAF_PEM.splitlines(keepends=True)),
        b"".join(b"> " + line for line in LEAF_PEM.splitlines(keepends=True)),
        LEAF_PEM.replace(b"\n", b"\\n"),
        LEAF_PEM.replace(b"CERTIFICATE", b"X509 CERTIFICATE"),
        LEAF_PEM.replace(b"=", b""),
        b"-----BEGIN CERTIFICATE-----" + base64.b64encode(LEAF_DER) + b"-----END CERTIFICATE-----",
    ],
)
def test_pem_as_people_have_it(data: bytes) -> None:
    result = read(data)
    assert (result.format, kinds(result), result.errors) == ("pem", ["certificate"], ())
    assert isinstance(result.items[0], CertificateItem)
    assert result.items[0].facts.der == LEAF_DER


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (LEAF_DER, "der"),
        (LEAF_DER + b"\n", "der"),
        (base64.b64encode(LEAF_DER), "base64"),
        (base64.encodebytes(LEAF_DER), "base64"),
        (base64.b64encode(LEAF_PEM), "base64"),
    ],
)
def test_der_and_bare_base64(data: bytes, found: str) -> None:
    result = read(data)
    assert (result.format, kinds(result), result.errors) == (found, ["certificate"], ())


def test_a_malformed_block_spoils_no_neighbour() -> None:
    broken = LEAF_PEM.replace(b"MII", b"!!!", 1)
    cut = pem.encode("CERTIFICATE", LEAF_DER[:100])
    open_end = b"-----BEGIN CERTIFICATE-----\nMIIB\n"
    result = read(LEAF_PEM + broken + KEY_PEM + cut + open_end + LEAF_PEM)
    # What is cut short is shown up to where it breaks.
    assert kinds(result) == ["certificate", "private_key", "other", "other", "certificate"]
    assert [item.position for item in result.items] == [1, 2, 3, 4, 5]
    assert [error.where.partition(" (")[0] for error in result.errors] == [
        "block 2",
        "block 4",
        "block 5",
    ]
    lines = (LEAF_PEM + broken + KEY_PEM).count(b"\n") + 1
    assert result.errors[1].where.endswith(f"line {lines}")


ENCRYPTED: dict[str, list[str]] = {
    "PBKDF2": ["pkcs8", "-topk8", "-in", "rsa.pem"],
    "scrypt": ["pkcs8", "-topk8", "-in", "rsa.pem", "-scrypt"],
    "3DES": ["pkcs8", "-topk8", "-in", "rsa.pem", "-v1", "PBE-SHA1-3DES"],
    "AES-128-CBC": ["rsa", "-in", "rsa.pem", "-traditional", "-aes128"],
    "DES-EDE3-CBC": ["ec", "-in", "k.pem", "-des3"],
}


@pytest.mark.parametrize(
    ("scheme", "form"),
    [(scheme, "PEM") for scheme in ENCRYPTED] + [(s, "DER") for s in ("PBKDF2", "scrypt", "3DES")],
)
def test_encrypted_keys_are_locked_or_open(folder: Path, scheme: str, form: str) -> None:
    command = [str(folder / word) if word.endswith(".pem") else word for word in ENCRYPTED[scheme]]
    out = folder / "encrypted"
    openssl(*command, "-passout", f"pass:{SECRET.decode()}", "-outform", form, "-out", out)
    for passphrases in ((), (b"wrong",)):
        locked = only_key(read(out.read_bytes(), passphrases=passphrases))
        assert (locked.locked, locked.encrypted, locked.key) == (True, True, None)
        assert scheme in locked.protection
    opened = only_key(read(out.read_bytes(), passphrases=(b"wrong", SECRET)))
    assert (opened.locked, opened.encrypted) == (False, True)
    assert opened.spki_sha256 is not None
    assert SECRET.decode() not in repr(opened)


FORMS: dict[str, tuple[list[str], str, list[str], str]] = {
    "PKCS#1": (["rsa", "-in", "rsa.pem", "-traditional", "-outform", "DER"], "pkcs1",
               ["private_key"], "pkcs1"),
    "SEC 1": (["ec", "-in", "k.pem", "-outform", "DER"], "sec1", ["private_key"], "sec1"),
    "SEC 1 PEM": (["ec", "-in", "k.pem"], "pem", ["private_key"], "sec1"),
    "PKCS#8": (["pkcs8", "-topk8", "-nocrypt", "-in", "k.pem", "-outform", "DER"], "pkcs8",
               ["private_key"], "pkcs8"),
    "public": (["pkey", "-in", "k.pem", "-pubout"], "pem", ["public_key"], "pem"),
    "PKCS#1 public": (["rsa", "-in", "rsa.pem", "-RSAPublicKey_out"], "pem", ["public_key"],
                      "pkcs1"),
    "trusted": (["x509", "-in", "c.pem", "-trustout", "-addtrust", "serverAuth"], "pem",
                ["certificate", "other"], "pem"),
    "text": (["x509", "-in", "c.pem", "-text"], "pem", ["certificate"], "pem"),
    "PKCS#7": (["crl2pkcs7", "-nocrl", "-certfile", "c.pem", "-outform", "DER"], "pkcs7",
               ["certificate"], "pkcs7"),
    "PKCS#7 PEM": (["crl2pkcs7", "-nocrl", "-certfile", "c.pem"], "pem", ["certificate"], "pkcs7"),
    "request": (["req", "-new", "-key", "k.pem", "-subj", "/CN=a"], "pem", ["csr"], "pem"),
    "parameters": (["ecparam", "-name", "prime256v1"], "pem", ["parameters"], "pem"),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_what_openssl_writes(folder: Path, form: str) -> None:
    command, name, expected, container = FORMS[form]
    words = [str(folder / word) if word.endswith(".pem") else word for word in command]
    openssl(*words, "-out", folder / "out")
    result = read((folder / "out").read_bytes())
    assert (result.format, kinds(result), result.errors) == (name, expected, ())
    assert result.items[0].container == container


@pytest.mark.parametrize("legacy", [False, True])
def test_pkcs12_with_and_without_its_password(folder: Path, legacy: bool) -> None:
    out = folder / "out.p12"
    openssl(
        "pkcs12", "-export", *(["-legacy"] if legacy else []), "-inkey", folder / "k.pem", "-in",
        folder / "c.pem", "-name", "api", "-passout", f"pass:{SECRET.decode()}", "-out", out,
    )  # fmt: skip
    opened = read(out.read_bytes(), passphrases=(b"wrong", SECRET))
    assert (opened.format, kinds(opened)) == ("pkcs12", ["private_key", "certificate"])
    assert not opened.locked
    key, certificate = opened.items
    assert isinstance(key, PrivateKeyItem)
    assert isinstance(certificate, CertificateItem)
    assert key.spki_sha256 == certificate.facts.spki_sha256
    assert certificate.friendly_name == "api"
    shut = read(out.read_bytes(), passphrases=(b"wrong",))
    assert shut.locked
    assert shut.errors == ()
    assert [item.locked for item in shut.items if isinstance(item, PrivateKeyItem | OtherItem)]
    assert ("RC2-40" in repr(shut.items)) is legacy
    openssl("pkcs12", "-in", out, *(["-legacy"] if legacy else []), "-nodes", "-passin",
            f"pass:{SECRET.decode()}", "-out", folder / "bag.pem")  # fmt: skip
    bag = read((folder / "bag.pem").read_bytes())
    assert [getattr(item, "friendly_name", None) for item in bag.items] == ["api", "api"]


def test_openssh_keys(tmp_path: Path) -> None:
    for name, passphrase in (("plain", ""), ("locked", SECRET.decode())):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", tmp_path / name],
            check=True, timeout=60,
        )  # fmt: skip
    plain = read((tmp_path / "plain").read_bytes())
    public = read((tmp_path / "plain.pub").read_bytes())
    assert plain.format == public.format == "openssh"
    assert only_key(plain).spki_sha256 == public.items[0].spki_sha256  # type: ignore[union-attr]
    locked = only_key(read((tmp_path / "locked").read_bytes()))
    assert locked.locked
    assert locked.info is not None
    assert locked.info.label == "Ed25519"


@pytest.mark.parametrize("algorithm", list(KeyAlgorithm))
def test_keys_of_every_algorithm(algorithm: KeyAlgorithm) -> None:
    key = keys.generate(algorithm)
    for encoding in (Encoding.PEM, Encoding.DER):
        data = key.private_bytes(
            encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        item = only_key(read(data))
        assert item.spki_sha256 == keys.spki_sha256(key.public_key())
        assert item.key is not None


def test_a_web_key() -> None:
    def number(value: int) -> str:
        return base64.urlsafe_b64encode(value.to_bytes(32, "big")).rstrip(b"=").decode()

    numbers = KEY.private_numbers()  # type: ignore[union-attr]
    public = numbers.public_numbers
    text = (
        f'{{"keys": [{{"kty": "EC", "crv": "P-256", "x": "{number(public.x)}", '  # type: ignore[union-attr]
        f'"y": "{number(public.y)}", "d": "{number(numbers.private_value)}"}}, {{"kty": "EC"}}]}}'  # type: ignore[union-attr]
    )
    result = read(text.encode())
    assert (result.format, kinds(result)) == ("jwk", ["private_key"])
    assert only_key(result).spki_sha256 == keys.spki_sha256(KEY.public_key())
    assert [error.where for error in result.errors] == ["key 2"]


def test_pkcs7_of_indefinite_length(folder: Path) -> None:
    openssl("crl2pkcs7", "-nocrl", "-certfile", folder / "c.pem", "-outform", "DER", "-out",
            folder / "p7")  # fmt: skip
    content = der.read((folder / "p7").read_bytes())
    kind, explicit = content.children()
    signed = explicit.children()[0]
    inner = b"".join(part.encoded for part in signed.children())
    data = b"\x30\x80" + kind.encoded + b"\xa0\x80\x30\x80" + inner + b"\0\0" * 3
    result = read(data)
    assert (result.format, kinds(result), result.errors) == ("pkcs7", ["certificate"], ())


def refused(data: bytes) -> str:
    """What is said about a file from which no key must come."""
    result = read(data)
    assert not any(getattr(item, "key", None) for item in result.items)
    return " ".join(error.message for error in result.errors)


def test_too_many_rounds_are_refused_before_the_first(folder: Path) -> None:
    openssl("pkcs8", "-topk8", "-in", folder / "k.pem", "-iter", "20000", "-passout",
            f"pass:{SECRET.decode()}", "-outform", "DER", "-out", folder / "slow")  # fmt: skip
    data = (folder / "slow").read_bytes()
    few = Limits(kdf_rounds=19_999)
    result = read(data, passphrases=(SECRET,), limits=few)
    assert "too long" in result.errors[0].message
    assert only_key(read(data, passphrases=(SECRET,))).key is not None


def test_the_rounds_of_a_whole_file_are_bounded(folder: Path) -> None:
    openssl("pkcs8", "-topk8", "-in", folder / "k.pem", "-iter", "2000", "-passout",
            f"pass:{SECRET.decode()}", "-out", folder / "part")  # fmt: skip
    data = (folder / "part").read_bytes() * 3
    few = Limits(kdf_rounds=9_999)
    tried = read(data, passphrases=(b"wrong", SECRET), limits=few)
    assert kinds(tried) == ["private_key"] * 2
    assert "too long" in tried.errors[0].message
    assert kinds(read(data, limits=few)) == ["private_key"] * 3  # locked: nothing is tried


def test_a_pkcs12_without_a_passphrase_costs_no_more_than_the_limit(folder: Path) -> None:
    openssl("pkcs12", "-export", "-in", folder / "c.pem", "-inkey", folder / "k.pem", "-passout",
            "pass:", "-iter", "2000", "-out", folder / "open.p12")  # fmt: skip
    data = (folder / "open.p12").read_bytes()
    # Each part stays below the limit; integrity code, certificates and key together do not.
    assert "too long" in read(data, limits=Limits(kdf_rounds=3_000)).errors[0].message
    assert "private_key" in kinds(read(data, limits=Limits(kdf_rounds=10_000)))


def test_scrypt_memory_is_bounded(folder: Path) -> None:
    openssl("pkcs8", "-topk8", "-in", folder / "k.pem", "-scrypt", "-passout",
            f"pass:{SECRET.decode()}", "-out", folder / "big")  # fmt: skip
    result = read(
        (folder / "big").read_bytes(), passphrases=(SECRET,), limits=Limits(kdf_memory=2**20)
    )
    assert "memory" in result.errors[0].message


def test_a_giant_rsa_key_is_refused_by_its_size() -> None:
    modulus = (1 << 19_999) + 1
    numbers = (0, modulus, 65537, 3, 3, 3, 3, 3, 3)
    inner = der.encode(der.SEQUENCE, *(der.encode_integer(number) for number in numbers))
    assert "20,000 bits" in refused(inner)


def test_an_rsa_key_whose_numbers_disagree_is_refused() -> None:
    good = rsa.generate_private_key(65537, 2048).private_numbers()
    p = good.p + 2
    numbers = (0, p * good.q, 65537, good.d, p, good.q, good.dmp1, good.dmq1, good.iqmp)
    inner = der.encode(der.SEQUENCE, *(der.encode_integer(number) for number in numbers))
    message = refused(inner)
    assert message
    assert str(good.d) not in message


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 1000,
        b"hello",
        b"\x30\x80" * 5_000,
        b"\x30\x84\xff\xff\xff\xff",
        b"-----BEGIN " * 10_000,
        b"-----BEGIN X-----" * 1_000,
        b'{"kty":' * 50_000,
        b"MII" + b"A" * 100_000,
        b"\x30\x84\x00\x0f\x42\x40" + b"\x05\x00" * 500_000,
        b"ssh-rsa AAAA",
    ],
)
def test_junk_is_an_error_in_words(data: bytes) -> None:
    result = read(data)
    assert result.errors or all(isinstance(item, OtherItem) for item in result.items)


def test_a_file_beyond_the_limit_is_not_looked_into() -> None:
    result = read(LEAF_PEM, limits=Limits(file_size=10))
    assert (result.items, len(result.errors)) == ((), 1)


def test_blocks_beyond_the_limit_are_left_out_and_that_is_said() -> None:
    result = read(LEAF_PEM * 3, limits=Limits(pem_blocks=2))
    assert len(result.items) == 2
    assert "first 2" in result.errors[0].message


def corpus(folder: Path) -> list[bytes]:
    out = folder / "fuzz.p12"
    openssl("pkcs12", "-export", "-inkey", folder / "k.pem", "-in", folder / "c.pem", "-passout",
            "pass:", "-iter", "1", "-out", out)  # fmt: skip
    openssl("crl2pkcs7", "-nocrl", "-certfile", folder / "c.pem", "-outform", "DER", "-out",
            folder / "fuzz.p7")  # fmt: skip
    key = base64.b64decode(b"".join(KEY_PEM.splitlines()[1:-1]))
    return [LEAF_DER, LEAF_PEM, KEY_PEM, key, out.read_bytes(), (folder / "fuzz.p7").read_bytes()]


def test_ten_thousand_mutations_raise_nothing(folder: Path) -> None:
    """Whatever is read of a damaged file can be described and put into JSON, too."""
    chance = random.Random(20261123)  # noqa: S311 - the same mutations each time
    originals = corpus(folder)
    shown = 0
    for _ in range(10_000):
        data = bytearray(chance.choice(originals))
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.1:
            del data[chance.randrange(len(data)) :]
        result = read(bytes(data))
        assert result.items or result.errors
        for item in result.items:
            as_text(describe_item(item))
            file_as_json("x", result)
            shown += 1
    assert shown > 1_000


@given(st.binary(max_size=400))
def test_any_bytes_are_read(data: bytes) -> None:
    result = read(data)
    assert result.items or result.errors


@given(st.binary(min_size=1, max_size=500), st.sampled_from(["CERTIFICATE", "X Y", "PKCS7"]))
def test_pem_goes_round(body: bytes, label: str) -> None:
    (block,) = pem.split(b"noise\n" + pem.encode(label, body) + b"noise")
    assert (block.body, block.label, block.line) == (body, label, 2)


def test_json_has_the_fields_of_the_contract() -> None:
    document = file_as_json("a.pem", read(LEAF_PEM + KEY_PEM))
    certificate, key = document["items"]
    assert certificate["not_before"].endswith("Z")
    assert certificate["key"] == {"algorithm": "EC", "curve": "P-256"}
    assert certificate["san"] == ["dns:api.example"]
    assert certificate["problems"] == []
    assert key["kind"] == "private_key"
    assert (key["encrypted"], key["locked"]) == (False, False)
    assert key["spki_sha256"] == certificate["spki_sha256"]


def test_no_private_value_in_repr_text_or_json() -> None:
    result = read(KEY_PEM)
    secret = KEY.private_numbers().private_value  # type: ignore[union-attr]
    shown = repr(result) + as_text(describe_item(result.items[0])) + str(file_as_json("x", result))
    assert f"{secret:x}" not in shown
    assert str(secret) not in shown


CRL = (
    x509.CertificateRevocationListBuilder()
    .issuer_name(ROOT.certificate.subject)
    .last_update(NOW)
    .next_update(NOW.replace(year=2027))
    .sign(ROOT.key, keys.signature_hash(ROOT.key))
)


@pytest.mark.parametrize(("encoding", "name"), [(Encoding.DER, "crl"), (Encoding.PEM, "pem")])
def test_revocation_lists(encoding: Encoding, name: str) -> None:
    result = read(CRL.public_bytes(encoding))
    assert (result.format, kinds(result)) == (name, ["crl"])


@pytest.mark.parametrize(
    "data",
    [
        b"-----BEGIN A-----\n!\n-----END A-----\n" * 2_000,
        b"ssh-rsa AAAA\n" * 2_000,
        b"-----BEGIN A-----\n" + b"a: b\n" * 2_000 + b"-----END A-----",
    ],
)
def test_errors_without_end_are_cut_and_that_is_said(data: bytes) -> None:
    result = read(data)
    assert 1 <= len(result.errors) <= 1_001
    assert len(result.errors) == 1 or "left out" in result.errors[-1].message
