"""Certificates as they are looked at: everything that an inspector shows, read in one go."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mtlsgui.formats.write import to_pem
from mtlsgui.inventory.records import CertificateRow, Status
from mtlsgui.pki.chain import signed_by
from mtlsgui.pki.describe import Card, Description, Validity, card, describe_certificate
from mtlsgui.pki.describe.card import validity_at
from mtlsgui.pki.describe.certificate import display_name, issuer_name
from mtlsgui.pki.describe.words import count
from mtlsgui.pki.facts import CertificateFacts, kind_of, read_certificate
from mtlsgui.workspace.workspace import Workspace

_STATUS_OF = {
    Validity.VALID: Status.VALID,
    Validity.EXPIRED: Status.EXPIRED,
    Validity.NOT_YET_VALID: Status.NOT_YET_VALID,
}
_NAME_CONSTRAINTS = "2.5.29.30"
_MOST_NAMED = 5
"""So many issuers are named of several certificates; the others are counted."""


@dataclass(frozen=True)
class ChainStep:
    """One certificate of a chain.

    kind: "Root CA", "CA", "Server", …
    status, until (the end of its validity): None where its dates cannot be read.
    certificate_id: None where it is not stored.
    """

    name: str
    kind: str
    is_ca: bool
    status: Status | None
    until: datetime | None
    fingerprint: str
    certificate_id: int | None = None


@dataclass(frozen=True)
class CertificateView:
    """One certificate, stored or not.

    steps: its chain as far as it is known, itself first.
    missing_issuer: the name of the CA at which the chain breaks; empty where it ends at a root.
    status: None where the dates cannot be read and it is not stored.
    limits: what a CA may not do: how long chains below it may be, which names it may certify.
    held: where its private key is held, in words that follow "held"; empty where it is not.
    encoding: its DER. pem: the same; chain_pem: with what a server sends after it, no root.
    row: as the inventory has it; None for a certificate that is not stored.
    """

    card: Card
    description: Description
    status: Status | None
    steps: tuple[ChainStep, ...]
    missing_issuer: str
    limits: tuple[str, ...]
    held: str
    encoding: bytes
    pem: str
    chain_pem: str
    row: CertificateRow | None = None

    @property
    def issuer_id(self) -> int | None:
        """The id of the issuer where that is stored."""
        return self.steps[1].certificate_id if len(self.steps) > 1 else None


@dataclass(frozen=True)
class SeveralView:
    """What several certificates have in common.

    by_status, by_kind: how many there are of each, without zeros.
    issuers: names of the CAs that issued them, the most frequent first; others: how many more.
    first_to_expire: of those that are still valid; None where none is.
    keys_held: of how many the private key is held.
    """

    count: int
    by_status: Mapping[Status, int]
    by_kind: Mapping[str, int]
    issuers: tuple[str, ...]
    other_issuers: int
    first_to_expire: CertificateRow | None
    keys_held: int


def view(ws: Workspace, certificate_id: int) -> CertificateView:
    """One certificate of the inventory. Raises InventoryNotFound."""
    now = ws.clock()
    certificates = ws.inventory.certificates
    rows = certificates.chain(certificate_id, now, ws.preferences.warn)
    chain = [read_certificate(certificates.der(row.id)) for row in rows]
    row = rows[0]
    key = None if row.key_id is None else ws.inventory.keys.get(row.key_id)
    steps = tuple(
        step_of(facts, now, row.status, row.id, row.name)
        for row, facts in zip(rows, chain, strict=True)
    )
    return _view(chain, now, steps, row, ws.custody.place_of(key) if key else "")


def view_unstored(
    chain: Sequence[CertificateFacts], now: datetime, held: str = ""
) -> CertificateView:
    """The first certificate of a chain that is not stored.

    held: where its private key is, where that is known.
    """
    return _view(chain, now, tuple(step_of(facts, now) for facts in chain), None, held)


def summarize(ws: Workspace, certificate_ids: Sequence[int]) -> SeveralView:
    """What several certificates have in common; ids that are gone are left out."""
    now = ws.clock()
    certificates = ws.inventory.certificates
    rows = certificates.get_many(certificate_ids, now, ws.preferences.warn)
    issuers = Counter(row.issuer_id for row in rows if row.issuer_id is not None)
    named = [each for each, _ in issuers.most_common(_MOST_NAMED)]
    living = [row for row in rows if row.not_after >= now and row.revoked_at is None]
    return SeveralView(
        count=len(rows),
        by_status=Counter(row.status for row in rows),
        by_kind=Counter(row.kind for row in rows),
        issuers=tuple(row.name for row in certificates.get_many(named, now)),
        other_issuers=len(issuers) - len(named),
        first_to_expire=min(living, key=lambda row: row.not_after, default=None),
        keys_held=sum(row.key_id is not None for row in rows),
    )


def stored_issuer(ws: Workspace, facts: CertificateFacts) -> CertificateRow | None:
    """The CA of the inventory that signed this certificate, which need not be stored itself."""
    if facts.issuer_der is None:
        return None
    certificates = ws.inventory.certificates
    now, warn = ws.clock(), ws.preferences.warn
    for row in certificates.issuer_candidates(facts.issuer_der, facts.aki, now, warn):
        if signed_by(facts, read_certificate(certificates.der(row.id))):
            return row
    return None


def _view(
    chain: Sequence[CertificateFacts],
    now: datetime,
    steps: tuple[ChainStep, ...],
    row: CertificateRow | None,
    held: str,
) -> CertificateView:
    facts, *above = chain
    description = describe_certificate(facts)
    top = chain[-1]
    sent_after = [each for each in above if not each.self_signed]
    return CertificateView(
        card=card(facts, now),
        description=description,
        status=steps[0].status,
        steps=steps,
        missing_issuer="" if top.self_signed else issuer_name(top),
        limits=_limits(facts, description),
        held=held,
        encoding=facts.der,
        pem=to_pem([facts]).decode("ascii"),
        chain_pem=to_pem([facts, *sent_after]).decode("ascii"),
        row=row,
    )


def step_of(
    facts: CertificateFacts,
    now: datetime,
    status: Status | None = None,
    certificate_id: int | None = None,
    name: str = "",
) -> ChainStep:
    """A certificate as a step of a chain. status, certificate_id, name: of a stored one."""
    return ChainStep(
        name=name or display_name(facts),
        kind=kind_of(facts).label,
        is_ca=bool(facts.is_ca),
        status=status or _STATUS_OF.get(validity_at(facts, now)),
        until=facts.not_after,
        fingerprint=facts.fingerprint_sha256,
        certificate_id=certificate_id,
    )


def _limits(facts: CertificateFacts, description: Description) -> tuple[str, ...]:
    """RFC 5280, sections 4.2.1.9 and 4.2.1.10."""
    if not facts.is_ca:
        return ()
    limits = []
    if facts.path_length == 0:
        limits.append("Issues end-entity certificates only")
    elif facts.path_length is not None:
        limits.append(f"At most {count(facts.path_length, 'intermediate')} below it")
    for section in description.sections:
        for field in section.fields:
            if field.oid == _NAME_CONSTRAINTS:
                limits += field.value.split("\n")
    return tuple(limits)
