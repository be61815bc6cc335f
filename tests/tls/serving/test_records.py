"""The test server where OpenSSL's message callback is gone: it reads the records of its clients."""

from __future__ import annotations

import ssl
from collections.abc import Callable

import pytest
from OpenSSL import SSL

from mtlsgui.tls.keylog import KeyLog
from mtlsgui.tls.messages import Speaker
from mtlsgui.tls.records import UNREADABLE, RecordTrace
from mtlsgui.tls.serving import handshake
from mtlsgui.tls.serving.visit import Visit, VisitOutcome
from tests.tls.serving.support import VERSIONS, call, running, settings


@pytest.fixture(autouse=True)
def by_records(monkeypatch: pytest.MonkeyPatch) -> None:
    def trace(
        context: SSL.Context,
        elapsed: Callable[[], float],
        keylog: KeyLog | None = None,
        side: Speaker = "client",
    ) -> RecordTrace:
        return RecordTrace(context, elapsed, keylog, side)

    monkeypatch.setattr(handshake, "open_trace", trace)


def visit(who: str | None, version: str) -> Visit:
    with running(settings()) as at:
        try:
            call(at, who, version)
        except (ssl.SSLError, ConnectionError):
            assert who != "good"
        return at.visit()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_client_is_seen(version: str) -> None:
    seen = visit("good", version)
    assert (seen.outcome, seen.problems) == (VisitOutcome.ACCEPTED, ())
    assert len(seen.chain) == 2
    assert seen.tls is not None
    assert seen.tls.version == version
    told = ", ".join(step.message for step in seen.steps)
    assert "CertificateVerify, Finished" in told
    assert UNREADABLE not in told


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("who", "alert"), [("expired", 45), ("wrong_ca", 48), (None, None)])
def test_a_refusal_is_seen(version: str, who: str | None, alert: int | None) -> None:
    seen = visit(who, version)
    assert seen.outcome is VisitOutcome.REFUSED
    assert seen.alert is not None
    assert seen.alert.number == (alert or (40 if version == "TLS 1.2" else 116))
    assert seen.problems[0].code.startswith("client_certificate_")
