"""Certificates of servers with faults that nothing of ours would issue, and what goes with them."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from mtlsgui.pki import der, issuing, keys, usages
from mtlsgui.pki.keys import KeyAlgorithm, PrivateKey
from tests.tls.papers import DAY, HOST, NOW, Paper, world

SERVER = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
CLIENT = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
_ENCIPHERS = usages.key_usage(("keyEncipherment",))
MUST_STAPLE = x509.TLSFeature([x509.TLSFeatureType.status_request])


def made(
    name: str,
    by: Paper | None = None,
    *extensions: x509.ExtensionType,
    host: str = HOST,
    key: PrivateKey | None = None,
    start: float = -1,
    end: float = 90,
    ca: bool = False,
    path_length: int | None = None,
    sends: tuple[Paper, ...] = (),
) -> Paper:
    """A certificate as it is asked for, right or wrong. by: its issuer; itself where there is none.

    start, end: days from now. host: its DNS name, none where it is empty.
    """
    own = key or keys.generate(KeyAlgorithm.P256)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    signer = by.key if by else own
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(own.public_key())
        .serial_number(issuing.random_serial())
        .not_valid_before(_day(start))
        .not_valid_after(_day(end))
        .add_extension(x509.BasicConstraints(ca, path_length if ca else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    if not ca and host:
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        builder = builder.add_extension(names, critical=False)
    for each in extensions:
        builder = builder.add_extension(each, critical=isinstance(each, x509.NameConstraints))
    certificate = builder.sign(signer, hashes.SHA256())
    return Paper(certificate, own, tuple(each.certificate for each in sends))


def by_sha1(paper: Paper, issuer: Paper) -> Paper:
    """The same, signed again with a hash that `cryptography` does not sign certificates with."""
    algorithm = der.encode(der.SEQUENCE, der.encode_oid("1.2.840.10045.4.1"))  # ecdsa-with-SHA1
    fields = der.read(paper.certificate.tbs_certificate_bytes).children()
    parts = [each.encoded for each in fields]
    parts[2] = algorithm
    body = der.encode(der.SEQUENCE, *parts)
    assert isinstance(issuer.key, ec.EllipticCurvePrivateKey)
    signature = issuer.key.sign(body, ec.ECDSA(hashes.SHA1()))  # noqa: S303 - weak on purpose
    bits = der.encode(der.BIT_STRING, b"\0" + signature)
    encoded = der.encode(der.SEQUENCE, body, algorithm, bits)
    return Paper(x509.load_der_x509_certificate(encoded), paper.key, paper.chain)


def _day(number: float) -> datetime:
    return (NOW + number * DAY).replace(microsecond=0)


def small_rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 1024)  # noqa: S505 - weak on purpose


def crl(
    issuer: Paper,
    *revoked: Paper,
    age: timedelta = timedelta(hours=1),
    lasts: timedelta = 7 * DAY,
    reason: x509.ReasonFlags = x509.ReasonFlags.key_compromise,
    signer: Paper | None = None,
    extension: x509.ExtensionType | None = None,
) -> bytes:
    """A revocation list in DER, made `age` ago, in force for as long as it `lasts`."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(NOW - age)
        .next_update(NOW - age + lasts)
    )
    if extension is not None:
        builder = builder.add_extension(extension, critical=True)
    for paper in revoked:
        entry = (
            x509.RevokedCertificateBuilder()
            .serial_number(paper.certificate.serial_number)
            .revocation_date(NOW - 2 * DAY)
            .add_extension(x509.CRLReason(reason), critical=False)
        )
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign((signer or issuer).key, hashes.SHA256()).public_bytes(Encoding.DER)


def staple(
    of: Paper,
    issuer: Paper,
    *,
    status: ocsp.OCSPCertStatus = ocsp.OCSPCertStatus.GOOD,
    age: timedelta = timedelta(hours=1),
    lasts: timedelta = DAY,
    signer: Paper | None = None,
) -> bytes:
    """An OCSP response in DER. signer: its responder, where that is not the issuer itself."""
    revoked = status is ocsp.OCSPCertStatus.REVOKED
    responder = signer or issuer
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            of.certificate,
            issuer.certificate,
            hashes.SHA1(),  # noqa: S303 - names the issuer, as responders do
            status,
            NOW - age,
            NOW - age + lasts,
            NOW - 2 * DAY if revoked else None,
            x509.ReasonFlags.superseded if revoked else None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, responder.certificate)
    )
    if signer is not None:
        builder = builder.certificates([signer.certificate])
    return builder.sign(responder.key, hashes.SHA256()).public_bytes(Encoding.DER)


def faulty() -> dict[str, Paper]:
    """Servers by what is wrong with them, beside those of `world().servers`."""
    top, middle = world().root, world().intermediate
    second = made("Second Issuing CA", middle, ca=True, end=80)
    stranger = world().other_root
    clients_only = made("Clients' CA", top, CLIENT, ca=True)
    bounded = made(
        "Bounded CA",
        top,
        x509.NameConstraints([x509.DNSName("elsewhere.test")], None),
        ca=True,
    )
    last = made("Last CA", top, ca=True, path_length=0)
    below = made("CA below the last", last, ca=True)
    old = made("Old CA", top, ca=True, start=-90, end=-3)
    no_ca = made("No CA", middle, SERVER)
    deep = (second, middle)
    return {
        "disordered": made("server", second, SERVER, sends=(middle, second)),
        "superfluous": made("server", second, SERVER, sends=(*deep, stranger, stranger, top)),
        "strangers": made("server", middle, SERVER, sends=(middle, *[stranger] * 200)),
        "no_upper": made("server", second, SERVER, sends=(second,)),
        "weak_key": made("server", middle, SERVER, key=small_rsa(), sends=(middle,)),
        "sha1": by_sha1(made("server", middle, SERVER, sends=(middle,)), middle),
        "ca_for_clients": made("server", clients_only, SERVER, sends=(clients_only,)),
        "issued_by_no_ca": made("server", no_ca, SERVER, sends=(no_ca, middle)),
        "outside_constraints": made("server", bounded, SERVER, sends=(bounded,)),
        "too_deep": made("server", below, SERVER, sends=(below, last)),
        "expired_ca": made("server", old, SERVER, sends=(old,)),
        "must_staple": made("server", middle, SERVER, MUST_STAPLE, sends=(middle,)),
        "root_sent": made("server", stranger, SERVER, sends=(stranger,)),
        "ca_as_server": made("CA", middle, SERVER, ca=True, sends=(middle,)),
        "no_signing": made("server", middle, SERVER, _ENCIPHERS, sends=(middle,)),
        "no_names": made("server", middle, SERVER, host="", sends=(middle,)),
    }
