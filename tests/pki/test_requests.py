"""Requests: what is asked, and what is granted of it."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from mtlsgui.pki import keys, requests
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject
from mtlsgui.pki.profiles import BUILT_IN, Profile
from mtlsgui.pki.requests import Asked, RequestError
from tests.pki.judges import named, openssl

KEY = keys.generate(KeyAlgorithm.P256)
SERVER = BUILT_IN["server"]


def asked_by(builder: x509.CertificateSigningRequestBuilder) -> Asked:
    request = builder.sign(KEY, keys.signature_hash(KEY))
    return requests.read(request.public_bytes(Encoding.DER))


def builder(subject: Subject | None = None) -> x509.CertificateSigningRequestBuilder:
    name = (subject or Subject("api.example")).name()
    return x509.CertificateSigningRequestBuilder().subject_name(name)


@pytest.mark.parametrize("algorithm", KeyAlgorithm)
def test_a_request_is_read_back_and_proves_that_its_key_is_held(algorithm: KeyAlgorithm) -> None:
    key = keys.generate(algorithm)
    names = named("api.example 10.0.0.1 spiffe://example.org/a someone@example.com")
    request = requests.make(
        key, Subject("api").name(), names, ("digitalSignature",), ("serverAuth", "1.2.3.4")
    )

    asked = requests.read(request.public_bytes(Encoding.DER))

    assert asked.signature_valid
    assert asked.names == names
    assert asked.key_usage == ("digitalSignature",)
    assert asked.extended_key_usage == ("serverAuth", "1.2.3.4")
    assert keys.spki_sha256(asked.public_key) == keys.spki_sha256(key.public_key())
    assert asked.other_names == asked.other_extensions == ()


def test_openssl_accepts_the_request(tmp_path: Path) -> None:
    request = requests.make(KEY, Subject("api").name(), named("api.example"), SERVER.key_usage)
    path = tmp_path / "api.csr"
    path.write_bytes(request.public_bytes(Encoding.PEM))

    shown = openssl("req", "-in", path, "-verify", "-noout", "-text")

    assert "OK" in shown.stdout + shown.stderr
    assert "DNS:api.example" in shown.stdout
    assert "Key Encipherment" not in shown.stdout  # an EC key cannot


def test_a_request_without_a_subject_has_critical_names() -> None:
    request = requests.make(KEY, Subject().name(), named("api.example"))

    assert request.extensions.get_extension_for_class(x509.SubjectAlternativeName).critical


def test_what_a_request_made_by_openssl_asks_is_read(tmp_path: Path) -> None:
    openssl(
        "req", "-new", "-newkey", "rsa:2048", "-noenc", "-keyout", tmp_path / "k",
        "-out", tmp_path / "r", "-outform", "DER", "-subj", "/O=Org/CN=api.example",
        "-addext", "subjectAltName=DNS:api.example,DNS:*.api.example,IP:10.0.0.1,"
        "otherName:1.2.3;UTF8:x,RID:1.2.3.4,dirName:dn",
        "-addext", "basicConstraints=CA:TRUE,pathlen:2",
        "-addext", "keyUsage=keyCertSign,digitalSignature",
        "-addext", "extendedKeyUsage=serverAuth,codeSigning",
        "-addext", "nsComment=hello",
        "-config", write(tmp_path / "c", "[req]\ndistinguished_name=dn\n[dn]\nCN=x\n"),
    )  # fmt: skip

    asked = requests.read((tmp_path / "r").read_bytes())

    assert [name.text for name in asked.names] == [
        "dns:api.example", "dns:*.api.example", "ip:10.0.0.1",
    ]  # fmt: skip
    assert asked.other_names == ("Other name 1.2.3", "Registered ID 1.2.3.4", "Directory name CN=x")
    assert (asked.is_ca, asked.path_length) == (True, 2)
    assert asked.key_usage == ("digitalSignature", "keyCertSign")
    assert asked.extended_key_usage == ("serverAuth", "codeSigning")
    assert asked.other_extensions == ("2.16.840.1.113730.1.13",)

    grant = requests.weigh(asked, SERVER)
    assert [name.text for name in grant.names] == [name.text for name in asked.names]
    assert grant.key_usage == ("digitalSignature", "keyEncipherment")
    assert grant.extended_key_usage == ("serverAuth",)
    assert [line.what for line in grant.refused] == [
        "Name", "Name", "Name", "Key usage", "Purpose", "Authority", "Extension",
    ]  # fmt: skip
    assert "codeSigning" in grant.refused[4].reason
    assert "authorities only" in grant.refused[3].reason


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_a_request_signed_by_another_key_is_noticed() -> None:
    der = bytearray(requests.make(KEY, Subject("api").name()).public_bytes(Encoding.DER))
    der[-1] ^= 1

    assert not requests.read(bytes(der)).signature_valid


@pytest.mark.parametrize("change", ["cut short", "version", "names", "nothing"])
def test_what_cannot_be_read_as_a_whole_is_not_signed(change: str) -> None:
    der = requests.make(KEY, Subject("api").name(), named("api.example")).public_bytes(Encoding.DER)
    changed = {
        "cut short": der[:-5],
        "version": der.replace(b"\x02\x01\x00", b"\x02\x01\x07", 1),
        "names": der.replace(b"\x82\x0bapi.example", b"\xa3\x0bapi.example"),  # x400Address
        "nothing": b"",
    }[change]
    assert changed != der

    with pytest.raises(RequestError) as caught:
        requests.read(changed)
    assert caught.value.remedy


def test_all_is_granted_of_a_modest_request() -> None:
    asked = asked_by(
        builder().add_extension(
            x509.SubjectAlternativeName([x509.DNSName("api.example")]), critical=False
        )
    )

    grant = requests.weigh(asked, SERVER)

    assert grant.refused == ()
    assert grant.names == named("api.example")
    assert grant.subject == asked.subject
    assert grant.key_usage == ("digitalSignature",)  # what an EC key can do of the profile's
    assert [line.what for line in grant.lines] == ["Subject", "Key", "Name", "Key usage", "Purpose"]


@pytest.mark.parametrize(
    "value", ["", "a b.example", "a*.example", "1.2.3.4", "http://api.example", "api..example"]
)
def test_a_name_that_is_none_is_not_granted(value: str) -> None:
    names = x509.SubjectAlternativeName([x509.DNSName(value), x509.DNSName("API.example.")])

    grant = requests.weigh(asked_by(builder().add_extension(names, critical=False)), SERVER)

    assert [name.text for name in grant.names] == ["dns:api.example"]
    assert len(grant.refused) == 1
    assert grant.refused[0].granted == ""


def test_names_outside_the_profile_or_the_issuers_constraints_are_not_granted() -> None:
    profile = Profile("own", "Own", domains=("example",))
    names = x509.SubjectAlternativeName(
        [x509.DNSName(host) for host in ("api.example", "evil.org", "secret.example")]
    )

    grant = requests.weigh(
        asked_by(builder().add_extension(names, critical=False)),
        profile,
        outside=lambda name: "Secret." if name.value.startswith("secret") else "",
    )

    assert [name.value for name in grant.names] == ["api.example"]
    assert [line.asked for line in grant.refused] == ["DNS evil.org", "DNS secret.example"]


def test_no_names_are_granted_where_none_are_taken() -> None:
    names = x509.SubjectAlternativeName([x509.DNSName("api.example")])

    grant = requests.weigh(
        asked_by(builder().add_extension(names, critical=False)), SERVER, take_names=False
    )

    assert grant.names == ()
    assert "not taken" in grant.refused[0].reason


@pytest.mark.parametrize(
    "common_name",
    ["evil.org ", "*.*.evil.org", "evil..org", "x_.-.evil.org", "evil.org\0.example", "a\u202eb"],
)
def test_a_common_name_that_is_a_host_name_only_for_some_is_weighed_too(common_name: str) -> None:
    profile = Profile("own", "Own", domains=("example",))
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])

    asked = asked_by(x509.CertificateSigningRequestBuilder().subject_name(subject))

    assert requests.weigh(asked, profile).subject.rdns == []


def test_a_host_in_the_subject_is_a_name_that_may_not_be_taken() -> None:
    asked = asked_by(builder(Subject("api.example")))

    unasked = requests.weigh(asked, SERVER, take_names=False, given=named("10.0.0.1"))
    assert unasked.subject.rdns == []
    assert "not taken" in unasked.refused[0].reason
    for grant in (
        requests.weigh(asked, SERVER, take_names=False, given=named("api.example")),
        requests.weigh(asked, SERVER),
        requests.weigh(asked, BUILT_IN["client"], take_names=False),  # it names who, not where
    ):
        assert grant.subject.rfc4514_string() == "CN=api.example"


def test_common_names_and_mail_addresses_outside_the_profile_are_left_out_of_the_subject() -> None:
    profile = Profile("own", "Own", domains=("example",))
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Org"),
            x509.NameAttribute(NameOID.COMMON_NAME, "evil.org"),
            x509.NameAttribute(NameOID.COMMON_NAME, "api.example"),
            x509.NameAttribute(NameOID.COMMON_NAME, "www.evil.org"),
            x509.NameAttribute(NameOID.EMAIL_ADDRESS, "a@evil.org"),
        ]
    )
    asked = asked_by(x509.CertificateSigningRequestBuilder().subject_name(subject))

    grant = requests.weigh(asked, profile)

    assert grant.subject.rfc4514_string() == "CN=api.example,O=Org"
    assert [line.what for line in grant.refused] == ["Subject"]


@pytest.mark.parametrize("common_name", ["Alice", "A. Person", "build: nightly", "system:node:a"])
def test_a_common_name_that_is_no_host_is_granted(common_name: str) -> None:
    profile = Profile("own", "Own", domains=("example",))

    grant = requests.weigh(asked_by(builder(Subject(common_name))), profile)

    assert grant.subject.rfc4514_string() == f"CN={common_name}"
    assert grant.refused == ()
