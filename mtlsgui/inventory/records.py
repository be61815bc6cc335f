"""What the inventory hands out and takes in: frozen records, no behaviour beyond the status rule.

Serials and fingerprints are lower-case hex without separators, names RFC 4514, times aware UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def to_unix(moment: datetime) -> int:
    """Whole seconds since 1970, rounded down; negative before it. Raises TypeError when naive."""
    return (moment - EPOCH) // _SECOND


def from_unix(seconds: int) -> datetime:
    """The aware UTC moment; years 1 to 9999, unlike `datetime.fromtimestamp` on some systems."""
    return EPOCH + timedelta(seconds=seconds)


class Status(StrEnum):
    """What matters most about a certificate now. The first that applies, in this order."""

    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRES_SOON = "expires_soon"
    ISSUER_MISSING = "issuer_missing"
    NO_KEY = "no_key"
    VALID = "valid"


class KeyState(StrEnum):
    """Where a key is on its way; all but HELD are finished or undone by recovery at start.

    PENDING: the row is written, the vault entry may or may not be.
    HELD: the vault entry (or sealed bytes) was read back and compared.
    MOVING: two vault entries may exist; `vault_ref` is the true one, `new_vault_ref` the one
        to be deleted should the move have been cut short.
    DELETING: the vault entry is to be deleted, then the row.
    """

    PENDING = "pending"
    HELD = "held"
    MOVING = "moving"
    DELETING = "deleting"


class RequestState(StrEnum):
    """OPEN: waiting for its certificate; FULFILLED: it came; SIGNED: we signed it ourselves."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    SIGNED = "signed"


Custody = Literal["vault", "sealed"]
Source = Literal["issued", "imported"]


@dataclass(frozen=True, slots=True)
class Warn:
    """How long before its end a certificate is said to expire soon, in days.

    Never earlier than in the last third of its lifetime, so that a certificate made for a
    week is not one that expires soon from its first day.
    """

    end_entity_days: int = 21
    authority_days: int = 180


