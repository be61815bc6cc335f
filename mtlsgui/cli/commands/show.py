"""`mtlsctl show`."""

import click

from mtlsgui.cli import objects, output
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.formats.pem import encode
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki.describe import as_text, describe_certificate
from mtlsgui.pki.facts import read_certificate
from mtlsgui.workspace.workspace import Workspace


@click.command(
    "show",
    cls=Command,
    epilog=example("mtlsctl show web.example.test", "mtlsctl show 3f9a20 --pem"),
)
@click.argument("wanted", metavar="ID")
@click.option("--pem", is_flag=True, help="Only the certificate itself, as PEM.")
@pass_session
def command(session: Session, wanted: str, pem: bool) -> None:
    """Show one certificate.

    ID is the id, the beginning of the fingerprint, or the name where only one has it.
    """
    with session.open() as ws:
        row = ws.inventory.certificates.find(wanted, ws.clock(), ws.preferences.warn)
        der = ws.inventory.certificates.der(row.id)
        chain = ws.inventory.certificates.chain(row.id)
        if session.json:
            output.document(
                objects.certificate(ws, row)
                | {"chain": [each.fingerprint for each in chain], "pem": _pem(der)}
            )
        elif pem:
            output.write(_pem(der))
        else:
            output.write(as_text(describe_certificate(read_certificate(der))) + "\n")
            _workspace(ws, row, chain)


def _pem(der: bytes) -> str:
    return encode("CERTIFICATE", der).decode("ascii")


def _workspace(ws: Workspace, row: CertificateRow, chain: list[CertificateRow]) -> None:
    """What the workspace knows beside what the certificate says."""
    output.line("In this workspace")
    facts = {
        "Id": str(row.id),
        "Name": row.name if row.label else "",
        "Status": f"{objects.status(row)}, expires {output.until(row.not_after, ws.clock())}",
        "Private key": objects.held(ws, row),
        "Chain": " < ".join(each.name for each in chain[1:]),
        "Profile": row.profile or "",
        "Tags": ", ".join(row.tags),
        "Notes": row.notes,
    }
    for label, value in facts.items():
        if value:
            output.line(f"  {label:<24}{value}")
