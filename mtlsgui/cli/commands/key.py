"""`mtlsctl key`."""

import click

from mtlsgui.cli import files, objects, options, output, passphrases
from mtlsgui.cli.choosing import choose_key
from mtlsgui.cli.session import Group, Session, example, pass_session
from mtlsgui.formats import write
from mtlsgui.formats.as_json import time_as_json
from mtlsgui.inventory.records import KeyRow
from mtlsgui.workspace.workspace import Workspace


@click.group("key", cls=Group)
def command() -> None:
    """List, show, rename and export private keys.

    A key is named by its id, its name, or the beginning of the SHA-256 of its public key.
    """


@command.command("list", epilog=example("mtlsctl key list"))
@pass_session
def list_(session: Session) -> None:
    """List the private keys that are held."""
    with session.open() as ws:
        rows = ws.inventory.keys.all()
        if session.json:
            found = [objects.key(ws, row) for row in rows]
            output.document({"keys": found, "total": len(found)})
            return
        if not rows:
            output.note("No private key is held yet.")
            return
        output.table(
            ("ID", "NAME", "KIND", "HELD", "PUBLIC KEY"),
            [
                (
                    str(row.id),
                    row.name,
                    row.label,
                    ws.custody.place_of(row),
                    row.spki_sha256[:12],
                )
                for row in rows
            ],
        )


@command.command("show", epilog=example("mtlsctl key show 1"))
@click.argument("wanted", metavar="KEY")
@pass_session
def show(session: Session, wanted: str) -> None:
    """Show what a key is, where it is held and what uses it; never the key itself."""
    with session.open() as ws:
        row = choose_key(ws, wanted)
        if session.json:
            output.document(objects.key(ws, row))
        else:
            _show(ws, row)


def _show(ws: Workspace, row: KeyRow) -> None:
    users = ws.inventory.certificates.get_many(ws.inventory.keys.certificates_of(row.id))
    facts = {
        "Id": str(row.id),
        "Name": row.name,
        "Kind": row.label,
        "Held": ws.custody.place_of(row),
        "Public key, SHA-256": row.spki_sha256,
        "Used by": ", ".join(f"{each.name} (id {each.id})" for each in users) or "no certificate",
        "Since": time_as_json(row.added_at) or "",
    }
    for label, value in facts.items():
        output.line(f"{label:<21}{value}")


@command.command("rename", epilog=example('mtlsctl key rename 3 "Signing key 2026"'))
@click.argument("wanted", metavar="KEY")
@click.argument("name")
@pass_session
def rename(session: Session, wanted: str, name: str) -> None:
    """Give a key another NAME in lists."""
    with session.open() as ws:
        row = choose_key(ws, wanted)
        with ws.recorded("key.renamed", "key", row.name, row.id, to=name.strip()):
            ws.inventory.keys.rename(row.id, name.strip())
        row = ws.inventory.keys.get(row.id)
        if session.json:
            output.document(objects.key(ws, row))
        else:
            output.line(f"The key {row.id} is called “{row.name}” now.")


@command.command("export", epilog=example("mtlsctl key export web.example.test -o web.key --plain"))
@click.argument("wanted", metavar="KEY")
@options.output_file("Write to this file; else to standard output.")
@click.option("--to", "form", type=click.Choice(["pem", "der"]), default="pem", show_default=True)
@click.option("--plain", is_flag=True, help="Without a passphrase.")
@options.out_passphrase_option
@options.force_option
@pass_session
def export(
    session: Session,
    *,
    wanted: str,
    file: str | None,
    form: str,
    plain: bool,
    out_passphrase_file: str | None,
    force: bool,
) -> None:
    """Write a private key as PKCS#8, under a passphrase unless --plain says otherwise."""
    target = file or "-"
    if session.json and target == "-":
        raise click.UsageError("With --json, name a file: -o FILE.")
    with session.open() as ws:
        row = choose_key(ws, wanted)
        passphrase = None
        if not plain:
            question = "Passphrase for the private key"
            passphrase = passphrases.outgoing(out_passphrase_file, question).encode()
        passphrases.unlock(session, ws)
        written = write.private_key_der if form == "der" else write.private_key_pem
        data = written(ws.custody.private_key(row), passphrase)
        files.write(target, data, private=True, force=force)
        with ws.recorded("key.exported", "key", row.name, row.id, to=target):
            pass
        if session.json:
            output.document(objects.key(ws, row) | {"files": [target]})
    if target != "-" and not session.json:
        output.line(f"Wrote {target}")
