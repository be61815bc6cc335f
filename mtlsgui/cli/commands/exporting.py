"""`mtlsctl export`."""

from collections.abc import Sequence
from pathlib import Path

import click

from mtlsgui.cli import deployment, files, objects, options, output, passphrases
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.errors import MtlsguiError
from mtlsgui.workspace import exporting
from mtlsgui.workspace.exporting import Form, Options, OutputFile
from mtlsgui.workspace.workspace import Workspace

_PKCS8 = "pkcs8"  # what the private key alone is written as


@click.command(
    "export",
    cls=Command,
    epilog=example(
        "mtlsctl export web.example.test --to fullchain -o web.pem",
        "mtlsctl export alice --to pkcs12 -o alice.p12",
        "mtlsctl export web.example.test --to folder --plain -o /etc/nginx/tls",
    ),
)
@click.argument("wanted", metavar="ID…", nargs=-1, required=True)
@click.option(
    "--to",
    "form",
    type=click.Choice([*(form.value for form in Form), _PKCS8]),
    callback=lambda _context, _option, value: Form.KEY if value == _PKCS8 else Form(value),
    default=Form.PEM.value,
    show_default=True,
    metavar="FORMAT",
    help="pem, der: the certificate; chain: its intermediates; fullchain, pkcs7: both; key "
    "(or pkcs8): its private key; pkcs12, jks: all three; kubernetes, haproxy: the same in the "
    "clear; folder: NAME.crt, NAME-chain.crt, NAME.key and ca.crt.",
)
@options.output_file("File to write, or folder for several; else standard output.")
@click.option("--plain", is_flag=True, help="Write private keys without a passphrase.")
@options.out_passphrase_option
@click.option("--include-root", is_flag=True, help="Put the root at the end of chains too.")
@click.option("--name", "alias", default="", metavar="ALIAS", help="Name in a store or Secret.")
@click.option("--legacy", is_flag=True, help="A PKCS#12 for old readers, weakly encrypted.")
@options.force_option
@pass_session
def command(
    session: Session,
    *,
    wanted: tuple[str, ...],
    form: Form,
    file: str | None,
    plain: bool,
    out_passphrase_file: str | None,
    include_root: bool,
    alias: str,
    legacy: bool,
    force: bool,
) -> None:
    """Write certificates, their chains or their keys to files.

    Private keys are written under a passphrase, unless --plain says otherwise.
    """
    if session.json and file in {None, "-"}:
        raise click.UsageError("With --json, name a file: -o FILE.")
    with session.open() as ws:
        rows = [ws.inventory.certificates.find(each) for each in wanted]
        ids = list(dict.fromkeys(row.id for row in rows))
        passphrase = None
        if form.has_key:
            if form.is_store or not (plain or form.is_bundle):
                passphrase = passphrases.outgoing(out_passphrase_file, _question(form))
            passphrases.unlock(session, ws)
        rendered = exporting.render(
            ws, ids, form, Options(include_root, passphrase, plain, alias, legacy)
        )
        written = _write(ws, ids, rendered, form, file, force=force)
        if session.json:
            found = objects.certificates(ws, rows)
            first = found[0] if len(found) == 1 else {"certificates": found, "total": len(found)}
            output.document(first | {"files": written})
            return
    if file not in {None, "-"}:
        for path in written:
            output.line(f"Wrote {path}")


def _question(form: Form) -> str:
    what = {Form.PKCS12: "PKCS#12 file", Form.JKS: "key store"}.get(form, "private key")
    return f"Passphrase for the {what}"


def _write(
    ws: Workspace,
    ids: Sequence[int],
    rendered: Sequence[OutputFile],
    form: Form,
    file: str | None,
    *,
    force: bool,
) -> list[str]:
    """Write to the file, the folder or standard output that was named; gives the paths."""
    if form is Form.FOLDER or len(rendered) > 1:
        if file in {None, "-"}:
            raise MtlsguiError("These are several files.", "", "Name a folder for them: -o DIR")
        return deployment.export(ws, ids, rendered, files.folder(str(file)), force=force)
    if file is not None and Path(file).is_dir():
        return deployment.export(ws, ids, rendered, Path(file), force=force)
    (only,) = rendered
    target = file or "-"
    if target == "-" and not only.data.isascii() and output.is_terminal():
        raise MtlsguiError(
            "This is binary data, which a terminal cannot show.", "", "Name a file: -o FILE"
        )
    files.write(target, only.data, private=only.private, force=force)
    exporting.record(ws, ids, rendered, "standard output" if target == "-" else target)
    return [target]
