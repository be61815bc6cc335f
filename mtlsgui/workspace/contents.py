"""What a drop of files shows: what belongs together, what each thing is called, what it says.

Nothing is stored, and the value of a private key is in none of this.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.group import Bundle
from mtlsgui.formats.group import group as group_items
from mtlsgui.formats.items import (
    CertificateItem,
    CrlItem,
    Item,
    OtherItem,
    PrivateKeyItem,
    PublicKeyItem,
    ReadError,
    RequestItem,
    is_locked,
    spki_sha256_of,
)
from mtlsgui.formats.labels import label
from mtlsgui.pki.describe import display_name
from mtlsgui.pki.describe.certificate import KIND_SENTENCES
from mtlsgui.pki.describe.words import count
from mtlsgui.pki.facts import kind_of
from mtlsgui.workspace.inspecting import Inspection, Reader, Source, inspect_files

A_FAMILY = 3
"""So many chains of the same authorities are shown as one group."""


class Heading(StrEnum):
    """Why things stand together.

    TOGETHER: a chain and its keys. ALONE: what belongs to nothing else here. STRANGERS: the same,
    beside a chain.
    """

    TOGETHER = "together"
    ALONE = "alone"
    STRANGERS = "strangers"
    LOCKED = "locked"
    DUPLICATES = "duplicates"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Fault:
    """Why something could not be read.

    taken_for: the format as which it was read; empty where none was recognised.
    where: the place, as in "block 3 (CERTIFICATE), line 41"; empty for the whole file.
    bounded: a limit stood in the way, and a person may choose to go on without it.
    empty: it was read, and there is nothing in it.
    """

    taken_for: str
    where: str
    message: str
    advice: str
    bounded: bool = False
    empty: bool = False


@dataclass(frozen=True)
class Entry:
    """One thing that was found, or one that could not be read.

    title: what it is called. what: its kind, in words.
    bundle: the chain it belongs to.
    """

    title: str
    what: str
    source: Source
    item: Item | None = None
    bundle: Bundle | None = None
    fault: Fault | None = None

    @property
    def inside(self) -> str:
        """The place within a file that holds files: "tls.crt in Secret web-tls"; else empty."""
        return self.item.inside if self.item is not None else ""


@dataclass(frozen=True)
class Group:
    """Entries under one heading. title: the chain's name, for TOGETHER."""

    heading: Heading
    entries: tuple[Entry, ...]
    title: str = ""


@dataclass(frozen=True)
class Contents:
    """A drop, sorted."""

    inspection: Inspection
    groups: tuple[Group, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for group in self.groups for entry in group.entries)

    @property
    def locked_count(self) -> int:
        """How many things need a passphrase."""
        return sum(is_locked(item) for item in self.inspection.items)

    @property
    def can_import(self) -> bool:
        """Whether there is anything that a workspace keeps."""
        return any(
            isinstance(item, CertificateItem | RequestItem | CrlItem)
            or (isinstance(item, PrivateKeyItem) and item.key is not None)
            for item in self.inspection.items
        )


def read_files(
    paths: Sequence[Path],
    passphrases: Sequence[str] = (),
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    *,
    relaxed: bool = False,
    reader: Reader | None = None,
) -> Contents:
    """Read and sort files; the arguments are those of `inspecting.inspect_files`."""
    return sort(
        inspect_files(paths, passphrases, relaxed=relaxed, reader=reader, progress=progress)
    )


def sort(inspection: Inspection) -> Contents:
    """What belongs together first, what could not be read last."""
    return Contents(
        inspection, tuple(each for each in _Sorter(inspection).groups() if each.entries)
    )


def with_sources(inspection: Inspection, more: Sequence[Source]) -> Contents:
    """The same with what came later, such as an issuer that was fetched."""
    sources = (*inspection.sources, *more)
    items = [item for source in sources for item in source.result.items]
    return sort(Inspection(sources, group_items(items), inspection.passed_over))


