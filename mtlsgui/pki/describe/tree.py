"""The description of a thing as data: the inspector, mtlsctl's text and its JSON all show it."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

FieldKind: TypeAlias = Literal[
    "text", "name", "names", "date", "number", "digest", "hex", "problem"
]
"""What a value is, so that a face can set it well: "names" are one a line, "digest" can be
shortened, "hex" is a dump of bytes, "problem" says what is wrong."""


@dataclass(frozen=True, slots=True)
class Field:
    """One fact.

    value: in words; lines are separated by newlines.
    oid: dotted, where the field has one; "" otherwise.
    critical: for extensions; None for everything else.
    note: one thing worth knowing about it.
    """

    label: str
    value: str
    oid: str = ""
    critical: bool | None = None
    note: str = ""
    monospace: bool = False
    kind: FieldKind = "text"
    children: tuple["Field", ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together, under a heading."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """All of one thing. title: what it is called; subtitle: what it is."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]


def as_json(description: Description) -> dict[str, Any]:
    """The description for a JSON document; what is empty is left out of fields."""
    return {
        "title": description.title,
        "subtitle": description.subtitle,
        "sections": [
            {"title": section.title, "fields": [_field(field) for field in section.fields]}
            for section in description.sections
        ],
    }


def _field(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {"label": field.label, "value": field.value, "kind": field.kind}
    if field.oid:
        found["oid"] = field.oid
    if field.critical is not None:
        found["critical"] = field.critical
    if field.note:
        found["note"] = field.note
    if field.children:
        found["children"] = [_field(child) for child in field.children]
    return found
