"""The page of preferences and its dialogs as pictures, to look at.

`python -m tests.gui.preferences_gallery FOLDER [light|dark] [SCALE] [SCENE…]`; all without one.
"""

import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget

from mtlsgui.gui.about import AboutDialog
from mtlsgui.gui.actions import Action, ActionRegistry
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.preferences.page import PreferencesPage
from mtlsgui.gui.preferences.profile_deletion import DeleteProfileDialog
from mtlsgui.gui.preferences.profile_dialog import ProfileDialog
from mtlsgui.gui.preferences.profile_view import BuiltInProfileDialog
from mtlsgui.gui.theme.theme import SchemePreference, Theme
from mtlsgui.pki.profiles import BUILT_IN, copy_of
from mtlsgui.workspace import preferring
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import Clock
from tests.gui.keeping.support import LocalVaults

ACTIONS = (
    ("vault.move", "&Move keys to another vault…"),
    ("vault.passphrase", "Change &passphrase…"),
    ("vault.lock", "&Lock keys now"),
    ("workspace.back_up", "&Back up…"),
    ("workspace.restore", "Res&tore a backup…"),
)


def make_registry(theme: Theme, window: QWidget, done: list[str]) -> ActionRegistry[None]:
    """The actions that the page offers; `done` is told of each that is triggered."""
    registry: ActionRegistry[None] = ActionRegistry(window, theme, lambda: None)
    for action_id, text in ACTIONS:
        registry.add(_action(action_id, text, done))
    return registry


def _action(action_id: str, text: str, done: list[str]) -> Action[None]:
    return Action(
        action_id,
        text,
        lambda _context: done.append(action_id),
        enabled=lambda _context: action_id != "vault.passphrase",
    )


class Scenes:
    """What is worth looking at, by name."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        self.desk, self.theme = desk, theme
        self.window = QWidget()

    @classmethod
    def names(cls) -> list[str]:
        return [name for name in vars(cls) if not name.startswith("_") and name != "names"]

    def _page(self, width: int = 1100, height: int = 1300) -> PreferencesPage:
        page = PreferencesPage(self.desk, make_registry(self.theme, self.window, []))
        page.resize(width, height)
        return page

    def page(self) -> QWidget:
        self.desk.ws.profiles.save(copy_of(BUILT_IN["peer"], "Payment services, short-lived"))
        return self._page()

    def page_narrow(self) -> QWidget:
        return self._page(560, 700)

    def page_troubled(self) -> QWidget:
        ws = self.desk.ws
        preferring.keep(ws, replace(ws.preferences, leaf_days=3000, warn_days=3650))
        (ws.layout.profiles / "old.toml").write_text("name = 'Old'\nid = 'new'\n", "utf-8")
        (ws.layout.profiles / "web.toml").write_text("name = 'Web'\ndays = 'many'\n", "utf-8")
        page = self._page()
        page.defaults.organization.setText("x" * 70)
        page.defaults.organization.setModified(True)
        page.defaults.organization.editingFinished.emit()
        return page

    def page_unusable(self) -> QWidget:
        self.desk.ws.layout.preferences.write_text("leaf_days = 'soon'\n", "utf-8")
        return self._page(1100, 900)

    def editor(self) -> QWidget:
        return ProfileDialog(self.desk, copy_of(BUILT_IN["server"], "Web servers"))

    def editor_troubled(self) -> QWidget:
        dialog = ProfileDialog(self.desk, replace(BUILT_IN["spiffe"], name="", built_in=False))
        dialog.domains.setText("payments.internal, exa mple..org")
        dialog.subject.edits["country"].setText("Germany")
        dialog.other_purposes.setText("1.2.x")
        dialog.key_usages.boxes["encipherOnly"].setChecked(True)
        dialog.save_button.click()
        return dialog

    def built_in(self) -> QWidget:
        return BuiltInProfileDialog(self.desk, BUILT_IN["peer"])

    def deletion(self) -> QWidget:
        return DeleteProfileDialog(self.desk, copy_of(BUILT_IN["peer"], "Payment services"))

    def about(self) -> QWidget:
        return AboutDialog(self.desk)


def main(argv: Sequence[str]) -> int:
    folder = Path(argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    scheme = SchemePreference(argv[2] if len(argv) > 2 else "light")
    os.environ["QT_SCALE_FACTOR"] = argv[3] if len(argv) > 3 else "1"
    app = QApplication(["gallery"])
    theme, jobs = Theme(app, scheme), Jobs()
    for name in argv[4:] or Scenes.names():
        with tempfile.TemporaryDirectory() as place:
            settings = QSettings(str(Path(place) / "settings.ini"), QSettings.Format.IniFormat)
            with Workspace.open(Path(place) / "ws", LocalVaults(), clock=Clock()) as ws:
                ws.custody.set_up("keyring")
                ws.layout.profiles.mkdir()
                changes = Changes(ws)
                scenes = Scenes(Desk(ws, theme, jobs, settings, app.clipboard(), changes), theme)
                shown: QWidget = getattr(scenes, name)()
                shown.show()
                for _ in range(8):
                    app.processEvents()
                shown.grab().save(str(folder / f"{name}.png"))
                shown.close()
                changes.stop()
    jobs.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
