"""Bytes in, everything recognised in them out."""

from collections.abc import Sequence
from dataclasses import replace

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import ReadResult
from mtlsgui.formats.limits import DEFAULT, Limits
from mtlsgui.formats.registry import FORMATS


def read(
    data: bytes, *, name: str = "", passphrases: Sequence[bytes] = (), limits: Limits = DEFAULT
) -> ReadResult:
    """What is in a file.

    name: what the file is called, for messages only; content decides what it is.
    passphrases: each is tried on each encrypted part.
    Never raises for what is in `data`: what cannot be read is in the result's errors, and what
    needs a passphrase is a locked item.
    """
    context = Context(passphrases, limits)
    what = name or "It"
    if not data:
        context.error("", f"{what} is empty.")
        return _result("unknown", context)
    if len(data) > limits.file_size:
        context.error("", f"{what} is larger than {limits.file_size // 2**20:,} MB.")
        return _result("unknown", context)
    for candidate in FORMATS:
        if candidate.recognise(data):
            found = "unknown"
            with context.part(""):
                found = candidate.read(data, context)
            if not (context.items or context.errors):
                context.error("", f"{what} is damaged: nothing in it can be read.")
            return _result(found, context)
    context.error("", f"{what} is in no format that we recognise.")
    return _result("unknown", context)


def _result(found: str, context: Context) -> ReadResult:
    items = tuple(replace(item, position=at) for at, item in enumerate(context.items, 1))
    return ReadResult(found, items, tuple(context.errors))
