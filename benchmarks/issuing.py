"""Issuing P-256 server certificates: inventory, journal and vault included.

Beside it what one would write without mtlsgui: two `openssl` commands a certificate. And the bare
making of key, certificate and signature in the same library, which is the floor.
The rates of CPU time leave out what waiting for the disk takes (a commit that survives a power
cut waits for it); "wall" is what a person sees, on a machine that does nothing else.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from benchmarks.material import NOW, workspace
from benchmarks.measure import Figure, Spent, process_spent, spending
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.workspace import authorities, issuing
from mtlsgui.workspace.drafts import AuthorityDraft, CertificateDraft

ONE_BY_ONE, BULK, WITH_OPENSSL, BARE = 500, 2_000, 50, 1_000


def run() -> Iterator[Figure]:
    """Certificates a second, one by one and in bulk."""
    openssl, bare = _openssl(), _bare()
    peer = "openssl req + x509" if openssl else "openssl is not installed"
    with workspace() as ws:
        root = authorities.create(
            ws, AuthorityDraft(Subject(common_name="Root"), KeyAlgorithm.P256, path_length=1)
        )
        middle = authorities.create(
            ws,
            AuthorityDraft(
                Subject(common_name="Issuing"), KeyAlgorithm.P256, 1825, 0, parent_id=root.id
            ),
        )

        def draft(number: int) -> CertificateDraft:
            return CertificateDraft(BUILT_IN["server"], middle.id, f"web-{number}.example.internal")

        with spending() as single:
            for number in range(ONE_BY_ONE):
                issuing.issue(ws, draft(number))
        with spending() as bulk:
            issuing.issue_many(ws, [draft(ONE_BY_ONE + number) for number in range(BULK)])
    for what, spent, number in (
        ("issue one by one", single, ONE_BY_ONE),
        (f"issue {BULK:,} in bulk", bulk, BULK),
    ):
        cpu, wall = number / spent.cpu, number / spent.wall
        theirs = WITH_OPENSSL / openssl.cpu if openssl else None
        yield Figure(f"{what}, CPU", cpu, "1/s", peer, theirs)
        theirs = WITH_OPENSSL / openssl.wall if openssl else None
        yield Figure(f"{what}, wall", wall, "1/s", peer, theirs)
        yield Figure(f"{what}, CPU", cpu, "1/s", "bare key and signature", BARE / bare.cpu)


def _openssl() -> Spent | None:
    """Key and request, then the certificate: as tutorials have it. Keeps no inventory."""
    if shutil.which("openssl") is None:
        return None
    total = Spent()
    new_key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = f"openssl req -x509 {new_key} -subj /CN=Root -keyout ca.key -out ca.pem"
        process_spent(root.split(), folder)
        for number in range(WITH_OPENSSL):
            host = f"web-{number}.example.internal"
            for command in (
                f"openssl req -new {new_key} -subj /CN={host} -addext subjectAltName=DNS:{host}"
                f" -keyout {host}.key -out {host}.csr",
                f"openssl x509 -req -in {host}.csr -CA ca.pem -CAkey ca.key -days 90"
                f" -copy_extensions copy -out {host}.pem",
            ):
                spent = process_spent(command.split(), folder)
                total.cpu += spent.cpu
                total.wall += spent.wall
    return total


def _bare() -> Spent:
    """A key and a signed certificate in memory, and nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Root")])
    with spending() as spent:
        for number in range(BARE):
            host = f"web-{number}.example.internal"
            own = ec.generate_private_key(ec.SECP256R1())
            own.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
            (
                x509.CertificateBuilder()
                .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)]))
                .issuer_name(issuer)
                .public_key(own.public_key())
                .serial_number(x509.random_serial_number())
                .not_valid_before(NOW)
                .not_valid_after(NOW + timedelta(days=90))
                .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
                .sign(key, hashes.SHA256())
                .public_bytes(Encoding.DER)
            )
    return spent
