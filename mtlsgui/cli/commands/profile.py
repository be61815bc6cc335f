"""`mtlsctl profile`."""

import tomllib
from typing import Any

import click

from mtlsgui.cli import files, output
from mtlsgui.cli.session import Group, Session, example, pass_session
from mtlsgui.pki.profiles import BUILT_IN, Profile, copy_of, from_toml, to_toml
from mtlsgui.workspace.workspace import Workspace


@click.group("profile", cls=Group)
def command() -> None:
    """List, show, add and delete profiles: named templates for issuing."""


def _object(profile: Profile) -> dict[str, Any]:
    return tomllib.loads(to_toml(profile)) | {"built_in": profile.id in BUILT_IN}


def _say(session: Session, profile: Profile, done: str) -> None:
    if session.json:
        output.document(_object(profile))
    else:
        output.line(f"{done} the profile “{profile.name}” (id {profile.id}).")


@command.command("list", epilog=example("mtlsctl profile list"))
@pass_session
def list_(session: Session) -> None:
    """List the profiles, those built in first."""
    with session.open() as ws:
        profiles, unreadable = ws.profiles.all(), ws.profiles.unreadable()
    if session.json:
        output.document(
            {
                "profiles": [_object(profile) for profile in profiles],
                "total": len(profiles),
                "unreadable": [str(fault) for fault in unreadable],
            }
        )
        return
    output.table(
        ("ID", "NAME", "DAYS", "KEY", "DESCRIPTION"),
        [
            (each.id, each.name, str(each.days), each.key.label, each.description)
            for each in profiles
        ],
    )
    for fault in unreadable:
        output.note(f"note: {fault}")


@command.command("show", epilog=example("mtlsctl profile show server"))
@click.argument("profile_id", metavar="ID")
@pass_session
def show(session: Session, profile_id: str) -> None:
    """Show a profile as the TOML that `profile add` takes."""
    with session.open() as ws:
        profile = ws.profiles.get(profile_id)
    if session.json:
        output.document(_object(profile))
    else:
        output.write(to_toml(profile))


@command.command("add", epilog=example("mtlsctl profile add short-lived.toml"))
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--force", is_flag=True, help="Replace a profile of the same id.")
@pass_session
def add(session: Session, file: str, force: bool) -> None:
    """Add a profile from a TOML file ("-" for standard input)."""
    profile = from_toml(files.read_text(file))
    with session.open() as ws:
        ws.profiles.save(profile, replacing=profile.id if force else None)
    _say(session, profile, "Added")


@command.command("copy", epilog=example('mtlsctl profile copy server "Web servers"'))
@click.argument("profile_id", metavar="ID")
@click.argument("name")
@pass_session
def copy(session: Session, profile_id: str, name: str) -> None:
    """Copy a profile under another NAME, to be changed."""
    with session.open() as ws:
        profile = ws.profiles.save(copy_of(ws.profiles.get(profile_id), name))
    _say(session, profile, "Made")


@command.command("delete", epilog=example("mtlsctl profile delete web-servers"))
@click.argument("profile_id", metavar="ID")
@pass_session
def delete(session: Session, profile_id: str) -> None:
    """Delete a profile of your own. What was issued from it stays."""
    with session.open() as ws:
        profile = _delete(ws, profile_id)
    _say(session, profile, "Deleted")


def _delete(ws: Workspace, profile_id: str) -> Profile:
    profile = ws.profiles.get(profile_id)
    ws.profiles.delete(profile.id)
    return profile
