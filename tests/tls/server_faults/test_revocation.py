"""What lists and OCSP responses are believed, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from mtlsgui.tls.revocation import Standing, Status, by_lists, by_staple
from tests.tls.papers import DAY, NOW, Paper, world
from tests.tls.server_faults import papers

SERVER, ISSUER = world().servers["good"], world().intermediate
OCSP = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
HOLD, RELEASED = x509.ReasonFlags.certificate_hold, x509.ReasonFlags.remove_from_crl


def lists(*crls: bytes) -> Status | None:
    said = by_lists(SERVER.facts, ISSUER.facts, crls, NOW)
    return said.status if said else None


def stapled(response: bytes) -> Standing:
    return by_staple(response, SERVER.facts, ISSUER.facts, NOW)


def test_a_list_that_does_not_name_it_calls_it_good() -> None:
    assert lists(papers.crl(ISSUER)) is Status.GOOD
    assert lists(papers.crl(ISSUER, world().servers["expired"])) is Status.GOOD


def test_a_list_that_names_it_is_believed_with_its_reason_even_when_it_is_old() -> None:
    said = by_lists(SERVER.facts, ISSUER.facts, [papers.crl(ISSUER, SERVER, age=30 * DAY)], NOW)
    assert said is not None
    assert (said.status, said.reason) == (Status.REVOKED, "its key is in other hands")
    assert said.since == (NOW - 2 * DAY).replace(microsecond=0)


def test_lists_of_others_and_forged_ones_say_nothing() -> None:
    assert lists() is None
    assert lists(papers.crl(world().root, SERVER)) is None
    assert lists(papers.crl(ISSUER, SERVER, signer=world().other_root)) is None
    assert lists(b"", b"\x30\x03\x02\x01\x01") is None


def test_a_list_of_the_authority_above_its_issuer_says_nothing_of_it() -> None:
    root = world().root
    same_number = papers.crl(root, SERVER)
    assert by_lists(SERVER.facts, root.facts, [same_number], NOW) is None


def test_a_list_out_of_date_leaves_it_unknown() -> None:
    said = by_lists(SERVER.facts, ISSUER.facts, [papers.crl(ISSUER, age=9 * DAY)], NOW)
    assert said == Standing(Status.UNKNOWN, why="the list ran out 2 days ago")
    assert lists(papers.crl(ISSUER, age=timedelta(hours=-3))) is Status.UNKNOWN


def test_the_newest_list_decides() -> None:
    old, new = papers.crl(ISSUER, SERVER, age=3 * DAY, reason=HOLD), papers.crl(ISSUER)
    assert lists(new, old) is Status.GOOD
    again = papers.crl(ISSUER, SERVER)
    assert lists(again, papers.crl(ISSUER, age=3 * DAY)) is Status.REVOKED


def test_a_list_of_a_part_only_adds() -> None:
    whole = papers.crl(ISSUER, SERVER, age=3 * DAY, reason=HOLD)
    delta = x509.DeltaCRLIndicator(1)
    assert lists(whole, papers.crl(ISSUER, extension=delta)) is Status.REVOKED
    released = papers.crl(ISSUER, SERVER, reason=RELEASED, extension=delta)
    assert lists(whole, released) is Status.GOOD
    assert lists(papers.crl(ISSUER, extension=delta)) is None
    assert lists(papers.crl(ISSUER, SERVER, extension=delta)) is Status.REVOKED


def test_the_issuers_response_counts() -> None:
    assert stapled(papers.staple(SERVER, ISSUER)).status is Status.GOOD
    revoked = stapled(papers.staple(SERVER, ISSUER, status=ocsp.OCSPCertStatus.REVOKED))
    assert (revoked.status, revoked.reason) == (Status.REVOKED, "another one took its place")


def test_a_responder_counts_that_the_issuer_named() -> None:
    named = papers.made("Responder", ISSUER, OCSP, host="")
    assert stapled(papers.staple(SERVER, ISSUER, signer=named)).status is Status.GOOD


@pytest.mark.parametrize(
    ("signer", "why"),
    [
        (papers.made("Friend", ISSUER, papers.SERVER), "not authorized"),
        (papers.made("Stranger", world().other_root, OCSP), "not authorized"),
        (papers.made("Late", ISSUER, OCSP, start=-9, end=-1), "has expired"),
    ],
)
def test_others_do_not(signer: Paper, why: str) -> None:
    status = ocsp.OCSPCertStatus.REVOKED
    said = stapled(papers.staple(SERVER, ISSUER, status=status, signer=signer))
    assert said.status is Status.UNKNOWN
    assert why in said.why


@pytest.mark.parametrize(
    ("response", "why"),
    [
        (papers.staple(SERVER, ISSUER, age=3 * DAY), "it ran out 2 days ago"),
        (papers.staple(SERVER, ISSUER, age=timedelta(hours=-3)), "it begins in"),
        (papers.staple(world().servers["expired"], ISSUER), "another certificate"),
        (papers.staple(SERVER, world().root), "another certificate"),
        (b"", "cannot be read"),
        (b"\x30\x03\x0a\x01\x03", "an error"),
        (papers.staple(SERVER, ISSUER)[:-40] + bytes(40), "not the CA's"),
    ],
)
def test_a_response_that_is_worth_nothing_says_why(response: bytes, why: str) -> None:
    said = stapled(response)
    assert said.status is Status.UNKNOWN
    assert why in said.why
