"""One thing of a drop in full: what it says, the chain it stands in, the files it can become."""

from dataclasses import dataclass
from pathlib import Path

from mtlsgui.formats import write as writers
from mtlsgui.formats.describing import describe_item
from mtlsgui.formats.files import write_atomically
from mtlsgui.formats.items import (
    CertificateItem,
    CrlItem,
    Item,
    PrivateKeyItem,
    PublicKeyItem,
    RequestItem,
)
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki.describe import Description, display_name
from mtlsgui.workspace.contents import Entry, spki_of
from mtlsgui.workspace.copies import file_stem
from mtlsgui.workspace.exporting import Form, OutputFile
from mtlsgui.workspace.viewing import (
    CertificateView,
    ChainStep,
    step_of,
    stored_issuer,
    view_unstored,
)
from mtlsgui.workspace.workspace import Workspace


@dataclass(frozen=True)
class Look:
    """One entry in full.

    certificate: for certificates. steps: the whole chain that it stands in, leaf first, with the
        items that they are of.
    missing: what the chain lacks, as a sentence; missing_issuer: its name; empty when nothing.
    issuer_here: the CA of the workspace that signed the chain's last certificate.
    stored_id: the same certificate in the workspace.
    key_here: the private key of the certificate is in the drop.
    goes_with: the name of the certificate that a key or a request belongs to.
    pem: to be copied; empty for private keys, and for what has none.
    """

    description: Description
    certificate: CertificateView | None = None
    steps: tuple[tuple[CertificateItem, ChainStep], ...] = ()
    missing: str = ""
    missing_issuer: str = ""
    issuer_here: CertificateRow | None = None
    stored_id: int | None = None
    key_here: bool = False
    goes_with: str = ""
    pem: str = ""


def look(ws: Workspace, entry: Entry) -> Look | None:
    """All about one entry; None for what could not be read at all."""
    item = entry.item
    if item is None:
        return None
    description = describe_item(item)
    pem = _pem(item)
    if isinstance(item, CertificateItem):
        return _certificate(ws, entry, item, description, pem)
    return Look(description, goes_with=_goes_with(entry), pem=pem)


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


def save(file: OutputFile, path: Path) -> None:
    """Write it, over what is there: the person was asked. Raises FileError."""
    write_atomically(path, file.data, private=file.private, overwrite=True)


def _certificate(
    ws: Workspace, entry: Entry, item: CertificateItem, description: Description, pem: str
) -> Look:
    now = ws.clock()
    chain = _chain(entry, item)
    view = view_unstored([each.facts for each in chain], now)
    whole = entry.bundle.chain if entry.bundle is not None else (item,)
    missing = entry.bundle.missing if entry.bundle is not None else ""
    members = entry.bundle.members if entry.bundle is not None else ()
    top = whole[-1].facts
    return Look(
        description,
        certificate=view,
        steps=tuple((each, step_of(each.facts, now)) for each in whole),
        missing=missing,
        missing_issuer=view.missing_issuer,
        issuer_here=None if top.self_signed else stored_issuer(ws, top),
        stored_id=ws.inventory.certificates.id_of(item.facts.fingerprint_sha256),
        key_here=any(
            isinstance(member, PrivateKeyItem) and member.spki_sha256 == item.facts.spki_sha256
            for member in members
        ),
        pem=pem,
    )


def _chain(entry: Entry, item: CertificateItem) -> tuple[CertificateItem, ...]:
    """The item and what is above it."""
    if entry.bundle is None:
        return (item,)
    whole = entry.bundle.chain
    at = next((number for number, each in enumerate(whole) if each is item), None)
    return (item,) if at is None else whole[at:]


def _goes_with(entry: Entry) -> str:
    spki = spki_of(entry.item)
    for item in entry.bundle.chain if entry.bundle is not None else ():
        if item.facts.spki_sha256 == spki:
            return display_name(item.facts)
    return ""


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