class _Sorter:
    def __init__(self, inspection: Inspection) -> None:
        self._inspection = inspection
        self._sources = {
            id(item): source for source in inspection.sources for item in source.result.items
        }

    def groups(self) -> list[Group]:
        grouping = self._inspection.grouping
        chains = [each for each in grouping.bundles if not _is_single(each)]
        alone = [each for each in grouping.bundles if _is_single(each)]
        strangers = [
            item for item in grouping.strangers if not (_is_broken(item) or is_locked(item))
        ]
        single = [self._entry(each.leaf, each) for each in alone]
        rest = [self._entry(item) for item in strangers]
        beside = Heading.STRANGERS if chains else Heading.ALONE
        return [
            *self._families(chains),
            Group(Heading.ALONE, (*single, *(rest if beside is Heading.ALONE else ()))),
            Group(Heading.STRANGERS, tuple(rest if beside is Heading.STRANGERS else ())),
            Group(Heading.LOCKED, tuple(self._locked())),
            Group(Heading.DUPLICATES, tuple(self._entry(item) for item in grouping.duplicates)),
            Group(Heading.UNREADABLE, tuple(self._unreadable())),
        ]

    def _families(self, bundles: Sequence[Bundle]) -> Iterator[Group]:
        """One group a chain; chains that differ in their leaves only are one, when they are many.

        Their authorities are named once then, at the end.
        """
        families: dict[tuple[int, ...], list[Bundle]] = defaultdict(list)
        for bundle in bundles:
            families[tuple(id(item) for item in bundle.chain[1:])].append(bundle)
        for family in families.values():
            above = family[0].chain[1:]
            if above and len(family) >= A_FAMILY:
                entries = [
                    entry for each in family for entry in self._with_members(each, each.leaf)
                ]
                for item in above:
                    entries += self._with_members(family[0], item)
                yield Group(Heading.TOGETHER, tuple(entries), display_name(above[0].facts))
                continue
            for each in family:
                found = [entry for item in each.chain for entry in self._with_members(each, item)]
                yield Group(Heading.TOGETHER, tuple(found), display_name(each.leaf.facts))

    def _with_members(self, bundle: Bundle, item: CertificateItem) -> Iterator[Entry]:
        """A certificate, then its keys and requests."""
        yield self._entry(item, bundle)
        for member in bundle.members:
            if spki_sha256_of(member) == item.facts.spki_sha256:
                yield self._entry(member, bundle)

    def _entry(self, item: Item, bundle: Bundle | None = None) -> Entry:
        source = self._sources[id(item)]
        owner = _owner(item, bundle)
        match item:
            case CertificateItem():
                title = display_name(item.facts)
                what = KIND_SENTENCES[kind_of(item.facts)]
            case RequestItem():
                first = (item.facts.san or ("",))[0].partition(":")[2]
                title = item.facts.common_name or first or item.facts.subject or "Request"
                what = "Certificate signing request"
            case CrlItem():
                title = item.facts.issuer or "Revocation list without an issuer"
                what = "Revocation list"
                if item.facts.revoked_count is not None:
                    what += f", {count(item.facts.revoked_count, 'certificate')}"
            case PrivateKeyItem():
                unnamed = _file_name(source, item) if item.locked else "Private key"
                alone = item.friendly_name or unnamed
                title = f"Private key {owner}" if owner else alone
                what = _key_words(item)
            case PublicKeyItem():
                title = f"Public key {owner}" if owner else "Public key"
                what = f"{item.info.label}, {label(item.container)}"
            case OtherItem():
                title = _file_name(source, item) if item.locked else item.what
                what = _some(item.what, item.protection) if item.locked else _in_brief(item)
        return Entry(title, what, source, item, bundle)

    def _locked(self) -> list[Entry]:
        """Of a PKCS#12 one entry, whatever its parts are: it has one passphrase."""
        entries: dict[object, Entry] = {}
        grouping = self._inspection.grouping
        for item in (*grouping.locked, *filter(is_locked, grouping.strangers)):
            entry = self._entry(item)
            if item.container == "pkcs12":
                protection = item.protection if isinstance(item, PrivateKeyItem | OtherItem) else ""
                what = _some("PKCS#12 file", protection)
                entry = replace(entry, title=_file_name(entry.source, item), what=what)
                entries.setdefault((id(entry.source), item.inside), entry)
            else:
                entries[id(item)] = entry
        return list(entries.values())

    def _unreadable(self) -> Iterator[Entry]:
        broken: dict[int, list[OtherItem]] = defaultdict(list)
        for item in self._inspection.grouping.strangers:
            if isinstance(item, OtherItem) and item.problem:
                broken[id(self._sources[id(item)])].append(item)
        for source in self._inspection.sources:
            items, errors = broken[id(source)], source.result.errors
            if source.error is not None:
                yield Entry(source.name, "File", source, fault=_refusal(source, source.error))
            if len(items) == len(errors) == 1:  # the same thing: an error, and how far it goes
                yield self._broken(source, items[0], errors[0])
                continue
            for item in items:
                yield self._broken(source, item)
            for error in errors:
                fault = _fault(source, error)
                what = error.where or fault.taken_for or "Not recognised"
                yield Entry(source.name, what, source, fault=fault)

    def _broken(self, source: Source, item: OtherItem, error: ReadError | None = None) -> Entry:
        """What has an ASN.1 tree, up to where it breaks."""
        problem = item.problem
        if error is not None and problem in error.message:
            problem = error.message
        elif error is not None and error.message not in problem:
            problem = f"{error.message.rstrip('.')}. {problem}"
        advice = _advice(item.container or source.result.format)
        where = error.where if error is not None else ""
        fault = Fault(item.what, where, problem, advice, error is not None and error.bounded)
        return Entry(_file_name(source, item), where or item.what, source, item, fault=fault)


