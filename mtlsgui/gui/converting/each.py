"""Many files at once: each converted by itself into a folder, and what became of each."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dialog import PanelDialog
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.jobs import TaskControl
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.two_lines import Line, LineList
from mtlsgui.gui.widgets.buttons import CopyButton, plain_button
from mtlsgui.workspace import converting
from mtlsgui.workspace.converting import Report

translate = QCoreApplication.translate


def reporting(control: TaskControl) -> Callable[[int, int], bool]:
    """Progress for `converting.convert_each` that the window shows, and that stops with a task."""

    def report(done: int, total: int) -> bool:
        if not control.cancelled:
            control.report(done, total)
        return not control.cancelled

    return report


class ReportDialog(PanelDialog):
    """What became of each file."""

    def __init__(
        self, desk: Desk, report: Report, folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk.theme, "", width=600, parent=parent)
        heading = self.tr("{done} of {all} files converted").format(
            done=report.done, all=len(report.lines)
        )
        self.set_heading(heading, str(folder))
        if report.stopped:
            self.show_message(Tone.ATTENTION, self.tr("It was stopped before the last file."), "")
        self._report = report
        self.list = LineList(desk.theme, self.tr("Files"), rows=8)
        self.list.set_lines([_line(each) for each in report.lines])
        self.body.addWidget(self.list)
        self.copy_button = CopyButton(
            self._text, desk.clipboard, what=self.tr("the report"), link=False
        )
        self.folder_button = plain_button(self.tr("&Open folder"))
        self.folder_button.clicked.connect(
            lambda _checked=False: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        )
        self.folder_button.setEnabled(report.done > 0)
        self.add_button(self.folder_button, left=True)
        self.add_button(self.copy_button)
        self.cancel_button.setText(self.tr("Close"))
        self.cancel_button.setDefault(True)

    def first_field(self) -> QWidget:
        return self.cancel_button

    def _text(self) -> str:
        return "".join(
            f"{each.path}: {', '.join(path.name for path in each.written) or each.why}\n"
            for each in self._report.lines
        )


def _line(outcome: converting.Line) -> Line:
    if outcome.done:
        written = ", ".join(path.name for path in outcome.written)
        done = translate("Converting", "Done")
        return Line(visible(outcome.path.name), f"→ {visible(written)}", done, Tone.GOOD)
    skipped = translate("Converting", "Skipped")
    return Line(visible(outcome.path.name), visible(outcome.why), skipped, Tone.ATTENTION)
