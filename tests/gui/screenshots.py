"""The pictures in the documents: the real window over a made-up firm's certificates.

`python -m tests.gui.screenshots FOLDER [NAME…]`, or `make screenshots` for all of docs/images.
Without a display it starts itself under xvfb-run. Names, dates and sizes are the same each time;
keys, and with them serials and fingerprints, are new.
"""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization import PrivateFormat as Format
from OpenSSL import SSL
from OpenSSL.crypto import X509
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QPoint,
    QRect,
    QSettings,
    Qt,
    QTimer,
)
from PySide6.QtGui import QImage, QImageWriter, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.authorities.page import AuthoritiesPage
from mtlsgui.gui.connections.page import ConnectionsPage
from mtlsgui.gui.connections.scanning.page import ScanningPage
from mtlsgui.gui.connections.serving.page import ServingPage
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.desktop import Desktop
from mtlsgui.gui.exporting.dialog import ExportDialog
from mtlsgui.gui.importing.dialog import import_files
from mtlsgui.gui.inspector.inspector import CertificateInspector
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.journal.page import JournalPage
from mtlsgui.gui.preferences.profile_dialog import ProfileDialog
from mtlsgui.gui.requests.page import RequestsPage
from mtlsgui.gui.theme.theme import SchemePreference, Theme
from mtlsgui.gui.tools.page import ToolsPage
from mtlsgui.gui.wizards.authority import AuthorityWizard
from mtlsgui.gui.wizards.certificate import CertificateWizard
from mtlsgui.gui.wizards.signing import SignRequestWizard
from mtlsgui.pki import issuing, keys
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject
from mtlsgui.pki.profiles import BUILT_IN, copy_of
from mtlsgui.workspace import exporting, requesting
from mtlsgui.workspace.converting import Target
from mtlsgui.workspace.drafts import RequestDraft
from mtlsgui.workspace.exporting import Form, Options
from mtlsgui.workspace.vaults import SystemVaults
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import NOW, Clock, leaf, lifelike
from tests.gui.wizards_gallery import request_der
from tests.keyring_daemon import KeyringDaemon
from tests.tls import servers

SIZE = (1280, 800)
PLACE = Path(tempfile.gettempdir()) / "mtlsgui-tour"
"""A place of its own with a name that stays the same, since some pictures show paths."""
NAMES = "api.payments.internal, api.payments.svc.cluster.local 10.0.12.7 bücher.internal"
LIGHT_ONLY = frozenset(
    (
        "search",
        "palette",
        "sign",
        "importing",
        "export",
        "requests",
        "preferences",
        "profile",
        "scan",
    )
) | {"comparing"}
"""Scenes that would show nothing new in the dark; pictures are heavy."""
_COLOURS, _COMMON = 256, 160
"""Of a picture, and how many of them are the commonest ones."""
ANSWERED = 200
"""Milliseconds in which the window has drawn all that a click brought about."""


def lighter(image: QImage) -> QImage:
    """The picture in 256 of its colours: a third of the size, and looks the same."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    commonest = [
        colour for colour, _ in Counter(memoryview(plain.constBits()).cast("I")).most_common(3_000)
    ]
    # The commonest are grounds and grey edges of letters. What is left goes to those that are
    # farthest from all chosen, or a small badge would lose its colour.
    table, others = commonest[:_COMMON], commonest[_COMMON:]
    far = [min(distance(each, chosen) for chosen in table) for each in others]
    while others and len(table) < _COLOURS:
        at = max(range(len(others)), key=far.__getitem__)
        chosen = others[at]
        table.append(chosen)
        far = [min(gap, distance(each, chosen)) for each, gap in zip(others, far, strict=True)]
    nearest = Qt.ImageConversionFlag.ThresholdDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, nearest)


def distance(one: int, other: int) -> int:
    """How far two colours, 0xffrrggbb, are from each other."""
    return sum(((one >> shift & 255) - (other >> shift & 255)) ** 2 for shift in (0, 8, 16))


def wait(milliseconds: int) -> None:
    """Let the window live for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def type_text(text: str) -> None:
    """Type where the keyboard is."""
    focused = QApplication.focusWidget()
    if focused is None:
        raise RuntimeError("nothing has the keyboard")
    for character in text:  # QTest.keyClicks knows ASCII alone
        press = QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
        QApplication.sendEvent(focused, press)


