"""`mtlsctl match`."""

from collections.abc import Sequence
from typing import Any

import click

from mtlsgui.cli import output
from mtlsgui.cli.main import USAGE
from mtlsgui.cli.reading import inspect, name_of, refuse_unreadable
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import CertificateItem, Item
from mtlsgui.workspace.converting import describe
from mtlsgui.workspace.matching import Matches, Member, match

NO = 1


@click.command(
    "match",
    cls=Command,
    epilog=example("mtlsctl match server.crt server.key", "mtlsctl match *.pem --json"),
)
@click.argument("names", metavar="FILE…", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.pass_context
@pass_session
def command(session: Session, context: click.Context, names: tuple[str, ...]) -> None:
    """Say which keys, certificates and requests belong together: those with one public key.

    The exit status is 1 when a private key belongs to nothing else, and 2 when one is locked, so
    that it cannot be told.
    """
    found = inspect(session, names)
    refuse_unreadable(found, names)
    matches = match(found.sources)
    if session.json:
        output.document(_document(matches, names))
    else:
        _text(matches, names)
    if matches.locked:
        if not session.json:
            output.error(_locked(matches), as_json=False)
        context.exit(USAGE)
    if matches.lonely:
        context.exit(NO)


def _document(matches: Matches, names: Sequence[str]) -> dict[str, Any]:
    return {
        "groups": [
            {
                "spki_sha256": group.spki_sha256,
                "members": [_member(member, names) for member in group.members],
            }
            for group in matches.groups
        ],
        "unmatched": [_member(member, names) for member in matches.lonely],
        "locked": [_member(member, names) for member in matches.locked],
    }


def _member(member: Member, names: Sequence[str]) -> dict[str, Any]:
    return {
        "path": name_of(member.source, names),
        "position": member.item.position,
        "kind": member.item.kind,
    }


def _text(matches: Matches, names: Sequence[str]) -> None:
    together = [group for group in matches.groups if len(group.members) > 1]
    alone = [
        group
        for group in matches.groups
        if len(group.members) == 1 and not (together and _is_authority(group.members[0].item))
    ]
    for group in together:
        output.line(f"These belong together (key {group.spki_sha256[:16]}…):")
        for member in group.members:
            output.line(f"  {_place(member, names)}: {describe(member.item)}")
    if alone:
        output.line("These match nothing here:" if together else "Nothing here matches:")
        for group in alone:
            (member,) = group.members
            output.line(f"  {_place(member, names)}: {describe(member.item)}")


def _is_authority(item: Item) -> bool:
    """The CAs of a chain match nothing, and nobody expects them to."""
    return isinstance(item, CertificateItem) and bool(item.facts.is_ca)


def _place(member: Member, names: Sequence[str]) -> str:
    name = name_of(member.source, names)
    if len(member.source.result.items) == 1:
        return name
    return f"{name}, {member.item.position}"


def _locked(matches: Matches) -> MtlsguiError:
    count = len(matches.locked)
    return MtlsguiError(
        "A key is locked." if count == 1 else f"{count:,} keys are locked.",
        "What they belong to cannot be told without their passphrase.",
        "Give --passphrase-file FILE.",
    )
