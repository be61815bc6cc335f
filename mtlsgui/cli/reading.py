"""Looking into the files that a command line names."""

from collections.abc import Sequence
from pathlib import Path

import click

from mtlsgui.cli import files, output, passphrases
from mtlsgui.cli.session import Session, is_terminal
from mtlsgui.errors import MtlsguiError
from mtlsgui.workspace import inspecting
from mtlsgui.workspace.inspecting import Inspection, Pasted, Reader, Source


def inspect(session: Session, names: Sequence[str], *, relaxed: bool = False) -> Inspection:
    """What is in the files and folders, in their order; "-" is standard input.

    On a terminal the passphrase of what is locked is asked for once; an empty answer leaves it.
    relaxed: with wider bounds on what reading may cost.
    """
    if session.passphrase_file in names:
        raise click.UsageError("A file cannot be both what is read and the passphrases.")
    given = passphrases.given(session)
    things = [_thing(name) for name in names]
    with Reader() as reader:
        found = inspecting.inspect(things, given, relaxed=relaxed, reader=reader)
        if found.locked and not (session.passphrase_file or session.json) and is_terminal():
            answer = passphrases.ask("Passphrase of what is locked (empty: leave it)")
            if answer:
                given = [*given, answer]
                found = inspecting.inspect(things, given, relaxed=relaxed, reader=reader)
    return found


def _thing(name: str) -> Path | Pasted:
    if files.is_stream(name):
        return Pasted("Standard input" if name == "-" else name, files.read(name))
    return Path(name)


def name_of(source: Source, names: Sequence[str]) -> str:
    """What a source is called in answers: as it was named, or its place below a folder named."""
    named = names[source.number]
    return named if source.folder is None else str(Path(named, source.name))


def complaints(source: Source) -> list[tuple[str, str]]:
    """What could not be read of a file: where in it, and why."""
    if source.error:
        return [("", " ".join(filter(None, (source.error.title, source.error.detail))))]
    return [(error.where, error.message) for error in source.result.errors]


def refuse_unreadable(found: Inspection, names: Sequence[str]) -> None:
    """Raises MtlsguiError for a file that gave nothing; says what else could not be read."""
    for source in found.sources:
        name = name_of(source, names)
        if source.error is not None:
            raise source.error
        told = complaints(source)
        if not source.result.items:
            raise MtlsguiError(
                f"There is nothing in {name} that can be used.",
                " ".join(message for _where, message in told),
                "Check that it is the right file.",
            )
        for where, message in told:
            output.note(f"{name}, {where}: {message}" if where else f"{name}: {message}")
