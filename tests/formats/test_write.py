"""Writing: other programs read what we write, and files are whole or not there."""

import errno
import os
import stat
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from mtlsgui.formats import files, write
from mtlsgui.formats.files import FileAlreadyExistsError, FileError, read_file, write_atomically
from mtlsgui.formats.group import MOST_MEMBERS, group
from mtlsgui.formats.items import CertificateItem, PrivateKeyItem
from mtlsgui.formats.limits import Limits
from mtlsgui.formats.read import read
from mtlsgui.formats.writing.errors import WriteError
from mtlsgui.pki import keys
from mtlsgui.pki.chain import ChainEnd
from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.pki.requests import make
from tests.pki.judges import intermediate, leaf_contents, openssl, root

SECRET = b"correct horse"
ROOT = root()
ISSUING = intermediate(ROOT)
KEY = keys.generate(KeyAlgorithm.P256)


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    return read_certificate(certificate.public_bytes(Encoding.DER))


LEAF = facts_of(ISSUING.issue(leaf_contents(BUILT_IN["server"], "api.example"), KEY))
INTERMEDIATE, TOP = facts_of(ISSUING.certificate), facts_of(ROOT.certificate)


@pytest.mark.parametrize("algorithm", [a for a in KeyAlgorithm if "rsa" not in a] + ["rsa2048"])
@pytest.mark.parametrize("passphrase", [None, SECRET])
def test_private_keys_go_round(algorithm: str, passphrase: bytes | None) -> None:
    key = keys.generate(KeyAlgorithm(algorithm))
    for data in (write.private_key_pem(key, passphrase), write.private_key_der(key, passphrase)):
        (item,) = read(data, passphrases=(SECRET,)).items
        assert isinstance(item, PrivateKeyItem)
        assert item.encrypted is (passphrase is not None)
        assert item.spki_sha256 == keys.spki_sha256(key.public_key())


def test_an_empty_passphrase_is_refused() -> None:
    with pytest.raises(WriteError):
        write.private_key_pem(KEY, b"")
    with pytest.raises(WriteError):
        write.to_pkcs12(KEY, LEAF, password=b"")


@pytest.mark.parametrize("legacy", [False, True])
def test_openssl_reads_the_pkcs12(tmp_path: Path, legacy: bool) -> None:
    data = write.to_pkcs12(
        KEY, LEAF, [INTERMEDIATE], password=SECRET, alias="my api", legacy=legacy
    )
    (tmp_path / "a.p12").write_bytes(data)
    said = openssl(
        "pkcs12", "-in", tmp_path / "a.p12", "-passin", f"pass:{SECRET.decode()}", "-nodes",
        "-info", *(["-legacy"] if legacy else []),
    )  # fmt: skip
    assert "my api" in said.stdout
    assert said.stdout.count("BEGIN CERTIFICATE") == 2
    assert ("3-KeyTripleDES" in said.stderr) is legacy
    result = read(data, passphrases=(SECRET,))
    assert [item.kind for item in result.items] == ["private_key", "certificate", "certificate"]


def test_a_post_quantum_key_goes_round_in_a_pkcs12() -> None:
    key = keys.generate(KeyAlgorithm.ML_DSA_65)
    (item,) = read(write.to_pkcs12(key, None, password=SECRET), passphrases=(SECRET,)).items
    assert isinstance(item, PrivateKeyItem)
    assert item.spki_sha256 == keys.spki_sha256(key.public_key())


def test_a_key_of_another_certificate_is_refused() -> None:
    with pytest.raises(WriteError):
        write.to_pkcs12(keys.generate(KeyAlgorithm.P256), LEAF, password=SECRET)


@pytest.mark.parametrize("as_pem", [False, True])
def test_openssl_reads_the_pkcs7(tmp_path: Path, as_pem: bool) -> None:
    (tmp_path / "a.p7b").write_bytes(write.to_pkcs7([LEAF, INTERMEDIATE], as_pem=as_pem))
    form = "PEM" if as_pem else "DER"
    said = openssl("pkcs7", "-in", tmp_path / "a.p7b", "-inform", form, "-print_certs").stdout
    assert said.count("BEGIN CERTIFICATE") == 2


