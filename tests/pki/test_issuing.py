"""Issuing: every key makes a chain that is accepted, and what may not be made is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.pki import issuing, keys
from mtlsgui.pki.constraints import NameConstraints, Subtree
from mtlsgui.pki.issuing import Contents, IssuingError, Validity, validity
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import NameKind
from mtlsgui.pki.profiles import BUILT_IN
from tests.pki.judges import (
    CA_USAGE,
    NOW,
    Authority,
    ca_contents,
    intermediate,
    leaf_contents,
    named,
    openssl,
    openssl_verify,
    root,
    store_verify,
    webpki_verify,
)

SERVER = BUILT_IN["server"]
KEY = keys.generate(KeyAlgorithm.P256)


def is_ml_dsa(algorithm: KeyAlgorithm) -> bool:
    return algorithm.value.startswith("ml-dsa")


@pytest.mark.parametrize("algorithm", KeyAlgorithm)
def test_a_chain_of_each_kind_of_key_is_accepted(algorithm: KeyAlgorithm, tmp_path: Path) -> None:
    top = root(key=keys.generate(algorithm))
    middle = intermediate(top, key=keys.generate(algorithm))
    leaf = middle.issue(leaf_contents(SERVER, "api.example"), keys.generate(algorithm))
    chain = (leaf, top.certificate, [middle.certificate])

    assert store_verify(*chain) == ""
    if not is_ml_dsa(algorithm):  # Debian's OpenSSL is 3.0
        options = ["-x509_strict", "-purpose", "sslserver", "-verify_hostname", "api.example"]
        assert openssl_verify(tmp_path, *chain, options) == ""
        assert openssl_verify(tmp_path, leaf, top.certificate) != ""  # the middle is missing


def test_keys_of_different_kinds_sign_each_other(tmp_path: Path) -> None:
    top = root(key=keys.generate(KeyAlgorithm.P384))
    middle = intermediate(top, key=keys.generate(KeyAlgorithm.ED25519))
    leaf = middle.issue(leaf_contents(SERVER, "api.example"), keys.generate(KeyAlgorithm.RSA2048))

    assert openssl_verify(tmp_path, leaf, top.certificate, [middle.certificate]) == ""


def extension(certificate: x509.Certificate, kind: type[x509.ExtensionType]) -> x509.Extension:  # type: ignore[type-arg] # of any kind
    return certificate.extensions.get_extension_for_class(kind)


def test_a_certificate_says_what_it_was_told_to_and_nothing_else() -> None:
    top = root()
    contents = replace(
        leaf_contents(SERVER, "api.example 10.0.0.1", common_name="api"),
        crl_urls=("http://crl.example/a.crl", "http://crl.example/b.crl"),
        ocsp_urls=("http://ocsp.example/",),
        issuer_urls=("http://ca.example/ca.cer",),
    )
    leaf = top.issue(contents, KEY)

    assert leaf.version is x509.Version.v3
    assert leaf.subject.rfc4514_string() == "CN=api"
    assert issuing.validity_of(leaf) == contents.validity
    assert issuing.alternative_names(leaf) == contents.names
    assert {(found.oid._name, found.critical) for found in leaf.extensions} == {
        ("basicConstraints", True),
        ("keyUsage", True),
        ("extendedKeyUsage", False),
        ("subjectAltName", False),
        ("subjectKeyIdentifier", False),
        ("authorityKeyIdentifier", False),
        ("cRLDistributionPoints", False),
        ("authorityInfoAccess", False),
    }
    assert extension(leaf, x509.BasicConstraints).value == x509.BasicConstraints(False, None)
    points = extension(leaf, x509.CRLDistributionPoints).value
    assert [point.full_name[0].value for point in points] == list(contents.crl_urls)
    access = [(line.access_method, line.access_location.value)
              for line in extension(leaf, x509.AuthorityInformationAccess).value]  # fmt: skip
    assert access == [
        (AuthorityInformationAccessOID.OCSP, "http://ocsp.example/"),
        (AuthorityInformationAccessOID.CA_ISSUERS, "http://ca.example/ca.cer"),
    ]


def test_alternative_names_are_critical_where_there_is_no_subject() -> None:
    leaf = root().issue(leaf_contents(SERVER, "api.example"), KEY)

    assert extension(leaf, x509.SubjectAlternativeName).critical


def test_only_rsa_keys_are_said_to_encipher_keys() -> None:
    top = root()
    contents = leaf_contents(SERVER, "api.example")
    by_key = {
        algorithm: extension(top.issue(contents, keys.generate(algorithm)), x509.KeyUsage).value
        for algorithm in (KeyAlgorithm.RSA2048, KeyAlgorithm.P256)
    }

    assert by_key[KeyAlgorithm.RSA2048].key_encipherment
    assert not by_key[KeyAlgorithm.P256].key_encipherment
    assert by_key[KeyAlgorithm.P256].digital_signature


def test_a_key_that_can_do_nothing_asked_is_refused() -> None:
    contents = replace(leaf_contents(SERVER, "api.example"), key_usage=("keyEncipherment",))

    with pytest.raises(IssuingError, match="This key can do nothing"):
        root().issue(contents, KEY)


def foreign_root(folder: Path, *options: str) -> Authority:
    """A root that was made by openssl."""
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-noenc", "-keyout", folder / "ca.key",
        "-out", folder / "ca.crt", "-days", "3000", *options,
    )  # fmt: skip
    key = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), None)
    certificate = x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes())
    return Authority(certificate, key)  # type: ignore[arg-type] # RSA


def foreign_root_with_mask(folder: Path, mask: str) -> Authority:
    """A root whose name is not ASCII, in one of the encodings of ASN.1."""
    (folder / "ca.cnf").write_text(
        f"[req]\nstring_mask={mask}\ndistinguished_name=dn\nx509_extensions=ca\nprompt=no\n"
        "utf8=yes\n[dn]\nC=DE\nO=Bücher & Söhne\nCN=Own  CA\n"
        "[ca]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n"
        "subjectKeyIdentifier=hash\n"
    )
    return foreign_root(folder, "-config", str(folder / "ca.cnf"))


@pytest.mark.parametrize("mask", ["utf8only", "MASK:0x0800"])
def test_an_issuer_made_by_openssl_is_found_whatever_its_name_is_encoded_in(
    mask: str, tmp_path: Path
) -> None:
    top = foreign_root_with_mask(tmp_path, mask)
    now = datetime.now(UTC)
    contents = replace(
        leaf_contents(SERVER, "api.example"),
        validity=validity(now, 30, issuer=issuing.validity_of(top.certificate)),
    )
    leaf = top.issue(contents, KEY)
    (tmp_path / "leaf.crt").write_bytes(leaf.public_bytes(serialization.Encoding.PEM))

    said = openssl("verify", "-x509_strict", "-CAfile", tmp_path / "ca.crt", tmp_path / "leaf.crt")

    assert said.stdout.strip().endswith("OK")
    raw_name = top.certificate.subject.public_bytes()
    assert raw_name in top.certificate.public_bytes(serialization.Encoding.DER)
    assert raw_name in leaf.public_bytes(serialization.Encoding.DER)


def test_an_issuer_whose_name_cannot_be_written_again_issues_nothing(tmp_path: Path) -> None:
    latin1_in_a_teletex_string = foreign_root_with_mask(tmp_path, "nombstr")

    error = refused(latin1_in_a_teletex_string, leaf_contents(SERVER, "api.example"))

    assert "subject" in error.detail


def test_the_authority_key_identifier_is_the_issuers_own_however_it_was_made() -> None:
    top = root()
    identifier = x509.SubjectKeyIdentifier(b"own identifier")
    odd = (
        x509.CertificateBuilder()
        .subject_name(top.certificate.subject)
        .issuer_name(top.certificate.subject)
        .public_key(top.key.public_key())
        .serial_number(1)
        .not_valid_before(top.certificate.not_valid_before_utc)
        .not_valid_after(top.certificate.not_valid_after_utc)
        .add_extension(x509.BasicConstraints(True, None), critical=True)
        .add_extension(identifier, critical=False)
        .sign(top.key, keys.signature_hash(top.key))
    )

    leaf = replace(top, certificate=odd).issue(leaf_contents(SERVER, "a.example"), KEY)

    assert extension(leaf, x509.AuthorityKeyIdentifier).value.key_identifier == b"own identifier"


def refused(issuer: Authority, contents: Contents) -> IssuingError:
    with pytest.raises(IssuingError) as caught:
        issuer.issue(contents, KEY)
    assert caught.value.remedy
    return caught.value


def test_an_end_entity_certificate_issues_nothing() -> None:
    leaf = root().issue(leaf_contents(SERVER, "api.example"), KEY)

    error = refused(Authority(leaf, KEY), leaf_contents(SERVER, "x.example"))

    assert "cannot issue" in error.title


def test_an_authority_without_key_cert_sign_issues_nothing() -> None:
    top = root()
    builder = (
        x509.CertificateBuilder()
        .subject_name(top.certificate.subject)
        .issuer_name(top.certificate.subject)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=900))
        .add_extension(x509.BasicConstraints(True, None), critical=True)
        .add_extension(extension(top.issue(leaf_contents(SERVER, "a.b"), KEY), x509.KeyUsage).value,
                       critical=True)
    )  # fmt: skip
    authority = Authority(builder.sign(KEY, keys.signature_hash(KEY)), KEY)

    assert "keyCertSign" in refused(authority, leaf_contents(SERVER, "x.example")).detail


def test_the_key_of_another_authority_is_noticed() -> None:
    top = root()

    error = refused(replace(top, key=KEY), leaf_contents(SERVER, "api.example"))

    assert "does not match" in error.title


@pytest.mark.parametrize(
    ("above", "below", "allowed"),
    [
        (None, None, True),
        (None, 3, True),
        (2, 1, True),
        (2, 2, False),
        (2, None, False),
        (1, 0, True),
        (0, 0, False),
        (0, None, False),
    ],
)
def test_the_path_length_shrinks_downwards(
    above: int | None, below: int | None, allowed: bool
) -> None:
    top = root(ca_contents(path_length=above))
    contents = ca_contents("Below", days=900, path_length=below)

    if allowed:
        middle = Authority(top.issue(contents, KEY), KEY)
        leaf = middle.issue(leaf_contents(SERVER, "api.example"), KEY)
        assert store_verify(leaf, top.certificate, [middle.certificate]) == ""
    else:
        assert "path length" in str(refused(top, contents)).lower()


def test_a_certificate_does_not_outlive_its_issuer() -> None:
    top = root(ca_contents(days=30))

    error = refused(top, leaf_contents(SERVER, "api.example"))

    assert "outlive" in error.title
    assert "2026-12-23" in error.detail


def test_an_expired_authority_issues_nothing() -> None:
    top = root(ca_contents(days=30))
    later = NOW + timedelta(days=60)
    contents = replace(
        leaf_contents(SERVER, "api.example"),
        validity=validity(later, 90, issuer=issuing.validity_of(top.certificate)),
    )

    assert "expired" in refused(top, contents).title


def test_names_outside_the_constraints_are_refused() -> None:
    limits = NameConstraints((Subtree(NameKind.DNS, "example.com"),))
    top = root(ca_contents(constraints=limits))

    error = refused(top, leaf_contents(SERVER, "api.example.com api.example.org"))

    assert "api.example.org" in error.title
    assert "example.com" in error.detail


@pytest.mark.parametrize(
    ("common_name", "names", "allowed"),
    [
        ("api.example.org", "", False),
        ("api.example.com", "", True),
        ("Alice", "", True),
        ("A. Person", "", True),
        ("api.example.org", "api.example.com", True),  # clients look at the names only
    ],
)
def test_a_common_name_that_clients_take_for_a_host_is_held_to_the_constraints(
    common_name: str, names: str, allowed: bool, tmp_path: Path
) -> None:
    limits = NameConstraints((Subtree(NameKind.DNS, "example.com"),))
    top = root(ca_contents(constraints=limits))
    contents = leaf_contents(BUILT_IN["client"], names, common_name=common_name)

    if allowed:
        assert openssl_verify(tmp_path, top.issue(contents, KEY), top.certificate) == ""
    else:
        assert common_name in refused(top, contents).title


def test_a_mail_address_in_the_subject_is_held_to_the_constraints() -> None:
    top = root(ca_contents(constraints=NameConstraints((Subtree(NameKind.EMAIL, "example.com"),))))
    subject = x509.Name([x509.NameAttribute(NameOID.EMAIL_ADDRESS, "a@example.org")])
    contents = replace(leaf_contents(BUILT_IN["client"], ""), subject=subject)

    assert "a@example.org" in refused(top, contents).title


def test_an_authority_for_servers_issues_for_no_clients() -> None:
    top = root()
    for_servers = replace(ca_contents("For servers", days=900), extended_key_usage=("serverAuth",))
    middle = intermediate(top, for_servers)
    server = middle.issue(leaf_contents(SERVER, "api.example"), KEY)

    assert store_verify(server, top.certificate, [middle.certificate]) == ""
    error = refused(middle, leaf_contents(BUILT_IN["client"], "api.example"))
    assert "clientAuth" in error.title


def test_an_authority_for_any_purpose_issues_for_all() -> None:
    anything = replace(ca_contents("Any", days=900), extended_key_usage=("anyExtendedKeyUsage",))

    assert intermediate(root(), anything).issue(leaf_contents(SERVER, "api.example"), KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"subject": x509.Name([]), "names": ()},
        {"subject": x509.Name([]), "is_ca": True, "key_usage": CA_USAGE},
        {"is_ca": True, "key_usage": ("cRLSign",)},
        {"key_usage": ("keyCertSign", "digitalSignature")},
        {"crl_urls": ("http://crl.bücher.example/",)},
        {"ocsp_urls": ("not an address",)},
    ],
)
def test_what_no_certificate_may_say_is_refused(change: dict[str, object]) -> None:
    good = leaf_contents(SERVER, "api.example", common_name="api")
    contents = replace(good, **change)  # type: ignore[arg-type] # fields of several types

    refused(root(), contents)
    with pytest.raises(IssuingError):
        issuing.self_sign(contents, KEY, serial=1)


def test_a_self_signed_certificate_has_a_subject() -> None:
    with pytest.raises(IssuingError, match="subject"):
        issuing.self_sign(leaf_contents(SERVER, "api.example"), KEY, serial=1)


def test_a_self_signed_certificate_serves_those_who_trust_it(tmp_path: Path) -> None:
    contents = leaf_contents(SERVER, "localhost 127.0.0.1", common_name="localhost")
    certificate = issuing.self_sign(contents, KEY, serial=issuing.random_serial())

    assert certificate.issuer == certificate.subject
    options = ["-purpose", "sslserver", "-verify_ip", "127.0.0.1"]
    assert openssl_verify(tmp_path, certificate, certificate, (), options) == ""


def test_a_key_that_signs_wrongly_is_noticed() -> None:
    """As a faulty token does: it says that it is one key and signs with another."""

    class FaultyKey(ec.EllipticCurvePrivateKey):
        inner = ec.generate_private_key(ec.SECP256R1())
        other = ec.generate_private_key(ec.SECP256R1())
        curve = ec.SECP256R1()
        key_size = 256

        def public_key(self) -> ec.EllipticCurvePublicKey:
            return self.inner.public_key()

        def sign(
            self, data: object, signature_algorithm: ec.EllipticCurveSignatureAlgorithm
        ) -> bytes:
            assert isinstance(data, bytes)
            return self.other.sign(data, signature_algorithm)

        def exchange(self, algorithm: object, peer_public_key: object) -> bytes:
            raise NotImplementedError

        def private_numbers(self) -> ec.EllipticCurvePrivateNumbers:
            raise NotImplementedError

        def private_bytes(self, *arguments: object) -> bytes:
            raise NotImplementedError

        def __copy__(self) -> "FaultyKey":
            return self

        def __deepcopy__(self, memo: object) -> "FaultyKey":
            return self

    with pytest.raises(IssuingError, match="signature came out wrong"):
        issuing.self_sign(ca_contents(), FaultyKey(), serial=1)


moments = st.datetimes(
    datetime(2000, 1, 1),
    datetime(2200, 1, 1),
    timezones=st.just(UTC),
)


@given(moments, st.integers(1, 36500))
def test_a_validity_lasts_the_days_asked_for_both_ends_included(now: datetime, days: int) -> None:
    made = validity(now, days)

    assert made.not_after - made.not_before == timedelta(days=days) - timedelta(seconds=1)
    assert made.days == days
    assert made.not_before <= now < made.not_after
    assert made.not_before.microsecond == 0


@given(moments, st.integers(1, 5000), st.integers(0, 5000), st.integers(1, 5000))
def test_a_validity_is_cut_to_the_issuers(now: datetime, age: int, passed: int, days: int) -> None:
    issuer = validity(now, age)
    later = now + timedelta(hours=passed)
    made = validity(later, days, issuer=issuer)

    assert made.not_after <= issuer.not_after
    assert made.not_before >= issuer.not_before


def test_a_validity_beyond_all_dates_has_no_end() -> None:
    assert validity(NOW, 10**7).not_after == issuing.NO_END
    top = root(replace(ca_contents(), validity=validity(NOW, 10**7)))
    assert issuing.validity_of(top.certificate).not_after == issuing.NO_END


@pytest.mark.parametrize("year", [2049, 2050, 2051])
def test_dates_around_2050_are_encoded_as_openssl_reads_them(year: int, tmp_path: Path) -> None:
    """RFC 5280, section 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050."""
    end = datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC)
    top = root(replace(ca_contents(), validity=Validity(NOW, end)))
    path = tmp_path / "root.pem"
    path.write_bytes(top.certificate.public_bytes(serialization.Encoding.PEM))

    said = openssl("x509", "-in", path, "-noout", "-enddate").stdout
    assert f"Dec 31 23:59:59 {year} GMT" in said
    assert openssl_verify(tmp_path, top.certificate, top.certificate) == ""


@given(st.binary(min_size=20, max_size=20).filter(any))
def test_serials_are_positive_and_fit_twenty_octets(octets: bytes) -> None:
    serials = iter([bytes(20), octets, b"\xff" * 20])
    serial = issuing.random_serial(lambda _size: next(serials))

    assert 0 < serial < 2**159
    assert len(serial.to_bytes(serial.bit_length() // 8 + 1, "big")) <= 20


def test_serials_do_not_repeat() -> None:
    assert len({issuing.random_serial() for _ in range(1000)}) == 1000


def test_an_issuer_that_cannot_be_read_as_a_whole_issues_nothing() -> None:
    top = root()
    der = bytearray(top.certificate.public_bytes(serialization.Encoding.DER))
    usage = der.index(bytes.fromhex("0603551d0f0101ff0404"))
    der[usage + 10] = 0x04  # keyUsage is no longer a BIT STRING
    broken = x509.load_der_x509_certificate(bytes(der))

    error = refused(Authority(broken, top.key), leaf_contents(SERVER, "api.example"))

    assert "cannot be read" in error.title


def test_the_strict_verifier_accepts_an_intermediate_with_constraints() -> None:
    limits = NameConstraints((Subtree(NameKind.DNS, "example.com"),))
    top = root(ca_contents(path_length=1))
    middle = intermediate(top, ca_contents("Inner", days=900, path_length=0, constraints=limits))
    leaf = middle.issue(leaf_contents(SERVER, "api.example.com"), KEY)
    (name,) = named("api.example.com")

    assert (
        webpki_verify(leaf, top.certificate, [middle.certificate], server=name.general_name()) == ""
    )
