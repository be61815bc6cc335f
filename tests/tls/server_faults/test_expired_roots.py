"""Roots that have expired and are in no chain that is sent; roots that another one signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from mtlsgui.tls.question import Trust
from mtlsgui.tls.result import Outcome, ProbeResult
from tests.integration.programs import needs
from tests.tls.papers import Paper
from tests.tls.server_faults.papers import SERVER, made
from tests.tls.server_faults.test_server_faults import VERSIONS, ask, s_server

pytestmark = [pytest.mark.integration, needs("openssl", "openssl")]

OLD = made("Old Root", ca=True, start=-900, end=-3)
NEW = made("New Root", ca=True, start=-400, end=900)
CROSS = made("New Root", OLD, key=NEW.key, ca=True, start=-400, end=900)
"""The new root as the old one signed it, for clients that know only that."""
EXPIRED_CROSS = made("New Root", OLD, key=NEW.key, ca=True, start=-400, end=-3)
ISSUER = made("Issuing CA", NEW, ca=True, start=-300, end=600)
OLD_ISSUER = made("Old Issuing CA", OLD, ca=True, start=-300, end=600)


@dataclass(frozen=True)
class Ports:
    old: int
    crossed: int
    cross_expired: int


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    old = made("server", OLD_ISSUER, SERVER, sends=(OLD_ISSUER,))
    crossed = made("server", ISSUER, SERVER, sends=(ISSUER, CROSS))
    cross_expired = made("server", ISSUER, SERVER, sends=(ISSUER, EXPIRED_CROSS))
    new = tmp_path_factory.mktemp
    with (
        s_server(new("old"), old) as first,
        s_server(new("crossed"), crossed) as second,
        s_server(new("expired"), cross_expired) as third,
    ):
        yield Ports(first, second, third)


def trusting(*roots: Paper) -> Trust:
    facts = tuple(each.facts for each in roots)
    return Trust(facts, known=facts)


def told(result: ProbeResult) -> list[tuple[str, int | None]]:
    return [(each.code, each.depth) for each in result.errors]


@pytest.mark.parametrize("version", VERSIONS)
def test_an_expired_root_that_is_only_trusted(ports: Ports, version: str) -> None:
    """The server's own chain is in order: what has expired is what we hold."""
    result = ask(ports.old, version, trust=trusting(OLD))
    assert result.outcome is Outcome.REFUSED_BY_CLIENT
    assert told(result) == [("certificate_expired", 2)]
    assert "Old Root" in result.errors[0].explanation
    assert "it is the one that you trust here" in result.errors[0].explanation


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("trusted", [(NEW,), (NEW, OLD), (OLD, NEW)], ids=["new", "both", "turned"])
def test_one_good_way_is_enough(ports: Ports, trusted: tuple[Paper, ...], version: str) -> None:
    """OpenSSL looks among what is trusted first, and so never comes to the expired root."""
    for port in (ports.crossed, ports.cross_expired):
        result = ask(port, version, trust=trusting(*trusted))
        assert (result.outcome, told(result)) == (Outcome.ACCEPTED, [])


@pytest.mark.parametrize("version", VERSIONS)
def test_those_who_know_only_the_expired_root_are_told(ports: Ports, version: str) -> None:
    result = ask(ports.crossed, version, trust=trusting(OLD))
    assert told(result) == [("certificate_expired", 3)]
    assert "Old Root" in result.errors[0].explanation
    both = ask(ports.cross_expired, version, trust=trusting(OLD))
    assert sorted(told(both)) == [("certificate_expired", 2), ("certificate_expired", 3)]
