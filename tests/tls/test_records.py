"""Both ways to see messages see the same, on the same connections."""

import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import pytest
from OpenSSL import SSL

from mtlsgui.tls import handshake
from mtlsgui.tls.keylog import KeyLog
from mtlsgui.tls.messages import Message, ServerHello
from mtlsgui.tls.probe import probe
from mtlsgui.tls.protection import Suite, UnknownProtection
from mtlsgui.tls.question import Offer, Protocol, Question, Target
from mtlsgui.tls.records import UNREADABLE, RecordTrace
from mtlsgui.tls.result import Outcome
from mtlsgui.tls.trace import Trace
from tests.tls import servers
from tests.tls.papers import HOST, NOW, world
from tests.tls.serving.support import LONG
from tests.tls.test_offering import ask

pytestmark = pytest.mark.integration
_NO_ETM = """
openssl_conf = all
[all]
ssl_conf = tls
[tls]
system_default = here
[here]
Options = -EncryptThenMac
"""


class _Both:
    """OpenSSL's callback and the reading of records beside each other."""

    def __init__(
        self, context: SSL.Context, elapsed: Callable[[], float], keylog: KeyLog | None
    ) -> None:
        self._told = Trace(context, elapsed)
        self.read = RecordTrace(context, elapsed, keylog)
        self.sent = self.read.sent
        self.changed = threading.Event()
        """Once the other side has changed its keys."""
        self.check = self._told.check

    def received(self, data: bytes) -> None:
        self.read.received(data)
        if any(each.name == "KeyUpdate" for each in self.messages):
            self.changed.set()

    @property
    def messages(self) -> list[Message]:
        return self._told.messages


def _plain(messages: list[Message], sender: str) -> list[tuple[str, int, object]]:
    return [(each.name, each.size, each.detail) for each in messages if each.sender == sender]


