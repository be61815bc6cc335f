"""The composition root: the one place that builds the concrete parts and puts them together."""

import argparse
import signal
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

# What has no Qt in it comes first: once PySide6 is loaded, every import is slower.
from mtlsgui import __version__
from mtlsgui.errors import MtlsguiError
from mtlsgui.workspace import preferring
from mtlsgui.workspace.paths import default_directory
from mtlsgui.workspace.vaults import SystemVaults
from mtlsgui.workspace.workspace import Workspace

# isort: split
from PySide6.QtCore import QProcess, QSettings, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.desktop import Desktop
from mtlsgui.gui.i18n import install_translations
from mtlsgui.gui.icons import ICON_DIRECTORY
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import SchemePreference, Theme


def run(argv: Sequence[str]) -> int:
    """Show the window until it is closed; gives the exit status."""
    arguments = _arguments(argv[1:])
    application = QApplication([argv[0]])
    application.setApplicationName("mtlsgui")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("mtlsgui")
    application.setWindowIcon(QIcon(str(ICON_DIRECTORY / "mtlsgui.svg")))
    _end_on_signals(application)
    settings = QSettings("mtlsgui", "mtlsgui")
    theme = Theme(application)
    directory = arguments.workspace or default_directory()
    translators = install_translations(application)
    try:
        ws: Workspace | None = Workspace.open(directory, SystemVaults())
    except MtlsguiError:
        from mtlsgui.gui.safekeeping.opening import open_with_help

        ws = open_with_help(lambda: Workspace.open(directory, SystemVaults()), directory, theme)
    if ws is None:
        return 1
    with ws:
        preferring.take_up(ws)  # the page of preferences says where their file cannot be used
        preferences = ws.preferences
        theme.set_preference(SchemePreference(preferences.theme))
        if preferences.language:
            for translator in translators:
                application.removeTranslator(translator)
            install_translations(application, preferences.language)
        jobs = Jobs()
        desk = Desk(ws, theme, jobs, settings, application.clipboard(), Changes(ws))
        with closing(desk):
            desktop = Desktop(desk, _open_elsewhere)
            desktop.show()
            if arguments.files:
                desktop.open_files([path.absolute() for path in arguments.files])
            return application.exec()


def _open_elsewhere(directory: Path) -> None:
    """Open the workspace in `directory` in a process and window of its own."""
    program = [] if getattr(sys, "frozen", False) else ["-m", "mtlsgui"]
    QProcess.startDetached(sys.executable, [*program, "--workspace", str(directory)])


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="mtlsgui", description="A certificate manager and mTLS workbench."
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="look into these")
    parser.add_argument("--workspace", type=Path, metavar="DIR", help="open this workspace")
    parser.add_argument("--version", action="version", version=f"mtlsgui {__version__}")
    return parser.parse_args(words)


def _end_on_signals(application: QApplication) -> None:
    """Ctrl+C and a request to end close the window as its close button does."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: application.closeAllWindows())
    # Python handles signals only while it runs: give it a moment now and then.
    timer = QTimer(application)
    timer.start(500)
    timer.timeout.connect(lambda: None)
