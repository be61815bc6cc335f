"""Files and certificates for the tests of the inspector and of the page of dropped files."""

import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtensionOID, NameOID

from tests.gui.authorities_support import NOW

PASSPHRASE = "river oak lantern seven"
TURNED = "pay\u202elanretni.ssap"
"""Reads as another name where the character that turns text round is obeyed."""

Key = ec.EllipticCurvePrivateKey


def new_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


def certificate(
    common_name: str,
    key: Key,
    issuer: x509.Certificate | None = None,
    issuer_key: Key | None = None,
    *,
    is_ca: bool = False,
    names: Sequence[x509.GeneralName] = (),
    broken_usage: bool = False,
    days: int = 90,
) -> x509.Certificate:
    """A certificate made by hand. An empty common name leaves the subject empty.

    broken_usage: its extended key usage cannot be decoded.
    """
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)] if common_name else []
    subject = x509.Name(attributes)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer is not None else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(NOW + timedelta(days=days))
        .add_extension(x509.BasicConstraints(is_ca, 0 if is_ca and issuer else None), True)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), False)
    if broken_usage:
        junk = x509.UnrecognizedExtension(ExtensionOID.EXTENDED_KEY_USAGE, b"\x30\x03junk")
        builder = builder.add_extension(junk, False)
    return builder.sign(issuer_key or key, hashes.SHA256())


def pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates)


class Files:
    """A server with its key, its chain in other files, and things that do not belong to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root_key, self.ca_key, self.key = new_key(), new_key(), new_key()
        self.root = certificate("Lab Root", self.root_key, is_ca=True, days=3650)
        self.ca = certificate(
            "Lab Issuing", self.ca_key, self.root, self.root_key, is_ca=True, days=1800
        )
        self.leaf = certificate(
            "www.lab.test", self.key, self.ca, self.ca_key, names=[x509.DNSName("www.lab.test")]
        )

    def write(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def server(self) -> Path:
        return self.write("server.txt", pem(self.leaf))

    def chain(self) -> Path:
        return self.write("chain.pem", pem(self.ca))

    def whole(self) -> Path:
        return self.write("whole.pem", pem(self.leaf, self.ca, self.root))

    def private_key(self, passphrase: str = "") -> Path:
        protection = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        data = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)
        return self.write("key.bin", data)

    def pkcs12(self, passphrase: str = PASSPHRASE) -> Path:
        key = new_key()
        made = certificate("old.lab.test", key)
        data = pkcs12.serialize_key_and_certificates(
            b"old", key, made, None, BestAvailableEncryption(passphrase.encode())
        )
        return self.write("old.pfx", data)

    def broken(self) -> Path:
        return self.write("broken.pem", pem(self.leaf)[:300])

    def noise(self) -> Path:
        return self.write("holiday.jpg", bytes(range(256)) * 8)

    def request(self) -> Path:
        """Made by openssl; its key is thrown away."""
        path = self.folder / "new.csr"
        subprocess.run(
            [
                *("openssl", "req", "-new", "-newkey", "ec"),
                *("-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
                *("-keyout", str(self.folder / "thrown.away"), "-out", str(path)),
                *("-subj", "/CN=new.lab.test", "-addext", "subjectAltName=DNS:new.lab.test"),
            ],
            check=True,
            capture_output=True,
        )
        return path

    def crl(self) -> Path:
        revoked = x509.RevokedCertificateBuilder(
            serial_number=self.leaf.serial_number, revocation_date=datetime(2026, 11, 1, tzinfo=UTC)
        ).build()
        made = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.ca.subject)
            .last_update(NOW)
            .next_update(NOW + timedelta(days=7))
            .add_extension(x509.CRLNumber(4), False)
            .add_revoked_certificate(revoked)
            .sign(self.ca_key, hashes.SHA256())
        )
        return self.write("lab.crl", made.public_bytes(Encoding.DER))

    def everything(self) -> list[Path]:
        return [
            self.server(),
            self.private_key(),
            self.chain(),
            self.pkcs12(),
            self.broken(),
            self.request(),
            self.crl(),
            self.noise(),
        ]

    def secrets(self) -> list[str]:
        """Private values as they could leak: the PEM body's lines, the number in two forms."""
        value = self.key.private_numbers().private_value
        body = self.private_key().read_text().splitlines()[1:-1]
        return [*body, f"{value:x}", str(value), PASSPHRASE]
