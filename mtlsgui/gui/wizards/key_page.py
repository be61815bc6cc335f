"""The page that asks for the key and, for certificates, how long it is valid."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from mtlsgui.gui import words
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_PAGE, GAP_SMALL, Tone
from mtlsgui.gui.widgets.buttons import plain_button
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.gui.widgets.labels import label, wrapped
from mtlsgui.gui.wizard.frame import WizardPage
from mtlsgui.gui.wizards.held_keys import HeldKeys
from mtlsgui.gui.wizards.key_choice import KeyChoice
from mtlsgui.gui.wizards.plans import CertificatePlan, EndEntityPlan, KeySource
from mtlsgui.gui.wizards.validity_field import ValidityField
from mtlsgui.gui.wizards.wording import by_field
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.workspace.drafts import Problem

_PRESETS = (7, 30, 90)


class ValidityRow(FormRow):
    """How long, and the day on which that ends."""

    def __init__(self, desk: Desk, plan: CertificatePlan, parent: QWidget | None = None) -> None:
        presets = [(words.days(days), days) for days in _PRESETS]
        field = ValidityField(desk.theme, desk.ws.clock, presets)
        field.number.setAccessibleName(self.tr("Valid for"))
        super().__init__(self.tr("&Valid for"), field, parent=parent)
        self.field, self._plan = field, plan

    def load(self) -> None:
        """Show what the draft says."""
        self.field.set_days(self._plan.draft.effective_days)
        self.show_end()

    def show_end(self) -> None:
        """Say when it ends, and that it cannot be later than its issuer."""
        said = self.tr("Until {}.").format(words.date(self._plan.ends()))
        issuer = self._plan.issuer
        if issuer is not None:
            end = words.date(issuer.validity.not_after)
            said += " " + self.tr("Never past {}, when {} ends.").format(end, issuer.name)
        self.set_hint(said)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """What is wrong with the length, or that it is cut."""
        wrong = by_field(problems, blocking=True).get("days", "")
        cut = by_field(problems, blocking=False).get("days", "")
        self.set_problem(wrong or cut, Tone.BAD if wrong else Tone.ATTENTION)


class KeyPage(WizardPage):
    """Validity; and a new key, one that is held, or the one in somebody's request."""

    request_wanted = Signal()

    def __init__(self, desk: Desk, plan: EndEntityPlan) -> None:
        super().__init__()
        self._plan = plan
        self.validity: ValidityRow | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        if isinstance(plan, CertificatePlan):
            self.validity = ValidityRow(desk, plan)
            self.validity.field.changed.connect(self._days_changed)
            column.addWidget(self.validity)
            column.addSpacing(GAP_LARGE)
        column.addWidget(label(self.tr("Key"), "muted"))

        self.new = QRadioButton(self.tr("&Make a new key"))
        self.held = QRadioButton(self.tr("&Use a key that is held here"))
        self.asked = QRadioButton(self.tr("For somebody else's key, from their &request (CSR)"))
        self._group = QButtonGroup(self)
        self.choice = KeyChoice(desk.theme)
        self.keys = HeldKeys(desk)
        self.request = self._request_part()
        self._buttons = {
            KeySource.NEW: self.new,
            KeySource.HELD: self.held,
            KeySource.REQUEST: self.asked,
        }
        self._parts = {
            KeySource.NEW: self.choice,
            KeySource.HELD: self.keys,
            KeySource.REQUEST: self.request,
        }
        for source, part in self._parts.items():
            self._group.addButton(self._buttons[source])
            column.addWidget(self._buttons[source])
            indented = QHBoxLayout()
            indented.setContentsMargins(24, 0, 0, 0)
            indented.addWidget(part)
            column.addLayout(indented)
        self.asked.setVisible(isinstance(plan, CertificatePlan))
        column.addSpacing(GAP_PAGE - GAP_SMALL)
        self.place = FormRow("", QWidget())
        self.place.editor.hide()
        column.addWidget(self.place)
        column.addStretch()

        self.choice.chosen.connect(self._algorithm_chosen)
        self.keys.chosen.connect(self._key_chosen)
        self._group.buttonClicked.connect(lambda _button: self._source_chosen())

    # -- the wizard's frame

    def load(self) -> None:
        if self.validity is not None:
            self.validity.load()
        self._buttons[self._plan.key_source].setChecked(True)
        self.choice.choose(self._plan.draft.effective_algorithm)
        self._show_part()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        if self.validity is not None:
            self.validity.show_problems(problems)
        self._say(by_field(problems, blocking=True).get("key", ""))

    def first_field(self) -> QWidget:
        if self.validity is not None:
            return self.validity.field.number
        return self._buttons[self._plan.key_source]

    # -- what the person does

    def _days_changed(self, days: int) -> None:
        self._plan.draft.days = days
        if self.validity is not None:
            self.validity.show_end()
        self.complete_changed.emit()

    def _algorithm_chosen(self, value: str) -> None:
        self._plan.draft.algorithm = KeyAlgorithm(value)
        self.complete_changed.emit()

    def _key_chosen(self, key_id: int) -> None:
        if self.held.isChecked():
            self._plan.take_key(key_id)
            self.complete_changed.emit()

    def _source_chosen(self) -> None:
        plan = self._plan
        source = next(source for source, button in self._buttons.items() if button.isChecked())
        if source is plan.key_source:
            return
        plan.choose_source(source)
        if source is KeySource.HELD and self.keys.current is not None:
            plan.take_key(self.keys.current)
        self._show_part()
        self.complete_changed.emit()
        if source is KeySource.REQUEST:
            self.request_wanted.emit()

    # -- showing the draft

    def _show_part(self) -> None:
        plan = self._plan
        for source, part in self._parts.items():
            part.setVisible(source is plan.key_source)
        if plan.key_source is KeySource.HELD:
            self.keys.show_keys(plan.draft.held_key_id)
        self._source.setText(plan.request_source or self.tr("No request is chosen yet."))
        self._say("")

    def _say(self, problem: str) -> None:
        """The problem with the key; without one, where a new key will be kept."""
        new = self._plan.key_source is KeySource.NEW
        place = self.tr("It will be kept encrypted in this workspace.") if new else ""
        self.place.set_problem(problem)
        if not problem:
            self.place.set_hint(place)

    def _request_part(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        self.choose_button = plain_button(self.tr("Choose a &file…"))
        self.choose_button.clicked.connect(lambda _checked=False: self.request_wanted.emit())
        self._source = wrapped("")
        row.addWidget(self.choose_button)
        row.addWidget(self._source, 1)
        return part
