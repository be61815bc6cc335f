"""The objects of a workspace as mtlsctl's JSON has them, and in the words of its tables."""

from collections.abc import Iterable, Sequence
from typing import Any

from mtlsgui.formats.as_json import certificate_as_json, request_as_json, time_as_json
from mtlsgui.inventory.records import (
    CertificateRow,
    KeyRow,
    RequestRow,
)
from mtlsgui.pki.facts import CertificateKind, read_certificate, read_request
from mtlsgui.workspace.drafts import Problem
from mtlsgui.workspace.workspace import Workspace


def certificates(ws: Workspace, rows: Sequence[CertificateRow]) -> list[dict[str, Any]]:
    """Several certificates of the inventory. One query for all keys, which may be thousands."""
    places = {key.id: _place(key) for key in ws.inventory.keys.all()} if rows else {}
    return [_certificate(ws, row, places.get(row.key_id or 0)) for row in rows]


def certificate(ws: Workspace, row: CertificateRow) -> dict[str, Any]:
    """One certificate of the inventory."""
    return _certificate(ws, row, _custody(ws, row.key_id))


def _certificate(ws: Workspace, row: CertificateRow, custody: str | None) -> dict[str, Any]:
    """As JSON.

    custody: "keyring" or "file" for a key that is an entry of the vault, "sealed" for one that is
        encrypted in the inventory, None where no key is held.
    """
    facts = read_certificate(ws.inventory.certificates.der(row.id))
    return {
        "id": row.id,
        "name": row.name,
        "kind": "certificate",
        **certificate_as_json(facts),
        "status": row.status.value,
        "role": row.kind,
        "issuer_id": row.issuer_id,
        "key_id": row.key_id,
        "custody": custody,
        "profile": row.profile,
        "source": row.source,
        "added_at": time_as_json(row.added_at),
        "revoked_at": time_as_json(row.revoked_at),
        "revocation_reason": row.revocation_reason,
        "notes": row.notes,
        "tags": list(row.tags),
    }


def request(ws: Workspace, row: RequestRow) -> dict[str, Any]:
    """One certificate signing request of the inventory. state: open, fulfilled or signed."""
    return {
        "id": row.id,
        "name": row.name,
        "kind": "csr",
        **request_as_json(read_request(row.der)),
        "state": row.state.value,
        "certificate_id": row.certificate_id,
        "key_id": row.key_id,
        "custody": _custody(ws, row.key_id),
        "added_at": time_as_json(row.added_at),
        "notes": row.notes,
    }


def key(ws: Workspace, row: KeyRow) -> dict[str, Any]:
    """One private key that is held: everything but the key itself."""
    return {
        "id": row.id,
        "name": row.name,
        "spki_sha256": row.spki_sha256,
        "label": row.label,
        "algorithm": row.algorithm,
        "bits": row.bits,
        "custody": _place(row),
        "state": row.state.value,
        "certificates": ws.inventory.keys.certificates_of(row.id),
        "added_at": time_as_json(row.added_at),
    }


def role(row: CertificateRow) -> str:
    """What a certificate is for, in one word."""
    return CertificateKind(row.kind).label


def status(row: CertificateRow) -> str:
    """The status in words."""
    return row.status.value.replace("_", " ")


def held(ws: Workspace, row: CertificateRow) -> str:
    """Where the private key is held, in words."""
    if row.key_id is None:
        return "not held"
    return ws.custody.place_of(ws.inventory.keys.get(row.key_id))


def warnings(problems: Iterable[Problem]) -> list[str]:
    """What is worth knowing of a draft that can be made."""
    return [problem.message for problem in problems if not problem.blocking]


def _custody(ws: Workspace, key_id: int | None) -> str | None:
    return None if key_id is None else _place(ws.inventory.keys.get(key_id))


def _place(row: KeyRow) -> str:
    return "sealed" if row.custody == "sealed" else row.vault_kind or "vault"
