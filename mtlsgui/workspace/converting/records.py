"""A plan: what a conversion makes, as data."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mtlsgui.formats.items import CertificateItem, Item
from mtlsgui.workspace.chaining import Missing, Route
from mtlsgui.workspace.converting.commands import equivalent, equivalent_alone
from mtlsgui.workspace.converting.sorting import Entry
from mtlsgui.workspace.converting.targets import Options, Target


class Role(StrEnum):
    """What something is in the output."""

    LEAF = "leaf"
    INTERMEDIATE = "intermediate"
    ROOT = "root"
    TRUSTED = "trusted"
    KEY = "key"
    REQUEST = "request"
    CRL = "crl"
    PUBLIC_KEY = "public_key"
    OTHER = "other"


@dataclass(frozen=True)
class Content:
    """One line of what will be in the output. what: for people."""

    role: Role
    what: str
    item: Item


@dataclass(frozen=True)
class LeftOut:
    """Something that came and will not be in the output. why: a sentence."""

    what: str
    why: str
    item: Item


@dataclass(frozen=True)
class Plan:
    """A conversion, ready to be shown and to be made.

    contents: in the order of the output.
    problems: why it cannot be made; sentences. It can be when there are none.
    warnings: what is worth knowing; sentences.
    alternatives: every way from the certificate to a root, the chosen one first, where there are
        several; `Options.route` takes another.
    leaves: the certificates that could be meant, the chosen one first, where only one has room;
        `Options.leaf` takes another.
    missing: what is absent above the certificates.
    stem: what the output's file is called, without its ending.
    entries, loose: what `render` writes.
    commands: other programs' commands that do the same, to copy; empty where there are none.
    """

    target: Target
    options: Options
    now: datetime
    contents: tuple[Content, ...]
    left_out: tuple[LeftOut, ...]
    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    alternatives: tuple[Route, ...]
    leaves: tuple[CertificateItem, ...]
    missing: tuple[Missing, ...]
    stem: str
    entries: tuple[Entry, ...]
    loose: tuple[Item, ...]

    @property
    def can_be_made(self) -> bool:
        return not self.problems

    @property
    def has_key(self) -> bool:
        """A private key will be in it."""
        return any(content.role is Role.KEY for content in self.contents)

    @property
    def has_certificate(self) -> bool:
        """A certificate will be in it."""
        return any(isinstance(content.item, CertificateItem) for content in self.contents)

    @property
    def commands(self) -> str:
        if not self.entries:
            if len(self.loose) != 1:
                return ""
            only = self.loose[0]
            return equivalent_alone(self.target, self.stem, only.kind, only.container)
        several = len(self.entries) > 1 and self.target not in (Target.CA, Target.TRUSTSTORE)
        note = "# For the first of them; the same again for each of the others.\n"
        return (note if several else "") + equivalent(
            self.target,
            self.options,
            self.stem,
            {content.item.container for content in self.contents},
            has_key=any(entry.key for entry in self.entries),
            has_chain=any(len(entry.certificates) > 1 for entry in self.entries),
        )
