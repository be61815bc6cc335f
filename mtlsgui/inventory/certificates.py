"""Certificates one by one: adding, finding, their issuers, what the user notes about them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from peewee import fn

from mtlsgui.inventory.certificate_rows import (
    certificate_row,
    from_json,
    name_hash,
    new_values,
    shown_by_ids,
    shown_columns,
    texts,
    to_json,
)
from mtlsgui.inventory.errors import (
    InventoryAmbiguous,
    InventoryConflict,
    InventoryDuplicate,
    InventoryNotFound,
)
from mtlsgui.inventory.prepared import Parameter, Prepared, as_list, listed
from mtlsgui.inventory.records import CertificateRow, Deletion, NewCertificate, Warn, to_unix
from mtlsgui.inventory.status import status_values
from mtlsgui.inventory.store import Store

# A shorter prefix of a fingerprint is taken for a name.
SHORTEST_PREFIX = 4
_FINGERPRINT_DIGITS = 64
_PREFIX = re.compile(rf"[0-9a-f]{{{SHORTEST_PREFIX},{_FINGERPRINT_DIGITS}}}")
_SEVERAL_SHOWN = 5


class _Unchanged:
    """The type of UNCHANGED, which leaves a field as it is where None would clear it."""


UNCHANGED: Final = _Unchanged()


class Certificates:
    """The tables `certificate` and `certificate_der`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._table = store.tables.certificate
        self._ders = store.tables.certificate_der

    def add(self, new: NewCertificate) -> int:
        """Store a certificate; its id.

        Raises InventoryDuplicate when it is there already, InventoryConflict when it is one of
        ours and its issuer has used its serial before (RFC 5280 section 4.1.2.2).
        """
        return self.add_many([new])[0]

    def add_many(self, certificates: Iterable[NewCertificate]) -> list[int]:
        """Store many, all or none; their ids in order. Raises as `add` does."""
        added_at = to_unix(self._store.clock())
        several = list(certificates)
        with self._store.transaction():
            self._refuse_known(several)
            self._refuse_bad_issuers(several)
            if not several:
                return []
            rows = [new_values(new, added_at) for new in several]
            columns = ["id", *rows[0]]
            first = self._next_id()
            ids = list(range(first, first + len(rows)))
            self._store.insert_many(
                self._table,
                columns,
                ((each, *row.values()) for each, row in zip(ids, rows, strict=True)),
            )
            self._store.insert_many(
                self._ders,
                ["certificate_id", "der"],
                ((each, new.der) for each, new in zip(ids, several, strict=True)),
            )
        return ids

    def get(
        self, certificate_id: int, now: datetime | None = None, warn: Warn | None = None
    ) -> CertificateRow:
        """Raises InventoryNotFound. now, warn: for the status; else the inventory's own."""
        found = self.get_many([certificate_id], now, warn)
        if not found:
            raise _missing(certificate_id)
        return found[0]

    def get_many(
        self, ids: Sequence[int], now: datetime | None = None, warn: Warn | None = None
    ) -> list[CertificateRow]:
        """Those of the ids that exist, in the order given."""
        status = status_values(to_unix(now or self._store.clock()), warn or self._store.warn)
        rows = self._store.rows(self._shown_by_ids, ids=as_list(ids), **status)
        found = {int(row[0]): certificate_row(row) for row in rows}
        return [found[each] for each in ids if each in found]

    def exists(self, fingerprint: str) -> bool:
        """Whether the certificate with this whole fingerprint is there."""
        return self.id_of(fingerprint) is not None

    def id_of(self, fingerprint: str) -> int | None:
        """The id of the certificate with this whole fingerprint."""
        return self.known([fingerprint]).get(fingerprint)

    def known(self, fingerprints: Iterable[str]) -> dict[str, int]:
        """Those of the fingerprints that are there already, with their ids."""
        rows = self._store.rows(self._ids_by_fingerprint, fingerprints=as_list(fingerprints))
        return {str(fingerprint): int(each) for fingerprint, each in rows}

    def by_fingerprint(
        self, prefix: str, now: datetime | None = None, warn: Warn | None = None
    ) -> list[CertificateRow]:
        """Certificates whose fingerprint begins so (hex, colons and capitals are taken too)."""
        digits = prefix.replace(":", "").lower()
        # A range instead of LIKE, which no index serves; "g" follows the last hex digit.
        within = (self._table.fingerprint >= digits) & (self._table.fingerprint < digits + "g")
        return self._list(within, now, warn)

    def by_spki(
        self, spki_sha256: str, now: datetime | None = None, warn: Warn | None = None
    ) -> list[CertificateRow]:
        """Certificates for this public key, oldest first."""
        return self._list(self._table.spki_sha256 == spki_sha256, now, warn)

    def find(
        self, wanted: str, now: datetime | None = None, warn: Warn | None = None
    ) -> CertificateRow:
        """The certificate with this id, unique fingerprint prefix or unique name.

        An id wins over a name, a name over a prefix. Raises InventoryNotFound, and
        InventoryAmbiguous naming those that match.
        """
        text = wanted.strip()
        if text.isascii() and text.isdigit() and len(text) < len(str(1 << 63)):
            found = self._list(self._table.id == int(text), now, warn)
            if found:
                return found[0]
        found = self._list(self._table.name == text, now, warn)
        digits = text.replace(":", "").lower()
        if not found and _PREFIX.fullmatch(digits):
            found = self.by_fingerprint(digits, now, warn)
        if not found:
            raise InventoryNotFound(
                f"There is no certificate {text!r}",
                "Nothing has this id, name or fingerprint.",
                "`mtlsctl list` shows what there is.",
            )
        if len(found) > 1:
            shown = ", ".join(
                f"{row.id} ({row.name}, {row.fingerprint[:12]})" for row in found[:_SEVERAL_SHOWN]
            )
            more = ", …" if len(found) > _SEVERAL_SHOWN else ""
            raise InventoryAmbiguous(
                f"{text!r} is not unique",
                f"{len(found)} certificates match: {shown}{more}.",
                "Give the id, or more of the fingerprint.",
            )
        return found[0]

    def der(self, certificate_id: int) -> bytes:
        """The certificate itself. Raises InventoryNotFound."""
        row = self._store.row(self._der_by_id, id=certificate_id)
        if row is None:
            raise _missing(certificate_id)
        return bytes(row[0])

    def children(
        self, certificate_id: int, now: datetime | None = None, warn: Warn | None = None
    ) -> list[CertificateRow]:
        """All that it issued, oldest first; for large ones `tree.children_page`."""
        return self._list(self._table.issuer_id == certificate_id, now, warn)

    def chain(
        self, certificate_id: int, now: datetime | None = None, warn: Warn | None = None
    ) -> list[CertificateRow]:
        """The certificate, its issuer, and so on up as far as is known. Leaf first."""
        row = self.get(certificate_id, now, warn)
        chain = [row]
        while row.issuer_id is not None:
            row = self.get(row.issuer_id, now, warn)
            chain.append(row)
        return chain

    def issuer_candidates(
        self,
        issuer_der: bytes,
        aki: str | None = None,
        now: datetime | None = None,
        warn: Warn | None = None,
    ) -> list[CertificateRow]:
        """CAs with this subject that may have issued; with an AKI, those without another SKI.

        The caller verifies the signature. Longest valid first.
        """
        matching = (self._table.subject_hash == name_hash(issuer_der)) & (self._table.is_ca == 1)
        if aki is not None:
            matching &= self._table.ski.is_null() | (self._table.ski == aki)
        found = self._list(matching, now, warn)
        return sorted(found, key=lambda row: row.not_after, reverse=True)

    def orphans_of(
        self,
        subject_der: bytes,
        ski: str | None = None,
        now: datetime | None = None,
        warn: Warn | None = None,
    ) -> list[CertificateRow]:
        """Certificates without known issuer that name this subject as theirs.

        With an SKI, those without another AKI. The caller verifies the signatures.
        """
        matching = (
            (self._table.issuer_hash == name_hash(subject_der))
            & self._table.issuer_id.is_null()
            & (self._table.self_signed == 0)
        )
        if ski is not None:
            matching &= self._table.aki.is_null() | (self._table.aki == ski)
        return self._list(matching, now, warn)

    def link_issuers(self, issuers: Mapping[int, int]) -> int:
        """Set issuers, given certificate id -> issuer id; how many were set.

        A link that would close a ring (CAs that certified each other) is left out, since
        the tree has a top. Raises InventoryConflict when an issuer is not a CA.
        """
        linked = 0
        with self._store.transaction():
            above = self._authority_issuers()
            for certificate_id, issuer_id in issuers.items():
                if issuer_id not in above:
                    raise InventoryConflict(
                        "Only a CA can be an issuer", f"Certificate {issuer_id} is not a CA."
                    )
                if _reaches(issuer_id, certificate_id, above):
                    continue
                if not self._store.change(self._set_issuer, id=certificate_id, issuer=issuer_id):
                    raise _missing(certificate_id)
                if certificate_id in above:
                    above[certificate_id] = issuer_id
                linked += 1
        return linked

    def update(
        self,
        certificate_id: int,
        *,
        label: str | _Unchanged | None = UNCHANGED,
        notes: str | _Unchanged = UNCHANGED,
        tags: tuple[str, ...] | _Unchanged = UNCHANGED,
        color: str | _Unchanged | None = UNCHANGED,
    ) -> None:
        """Change what the user may. An empty or None label goes back to the certificate's name."""
        table = self._table
        query = table.select(
            table.label,
            table.notes,
            table.tags,
            table.color,
            table.common_name,
            table.san,
            table.subject,
            table.serial,
            table.fingerprint,
            table.extra_search,
        ).where(table.id == certificate_id)
        with self._store.transaction():
            row = self._store.row(query)
            if row is None:
                raise _missing(certificate_id)
            new_label = row[0] if isinstance(label, _Unchanged) else (label or None)
            new_notes = row[1] if isinstance(notes, _Unchanged) else notes
            new_tags = from_json(row[2]) if isinstance(tags, _Unchanged) else tags
            new_color = row[3] if isinstance(color, _Unchanged) else color
            derived = texts(
                label=new_label,
                notes=new_notes,
                tags=new_tags,
                common_name=row[4],
                san=from_json(row[5]),
                subject=row[6],
                serial=row[7],
                fingerprint=row[8],
                extra_search=from_json(row[9]),
            )
            self._update(
                certificate_id,
                label=new_label,
                notes=new_notes,
                tags=to_json(new_tags),
                color=new_color,
                **derived,
            )

    def set_key(self, certificate_id: int, key_id: int | None) -> None:
        """Say which key of ours it belongs to, or that we hold it no more."""
        self._update(certificate_id, key_id=key_id)

    def set_key_by_spki(self, spki_sha256: str, key_id: int | None) -> int:
        """The same for all certificates with this public key; how many they are."""
        with self._store.transaction():
            return self._store.change(
                self._table.update(key_id=key_id).where(self._table.spki_sha256 == spki_sha256)
            )

    def revoke(self, certificate_id: int, at: datetime, reason: str) -> None:
        """Note the revocation. reason: an RFC 5280 section 5.3.1 name, keyCompromise and so on."""
        self._update(certificate_id, revoked_at=to_unix(at), revocation_reason=reason)

    def release(self, certificate_id: int) -> None:
        """Take back a revocation (certificateHold, or one noted by mistake)."""
        self._update(certificate_id, revoked_at=None, revocation_reason=None)

    def revoked_by(
        self, issuer_id: int, now: datetime | None = None, warn: Warn | None = None
    ) -> list[CertificateRow]:
        """What a CA issued and is revoked, for its CRL."""
        matching = (self._table.issuer_id == issuer_id) & self._table.revoked_at.is_null(False)
        return self._list(matching, now, warn)

    def what_goes_with(self, certificate_id: int) -> Deletion:
        """What deleting it would touch, for the question before. Raises InventoryNotFound."""
        row = self.get(certificate_id)
        children = self._table.select(fn.COUNT(self._table.id)).where(
            self._table.issuer_id == certificate_id
        )
        crl = self._store.tables.crl
        shared = self._table.select(fn.COUNT(self._table.id)).where(
            (self._table.key_id == row.key_id) & (self._table.id != certificate_id)
        )
        return Deletion(
            children=self._store.number(children),
            crls=self._store.number(
                crl.select(fn.COUNT(crl.id)).where(crl.issuer_id == certificate_id)
            ),
            key_id=row.key_id,
            key_shared=row.key_id is not None and self._store.number(shared) > 0,
        )

    def delete(self, certificate_id: int) -> Deletion:
        """Delete it; what went with it. Its key stays: that is for the caller to decide."""
        with self._store.transaction():
            effects = self.what_goes_with(certificate_id)
            self._store.change(self._table.delete().where(self._table.id == certificate_id))
        return effects

    def tags(self) -> list[str]:
        """All tags in use, in order."""
        query = self._table.select(self._table.tags).where(self._table.tags != "[]").distinct()
        return sorted({tag for (text,) in self._store.rows(query) for tag in from_json(text)})

    def count(self) -> int:
        """How many certificates there are."""
        return self._store.number(self._table.select(fn.COUNT(self._table.id)))

    @cached_property
    def _shown_by_ids(self) -> Prepared:
        return shown_by_ids(self._table)

    @cached_property
    def _ids_by_fingerprint(self) -> Prepared:
        table, wanted = self._table, listed(Parameter("fingerprints"))
        query = table.select(table.fingerprint, table.id)
        return Prepared(query.where(table.fingerprint.in_(wanted)))

    @cached_property
    def _der_by_id(self) -> Prepared:
        ders = self._ders
        return Prepared(ders.select(ders.der).where(ders.certificate_id == Parameter("id")))

    @cached_property
    def _id_by_serial(self) -> Prepared:
        table = self._table
        matching = (table.issuer_hash == Parameter("issuer_hash")) & (
            table.serial == Parameter("serial")
        )
        return Prepared(table.select(table.id).where(matching).limit(1))

    @cached_property
    def _set_issuer(self) -> Prepared:
        table = self._table
        return Prepared(
            table.update(issuer_id=Parameter("issuer")).where(table.id == Parameter("id"))
        )

    @cached_property
    def _is_authority(self) -> Prepared:
        return Prepared(
            self._table.select(self._table.is_ca).where(self._table.id == Parameter("id"))
        )

    @cached_property
    def _highest_id(self) -> Prepared:
        sequence = self._store.tables.sequence
        return Prepared(sequence.select(sequence.seq).where(sequence.name == "certificate"))

    def _list(self, matching: Any, now: datetime | None, warn: Warn | None) -> list[CertificateRow]:
        moment = to_unix(now or self._store.clock())
        columns = shown_columns(self._table, moment, warn or self._store.warn)
        query = self._table.select(*columns).where(matching).order_by(self._table.id)
        return [certificate_row(row) for row in self._store.rows(query)]

    def _update(self, certificate_id: int, **values: Any) -> None:
        with self._store.transaction():
            query = self._table.update(**values).where(self._table.id == certificate_id)
            if not self._store.change(query):
                raise _missing(certificate_id)

    def _next_id(self) -> int:
        """One above every id that was ever given; safe inside our write transaction."""
        return self._store.number(self._highest_id) + 1

    def _refuse_known(self, several: Sequence[NewCertificate]) -> None:
        known = self.known(new.fingerprint for new in several)
        seen: set[str] = set()
        for new in several:
            if new.fingerprint in known or new.fingerprint in seen:
                here = known.get(new.fingerprint)
                raise InventoryDuplicate(
                    "This certificate is in the inventory already",
                    f"{new.subject} (SHA-256 {new.fingerprint[:16]}…)"
                    + (f" is certificate {here}." if here else " was given twice."),
                )
            seen.add(new.fingerprint)
        used: set[tuple[str, str]] = set()
        for new in several:
            if new.source != "issued":
                continue
            issuer_hash = name_hash(new.issuer_der)
            if (issuer_hash, new.serial) in used or self._serial_used(issuer_hash, new.serial):
                raise InventoryConflict(
                    "The issuer has used this serial number before",
                    f"{new.issuer} issued serial {new.serial} already.",
                    "Issue again: a new random serial is taken.",
                )
            used.add((issuer_hash, new.serial))

    def _serial_used(self, issuer_hash: str, serial: str) -> bool:
        found = self._store.row(self._id_by_serial, issuer_hash=issuer_hash, serial=serial)
        return found is not None

    def _refuse_bad_issuers(self, several: Sequence[NewCertificate]) -> None:
        issuers = {new.issuer_id for new in several if new.issuer_id is not None}
        for issuer_id in issuers:
            row = self._store.row(self._is_authority, id=issuer_id)
            if row is None:
                raise _missing(issuer_id)
            if not row[0]:
                raise InventoryConflict(
                    "Only a CA can be an issuer", f"Certificate {issuer_id} is not a CA."
                )

    def _authority_issuers(self) -> dict[int, int | None]:
        query = self._table.select(self._table.id, self._table.issuer_id).where(
            self._table.is_ca == 1
        )
        return dict(self._store.rows(query))


def _reaches(start: int, wanted: int, above: Mapping[int, int | None]) -> bool:
    """Whether `wanted` is `start` or stands above it."""
    at: int | None = start
    while at is not None:
        if at == wanted:
            return True
        at = above.get(at)
    return False


def _missing(certificate_id: int) -> InventoryNotFound:
    return InventoryNotFound(
        "There is no such certificate", f"No certificate has the id {certificate_id}."
    )
