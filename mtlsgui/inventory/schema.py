"""The tables as peewee's query builder sees them, and the DDL of each format.

Two things are unusual, for speed at 100,000 certificates:
the DER lies in a table of its own, so that rows stay small; and the index
`certificate_tree_name` holds all that filters and the status need, so that a filtered or
status-sorted page is one walk over one index and never touches the rows it leaves out.
"""

from dataclasses import dataclass
from typing import Any

from peewee import Database, Table

CERTIFICATE_COLUMNS = (
    "id",
    "fingerprint",
    "name",
    "sort_name",
    "search_text",
    "subject",
    "issuer",
    "subject_hash",
    "issuer_hash",
    "common_name",
    "serial",
    "not_before",
    "not_after",
    "kind",
    "is_ca",
    "self_signed",
    "key_label",
    "spki_sha256",
    "san",
    "extra_search",
    "ski",
    "aki",
    "issuer_id",
    "key_id",
    "revoked_at",
    "revocation_reason",
    "label",
    "notes",
    "tags",
    "color",
    "profile",
    "source",
    "added_at",
    "predecessor_id",
)
KEY_COLUMNS = (
    "id",
    "spki_sha256",
    "label",
    "algorithm",
    "bits",
    "custody",
    "vault_kind",
    "vault_ref",
    "sealed",
    "state",
    "new_vault_kind",
    "new_vault_ref",
    "added_at",
    "name",
)
REQUEST_COLUMNS = (
    "id",
    "der",
    "name",
    "subject",
    "san",
    "spki_sha256",
    "key_id",
    "added_at",
    "state",
    "certificate_id",
    "notes",
)
CRL_COLUMNS = (
    "id",
    "issuer_id",
    "issuer",
    "number",
    "this_update",
    "next_update",
    "der",
    "added_at",
)
JOURNAL_COLUMNS = (
    "seq",
    "at",
    "actor",
    "action",
    "object_kind",
    "object_id",
    "object_name",
    "details",
    "previous_hash",
    "hash",
)
CONNECTION_TEST_COLUMNS = ("id", "name", "asked", "added_at", "changed_at")
CONNECTION_RESULT_COLUMNS = ("id", "test_id", "at", "outcome", "sentence", "document")


@dataclass(frozen=True, slots=True)
class Tables:
    """One bound `peewee.Table` a table; columns are attributes, which no type checker can see."""

    certificate: Any
    certificate_der: Any
    key: Any
    request: Any
    crl: Any
    journal: Any
    setting: Any
    sequence: Any
    connection_test: Any
    connection_result: Any


def bind_tables(database: Database) -> Tables:
    """The tables, bound to this database and no other."""

    def table(name: str, columns: tuple[str, ...], primary_key: str = "id") -> Any:
        return Table(name, columns, primary_key=primary_key).bind(database)

    return Tables(
        certificate=table("certificate", CERTIFICATE_COLUMNS),
        certificate_der=table("certificate_der", ("certificate_id", "der"), "certificate_id"),
        key=table("key", KEY_COLUMNS),
        request=table("request", REQUEST_COLUMNS),
        crl=table("crl", CRL_COLUMNS),
        journal=table("journal", JOURNAL_COLUMNS, "seq"),
        setting=table("setting", ("name", "value"), "name"),
        # SQLite's own: the highest id ever given to a table with AUTOINCREMENT.
        sequence=table("sqlite_sequence", ("name", "seq"), "name"),
        connection_test=table("connection_test", CONNECTION_TEST_COLUMNS),
        connection_result=table("connection_result", CONNECTION_RESULT_COLUMNS),
    )


