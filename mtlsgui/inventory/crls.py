"""Certificate revocation lists, issued by us or imported."""

from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.inventory.records import CrlRow, NewCrl, from_unix, to_unix
from mtlsgui.inventory.store import Row, Store


class Crls:
    """The table `crl`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._table = store.tables.crl

    def add(self, new: NewCrl) -> int:
        """Store a list; its id. number: at most 20 octets, not negative (ValueError)."""
        if new.number is not None and not 0 <= new.number < 1 << 160:
            raise ValueError("a CRL number has at most 20 octets and is not negative")
        values = {
            "issuer_id": new.issuer_id,
            "issuer": new.issuer,
            "number": None if new.number is None else f"{new.number:040x}",
            "this_update": to_unix(new.this_update),
            "next_update": None if new.next_update is None else to_unix(new.next_update),
            "der": new.der,
            "added_at": to_unix(self._store.clock()),
        }
        with self._store.transaction():
            return self._store.insert(self._table, values)

    def get(self, crl_id: int) -> CrlRow:
        """Raises InventoryNotFound."""
        row = self._store.row(self._table.select().where(self._table.id == crl_id))
        if row is None:
            raise InventoryNotFound("There is no such CRL", f"No CRL has the id {crl_id}.")
        return _crl(row)

    def of_issuer(self, issuer_id: int) -> list[CrlRow]:
        """The lists of a CA, newest first by number, then by the order they came in."""
        query = (
            self._table.select()
            .where(self._table.issuer_id == issuer_id)
            .order_by(self._table.number.desc(), self._table.id.desc())
        )
        return [_crl(row) for row in self._store.rows(query)]

    def latest(self, issuer_id: int) -> CrlRow | None:
        """The list with the highest number of a CA, or None."""
        lists = self.of_issuer(issuer_id)
        return lists[0] if lists else None

    def all(self) -> list[CrlRow]:
        """All lists, oldest first."""
        return [
            _crl(row) for row in self._store.rows(self._table.select().order_by(self._table.id))
        ]

    def delete(self, crl_id: int) -> None:
        """Forget a list. Raises InventoryNotFound."""
        with self._store.transaction():
            if not self._store.change(self._table.delete().where(self._table.id == crl_id)):
                raise InventoryNotFound("There is no such CRL", f"No CRL has the id {crl_id}.")


def _crl(row: Row) -> CrlRow:
    identity, issuer_id, issuer, number, this_update, next_update, der, added_at = row
    return CrlRow(
        id=identity,
        issuer_id=issuer_id,
        issuer=issuer,
        number=None if number is None else int(number, 16),
        this_update=from_unix(this_update),
        next_update=None if next_update is None else from_unix(next_update),
        der=der,
        added_at=from_unix(added_at),
    )
