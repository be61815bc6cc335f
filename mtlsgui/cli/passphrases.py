"""Where passphrases come from: a file, the environment, a prompt. Never the command line itself,
which every user of the computer can read.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from mtlsgui.cli import output
from mtlsgui.cli.session import Session, is_terminal
from mtlsgui.errors import MtlsguiError

if TYPE_CHECKING:
    from mtlsgui.workspace.workspace import Workspace

VARIABLE = "MTLSGUI_PASSPHRASE"
OUT_VARIABLE = "MTLSGUI_OUT_PASSPHRASE"
_ATTEMPTS = 3
_T = TypeVar("_T")


def given(session: Session) -> list[str]:
    """Every passphrase that was given for reading, without asking. Raises MtlsguiError."""
    if session.passphrases is None:
        found = _lines(session.passphrase_file) if session.passphrase_file else []
        variable = os.environ.get(VARIABLE)
        session.passphrases = [*found, variable] if variable else found
    return session.passphrases


def ask(question: str, *, new: bool = False) -> str:
    """Ask at the terminal, twice for a new one. Nothing that is typed is shown."""
    answer: str = click.prompt(
        question,
        hide_input=True,
        err=True,
        default="",
        show_default=False,
        confirmation_prompt="Once more" if new else False,
    )
    if new:
        from mtlsgui.workspace.passphrases import Strength, strength

        if strength(answer) is Strength.WEAK:
            output.note("note: This passphrase is easy to guess. A few random words are better.")
    return answer


def unlock(session: Session, ws: "Workspace") -> None:
    """Make the workspace's vault usable; the first use of a workspace sets the keyring up.

    What a killed process left unfinished is settled then, and said. Raises VaultError.
    """
    from mtlsgui.vault.base import VaultUnavailable
    from mtlsgui.workspace import recovery

    if ws.custody.is_locked:
        fitting(session, "Passphrase of the vault", ws.custody.open)
    else:
        first = ws.custody.kind is None
        try:
            ws.custody.open()
        except VaultUnavailable as fault:
            raise (without_keyring(fault) if first else fault) from None
    for finding in recovery.recover(ws).findings:
        output.note(f"note: {finding.sentence}")


def fitting(session: Session, question: str, use: Callable[[str], _T]) -> tuple[str, _T]:
    """The passphrase that fits, of those given or asked for, and what `use` made of it.

    use: raises WrongPassphrase for one that does not fit.
    Raises WrongPassphrase where none does, VaultLocked where there is none.
    """
    from mtlsgui.vault.base import VaultLocked, WrongPassphrase

    wrong: MtlsguiError | None = None
    for passphrase in given(session):
        try:
            return passphrase, use(passphrase)
        except WrongPassphrase as fault:
            wrong = fault
    if wrong is None and is_terminal():
        for _ in range(_ATTEMPTS):
            passphrase = ask(question)
            try:
                return passphrase, use(passphrase)
            except WrongPassphrase as fault:
                wrong = fault
                output.note(fault.title)
    raise wrong or VaultLocked(
        "A passphrase is needed.",
        f"{question}: none was given, and there is nobody to ask.",
        f"Give --passphrase-file FILE, or set {VARIABLE}.",
    )


def without_keyring(fault: MtlsguiError) -> MtlsguiError:
    """The same fault, saying also which command does without a keyring."""
    remedy = fault.remedy.removesuffix(".")
    return MtlsguiError(fault.title, fault.detail, f"{remedy}: mtlsctl init --vault file")


def for_new_vault(session: Session) -> str:
    """The passphrase that a new vault is protected with. Raises MtlsguiError."""
    found = given(session)
    if found:
        return found[0]
    passphrase = ask("Passphrase of the new vault", new=True) if is_terminal() else ""
    if not passphrase:
        raise MtlsguiError(
            "A passphrase is needed.",
            "A vault in a file is protected by nothing else.",
            f"Give --passphrase-file FILE, or set {VARIABLE}.",
        )
    return passphrase


def outgoing(file: str | None, question: str) -> str:
    """The passphrase for what is written. Raises MtlsguiError where there is none."""
    passphrase = outgoing_if_any(file)
    if passphrase is None and is_terminal():
        passphrase = ask(question, new=True)
    if not passphrase:
        raise MtlsguiError(
            "A passphrase is needed for what is written.",
            "None was given.",
            f"Give --out-passphrase-file FILE, or set {OUT_VARIABLE}.",
        )
    return passphrase


def outgoing_if_any(file: str | None) -> str | None:
    """The passphrase for what is written, where one was given. Raises MtlsguiError."""
    if file:
        found = _lines(file)
        if not found:
            raise MtlsguiError(f"{file} holds no passphrase.", "", "Write it into its first line.")
        return found[0]
    return os.environ.get(OUT_VARIABLE) or None


def _lines(file: str) -> list[str]:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as fault:
        raise MtlsguiError(
            "The passphrase file cannot be read.", f"{file}: {fault.strerror}.", "Check its name."
        ) from None
    except UnicodeDecodeError:
        raise MtlsguiError(
            "The passphrase file cannot be read.",
            f"{file} is not text in UTF-8.",
            "Write one passphrase a line.",
        ) from None
    return [line for line in text.replace("\r\n", "\n").split("\n") if line]
