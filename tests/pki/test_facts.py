"""Facts: what a certificate, a request and a list say, field by field, whatever is broken."""

import hashlib
import ipaddress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.pki import chain, der, facts, keys
from mtlsgui.pki.facts import (
    CertificateFacts,
    CertificateKind,
    UnreadableError,
    kind_of,
    read_certificate,
    read_crl,
    read_request,
)
from mtlsgui.pki.keys import KeyAlgorithm, KeyInfo
from mtlsgui.pki.profiles import BUILT_IN
from tests.pki.judges import NOW, intermediate, leaf_contents, openssl, root

ROOT = root()
ISSUING = intermediate(ROOT)
KEY = keys.generate(KeyAlgorithm.P256)


def issued(profile: str = "server", names: str = "api.example 10.0.0.1") -> x509.Certificate:
    return ISSUING.issue(leaf_contents(BUILT_IN[profile], names), KEY)


def read(certificate: x509.Certificate) -> CertificateFacts:
    return read_certificate(certificate.public_bytes(Encoding.DER))


def with_extension(oid: str, value: bytes, *, critical: bool = False) -> x509.CertificateBuilder:
    extension = x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), value)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "odd")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(KEY.public_key())
        .serial_number(5)
        .not_valid_before(NOW)
        .not_valid_after(NOW.replace(year=2027))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(extension, critical=critical)
    )


def test_all_fields_of_an_issued_certificate() -> None:
    certificate = issued(names="api.example 10.0.0.1 a@example.com spiffe://td/a")
    found = read(certificate)
    assert found.problems == ()
    assert found.issuer == ISSUING.certificate.subject.rfc4514_string()
    assert int(found.serial or "", 16) == certificate.serial_number
    assert found.fingerprint_sha256 == certificate.fingerprint(SHA256()).hex()
    assert found.spki_sha256 == keys.spki_sha256(KEY.public_key())
    assert found.key == KeyInfo("EC", 256, "P-256")
    assert found.signature_algorithm == "ecdsa-with-SHA256"
    assert (found.not_before, found.not_after) == (
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
    )
    assert set(found.san or ()) == {
        "dns:api.example",
        "ip:10.0.0.1",
        "email:a@example.com",
        "uri:spiffe://td/a",
    }
    assert found.extended_key_usage == ("serverAuth",)
    assert "digitalSignature" in (found.key_usage or ())
    assert found.is_ca is False
    assert found.aki == read(ISSUING.certificate).ski
    assert found.issuer_der == read(ISSUING.certificate).subject_der


def test_openssl_agrees_on_fingerprint_and_serial(tmp_path: Path) -> None:
    found = read(issued())
    (tmp_path / "c.der").write_bytes(found.der)
    said = openssl(
        "x509", "-in", tmp_path / "c.der", "-inform", "DER", "-noout", "-serial",
        "-fingerprint", "-sha256",
    ).stdout.lower()  # fmt: skip
    assert f"serial={found.serial}" in said
    assert found.fingerprint_sha256 in said.replace(":", "")


@pytest.mark.parametrize("algorithm", list(KeyAlgorithm))
def test_a_root_of_every_algorithm_is_self_signed(algorithm: KeyAlgorithm) -> None:
    found = read(root(key=keys.generate(algorithm)).certificate)
    assert found.self_signed
    assert found.key is not None
    assert found.key.label == algorithm.label
    assert kind_of(found) is CertificateKind.ROOT_CA


def test_the_same_name_is_not_yet_a_self_signature() -> None:
    other = keys.generate(KeyAlgorithm.P256)
    found = read(with_extension("1.2.3.4", b"x").sign(other, SHA256()))
    assert found.self_issued
    assert not found.self_signed


@pytest.mark.parametrize(
    ("profile", "kind"),
    [
        ("server", CertificateKind.SERVER),
        ("client", CertificateKind.CLIENT),
        ("peer", CertificateKind.PEER),
    ],
)
def test_the_extended_key_usage_decides_the_kind(profile: str, kind: CertificateKind) -> None:
    assert kind_of(read(issued(profile, "api.example"))) is kind
    assert kind_of(read(ISSUING.certificate)) is CertificateKind.CA


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (x509.DNSName("a.example"), CertificateKind.SERVER),
        (x509.IPAddress(ipaddress.ip_address("::1")), CertificateKind.SERVER),
        (x509.RFC822Name("a@example.com"), CertificateKind.CLIENT),
        (x509.UniformResourceIdentifier("spiffe://td/a"), CertificateKind.PEER),
        (x509.RegisteredID(x509.ObjectIdentifier("1.2.3")), CertificateKind.OTHER),
    ],
)
def test_without_a_usage_the_names_decide(name: x509.GeneralName, kind: CertificateKind) -> None:
    builder = with_extension("1.2.3.4", b"x")
    builder = builder.add_extension(x509.SubjectAlternativeName([name]), critical=False)
    assert kind_of(read(builder.sign(KEY, SHA256()))) is kind


def test_a_malformed_extension_hides_no_other() -> None:
    found = read(with_extension("2.5.29.17", b"\x30\x05\xff").sign(KEY, SHA256()))
    assert found.san is None
    assert [problem.field for problem in found.problems] == ["san"]
    assert found.is_ca is False
    assert found.extended_key_usage == ()


