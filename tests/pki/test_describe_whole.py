"""Whole descriptions: nothing malformed raises, nothing secret shows, nothing is endless."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.formats.describing import describe_item
from mtlsgui.formats.items import OtherItem
from mtlsgui.pki import der, keys
from mtlsgui.pki.describe import (
    Description,
    Field,
    Section,
    as_json,
    as_text,
    card,
    describe_certificate,
    describe_crl,
    describe_public_key,
    describe_request,
)
from mtlsgui.pki.describe.certificate import issuer_name
from mtlsgui.pki.describe.crl import MOST_ENTRIES
from mtlsgui.pki.describe.public_key import public_numbers
from mtlsgui.pki.facts import (
    CertificateFacts,
    CrlFacts,
    RequestFacts,
    UnreadableError,
    read_certificate,
    read_crl,
    read_request,
)
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.profiles import BUILT_IN
from tests.pki.judges import NOW, intermediate, leaf_contents, root

KEY = keys.generate(KeyAlgorithm.P256)
ROOT = root()
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "api")])


def field(description: Description, label: str) -> Field:
    (found,) = [f for section in description.sections for f in section.fields if f.label == label]
    return found


def leaf() -> bytes:
    contents = leaf_contents(BUILT_IN["server"], "api.example 10.0.0.1")
    return intermediate(ROOT).issue(contents, KEY).public_bytes(Encoding.DER)


def request(*, password: bool = False) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(NAME)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("a")]), False)
    if password:
        oid = x509.ObjectIdentifier("1.2.840.113549.1.9.7")
        builder = builder.add_attribute(oid, b"hunter22", _tag=_ASN1Type.UTF8String)
        oid = x509.ObjectIdentifier("1.2.840.113549.1.9.2")
        builder = builder.add_attribute(oid, b"router 7", _tag=_ASN1Type.PrintableString)
    return builder.sign(KEY, SHA256()).public_bytes(Encoding.DER)


def revocation_list(entries: int, *, delta: bool = False) -> bytes:
    builder = x509.CertificateRevocationListBuilder().issuer_name(NAME)
    builder = builder.last_update(NOW).next_update(NOW + timedelta(days=7))
    builder = builder.add_extension(x509.CRLNumber(9), critical=False)
    if delta:
        builder = builder.add_extension(x509.DeltaCRLIndicator(8), critical=True)
    for serial in range(1, entries + 1):
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(NOW)
        if serial == 1:
            entry = entry.add_extension(x509.CRLReason(x509.ReasonFlags.superseded), False)
            entry = entry.add_extension(x509.InvalidityDate(NOW - timedelta(days=1)), False)
            issuer = x509.CertificateIssuer([x509.DirectoryName(ROOT.certificate.subject)])
            entry = entry.add_extension(issuer, True)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(KEY, SHA256()).public_bytes(Encoding.DER)


WHOLE = {"certificate": leaf(), "request": request(password=True), "list": revocation_list(3)}

READERS: dict[str, Callable[[bytes], CertificateFacts | RequestFacts | CrlFacts]] = {
    "certificate": read_certificate,
    "request": read_request,
    "list": read_crl,
}


@pytest.mark.parametrize("kind", WHOLE)
@given(data=st.data())
def test_nothing_malformed_raises(kind: str, data: st.DataObject) -> None:
    changed = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(4, len(changed) - 1))] = data.draw(st.integers(0, 255))
    try:
        facts = READERS[kind](bytes(changed))
    except UnreadableError:
        return
    match facts:
        case CertificateFacts():
            description = describe_certificate(facts)
            assert card(facts, NOW).name
            assert issuer_name(facts)
        case RequestFacts():
            description = describe_request(facts)
        case CrlFacts():
            description = describe_crl(facts)
    assert as_json(description)["sections"]
    assert as_text(description).replace("\n", "").isprintable()


def test_a_long_list_is_described_in_part_and_says_so() -> None:
    shown = describe_crl(read_crl(revocation_list(MOST_ENTRIES + 7)))
    assert field(shown, "Certificates").value == "107 certificates"
    (revoked,) = [section for section in shown.sections if section.title == "Revoked"]
    assert len(revoked.fields) == MOST_ENTRIES + 2
    assert revoked.fields[-1].value == "… and 7 more"


def test_an_entry_says_why_since_when_and_whose() -> None:
    first = field(describe_crl(read_crl(revocation_list(1))), "01")
    assert first.note == (
        "superseded, not to be trusted since 22 Nov 2026, 16:00:00 UTC, "
        "Issuer of the certificate: Name CN=Test Root,O=Tests"
    )


def test_a_delta_is_called_one() -> None:
    shown = describe_crl(read_crl(revocation_list(1, delta=True)))
    assert shown.subtitle == "Delta certificate revocation list"
    assert field(shown, "Delta CRL indicator").value == "changes since CRL 8"


def test_the_password_in_a_request_is_not_shown() -> None:
    shown = describe_request(read_request(request(password=True)))
    assert field(shown, "Challenge password").value == "present"
    assert field(shown, "Unstructured name").value == "router 7"
    assert "hunter22" not in as_text(shown)
    plain = describe_request(read_request(request()))
    assert not [section for section in plain.sections if section.title == "Attributes"]


def spki(key: CertificatePublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def test_the_numbers_of_rsa_keys() -> None:
    numbers = rsa.RSAPublicNumbers(3, (1 << 2047) + 1).public_key()
    shown = {found.label: found for found in public_numbers(spki(numbers))}
    assert shown["Modulus"].note == "2,048 bits"
    assert int(shown["Modulus"].value.replace("\n", "").replace(" ", ""), 16) == (1 << 2047) + 1
    assert (shown["Exponent"].value, shown["Exponent"].note[:5]) == ("3", "Small")
    usual = rsa.RSAPublicNumbers(65537, (1 << 2047) + 1).public_key()
    assert {f.label: f.note for f in public_numbers(spki(usual))}["Exponent"] == ""


def test_the_points_of_other_keys() -> None:
    point = ec.derive_private_key(7, ec.SECP256R1()).public_key()
    shown = {found.label: found for found in public_numbers(spki(point))}
    encoded = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    assert bytes.fromhex(shown["Point"].value.replace("\n", " ")) == encoded
    assert shown["Point"].note == "Uncompressed"
    edwards = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    raw = {found.label: found.value for found in public_numbers(spki(edwards))}["Public value"]
    assert bytes.fromhex(raw.replace("\n", " ")) == edwards.public_bytes_raw()


def test_a_key_that_cannot_be_taken_apart_says_so() -> None:
    broken = der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, der.encode_oid("1.2.840.10045.2.1")))
    (problem,) = public_numbers(broken)
    assert problem.kind == "problem"


def test_a_public_key_has_its_pin() -> None:
    encoded = spki(KEY.public_key())
    digest = hashlib.sha256(encoded).hexdigest()
    shown = describe_public_key(keys.key_info(KEY.public_key()), digest, encoded)
    assert field(shown, "Pin").value.startswith("sha256/")


@pytest.mark.parametrize(
    ("kind", "note"),
    [
        (_ASN1Type.T61String, "A TeletexString"),
        (_ASN1Type.BMPString, "A BMPString"),
        (_ASN1Type.UTF8String, ""),
        (_ASN1Type.PrintableString, ""),
    ],
)
def test_unusual_strings_in_names_are_noted(kind: _ASN1Type, note: str) -> None:
    odd = x509.ObjectIdentifier("1.2.3.4.5")
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, "a", kind), x509.NameAttribute(odd, "b")]
    )
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.not_valid_before(NOW).not_valid_after(NOW + timedelta(days=1))
    builder = builder.serial_number(5).public_key(KEY.public_key())
    facts = read_certificate(builder.sign(KEY, SHA256()).public_bytes(Encoding.DER))
    common_name, unknown = field(describe_certificate(facts), "Subject").children
    assert (common_name.value, common_name.note) == ("a", note)
    assert (unknown.label, unknown.value) == ("1.2.3.4.5", "b")


def test_what_readers_say_of_other_things_is_shown() -> None:
    said = Description("answer", "OCSP response", (Section("One", (Field("Status", "good"),)),))
    item = OtherItem(what="OCSP response", description=said, protection="AES", problem="cut short")
    shown = describe_item(item)
    assert (shown.title, shown.subtitle) == ("answer", "OCSP response")
    labels = [
        (section.title, found.label) for section in shown.sections for found in section.fields
    ]
    assert labels == [("", "Protection"), ("", "Problem"), ("One", "Status")]
    bare = describe_item(OtherItem(what="CMS", locked=True))
    assert (bare.title, bare.subtitle) == ("CMS", "Locked")


def test_a_label_out_of_a_file_does_not_steer_the_terminal() -> None:
    fields = (Field("short\x1b[2J", "a"), Field("long\x1b[2J" * 9, "b"))
    assert "\x1b" not in as_text(Description("title", "", (Section("", fields),)))


def test_what_is_enormous_is_shown_in_part() -> None:
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "x" * 500_000)])
    names = x509.SubjectAlternativeName([x509.DNSName(f"a{at}.example") for at in range(5_000)])
    comment = der.encode(0x16, b"y" * 500_000)
    odd = x509.ObjectIdentifier("2.16.840.1.113730.1.13")
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(NAME)
    builder = builder.not_valid_before(NOW).not_valid_after(NOW + timedelta(days=1))
    builder = builder.serial_number(5).public_key(KEY.public_key())
    builder = builder.add_extension(names, critical=False)
    builder = builder.add_extension(x509.UnrecognizedExtension(odd, comment), critical=False)
    facts = read_certificate(builder.sign(KEY, SHA256()).public_bytes(Encoding.DER))
    shown = describe_certificate(facts)
    assert len(shown.title) < 1_000
    assert field(shown, "Subject").value.endswith("… and 496,002 characters more")
    assert field(shown, "Netscape comment").value.endswith("… and 200,000 characters more")
    listed = field(shown, "Subject alternative names").value.splitlines()
    assert (len(listed), listed[-1]) == (1_001, "… and 4,000 names more")
