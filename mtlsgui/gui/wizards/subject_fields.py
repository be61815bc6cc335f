"""The parts of a subject that are seldom needed: organisation, department, place."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from mtlsgui.gui.theme.tokens import GAP
from mtlsgui.gui.widgets.form import Form
from mtlsgui.pki.names import Subject

translate = QCoreApplication.translate

PARTS = ("organization", "organizational_unit", "locality", "state", "country")


def _label(part: str) -> str:
    return {
        "organization": translate("SubjectFields", "&Organisation"),
        "organizational_unit": translate("SubjectFields", "&Department"),
        "locality": translate("SubjectFields", "&Place"),
        "state": translate("SubjectFields", "&State or province"),
        "country": translate("SubjectFields", "&Country, as two letters"),
    }[part]


def line_field() -> QLineEdit:
    """A line to type into that leaves dropped files to the window."""
    field = QLineEdit()
    field.setAcceptDrops(False)
    return field


class SubjectFields(QWidget):
    """Lines for some parts of a subject. `changed` says that one was typed in."""

    changed = Signal()

    def __init__(self, parts: Sequence[str] = PARTS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form()
        self.form.column.setSpacing(GAP)
        self.edits: dict[str, QLineEdit] = {}
        for part in parts:
            edit = self.edits[part] = line_field()
            edit.textEdited.connect(lambda _text: self.changed.emit())
            self.form.add(part, _label(part), edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)

    def load(self, subject: Subject) -> None:
        """Show the parts of this subject."""
        for part, edit in self.edits.items():
            if edit.text() != getattr(subject, part):
                edit.setText(getattr(subject, part))

    def values(self) -> dict[str, str]:
        """The parts as typed."""
        return {part: edit.text() for part, edit in self.edits.items()}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not any(self.values().values())
