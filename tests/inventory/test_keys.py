from collections.abc import Callable

import pytest

from mtlsgui.inventory.errors import InventoryConflict, InventoryDuplicate, InventoryNotFound
from mtlsgui.inventory.inventory import Inventory
from mtlsgui.inventory.records import KeyState
from tests.inventory.making import NOW, certificate, digest, key


def test_a_new_key_is_pending_until_the_vault_has_it(inventory: Inventory) -> None:
    made = inventory.keys.add_pending(key())
    assert [row.id for row in inventory.keys.pending()] == [made]
    assert [row.id for row in inventory.keys.unfinished()] == [made]

    inventory.keys.mark_held(made)
    row = inventory.keys.get(made)
    assert row.state is KeyState.HELD
    assert (row.vault_kind, row.vault_ref, row.bits, row.added_at) == (
        "file",
        "ref of web.test",
        256,
        NOW,
    )
    assert inventory.keys.unfinished() == []
    assert inventory.keys.by_spki(digest("key web.test")) == row
    assert inventory.keys.by_spki("00") is None


def test_sealed_keys_are_kept_and_not_shown(inventory: Inventory) -> None:
    new = key(custody="sealed", vault_kind=None, vault_ref=None, sealed=b"ciphertext")
    made = inventory.keys.add_held(new)
    row = inventory.keys.get(made)
    assert row.sealed == b"ciphertext"
    assert "ciphertext" not in repr(row) + repr(new)
    inventory.keys.set_sealed(made, b"other")
    assert inventory.keys.get(made).sealed == b"other"


def test_a_key_is_known_once(inventory: Inventory) -> None:
    inventory.keys.add_pending(key())
    with pytest.raises(InventoryDuplicate, match="pending"):
        inventory.keys.add_held(key())
    assert inventory.keys.count() == 1


def test_at_every_moment_of_a_move_the_reference_is_true_and_the_new_one_is_spare(
    inventory: Inventory,
) -> None:
    made = inventory.keys.add_held(key())
    inventory.keys.mark_moving(made, "keyring", "new ref")
    row = inventory.keys.get(made)
    assert (row.vault_ref, row.new_vault_ref) == ("ref of web.test", "new ref")

    inventory.keys.commit_move(made)
    row = inventory.keys.get(made)
    assert (row.vault_kind, row.vault_ref) == ("keyring", "new ref")
    assert (row.new_vault_kind, row.new_vault_ref) == ("file", "ref of web.test")
    assert [each.id for each in inventory.keys.unfinished()] == [made]

    inventory.keys.mark_held(made)
    row = inventory.keys.get(made)
    assert (row.vault_ref, row.new_vault_ref, row.state) == ("new ref", None, KeyState.HELD)
    assert [each.id for each in inventory.keys.in_vault("keyring")] == [made]


def test_a_sealed_key_moves_into_a_vault(inventory: Inventory) -> None:
    made = inventory.keys.add_held(
        key(custody="sealed", vault_kind=None, vault_ref=None, sealed=b"x")
    )
    inventory.keys.mark_moving(made, "keyring", "new ref")
    inventory.keys.commit_move(made)
    row = inventory.keys.get(made)
    assert (row.custody, row.vault_ref, row.sealed, row.new_vault_ref) == (
        "vault",
        "new ref",
        None,
        None,
    )


def test_steps_out_of_order_are_refused(inventory: Inventory) -> None:
    made = inventory.keys.add_pending(key())
    steps: list[Callable[[], None]] = [
        lambda: inventory.keys.mark_moving(made, "keyring", "x"),
        lambda: inventory.keys.commit_move(made),
        lambda: inventory.keys.set_sealed(made, b"x"),
    ]
    for step in steps:
        with pytest.raises(InventoryConflict):
            step()
    assert inventory.keys.get(made).state is KeyState.PENDING


def test_deleting_a_key_leaves_its_certificates(inventory: Inventory) -> None:
    made = inventory.keys.add_held(key())
    leaf = inventory.certificates.add(certificate(key_id=made))
    inventory.keys.mark_deleting(made)
    assert inventory.keys.get(made).state is KeyState.DELETING
    inventory.keys.remove(made)
    assert inventory.certificates.get(leaf).key_id is None
    with pytest.raises(InventoryNotFound):
        inventory.keys.get(made)
    with pytest.raises(InventoryNotFound):
        inventory.keys.remove(made)


def test_keys_have_names(inventory: Inventory) -> None:
    made = inventory.keys.add_held(key())
    inventory.keys.rename(made, "spare")
    assert [row.name for row in inventory.keys.all()] == ["spare"]
