"""Issuing end-entity certificates, one or many, and signing requests."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.inventory.records import (
    CertificateRow,
    NewJournalEntry,
    NewRequest,
    RequestState,
)
from mtlsgui.pki import issuing, keys, requests
from mtlsgui.pki.facts import CertificateFacts, read_certificate, read_request
from mtlsgui.pki.keys import PrivateKey, PublicKey
from mtlsgui.workspace import drafts, issuers
from mtlsgui.workspace.drafts import CertificateDraft, SignedRequest
from mtlsgui.workspace.issuers import Issuer
from mtlsgui.workspace.refusals import refuse
from mtlsgui.workspace.storing import as_new, store_many
from mtlsgui.workspace.workspace import Workspace

_AT_ONCE = 250  # certificates in one transaction of a bulk issue


@dataclass(frozen=True)
class _Made:
    """A certificate that is signed and not yet stored."""

    facts: CertificateFacts
    new_key: PrivateKey | None = field(repr=False)
    key_id: int | None
    draft: CertificateDraft

    @property
    def name(self) -> str:
        """What it is called."""
        return self.facts.common_name or next(iter(self.facts.san or ()), "").partition(":")[2]


def issue(ws: Workspace, draft: CertificateDraft) -> CertificateRow:
    """Make the certificate that `draft` says, under an authority or self-signed.

    A new key is encrypted into the inventory in the same transaction. Raises MtlsguiError; then
    nothing is left behind.
    """
    issuer, signer = _issuer_of(ws, draft)
    made = _make(ws, draft, issuer, signer, ws.clock())
    return ws.inventory.certificates.get(_keep(ws, [made], issuer)[0])


def issue_many(
    ws: Workspace,
    batch: Iterable[CertificateDraft],
    progress: Callable[[int], None] = lambda _done: None,
) -> list[CertificateRow]:
    """Issue many under one authority; drafts are checked before the first is made.

    progress: called with the number made so far; what it raises stops the work, and what was
        made before stays.
    """
    batch = list(batch)
    if not batch:
        return []
    if any(draft.issuer_id != batch[0].issuer_id for draft in batch):
        raise ValueError("a batch is issued under one authority")
    issuer, signer = _issuer_of(ws, batch[0])
    now = ws.clock()
    for draft in batch:
        refuse(drafts.blocking(draft.problems(now, issuer)))
    made_ids: list[int] = []
    for start in range(0, len(batch), _AT_ONCE):
        part = [_make(ws, draft, issuer, signer, now) for draft in batch[start : start + _AT_ONCE]]
        made_ids += _keep(ws, part, issuer)
        progress(len(made_ids))
    return ws.inventory.certificates.get_many(made_ids)


def request_to_sign(der: bytes, *, take_names: bool = True) -> SignedRequest:
    """A request as a draft takes it. Raises RequestError where it cannot be read."""
    return SignedRequest(der, requests.read(der), take_names)


def _issuer_of(ws: Workspace, draft: CertificateDraft) -> tuple[Issuer | None, PrivateKey | None]:
    if draft.issuer_id is None:
        ws.custody.open()  # not in the transaction that keeps the key: it may ask the person
        return None, None
    issuer = issuers.get(ws, draft.issuer_id)
    return issuer, issuers.signing_key(ws, issuer)


def _make(
    ws: Workspace,
    draft: CertificateDraft,
    issuer: Issuer | None,
    signer: PrivateKey | None,
    now: datetime,
) -> _Made:
    refuse(drafts.blocking(draft.problems(now, issuer)))
    contents = draft.contents(now, issuer)
    public_key, private_key, new_key, key_id = _key(ws, draft)
    serial = issuing.random_serial()
    if issuer is None:
        if private_key is None:
            refuse([drafts.Problem("issuer", "A request is signed by an authority.")])
            raise AssertionError("refuse raises")
        certificate = issuing.self_sign(contents, private_key, serial=serial)
    else:
        if signer is None:
            raise AssertionError("an issuer comes with its key")
        certificate = issuing.issue(
            contents,
            public_key,
            issuer=issuer.certificate,
            issuer_key=signer,
            serial=serial,
        )
    return _Made(_facts(certificate), new_key, key_id, draft)


def _key(
    ws: Workspace, draft: CertificateDraft
) -> tuple[PublicKey, PrivateKey | None, PrivateKey | None, int | None]:
    """The public key to certify; its private key where held; the latter if new; its id if not."""
    if draft.request is not None:
        public_key = draft.request.asked.public_key
        known = ws.inventory.keys.by_spki(keys.spki_sha256(public_key))
        return public_key, None, None, known.id if known else None
    if draft.held_key_id is not None:
        held = ws.custody.private_key(ws.inventory.keys.get(draft.held_key_id))
        return held.public_key(), held, None, draft.held_key_id
    new = keys.generate(draft.effective_algorithm)
    return new.public_key(), new, new, None


def _facts(certificate: x509.Certificate) -> CertificateFacts:
    return read_certificate(certificate.public_bytes(Encoding.DER))


def _keep(ws: Workspace, several: Sequence[_Made], issuer: Issuer | None) -> list[int]:
    """Store keys, certificates, requests and journal lines, all or none; gives the ids."""
    sealed = iter(
        ws.custody.seal_many(
            [(made.new_key, made.name) for made in several if made.new_key is not None]
        )
    )
    with ws.inventory.transaction():
        new = []
        for made in several:
            key_id = made.key_id
            if key_id is not None:
                ws.inventory.keys.get(key_id)  # another process may have deleted it since
            if made.new_key is not None:
                key_id = ws.inventory.keys.add_held(next(sealed))
            if made.draft.request is not None:
                _keep_request(ws, made.draft.request, key_id)
            new.append(
                as_new(
                    made.facts,
                    source="issued",
                    issuer_id=issuer.id if issuer else None,
                    key_id=key_id,
                    profile=made.draft.profile.id,
                )
            )
        ids = store_many(ws, new)
        ws.inventory.journal.append_many(
            [
                _journal_entry(ws, made, issuer, certificate_id)
                for made, certificate_id in zip(several, ids, strict=True)
            ]
        )
    return ids


def _journal_entry(
    ws: Workspace, made: _Made, issuer: Issuer | None, certificate_id: int
) -> NewJournalEntry:
    return NewJournalEntry(
        ws.actor,
        "certificate.signed" if made.draft.request else "certificate.issued",
        "certificate",
        certificate_id,
        made.name,
        {
            "fingerprint": made.facts.fingerprint_sha256,
            "serial": made.facts.serial,
            "profile": made.draft.profile.id,
            "issuer": issuer.name if issuer else "",
            "names": list(made.facts.san or ()),
        },
    )


def _keep_request(ws: Workspace, request: SignedRequest, key_id: int | None) -> None:
    """Note the request as open, unless it is known; storing the certificate closes it."""
    facts = read_request(request.der)
    known = ws.inventory.requests.by_spki(facts.spki_sha256 or "", RequestState.OPEN)
    if any(row.der == request.der for row in known):
        return
    ws.inventory.requests.add(
        NewRequest(
            der=request.der,
            name=facts.common_name or facts.subject or "",
            subject=facts.subject or "",
            spki_sha256=facts.spki_sha256 or "",
            san=facts.san or (),
            key_id=key_id,
        )
    )
