"""`mtlsctl journal`."""

import click

from mtlsgui.cli import output
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.formats.as_json import time_as_json
from mtlsgui.inventory.journal import Journal
from mtlsgui.inventory.records import Verification
from mtlsgui.workspace import journaling

_SHOWN = 50
_ALL = 1 << 62


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
            found = journaling.verify(ws)
            _say(session, found)
            context.exit(0 if found.verified else 1)
        if as_csv or session.json:
            entries = journal.page(0, limit or _ALL, search=search)
            if as_csv:
                output.write(journaling.as_csv(entries))
            else:
                output.document(journaling.as_json(entries))
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
