"""Named strings of the workspace, and the inventory's own marks (`journal.head`)."""

from functools import cached_property

from mtlsgui.inventory.prepared import Parameter, Prepared
from mtlsgui.inventory.store import Store


class Settings:
    """A small table of names and string values."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._table = store.tables.setting

    def get(self, name: str) -> str | None:
        """The value, or None when it was never set."""
        row = self._store.row(self._by_name, name=name)
        return None if row is None else str(row[0])

    def get_int(self, name: str, default: int) -> int:
        """The value as a whole number; the default when it is not set or not a number."""
        value = self.get(name)
        try:
            return default if value is None else int(value)
        except ValueError:
            return default

    def get_bool(self, name: str, default: bool) -> bool:
        """The value as a truth; the default when it is not set."""
        value = self.get(name)
        return default if value is None else value == "true"

    def set(self, name: str, value: str | int | bool) -> None:
        """Set the value, over what was there."""
        text = ("true" if value else "false") if isinstance(value, bool) else str(value)
        with self._store.transaction():
            self._store.change(self._replace, name=name, value=text)

    def remove(self, name: str) -> None:
        """Forget the value; no error when there is none."""
        with self._store.transaction():
            self._store.change(self._table.delete().where(self._table.name == name))

    def all(self) -> dict[str, str]:
        """All names and values, by name."""
        query = self._table.select(self._table.name, self._table.value).order_by(self._table.name)
        return {str(name): str(value) for name, value in self._store.rows(query)}

    @cached_property
    def _by_name(self) -> Prepared:
        return Prepared(
            self._table.select(self._table.value).where(self._table.name == Parameter("name"))
        )

    @cached_property
    def _replace(self) -> Prepared:
        return Prepared(self._table.replace(name=Parameter("name"), value=Parameter("value")))
