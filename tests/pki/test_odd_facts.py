"""Facts of what `cryptography` refuses and OpenSSL reads: nothing is lost for one odd field."""

import hashlib
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.pki import der, keys
from mtlsgui.pki.facts import (
    CertificateFacts,
    UnreadableError,
    certificate_parts,
    kind_of,
    read_certificate,
    read_crl,
    read_request,
)
from mtlsgui.pki.keys import KeyAlgorithm, KeyInfo
from mtlsgui.pki.profiles import BUILT_IN
from tests.pki import odd
from tests.pki.judges import NOW, intermediate, leaf_contents, root

ROOT = root()
ISSUING = intermediate(ROOT)
KEY = keys.generate(KeyAlgorithm.P256)
GOOD = ISSUING.issue(leaf_contents(BUILT_IN["server"], "api.example 10.0.0.1"), KEY).public_bytes(
    Encoding.DER
)
NORMAL = read_certificate(GOOD)


def check_the_rest(found: CertificateFacts, but: set[str]) -> None:
    """Every fact but those named is as in the certificate that was bent."""
    for field in (
        "subject", "issuer", "serial", "not_before", "not_after", "spki_sha256", "key",
        "signature_algorithm", "is_ca", "san", "key_usage", "extended_key_usage", "aki",
    ):  # fmt: skip
        if field not in but:
            assert getattr(found, field) == getattr(NORMAL, field), field
    assert found.fingerprint_sha256 == hashlib.sha256(found.der).hexdigest()


def test_a_set_that_is_not_sorted() -> None:
    rdn = [odd.attribute("2.5.4.11", 0x0C, b"zz"), odd.attribute("2.5.4.3", 0x0C, b"a")]
    found = read_certificate(odd.bent(GOOD, {odd.SUBJECT: odd.name(rdn)}))
    assert (found.subject, found.common_name, found.problems) == ("OU=zz+CN=a", "a", ())
    check_the_rest(found, {"subject"})


