"""The page that asks what it is for, who issues it, and for which names."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_SMALL, Tone
from mtlsgui.gui.widgets.buttons import link_button
from mtlsgui.gui.widgets.card import Banner
from mtlsgui.gui.widgets.flow import clear_layout
from mtlsgui.gui.widgets.form import Form, FormRow
from mtlsgui.gui.widgets.more import MoreSection
from mtlsgui.gui.wizard.frame import WizardPage
from mtlsgui.gui.wizards.choices import IssuerChoice, ProfileChoice
from mtlsgui.gui.wizards.names_field import NameChips, NamesEdit
from mtlsgui.gui.wizards.plans import CertificatePlan, EndEntityPlan, KeySource
from mtlsgui.gui.wizards.subject_fields import SubjectFields, line_field
from mtlsgui.gui.wizards.wording import by_field, sentences
from mtlsgui.gui.words import core
from mtlsgui.workspace.drafts import Problem


class NamesPage(WizardPage):
    """Profile, issuer (where there is one to choose), names, common name, the rest under More."""

    profile_chosen = Signal()
    request_wanted = Signal()
    """A request is to be chosen from a file."""
    authority_wanted = Signal()
    """There is no authority to issue under, and one is to be made."""

    def __init__(self, theme: Theme, plan: EndEntityPlan) -> None:
        super().__init__()
        self._theme, self._plan = theme, plan
        self._notice: tuple[str, str] | None = None
        self.form = Form()
        self.profile = ProfileChoice(plan.profiles)
        self.profile.chosen.connect(self._choose_profile)
        self.edit = NamesEdit(theme)
        self.chips = NameChips(theme, after=self.edit)
        self.common_name = line_field()
        self.subject = SubjectFields()
        self.more = MoreSection(theme)
        self.more.body.addWidget(self.subject)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_LARGE)
        column.addLayout(self._top(plan))
        self._notices = QVBoxLayout()
        column.addLayout(self._notices)
        names = QVBoxLayout()
        names.setSpacing(GAP_SMALL)
        self.names_row = FormRow(self.tr("Na&mes"), self.edit)
        names.addWidget(self.names_row)
        names.addWidget(self.chips)
        column.addLayout(names)
        self.form.add("subject", self.tr("&Common name"), self.common_name)
        column.addWidget(self.form)
        column.addWidget(self.more)
        self.request_link = link_button(self.tr("Use somebody's request (CSR)…"))
        self.request_link.clicked.connect(lambda _checked=False: self.request_wanted.emit())
        links = QHBoxLayout()
        links.addWidget(self.request_link)
        links.addStretch()
        column.addLayout(links)
        self.request_link.setVisible(isinstance(plan, CertificatePlan))
        column.addStretch()

        self.edit.textChanged.connect(self._names_changed)
        self.chips.removed.connect(self._remove)
        self.common_name.textEdited.connect(self._common_name_changed)
        self.subject.changed.connect(self._subject_changed)

    # -- the wizard's frame

    def load(self) -> None:
        draft = self._plan.draft
        self.profile.choose(draft.profile.id)
        if self.issuer is not None:
            self.issuer.choose(draft.issuer_id)
        if self.edit.toPlainText() != draft.names_text:
            self.edit.replace_text(draft.names_text)
        self.subject.load(draft.subject or draft.profile.subject)
        self._show_draft()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        wrong = by_field(problems, blocking=True)
        known = by_field(problems, blocking=False)
        said = self._names_sentences([p for p in problems if p.field == "names" and p.blocking])
        if said:
            self.names_row.set_problem(said)
        else:
            self.names_row.set_problem(known.get("names", ""), Tone.ATTENTION)
        self.form.show_problems({"subject": wrong["subject"]} if "subject" in wrong else {})
        if self.issuer_row is not None:
            if "issuer" in wrong:
                self.issuer_row.set_problem(wrong["issuer"])
            elif self._plan.draft.issuer_id is None:
                self.issuer_row.set_problem(self._self_signed_words(), Tone.ATTENTION)
            else:
                self.issuer_row.set_problem("")
        self._show_notices(wrong.get("request", ""))

    def first_field(self) -> QWidget:
        return self.edit

    # -- building

    def _top(self, plan: EndEntityPlan) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(GAP_LARGE)
        self.profile_row = FormRow(self.tr("&Kind"), self.profile)
        top.addWidget(self.profile_row, 1, Qt.AlignmentFlag.AlignTop)
        self.issuer: IssuerChoice | None = None
        self.issuer_row: FormRow | None = None
        if isinstance(plan, CertificatePlan):
            self.issuer = IssuerChoice(plan.issuers, last=self.tr("Self-signed, for testing"))
            self.issuer.chosen.connect(self._choose_issuer)
            self.issuer_row = FormRow(self.tr("&Issued by"), self.issuer)
            top.addWidget(self.issuer_row, 1, Qt.AlignmentFlag.AlignTop)
        return top

    # -- what the person does

    def _choose_profile(self, profile_id: str) -> None:
        self._plan.choose_profile(profile_id)
        self.subject.load(self._plan.draft.subject or self._plan.draft.profile.subject)
        self._show_draft()
        self.profile_chosen.emit()
        self.complete_changed.emit()

    def _choose_issuer(self, issuer_id: int | None) -> None:
        self._plan.draft.issuer_id = issuer_id
        self._show_draft()
        self.complete_changed.emit()

    def _names_changed(self) -> None:
        self._plan.draft.names_text = self.edit.toPlainText()
        self._show_draft()
        self.complete_changed.emit()

    def _remove(self, at: int) -> None:
        self._plan.remove_name(at)
        self.edit.replace_text(self._plan.draft.names_text)
        self.edit.setFocus()

    def _common_name_changed(self, text: str) -> None:
        self._plan.draft.common_name = text if text.strip() else None
        self._show_draft(typing_name=True)
        self.complete_changed.emit()

    def _subject_changed(self) -> None:
        draft = self._plan.draft
        base = draft.subject or draft.profile.subject
        draft.subject = replace(base, **self.subject.values())
        self.complete_changed.emit()

    # -- showing the draft

    def _show_draft(self, *, typing_name: bool = False) -> None:
        plan = self._plan
        self.profile_row.set_hint(core(plan.draft.profile.description))
        workload = plan.draft.profile.for_workloads
        self.names_row.label.setText(self.tr("&SPIFFE ID") if workload else self.tr("Na&mes"))
        self.edit.setPlaceholderText(
            "spiffe://example.org/ns/prod/sa/api"
            if workload
            else self.tr("api.example.internal, 10.0.12.7")
        )
        self.names_row.set_hint(
            ""
            if workload
            else self.tr("Separate them by commas, spaces or lines; paste a list as it is.")
        )
        self.chips.show_lines(plan.name_lines())
        common = plan.draft.effective_common_name()
        if plan.draft.common_name is None:
            if not typing_name:
                self.common_name.clear()
            self.common_name.setPlaceholderText(common)
        elif not typing_name:
            self.common_name.setText(plan.draft.common_name)
        hint = ""
        if plan.draft.common_name is None:
            hint = (
                self.tr("The first name, unless you write another.")
                if plan.draft.request is None
                else self.tr("As the request has it, unless you write another.")
            )
        self.form.rows["subject"].set_hint(hint)

    def _names_sentences(self, problems: Sequence[Problem]) -> str:
        """What is wrong with the names beyond what the chips say in red."""
        red = [line for line in self.chips.lines if line.problem]
        said = [f"{line.typed}: {line.problem}" for line in red]
        others = [problem.message for problem in problems if problem.message not in said]
        if red and problems:
            others.insert(0, self.tr("Mend or remove what is shown in red."))
        return sentences(others)

    def _self_signed_words(self) -> str:
        return self.tr(
            "Nobody trusts it unless they are given this very certificate. For testing only."
        )

    def _show_notices(self, wrong: str) -> None:
        """Say above the names whose key it is for, or that there is nobody to issue it."""
        plan = self._plan
        banner: Banner | None = None
        if isinstance(plan, CertificatePlan) and plan.draft.request is not None:
            taken = wrong or self._taken_words(plan)
            if self._notice == (plan.request_source, taken):
                return
            self._notice = (plan.request_source, taken)
            banner = Banner(
                self._theme,
                Tone.BAD if wrong else Tone.ACCENT,
                self.tr("For the key in {}").format(plan.request_source),
                taken,
                actions=[(self.tr("Do without it"), self._drop_request)],
            )
        elif isinstance(plan, CertificatePlan) and not plan.issuers:
            if self._notice == ("", "no issuer"):
                return
            self._notice = ("", "no issuer")
            banner = Banner(
                self._theme,
                Tone.ACCENT,
                self.tr("There is no authority here that could issue it."),
                self.tr("Make one first: whoever trusts it then trusts all it issues."),
                actions=[(self.tr("New authority…"), self.authority_wanted.emit)],
            )
        else:
            self._notice = None
        clear_layout(self._notices)
        if banner is not None:
            self._notices.addWidget(banner)

    def _taken_words(self, plan: CertificatePlan) -> str:
        grant = plan.draft.grant(plan.issuer)
        names = ", ".join(name.value for name in grant.names)
        words = (
            self.tr("These names are taken from it: {}.").format(names)
            if names
            else self.tr("No names are taken from it.")
        )
        if grant.refused:
            words += " " + self.tr("The review says what is not granted.")
        return words

    def _drop_request(self) -> None:
        if isinstance(self._plan, CertificatePlan):
            self._plan.choose_source(KeySource.NEW)
            self._show_draft()
            self.complete_changed.emit()
