"""`mtlsctl init`."""

import click

from mtlsgui.cli import output, passphrases
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.errors import MtlsguiError
from mtlsgui.vault.base import VaultUnavailable

_KINDS = ("auto", "keyring", "file")


def _vault(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if value.startswith("pkcs11:"):
        raise MtlsguiError(
            "This version cannot hold keys in PKCS#11 tokens.",
            "",
            "Use the system's keyring (--vault keyring) or a file (--vault file).",
        )
    if value not in _KINDS:
        raise click.BadParameter(f"“{value}” is none of {', '.join(_KINDS)}.")
    return value


@click.command(
    "init",
    cls=Command,
    epilog=example(
        "mtlsctl init", "mtlsctl init --vault file --passphrase-file ~/.mtlsgui-passphrase"
    ),
)
@click.option(
    "--vault",
    default="auto",
    show_default=True,
    metavar="KIND",
    callback=_vault,
    help="Where keys are held: “keyring” is the system's own, “file” a file of the workspace "
    "under a passphrase, “auto” the keyring where there is one.",
)
@pass_session
def command(session: Session, vault: str) -> None:
    """Make a workspace and choose where its keys are held.

    Not needed with a keyring: the first command that makes a key does the same.
    """
    passphrase = passphrases.for_new_vault(session) if vault == "file" else None
    with session.open() as ws:
        if ws.custody.kind is not None:
            raise MtlsguiError(
                "This workspace has a vault already.",
                f"Its keys are held in: {ws.custody.label}.",
                "mtlsctl vault move",
            )
        try:
            ws.custody.set_up("file" if vault == "file" else "keyring", passphrase)
        except VaultUnavailable as fault:
            raise passphrases.without_keyring(fault) from None
        directory, kind, label = ws.layout.directory, ws.custody.kind, ws.custody.label
    if session.json:
        output.document({"workspace": str(directory), "vault": {"kind": kind, "label": label}})
    else:
        output.line(f"The workspace {directory} holds its keys in: {label}.")
