"""Fields to type into, where Qt's own need a little help."""

from PySide6.QtWidgets import QSpinBox, QWidget


def number_field(
    minimum: int, maximum: int, value: int, suffix: str = "", parent: QWidget | None = None
) -> QSpinBox:
    """A whole number within bounds; suffix is shown after it (" days")."""
    field = QSpinBox(parent)
    field.setRange(minimum, maximum)
    field.setValue(value)
    field.setSuffix(suffix)
    field.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
    # The style sheet's padding does not reach the line edit inside a spin box.
    field.lineEdit().setTextMargins(6, 0, 0, 0)
    return field
