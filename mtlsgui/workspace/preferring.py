"""Preferences taken up by this process, changed, and begun anew where their file is unusable."""

from contextlib import suppress

from mtlsgui.errors import MtlsguiError
from mtlsgui.pki.names import Subject
from mtlsgui.workspace import preferences
from mtlsgui.workspace.drafts import LONG_ROOT_DAYS, Problem
from mtlsgui.workspace.preferences import Preferences
from mtlsgui.workspace.refusals import refuse
from mtlsgui.workspace.workspace import Workspace


def take_up(ws: Workspace) -> MtlsguiError | None:
    """Read the preferences, which another process may have changed, and go by them from now on.

    Where the file cannot be used the defaults count for as long as the workspace is open, and
    what is wrong with the file is given back. The file is left as it is.
    """
    try:
        found, fault = preferences.load(ws.layout.preferences), None
    except MtlsguiError as error:
        found, fault = Preferences(), error
    ws.assume(found)
    return fault


def problems(new: Preferences) -> tuple[Problem, ...]:
    """Everything to say about preferences, by their fields."""
    found = [
        Problem("organization", sentence)
        for sentence in Subject(organization=new.organization).problems()
    ]
    if new.root_days > LONG_ROOT_DAYS:
        found.append(
            _notice("root_days", "More than 20 years: the key and its algorithm must last as long.")
        )
    if new.intermediate_days > new.root_days:
        found.append(
            _notice("intermediate_days", "Longer than a root is valid, which it cannot outlive.")
        )
    if new.leaf_days > new.intermediate_days:
        found.append(
            _notice("leaf_days", "Longer than an intermediate is valid, which they cannot outlive.")
        )
    if new.warn_days >= new.leaf_days:
        found.append(
            _notice(
                "warn_days",
                f"A certificate for {new.leaf_days} days counts as expiring soon at once.",
            )
        )
    shortest = min(new.root_days, new.intermediate_days)
    if new.warn_authority_days >= shortest:
        found.append(
            _notice(
                "warn_authority_days",
                f"An authority for {shortest} days counts as expiring soon at once.",
            )
        )
    return tuple(found)


def keep(ws: Workspace, new: Preferences) -> None:
    """Keep new preferences and go by them from now on.

    Raises DraftRefused where they have problems, FileError where they cannot be written; then the
    old ones stay.
    """
    refuse([problem for problem in problems(new) if problem.blocking])
    ws.prefer(new)


def begin_anew(ws: Workspace) -> None:
    """Put a file that cannot be used aside, beside its place, and keep the defaults.

    Raises MtlsguiError where that is not possible.
    """
    path = ws.layout.preferences
    aside = path.with_name(f"{path.name}.unused-{ws.clock():%Y%m%dT%H%M%SZ}")
    try:
        with suppress(FileNotFoundError):
            path.replace(aside)
    except OSError as error:
        raise MtlsguiError(
            "The preferences cannot be put aside.",
            f"{path}: {error.strerror}.",
            "Remove the file yourself.",
        ) from error
    ws.prefer(Preferences())


def _notice(field: str, message: str) -> Problem:
    return Problem(field, message, blocking=False)
