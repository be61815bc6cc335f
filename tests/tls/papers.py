"""A small world of certificates, good and bad, that is valid by the real clock."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from mtlsgui.pki import issuing, keys
from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.pki.issuing import Contents, Validity
from mtlsgui.pki.keys import KeyAlgorithm, PrivateKey
from mtlsgui.pki.names import Subject, accepted, parse_names
from mtlsgui.tls.question import Identity, Trust

NOW = datetime.now(UTC)
HOST = "good.test"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Paper:
    """A certificate with its key and what is sent with it."""

    certificate: x509.Certificate
    key: PrivateKey = field(repr=False)
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def facts(self) -> CertificateFacts:
        return facts_of(self.certificate)

    def identity(self, *above: Paper) -> Identity:
        return Identity(
            self.facts,
            self.key,
            tuple(map(facts_of, self.chain)),
            tuple(each.facts for each in above),
            name=self.facts.common_name or "",
        )

    def write(self, directory: Path) -> tuple[Path, Path]:
        """Full chain and key as PEM files."""
        directory.mkdir(parents=True, exist_ok=True)
        chain, key = directory / "chain.pem", directory / "key.pem"
        chain.write_bytes(b"".join(map(pem, (self.certificate, *self.chain))))
        key.write_bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return chain, key


@dataclass(frozen=True)
class RawPaper(Paper):
    """A paper that sends other bytes than `certificate` and `chain`: DER, its own first."""

    sent: tuple[bytes, ...] = ()

    def write(self, directory: Path) -> tuple[Path, Path]:
        chain, key = super().write(directory)
        chain.write_text("".join(map(ssl.DER_cert_to_PEM_cert, self.sent)))
        return chain, key


def of_version_5(certificate: x509.Certificate, key: PrivateKey) -> bytes:
    """The certificate as one of version 5, signed by a P-256 key: OpenSSL takes it, few others."""
    tbs = bytearray(certificate.tbs_certificate_bytes)
    at = tbs.index(b"\xa0\x03\x02\x01\x02")  # version [0] INTEGER 2, which is version 3
    tbs[at + 4] = 4
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    signature = key.sign(bytes(tbs), ec.ECDSA(hashes.SHA256()))
    algorithm = b"\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02"  # ecdsa-with-SHA256
    return _tlv(0x30, bytes(tbs) + algorithm + _tlv(0x03, b"\0" + signature))


def _tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 0x80 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + length + content


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    return read_certificate(certificate.public_bytes(Encoding.DER))


def contents(
    name: str,
    *,
    start: float = -1,
    end: float = 90,
    names: str = "",
    usage: tuple[str, ...] = (),
    is_ca: bool = False,
) -> Contents:
    """start, end: days from now."""
    return Contents(
        Subject(common_name=name, organization="Tests").name(),
        Validity(
            (NOW + start * DAY).replace(microsecond=0), (NOW + end * DAY).replace(microsecond=0)
        ),
        names=tuple(accepted(parse_names(names))),
        key_usage=("keyCertSign", "cRLSign") if is_ca else ("digitalSignature",),
        extended_key_usage=usage,
        is_ca=is_ca,
    )


def root(name: str) -> Paper:
    key = keys.generate(KeyAlgorithm.P256)
    made = issuing.self_sign(
        contents(name, start=-400, end=3650, is_ca=True), key, serial=issuing.random_serial()
    )
    return Paper(made, key)


def signed(what: Contents, by: Paper, *, sends: tuple[Paper, ...] = ()) -> Paper:
    key = keys.generate(KeyAlgorithm.P256)
    made = issuing.issue(
        what,
        key.public_key(),
        issuer=by.certificate,
        issuer_key=by.key,
        serial=issuing.random_serial(),
    )
    return Paper(made, key, tuple(each.certificate for each in sends))


def self_signed(what: Contents) -> Paper:
    key = keys.generate(KeyAlgorithm.P256)
    return Paper(issuing.self_sign(what, key, serial=issuing.random_serial()), key)


def revocation_list(issuer: Paper, *revoked: Paper) -> x509.CertificateRevocationList:
    """Of this hour, and good for a month."""
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(NOW - timedelta(hours=1))
        .next_update(NOW + 30 * DAY)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()),
            critical=False,
        )
    )
    for paper in revoked:
        entry = x509.RevokedCertificateBuilder()
        entry = entry.serial_number(paper.certificate.serial_number)
        made = made.add_revoked_certificate(entry.revocation_date(NOW - DAY).build())
    return made.sign(issuer.key, hashes.SHA256())


class World:
    """Two roots, one intermediate, and end-entity certificates by what is wrong with them."""

    def __init__(self) -> None:
        self.root = root("Test Root")
        self.other_root = root("Other Root")
        self.intermediate = signed(
            contents("Test Issuing CA", start=-300, end=1800, is_ca=True), self.root
        )
        self.servers = {
            "good": self._server(),
            "expired": self._server(start=-30, end=-2),
            "not_yet_valid": self._server(start=5, end=30),
            "other_name": self._server(names="other.test"),
            "wrong_usage": self._server(usage=("clientAuth",)),
            "wrong_ca": self._server(by=self.other_root, sends=()),
            "no_intermediate": self._server(sends=()),
            "self_signed": self_signed(
                contents("self", names=f"{HOST} 127.0.0.1", usage=("serverAuth",))
            ),
            "everything": self._server(
                start=-30, end=-2, names="other.test", usage=("clientAuth",)
            ),
        }
        self.clients = {
            "good": self._client(),
            "expired": self._client(start=-30, end=-2),
            "not_yet_valid": self._client(start=5, end=30),
            "wrong_usage": self._client(usage=("serverAuth",)),
            "wrong_ca": self._client(by=self.other_root, sends=()),
            "no_intermediate": self._client(sends=()),
            "self_signed": self_signed(contents("self", usage=("clientAuth",))),
            "revoked": self._client(),
        }
        self.crls = (
            revocation_list(self.root),
            revocation_list(self.intermediate, self.clients["revoked"]),
        )

    def identity(self, name: str) -> Identity | None:
        """As the inventory knows it: with all issuers, whether they are sent or not."""
        if name == "none":
            return None
        paper = self.clients[name]
        if name == "self_signed":
            return paper.identity()
        above = (self.other_root,) if name == "wrong_ca" else (self.intermediate, self.root)
        return replace(paper.identity(*above), revoked=name == "revoked")

    @property
    def trust(self) -> Trust:
        return Trust(
            anchors=(self.root.facts,),
            known=(self.root.facts, self.intermediate.facts),
        )

    def _server(
        self,
        names: str = f"{HOST} 127.0.0.1",
        usage: tuple[str, ...] = ("serverAuth",),
        *,
        by: Paper | None = None,
        sends: tuple[Paper, ...] | None = None,
        start: float = -1,
        end: float = 90,
    ) -> Paper:
        what = contents("the server", start=start, end=end, names=names, usage=usage)
        issuer = by or self.intermediate
        return signed(what, issuer, sends=(issuer,) if sends is None else sends)

    def _client(
        self,
        usage: tuple[str, ...] = ("clientAuth",),
        *,
        by: Paper | None = None,
        sends: tuple[Paper, ...] | None = None,
        start: float = -1,
        end: float = 90,
    ) -> Paper:
        what = contents("the client", start=start, end=end, names="a@client.test", usage=usage)
        issuer = by or self.intermediate
        return signed(what, issuer, sends=(issuer,) if sends is None else sends)


@cache
def world() -> World:
    """The same for all tests: making it takes a while."""
    return World()
