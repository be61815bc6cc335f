"""A small language for structures: parts with labels, optional ones, and those that an OID decides.

Only labels are found with it; nothing is refused for not being what a schema says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a SEQUENCE.

    tag: its first byte, one of several, or None for any.
    schema: of what is inside it; None where that goes without labels.
    by_oid: where the OID that stands before it says what is inside, the schema for each.
    """

    label: str
    tag: int | tuple[int, ...] | None = None
    schema: "Schema | None" = None
    optional: bool = False
    by_oid: Mapping[str, "Part"] | None = None

    def takes(self, tag: int) -> bool:
        if self.tag is None:
            return True
        return tag in self.tag if isinstance(self.tag, tuple) else tag == self.tag


@dataclass(frozen=True, slots=True)
class Of:
    """Any number of the same part."""

    each: Part


Schema: TypeAlias = tuple[Part, ...] | Of


def label_parts(
    schema: tuple[Part, ...], tags: Sequence[int], oids: Sequence[str]
) -> list[Part | None]:
    """The part that each child is, in order; None from where the structure differs.

    oids: of the children that are object identifiers; "" for the others. The last one before a
    part decides what an open part is.
    """
    found: list[Part | None] = []
    wanted = iter(schema)
    last = ""
    for tag, oid in zip(tags, oids, strict=True):
        part = next(wanted, None)
        while part is not None and not part.takes(tag):
            part = next(wanted, None) if part.optional else None
        if part is None:
            break
        if part.by_oid is not None and (known := part.by_oid.get(last)):
            part = Part(part.label, part.tag, known.schema, part.optional)
        last = oid or last
        found.append(part)
    return found + [None] * (len(tags) - len(found))
