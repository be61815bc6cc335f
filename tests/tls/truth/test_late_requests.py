"""Apache that wants a certificate for one path, and so asks only after the request.

In TLS 1.3 by RFC 8446, section 4.6.2; in TLS 1.2 by a new handshake inside the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from OpenSSL import SSL

from mtlsgui.tls import bindings, handshake
from mtlsgui.tls.diagnosis import client
from mtlsgui.tls.keylog import KeyLog
from mtlsgui.tls.messages import Message
from mtlsgui.tls.probe import probe
from mtlsgui.tls.question import HttpRequest, Offer, Question, Target
from mtlsgui.tls.records import RecordTrace
from mtlsgui.tls.result import Outcome, ProbeResult, Side
from mtlsgui.tls.trace import Trace
from tests.integration.programs import needs
from tests.tls.papers import HOST, NOW, world
from tests.tls.truth.servers import apache, shelf

pytestmark = [pytest.mark.integration, needs("apache2", "apache2")]
VERSIONS = ("TLS 1.2", "TLS 1.3")


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with apache(shelf(tmp_path_factory.mktemp("apache"))) as ports:
        yield ports["apache by path"]


def ask(port: int, version: str, who: str, path: str = "/private") -> ProbeResult:
    question = Question(
        Target("127.0.0.1", port, HOST),
        world().identity(who),
        world().trust,
        offer=Offer(versions=(version,)),
        http=HttpRequest(path=path),
    )
    return probe(question, NOW, try_without=True)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_certificate_that_is_asked_for_late_is_sent(port: int, version: str) -> None:
    result = ask(port, version, "good")
    assert (result.outcome, result.problems, result.http_status) == (Outcome.ACCEPTED, (), 200)
    certificate = result.client_certificate
    assert (certificate.requested, certificate.required, certificate.sent) == (True, True, True)
    offered = {each.name: each.values for each in result.steps[1].details}["Extensions"]
    assert ("post_handshake_auth" in offered) is (version == "TLS 1.3")
    told = [(step.sender, step.message) for step in result.steps]
    asked = told.index(("client", "GET /private"))
    assert told.count(("client", "GET /private")) == 1
    again = "HelloRequest" if version == "TLS 1.2" else "CertificateRequest"
    assert told[asked + 1] == ("server", again)
    assert asked < told.index(("client", "Certificate")) < told.index(("server", "HTTP 200 OK"))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("none", client.MISSING),
        ("expired", client.EXPIRED),
        ("wrong_ca", client.UNKNOWN_AUTHORITY),
        ("no_intermediate", client.CHAIN_INCOMPLETE),
        ("revoked", client.REVOKED),
    ],
)
def test_its_refusal_is_named(port: int, version: str, who: str, code: str) -> None:
    result = ask(port, version, who)
    assert result.outcome is Outcome.REFUSED_BY_SERVER
    assert [each.code for each in result.errors] == [code]
    assert result.client_certificate.required is True
    told = [(step.sender, step.message) for step in result.steps]
    assert told.index(("client", "GET /private")) < told.index(("client", "Certificate"))


@pytest.mark.parametrize("version", VERSIONS)
def test_elsewhere_it_does_not_ask(port: int, version: str) -> None:
    result = ask(port, version, "good", "/")
    assert result.outcome is Outcome.ACCEPTED
    assert [each.code for each in result.problems] == [client.NOT_REQUESTED]


@pytest.mark.parametrize("who", ["good", "none"])
def test_where_nothing_was_offered_it_is_told_what_to_do(
    port: int, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As browsers do, and as we do where pyOpenSSL's bindings are gone."""
    monkeypatch.setattr(bindings, "offer_late_certificate", lambda _context: False)
    result = ask(port, "TLS 1.3", who)
    assert (result.outcome, result.http_status) == (Outcome.REFUSED_BY_SERVER, 403)
    (problem,) = result.problems
    assert (problem.code, problem.side) == (client.MISSING, Side.SERVER)
    assert "SSLVerifyClient for the whole virtual host" in problem.fix
    assert "TLS 1.2" in problem.fix
    assert result.client_certificate.required is True
    assert ask(port, "TLS 1.2", "good").outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("who", ["good", "expired"])
def test_it_is_read_from_records_too(
    port: int, version: str, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[RecordTrace] = []
    told: list[Trace] = []

    class Both(Trace):
        """OpenSSL's callback, and the reading of records beside it."""

        def __init__(
            self, context: SSL.Context, elapsed: Callable[[], float], keylog: KeyLog | None
        ) -> None:
            super().__init__(context, elapsed)
            self._read = RecordTrace(context, elapsed, keylog)
            read.append(self._read)
            told.append(self)

        def received(self, _data: bytes) -> None:
            self._read.received(_data)

        def sent(self, _data: bytes) -> None:
            self._read.sent(_data)

    def plain(messages: list[Message], sender: str) -> list[tuple[str, int]]:
        return [(each.name, each.size) for each in messages if each.sender == sender]

    monkeypatch.setattr(handshake, "open_trace", Both)
    ask(port, version, who)
    for sender in ("client", "server"):
        assert plain(read[0].messages, sender) == plain(told[0].messages, sender)
    assert "CertificateRequest" in dict(plain(read[0].messages, "server"))
