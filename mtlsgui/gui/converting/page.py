"""Converting: what came at the left, into what in the middle, what it will be at the right."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.formats.items import Item, PrivateKeyItem
from mtlsgui.gui.converting.each import ReportDialog, reporting
from mtlsgui.gui.converting.result import ResultPanel
from mtlsgui.gui.converting.sources import SourceList
from mtlsgui.gui.converting.targets import TargetList
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.jobs import TaskControl
from mtlsgui.gui.key_protection import PlainKeyQuestion
from mtlsgui.gui.page import PageHeader
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_SMALL
from mtlsgui.gui.widgets.buttons import link_button, plain_button
from mtlsgui.gui.widgets.card import EmptyState
from mtlsgui.gui.widgets.labels import label
from mtlsgui.workspace import converting
from mtlsgui.workspace.contents import Contents
from mtlsgui.workspace.converting import Plan, Report, Target

_SPLITTER_KEY = "splitters/converting"
_MOST_NAMED = 50
"""Files that the header names, as far as there is room."""
_WIDTHS = (300, 300, 560)


class ConvertPage(QWidget):
    """Shows a drop, and makes of it what is chosen."""

    open_requested = Signal()
    """Other files shall be chosen."""
    back_requested = Signal()
    """What is in the files shall be shown again."""
    unlock_requested = Signal()
    """A passphrase shall be asked for."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self._contents: Contents | None = None
        self._targets_asked = self._plans_asked = 0
        self._usual: Target | None = None
        self._planning = QTimer(self)  # typing a name plans once
        self._planning.setSingleShot(True)
        self._planning.setInterval(60)
        self._planning.timeout.connect(self._plan)

        self.back_button = link_button(self.tr("What is in them"))
        theme.icons.bind(self.back_button, "chevron-left", "accent_text")
        self.back_button.clicked.connect(lambda _checked=False: self.back_requested.emit())
        self.each_button = plain_button(self.tr("Each file by itself…"))
        self.each_button.setToolTip(
            self.tr("The form chosen, of every file on its own, into a folder.")
        )
        self.each_button.clicked.connect(lambda _checked=False: self._ask_for_folder())
        self.open_button = plain_button(self.tr("Open…"))
        self.open_button.clicked.connect(lambda _checked=False: self.open_requested.emit())
        self.header = PageHeader(theme, self.tr("Convert"))
        self.header.add_left(self.back_button)
        self.header.add_right(self.each_button, self.open_button)

        self.sources = SourceList(theme)
        self.sources.taken_changed.connect(self._renew_targets)
        self.unlock_button = link_button(self.tr("Something is locked. Unlock it…"))
        theme.icons.bind(self.unlock_button, "lock", "accent_text")
        self.unlock_button.clicked.connect(lambda _checked=False: self.unlock_requested.emit())
        self.targets = TargetList(theme)
        self.targets.chosen.connect(self._choose)
        self.result = ResultPanel(desk)
        self.result.options.changed.connect(self._planning.start)
        self._splitter = self._make_splitter()
        opening = QAction(self.tr("Open files…"), self)
        opening.triggered.connect(lambda _checked=False: self.open_requested.emit())
        self.empty = EmptyState(
            theme,
            self.tr("Convert certificate files"),
            self.tr(
                "Drop a certificate, its key and its chain here, in whatever format they are. "
                "Then choose what you need."
            ),
            icon="file",
            actions=[opening],
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        going_back = QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self)
        going_back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        going_back.activated.connect(self.back_requested)
        self.show_contents(None)

    # -- what others call

    def show_contents(self, contents: Contents | None) -> None:
        """Show this drop; None for nothing."""
        self._contents = contents
        self._targets_asked += 1  # what is being planned now came too late
        self._plans_asked += 1
        self.result.forget()
        sources = contents.inspection.sources if contents is not None else ()
        self.header.set_title(
            self.tr("Convert"), visible(", ".join(each.name for each in sources[:_MOST_NAMED]))
        )
        self.back_button.setVisible(contents is not None)
        self.open_button.setVisible(contents is not None)
        files = [each for each in sources if each.path is not None and each.result.items]
        self.each_button.setVisible(len(files) > 1)
        self.unlock_button.setVisible(contents is not None and contents.locked_count > 0)
        self.sources.sources.show_groups(contents.groups if contents is not None else ())
        self._stack.setCurrentWidget(self._splitter if contents is not None else self.empty)
        self.setFocusProxy(self.targets if contents is not None else self.empty.buttons[0])
        if contents is not None:
            self._usual = _usual_target(self.sources.sources.taken)
            self._renew_targets()

    @property
    def is_planning(self) -> bool:
        """Whether a plan is about to be made; those that are being made are jobs."""
        return self._planning.isActive()

    def _why_nothing(self) -> str:
        if self.sources.sources.has_boxes:
            return self.tr("Tick at the left what shall be converted.")
        if self._contents is not None and self._contents.locked_count:
            return self.tr("It is locked: unlock it first.")
        return self.tr("Nothing in these files can be converted.")

    # -- planning, in a worker thread: chains of thousands take a while

    def _renew_targets(self) -> None:
        items, now = self.sources.sources.taken, self._desk.ws.clock()
        self._targets_asked += 1
        number = self._targets_asked

        def show(refused: Mapping[Target, str]) -> None:
            if number == self._targets_asked:
                self._show_targets(refused)

        self._desk.jobs.run_task(
            lambda _control: converting.refusals(items, now=now),
            show,
            title=self.tr("Looking at what can be made"),
            owner=self,
        )

    def _show_targets(self, refused: Mapping[Target, str]) -> None:
        before = self.targets.current
        self.targets.show_targets(tuple(Target), refused)
        if self._usual is not None and self._usual not in refused:
            self.targets.choose(self._usual)
        self._usual = None
        if self.targets.current is None:
            self.result.show_nothing(self._why_nothing())
        elif self.targets.current is before:
            self._plan()

    def _choose(self, target: Target) -> None:
        self.result.options.show_target(target)

    def _plan(self) -> None:
        target = self.targets.current
        if target is None or self._contents is None:
            return
        items = self.sources.sources.taken
        options, now = self.result.options.planning_options(), self._desk.ws.clock()
        self._plans_asked += 1
        number = self._plans_asked

        def show(plan: Plan) -> None:
            if number == self._plans_asked:
                self.result.show_plan(plan, items)

        self._desk.jobs.run_task(
            lambda _control: converting.plan(items, target, options, now=now),
            show,
            title=self.tr("Planning the conversion"),
            owner=self,
        )

    # -- each file by itself

    def _ask_for_folder(self) -> None:
        target, contents = self.targets.current, self._contents
        if target is None or contents is None or not self.result.options.check():
            return
        keys = any(isinstance(item, PrivateKeyItem) for item in contents.inspection.items)
        dialog = QFileDialog(self.window(), self.tr("Save into a folder"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.convert_each(Path(name)))
        if keys and target.is_private and self.result.options.wants_plain_key:
            question = PlainKeyQuestion(self._desk, parent=self.window())
            question.accepted.connect(dialog.open)
            question.open()
        else:
            dialog.open()

    def convert_each(self, folder: Path) -> None:
        """Convert every file of the drop by itself into a folder."""
        target, contents = self.targets.current, self._contents
        if target is None or contents is None:
            return

        sources = [each for each in contents.inspection.sources if each.path is not None]
        options = replace(self.result.options.options(), leaf=None, route=())
        now = self._desk.ws.clock()

        def work(control: TaskControl) -> Report:
            return converting.convert_each(
                sources, target, options, folder, now=now, progress=reporting(control)
            )

        self._desk.jobs.run_task(
            work,
            lambda report: ReportDialog(self._desk, report, folder, self.window()).open(),
            title=self.tr("Converting {} files").format(len(sources)),
            cancellable=True,
            owner=self,
        )

    # -- building

    def _make_splitter(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        unlock = QHBoxLayout()
        unlock.setContentsMargins(GAP_SMALL, 0, GAP_LARGE, GAP_SMALL)
        unlock.addWidget(self.unlock_button)
        unlock.addStretch()
        splitter.addWidget(_headed(self.tr("From"), self.sources, unlock))
        splitter.addWidget(_headed(self.tr("To"), self.targets))
        splitter.addWidget(self.result)
        for at, stretch in enumerate((0, 0, 1)):
            splitter.setStretchFactor(at, stretch)
        saved = self._desk.settings.value(_SPLITTER_KEY)
        if not (isinstance(saved, QByteArray) and splitter.restoreState(saved)):
            grow = self._desk.theme.sizes.control / 30
            splitter.setSizes([round(width * grow) for width in _WIDTHS])
        splitter.splitterMoved.connect(
            lambda *_: self._desk.settings.setValue(_SPLITTER_KEY, splitter.saveState())
        )
        return splitter


def _headed(heading: str, part: QWidget, foot: QHBoxLayout | None = None) -> QWidget:
    holder = QWidget()
    holder.setMinimumWidth(150)
    top = QHBoxLayout()
    top.setContentsMargins(18, GAP_LARGE, GAP_LARGE, 0)
    top.addWidget(label(heading, "muted"))
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GAP_SMALL)
    column.addLayout(top)
    column.addWidget(part, 1)
    if foot is not None:
        column.addLayout(foot)
    return holder


def _usual_target(items: Sequence[Item]) -> Target | None:
    """What a drop is likely converted to: a key alone stays what it is, under another passphrase.

    None for all else: what was chosen last stays.
    """
    kinds = {item.kind for item in items}
    if kinds == {PrivateKeyItem.kind}:
        return Target.OPENSSH if items[0].container == "openssh" else Target.PKCS8
    return None
