"""Fingerprints, pins and hashes, as OpenSSL gives them."""

import base64
import hashlib
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import NameOID

from mtlsgui.pki import der, keys
from mtlsgui.pki.describe import describe_certificate, describe_crl
from mtlsgui.pki.describe.fingerprints import (
    key_identifier,
    old_subject_hash,
    pin,
    subject_hash,
)
from mtlsgui.pki.facts import certificate_parts, read_certificate, read_crl
from mtlsgui.pki.keys import KeyAlgorithm
from tests.pki.judges import NOW

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl")
KEY = keys.generate(KeyAlgorithm.P256)


def name(*attributes: tuple[x509.ObjectIdentifier, str, _ASN1Type | None]) -> x509.Name:
    return x509.Name([x509.NameAttribute(oid, value, kind) for oid, value, kind in attributes])


NAMES = {
    "usual": name((NameOID.COUNTRY_NAME, "DE", None), (NameOID.COMMON_NAME, "Test CA", None)),
    "empty": name(),
    "spaces and case": name((NameOID.COMMON_NAME, "  The  TEST\t ca \n", _ASN1Type.UTF8String)),
    "only spaces": name((NameOID.COMMON_NAME, "   ", _ASN1Type.UTF8String)),
    "not ASCII": name((NameOID.COMMON_NAME, "ÄÖÜ Straße", _ASN1Type.UTF8String)),
    "BMP": name((NameOID.COMMON_NAME, "Grüße  WELT", _ASN1Type.BMPString)),
    "T61": name((NameOID.COMMON_NAME, "Caf\xe9", _ASN1Type.T61String)),
    "Universal": name((NameOID.COMMON_NAME, "Wide Ä", _ASN1Type.UniversalString)),
    "IA5 and Printable": name(
        (NameOID.DOMAIN_COMPONENT, "Example", _ASN1Type.IA5String),
        (NameOID.SERIAL_NUMBER, "ABC 1", _ASN1Type.PrintableString),
    ),
    "Numeric, which is not folded": name(
        (NameOID.SERIAL_NUMBER, "1  2", _ASN1Type.NumericString),
    ),
    "several in one set": x509.Name(
        [
            x509.RelativeDistinguishedName(
                [
                    x509.NameAttribute(NameOID.USER_ID, "Long value that sorts"),
                    x509.NameAttribute(NameOID.COMMON_NAME, "B"),
                ]
            ),
            x509.RelativeDistinguishedName([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "O")]),
        ]
    ),
}


def certificate(subject: x509.Name) -> bytes:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(NAMES["usual"])
    builder = builder.not_valid_before(NOW).not_valid_after(NOW + timedelta(days=3))
    made = builder.serial_number(5).public_key(KEY.public_key()).sign(KEY, SHA256())
    return made.public_bytes(Encoding.DER)


def openssl(data: bytes, *arguments: str) -> str:
    command = ["openssl", *arguments, "-inform", "DER", "-noout"]
    return subprocess.run(command, input=data, check=True, capture_output=True).stdout.decode()


@pytest.mark.parametrize("kind", NAMES)
def test_the_subject_hash_is_that_of_openssl(kind: str) -> None:
    encoded = certificate(NAMES[kind])
    subject = certificate_parts(encoded).subject
    hashes = openssl(encoded, "x509", "-subject_hash", "-subject_hash_old").split()
    assert [subject_hash(subject), old_subject_hash(subject)] == hashes


def test_a_name_that_is_not_of_its_type_has_no_hash_and_spoils_nothing() -> None:
    broken = certificate(NAMES["not ASCII"]).replace("Ä".encode(), b"\xff\xff")
    shown = describe_certificate(read_certificate(broken))
    labels = [field.label for section in shown.sections for field in section.fields]
    assert "Subject hash" not in labels
    assert "Issuer hash" in labels


def test_what_a_certificate_is_known_by() -> None:
    encoded = certificate(NAMES["usual"])
    shown = {
        field.label: field
        for section in describe_certificate(read_certificate(encoded)).sections
        for field in section.fields
    }
    sha1 = openssl(encoded, "x509", "-fingerprint", "-sha1").strip().partition("=")[2]
    assert shown["SHA-1 fingerprint"].value.upper() == sha1
    sha256 = openssl(encoded, "x509", "-fingerprint", "-sha256").strip().partition("=")[2]
    assert shown["SHA-256 fingerprint"].value.upper() == sha256
    issuer_hash = openssl(encoded, "x509", "-issuer_hash").strip()
    assert shown["Issuer hash"].value == issuer_hash
    assert f"{issuer_hash}.0" in shown["Issuer hash"].note
    spki = keys.spki_der(KEY.public_key())
    expected = base64.b64encode(hashlib.sha256(spki).digest()).decode()
    assert shown["Pin"].value == pin(spki) == f"sha256/{expected}"
    assert f"sha256//{expected}" in shown["Pin"].note
    digest = x509.SubjectKeyIdentifier.from_public_key(KEY.public_key()).digest
    assert key_identifier(spki) == digest.hex()


def test_what_openssl_calls_a_list(tmp_path: Path) -> None:
    builder = x509.CertificateRevocationListBuilder().issuer_name(NAMES["usual"])
    builder = builder.last_update(NOW).next_update(NOW + timedelta(days=1))
    encoded = builder.sign(KEY, SHA256()).public_bytes(Encoding.DER)
    (field,) = [
        field
        for section in describe_crl(read_crl(encoded)).sections
        for field in section.fields
        if field.label == "Issuer hash"
    ]
    assert field.value == openssl(encoded, "crl", "-hash").strip()
    assert f"{field.value}.r0" in field.note


def test_what_is_no_name_has_no_hash() -> None:
    with pytest.raises(der.DerError):
        subject_hash(der.read(b"\x31\x00"))
