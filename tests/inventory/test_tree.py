"""Pages of the tree, compared with the same worked out in Python over all rows."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from random import Random
from typing import Any, get_args

import pytest

from mtlsgui.inventory import tree as tree_module
from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.inventory.inventory import Inventory
from mtlsgui.inventory.records import (
    CertificateRow,
    Sort,
    SortColumn,
    Status,
    TreeFilter,
    TreeStep,
    Warn,
)
from mtlsgui.inventory.search import sort_key
from mtlsgui.inventory.tree import ALL
from tests.inventory.making import NOW, authority, certificate

DAY = timedelta(days=1)
WARN = Warn()
EVERYTHING = TreeFilter()
FILTERS = (
    EVERYTHING,
    TreeFilter(search="web1"),
    TreeFilter(search="WEB example"),
    TreeFilter(search="nothing like it"),
    TreeFilter(statuses=frozenset({Status.EXPIRED, Status.NO_KEY})),
    TreeFilter(kinds=frozenset({"client"}), statuses=frozenset({Status.VALID})),
    TreeFilter(tags=frozenset({"prod"})),
    TreeFilter(expires_before=NOW + 10 * DAY),
)


@pytest.fixture
def forest(inventory: Inventory) -> Inventory:
    """Three roots, intermediates two deep, end-entities everywhere, and some without issuer."""
    random = Random(7)  # noqa: S311
    add = inventory.certificates.add
    parents: list[int | None] = [None]
    for name in ("Root 1", "Root 2", "Root 10"):
        root = add(authority(name, not_after=NOW + random.randint(-10, 4000) * DAY))
        middle = add(authority(f"{name} Middle", root))
        parents += [root, middle, add(authority(f"{name} Low", middle))]
    inventory.certificates.add_many(
        certificate(
            f"web{at}.test",
            f"Issuer {parent}",
            parent,
            kind=random.choice(["server", "client"]),
            key_label=random.choice(["ECDSA P-256", "RSA 2048"]),
            not_after=NOW + random.randint(-20, 90) * DAY,
            revoked_at=NOW if random.random() < 0.1 else None,
            tags=("prod",) if random.random() < 0.2 else ("product",),
        )
        for at, parent in enumerate(random.choices(parents, k=120))
    )
    return inventory


def sort_value(row: CertificateRow, column: SortColumn) -> tuple[Any, ...]:
    name = sort_key(row.name)
    by: dict[str, tuple[Any, ...]] = {
        "name": (name,),
        "status": (list(Status).index(row.status), name),
        "expires": (row.not_after,),
        "kind": (row.kind, name),
        "serial": (row.serial,),
        "key": (row.key_label, name),
        "added": (),
    }
    return (*by[column], row.id)


def matches(row: CertificateRow, wanted: TreeFilter) -> bool:
    text = " ".join([row.subject, *row.san, row.serial, row.fingerprint, *row.tags]).casefold()
    return (
        all(term in text for term in wanted.search.casefold().split())
        and (not wanted.statuses or row.status in wanted.statuses)
        and (not wanted.kinds or row.kind in wanted.kinds)
        and wanted.tags <= set(row.tags)
        and (wanted.expires_before is None or row.not_after < wanted.expires_before)
    )


class Model:
    """The tree by the words of its contract, slowly."""

    def __init__(self, inventory: Inventory, wanted: TreeFilter) -> None:
        self.rows = inventory.tree.flat_page(EVERYTHING, Sort("added"), NOW, WARN)
        self.wanted = wanted

    def shown(self, row: CertificateRow) -> bool:
        below = (each for each in self.rows if each.issuer_id == row.id)
        return matches(row, self.wanted) or any(self.shown(each) for each in below)

    def children(self, parent_id: int | None, sort: Sort) -> list[int]:
        under = [row for row in self.rows if row.issuer_id == parent_id and self.shown(row)]
        under.sort(key=lambda row: sort_value(row, sort.column), reverse=sort.descending)
        return [row.id for row in sorted(under, key=lambda row: not row.is_ca)]


@pytest.mark.parametrize("wanted", FILTERS)
def test_pages_are_as_the_contract_says(forest: Inventory, wanted: TreeFilter) -> None:
    model, tree = Model(forest, wanted), forest.tree
    parents = [None, *(row.id for row in model.rows if row.is_ca)]
    for parent, column, descending in product(parents, get_args(SortColumn), (False, True)):
        sort = Sort(column, descending)
        expected = model.children(parent, sort)
        assert tree.children_count(parent, wanted, NOW, WARN) == len(expected)
        whole = tree.children_page(parent, wanted, sort, NOW, WARN)
        assert [row.id for row in whole] == expected
        for row in whole:
            assert row.child_count == len(model.children(row.id, sort))
        for offset, limit in product((0, 1, 2, 3, 7, len(expected), 500), (1, 3, ALL)):
            page = tree.children_page(parent, wanted, sort, NOW, WARN, offset, limit)
            end = None if limit == ALL else offset + limit
            assert [row.id for row in page] == expected[offset:end], (sort, offset, limit)
    assert tree.roots_count(wanted, NOW, WARN) == len(model.children(None, Sort()))
    assert [row.id for row in tree.roots_page(wanted, Sort(), NOW, WARN)] == model.children(
        None, Sort()
    )


def test_pages_are_the_same_where_many_match(
    forest: Inventory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which way a page is found must not show; the walk is for sizes no test has."""
    monkeypatch.setattr(tree_module, "_MANY", 0)
    test_pages_are_as_the_contract_says(forest, FILTERS[1])


