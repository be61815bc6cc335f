"""Do these belong together? Keys, certificates and requests of several files, by their public key.

(What the inventory matches on import is in `inventory/`.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mtlsgui.formats.items import Item, PrivateKeyItem, is_locked, spki_sha256_of
from mtlsgui.workspace.inspecting import Source


@dataclass(frozen=True)
class Member:
    """Something that has a key, and the file it came from."""

    source: Source
    item: Item


@dataclass(frozen=True)
class MatchGroup:
    """What has one and the same public key.

    spki_sha256: of the SubjectPublicKeyInfo, lower-case hex.
    """

    spki_sha256: str
    members: tuple[Member, ...]

    @property
    def is_lonely_key(self) -> bool:
        """A private key, and nothing that it belongs to (copies of itself do not count)."""
        return all(isinstance(member.item, PrivateKeyItem) for member in self.members)


@dataclass(frozen=True)
class Matches:
    """groups: the largest first, then in the order of the files.

    locked: what may be a key, but needs a passphrase before that can be told.
    """

    groups: tuple[MatchGroup, ...]
    locked: tuple[Member, ...]

    @property
    def lonely(self) -> tuple[Member, ...]:
        """Private keys that match nothing."""
        return tuple(
            member for group in self.groups if group.is_lonely_key for member in group.members
        )


def match(sources: Sequence[Source]) -> Matches:
    """Group everything with a key by its public key. A group of one matches nothing."""
    groups: dict[str, list[Member]] = {}
    locked = []
    for source in sources:
        for item in source.result.items:
            spki = spki_sha256_of(item)
            if spki is not None:
                groups.setdefault(spki, []).append(Member(source, item))
            elif is_locked(item):
                locked.append(Member(source, item))
    found = [MatchGroup(spki, tuple(members)) for spki, members in groups.items()]
    found.sort(key=lambda group: -len(group.members))
    return Matches(tuple(found), tuple(locked))
