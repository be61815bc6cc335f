"""The ASN.1 tree: of what is whole, of what is broken, and of what is made to be costly."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs7,
    pkcs12,
)
from cryptography.x509 import ocsp
from hypothesis import given, settings
from hypothesis import strategies as st

from mtlsgui.pki import der, keys
from mtlsgui.pki.asn1 import Node, tree
from mtlsgui.pki.asn1.nodes import DEEPEST, PAGE
from mtlsgui.pki.asn1.outline import outline
from mtlsgui.pki.keys import KeyAlgorithm
from tests.pki.judges import NOW, root

ROOT = root()
CERTIFICATE = ROOT.certificate.public_bytes(Encoding.DER)
KEY = keys.generate(KeyAlgorithm.P256)


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from walk(child)


def everything(data: bytes) -> list[Node]:
    return [node for top in tree(data).roots for node in walk(top)]


def labelled(data: bytes) -> dict[str, Node]:
    return {node.label: node for node in everything(data) if node.label}


def request() -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a")])
    builder = x509.CertificateSigningRequestBuilder().subject_name(name)
    asked = x509.SubjectAlternativeName([x509.DNSName("a")])
    return builder.add_extension(asked, False).sign(KEY, SHA256()).public_bytes(Encoding.DER)


def revocation_list() -> bytes:
    entry = x509.RevokedCertificateBuilder().serial_number(5).revocation_date(NOW).build()
    builder = x509.CertificateRevocationListBuilder().issuer_name(ROOT.certificate.subject)
    builder = (
        builder.last_update(NOW).next_update(NOW + timedelta(1)).add_revoked_certificate(entry)
    )
    return builder.sign(ROOT.key, keys.signature_hash(ROOT.key)).public_bytes(Encoding.DER)


def ocsp_response() -> bytes:
    return (
        ocsp.OCSPResponseBuilder()
        .add_response(
            ROOT.certificate,
            ROOT.certificate,
            SHA256(),
            ocsp.OCSPCertStatus.GOOD,
            NOW,
            None,
            None,
            None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, ROOT.certificate)
        .sign(ROOT.key, keys.signature_hash(ROOT.key))
        .public_bytes(Encoding.DER)
    )


def ocsp_request() -> bytes:
    builder = ocsp.OCSPRequestBuilder()
    builder = builder.add_certificate(ROOT.certificate, ROOT.certificate, SHA256())
    return builder.build().public_bytes(Encoding.DER)


def structures() -> dict[str, tuple[bytes, str]]:
    """What each kind of file is called, and the deepest label that it must have."""
    encrypted = KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, BestAvailableEncryption(b"x"))
    public = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    signed = pkcs7.serialize_certificates([ROOT.certificate], Encoding.DER)
    store = pkcs12.serialize_key_and_certificates(
        b"a", None, ROOT.certificate, None, BestAvailableEncryption(b"x")
    )
    return {
        "Certificate": (CERTIFICATE, "keyIdentifier"),
        "CertificationRequest": (request(), "subjectPublicKey"),
        "CertificateList": (revocation_list(), "userCertificate"),
        "ContentInfo": (signed, "tbsCertificate"),
        "PFX": (store, "macSalt"),
        "OCSPResponse": (ocsp_response(), "certStatus"),
        "OCSPRequest": (ocsp_request(), "issuerNameHash"),
        "SubjectPublicKeyInfo": (public, "subjectPublicKey"),
        "EncryptedPrivateKeyInfo": (encrypted, "encryptedData"),
    }


STRUCTURES = structures()


@pytest.mark.parametrize("kind", STRUCTURES)
def test_well_known_structures_are_labelled(kind: str) -> None:
    data, deepest = STRUCTURES[kind]
    assert tree(data).kind == kind
    assert deepest in labelled(data)
    assert not [node for node in everything(data) if node.problem]


def test_a_plain_private_key_is_not_taken_for_another_structure() -> None:
    plain = KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    assert tree(plain).kind == ""


def test_the_nodes_of_a_certificate_say_where_and_what() -> None:
    found = labelled(CERTIFICATE)
    serial = found["serialNumber"]
    assert serial.name == "INTEGER"
    assert CERTIFICATE[serial.start : serial.end] == serial.encoded
    assert serial.header_length + serial.length == serial.end - serial.start
    encoded = der.encode_integer(ROOT.certificate.serial_number)
    assert serial.encoded == encoded
    assert found["notBefore"].value == "2026-11-23 15:55:00 UTC"
    assert found["extnValue"].holds
    assert found["BasicConstraints"].children[0].value == "TRUE"
    oids = [node.value for node in everything(CERTIFICATE) if node.label == "type"]
    assert "2.5.4.3 commonName" in oids


@pytest.mark.parametrize("kind", STRUCTURES)
@given(data=st.data())
@settings(max_examples=25)
def test_cut_anywhere_what_came_before_stands(kind: str, data: st.DataObject) -> None:
    whole, _ = STRUCTURES[kind]
    cut = whole[: data.draw(st.integers(1, len(whole) - 1))]
    nodes = everything(cut)
    assert nodes[0].problem
    assert nodes[0].end == len(cut)
    before = {(node.start, node.end) for node in everything(whole)}
    sound = [node for node in nodes if not node.problem and node.name and not node.holds]
    assert all((node.start, node.end) in before for node in sound)


def test_a_truncated_certificate_is_still_labelled() -> None:
    found = tree(CERTIFICATE[:300])
    assert found.kind == "Certificate"
    assert found.roots[0].problem == f"It says {len(CERTIFICATE) - 4:,} bytes, but 296 are left"
    assert labelled(CERTIFICATE[:300])["notAfter"].value.endswith("UTC")


def test_what_comes_after_the_structure_is_shown() -> None:
    found = tree(CERTIFICATE + b"\n")
    assert found.kind == "Certificate"
    assert found.roots[1].problem.startswith(f"After the structure, from byte {len(CERTIFICATE)}")
    assert len(tree(CERTIFICATE * 2).roots) == 2


VALUES: list[tuple[bytes, str, str]] = [
    (b"\x02\x01\x05", "INTEGER", "5"),
    (b"\x02\x02\xff\x00", "INTEGER", "-256 (-0x100)"),
    (b"\x02\x03\x01\x00\x01", "INTEGER", "65537 (0x10001)"),
    (b"\x02\x0a" + b"\x7f" * 10, "INTEGER", "79 bits: 7f 7f 7f 7f 7f 7f 7f 7f 7f 7f"),
    (b"\x02\x00", "INTEGER", "empty — an INTEGER without a value"),
    (b"\x01\x01\xff", "BOOLEAN", "TRUE"),
    (b"\x01\x01\x01", "BOOLEAN", "TRUE (written 0x01, which DER forbids)"),
    (b"\x05\x00", "NULL", ""),
    (b"\x05\x01\x00", "NULL", "1 byte: 00 — a NULL that has a value"),
    (b"\x06\x03\x55\x04\x03", "OBJECT IDENTIFIER", "2.5.4.3 commonName"),
    (b"\x06\x01\x80", "OBJECT IDENTIFIER", "1 byte: 80 — a malformed OBJECT IDENTIFIER"),
    (b"\x0c\x02\xc3\xbc", "UTF8String", '"ü"'),
    (b"\x0c\x01\xff", "UTF8String", "1 byte: ff — not a UTF8String: invalid start byte"),
    (b"\x1e\x02\x00a", "BMPString", '"a"'),
    (b"\x14\x01\xe4", "TeletexString", '"ä"'),
    (b"\x13\x02a\x1b", "PrintableString", '"a\\x1b"'),
    (b"\x03\x02\x05\xa0", "BIT STRING", "3 bits: 101"),
    (b"\x03\x02\x09\xa0", "BIT STRING", "2 bytes: 09 a0 — not a BIT STRING"),
    (b"\x04\x02\x01\x02", "OCTET STRING", "2 bytes: 01 02"),
    (b"\x17\x0d261123155500Z", "UTCTime", "2026-11-23 15:55:00 UTC"),
    (b"\x18\x1320261123155500+0100", "GeneralizedTime", "2026-11-23 14:55:00 UTC"),
    (b"\x17\x03abc", "UTCTime", "3 bytes: 61 62 63 — not a time: b'abc'"),
    (b"\x82\x09a.example", "[2]", '"a.example"'),
    (b"\xbf\x81\x48\x02\x05\x00", "[200]", ""),
    (b"\x41\x01\x01", "[APPLICATION 1]", "1 byte: 01"),
    (b"\x30\x00", "SEQUENCE", "empty"),
]


@pytest.mark.parametrize(("data", "name", "value"), VALUES)
def test_values_in_words(data: bytes, name: str, value: str) -> None:
    (node,) = tree(data).roots
    assert (node.name, node.value) == (name, value)


def test_indefinite_lengths() -> None:
    data = b"\x30\x80\x24\x80\x04\x01a\x04\x01b\0\0\x02\x01\x07\0\0"
    (top,) = tree(data).roots
    assert (top.indefinite, top.end, top.stop) == (True, len(data), len(data) - 2)
    assert [child.name for child in top.children] == ["OCTET STRING", "INTEGER"]
    assert [child.value for child in top.children[0].children] == ["1 byte: 61", "1 byte: 62"]
    assert "is not found" in tree(data[:-1]).roots[0].problem


def test_a_million_values_come_in_pages() -> None:
    data = b"\x30\x83\x1e\x84\x80" + b"\x05\x00" * 1_000_000
    (top,) = tree(data).roots
    assert len(top.children) == PAGE + 1
    pages, more = 1, top.children[-1]
    while not more.name and more.expandable:
        pages, more = pages + 1, more.children[-1]
    assert pages == 1_000_000 // PAGE
    assert more.end == len(data)


@pytest.mark.parametrize("piece", [b"\x30\x80", b"\xa0\x84\x7f\xff\xff\xff", b"\x24\x80"])
def test_nesting_is_bounded(piece: bytes) -> None:
    (top,) = tree(piece * 100_000).roots
    depth, node = 0, top
    while node.children:
        depth, node = depth + 1, node.children[0]
    assert depth == DEEPEST
    assert node.problem


def test_strings_within_strings_are_bounded() -> None:
    data = b""
    for _ in range(300):
        data = der.encode(der.OCTET_STRING, der.encode(der.SEQUENCE, data))
    assert len(everything(data)) == DEEPEST + 1


def test_a_digest_that_looks_like_a_value_is_not_opened_in_a_bit_string() -> None:
    (node,) = tree(b"\x03\x04\x00\x02\x01\x05").roots
    assert not node.holds


@given(st.binary(max_size=300))
def test_any_bytes_have_a_tree(data: bytes) -> None:
    nodes = everything(data)
    assert all(0 <= node.start <= node.body <= node.stop <= node.end <= len(data) for node in nodes)
    assert all(isinstance(node.value, str) for node in nodes)
    assert isinstance(outline(data), str)


def test_an_outline_is_short() -> None:
    assert outline(b"\x30\x03\x02\x01\x05") == "SEQUENCE\n  INTEGER 5"
    assert outline(b"\x30\x03\x02\x01\x05x") == ""
    assert outline(b"\x30\x03\x02\x02\x05") == ""
    assert len(outline(der.encode(der.SEQUENCE, b"\x05\x00" * 500)).splitlines()) == 25
