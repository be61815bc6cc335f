"""`mtlsctl journal`."""

import csv
import io
import json
from collections.abc import Sequence

import click

from mtlsgui.cli import objects, output
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.formats.as_json import time_as_json
from mtlsgui.inventory.journal import Journal
from mtlsgui.inventory.records import JournalEntry, Verification

_SHOWN = 50
_ALL = 1 << 62
_COLUMNS = ("seq", "at", "actor", "action", "object_kind", "object_id", "object_name", "details")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@click.command(
    "journal",
    cls=Command,
    epilog=example("mtlsctl journal", "mtlsctl journal --verify", "mtlsctl journal --csv > j.csv"),
)
@click.option("--verify", is_flag=True, help="Check that no line was changed or taken away.")
@click.option("--csv", "as_csv", is_flag=True, help="All lines as CSV.")
@click.option("--search", default="", metavar="TEXT", help="Words in names, actions and details.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    help=f"At most so many; on a terminal {_SHOWN}, else all.",
)
@click.pass_context
@pass_session
def command(
    session: Session,
    context: click.Context,
    *,
    verify: bool,
    as_csv: bool,
    search: str,
    limit: int | None,
) -> None:
    """Show who did what, when, newest first; or verify that it is all there.

    With --verify the exit status is 1 when the journal does not hold.
    """
    if as_csv and session.json:
        raise click.UsageError("--csv and --json exclude each other.", context)
    with session.open() as ws:
        journal = ws.inventory.journal
        if verify:
            found = journal.verify()
            _say(session, found)
            context.exit(0 if found.verified else 1)
        if as_csv or session.json:
            entries = journal.page(0, limit or _ALL, search=search)
            _csv(entries) if as_csv else _json(entries)
        else:
            _table(journal, search, limit or _SHOWN)


def _say(session: Session, found: Verification) -> None:
    if session.json:
        output.document(
            {"verified": found.verified, "entries": found.entries, "first_bad": found.first_bad}
        )
    elif found.verified:
        output.line(
            f"The journal holds: none of its {found.entries:,} lines was changed or taken away."
        )
    else:
        output.line(f"The journal does not hold: it was changed at line {found.first_bad}.")


def _json(entries: Sequence[JournalEntry]) -> None:
    output.document({"entries": [objects.journal_entry(entry) for entry in entries]})


def _csv(entries: Sequence[JournalEntry]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for entry in entries:
        fields = objects.journal_entry(entry) | {
            "details": json.dumps(dict(entry.details), ensure_ascii=False)
        }
        writer.writerow([_cell(fields[column]) for column in _COLUMNS])
    output.write(text.getvalue())


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: names come from other people's files."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _table(journal: Journal, search: str, limit: int) -> None:
    entries = journal.page(0, limit, search=search)
    if not entries:
        output.note("The journal is empty." if not search else "No line matches.")
        return
    output.table(
        ("#", "WHEN", "WHO", "WHAT", "NAME"),
        [
            (
                str(entry.seq),
                time_as_json(entry.at) or "",
                entry.actor,
                entry.action,
                entry.object_name,
            )
            for entry in entries
        ],
    )
    total = journal.count(search=search)
    if len(entries) < total:
        output.note(f"The newest {len(entries):,} of {total:,} lines; --limit N shows more.")
