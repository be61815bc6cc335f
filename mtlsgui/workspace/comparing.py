"""Two things beside each other, field by field, and what matters of it in a sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from mtlsgui.formats.describing import describe_item
from mtlsgui.formats.items import (
    CertificateItem,
    CrlItem,
    Item,
    RequestItem,
    encoding_of,
    spki_sha256_of,
)
from mtlsgui.pki.describe import Description, Field
from mtlsgui.pki.describe.words import count, span
from mtlsgui.pki.facts import CertificateFacts, CrlFacts


class Difference(StrEnum):
    """How a field stands on the two sides."""

    SAME = "same"
    DIFFERS = "differs"
    ONLY_LEFT = "only_left"
    ONLY_RIGHT = "only_right"


@dataclass(frozen=True, slots=True)
class Row:
    """One field on both sides; None on the side that does not have it."""

    label: str
    left: Field | None
    right: Field | None

    @property
    def difference(self) -> Difference:
        """Whether what is said differs; a note alone does not count."""
        if self.right is None:
            return Difference.ONLY_LEFT
        if self.left is None:
            return Difference.ONLY_RIGHT
        same = (self.left.value, self.left.critical) == (self.right.value, self.right.critical)
        return Difference.SAME if same else Difference.DIFFERS


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """The fields under one heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two things beside each other.

    left, right: what they are called. summary: what matters, in a sentence or two.
    """

    left: str
    right: str
    summary: str
    sections: tuple[ComparedSection, ...]

    @property
    def rows(self) -> Iterator[Row]:
        """All rows of all sections."""
        return (row for section in self.sections for row in section.rows)

    @property
    def differences(self) -> int:
        """How many fields are not the same."""
        return sum(row.difference is not Difference.SAME for row in self.rows)


def compare(left: Item, right: Item) -> Comparison:
    """Compare two items of any kinds. Never raises for what is in them."""
    first, second = describe_item(left), describe_item(right)
    return Comparison(first.title, second.title, summarise(left, right), _sections(first, second))


def summarise(left: Item, right: Item) -> str:
    """What matters about the two."""
    encoded = encoding_of(left)
    if encoded and left.kind == right.kind and encoded == encoding_of(right):
        return f"The same {_NAMES.get(left.kind, 'thing')}, byte for byte."
    match left, right:
        case CertificateItem(), CertificateItem():
            return _certificates(left.facts, right.facts)
        case CrlItem(), CrlItem():
            return _lists(left.facts, right.facts)
    if (keys := (spki_sha256_of(left), spki_sha256_of(right))) and None not in keys:
        return _by_key(left, right, same=keys[0] == keys[1])
    if left.kind != right.kind:
        return f"A {_name(left)} and a {_name(right)}: not of one kind."
    return "They are not the same."


_NAMES = {
    "certificate": "certificate",
    "csr": "request",
    "crl": "revocation list",
    "private_key": "private key",
    "public_key": "public key",
}


def _name(item: Item) -> str:
    return _NAMES.get(item.kind, item.kind.replace("_", " "))


def _by_key(left: Item, right: Item, *, same: bool) -> str:
    """Things that have a key: a request and its certificate, a key and what it belongs to."""
    if left.kind == right.kind:
        words = "the same key" if same else "different keys"
        if isinstance(left, RequestItem) and isinstance(right, RequestItem):
            names = _same_names(_names_of(left), _names_of(right))
            return f"Two requests for {words}, {names}."
        return f"The two are {words}."
    if not same:
        return f"Different keys: the {_name(left)} and the {_name(right)} do not belong together."
    words = f"The same key: the {_name(left)} and the {_name(right)} belong together"
    if isinstance(left, CertificateItem | RequestItem) and isinstance(
        right, CertificateItem | RequestItem
    ):
        words += f", {_same_names(_names_of(left), _names_of(right))}"
    return f"{words}."


def _names_of(item: CertificateItem | RequestItem) -> tuple[str | None, frozenset[str]]:
    return item.facts.subject, frozenset(item.facts.san or ())


def _same_names(
    left: tuple[str | None, frozenset[str]], right: tuple[str | None, frozenset[str]]
) -> str:
    if left == right:
        return "with the same names"
    if left[1] == right[1]:
        return "with the same alternative names but another subject"
    more, fewer = right[1] - left[1], left[1] - right[1]
    words = []
    if more:
        words.append(f"{count(len(more), 'name')} only on the right")
    if fewer:
        words.append(f"{count(len(fewer), 'name')} only on the left")
    return "with different names: " + ", ".join(words)


def _certificates(left: CertificateFacts, right: CertificateFacts) -> str:
    same_key = left.spki_sha256 is not None and left.spki_sha256 == right.spki_sha256
    same_issuer = left.issuer_der == right.issuer_der
    same_subject = left.subject_der == right.subject_der
    names = _same_names(
        (left.subject, frozenset(left.san or ())), (right.subject, frozenset(right.san or ()))
    )
    if same_key and same_subject and not same_issuer:
        return (
            "The same key and subject, certified by different issuers: cross-signed. "
            f"{_later(left, right)}"
        ).rstrip()
    words = "The same key" if same_key else "Different keys"
    issuers = "" if same_issuer else ", issued by different authorities"
    first = f"{words}, {names}{issuers}."
    if left.serial == right.serial and same_issuer:
        first += " The same serial number of one issuer, though they differ!"
    renewed = same_issuer and same_subject
    return f"{first} {_later(left, right, renewed=renewed)}".rstrip()


def _later(left: CertificateFacts, right: CertificateFacts, *, renewed: bool = False) -> str:
    """Which one is newer and what it gains; empty where a date cannot be read."""
    starts, ends = (left.not_before, right.not_before), (left.not_after, right.not_after)
    if starts[0] is None or starts[1] is None or ends[0] is None or ends[1] is None:
        return ""
    if starts[0] == starts[1]:
        if ends[0] == ends[1]:
            return "Both are valid for the same time."
        longer = "right" if ends[1] > ends[0] else "left"
        return f"The {longer} one is valid {span(abs(ends[1] - ends[0]))} longer."
    newer, gained = "right", ends[1] - ends[0]
    if starts[1] < starts[0]:
        newer, gained = "left", -gained
    what = "is the renewed one" if renewed else "is newer"
    words = f"The {newer} one {what}, {span(abs(starts[1] - starts[0]))} later"
    if not gained:
        return f"{words}."
    if gained > timedelta(0):
        return f"{words}, and ends {span(gained)} later."
    return f"{words}, though it ends {span(-gained)} earlier."


def _lists(left: CrlFacts, right: CrlFacts) -> str:
    if left.issuer_der != right.issuer_der:
        return "Lists of different issuers."
    words = "Lists of one issuer"
    if left.number is not None and right.number is not None:
        words += f": number {left.number} and number {right.number}"
    if left.this_update and right.this_update and left.this_update != right.this_update:
        newer = "right" if right.this_update > left.this_update else "left"
        words += f". The {newer} one is newer by {span(abs(right.this_update - left.this_update))}"
    if left.revoked_count is not None and right.revoked_count is not None:
        more = right.revoked_count - left.revoked_count
        if more:
            side = "right" if more > 0 else "left"
            words += f". {count(abs(more), 'entry', 'entries')} more on the {side}"
    return f"{words}."


def _sections(left: Description, right: Description) -> tuple[ComparedSection, ...]:
    """By heading: the left's in its order, then those that only the right has."""
    ours, theirs = _by_title(left), _by_title(right)
    compared = (
        ComparedSection(title, _rows(ours.get(title, ()), theirs.get(title, ())))
        for title in dict.fromkeys((*ours, *theirs))
    )
    return tuple(section for section in compared if section.rows)


def _by_title(description: Description) -> dict[str, tuple[Field, ...]]:
    found: dict[str, tuple[Field, ...]] = {}
    for section in description.sections:
        found[section.title] = found.get(section.title, ()) + section.fields
    return found


def _rows(left: Iterable[Field], right: Iterable[Field]) -> tuple[Row, ...]:
    ours, theirs = _keyed(left), _keyed(right)
    return tuple(
        Row(key[0], ours.get(key), theirs.get(key)) for key in dict.fromkeys((*ours, *theirs))
    )


def _keyed(fields: Iterable[Field]) -> dict[tuple[str, str, int], Field]:
    """By label, OID, and how many of the same came before."""
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for field in fields:
        key = (field.label, field.oid)
        found[*key, seen[key]] = field
        seen[key] += 1
    return found