@pytest.mark.parametrize("wanted", FILTERS)
def test_flat_lists_are_sorted_alone_by_what_was_asked(
    forest: Inventory, wanted: TreeFilter
) -> None:
    model = Model(forest, wanted)
    for column, descending in product(get_args(SortColumn), (False, True)):
        found = [row for row in model.rows if matches(row, wanted)]
        found.sort(key=lambda row: sort_value(row, column), reverse=descending)
        page = forest.tree.flat_page(wanted, Sort(column, descending), NOW, WARN, 1, 5)
        assert [row.id for row in page] == [row.id for row in found[1:6]]
        assert forest.tree.flat_count(wanted, NOW, WARN) == len(found)


@pytest.mark.parametrize("wanted", FILTERS)
def test_positions_lead_to_the_row(forest: Inventory, wanted: TreeFilter) -> None:
    model = Model(forest, wanted)
    for row, column in product(model.rows[::5], get_args(SortColumn)):
        sort = Sort(column, descending=column == "name")
        path = forest.tree.position_of(row.id, NOW, WARN, wanted, sort)
        if not model.shown(row):
            assert path == ()
            continue
        chain = forest.certificates.chain(row.id)[::-1]
        assert path == tuple(
            TreeStep(each.issuer_id, model.children(each.issuer_id, sort).index(each.id), each.id)
            for each in chain
        )


def test_the_position_of_nothing_is_an_error(inventory: Inventory) -> None:
    with pytest.raises(InventoryNotFound):
        inventory.tree.position_of(1, NOW, WARN)


def test_counts_add_up(forest: Inventory) -> None:
    rows = forest.tree.flat_page(EVERYTHING, Sort(), NOW, WARN)
    counts = forest.tree.counts(NOW, WARN)
    assert counts.total == len(rows)
    assert counts.authorities == 9
    for status in Status:
        assert counts.by_status.get(status, 0) == sum(row.status is status for row in rows)
    for kind in {row.kind for row in rows}:
        assert counts.by_kind[kind] == sum(row.kind == kind for row in rows)


