"""What goes to standard output and standard error: text for people, JSON for programs."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import click

from mtlsgui.errors import MtlsguiError


def is_terminal() -> bool:
    """Whether standard output is shown to somebody."""
    return sys.stdout.isatty()


class OutputFailed(Exception):
    """Standard output cannot be written, for example on a full disk."""


_CHUNK = 4096


def write(content: str | bytes) -> None:
    """Write to standard output as it is. Raises OutputFailed, BrokenPipeError.

    In pieces that fit Python's buffer: a larger one that breaks off half-way raises nothing.
    """
    stream: Any = sys.stdout.buffer if isinstance(content, bytes) else sys.stdout
    try:
        sys.stdout.flush()
        for start in range(0, len(content), _CHUNK):
            stream.write(content[start : start + _CHUNK])
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise OutputFailed(fault.strerror or "it is closed") from None


def document(content: Mapping[str, Any]) -> None:
    """Write one JSON document. ASCII only, so that no locale can spoil it."""
    write(json.dumps(content, indent=2) + "\n")


def line(text: str = "") -> None:
    """Write one line for people."""
    write(safe(text) + "\n")


def note(text: str) -> None:
    """Say something beside the answer, on standard error."""
    click.echo(safe(text), err=True)


def error(fault: MtlsguiError, *, as_json: bool) -> None:
    """Say what went wrong: on standard error, or as the JSON answer."""
    if as_json:
        document({"error": {"title": fault.title, "detail": fault.detail, "remedy": fault.remedy}})
        return
    click.echo(f"error: {safe(fault.title)}", err=True)
    for sentence in fault.detail.splitlines():
        click.echo(f"  {safe(sentence.strip())}", err=True)
    if fault.remedy:
        click.echo(f"  try: {safe(fault.remedy)}", err=True)


def day(moment: datetime) -> str:
    """As in "2026-01-31"."""
    return f"{moment.astimezone(UTC):%Y-%m-%d}"


def until(moment: datetime, now: datetime) -> str:
    """How far off a moment is, in whole days: "in 12 days", "3 days ago"."""
    days = (moment.astimezone(UTC).date() - now.astimezone(UTC).date()).days
    if days == 0:
        return "today"
    count = f"{abs(days):,} day{'s' if abs(days) != 1 else ''}"
    return f"in {count}" if days > 0 else f"{count} ago"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write columns side by side, as wide as they need to be."""
    cells = [tuple(safe(cell) for cell in row) for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    lines = []
    for row in (tuple(head), *cells):
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        lines.append("  ".join(padded).rstrip() + "\n")
    write("".join(lines))


def safe(text: str) -> str:
    """Without control characters: a name in a certificate must not steer the terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
