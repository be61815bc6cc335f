"""What is answered beside the cause: whether a certificate is needed, denials, kinds of keys."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.pki import issuing, keys
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.tls.diagnosis import client
from mtlsgui.tls.probe import probe
from mtlsgui.tls.question import Identity, Offer, Question, Target
from mtlsgui.tls.result import Outcome, ProbeResult, RemedyKind, Side
from tests.integration.programs import needs
from tests.tls import servers
from tests.tls.papers import HOST, NOW, Paper, contents, facts_of, world
from tests.tls.truth.servers import Ports, nginx, shelf

VERSIONS = ("TLS 1.2", "TLS 1.3")


def ask(
    port: int,
    who: str | Identity = "good",
    *,
    try_without: bool = False,
    version: str = "TLS 1.3",
) -> ProbeResult:
    identity = world().identity(who) if isinstance(who, str) else who
    target, offer = Target("127.0.0.1", port, HOST), Offer(versions=(version,))
    question = Question(target, identity, world().trust, offer=offer)
    return probe(question, NOW, try_without=try_without)


# -- does it need the certificate?


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    with nginx(shelf(tmp_path_factory.mktemp("nginx"))) as ports:
        yield ports


@pytest.mark.integration
@needs("nginx", "nginx-light")
@pytest.mark.parametrize(
    ("how", "who", "required", "words"),
    [
        ("on", "good", True, "It needs a certificate."),
        ("optional", "good", False, "It would let you in without a certificate too."),
        ("on", "expired", True, "It refuses those without a certificate too."),
        ("optional", "expired", False, "Without a certificate it lets you in."),
    ],
)
def test_a_second_attempt_shows_whether_it_is_needed(
    asking: Ports, how: str, who: str, required: bool, words: str
) -> None:
    once = ask(asking[f"nginx {how}"], who)
    twice = ask(asking[f"nginx {how}"], who, try_without=True)
    assert once.client_certificate.required is None
    assert twice.client_certificate.required is required
    assert twice.detail.endswith(words)
    assert (twice.outcome, twice.problems) == (once.outcome, once.problems)


def test_a_server_that_denies_those_without_needs_one(tmp_path: Path) -> None:
    with _by_rule(tmp_path, let_in=True) as port:
        result = ask(port, "good", try_without=True)
        assert result.outcome is Outcome.ACCEPTED
        assert result.client_certificate.required is True
        without = ask(port, "none")
    assert without.outcome is Outcome.REFUSED_BY_SERVER
    assert [each.code for each in without.errors] == [client.MISSING]
    assert without.client_certificate.required is None  # it may deny everybody
    assert without.sentence == (
        "The server asks for a client certificate, and answers HTTP 403 Forbidden without one."
    )


def test_a_denial_of_a_good_certificate_is_not_called_accepted(tmp_path: Path) -> None:
    with _by_rule(tmp_path, let_in=False) as port:
        result = ask(port, "good", try_without=True)
    assert result.outcome is Outcome.REFUSED_BY_SERVER
    assert [each.code for each in result.errors] == [client.REJECTED]
    assert result.client_certificate.required is None
    assert (
        result.sentence == "The server let your certificate in, then answered HTTP 403 Forbidden."
    )
    assert "rules do not let its owner in" in result.errors[0].explanation


def _by_rule(directory: Path, *, let_in: bool) -> AbstractContextManager[int]:
    """Asks for a certificate, does without in TLS, and answers 403 to who has none or to all."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*world().servers["good"].write(directory))
    context.load_verify_locations(cadata=ssl.DER_cert_to_PEM_cert(world().root.facts.der))
    context.verify_mode = ssl.CERT_OPTIONAL
    denied = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as wrapped:
            wrapped.recv(4096)
            known = let_in and wrapped.getpeercert()
            wrapped.sendall(servers.ANSWER if known else denied)
            wrapped.unwrap()

    return servers.listening(serve)


