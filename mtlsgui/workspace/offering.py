"""What is offered to choose from before something is made: defaults, issuers, keys, requests."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import RequestItem
from mtlsgui.inventory.records import KeyState, Sort, TreeFilter
from mtlsgui.pki.names import Subject
from mtlsgui.pki.profiles import Profile, copy_of
from mtlsgui.workspace import inspecting, issuers, issuing
from mtlsgui.workspace.drafts import AuthorityDraft, CertificateDraft, SignedRequest
from mtlsgui.workspace.issuers import Issuer
from mtlsgui.workspace.vaults import KeyringNames
from mtlsgui.workspace.workspace import Workspace

_LOOKED_BACK = 200  # certificates among which the issuers used last are looked for


def authority_draft(ws: Workspace, parent: Issuer | None = None) -> AuthorityDraft:
    """An authority as the preferences have it: a root, or an intermediate under `parent`."""
    preferred = ws.preferences
    return AuthorityDraft(
        subject=Subject(organization=preferred.organization),
        algorithm=preferred.authority_key,
        days=preferred.intermediate_days if parent else preferred.root_days,
        path_length=0 if parent else None,
        parent_id=parent.id if parent else None,
    )


def profiles(ws: Workspace) -> tuple[Profile, ...]:
    """Every profile; the built-in ones with the preferences for validity, key and organisation.

    Those for workloads keep their own: they are short-lived for a reason.
    """
    preferred = ws.preferences
    return tuple(
        replace(
            profile,
            days=preferred.leaf_days,
            key=preferred.leaf_key,
            subject=Subject(organization=preferred.organization),
        )
        if profile.built_in and not profile.for_workloads
        else profile
        for profile in ws.profiles.all()
    )


def issuers_by_use(ws: Workspace) -> tuple[Issuer, ...]:
    """Every authority that can issue: those used last first, then the others by name."""
    page = ws.inventory.tree.flat_page(
        TreeFilter(),
        Sort("added", descending=True),
        ws.clock(),
        ws.preferences.warn,
        0,
        _LOOKED_BACK,
    )
    # An intermediate was issued too, but by its root: what is wanted is who issues leaves.
    used = [
        row.issuer_id
        for row in page
        if row.source == "issued" and not row.is_ca and row.issuer_id is not None
    ]
    order = {issuer_id: place for place, issuer_id in reversed(list(enumerate(used)))}
    found = issuers.available(ws)
    return tuple(sorted(found, key=lambda issuer: order.get(issuer.id, _LOOKED_BACK)))


@dataclass(frozen=True)
class HeldKey:
    """A key of the inventory that a certificate can be made for.

    certificates: how many there are with this key already.
    """

    id: int
    name: str
    label: str
    added_at: datetime
    certificates: int


def held_keys(ws: Workspace, search: str = "", most: int = 200) -> tuple[HeldKey, ...]:
    """Keys for end-entity certificates whose name has `search` in it, newest first.

    Authorities' keys are left out: one that signs certificates is for nothing else.
    """
    wanted = search.casefold().strip()
    found = []
    for row in reversed(ws.inventory.keys.all()):
        text = f"{row.name} {row.label}".casefold()
        if row.custody != "sealed" or row.state is not KeyState.HELD or wanted not in text:
            continue
        uses = len(ws.inventory.keys.certificates_of(row.id))
        found.append(HeldKey(row.id, row.name, row.label, row.added_at, uses))
        if len(found) == most:
            break
    return tuple(found)


def vault_label(ws: Workspace) -> str:
    """What keys are, or will be, held in; empty where no keyring is to be seen.

    Stores nothing and asks nothing of the person, but may wait for the system's answer.
    """
    if ws.custody.label:
        return ws.custody.label
    vaults = ws.custody.vaults
    return vaults.keyring_label() if isinstance(vaults, KeyringNames) else ""


@dataclass(frozen=True)
class FoundRequest:
    """A request that can be signed, and the file it came in."""

    source: str
    request: SignedRequest = field(repr=False)


def request_in_files(
    paths: Sequence[Path], reader: inspecting.Reader | None = None
) -> FoundRequest:
    """The one request in these files. Raises MtlsguiError where there is none, or more."""
    return _one_request(inspecting.inspect_files(paths, reader=reader))


def request_in_text(
    data: bytes, name: str, reader: inspecting.Reader | None = None
) -> FoundRequest:
    """The one request in what was pasted or dropped. Raises MtlsguiError."""
    return _one_request(inspecting.inspect_bytes(data, name, reader=reader))


def _one_request(inspection: inspecting.Inspection) -> FoundRequest:
    for source in inspection.sources:
        if source.error is not None:
            raise source.error
    found = [item for item in inspection.items if isinstance(item, RequestItem)]
    if not found:
        raise MtlsguiError(
            "There is no certificate request in this.",
            "A request begins with “BEGIN CERTIFICATE REQUEST”, or is the same in DER.",
            "Choose a .csr, .req or .p10 file.",
        )
    if len(found) > 1:
        raise MtlsguiError(
            f"There are {len(found)} certificate requests in this.",
            "One is signed at a time.",
            "Choose a file with a single request.",
        )
    name = inspection.source_of(found[0]).name
    return FoundRequest(name, issuing.request_to_sign(found[0].facts.der))


def profile_of(draft: CertificateDraft, name: str) -> Profile:
    """A profile of the user's own that makes more certificates like `draft`."""
    subject = replace(draft.subject or draft.profile.subject, common_name="")
    return replace(
        copy_of(draft.profile, name.strip()),
        days=draft.effective_days,
        key=draft.effective_algorithm,
        subject=subject,
    )
