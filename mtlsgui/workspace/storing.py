"""Certificates into the inventory, linked with their issuers, keys and requests."""

from collections.abc import Sequence
from datetime import UTC, datetime

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.records import NewCertificate, RequestState, Source
from mtlsgui.pki.facts import CertificateFacts, kind_of
from mtlsgui.workspace.workspace import Workspace

_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


def store(
    ws: Workspace,
    facts: CertificateFacts,
    *,
    source: Source,
    issuer_id: int | None,
    key_id: int | None,
    profile: str | None = None,
) -> int:
    """Add one certificate as `store_many` does; gives its id."""
    new = as_new(facts, source=source, issuer_id=issuer_id, key_id=key_id, profile=profile)
    return store_many(ws, [new])[0]


def store_many(ws: Workspace, several: Sequence[NewCertificate]) -> list[int]:
    """Add certificates inside the caller's transaction; gives their ids.

    Open requests for their keys are fulfilled by them.
    """
    ids = ws.inventory.certificates.add_many(several)
    if ws.inventory.requests.count(state=RequestState.OPEN):
        for certificate_id, new in zip(ids, several, strict=True):
            state = RequestState.SIGNED if new.source == "issued" else RequestState.FULFILLED
            for request in ws.inventory.requests.by_spki(new.spki_sha256, RequestState.OPEN):
                ws.inventory.requests.fulfil(request.id, certificate_id, state)
    return ids


def as_new(
    facts: CertificateFacts,
    *,
    source: Source,
    issuer_id: int | None = None,
    key_id: int | None = None,
    profile: str | None = None,
) -> NewCertificate:
    """What the inventory keeps of a certificate. Fields that cannot be read are left empty.

    Raises MtlsguiError where it lacks so much that it could not be told from others.
    """
    if facts.subject_der is None or facts.issuer_der is None or facts.serial is None:
        raise MtlsguiError(
            "This certificate cannot be kept.",
            "Its names or its serial number cannot be read.",
            "It can be looked at without importing it.",
        )
    return NewCertificate(
        der=facts.der,
        fingerprint=facts.fingerprint_sha256,
        subject=facts.subject or "",
        issuer=facts.issuer or "",
        subject_der=facts.subject_der,
        issuer_der=facts.issuer_der,
        serial=facts.serial,
        # Without a readable validity it is shown as expired: never as fine.
        not_before=facts.not_before or _BEGINNING,
        not_after=facts.not_after or _BEGINNING,
        kind=kind_of(facts).value,
        is_ca=bool(facts.is_ca),
        self_signed=facts.self_signed,
        key_label=facts.key.label if facts.key else "",
        spki_sha256=facts.spki_sha256 or "",
        source=source,
        common_name=facts.common_name,
        san=facts.san or (),
        ski=facts.ski,
        aki=facts.aki,
        issuer_id=issuer_id,
        key_id=key_id,
        profile=profile,
        extra_search=_unicode_names(facts.san or ()),
    )


def _unicode_names(san: tuple[str, ...]) -> tuple[str, ...]:
    """The Unicode forms of internationalised names, so that they are found as people type them."""
    found = []
    for text in san:
        kind, _, value = text.partition(":")
        if kind in ("dns", "email") and "xn--" in value:
            try:
                found.append(value.encode("ascii").decode("idna"))
            except UnicodeError:  # not a name that has a Unicode form
                continue
    return tuple(found)