# -- kinds of keys


def with_key(algorithm: KeyAlgorithm) -> Identity:
    issuer = world().intermediate
    key = keys.generate(algorithm)
    made = issuing.issue(
        contents("the client", usage=("clientAuth",)),
        key.public_key(),
        issuer=issuer.certificate,
        issuer_key=issuer.key,
        serial=issuing.random_serial(),
    )
    return Paper(made, key, (issuer.certificate,)).identity(issuer, world().root)


@pytest.mark.integration
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("taken", "algorithm", "fits"),
    [
        ("RSA-PSS+SHA256:RSA+SHA256", KeyAlgorithm.P256, False),
        ("ECDSA+SHA256", KeyAlgorithm.P256, True),
        ("ECDSA+SHA256", KeyAlgorithm.RSA2048, False),
        ("RSA-PSS+SHA256", KeyAlgorithm.RSA2048, True),
        ("ECDSA+SHA256", KeyAlgorithm.ED25519, False),
    ],
)
def test_a_kind_of_key_that_the_server_does_not_take(
    tmp_path: Path, taken: str, algorithm: KeyAlgorithm, fits: bool, version: str
) -> None:
    options = ("-verify_return_error", "-client_sigalgs", taken)
    with servers.openssl(tmp_path, world().servers["good"], *options) as port:
        result = ask(port, with_key(algorithm), version=version)
    if fits:
        assert (result.outcome, result.errors) == (Outcome.ACCEPTED, ())
        return
    assert result.outcome is Outcome.REFUSED_BY_SERVER
    (problem,) = result.errors
    assert problem.code == client.REJECTED
    assert problem.title == "The server does not take this kind of key"
    assert [each.kind for each in problem.remedies] == [
        RemedyKind.CHOOSE_IDENTITY,
        RemedyKind.ISSUE_CLIENT,
    ]
    assert result.sentence == "The server does not take this kind of key."


# -- revocation that we know of, and both sides at once


@pytest.mark.integration
@needs("nginx", "nginx-light")
def test_a_revocation_list_that_is_held_tells_of_ours(asking: Ports) -> None:
    lists = tuple(each.public_bytes(Encoding.DER) for each in world().crls)
    identity = world().identity("revoked")
    assert identity is not None
    question = Question(
        Target("127.0.0.1", asking["nginx on"], HOST),
        replace(identity, revoked=False),
        replace(world().trust, crls=lists),
    )
    result = probe(question, NOW)
    assert [each.code for each in result.errors] == [client.REVOKED]
    assert result.sentence == "The server refused your certificate: it was revoked."


def test_both_sides_are_told(tmp_path: Path) -> None:
    with servers.python_ssl(tmp_path, world().servers["expired"]) as port:
        result = ask(port, "expired")
    assert {(each.side, each.code) for each in result.errors} == {
        (Side.CLIENT, client.EXPIRED),
        (Side.SERVER, "certificate_expired"),
    }
    assert result.sentence.startswith("The server refused your certificate: it expired")
    assert result.detail.startswith("Something is wrong with the server too.")


def test_an_expired_authority_above_ours_is_told_as_such(tmp_path: Path) -> None:
    issuer, root = world().intermediate, world().root
    old = facts_of(
        issuing.issue(
            contents("Test Issuing CA", start=-300, end=-1, is_ca=True),
            issuer.key.public_key(),
            issuer=root.certificate,
            issuer_key=root.key,
            serial=issuing.random_serial(),
        )
    )
    good = world().identity("good")
    assert good is not None
    identity = replace(good, chain=(old,), above=(old, root.facts))
    with servers.python_ssl(tmp_path, world().servers["good"]) as port:
        result = ask(port, identity)
    assert [(each.code, each.depth) for each in result.errors] == [(client.EXPIRED, 1)]
    assert result.sentence == "The server refused your certificate: a CA above it has expired."
