"""Connection tests under a name, and the newest of their results."""

import json
from datetime import timedelta

import pytest

from mtlsgui.inventory.connection_tests import MOST_RESULTS
from mtlsgui.inventory.errors import InventoryConflict, InventoryNotFound
from mtlsgui.inventory.inventory import Inventory
from tests.inventory.conftest import Clock
from tests.inventory.making import NOW


def test_a_test_is_kept_renamed_changed_and_forgotten(inventory: Inventory, clock: Clock) -> None:
    tests = inventory.connection_tests
    made = tests.add("Payments", '{"address": "api.test"}')
    clock.advance(timedelta(minutes=1))
    tests.change(made, name="Billing")
    tests.change(made, asked="{}")
    kept = tests.get(made)
    assert (kept.name, kept.asked, kept.outcome) == ("Billing", "{}", None)
    assert (kept.added_at, kept.changed_at) == (NOW, clock.now)
    tests.delete(made)
    assert tests.all() == []
    for refused in (tests.get, tests.delete, lambda gone: tests.change(gone, name="x")):
        with pytest.raises(InventoryNotFound):
            refused(made)


def test_names_are_told_apart(inventory: Inventory) -> None:
    tests = inventory.connection_tests
    first = tests.add("One", "{}")
    second = tests.add("Two", "{}")
    with pytest.raises(InventoryConflict, match="name"):
        tests.add("One", "{}")
    with pytest.raises(InventoryConflict, match="name"):
        tests.change(second, name="One")
    assert [(row.id, row.name) for row in tests.all()] == [(first, "One"), (second, "Two")]


def test_they_come_by_name_with_what_came_of_them_last(inventory: Inventory) -> None:
    tests = inventory.connection_tests
    never, often = tests.add("beta", "{}"), tests.add("Alpha", "{}")
    for minute, outcome in enumerate(("accepted", "timed_out")):
        tests.add_result(often, NOW + timedelta(minutes=minute), outcome, f"It {outcome}.", "{}")
    assert [(row.id, row.outcome, row.sentence, row.last_at) for row in tests.all()] == [
        (often, "timed_out", "It timed_out.", NOW + timedelta(minutes=1)),
        (never, None, None, None),
    ]


def test_the_newest_results_are_kept(inventory: Inventory) -> None:
    tests = inventory.connection_tests
    busy, other = tests.add("busy", "{}"), tests.add("other", "{}")
    kept = tests.add_result(other, NOW, "accepted", "It works.", "{}")
    made = [
        tests.add_result(busy, NOW, "accepted", "It works.", json.dumps({"number": number}))
        for number in range(MOST_RESULTS + 3)
    ]
    assert [row.id for row in tests.results(busy)] == made[:2:-1]
    assert json.loads(tests.document(made[-1])) == {"number": MOST_RESULTS + 2}
    assert [row.id for row in tests.results(other)] == [kept]
    with pytest.raises(InventoryNotFound):
        tests.document(made[0])


def test_results_go_with_their_test(inventory: Inventory) -> None:
    tests = inventory.connection_tests
    test_id = tests.add("gone", "{}")
    result = tests.add_result(test_id, NOW, "accepted", "It works.", "{}")
    tests.delete(test_id)
    assert tests.results(test_id) == []
    for refused in (
        lambda: tests.document(result),
        lambda: tests.add_result(test_id, NOW, "accepted", "It works.", "{}"),
    ):
        with pytest.raises(InventoryNotFound):
            refused()
