"""The pages that ask for an authority's name, validity and key."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.gui import words
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_SMALL
from mtlsgui.gui.widgets.card import IconLabel
from mtlsgui.gui.widgets.form import Form
from mtlsgui.gui.widgets.labels import label, wrapped
from mtlsgui.gui.widgets.more import MoreSection
from mtlsgui.gui.wizard.frame import WizardPage
from mtlsgui.gui.wizards.choices import IssuerChoice
from mtlsgui.gui.wizards.key_choice import KeyChoice
from mtlsgui.gui.wizards.plans import AuthorityPlan
from mtlsgui.gui.wizards.subject_fields import PARTS, SubjectFields, line_field
from mtlsgui.gui.wizards.validity_field import ValidityField, days_of_years
from mtlsgui.gui.wizards.wording import by_field
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.workspace.drafts import Problem

_YEARS = (5, 10, 20)


class NamePage(WizardPage):
    """What it is called, and under whom it stands."""

    parent_chosen = Signal()

    def __init__(self, desk: Desk, plan: AuthorityPlan) -> None:
        super().__init__()
        self._plan = plan
        self.form = Form()
        self.name = line_field()
        self.name.setPlaceholderText(self.tr("Example Root CA"))
        self.organization = SubjectFields(PARTS[:1])
        self.rest = SubjectFields(PARTS[1:])
        self.parent_choice = IssuerChoice(
            plan.parents, first=self.tr("Itself: a root that others are told to trust")
        )
        self.more = MoreSection(desk.theme)
        self.more.body.addWidget(self.rest)
        self.form.add(
            "common_name", self.tr("N&ame"), self.name, self.tr("People see it when they trust it.")
        )
        self.form.add("subject", "", self.organization)
        self.form.add("parent", self.tr("&Issued by"), self.parent_choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_LARGE)
        column.addWidget(self.form)
        column.addWidget(self.more)
        column.addStretch()
        self.name.textEdited.connect(self._name_changed)
        self.parent_choice.chosen.connect(self._choose_parent)
        for part in (self.organization, self.rest):
            part.changed.connect(self._subject_changed)

    def load(self) -> None:
        subject = self._plan.draft.subject
        if self.name.text() != subject.common_name:
            self.name.setText(subject.common_name)
        self.organization.load(subject)
        self.rest.load(subject)
        self.parent_choice.choose(self._plan.draft.parent_id)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        wrong = by_field(problems, blocking=True)
        if "issuer" in wrong:
            wrong.setdefault("parent", wrong["issuer"])
        self.form.show_problems(wrong)

    def first_field(self) -> QWidget:
        return self.name

    def _name_changed(self, text: str) -> None:
        self._plan.draft.subject = replace(self._plan.draft.subject, common_name=text)
        self.complete_changed.emit()

    def _subject_changed(self) -> None:
        values = {**self.organization.values(), **self.rest.values()}
        self._plan.draft.subject = replace(self._plan.draft.subject, **values)
        self.complete_changed.emit()

    def _choose_parent(self, parent_id: int | None) -> None:
        self._plan.choose_parent(parent_id)
        self.parent_chosen.emit()
        self.complete_changed.emit()


class AuthorityKeyPage(WizardPage):
    """How long it is valid, which kind of key it has, and where that will be held."""

    def __init__(self, desk: Desk, plan: AuthorityPlan) -> None:
        super().__init__()
        self._plan, self._clock = plan, desk.ws.clock
        presets = [(words.years(years), days_of_years(years, desk.ws.clock())) for years in _YEARS]
        self.validity = ValidityField(desk.theme, desk.ws.clock, presets)
        self.validity.number.setAccessibleName(self.tr("Valid for"))
        self.form = Form()
        self.form.add("days", self.tr("&Valid for"), self.validity)
        self.choice = KeyChoice(desk.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.form)
        column.addSpacing(GAP_LARGE)
        column.addWidget(label(self.tr("Key"), "muted"))
        column.addWidget(self.choice)
        column.addSpacing(GAP_LARGE)
        held = QHBoxLayout()
        held.setSpacing(GAP_SMALL)
        self.place = wrapped("")
        held.addWidget(IconLabel(desk.theme, "lock", "muted"))
        held.addWidget(self.place, 1)
        column.addLayout(held)
        column.addStretch()
        self.validity.changed.connect(self._days_changed)
        self.choice.chosen.connect(self._algorithm_chosen)

    def load(self) -> None:
        self.validity.set_days(self._plan.draft.days)
        self._plan.draft.days = self.validity.days  # "10 years" ends on the same date
        self.choice.choose(self._plan.draft.algorithm)
        self._show_end()
        self.show_place()

    def show_place(self) -> None:
        """Say where the key will be held."""
        self.place.setText(self.tr("The private key will be {}.").format(self._plan.key_place))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        self.form.show_problems(
            by_field(problems, blocking=True), by_field(problems, blocking=False)
        )

    def first_field(self) -> QWidget:
        return self.validity.number

    def _days_changed(self, days: int) -> None:
        self._plan.draft.days = days
        self._show_end()
        self.complete_changed.emit()

    def _algorithm_chosen(self, value: str) -> None:
        self._plan.draft.algorithm = KeyAlgorithm(value)
        self.complete_changed.emit()

    def _show_end(self) -> None:
        self.form.rows["days"].set_hint(self.tr("Until {}.").format(words.date(self._plan.ends())))
