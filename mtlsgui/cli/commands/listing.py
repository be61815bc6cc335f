"""`mtlsctl list`."""

from datetime import timedelta

import click

from mtlsgui.cli import objects, options, output
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.inventory.records import CertificateRow, Sort, SortColumn, Status, TreeFilter
from mtlsgui.workspace.workspace import Workspace

_COLUMNS: tuple[SortColumn, ...] = ("name", "status", "expires", "kind", "serial", "key", "added")
_KINDS = ("root_ca", "ca", "server", "client", "peer", "other")


@click.command(
    "list",
    cls=Command,
    epilog=example("mtlsctl list --expires-within 30d", "mtlsctl list --search web --json"),
)
@click.option("--search", default="", metavar="TEXT", help="Words in names, serials, notes, tags.")
@click.option(
    "--expires-within",
    callback=options.duration,
    metavar="TIME",
    help="Expires within 30d, 12h or 2w from now, or has expired.",
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice([status.value for status in Status]),
    callback=lambda _context, _option, values: frozenset(Status(value) for value in values),
    metavar="STATUS",
    help=f"{', '.join(Status)}. May be repeated.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(_KINDS),
    metavar="KIND",
    help=f"{', '.join(_KINDS)}. May be repeated.",
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Has this tag. May be repeated.")
@click.option("--ca", metavar="ID", help="Issued by this authority.")
@click.option(
    "--sort",
    "column",
    type=click.Choice(_COLUMNS),
    default="name",
    show_default=True,
    metavar="COLUMN",
    help=f"{', '.join(_COLUMNS)}.",
)
@click.option("--descending", is_flag=True, help="The last first.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many.")
@pass_session
def command(
    session: Session,
    *,
    search: str,
    expires_within: timedelta | None,
    statuses: frozenset[Status],
    kinds: tuple[str, ...],
    tags: tuple[str, ...],
    ca: str | None,
    column: SortColumn,
    descending: bool,
    limit: int | None,
) -> None:
    """List certificates, authorities included."""
    with session.open() as ws:
        now, warn = ws.clock(), ws.preferences.warn
        wanted = TreeFilter(
            search=search,
            statuses=statuses,
            kinds=frozenset(kinds),
            tags=frozenset(tags),
            expires_before=None if expires_within is None else now + expires_within,
            issuer_id=ws.inventory.certificates.find(ca).id if ca else None,
        )
        total = ws.inventory.tree.flat_count(wanted, now, warn)
        order = Sort(column, descending)
        rows = ws.inventory.tree.flat_page(wanted, order, now, warn, 0, limit or total)
        if session.json:
            found = objects.certificates(ws, rows)
            output.document({"certificates": found, "total": total})
        else:
            _table(ws, rows, total, everything=wanted.is_empty)


def _table(ws: Workspace, rows: list[CertificateRow], total: int, *, everything: bool) -> None:
    if not rows:
        output.note("There is no certificate yet." if everything else "No certificate matches.")
        return
    now = ws.clock()
    output.table(
        ("ID", "NAME", "KIND", "STATUS", "EXPIRES", "KEY", "FINGERPRINT"),
        [
            (
                str(row.id),
                row.name,
                objects.role(row),
                objects.status(row),
                f"{output.day(row.not_after)} ({output.until(row.not_after, now)})",
                row.key_label,
                row.fingerprint[:12],
            )
            for row in rows
        ],
    )
    if len(rows) < total:
        output.note(f"{len(rows):,} of {total:,} certificates.")
