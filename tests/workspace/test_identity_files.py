"""Identities, CAs and revocation lists out of files, for connection tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    pkcs12,
)

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.files import FileError
from mtlsgui.workspace.identity_files import (
    FilesLocked,
    FilesUnusable,
    anchors_from_files,
    crls_from_files,
    identity_from_files,
)
from mtlsgui.workspace.inspecting import Pasted, Reader
from tests.tls.papers import NOW, pem, world

GOOD = world().clients["good"]
OTHER = world().clients["expired"]
SECRET = "correct horse"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as made:
        yield made


@pytest.fixture
def good(tmp_path: Path) -> tuple[Path, Path]:
    return GOOD.write(tmp_path / "good")


def write(path: Path, *parts: bytes) -> Path:
    path.write_bytes(b"".join(parts))
    return path


def locked_p12(path: Path) -> Path:
    assert isinstance(GOOD.key, ec.EllipticCurvePrivateKey)
    made = pkcs12.serialize_key_and_certificates(
        b"me", GOOD.key, GOOD.certificate, GOOD.chain, BestAvailableEncryption(SECRET.encode())
    )
    return write(path, made)


def test_a_certificate_with_its_chain_and_its_key(reader: Reader, good: tuple[Path, Path]) -> None:
    identity = identity_from_files(reader, good, now=NOW)
    assert identity.certificate == GOOD.facts
    assert [each.common_name for each in identity.chain] == ["Test Issuing CA"]
    assert identity.name == "the client"
    assert identity.key.public_key() == GOOD.key.public_key()


def test_the_root_is_known_and_not_sent(
    reader: Reader, good: tuple[Path, Path], tmp_path: Path
) -> None:
    root = write(tmp_path / "root.pem", pem(world().root.certificate))
    identity = identity_from_files(reader, [root, *good], now=NOW)
    assert [each.common_name for each in identity.chain] == ["Test Issuing CA"]
    assert [each.common_name for each in identity.above] == ["Test Issuing CA", "Test Root"]


def test_pkcs12_and_encrypted_keys_take_a_passphrase(reader: Reader, tmp_path: Path) -> None:
    bundle = locked_p12(tmp_path / "me.p12")
    assert identity_from_files(reader, [bundle], ["no", SECRET], now=NOW).name == "me"
    key = GOOD.key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(SECRET.encode())
    )
    pair = write(tmp_path / "pair.pem", pem(GOOD.certificate), key)
    assert identity_from_files(reader, [pair], [SECRET], now=NOW).certificate == GOOD.facts


@pytest.mark.parametrize(
    ("given", "title"),
    [([], "A passphrase is needed."), (["guess"], "The passphrase is wrong.")],
)
def test_without_the_right_passphrase_it_is_locked(
    reader: Reader, tmp_path: Path, given: list[str], title: str
) -> None:
    with pytest.raises(FilesLocked) as error:
        identity_from_files(reader, [locked_p12(tmp_path / "me.p12")], given, now=NOW)
    assert error.value.title == title
    assert "guess" not in str(error.value)


def test_a_key_of_another_certificate_is_refused(
    reader: Reader, good: tuple[Path, Path], tmp_path: Path
) -> None:
    _, key = OTHER.write(tmp_path / "other")
    with pytest.raises(FilesUnusable, match="does not belong to this certificate"):
        identity_from_files(reader, [good[0], key], now=NOW)


def test_what_is_missing_is_said(reader: Reader, good: tuple[Path, Path]) -> None:
    chain, key = good
    with pytest.raises(FilesUnusable, match="The private key is missing"):
        identity_from_files(reader, [chain], now=NOW)
    with pytest.raises(FilesUnusable, match="There is no certificate in these files"):
        identity_from_files(reader, [key], now=NOW)
    with pytest.raises(FileError):
        identity_from_files(reader, [chain, key.with_name("gone")], now=NOW)
    with pytest.raises(MtlsguiError, match="There is nothing in notes"):
        identity_from_files(reader, [Pasted("notes", b"buy milk\n")], now=NOW)


def test_which_of_several_identities_is_not_guessed(
    reader: Reader, good: tuple[Path, Path], tmp_path: Path
) -> None:
    both = [*good, *OTHER.write(tmp_path / "other")]
    with pytest.raises(FilesUnusable, match="several identities"):
        identity_from_files(reader, both, now=NOW)


def test_a_file_of_authorities_is_trusted_as_it_is(reader: Reader, tmp_path: Path) -> None:
    roots = (world().root, world().other_root)
    bundle = write(tmp_path / "ca.pem", *(pem(each.certificate) for each in roots))
    assert set(anchors_from_files(reader, [bundle], now=NOW)) == {each.facts for each in roots}


def test_of_a_full_chain_the_top_is_trusted(reader: Reader, tmp_path: Path) -> None:
    chain = write(
        tmp_path / "full.pem",
        *(pem(each) for each in (GOOD.certificate, *GOOD.chain, world().root.certificate)),
    )
    assert anchors_from_files(reader, [chain], now=NOW) == (world().root.facts,)


def test_a_self_signed_certificate_is_its_own_anchor(reader: Reader, tmp_path: Path) -> None:
    paper = world().servers["self_signed"]
    file = write(tmp_path / "self.pem", pem(paper.certificate))
    assert anchors_from_files(reader, [file], now=NOW) == (paper.facts,)


def test_files_without_authorities_are_refused(reader: Reader, good: tuple[Path, Path]) -> None:
    with pytest.raises(FilesUnusable, match="no CA certificate"):
        anchors_from_files(reader, [good[1]], now=NOW)


def test_revocation_lists_in_either_form(reader: Reader, tmp_path: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    issuer = world().root
    assert isinstance(issuer.key, ec.EllipticCurvePrivateKey)
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(now)
        .next_update(now + timedelta(days=1))
        .sign(issuer.key, hashes.SHA256())
    )
    der = write(tmp_path / "a.crl", made.public_bytes(Encoding.DER))
    text = write(tmp_path / "a.pem", made.public_bytes(Encoding.PEM))
    assert crls_from_files(reader, [der, text]) == (made.public_bytes(Encoding.DER),)
    with pytest.raises(FilesUnusable, match="no revocation list"):
        crls_from_files(reader, [write(tmp_path / "ca.pem", pem(issuer.certificate))])
