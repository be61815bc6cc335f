"""Records made of plain values: the inventory stores what it is told."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from mtlsgui.inventory.records import NewCertificate, NewJournalEntry, NewKey

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def certificate(
    name: str = "web.test", issuer: str = "Root", parent: int | None = None, **changes: Any
) -> NewCertificate:
    """An end-entity certificate, valid for another 60 of its 90 days."""
    made = NewCertificate(
        der=f"der of {name}".encode(),
        fingerprint=digest(f"{issuer}/{name}/{changes.get('serial')}"),
        subject=f"CN={name},O=Example",
        issuer=f"CN={issuer}",
        subject_der=f"CN={name}".encode(),
        issuer_der=f"CN={issuer}".encode(),
        serial=digest(f"serial {issuer}/{name}")[:40],
        not_before=NOW - timedelta(days=30),
        not_after=NOW + timedelta(days=60),
        kind="server",
        is_ca=False,
        self_signed=False,
        key_label="ECDSA P-256",
        spki_sha256=digest(f"key {name}"),
        source="imported",
        common_name=name,
        san=(f"dns:{name}",),
        issuer_id=parent,
    )
    return replace(made, **changes)


def authority(name: str = "Root", parent: int | None = None, **changes: Any) -> NewCertificate:
    """A CA certificate; a root when it has no parent."""
    facts: dict[str, Any] = {
        "subject_der": f"CN={name}".encode(),
        "is_ca": True,
        "kind": "ca" if parent else "root_ca",
        "self_signed": parent is None,
        "san": (),
        "not_after": NOW + timedelta(days=3650),
        "ski": digest(f"ski {name}")[:40],
    }
    issuer = changes.pop("issuer", name)
    return certificate(name, issuer, parent, **{**facts, **changes})


def key(name: str = "web.test", **changes: Any) -> NewKey:
    made = NewKey(
        spki_sha256=digest(f"key {name}"),
        label="ECDSA P-256",
        algorithm="p256",
        bits=256,
        custody="vault",
        name=name,
        vault_kind="file",
        vault_ref=f"ref of {name}",
    )
    return replace(made, **changes)


def entry(action: str = "issue", name: str = "web.test", **changes: Any) -> NewJournalEntry:
    made = NewJournalEntry(
        actor="ada@host", action=action, object_kind="certificate", object_id=1, object_name=name
    )
    return replace(made, **changes)
