"""Bytes in, everything recognised in them out."""

from collections.abc import Sequence
from dataclasses import replace

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import ReadResult
from mtlsgui.formats.limits import DEFAULT, Limits
from mtlsgui.formats.registry import FORMATS

UNKNOWN = "unknown"
"""The format of what is in none that we recognise."""


def read(
    data: bytes, *, name: str = "", passphrases: Sequence[bytes] = (), limits: Limits = DEFAULT
) -> ReadResult:
    """What is in a file.

    name: what the file is called, for messages only; content decides what it is.
    passphrases: each is tried on each encrypted part.
    Never raises for what is in `data`: what cannot be read is in the result's errors, and what
    needs a passphrase is a locked item.
    """
    context = Context(passphrases, limits, _recognise, _read_any)
    what = name or "It"
    found = UNKNOWN
    if not data:
        context.error("", f"{what} is empty.")
    elif len(data) > limits.file_size:
        context.error("", f"{what} is larger than {limits.file_size // 2**20:,} MB.", bounded=True)
    else:
        with context.part(""):
            found = _read_any(data, context)
        if not (context.items or context.errors):
            context.error("", _nothing(what, found))
    items = tuple(replace(item, position=at) for at, item in enumerate(context.items, 1))
    return ReadResult(found, items, tuple(context.errors), tuple(context.facts))


def _recognise(data: bytes) -> bool:
    """Whether something inside a file is in a format of ours."""
    return any(candidate.recognise(data) for candidate in FORMATS if not candidate.alone)


def _read_any(data: bytes, context: Context) -> str:
    """Put what is in `data` into the context; gives its format, UNKNOWN when it has none."""
    for candidate in FORMATS:
        if candidate.recognise(data):
            return candidate.read(data, context)
    return UNKNOWN


def _nothing(what: str, found: str) -> str:
    if found == UNKNOWN:
        return f"{what} is in no format that we recognise."
    return f"{what} is damaged: nothing in it can be read."
