"""Everything that an inspector shows, read in one go."""

from datetime import timedelta

import pytest

from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.inventory.records import Status
from mtlsgui.pki.facts import read_certificate
from mtlsgui.workspace import viewing
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.support import NOW, Clock, issue_server, make_root


def test_a_view_holds_the_chain_and_where_the_key_is(ws: Workspace) -> None:
    root = make_root(ws)
    sub = make_root(ws, "Sub", parent_id=root.id, path_length=0)
    row = issue_server(ws, sub)
    view = viewing.view(ws, row.id)
    assert [(step.name, step.certificate_id) for step in view.steps] == [
        ("web.test", row.id),
        ("Sub", sub.id),
        ("Test Root", root.id),
    ]
    assert view.issuer_id == sub.id
    assert view.missing_issuer == ""
    assert view.held == "encrypted in this workspace"
    assert view.limits == ()
    assert view.pem.count("BEGIN CERTIFICATE") == 1
    assert view.chain_pem.count("BEGIN CERTIFICATE") == 2  # the root is for the client to have
    assert view.chain_pem.startswith(view.pem)
    assert viewing.view(ws, sub.id).limits == ("Issues end-entity certificates only",)
    assert viewing.view(ws, root.id).held == ws.custody.place_of(
        ws.inventory.keys.get(root.key_id or 0)
    )


def test_a_view_follows_the_clock(ws: Workspace, clock: Clock) -> None:
    row = issue_server(ws, make_root(ws))
    assert viewing.view(ws, row.id).status is Status.VALID
    clock.advance(days=91)
    view = viewing.view(ws, row.id)
    assert view.status is Status.EXPIRED
    assert view.card.used_words == "90 of 90 days used"


def test_a_certificate_that_is_gone_is_not_found(ws: Workspace) -> None:
    with pytest.raises(InventoryNotFound):
        viewing.view(ws, 7)


def test_what_is_not_stored_is_viewed_alike(ws: Workspace) -> None:
    root = make_root(ws)
    row = issue_server(ws, root)
    chain = [read_certificate(ws.inventory.certificates.der(each)) for each in (row.id, root.id)]
    view = viewing.view_unstored(chain[:1], NOW)
    assert view.missing_issuer == "Test Root"
    assert view.issuer_id is None
    assert view.row is None
    whole = viewing.view_unstored(chain, NOW)
    assert whole.missing_issuer == ""
    assert whole.card == viewing.view(ws, row.id).card
    assert viewing.view_unstored(chain, NOW - timedelta(days=9)).status is Status.NOT_YET_VALID


def test_the_issuer_of_a_stranger_is_found_by_its_signature(ws: Workspace) -> None:
    root = make_root(ws)
    row = issue_server(ws, root)
    facts = read_certificate(ws.inventory.certificates.der(row.id))
    ws.inventory.certificates.delete(row.id)
    found = viewing.stored_issuer(ws, facts)
    assert found is not None
    assert found.id == root.id
    ws.inventory.certificates.delete(root.id)
    make_root(ws)  # the same name, another key
    assert viewing.stored_issuer(ws, facts) is None


def test_several_are_counted(ws: Workspace) -> None:
    root = make_root(ws)
    rows = [issue_server(ws, root, f"host-{at}.test") for at in range(3)]
    ws.inventory.certificates.revoke(rows[0].id, NOW, "superseded")
    summed = viewing.summarize(ws, [root.id, *(row.id for row in rows), 99])
    assert summed.count == 4
    assert summed.by_status == {Status.VALID: 3, Status.REVOKED: 1}
    assert summed.by_kind == {"root_ca": 1, "server": 3}
    assert summed.issuers == ("Test Root",)
    assert summed.other_issuers == 0
    assert summed.keys_held == 4
    assert summed.first_to_expire is not None
    assert summed.first_to_expire.id in (rows[1].id, rows[2].id)
    assert viewing.summarize(ws, []).first_to_expire is None


def test_the_names_that_a_ca_may_certify_are_limits(ws: Workspace) -> None:
    bound = make_root(ws, permitted_text="dns:example.test", excluded_text="dns:lab.example.test")
    assert viewing.view(ws, bound.id).limits == (
        "Permitted: DNS example.test",
        "Excluded: DNS lab.example.test",
    )
