"""The page that tests many servers: the list, the table as it fills, and what it is saved as."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.connections.scanning import wording
from mtlsgui.gui.connections.scanning.model import ScanModel, ScanTable
from mtlsgui.gui.connections.scanning.wording import Group
from mtlsgui.gui.connections.testing.choices import IdentityField, TrustField
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.jobs import Task, TaskControl
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE, GAP_PAGE, Tone
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.widgets.buttons import MenuButton, plain_button, primary_button
from mtlsgui.gui.widgets.card import Banner
from mtlsgui.gui.widgets.filters import FilterOption, SegmentedFilter
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.gui.widgets.labels import label, wrapped
from mtlsgui.tls.scanning.messages import ScanRow, ScanTarget
from mtlsgui.workspace import output_files, scanning
from mtlsgui.workspace.connecting import ConnectionTest
from mtlsgui.workspace.connections import scan_reports
from mtlsgui.workspace.output_files import OutputFile
from mtlsgui.workspace.scanning import TargetList

_DRAIN_EVERY_MS = 100
_MOST_AT_ONCE = 400
"""Rows taken into the table in one go, so that a turn of the event loop stays short."""
_MOST_FAULTS = 3
_LIST, _RESULTS = 0, 1


class ScanningPage(QWidget):
    """One scan at a time."""

    test_chosen = Signal(object)
    """A ConnectionTest: one of the servers by itself, asked the same."""

    def __init__(self, desk: Desk, access: KeyAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._access = desk, access
        self._task: Task | None = None
        self._arrived: deque[ScanRow] = deque()
        self._asked: ConnectionTest | None = None
        self._targets: dict[tuple[str, str], ScanTarget] = {}
        self._wanted = 0
        self.banner: Banner | None = None
        self.model = ScanModel(self)
        self.table = ScanTable(desk.theme, self.model)
        self.table.activated.connect(lambda index: self._open(self.model.row(index)))
        self.filters = SegmentedFilter(
            [FilterOption(group, wording.group_text(group), 0) for group in Group],
            self.tr("Results"),
        )
        self.filters.chosen.connect(lambda group: self._filter(Group(group)))
        self._drain = QTimer(self)
        self._drain.setInterval(_DRAIN_EVERY_MS)
        self._drain.timeout.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        self._places = QVBoxLayout()
        self._places.setContentsMargins(GAP_PAGE, GAP, GAP_PAGE, 0)
        self._places.setSpacing(0)
        column.addLayout(self._places)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list())
        self._stack.addWidget(self._results())
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.text)
        desk.changes.changed.connect(self._refresh)
        self._refresh()
        self._arrange()

    @property
    def is_running(self) -> bool:
        """Whether a scan is under way."""
        return self._task is not None

    def start(self) -> None:
        """Test the servers of the list."""
        if self.is_running:
            return
        listed = scanning.read_targets(self.text.toPlainText())
        if listed.faults or not listed.targets:
            self._say_faults(listed)
            return
        self._remove_banner()
        presented, trusted = self.identity.presented, self.trust.trusted
        test = ConnectionTest(
            address=str(listed.targets[0].target),
            identity_id=presented.certificate_id,
            identity_files=presented.files,
            trust=trusted.kind,
            authority_id=trusted.authority_id,
            trust_files=trusted.files,
            trust_certificates=trusted.certificates,
            try_without=False,
        )
        if presented.certificate_id is None:
            self._run(test, listed.targets)
        else:
            self._access.ensure(self, lambda: self._run(test, listed.targets))

    def stop(self) -> None:
        """Leave the servers that were not reached yet."""
        if self._task is not None:
            self._task.cancel()

    def show_list(self) -> None:
        """Go back to the list of servers."""
        self._stack.setCurrentIndex(_LIST)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_own(self) -> None:
        """Put what the workspace's server certificates are for into the list."""
        listed = scanning.from_inventory(self._desk.ws)
        self._append([str(each.target) for each in listed.targets])
        self._say_faults(listed)

    def take_file(self, path: Path) -> None:
        """Put the servers of a file into the list."""
        try:
            text = path.read_text("utf-8-sig", "replace")
        except OSError as error:
            self._fail(MtlsguiError(f"{path.name} cannot be read.", error.strerror or "", ""))
            return
        self.text.setPlainText(text)

    def save(self, kind: str, path: Path) -> None:
        """Write the results: "csv", "json" or "junit"."""
        rows = list(self.model.rows)
        match kind:
            case "csv":
                text = scan_reports.csv_of(rows)
            case "json":
                text = scan_reports.json_of(rows)
            case _:
                text = scan_reports.junit_of(rows, self._desk.ws.clock())
        try:
            output_files.save_as(OutputFile(path.name, text.encode()), path)
        except MtlsguiError as error:
            self._fail(error)

    def _run(self, test: ConnectionTest, targets: Sequence[ScanTarget]) -> None:
        self.model.clear()
        self._arrived.clear()
        self._asked, self._wanted = test, len(targets)
        self._targets = {(str(each.target), each.target.server_name): each for each in targets}
        self._stack.setCurrentIndex(_RESULTS)
        desk, arrived = self._desk, self._arrived

        def work(control: TaskControl) -> None:
            made = scanning.scan(desk.ws, test, targets, reader=desk.reader)
            for scanned in made.results(control.check):
                arrived.append(scanned.row)

        self._task = desk.jobs.run_task(
            work,
            lambda _nothing: None,
            self._fail,
            title=self.tr("Testing {} servers").format(len(targets)),
            cancellable=True,
            owner=self,
            on_finished=self._finished,
        )
        self._drain.start()
        self._arrange()

    def _take(self) -> None:
        """Move what has arrived into the table, a bounded number at a time."""
        rows = [self._arrived.popleft() for _ in range(min(len(self._arrived), _MOST_AT_ONCE))]
        if rows:
            self.model.add(rows)
        elif not self.is_running:
            self._drain.stop()
        self._show_counts()

    def _finished(self) -> None:
        self._task = None
        self._take()
        self._arrange()

    def _filter(self, group: Group) -> None:
        self.model.show_group(group)
        header = self.table.horizontalHeader()
        self.model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def _open(self, row: ScanRow | None) -> None:
        if row is None or self._asked is None:
            return
        one = self._targets[row.target, row.server_name]
        self.test_chosen.emit(
            replace(
                self._asked,
                address=row.target,
                server_name=row.server_name,
                starttls=one.starttls,
                http_path=one.path,
                try_without=True,
            )
        )

    def _append(self, lines: Sequence[str]) -> None:
        there = self.text.toPlainText().rstrip()
        self.text.setPlainText("\n".join([*([there] if there else []), *lines]))

    def _say_faults(self, listed: TargetList) -> None:
        self._remove_banner()
        faults = [*listed.faults, *listed.left_out]
        if not faults and not listed.targets:
            self._say(Tone.ATTENTION, self.tr("There is no server in the list."), "")
        elif faults:
            more = len(faults) - _MOST_FAULTS
            shown = faults[:_MOST_FAULTS]
            if more > 0:
                shown.append(self.tr("And {} more.").format(more))
            title = (
                self.tr("Some lines are no servers.")
                if listed.faults
                else self.tr("Some names were left out.")
            )
            self._say(Tone.ATTENTION, title, " ".join(shown))

    def _fail(self, error: MtlsguiError) -> None:
        text = " ".join(part for part in (error.detail, error.remedy) if part)
        self._say(Tone.BAD, error.title, text)

    def _say(self, tone: Tone, title: str, text: str) -> None:
        self._remove_banner()
        self.banner = Banner(self._desk.theme, tone, title, text)
        self._places.addWidget(self.banner)

    def _remove_banner(self) -> None:
        if self.banner is not None:
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None

    def _refresh(self) -> None:
        self.identity.refresh()
        self.trust.refresh()

    def _show_counts(self) -> None:
        counts = self.model.counts
        total = counts.total()
        self.filters.set_counts(
            {group: total if group is Group.ALL else counts[group] for group in Group}
        )
        self.progress.setMaximum(max(self._wanted, 1))
        self.progress.setValue(total)
        self.done.setText(self.tr("{} of {}").format(total, self._wanted))

    def _arrange(self) -> None:
        running = self.is_running
        self.button.setText(self.tr("S&top") if running else self.tr("&Test all"))
        self.button.setAccessibleName(self.button.text().replace("&", ""))
        for field in (self.identity, self.trust):
            field.setEnabled(not running)
        self.progress.setVisible(running)
        self.back.setEnabled(not running)
        self.save_button.setEnabled(not running and bool(self.model.rows))
        self._show_counts()

    def _press(self) -> None:
        if self.is_running:
            self.stop()
        else:
            self.start()

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("A list of servers"), "", self.tr("Lists (*.csv *.txt);;All files (*)")
        )
        if name:
            self.take_file(Path(name))

    def _choose_place(self, kind: str, ending: str) -> None:
        suggested = self.tr("connections")
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the results"), f"{suggested}.{ending}"
        )
        if name:
            self.save(kind, Path(name))

    def _bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "header")
        row = QHBoxLayout(bar)
        row.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        row.setSpacing(GAP)
        self.identity, self.trust = IdentityField(self._desk), TrustField(self._desk)
        self.button = primary_button("")
        self.button.clicked.connect(lambda _checked=False: self._press())
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(FormRow(self.tr("&Present this certificate"), self.identity), 4, top)
        row.addWidget(FormRow(self.tr("T&rust"), self.trust), 4, top)
        row.addStretch(3)
        row.addWidget(FormRow(" ", self.button), 0, top)
        return bar

    def _list(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(GAP_PAGE, GAP, GAP_PAGE, GAP_PAGE)
        column.setSpacing(GAP)
        column.addWidget(wrapped(self.tr("Which servers?"), "title"))
        hint = self.tr(
            "One a line: host:port or a URL. Or CSV with the columns host, port, servername, "
            "starttls."
        )
        column.addWidget(wrapped(hint, "muted"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("Servers"))
        self.text.setPlaceholderText("api.example:443\nhttps://web.example/\nmail.example:25")
        self.text.setTabChangesFocus(True)
        self.text.setAcceptDrops(False)  # files dropped here are for the window
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        opened = plain_button(self.tr("From a &file…"))
        opened.clicked.connect(lambda _checked=False: self._choose_file())
        own = plain_button(self.tr("From your server &certificates"))
        own.clicked.connect(lambda _checked=False: self.take_own())
        row.addWidget(opened)
        row.addWidget(own)
        row.addStretch()
        column.addLayout(row)
        return page

    def _results(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        head = QHBoxLayout()
        head.setContentsMargins(GAP_PAGE, GAP, GAP_PAGE, 0)
        head.setSpacing(GAP)
        self.back = plain_button(self.tr("&Back to the list"))
        self.back.clicked.connect(lambda _checked=False: self.show_list())
        self.done = label("", "muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(120)
        self.progress.setAccessibleName(self.tr("How far it is"))
        menu = QMenu(self)
        for kind, ending, text in (
            ("csv", "csv", self.tr("As &CSV…")),
            ("json", "json", self.tr("As &JSON…")),
            ("junit", "xml", self.tr("As JUnit &XML…")),
        ):
            action = QAction(text, menu)
            action.triggered.connect(
                lambda _checked=False, kind=kind, ending=ending: self._choose_place(kind, ending)
            )
            menu.addAction(action)
        self.save_button = MenuButton(self.tr("&Save"), menu)
        head.addWidget(self.filters, 1)
        head.addWidget(self.progress)
        head.addWidget(self.done)
        head.addWidget(self.back)
        head.addWidget(self.save_button)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        foot = wrapped(self.tr("Double-click a server to test it by itself."), "muted")
        foot.setContentsMargins(GAP_PAGE, 0, GAP_PAGE, GAP)
        column.addWidget(foot)
        return page