@dataclass(frozen=True, slots=True)
class NewCertificate:
    """What is stored of a certificate; the caller read the fields from `der`.

    subject_der, issuer_der: the DER of the two Names; issuers are found by them.
    common_name: of the subject, None when it has none.
    san: "dns:web.test", "ip:10.0.0.1", …
    kind: root_ca, ca, server, client, peer or other.
    issuer_id: the issuing certificate where the caller has verified it, else None.
    extra_search: more words it shall be found by (the Unicode form of an IDN, for one).
    """

    der: bytes
    fingerprint: str
    subject: str
    issuer: str
    subject_der: bytes
    issuer_der: bytes
    serial: str
    not_before: datetime
    not_after: datetime
    kind: str
    is_ca: bool
    self_signed: bool
    key_label: str
    spki_sha256: str
    source: Source
    common_name: str | None = None
    san: tuple[str, ...] = ()
    ski: str | None = None
    aki: str | None = None
    issuer_id: int | None = None
    key_id: int | None = None
    revoked_at: datetime | None = None
    revocation_reason: str | None = None
    label: str | None = None
    notes: str = ""
    tags: tuple[str, ...] = ()
    color: str | None = None
    profile: str | None = None
    predecessor_id: int | None = None
    extra_search: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate as lists and trees show it. Its DER is loaded by `certificates.der(id)`.

    name: the user's label, else the common name, else the first SAN, else the subject.
    status: as of the `now` and `Warn` that the query was given.
    child_count: certificates issued by it that the query's filter shows; None when not asked.
    """

    id: int
    fingerprint: str
    name: str
    subject: str
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    kind: str
    is_ca: bool
    self_signed: bool
    key_label: str
    spki_sha256: str
    san: tuple[str, ...]
    ski: str | None
    aki: str | None
    issuer_id: int | None
    key_id: int | None
    revoked_at: datetime | None
    revocation_reason: str | None
    label: str | None
    notes: str
    tags: tuple[str, ...]
    color: str | None
    profile: str | None
    source: Source
    added_at: datetime
    predecessor_id: int | None
    status: Status
    child_count: int | None = None


@dataclass(frozen=True, slots=True)
class Deletion:
    """What goes with a certificate when it is deleted, for the question asked before.

    children: certificates that lose their issuer and become top-level ones.
    crls: revocation lists that stay but lose their issuer.
    key_id, key_shared: its key, which stays, and whether other certificates use it too.
    """

    children: int
    crls: int
    key_id: int | None
    key_shared: bool


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key to be held. `sealed` is set for custody "sealed", the vault fields for "vault"."""

    spki_sha256: str
    label: str
    algorithm: str
    bits: int | None
    custody: Custody
    name: str = ""
    vault_kind: str | None = None
    vault_ref: str | None = None
    sealed: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A private key that is held, and where. The key itself is never in here in the clear."""

    id: int
    spki_sha256: str
    label: str
    algorithm: str
    bits: int | None
    custody: Custody
    vault_kind: str | None
    vault_ref: str | None
    sealed: bytes | None = field(repr=False)
    state: KeyState
    new_vault_kind: str | None
    new_vault_ref: str | None
    added_at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A certificate signing request to be stored."""

    der: bytes
    name: str
    subject: str
    spki_sha256: str
    san: tuple[str, ...] = ()
    key_id: int | None = None
    state: RequestState = RequestState.OPEN
    certificate_id: int | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A certificate signing request; `certificate_id` is what it led to."""

    id: int
    der: bytes = field(repr=False)
    name: str
    subject: str
    san: tuple[str, ...]
    spki_sha256: str
    key_id: int | None
    added_at: datetime
    state: RequestState
    certificate_id: int | None
    notes: str


@dataclass(frozen=True, slots=True)
class NewCrl:
    """A certificate revocation list to be stored. number: RFC 5280 section 5.2.3, or None."""

    der: bytes
    issuer: str
    number: int | None
    this_update: datetime
    next_update: datetime | None
    issuer_id: int | None = None


@dataclass(frozen=True, slots=True)
class CrlRow:
    """A certificate revocation list; `issuer_id` is its CA where that is in the inventory."""

    id: int
    issuer_id: int | None
    issuer: str
    number: int | None
    this_update: datetime
    next_update: datetime | None
    der: bytes = field(repr=False)
    added_at: datetime


@dataclass(frozen=True, slots=True)
class ConnectionTestRow:
    """A connection test that is kept under a name. asked: what it asks, as JSON, no secrets.

    outcome, sentence, last_at: of its newest result; None before the first one.
    """

    id: int
    name: str
    asked: str = field(repr=False)
    added_at: datetime
    changed_at: datetime
    outcome: str | None
    sentence: str | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConnectionResultRow:
    """What came of a kept test at one time. Its document is loaded by `document(id)`."""

    id: int
    test_id: int
    at: datetime
    outcome: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NewJournalEntry:
    """What was done. actor: "user@host"; details: plain JSON values, never a secret."""

    actor: str
    action: str
    object_kind: str
    object_id: int | None = None
    object_name: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of the journal. Order is by `seq`; `at` is what the clock said then."""

    seq: int
    at: datetime
    actor: str
    action: str
    object_kind: str
    object_id: int | None
    object_name: str
    details: Mapping[str, Any]
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the journal is whole. first_bad: the first `seq` that is not as it was written,
    one past the last when lines are missing from the end.
    """

    verified: bool
    entries: int
    first_bad: int | None


@dataclass(frozen=True, slots=True)
class TreeFilter:
    """What a tree or list shows; empty parts do not restrict.

    search: words that must all occur in names, SANs, serials, fingerprints, notes or tags.
    tags: each must be set.
    """

    search: str = ""
    statuses: frozenset[Status] = frozenset()
    kinds: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    expires_before: datetime | None = None
    issuer_id: int | None = None

    @property
    def is_empty(self) -> bool:
        """True when everything is shown."""
        return self == _EVERYTHING


_EVERYTHING = TreeFilter()

SortColumn = Literal["name", "status", "expires", "kind", "serial", "key", "added"]


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of rows. Trees show CAs before end-entities whatever the order."""

    column: SortColumn = "name"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many certificates there are, over all and by status and kind (absent means none)."""

    total: int
    authorities: int
    by_status: Mapping[Status, int]
    by_kind: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TreeStep:
    """One step on the way to a certificate: its row number under a parent (None: top level)."""

    parent_id: int | None
    row: int
    certificate_id: int


def status_of(certificate: CertificateRow | NewCertificate, now: datetime, warn: Warn) -> Status:
    """The status by the same rule as `status.status_case` in SQL; a property test holds both.

    Validity is inclusive at both ends (RFC 5280 section 4.1.2.5).
    """
    moment = to_unix(now)
    begin, end = to_unix(certificate.not_before), to_unix(certificate.not_after)
    remaining = end - moment
    days = warn.authority_days if certificate.is_ca else warn.end_entity_days
    if certificate.revoked_at is not None:
        return Status.REVOKED
    if remaining < 0:
        return Status.EXPIRED
    if moment < begin:
        return Status.NOT_YET_VALID
    if remaining <= days * 86_400 and remaining * 3 <= end - begin:
        return Status.EXPIRES_SOON
    if certificate.issuer_id is None and not certificate.self_signed:
        return Status.ISSUER_MISSING
    if certificate.is_ca and certificate.key_id is None:
        return Status.NO_KEY
    return Status.VALID
