"""Looking into the files that a command line names."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from mtlsgui.cli import files, passphrases
from mtlsgui.cli.session import Session, is_terminal
from mtlsgui.formats.group import group
from mtlsgui.workspace.inspecting import Inspection, Source, inspect_bytes, inspect_files


def inspect(session: Session, names: Sequence[str]) -> Inspection:
    """What is in the files, in their order; "-" is standard input.

    On a terminal the passphrase of what is locked is asked for once; an empty answer leaves it.
    """
    if session.passphrase_file in names:
        raise click.UsageError("A file cannot be both what is read and the passphrases.")
    given = passphrases.given(session)
    streams = {name: files.read(name) for name in names if files.is_stream(name)}
    found = _inspect(names, streams, given)
    if found.locked and not (session.passphrase_file or session.json) and is_terminal():
        answer = passphrases.ask("Passphrase of what is locked (empty: leave it)")
        if answer:
            found = _inspect(names, streams, [*given, answer])
    return found


def _inspect(
    names: Sequence[str], streams: Mapping[str, bytes], secrets: Sequence[str]
) -> Inspection:
    sources: list[Source] = []
    for name in names:
        if name in streams:
            title = "Standard input" if name == "-" else name
            sources += inspect_bytes(streams[name], title, secrets).sources
        else:
            sources += inspect_files([Path(name)], secrets).sources
    items = [item for source in sources for item in source.result.items]
    return Inspection(tuple(sources), group(items))


def complaints(source: Source) -> list[tuple[str, str]]:
    """What could not be read of a file: where in it, and why."""
    if source.error:
        return [("", " ".join(filter(None, (source.error.title, source.error.detail))))]
    return [(error.where, error.message) for error in source.result.errors]
