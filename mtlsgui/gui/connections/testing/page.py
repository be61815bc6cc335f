"""One test, its verdict, the handshake as a sequence, the remedies."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.connections.testing import wording
from mtlsgui.gui.connections.testing.findings import Findings
from mtlsgui.gui.connections.testing.kept_wording import changes_text
from mtlsgui.gui.connections.testing.question import QuestionBar
from mtlsgui.gui.connections.testing.saved import SavedDialog, SavedMenu, save_dialog
from mtlsgui.gui.connections.testing.sequence import SequenceView
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.inspector_split import InspectorSplit
from mtlsgui.gui.jobs import Task, TaskControl
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_PAGE, Tone
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.widgets.buttons import MenuButton, plain_button
from mtlsgui.gui.widgets.card import Banner, ButtonFlow, EmptyState
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.widgets.scroll import scrolling
from mtlsgui.workspace import connecting, remedies
from mtlsgui.workspace.connecting import ConnectionTest, ProbeResult, TargetRefused, Unusable
from mtlsgui.workspace.connections import kept
from mtlsgui.workspace.connections.compared import Change, compare
from mtlsgui.workspace.output_files import OutputFile, save_as
from mtlsgui.workspace.remedies import IssueCertificate, Offer, SaveFile, TestAgain


@dataclass(frozen=True)
class _Tested:
    """A result with what can be done about it.

    changes: since the result before, of a kept test that has one.
    """

    result: ProbeResult
    offers: tuple[Offer, ...]
    changes: tuple[Change, ...] | None = None


class TestPage(QWidget):
    """Tests one connection. `show_target` fills it in from elsewhere in the window."""

    __test__ = False  # pytest looks at the name

    issue_wanted = Signal(str, int, str)
    """The wizard for a certificate: profile, issuer, names."""

    def __init__(self, desk: Desk, access: KeyAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._access = desk, access
        self._task: Task | None = None
        self._running = False
        self.result: ProbeResult | None = None
        self._tested: ConnectionTest | None = None
        self._stopped = False
        self._kept_id: int | None = None
        self.saved_menu = SavedMenu(desk, self)
        self.question = QuestionBar(desk, MenuButton(self.tr("Save&d"), self.saved_menu))
        self.sequence = SequenceView(desk)
        self.findings = Findings(desk)
        self.fields = FieldList(desk.theme, desk.clipboard, label_width=140)
        self.banner: Banner | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.question)
        self.split = InspectorSplit(
            desk.theme,
            desk.settings,
            "connections",
            main=self._main(),
            inspector=self.findings,
        )
        self.split.back_button.setText(self.tr("Back to the handshake"))
        self.split.narrow_changed.connect(lambda _narrow: self._arrange())
        column.addWidget(self.split, 1)
        self.question.asked.connect(self.start)
        self.question.stopped.connect(self.stop)
        self.question.changed.connect(self._compare_question)
        self.saved_menu.opened.connect(self.open_kept)
        self.saved_menu.save_wanted.connect(self.save)
        self.saved_menu.change_wanted.connect(self.save_again)
        self.saved_menu.all_wanted.connect(self.show_saved)
        self.findings.remedy_chosen.connect(self.apply)
        self.findings.choose_identity.connect(lambda: self._choose(self.question.identity))
        self.findings.choose_trust.connect(lambda: self._choose(self.question.trust))
        self._arrange()

    def show_target(self, identity_id: int | None = None, host: str = "") -> None:
        """Fill in a certificate to present and a server; the person presses Test.

        The verdict on another certificate or server goes.
        """
        if not self._running:
            self._forget()
        self.question.set_target(identity_id, host)

    def show_test(self, test: ConnectionTest) -> None:
        """Fill in a whole test; the verdict on another one goes."""
        if not self._running:
            self._forget()
        self.question.load(test)
        self.question.address.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self) -> None:
        """Test what is asked for; a test that runs goes on."""
        if self._running:
            return
        self.question.tidy()
        test = self.question.test
        self.question.clear_problems()
        if not self.question.check():
            return
        try:
            connecting.parse_target(test.address, test.server_name, test.starttls)
        except TargetRefused as error:
            self.question.set_problem(" ".join((error.title, error.detail or error.remedy)))
            self.question.address.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._set_running(True)
        if test.identity_id is None:
            self._run(test)
        else:
            self._access.ensure(self, lambda: self._run(test), lambda: self._set_running(False))

    def apply(self, offer: Offer) -> None:
        """Do what a button beside a problem says."""
        match offer:
            case TestAgain():
                self.question.load(offer.test)
                self.split.show_list()
                self.start()
            case IssueCertificate():
                self.issue_wanted.emit(offer.profile_id, offer.issuer_id, offer.names)
            case SaveFile():
                self._save_file(offer.file)

    # -- tests that are kept

    def open_kept(self, test_id: int) -> None:
        """Fill in a kept test; what is gone of it is said."""
        try:
            saved = kept.get(self._desk.ws, test_id)
        except MtlsguiError as error:
            self._show_error(error)
            return
        self.show_test(saved.test)
        self._keep_to(saved.id)
        if saved.gone:
            self.question.identity_row.set_problem(" ".join(saved.gone))

    def save(self) -> None:
        """Ask for a name, and keep the test under it."""
        dialog = save_dialog(self._desk, self.question.test, self)
        dialog.named.connect(self._saved)
        dialog.open()

    def save_again(self) -> None:
        """Keep the test as it is now under the name that it has."""
        if self._kept_id is None:
            return
        try:
            kept.change(self._desk.ws, self._kept_id, self.question.test)
        except MtlsguiError as error:
            self._show_error(error)

    def show_saved(self) -> None:
        """All kept tests and their results."""
        dialog = SavedDialog(self._desk, self._kept_id, self)
        dialog.opened.connect(self.open_kept)
        dialog.open()

    def _saved(self, saved: kept.KeptTest) -> None:
        """What was tested already is its first result."""
        self._keep_to(saved.id)
        if self.result is not None and self._tested == self.question.test:
            kept.keep_result(self._desk.ws, saved.id, self.result)

    def _keep_to(self, test_id: int | None) -> None:
        self._kept_id = self.saved_menu.current = test_id

    def _kept_as(self, test: ConnectionTest) -> int | None:
        """The kept test that this is, unless it was changed since."""
        if self._kept_id is None:
            return None
        try:
            saved = kept.get(self._desk.ws, self._kept_id)
        except MtlsguiError:  # it was deleted meanwhile
            self._keep_to(None)
            return None
        same = not saved.gone and saved.test == kept.as_kept(test)
        return saved.id if same else None

    # -- testing

    def stop(self) -> None:
        """Stop the test that runs."""
        if self._task is not None:
            self._stopped = True
            self._task.cancel()

    def _run(self, test: ConnectionTest) -> None:
        ws, secrets, saved = self._desk.ws, self.question.secrets, self._kept_as(test)

        def work(control: TaskControl) -> _Tested:
            reader = self._desk.reader if _reads_files(test) else None
            result = connecting.probe(ws, test, control.check, secrets=secrets, reader=reader)
            offers = remedies.offers(ws, test, result)
            if saved is None:
                return _Tested(result, offers)
            before = kept.results(ws, saved)
            made = kept.keep_result(ws, saved, result)
            if not before:
                return _Tested(result, offers)
            earlier, later = (kept.result_document(ws, each) for each in (before[0].id, made))
            return _Tested(result, offers, compare(earlier, later))

        self._stopped = False
        self._task = self._desk.jobs.run_task(
            work,
            lambda tested: self._show_tested(test, tested),
            self._show_error,
            title=self.tr("Testing {}").format(test.address.strip()),
            cancellable=True,
            owner=self,
            on_finished=lambda: self._end(test),
        )

    def _set_running(self, running: bool) -> None:
        self._running = running
        if not running:
            self._task = None
        self.question.set_running(running, tested=self.result is not None)

    def _end(self, test: ConnectionTest) -> None:
        """The test is over; one that was stopped has no verdict, nor has the one before it."""
        if self._stopped:
            self.result = self._tested = None
            sentence = self.tr("You stopped the test")
            text = self.tr("Nothing can be said of {} yet.").format(visible(test.address.strip()))
            self._set_banner(Banner(self._desk.theme, Tone.NEUTRAL, sentence, text))
            self._arrange()
        self._set_running(False)
        self._compare_question()

    def _show_tested(self, test: ConnectionTest, tested: _Tested) -> None:
        """A result that came is shown, though it was to be stopped."""
        self._stopped, self._tested = False, test
        self._show(tested.result, tested.offers)
        self._show_changes(tested.changes)

    def _show(self, result: ProbeResult, offers: Sequence[Offer] = ()) -> None:
        self.result = result
        tone = wording.outcome_tone(result)
        self._set_banner(Banner(self._desk.theme, tone, result.sentence, result.detail))
        self.sequence.show_steps(result.steps, result.target.rpartition(":")[0].strip("[]"))
        self.findings.show_result(result, offers)
        self.fields.clear()
        for name, value in wording.agreed_fields(result):
            self.fields.add(name, value)
        self._arrange()

    def _show_error(self, error: MtlsguiError) -> None:
        """The test could not be made at all: nothing was sent."""
        self._stopped = False
        self.result = self._tested = None
        if isinstance(error, Unusable):
            self._remove_banner()
            self._arrange()
            self.question.refuse(error)
            return
        text = " ".join(part for part in (error.detail, error.remedy) if part)
        self._set_banner(Banner(self._desk.theme, Tone.BAD, error.title, text))
        self._arrange()

    def _show_changes(self, changes: tuple[Change, ...] | None) -> None:
        """What a kept test showed before, and what is different now."""
        self.changes.setVisible(changes is not None)
        if changes is not None:
            text = changes_text(changes)
            self.changes.setText(self.tr("Since the test before:\n{}").format(text))

    def _compare_question(self) -> None:
        """Say of a verdict whether the question above is still the one it answers."""
        asked_again = self._tested is None or self.question.test == self._tested
        self.stale.setVisible(self.banner is not None and not self._running and not asked_again)

    def _save_file(self, file: OutputFile) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the chain"), file.name)
        if path:
            try:
                save_as(file, Path(path))
            except MtlsguiError as error:
                text = " ".join(part for part in (error.detail, error.remedy) if part)
                self._set_banner(Banner(self._desk.theme, Tone.BAD, error.title, text))

    def _forget(self) -> None:
        self.result = self._tested = None
        self._keep_to(None)
        self._remove_banner()
        self._set_running(False)
        self._arrange()

    def _set_banner(self, banner: Banner) -> None:
        self._remove_banner()
        self.banner = banner
        self._column.insertWidget(1, banner)
        self._compare_question()

    def _remove_banner(self) -> None:
        if self.banner is not None:
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None

    def _arrange(self) -> None:
        """Show what there is to show."""
        tested = self.result is not None
        self._compare_question()
        self._stack.setCurrentIndex(1 if self.banner is not None else 0)
        self.sequence.setVisible(tested)
        self.fields.setVisible(tested)
        if not tested:
            self.changes.hide()
        self.mend_button.setVisible(tested and self.split.is_narrow)
        self.split.set_inspector_visible(tested)

    def _choose(self, combo: QComboBox) -> None:
        self.split.show_list()
        combo.setFocus(Qt.FocusReason.TabFocusReason)

    def _main(self) -> QWidget:
        theme = self._desk.theme
        empty = EmptyState(
            theme,
            self.tr("Find out why a connection fails"),
            self.tr(
                "Type the server's address, choose the certificate to present, and press Test. "
                "You see each step of the handshake, which side refuses, why, and what to do."
            ),
            icon="connections",
        )
        shown = QWidget()
        shown.setAccessibleName(self.tr("The test"))
        self._column = QVBoxLayout(shown)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_PAGE)
        self.stale = wrapped(
            self.tr("You have changed the question since: this is the verdict on the one before."),
            "problem",
        )
        self.stale.setProperty("tone", Tone.ATTENTION.value)
        self.changes = wrapped()
        self.changes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.stale.hide()
        self.changes.hide()
        self._column.addWidget(self.stale)
        self._column.addWidget(self.changes)
        mend = plain_button(self.tr("What is &wrong, and how to mend it"))
        mend.clicked.connect(lambda _checked=False: self.split.show_inspector())
        self.mend_button = ButtonFlow(mend)
        self._column.addWidget(self.mend_button)
        self._column.addWidget(self.sequence)
        self._column.addWidget(self.fields)
        self._column.addStretch()
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolling(empty))
        self._stack.addWidget(scrolling(shown, GAP_LARGE, GAP_LARGE))
        return self._stack


def _reads_files(test: ConnectionTest) -> bool:
    return bool(test.identity_files or test.trust_files or test.crl_files)