def test_an_empty_inventory_has_empty_pages(inventory: Inventory) -> None:
    assert inventory.tree.roots_page(EVERYTHING, Sort(), NOW, WARN) == []
    assert inventory.tree.flat_page(TreeFilter(search="x"), Sort(), NOW, WARN) == []
    assert inventory.tree.counts(NOW, WARN).total == 0


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("WEB.test", True),
        ("xn--mnchen", True),
        ("münchen", True),  # the caller gave it as extra_search
        ("10.0.0", True),
        ("ab:cd:ef", True),
        ("AB:CD:EF", True),
        ("abcdef", True),
        ("rack blue", True),
        ("50%", True),
        ("a_b", True),
        ("back\\slash", True),
        ("5%0", False),
        ("w_b.test", False),
        ("web%test", False),
        ("rack green", False),
        ("fe80:01", True),
        ("x" * 100_000, False),
        ("null\x00", False),
    ],
)
def test_search_takes_words_as_they_are(inventory: Inventory, search: str, found: bool) -> None:
    inventory.certificates.add(
        certificate(
            san=("dns:web.test", "dns:xn--mnchen-3ya.test", "ip:10.0.0.1", "ip:fe80:01::1"),
            extra_search=("münchen.test",),
            serial="01abcdef99",
            notes="Rack 7, 50% full, a_b, back\\slash",
            tags=("Blue",),
        )
    )
    assert inventory.tree.flat_count(TreeFilter(search=search), NOW, WARN) == int(found)


def test_names_sort_by_the_numbers_in_them(inventory: Inventory) -> None:
    inventory.certificates.add_many(certificate(name) for name in ("web10", "Web9", "web1"))
    page = inventory.tree.flat_page(EVERYTHING, Sort(), NOW, WARN)
    assert [row.name for row in page] == ["web1", "Web9", "web10"]


@pytest.mark.parametrize(
    "change",
    [
        lambda inventory, made: inventory.certificates.update(made, label="gone"),
        lambda inventory, made: inventory.certificates.delete(made),
    ],
)
def test_a_filter_sees_changes_at_once(
    inventory: Inventory, change: Callable[[Inventory, int], object]
) -> None:
    made = inventory.certificates.add(certificate(label="findable"))
    wanted = TreeFilter(search="findable")
    assert inventory.tree.roots_count(wanted, NOW, WARN) == 1
    change(inventory, made)
    assert inventory.tree.roots_count(wanted, NOW, WARN) == 0


def test_a_filter_sees_changes_of_others_at_once(inventory: Inventory) -> None:
    wanted = TreeFilter(search="web")
    assert inventory.tree.roots_count(wanted, NOW, WARN) == 0
    with Inventory.open(inventory.path, lambda: NOW) as other:
        other.certificates.add(certificate())
    assert inventory.tree.roots_count(wanted, NOW, WARN) == 1


@pytest.mark.parametrize("column", ["name", "expires", "kind", "serial", "key", "added"])
def test_a_page_is_a_walk_over_an_index(forest: Inventory, column: SortColumn) -> None:
    """No sorting of all rows, which is what would be slow at 100,000."""
    connection = forest._store.connection()
    seen: list[str] = []
    connection.set_trace_callback(seen.append)
    forest.tree.children_page(1, EVERYTHING, Sort(column), NOW, WARN, 0, 10)
    connection.set_trace_callback(None)
    ordered = [statement for statement in seen if "ORDER BY" in statement]
    assert ordered
    for statement in ordered:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
        assert any("USING" in step and "INDEX" in step for step in plan), plan
        assert not any("TEMP B-TREE" in step for step in plan), plan


def test_a_filter_reads_one_covering_index(forest: Inventory) -> None:
    connection = forest._store.connection()
    seen: list[str] = []
    connection.set_trace_callback(seen.append)
    forest.tree.roots_count(FILTERS[1], NOW, WARN)
    connection.set_trace_callback(None)
    grouped = next(statement for statement in seen if "GROUP BY" in statement)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {grouped}")]
    assert any("COVERING INDEX certificate_tree_name" in step for step in plan), plan
