"""The wizards without their windows: what is asked, what is wrong where, what is made."""

from dataclasses import replace

import pytest

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.wizards.plans import (
    AuthorityPlan,
    CertificatePlan,
    KeySource,
    RequestPlan,
    Side,
    SigningPlan,
)
from mtlsgui.gui.wizards.validity_field import days_of_years, years_of_days
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject
from mtlsgui.workspace import authorities, issuing, offering
from mtlsgui.workspace.drafts import AuthorityDraft
from mtlsgui.workspace.workspace import Workspace
from tests.gui.keeping.support import make_root, make_server
from tests.gui.wizards.support import request_der


def fields(plan: AuthorityPlan | CertificatePlan | RequestPlan, step: str) -> list[str]:
    """The fields of a step that hold it."""
    return [problem.field for problem in plan.problems(step) if problem.blocking]


def test_messy_names_are_told_apart_and_taken_out_again(ws: Workspace) -> None:
    make_root(ws)
    plan = CertificatePlan(ws)
    plan.draft.names_text = " api.internal,bücher.internal;\n api..internal\tapi.internal 10.0.0.7"
    assert [(line.shown, bool(line.problem)) for line in plan.name_lines()] == [
        ("DNS api.internal", False),
        ("DNS bücher.internal → xn--bcher-kva.internal", False),
        ("api..internal", True),
        ("IP 10.0.0.7", False),
    ]
    assert fields(plan, "names") == ["names"]
    plan.remove_name(2)
    assert fields(plan, "names") == []
    plan.remove_name(0)  # it was there twice
    assert plan.draft.names_text == "bücher.internal 10.0.0.7"
    plan.remove_name(0)
    plan.remove_name(0)
    assert plan.draft.names_text == ""


def test_a_name_that_the_issuer_may_not_issue_is_red(ws: Workspace) -> None:
    root = authorities.create(
        ws,
        AuthorityDraft(subject=Subject(common_name="Root"), permitted_text="payments.internal"),
    )
    plan = CertificatePlan(ws, issuer_id=root.id)
    plan.draft.names_text = "api.payments.internal shop.internal"
    good, bad = plan.name_lines()
    assert good.problem == ""
    assert "payments.internal" in bad.problem
    plan.draft.issuer_id = None
    assert [line.problem for line in plan.name_lines()] == ["", ""]


def test_problems_are_told_on_the_step_that_can_mend_them(ws: Workspace) -> None:
    plan = AuthorityPlan(ws)
    plan.draft.days = 0
    plan.draft.permitted_text = "a..b"
    plan.draft.crl_text = "nonsense"
    assert fields(plan, "name") == ["common_name"]
    assert fields(plan, "key") == ["days"]
    assert fields(plan, "limits") == ["permitted", "addresses"]
    assert fields(plan, "review") == []


def test_more_than_20_years_are_warned_of(ws: Workspace) -> None:
    plan = AuthorityPlan(ws)
    plan.draft.days = days_of_years(20, ws.clock())
    assert plan.problems("key") == []
    plan.draft.days += 365
    (warning,) = plan.problems("key")
    assert not warning.blocking


def test_an_intermediate_has_its_own_defaults(ws: Workspace) -> None:
    root = make_root(ws)
    plan = AuthorityPlan(ws)
    assert (plan.draft.parent_id, plan.draft.days) == (None, 3650)
    plan.choose_parent(root.id)
    assert plan.parent is not None
    assert (plan.draft.days, plan.draft.path_length) == (1825, 0)
    plan.draft.subject = Subject(common_name="Issuing")
    made = ws.inventory.certificates.get(plan.make())
    assert (made.issuer_id, made.kind) == (root.id, "ca")


def test_constraints_become_chips(ws: Workspace) -> None:
    plan = AuthorityPlan(ws)
    plan.set_constraints(Side.EXCLUDED, "internal 10.0.0.0/8, a..b")
    lines = plan.constraint_lines(Side.EXCLUDED)
    assert [line.shown for line in lines] == ["DNS internal", "IP 10.0.0.0/8", "a..b"]
    assert lines[2].problem
    plan.remove_constraint(Side.EXCLUDED, 2)
    assert plan.draft.excluded_text == "internal 10.0.0.0/8"
    assert plan.constraint_lines(Side.PERMITTED) == []


