from datetime import timedelta

import pytest

from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.inventory.inventory import Inventory
from mtlsgui.inventory.records import NewCrl, NewRequest, RequestState
from tests.inventory.making import NOW, authority, certificate, key


def request(name: str = "web.test", **changes: object) -> NewRequest:
    fields: dict[str, object] = {"san": (f"dns:{name}",), **changes}
    return NewRequest(b"csr", name, f"CN={name}", "spki", **fields)  # type: ignore[arg-type]


def test_a_request_waits_until_its_certificate_comes(inventory: Inventory) -> None:
    held = inventory.keys.add_held(key())
    made = inventory.requests.add(request(key_id=held, notes="for Bob"))
    row = inventory.requests.get(made)
    assert (row.der, row.name, row.san, row.key_id) == (b"csr", "web.test", ("dns:web.test",), held)
    assert (row.state, row.notes, row.added_at) == (RequestState.OPEN, "for Bob", NOW)
    assert [each.id for each in inventory.requests.by_spki("spki", RequestState.OPEN)] == [made]

    leaf = inventory.certificates.add(certificate())
    inventory.requests.fulfil(made, leaf)
    row = inventory.requests.get(made)
    assert (row.state, row.certificate_id) == (RequestState.FULFILLED, leaf)
    assert inventory.requests.by_spki("spki", RequestState.OPEN) == []
    inventory.certificates.delete(leaf)
    assert inventory.requests.get(made).certificate_id is None


def test_requests_are_listed_newest_first_and_searched(inventory: Inventory) -> None:
    for name in ("a.test", "b.test", "c.test"):
        inventory.requests.add(request(name))
    signed = inventory.requests.add(request("d.test", state=RequestState.SIGNED))
    assert [row.name for row in inventory.requests.page(1, 2)] == ["c.test", "b.test"]
    assert inventory.requests.count() == 4
    assert inventory.requests.count(search="b. c.") == 0
    assert inventory.requests.count(search="B.t test") == 1
    assert [row.id for row in inventory.requests.page(state=RequestState.SIGNED)] == [signed]


def test_requests_are_changed_and_deleted(inventory: Inventory) -> None:
    made = inventory.requests.add(request(notes="old"))
    inventory.requests.update(made, name="shop")
    row = inventory.requests.get(made)
    assert (row.name, row.notes) == ("shop", "old")
    inventory.requests.delete(made)
    for gone in (
        lambda: inventory.requests.get(made),
        lambda: inventory.requests.delete(made),
        lambda: inventory.requests.update(made, notes="x"),
    ):
        with pytest.raises(InventoryNotFound):
            gone()


def test_the_latest_crl_has_the_highest_number(inventory: Inventory) -> None:
    root = inventory.certificates.add(authority())
    largest = (1 << 160) - 1
    for number in (9, largest, 10, None):
        inventory.crls.add(NewCrl(b"crl", "CN=Root", number, NOW, NOW + timedelta(days=7), root))
    assert [row.number for row in inventory.crls.of_issuer(root)] == [largest, 10, 9, None]
    latest = inventory.crls.latest(root)
    assert latest is not None
    assert (latest.number, latest.next_update) == (largest, NOW + timedelta(days=7))
    inventory.crls.delete(latest.id)
    with pytest.raises(InventoryNotFound):
        inventory.crls.get(latest.id)
    assert len(inventory.crls.all()) == 3


@pytest.mark.parametrize("number", [-1, 1 << 160])
def test_crl_numbers_out_of_range_are_a_mistake(inventory: Inventory, number: int) -> None:
    with pytest.raises(ValueError, match="20 octets"):
        inventory.crls.add(NewCrl(b"crl", "CN=Root", number, NOW, None))
