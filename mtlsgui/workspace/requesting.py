"""Requests for somebody else's authority: a key of ours and a PKCS#10 request for it."""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.formats.files import write_atomically
from mtlsgui.formats.write import request_to_pem
from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.inventory.records import CertificateRow, NewRequest, RequestRow, RequestState
from mtlsgui.pki import keys, requests
from mtlsgui.pki.describe import Description, describe_request
from mtlsgui.pki.facts import read_request
from mtlsgui.workspace import drafts
from mtlsgui.workspace.drafts import RequestDraft
from mtlsgui.workspace.refusals import refuse
from mtlsgui.workspace.workspace import Workspace


@dataclass(frozen=True)
class RequestView:
    """One request as it is looked at.

    held: where its private key is held, in words that follow "held"; empty where it is not.
    key_is_its_own: the key is held, and nothing uses it once the request is gone.
    certificate: what came of it, where that is still here.
    """

    row: RequestRow
    description: Description
    pem: str
    held: str
    key_is_its_own: bool
    certificate: CertificateRow | None


def view(ws: Workspace, request_id: int) -> RequestView:
    """Everything that is shown of a request. Raises InventoryNotFound."""
    row = ws.inventory.requests.get(request_id)
    key = ws.inventory.keys.get(row.key_id) if row.key_id is not None else None
    others = ws.inventory.requests.by_spki(row.spki_sha256, RequestState.OPEN)
    return RequestView(
        row=row,
        description=describe_request(read_request(row.der)),
        pem=as_pem(row),
        held=ws.custody.place_of(key) if key is not None else "",
        key_is_its_own=key is not None
        and not ws.inventory.keys.certificates_of(key.id)
        and all(other.id == row.id for other in others),
        certificate=_certificate(ws, row),
    )


def _certificate(ws: Workspace, row: RequestRow) -> CertificateRow | None:
    if row.certificate_id is None:
        return None
    try:
        return ws.inventory.certificates.get(row.certificate_id)
    except InventoryNotFound:
        return None


def create(ws: Workspace, draft: RequestDraft) -> RequestRow:
    """Make the key (unless a held one is used) and the request, and keep both.

    The certificate that answers it finds them when it is imported.
    """
    refuse(drafts.blocking(draft.problems(ws.clock())))
    fields = draft.as_certificate()
    key_id = draft.held_key_id
    if key_id is None:
        key = keys.generate(fields.effective_algorithm)
        new_key = ws.custody.seal(key, fields.effective_common_name())
    else:
        key, new_key = ws.custody.private_key(ws.inventory.keys.get(key_id)), None
    request = requests.make(
        key,
        fields.subject_name(),
        fields.names(),
        draft.profile.key_usage,
        draft.profile.extended_key_usage,
    )
    facts = read_request(request.public_bytes(Encoding.DER))
    name = facts.common_name or next(iter(facts.san or ()), "").partition(":")[2]
    with ws.recorded("request.created", "request", name, names=list(facts.san or ())) as record:
        if new_key is not None:
            key_id = ws.inventory.keys.add_held(new_key)
        record.object_id = ws.inventory.requests.add(
            NewRequest(
                der=facts.der,
                name=name,
                subject=facts.subject or "",
                spki_sha256=facts.spki_sha256 or "",
                san=facts.san or (),
                key_id=key_id,
            )
        )
    return ws.inventory.requests.get(record.object_id)


def as_pem(row: RequestRow) -> str:
    """The request as text, as authorities take it."""
    return request_to_pem(read_request(row.der)).decode("ascii")


def save(ws: Workspace, request_id: int, path: Path, *, overwrite: bool = False) -> None:
    """Write the request to `path` as PEM. Raises MtlsguiError where that cannot be."""
    text = as_pem(ws.inventory.requests.get(request_id))
    write_atomically(path, text.encode("ascii"), private=False, overwrite=overwrite)


def delete(ws: Workspace, request_id: int, *, with_key: bool = False) -> None:
    """Forget a request; with its key only where nothing else uses that."""
    row = ws.inventory.requests.get(request_id)
    key_ids = [row.key_id] if with_key and row.key_id is not None else []
    with (
        ws.custody.forgetting(key_ids) if key_ids else ws.inventory.transaction(),
        ws.recorded("request.deleted", "request", row.name, row.id, subject=row.subject),
    ):
        ws.inventory.requests.delete(request_id)
