"""A test's result as the JSON document of `mtlsctl probe` (CLI.md). It holds no secret."""

from typing import Any

from cryptography.x509 import ocsp

from mtlsgui.formats.as_json import certificate_as_json, time_as_json
from mtlsgui.tls.result import (
    Alert,
    ClientCertificate,
    ProbeResult,
    Problem,
    Step,
    Timing,
    TlsParameters,
)

_STATUS = {
    ocsp.OCSPCertStatus.GOOD: "good",
    ocsp.OCSPCertStatus.REVOKED: "revoked",
    ocsp.OCSPCertStatus.UNKNOWN: "unknown",
}


def document(result: ProbeResult) -> dict[str, Any]:
    """One test. The contract's fields come first and in its order; the others are ours."""
    return {
        "target": result.target,
        "outcome": result.outcome.value,
        "tls": agreed_document(result.tls),
        "client_certificate": _client_certificate(result.client_certificate),
        "server_chain": [
            {"kind": "certificate", "position": position, "container": "tls"}
            | certificate_as_json(facts)
            for position, facts in enumerate(result.server_chain, 1)
        ],
        "ocsp_staple": None if result.ocsp_staple is None else staple(result.ocsp_staple),
        "alert": alert_document(result.alert),
        "http_status": result.http_status,
        "steps": [step_document(step) | _details(step) for step in result.steps],
        "problems": [problem_document(problem) for problem in result.problems],
        "timing_ms": _timing(result.timing),
        "server_name": result.server_name,
        "at": time_as_json(result.at),
        "sentence": result.sentence,
        "detail": result.detail,
        "answer": result.answer or None,
    }


def staple(der: bytes) -> dict[str, Any]:
    """What an OCSP response says, as far as it can be read (RFC 6960, section 4.2).

    status: of the certificate ("good", "revoked", "unknown"), or the responder's own where it
    answers nothing ("try_later", "unauthorized", …), or "unreadable".
    responder: its name (RFC 4514), or the hash of its key as "sha1:…".
    """
    said: dict[str, Any] = {
        "status": "unreadable",
        "this_update": None,
        "next_update": None,
        "produced_at": None,
        "responder": None,
    }
    try:
        response = ocsp.load_der_ocsp_response(der)
        if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return said | {"status": response.response_status.name.lower()}
        name, key = response.responder_name, response.responder_key_hash
        said["produced_at"] = time_as_json(response.produced_at_utc)
        said["responder"] = name.rfc4514_string() if name else f"sha1:{(key or b'').hex()}"
        one = next(iter(response.responses), None)
        if one is not None:
            said["this_update"] = time_as_json(one.this_update_utc)
            said["next_update"] = time_as_json(one.next_update_utc)
            said["status"] = _STATUS[one.certificate_status]
    except ValueError:  # cut off, or not by the rules
        pass
    return said


def agreed_document(agreed: TlsParameters | None) -> dict[str, Any] | None:
    """What was agreed on; None before a ServerHello."""
    if agreed is None:
        return None
    return {
        "version": agreed.version,
        "cipher": agreed.cipher or None,
        "group": agreed.group or None,
        "signature_algorithm": agreed.signature_algorithm or None,
        "alpn": agreed.alpn or None,
    }


def _client_certificate(client: ClientCertificate) -> dict[str, Any]:
    return {
        "requested": client.requested,
        "required": client.required,
        "sent": client.sent,
        "acceptable_issuers": list(client.acceptable_issuers),
    }


def alert_document(alert: Alert | None) -> dict[str, Any] | None:
    """The fatal alert. "from": "client" or "server"."""
    if alert is None:
        return None
    return {"number": alert.number, "name": alert.name, "from": alert.sender}


def step_document(step: Step) -> dict[str, Any]:
    """One step of the sequence, without what its messages say. at_ms: milliseconds."""
    return {
        "n": step.number,
        "from": step.sender,
        "message": step.message,
        "bytes": step.size,
        "at_ms": _ms(step.at_ms),
        "state": step.state.value,
        "note": step.note,
    }


def _details(step: Step) -> dict[str, Any]:
    return {"details": [{"name": each.name, "values": list(each.values)} for each in step.details]}


def problem_document(problem: Problem) -> dict[str, Any]:
    """One problem with its remedy in words."""
    return {
        "code": problem.code,
        "side": problem.side.value,
        "depth": problem.depth,
        "subject": problem.subject or None,
        "title": problem.title,
        "explanation": problem.explanation,
        "fix": problem.fix,
        "warning": problem.is_warning,
    }


def _timing(timing: Timing) -> dict[str, float | None]:
    return {
        "connect": _ms(timing.connect),
        "handshake": _ms(timing.handshake),
        "verdict": _ms(timing.verdict),
    }


def _ms(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
