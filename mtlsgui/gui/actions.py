"""What can be done, declared once as data; menus, tool bars and the command palette read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.widgets.labels import plain_text

Context = TypeVar("Context")
"""What actions look at: the selection, the page, the open workspace. The application's own."""

Shortcut = str | QKeySequence.StandardKey | None


def _always(_context: object) -> bool:
    return True


@dataclass(frozen=True)
class Action(Generic[Context]):
    """One thing that can be done.

    text: with mnemonic ("&Renew…"), translated. enabled: may it be done now? handler: does it.
    keywords: further words under which the command palette finds it.
    """

    id: str
    text: str
    handler: Callable[[Context], object]
    icon: str = ""
    shortcut: Shortcut = None
    tooltip: str = ""
    enabled: Callable[[Context], bool] = field(default=_always)
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    keywords: str = ""
    in_palette: bool = True

    @property
    def plain_text(self) -> str:
        """The text without its mnemonic mark."""
        return plain_text(self.text)


class ActionRegistry(Generic[Context]):
    """All actions of one window.

    window: owns the QActions, so that shortcuts work anywhere in it.
    context: called at each trigger and refresh.
    """

    def __init__(self, window: QWidget, theme: Theme, context: Callable[[], Context]) -> None:
        self._window, self._theme, self._context = window, theme, context
        self._actions: dict[str, Action[Context]] = {}
        self._qactions: dict[str, QAction] = {}

    def add(self, *actions: Action[Context]) -> None:
        """Declare actions. Raises ValueError for an id that is taken."""
        for action in actions:
            if action.id in self._actions:
                raise ValueError(f"action {action.id!r} is declared twice")
            self._actions[action.id] = action
            self._qactions[action.id] = self._make(action)
        self.refresh()

    def __getitem__(self, action: str) -> QAction:
        """The QAction with this id. Raises KeyError."""
        return self._qactions[action]

    def __iter__(self) -> Iterator[Action[Context]]:
        return iter(self._actions.values())

    def trigger(self, action: str) -> bool:
        """Do it if it is enabled now; says whether it was."""
        self.refresh()
        qaction = self._qactions[action]
        enabled = qaction.isEnabled()
        qaction.trigger()
        return enabled

    def refresh(self) -> None:
        """Ask every action again whether it is enabled: after each change of the selection."""
        context = self._context()
        for name, action in self._actions.items():
            self._qactions[name].setEnabled(action.enabled(context))

    def menu(
        self, ids: Sequence[str | None], parent: QWidget | None = None, title: str = ""
    ) -> QMenu:
        """A menu of these actions; None is a separator. It refreshes when it opens."""
        menu = QMenu(title, parent or self._window)
        menu.setToolTipsVisible(True)
        for name in ids:
            if name is None:
                menu.addSeparator()
            else:
                menu.addAction(self._qactions[name])
        menu.aboutToShow.connect(self.refresh)
        return menu

    def _make(self, action: Action[Context]) -> QAction:
        qaction = QAction(action.text, self._window)
        qaction.setObjectName(action.id)
        qaction.setMenuRole(action.role)
        if action.shortcut is not None:
            qaction.setShortcut(QKeySequence(action.shortcut))
        if action.icon:
            self._theme.icons.bind(qaction, action.icon)
        if action.tooltip:
            native = qaction.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            qaction.setToolTip(f"{action.tooltip} ({native})" if native else action.tooltip)
        qaction.triggered.connect(lambda _checked=False: self._run(action))
        self._window.addAction(qaction)
        return qaction

    def _run(self, action: Action[Context]) -> None:
        context = self._context()
        if action.enabled(context):
            action.handler(context)
