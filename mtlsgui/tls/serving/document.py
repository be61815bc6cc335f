"""Visits as JSON: what a client is answered, and what `mtlsctl serve --json` prints."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from mtlsgui.formats.as_json import certificate_as_json
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.document import (
    agreed_document,
    alert_document,
    document,
    problem_document,
    step_document,
)
from mtlsgui.tls.result import Problem, TlsParameters
from mtlsgui.tls.serving.http import Request
from mtlsgui.tls.serving.visit import Visit


def answer_document(
    problems: Sequence[Problem],
    chain: Sequence[CertificateFacts],
    agreed: TlsParameters | None,
    server_name: str,
    request: Request | None,
) -> dict[str, Any]:
    """What a client is told of itself."""
    return {
        "accepted": all(each.is_warning for each in problems),
        "problems": [_told(each) for each in problems],
        "chain": [certificate_as_json(each) for each in chain],
        "tls": _tls(agreed, server_name),
        "request": request
        and {"method": request.method, "target": request.target, "version": request.version},
    }


def visit_document(visit: Visit) -> dict[str, Any]:
    """All of a visit."""
    at = visit.at.astimezone(UTC)
    return {
        "number": visit.number,
        "at": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z",
        "peer": visit.peer,
        "outcome": visit.outcome.value,
        "accepted": visit.outcome == "accepted",
        "sentence": visit.sentence,
        "server_name": visit.server_name or None,
        "offered": {
            "versions": list(visit.offered.versions),
            "ciphers": list(visit.offered.ciphers),
            "groups": list(visit.offered.groups),
            "alpn": list(visit.offered.alpn),
        },
        "tls": _tls(visit.tls, visit.server_name),
        "chain": [certificate_as_json(each) for each in visit.chain],
        "alert": alert_document(visit.alert),
        "problems": [problem_document(each) for each in visit.problems],
        "request": visit.request or None,
        "http_status": visit.http_status,
        "steps": [step_document(each) for each in visit.steps],
        "duration_ms": round(visit.duration, 1),
        "upstream": visit.upstream and document(visit.upstream),
    }


def _told(problem: Problem) -> dict[str, Any]:
    """A problem as its client needs it."""
    whole = problem_document(problem)
    return {name: whole[name] for name in ("code", "title", "explanation", "fix")}


def _tls(agreed: TlsParameters | None, server_name: str) -> dict[str, Any] | None:
    found = agreed_document(agreed)
    return found and found | {"server_name": server_name or None}
