"""Fields on pages that scroll: the wheel scrolls the page until a field has the keyboard."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget


class _Filter(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Wheel
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        ):
            event.ignore()  # it goes on to what the field stands in
            return True
        return super().eventFilter(watched, event)


def leave_wheel(widget: QWidget) -> None:
    """Keep the wheel from changing lists and numbers in `widget` that it only passes over."""
    fields: list[QWidget] = [
        *widget.findChildren(QComboBox),
        *widget.findChildren(QAbstractSpinBox),
    ]
    guard = _Filter(widget)
    for field in fields:
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(guard)
