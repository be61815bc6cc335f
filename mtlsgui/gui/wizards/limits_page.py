"""The page for what an authority may issue, and for the addresses that it puts into it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_SMALL
from mtlsgui.gui.widgets.form import Form
from mtlsgui.gui.widgets.inputs import number_field
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.widgets.more import MoreSection
from mtlsgui.gui.wizard.frame import WizardPage
from mtlsgui.gui.wizards.names_field import NameChips
from mtlsgui.gui.wizards.plans import AuthorityPlan, Side
from mtlsgui.gui.wizards.subject_fields import line_field
from mtlsgui.gui.wizards.wording import by_field
from mtlsgui.workspace.drafts import Problem

_DEEPEST = 20


class LimitsPage(WizardPage):
    """Path length, name constraints, addresses. All of it may be left alone."""

    def __init__(self, desk: Desk, plan: AuthorityPlan) -> None:
        super().__init__()
        self._plan, self._loading = plan, False
        self.form = Form()
        self.limited = QCheckBox(self.tr("&Limit the intermediates below it"))
        self.path_length = number_field(0, _DEEPEST, 0)
        self.path_length.setPrefix(self.tr("at most "))
        self.path_length.setAccessibleName(self.tr("Path length"))
        self.form.add(
            "path_length", "", self._depth(), self.tr("0: it issues end-entity certificates only.")
        )
        self.edits = {side: line_field() for side in Side}
        self.chips = {side: NameChips(desk.theme, after=self.edits[side]) for side in Side}
        captions = {
            Side.PERMITTED: self.tr("Only for names &in"),
            Side.EXCLUDED: self.tr("Ne&ver for names in"),
        }
        hints = {
            Side.PERMITTED: self.tr(
                "Domains and networks, such as example.internal or 10.0.0.0/8; email: and uri: "
                "before others. Empty allows all."
            ),
            Side.EXCLUDED: "",
        }
        for side in Side:
            self.form.add(side.value, captions[side], self.edits[side], hints[side])
            self.form.column.addWidget(self.chips[side])
            self.edits[side].textEdited.connect(lambda text, side=side: self._typed(side, text))
            self.chips[side].removed.connect(lambda at, side=side: self._remove(side, at))
        self.edits[Side.PERMITTED].setPlaceholderText("example.internal, 10.0.0.0/8")
        self.more = MoreSection(desk.theme, self.tr("Addresses put into what it issues"))
        self.crl, self.ocsp, self.issuer = line_field(), line_field(), line_field()
        self.addresses = self._addresses()
        self.more.body.addWidget(self.addresses)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_LARGE)
        column.addWidget(
            wrapped(
                self.tr(
                    "All of this may be left as it is. Limits contain the damage, should "
                    "the key be lost."
                ),
                "muted",
            )
        )
        column.addWidget(self.form)
        column.addWidget(self.more)
        column.addStretch()
        self.limited.toggled.connect(self._depth_changed)
        self.path_length.valueChanged.connect(self._depth_changed)

    def load(self) -> None:
        draft = self._plan.draft
        self._loading = True
        self.limited.setChecked(draft.path_length is not None)
        self.path_length.setValue(draft.path_length or 0)
        self.path_length.setEnabled(draft.path_length is not None)
        self._loading = False
        for side, edit in self.edits.items():
            if edit.text() != self._plan.constraints_text(side):
                edit.setText(self._plan.constraints_text(side))
            self.chips[side].show_lines(self._plan.constraint_lines(side))
        for edit, text in (
            (self.crl, draft.crl_text),
            (self.ocsp, draft.ocsp_text),
            (self.issuer, draft.issuer_text),
        ):
            edit.setText(text)
            if text:
                self.more.set_open(True)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        wrong = by_field(problems, blocking=True)
        # The chips say in red what is wrong with each name.
        for side in Side:
            if side.value in wrong:
                wrong[side.value] = self.tr("Mend or remove what is shown in red.")
        self.form.show_problems(wrong)
        self.addresses.show_problems(wrong)
        if "addresses" in wrong:
            self.more.set_open(True)

    def first_field(self) -> QWidget:
        return self.limited

    def _depth(self) -> QWidget:
        depth = QWidget()
        row = QHBoxLayout(depth)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.limited)
        row.addWidget(self.path_length)
        row.addStretch()
        return depth

    def _addresses(self) -> Form:
        form = Form()
        for field, caption, edit, example in (
            ("crl", self.tr("&Revocation list (CRL)"), self.crl, "http://pki.internal/ca.crl"),
            ("ocsp", self.tr("&OCSP responder"), self.ocsp, "http://ocsp.internal"),
            (
                "addresses",
                self.tr("Its own &certificate"),
                self.issuer,
                "http://pki.internal/ca.crt",
            ),
        ):
            form.add(field, caption, edit)
            edit.setPlaceholderText(example)
            edit.textEdited.connect(self._addresses_changed)
        return form

    def _depth_changed(self) -> None:
        if self._loading:
            return
        on = self.limited.isChecked()
        self.path_length.setEnabled(on)
        self._plan.draft.path_length = self.path_length.value() if on else None
        self.complete_changed.emit()

    def _typed(self, side: Side, text: str) -> None:
        self._plan.set_constraints(side, text)
        self.chips[side].show_lines(self._plan.constraint_lines(side))
        self.complete_changed.emit()

    def _remove(self, side: Side, at: int) -> None:
        self._plan.remove_constraint(side, at)
        self.edits[side].setText(self._plan.constraints_text(side))
        self.chips[side].show_lines(self._plan.constraint_lines(side))
        self.edits[side].setFocus()
        self.complete_changed.emit()

    def _addresses_changed(self) -> None:
        draft = self._plan.draft
        draft.crl_text, draft.ocsp_text = self.crl.text(), self.ocsp.text()
        draft.issuer_text = self.issuer.text()
        self.complete_changed.emit()