def write_old_authority(folder: Path) -> list[Path]:
    """An authority as other tools leave it: its certificate, its encrypted key, a leaf of it."""
    key = keys.generate(KeyAlgorithm.P384)
    contents = issuing.Contents(
        Subject(common_name="Old Lab CA", organization="Payments").name(),
        issuing.validity(NOW - timedelta(days=900), 3650),
        key_usage=("keyCertSign", "cRLSign"),
        is_ca=True,
    )
    root = issuing.self_sign(contents, key, serial=issuing.random_serial())
    leaf_key = keys.generate(KeyAlgorithm.P256)
    contents = issuing.Contents(
        Subject(common_name="printer.lab.internal").name(),
        issuing.validity(NOW - timedelta(days=100), 397),
        key_usage=BUILT_IN["server"].key_usage,
        extended_key_usage=BUILT_IN["server"].extended_key_usage,
    )
    issued = issuing.issue(
        contents,
        leaf_key.public_key(),
        issuer=root,
        issuer_key=key,
        serial=issuing.random_serial(),
    )
    folder.mkdir()
    locked = key.private_bytes(Encoding.PEM, Format.PKCS8, BestAvailableEncryption(b"old"))
    for name, data in (
        ("old-ca.crt", root.public_bytes(Encoding.PEM)),
        ("old-ca.key", locked),
        ("printer.crt", issued.public_bytes(Encoding.PEM)),
    ):
        (folder / name).write_bytes(data)
    return sorted(folder.iterdir())


