"""Every kind of extension in words, from bytes of our own making and from OpenSSL's."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.pki import der
from mtlsgui.pki.describe import Description, Field, Section, as_text, describe_certificate
from mtlsgui.pki.describe.extensions import describe_extension
from mtlsgui.pki.facts import read_certificate

SEQ, SET, UTF8, PRINTABLE, IA5, BMP, VISIBLE = 0x30, 0x31, 0x0C, 0x13, 0x16, 0x1E, 0x1A
needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl")


def seq(*parts: bytes) -> bytes:
    return der.encode(SEQ, *parts)


def oid(dotted: str) -> bytes:
    return der.encode_oid(dotted)


def number(value: int) -> bytes:
    return der.encode_integer(value)


def utf8(text: str) -> bytes:
    return der.encode(UTF8, text.encode())


def octets(data: bytes) -> bytes:
    return der.encode(der.OCTET_STRING, data)


def other_name(kind: str, value: bytes) -> bytes:
    return der.encode(0xA0, oid(kind), der.encode(0xA0, value))


def directory_name() -> bytes:
    common_name = seq(oid("2.5.4.3"), der.encode(BMP, "Grüße, Welt".encode("utf-16-be")))
    return der.encode(0xA4, seq(der.encode(SET, common_name)))


def kerberos() -> bytes:
    names = seq(der.encode(0x1B, b"host"), der.encode(0x1B, b"a.example"))
    principal = seq(der.encode(0xA0, number(3)), der.encode(0xA1, names))
    return seq(der.encode(0xA0, der.encode(0x1B, b"EXAMPLE")), der.encode(0xA1, principal))


def timestamps(*log_ids: bytes) -> bytes:
    stamps = b""
    for log_id in log_ids:
        stamp = b"\0" + log_id + (1_700_000_000_123).to_bytes(8, "big") + b"\0\0\4\3\0\2ab"
        stamps += len(stamp).to_bytes(2, "big") + stamp
    return octets(len(stamps).to_bytes(2, "big") + stamps)


def policy(identifier: str, *qualifiers: bytes) -> bytes:
    return seq(oid(identifier), *([seq(*qualifiers)] if qualifiers else []))


def statement(kind: str, *value: bytes) -> bytes:
    return seq(oid(kind), *value)


CPS = "1.3.6.1.5.5.7.2.1"
NOTICE = "1.3.6.1.5.5.7.2.2"
ARGON_2026H1 = bytes.fromhex("0e5794bcf3aea93e331b2c9907b3f790df9bc23d713225dd21a925ac61c54e21")

SAN = "2.5.29.17"
CASES: list[tuple[str, str, bytes, str]] = [
    ("a DNS name", SAN, seq(der.encode(0x82, b"a.example")), "DNS a.example"),
    ("a name in UTF-8", SAN, seq(der.encode(0x82, "ü.example".encode())), "DNS ü.example"),
    ("an address", SAN, seq(der.encode(0x87, bytes((10, 0, 0, 1)))), "IP 10.0.0.1"),
    ("an address of 5 bytes", SAN, seq(der.encode(0x87, bytes(5))), "an address of 5 bytes"),
    ("SPIFFE", SAN, seq(der.encode(0x86, b"spiffe://a/b")), "SPIFFE ID spiffe://a/b"),
    ("a URI", SAN, seq(der.encode(0x86, b"https://a/b")), "URI https://a/b"),
    ("a directory name", SAN, seq(directory_name()), "Name CN=Grüße\\, Welt"),
    (
        "a registered ID",
        SAN,
        seq(der.encode(0x88, oid("2.5.4.3")[2:])),
        "Registered ID 2.5.4.3 (commonName)",
    ),
    (
        "a UPN",
        SAN,
        seq(other_name("1.3.6.1.4.1.311.20.2.3", utf8("a@b.example"))),
        "user principal name: a@b.example",
    ),
    (
        "a service",
        SAN,
        seq(other_name("1.3.6.1.5.5.7.8.7", der.encode(IA5, b"_xmpp.b.example"))),
        "service (SRV): _xmpp.b.example",
    ),
    (
        "an XMPP address",
        SAN,
        seq(other_name("1.3.6.1.5.5.7.8.5", utf8("a@b.example"))),
        "XMPP address: a@b.example",
    ),
    (
        "a UTF-8 mailbox",
        SAN,
        seq(other_name("1.3.6.1.5.5.7.8.9", utf8("ä@b.example"))),
        "internationalised e-mail address: ä@b.example",
    ),
    (
        "a Kerberos principal",
        SAN,
        seq(other_name("1.3.6.1.5.2.2", kerberos())),
        "Kerberos principal: host/a.example@EXAMPLE",
    ),
    (
        "a hardware module",
        SAN,
        seq(other_name("1.3.6.1.5.5.7.8.4", seq(oid("1.2.3"), octets(b"\1\2")))),
        "hardware module: type 1.2.3, serial number 01 02",
    ),
    (
        "a permanent identifier",
        SAN,
        seq(other_name("1.3.6.1.5.5.7.8.3", seq(utf8("serial 7"), oid("1.2.3")))),
        "permanent identifier: serial 7, assigned by 1.2.3",
    ),
    (
        "an unknown other name",
        SAN,
        seq(other_name("1.2.3.4", utf8("something"))),
        "Other name, 1.2.3.4: something",
    ),
    (
        "constraints with a mask that is no prefix",
        "2.5.29.30",
        seq(der.encode(0xA1, seq(der.encode(0x87, bytes((10, 0, 0, 1, 255, 0, 255, 0)))))),
        "Excluded: IP 10.0.0.1 under the mask 255.0.255.0",
    ),
    (
        "constraints on addresses and names",
        "2.5.29.30",
        seq(
            der.encode(
                0xA0,
                seq(der.encode(0x87, bytes((10, 0, 0, 0, 255, 0, 0, 0)))),
                seq(directory_name()),
            )
        ),
        "Permitted: IP 10.0.0.0/8\nPermitted: Name CN=Grüße\\, Welt",
    ),
    (
        "a constraint with a depth",
        "2.5.29.30",
        seq(der.encode(0xA0, seq(der.encode(0x82, b"a"), der.encode(0x81, b"\2")))),
        "Permitted: DNS a (to 2 levels below)",
    ),
    (
        "a policy with its statement and a notice in each string type",
        "2.5.29.32",
        seq(
            policy(
                "2.23.140.1.2.2",
                seq(oid(CPS), der.encode(IA5, b"https://cps")),
                seq(oid(NOTICE), seq(der.encode(BMP, "Grüße".encode("utf-16-be")))),
                seq(oid(NOTICE), seq(der.encode(VISIBLE, b"of old"))),
                seq(oid(NOTICE), seq(seq(utf8("Org"), seq(number(1), number(2))), utf8("x\ny"))),
            ),
            policy("0.4.0.194112.1.4"),
        ),
        "organization validated (CA/Browser Forum) (2.23.140.1.2.2)\n  https://cps\n"
        "  Notice: Grüße\n  Notice: of old\n  notice 1, 2 of Org\n  Notice: x y\n"
        "EU qualified, web site QEVCP-w (ETSI EN 319 411-2) (0.4.0.194112.1.4)",
    ),
    (
        "mapped policies",
        "2.5.29.33",
        seq(seq(oid("1.2.3"), oid("2.5.29.32.0"))),
        "1.2.3 is the same as any policy (2.5.29.32.0)",
    ),
    (
        "constrained policies",
        "2.5.29.36",
        seq(der.encode(0x80, b"\0"), der.encode(0x81, b"\2")),
        "An explicit policy is required from here on\nNo policy mapping after 2 certificates",
    ),
    (
        "a place relative to the issuer",
        "2.5.29.31",
        seq(
            seq(
                der.encode(
                    0xA0, der.encode(0xA1, seq(oid("2.5.4.3"), der.encode(PRINTABLE, b"list 1")))
                ),
                der.encode(0x81, b"\5\x60"),
                der.encode(0xA2, directory_name()),
            )
        ),
        "relative to the issuer: CN=list 1\n  CRL issuer: Name CN=Grüße\\, Welt\n"
        "  for these reasons: keyCompromise, cACompromise",
    ),
    (
        "an indirect list",
        "2.5.29.28",
        seq(
            der.encode(0xA0, der.encode(0xA0, der.encode(0x86, b"http://a/b.crl"))),
            der.encode(0x81, b"\xff"),
            der.encode(0x84, b"\xff"),
        ),
        "http://a/b.crl\nend-entity certificates only\nan indirect CRL",
    ),
    (
        "access of an unknown kind",
        "1.3.6.1.5.5.7.1.1",
        seq(seq(oid("1.2.3.4"), der.encode(0x86, b"http://a/"))),
        "1.2.3.4: http://a/",
    ),
    ("stapling", "1.3.6.1.5.5.7.1.24", seq(number(5), number(99)), "OCSP (status_request)\nfeatu"),
    (
        "log entries",
        "1.3.6.1.4.1.11129.2.4.2",
        timestamps(ARGON_2026H1, bytes(32)),
        "2 log entries\nGoogle 'Argon2026h1' log: 14 Nov 2023, 22:13:20 UTC "
        f"(version 1, SHA-256 with ECDSA)\nlog {bytes(32).hex()}: 14 Nov 2023",
    ),
    ("a poison", "1.3.6.1.4.1.11129.2.4.3", b"\5\0", "A precertificate"),
    (
        "qualified statements",
        "1.3.6.1.5.5.7.1.3",
        seq(
            statement("0.4.0.1862.1.1"),
            statement("0.4.0.1862.1.4"),
            statement("0.4.0.1862.1.2", seq(der.encode(PRINTABLE, b"EUR"), number(5), number(3))),
            statement("0.4.0.1862.1.3", number(7)),
            statement(
                "0.4.0.1862.1.5",
                seq(seq(der.encode(IA5, b"https://pds"), der.encode(PRINTABLE, b"en"))),
            ),
            statement("0.4.0.1862.1.6", seq(oid("0.4.0.1862.1.6.3"))),
            statement(
                "0.4.0.19495.2",
                seq(
                    seq(seq(oid("0.4.0.19495.1.1"), utf8("PSP_AS"))),
                    utf8("BaFin"),
                    utf8("DE-BAFIN"),
                ),
            ),
            statement("1.2.3.4.5", utf8("more")),
        ),
        "An EU qualified certificate\nIts private key is held in a qualified device (QSCD)\n"
        "For transactions of up to 5,000 EUR\nRecords are kept for 7 years after it ends\n"
        "Disclosure statement: https://pds (en)\nFor web site authentication\n"
        "Payment services (PSD2): PSP_AS; authorized by BaFin (DE-BAFIN)\n1.2.3.4.5: more",
    ),
    (
        "an enormous limit",
        "1.3.6.1.5.5.7.1.3",
        seq(
            statement(
                "0.4.0.1862.1.2", seq(der.encode(PRINTABLE, b"EUR"), number(5), number(10**9))
            )
        ),
        "5 × 10^1000000000 EUR",
    ),
    (
        "admissions",
        "1.3.36.8.3.3",
        seq(
            directory_name(),
            seq(
                seq(
                    seq(
                        seq(seq(utf8("Ärztin")), seq(oid("1.2.276.0.76.4.30"))),
                    )
                )
            ),
        ),
        "Authority: Name CN=Grüße\\, Welt\nÄrztin (1.2.276.0.76.4.30)",
    ),
    (
        "a template by name",
        "1.3.6.1.4.1.311.20.2",
        der.encode(BMP, "WebServer".encode("utf-16-be")),
        "WebServer",
    ),
    (
        "a template by number",
        "1.3.6.1.4.1.311.21.7",
        seq(oid("1.3.6.1.4.1.311.21.8.1.2"), number(100), number(7)),
        "1.3.6.1.4.1.311.21.8.1.2, version 100.7",
    ),
    ("a CA's version", "1.3.6.1.4.1.311.21.1", number(0x20003), "V3.2"),
    (
        "application policies",
        "1.3.6.1.4.1.311.21.10",
        seq(policy("1.3.6.1.5.5.7.3.1"), policy("1.2.3")),
        "proving a server's identity (TLS server)\n1.2.3",
    ),
    (
        "a security identifier",
        "1.3.6.1.4.1.311.25.2",
        seq(other_name("1.3.6.1.4.1.311.25.2.1", octets(b"S-1-5-21-1-2-3-500"))),
        "security identifier: S-1-5-21-1-2-3-500",
    ),
    ("Netscape's type", "2.16.840.1.113730.1.1", b"\3\2\6\xc0", "TLS client, TLS server"),
    ("Netscape's comment", "2.16.840.1.113730.1.13", der.encode(IA5, b"by hand"), "by hand"),
    (
        "a time for the key",
        "2.5.29.16",
        seq(der.encode(0x80, b"20260101000000Z")),
        "1 Jan 2026, 00:00:00 UTC to any time",
    ),
    (
        "a date of birth",
        "2.5.29.9",
        seq(seq(oid("1.3.6.1.5.5.7.9.1"), der.encode(SET, der.encode(0x18, b"19700102000000Z")))),
        "Date of birth: 2 Jan 1970",
    ),
    (
        "Entrust's version",
        "1.2.840.113533.7.65.0",
        seq(der.encode(0x1B, b"V7.1"), b"\3\2\4\xb0"),
        "Entrust version V7.1",
    ),
    (
        "a provisioner",
        "1.3.6.1.4.1.37476.9000.64.1",
        seq(number(6), octets(b"acme"), octets(b"")),
        "ACME provisioner “acme”",
    ),
    (
        "a proxy",
        "1.3.6.1.5.5.7.1.14",
        seq(number(1), seq(oid("1.3.6.1.5.5.7.21.1"), octets(b"abc"))),
        "policy of 3 bytes; at most 1 further proxies",
    ),
    (
        "an organization",
        "2.23.140.3.1",
        seq(der.encode(PRINTABLE, b"NTR"), der.encode(PRINTABLE, b"DE"), utf8("HRB 1")),
        "NTRDE-HRB 1",
    ),
    ("a Chinese code", "1.2.156.10260.4.1.4", der.encode(PRINTABLE, b"12345"), "12345"),
    ("a reason", "2.5.29.21", b"\x0a\1\1", "keyCompromise"),
    ("an unknown structure", "1.2.3.4", seq(number(5), utf8("x")), "SEQUENCE\n  INTEGER 5\n  UTF"),
    ("an unknown text", "1.2.3.4", b"plain text", "plain text"),
    ("an unknown that is neither", "1.2.3.4", b"\1\2\xff", "01 02 ff"),
]


@pytest.mark.parametrize(
    ("identifier", "value", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_in_words(identifier: str, value: bytes, words: str) -> None:
    field = describe_extension(identifier, False, value)
    assert words in field.value
    assert field.oid == identifier
    assert "cannot be decoded" not in field.note


@pytest.mark.parametrize(
    ("identifier", "value"),
    [case[1:3] for case in CASES if case[1] not in ("1.2.3.4", "1.3.6.1.4.1.11129.2.4.3")],
)
def test_what_is_cut_short_is_raw_with_a_reason(identifier: str, value: bytes) -> None:
    field = describe_extension(identifier, True, value[:-1])
    assert "cannot be decoded" in field.note
    assert bytes.fromhex(field.value.replace("\n", " ")) == value[:-1]
    assert field.critical is True


def test_an_unknown_structure_has_its_bytes_too() -> None:
    field = describe_extension("1.2.3.4", False, seq(number(5)))
    (dump,) = field.children
    assert dump.value == "30 03 02 01 05"
    text = as_text(Description("", "", (Section("Extensions", (field,)),)))
    assert "INTEGER 5" in text
    assert "30 03 02 01 05" in text


def test_one_malformed_name_spoils_no_other() -> None:
    value = seq(der.encode(0x82, b"a"), other_name("1.3.6.1.5.2.2", seq()), der.encode(0x82, b"b"))
    field = describe_extension(SAN, False, value)
    first, second, third = field.value.split("\n")
    assert (first, third) == ("DNS a", "DNS b")
    assert second.endswith("(a part of it is missing)")


@given(st.sampled_from(CASES), st.data())
def test_nothing_malformed_raises(case: tuple[str, str, bytes, str], data: st.DataObject) -> None:
    changed = bytearray(case[2])
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    assert describe_extension(case[1], False, bytes(changed)).label


@given(st.sampled_from(sorted({case[1] for case in CASES})), st.binary(max_size=60))
def test_no_bytes_raise(identifier: str, value: bytes) -> None:
    assert describe_extension(identifier, False, value).label


CONFIGURATION = """
[req]
distinguished_name = dn
x509_extensions = ext
prompt = no
[dn]
CN = everything
[ext]
basicConstraints = critical,CA:TRUE,pathlen:1
keyUsage = critical,keyCertSign,cRLSign
extendedKeyUsage = serverAuth,1.3.6.1.4.1.311.10.3.4,1.2.3.4
subjectAltName = DNS:a.example,IP:10.0.0.1,URI:spiffe://a/b,email:a@b.example,RID:1.2.3,\
otherName:1.3.6.1.4.1.311.20.2.3;UTF8:u@p.n,dirName:dn
nameConstraints = permitted;IP:10.0.0.0/255.0.0.0,excluded;DNS:bad.example
certificatePolicies = 2.23.140.1.2.1,@policy
policyConstraints = requireExplicitPolicy:3
inhibitAnyPolicy = 2
crlDistributionPoints = point
authorityInfoAccess = OCSP;URI:http://ocsp.example,caIssuers;URI:http://ca.example/ca.crt
tlsfeature = status_request
nsComment = "made by hand"
nsCertType = client,server
noCheck = ignored
[policy]
policyIdentifier = 1.2.3.4.5
CPS.1 = https://cps.example
userNotice.1 = @notice
[notice]
explicitText = UTF8:Read this
organization = Org
noticeNumbers = 1,2
[point]
fullname = URI:http://a.example/a.crl
CRLissuer = dirName:dn
reasons = keyCompromise
"""


@needs_openssl
def test_what_openssl_writes(tmp_path: Path) -> None:
    config, made = tmp_path / "all.cnf", tmp_path / "all.der"
    config.write_text(CONFIGURATION)
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-config", str(config), "-days", "9", "-outform", "DER"]
    command += ["-keyout", str(tmp_path / "key.pem"), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    description = describe_certificate(read_certificate(made.read_bytes()))
    found: dict[str, Field] = {
        field.label: field
        for section in description.sections
        if section.title == "Extensions"
        for field in section.fields
    }
    assert not [field for field in found.values() if field.kind == "hex"]
    assert found["Extended key usage"].value == (
        "proving a server's identity (TLS server)\nencrypting files (Microsoft EFS)\n1.2.3.4"
    )
    assert found["Subject alternative names"].value == (
        "DNS a.example\nIP 10.0.0.1\nSPIFFE ID spiffe://a/b\nE-mail a@b.example\n"
        "Registered ID 1.2.3\nOther name, user principal name: u@p.n\nName CN=everything"
    )
    assert found["Name constraints"].value == "Permitted: IP 10.0.0.0/8\nExcluded: DNS bad.example"
    assert found["Certificate policies"].value.endswith(
        "1.2.3.4.5\n  https://cps.example\n  notice 1, 2 of Org\n  Notice: Read this"
    )
    assert found["CRL distribution points"].value == (
        "http://a.example/a.crl\n  CRL issuer: Name CN=everything\n"
        "  for these reasons: keyCompromise"
    )
    assert found["Basic constraints"].critical
    assert found["Netscape comment"].value == "made by hand"
    assert found["Netscape certificate type"].value == "TLS client, TLS server"
    assert found["OCSP no check"].value == "Its own revocation is not checked"
