"""`mtlsctl backup`."""

from dataclasses import asdict
from pathlib import Path

import click

from mtlsgui.cli import options, output, passphrases
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.workspace import backup


@click.command("backup", cls=Command, epilog=example("mtlsctl backup -o pki-2026-11.mtlsgui"))
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="The file to write.",
)
@options.out_passphrase_option
@options.force_option
@pass_session
def command(session: Session, file: Path, out_passphrase_file: str | None, force: bool) -> None:
    """Write the whole workspace, private keys included, into one encrypted file."""
    with session.open() as ws:
        if ws.custody.kind is not None:
            passphrases.unlock(session, ws)
        passphrase = passphrases.outgoing(out_passphrase_file, "Passphrase of the backup")
        manifest = backup.backup(ws, file, passphrase, overwrite=force)
    if session.json:
        output.document(asdict(manifest) | {"files": [str(file)]})
        return
    output.line(
        f"Wrote {file}: {manifest.certificates:,} certificates, {manifest.keys:,} private keys."
    )
    if manifest.missing:
        output.note(f"note: not in it, held on another computer: {', '.join(manifest.missing)}")