class Studio:
    """One window, and where its pictures go. Scenes that make something come last."""

    def __init__(self, desk: Desk, ids: dict[str, int], folder: Path) -> None:
        self.desk, self.ids, self.folder = desk, ids, folder
        self.desktop = Desktop(desk, print)
        self.window = self.desktop.window
        self.window.resize(*SIZE)
        self.desktop.show()
        self.settle()

    def settle(self) -> None:
        """Wait until nothing runs any more and all is drawn."""
        (QApplication.activeModalWidget() or self.window).activateWindow()  # no window manager
        wait(ANSWERED)
        while self.desk.jobs.running:
            wait(50)
        wait(ANSWERED)

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        self.settle()
        found = QApplication.activeModalWidget()
        if not isinstance(found, QDialog):
            raise RuntimeError("no dialog is open")
        return found

    def save(
        self, name: str, widget: QWidget | None = None, *, part: QWidget | None = None
    ) -> None:
        """Keep a picture of a widget, by default the window, or of that part of it."""
        self.settle()
        shown = widget or self.window
        image = shown.grab().toImage()
        if part is not None:
            image = image.copy(QRect(part.mapTo(shown, QPoint()), part.size()))
        scheme = "dark" if self.desk.theme.tokens.dark else "light"
        writer = QImageWriter(str(self.folder / f"{name}-{scheme}.png"))
        writer.setCompression(100)
        if not writer.write(lighter(image)):
            raise RuntimeError(writer.errorString())

    def close(self) -> None:
        """Close the window for good."""
        self.window.close()
        self.desk.close()
        self.settle()
        for gone in (self.desktop, self.window):
            gone.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    # -- the pictures

    def authorities(self) -> None:
        self.desktop.reveal(self.ids["api"])
        page = self.window.page("authorities")
        assert isinstance(page, AuthoritiesPage)
        page.tree.setFocus()
        self.save("authorities")

    def inspector(self) -> None:
        self.desktop.reveal(self.ids["api"])
        inspector = self.window.findChild(CertificateInspector)
        assert inspector is not None
        for tab in ("details", "chain"):
            inspector.tabs.show_tab(tab)
            self.save(f"inspector-{tab}", part=inspector)
        inspector.tabs.show_tab("summary")

    def search(self) -> None:
        self.desktop.search()
        self.settle()
        type_text("10.0.12")
        self.save("search")
        page = self.window.page("authorities")
        if isinstance(page, AuthoritiesPage):
            page.search.clear()

    def palette(self) -> None:
        self.window.open_palette()
        self.settle()
        type_text("new")
        self.save("palette")
        self.window.setFocus()
        self.settle()

    def sign(self) -> None:
        self.desktop.sign_request(request_der())
        wizard = self.dialog()
        assert isinstance(wizard, SignRequestWizard)
        self.save("sign-request", wizard)
        wizard.reject()

    def dropped(self) -> None:
        folder = PLACE / "delivery"
        folder.mkdir(exist_ok=True)
        options = Options(plain_key=True)
        files = exporting.render(self.desk.ws, [self.ids["ledger"]], Form.FOLDER, options)
        for file in files:
            if not file.name.endswith("internal.crt"):
                (folder / file.name).write_bytes(file.data)
        self.desktop.open_files(sorted(folder.iterdir()))
        self.save("dropped")
        page = self._tools().dropped
        page.pane.tabs.show_tab("asn1")
        self.save("asn1", part=page.pane.tabs)
        page.pane.tabs.show_tab("summary")

    def converting(self) -> None:
        self.dropped()
        self.desktop.convert_files()
        self.settle()
        self._tools().converter.targets.choose(Target.PKCS12)
        self.save("converting")
        self._tools().look()

    def comparing(self) -> None:
        self.desktop.compare(
            self.desk.ws.inventory.certificates.get_many([self.ids["api"], self.ids["ledger"]])
        )
        dialog = self.dialog()
        self.save("comparing", dialog)
        dialog.reject()

    def _tools(self) -> ToolsPage:
        page = self.window.page("tools")
        assert isinstance(page, ToolsPage)
        return page

    def importing(self) -> None:
        paths = write_old_authority(PLACE / "old")
        self.window.show_page("authorities")
        dialog = import_files(self.desk, self.desktop.access, self.window, paths)
        self.settle()
        type_text("old")
        dialog.unlock_button.click()
        self.save("import", dialog)
        dialog.reject()

    def export(self) -> None:
        self.desktop.export([self.ids["api"]], to_folder=True)
        dialog = self.dialog()
        assert isinstance(dialog, ExportDialog)
        dialog.options_page.folder.set_path(PLACE)
        self.save("export", dialog)
        dialog.reject()

    def connection(self) -> None:
        self._probe("connection", self.ids["client"])
        self._probe("connection-refused", self.ids["reconciler"])
        self._probe("connection-none", None)
        self._probe("connection-untrusted", self.ids["client"], "api", "The system's roots only")

    def test_server(self) -> None:
        page = self._connections("serving")
        assert isinstance(page, ServingPage)
        page.bar.identity.setCurrentText("localhost")
        page.bar.port.setText("8443")
        page.start()
        self._until(lambda: bool(page.address))
        self.save("test-server")
        call(8443)
        self._until(lambda: page.list.visits.rowCount() == 1)
        self.save("test-server-visit")
        page.stop()

    def scan(self) -> None:
        page = self._connections("scanning")
        assert isinstance(page, ScanningPage)
        with (
            serving(self.desk.ws, self.ids["localhost"]) as first,
            serving(self.desk.ws, self.ids["api"]) as second,
        ):
            lines = [f"localhost:{first}", f"127.0.0.1:{second}", "localhost:1", "127.0.0.1:2"]
            page.identity.present(self.ids["client"])
            page.text.setPlainText("\n".join(lines))
            page.start()
            self._until(lambda: not page.is_running)
        self.save("scan")

    def overview(self) -> None:
        self.window.show_page("overview")
        self.save("overview")

    def requests(self) -> None:
        self.window.show_page("requests")
        page = self.window.page("requests")
        assert isinstance(page, RequestsPage)
        page.table.choose(0)
        self.save("requests")

    def journal(self) -> None:
        self.window.show_page("journal")
        page = self.window.page("journal")
        assert isinstance(page, JournalPage)
        page.table.choose(0)
        self.save("journal")

    def preferences(self) -> None:
        self.window.show_page("preferences")
        self.save("preferences")

    def profile(self) -> None:
        short = copy_of(BUILT_IN["server"], "Payment services, a week")
        dialog = ProfileDialog(self.desk, short, None, self.window)
        dialog.open()
        self.save("profile", dialog)
        dialog.reject()

    def authority(self) -> None:
        self.desktop.new_authority()
        wizard = self.dialog()
        assert isinstance(wizard, AuthorityWizard)
        type_text("Payments Staging Root CA")
        for step in ("name", "key", "limits", "review"):
            if step == "limits":
                permitted = next(iter(wizard.limits_page.edits.values()))
                permitted.setFocus()
                type_text("staging.internal, 10.20.0.0/16")
            self.save(f"authority-{step}", wizard)
            wizard.next_button.click()
        self.save("authority-done", wizard)
        wizard.accept()

    def certificate(self) -> None:
        self.desktop.new_certificate("server", self.ids["issuing 1"])
        wizard = self.dialog()
        assert isinstance(wizard, CertificateWizard)
        type_text(NAMES)
        for step in ("names", "key", "review"):
            self.save(f"certificate-{step}", wizard)
            wizard.next_button.click()
        self.save("certificate-done", wizard)
        wizard.accept()

    def _connections(self, tab: str) -> QWidget | None:
        page = self.window.show_page("connections")
        assert isinstance(page, ConnectionsPage)
        page.show_tab(tab)
        return page.page(tab)

    def _until(self, done: Callable[[], bool]) -> None:
        while not done():
            wait(ANSWERED)

    def _probe(
        self,
        name: str,
        identity: int | None,
        server: str = "localhost",
        trusted: str = "Payments Root CA",
    ) -> None:
        """A picture of the test against a server that demands certificates."""
        with serving(self.desk.ws, self.ids[server]) as port:
            if identity is not None:
                self.desktop.test_connection(self.desk.ws.inventory.certificates.get(identity))
            page = self.window.show_page("connections")
            assert isinstance(page, ConnectionsPage)
            page.show_tab("test")
            question = page.testing.question
            if identity is None:
                question.identity.setCurrentIndex(0)
            question.trust.setCurrentText(trusted)
            page.show_target(host=f"localhost:{port}")
            page.testing.start()
            self.settle()
            # The steps in plain words in one picture; in the others they would hide the end.
            page.testing.sequence.explain.setChecked(name == "connection")
            self.save(name)


