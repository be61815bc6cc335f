"""Two things beside each other: what differs, and what matters of it."""

from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from mtlsgui.formats.items import CertificateItem, CrlItem, Item, OtherItem, RequestItem
from mtlsgui.formats.read import read
from mtlsgui.pki import keys
from mtlsgui.pki.facts import read_certificate, read_crl, read_request
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.workspace.comparing import Comparison, Difference, Row, compare
from tests.pki.judges import NOW

KEY, OTHER = keys.generate(KeyAlgorithm.P256), keys.generate(KeyAlgorithm.P256)


def named(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def certificate(
    *,
    subject: str = "api",
    issuer: str = "CA",
    key: keys.PrivateKey = KEY,
    sans: tuple[str, ...] = ("a.example",),
    start: datetime = NOW,
    days: int = 90,
    serial: int | None = None,
) -> CertificateItem:
    names = x509.SubjectAlternativeName([x509.DNSName(san) for san in sans])
    made = (
        x509.CertificateBuilder()
        .subject_name(named(subject))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(names, critical=False)
        .sign(OTHER, SHA256())
    )
    return CertificateItem(facts=read_certificate(made.public_bytes(Encoding.DER)))


def request(key: keys.PrivateKey = KEY, *sans: str) -> RequestItem:
    names = x509.SubjectAlternativeName([x509.DNSName(san) for san in sans or ("a.example",)])
    builder = x509.CertificateSigningRequestBuilder().subject_name(named("api"))
    made = builder.add_extension(names, critical=False).sign(key, SHA256())
    return RequestItem(facts=read_request(made.public_bytes(Encoding.DER)))


def revocation_list(number: int, *serials: int, issuer: str = "CA") -> CrlItem:
    start = NOW + timedelta(days=number)
    builder = x509.CertificateRevocationListBuilder().issuer_name(named(issuer))
    builder = builder.last_update(start).next_update(start + timedelta(days=7))
    builder = builder.add_extension(x509.CRLNumber(number), critical=False)
    for serial in serials:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(NOW)
        builder = builder.add_revoked_certificate(entry.build())
    return CrlItem(facts=read_crl(builder.sign(OTHER, SHA256()).public_bytes(Encoding.DER)))


def private_key(key: keys.PrivateKey = KEY) -> Item:
    encoded = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return read(encoded).items[0]


def row(comparison: Comparison, label: str) -> Row:
    (found,) = [row for row in comparison.rows if row.label == label]
    return found


def test_a_renewed_certificate() -> None:
    old, new = certificate(), certificate(start=NOW + timedelta(days=60))
    found = compare(old, new)
    assert found.summary == (
        "The same key, with the same names. "
        "The right one is the renewed one, 60 days later, and ends 60 days later."
    )
    assert row(found, "Subject").difference is Difference.SAME
    assert row(found, "Not after").difference is Difference.DIFFERS
    assert row(found, "Serial number").difference is Difference.DIFFERS
    assert found.differences == sum(
        (row.left and row.left.value) != (row.right and row.right.value) for row in found.rows
    )
    assert compare(new, old).summary.endswith(
        "The left one is the renewed one, 60 days later, and ends 60 days later."
    )


def test_one_and_the_same() -> None:
    one = certificate(serial=5)
    found = compare(one, one)
    assert found.summary == "The same certificate, byte for byte."
    assert found.differences == 0
    assert all(row.difference is Difference.SAME for row in found.rows)


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (
            certificate(),
            certificate(key=OTHER),
            "Different keys, with the same names. Both are valid for the same time.",
        ),
        (
            certificate(),
            certificate(sans=("a.example", "b.example", "c.example"), days=365),
            "The same key, with different names: 2 names only on the right. "
            "The right one is valid 275 days longer.",
        ),
        (
            certificate(issuer="CA"),
            certificate(issuer="Other CA"),
            "The same key and subject, certified by different issuers: cross-signed. "
            "Both are valid for the same time.",
        ),
        (
            certificate(serial=7),
            certificate(serial=7, subject="other"),
            "The same serial number of one issuer, though they differ!",
        ),
        (
            certificate(),
            certificate(start=NOW + timedelta(days=10), days=20),
            "though it ends 60 days earlier.",
        ),
        (
            request(),
            certificate(),
            "The same key: the request and the certificate belong together, with the same names.",
        ),
        (
            request(OTHER),
            certificate(),
            "Different keys: the request and the certificate do not belong together.",
        ),
        (
            request(),
            request(KEY, "b.example"),
            "Two requests for the same key, with different names: "
            "1 name only on the right, 1 name only on the left.",
        ),
        (
            private_key(),
            certificate(),
            "The same key: the private key and the certificate belong together.",
        ),
        (private_key(), private_key(OTHER), "The two are different keys."),
        (
            revocation_list(3, 1),
            revocation_list(4, 1, 2, 3),
            "Lists of one issuer: number 3 and number 4. The right one is newer by 24 hours. "
            "2 entries more on the right.",
        ),
        (
            revocation_list(3),
            revocation_list(3, issuer="Other"),
            "Lists of different issuers.",
        ),
        (
            revocation_list(3),
            certificate(),
            "A revocation list and a certificate: not of one kind.",
        ),
    ],
)
def test_what_matters(left: Item, right: Item, said: str) -> None:
    assert said in compare(left, right).summary


def test_entries_of_lists_are_found_by_their_serial_number() -> None:
    found = compare(revocation_list(3, 1, 2), revocation_list(4, 2, 5))
    assert row(found, "01").difference is Difference.ONLY_LEFT
    assert row(found, "02").difference is Difference.SAME
    assert row(found, "05").difference is Difference.ONLY_RIGHT


def test_criticality_counts() -> None:
    names = x509.SubjectAlternativeName([x509.DNSName("a.example")])
    both = []
    for critical in (True, False):
        builder = x509.CertificateSigningRequestBuilder().subject_name(named("api"))
        made = builder.add_extension(names, critical=critical).sign(KEY, SHA256())
        facts = read_request(made.public_bytes(Encoding.DER))
        both.append(RequestItem(facts=facts))
    found = row(compare(*both), "Subject alternative names")
    assert found.difference is Difference.DIFFERS


def test_what_has_no_encoding_is_not_called_the_same() -> None:
    left, right = OtherItem(what="One"), OtherItem(what="Two")
    assert compare(left, right).summary == "They are not the same."
