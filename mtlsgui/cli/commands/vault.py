"""`mtlsctl vault`."""

import click

from mtlsgui.cli import options, output, passphrases
from mtlsgui.cli.session import Group, Session, example, pass_session
from mtlsgui.workspace import moving, recovery
from mtlsgui.workspace.vaults import VaultKind


@click.group("vault", cls=Group)
def command() -> None:
    """Show or change where this workspace's keys are held."""


@command.command("status", epilog=example("mtlsctl vault status"))
@pass_session
def status(session: Session) -> None:
    """Show the kind of vault, and how many keys are held."""
    with session.open() as ws:
        kind, label = ws.custody.kind, ws.custody.label
        rows = ws.inventory.keys.all()
        directory = ws.layout.directory
        unfinished = len(recovery.unfinished(ws))
    in_vault = sum(row.custody == "vault" for row in rows)
    if session.json:
        output.document(
            {
                "workspace": str(directory),
                "vault": {"kind": kind, "label": label} if kind else None,
                "keys": {"vault": in_vault, "sealed": len(rows) - in_vault},
                "unfinished": unfinished,
            }
        )
        return
    output.line(f"Workspace  {directory}")
    output.line(f"Vault      {label or 'none yet: the first key sets the keyring up'}")
    output.line(
        f"Keys       {in_vault:,} in the vault, {len(rows) - in_vault:,} encrypted in the inventory"
    )
    if unfinished:
        output.line(f"Unfinished {unfinished:,}; settle them with: mtlsctl recover")


@command.command("move", epilog=example("mtlsctl vault move --to keyring"))
@click.option("--to", "kind", type=click.Choice(["keyring", "file"]), required=True)
@options.out_passphrase_option
@pass_session
def move(session: Session, kind: VaultKind, out_passphrase_file: str | None) -> None:
    """Move all keys into another vault: the system's keyring, or a file under a passphrase."""
    with session.open() as ws:
        passphrases.unlock(session, ws)
        passphrase = None
        if kind == "file" and ws.custody.kind != "file":
            passphrase = passphrases.outgoing(out_passphrase_file, "Passphrase of the new vault")
        report = moving.move(ws, kind, passphrase)
        label = ws.custody.label
    if session.json:
        output.document(
            {
                "vault": {"kind": kind, "label": label},
                "keys": report.keys,
                "missing": list(report.missing),
                "cleared": report.cleared.settled,
            }
        )
        return
    output.line(f"Moved {report.keys:,} key{'s' if report.keys != 1 else ''} to: {label}.")
    if report.missing:
        output.note(f"note: not moved, held on another computer: {', '.join(report.missing)}")
    if not report.cleared.settled:
        output.note(f"note: {report.cleared.sentence}")


@command.command("passphrase", epilog=example("mtlsctl vault passphrase"))
@options.out_passphrase_option
@pass_session
def passphrase(session: Session, out_passphrase_file: str | None) -> None:
    """Change the passphrase of a vault that is a file."""
    with session.open() as ws:
        old = ""
        if ws.custody.kind == "file":
            old, _ = passphrases.fitting(session, "Passphrase of the vault", ws.custody.open)
        ws.custody.change_passphrase(
            old, passphrases.outgoing(out_passphrase_file, "New passphrase of the vault")
        )
        kind, label = ws.custody.kind, ws.custody.label
    if session.json:
        output.document({"vault": {"kind": kind, "label": label}})
    else:
        output.line("The vault has another passphrase now.")
