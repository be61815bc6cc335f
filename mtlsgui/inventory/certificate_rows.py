"""Between `NewCertificate`, a database row and `CertificateRow`."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from mtlsgui.inventory.prepared import Parameter, Prepared, listed
from mtlsgui.inventory.records import (
    CertificateRow,
    NewCertificate,
    Warn,
    from_unix,
    to_unix,
)
from mtlsgui.inventory.search import search_text, sort_key
from mtlsgui.inventory.status import ORDER, prepared_status_case, status_case
from mtlsgui.inventory.store import Row

# In the order of CertificateRow's fields up to `predecessor_id`; the status follows them.
_SHOWN = (
    "id",
    "fingerprint",
    "name",
    "subject",
    "issuer",
    "serial",
    "not_before",
    "not_after",
    "kind",
    "is_ca",
    "self_signed",
    "key_label",
    "spki_sha256",
    "san",
    "ski",
    "aki",
    "issuer_id",
    "key_id",
    "revoked_at",
    "revocation_reason",
    "label",
    "notes",
    "tags",
    "color",
    "profile",
    "source",
    "added_at",
    "predecessor_id",
)


def name_hash(name_der: bytes) -> str:
    """What issuers and subjects are matched by: SHA-256 of the Name's DER, in hex."""
    return hashlib.sha256(name_der).hexdigest()


def shown_name(
    label: str | None, common_name: str | None, san: tuple[str, ...], subject: str
) -> str:
    """The user's label, else the common name, else the first SAN without its kind, else subject."""
    first_san = san[0].partition(":")[2] if san else ""
    return label or common_name or first_san or subject


def texts(
    *,
    label: str | None,
    common_name: str | None,
    san: tuple[str, ...],
    subject: str,
    serial: str,
    fingerprint: str,
    notes: str,
    tags: tuple[str, ...],
    extra_search: Iterable[str],
) -> dict[str, str]:
    """The columns that follow from others: name, sort_name, search_text."""
    name = shown_name(label, common_name, san, subject)
    return {
        "name": name,
        "sort_name": sort_key(name),
        "search_text": search_text(
            (
                *(subject, common_name, label, name, serial, fingerprint, notes),
                *san,
                *tags,
                *extra_search,
            )
        ),
    }


def new_values(new: NewCertificate, added_at: int) -> dict[str, Any]:
    """The columns of a new row."""
    return {
        "fingerprint": new.fingerprint,
        **texts(
            label=new.label,
            common_name=new.common_name,
            san=new.san,
            subject=new.subject,
            serial=new.serial,
            fingerprint=new.fingerprint,
            notes=new.notes,
            tags=new.tags,
            extra_search=new.extra_search,
        ),
        "subject": new.subject,
        "issuer": new.issuer,
        "subject_hash": name_hash(new.subject_der),
        "issuer_hash": name_hash(new.issuer_der),
        "common_name": new.common_name,
        "serial": new.serial,
        "not_before": to_unix(new.not_before),
        "not_after": to_unix(new.not_after),
        "kind": str(new.kind),
        "is_ca": int(new.is_ca),
        "self_signed": int(new.self_signed),
        "key_label": new.key_label,
        "spki_sha256": new.spki_sha256,
        "san": to_json(new.san),
        "extra_search": to_json(new.extra_search),
        "ski": new.ski,
        "aki": new.aki,
        "issuer_id": new.issuer_id,
        "key_id": new.key_id,
        "revoked_at": None if new.revoked_at is None else to_unix(new.revoked_at),
        "revocation_reason": new.revocation_reason,
        "label": new.label,
        "notes": new.notes,
        "tags": to_json(new.tags),
        "color": new.color,
        "profile": new.profile,
        "source": new.source,
        "added_at": added_at,
        "predecessor_id": new.predecessor_id,
    }


def to_json(values: Iterable[str]) -> str:
    """A list of strings as it is stored."""
    return json.dumps(list(values), ensure_ascii=False)


def from_json(text: str) -> tuple[str, ...]:
    """The list of strings as it was stored."""
    return tuple(json.loads(text))


def shown_columns(certificate: Any, moment: int, warn: Warn) -> list[Any]:
    """What to select for `certificate_row`. moment: unix seconds, for the status."""
    columns = [getattr(certificate, name) for name in _SHOWN]
    return [*columns, status_case(certificate, moment, warn)]


def shown_by_ids(certificate: Any) -> Prepared:
    """The rows of `shown_columns` with the ids `ids`; takes `status_values` too."""
    columns = [getattr(certificate, name) for name in _SHOWN]
    query = certificate.select(*columns, prepared_status_case(certificate))
    return Prepared(query.where(certificate.id.in_(listed(Parameter("ids")))))


def certificate_row(row: Row, child_count: int | None = None) -> CertificateRow:
    """The record of a row of `shown_columns`."""
    (
        *start,
        not_before,
        not_after,
        kind,
        is_ca,
        self_signed,
        key_label,
        spki_sha256,
        san,
        ski,
        aki,
        issuer_id,
        key_id,
        revoked_at,
        revocation_reason,
        label,
        notes,
        tags,
        color,
        profile,
        source,
        added_at,
        predecessor_id,
        status,
    ) = row
    identity, fingerprint, name, subject, issuer, serial = start
    return CertificateRow(
        id=identity,
        fingerprint=fingerprint,
        name=name,
        subject=subject,
        issuer=issuer,
        serial=serial,
        not_before=from_unix(not_before),
        not_after=from_unix(not_after),
        kind=kind,
        is_ca=bool(is_ca),
        self_signed=bool(self_signed),
        key_label=key_label,
        spki_sha256=spki_sha256,
        san=from_json(san),
        ski=ski,
        aki=aki,
        issuer_id=issuer_id,
        key_id=key_id,
        revoked_at=None if revoked_at is None else from_unix(revoked_at),
        revocation_reason=revocation_reason,
        label=label,
        notes=notes,
        tags=from_json(tags),
        color=color,
        profile=profile,
        source=source,
        added_at=from_unix(added_at),
        predecessor_id=predecessor_id,
        status=ORDER[status],
        child_count=child_count,
    )
