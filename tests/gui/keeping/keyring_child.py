"""A window on a real keyring, in a process of its own: `… FOLDER first|locked|again`."""

import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.vault_access import KeyAccess, VaultTroubleDialog
from mtlsgui.workspace.vaults import SystemVaults
from mtlsgui.workspace.workspace import Workspace
from tests.gui.keeping.support import make_desk, shown_dialog


def main(folder: Path, step: str) -> str:
    """What happened, in one word."""
    app = QApplication(["child"])
    jobs = Jobs()
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    outcome: list[str] = []
    with Workspace.open(folder / "workspace", SystemVaults()) as ws:
        desk = make_desk(ws, Theme(app), jobs, settings)
        window = QWidget()
        window.show()
        access = KeyAccess(desk, window)
        access.ensure(
            window,
            lambda: outcome.append(f"opened {ws.custody.label}"),
            lambda: outcome.append("cancelled"),
        )

        def look() -> None:
            dialog = shown_dialog(VaultTroubleDialog)
            if dialog is not None and dialog.message is not None:
                outcome.append(dialog.message.sentence.text())
                dialog.reject()
            if outcome:
                app.quit()

        timer = QTimer()
        timer.timeout.connect(look)
        timer.start(20)
        app.exec()
        desk.changes.stop()
        jobs.close()
    return outcome[0]


EXPECTED = {
    "first": "opened GNOME Keyring",
    "locked": "GNOME Keyring is locked.",
    "again": "opened GNOME Keyring",
}

if __name__ == "__main__":
    found = main(Path(sys.argv[1]), sys.argv[2])
    if found != EXPECTED[sys.argv[2]]:
        sys.exit(f"expected {EXPECTED[sys.argv[2]]!r}, found {found!r}")
