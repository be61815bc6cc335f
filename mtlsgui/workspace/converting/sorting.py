"""Items sorted into entries: a certificate with its key and those above it, as stores have them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mtlsgui.formats.items import (
    CertificateItem,
    Item,
    OtherItem,
    PrivateKeyItem,
    PublicKeyItem,
    is_locked,
)
from mtlsgui.pki.describe import display_name
from mtlsgui.workspace.chaining import Heap, Route, answers_to, fingerprints, leaves_of
from mtlsgui.workspace.converting.targets import Options


@dataclass(frozen=True)
class Entry:
    """What stands together.

    alias: its name. certificates: leaf first; empty for a key alone. key: the leaf's.
    routes: every way up from the leaf, the one in `certificates` first.
    """

    alias: str
    certificates: Route = ()
    key: PrivateKeyItem | None = None
    routes: tuple[Route, ...] = ()

    @property
    def leaf(self) -> CertificateItem | None:
        return self.certificates[0] if self.certificates else None


@dataclass(frozen=True)
class Sorted:
    """Everything that came.

    entries: those with a private key first, authorities after what they issued; else as they
        came.
    loose: requests, CRLs, public keys and the rest, as they came.
    aside: certificates that are in no entry's chain: another way to a root.
    """

    entries: tuple[Entry, ...]
    loose: tuple[Item, ...]
    aside: tuple[CertificateItem, ...]
    duplicates: tuple[Item, ...]
    locked: tuple[Item, ...]
    heap: Heap


def sort(items: Sequence[Item], options: Options, now: datetime) -> Sorted:
    """Sort the items into entries. Names are in `Options.aliases` and in the items."""
    unique, duplicates = _unique(items)
    locked = [item for item in unique if is_locked(item)]
    unique = [item for item in unique if not is_locked(item)]
    private = [item for item in unique if isinstance(item, PrivateKeyItem)]
    keys = {item.spki_sha256: item for item in private if item.spki_sha256}
    heap = Heap(unique)
    entries = []
    for leaf in leaves_of(heap, unique):
        routes = heap.routes(leaf, now)
        chosen = next((each for each in routes if fingerprints(each) == options.route), routes[0])
        ordered = (chosen, *(each for each in routes if each is not chosen))
        key = keys.get(leaf.facts.spki_sha256 or "")
        alias = leaf.friendly_name or (key and key.friendly_name) or display_name(leaf.facts)
        entries.append(Entry(alias, chosen, key, ordered))
    certified = {item.facts.spki_sha256 for item in heap.certificates.values()}
    entries += [
        Entry(key.friendly_name or "", (), key)
        for key in private
        if not key.spki_sha256 or key.spki_sha256 not in certified
    ]
    chained = {id(item) for entry in entries for item in entry.certificates}
    return Sorted(
        entries=tuple(entries),
        loose=tuple(
            item for item in unique if not isinstance(item, CertificateItem | PrivateKeyItem)
        ),
        aside=tuple(item for item in heap.certificates.values() if id(item) not in chained),
        duplicates=tuple(duplicates),
        locked=tuple(locked),
        heap=heap,
    )


def choose(entries: Sequence[Entry], options: Options) -> Entry | None:
    """The one entry that is meant, where only one can be; None where the name is nobody's."""
    if options.leaf is not None:
        return next(
            (
                entry
                for entry in entries
                if entry.leaf and entry.leaf.facts.fingerprint_sha256 == options.leaf
            ),
            None,
        )
    if options.aliases:
        for entry in entries:
            if _answers(entry, options.aliases[0]):
                return entry
    return entries[0] if entries else None


def named(entries: Sequence[Entry], name: str) -> bool:
    """Whether a name is that of one of them."""
    return any(_answers(entry, name) for entry in entries)


def _answers(entry: Entry, name: str) -> bool:
    if entry.leaf is not None and answers_to(entry.leaf, name):
        return True
    return entry.alias.casefold() == name.casefold()


def anchors(found: Sorted) -> tuple[CertificateItem, ...]:
    """What the other side has to trust.

    The top of each chain; where nothing here is an end entity, everything: that is a store of
    trusted certificates already, or the CAs that somebody put together to be one.
    """
    certificates = found.heap.certificates
    if all(item.facts.is_ca for item in certificates.values()) and not any(
        entry.key for entry in found.entries
    ):
        return tuple(certificates.values())
    tops = dict.fromkeys(
        entry.certificates[-1].facts.fingerprint_sha256
        for entry in found.entries
        if entry.leaf
        and (len(entry.certificates) > 1 or entry.leaf.facts.is_ca or entry.leaf.facts.self_signed)
    )
    return tuple(certificates[digest] for digest in tops)


def _unique(items: Iterable[Item]) -> tuple[list[Item], list[Item]]:
    """Equal ones once. Of a key that is here open and locked, the open one stays."""
    kept: dict[object, Item] = {}
    duplicates = []
    for item in items:
        identity = _same(item)
        first = kept.setdefault(identity, item)
        if first is item:
            continue
        if is_locked(first) and not is_locked(item):
            kept[identity] = item
            duplicates.append(first)
        else:
            duplicates.append(item)
    return list(kept.values()), duplicates


def _same(item: Item) -> object:
    match item:
        case PrivateKeyItem() | PublicKeyItem():
            return (item.kind, item.spki_sha256) if item.spki_sha256 else id(item)
        case OtherItem():
            return id(item)
        case _:
            return item.kind, item.facts.fingerprint_sha256
