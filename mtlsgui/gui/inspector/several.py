"""What several selected certificates have in common, and what can be done with all of them."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mtlsgui.gui.actions import ActionRegistry
from mtlsgui.gui.authorities.wording import STATUS_TONES, kind_text, status_text
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.offered import ActionSet
from mtlsgui.gui.inspector.summary import ActionButtons
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_PAGE, HEADING_SCALE
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.flow import FlowLayout, clear_layout
from mtlsgui.gui.widgets.labels import label
from mtlsgui.gui.widgets.pill import Pill
from mtlsgui.gui.widgets.value import ValueText
from mtlsgui.gui.words import date
from mtlsgui.workspace.viewing import SeveralView


class SeveralPage(QWidget):
    """A count, states, and facts in common."""

    def __init__(
        self,
        desk: Desk,
        registry: ActionRegistry[Any],
        actions: ActionSet,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.heading = ValueText("", desk.theme.font(HEADING_SCALE, strong=True))
        self._pills = QWidget()
        self._flow = FlowLayout(self._pills, gap=6)
        policy = self._pills.sizePolicy()
        policy.setHeightForWidth(True)
        self._pills.setSizePolicy(policy)
        self.fields = FieldList(desk.theme, desk.clipboard)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_PAGE, GAP_PAGE, GAP_PAGE, GAP_PAGE)
        column.setSpacing(GAP_LARGE)
        column.addWidget(label(self.tr("Selected"), "muted"))
        column.addWidget(self.heading)
        column.addWidget(self._pills)
        column.addWidget(ActionButtons(registry, actions))
        column.addWidget(self.fields)
        column.addStretch()

    def show_several(self, view: SeveralView) -> None:
        """Show these."""
        self.heading.setText(self.tr("{} certificates").format(f"{view.count:,}"))
        clear_layout(self._flow)
        for status in STATUS_TONES:
            number = view.by_status.get(status, 0)
            if number:
                text = f"{number:,} {status_text(status).lower()}"
                self._flow.addWidget(Pill(self._desk.theme, text, STATUS_TONES[status]))
        self.fields.clear()
        kinds = (f"{number:,} {kind_text(kind)}" for kind, number in view.by_kind.items())
        self.fields.add(self.tr("Kinds"), ", ".join(kinds))
        if view.issuers:
            names = "\n".join(visible(name) for name in view.issuers)
            if view.other_issuers:
                names += "\n" + self.tr("and {} more").format(f"{view.other_issuers:,}")
            self.fields.add(self.tr("Issued by"), names)
        first = view.first_to_expire
        if first is not None:
            when = self.tr("{name}, on {date}").format(
                name=visible(first.name), date=date(first.not_after)
            )
            self.fields.add(self.tr("Expires first"), when)
        self.fields.add(self.tr("Keys"), self._keys(view))

    def _keys(self, view: SeveralView) -> str:
        if view.keys_held == view.count:
            return self.tr("All are held here")
        if not view.keys_held:
            return self.tr("None is held here")
        return self.tr("{held} of {count} are held here").format(
            held=f"{view.keys_held:,}", count=f"{view.count:,}"
        )
