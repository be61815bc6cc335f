"""Items as CLI.md's ITEM objects."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from mtlsgui.formats.items import (
    CertificateItem,
    CrlItem,
    Item,
    OtherItem,
    PrivateKeyItem,
    PublicKeyItem,
    ReadResult,
    RequestItem,
)
from mtlsgui.pki import describe
from mtlsgui.pki.describe import Field
from mtlsgui.pki.facts import CertificateFacts, CrlFacts, FieldProblem, RequestFacts
from mtlsgui.pki.keys import KeyInfo


def file_as_json(path: str, result: ReadResult) -> dict[str, Any]:
    """One file of `mtlsctl inspect`."""
    return {
        "path": path,
        "format": result.format,
        **({"about": [_about(field) for field in result.about]} if result.about else {}),
        "items": [item_as_json(item) for item in result.items],
        "errors": [{"where": error.where, "message": error.message} for error in result.errors],
    }


def item_as_json(item: Item) -> dict[str, Any]:
    """One ITEM. A private key's value is in none of its fields."""
    common: dict[str, Any] = {
        "kind": item.kind,
        "position": item.position,
        "container": item.container,
    }
    if item.inside:
        common["inside"] = item.inside
    match item:
        case CertificateItem():
            return common | certificate_as_json(item.facts) | _alias(item.friendly_name)
        case RequestItem():
            return common | request_as_json(item.facts)
        case CrlItem():
            return common | crl_as_json(item.facts)
        case PrivateKeyItem():
            return (
                common
                | _key_pair(item.info, item.spki_sha256, item.encrypted, item.locked)
                | ({"protection": item.protection} if item.protection else {})
                | _alias(item.friendly_name)
            )
        case PublicKeyItem():
            return common | _key_pair(item.info, item.spki_sha256, False, False)
        case OtherItem():
            return common | {
                "what": item.what,
                "locked": item.locked,
                "protection": item.protection or None,
                "problem": item.problem or None,
                "description": item.description and describe.as_json(item.description),
            }


def certificate_as_json(facts: CertificateFacts) -> dict[str, Any]:
    """The fields of a certificate."""
    return {
        "subject": facts.subject,
        "issuer": facts.issuer,
        "serial": facts.serial,
        "not_before": time_as_json(facts.not_before),
        "not_after": time_as_json(facts.not_after),
        "fingerprint_sha256": facts.fingerprint_sha256,
        "spki_sha256": facts.spki_sha256,
        "key": key_as_json(facts.key),
        "signature_algorithm": facts.signature_algorithm,
        "is_ca": facts.is_ca,
        "path_length": facts.path_length,
        "san": _list(facts.san),
        "key_usage": _list(facts.key_usage),
        "extended_key_usage": _list(facts.extended_key_usage),
        "self_signed": facts.self_signed,
        "problems": _problems(facts.problems),
    }


def request_as_json(facts: RequestFacts) -> dict[str, Any]:
    """The fields of a certificate signing request."""
    return {
        "subject": facts.subject,
        "key": key_as_json(facts.key),
        "spki_sha256": facts.spki_sha256,
        "signature_algorithm": facts.signature_algorithm,
        "is_ca": facts.is_ca,
        "san": _list(facts.san),
        "key_usage": _list(facts.key_usage),
        "extended_key_usage": _list(facts.extended_key_usage),
        "signature_valid": facts.signature_valid,
        "problems": _problems(facts.problems),
    }


def crl_as_json(facts: CrlFacts) -> dict[str, Any]:
    """The fields of a revocation list."""
    return {
        "issuer": facts.issuer,
        "number": facts.number,
        "this_update": time_as_json(facts.this_update),
        "next_update": time_as_json(facts.next_update),
        "revoked_count": facts.revoked_count,
        "signature_algorithm": facts.signature_algorithm,
        "problems": _problems(facts.problems),
    }


def key_as_json(info: KeyInfo | None) -> dict[str, Any] | None:
    """{algorithm, bits} or, for elliptic curves, {algorithm, curve}; neither where it has none."""
    if info is None:
        return None
    found: dict[str, Any] = {"algorithm": info.algorithm}
    if info.curve is not None:
        found["curve"] = info.curve
    elif info.bits is not None:
        found["bits"] = info.bits
    return found


def time_as_json(moment: datetime | None) -> str | None:
    """As in "2026-01-31T00:00:00Z"."""
    return None if moment is None else f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _key_pair(
    info: KeyInfo | None, spki_sha256: str | None, encrypted: bool, locked: bool
) -> dict[str, Any]:
    return {
        "key": key_as_json(info),
        "spki_sha256": spki_sha256,
        "encrypted": encrypted,
        "locked": locked,
    }


def _about(field: Field) -> dict[str, str]:
    said = {"label": field.label, "value": field.value}
    return said | ({"note": field.note} if field.note else {})


def _alias(name: str | None) -> dict[str, Any]:
    return {"friendly_name": name} if name else {}


def _list(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)


def _problems(problems: Iterable[FieldProblem]) -> list[dict[str, str]]:
    return [{"field": problem.field, "message": problem.message} for problem in problems]
