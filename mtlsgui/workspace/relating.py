"""How one thing of a drop goes with the others: whose key it is, what it revokes, what it repeats.

Facts, not sentences: the window says them in its own language.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from mtlsgui.formats.items import (
    CertificateItem,
    CrlItem,
    Item,
    PrivateKeyItem,
    PublicKeyItem,
    RequestItem,
    spki_sha256_of,
)
from mtlsgui.pki.chain import crl_signed_by
from mtlsgui.pki.crls import revoked_serials
from mtlsgui.pki.describe import display_name
from mtlsgui.pki.describe.certificate import issuer_name
from mtlsgui.workspace.contents import Contents, Entry, Group, Heading

MOST = 8
"""So many relations of one kind are told; a heap may have thousands."""


class Bond(StrEnum):
    """How two things go together, or that they do not.

    KEY_HERE: the private key of this certificate or request is in the drop. KEY_OF: this key
    belongs to the certificate named. MADE_FROM: the certificate named was made from this request.
    NO_CERTIFICATE: this key or request belongs to none of the certificates. NO_KEY: none of the
    keys belongs to this certificate, and none that is locked could. SAME_AS: it stands in the
    place named too, and first. CROSS_SIGNED: same name and key as this authority, certified by the
    one named. REISSUED: same name, key and issuer. SIGNED_NOTHING: no certificate here was signed
    by this authority. REVOKED_IN: the list named says so. REVOKES: this list revokes the
    certificate named. LIST_OF: this list was signed by the authority named.
    """

    KEY_HERE = "key_here"
    KEY_OF = "key_of"
    MADE_FROM = "made_from"
    NO_CERTIFICATE = "no_certificate"
    NO_KEY = "no_key"
    SAME_AS = "same_as"
    CROSS_SIGNED = "cross_signed"
    REISSUED = "reissued"
    SIGNED_NOTHING = "signed_nothing"
    REVOKED_IN = "revoked_in"
    REVOKES = "revokes"
    LIST_OF = "list_of"


@dataclass(frozen=True)
class Relation:
    """One bond.

    name, item: of the other thing; "" and None where there is none.
    sure: of a revocation list, that its issuer is here and has signed it.
    """

    bond: Bond
    name: str = ""
    item: Item | None = None
    sure: bool = False


def relations(contents: Contents, entry: Entry) -> tuple[Relation, ...]:
    """All that is to be said about how an entry goes with the rest of its drop."""
    item = entry.item
    if item is None:
        return ()
    found = _Drop(contents)
    match item:
        case CertificateItem():
            told = found.of_certificate(entry, item)
        case PrivateKeyItem() | PublicKeyItem() | RequestItem():
            told = found.of_key(item)
        case CrlItem():
            told = found.of_list(item)
        case _:
            told = iter(())
    return (*found.twice(item), *told)


def other_ways(groups: Sequence[Group]) -> list[CertificateItem]:
    """Authorities outside the chains by which a chain has another way to a root.

    They are those with the name and key of an authority in a chain, and those above them.
    """
    chained, aside = [], []
    for group in groups:
        found = [each.item for each in group.entries if isinstance(each.item, CertificateItem)]
        if group.heading is Heading.TOGETHER:
            chained += [item for item in found if item.facts.is_ca]
        elif group.heading is Heading.STRANGERS:
            aside += [item for item in found if item.facts.is_ca]
    same = {(item.facts.subject_der, item.facts.spki_sha256) for item in chained}
    ways = [item for item in aside if (item.facts.subject_der, item.facts.spki_sha256) in same]
    by_name = defaultdict(list)
    for item in aside:
        by_name[item.facts.subject_der].append(item)
    taken = {id(item) for item in ways}
    for item in ways:  # it grows while it is walked: upwards
        for issuer in by_name[item.facts.issuer_der]:
            if id(issuer) not in taken:
                taken.add(id(issuer))
                ways.append(issuer)
    return ways


class _Drop:
    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        items = contents.inspection.items
        self._certificates = [item for item in items if isinstance(item, CertificateItem)]
        self._keys = [item for item in items if isinstance(item, PrivateKeyItem)]
        self._lists = [item for item in items if isinstance(item, CrlItem)]

    @property
    def _may_hide_a_key(self) -> bool:
        """Whether something is locked, and its key could be anybody's."""
        return bool(self._contents.inspection.grouping.locked)

    def twice(self, item: Item) -> Iterator[Relation]:
        """Where it stood before."""
        if not any(item is each for each in self._contents.inspection.grouping.duplicates):
            return
        identity = _identity(item)
        for source in self._contents.inspection.sources:
            for each in source.result.items:
                if each is item:
                    return
                if each.kind == item.kind and _identity(each) == identity:
                    yield Relation(Bond.SAME_AS, place_of(each, source.name), each)
                    return

    def of_certificate(self, entry: Entry, item: CertificateItem) -> Iterator[Relation]:
        own = [key for key in self._keys if key.spki_sha256 == item.facts.spki_sha256]
        known = {each.facts.spki_sha256 for each in self._certificates}
        chain = entry.bundle.chain if entry.bundle is not None else ()
        is_leaf = not chain or chain[0] is item
        if own:
            yield Relation(Bond.KEY_HERE, item=own[0])
        elif (
            is_leaf
            and not self._may_hide_a_key
            and any(key.spki_sha256 and key.spki_sha256 not in known for key in self._keys)
        ):
            yield Relation(Bond.NO_KEY)
        yield from islice(self._revoked(item), MOST)
        yield from islice(self._alternatives(item), MOST)
        if not chain and item.facts.is_ca and len(self._certificates) > 1:
            yield Relation(Bond.SIGNED_NOTHING)

    def of_key(self, item: PrivateKeyItem | PublicKeyItem | RequestItem) -> Iterator[Relation]:
        spki = spki_sha256_of(item)
        if not spki:
            return
        bond = Bond.MADE_FROM if isinstance(item, RequestItem) else Bond.KEY_OF
        owners = {
            each.facts.fingerprint_sha256: each
            for each in self._certificates
            if each.facts.spki_sha256 == spki
        }
        for owner in islice(owners.values(), MOST):
            yield Relation(bond, display_name(owner.facts), owner)
        if not owners and self._certificates:
            yield Relation(Bond.NO_CERTIFICATE)
        if not isinstance(item, PrivateKeyItem):
            own = next((key for key in self._keys if key.spki_sha256 == spki), None)
            if own is not None:
                yield Relation(Bond.KEY_HERE, item=own)

    def of_list(self, item: CrlItem) -> Iterator[Relation]:
        for issuer in islice(self._signers(item), 1):
            yield Relation(Bond.LIST_OF, display_name(issuer.facts), issuer)
        issued = {
            each.facts.fingerprint_sha256: each
            for each in self._certificates
            if each.facts.issuer_der == item.facts.issuer_der
        }
        serials = {each.facts.serial for each in issued.values() if each.facts.serial}
        revoked = revoked_serials(item.facts, serials)
        gone = (each for each in issued.values() if each.facts.serial in revoked)
        for each in islice(gone, MOST):
            yield Relation(Bond.REVOKES, display_name(each.facts), each)

    def _signers(self, item: CrlItem) -> Iterator[CertificateItem]:
        """The certificates whose key signed the list; `crl_signed_by` compares names first."""
        named = (each for each in self._certificates if crl_signed_by(item.facts, each.facts))
        return islice(named, MOST)

    def _revoked(self, item: CertificateItem) -> Iterator[Relation]:
        if item.facts.serial is None:
            return
        for each in self._lists:
            if each.facts.issuer_der != item.facts.issuer_der:
                continue
            if revoked_serials(each.facts, {item.facts.serial}):
                place = place_of(each, self._contents.inspection.source_of(each).name)
                sure = next(self._signers(each), None) is not None
                yield Relation(Bond.REVOKED_IN, place, each, sure=sure)

    def _alternatives(self, item: CertificateItem) -> Iterator[Relation]:
        """Certificates of the same name and key (RFC 4158, section 2.3)."""
        seen = {item.facts.fingerprint_sha256}
        for each in self._certificates:
            facts = each.facts
            if (
                facts.subject_der != item.facts.subject_der
                or facts.spki_sha256 != item.facts.spki_sha256
                or facts.fingerprint_sha256 in seen
            ):
                continue
            seen.add(facts.fingerprint_sha256)
            if facts.issuer_der == item.facts.issuer_der:
                yield Relation(Bond.REISSUED, display_name(facts), each)
            elif facts.is_ca:
                signer = display_name(facts) if facts.self_signed else issuer_name(facts)
                yield Relation(Bond.CROSS_SIGNED, signer, each)


def place_of(item: Item, file: str) -> str:
    """Where an item was found: "tls.crt in Secret web-tls · secrets.yaml"."""
    return " · ".join(part for part in (item.inside, file) if part)


def _identity(item: Item) -> str | None:
    match item:
        case PrivateKeyItem() | PublicKeyItem():
            return item.spki_sha256
        case CertificateItem() | RequestItem() | CrlItem():
            return item.facts.fingerprint_sha256
    return None
