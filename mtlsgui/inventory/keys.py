"""Private keys that are held, and where. Rows are written before vault entries and outlive them.

The order that loses no key: `add_pending`, vault.put, `mark_held`; to move: `mark_moving`,
newvault.put, `commit_move`, oldvault.delete, `mark_held`; to delete: `mark_deleting`,
vault.delete, `remove`. Whatever is cut short stands in `unfinished()`.
"""

import sqlite3
from functools import cached_property
from typing import Any

import peewee

from mtlsgui.inventory.errors import InventoryConflict, InventoryDuplicate, InventoryNotFound
from mtlsgui.inventory.prepared import Parameter, Prepared
from mtlsgui.inventory.records import KeyRow, KeyState, NewKey, from_unix, to_unix
from mtlsgui.inventory.schema import KEY_COLUMNS
from mtlsgui.inventory.store import Row, Store


class Keys:
    """The table `key`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._table = store.tables.key

    def add_pending(self, new: NewKey) -> int:
        """Write the row before the vault is asked to keep the key; its id.

        Raises InventoryDuplicate when a key with the same SPKI is known.
        """
        return self._add(new, KeyState.PENDING)

    def add_held(self, new: NewKey) -> int:
        """Write the row of a key that is safe already: sealed bytes need no second step."""
        return self._add(new, KeyState.HELD)

    def get(self, key_id: int) -> KeyRow:
        """Raises InventoryNotFound."""
        row = self._store.row(self._by_id, id=key_id)
        if row is None:
            raise InventoryNotFound("There is no such key", f"No key has the id {key_id}.")
        return _key(row)

    def by_spki(self, spki_sha256: str) -> KeyRow | None:
        """The key with this SPKI, in whatever state."""
        row = self._store.row(self._by_spki, spki_sha256=spki_sha256)
        return None if row is None else _key(row)

    def all(self) -> list[KeyRow]:
        """All keys, oldest first."""
        return self._list(self._table.select())

    def count(self) -> int:
        """How many keys there are."""
        return self._store.number(self._table.select(peewee.fn.COUNT(self._table.id)))

    def pending(self) -> list[KeyRow]:
        """Keys whose vault entry may or may not have been written."""
        return self._list(self._table.select().where(self._table.state == KeyState.PENDING.value))

    def unfinished(self) -> list[KeyRow]:
        """Keys on their way, for recovery at start: pending, moving, deleting."""
        # A literal and not a parameter, so that the partial index over the few of them serves.
        held = peewee.SQL("'held'")
        return self._list(self._table.select().where(self._table.state != held))

    def in_vault(self, vault_kind: str) -> list[KeyRow]:
        """Keys with an entry of their own in this kind of vault."""
        return self._list(self._table.select().where(self._table.vault_kind == vault_kind))

    def certificates_of(self, key_id: int) -> list[int]:
        """The ids of the certificates made with this key, oldest first."""
        certificate = self._store.tables.certificate
        query = (
            certificate.select(certificate.id)
            .where(certificate.key_id == key_id)
            .order_by(certificate.id)
        )
        return [int(found) for (found,) in self._store.rows(query)]

    def mark_held(self, key_id: int) -> None:
        """The one entry that is left was compared; ends a pending, moving or deleting state."""
        self._update(
            key_id, tuple(KeyState), state=KeyState.HELD, new_vault_kind=None, new_vault_ref=None
        )

    def mark_moving(self, key_id: int, new_vault_kind: str, new_vault_ref: str) -> None:
        """Say where a copy is about to be written. `vault_ref` stays the true one."""
        self._update(
            key_id,
            (KeyState.HELD,),
            state=KeyState.MOVING,
            new_vault_kind=new_vault_kind,
            new_vault_ref=new_vault_ref,
        )

    def commit_move(self, key_id: int) -> None:
        """The copy was read back and compared: it is the true one from here on.

        The state stays MOVING and `new_vault_ref` now names the old entry, so that at every
        moment of a move it is `new_vault_ref` that recovery deletes before `mark_held`.
        """
        self._update(
            key_id,
            (KeyState.MOVING,),
            custody="vault",
            sealed=None,
            vault_kind=self._table.new_vault_kind,
            vault_ref=self._table.new_vault_ref,
            new_vault_kind=self._table.vault_kind,
            new_vault_ref=self._table.vault_ref,
        )

    def set_sealed(self, key_id: int, sealed: bytes) -> None:
        """Replace the sealed bytes, when the workspace key changes."""
        with self._store.transaction():
            if self.get(key_id).custody != "sealed":
                raise InventoryConflict("The key is not sealed in the inventory")
            self._update(key_id, (KeyState.HELD,), sealed=sealed)

    def rename(self, key_id: int, name: str) -> None:
        """Set the name that people see."""
        self._update(key_id, tuple(KeyState), name=name)

    def mark_deleting(self, key_id: int) -> None:
        """Say that the vault entry is about to be deleted."""
        self._update(key_id, (KeyState.HELD, KeyState.PENDING), state=KeyState.DELETING)

    def remove(self, key_id: int) -> None:
        """Delete the row, once its vault entry is gone; its certificates and requests stay."""
        with self._store.transaction():
            if not self._store.change(self._table.delete().where(self._table.id == key_id)):
                raise InventoryNotFound("There is no such key", f"No key has the id {key_id}.")

    @cached_property
    def _by_id(self) -> Prepared:
        return Prepared(self._table.select().where(self._table.id == Parameter("id")))

    @cached_property
    def _by_spki(self) -> Prepared:
        wanted = self._table.spki_sha256 == Parameter("spki_sha256")
        return Prepared(self._table.select().where(wanted))

    def _add(self, new: NewKey, state: KeyState) -> int:
        values = {
            "spki_sha256": new.spki_sha256,
            "label": new.label,
            "algorithm": new.algorithm,
            "bits": new.bits,
            "custody": new.custody,
            "vault_kind": new.vault_kind,
            "vault_ref": new.vault_ref,
            "sealed": new.sealed,
            "state": state.value,
            "added_at": to_unix(self._store.clock()),
            "name": new.name,
        }
        with self._store.transaction():
            try:
                return self._store.insert(self._table, values)
            except sqlite3.IntegrityError:
                # Looked up only now: issuing many keys asks for none that is known.
                known = self.by_spki(new.spki_sha256)
                if known is None:
                    raise
                raise InventoryDuplicate(
                    "This key is known already",
                    f"It is key {known.id} ({known.name or known.label}), {known.state.value}.",
                ) from None

    def _update(self, key_id: int, allowed: tuple[KeyState, ...], **values: Any) -> None:
        """Change the row, provided it is in one of the allowed states."""
        with self._store.transaction():
            state = self.get(key_id).state
            if state not in allowed:
                raise InventoryConflict(
                    "The key is not in a state for this",
                    f"Key {key_id} is {state.value}.",
                    "Close and open the workspace again, which finishes what was cut short.",
                )
            self._store.change(self._table.update(**values).where(self._table.id == key_id))

    def _list(self, query: Any) -> list[KeyRow]:
        return [_key(row) for row in self._store.rows(query.order_by(self._table.id))]


def _key(row: Row) -> KeyRow:
    fields = dict(zip(KEY_COLUMNS, row, strict=True))
    state, added_at = KeyState(fields.pop("state")), from_unix(fields.pop("added_at"))
    return KeyRow(**fields, state=state, added_at=added_at)