@pytest.mark.parametrize(
    ("text", "tag", "moment"),
    [
        (b"2601020304Z", odd.UTC_TIME, datetime(2026, 1, 2, 3, 4, tzinfo=UTC)),
        (b"260102030405+0100", odd.UTC_TIME, datetime(2026, 1, 2, 2, 4, 5, tzinfo=UTC)),
        (b"500102030405Z", odd.UTC_TIME, datetime(1950, 1, 2, 3, 4, 5, tzinfo=UTC)),
        (b"20260102030405.5Z", odd.GENERALIZED_TIME,
         datetime(2026, 1, 2, 3, 4, 5, 500_000, tzinfo=UTC)),
        (b"20260102030405", odd.GENERALIZED_TIME, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        (b"99991231235959Z", odd.GENERALIZED_TIME,
         datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_times_that_rfc_5280_forbids(text: bytes, tag: int, moment: datetime) -> None:
    found = read_certificate(odd.bent(GOOD, {odd.VALIDITY: odd.validity(text, text, tag)}))
    assert (found.not_before, found.not_after) == (moment, moment)
    check_the_rest(found, {"not_before", "not_after"})


@pytest.mark.parametrize("text", [b"", b"never", b"261301000000Z", b"\xff" * 13])
def test_a_time_that_is_none_is_said_and_the_rest_stands(text: bytes) -> None:
    bad = odd.validity(b"260102030405Z", text)
    found = read_certificate(odd.bent(GOOD, {odd.VALIDITY: bad}))
    assert found.not_before == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert found.not_after is None
    assert [problem.field for problem in found.problems] == ["not_after"]
    check_the_rest(found, {"not_before", "not_after"})


def test_data_behind_the_signature_algorithm() -> None:
    algorithm = der.encode(
        der.SEQUENCE, der.encode_oid("1.2.840.10045.4.3.2"), b"\x05\x00", b"\x02\x01\x07"
    )
    found = read_certificate(odd.bent(GOOD, {odd.ALGORITHM: algorithm}, algorithm))
    assert found.problems == ()
    check_the_rest(found, set())


def test_two_signature_algorithms_that_differ_are_said() -> None:
    other = der.encode(der.SEQUENCE, der.encode_oid("1.2.840.10045.4.3.3"))
    found = read_certificate(odd.bent(GOOD, {odd.ALGORITHM: other}))
    assert [problem.field for problem in found.problems] == ["signature_algorithm"]
    assert "ecdsa-with-SHA384" in found.problems[0].message
    check_the_rest(found, set())


@pytest.mark.parametrize("version", [0, 1, 4, 255])
def test_versions_that_nobody_knows(version: int) -> None:
    field = der.encode(0xA0, der.encode_integer(version))
    check_the_rest(read_certificate(odd.bent(GOOD, {0: field})), set())


def test_version_1_has_no_version_and_no_extensions() -> None:
    found = read_certificate(odd.bent(GOOD, {0: b"", odd.EXTENSIONS: b""}))
    assert (found.san, found.is_ca, found.problems) == ((), False, ())
    check_the_rest(found, {"san", "key_usage", "extended_key_usage", "aki"})


@pytest.mark.parametrize(
    ("content", "serial"),
    [(b"\x80", "-80"), (b"\x7f" * 40, "7f" * 40), (b"\0\0\x05", "05"), (b"\0", "00")],
)
def test_odd_serial_numbers(content: bytes, serial: str) -> None:
    found = read_certificate(odd.bent(GOOD, {odd.SERIAL: der.encode(der.INTEGER, content)}))
    assert (found.serial, found.problems) == (serial, ())
    check_the_rest(found, {"serial"})


EXPLICIT_P256 = der.encode(
    der.SEQUENCE,
    der.encode_integer(1),
    der.encode(
        der.SEQUENCE,
        der.encode_oid("1.2.840.10045.1.1"),
        der.encode_integer(2**256 - 2**224 + 2**192 + 2**96 - 1),
    ),
    der.encode(
        der.SEQUENCE, der.encode(der.OCTET_STRING, b"\1"), der.encode(der.OCTET_STRING, b"\2")
    ),
    der.encode(der.OCTET_STRING, b"\4" + bytes(64)),
    der.encode_integer(2**256 - 7),
)


@pytest.mark.parametrize(
    ("spki", "info"),
    [
        (odd.spki("1.2.840.10045.2.1", b"\4" + bytes(64), der.encode_oid("1.2.156.10197.1.301")),
         KeyInfo("SM2")),
        (odd.spki("2.16.840.1.101.3.4.3.20", bytes(32)), KeyInfo("SLH-DSA-SHA2-128s")),
        (odd.spki("2.16.840.1.101.3.4.4.1", bytes(800)), KeyInfo("ML-KEM-512")),
        (odd.spki("1.2.643.7.1.1.1.1", bytes(66)), KeyInfo("GOST R 34.10-2012 (256 bits)")),
        (odd.spki("1.2.840.10040.4.1", der.encode_integer(5)), KeyInfo("DSA")),
        (odd.spki("1.2.840.10045.2.1", b"\4" + bytes(64), EXPLICIT_P256),
         KeyInfo("EC", 256, "explicit prime curve")),
        (odd.spki("1.3.101.110", bytes(32)), KeyInfo("X25519")),
        (odd.spki("1.2.3.4.5", b"anything"), KeyInfo("1.2.3.4.5")),
    ],
)  # fmt: skip
def test_keys_of_kinds_that_we_cannot_use(spki: bytes, info: KeyInfo) -> None:
    found = read_certificate(odd.bent(GOOD, {odd.SPKI: spki}))
    assert (found.key, found.problems) == (info, ())
    assert found.spki_sha256 == hashlib.sha256(spki).hexdigest()
    check_the_rest(found, {"key", "spki_sha256"})
    assert not found.self_signed
    assert kind_of(found).label == "Server"


def test_a_key_that_is_broken_is_said() -> None:
    rsa = odd.spki("1.2.840.113549.1.1.1", b"\x30\x03\x02\x05\x01", b"\x05\x00")
    found = read_certificate(odd.bent(GOOD, {odd.SPKI: rsa}))
    assert found.key is None
    assert [problem.field for problem in found.problems] == ["key"]
    check_the_rest(found, {"key", "spki_sha256"})


def test_a_name_whose_text_is_in_doubt_is_shown_and_said() -> None:
    latin = odd.name([odd.attribute("2.5.4.10", 0x0C, "Zürich".encode("latin-1"))])
    found = read_certificate(odd.bent(GOOD, {odd.ISSUER: latin}))
    assert found.issuer == "O=Zürich"
    assert [problem.field for problem in found.problems] == ["issuer"]
    check_the_rest(found, {"issuer"})


def test_a_name_that_is_none_is_said_and_its_bytes_kept() -> None:
    broken = der.encode(der.SEQUENCE, b"\x31\x02\x05\x00")
    found = read_certificate(odd.bent(GOOD, {odd.SUBJECT: broken}))
    assert (found.subject, found.common_name, found.subject_der) == (None, None, broken)
    assert [problem.field for problem in found.problems] == ["subject"]
    check_the_rest(found, {"subject"})


def with_extensions(*found: bytes) -> CertificateFacts:
    return read_certificate(odd.bent(GOOD, {odd.EXTENSIONS: odd.extensions(*found)}))


def test_one_alternative_name_that_is_malformed_is_raw_and_the_others_stand() -> None:
    names = der.encode(
        der.SEQUENCE,
        der.encode(0x82, b"a.example"),
        der.encode(0x87, b"\1\2\3"),
        der.encode(0x82, "bücher.example".encode()),
        der.encode(0x88, b"\x2a\x03"),
        der.encode(0xA0, der.encode_oid("1.2.3"), der.encode(0xA0, b"\x0c\x01a")),
        der.encode(0xA4, odd.name([odd.attribute("2.5.4.3", 0x0C, b"x")])),
        der.encode(0x8F, b"?"),
    )
    found = with_extensions(odd.extension("2.5.29.17", names))
    assert found.san == (
        "dns:a.example", "ip:010203", "dns:bücher.example", "rid:1.2.3", "other:1.2.3", "dn:CN=x",
        "unknown:8f013f",
    )  # fmt: skip
    assert [problem.field for problem in found.problems] == ["san"] * 3


def test_what_stands_behind_an_extension_is_said() -> None:
    found = with_extensions(odd.extension("2.5.29.19", b"\x30\x03\x01\x01\xff\x05\x00"))
    assert found.is_ca is True
    assert [problem.field for problem in found.problems] == ["is_ca"]


def test_booleans_as_old_software_wrote_them() -> None:
    critical = b"\x01\x01\x01"  # BER: anything but zero is true
    basic = odd.extension("2.5.29.19", b"\x30\x06\x01\x01\x01\x02\x01\x03", critical=critical)
    found = with_extensions(basic)
    assert (found.is_ca, found.path_length) == (True, 3)
    default = odd.extension("2.5.29.19", b"\x30\x03\x01\x01\0", critical=b"\x01\x01\0")
    assert with_extensions(default).is_ca is False


def test_extensions_that_are_no_list_are_said() -> None:
    found = read_certificate(odd.bent(GOOD, {odd.EXTENSIONS: b"\xa3\x04\x30\x09\x30\x00"}))
    assert (found.san, found.is_ca, found.key_usage) == (None, None, None)
    assert [problem.field for problem in found.problems] == ["extensions"]
    check_the_rest(found, {"san", "is_ca", "key_usage", "extended_key_usage", "aki"})


def test_an_extension_that_stands_there_twice_is_said() -> None:
    first = odd.extension("2.5.29.15", b"\x03\x02\x07\x80")
    second = odd.extension("2.5.29.15", b"\x03\x02\x01\x06")
    found = with_extensions(first, second)
    assert found.key_usage == ("digitalSignature",)
    assert "twice" in found.problems[0].message


@pytest.mark.parametrize("what", ["signature", "algorithm"])
def test_a_certificate_that_ends_with_what_is_signed(what: str) -> None:
    body, algorithm, _ = der.read(GOOD).children()
    parts = [body.encoded] if what == "algorithm" else [body.encoded, algorithm.encoded]
    found = read_certificate(der.encode(der.SEQUENCE, *parts))
    check_the_rest(found, {"signature_algorithm"})
    assert not found.self_signed


def test_a_signature_is_checked_though_the_rest_is_odd() -> None:
    """What is signed is bytes: a root with a negative serial and an odd time is still one."""
    name = odd.name([odd.attribute("2.5.4.3", 0x0C, b"odd"), odd.attribute("2.5.4.11", 4, b"x")])
    key = ec.generate_private_key(ec.SECP256R1())
    algorithm = der.encode(der.SEQUENCE, der.encode_oid("1.2.840.10045.4.3.2"))
    body = der.encode(
        der.SEQUENCE,
        der.encode(0xA0, der.encode_integer(7)),
        der.encode(der.INTEGER, b"\x80"),
        algorithm,
        name,
        odd.validity(b"2601020304Z", b"3601020304Z"),
        name,
        keys.spki_der(key.public_key()),
    )
    signature = key.sign(body, ec.ECDSA(SHA256()))
    encoded = der.encode(
        der.SEQUENCE, body, algorithm, der.encode(der.BIT_STRING, b"\0", signature)
    )
    assert read_certificate(encoded).self_signed
    tampered = encoded.replace(b"2601020304Z", b"2501020304Z")
    assert not read_certificate(tampered).self_signed


REQUEST = (
    x509.CertificateSigningRequestBuilder()
    .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "api")]))
    .add_extension(x509.SubjectAlternativeName([x509.DNSName("a.example")]), critical=False)
    .sign(KEY, SHA256())
    .public_bytes(Encoding.DER)
)


