"""The wizard that signs somebody's request."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_SMALL, Tone
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.widgets.card import Banner, IconLabel
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.wizard.frame import WizardPage
from mtlsgui.gui.wizards.certificate import IssuedWizard
from mtlsgui.gui.wizards.choices import IssuerChoice, ProfileChoice
from mtlsgui.gui.wizards.key_page import ValidityRow
from mtlsgui.gui.wizards.names_field import NameChips, NamesEdit
from mtlsgui.gui.wizards.plans import SigningPlan
from mtlsgui.gui.wizards.review import ReviewPage
from mtlsgui.gui.wizards.weighed import WeighedLines
from mtlsgui.gui.wizards.wording import by_field, sentences
from mtlsgui.gui.words import core
from mtlsgui.workspace import issuing
from mtlsgui.workspace.drafts import Problem


class RequestPage(WizardPage):
    """What the request asks for beside what is granted; profile, issuer, names."""

    authority_wanted = Signal()

    def __init__(self, desk: Desk, plan: SigningPlan) -> None:
        super().__init__()
        self._plan = plan
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_LARGE)
        self.lines = WeighedLines(desk.theme)
        self.take = QCheckBox(self.tr("&Take the names that it asks for, where they are allowed"))
        self.edit = NamesEdit(desk.theme)
        self.chips = NameChips(desk.theme, after=self.edit)
        self.names_row = FormRow(
            self.tr("Further na&mes"),
            self.edit,
            self.tr("These are added to those that are granted."),
        )
        column.addLayout(self._signature(desk, plan))
        column.addLayout(self._choices(plan))
        if not plan.issuers:
            column.addWidget(
                Banner(
                    desk.theme,
                    Tone.ACCENT,
                    self.tr("There is no authority here that could sign it."),
                    self.tr("Make one first, or import one with its key."),
                    actions=[(self.tr("New authority…"), self.authority_wanted.emit)],
                )
            )
        column.addWidget(self.lines)
        column.addWidget(self.take)
        names = QVBoxLayout()
        names.setSpacing(GAP_SMALL)
        names.addWidget(self.names_row)
        names.addWidget(self.chips)
        column.addLayout(names)
        column.addStretch()
        self.take.toggled.connect(self._take)
        self.edit.textChanged.connect(self._names_changed)
        self.chips.removed.connect(self._remove)

    # -- the wizard's frame

    def load(self) -> None:
        draft = self._plan.draft
        self.profile.choose(draft.profile.id)
        self.issuer.choose(draft.issuer_id)
        if draft.request is not None:
            self.take.setChecked(draft.request.take_names)
        if self.edit.toPlainText() != draft.names_text:
            self.edit.replace_text(draft.names_text)
        self._show_draft()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        wrong = by_field(problems, blocking=True)
        self.issuer_row.set_problem(wrong.get("issuer", ""))
        red = [line for line in self.chips.lines if line.problem]
        said = [f"{line.typed}: {line.problem}" for line in red]
        others = [
            problem.message
            for problem in problems
            if problem.blocking
            and problem.field in ("names", "subject")
            and problem.message not in said
        ]
        if red and "names" in wrong:
            others.insert(0, self.tr("Mend or remove what is shown in red."))
        self.names_row.set_problem(sentences(others))

    def first_field(self) -> QWidget:
        return self.profile

    # -- building

    def _signature(self, desk: Desk, plan: SigningPlan) -> QHBoxLayout:
        """Whether the sender holds the key: said first, since all rests on it."""
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        request = plan.draft.request
        if request is not None and request.asked.signature_valid:
            row.addWidget(IconLabel(desk.theme, "check", "good_text"))
            words = self.tr("Its signature is right: the sender holds the key.")
            row.addWidget(wrapped(words), 1)
        else:
            row.addWidget(
                Banner(
                    desk.theme,
                    Tone.BAD,
                    self.tr("Its signature is wrong, so it cannot be signed."),
                    self.tr("Its sender does not prove to hold the key. Ask for a new request."),
                )
            )
        return row

    def _choices(self, plan: SigningPlan) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP_LARGE)
        self.profile = ProfileChoice(plan.profiles)
        self.issuer = IssuerChoice(plan.issuers, last=self.tr("Choose an authority"))
        self.issuer_row = FormRow(self.tr("&Issued by"), self.issuer)
        self.profile_row = FormRow(self.tr("&Kind"), self.profile)
        self.profile.chosen.connect(self._choose_profile)
        self.issuer.chosen.connect(self._choose_issuer)
        row.addWidget(self.profile_row, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.issuer_row, 1, Qt.AlignmentFlag.AlignTop)
        return row

    # -- what the person does

    def _choose_profile(self, profile_id: str) -> None:
        self._plan.choose_profile(profile_id)
        self._changed()

    def _choose_issuer(self, issuer_id: int | None) -> None:
        self._plan.draft.issuer_id = issuer_id
        self._changed()

    def _take(self, on: bool) -> None:
        self._plan.take_names(on)
        self._changed()

    def _names_changed(self) -> None:
        self._plan.draft.names_text = self.edit.toPlainText()
        self._changed()

    def _remove(self, at: int) -> None:
        self._plan.remove_name(at)
        self.edit.replace_text(self._plan.draft.names_text)
        self.edit.setFocus()

    def _changed(self) -> None:
        self._show_draft()
        self.complete_changed.emit()

    def _show_draft(self) -> None:
        self.profile_row.set_hint(core(self._plan.draft.profile.description))
        self.lines.show_lines(self._plan.weighed())
        self.chips.show_lines(self._plan.name_lines())


class ValidityPage(WizardPage):
    """How long it is valid."""

    def __init__(self, desk: Desk, plan: SigningPlan) -> None:
        super().__init__()
        self._plan = plan
        self.row = ValidityRow(desk, plan)
        self.row.field.changed.connect(self._changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.row)
        column.addStretch()

    def load(self) -> None:
        self.row.load()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        self.row.show_problems(problems)

    def first_field(self) -> QWidget:
        return self.row.field.number

    def _changed(self, days: int) -> None:
        self._plan.draft.days = days
        self.row.show_end()
        self.complete_changed.emit()


class SignRequestWizard(IssuedWizard):
    """The request, validity, review."""

    def __init__(
        self, desk: Desk, access: KeyAccess, plan: SigningPlan, parent: QWidget | None = None
    ) -> None:
        self.plan = plan
        self.request_page = RequestPage(desk, plan)
        self.validity_page = ValidityPage(desk, plan)
        self.review_page = ReviewPage(
            desk, plan.preview, self.tr("This is the certificate as it will be made.")
        )
        super().__init__(
            desk,
            access,
            self.tr("Sign a request"),
            plan.flow(
                {
                    "request": self.tr("Request"),
                    "validity": self.tr("Validity"),
                    "review": self.tr("Review"),
                }
            ),
            {
                "request": self.request_page,
                "validity": self.validity_page,
                "review": self.review_page,
            },
            finish_text=self.tr("&Sign the request"),
            make=plan.make,
            working=self.tr("Signing a request"),
            parent=parent,
        )
        self.request_page.authority_wanted.connect(self.want_authority)


def sign_request(
    desk: Desk, access: KeyAccess, parent: QWidget | None, der: bytes
) -> SignRequestWizard:
    """The wizard for the request `der`. Raises RequestError where it cannot be read."""
    plan = SigningPlan(desk.ws, issuing.request_to_sign(der))
    return SignRequestWizard(desk, access, plan, parent)
