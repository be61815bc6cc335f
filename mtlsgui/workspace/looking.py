"""One thing of a drop in full: what it says, the chain it stands in, the files it can become."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mtlsgui.formats import write as writers
from mtlsgui.formats.describing import describe_item
from mtlsgui.formats.items import (
    CertificateItem,
    CrlItem,
    Item,
    PublicKeyItem,
    RequestItem,
    encoding_of,
)
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki.describe import Description, Field, display_name
from mtlsgui.pki.describe.certificate import issuer_name
from mtlsgui.pki.describe.words import signature_algorithm
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.workspace import fetching
from mtlsgui.workspace.contents import Contents, Entry
from mtlsgui.workspace.copies import file_stem
from mtlsgui.workspace.exporting import Form, OutputFile
from mtlsgui.workspace.relating import Relation, relations
from mtlsgui.workspace.viewing import (
    CertificateView,
    ChainStep,
    step_of,
    stored_issuer,
    view_unstored,
)
from mtlsgui.workspace.workspace import Workspace

_ON_CARD = (
    "2.5.29.15",  # key usage
    "1.3.6.1.5.5.7.1.24",  # TLS feature: must-staple
    "1.3.6.1.4.1.11129.2.4.2",  # signed certificate timestamps
    "2.5.29.31",  # CRL distribution points
    "1.3.6.1.5.5.7.1.1",  # authority information access
)
"""Extensions that a card tells of, in its order."""
_HEAVY = 64 * 1024
"""Bytes. What is larger takes longer to describe than a person should wait without a sign."""


class Verified(StrEnum):
    """Whether a certificate's signature holds.

    UNKNOWN: the issuer is not at hand, or its algorithm cannot be checked.
    BROKEN: a certificate with the issuer's name and key identifier is here and did not make it.
    """

    YES = "yes"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Signature:
    """A certificate's signature. algorithm: in words. by: the issuer's name, "" for itself."""

    algorithm: str
    by: str
    verified: Verified


@dataclass(frozen=True)
class Gap:
    """What a chain lacks.

    issuer: its name. child: the certificate that it signed. why: a sentence.
    address: where the child says that it can be fetched; "" where it does not, or not by HTTP.
    unfetchable: an address by another protocol, where that is all there is.
    """

    issuer: str
    child: CertificateItem
    why: str
    address: str = ""
    unfetchable: str = ""


@dataclass(frozen=True)
class Look:
    """One entry in full.

    certificate: for certificates. steps: the whole chain that it stands in, leaf first, with the
        items that they are of.
    gap: what the chain lacks; None when nothing.
    issuer_here: the CA of the workspace that signed the chain's last certificate.
    stored_id: the same certificate in the workspace.
    relations: how it goes with the rest of the drop.
    on_card: fields of its extensions that belong on the card.
    pin: of certificates, SHA-256 of the public key in base64 (RFC 7469, section 2.4).
    pem: to be copied; empty for private keys, and for what has none.
    encoding: its DER; empty where it has none, or holds a secret.
    """

    description: Description
    certificate: CertificateView | None = None
    steps: tuple[tuple[CertificateItem, ChainStep], ...] = ()
    gap: Gap | None = None
    issuer_here: CertificateRow | None = None
    stored_id: int | None = None
    relations: tuple[Relation, ...] = ()
    signature: Signature | None = None
    on_card: tuple[Field, ...] = ()
    pin: str = ""
    pem: str = ""
    encoding: bytes = b""


def is_heavy(contents: Contents, entry: Entry) -> bool:
    """Whether looking takes so long that it is work for another thread."""
    lists = (each for each in contents.inspection.items if isinstance(each, CrlItem))
    weight = sum(len(each.facts.der) for each in lists)
    return weight > _HEAVY or (entry.item is not None and len(encoding_of(entry.item)) > _HEAVY)


def look(ws: Workspace, contents: Contents, entry: Entry) -> Look | None:
    """All about one entry of a drop; None for what could not be read at all."""
    item = entry.item
    if item is None:
        return None
    bonds = relations(contents, entry)
    if isinstance(item, CertificateItem):
        return _certificate(ws, contents, entry, item, bonds)
    return Look(
        describe_item(item),
        relations=bonds,
        pem=_pem(item),
        encoding=encoding_of(item),
    )


def forms(entry: Entry) -> tuple[Form, ...]:
    """In which forms the entry can be saved. Private keys: in none, they are imported first."""
    match entry.item:
        case CertificateItem():
            chain = _chain(entry, entry.item)
            return (Form.PEM, Form.DER, *((Form.FULL_CHAIN,) if len(chain) > 1 else ()))
        case RequestItem() | CrlItem():
            return (Form.PEM, Form.DER)
        case PublicKeyItem(key=key) if key is not None:
            return (Form.PEM,)
    return ()


def render(entry: Entry, form: Form) -> OutputFile:
    """The entry as a file, named after it. Raises ValueError for a form that it has not."""
    stem, item = file_stem(entry.title), entry.item
    if form not in forms(entry) or item is None:
        raise ValueError(f"{entry.what} cannot be saved as {form}")
    if form is Form.FULL_CHAIN and isinstance(item, CertificateItem):
        leaf, *above = (each.facts for each in _chain(entry, item))
        sent = [leaf, *(facts for facts in above if not facts.self_signed)]
        return OutputFile(f"{stem}-fullchain.crt", writers.to_pem(sent))
    if form is Form.DER and isinstance(item, CertificateItem | RequestItem | CrlItem):
        return OutputFile(f"{stem}.der", item.facts.der)
    ending = {RequestItem: "csr", CrlItem: "crl", PublicKeyItem: "pub"}.get(type(item), "crt")
    return OutputFile(f"{stem}.{ending}", _pem(item).encode("ascii"))


def _certificate(
    ws: Workspace,
    contents: Contents,
    entry: Entry,
    item: CertificateItem,
    bonds: tuple[Relation, ...],
) -> Look:
    now = ws.clock()
    chain = _chain(entry, item)
    view = view_unstored([each.facts for each in chain], now)
    whole = entry.bundle.chain if entry.bundle is not None else (item,)
    why = entry.bundle.missing if entry.bundle is not None else ""
    top = whole[-1]
    issuer_here = None if top.facts.self_signed else stored_issuer(ws, top.facts)
    return Look(
        view.description,
        certificate=view,
        steps=tuple((each, step_of(each.facts, now)) for each in whole),
        gap=_gap(top, why) if why else None,
        issuer_here=issuer_here,
        stored_id=ws.inventory.certificates.id_of(item.facts.fingerprint_sha256),
        relations=bonds,
        signature=_signature(contents, chain, issuer_here),
        on_card=tuple(_on_card(view.description)),
        pin=_pin(item.facts.spki_sha256),
        pem=view.pem,
        encoding=item.facts.der,
    )


def _gap(child: CertificateItem, why: str) -> Gap:
    found = fetching.addresses(child.facts)
    return Gap(
        issuer_name(child.facts),
        child,
        why,
        address=next(filter(fetching.can_fetch, found), ""),
        unfetchable=next(iter(found), ""),
    )


def _signature(
    contents: Contents, chain: tuple[CertificateItem, ...], issuer_here: CertificateRow | None
) -> Signature | None:
    facts = chain[0].facts
    if facts.signature_algorithm is None:
        return None
    algorithm = signature_algorithm(facts.signature_algorithm)
    if facts.self_signed:
        return Signature(algorithm, "", Verified.YES)
    if len(chain) > 1:
        return Signature(algorithm, display_name(chain[1].facts), Verified.YES)
    if issuer_here is not None:
        return Signature(algorithm, issuer_here.name, Verified.YES)
    pretended = any(
        _claims(facts, each.facts)
        for each in contents.inspection.items
        if isinstance(each, CertificateItem)
    )
    verified = Verified.BROKEN if pretended else Verified.UNKNOWN
    return Signature(algorithm, issuer_name(facts), verified)


def _claims(child: CertificateFacts, issuer: CertificateFacts) -> bool:
    """The child names this very issuer, by name and key identifier (RFC 5280, 4.2.1.1)."""
    named = child.issuer_der is not None and child.issuer_der == issuer.subject_der
    return named and child.aki is not None and child.aki == issuer.ski


def _on_card(description: Description) -> Iterator[Field]:
    fields = [field for section in description.sections for field in section.fields]
    for oid in _ON_CARD:
        yield from (field for field in fields if field.oid == oid)


def _pin(spki_sha256: str | None) -> str:
    return base64.b64encode(bytes.fromhex(spki_sha256 or "")).decode("ascii")


def _chain(entry: Entry, item: CertificateItem) -> tuple[CertificateItem, ...]:
    """The item and what is above it."""
    if entry.bundle is None:
        return (item,)
    whole = entry.bundle.chain
    at = next((number for number, each in enumerate(whole) if each is item), None)
    return (item,) if at is None else whole[at:]


def _pem(item: Item) -> str:
    match item:
        case CertificateItem():
            return writers.to_pem([item.facts]).decode("ascii")
        case RequestItem():
            return writers.request_to_pem(item.facts).decode("ascii")
        case CrlItem():
            return writers.crl_to_pem(item.facts).decode("ascii")
        case PublicKeyItem(key=key) if key is not None:
            return writers.public_key_to_pem(key).decode("ascii")
    return ""
