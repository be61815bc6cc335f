"""The comparison with OpenSSL, over files of our own: it finds agreement, and sees where there is
none."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from benchmarks.corpus import compare
from benchmarks.corpus.build import build
from benchmarks.corpus.libcrypto import Libcrypto
from benchmarks.corpus.oracle import Found, Reader, entries
from benchmarks.corpus.workers import run

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def material() -> dict[str, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "api.test")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(0x80)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    plain = serialization.NoEncryption()
    locked = serialization.BestAvailableEncryption(b"1234")
    pem, der = serialization.Encoding.PEM, serialization.Encoding.DER
    pkcs8 = serialization.PrivateFormat.PKCS8
    return {
        "a.crt": certificate.public_bytes(pem),
        "a.der": certificate.public_bytes(der),
        "a.csr": request.public_bytes(pem),
        "a.key": key.private_bytes(pem, serialization.PrivateFormat.TraditionalOpenSSL, plain),
        "locked.key": key.private_bytes(pem, pkcs8, locked),
        "a.pub": key.public_key().public_bytes(
            pem, serialization.PublicFormat.SubjectPublicKeyInfo
        ),
        "a.p12": pkcs12.serialize_key_and_certificates(b"a", key, certificate, None, locked),
    }


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Libcrypto(), passphrases=(b"", b"1234"))


def test_what_both_read_agrees(material: dict[str, bytes], reader: Reader, tmp_path: Path) -> None:
    for name, data in material.items():
        found = reader.read(data)
        assert found, name
        path = tmp_path / name
        path.write_bytes(data)
        assert list(compare.missing(found, compare.look((str(path), ("1234",))))) == [], name


def test_the_oracle_says_what_opened_it_and_what_it_is(
    material: dict[str, bytes], reader: Reader
) -> None:
    (key,) = reader.read(material["locked.key"])
    assert (key["kind"], key["passphrase"]) == ("private_key", "1234")
    (certificate,) = reader.read(material["a.der"])
    assert (certificate["how"], certificate["serial"]) == ("DER", "80")
    kinds = [one["kind"] for one in reader.read(material["a.p12"])]
    assert kinds == ["pkcs12", "private_key", "certificate"]
    (unopened,) = Reader(Libcrypto(), passphrases=(b"",)).read(material["locked.key"])
    assert unopened["locked"] is True


@pytest.mark.parametrize("field", ["fingerprint", "subject", "serial", "spki"])
def test_another_value_is_a_disagreement(
    field: str, material: dict[str, bytes], reader: Reader, tmp_path: Path
) -> None:
    path = tmp_path / "a.crt"
    path.write_bytes(material["a.crt"])
    changed: list[Found] = [{**one, field: "00"} for one in reader.read(material["a.crt"])]
    (sentence,) = compare.missing(changed, compare.look((str(path), ())))
    assert sentence == f"certificate in CERTIFICATE: another {field}"


def test_what_we_do_not_find_is_missing_with_what_we_say(
    material: dict[str, bytes], reader: Reader, tmp_path: Path
) -> None:
    path = tmp_path / "empty"
    path.write_bytes(b"")
    (sentence,) = compare.missing(reader.read(material["a.csr"]), compare.look((str(path), ())))
    assert sentence.startswith("no csr in CERTIFICATE REQUEST: ")
    assert "empty" in sentence


def test_the_corpus_is_what_matters_each_content_once(
    material: dict[str, bytes], tmp_path: Path
) -> None:
    for project in ("one", "two"):
        (tmp_path / "raw" / project).mkdir(parents=True)
        for name, data in material.items():
            (tmp_path / "raw" / project / name).write_bytes(data)
        (tmp_path / "raw" / project / "main.c").write_text(f"int main() {{}} /* {project} */")
    assert build(tmp_path / "raw", tmp_path / "corpus") == len(material)
    assert {entry["project"] for entry in entries(tmp_path / "corpus")} == {"one"}


def test_a_task_that_hangs_or_dies_costs_only_itself() -> None:
    tasks = ["answer", "hang", "die", "raise", "answer"]
    outcomes = list(run(_misbehave, tasks, processes=2, time_limit=1.0, memory_limit=2**32))
    assert sorted((outcome.task, outcome.failure) for outcome in outcomes) == [
        ("answer", ""),
        ("answer", ""),
        ("die", "died"),
        ("hang", "timed out"),
        ("raise", "ValueError: no"),
    ]


def _misbehave(task: str) -> Any:
    match task:
        case "hang":
            time.sleep(60)
        case "die":
            raise SystemExit(1)
        case "raise":
            raise ValueError("no")
    return task
