"""Advice before issuing: what is worth knowing is said, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mtlsgui.pki.advice import Advice, advise
from mtlsgui.pki.constraints import NameConstraints, Subtree
from mtlsgui.pki.issuing import Contents, Validity, validity
from mtlsgui.pki.keys import KeyAlgorithm, KeyInfo
from mtlsgui.pki.names import NameKind, Subject
from mtlsgui.pki.profiles import BUILT_IN
from tests.pki.judges import NOW, ca_contents, leaf_contents

P256 = KeyAlgorithm.P256.info
CA = Validity(NOW - timedelta(days=10), NOW + timedelta(days=3000))
SERVER = leaf_contents(BUILT_IN["server"], "api.example", common_name="api.example")
CLIENT = leaf_contents(BUILT_IN["client"], "", common_name="Alice")


def said(
    contents: Contents,
    key: KeyInfo = P256,
    issuer: Validity | None = CA,
    now: datetime = NOW,
) -> list[tuple[str, str]]:
    found = advise(contents, key, issuer=issuer, now=now)
    for advice in found:
        assert 1 <= advice.text.count(". ") + 1 <= 3
        assert advice.text.endswith(".")
        assert not advice.title.endswith(".")
    return [(advice.severity, advice.title) for advice in found]


def lasting(contents: Contents, days: int) -> Contents:
    return replace(contents, validity=validity(NOW, days))


@pytest.mark.parametrize(
    "contents",
    [
        SERVER,
        CLIENT,
        lasting(SERVER, 398),
        leaf_contents(BUILT_IN["spiffe"], "spiffe://example.org/a", common_name="a"),
        leaf_contents(BUILT_IN["peer"], "db.example 10.0.0.1", common_name="10.0.0.1"),
        leaf_contents(BUILT_IN["client"], "alice.example", common_name="Alice"),
        ca_contents(days=2900, path_length=0),
    ],
)
def test_nothing_is_said_of_what_is_in_order(contents: Contents) -> None:
    assert said(contents) == []


def test_a_root_of_twenty_years_is_no_cause_for_a_word() -> None:
    assert said(ca_contents(days=7305, path_length=1), issuer=None) == []
    assert said(ca_contents(days=7306, path_length=1), issuer=None) == [
        ("warning", "More than 20 years")
    ]


def test_an_authority_without_any_limit_gets_a_notice() -> None:
    limits = NameConstraints((Subtree(NameKind.DNS, "example.com"),))

    assert said(ca_contents(), issuer=None) == [
        ("notice", "This CA may issue for any name, at any depth")
    ]
    assert said(ca_contents(constraints=limits), issuer=None) == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (398, []),
        (399, [("notice", "More than 398 days")]),
        (825, [("notice", "More than 398 days")]),
        (826, [("warning", "More than 825 days")]),
    ],
)
def test_long_server_certificates_are_refused_by_some(
    days: int, expected: list[tuple[str, str]]
) -> None:
    assert said(lasting(SERVER, days)) == expected


def test_apples_limit_is_about_servers() -> None:
    assert said(lasting(CLIENT, 826)) == [("notice", "More than 398 days")]


def test_a_server_without_host_names_is_of_use_to_nobody() -> None:
    only_common_name = replace(SERVER, names=())

    assert said(only_common_name) == [("warning", "No host name")]
    assert said(replace(CLIENT, names=())) == []


def test_a_certificate_that_is_not_limited_to_a_purpose_counts_as_a_servers() -> None:
    assert ("warning", "No host name") in said(replace(CLIENT, extended_key_usage=()))


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        (leaf_contents(BUILT_IN["server"], "a.example", common_name="b.example"), True),
        (leaf_contents(BUILT_IN["server"], "a.example", common_name="b"), True),
        (leaf_contents(BUILT_IN["server"], "a.example", common_name="A.example"), False),
        (leaf_contents(BUILT_IN["server"], "a.example", common_name="Our API"), False),
        (leaf_contents(BUILT_IN["server"], "::1", common_name="0::1"), False),
        (leaf_contents(BUILT_IN["client"], "a.example", common_name="b.example"), True),
        (leaf_contents(BUILT_IN["client"], "a.example", common_name="worker"), False),
    ],
)
def test_a_common_name_that_is_a_host_should_be_among_the_names(
    contents: Contents, expected: bool
) -> None:
    line = ("warning", "The common name is not among the names")

    assert said(contents) == ([line] if expected else [])


@pytest.mark.parametrize("algorithm", KeyAlgorithm)
def test_keys_that_browsers_refuse_are_named(algorithm: KeyAlgorithm) -> None:
    warnings = said(SERVER, algorithm.info)
    unsuitable = {
        KeyAlgorithm.P521: "Browsers may refuse ECDSA P-521",
        KeyAlgorithm.ED25519: "Browsers may refuse Ed25519",
        KeyAlgorithm.ML_DSA_44: "ML-DSA-44 is read by new software only",
        KeyAlgorithm.ML_DSA_65: "ML-DSA-65 is read by new software only",
        KeyAlgorithm.ML_DSA_87: "ML-DSA-87 is read by new software only",
    }

    expected = unsuitable.get(algorithm)
    assert warnings == ([("warning", expected)] if expected else [])


def test_clients_may_have_keys_that_browsers_do_not_accept_of_servers() -> None:
    assert said(CLIENT, KeyAlgorithm.ED25519.info) == []
    assert len(said(CLIENT, KeyAlgorithm.ML_DSA_65.info)) == 1


@pytest.mark.parametrize(
    ("end", "bits", "title"),
    [
        (datetime(2030, 12, 31, 23, 59, 59, tzinfo=UTC), 2048, None),
        (datetime(2031, 1, 1, tzinfo=UTC), 2048, "RSA 2048 beyond 2030"),
        (datetime(2031, 1, 1, tzinfo=UTC), 3072, None),
        (NOW + timedelta(days=90), 1024, "RSA 1024 is too small"),
    ],
)
def test_rsa_keys_are_measured_against_their_time(
    end: datetime, bits: int, title: str | None
) -> None:
    contents = replace(ca_contents(path_length=0), validity=Validity(NOW, end))

    found = [found for _, found in said(contents, KeyInfo("RSA", bits), issuer=None)]

    assert found == ([title] if title else [])


def test_a_wildcard_gets_a_notice() -> None:
    assert said(leaf_contents(BUILT_IN["server"], "*.example.com", common_name="x y")) == [
        ("notice", "A wildcard")
    ]


def test_an_empty_subject_gets_a_notice() -> None:
    assert said(replace(SERVER, subject=Subject().name())) == [("notice", "The subject is empty")]


def ending(days_after: float) -> Validity:
    return replace(CA, not_after=SERVER.validity.not_after + timedelta(days=days_after))


def issuer_advice(days_after: float) -> list[Advice]:
    return list(advise(SERVER, P256, issuer=ending(days_after), now=NOW))


def test_an_issuer_that_ends_soon_after_is_said_with_its_date() -> None:
    (advice,) = issuer_advice(9)

    assert advice.severity == "warning"
    assert advice.text == (
        "The issuing CA ends on 2 Mar 2027, nine days after this certificate. The next renewal "
        "will be cut short: replace the CA before then."
    )


@pytest.mark.parametrize(
    ("days_after", "severity", "when"),
    [(0.2, "warning", "one day after"), (29, "warning", "29 days"), (31, "notice", "31 days")],
)
def test_the_nearer_the_issuers_end_the_plainer_the_word(
    days_after: float, severity: str, when: str
) -> None:
    (advice,) = issuer_advice(days_after)

    assert advice.severity == severity
    assert when in advice.text


def test_an_issuer_that_outlives_the_next_renewal_is_not_mentioned() -> None:
    assert issuer_advice(90) == []


def test_a_validity_that_was_cut_is_said() -> None:
    issuer = Validity(CA.not_before, NOW + timedelta(days=20))
    cut = replace(SERVER, validity=validity(NOW, 90, issuer=issuer))

    (advice,) = advise(cut, P256, issuer=issuer, now=NOW)

    assert advice.title == "Cut to the end of its issuer"
    assert "13 Dec 2026" in advice.text


def test_an_issuer_that_has_not_begun_is_said() -> None:
    later = replace(CA, not_before=NOW + timedelta(days=1))

    assert said(SERVER, issuer=later) == [("warning", "The issuing CA is not valid yet")]


def test_a_self_signed_certificate_is_for_testing() -> None:
    assert said(SERVER, issuer=None) == [("warning", "Self-signed: for testing")]


def test_warnings_come_before_notices() -> None:
    much = lasting(leaf_contents(BUILT_IN["server"], "*.example.com", common_name="b.example"), 400)

    severities = [severity for severity, _ in said(much, KeyAlgorithm.ED25519.info)]

    assert severities == ["warning", "warning", "notice", "notice"]
