"""Forms: a label above each editor, a hint under it, and problems shown in their place."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from mtlsgui.gui.theme.tokens import GAP_LARGE, UNIT, Tone
from mtlsgui.gui.widgets.labels import label, wrapped


class FormRow(QWidget):
    """One question: label, editor, hint; a problem takes the hint's place."""

    def __init__(
        self, text: str, editor: QWidget, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        self.label: QLabel = label(text, "muted")
        self.label.setTextFormat(Qt.TextFormat.AutoText)
        # A field of several parts takes no focus itself: Qt's Alt and letter would do nothing.
        self.label.setBuddy(editor.focusProxy() or editor)
        if not editor.accessibleName():
            editor.setAccessibleName(text.replace("&", ""))
        self.note = wrapped(hint, "problem")
        column.addWidget(self.label)
        self.label.setVisible(bool(text))
        column.addWidget(editor)
        column.addWidget(self.note)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_problem("")

    def set_problem(self, text: str, tone: Tone = Tone.BAD) -> None:
        """Say what is wrong in place of the hint; "" takes it back."""
        self.note.setText(text or self._hint)
        self.note.setProperty("tone", (tone if text else Tone.NEUTRAL).value)
        self.note.setVisible(bool(text or self._hint))
        self.editor.setProperty("problem", bool(text) and tone is Tone.BAD)
        self.editor.setAccessibleDescription(text or self._hint)
        for widget in (self.note, self.editor):
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def set_hint(self, text: str) -> None:
        """Show another hint (what a choice means)."""
        self._hint = text
        self.set_problem("")

    @property
    def problem(self) -> str:
        """The problem shown, or ""."""
        shown = self.note.property("tone") != Tone.NEUTRAL.value
        return self.note.text() if shown else ""


class Form(QWidget):
    """Questions one under another, found again by id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP_LARGE)
        self.rows: dict[str, FormRow] = {}

    def add(self, field: str, text: str, editor: QWidget, hint: str = "") -> FormRow:
        """Add a question. text may carry a mnemonic: "&Name"."""
        row = FormRow(text, editor, hint)
        self.rows[field] = row
        self.column.addWidget(row)
        return row

    def adopt(self, field: str, row: FormRow) -> None:
        """Know a row that was placed elsewhere (in a "More" section)."""
        self.rows[field] = row

    def show_problems(
        self, problems: Mapping[str, str], warnings: Mapping[str, str] | None = None
    ) -> None:
        """Show what is wrong at each field, and take back what is no longer so."""
        cautions = warnings or {}
        for field, row in self.rows.items():
            if field in problems:
                row.set_problem(problems[field])
            else:
                row.set_problem(cautions.get(field, ""), Tone.ATTENTION)

    def unknown(self, problems: Iterable[str]) -> list[str]:
        """Field ids that this form does not show (the page says those in a banner)."""
        return [field for field in problems if field not in self.rows]
