"""The right chain out of a heap."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtlsgui.formats.items import CertificateItem
from mtlsgui.pki.chain import LONGEST_CHAIN
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.workspace.chaining import (
    MOST_ROUTES,
    MOST_STEPS,
    FullChain,
    Heap,
    build,
    fingerprints,
)
from tests.pki.judges import NOW, Authority, ca_contents, leaf_contents, root
from tests.workspace.papers import (
    INTERMEDIATE,
    ROOT,
    TOP,
    certificates_in,
    facts_of,
    items_of,
    one,
    pair,
)

WEB = one()
OLD = root(ca_contents("Old Root"))
OLD_ROOT = facts_of(OLD.certificate)
CROSS = facts_of(OLD.issue(ca_contents("Test Root"), ROOT.key))
"""The root's name and key, certified by the old root."""


def chain(*items: CertificateFacts | bytes, **how: object) -> FullChain:
    found = build(items_of(*items), now=NOW, **how)  # type: ignore[arg-type]
    assert found is not None
    return found


def names(route: tuple[CertificateItem, ...]) -> list[str | None]:
    return [item.facts.common_name for item in route]


@settings(max_examples=25, deadline=None)
@given(st.permutations([WEB.facts, INTERMEDIATE, TOP, OLD_ROOT]))
def test_the_order_of_the_heap_does_not_matter(order: list[CertificateFacts]) -> None:
    found = chain(*order, WEB.key_pem)
    assert certificates_in(found.certificates) == [
        WEB.facts.fingerprint_sha256,
        INTERMEDIATE.fingerprint_sha256,
    ]
    assert found.root is not None
    assert found.root.facts == TOP
    assert found.missing is None
    assert [item.facts for item in found.superfluous] == [OLD_ROOT]
    in_order = [facts for facts in order if facts != OLD_ROOT] == [WEB.facts, INTERMEDIATE, TOP]
    assert found.out_of_order is not in_order


def test_the_root_is_there_when_asked_for() -> None:
    found = chain(TOP, INTERMEDIATE, WEB.facts, include_root=True)
    assert names(found.certificates) == ["web.example", "Test Issuing CA", "Test Root"]


def test_what_is_missing_is_named_with_its_address() -> None:
    assert chain(WEB.facts, INTERMEDIATE).missing == chain(INTERMEDIATE).missing
    root_missing = chain(WEB.facts, INTERMEDIATE).missing
    assert root_missing is not None
    assert (root_missing.name, root_missing.may_be_root) == ("Test Root", True)
    ca_missing = chain(WEB.facts).missing
    assert ca_missing is not None
    assert (ca_missing.name, ca_missing.may_be_root) == ("Test Issuing CA", False)


def test_of_cross_signed_ways_the_shorter_is_taken_and_all_are_told() -> None:
    found = chain(WEB.facts, INTERMEDIATE, CROSS, OLD_ROOT, TOP)
    assert names(found.routes[0]) == ["web.example", "Test Issuing CA", "Test Root"]
    assert names(found.routes[1]) == ["web.example", "Test Issuing CA", "Test Root", "Old Root"]
    other = fingerprints(found.routes[1])
    chosen = chain(WEB.facts, INTERMEDIATE, CROSS, OLD_ROOT, TOP, route=other)
    assert fingerprints(chosen.certificates) == other[:-1]
    assert [item.facts for item in chosen.superfluous] == [TOP]


def test_a_way_that_ends_in_a_root_is_better_than_a_shorter_one_that_does_not() -> None:
    found = chain(WEB.facts, INTERMEDIATE, CROSS, OLD_ROOT)
    assert names(found.certificates) == ["web.example", "Test Issuing CA", "Test Root"]
    assert found.missing is None


def test_the_expired_way_is_the_last_choice() -> None:
    """A CA's own certificate ends before the one that another root gave it."""
    short = root(ca_contents("Short", days=30))
    long = root(ca_contents("Long"))
    bridge = long.issue(ca_contents("Short", days=365), short.key)
    leaf = Authority(bridge, short.key).issue(
        leaf_contents(BUILT_IN["server"], "x.example"), WEB.key
    )
    items = items_of(*map(facts_of, (leaf, short.certificate, bridge, long.certificate)))
    today = build(items, now=NOW)
    later = build(items, now=NOW + timedelta(days=40))
    assert today is not None
    assert later is not None
    assert names(today.routes[0])[1:] == ["Short"]
    assert names(later.routes[0])[1:] == ["Short", "Long"]


def test_several_leaves_are_said_and_one_is_chosen_by_name() -> None:
    other = pair("api.example")
    found = chain(other.facts, WEB.facts, INTERMEDIATE, WEB.key_pem)
    assert found.leaf.facts == WEB.facts  # its key is here
    assert names(found.leaves) == ["api.example"]
    assert chain(other.facts, WEB.facts, INTERMEDIATE, name="API.EXAMPLE").leaf.facts == other.facts


def test_a_heap_without_certificates_has_no_chain() -> None:
    assert build(items_of(WEB.key_pem), now=NOW) is None


def test_a_self_signed_certificate_is_a_chain_of_its_own() -> None:
    found = chain(TOP)
    assert names(found.certificates) == ["Test Root"]
    assert (found.root, found.missing, found.out_of_order) == (None, None, False)


@pytest.fixture(scope="module")
def thicket() -> tuple[list[CertificateFacts], Authority]:
    """Three certificates of each CA, one from each above: 3^6 ways up from the last."""
    above = [root(ca_contents(f"Top {number}")) for number in range(3)]
    certificates = [facts_of(each.certificate) for each in above]
    for level in range(6):
        contents = ca_contents(f"Level {level}")
        key = root(contents).key
        made = [issuer.issue(contents, key) for issuer in above]
        certificates += map(facts_of, made)
        above = [Authority(each, key) for each in made]
    return certificates, above[0]


def leaves_under(issuer: Authority, count: int) -> list[CertificateItem]:
    return [
        CertificateItem(
            facts_of(issuer.issue(leaf_contents(BUILT_IN["server"], f"{at}.example"), WEB.key))
        )
        for at in range(count)
    ]


def test_of_very_many_ways_the_best_few_are_told(
    thicket: tuple[list[CertificateFacts], Authority],
) -> None:
    certificates, issuer = thicket
    items = [*map(CertificateItem, certificates), *leaves_under(issuer, 1)]
    found = build(items, now=NOW, name="0.example")
    assert found is not None
    assert len(found.routes) == MOST_ROUTES
    assert len(found.routes[0]) == 8
    assert found.missing is None


def test_many_leaves_under_a_thicket_cost_no_more(
    thicket: tuple[list[CertificateFacts], Authority],
) -> None:
    certificates, issuer = thicket
    leaves = leaves_under(issuer, 60)
    heap = Heap([*map(CertificateItem, certificates), *leaves])
    for leaf in leaves:
        best, *_others = heap.routes(leaf, NOW)
        assert best[-1].facts.self_signed
    assert heap.steps <= MOST_STEPS + len(leaves) * LONGEST_CHAIN