def test_what_belongs_together_is_found() -> None:
    stranger = facts_of(intermediate(root()).certificate)
    other_key = keys.generate(KeyAlgorithm.P256)
    heap = (
        write.to_pem([stranger, INTERMEDIATE, LEAF, LEAF])
        + write.private_key_pem(KEY, None)
        + write.private_key_pem(other_key, None)
        + write.private_key_pem(other_key, SECRET)
    )
    found = group(read(heap).items)
    (bundle,) = found.bundles
    assert [item.facts for item in bundle.chain] == [LEAF, INTERMEDIATE]
    assert bundle.end is ChainEnd.ROOT_MISSING
    assert "Test Root" in bundle.missing
    assert bundle.leaf_key is not None
    assert bundle.leaf_key.spki_sha256 == LEAF.spki_sha256
    assert [item.kind for item in found.strangers] == ["certificate", "private_key"]
    assert [item.position for item in found.duplicates] == [4]
    assert [item.kind for item in found.locked] == ["private_key"]


def test_of_very_many_requests_for_one_key_some_stand_alone() -> None:
    heap = b"".join(
        make(KEY, Subject(f"{number}.example").name()).public_bytes(Encoding.PEM)
        for number in range(MOST_MEMBERS + 20)
    )
    found = group(read(write.to_pem([LEAF]) + heap + write.private_key_pem(KEY, None)).items)
    (bundle,) = found.bundles
    assert bundle.leaf_key is not None
    assert len(bundle.members) == MOST_MEMBERS
    assert [item.kind for item in found.strangers] == ["csr"] * 21


def test_a_leaf_alone_lacks_its_issuer() -> None:
    (bundle,) = group([CertificateItem(LEAF)]).bundles
    assert bundle.end is ChainEnd.INTERMEDIATE_MISSING
    assert "Test Issuing CA" in bundle.missing


# Files


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_private_file_is_private_and_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    write_atomically(path, b"secret", private=True, overwrite=False)
    assert path.read_bytes() == b"secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names_in(tmp_path) == ["a.key"]


def test_an_existing_file_stays_unless_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    path.write_bytes(b"old")
    with pytest.raises(FileAlreadyExistsError):
        write_atomically(path, b"new", private=False, overwrite=False)
    assert path.read_bytes() == b"old"
    write_atomically(path, b"new", private=True, overwrite=True)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names_in(tmp_path) == ["a.key"]


def test_a_name_taken_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.key"
    real = os.fsync

    def somebody_is_quicker(descriptor: int) -> None:
        real(descriptor)
        path.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", somebody_is_quicker)
    with pytest.raises(FileAlreadyExistsError):
        write_atomically(path, b"ours", private=True, overwrite=False)
    assert path.read_bytes() == b"theirs"
    assert names_in(tmp_path) == ["a.key"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own ENOSPC, from a device that is always full."""
    path = tmp_path / "a.pem"
    path.write_bytes(b"old")
    real = os.open

    def on_the_full_disk(name: Path, flags: int, mode: int = 0o777) -> int:
        return real("/dev/full", os.O_WRONLY) if flags & os.O_CREAT else real(name, flags, mode)

    monkeypatch.setattr(os, "open", on_the_full_disk)
    with pytest.raises(FileError, match="disk is full") as caught:
        write_atomically(path, b"new", private=True, overwrite=True)
    assert caught.value.remedy
    assert path.read_bytes() == b"old"


def test_missing_folders_and_folders_as_files(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="does not exist"):
        write_atomically(tmp_path / "no" / "a", b"", private=False, overwrite=True)
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileError):
        write_atomically(tmp_path / "folder", b"", private=False, overwrite=True)


def test_what_is_no_usual_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "no", tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(FileError):
            read_file(path)
    (tmp_path / "big").write_bytes(bytes(11))
    with pytest.raises(FileError, match="too large"):
        read_file(tmp_path / "big", limits=Limits(file_size=10))


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENAMETOOLONG])
def test_each_refusal_of_the_system_has_a_remedy(number: int) -> None:
    error = files._cannot_write(Path("a"), OSError(number, os.strerror(number)))
    assert error.detail
    assert error.remedy


@settings(max_examples=20)
@given(st.permutations([LEAF, INTERMEDIATE, TOP]))
def test_the_order_in_the_file_does_not_matter(order: list[CertificateFacts]) -> None:
    (bundle,) = group(read(write.to_pem(order)).items).bundles
    assert [item.facts for item in bundle.chain] == [LEAF, INTERMEDIATE, TOP]
    assert bundle.missing == ""
