"""What a person notes about certificates, and taking them out of the inventory."""

from collections.abc import Sequence
from dataclasses import dataclass

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.records import CertificateRow, RequestState
from mtlsgui.workspace.workspace import Workspace

COLORS = ("red", "orange", "yellow", "green", "blue", "purple", "gray")
"""The colour labels, in the order offered."""


def rename(ws: Workspace, certificate_id: int, label: str) -> None:
    """Give a certificate another name in lists; an empty one goes back to its own."""
    row = ws.inventory.certificates.get(certificate_id)
    with ws.recorded("certificate.renamed", "certificate", row.name, row.id, to=label.strip()):
        ws.inventory.certificates.update(certificate_id, label=label.strip())


def annotate(ws: Workspace, certificate_id: int, notes: str) -> None:
    """Keep notes, as plain text."""
    row = ws.inventory.certificates.get(certificate_id)
    with ws.recorded("certificate.noted", "certificate", row.name, row.id):
        ws.inventory.certificates.update(certificate_id, notes=notes)


def tag(ws: Workspace, certificate_ids: Sequence[int], tags: Sequence[str]) -> None:
    """Set the tags of certificates."""
    clean = tuple(dict.fromkeys(text.strip() for text in tags if text.strip()))
    with ws.inventory.transaction():
        for row in ws.inventory.certificates.get_many(certificate_ids):
            with ws.recorded(
                "certificate.tagged", "certificate", row.name, row.id, tags=list(clean)
            ):
                ws.inventory.certificates.update(row.id, tags=clean)


def color(ws: Workspace, certificate_ids: Sequence[int], name: str | None) -> None:
    """Set the colour label of certificates; None takes it away."""
    if name is not None and name not in COLORS:
        raise ValueError(f"no such colour label: {name}")
    with ws.inventory.transaction():
        for row in ws.inventory.certificates.get_many(certificate_ids):
            with ws.recorded(
                "certificate.coloured", "certificate", row.name, row.id, color=name or ""
            ):
                ws.inventory.certificates.update(row.id, color=name)


@dataclass(frozen=True)
class Consequences:
    """What deleting certificates would take with it.

    orphaned: certificates that stay and lose their issuer.
    keys: names of the certificates whose private key nothing else uses.
    """

    certificates: tuple[CertificateRow, ...]
    orphaned: int
    keys: tuple[str, ...]


def consequences(ws: Workspace, certificate_ids: Sequence[int]) -> Consequences:
    """What `delete` would do, for the question before it."""
    rows = ws.inventory.certificates.get_many(certificate_ids)
    going = {row.id for row in rows}
    orphaned = 0
    keys = []
    for row in rows:
        effect = ws.inventory.certificates.what_goes_with(row.id)
        orphaned += effect.children
        orphaned -= sum(1 for other in rows if other.issuer_id == row.id and other.id != row.id)
        if (
            row.key_id is not None
            and going.issuperset(ws.inventory.keys.certificates_of(row.key_id))
            and not ws.inventory.requests.by_spki(row.spki_sha256, RequestState.OPEN)
        ):
            keys.append(row.name)
    return Consequences(tuple(rows), max(orphaned, 0), tuple(keys))


def delete(ws: Workspace, certificate_ids: Sequence[int], *, with_keys: bool) -> None:
    """Take certificates out of the inventory; the journal keeps what they were.

    with_keys: also destroy the private keys that nothing else uses, for good.
    """
    rows = ws.inventory.certificates.get_many(certificate_ids)
    if not rows:
        raise MtlsguiError("There is nothing to delete.", "The certificates are gone already.")
    key_ids = {row.key_id for row in rows if row.key_id is not None} if with_keys else set()
    with ws.custody.forgetting(key_ids) if key_ids else ws.inventory.transaction():
        for row in rows:
            with ws.recorded(
                "certificate.deleted",
                "certificate",
                row.name,
                row.id,
                fingerprint=row.fingerprint,
                serial=row.serial,
                subject=row.subject,
                issuer=row.issuer,
                not_after=row.not_after.isoformat(),
            ):
                ws.inventory.certificates.delete(row.id)
                ws.inventory.settings.remove(f"addresses:{row.id}")
