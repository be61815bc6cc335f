"""`mtlsctl import`."""

from collections.abc import Sequence
from typing import Any

import click

from mtlsgui.cli import objects, output, passphrases
from mtlsgui.cli.reading import complaints, inspect
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import CertificateItem, Item, PrivateKeyItem
from mtlsgui.workspace import importing
from mtlsgui.workspace.importing import Fate, PlanLine, Report
from mtlsgui.workspace.inspecting import Inspection
from mtlsgui.workspace.workspace import Workspace


@click.command(
    "import",
    cls=Command,
    epilog=example(
        "mtlsctl import ca.crt ca.key",
        "mtlsctl import bundle.p12 --passphrase-file passphrase.txt",
    ),
)
@click.argument("file", metavar="FILE…", nargs=-1, required=True, type=click.Path(allow_dash=True))
@pass_session
def command(session: Session, file: tuple[str, ...]) -> None:
    """Take certificates, keys, requests and CRLs from files.

    They find their issuers and keys in whatever order they come. What is here already is left as
    it is. The files stay where they are.
    """
    found = inspect(session, file)
    if not found.items:
        for source in found.sources:
            if source.error:
                raise source.error
        raise MtlsguiError(
            "There is nothing to import.",
            "\n".join(_errors(found)),
            "Give files with certificates, keys, requests or CRLs.",
        )
    with session.open() as ws:
        plan = importing.plan(ws, found.items)
        if _needs_vault(ws, found.items):
            passphrases.unlock(session, ws)
        report = importing.run(ws, found.items)
        left = [line for line in plan if line.fate in (Fate.LOCKED, Fate.NOT_KEPT)]
        if session.json:
            output.document(_document(ws, found, report, left))
            return
        for line in left:
            name = found.source_of(line.item).name
            output.note(f"note: {name}, item {line.item.position}: {line.note}")
        for sentence in _errors(found):
            output.note(f"note: {sentence}")
        for refused in report.refused:
            output.note(f"note: {refused}")
        output.line(_sentence(report))
        for row in ws.inventory.certificates.get_many(report.certificates[:20]):
            output.line(f"  “{row.name}” (id {row.id}), {objects.status(row)}")
        if len(report.certificates) > 20:
            output.line(f"  … and {len(report.certificates) - 20:,} more")


def _needs_vault(ws: Workspace, items: Sequence[Item]) -> bool:
    """Whether a key comes, or an authority whose key is in the inventory and moves to the vault."""
    if any(isinstance(item, PrivateKeyItem) and item.key is not None for item in items):
        return True
    return any(
        isinstance(item, CertificateItem)
        and bool(item.facts.is_ca)
        and ws.inventory.keys.by_spki(item.facts.spki_sha256 or "") is not None
        for item in items
    )


def _errors(found: Inspection) -> list[str]:
    """What could not be read, a sentence each."""
    return [
        # What concerns a whole file names it already.
        f"{source.name}, {where}: {message}" if where else message
        for source in found.sources
        for where, message in complaints(source)
    ]


def _document(
    ws: Workspace, found: Inspection, report: Report, left: Sequence[PlanLine]
) -> dict[str, Any]:
    certificates = ws.inventory.certificates.get_many(report.certificates)
    return {
        "certificates": objects.certificates(ws, certificates),
        "keys": [objects.key(ws, ws.inventory.keys.get(each)) for each in report.keys],
        "requests": [objects.request(ws, ws.inventory.requests.get(i)) for i in report.requests],
        "crls": len(report.crls),
        "known": report.known,
        "left_out": [
            {
                "path": found.source_of(line.item).name,
                "position": line.item.position,
                "kind": line.item.kind,
                "locked": line.fate is Fate.LOCKED,
                "message": line.note,
            }
            for line in left
        ],
        "errors": [*_errors(found), *map(str, report.refused)],
    }


def _sentence(report: Report) -> str:
    counts = (
        (len(report.certificates), "certificate"),
        (len(report.keys), "private key"),
        (len(report.requests), "request"),
        (len(report.crls), "CRL"),
    )
    parts = [f"{count:,} {what}{'s' if count != 1 else ''}" for count, what in counts if count]
    known = f"; {report.known:,} here already" if report.known else ""
    return f"Imported {', '.join(parts) or 'nothing new'}{known}."
