"""What changed between two results, in words."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from mtlsgui.tls.document import document
from mtlsgui.tls.result import (
    ClientCertificate,
    Outcome,
    ProbeResult,
    Problem,
    Side,
    Timing,
    TlsParameters,
)
from mtlsgui.workspace.connections.compared import LABELS, Change, Turn, compare
from tests.tls.papers import contents, facts_of, root, signed

CA = root("Test CA")
OLD, NEW = (facts_of(signed(contents("api.test"), CA).certificate) for _ in range(2))
GOOD = ProbeResult(
    target="api.test:443",
    server_name="api.test",
    at=datetime(2026, 3, 1, tzinfo=UTC),
    outcome=Outcome.ACCEPTED,
    sentence="The connection works.",
    detail="",
    tls=TlsParameters("TLS 1.3", "TLS_AES_256_GCM_SHA384", "X25519MLKEM768", "ed25519"),
    client_certificate=ClientCertificate(True, True, True, ("CN=Test CA",)),
    server_chain=(OLD,),
    alert=None,
    http_status=200,
    answer="",
    ocsp_staple=None,
    steps=(),
    problems=(),
    timing=Timing(1.0, 10.0, 12.0),
)
EXPIRED = Problem(
    "client_certificate_expired", Side.CLIENT, "The certificate expired.", "", subject="CN=a"
)
BAD = replace(
    GOOD,
    outcome=Outcome.REFUSED_BY_SERVER,
    sentence="The server refused your certificate.",
    problems=(EXPIRED,),
    http_status=None,
)


def changes(before: ProbeResult, after: ProbeResult) -> tuple[Change, ...]:
    found = compare(document(before), document(after))
    assert {each.what for each in found} <= set(LABELS)
    return found


def test_nothing_changed() -> None:
    assert changes(GOOD, replace(GOOD, timing=Timing(2.0, 30.0, 40.0))) == ()


def test_what_went_wrong_and_what_was_mended() -> None:
    worse = changes(GOOD, BAD)
    assert [(each.what, each.turn) for each in worse] == [
        ("Verdict", Turn.WORSE),
        ("New problem", Turn.WORSE),
    ]
    assert worse[0].sentence == (
        "Verdict: The server refused your certificate (before: The connection works)."
    )
    better = changes(BAD, GOOD)
    assert [(each.what, each.turn) for each in better] == [
        ("Verdict", Turn.BETTER),
        ("Problem gone", Turn.BETTER),
    ]
    assert better[1].sentence == "Problem gone: The certificate expired."


def test_another_certificate_of_the_server() -> None:
    found = changes(GOOD, replace(GOOD, server_chain=(NEW,)))
    assert [each.what for each in found] == ["Server certificate"]
    assert NEW.fingerprint_sha256[:8] in found[0].after
    along = changes(GOOD, replace(GOOD, server_chain=(OLD, facts_of(CA.certificate))))
    assert [(each.what, each.before) for each in along] == [("Chain", "no CA sent along")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"tls": TlsParameters("TLS 1.2", "ECDHE", "X25519", "ed25519", "h2")}, 4),
        ({"tls": None}, 0),
        ({"client_certificate": ClientCertificate(True, False, True, ("CN=Test CA",))}, 1),
        ({"client_certificate": ClientCertificate(True, True, True, ())}, 1),
        ({"client_certificate": ClientCertificate(False, False, False)}, 1),
        ({"http_status": 503}, 1),
        ({"timing": Timing(1.0, 100.0, 120.0)}, 1),
        ({"server_chain": ()}, 0),
    ],
)
def test_other_changes(change: dict[str, Any], told: int) -> None:
    assert len(changes(GOOD, replace(GOOD, **change))) == told
