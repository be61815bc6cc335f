"""What benchmarks work on: workspaces of any size, and real certificates in a heap."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.inventory.records import NewCertificate
from mtlsgui.vault.base import Vault
from mtlsgui.vault.file_vault import FileVault
from mtlsgui.vault.vault_file import ScryptCost
from mtlsgui.workspace.workspace import Workspace

NOW = datetime.now(UTC).replace(microsecond=0)


class CheapVaults:
    """File vaults of the least scrypt cost, which is paid on opening and not measured here."""

    def keyring(self, _workspace_id: str, _backend: str | None) -> tuple[Vault, str]:
        raise AssertionError("benchmarks leave the person's keyring alone")

    def create_file(self, path: Path, passphrase: str) -> Vault:
        return FileVault.create(path, passphrase, cost=ScryptCost(14))

    def open_file(self, path: Path, passphrase: str) -> Vault:
        return FileVault.open(path, passphrase)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="mtlsgui-bench-")


def folder() -> Path:
    """A folder that goes with the process."""
    return Path(_folder().name)


@contextmanager
def workspace() -> Iterator[Workspace]:
    """A new, empty one with an open vault."""
    with tempfile.TemporaryDirectory(dir=folder()) as directory:
        ws = Workspace.open(Path(directory), CheapVaults(), actor="bench@here")
        with ws:
            ws.custody.set_up("file", "passphrase of a benchmark")
            yield ws


@cache
def filled(number: int) -> Path:
    """The folder of a workspace with one root and `number` certificates below it."""
    directory = folder() / f"filled-{number}"
    with Workspace.open(directory, CheapVaults(), actor="bench@here") as ws:
        if number:
            root = ws.inventory.certificates.add(_row(0, None))
            ws.inventory.certificates.add_many(_row(at, root) for at in range(1, number + 1))
    return directory


def _row(number: int, issuer_id: int | None) -> NewCertificate:
    """As the inventory keeps a certificate of some 700 bytes; nobody waits for 100,000 to be
    signed.
    """
    is_ca = issuer_id is None
    name = "Benchmark Root" if is_ca else f"host-{number}.example.internal"
    digest = hashlib.sha256(f"{number}".encode()).hexdigest()
    return NewCertificate(
        der=digest.encode() * 11,
        fingerprint=digest,
        subject=f"CN={name},O=Example",
        issuer="CN=Benchmark Root,O=Example",
        subject_der=name.encode(),
        issuer_der=b"Benchmark Root",
        serial=digest[:40],
        not_before=NOW - timedelta(days=30),
        not_after=NOW + timedelta(days=3000 if is_ca else number % 300 - 5),
        kind="root_ca" if is_ca else ("server", "client", "peer")[number % 3],
        is_ca=is_ca,
        self_signed=is_ca,
        key_label="ECDSA P-256",
        spki_sha256=digest,
        source="imported",
        common_name=name,
        san=() if is_ca else (f"dns:{name}",),
        issuer_id=issuer_id,
    )


@cache
def heap(number: int) -> Path:
    """One PEM file: a root and `number` certificates that it signed, each of a key of its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    path = folder() / f"heap-{number}.pem"
    with path.open("wb") as file:
        file.write(_signed("Heap Root", key.public_key(), key, None))
        for at in range(number):
            own = ec.generate_private_key(ec.SECP256R1()).public_key()
            file.write(_signed(f"host-{at}.example.internal", own, key, f"alt-{at}.internal"))
    return path


def _signed(
    name: str,
    public_key: ec.EllipticCurvePublicKey,
    key: ec.EllipticCurvePrivateKey,
    alt: str | None,
) -> bytes:
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name("Heap Root"))
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=90))
        .add_extension(x509.BasicConstraints(ca=alt is None, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )
    if alt is not None:
        names = x509.SubjectAlternativeName([x509.DNSName(name), x509.DNSName(alt)])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Example"),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name),
        ]
    )
