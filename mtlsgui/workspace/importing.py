"""Taking what files hold into the workspace, in whatever order it comes.

Certificates find their issuers, keys and requests by name, key and verified signature, whichever
was there first. An authority's key goes into the vault, every other key is encrypted in the
inventory.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import (
    CertificateItem,
    CrlItem,
    Item,
    OtherItem,
    PrivateKeyItem,
    PublicKeyItem,
    RequestItem,
)
from mtlsgui.inventory.records import (
    CertificateRow,
    KeyState,
    NewCertificate,
    NewCrl,
    NewJournalEntry,
    NewRequest,
)
from mtlsgui.pki.chain import crl_signed_by, signed_by
from mtlsgui.pki.facts import CertificateFacts, CrlFacts, RequestFacts, read_certificate
from mtlsgui.pki.keys import PrivateKey, spki_sha256
from mtlsgui.vault.base import VaultError
from mtlsgui.vault.codec import check_keepable
from mtlsgui.workspace import recovery
from mtlsgui.workspace.storing import as_new, store_many
from mtlsgui.workspace.workspace import Workspace

_AT_ONCE = 1000  # certificates in one transaction
_MOST_WRONG = 5_000  # signatures that do not verify, in one import


class Fate(StrEnum):
    """What an import does with one thing that was found."""

    NEW = "new"
    KNOWN = "known"
    LOCKED = "locked"
    NOT_KEPT = "not_kept"


@dataclass(frozen=True)
class PlanLine:
    """What becomes of one thing; `note` says why or where to, as a sentence or part of one."""

    item: Item
    fate: Fate
    note: str = ""


@dataclass(frozen=True)
class Report:
    """What an import did, as ids of the inventory; `refused` holds what could not be kept."""

    certificates: tuple[int, ...] = ()
    keys: tuple[int, ...] = ()
    requests: tuple[int, ...] = ()
    crls: tuple[int, ...] = ()
    known: int = 0
    refused: tuple[MtlsguiError, ...] = ()


def plan(ws: Workspace, items: Sequence[Item]) -> tuple[PlanLine, ...]:
    """What `run` would do with each of `items`; touches nothing."""
    known = ws.inventory.certificates.known(
        item.facts.fingerprint_sha256 for item in items if isinstance(item, CertificateItem)
    )
    return tuple(_plan_line(ws, item, known) for item in items)


def run(
    ws: Workspace,
    items: Iterable[Item],
    progress: Callable[[int], None] = lambda _done: None,
) -> Report:
    """Keep everything that can be kept of `items`. What is here already is left as it is.

    progress: called with the number of certificates kept so far; what it raises stops the work,
        and what was kept before stays.
    Blocks on the vault where there are private keys. Raises MtlsguiError where the inventory or
    the vault cannot be used.
    """
    items = list(items)
    keys, unusable = _keepable_keys(items)
    if keys:
        ws.custody.open()
        recovery.recover(ws)  # lest a key that a kill left behind is taken for one that is held
    certificates, known, refused = _certificates(ws, items, progress)
    requests = _requests(ws, [item.facts for item in items if isinstance(item, RequestItem)])
    key_ids = tuple(_keep_key(ws, key) for key in keys)
    crls = _crls(ws, [item.facts for item in items if isinstance(item, CrlItem)])
    with suppress(VaultError):  # stays announced: `recover` does it once the vault is open
        recovery.promote_authority_keys(ws)
    return Report(
        tuple(certificates),
        tuple(key_id for key_id in key_ids if key_id is not None),
        requests,
        crls,
        known + sum(1 for key_id in key_ids if key_id is None),
        (*refused, *unusable),
    )


def _plan_line(ws: Workspace, item: Item, known: dict[str, int]) -> PlanLine:
    match item:
        case CertificateItem():
            here = item.facts.fingerprint_sha256 in known
            return PlanLine(item, Fate.KNOWN if here else Fate.NEW)
        case PrivateKeyItem(locked=True):
            return PlanLine(item, Fate.LOCKED, "needs its passphrase")
        case PrivateKeyItem(key=None):
            return PlanLine(item, Fate.NOT_KEPT, "keys of this kind cannot be used here")
        case PrivateKeyItem():
            row = ws.inventory.keys.by_spki(item.spki_sha256 or "")
            return PlanLine(item, Fate.KNOWN if row else Fate.NEW)
        case RequestItem():
            rows = ws.inventory.requests.by_spki(item.facts.spki_sha256 or "")
            here = any(row.der == item.facts.der for row in rows)
            return PlanLine(item, Fate.KNOWN if here else Fate.NEW)
        case CrlItem():
            here = any(row.der == item.facts.der for row in ws.inventory.crls.all())
            return PlanLine(item, Fate.KNOWN if here else Fate.NEW)
        case OtherItem(locked=True):
            return PlanLine(item, Fate.LOCKED, "needs its passphrase")
        case PublicKeyItem() | OtherItem():
            return PlanLine(item, Fate.NOT_KEPT, "is shown, not kept")


# Certificates


@dataclass
class _Links:
    """Finds issuers by name and key identifier, and proves them by the signature."""

    ws: Workspace
    _authorities: dict[tuple[bytes, str | None], list[tuple[int, CertificateFacts]]] = field(
        default_factory=dict
    )
    _wrong: int = 0

    def issuer_of(self, facts: CertificateFacts) -> int | None:
        """The id of the authority that signed `facts`; None where it is not here."""
        if facts.self_signed or facts.issuer_der is None:
            return None
        where = (facts.issuer_der, facts.aki)
        if where not in self._authorities:
            rows = self.ws.inventory.certificates.issuer_candidates(facts.issuer_der, facts.aki)
            self._authorities[where] = [(row.id, self._read(row.id)) for row in rows]
        for certificate_id, authority in self._authorities[where]:
            if authority.der != facts.der and self._signed(facts, authority):
                return certificate_id
        return None

    def orphans_of(self, certificate_id: int, facts: CertificateFacts) -> dict[int, int]:
        """What was here before its issuer `facts`: certificate id to issuer id."""
        if facts.subject_der is None:
            return {}
        rows = self.ws.inventory.certificates.orphans_of(facts.subject_der, facts.ski)
        return {
            row.id: certificate_id
            for row in rows
            if row.id != certificate_id and self._signed(self._read(row.id), facts)
        }

    def _signed(self, child: CertificateFacts, issuer: CertificateFacts) -> bool:
        """Whether the signature verifies. After very many that do not, none is looked at.

        Only a heap of authorities of one name and without key identifiers gets there. What is
        not linked then says that its issuer is missing.
        """
        if self._wrong >= _MOST_WRONG:
            return False
        proven = signed_by(child, issuer)
        self._wrong += not proven
        return proven

    def _read(self, certificate_id: int) -> CertificateFacts:
        return read_certificate(self.ws.inventory.certificates.der(certificate_id))


def _certificates(
    ws: Workspace, items: Sequence[Item], progress: Callable[[int], None]
) -> tuple[list[int], int, list[MtlsguiError]]:
    """Keep the new ones: their ids, how many were known, and what could not be kept.

    Authorities come first, so that all issuers are there when they are looked for.
    """
    found = {
        item.facts.fingerprint_sha256: item.facts
        for item in items
        if isinstance(item, CertificateItem)
    }
    known = ws.inventory.certificates.known(found)
    new = [facts for fingerprint, facts in found.items() if fingerprint not in known]
    authorities = [facts for facts in new if facts.is_ca]
    end_entities = [facts for facts in new if not facts.is_ca]
    kept: list[int] = []
    refused: list[MtlsguiError] = []
    links = _Links(ws)
    for several in (authorities, end_entities):
        for start in range(0, len(several), _AT_ONCE):
            kept += _keep_certificates(ws, several[start : start + _AT_ONCE], links, refused)
            progress(len(kept))
    return kept, len(known), refused


def _keep_certificates(
    ws: Workspace, several: Sequence[CertificateFacts], links: _Links, refused: list[MtlsguiError]
) -> list[int]:
    storable: list[tuple[CertificateFacts, NewCertificate]] = []
    hold_keys = ws.inventory.keys.count() > 0
    with ws.inventory.transaction():
        for facts in several:
            key = ws.inventory.keys.by_spki(facts.spki_sha256 or "") if hold_keys else None
            # Those of authorities are linked afterwards: they may be among the several.
            issuer_id = None if facts.is_ca else links.issuer_of(facts)
            try:
                new = as_new(
                    facts, source="imported", issuer_id=issuer_id, key_id=key.id if key else None
                )
            except MtlsguiError as error:
                refused.append(error)
            else:
                storable.append((facts, new))
        ids = store_many(ws, [new for _, new in storable])
        found: dict[int, int] = {}
        for certificate_id, (facts, _) in zip(ids, storable, strict=True):
            if facts.is_ca:
                issuer = links.issuer_of(facts)
                if issuer is not None:
                    found[certificate_id] = issuer
                found |= links.orphans_of(certificate_id, facts)
        ws.inventory.certificates.link_issuers(found)
        ws.inventory.journal.append_many(
            [
                NewJournalEntry(
                    ws.actor,
                    "certificate.imported",
                    "certificate",
                    certificate_id,
                    new.common_name or new.subject,
                    {"fingerprint": new.fingerprint},
                )
                for certificate_id, (_, new) in zip(ids, storable, strict=True)
            ]
        )
        if any(new.is_ca and new.key_id is not None for _, new in storable):
            recovery.announce_promotions(ws)
    return ids


# Keys


def _keepable_keys(items: Iterable[Item]) -> tuple[list[PrivateKey], list[MtlsguiError]]:
    """Each key once; why others cannot be kept."""
    keys = {
        item.spki_sha256: item.key
        for item in items
        if isinstance(item, PrivateKeyItem) and item.key is not None
    }
    keepable: list[PrivateKey] = []
    unusable: list[MtlsguiError] = []
    for key in keys.values():
        try:
            check_keepable(key)
        except VaultError as error:
            unusable.append(error)
        else:
            keepable.append(key)
    return keepable, unusable


def _keep_key(ws: Workspace, key: PrivateKey) -> int | None:
    """Keep one private key and link what is made with it; None where it was held already."""
    spki = spki_sha256(key.public_key())
    held = ws.inventory.keys.by_spki(spki)
    if held is not None and held.state in (KeyState.PENDING, KeyState.DELETING):
        raise MtlsguiError(
            "This key is being changed by another mtlsgui.",
            f"It is {held.label}{f' of “{held.name}”' if held.name else ''}.",
            "Wait until the other has finished, then import it again.",
        )
    if held is not None:
        _link_key(ws, spki, held.id)
        return None
    certificates = ws.inventory.certificates.by_spki(spki)
    name = certificates[0].name if certificates else ""
    if any(row.is_ca for row in certificates):
        with (
            ws.custody.deposit(key, name) as key_id,
            ws.recorded("key.imported", "key", name, key_id, spki=spki),
        ):
            ws.inventory.keys.mark_held(key_id)
            _link_key(ws, spki, key_id)
        return key_id
    sealed = ws.custody.seal(key, name)
    with ws.recorded("key.imported", "key", name, spki=spki) as record:
        record.object_id = ws.inventory.keys.add_held(sealed)
        _link_key(ws, spki, record.object_id)
    return record.object_id


def _link_key(ws: Workspace, spki: str, key_id: int) -> None:
    """Say of what was here before its key that the key is held."""
    with ws.inventory.transaction():
        ws.inventory.certificates.set_key_by_spki(spki, key_id)
        ws.inventory.requests.set_key_by_spki(spki, key_id)


# Requests and revocation lists


def _requests(ws: Workspace, several: Iterable[RequestFacts]) -> tuple[int, ...]:
    kept = []
    for facts in several:
        rows = ws.inventory.requests.by_spki(facts.spki_sha256 or "")
        if any(row.der == facts.der for row in rows):
            continue
        name = facts.common_name or next(iter(facts.san or ()), "").partition(":")[2]
        key = ws.inventory.keys.by_spki(facts.spki_sha256 or "")
        with ws.recorded("request.imported", "request", name) as record:
            record.object_id = ws.inventory.requests.add(
                NewRequest(
                    der=facts.der,
                    name=name or facts.subject or "",
                    subject=facts.subject or "",
                    spki_sha256=facts.spki_sha256 or "",
                    san=facts.san or (),
                    key_id=key.id if key else None,
                )
            )
            certificates = ws.inventory.certificates.by_spki(facts.spki_sha256 or "")
            if certificates:  # what it asked for was here before it
                ws.inventory.requests.fulfil(record.object_id, certificates[-1].id)
        kept.append(record.object_id)
    return tuple(kept)


def _crls(ws: Workspace, several: Iterable[CrlFacts]) -> tuple[int, ...]:
    several = list(several)
    known = {row.der for row in ws.inventory.crls.all()} if several else set()
    kept = []
    for facts in several:
        if facts.issuer_der is None or facts.this_update is None or facts.der in known:
            continue
        known.add(facts.der)
        authority = _crl_issuer(ws, facts)
        with ws.recorded("crl.imported", "crl", facts.issuer or "", number=facts.number) as record:
            record.object_id = ws.inventory.crls.add(
                NewCrl(
                    der=facts.der,
                    issuer=facts.issuer or "",
                    number=facts.number,
                    this_update=facts.this_update,
                    next_update=facts.next_update,
                    issuer_id=authority.id if authority else None,
                )
            )
        kept.append(record.object_id)
    return tuple(kept)


def _crl_issuer(ws: Workspace, facts: CrlFacts) -> CertificateRow | None:
    """The authority that signed the list: anybody can make one that bears its name."""
    certificates = ws.inventory.certificates
    for row in certificates.issuer_candidates(facts.issuer_der or b"", facts.aki):
        if crl_signed_by(facts, read_certificate(certificates.der(row.id))):
            return row
    return None
