"""The lines of the journal as a table, newest first."""

from enum import IntEnum

from PySide6.QtCore import QObject

from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.local_time import local_time
from mtlsgui.gui.paged_table import PagedTableModel
from mtlsgui.gui.words import core
from mtlsgui.inventory.records import JournalEntry
from mtlsgui.workspace.journaling import words_for
from mtlsgui.workspace.workspace import Workspace


class Column(IntEnum):
    """The columns from the left."""

    WHEN = 0
    WHAT = 1
    NAME = 2
    WHO = 3


class JournalModel(PagedTableModel[JournalEntry]):
    """Those lines that a search and an action leave."""

    def __init__(self, ws: Workspace, parent: QObject | None = None) -> None:
        super().__init__(("", "", "", ""), parent)
        self._titles = (self.tr("When"), self.tr("What"), self.tr("Name"), self.tr("Who"))
        self._ws = ws
        self._search = ""
        self._action: str | None = None
        self.reload()

    @property
    def search(self) -> str:
        """Words that all occur in a line."""
        return self._search

    @property
    def action(self) -> str | None:
        """The one action shown; None for all."""
        return self._action

    def narrow_down(self, search: str, action: str | None) -> None:
        """Show only these lines."""
        if (search, action) != (self._search, self._action):
            self._search, self._action = search, action
            self.reload()

    def read_count(self) -> int:
        return self._ws.inventory.journal.count(search=self._search, action=self._action)

    def read_page(self, offset: int, limit: int) -> list[JournalEntry]:
        return self._ws.inventory.journal.page(
            offset, limit, search=self._search, action=self._action
        )

    def key(self, row: JournalEntry) -> int:
        return row.seq

    def text(self, row: JournalEntry, column: int) -> str:
        match column:
            case Column.WHEN:
                return local_time(row.at)
            case Column.WHAT:
                return core(words_for(row.action))
            case Column.NAME:
                return visible(row.object_name)
            case _:
                return visible(row.actor)
