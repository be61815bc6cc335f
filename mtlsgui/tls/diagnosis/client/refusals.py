"""Whether a server turned the client away over its certificate, and by which way it said so.

An alert, an HTTP answer, a word of the application's protocol, or nothing at all: each kind of
server has its own. What is recognised here was seen with the real ones (docs/decisions).
"""

from dataclasses import dataclass
from enum import StrEnum

from mtlsgui.tls.diagnosis.client import logs
from mtlsgui.tls.evidence import End, Evidence
from mtlsgui.tls.registries import alert_name
from mtlsgui.tls.result import HttpAnswer

_ABOUT_CERTIFICATES = frozenset((40, 42, 43, 44, 45, 46, 48, 49, 51, 116))
_PERHAPS_ABOUT_THEM = frozenset((10, 47, 50, 80))
"""Alerts that some servers send over a certificate (GnuTLS: 50 for none), once it is the
client's turn."""

_LATE = "Cannot perform Post-Handshake Authentication"
"""Apache's, where a path alone demands a certificate and TLS 1.3 was spoken without an offer of
RFC 8446, section 4.2.6."""
_NONE_SENT = (
    "No required SSL certificate was sent",  # nginx, and what is built on it
    "403.7 ",  # IIS: "HTTP Error 403.7 - Forbidden", client certificate required
    "connection requires a valid client certificate",  # PostgreSQL
    _LATE,
)
_NOT_TAKEN = (
    "The SSL certificate error",  # nginx, and what is built on it
    "403.12 ",  # IIS: mapper denied
    "403.13 ",  # IIS: revoked
    "403.16 ",  # IIS: not trusted or malformed
    "403.17 ",  # IIS: expired or not yet valid
    "certificate authentication failed",  # PostgreSQL
)
_NGINX_BAD_CERTIFICATE, _NGINX_NO_CERTIFICATE = 495, 496
_UNAUTHORIZED, _FORBIDDEN = 401, 403


class Way(StrEnum):
    """How it was said. DENIED: an HTTP answer that may be about the certificate or not."""

    ALERT = "alert"
    ANSWER = "answer"
    DENIED = "denied"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Refusal:
    """words: how it came, in a sentence. alert: its number."""

    way: Way
    words: str
    alert: int | None = None


def refusal(evidence: Evidence) -> Refusal | None:
    """The server's refusal; None where it did not refuse, or not over a certificate."""
    if evidence.request is None:
        return _by_http(evidence.http) if evidence.http and is_too_late(evidence) else None
    if evidence.server_alert is not None:
        return _by_alert(evidence, evidence.server_alert.number)
    said = evidence.application
    if said is not None and said.accepted is False:
        kind = logs.kind_of(evidence)
        name = kind.name if kind else "The server"
        return Refusal(
            Way.ANSWER, f"{name} finished the handshake, then said: {_first_line(said.text)}"
        )
    if evidence.http is not None:
        return _by_http(evidence.http)
    return _by_silence(evidence)


def is_too_late(evidence: Evidence) -> bool:
    """Whether the server wanted to ask for a certificate after the request, and could not."""
    return evidence.request is None and evidence.http is not None and _LATE in evidence.http.text


def _by_alert(evidence: Evidence, number: int) -> Refusal | None:
    our_turn_is_over = evidence.has("Certificate", "client")
    if number not in _ABOUT_CERTIFICATES and not (
        number in _PERHAPS_ABOUT_THEM and our_turn_is_over
    ):
        return None
    words = f"The server sent alert {number}, {alert_name(number)}."
    if usual := _USUAL.get(number):
        words += f" {usual}"
    return Refusal(Way.ALERT, words, number)


_USUAL = {
    42: "Go programs such as Caddy and Traefik, and Java, say this of many faults.",
    46: "Java says this of whatever is wrong with a certificate.",
    49: "GnuTLS says this of whatever is wrong with a certificate.",
    50: "GnuTLS says this where no certificate came.",
    80: "It says that something failed in the server itself.",
}


def _by_http(answer: HttpAnswer) -> Refusal | None:
    shown = f"HTTP {answer.status} {answer.reason}".rstrip()
    finished = f"The server finished the handshake, then answered {shown}"
    if answer.status in (_NGINX_BAD_CERTIFICATE, _NGINX_NO_CERTIFICATE):
        return Refusal(Way.ANSWER, f"{finished}, which is nginx's own number for it.")
    if answer.status in (400, 401, 403):
        for phrase in (*_NONE_SENT, *_NOT_TAKEN):
            if phrase in answer.text:
                return Refusal(Way.ANSWER, f"{finished}: “{phrase.strip()}”.")
    if answer.status == _FORBIDDEN or (
        # RFC 9110, 15.5.2: a 401 names the way to log in; without one it is about something else.
        answer.status == _UNAUTHORIZED and "www-authenticate:" not in answer.text.lower()
    ):
        return Refusal(Way.DENIED, f"{finished}.")
    return None


def _by_silence(evidence: Evidence) -> Refusal | None:
    silent = evidence.end in (End.CLOSED, End.RESET)
    version = evidence.tls.version if evidence.tls else ""
    # In TLS 1.2 the server's Finished has accepted the certificate.
    if not silent or (evidence.established and version != "TLS 1.3"):
        return None
    if not evidence.established and not evidence.has("Certificate", "client"):
        return None
    return Refusal(
        Way.SILENCE,
        "The server hung up without a word, as Node.js and Java's HttpsServer do.",
    )


def _first_line(text: str) -> str:
    lines = [each.strip() for each in text.splitlines() if each.strip()]
    return f"“{lines[0]}”." if lines else "nothing."