def test_an_unknown_malformed_extension_is_only_mentioned() -> None:
    found = read(with_extension("2.5.29.31", b"\x01", critical=True).sign(KEY, SHA256()))
    assert [problem.field for problem in found.problems] == ["extension 2.5.29.31"]
    assert found.san == ()


@pytest.mark.parametrize(
    ("content", "shown"),
    [(b"\x05", "05"), (b"\x00\xff", "ff"), (b"\x01\x00", "0100"), (b"\xff", "-01"), (b"\0", "00")],
)
def test_serials_are_even_hex(content: bytes, shown: str) -> None:
    assert facts.serial_hex(content) == shown


def test_a_negative_serial_is_read_without_a_warning() -> None:
    encoded = with_extension("1.2.3.4", b"x").sign(KEY, SHA256()).public_bytes(Encoding.DER)
    at = facts.certificate_parts(encoded).serial
    negative = encoded[: at.body] + b"\x85" + encoded[at.end :]
    assert read_certificate(negative).serial == "-7b"


def test_what_a_request_asks_for() -> None:
    request = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "api")]))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("a.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=2), critical=True)
        .sign(KEY, SHA256())
        .public_bytes(Encoding.DER)
    )
    found = read_request(request)
    assert (found.common_name, found.san, found.is_ca) == ("api", ("dns:a.example",), True)
    assert found.path_length == 2
    assert found.spki_sha256 == keys.spki_sha256(KEY.public_key())
    assert found.signature_valid is True
    tampered = request[:-1] + bytes((request[-1] ^ 1,))
    assert read_request(tampered).signature_valid is False


def test_a_revocation_list() -> None:
    entry = x509.RevokedCertificateBuilder().serial_number(7).revocation_date(NOW).build()
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(ROOT.certificate.subject)
        .last_update(NOW)
        .next_update(NOW.replace(year=2027))
        .add_extension(x509.CRLNumber(12), critical=False)
        .add_revoked_certificate(entry)
        .sign(ROOT.key, keys.signature_hash(ROOT.key))
    )
    found = read_crl(crl.public_bytes(Encoding.DER))
    assert (found.number, found.revoked_count, found.this_update) == (12, 1, NOW)
    assert found.issuer_der == read(ROOT.certificate).subject_der


def test_no_bytes_in_the_repr() -> None:
    found = read(issued())
    assert repr(found.der)[2:-1] not in repr(found)


@given(st.binary(max_size=200))
def test_what_is_no_certificate_is_refused_in_words(data: bytes) -> None:
    for reader in (read_certificate, read_request, read_crl):
        with pytest.raises(UnreadableError):
            reader(data)


@given(st.data())
def test_damaged_certificates_are_read_or_refused(data: st.DataObject) -> None:
    encoded = bytearray(DAMAGED)
    for at in data.draw(st.lists(st.integers(0, len(encoded) - 1), min_size=1, max_size=4)):
        encoded[at] = data.draw(st.integers(0, 255))
    try:
        found = read_certificate(bytes(encoded))
    except UnreadableError:
        return
    assert found.fingerprint_sha256 == hashlib.sha256(encoded).hexdigest()
    assert kind_of(found).label


DAMAGED = issued().public_bytes(Encoding.DER)


@given(st.integers(0, 2), st.lists(st.integers(0, 2**70), max_size=8))
def test_object_identifiers_go_round(first: int, rest: list[int]) -> None:
    dotted = ".".join(str(number) for number in (first, 5, *rest))
    assert der.read(der.encode_oid(dotted)).oid() == dotted


def test_a_chain_is_found_in_any_heap() -> None:
    leaf, issuing, top = read(issued()), read(ISSUING.certificate), read(ROOT.certificate)
    stranger = read(root().certificate)  # the same name as the real root, another key
    found = chain.build_chain(leaf, [stranger, top, leaf, issuing])
    assert found.certificates == (leaf, issuing, top)
    assert found.end is chain.ChainEnd.ROOT
    assert chain.signed_by(issuing, top)
    assert not chain.signed_by(issuing, stranger)
    assert chain.build_chain(leaf, [top]).end is chain.ChainEnd.INTERMEDIATE_MISSING
    assert chain.build_chain(leaf, [issuing]).end is chain.ChainEnd.ROOT_MISSING


def test_a_heap_of_namesakes_is_not_searched_for_ever() -> None:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Namesake")])
    other = keys.generate(KeyAlgorithm.P256).public_key()
    heap = [
        read(
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(other)
            .serial_number(serial)
            .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
            .not_valid_after(datetime(2027, 1, 1, tzinfo=UTC))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(KEY, SHA256())
        )
        for serial in range(1, 101)
    ]
    pool = chain.Pool(heap)
    assert {chain.build_chain(each, pool).end for each in heap} == {chain.ChainEnd.ROOT_MISSING}
    assert pool.checks == len(heap) + chain.MOST_FURTHER_CHECKS
    # What asks for no search by trial is found all the same.
    pool = chain.Pool([*heap, read(ISSUING.certificate), read(ROOT.certificate)])
    assert all(not chain.issuers_of(each, pool) for each in heap)
    assert chain.build_chain(read(issued()), pool).end is chain.ChainEnd.ROOT


def test_rsa_pss_signatures_are_checked() -> None:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pss")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2027, 1, 1, tzinfo=UTC))
        .sign(key, SHA256(), rsa_padding=padding.PSS(padding.MGF1(SHA256()), 32))
    )
    found = read(certificate)
    assert found.signature_algorithm == "RSASSA-PSS"
    assert found.self_signed
