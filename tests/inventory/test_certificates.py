from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mtlsgui.inventory.errors import (
    InventoryAmbiguous,
    InventoryConflict,
    InventoryDuplicate,
    InventoryNotFound,
)
from mtlsgui.inventory.inventory import Inventory
from mtlsgui.inventory.records import Deletion, NewCertificate, NewCrl, Status
from tests.inventory.making import NOW, authority, certificate, digest, key

# What is only stored to be found or computed by, and the DER, which is read apart.
_NOT_SHOWN = {"der", "subject_der", "issuer_der", "common_name", "extra_search"}


def test_a_certificate_comes_back_as_it_was_stored(inventory: Inventory) -> None:
    root = inventory.certificates.add(authority())
    new = certificate(
        parent=root,
        san=("dns:web.test", "ip:10.0.0.1", "uri:spiffe://a/b\nc"),
        tags=("prod", "ünï"),
        notes="rack 7",
        color="red",
        profile="server",
        ski="aa",
        aki="bb",
        revoked_at=NOW,
        revocation_reason="keyCompromise",
        label="My web",
    )
    row = inventory.certificates.get(inventory.certificates.add(new))

    kept = [each.name for each in fields(NewCertificate) if each.name not in _NOT_SHOWN]
    for name in kept:
        assert getattr(row, name) == getattr(new, name), name
    assert row.name == "My web"
    assert row.added_at == NOW
    assert inventory.certificates.der(row.id) == new.der


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"label": "mine"}, "mine"),
        ({}, "web.test"),
        ({"common_name": None, "san": ("ip:10.0.0.1",)}, "10.0.0.1"),
        ({"common_name": None, "san": ()}, "CN=web.test,O=Example"),
    ],
)
def test_the_name_is_the_best_there_is(
    inventory: Inventory, changes: dict[str, Any], shown: str
) -> None:
    assert inventory.certificates.get(inventory.certificates.add(certificate(**changes))).name == (
        shown
    )


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        (datetime(1950, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (datetime(1, 1, 1, tzinfo=UTC), datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_times_far_from_now_are_kept(inventory: Inventory, begin: datetime, end: datetime) -> None:
    row = inventory.certificates.get(
        inventory.certificates.add(certificate(not_before=begin, not_after=end))
    )
    assert (row.not_before, row.not_after) == (begin, end)


def test_the_same_certificate_is_not_stored_twice(inventory: Inventory) -> None:
    inventory.certificates.add(certificate())
    with pytest.raises(InventoryDuplicate, match="already"):
        inventory.certificates.add(certificate())
    with pytest.raises(InventoryDuplicate, match="given twice"):
        inventory.certificates.add_many([certificate("b.test"), certificate("b.test")])
    assert inventory.certificates.count() == 1


def test_our_own_serials_are_unique_per_issuer(inventory: Inventory) -> None:
    inventory.certificates.add(certificate("a.test", serial="01"))
    with pytest.raises(InventoryConflict, match="used this serial"):
        inventory.certificates.add(certificate("b.test", serial="01", source="issued"))
    inventory.certificates.add(certificate("b.test", "Other CA", serial="01", source="issued"))


def test_serials_that_others_used_twice_are_taken_as_they_come(inventory: Inventory) -> None:
    inventory.certificates.add_many(
        [certificate("a.test", serial="01"), certificate("b.test", serial="01")]
    )
    assert inventory.certificates.count() == 2


def test_many_are_added_or_none(inventory: Inventory) -> None:
    inventory.certificates.add(certificate("known.test"))
    with pytest.raises(InventoryDuplicate):
        inventory.certificates.add_many([certificate("new.test"), certificate("known.test")])
    assert inventory.certificates.count() == 1
    assert not inventory.certificates.exists(certificate("new.test").fingerprint)


def test_ten_thousand_are_added_at_once(inventory: Inventory) -> None:
    root = inventory.certificates.add(authority())
    ids = inventory.certificates.add_many(certificate(f"h{n}", parent=root) for n in range(10_000))
    assert len(set(ids)) == 10_000
    assert inventory.certificates.get(ids[1234]).name == "h1234"
    assert inventory.certificates.der(ids[9999]) == b"der of h9999"


def test_ids_are_never_used_again(inventory: Inventory) -> None:
    first = inventory.certificates.add(certificate("a.test"))
    inventory.certificates.delete(first)
    assert inventory.certificates.add(certificate("b.test")) > first


class TestFind:
    def test_by_id_name_and_fingerprint(self, inventory: Inventory) -> None:
        new = certificate()
        made = inventory.certificates.add(new)
        with_colons = ":".join(new.fingerprint[at : at + 2].upper() for at in range(0, 20, 2))
        for wanted in (str(made), " web.test ", new.fingerprint, new.fingerprint[:6], with_colons):
            assert inventory.certificates.find(wanted).id == made

    def test_nothing(self, inventory: Inventory) -> None:
        for wanted in ("", "nobody", "17", "9" * 40, "²", "%", "abcdef"):
            with pytest.raises(InventoryNotFound):
                inventory.certificates.find(wanted)

    def test_several_are_named(self, inventory: Inventory) -> None:
        inventory.certificates.add_many([certificate(issuer="A"), certificate(issuer="B")])
        with pytest.raises(InventoryAmbiguous) as caught:
            inventory.certificates.find("web.test")
        assert "2 certificates match: 1 (web.test" in caught.value.detail

    def test_a_short_hexadecimal_word_is_no_fingerprint(self, inventory: Inventory) -> None:
        new = certificate()
        inventory.certificates.add(new)
        with pytest.raises(InventoryNotFound):
            inventory.certificates.find(f"{new.fingerprint[:2]}")


class TestIssuers:
    def test_chain_goes_up_to_the_root(self, inventory: Inventory) -> None:
        root = inventory.certificates.add(authority("Root"))
        middle = inventory.certificates.add(authority("Middle", root))
        leaf = inventory.certificates.add(certificate(parent=middle))
        assert [row.id for row in inventory.certificates.chain(leaf)] == [leaf, middle, root]
        assert [row.id for row in inventory.certificates.children(root)] == [middle]

    def test_candidates_have_the_subject_and_no_other_key_identifier(
        self, inventory: Inventory
    ) -> None:
        old = inventory.certificates.add(authority(ski="aa", serial="01"))
        new = inventory.certificates.add(authority(ski="bb", serial="02"))
        bare = inventory.certificates.add(authority(ski=None, serial="03"))
        inventory.certificates.add(certificate("Root", "X"))  # the name, but not a CA

        def found(aki: str | None) -> set[int]:
            return {row.id for row in inventory.certificates.issuer_candidates(b"CN=Root", aki)}

        assert found("aa") == {old, bare}
        assert found(None) == {old, new, bare}

    def test_orphans_find_their_issuer_later(self, inventory: Inventory) -> None:
        orphan = inventory.certificates.add(certificate(aki="aa"))
        inventory.certificates.add(certificate("else.test", aki="bb"))
        inventory.certificates.add(certificate("w.test", "Other"))
        assert inventory.certificates.get(orphan).status is Status.ISSUER_MISSING

        root = inventory.certificates.add(authority(ski="aa"))
        assert [row.id for row in inventory.certificates.orphans_of(b"CN=Root", "aa")] == [orphan]
        assert inventory.certificates.link_issuers({orphan: root}) == 1
        assert inventory.certificates.get(orphan).issuer_id == root
        assert inventory.certificates.get(orphan).status is Status.VALID

    def test_rings_are_left_open(self, inventory: Inventory) -> None:
        one = inventory.certificates.add(authority("One", self_signed=False))
        two = inventory.certificates.add(authority("Two", self_signed=False))
        assert inventory.certificates.link_issuers({one: two, two: one}) == 1
        assert inventory.certificates.link_issuers({one: one}) == 0
        assert len(inventory.certificates.chain(one)) == 2

    def test_only_a_ca_can_be_an_issuer(self, inventory: Inventory) -> None:
        leaf = inventory.certificates.add(certificate())
        other = inventory.certificates.add(certificate("b.test"))
        with pytest.raises(InventoryConflict):
            inventory.certificates.link_issuers({other: leaf})
        with pytest.raises(InventoryConflict):
            inventory.certificates.add(certificate("c.test", parent=leaf))
        with pytest.raises(InventoryNotFound):
            inventory.certificates.add(certificate("c.test", parent=999))


class TestChanges:
    def test_what_the_user_notes_is_kept_and_found(self, inventory: Inventory) -> None:
        made = inventory.certificates.add(certificate())
        inventory.certificates.update(made, label="Shop", notes="call Ada", tags=("x",), color="c")
        row = inventory.certificates.get(made)
        assert (row.name, row.notes, row.tags, row.color) == ("Shop", "call Ada", ("x",), "c")
        assert inventory.certificates.find("Shop").id == made
        assert inventory.certificates.tags() == ["x"]

        inventory.certificates.update(made, label="")
        row = inventory.certificates.get(made)
        assert (row.name, row.label, row.notes) == ("web.test", None, "call Ada")

    def test_revoked_and_released(self, inventory: Inventory) -> None:
        root = inventory.certificates.add(authority())
        made = inventory.certificates.add(certificate(parent=root))
        inventory.certificates.revoke(made, NOW, "keyCompromise")
        assert inventory.certificates.get(made).status is Status.REVOKED
        assert [row.id for row in inventory.certificates.revoked_by(root)] == [made]
        inventory.certificates.release(made)
        assert inventory.certificates.get(made).revocation_reason is None

    def test_keys_are_set_by_public_key(self, inventory: Inventory) -> None:
        made = inventory.certificates.add(certificate())
        again = inventory.certificates.add(certificate(issuer="Other"))
        held = inventory.keys.add_held(key())
        assert inventory.certificates.set_key_by_spki(digest("key web.test"), held) == 2
        assert inventory.keys.certificates_of(held) == [made, again]

    def test_deleting_says_what_goes_with_it(self, inventory: Inventory) -> None:
        held = inventory.keys.add_held(key("Root"))
        root = inventory.certificates.add(authority(key_id=held))
        leaf = inventory.certificates.add(certificate(parent=root))
        later = inventory.certificates.add(certificate("n.test", predecessor_id=root))
        crl = inventory.crls.add(NewCrl(b"crl", "CN=Root", 1, NOW, None, root))

        assert inventory.certificates.delete(root) == Deletion(1, 1, held, False)
        assert inventory.certificates.get(leaf).issuer_id is None
        assert inventory.certificates.get(later).predecessor_id is None
        assert inventory.crls.get(crl).issuer_id is None
        assert inventory.keys.get(held).name == "Root"
        with pytest.raises(InventoryNotFound):
            inventory.certificates.der(root)
        with pytest.raises(InventoryNotFound):
            inventory.certificates.delete(root)

    def test_changing_what_is_not_there_is_an_error(self, inventory: Inventory) -> None:
        changes: list[Callable[[], None]] = [
            lambda: inventory.certificates.update(7, notes="x"),
            lambda: inventory.certificates.set_key(7, None),
            lambda: inventory.certificates.revoke(7, NOW, "superseded"),
        ]
        for change in changes:
            with pytest.raises(InventoryNotFound):
                change()


def test_many_are_looked_up_at_once(inventory: Inventory) -> None:
    several = [certificate(f"h{n}") for n in range(1_200)]
    ids = inventory.certificates.add_many(several)
    wanted = [ids[1_100], 99_999, ids[3]]
    assert [row.id for row in inventory.certificates.get_many(wanted)] == [ids[1_100], ids[3]]
    known = inventory.certificates.known([each.fingerprint for each in several] + ["00"])
    assert known == {new.fingerprint: made for new, made in zip(several, ids, strict=True)}


def test_the_longest_valid_candidate_comes_first(inventory: Inventory) -> None:
    inventory.certificates.add(authority(serial="01"))
    longer = inventory.certificates.add(
        authority(serial="02", not_after=NOW + timedelta(days=7000))
    )
    assert inventory.certificates.issuer_candidates(b"CN=Root")[0].id == longer