@pytest.mark.parametrize(
    "offer",
    [
        Offer(versions=("TLS 1.3",)),
        Offer(versions=("TLS 1.3",), suites=("TLS_AES_128_GCM_SHA256",)),
        Offer(versions=("TLS 1.3",), suites=("TLS_CHACHA20_POLY1305_SHA256",)),
        Offer(versions=("TLS 1.3",), groups=("X25519", "P-384")),
        Offer(versions=("TLS 1.2",)),
        Offer(versions=("TLS 1.2",), ciphers="ECDHE-ECDSA-AES128-GCM-SHA256"),
        Offer(versions=("TLS 1.2",), ciphers="ECDHE-ECDSA-CHACHA20-POLY1305"),
        Offer(versions=("TLS 1.2",), ciphers="ECDHE-ECDSA-AES256-CCM8:@SECLEVEL=0"),
        Offer(versions=("TLS 1.2",), ciphers="ECDHE-ECDSA-AES256-SHA384"),
        Offer(versions=("TLS 1.2",), ciphers="ECDHE-ECDSA-AES128-SHA256"),
        Offer(versions=("TLS 1.2",), ciphers="ECDHE-ECDSA-AES256-SHA"),
    ],
    ids=str,
)
@pytest.mark.parametrize("client", ["good", "expired"])
def test_both_see_the_same(
    offer: Offer, client: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _watched(monkeypatch)
    options = ["-verify_return_error", "-cipher", "ALL:@SECLEVEL=0"]
    options += ["-groups", "P-384"] if offer.groups else []
    with servers.openssl(tmp_path, world().servers["good"], *options) as port:
        result = ask(port, offer, identity=world().identity(client))
    accepted = result.outcome is Outcome.ACCEPTED
    assert accepted is (client == "good")
    assert "Finished" in _seen_alike(made[0])


def test_cbc_with_its_mac_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As before RFC 7366, which OpenSSL speaks where the server does not decline it."""
    made = _watched(monkeypatch)
    config = tmp_path / "openssl.cnf"
    config.write_text(_NO_ETM)
    monkeypatch.setenv("OPENSSL_CONF", str(config))
    offer = Offer(versions=("TLS 1.2",), ciphers="ECDHE-ECDSA-AES256-SHA384")
    with servers.openssl(tmp_path, world().servers["good"]) as port:
        assert ask(port, offer).outcome is Outcome.ACCEPTED
    hello = next(each for each in made[0].messages if each.name == "ServerHello")
    assert isinstance(hello.detail, ServerHello)
    assert "encrypt_then_mac" not in hello.detail.extensions
    assert "Finished" in _seen_alike(made[0])


@pytest.mark.parametrize(
    "offer",
    [
        Offer(versions=("TLS 1.2",), ciphers="ECDHE-ECDSA-CAMELLIA256-SHA384"),
        Offer(versions=("TLS 1.1",)),
    ],
    ids=str,
)
def test_what_is_not_read_is_said_once_a_side(
    offer: Offer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _watched(monkeypatch)
    with servers.openssl(tmp_path, world().servers["good"], "-cipher", "ALL:@SECLEVEL=0") as port:
        assert ask(port, offer).outcome is Outcome.ACCEPTED
    for sender in ("client", "server"):
        names = [name for name, _, _ in _plain(made[0].read.messages, sender)]
        told = [name for name, _, _ in _plain(made[0].messages, sender)]
        assert names.count(UNREADABLE) == 1
        assert names[-1] == UNREADABLE
        assert names[:-1] == told[: len(names) - 1]


def test_keys_that_are_changed_on_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 8446, section 4.6.3: the server changes its keys, and asks us to change ours."""
    made = _watched(monkeypatch)
    chain, key = world().servers["good"].write(tmp_path)
    command = ["openssl", "s_server", "-accept", "127.0.0.1:0", "-tls1_3"]
    command += ["-cert", str(chain), "-key", str(key)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        port = int(_until(process.stdout, b"ACCEPT 127.0.0.1:", b"\n"))
        question = Question(
            Target("127.0.0.1", port, HOST), None, world().trust, protocol=Protocol.SMTP
        )
        try:
            with ThreadPoolExecutor(1) as pool:
                asked = pool.submit(probe, question, NOW)
                _until(process.stdout, b"END SSL SESSION PARAMETERS")
                process.stdin.write(b"K\n")
                assert made[0].changed.wait(LONG)  # else it takes both for one command
                process.stdin.write(b"220 good.test\n")
                _until(process.stdout, b"EHLO")  # by the client's new keys
                process.stdin.write(b"250 good.test\n")
                result = asked.result()
        finally:
            process.kill()
    assert result.answer == "250 good.test"
    names = _seen_alike(made[0])
    assert names.count("KeyUpdate") == 2
    assert made[0].read.messages[-1].name == "Alert"  # the goodbye, by the newest keys


def _until(stream: IO[bytes], *marks: bytes) -> bytes:
    """What stands between the last two of these, which are read for one after the other."""
    between = b""
    for mark in marks:
        between = b""
        while not between.endswith(mark):
            more = stream.read(1)
            assert more, f"the server ended before {mark!r}"
            between += more
        between = between.removesuffix(mark)
    return between


def _watched(monkeypatch: pytest.MonkeyPatch) -> list[_Both]:
    """Both ways on each connection from now on."""
    made: list[_Both] = []

    def both(context: SSL.Context, elapsed: Callable[[], float], keylog: KeyLog | None) -> _Both:
        made.append(_Both(context, elapsed, keylog))
        return made[-1]

    monkeypatch.setattr(handshake, "open_trace", both)
    return made


def _seen_alike(made: _Both) -> list[str]:
    """The names of what was read, which is what OpenSSL told."""
    told, read = made.messages, made.read.messages
    for sender in ("client", "server"):
        assert _plain(read, sender) == _plain(told, sender)
    return [each.name for each in read]


def test_a_test_goes_by_records_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handshake, "open_trace", RecordTrace)
    log = tmp_path / "keys.log"
    with servers.openssl(tmp_path, world().servers["good"], "-verify_return_error") as port:
        for version in ("TLS 1.2", "TLS 1.3"):
            result = ask(port, Offer(versions=(version,)), keylog=log)
            assert result.outcome is Outcome.ACCEPTED
            assert result.client_certificate.requested
            refused = ask(port, Offer(versions=(version,)), identity=world().identity("expired"))
            assert refused.alert is not None
            assert refused.alert.number == 45
    assert "CLIENT_RANDOM" in log.read_text()


def test_the_ciphers_of_few_are_not_read() -> None:
    for name in ("TLS_ECDHE_ECDSA_WITH_CAMELLIA_256_CBC_SHA384", "TLS_RSA_WITH_RC4_128_SHA"):
        with pytest.raises(UnknownProtection):
            Suite.named(name)
