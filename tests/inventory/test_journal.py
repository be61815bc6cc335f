import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from mtlsgui.inventory.inventory import Inventory
from mtlsgui.inventory.journal import entry_hash
from mtlsgui.inventory.records import Verification
from tests.inventory.conftest import Clock
from tests.inventory.making import NOW, entry


@contextmanager
def tampering(path: Path) -> Iterator[sqlite3.Connection]:
    """The file in the hands of someone with a database tool, triggers removed."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER journal_is_not_updated")
        connection.execute("DROP TRIGGER journal_is_not_deleted")
        yield connection


def test_entries_come_back_newest_first(inventory: Inventory) -> None:
    made = inventory.journal.append(entry(details={"serial": "0a", "days": 90, "n": [1, None]}))
    inventory.journal.append(entry("revoke", "é.test", object_id=2))
    newest, oldest = inventory.journal.page()
    assert oldest == made
    assert (oldest.seq, oldest.at, oldest.details) == (
        1,
        NOW,
        {"serial": "0a", "days": 90, "n": [1, None]},
    )
    assert newest.previous_hash == oldest.hash
    assert inventory.journal.verify() == Verification(True, 2, None)


def test_the_hash_is_what_the_rule_says(inventory: Inventory) -> None:
    made = inventory.journal.append(entry(details={"b": 1, "a": "é"}))
    line = (
        '{"action":"issue","actor":"ada@host","at":1795435200,"details":{"a":"é","b":1},'
        '"object_id":1,"object_kind":"certificate","object_name":"web.test",'
        f'"previous_hash":"{"0" * 64}","seq":1}}'
    )
    assert made.hash == entry_hash(json.loads(line))


def test_entries_are_searched_and_filtered(inventory: Inventory) -> None:
    inventory.journal.append(entry("issue", "a.test"))
    inventory.journal.append(entry("issue", "b.test", object_id=2))
    inventory.journal.append(entry("revoke", "a.test", details={"reason": "keyCompromise"}))
    journal = inventory.journal
    assert [each.seq for each in journal.page(search="A.TEST")] == [3, 1]
    assert journal.count(search="compromise") == 1
    assert journal.count(search="%") == 0
    assert [each.seq for each in journal.page(action="issue", limit=1)] == [2]
    assert [each.seq for each in journal.page(1, 1)] == [2]
    assert journal.count(object_kind="certificate", object_id=2) == 1
    assert journal.actions() == ["issue", "revoke"]


def test_an_entry_is_undone_with_what_it_tells_of(inventory: Inventory) -> None:
    inventory.journal.append(entry())
    with suppress(RuntimeError), inventory.transaction():
        inventory.journal.append(entry())
        raise RuntimeError
    assert inventory.journal.append(entry()).seq == 2
    assert inventory.journal.verify().verified


def test_a_clock_that_runs_backwards_does_not_reorder(inventory: Inventory, clock: Clock) -> None:
    inventory.journal.append(entry("first"))
    clock.advance(timedelta(days=-400))
    inventory.journal.append(entry("second"))
    assert [each.action for each in inventory.journal.page()] == ["second", "first"]
    assert inventory.journal.page()[0].at < inventory.journal.page()[1].at
    assert inventory.journal.verify().verified


@pytest.mark.parametrize("statement", ["UPDATE journal SET actor = 'eve'", "DELETE FROM journal"])
def test_lines_cannot_be_changed_in_passing(inventory: Inventory, statement: str) -> None:
    inventory.journal.append(entry())
    with (
        closing(sqlite3.connect(inventory.path)) as other,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        other.execute(statement)


@pytest.mark.parametrize("details", [{"when": NOW}, {"n": float("nan")}])
def test_details_are_plain_values(inventory: Inventory, details: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        inventory.journal.append(entry(details=details))
    assert inventory.journal.count() == 0


def _swap(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE journal SET seq = 100 WHERE seq = 4")
    connection.execute("UPDATE journal SET seq = 4 WHERE seq = 5")
    connection.execute("UPDATE journal SET seq = 5 WHERE seq = 100")


def _add_unhashed(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO journal SELECT 11, at, actor, action, object_kind, object_id, object_name,"
        " details, hash, 'x' FROM journal WHERE seq = 10"
    )


@pytest.mark.parametrize(
    ("tamper", "first_bad"),
    [
        ("UPDATE journal SET object_name = 'x' WHERE seq = 4", 4),
        ("UPDATE journal SET at = at + 1 WHERE seq = 1", 1),
        ("UPDATE journal SET actor = 'eve@host' WHERE seq = 10", 10),
        ("UPDATE journal SET details = '{\"a\": 1}' WHERE seq = 2", 2),
        ("UPDATE journal SET details = 'no json' WHERE seq = 2", 2),
        ("UPDATE journal SET object_id = NULL WHERE seq = 3", 3),
        ("UPDATE journal SET hash = previous_hash WHERE seq = 6", 6),
        ("DELETE FROM journal WHERE seq = 1", 1),
        ("DELETE FROM journal WHERE seq = 5", 5),
        ("DELETE FROM journal WHERE seq >= 9", 9),
        ("DELETE FROM journal", 1),
        ("INSERT INTO journal SELECT 0, at, actor, action, object_kind, object_id, object_name,"
         " details, previous_hash, hash FROM journal WHERE seq = 1", 1),
        (_swap, 4),
        (_add_unhashed, 11),
        ("DELETE FROM setting WHERE name = 'journal.head'", 1),
        ("UPDATE setting SET value = '10 00' WHERE name = 'journal.head'", 11),
        ("UPDATE setting SET value = 'nonsense' WHERE name = 'journal.head'", 1),
    ],
)  # fmt: skip
def test_tampering_shows(
    inventory: Inventory, tamper: str | Callable[[sqlite3.Connection], None], first_bad: int
) -> None:
    for at in range(10):
        inventory.journal.append(entry(name=f"c{at}"))
    with tampering(inventory.path) as connection:
        connection.execute(tamper) if isinstance(tamper, str) else tamper(connection)
    found = inventory.journal.verify()
    assert (found.verified, found.first_bad) == (False, first_bad)


def test_a_long_journal_is_verified_in_parts(inventory: Inventory) -> None:
    with inventory.transaction():
        for _ in range(5_000):
            inventory.journal.append(entry())
    assert inventory.journal.verify() == Verification(True, 5_000, None)
