"""Chains of ML-DSA on both sides (FIPS 204; draft-ietf-tls-mldsa): TLS 1.3 alone speaks them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mtlsgui.pki import issuing, keys
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.tls.diagnosis import client
from mtlsgui.tls.probe import probe
from mtlsgui.tls.question import Identity, Offer, Question, Target, Trust
from mtlsgui.tls.result import Outcome, ProbeResult
from mtlsgui.tls.serving.settings import Settings
from mtlsgui.tls.serving.visit import VisitOutcome
from tests.tls import servers
from tests.tls.papers import HOST, NOW, Paper, contents, world
from tests.tls.serving.support import Running, running


def made(by: Paper | None, name: str, usage: str = "", *, end: float = 90) -> Paper:
    """A certificate with a key of ML-DSA-65; a root where there is no issuer."""
    key = keys.generate(KeyAlgorithm.ML_DSA_65)
    serial = issuing.random_serial()
    if by is None:
        root = contents(name, start=-400, end=3650, is_ca=True)
        return Paper(issuing.self_sign(root, key, serial=serial), key)
    what = contents(
        name,
        start=-100,
        end=end,
        names=HOST if usage == "serverAuth" else "",
        usage=(usage,) if usage else (),
        is_ca=not usage,
    )
    certificate = issuing.issue(
        what, key.public_key(), issuer=by.certificate, issuer_key=by.key, serial=serial
    )
    return Paper(certificate, key, (by.certificate,))


ROOT = made(None, "Quantum Root")
ISSUER = made(ROOT, "Quantum Issuing CA")
SERVER = made(ISSUER, "the server", "serverAuth")
CLIENT = made(ISSUER, "the client", "clientAuth").identity(ISSUER, ROOT)
EXPIRED = made(ISSUER, "the client", "clientAuth", end=-2).identity(ISSUER, ROOT)


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    identity = SERVER.identity(ISSUER, ROOT)
    with running(Settings(identity, (ROOT.facts,), known=(ISSUER.facts,))) as at:
        yield at


def ask(port: int, who: Identity | None, version: str = "TLS 1.3") -> ProbeResult:
    trust = Trust((ROOT.facts, world().root.facts), known=(ISSUER.facts,))
    offer = Offer(versions=(version,))
    return probe(Question(Target("127.0.0.1", port, HOST), who, trust, offer=offer), NOW)


def test_both_sides_prove_themselves_by_it(server: Running) -> None:
    result = ask(server.address[1], CLIENT)
    visit = server.visit()
    assert (result.outcome, result.problems) == (Outcome.ACCEPTED, ())
    assert (visit.outcome, visit.problems) == (VisitOutcome.ACCEPTED, ())
    assert visit.chain == (CLIENT.certificate, ISSUER.facts)
    assert result.tls is not None
    assert result.tls.signature_algorithm == "mldsa65"
    assert [each.key.label for each in result.server_chain if each.key] == ["ML-DSA-65"] * 2
    for sender in ("server", "client"):
        told = {
            detail.name: detail.values
            for step in result.steps
            if step.sender == sender and step.message.startswith("Certificate")
            for detail in step.details
        }
        assert told["Signature algorithm"] == ("mldsa65",)
        assert "ML-DSA-65 key" in told["Certificate 1"]


@pytest.mark.parametrize(
    ("who", "code"), [(EXPIRED, client.EXPIRED), (None, client.MISSING)], ids=["expired", "none"]
)
def test_what_is_wrong_is_named(server: Running, who: Identity | None, code: str) -> None:
    result = ask(server.address[1], who)
    assert result.outcome is Outcome.REFUSED_BY_SERVER
    assert [each.code for each in result.problems] == [code]
    assert [each.code for each in server.visit().problems] == [code]


def test_one_that_is_trusted_by_nobody(server: Running) -> None:
    question = Question(Target("127.0.0.1", server.address[1], HOST), CLIENT, world().trust)
    result = probe(question, NOW)
    server.visit()
    assert result.outcome is Outcome.REFUSED_BY_CLIENT
    assert [each.code for each in result.errors] == ["unknown_authority"]


def test_tls_1_2_has_none_of_it(server: Running) -> None:
    result = ask(server.address[1], CLIENT, "TLS 1.2")
    server.visit()
    assert [each.code for each in result.errors] == ["no_common_cipher"]


@pytest.mark.integration
@pytest.mark.parametrize("version", ["TLS 1.2", "TLS 1.3"])
def test_a_server_that_does_not_know_it(tmp_path: Path, version: str) -> None:
    options = ("-verify_return_error", "-client_sigalgs", "ECDSA+SHA256")
    with servers.openssl(tmp_path, world().servers["good"], *options) as port:
        result = ask(port, CLIENT, version)
    assert result.outcome is Outcome.REFUSED_BY_SERVER
    assert not result.client_certificate.sent
    assert result.errors[0].title == "The server does not take this kind of key"
    assert "ML-DSA-65" in result.errors[0].explanation
