"""What belongs together among items from one file or several.

Keys and requests find their certificate by the public key, certificates their issuer by name, key
identifier and signature. The items in the result are the very objects that were given.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mtlsgui.formats.items import (
    CertificateItem,
    Item,
    OtherItem,
    PrivateKeyItem,
    PublicKeyItem,
    RequestItem,
)
from mtlsgui.pki.chain import ChainEnd, Pool, build_chain
from mtlsgui.pki.describe.certificate import issuer_name

MOST_MEMBERS = 100
"""Keys and requests that go with one certificate: thousands of both with one key would make
millions of pairs. Those beyond are strangers."""


@dataclass(frozen=True)
class Bundle:
    """A chain and what belongs to it.

    chain: the leaf first. end: whether it is whole.
    members: private and public keys and requests of any certificate in the chain.
    missing: what is absent, as a sentence; empty when nothing is.
    """

    chain: tuple[CertificateItem, ...]
    end: ChainEnd
    members: tuple[PrivateKeyItem | PublicKeyItem | RequestItem, ...]
    missing: str

    @property
    def leaf(self) -> CertificateItem:
        return self.chain[0]

    @property
    def leaf_key(self) -> PrivateKeyItem | None:
        """The private key of the leaf, an open one before a locked one."""
        keys = [
            member
            for member in self.members
            if isinstance(member, PrivateKeyItem)
            and member.spki_sha256 == self.leaf.facts.spki_sha256
        ]
        return min(keys, key=lambda key: key.locked, default=None)


@dataclass(frozen=True)
class Grouping:
    """bundles: chains, those of end entities and of certificates whose key is here.
    strangers: what is part of none of them. duplicates: what stood there before.
    locked: what needs a passphrase before its place is known.
    """

    bundles: tuple[Bundle, ...]
    strangers: tuple[Item, ...]
    duplicates: tuple[Item, ...]
    locked: tuple[Item, ...]


def group(items: Sequence[Item]) -> Grouping:
    """Sort the items into what belongs together.

    Each item is in one place of the result, but what several chains share (a CA, the key of a
    certificate and of its renewal) is in each of them.
    """
    unique, duplicates = _without_duplicates(items)
    certificates = [item for item in unique if isinstance(item, CertificateItem)]
    rest = [item for item in unique if not isinstance(item, CertificateItem)]
    by_digest = {item.facts.fingerprint_sha256: item for item in certificates}
    pool = Pool(item.facts for item in certificates)
    chains = {digest: build_chain(item.facts, pool) for digest, item in by_digest.items()}
    issuers = {
        facts.fingerprint_sha256 for chain in chains.values() for facts in chain.certificates[1:]
    }
    keyed = {item.spki_sha256 for item in rest if isinstance(item, PrivateKeyItem)} - {None}
    tops = [digest for digest in by_digest if digest not in issuers]
    principal = [
        digest
        for digest in tops
        if not by_digest[digest].facts.is_ca or by_digest[digest].facts.spki_sha256 in keyed
    ] or tops
    members = _members(rest)
    bundles = []
    for digest in principal:
        chain = chains[digest]
        found = tuple(by_digest[facts.fingerprint_sha256] for facts in chain.certificates)
        belonging = [member for item in found for member in members.get(item.facts.spki_sha256, ())]
        bundles.append(Bundle(found, chain.end, tuple(belonging), _missing(found, chain.end)))
    placed = {id(item) for bundle in bundles for item in (*bundle.chain, *bundle.members)}
    locked = [item for item in rest if id(item) not in placed and _unplaceable(item)]
    placed.update(id(item) for item in locked)
    strangers = [item for item in unique if id(item) not in placed]
    return Grouping(tuple(bundles), tuple(strangers), tuple(duplicates), tuple(locked))


def _members(
    items: Sequence[Item],
) -> dict[str | None, list[PrivateKeyItem | PublicKeyItem | RequestItem]]:
    found: dict[str | None, list[PrivateKeyItem | PublicKeyItem | RequestItem]] = defaultdict(list)
    # Keys first: of a thousand requests for one key, it is the key that is missed.
    for item in sorted(items, key=lambda item: not isinstance(item, PrivateKeyItem)):
        if not isinstance(item, PrivateKeyItem | PublicKeyItem | RequestItem):
            continue
        spki = item.facts.spki_sha256 if isinstance(item, RequestItem) else item.spki_sha256
        if spki and len(found[spki]) < MOST_MEMBERS:
            found[spki].append(item)
    return found


def _unplaceable(item: Item) -> bool:
    """Locked, and not even its public key is known."""
    if isinstance(item, PrivateKeyItem):
        return item.locked and item.spki_sha256 is None
    return isinstance(item, OtherItem) and item.locked


def _without_duplicates(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    unique: list[Item] = []
    duplicates: list[Item] = []
    seen: set[tuple[str, str]] = set()
    for item in items:
        identity = _identity(item)
        if identity is not None and identity in seen:
            duplicates.append(item)
            continue
        if identity is not None:
            seen.add(identity)
        unique.append(item)
    return unique, duplicates


def _identity(item: Item) -> tuple[str, str] | None:
    """What makes two items the same; None for those that are never."""
    match item:
        case PrivateKeyItem() | PublicKeyItem():
            if item.spki_sha256 is None or (isinstance(item, PrivateKeyItem) and item.locked):
                return None
            return item.kind, item.spki_sha256
        case OtherItem():
            return None
        case _:
            return item.kind, item.facts.fingerprint_sha256


def _missing(chain: tuple[CertificateItem, ...], end: ChainEnd) -> str:
    name = issuer_name(chain[-1].facts)
    match end:
        case ChainEnd.ROOT:
            return ""
        case ChainEnd.ROOT_MISSING:
            return (
                f"The issuer of {_name(chain[-1])}, {name}, is not here. "
                "Servers leave the root out; clients have it."
            )
        case ChainEnd.INTERMEDIATE_MISSING:
            return (
                f"The CA that issued {_name(chain[-1])}, {name}, is not here. "
                "A server has to send it unless it is a root."
            )


def _name(item: CertificateItem) -> str:
    return item.facts.common_name or "this certificate"
