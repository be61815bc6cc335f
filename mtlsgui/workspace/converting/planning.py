"""What will be in the output, what will not and why, before anything is made."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from mtlsgui.formats.items import (
    CertificateItem,
    CrlItem,
    Item,
    OtherItem,
    PublicKeyItem,
    RequestItem,
    spki_sha256_of,
)
from mtlsgui.formats.writing.jks import SHORTEST_PASSPHRASE
from mtlsgui.formats.writing.key_forms import KeyForm, has_form
from mtlsgui.workspace.chaining import Missing, Route, missing_above, without_root
from mtlsgui.workspace.converting.leaving import left_out
from mtlsgui.workspace.converting.records import Content, LeftOut, Plan, Role
from mtlsgui.workspace.converting.saying import warnings, why_no_pair, why_nothing
from mtlsgui.workspace.converting.sorting import Entry, Sorted, anchors, choose, named, sort
from mtlsgui.workspace.converting.targets import Options, Part, Target
from mtlsgui.workspace.converting.wording import (
    capital,
    describe,
    info_of,
    label_of,
    name_of,
)
from mtlsgui.workspace.copies import file_stem, unused_name


def refusals(items: Sequence[Item], *, now: datetime) -> dict[Target, str]:
    """Why a target cannot be made of the items, of each that cannot: a sentence.

    A passphrase is taken as given where one is needed.
    """
    found = sort(items, Options(), now)
    options = Options(passphrase="\0" * SHORTEST_PASSPHRASE)
    refused = {}
    for target in Target:
        planner = _Planner(found, target, options, now)
        planner.choose()
        if planner.problems:
            refused[target] = planner.problems[0]
    return refused


def targets_for(items: Sequence[Item], *, now: datetime) -> tuple[Target, ...]:
    """What can be made of the items, given a passphrase where one is needed."""
    refused = refusals(items, now=now)
    return tuple(target for target in Target if target not in refused)


def plan(
    items: Sequence[Item], target: Target, options: Options | None = None, *, now: datetime
) -> Plan:
    """What a conversion of the items will make. Never raises for what is in them."""
    options = options or Options()
    return _Planner(sort(items, options, now), target, options, now).plan()


_NO_KEYS_ALONE = "A Java keystore takes keys with certificates only."
_LOOSE = {
    Target.PEM: (RequestItem, CrlItem, PublicKeyItem),
    Target.DER: (RequestItem, CrlItem, PublicKeyItem, OtherItem),
    Target.PKCS7: (CrlItem,),
    Target.JWK: (PublicKeyItem,),
    Target.PUBLIC: (PublicKeyItem, RequestItem),
    Target.SSH_PUBLIC: (PublicKeyItem, RequestItem),
}
_KEY_FORMS = {
    Target.PKCS1: KeyForm.TRADITIONAL,
    Target.OPENSSH: KeyForm.OPENSSH,
    Target.SSH_PUBLIC: KeyForm.OPENSSH,
    Target.JWK: KeyForm.JWK,
}
_PUBLIC_ONLY = (Target.PUBLIC, Target.SSH_PUBLIC)
_PAIRED = (Target.NGINX, Target.APACHE, Target.HAPROXY, Target.KUBERNETES)


class _Planner:
    def __init__(self, found: Sorted, target: Target, options: Options, now: datetime) -> None:
        self.found = found
        self.target = target
        self.options = options
        self.now = now
        self.problems: list[str] = []
        self.left_out: list[LeftOut] = []
        self.leaves: tuple[CertificateItem, ...] = ()
        self.alternatives: tuple[Route, ...] = ()

    def choose(self) -> tuple[list[Entry], list[Item]]:
        """What will be written; `problems` says why it cannot be."""
        self._check_options()
        entries = self._entries()
        loose = self._loose(entries)
        entries = self._writable(self._named(entries))
        if not entries and not loose and not self.problems:
            self.problems.append(why_nothing(self.found, self.target, self.options))
        return entries, loose

    def plan(self) -> Plan:
        entries, loose = self.choose()
        contents = tuple(self._contents(entries, loose))
        mentioned = {id(each.item) for each in contents}
        mentioned.update(id(each.item) for each in self.left_out)
        return Plan(
            target=self.target,
            options=self.options,
            now=self.now,
            contents=contents,
            left_out=(*self.left_out, *left_out(self.found, self.target, self.options, mentioned)),
            problems=tuple(self.problems),
            warnings=tuple(warnings(self.found, self.target, self.options, self.now, contents)),
            alternatives=self.alternatives,
            leaves=self.leaves,
            missing=self._missing(entries),
            stem=self._stem(entries, loose),
            entries=tuple(entries),
            loose=tuple(loose),
        )

    def _check_options(self) -> None:
        options, target = self.options, self.target
        if options.only and not target.takes_part:
            self.problems.append(f"{target.label} has no parts to choose from.")
        if options.only is Part.KEY and target is Target.PKCS7:
            self.problems.append("PKCS#7 holds no private keys.")
        if options.only is Part.KEY and target is Target.JKS:
            self.problems.append(_NO_KEYS_ALONE)
        if options.passphrase == "" or (
            (target.needs_passphrase or options.encrypt) and options.passphrase is None
        ):
            self.problems.append("A passphrase is needed for what is written.")
        if options.encrypt and not target.can_encrypt:
            self.problems.append(f"{target.label} cannot be put under a passphrase.")
        java = target in (Target.JKS, Target.TRUSTSTORE)
        if java and 0 < len(options.passphrase or "") < SHORTEST_PASSPHRASE:
            self.problems.append(
                f"Java demands a passphrase of {SHORTEST_PASSPHRASE} characters or more."
            )
        if target is Target.PKCS1 and options.encrypt and not options.legacy:
            self.problems.append(
                "In this form a passphrase protects little (one round of MD5). "
                "Take PKCS#8, or ask for the old kind."
            )

    # Entries

    def _entries(self) -> list[Entry]:
        """What will be written, cut to what the target holds."""
        target, options = self.target, self.options
        if target in (Target.CA, Target.TRUSTSTORE) or options.only is Part.CA:
            return [Entry(name_of(item), (item,)) for item in anchors(self.found)]
        candidates = [entry for entry in self.found.entries if self._fits(entry)]
        if target in _PAIRED and not candidates:
            self.problems.append(why_no_pair(self.found, self.target, self.options))
        if target.holds_one or options.leaf is not None:
            candidates = self._one(candidates)
        return [self._cut(entry) for entry in candidates]

    def _fits(self, entry: Entry) -> bool:
        if self.target.is_key_only or self.options.only is Part.KEY:
            return entry.key is not None
        if self.target in _PAIRED:
            return entry.key is not None and entry.leaf is not None
        if self.target in (Target.CHAIN, Target.PKCS7, Target.JKS) or self.options.only:
            return entry.leaf is not None
        return True

    def _one(self, candidates: list[Entry]) -> list[Entry]:
        name = self.options.aliases[0] if self.options.aliases else ""
        leaves = [entry for entry in candidates if entry.leaf]
        demanded = name and not self.target.takes_alias and len(candidates) > 1
        if demanded and not named(candidates, name):
            names = ", ".join(f"“{entry.alias}”" for entry in candidates[:10])
            self.problems.append(f"There is no “{name}” among these: {names}.")
        chosen = choose(candidates, self.options)
        if chosen is None:
            return []
        if len(leaves) > 1 and chosen.leaf:
            rest = [entry.leaf for entry in leaves if entry is not chosen and entry.leaf]
            self.leaves = (chosen.leaf, *rest)
        return [chosen]

    def _cut(self, entry: Entry) -> Entry:
        """The entry without what the target does not hold or was not asked for."""
        target, options = self.target, self.options
        part = options.only
        key = None if part in (Part.LEAF, Part.CHAIN) or not target.is_private else entry.key
        certificates = entry.certificates
        if target.is_key_only or part is Part.KEY:
            certificates = ()
        elif not target.has_chain or part is Part.LEAF or not options.chain:
            certificates = certificates[:1]
        elif not (options.include_root or self._keeps_root(entry)):
            certificates = without_root(certificates)
        if target in _PUBLIC_ONLY:
            key = None if certificates else entry.key
        if target is Target.DER and certificates:
            key = None
        if len(entry.routes) > 1 and len(certificates) > 1 and not self.alternatives:
            self.alternatives = entry.routes
        return replace(entry, certificates=certificates, key=key)

    def _keeps_root(self, entry: Entry) -> bool:
        """A Secret has a place for it; and of authorities alone, it is what somebody collected."""
        leaf = entry.leaf
        authorities_alone = leaf is not None and bool(leaf.facts.is_ca) and entry.key is None
        return self.target is Target.KUBERNETES or (authorities_alone and not self.target.holds_one)

    def _named(self, entries: list[Entry]) -> list[Entry]:
        """With the names that were asked for, each name once."""
        given = list(self.options.aliases) if self.target.takes_alias else []
        taken: set[str] = set()
        result = []
        for at, entry in enumerate(entries):
            alias = given[at] if at < len(given) else entry.alias
            result.append(replace(entry, alias=unused_name(alias or _fallback(entry), taken)))
        return result

    def _writable(self, entries: list[Entry]) -> list[Entry]:
        """Without keys that the target has no form for."""
        form = _KEY_FORMS.get(self.target)
        if self.target is Target.JKS:
            alone = [entry for entry in self.found.entries if entry.key and not entry.leaf]
            for entry in alone:
                if self.options.only is None and entry.key:
                    self._leave(entry.key, _NO_KEYS_ALONE)
        if form is None:
            return entries
        kept = []
        for entry in entries:
            info = info_of(entry.key or entry.leaf)
            if has_form(info, form):
                kept.append(entry)
                continue
            for item in (entry.key, *entry.certificates):
                if item is not None:
                    self._leave(item, f"{label_of(info)} keys have no such form.")
        if entries and not kept:
            self.problems.append(
                f"{label_of(info_of(entries[0].key or entries[0].leaf))} keys cannot be written as "
                f"{self.target.label}."
            )
        return kept

    def _loose(self, entries: Sequence[Entry]) -> list[Item]:
        kinds = _LOOSE.get(self.target, ())
        if self.options.only or (self.target.holds_one and entries):
            return []
        found: list[Item] = [
            item
            for item in self.found.loose
            if isinstance(item, kinds) and not (isinstance(item, OtherItem) and not item.der)
        ]
        if self.target in _PUBLIC_ONLY or self.target is Target.JWK:
            known = {spki_sha256_of(entry.key or entry.leaf) for entry in entries}
            found = [item for item in found if spki_sha256_of(item) not in known]
        return found[:1] if self.target.holds_one else found

    # What is said

    def _contents(self, entries: Sequence[Entry], loose: Sequence[Item]) -> Iterable[Content]:
        trusted = self.target in (Target.CA, Target.TRUSTSTORE) or self.options.only is Part.CA
        seen: set[int] = set()
        for entry in entries:
            for at, item in enumerate(entry.certificates):
                role = Role.LEAF if at == 0 else Role.INTERMEDIATE
                if trusted:
                    role = Role.TRUSTED
                elif at and item.facts.self_signed:
                    role = Role.ROOT
                if id(item) not in seen:
                    seen.add(id(item))
                    yield Content(role, capital(describe(item)), item)
            if entry.key and id(entry.key) not in seen:
                seen.add(id(entry.key))
                role = Role.PUBLIC_KEY if self.target in _PUBLIC_ONLY else Role.KEY
                yield Content(role, capital(describe(entry.key)), entry.key)
        for other in loose:
            yield Content(_ROLES.get(other.kind, Role.OTHER), capital(describe(other)), other)

    def _leave(self, item: Item, why: str) -> None:
        self.left_out.append(LeftOut(capital(describe(item)), why, item))

    def _missing(self, entries: Sequence[Entry]) -> tuple[Missing, ...]:
        if not self.target.has_chain or self.options.only in (Part.LEAF, Part.KEY, Part.CA):
            return ()
        by_digest = {
            entry.leaf.facts.fingerprint_sha256: entry for entry in self.found.entries if entry.leaf
        }
        found = []
        for entry in entries:
            if entry.leaf and self.options.chain:
                whole = by_digest[entry.leaf.facts.fingerprint_sha256].certificates
                found.append(missing_above(whole))
        return tuple(dict.fromkeys(each for each in found if each))

    def _stem(self, entries: Sequence[Entry], loose: Sequence[Item]) -> str:
        if self.options.aliases:
            return file_stem(self.options.aliases[0])
        if self.target in (Target.CA, Target.TRUSTSTORE):
            return str(self.target)
        for entry in entries:
            return file_stem(name_of(entry.leaf) if entry.leaf else entry.alias or "key")
        for item in loose:
            if isinstance(item, RequestItem) and item.facts.common_name:
                return file_stem(item.facts.common_name)
            return item.kind
        return "converted"


_ROLES = {
    RequestItem.kind: Role.REQUEST,
    CrlItem.kind: Role.CRL,
    PublicKeyItem.kind: Role.PUBLIC_KEY,
}


def _fallback(entry: Entry) -> str:
    return name_of(entry.leaf) if entry.leaf else "key"
