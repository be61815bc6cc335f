"""The first page of the inspector: what it is, is it all right, what can be done."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mtlsgui.gui import words
from mtlsgui.gui.actions import ActionRegistry
from mtlsgui.gui.authorities.wording import (
    LABEL_COLOURS,
    STATUS_TONES,
    colour_text,
    status_meaning,
)
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.card_fields import add_card_fields
from mtlsgui.gui.inspector.chain import status_pill
from mtlsgui.gui.inspector.offered import ActionSet, InspectorActions
from mtlsgui.gui.inspector.text import ElidedLink, visible
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE, HEADING_SCALE, UNIT
from mtlsgui.gui.widgets.buttons import MenuButton, plain_button, primary_button
from mtlsgui.gui.widgets.card import ButtonFlow
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.labels import label, plain_text, wrapped
from mtlsgui.gui.widgets.pill import Pill
from mtlsgui.gui.widgets.usedbar import UsedBar
from mtlsgui.gui.widgets.value import ValueText
from mtlsgui.inventory.records import CertificateRow, Status
from mtlsgui.workspace.viewing import CertificateView


class ActionButtons(ButtonFlow):
    """Buttons that follow their actions: enabled when those are, with their texts."""

    def __init__(
        self, registry: ActionRegistry[Any], actions: ActionSet, parent: QWidget | None = None
    ) -> None:
        self.buttons: dict[str, QPushButton] = {}
        self._registry = registry
        made: list[QWidget] = []
        for name in (actions.primary, *actions.others):
            if name:
                make = primary_button if name == actions.primary else plain_button
                made.append(self._button(name, make(plain_text(registry[name].text()))))
        super().__init__(*made, parent=parent)
        if actions.more:
            self.menu_button = MenuButton("", registry.menu(actions.more, self))
            layout = self.layout()
            if layout is not None:
                layout.addWidget(self.menu_button)
        self.offers = bool(made or actions.more)
        if not self.offers:  # showing it here, without a parent, would make a window of it
            self.hide()

    def _button(self, name: str, button: QPushButton) -> QPushButton:
        button.clicked.connect(lambda _checked=False: self._registry.trigger(name))
        _follow(button, self._registry[name])
        self.buttons[name] = button
        return button


class SummaryPage(QWidget):
    """A certificate as a readable card."""

    issuer_chosen = Signal(int)
    """The id of the issuer whose link was clicked."""

    def __init__(
        self,
        desk: Desk,
        registry: ActionRegistry[Any],
        actions: InspectorActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: CertificateView | None = None
        theme = desk.theme
        self.what = label(role="muted")
        self.name = ValueText("", theme.font(HEADING_SCALE, strong=True))
        self.issued_by = label(role="muted")
        self.issuer = ElidedLink()
        self.pill = Pill(theme)
        self.used = UsedBar(theme)
        self.meaning = wrapped("", "muted")
        self.authority_buttons = ActionButtons(registry, actions.authority)
        self.certificate_buttons = ActionButtons(registry, actions.certificate)
        self.fields = FieldList(theme, desk.clipboard)
        self.issuer.button.clicked.connect(self._choose_issuer)

        top = QVBoxLayout()
        top.setSpacing(2)
        issued = QHBoxLayout()
        issued.setSpacing(2)
        issued.addWidget(self.issued_by)
        issued.addWidget(self.issuer, 1)
        top.addWidget(self.what)
        top.addSpacing(UNIT)
        top.addWidget(self.name)
        top.addLayout(issued)
        state = QVBoxLayout()
        state.setSpacing(6)
        state.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignLeft)
        state.addWidget(self.used)
        state.addWidget(self.meaning)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_LARGE)
        column.addLayout(top)
        column.addLayout(state)
        column.addWidget(self.authority_buttons)
        column.addWidget(self.certificate_buttons)
        column.addSpacing(UNIT)
        column.addWidget(self.fields)
        column.addSpacing(GAP)
        column.addStretch()

    def show_certificate(self, view: CertificateView) -> None:
        """Show this certificate."""
        if view == self._shown:
            return  # so that a selection in the text stays
        self._shown = view
        self.setUpdatesEnabled(False)
        try:
            self._show_head(view)
            self._show_buttons(view)
            self.fields.clear()
            add_card_fields(self.fields, self._desk.theme, view, self._key(view))
            if view.row is not None:
                self._add_own_fields(view.row)
        finally:
            self.setUpdatesEnabled(True)

    def _show_head(self, view: CertificateView) -> None:
        card = view.card
        self.what.setText(words.core(card.what))
        self.name.setText(visible(view.steps[0].name))
        is_link = view.issuer_id is not None
        issuer = visible(view.steps[1].name if is_link else card.issued_by)
        self.issued_by.setText(self._issued_by(view, issuer, is_link))
        self.issuer.setVisible(is_link)
        self.issuer.setText(issuer)
        self.pill.set_state(*status_pill(view.status))
        self.used.setVisible(card.used is not None)
        if card.used is not None and card.dates is not None:
            tone = STATUS_TONES[view.status or Status.NOT_YET_VALID]
            begin, end = card.dates
            used = words.time_used(begin, end, self._desk.ws.clock())
            self.used.show_used(card.used, tone, words.date(begin), used, words.date(end))
        told = view.row is not None and view.status is not Status.VALID
        self.meaning.setText(visible(status_meaning(view.row)) if view.row and told else "")
        self.meaning.setVisible(told)

    def _issued_by(self, view: CertificateView, issuer: str, is_link: bool) -> str:
        if is_link:
            return self.tr("issued by")
        if not view.missing_issuer:
            return self.tr("signed by itself")
        return self.tr("issued by {}").format(issuer)

    def _show_buttons(self, view: CertificateView) -> None:
        is_ca = bool(view.row and view.row.is_ca)
        stored = view.row is not None
        self.authority_buttons.setVisible(stored and is_ca and self.authority_buttons.offers)
        self.certificate_buttons.setVisible(
            stored and not is_ca and self.certificate_buttons.offers
        )

    def _key(self, view: CertificateView) -> str:
        if view.held:
            return self.tr("{key}, held {place}").format(
                key=view.card.key, place=words.core(view.held)
            )
        return self.tr("{}, not held here").format(view.card.key)

    def _add_own_fields(self, row: CertificateRow) -> None:
        """What the person noted about it."""
        if row.profile:
            self.fields.add(self.tr("Profile"), row.profile)
        if row.color in LABEL_COLOURS:
            self.fields.add(self.tr("Label"), colour_text(row.color))
        if row.tags:
            self.fields.add(self.tr("Tags"), ", ".join(row.tags))
        if row.notes:
            self.fields.add(self.tr("Notes"), visible(row.notes))

    def _choose_issuer(self) -> None:
        if self._shown is not None and self._shown.issuer_id is not None:
            self.issuer_chosen.emit(self._shown.issuer_id)


def _follow(button: QPushButton, action: QAction) -> None:
    """Keep the button as enabled as the action is."""
    button.setToolTip(action.toolTip() if action.toolTip() != plain_text(action.text()) else "")
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