def test_a_request_for_a_key_that_we_cannot_use() -> None:
    found = read_request(odd.bent(REQUEST, {2: odd.spki("2.16.840.1.101.3.4.4.2", bytes(1184))}))
    assert (found.common_name, found.san, found.problems) == ("api", ("dns:a.example",), ())
    assert found.key == KeyInfo("ML-KEM-768")
    assert found.signature_valid is None


@pytest.mark.parametrize("attributes", [b"\xa0\x02\x30\x00", b"\xa0\x04\x30\x02\x05\x00"])
def test_a_request_with_malformed_attributes(attributes: bytes) -> None:
    found = read_request(odd.bent(REQUEST, {3: attributes}))
    assert (found.common_name, found.san) == ("api", None)
    assert [problem.field for problem in found.problems] == ["extensions"]
    assert found.key == KeyInfo("EC", 256, "P-256")


def test_a_request_without_attributes_and_without_a_version() -> None:
    found = read_request(odd.bent(REQUEST, {0: b"", 3: b""}))
    assert (found.common_name, found.san, found.problems) == ("api", (), ())


def crl(*extensions: x509.ExtensionType) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(ROOT.certificate.subject)
        .last_update(NOW)
        .next_update(NOW.replace(year=2027))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(ROOT.key, SHA256()).public_bytes(Encoding.DER)


