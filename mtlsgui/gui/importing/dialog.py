"""The import dialog: what was found and what becomes of it, then the import, then a report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import PrivateKeyItem
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.importing.wording import counted, plan_lines, plan_summary, report_words
from mtlsgui.gui.jobs import TaskCancelled, TaskControl
from mtlsgui.gui.passphrases import PassphraseRow
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.two_lines import Line, LineList
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.widgets.buttons import plain_button, primary_button
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.working_dialog import WorkingDialog
from mtlsgui.workspace import importing, offering
from mtlsgui.workspace.importing import Fate, PlanLine, Report
from mtlsgui.workspace.inspecting import Inspection, Progress, inspect_files

Read = Callable[[Sequence[str], Progress], Inspection]
"""Reads with these passphrases, and says how far it is."""
"""Looks into the same things again, with these passphrases. Runs in a worker thread."""


@dataclass(frozen=True)
class _Found:
    """place: where keys of authorities will be held; empty where there is no new key."""

    inspection: Inspection
    plan: tuple[PlanLine, ...]
    lines: list[Line]
    place: str


@dataclass(frozen=True)
class _Stopped:
    """certificates: how many were kept before the person stopped it; those stay."""

    certificates: int


class ImportDialog(WorkingDialog):
    """Shows what is in files, then keeps it.

    read: looks into the things to be imported, again for each passphrase that is given.
    inspection: what was found already, if it was looked into before.
    """

    imported = Signal(object)
    """The Report of `workspace.importing`."""

    def __init__(
        self,
        desk: Desk,
        access: KeyAccess,
        read: Read,
        parent: QWidget | None = None,
        *,
        inspection: Inspection | None = None,
    ) -> None:
        super().__init__(desk.theme, desk.jobs, width=600, parent=parent)
        self._desk, self._access, self._read = desk, access, read
        self._passphrases: list[str] = []
        self._found: _Found | None = None
        self._some_keyring = self.tr("this computer's keyring")
        self.set_heading(self.tr("Import"))
        self.list = LineList(desk.theme, self.tr("What was found"), rows=7)
        self.passphrase = PassphraseRow(self.tr("&Passphrase for what is locked"))
        self.unlock_button = plain_button(self.tr("&Unlock"))
        self.unlock_button.clicked.connect(self._unlock)
        self.passphrase.put_beside(self.unlock_button)
        self.where = wrapped(role="muted")
        for part in (self.list, self.passphrase, self.where):
            self.body.addWidget(part)
            part.hide()
        self.import_button = primary_button(self.tr("&Import"))
        self.import_button.clicked.connect(self._import)
        self.add_button(self.import_button, default=True)
        self.import_button.setEnabled(False)
        if inspection is None:
            self._look([])
        else:
            self._plan(lambda _progress: inspection)

    def first_field(self) -> QWidget | None:
        if self.passphrase.isVisible():
            return self.passphrase.edit
        return self.import_button if self.import_button.isEnabled() else self.cancel_button

    def renew_buttons(self) -> None:
        self.import_button.setEnabled(self._has_new)

    @property
    def _has_new(self) -> bool:
        return self._found is not None and any(line.fate is Fate.NEW for line in self._found.plan)

    # -- looking

    def _look(self, passphrases: list[str]) -> None:
        self._plan(lambda progress: self._read(passphrases, progress))

    def _plan(self, inspect: Callable[[Progress], Inspection]) -> None:
        ws = self._desk.ws

        def work(control: TaskControl) -> _Found:
            inspection = inspect(control.report)
            control.check()
            plan = importing.plan(ws, inspection.items)
            place = ""
            if any(
                isinstance(line.item, PrivateKeyItem) and line.fate is Fate.NEW for line in plan
            ):
                place = offering.vault_label(ws) or self._some_keyring
            return _Found(inspection, plan, plan_lines(plan, inspection), place)

        self.run(work, self._show_found, title=self.tr("Looking into files"), stoppable=True)

    def _show_found(self, found: _Found) -> None:
        locked_before = self._locked
        self._found = found
        self.renew_buttons()
        self.set_heading(self._title(), plan_summary(found.plan))
        self.list.set_lines(found.lines)
        self.list.setVisible(bool(found.lines))
        if found.lines:
            self.clear_message()
        else:
            self.show_message(Tone.ATTENTION, self.tr("There is nothing here to import."))
        self.where.setText(self._where_keys_go())
        self.where.setVisible(bool(self.where.text()))
        self.passphrase.setVisible(self._locked > 0)
        if self._passphrases and self._locked == locked_before:
            self._passphrases.pop()
            self.passphrase.refuse(self.tr("That passphrase opens none of them."))
        else:
            self.passphrase.edit.clear()
            self._focus_first()
        self.fit()

    @property
    def _locked(self) -> int:
        plan = self._found.plan if self._found else ()
        return sum(1 for line in plan if line.fate is Fate.LOCKED)

    def _title(self) -> str:
        if self._found is None:
            return self.tr("Import")
        sources = self._found.inspection.sources
        if len(sources) == 1:
            return self.tr("Import from {}").format(sources[0].name)
        return self.tr("Import from {} files").format(f"{len(sources):,}")

    def _where_keys_go(self) -> str:
        if self._found is None or not self._found.place:
            return ""
        return self.tr(
            "Private keys of authorities will be held in {}, other private keys encrypted in "
            "this workspace. The files stay as they are."
        ).format(self._found.place)

    def _unlock(self) -> None:
        passphrase = self.passphrase.edit.text()
        if not passphrase:
            self.passphrase.refuse(self.tr("Type a passphrase."))
            return
        self._passphrases.append(passphrase)
        self._look(list(self._passphrases))

    # -- importing

    def _import(self) -> None:
        if self.passphrase.isVisible() and self.passphrase.edit.text():
            self._unlock()  # Enter in the field means that
            return
        if self._found is None or not self._has_new:
            return
        if self._where_keys_go():
            self.set_busy(True)
            self._access.ensure(self, self._run, lambda: self.set_busy(False))
        else:
            self._run()

    def _run(self) -> None:
        if self._found is None:
            raise AssertionError("nothing was looked into")
        ws, items = self._desk.ws, self._found.inspection.items
        total = sum(1 for line in self._found.plan if line.fate is Fate.NEW)

        def work(control: TaskControl) -> Report | _Stopped:
            kept = 0

            def note(done: int) -> None:
                nonlocal kept
                kept = done
                control.report(done, total)

            try:
                return importing.run(ws, items, note)
            except TaskCancelled:
                return _Stopped(kept)

        self.run(work, self._done, title=self.tr("Importing"), stoppable=True)

    def _done(self, outcome: Report | _Stopped) -> None:
        self.list.hide()
        self.passphrase.hide()
        self.where.hide()
        self.import_button.hide()
        if isinstance(outcome, _Stopped):
            self.set_heading(
                self.tr("The import was stopped"),
                counted(
                    outcome.certificates,
                    self.tr("1 certificate was kept."),
                    self.tr("{} certificates were kept."),
                )
                + " "
                + self.tr("Importing the same files again keeps the rest."),
            )
        else:
            self._show_report(outcome)
        self.cancel_button.setText(self.tr("Close"))
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()
        self.fit()

    def _show_report(self, report: Report) -> None:
        kept = report_words(report)
        known = counted(
            report.known,
            self.tr("1 was here already."),
            self.tr("{} were here already."),
        )
        self.set_heading(
            self.tr("Imported {}").format(kept) if kept else self.tr("Nothing was imported"),
            known if report.known else "",
        )
        if report.refused:
            self.show_message(
                Tone.ATTENTION,
                counted(
                    len(report.refused),
                    self.tr("1 could not be kept."),
                    self.tr("{} could not be kept."),
                ),
            )
            self.list.set_lines([_refusal(error) for error in report.refused])
            self.list.show()
        self.imported.emit(report)


def _refusal(error: MtlsguiError) -> Line:
    return Line(error.title, " ".join(part for part in (error.detail, error.remedy) if part))


def import_files(
    desk: Desk, access: KeyAccess, parent: QWidget, paths: Sequence[Path]
) -> ImportDialog:
    """Show the import of these files."""

    def read(passphrases: Sequence[str], progress: Progress) -> Inspection:
        return inspect_files(paths, passphrases, reader=desk.reader, progress=progress)

    dialog = ImportDialog(desk, access, read, parent)
    dialog.open()
    return dialog


def choose_and_import(desk: Desk, access: KeyAccess, parent: QWidget) -> ImportDialog | None:
    """Let files be chosen in the system's dialog, then show their import."""
    desk.reader.warm_up()
    chosen, _ = QFileDialog.getOpenFileNames(
        parent, QCoreApplication.translate("ImportDialog", "Import")
    )
    return import_files(desk, access, parent, [Path(name) for name in chosen]) if chosen else None


def import_inspection(
    desk: Desk, access: KeyAccess, parent: QWidget, inspection: Inspection, read: Read
) -> ImportDialog:
    """Show the import of what was looked into already. read: looks again, for passphrases."""
    dialog = ImportDialog(desk, access, read, parent, inspection=inspection)
    dialog.open()
    return dialog