# Ids are never used again (AUTOINCREMENT): the journal goes on naming what was deleted.
FORMAT_1 = (
    """
    CREATE TABLE key (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        spki_sha256 TEXT NOT NULL UNIQUE,
        label TEXT NOT NULL,
        algorithm TEXT NOT NULL,
        bits INTEGER,
        custody TEXT NOT NULL CHECK (custody IN ('vault', 'sealed')),
        vault_kind TEXT,
        vault_ref TEXT,
        sealed BLOB,
        state TEXT NOT NULL CHECK (state IN ('pending', 'held', 'moving', 'deleting')),
        new_vault_kind TEXT,
        new_vault_ref TEXT,
        added_at INTEGER NOT NULL,
        name TEXT NOT NULL,
        CHECK (custody = 'vault' AND vault_ref IS NOT NULL AND sealed IS NULL
            OR custody = 'sealed' AND vault_ref IS NULL AND sealed IS NOT NULL)
    )
    """,
    "CREATE INDEX key_unfinished ON key (state) WHERE state <> 'held'",
    """
    CREATE TABLE certificate (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        fingerprint TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        sort_name TEXT NOT NULL,
        search_text TEXT NOT NULL,
        subject TEXT NOT NULL,
        issuer TEXT NOT NULL,
        subject_hash TEXT NOT NULL,
        issuer_hash TEXT NOT NULL,
        common_name TEXT,
        serial TEXT NOT NULL,
        not_before INTEGER NOT NULL,
        not_after INTEGER NOT NULL,
        kind TEXT NOT NULL,
        is_ca INTEGER NOT NULL CHECK (is_ca IN (0, 1)),
        self_signed INTEGER NOT NULL CHECK (self_signed IN (0, 1)),
        key_label TEXT NOT NULL,
        spki_sha256 TEXT NOT NULL,
        san TEXT NOT NULL,
        extra_search TEXT NOT NULL,
        ski TEXT,
        aki TEXT,
        issuer_id INTEGER REFERENCES certificate (id) ON DELETE SET NULL,
        key_id INTEGER REFERENCES key (id) ON DELETE SET NULL,
        revoked_at INTEGER,
        revocation_reason TEXT,
        label TEXT,
        notes TEXT NOT NULL,
        tags TEXT NOT NULL,
        color TEXT,
        profile TEXT,
        source TEXT NOT NULL CHECK (source IN ('issued', 'imported')),
        added_at INTEGER NOT NULL,
        predecessor_id INTEGER REFERENCES certificate (id) ON DELETE SET NULL,
        CHECK (issuer_id <> id)
    )
    """,
    """
    CREATE TABLE certificate_der (
        certificate_id INTEGER PRIMARY KEY REFERENCES certificate (id) ON DELETE CASCADE,
        der BLOB NOT NULL
    )
    """,
    # RFC 5280 section 4.1.2.2: unique per issuer. What others issued we take as it comes.
    """
    CREATE UNIQUE INDEX certificate_issued_serial ON certificate (issuer_hash, serial)
        WHERE source = 'issued'
    """,
    "CREATE INDEX certificate_issuer_serial ON certificate (issuer_hash, serial)",
    "CREATE INDEX certificate_subject ON certificate (subject_hash)",
    "CREATE INDEX certificate_spki ON certificate (spki_sha256)",
    "CREATE INDEX certificate_key ON certificate (key_id) WHERE key_id IS NOT NULL",
    """
    CREATE INDEX certificate_predecessor ON certificate (predecessor_id)
        WHERE predecessor_id IS NOT NULL
    """,
    "CREATE INDEX certificate_authority ON certificate (issuer_id, id) WHERE is_ca = 1",
    """
    CREATE INDEX certificate_tree_name ON certificate (
        issuer_id, is_ca, sort_name, id,
        not_after, not_before, revoked_at, self_signed, key_id, kind, tags, search_text
    )
    """,
    "CREATE INDEX certificate_tree_expires ON certificate (issuer_id, is_ca, not_after, id)",
    "CREATE INDEX certificate_tree_serial ON certificate (issuer_id, is_ca, serial, id)",
    "CREATE INDEX certificate_tree_kind ON certificate (issuer_id, is_ca, kind, sort_name, id)",
    "CREATE INDEX certificate_tree_key ON certificate (issuer_id, is_ca, key_label, sort_name, id)",
    "CREATE INDEX certificate_tree_added ON certificate (issuer_id, is_ca, id)",
    "CREATE INDEX certificate_name ON certificate (name)",
    "CREATE INDEX certificate_sort_name ON certificate (sort_name, id)",
    "CREATE INDEX certificate_expires ON certificate (not_after, id)",
    """
    CREATE TABLE request (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        der BLOB NOT NULL,
        name TEXT NOT NULL,
        subject TEXT NOT NULL,
        san TEXT NOT NULL,
        spki_sha256 TEXT NOT NULL,
        key_id INTEGER REFERENCES key (id) ON DELETE SET NULL,
        added_at INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'fulfilled', 'signed')),
        certificate_id INTEGER REFERENCES certificate (id) ON DELETE SET NULL,
        notes TEXT NOT NULL
    )
    """,
    "CREATE INDEX request_spki ON request (spki_sha256)",
    "CREATE INDEX request_key ON request (key_id) WHERE key_id IS NOT NULL",
    "CREATE INDEX request_certificate ON request (certificate_id) WHERE certificate_id IS NOT NULL",
    # Numbers have up to 20 octets (RFC 5280 section 5.2.3): kept as 40 hex digits, which sort.
    """
    CREATE TABLE crl (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        issuer_id INTEGER REFERENCES certificate (id) ON DELETE SET NULL,
        issuer TEXT NOT NULL,
        number TEXT,
        this_update INTEGER NOT NULL,
        next_update INTEGER,
        der BLOB NOT NULL,
        added_at INTEGER NOT NULL
    )
    """,
    "CREATE INDEX crl_issuer ON crl (issuer_id, number)",
    """
    CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        object_kind TEXT NOT NULL,
        object_id INTEGER,
        object_name TEXT NOT NULL,
        details TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL
    )
    """,
    "CREATE INDEX journal_object ON journal (object_kind, object_id, seq)",
    """
    CREATE TRIGGER journal_is_not_updated BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER journal_is_not_deleted BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)

# What is asked and what came of it are JSON, a result's compressed: nothing searches in them.
FORMAT_2 = (
    """
    CREATE TABLE connection_test (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        asked TEXT NOT NULL,
        added_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE connection_result (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        test_id INTEGER NOT NULL REFERENCES connection_test (id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        sentence TEXT NOT NULL,
        document BLOB NOT NULL
    )
    """,
    "CREATE INDEX connection_result_test ON connection_result (test_id, id)",
)
