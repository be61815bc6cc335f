"""What the decoder of an extension gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from mtlsgui.pki import der
from mtlsgui.pki.describe.tree import Field, FieldKind


@dataclass(frozen=True, slots=True)
class Shown:
    """An extension's value in words; see `tree.Field`."""

    value: str
    kind: FieldKind = "text"
    note: str = ""
    children: tuple[Field, ...] = ()


Decoder: TypeAlias = Callable[[der.Node], str | Shown]
"""From the value in an extension's OCTET STRING to words. Raises DerError, or any other error,
for what is malformed: the extension is then shown raw with the reason."""


def lines(found: list[str]) -> Shown:
    """Names, one a line."""
    return Shown("\n".join(found), "names")


def ignoring(words: str) -> Decoder:
    """For extensions whose presence says it all."""
    return lambda _: words
