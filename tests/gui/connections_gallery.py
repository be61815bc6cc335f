"""The connection test's page with results made by hand, to look at.

`python -m tests.gui.connections_gallery FOLDER [light|dark] [SCALE] [WIDTH] [SCENE…]`; all scenes
without one.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from mtlsgui.gui.connections.testing.page import TestPage
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import SchemePreference, Theme
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.tls.probe import probe
from mtlsgui.tls.question import Question, Target
from mtlsgui.tls.result import ProbeResult
from mtlsgui.workspace.workspace import Workspace
from tests.gui import connection_results as results
from tests.gui.authorities_support import Clock
from tests.tls import servers
from tests.tls.papers import HOST, NOW, world
from tests.workspace.support import LocalVaults

SCENES: dict[str, Callable[[], ProbeResult]] = {
    "good": results.good,
    "expired": results.expired,
    "untrusted": results.untrusted,
    "not_tls": results.not_tls,
    "timed_out": results.timed_out,
    "proxy": results.through_a_proxy,
    "opened": results.good,
    "real": lambda: _real("good"),
    "refused": lambda: _real("wrong_ca"),
}
OPENED = {
    "opened": ("ClientHello", "CertificateRequest"),
    "real": ("ServerHello", "CertificateRequest", "Certificate"),
    "refused": ("Alert",),
}
"""Steps that are open, by the beginnings of their names."""


def _real(identity: str) -> ProbeResult:
    """What a server says that asks for certificates of the Test Root."""
    made = world()
    with tempfile.TemporaryDirectory() as place:
        paper = made.servers["good"]
        with servers.python_ssl(Path(place), paper) as port:
            target = Target("127.0.0.1", port, HOST)
            return probe(Question(target, made.identity(identity), made.trust), NOW)


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
                page.resize(width, 1500 if scene in OPENED else 1000)
                page.show()
                page._show(SCENES[scene]())
                for row in page.sequence.rows:
                    row.setChecked(row.step.message.startswith(OPENED.get(scene, ("-",))))
                for _ in range(5):
                    app.processEvents()
                if page.result is not None:
                    page.findings.keeping.save("png", folder / f"{scene}-drawn.png")
                page.grab().save(str(folder / f"{scene}-{scheme}-{width}.png"))
                page.close()
            desk.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
