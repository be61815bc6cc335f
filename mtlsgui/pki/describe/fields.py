"""Fields that several descriptions share."""

from collections.abc import Iterable
from datetime import datetime

from mtlsgui.pki.describe.tree import Field, Section
from mtlsgui.pki.describe.words import colons, date_and_time, signature_algorithm
from mtlsgui.pki.facts import FieldProblem

UNREADABLE = "(cannot be read)"


def moment(label: str, value: datetime | None) -> Field:
    return Field(label, date_and_time(value) if value else UNREADABLE, kind="date")


def digest(label: str, digits: str | None, note: str = "") -> Field:
    value = colons(digits) if digits else UNREADABLE
    return Field(label, value, note=note, monospace=True, kind="digest")


def signature(name: str | None) -> Field:
    return Field("Signature algorithm", signature_algorithm(name) if name else UNREADABLE)


def problems(found: Iterable[FieldProblem]) -> tuple[Section, ...]:
    """A section that says what could not be read, or nothing."""
    fields = tuple(Field(problem.field, problem.message, kind="problem") for problem in found)
    return (Section("Cannot be read", fields),) if fields else ()
