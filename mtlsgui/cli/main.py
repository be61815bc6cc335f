"""`mtlsctl`: the use cases of the window for scripts and for people on a terminal.

This module holds the commands' names and the edge where errors become texts and exit statuses.
The commands themselves are loaded when they are run: `mtlsctl --help` needs none of them.
"""

import contextlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

import mtlsgui
from mtlsgui.cli import output
from mtlsgui.cli.session import Group, example
from mtlsgui.errors import MtlsguiError

USAGE = 2
"""Bad usage, or input that cannot be used."""
FAULT = 3
"""A fault of ours."""
INTERRUPTED = 130
"""Ctrl+C, as shells have it: 128 and the number of the signal."""
BROKEN_PIPE = 141

# Every command: where it is, and what it does in a line.
COMMANDS = {
    "init": ("init", "Make a workspace and choose where its keys are held."),
    "ca": ("authorities", "Make and list certificate authorities."),
    "issue": ("issue", "Issue certificates, one or a whole table."),
    "request": ("request", "Make requests for somebody else's authority."),
    "sign": ("sign", "Sign somebody else's request."),
    "list": ("listing", "List certificates."),
    "show": ("show", "Show one certificate."),
    "import": ("importing", "Take certificates, keys and requests from files."),
    "export": ("exporting", "Write a certificate, its chain or its key to files."),
    "delete": ("delete", "Take certificates out of the workspace."),
    "inspect": ("inspect", "Show what is in files; nothing is stored."),
    "convert": ("convert", "Convert certificates and keys into another format."),
    "match": ("match", "Say which keys, certificates and requests belong together."),
    "chain": ("chain", "Write the right full chain out of a heap of certificates."),
    "probe": ("probe", "Test connections: what happens, whose fault it is, what to do."),
    "serve": ("serve", "Run a local server that asks clients for certificates."),
    "key": ("key", "List, show, rename and export private keys."),
    "profile": ("profile", "List, show, add and delete profiles."),
    "journal": ("journal", "Show or verify who did what, and when."),
    "vault": ("vault", "Show or change where keys are held."),
    "backup": ("backup", "Write the whole workspace, keys included, into one encrypted file."),
    "restore": ("restore", "Make a workspace from a backup."),
    "recover": ("recover", "Finish what a killed process left unfinished."),
}


class Mtlsctl(Group):
    """The group of all commands, and the edge of the program."""

    # The names of arguments are click's.
    # ruff: noqa: ARG002

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"mtlsgui.cli.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Run, and end the process with the exit status that the outcome has."""
        arguments = list(sys.argv[1:] if args is None else args)
        if "_MTLSCTL_COMPLETE" in os.environ:  # the shell asks for completions
            super().main(arguments, "mtlsctl", **extra)
        sys.exit(self._run(arguments, **extra))

    def _run(self, arguments: list[str], **extra: Any) -> int:
        as_json = "--json" in arguments
        try:
            return self._outcome(arguments, as_json, **extra)
        except output.OutputFailed as fault:
            _discard_output()
            output.error(MtlsguiError("The answer was not written.", f"{fault}."), as_json=False)
            return USAGE
        except BrokenPipeError:  # the reader has seen enough, as `head` has
            _discard_output()
            return BROKEN_PIPE

    def _outcome(self, arguments: list[str], as_json: bool, **extra: Any) -> int:
        try:
            with self.make_context("mtlsctl", arguments, **extra) as context:
                self.invoke(context)
        except click.exceptions.Exit as ended:
            return ended.exit_code
        except (KeyboardInterrupt, click.Abort):
            click.echo(err=True)
            return INTERRUPTED
        except click.exceptions.NoArgsIsHelpError as fault:
            click.echo(fault.ctx.get_help() if fault.ctx else "", err=True)
            return USAGE
        except click.ClickException as fault:
            output.error(_misused(fault), as_json=as_json)
            return USAGE
        except MtlsguiError as fault:
            output.error(fault, as_json=as_json)
            return USAGE
        except (BrokenPipeError, output.OutputFailed):
            raise
        except Exception as fault:
            output.error(_our_fault(fault), as_json=as_json)
            return FAULT
        return 0


def _misused(fault: click.ClickException) -> MtlsguiError:
    context = fault.ctx if isinstance(fault, click.UsageError) else None
    help_of = context.command_path if context else "mtlsctl"
    first, *rest = fault.format_message().splitlines()
    return MtlsguiError(first, "\n".join(rest), f"{help_of} --help")


def _our_fault(fault: Exception) -> MtlsguiError:
    """What can be said without its message, which might quote a secret: its kind and its place."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}mtlsgui{os.sep}" in frame.filename]
    place = ""
    if ours:
        package = Path(mtlsgui.__file__).parent.parent
        where = Path(ours[-1].filename)
        with contextlib.suppress(ValueError):
            where = where.relative_to(package)
        place = f" in {where.as_posix()}, line {ours[-1].lineno}"
    return MtlsguiError(
        "mtlsctl met a fault of its own.",
        f"{type(fault).__name__}{place}.",
        "Report it, with this line and the command.",
    )


def _discard_output() -> None:
    """Keep Python from failing once more when it flushes standard output at its end."""
    with contextlib.suppress(OSError, ValueError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=Mtlsctl,
    epilog=example(
        'mtlsctl ca create --name "Example Root CA"',
        "mtlsctl issue --profile server --name web.example.test -o out",
        "mtlsctl list --expires-within 30d",
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(mtlsgui.__version__, prog_name="mtlsctl", message="%(prog)s %(version)s")
def cli() -> None:
    """Certificate authorities, certificates and keys, from the command line.

    The same workspace as the window of mtlsgui. `mtlsctl COMMAND --help` says more.
    """


def main() -> NoReturn:
    """The program `mtlsctl`."""
    if getattr(sys, "frozen", False):  # there, the process that reads files is this program again
        from multiprocessing import freeze_support

        freeze_support()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a locale without “quotes” is no reason to fail
            stream.reconfigure(errors="backslashreplace")
    cli.main()
