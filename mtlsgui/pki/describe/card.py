"""The card: what a person wants to know of a certificate first."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mtlsgui.pki.describe.certificate import KIND_SENTENCES, display_name, issuer_name
from mtlsgui.pki.describe.words import (
    colons,
    date,
    fraction_used,
    key_usage,
    purpose,
    relative,
    shortened,
    time_used,
)
from mtlsgui.pki.facts import CertificateFacts, CertificateKind, kind_of

_CA_KEY_USAGES = ("keyCertSign", "cRLSign")


class Validity(StrEnum):
    """Where a moment stands to a certificate's dates."""

    NOT_YET_VALID = "not_yet_valid"
    VALID = "valid"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Card:
    """A certificate in short, all in words.

    dates: the two ends of its validity, for who has words of their own; None when unreadable.

    what: "Server certificate". issued_by: the issuer's name; "itself" when self-signed.
    used: the part of its time that is over, 0.0 to 1.0; None when its dates cannot be read.
    used_words: "61 of 90 days used". expires: "in 29 days", "2 days ago".
    names: the alternative names without their kinds; the common name where there are none.
    good_for: purposes in words.
    serial, sha256: whole, with colons; …_short: for a narrow place.
    """

    kind: CertificateKind
    what: str
    name: str
    issued_by: str
    validity: Validity
    not_before: str
    not_after: str
    used: float | None
    used_words: str
    expires: str
    names: tuple[str, ...]
    good_for: tuple[str, ...]
    key: str
    serial: str
    serial_short: str
    sha256: str
    sha256_short: str
    dates: tuple[datetime, datetime] | None


def card(facts: CertificateFacts, now: datetime) -> Card:
    """The card of a certificate as seen at `now` (aware)."""
    start, end = facts.not_before, facts.not_after
    known = start is not None and end is not None
    kind = kind_of(facts)
    return Card(
        kind=kind,
        what=KIND_SENTENCES[kind],
        name=display_name(facts),
        issued_by="itself" if facts.self_signed else issuer_name(facts),
        validity=validity_at(facts, now),
        not_before=date(start) if start else "",
        not_after=date(end) if end else "",
        used=fraction_used(start, end, now) if start and end else None,
        used_words=time_used(start, end, now) if start and end else "",
        expires=relative(end, now) if end and known else "",
        names=_names(facts),
        good_for=good_for(facts),
        key=facts.key.label if facts.key else "a key that cannot be read",
        serial=colons(facts.serial or ""),
        serial_short=shortened(facts.serial or ""),
        sha256=colons(facts.fingerprint_sha256),
        sha256_short=shortened(facts.fingerprint_sha256),
        dates=(start, end) if start and end else None,
    )


def validity_at(facts: CertificateFacts, now: datetime) -> Validity:
    """Both ends count as valid (RFC 5280, section 4.1.2.5)."""
    if facts.not_before is None or facts.not_after is None:
        return Validity.UNKNOWN
    if now < facts.not_before:
        return Validity.NOT_YET_VALID
    return Validity.EXPIRED if now > facts.not_after else Validity.VALID


def _names(facts: CertificateFacts) -> tuple[str, ...]:
    if facts.san:
        return tuple(name.partition(":")[2] for name in facts.san)
    return (facts.common_name,) if facts.common_name else ()


def good_for(facts: CertificateFacts) -> tuple[str, ...]:
    """What it may be used for, in words: a CA's key usages, an end entity's purposes."""
    if facts.is_ca:
        usages = facts.key_usage or _CA_KEY_USAGES
        return tuple(key_usage(name) for name in usages if name in _CA_KEY_USAGES)
    if facts.extended_key_usage is None:
        return ("what cannot be read",)
    if not facts.extended_key_usage:
        return ("any purpose: none is named",)
    return tuple(purpose(name) for name in facts.extended_key_usage)
