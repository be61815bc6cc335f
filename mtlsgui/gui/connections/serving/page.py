"""The test server's page: start it, point a client at it, see what is wrong with each visit.

The same page watches clients on their way to a real server.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.connections.serving.calling import CallingCard
from mtlsgui.gui.connections.serving.draft_bar import DraftBar
from mtlsgui.gui.connections.serving.visit_view import VisitView
from mtlsgui.gui.connections.serving.visits import VisitList
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector_split import InspectorSplit
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE, GAP_PAGE, Tone
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.widgets.buttons import CopyButton, plain_button
from mtlsgui.gui.widgets.card import Banner, EmptyState
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.widgets.scroll import scrolling
from mtlsgui.workspace import serving
from mtlsgui.workspace.connecting import TargetRefused
from mtlsgui.workspace.serving import (
    ClientFiles,
    ServerDraft,
    Settings,
    Visit,
    WatchDraft,
    WatchSettings,
)

if TYPE_CHECKING:
    from mtlsgui.gui.jobs import TaskControl
    from mtlsgui.tls.serving.server import Listener

_LIST_SHARE, _VISIT_SHARE = 4, 5
_LIST_WIDTH = 280
_PLACEHOLDERS = ClientFiles(Path("client.crt"), Path("client.key"), Path("server-ca.crt"))


@dataclass(frozen=True)
class _Running:
    """A server that listens."""

    settings: Settings | WatchSettings
    server: Listener
    host: str
    port: int

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def watched(self) -> str:
        """The real server whose clients are watched; empty where none is."""
        made = self.settings
        return str(made.question.target) if isinstance(made, WatchSettings) else ""

    @property
    def name(self) -> str:
        """The name that a client connects by."""
        made = self.settings
        if made.identity is None:
            return made.question.target.server_name
        return serving.name_to_call(made.identity.certificate, self.callable_host)

    @property
    def callable_host(self) -> str:
        return serving.LOOPBACK if self.host == "0.0.0.0" else self.host  # noqa: S104


class _Bridge(QObject):
    """Brings visits from the server's thread to the window's."""

    came = Signal(object)


class ServingPage(QWidget):
    """One test server at a time; it goes on while other pages are shown."""

    certificate_opened = Signal(bytes)
    """The DER of a certificate that a client showed."""
    new_server_requested = Signal()
    """There is no certificate that a server could present."""

    def __init__(self, desk: Desk, access: KeyAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._access = desk, access
        self._running: _Running | None = None
        self.banner: Banner | None = None
        self._bridge = _Bridge(self)
        self._bridge.came.connect(self._add)
        self.bar = DraftBar(desk)
        self.bar.start_asked.connect(self.start)
        self.bar.stop_asked.connect(self.stop)
        self.bar.purpose_changed.connect(self._arrange)
        self.list = VisitList(desk.theme)
        self.view = VisitView(desk)
        self.view.certificate_opened.connect(self.certificate_opened)
        self.calling = CallingCard(desk.theme, desk.clipboard)
        self.split = InspectorSplit(
            desk.theme, desk.settings, "serving", main=self._main(), inspector=self._side()
        )
        if not desk.settings.contains("splitters/serving"):  # a handshake wants more than a card
            self.split.splitter.setSizes([_LIST_SHARE * 1_000, _VISIT_SHARE * 1_000])
        for side, share in enumerate((_LIST_SHARE, _VISIT_SHARE)):
            # Or the side, hidden until there is a server, would take all that the list can spare.
            self.split.splitter.setStretchFactor(side, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.split, 1)
        self.setFocusProxy(self.bar.identity)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show())
        self.list.activated.connect(lambda _index: self.split.show_inspector())
        desk.changes.changed.connect(self._refresh)
        access.locked.connect(self.stop)  # a key that is forgotten serves nobody
        self._refresh()
        self._arrange()

    @property
    def address(self) -> str:
        """Where it listens, as in "127.0.0.1:8443"; empty where it does not."""
        return self._running.address if self._running is not None else ""

    def start(self) -> None:
        """Start a server as the bar asks for it."""
        self._remove_banner()
        self.bar.set_port_problem("")
        self.bar.set_running(False, busy=True)
        self.bar.set_address_problem("")
        draft = self.bar.watch_draft if self.bar.is_watching else self.bar.draft
        self._access.ensure(
            self,
            lambda: self._start(draft),
            lambda: self.bar.set_running(self._running is not None),
        )

    def stop(self) -> None:
        """Stop it and free its port; what came stays on the page."""
        running, self._running = self._running, None
        if running is not None:
            running.server.stop()
        self.bar.set_running(False)
        self._arrange()

    def _start(self, draft: ServerDraft | WatchDraft) -> None:
        ws, bridge = self._desk.ws, self._bridge

        def work(_control: TaskControl) -> _Running:
            if isinstance(draft, WatchDraft):
                watched = serving.watch_settings(ws, draft, ws.clock, reader=self._desk.reader)
                watcher = serving.watcher(watched, bridge.came.emit, ws.clock)
                return _Running(watched, watcher, *watcher.start())
            settings = serving.settings(ws, draft, ws.clock, reader=self._desk.reader)
            server = serving.server(settings, bridge.came.emit, ws.clock)
            return _Running(settings, server, *server.start())

        self._desk.jobs.run_task(
            work,
            self._started,
            self._failed,
            title=self.tr("Starting the test server"),
            owner=self,
            on_finished=lambda: self.bar.set_running(self._running is not None),
        )

    def _started(self, running: _Running) -> None:
        self._running = running
        self.list.visits.clear()
        self.view.visit = None
        self.show_calling()
        self._offer_lines(_PLACEHOLDERS)
        self._arrange()

    def _failed(self, error: MtlsguiError) -> None:
        if isinstance(error, TargetRefused) and self.bar.is_watching:
            self.bar.set_address_problem(error.title)
            self.bar.address.setFocus()
            return
        text = " ".join(part for part in (error.detail, error.remedy) if part)
        self.banner = Banner(self._desk.theme, Tone.BAD, error.title, text)
        self._column.insertWidget(0, self.banner)

    def _remove_banner(self) -> None:
        if self.banner is not None:
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None

    def show_calling(self) -> None:
        """Show how the server is called."""
        self.list.selectionModel().clear()
        self._stack.setCurrentIndex(0)
        self.split.show_inspector()

    def make_client(self, folder: Path | None = None) -> None:
        """Issue a client certificate that fits, and write it where a person says."""
        if self._running is None or isinstance(self._running.settings, WatchSettings):
            return
        if folder is None:
            title = self.tr("Where shall the client's certificate and key be written?")
            chosen = QFileDialog.getExistingDirectory(self, title)
            if not chosen:
                return
            folder = Path(chosen)
        ws, settings, place = self._desk.ws, self._running.settings, folder
        self._remove_banner()

        def work(_control: TaskControl) -> ClientFiles:
            row = serving.matching_client(ws, settings)
            return serving.write_client(ws, row.id, settings, place, overwrite=False)

        self._desk.jobs.run_task(
            work,
            self._offer_lines,
            self._failed,
            title=self.tr("Making a client certificate"),
            owner=self,
        )

    def _offer_lines(self, files: ClientFiles) -> None:
        if self._running is None:
            return
        self._made.setText(self._said_of(files, self._running))
        running = self._running
        self.calling.show_lines(
            serving.calling_lines(running.callable_host, running.port, running.name, files)
        )

    def _said_of(self, files: ClientFiles, running: _Running) -> str:
        if running.watched:
            return self.tr("Put your client's own files into the lines.")
        if files is _PLACEHOLDERS:
            return self.tr("Put your own files into the lines, or make a certificate that fits.")
        return self.tr(
            "Written into {}. The key is in the clear: delete it after the test."
        ).format(files.key.parent)

    def _add(self, visit: Visit) -> None:
        if self._running is None:
            return
        self.list.visits.add(visit)
        self._arrange()
        if self.view.visit is not None and self.view.visit.number == visit.number:
            self.view.show_visit(visit)
        if not self.list.currentIndex().isValid() and self.list.visits.rowCount() == 1:
            self.list.setCurrentIndex(self.list.visits.index(0))

    def _show(self) -> None:
        visit = self.list.visits.visit(self.list.currentIndex())
        if visit is not None:
            self.view.show_visit(visit)
            self._stack.setCurrentIndex(1)

    def _refresh(self) -> None:
        if self._running is None:
            self.bar.refresh()
            self._arrange()

    def _arrange(self) -> None:
        """Show what there is to show."""
        visits = self.list.visits.rowCount()
        if self._running is not None:
            running = self._running
            self._place.setText(self.tr("Listening on {}").format(running.address))
            self._make_button.setVisible(not running.watched)
            reach = (
                self.tr("Programs on this computer reach it.")
                if serving.is_loopback(running.host)
                else self.tr("Other computers reach it.")
            )
            if running.watched:
                before = self.tr("In front of {}.").format(running.watched)
                reach = f"{before} {reach}"
            self._reach.setText(reach)
        self._status.setVisible(self._running is not None)
        empty = self._running is None and not visits
        has_none = not self.bar.has_identity
        self._empty.setVisible(empty and not self.bar.is_watching and not has_none)
        self.lacking.setVisible(empty and not self.bar.is_watching and has_none)
        self._empty_watching.setVisible(empty and self.bar.is_watching)
        self._waiting.setVisible(self._running is not None and not visits)
        self.list.setVisible(bool(visits))
        self._make.setVisible(self._running is not None)
        self.split.set_inspector_visible(self._running is not None or bool(visits))

    def _main(self) -> QWidget:
        theme = self._desk.theme
        main = QWidget()
        main.setMinimumWidth(_LIST_WIDTH)
        self._column = QVBoxLayout(main)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._status = QWidget()
        status = QHBoxLayout(self._status)
        status.setContentsMargins(GAP_PAGE, GAP_LARGE, GAP_PAGE, GAP_LARGE)
        words = QVBoxLayout()
        self._place = wrapped("", "section")
        self._place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._reach = wrapped("", "muted")
        words.addWidget(self._place)
        words.addWidget(self._reach)
        status.addLayout(words, 1)
        how = plain_button(self.tr("&How to call it"))
        how.clicked.connect(lambda _checked=False: self.show_calling())
        copy = CopyButton(
            lambda: self.address, self._desk.clipboard, what=self.tr("address"), link=False
        )
        status.addWidget(copy)
        status.addWidget(how)
        self._column.addWidget(self._status)
        self._empty = EmptyState(
            theme,
            self.tr("Find out what is wrong with a client"),
            self.tr(
                "Start a server that requires client certificates, and point your client at it. "
                "Each visit shows the certificate that came, and all that is wrong with it."
            ),
            icon="connections",
        )
        issue = QAction(self.tr("New server certificate…"), self)
        issue.triggered.connect(lambda _checked=False: self.new_server_requested.emit())
        self.lacking = EmptyState(
            theme,
            self.tr("A server needs a certificate with its key"),
            self.tr("Issue one for localhost, and come back."),
            icon="connections",
            actions=(issue,),
        )
        self._empty_watching = EmptyState(
            theme,
            self.tr("Watch how a client gets on with a server"),
            self.tr(
                "Name the real server and point your client here instead. Each connection is "
                "passed on, and shows both handshakes; what is said inside is not kept."
            ),
            icon="connections",
        )
        self._waiting = EmptyState(
            theme,
            self.tr("Nobody has come yet"),
            self.tr("Call the server with one of the lines at the right, or with your own client."),
            icon="connections",
        )
        for part in (
            self._empty,
            self.lacking,
            self._empty_watching,
            self._waiting,
            self.list,
        ):
            self._column.addWidget(part, 1)
        return main

    def _side(self) -> QWidget:
        self._stack = QStackedWidget()
        call = QWidget()
        column = QVBoxLayout(call)
        column.setContentsMargins(GAP_PAGE, GAP_PAGE, GAP_PAGE, GAP_PAGE)
        column.setSpacing(GAP_LARGE)
        self._make = QWidget()
        make = QVBoxLayout(self._make)
        make.setContentsMargins(0, 0, 0, 0)
        make.setSpacing(GAP)
        self._made = wrapped("", "muted")
        self._make_button = button = plain_button(self.tr("&Make a client certificate…"))
        button.clicked.connect(lambda _checked=False: self.make_client())
        make.addWidget(self._made)
        make.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._make)
        column.addWidget(self.calling)
        column.addStretch()
        self._stack.addWidget(scrolling(call))
        self._stack.addWidget(scrolling(self.view))
        return self._stack
