"""Typing passphrases: one that is known, or a new one twice with a word on its strength."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_SMALL, Tone
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.workspace.passphrases import Strength, strength


class PassphraseEdit(QLineEdit):
    """A field whose text is not shown, and which notices Caps Lock while one types."""

    caps_lock_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caps_lock = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhNoPredictiveText
        )

    def set_shown(self, shown: bool) -> None:
        """Show what is typed, or hide it."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt does not tell the state of the lock: a letter in the other case than Shift asks
        # for gives it away.
        text = event.text()
        if len(text) == 1 and text.isalpha() and text.lower() != text.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._set_caps_lock(text.isupper() != shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self._set_caps_lock(False)  # not known until the next letter
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._set_caps_lock(False)
        super().focusOutEvent(event)

    def _set_caps_lock(self, on: bool) -> None:
        if on != self._caps_lock:
            self._caps_lock = on
            self.caps_lock_changed.emit(on)


class PassphraseRow(FormRow):
    """A question for a passphrase; a word on Caps Lock comes before any advice."""

    def __init__(self, text: str, hint: str = "", parent: QWidget | None = None) -> None:
        self.edit = PassphraseEdit()
        super().__init__(text, self.edit, hint, parent)
        self.edit.caps_lock_changed.connect(self._caps_lock_changed)
        self.edit.textEdited.connect(lambda _text: self.advise(""))
        self._caps_lock = False
        self._advice = ("", Tone.NEUTRAL)

    def advise(self, text: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Say something about what is typed; "" shows the hint again."""
        self._advice = (text, tone)
        self._renew()

    def put_beside(self, widget: QWidget) -> None:
        """Put a button to the right of the field."""
        column = self.layout()
        if not isinstance(column, QVBoxLayout):
            raise AssertionError("a form row is a column")
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        column.insertLayout(column.indexOf(self.edit), row)
        row.addWidget(self.edit, 1)
        row.addWidget(widget)

    def refuse(self, why: str) -> None:
        """Say that the passphrase was not the right one, and let it be typed anew."""
        self.set_problem(why)
        self.edit.selectAll()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _caps_lock_changed(self, on: bool) -> None:
        self._caps_lock = on
        self._renew()

    def _renew(self) -> None:
        if self._caps_lock:
            self.set_problem(self.tr("Caps Lock is on."), Tone.ATTENTION)
        else:
            self.set_problem(*self._advice)


class NewPassphrase(QWidget):
    """A new passphrase, typed twice; says in words how hard it is to guess."""

    changed = Signal()

    def __init__(
        self, first: str = "", second: str = "", *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hint = hint
        self.first = PassphraseRow(first or self.tr("&Passphrase"), hint)
        self.second = PassphraseRow(second or self.tr("The same &again"))
        self.show_box = QCheckBox(self.tr("&Show what is typed"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_LARGE)
        for part in (self.first, self.second, self.show_box):
            column.addWidget(part)
        self.first.edit.textChanged.connect(self._typed)
        self.second.edit.textChanged.connect(self._typed)
        for row in (self.first, self.second):
            self.show_box.toggled.connect(row.edit.set_shown)

    @property
    def passphrase(self) -> str:
        """What was typed; meaningful when `is_complete`."""
        return self.first.edit.text()

    @property
    def is_complete(self) -> bool:
        """Whether something was typed, twice the same."""
        return bool(self.passphrase) and self.passphrase == self.second.edit.text()

    def check(self) -> bool:
        """Whether it can be used; says what is missing where it cannot."""
        if not self.passphrase:
            self.first.refuse(self.tr("Type a passphrase."))
        elif not self.is_complete:
            self.second.refuse(self.tr("That is not the same as above."))
        return self.is_complete

    def clear(self) -> None:
        """Forget what was typed."""
        for row in (self.first, self.second):
            row.edit.clear()

    def _typed(self) -> None:
        self._advise()
        self.changed.emit()

    def _advise(self) -> None:
        match strength(self.passphrase):
            case Strength.EMPTY:
                self.first.advise("")
            case Strength.STRONG:
                self.first.advise(self.tr("Strong: hard to guess."))
            case Strength.FAIR:
                self.first.advise(self.tr("Fair. One more word makes it strong."))
            case Strength.WEAK:
                self.first.advise(
                    self.tr("Weak. Use four words or more that have no connection."),
                    Tone.ATTENTION,
                )
        if self.passphrase.startswith(self.second.edit.text()):
            self.second.advise("")
        else:
            self.second.advise(self.tr("That is not the same as above."), Tone.BAD)
