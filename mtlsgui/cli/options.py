"""Options that several commands share, and the values they turn into."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click

from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject

_P = ParamSpec("_P")
_R = TypeVar("_R")

key_option = click.option(
    "--key",
    "algorithm",
    type=click.Choice([algorithm.value for algorithm in KeyAlgorithm], case_sensitive=False),
    callback=lambda _context, _option, value: KeyAlgorithm(value) if value else None,
    metavar="KIND",
    help=f"Kind of key: {', '.join(KeyAlgorithm)}.",
)
days_option = click.option("--days", type=int, metavar="N", help="Validity in days.")
san_option = click.option(
    "--san",
    "names",
    multiple=True,
    metavar="NAME",
    help="Alternative name: dns:…, ip:…, email:…, uri:…, or told by its form. May be repeated.",
)
profile_option = click.option(
    "--profile",
    "profile_id",
    default="server",
    show_default=True,
    metavar="ID",
    help="server, client, peer, spiffe, or one of your own.",
)
out_passphrase_option = click.option(
    "--out-passphrase-file",
    type=click.Path(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Passphrase for what is written: its first line. Else $MTLSGUI_OUT_PASSPHRASE.",
)
force_option = click.option("--force", is_flag=True, help="Overwrite files that exist.")


def output_directory(what: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """`-o DIR`. what: the files that go there."""
    return click.option(
        "-o",
        "--output",
        "directory",
        type=click.Path(file_okay=False),
        metavar="DIR",
        help=f"Also write {what} to this folder.",
    )


def output_file(
    help_text: str, *, required: bool = False
) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """`-o FILE`; "-" is standard output."""
    return click.option(
        "-o",
        "--output",
        "file",
        type=click.Path(),
        required=required,
        metavar="FILE",
        help=help_text,
    )


_SUBJECT = (
    ("--org", "organization", "Organisation."),
    ("--unit", "organizational_unit", "Department."),
    ("--locality", "locality", "Place."),
    ("--state", "state", "State or province."),
    ("--country", "country", "Country, as a code of two letters."),
)


def subject_options(function: Callable[..., _R]) -> Callable[..., _R]:
    """The parts of the subject besides the common name, as one argument `subject`."""

    @wraps(function)
    def wrapper(*args: Any, **values: Any) -> _R:
        parts = {field: values.pop(field) or "" for _, field, _ in _SUBJECT}
        return function(*args, subject=Subject(**parts), **values)

    decorated: Callable[..., _R] = wrapper
    for flag, field, help_text in reversed(_SUBJECT):
        decorated = click.option(flag, field, metavar="TEXT", help=help_text)(decorated)
    return decorated


def merged(given: Subject, base: Subject) -> Subject | None:
    """`base` with the parts that were given; None where none was."""
    parts = {field: value for field, value in vars(given).items() if value}
    return replace(base, **parts) if parts else None


_HOURS = {"": 24, "h": 1, "d": 24, "w": 168}


def duration(
    context: click.Context, option: click.Parameter, value: str | None
) -> timedelta | None:
    """A length of time: "30d", "12h", "2w"; a bare number is days."""
    if value is None:
        return None
    found = re.fullmatch(r"(\d{1,5})([hdw]?)", value.strip().lower())
    if not found:
        raise click.BadParameter(
            f"“{value}” is not a length of time such as 30d, 12h or 2w.", context, option
        )
    return timedelta(hours=int(found[1]) * _HOURS[found[2]])
