"""One test, its verdict, the handshake as a sequence, the remedies."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.connections.testing import wording
from mtlsgui.gui.connections.testing.findings import Findings
from mtlsgui.gui.connections.testing.question import QuestionBar
from mtlsgui.gui.connections.testing.sequence import SequenceView
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector_split import InspectorSplit
from mtlsgui.gui.jobs import Task, TaskControl
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_PAGE, Tone
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.widgets.buttons import plain_button
from mtlsgui.gui.widgets.card import Banner, ButtonFlow, EmptyState
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.scroll import scrolling
from mtlsgui.workspace import connecting
from mtlsgui.workspace.connecting import ConnectionTest, ProbeResult, TargetRefused


class TestPage(QWidget):
    """Tests one connection. `show_target` fills it in from elsewhere in the window."""

    __test__ = False  # pytest looks at the name

    def __init__(self, desk: Desk, access: KeyAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._access = desk, access
        self._task: Task | None = None
        self._running = False
        self.result: ProbeResult | None = None
        self.question = QuestionBar(desk)
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
        self.question.address.textEdited.connect(lambda _text: self.question.set_problem(""))
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

    def start(self) -> None:
        """Test what is asked for; a test that runs goes on."""
        if self._running:
            return
        test = self.question.test
        try:
            connecting.parse_target(test.address, test.server_name)
        except TargetRefused as error:
            self.question.set_problem(" ".join((error.title, error.detail or error.remedy)))
            self.question.address.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.question.set_problem("")
        self._set_running(True)
        if test.identity_id is None:
            self._run(test)
        else:
            self._access.ensure(self, lambda: self._run(test), lambda: self._set_running(False))

    def stop(self) -> None:
        """Stop the test that runs."""
        if self._task is not None:
            self._task.cancel()

    def _run(self, test: ConnectionTest) -> None:
        def work(control: TaskControl) -> ProbeResult:
            return connecting.probe(self._desk.ws, test, control.check)

        self._task = self._desk.jobs.run_task(
            work,
            self._show,
            self._show_error,
            title=self.tr("Testing {}").format(test.address.strip()),
            cancellable=True,
            owner=self,
            on_finished=lambda: self._set_running(False),
        )

    def _set_running(self, running: bool) -> None:
        self._running = running
        if not running:
            self._task = None
        self.question.set_running(running, tested=self.result is not None)

    def _show(self, result: ProbeResult) -> None:
        self.result = result
        tone = wording.outcome_tone(result)
        self._set_banner(Banner(self._desk.theme, tone, result.sentence, result.detail))
        self.sequence.show_steps(result.steps, result.target.rpartition(":")[0].strip("[]"))
        self.findings.show_result(result)
        self.fields.clear()
        for name, value in wording.agreed_fields(result):
            self.fields.add(name, value)
        self._arrange()

    def _show_error(self, error: MtlsguiError) -> None:
        """The test could not be made at all: nothing was sent."""
        self.result = None
        text = " ".join(part for part in (error.detail, error.remedy) if part)
        self._set_banner(Banner(self._desk.theme, Tone.BAD, error.title, text))
        self._arrange()

    def _forget(self) -> None:
        self.result = None
        self._remove_banner()
        self._set_running(False)
        self._arrange()

    def _set_banner(self, banner: Banner) -> None:
        self._remove_banner()
        self.banner = banner
        self._column.insertWidget(0, banner)

    def _remove_banner(self) -> None:
        if self.banner is not None:
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None

    def _arrange(self) -> None:
        """Show what there is to show."""
        tested = self.result is not None
        self._stack.setCurrentIndex(1 if self.banner is not None else 0)
        self.sequence.setVisible(tested)
        self.fields.setVisible(tested)
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
