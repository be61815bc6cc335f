"""One line of the journal with all that it holds."""

import json
import re
from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from mtlsgui.gui import words
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.local_time import local_time
from mtlsgui.gui.theme.tokens import GAP, GAP_PAGE
from mtlsgui.gui.widgets.buttons import plain_button
from mtlsgui.gui.widgets.card import ButtonFlow, EmptyState
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.labels import label, wrapped
from mtlsgui.gui.widgets.scroll import scrolling
from mtlsgui.inventory.records import JournalEntry
from mtlsgui.pki.describe.words import colons
from mtlsgui.workspace import journaling

_DIGEST = re.compile(r"[0-9a-f]{16,}")
"""Serials and fingerprints, as data has them."""


class EntryView(QStackedWidget):
    """The inspector of the journal."""

    certificate_chosen = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._entry: JournalEntry | None = None
        self._what = label("", "muted")
        self._name = wrapped("", "heading")
        self.show_button = plain_button(self.tr("&Show certificate"))
        self.show_button.clicked.connect(self._show_certificate)
        self._buttons = ButtonFlow(self.show_button)
        self.fields = FieldList(desk.theme, desk.clipboard)
        page = QWidget()
        page.setAccessibleName(self.tr("Line of the journal"))
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for part in (self._what, self._name, self._buttons, self.fields):
            column.addWidget(part)
        column.addStretch()
        self._hint = EmptyState(desk.theme, "", self.tr("Choose a line to see all that it holds."))
        self._page = scrolling(page, GAP_PAGE, GAP_PAGE)
        self.addWidget(self._hint)
        self.addWidget(self._page)

    def show_entry(self, entry: JournalEntry | None) -> None:
        """Show this line; None for none."""
        self._entry = entry
        if entry is None:
            self.setCurrentWidget(self._hint)
            return
        what = words.core(journaling.words_for(entry.action))
        self._what.setText(what)
        self._name.setText(visible(entry.object_name))
        self._name.setVisible(bool(entry.object_name))
        known = journaling.certificate_of(self._desk.ws, entry)
        self._buttons.setVisible(known is not None)
        self.fields.clear()
        self.fields.add(self.tr("When"), local_time(entry.at, seconds=True))
        self.fields.add(self.tr("Who"), visible(entry.actor))
        for name, value in _details(entry):
            if _DIGEST.fullmatch(value):
                shown = colons(value)
                self.fields.add(visible(name), shown, copy=shown, monospace=True)
            else:
                self.fields.add(visible(name), visible(value))
        self.fields.add(self.tr("Line"), f"{entry.seq:,}")
        self.fields.add(self.tr("UTC"), words.date_and_time(entry.at))
        self.fields.add(self.tr("Action"), entry.action, monospace=True)
        if entry.object_id is not None:
            self.fields.add(self.tr("Object"), f"{entry.object_kind} {entry.object_id}")
        for name, digest in (
            (self.tr("Hash"), entry.hash),
            (self.tr("Hash before"), entry.previous_hash),
        ):
            self.fields.add(name, digest, copy=digest, monospace=True)
        self.setCurrentWidget(self._page)

    def _show_certificate(self) -> None:
        row = journaling.certificate_of(self._desk.ws, self._entry) if self._entry else None
        if row is not None:
            self.certificate_chosen.emit(row.id)


def _details(entry: JournalEntry) -> Iterator[tuple[str, str]]:
    """What the details are called, and their values as text; empty ones are left out."""
    for name, value in entry.details.items():
        if value not in (None, "", [], {}):
            yield name.replace("_", " ").capitalize(), _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(_plain(each) for each in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
