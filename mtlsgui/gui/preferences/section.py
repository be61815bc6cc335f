"""What the sections of the page have in common: a heading, questions, and answers kept at once."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_PAGE, UNIT, Tone
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.gui.widgets.inputs import number_field
from mtlsgui.gui.widgets.labels import label, wrapped
from mtlsgui.gui.wizards.choices import narrow
from mtlsgui.gui.wizards.validity_field import ValidityField
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.profiles import LONGEST_DAYS
from mtlsgui.workspace.preferences import Preferences


class Section(QWidget):
    """A heading, a sentence, and what is put into `body`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GAP_LARGE)
        head = QVBoxLayout()
        head.setSpacing(UNIT)
        self.title, self.lead = label("", "section"), wrapped("", "muted")
        for part in (self.title, self.lead):
            head.addWidget(part)
        self.body.addLayout(head)

    def set_title(self, title: str, lead: str = "") -> None:
        """Say what the section is about."""
        self.setAccessibleName(title)
        self.title.setText(title)
        self.lead.setText(lead)
        self.lead.setHidden(not lead)

    def add_beside(self, *widgets: QWidget) -> None:
        """Put widgets side by side, in columns of one width."""
        row = QHBoxLayout()
        row.setSpacing(GAP_PAGE)
        for widget in widgets:
            row.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)


class SettingsSection(Section):
    """Questions on fields of `Preferences`. `changed` carries a field's name and its new value."""

    changed = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: dict[str, FormRow] = {}

    def load(self, preferences: Preferences) -> None:
        """Show these preferences, without saying so."""
        raise NotImplementedError

    def commit(self) -> None:
        """Say what was typed but not finished with Enter or by leaving the field."""

    def show_problems(self, problems: Mapping[str, str], notices: Mapping[str, str]) -> None:
        """Say at each field what is wrong, or worth knowing."""
        for field, row in self.rows.items():
            if field in problems:
                row.set_problem(problems[field])
            else:
                row.set_problem(notices.get(field, ""), Tone.ATTENTION)

    # -- building

    def row(self, field: str, text: str, editor: QWidget, hint: str = "") -> FormRow:
        """A question on a field; the caller places it."""
        made = self.rows[field] = FormRow(text, editor, hint)
        return made

    def choice(self, field: str, options: Mapping[str, str]) -> QComboBox:
        """A list to choose from: value to text."""
        combo = narrow(QComboBox())
        for value, text in options.items():
            combo.addItem(text, value)
        combo.activated.connect(lambda at: self.changed.emit(field, combo.itemData(at)))
        return combo

    def validity(self, field: str, text: str) -> ValidityField:
        """A length of time, of whole days."""
        editor = ValidityField(self._desk.theme, self._desk.ws.clock)
        editor.number.setKeyboardTracking(False)  # a number is kept when it is typed to its end
        editor.number.setAccessibleName(text.replace("&", ""))
        editor.changed.connect(lambda days: self.changed.emit(field, days))
        return editor

    def days(self, field: str) -> QSpinBox:
        """A number of days."""
        editor = number_field(1, LONGEST_DAYS, 1, self.tr(" days"))
        editor.setKeyboardTracking(False)
        editor.valueChanged.connect(lambda days: self.changed.emit(field, days))
        return editor


def key_options() -> dict[str, str]:
    """Every kind of key, for a list."""
    return {algorithm.value: algorithm.label for algorithm in KeyAlgorithm}


def show_value(combo: QComboBox, value: str) -> None:
    """Choose a value in a list; one that it does not have is added, as it is."""
    at = combo.findData(value)
    if at < 0:
        combo.addItem(value, value)
        at = combo.count() - 1
    combo.setCurrentIndex(at)


def show_number(field: QSpinBox, value: int) -> None:
    """Show a number without saying so."""
    field.blockSignals(True)
    field.setValue(value)
    field.blockSignals(False)
