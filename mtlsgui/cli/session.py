"""What the options that every command takes say, and the workspace they lead to."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:  # it loads peewee and cryptography, which `--help` does not need
    from mtlsgui.workspace.workspace import Workspace


@dataclass
class Session:
    """One run of `mtlsctl`.

    json: whether the answer is a JSON document.
    directory: the workspace named; None for the one that the window opens.
    passphrase_file: where passphrases are read from, one a line; "-" is standard input.
    passphrases: those that were read: a pipe can be read only once.
    """

    json: bool = False
    directory: Path | None = None
    passphrase_file: str | None = None
    passphrases: list[str] | None = field(default=None, repr=False)

    def open(self) -> "Workspace":
        """The workspace, to be used as a context manager. Raises MtlsguiError."""
        from mtlsgui.workspace.paths import default_directory
        from mtlsgui.workspace.vaults import SystemVaults
        from mtlsgui.workspace.workspace import Workspace

        return Workspace.open(self.directory or default_directory(), SystemVaults())


pass_session = click.make_pass_decorator(Session, ensure=True)


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(context: click.Context, _option: click.Parameter, value: Any) -> None:
        if value:  # one that is left out says nothing about the same one before the command
            setattr(context.ensure_object(Session), name, value)

    return callback


def _common_options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--workspace"],
            type=click.Path(file_okay=False, path_type=Path),
            metavar="DIR",
            expose_value=False,
            callback=_keep("directory"),
            help="The workspace; else $MTLSGUI_WORKSPACE, else the one the window opens.",
        ),
        click.Option(
            ["--passphrase-file"],
            type=click.Path(dir_okay=False, allow_dash=True),
            metavar="FILE",
            expose_value=False,
            callback=_keep("passphrase_file"),
            help="Passphrases, one a line; each is tried. Else $MTLSGUI_PASSPHRASE.",
        ),
        click.Option(
            ["--json"],
            is_flag=True,
            expose_value=False,
            callback=_keep("json"),
            help="Answer with one JSON document.",
        ),
    ]


class _WithCommonOptions(click.Command):
    """Takes the common options too, so that they may stand before the command or after it."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._own = list(self.params)
        self._common = _common_options()
        self.params += self._common

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        common = [*self._common, *filter(None, [self.get_help_option(ctx)])]
        own = [
            parameter
            for parameter in self.get_params(ctx)
            if isinstance(parameter, click.Option) and parameter not in common
        ]
        for title, parameters in (("Options", own), ("Common options", common)):
            records = [record for each in parameters if (record := each.get_help_record(ctx))]
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


class Command(_WithCommonOptions):
    """A command of mtlsctl."""


class Group(_WithCommonOptions, click.Group):
    """A family of commands."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


def example(*lines: str) -> str:
    """The end of a help text: command lines as they are typed, which are not to be re-wrapped."""
    head = "Example:" if len(lines) == 1 else "Examples:"
    return "\b\n" + "\n".join((head, *(f"  {line}" for line in lines)))


def is_terminal() -> bool:
    """Whether somebody is there to answer a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()
