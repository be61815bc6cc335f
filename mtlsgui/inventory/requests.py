"""Certificate signing requests: ours, waiting for a certificate, and others' that we signed."""

import json
from typing import Any

from peewee import fn

from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.inventory.records import NewRequest, RequestRow, RequestState, from_unix, to_unix
from mtlsgui.inventory.store import Row, Store


class Requests:
    """The table `request`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._table = store.tables.request

    def add(self, new: NewRequest) -> int:
        """Store a request; its id."""
        values = {
            "der": new.der,
            "name": new.name,
            "subject": new.subject,
            "san": json.dumps(new.san),
            "spki_sha256": new.spki_sha256,
            "key_id": new.key_id,
            "added_at": to_unix(self._store.clock()),
            "state": new.state.value,
            "certificate_id": new.certificate_id,
            "notes": new.notes,
        }
        with self._store.transaction():
            return self._store.insert(self._table, values)

    def get(self, request_id: int) -> RequestRow:
        """Raises InventoryNotFound."""
        row = self._store.row(self._table.select().where(self._table.id == request_id))
        if row is None:
            raise _missing(request_id)
        return _request(row)

    def by_spki(self, spki_sha256: str, state: RequestState | None = None) -> list[RequestRow]:
        """Requests for this public key, oldest first; those in one state when it is given."""
        query = self._table.select().where(self._table.spki_sha256 == spki_sha256)
        if state is not None:
            query = query.where(self._table.state == state.value)
        return [_request(row) for row in self._store.rows(query.order_by(self._table.id))]

    def page(
        self,
        offset: int = 0,
        limit: int = 200,
        *,
        state: RequestState | None = None,
        search: str = "",
    ) -> list[RequestRow]:
        """Requests, newest first. search: words that all occur in name, subject, SANs or notes."""
        query = self._select(self._table.select(), state, search).order_by(self._table.id.desc())
        return [_request(row) for row in self._store.rows(query.limit(limit).offset(offset))]

    def count(self, *, state: RequestState | None = None, search: str = "") -> int:
        """How many requests `page` would show in all."""
        from_all = self._table.select(fn.COUNT(self._table.id))
        return self._store.number(self._select(from_all, state, search))

    def fulfil(
        self, request_id: int, certificate_id: int, state: RequestState = RequestState.FULFILLED
    ) -> None:
        """Note the certificate that came of it, and whether we signed it."""
        self._update(request_id, state=state.value, certificate_id=certificate_id)

    def set_key_by_spki(self, spki_sha256: str, key_id: int) -> int:
        """Say of all requests with this public key that we hold its key; how many they are."""
        with self._store.transaction():
            return self._store.change(
                self._table.update(key_id=key_id).where(self._table.spki_sha256 == spki_sha256)
            )

    def update(self, request_id: int, *, name: str | None = None, notes: str | None = None) -> None:
        """Change what the user may; None leaves a field as it is."""
        given = {"name": name, "notes": notes}
        values = {field: value for field, value in given.items() if value is not None}
        if values:
            self._update(request_id, **values)

    def delete(self, request_id: int) -> None:
        """Forget the request; its key stays. Raises InventoryNotFound."""
        with self._store.transaction():
            if not self._store.change(self._table.delete().where(self._table.id == request_id)):
                raise _missing(request_id)

    def _update(self, request_id: int, **values: Any) -> None:
        with self._store.transaction():
            query = self._table.update(**values).where(self._table.id == request_id)
            if not self._store.change(query):
                raise _missing(request_id)

    def _select(self, query: Any, state: RequestState | None, search: str) -> Any:
        table = self._table
        if state is not None:
            query = query.where(table.state == state.value)
        for term in search.split():
            query = query.where(
                table.name.contains(term)
                | table.subject.contains(term)
                | table.san.contains(term)
                | table.notes.contains(term)
            )
        return query


def _missing(request_id: int) -> InventoryNotFound:
    return InventoryNotFound("There is no such request", f"No request has the id {request_id}.")


def _request(row: Row) -> RequestRow:
    identity, der, name, subject, san, spki, key_id, added_at, state, certificate_id, notes = row
    return RequestRow(
        id=identity,
        der=der,
        name=name,
        subject=subject,
        san=tuple(json.loads(san)),
        spki_sha256=spki,
        key_id=key_id,
        added_at=from_unix(added_at),
        state=RequestState(state),
        certificate_id=certificate_id,
        notes=notes,
    )
