"""Both ways to see messages see the same, on the same connections."""

from collections.abc import Callable
from pathlib import Path

import pytest
from OpenSSL import SSL

from mtlsgui.tls import handshake
from mtlsgui.tls.keylog import KeyLog
from mtlsgui.tls.messages import Message
from mtlsgui.tls.protection import Suite, UnknownProtection
from mtlsgui.tls.question import Offer
from mtlsgui.tls.records import RecordTrace
from mtlsgui.tls.result import Outcome
from mtlsgui.tls.trace import Trace
from tests.tls import servers
from tests.tls.papers import world
from tests.tls.test_offering import ask

pytestmark = pytest.mark.integration


class _Both:
    """OpenSSL's callback and the reading of records beside each other."""

    def __init__(
        self, context: SSL.Context, elapsed: Callable[[], float], keylog: KeyLog | None
    ) -> None:
        self._told = Trace(context, elapsed)
        self.read = RecordTrace(context, elapsed, keylog)
        self.received, self.sent = self.read.received, self.read.sent
        self.check = self._told.check

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
    ],
    ids=str,
)
@pytest.mark.parametrize("client", ["good", "expired"])
def test_both_see_the_same(
    offer: Offer, client: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[_Both] = []

    def both(context: SSL.Context, elapsed: Callable[[], float], keylog: KeyLog | None) -> _Both:
        made.append(_Both(context, elapsed, keylog))
        return made[-1]

    monkeypatch.setattr(handshake, "open_trace", both)
    options = ["-verify_return_error", "-cipher", "ALL:@SECLEVEL=0"]
    options += ["-groups", "P-384"] if offer.groups else []
    with servers.openssl(tmp_path, world().servers["good"], *options) as port:
        result = ask(port, offer, identity=world().identity(client))
    accepted = result.outcome is Outcome.ACCEPTED
    assert accepted is (client == "good")
    told, read = made[0].messages, made[0].read.messages
    for sender in ("client", "server"):
        assert _plain(read, sender) == _plain(told, sender)
    assert "Finished" in {each.name for each in read}


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


def test_suites_that_are_no_aead_are_not_read() -> None:
    with pytest.raises(UnknownProtection):
        Suite.named("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384")
