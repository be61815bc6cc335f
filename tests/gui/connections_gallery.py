"""The connection test's page with results made by hand, to look at.

`python -m tests.gui.connections_gallery FOLDER [light|dark] [SCALE] [WIDTH] [SCENE…]`; all scenes
without one.
"""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from mtlsgui.gui.connections.testing.page import TestPage
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import SchemePreference, Theme
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.workspace.workspace import Workspace
from tests.gui import connection_results as results
from tests.gui.authorities_support import Clock
from tests.workspace.support import LocalVaults

SCENES = {
    "good": results.good,
    "expired": results.expired,
    "untrusted": results.untrusted,
    "not_tls": results.not_tls,
    "timed_out": results.timed_out,
    "proxy": results.through_a_proxy,
    "opened": results.good,
}


def main(argv: Sequence[str]) -> int:
    folder = Path(argv[1])
    scheme = SchemePreference(argv[2] if len(argv) > 2 else "light")
    os.environ["QT_SCALE_FACTOR"] = argv[3] if len(argv) > 3 else "1"
    width = int(argv[4]) if len(argv) > 4 else 1104
    wanted = argv[5:] or list(SCENES)
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(["mtlsgui"])
    theme = Theme(app, scheme)
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        with Workspace.open(home / "w", LocalVaults(home), clock=Clock(), actor="t@here") as ws:
            settings = QSettings(str(home / "settings.ini"), QSettings.Format.IniFormat)
            desk = Desk(ws, theme, Jobs(), settings, app.clipboard(), Changes(ws))
            for scene in wanted:
                page = TestPage(desk, KeyAccess(desk))
                page.resize(width, 1000 if scene != "opened" else 1500)
                page.show()
                page._show(SCENES[scene]())
                if scene == "opened":
                    for row in page.sequence.rows:
                        row.setChecked(row.step.message in ("ClientHello", "CertificateRequest"))
                    page.sequence.rows[2].setFocus()
                for _ in range(5):
                    app.processEvents()
                page.grab().save(str(folder / f"{scene}-{scheme}-{width}.png"))
                page.close()
            desk.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
