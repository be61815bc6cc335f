"""A workspace: one person's authorities, certificates and keys, and all that works on them.

The modules beside this one hold the use cases; each is a function that takes the workspace first.
They are what the window and `mtlsctl` call, so that neither holds a rule of its own.
"""

import getpass
import socket
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mtlsgui.inventory.inventory import Inventory
from mtlsgui.inventory.records import NewJournalEntry
from mtlsgui.workspace import preferences
from mtlsgui.workspace.custody import Custody
from mtlsgui.workspace.paths import Layout
from mtlsgui.workspace.preferences import Preferences
from mtlsgui.workspace.profiles import ProfileStore
from mtlsgui.workspace.vaults import Vaults

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, aware, UTC."""
    return datetime.now(UTC)


def system_actor() -> str:
    """Who does things here, for the journal: "user@host"."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # no such user in the system's data base, as in some containers
        user = "unknown"
    return f"{user}@{socket.gethostname()}"


class Workspace:
    """An open workspace. It may be open in other processes at the same time."""

    def __init__(
        self, layout: Layout, inventory: Inventory, custody: Custody, clock: Clock, actor: str
    ) -> None:
        self.layout = layout
        self.inventory = inventory
        self.custody = custody
        self.profiles = ProfileStore(layout.profiles)
        self.clock = clock
        self.actor = actor
        self._preferences: Preferences | None = None

    @classmethod
    def open(
        cls,
        directory: Path,
        vaults: Vaults,
        *,
        clock: Clock = system_clock,
        actor: str | None = None,
    ) -> Self:
        """Open the workspace in `directory`; it is made where there is none.

        Raises InventoryError where the inventory is damaged, too new or cannot be written.
        """
        layout = Layout(directory)
        inventory = Inventory.open(layout.inventory, clock)
        try:
            workspace_id = _workspace_id(inventory)
            who = actor or system_actor()
            custody = Custody(inventory, layout, vaults, workspace_id, who, clock=clock)
        except BaseException:
            inventory.close()
            raise
        return cls(layout, inventory, custody, clock, who)

    @property
    def name(self) -> str:
        """What the window's title says: the folder's name, where it has one of its own."""
        folder = self.layout.directory.name
        return "Workspace" if folder == "workspace" else folder

    @property
    def preferences(self) -> Preferences:
        """What the person prefers. Raises MtlsguiError where the file cannot be used."""
        if self._preferences is None:
            self._preferences = preferences.load(self.layout.preferences)
        return self._preferences

    def prefer(self, new: Preferences) -> None:
        """Keep new preferences."""
        preferences.save(new, self.layout.preferences)
        self.assume(new)

    def assume(self, new: Preferences) -> None:
        """Go by these preferences from now on, without keeping them."""
        self._preferences = new
        self.inventory.warn = new.warn

    @contextmanager
    def recorded(
        self, action: str, kind: str, name: str = "", object_id: int | None = None, **details: Any
    ) -> "Iterator[Record]":
        """One transaction with its line in the journal, written last.

        The body may set `name`, `object_id` and `details` on what it is given.
        """
        record = Record(name, object_id, details)
        with self.inventory.transaction():
            yield record
            self.inventory.journal.append(
                NewJournalEntry(
                    self.actor, action, kind, record.object_id, record.name, record.details
                )
            )

    def close(self) -> None:
        """Forget all keys in memory and close the inventory."""
        self.custody.lock()
        self.inventory.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class Record:
    """What the journal will say of a use case."""

    def __init__(self, name: str, object_id: int | None, details: dict[str, Any]) -> None:
        self.name = name
        self.object_id = object_id
        self.details = details


def _workspace_id(inventory: Inventory) -> str:
    """The identity that the vault's entries are filed under; drawn once."""
    known = inventory.settings.get("workspace_id")
    if known is not None:
        return known
    with inventory.transaction():  # another process may be opening the same new workspace
        known = inventory.settings.get("workspace_id") or uuid.uuid4().hex
        inventory.settings.set("workspace_id", known)
    return known