def _refusal(source: Source, error: MtlsguiError) -> Fault:
    message = f"{error.title.rstrip('.')}. {error.detail}".strip()
    return Fault("", "", message, error.remedy, source.bounded)


def _fault(source: Source, error: ReadError) -> Fault:
    found = source.result.format
    name = "" if found == "unknown" else label(found)
    advice = "" if error.bounded or error.empty else _advice(found)
    return Fault(name, error.where, error.message, advice, error.bounded, error.empty)


def _file_name(source: Source, item: Item) -> str:
    """What to call a thing that has no name of its own: after its file, or its place in one."""
    return item.inside or source.name


def _owner(item: Item, bundle: Bundle | None) -> str:
    """Whose key it is: "for it" of the leaf's, which stands right above, else "of NAME"."""
    spki = None if isinstance(item, CertificateItem) else spki_sha256_of(item)
    for each in bundle.chain if bundle is not None and spki else ():
        if each.facts.spki_sha256 == spki:
            is_leaf = bundle is not None and each is bundle.leaf
            return "for it" if is_leaf else f"of {display_name(each.facts)}"
    return ""


def _is_single(bundle: Bundle) -> bool:
    return len(bundle.chain) == 1 and not bundle.members


def _is_broken(item: Item) -> bool:
    return isinstance(item, OtherItem) and bool(item.problem)


def _in_brief(item: OtherItem) -> str:
    """What tells it from others of its kind: "Good: not revoked", whose SSH certificate it is."""
    description = item.description
    if description is None:
        return item.protection
    return description.subtitle if description.title == item.what else description.title


def _key_words(item: PrivateKeyItem) -> str:
    kind = item.info.label if item.info is not None else ""
    state = "locked" if item.locked else "encrypted" if item.encrypted else "not encrypted"
    return _some(kind, label(item.container), item.protection if item.locked else "", state)


def _some(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _advice(found: str) -> str:
    """What to try with a file that was read as this format."""
    match found:
        case "unknown":
            return (
                "Open it with the program that made it, and export it as PEM, DER or PKCS#12 there."
            )
        case "pem" | "base64" | "openssh" | "jwk":
            return (
                "Compare it with the original: a copy may have been cut short, or changed by an "
                "editor or a mail program."
            )
    return (
        "Copy it again as a binary file: a transfer as text changes bytes, and one that is "
        "interrupted leaves some out."
    )