def test_the_issuer_used_last_comes_first(ws: Workspace) -> None:
    first, second = make_root(ws, "A Root"), make_root(ws, "B Root")
    assert [issuer.id for issuer in CertificatePlan(ws).issuers] == [first.id, second.id]
    make_server(ws, second, "api.internal")
    plan = CertificatePlan(ws)
    assert [issuer.id for issuer in plan.issuers] == [second.id, first.id]
    assert plan.draft.issuer_id == second.id


def test_built_in_profiles_follow_the_preferences(ws: Workspace) -> None:
    ws.prefer(
        replace(ws.preferences, leaf_days=30, leaf_key=KeyAlgorithm.ED25519, organization="Example")
    )
    plan = CertificatePlan(ws)
    assert plan.draft.effective_days == 30
    assert plan.draft.effective_algorithm is KeyAlgorithm.ED25519
    assert plan.draft.profile.subject.organization == "Example"
    plan.choose_profile("spiffe")
    assert plan.draft.effective_days == 7


def test_a_held_key_can_be_used_but_not_an_authoritys(ws: Workspace) -> None:
    root = make_root(ws)
    first = make_server(ws, root, "api.internal")
    assert first.key_id is not None
    (held,) = offering.held_keys(ws)
    assert (held.id, held.certificates) == (first.key_id, 1)
    assert offering.held_keys(ws, "nothing like it") == ()
    plan = CertificatePlan(ws)
    plan.draft.names_text = "other.internal"
    plan.choose_source(KeySource.HELD)
    assert fields(plan, "key") == ["key"]
    plan.take_key(held.id)
    assert fields(plan, "key") == []
    assert ws.inventory.certificates.get(plan.make()).spki_sha256 == first.spki_sha256


def test_a_request_without_an_authority_is_held_at_the_issuer(ws: Workspace) -> None:
    plan = CertificatePlan(ws)
    plan.take_request(offering.request_in_text(request_der(), "a.csr"))
    assert fields(plan, "names") == ["issuer"]


def test_text_without_a_request_is_refused_in_words(ws: Workspace) -> None:
    with pytest.raises(MtlsguiError, match="There is no certificate request in this"):
        offering.request_in_text(b"nothing", "a.txt")


def test_signing_grants_what_the_profile_allows(ws: Workspace) -> None:
    root = make_root(ws)
    plan = SigningPlan(ws, issuing.request_to_sign(request_der(ca=True)))
    refused = {line.what for line in plan.weighed() if line.reason}
    assert refused == {"Authority"}
    plan.take_names(False)
    assert [problem.field for problem in plan.problems("request")] == ["names"]
    plan.draft.names_text = "other.internal"
    made = ws.inventory.certificates.get(plan.make())
    assert made.issuer_id == root.id
    assert made.san == ("dns:other.internal",)
    assert not made.is_ca


def test_a_profile_is_kept_from_what_was_entered(ws: Workspace) -> None:
    plan = CertificatePlan(ws)
    plan.draft.names_text = "api.internal"
    plan.draft.days = 12
    plan.draft.subject = Subject(organization="Example")
    ws.profiles.save(offering.profile_of(plan.draft, " Short lived "))
    kept = ws.profiles.get("short-lived")
    assert (kept.name, kept.days, kept.subject) == (
        "Short lived",
        12,
        Subject(organization="Example"),
    )


def test_a_request_is_made_and_written(ws: Workspace) -> None:
    ws.custody.open()
    plan = RequestPlan(ws, "client")
    plan.draft.names_text = "alice@example.org"
    row = ws.inventory.requests.get(plan.make())
    assert row.san == ("email:alice@example.org",)
    assert row.key_id is not None


@pytest.mark.parametrize(("days", "years"), [(365, 1), (3650, 10), (90, None), (400, None)])
def test_whole_years_are_known(ws: Workspace, days: int, years: int | None) -> None:
    assert years_of_days(days, ws.clock()) == years


def test_the_expected_vault_is_named_before_there_is_one(ws: Workspace) -> None:
    plan = AuthorityPlan(ws)
    assert plan.key_place == "held in this computer's keyring"
    plan.expected_vault = "GNOME Keyring"
    assert plan.key_place == "held in GNOME Keyring"
    assert "GNOME Keyring" in plan.preview().key
    make_root(ws)
    assert plan.key_place == f"held in {ws.custody.label}"
