"""`mtlsctl delete`."""

import click

from mtlsgui.cli import output, passphrases
from mtlsgui.cli.session import Command, Session, example, is_terminal, pass_session
from mtlsgui.errors import MtlsguiError
from mtlsgui.workspace import editing
from mtlsgui.workspace.editing import Consequences


@click.command(
    "delete",
    cls=Command,
    epilog=example("mtlsctl delete old.example.test", "mtlsctl delete 7 8 --with-keys --yes"),
)
@click.argument("wanted", metavar="ID…", nargs=-1, required=True)
@click.option("--with-keys", is_flag=True, help="Destroy their private keys too, for good.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_session
def command(session: Session, wanted: tuple[str, ...], with_keys: bool, yes: bool) -> None:
    """Take certificates out of the workspace.

    Says first what goes with them, and asks. The journal keeps what they were; private keys stay
    unless --with-keys is given.
    """
    with session.open() as ws:
        ids = [ws.inventory.certificates.find(each).id for each in wanted]
        effect = editing.consequences(ws, list(dict.fromkeys(ids)))
        if not yes:
            _ask(effect, with_keys=with_keys)
        if with_keys and effect.keys:
            passphrases.unlock(session, ws)
        editing.delete(ws, [row.id for row in effect.certificates], with_keys=with_keys)
    if session.json:
        output.document(
            {
                "deleted": [
                    {"id": row.id, "name": row.name, "fingerprint_sha256": row.fingerprint}
                    for row in effect.certificates
                ],
                "orphaned": effect.orphaned,
                "keys_destroyed": len(effect.keys) if with_keys else 0,
            }
        )
    else:
        output.line(_sentence(effect, with_keys=with_keys, done=True))


def _ask(effect: Consequences, *, with_keys: bool) -> None:
    if not is_terminal():
        raise MtlsguiError(
            "Nothing was deleted.",
            "Deleting asks first, and nobody is there to answer.",
            "Say --yes to delete without being asked.",
        )
    output.note(_sentence(effect, with_keys=with_keys, done=False))
    click.confirm("Go on?", abort=True, err=True)


def _sentence(effect: Consequences, *, with_keys: bool, done: bool) -> str:
    names = ", ".join(f"“{row.name}” (id {row.id})" for row in effect.certificates)
    parts = [f"{'Deleted' if done else 'This deletes'} {names}"]
    if effect.orphaned:
        orphans = _count(effect.orphaned, "certificate")
        parts.append(f"{'took' if done else 'takes'} the issuer from {orphans}")
    keys = _count(len(effect.keys), "private key")
    if effect.keys and with_keys:
        parts.append(f"{'destroyed' if done else 'destroys'} {keys} for good")
    elif effect.keys:
        parts.append(f"{'kept' if done else 'keeps'} {keys}")
    return "; ".join(parts) + "."


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' if number != 1 else ''}"