class FirstStart(Studio):
    """An empty workspace on a machine without a keyring."""

    def empty(self) -> None:
        self.save("empty")

    def no_keyring(self) -> None:
        self.desktop.access.ensure(self.window, lambda: None, lambda: None)
        dialog = self.dialog()
        self.save("no-keyring", dialog)
        dialog.reject()


@contextmanager
def serving(ws: Workspace, certificate_id: int) -> Iterator[int]:
    """A server that demands certificates of our root, at the pictures' time; gives its port."""
    row, *above = ws.inventory.certificates.chain(certificate_id)
    assert row.key_id is not None
    key = ws.custody.private_key(ws.inventory.keys.get(row.key_id))
    assert isinstance(key, EllipticCurvePrivateKey)
    made, *issuers = (
        x509.load_der_x509_certificate(ws.inventory.certificates.der(each.id))
        for each in (row, *above)
    )
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.use_certificate(made)
    context.use_privatekey(key)
    for issuer in issuers[:-1]:
        context.add_extra_chain_cert(issuer)
    context.add_client_ca(issuers[-1])
    context.set_verify(
        SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT,
        lambda _connection, _certificate, _error, _depth, good: bool(good),
    )
    store = context.get_cert_store()
    assert store is not None
    store.add_cert(X509.from_cryptography(issuers[-1]))
    store.set_time(NOW)

    def serve(raw: socket.socket) -> None:
        raw.settimeout(None)
        connection = SSL.Connection(context, raw)
        connection.set_accept_state()
        with suppress(SSL.Error):
            connection.do_handshake()
            connection.recv(4096)
            connection.sendall(servers.ANSWER)
            connection.shutdown()

    with servers.listening(serve) as port:
        yield port