def test_a_delta_list_and_an_indirect_one() -> None:
    found = read_crl(crl(x509.CRLNumber(7), x509.DeltaCRLIndicator(5)))
    assert (found.number, found.revoked_count, found.problems) == (7, 0, ())
    point = x509.IssuingDistributionPoint(None, None, False, False, None, True, False)
    assert read_crl(crl(point)).number is None


def test_the_entries_of_a_large_list_are_counted() -> None:
    entry = der.encode(der.SEQUENCE, b"\x02\x01\x05", der.encode(odd.UTC_TIME, b"260101000000Z"))
    entries = der.encode(der.SEQUENCE, entry * 200_000)
    found = read_crl(odd.bent(crl(), {4: der.encode(odd.UTC_TIME, b"270101000000Z") + entries}))
    assert (found.revoked_count, found.problems) == (200_000, ())


def test_a_list_that_breaks_among_its_entries() -> None:
    found = read_crl(odd.bent(crl(), {4: der.encode(der.SEQUENCE, b"\x30\x7f\x02")}))
    assert found.revoked_count is None
    assert [problem.field for problem in found.problems] == ["revoked_count"]
    assert found.this_update == NOW
    assert found.next_update is None


def test_what_has_too_few_fields_is_refused() -> None:
    parts = certificate_parts(GOOD)
    with pytest.raises(UnreadableError):
        read_certificate(odd.bent(GOOD, {odd.SPKI: b"", odd.EXTENSIONS: b""}))
    with pytest.raises(UnreadableError):
        read_certificate(parts.subject.encoded)
