"""Workspaces for the tests and pictures of the main page: a lifelike one, and very large ones."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.inventory.records import CertificateRow, NewCertificate
from mtlsgui.pki import issuing, keys
from mtlsgui.pki.facts import read_certificate
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject, accepted, parse_names
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.vault.base import Vault
from mtlsgui.vault.file_vault import FileVault
from mtlsgui.vault.vault_file import ScryptCost
from mtlsgui.workspace import authorities, editing
from mtlsgui.workspace import issuing as use_cases
from mtlsgui.workspace.drafts import AuthorityDraft, CertificateDraft
from mtlsgui.workspace.storing import as_new
from mtlsgui.workspace.workspace import Workspace

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


class Clock:
    """A clock that stands until it is put."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class CheapVaults:
    """File vaults of the least scrypt cost; no keyring."""

    def keyring(self, workspace_id: str, backend: str | None) -> tuple[Vault, str]:
        raise AssertionError("these tests use no keyring")

    def create_file(self, path: Path, passphrase: str) -> Vault:
        return FileVault.create(path, passphrase, cost=ScryptCost(log_n=14))

    def open_file(self, path: Path, passphrase: str) -> Vault:
        return FileVault.open(path, passphrase)


def make_workspace(directory: Path, clock: Clock) -> Workspace:
    """An empty one with a vault that is open."""
    ws = Workspace.open(directory, CheapVaults(), clock=clock, actor="anna@desk")
    ws.custody.set_up("file", "correct horse")
    return ws


def authority(ws: Workspace, name: str, days: int, parent_id: int | None = None) -> CertificateRow:
    draft = AuthorityDraft(Subject(common_name=name), KeyAlgorithm.P256, days, parent_id=parent_id)
    return authorities.create(ws, draft)


def leaf(
    ws: Workspace, issuer_id: int, names: str, profile: str = "server", days: int = 90
) -> CertificateRow:
    draft = CertificateDraft(BUILT_IN[profile], issuer_id, names, days=days)
    return use_cases.issue(ws, draft)


def foreign(
    ws: Workspace, name: str, days: int, issued_by: str = "", profile: str = "server"
) -> int:
    """A certificate from elsewhere: a root without `issued_by`, else a leaf of that CA."""
    root_key = keys.generate(KeyAlgorithm.P256)
    contents = issuing.Contents(
        Subject(common_name=issued_by or name).name(),
        issuing.validity(ws.clock() - timedelta(days=365), days + 365),
        key_usage=("keyCertSign", "cRLSign"),
        is_ca=True,
    )
    made: x509.Certificate = issuing.self_sign(contents, root_key, serial=issuing.random_serial())
    if issued_by:
        leaf_key = keys.generate(KeyAlgorithm.P256)
        contents = issuing.Contents(
            Subject(common_name=name).name(),
            issuing.validity(ws.clock() - timedelta(days=7), days + 7),
            names=tuple(accepted(parse_names(name))),
            key_usage=BUILT_IN[profile].key_usage,
            extended_key_usage=BUILT_IN[profile].extended_key_usage,
        )
        made = issuing.issue(
            contents,
            leaf_key.public_key(),
            issuer=made,
            issuer_key=root_key,
            serial=issuing.random_serial(),
        )
    facts = read_certificate(made.public_bytes(Encoding.DER))
    return ws.inventory.certificates.add(as_new(facts, source="imported"))


def lifelike(ws: Workspace, clock: Clock) -> dict[str, int]:
    """The certificates of a small firm, some 210; gives the ids of the named ones."""
    made: dict[str, int] = {}
    clock.now = NOW - timedelta(days=200)
    made["root"] = authority(ws, "Payments Root CA", 3650).id
    made["issuing 1"] = authority(ws, "Payments Issuing CA 1", 1825, made["root"]).id
    made["issuing 2"] = authority(ws, "Payments Issuing CA 2", 2190, made["root"]).id
    first = made["issuing 1"]
    for key, names, profile, days, left in (
        (
            "api",
            "api.payments.internal api.payments.svc.cluster.local 10.0.12.7",
            "server",
            90,
            29.5,
        ),
        ("billing", "billing.payments.internal", "server", 90, 6.5),
        ("ledger", "ledger.payments.internal", "server", 90, 71.5),
        ("client", "client-service-1", "client", 90, 71.5),
        ("reconciler", "reconciler", "client", 90, -2.5),
        ("alice", "alice@example.com", "client", 90, -12.5),
        ("spiffe", "spiffe://payments/ns/prod/sa/ledger", "spiffe", 2, 0.95),
        ("wildcard", "*.preview.payments.internal", "server", 90, 47.5),
    ):
        clock.now = NOW - timedelta(days=days - left)
        made[key] = leaf(ws, first, names, profile, days).id
    clock.now = NOW - timedelta(days=30)
    batch = [
        CertificateDraft(
            BUILT_IN["client" if at % 3 else "server"],
            made["issuing 2"],
            f"node-{at}.eu-{at % 4}.payments.internal",
            days=33 + at % 58,
        )
        for at in range(195)
    ]
    for row in use_cases.issue_many(ws, batch)[:4]:
        ws.inventory.certificates.revoke(row.id, NOW - timedelta(days=3), "keyCompromise")
    clock.now = NOW
    ws.inventory.certificates.revoke(made["alice"], NOW - timedelta(days=20), "superseded")
    made["lab"] = foreign(ws, "Lab Root (imported)", 800)
    made["www"] = foreign(ws, "www.example.com", 83, "GlobalSign Root R6")
    editing.tag(ws, [made["api"], made["ledger"]], ["production", "eu"])
    editing.color(ws, [made["api"]], "blue")
    editing.color(ws, [made["billing"]], "red")
    return made


def invented(
    number: int, *, issuer_id: int | None = None, is_ca: bool = False, name: str = ""
) -> NewCertificate:
    """A row without a real certificate behind it, for sizes that nobody waits to sign."""
    common_name = name or f"host-{number}.example.internal"
    digest = hashlib.sha256(f"{number} {common_name}".encode()).hexdigest()
    root = is_ca and issuer_id is None
    return NewCertificate(
        der=digest.encode(),
        fingerprint=digest,
        subject=f"CN={common_name}",
        issuer="CN=issuer",
        subject_der=common_name.encode(),
        issuer_der=common_name.encode() if root else b"issuer %d" % (issuer_id or 0),
        serial=digest[:40],
        not_before=NOW - timedelta(days=30),
        not_after=NOW + timedelta(days=3000 if is_ca else number % 300 - 5),
        kind="root_ca" if root else "ca" if is_ca else ("server", "client", "peer")[number % 3],
        is_ca=is_ca,
        self_signed=root,
        key_label="ECDSA P-256",
        spki_sha256=digest,
        source="imported",
        common_name=common_name,
        san=() if is_ca else (f"dns:{common_name}",),
        issuer_id=issuer_id,
    )


def large(ws: Workspace, authorities_count: int, each: int) -> list[int]:
    """That many roots with `each` leaves; gives the ids of the roots."""
    add = ws.inventory.certificates.add_many
    roots = add(
        invented(at, is_ca=True, name=f"Root {at}") for at in range(1, authorities_count + 1)
    )

    def leaves() -> Iterator[NewCertificate]:
        for group, root in enumerate(roots):
            for at in range(each):
                yield invented(group * each + at, issuer_id=root)

    add(leaves())
    return roots
