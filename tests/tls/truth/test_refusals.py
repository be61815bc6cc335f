"""What servers of every kind say to a client's certificate, and that its cause is named.

A cell of the table is a server, a client and a version of TLS: what the server truly does is the
outcome, and why is the first problem's code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace

import pytest

from mtlsgui.tls.diagnosis import client
from mtlsgui.tls.probe import probe
from mtlsgui.tls.question import Offer, Opening, Protocol, Question, StartTls, Target
from mtlsgui.tls.result import Outcome, ProbeResult, RemedyKind, Side
from tests.integration.programs import needs
from tests.tls.opening import services
from tests.tls.papers import HOST, NOW, world
from tests.tls.truth import servers
from tests.tls.truth.servers import Ports, Shelf, shelf

pytestmark = pytest.mark.integration

VERSIONS = ("TLS 1.2", "TLS 1.3")
CAUSES = {
    "none": client.MISSING,
    "expired": client.EXPIRED,
    "not_yet_valid": client.NOT_YET_VALID,
    "wrong_ca": client.UNKNOWN_AUTHORITY,
    "self_signed": client.UNKNOWN_AUTHORITY,
    "no_intermediate": client.CHAIN_INCOMPLETE,
    "wrong_usage": client.WRONG_USAGE,
    "revoked": client.REVOKED,
}
CLIENTS = ("good", *CAUSES)
Starter = Callable[[Shelf], AbstractContextManager[Ports]]

# How each server is set up, by what starts it.
SETUPS: dict[str, tuple[Starter, tuple[pytest.MarkDecorator, ...]]] = {
    "python": (servers.python, ()),
    "openssl": (servers.openssl, (needs("openssl", "openssl"),)),
    "nginx on": (servers.nginx, (needs("nginx", "nginx-light"),)),
    "nginx optional": (servers.nginx, (needs("nginx", "nginx-light"),)),
    "nginx optional_no_ca": (servers.nginx, (needs("nginx", "nginx-light"),)),
    "apache": (servers.apache, (needs("apache2", "apache2"),)),
    "apache by rule": (servers.apache, (needs("apache2", "apache2"),)),
    "haproxy": (servers.haproxy, (needs("haproxy", "haproxy"),)),
    "haproxy by rule": (servers.haproxy, (needs("haproxy", "haproxy"),)),
    "caddy": (servers.caddy, (needs("caddy", "caddy"),)),
    "stunnel": (servers.stunnel, (needs("stunnel4", "stunnel4"),)),
    "gnutls": (servers.gnutls, (needs("gnutls-serv", "gnutls-bin"),)),
    "node": (servers.node, (needs("node", "nodejs"),)),
    "go": (servers.go, (needs("go", "golang-go"),)),
    "java HttpsServer": (servers.java, (needs("javac", "default-jdk-headless"),)),
    "java sockets": (servers.java, (needs("javac", "default-jdk-headless"),)),
    "postgres": (servers.postgres, (services.needs_postgres,)),
    "redis": (servers.redis, (needs("redis-server", "redis-server"),)),
    "mosquitto": (servers.mosquitto, (needs("mosquitto", "mosquitto"),)),
    "postfix": (servers.postfix, (needs("postconf", "postfix"), services.needs_root)),
}
SPOKEN = {
    "postgres": (StartTls.POSTGRES, Protocol.POSTGRES),
    "redis": (None, Protocol.REDIS),
    "mosquitto": (None, Protocol.MQTT),
    "postfix": (StartTls.SMTP, Protocol.SMTP),
}
"""How TLS begins and what is spoken inside, where it is not HTTP."""
ACCEPTED = {
    ("nginx optional", "none"),
    ("nginx optional_no_ca", "none"),
    ("nginx optional_no_ca", "wrong_ca"),
    ("nginx optional_no_ca", "no_intermediate"),
    ("caddy", "revoked"),  # has no revocation lists
    ("go", "revoked"),  # has none either
    ("redis", "revoked"),
    ("postfix", "revoked"),
    ("gnutls", "wrong_usage"),  # gnutls-serv does not look at it
}
"""What a server accepts though something is wrong, or nothing is presented."""


class Running:
    """Servers, each started when it is first asked for."""

    def __init__(self, stack: ExitStack, place: Callable[[str], Shelf]) -> None:
        self._stack, self._place = stack, place
        self._ports: dict[Starter, Ports] = {}

    def port(self, name: str) -> int:
        start, _ = SETUPS[name]
        if start not in self._ports:
            at = self._place(name.replace(" ", "-"))
            self._ports[start] = self._stack.enter_context(start(at))
        return self._ports[start][name]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with ExitStack() as stack:
        yield Running(stack, lambda name: shelf(tmp_path_factory.mktemp(name)))


def ask(
    running: Running, server: str, who: str, version: str, *, knows_revoked: bool = True
) -> ProbeResult:
    identity = world().identity(who)
    if identity is not None and not knows_revoked:
        identity = replace(identity, revoked=False)
    starttls, protocol = SPOKEN.get(server, (None, Protocol.HTTP))
    question = Question(
        Target("127.0.0.1", running.port(server), HOST),
        identity,
        world().trust,
        offer=Offer(versions=(version,)),
        opening=Opening(starttls=starttls),
        protocol=protocol,
    )
    return probe(question, NOW)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("who", CLIENTS)
@pytest.mark.parametrize(
    "server", [pytest.param(name, marks=marks) for name, (_, marks) in SETUPS.items()]
)
def test_the_cause_is_named(running: Running, server: str, who: str, version: str) -> None:
    result = ask(running, server, who, version)
    assert result.tls is not None
    assert result.tls.version == version
    assert result.client_certificate.requested
    if who == "good" or (server, who) in ACCEPTED:
        assert (result.outcome, result.errors) == (Outcome.ACCEPTED, ())
        expected = [CAUSES[who]] if who not in ("good", "none") else []
        assert [each.code for each in result.problems] == expected  # told as a warning
        return
    assert result.outcome is Outcome.REFUSED_BY_SERVER
    assert [each.code for each in result.errors] == [CAUSES[who]]
    (problem,) = result.errors
    assert problem.side is Side.CLIENT
    assert problem.fix
    assert problem.remedies


KNOWN_BY_SERVER_ALONE = {
    "python": client.REVOKED,
    "nginx on": client.REJECTED,
    "apache": client.REVOKED,
    "haproxy by rule": client.REJECTED,
    "gnutls": client.REJECTED,
    "node": client.REJECTED,
    "java sockets": client.REJECTED,
}
LOGS = {
    "nginx on": "client SSL certificate verify error",
    "haproxy by rule": "ssl_c_err",
    "gnutls": "Error in the certificate",
    "node": "tlsClientError",
    "java sockets": "javax.net.debug",
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "server", [pytest.param(name, marks=SETUPS[name][1]) for name in KNOWN_BY_SERVER_ALONE]
)
def test_where_only_the_server_knows_its_log_is_named(
    running: Running, server: str, version: str
) -> None:
    result = ask(running, server, "revoked", version, knows_revoked=False)
    assert result.outcome is Outcome.REFUSED_BY_SERVER
    (problem,) = result.errors
    assert problem.code == KNOWN_BY_SERVER_ALONE[server]
    assert LOGS.get(server, "") in problem.fix
    assert problem.remedies


@needs("nginx", "nginx-light")
def test_remedies_say_whom_the_server_takes(running: Running) -> None:
    for who in ("wrong_ca", "none"):
        (problem,) = ask(running, "nginx on", who, "TLS 1.3").errors
        taken = (world().root.facts.subject_der,)
        assert [(each.kind, each.issuers) for each in problem.remedies] == [
            (RemedyKind.CHOOSE_IDENTITY, taken),
            (RemedyKind.ISSUE_CLIENT, taken),
        ]


def test_the_chain_to_be_sent_is_ours_leaf_first(running: Running) -> None:
    (problem,) = ask(running, "python", "no_intermediate", "TLS 1.3").errors
    (remedy,) = problem.remedies
    leaf = world().clients["no_intermediate"].facts
    assert remedy.kind is RemedyKind.SEND_CHAIN
    assert remedy.certificates == (leaf, world().intermediate.facts)
