"""Descriptions: every extension in words, the malformed ones raw, and the card."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from mtlsgui.pki import keys
from mtlsgui.pki.describe import (
    Description,
    Field,
    Validity,
    as_json,
    as_text,
    card,
    describe_certificate,
    describe_crl,
    describe_private_key,
    describe_request,
)
from mtlsgui.pki.facts import read_certificate, read_crl, read_request
from mtlsgui.pki.keys import KeyAlgorithm, KeyInfo
from mtlsgui.pki.profiles import BUILT_IN
from tests.pki.judges import NOW, intermediate, leaf_contents, root

KEY = keys.generate(KeyAlgorithm.P256)
ROOT = root()
ISSUING = intermediate(ROOT)


def certificate_with(*extensions: tuple[x509.ExtensionType, bool], cn: str = "api") -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, cn)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(KEY.public_key())
        .serial_number(0x1234)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=90))
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(KEY, SHA256()).public_bytes(Encoding.DER)


def described(*extensions: tuple[x509.ExtensionType, bool]) -> Description:
    return describe_certificate(read_certificate(certificate_with(*extensions)))


def field(description: Description, label: str) -> Field:
    found = [f for section in description.sections for f in section.fields if f.label == label]
    assert len(found) == 1, (label, found)
    return found[0]


def odd(oid: str, value: bytes) -> x509.UnrecognizedExtension:
    return x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), value)


URI = x509.UniformResourceIdentifier("http://crl.example/a.crl")
POINT = x509.DistributionPoint([URI], None, None, None)
WORDS: list[tuple[str, x509.ExtensionType, str]] = [
    ("Basic constraints", x509.BasicConstraints(True, 0), "issues end-entity certificates only"),
    ("Basic constraints", x509.BasicConstraints(True, 2), "at most 2 intermediates"),
    ("Basic constraints", x509.BasicConstraints(False, None), "Not a certificate authority"),
    (
        "Extended key usage",
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]),
        "proving a server's identity (TLS server)",
    ),
    (
        "Key usage",
        x509.KeyUsage(True, False, True, False, False, False, False, False, False),
        "digital signature, key encipherment",
    ),
    (
        "Subject alternative names",
        x509.SubjectAlternativeName([x509.DNSName("a.example"), x509.RFC822Name("a@b.example")]),
        "DNS a.example\nE-mail a@b.example",
    ),
    (
        "Name constraints",
        x509.NameConstraints(
            [x509.DNSName("a.example")], [x509.IPAddress(ip_network("10.0.0.0/8"))]
        ),
        "Permitted: DNS a.example\nExcluded: IP 10.0.0.0/8",
    ),
    ("CRL distribution points", x509.CRLDistributionPoints([POINT]), "http://crl.example/a.crl"),
    (
        "Authority information access",
        x509.AuthorityInformationAccess(
            [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, URI)]
        ),
        "OCSP: http://crl.example/a.crl",
    ),
    (
        "Certificate policies",
        x509.CertificatePolicies(
            [x509.PolicyInformation(x509.ObjectIdentifier("2.23.140.1.2.1"), ["http://cps"])]
        ),
        "domain validated (CA/Browser Forum) (2.23.140.1.2.1)\n  http://cps",
    ),
    ("TLS feature", x509.TLSFeature([x509.TLSFeatureType.status_request]), "must staple OCSP"),
    ("OCSP no check", x509.OCSPNoCheck(), "Its own revocation is not checked"),
    ("Precertificate poison", x509.PrecertPoison(), "not to be used"),
    ("Inhibit any policy", x509.InhibitAnyPolicy(1), "after 1 certificate"),
    ("Policy constraints", x509.PolicyConstraints(0, None), "An explicit policy is required"),
    ("Subject key identifier", x509.SubjectKeyIdentifier(b"\x01\xab"), "01:ab"),
]


@pytest.mark.parametrize(("label", "extension", "words"), WORDS)
@pytest.mark.parametrize("critical", [True, False])
def test_extensions_in_words(
    label: str, extension: x509.ExtensionType, words: str, critical: bool
) -> None:
    found = field(described((extension, critical)), label)
    assert words in found.value
    assert found.oid == extension.oid.dotted_string
    assert found.critical is critical


def test_an_unknown_extension_is_a_dump_with_its_oid() -> None:
    found = field(described((odd("1.2.3.4", b"\x01\x02\xff"), False)), "Unknown extension")
    assert (found.value, found.oid, found.kind) == ("01 02 ff", "1.2.3.4", "hex")


def test_an_undecodable_extension_is_raw_and_the_others_stand() -> None:
    description = described(
        (x509.BasicConstraints(True, None), True), (odd("2.5.29.17", b"\x30\x07\x01"), True)
    )
    broken = field(description, "Subject alternative names")
    assert broken.value == "30 07 01"
    assert "cannot be decoded" in broken.note
    assert broken.critical is True
    assert "certificate authority" in field(description, "Basic constraints").value
    assert any(section.title == "Cannot be read" for section in description.sections)


def test_text_and_json_show_the_same_fields() -> None:
    contents = leaf_contents(BUILT_IN["server"], "api.example")
    leaf = ISSUING.issue(contents, KEY).public_bytes(Encoding.DER)
    description = describe_certificate(read_certificate(leaf))
    text = as_text(description)
    document = as_json(description)
    assert document["subtitle"] == "Server certificate"
    for section in document["sections"]:
        for shown in section["fields"]:
            assert shown["label"] in text
            assert all(line in text for line in shown["value"].split("\n"))


def test_a_name_cannot_steer_the_terminal() -> None:
    encoded = certificate_with(cn="evil\x1b[2J\nname")
    text = as_text(describe_certificate(read_certificate(encoded)))
    assert "\x1b" not in text
    assert "\\x1b" in text


def test_a_request_says_whether_its_signature_holds() -> None:
    request = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "api")]))
        .add_extension(x509.BasicConstraints(True, None), critical=True)
        .sign(KEY, SHA256())
        .public_bytes(Encoding.DER)
    )
    description = describe_request(read_request(request))
    assert field(description, "Signature").value.startswith("valid")
    assert field(description, "Basic constraints").critical is True
    tampered = request[:-1] + bytes((request[-1] ^ 1,))
    assert field(describe_request(read_request(tampered)), "Signature").kind == "problem"


def test_a_list_shows_serial_date_and_reason() -> None:
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(0xABCD)
        .revocation_date(NOW)
        .add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False)
        .build()
    )
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(ROOT.certificate.subject)
        .last_update(NOW)
        .next_update(NOW + timedelta(days=7))
        .add_extension(x509.CRLNumber(3), critical=False)
        .add_revoked_certificate(entry)
        .sign(ROOT.key, keys.signature_hash(ROOT.key))
    )
    description = describe_crl(read_crl(crl.public_bytes(Encoding.DER)))
    assert field(description, "Number").value == "3"
    assert field(description, "CRL number").value == "3"
    assert (field(description, "ab:cd").value, field(description, "ab:cd").note) == (
        "23 Nov 2026, 16:00:00 UTC",
        "keyCompromise",
    )


def test_a_locked_key_says_so() -> None:
    locked = describe_private_key(None, None, encrypted=True, locked=True, protection="scrypt")
    assert "passphrase is needed" in field(locked, "Protection").value
    opened = describe_private_key(KeyInfo("Ed25519"), "ab" * 32, encrypted=False, locked=False)
    assert field(opened, "Key").value == "Ed25519"


def test_the_card_of_a_server_certificate() -> None:
    contents = leaf_contents(BUILT_IN["server"], "api.example 10.0.0.1", common_name="api.example")
    facts = read_certificate(ISSUING.issue(contents, KEY).public_bytes(Encoding.DER))
    assert facts.not_before is not None
    found = card(facts, facts.not_before + timedelta(days=60, hours=22))
    assert found.what == "Server certificate"
    assert found.name == "api.example"
    assert found.issued_by == "Test Issuing CA"
    assert found.names == ("api.example", "10.0.0.1")
    assert found.good_for == ("proving a server's identity (TLS server)",)
    assert found.key == "ECDSA P-256"
    assert found.used_words == "61 of 90 days used"
    assert found.expires == "in 29 days"
    assert found.validity is Validity.VALID
    assert found.used is not None
    assert 0.67 < found.used < 0.68
    assert found.sha256.replace(":", "") == facts.fingerprint_sha256
    assert found.sha256_short.startswith(found.sha256[:14])
    assert "…" in found.sha256_short


def test_the_card_of_a_root() -> None:
    facts = read_certificate(ROOT.certificate.public_bytes(Encoding.DER))
    found = card(facts, datetime(2100, 1, 1, tzinfo=UTC))
    assert (found.issued_by, found.validity, found.used) == ("itself", Validity.EXPIRED, 1.0)
    assert found.good_for == ("signing certificates", "signing CRLs")
    assert found.expires.endswith("years ago")
