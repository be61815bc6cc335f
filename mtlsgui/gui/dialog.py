"""The frame of every dialog that is no wizard: heading, a place for failures, body, footer."""

import shiboken6
from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_PAGE, GAP_SMALL, Tone
from mtlsgui.gui.widgets.buttons import plain_button
from mtlsgui.gui.widgets.card import Banner
from mtlsgui.gui.widgets.labels import wrapped

MARGIN = 28


class PanelDialog(QDialog):
    """A dialog. Fill `body`, add buttons, show it with `open()`; it goes when it is closed.

    width: of the whole dialog, in pixels at a 13 px font. lead: a sentence below the heading.
    Enter presses the button with the keyboard, else the default one.
    """

    def __init__(
        self,
        theme: Theme,
        heading: str,
        lead: str = "",
        *,
        width: int = 480,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._busy = False
        self._focus_before: QWidget | None = None
        self._banner: Banner | None = None
        self._sought: QWidget | None = None
        self._buttons: list[QPushButton] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(heading)
        self.setProperty("role", "panel")
        self.setModal(True)
        self._grow = theme.sizes.control / 30
        self.setMinimumWidth(min(self.scaled(width), self.screen().availableGeometry().width()))

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # Qt would take the height that wrapped texts need at their narrowest for a minimum.
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.heading = wrapped(heading, "heading")
        self.lead = wrapped(lead, "muted")
        top = QVBoxLayout()
        top.setContentsMargins(MARGIN, 22, MARGIN, 0)
        top.setSpacing(GAP_SMALL)
        top.addWidget(self.heading)
        top.addWidget(self.lead)
        self._banner_place = QVBoxLayout()
        self._banner_place.setContentsMargins(0, 0, 0, 0)
        top.addLayout(self._banner_place)
        column.addLayout(top)
        self.lead.setVisible(bool(lead))
        self.content = _Content()
        self.content.changed.connect(self.fit)
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(MARGIN, GAP_LARGE, MARGIN, GAP_PAGE)
        self.body.setSpacing(GAP_LARGE)
        self._area = _Body(self.content)
        column.addWidget(self._area, 1)
        self._below = QVBoxLayout()
        column.addLayout(self._below)
        column.addWidget(self._footer())

        self._focus_soon = QTimer(self)
        self._focus_soon.setSingleShot(True)
        self._focus_soon.setInterval(0)
        self._focus_soon.timeout.connect(self._focus_first)

    def scaled(self, pixels: int) -> int:
        """A measure of the design, grown with the font."""
        return round(pixels * self._grow)

    # -- building

    def add_button(
        self, button: QPushButton, *, default: bool = False, left: bool = False
    ) -> QPushButton:
        """Put a button into the footer, after those there are."""
        (self._left if left else self._right).addWidget(button)
        self._buttons.append(button)
        if default:
            button.setDefault(True)
        return button

    def add_below(self, widget: QWidget, margins: tuple[int, int, int, int]) -> None:
        """Put something between body and footer, which stays usable while the dialog works."""
        self._below.setContentsMargins(0, 0, 0, 0)
        holder = QVBoxLayout()
        holder.setContentsMargins(*margins)
        holder.addWidget(widget)
        self._below.addLayout(holder)

    def hide_body(self) -> None:
        """Leave the heading and what is said above the body: the dialog has done its work."""
        self._area.hide()
        self._below.setContentsMargins(0, GAP_PAGE, 0, 0)
        self.fit()

    def first_field(self) -> QWidget | None:
        """What gets the keyboard when the dialog comes up; None for the default button."""
        return None

    def set_heading(self, heading: str, lead: str = "") -> None:
        """Ask another question in the same dialog."""
        self.setWindowTitle(heading)
        self.heading.setText(heading)
        self.lead.setText(lead)
        self.lead.setVisible(bool(lead))

    # -- working and failing

    @property
    def busy(self) -> bool:
        """Whether work is being done for this dialog."""
        return self._busy

    def set_busy(self, busy: bool) -> None:
        """Hold the body and all buttons but Cancel while the work is being done."""
        if busy and not self._busy:
            self._focus_before = self.focusWidget()
        self._busy = busy
        self.content.setEnabled(not busy)
        for button in self._buttons:
            button.setEnabled(not busy)
        if not busy:
            self.renew_buttons()
            # Whatever is disabled loses the keyboard.
            if self._focus_before is not None and shiboken6.isValid(self._focus_before):
                self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
            self._focus_before = None

    def renew_buttons(self) -> None:
        """Set what the buttons' state depends on; called when the dialog is free again."""

    def show_error(self, error: MtlsguiError) -> None:
        """Say above the body that it failed, why, and what to do."""
        text = " ".join(part for part in (error.detail, error.remedy) if part)
        self.show_message(Tone.BAD, error.title, text)

    def show_message(self, tone: Tone, sentence: str, text: str = "") -> None:
        """Say something above the body, in place of what was said there."""
        self.clear_message()
        self._banner = Banner(self.theme, tone, sentence, text)
        self._banner_place.setContentsMargins(0, GAP_SMALL, 0, 0)
        self._banner_place.addWidget(self._banner)
        self.fit()

    def clear_message(self) -> None:
        """Take back what is said above the body."""
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
            self._banner_place.setContentsMargins(0, 0, 0, 0)
            self.fit()

    @property
    def message(self) -> Banner | None:
        """What is said above the body."""
        return self._banner

    def fit(self) -> None:
        """Make the dialog as high as its content needs, once the layout has settled."""
        QTimer.singleShot(0, self, self._fit)

    def reveal(self, widget: QWidget) -> None:
        """Scroll the body to something in it, once the layout has settled."""
        self._sought = widget
        QTimer.singleShot(0, self, self._reveal)

    # -- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            # The button with the ring, else the default one; QDialog knows only autoDefault's.
            if isinstance(focused, QPushButton) and focused.isVisible():
                focused.click()
                return
            for button in (*self._buttons, self.cancel_button):
                if button.isDefault() and button.isVisible() and button.isEnabled():
                    button.click()
                    break
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        # At its height before Qt puts it over the middle of the window: a size that changes
        # while the window manager maps it may leave it in the corner of the screen.
        self._fit()
        super().showEvent(event)
        self.fit()
        self._focus_soon.start()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None or not self.isVisible():
            return
        # What changed within the scrolled body does not reach the layout around it by itself.
        self._area.updateGeometry()
        layout.activate()
        wanted = layout.totalHeightForWidth(self.width())
        highest = self.screen().availableGeometry().height() - 60
        self.resize(self.width(), min(wanted, highest))

    def _reveal(self) -> None:
        if self._sought is not None and shiboken6.isValid(self._sought):
            self._area.ensureWidgetVisible(self._sought)
        self._sought = None

    def _focus_first(self) -> None:
        field = self.first_field()
        if field is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)
            return
        for button in self._buttons:
            if button.isDefault():
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _footer(self) -> QFrame:
        footer = QFrame()
        footer.setProperty("role", "footer")
        row = QHBoxLayout(footer)
        row.setContentsMargins(GAP_PAGE, 12, GAP_PAGE, 12)
        row.setSpacing(GAP_SMALL)
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        for part in (self._left, self._right):
            part.setSpacing(GAP_SMALL)
        self.cancel_button = plain_button(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        row.addLayout(self._left)
        row.addStretch()
        row.addWidget(self.cancel_button)
        row.addLayout(self._right)
        return footer


class _Content(QWidget):
    """Leaves its height to its width: its layout's minimum is meant for a narrower one.

    changed: something in it came, went or grew, such as the problem of a field.
    """

    changed = Signal()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.changed.emit()
        return handled

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class _Body(QScrollArea):
    """As high as its content needs; scrolls only where the screen is too small for that."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self._content.layout()
        if layout is None:
            return 0
        if layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return layout.totalSizeHint().height()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
