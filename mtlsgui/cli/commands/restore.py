"""`mtlsctl restore`."""

from dataclasses import asdict
from pathlib import Path

import click

from mtlsgui.cli import options, output, passphrases
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.vault.base import VaultUnavailable
from mtlsgui.workspace import restoring
from mtlsgui.workspace.paths import default_directory
from mtlsgui.workspace.vaults import SystemVaults


@click.command(
    "restore",
    cls=Command,
    epilog=example("mtlsctl --workspace ~/pki restore pki-2026-11.mtlsgui --vault file"),
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--vault",
    type=click.Choice(["auto", "keyring", "file"]),
    default="auto",
    show_default=True,
    help="Where its keys are held from now on, as for `mtlsctl init`.",
)
@options.out_passphrase_option
@pass_session
def command(session: Session, file: Path, vault: str, out_passphrase_file: str | None) -> None:
    """Make the workspace in a backup anew, in a folder that is empty or not there yet.

    The passphrase of the backup is read as everywhere (--passphrase-file); that of a new file
    vault is the one for what is written.
    """
    directory = session.directory or default_directory()
    opened_by, _ = passphrases.fitting(
        session, "Passphrase of the backup", lambda each: restoring.read_manifest(file, each)
    )
    new = None
    if vault == "file":
        new = passphrases.outgoing(out_passphrase_file, "Passphrase of the new vault")
    try:
        manifest = restoring.restore(
            file,
            directory,
            opened_by,
            SystemVaults(),
            "file" if vault == "file" else "keyring",
            vault_passphrase=new,
        )
    except VaultUnavailable as fault:
        raise VaultUnavailable(fault.title, fault.detail, "Use a file: --vault file") from None
    if session.json:
        output.document(asdict(manifest) | {"workspace": str(directory)})
        return
    output.line(
        f"Restored {manifest.certificates:,} certificates and {manifest.keys:,} private keys "
        f"to {directory}."
    )
    if manifest.missing:
        output.note(f"note: not in the backup: {', '.join(manifest.missing)}")