def call(port: int) -> None:
    """Come to a test server without a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        suppress(OSError),
        context.wrap_socket(plain, server_hostname="localhost") as wrapped,
    ):
        wrapped.recv(1)


def fill(ws: Workspace, clock: Clock) -> dict[str, int]:
    """A firm's certificates and requests; gives the ids of those in the pictures."""
    ws.inventory.settings.set("name", "Payments")
    for names, days in (("shop.example.com www.shop.example.com", 21), ("mail.example.com", 2)):
        clock.now = NOW - timedelta(days=days)
        requesting.create(ws, RequestDraft(names_text=names))
    ids = lifelike(ws, clock)
    ids["localhost"] = leaf(ws, ids["issuing 1"], "localhost 127.0.0.1").id
    ws.profiles.save(copy_of(BUILT_IN["peer"], "Payment services"))
    return ids


def scenes(studio: type[Studio]) -> list[str]:
    """The scenes of a studio itself."""
    helpers = {"settle", "dialog", "save", "close"}
    return [name for name in vars(studio) if not name.startswith("_") and name not in helpers]


def photograph(app: QApplication, folder: Path, wanted: Sequence[str]) -> None:
    """Take all pictures, or those of the scenes that are named, in both schemes."""
    theme, clock = Theme(app, SchemePreference.LIGHT), Clock()

    def take(kind: type[Studio], ws: Workspace, ids: dict[str, int]) -> None:
        settings = QSettings(str(PLACE / f"{kind.__name__}.ini"), QSettings.Format.IniFormat)
        theme.set_preference(SchemePreference.LIGHT)
        desk = Desk(ws, theme, Jobs(), settings, app.clipboard(), Changes(ws))
        studio = kind(desk, ids, folder)
        for name in scenes(kind):
            if wanted and name not in wanted:
                continue
            scene: Callable[[], None] = getattr(studio, name)
            theme.set_preference(SchemePreference.LIGHT)
            scene()
            if name not in LIGHT_ONLY:
                theme.set_preference(SchemePreference.DARK)
                scene()
        studio.close()

    with KeyringDaemon() as keyring:
        os.environ.update(keyring.environment)
        with Workspace.open(PLACE / "firm", SystemVaults(), clock=clock, actor="anna@desk") as ws:
            ws.custody.set_up("keyring")
            take(Studio, ws, fill(ws, clock))
    del os.environ["DBUS_SESSION_BUS_ADDRESS"]
    with Workspace.open(PLACE / "new", SystemVaults(), clock=clock) as ws:
        take(FirstStart, ws, {})


def main(argv: Sequence[str]) -> int:
    if len(argv) < 2:
        raise SystemExit(__doc__)
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1440x1000x24"]
        again = [*screen, sys.executable, "-m", "tests.gui.screenshots", *argv[1:]]
        return subprocess.run(again, check=False).returncode
    folder = Path(argv[1]).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"TZ": "UTC", "LC_ALL": "C.UTF-8", "QT_SCALE_FACTOR": "1"}
    app = QApplication(["mtlsgui"])
    app.setCursorFlashTime(0)
    PLACE.mkdir(mode=0o700)  # refuses to run twice at a time
    try:
        photograph(app, folder, argv[2:])
    finally:
        shutil.rmtree(PLACE)
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv))
    except MtlsguiError as error:
        raise SystemExit(str(error)) from error
