"""A handshake that came to no end: silence, a cut, an alert before certificates mattered."""

from mtlsgui.tls.diagnosis import client
from mtlsgui.tls.diagnosis.connection.network import seconds
from mtlsgui.tls.diagnosis.connection.protocols import starttls_by_port
from mtlsgui.tls.evidence import End, Evidence
from mtlsgui.tls.registries import alert_name
from mtlsgui.tls.result import Problem, Remedy, RemedyKind, Side

_PROTOCOL_VERSION, _HANDSHAKE_FAILURE, _INSUFFICIENT = 70, 40, 71
_UNRECOGNIZED_NAME, _NO_PROTOCOL = 112, 120
_TOO_LARGE = ("excessive message size", "certificate list too large")
"""OpenSSL's reasons for a message above its limits (SSL_R_EXCESSIVE_MESSAGE_SIZE)."""


def silence(evidence: Evidence) -> Problem | None:
    """The server said nothing, or stopped, before the handshake was done."""
    if evidence.established or evidence.server_alert or evidence.fault:
        return None
    begun = evidence.has("ServerHello", "server")
    if evidence.end is End.TIMED_OUT:
        return Problem(
            "timed_out",
            Side.SERVER if begun or evidence.first_bytes else Side.NETWORK,
            "The server stopped in the middle of the handshake"
            if begun or evidence.first_bytes
            else "The server does not answer to TLS",
            f"The handshake came to no end within {seconds(evidence.question.limits.handshake)}.",
            "See whether the server is overloaded or hangs, and whether this port speaks TLS.",
            remedies=() if begun else starttls_by_port(evidence),
        )
    if evidence.end not in (End.CLOSED, End.RESET) or client.is_refused(evidence):
        return None
    how = "reset" if evidence.end is End.RESET else "closed"
    if begun:
        return Problem(
            "connection_closed",
            Side.SERVER,
            "The connection broke off in the middle of the handshake",
            f"It was {how} after the server's first message: the server crashed or gave up, or "
            "something on the way cut it, as firewalls do that read the names in TLS.",
            "Look in the server's log at this time, and test from the server's own machine.",
        )
    return Problem(
        "connection_closed",
        Side.SERVER,
        "The server hung up without a word",
        f"The connection was {how} when it saw the ClientHello: the server may not speak TLS "
        f"here, or a firewall or proxy on the way cuts it.{_proxy_protocol(evidence)}",
        "Check the port, and the server's log at this time.",
        remedies=starttls_by_port(evidence),
    )


def _proxy_protocol(evidence: Evidence) -> str:
    if evidence.question.opening.proxy_protocol is not None:
        return " It may not expect the PROXY protocol's header, which was sent first."
    return " A server behind a load balancer may expect the PROXY protocol's header."


def alert(evidence: Evidence) -> Problem | None:
    """One side refused the other before it came to the client's certificate."""
    sent, ours = evidence.server_alert, evidence.client_alert
    if (sent and sent.number == _PROTOCOL_VERSION) or (
        ours and ours.number == _PROTOCOL_VERSION and not evidence.established
    ):
        return _no_version(evidence)
    if sent is None:
        failed = ours is not None or evidence.end is End.FAILED
        return None if evidence.established or not failed else _our_refusal(evidence)
    if sent.number == _UNRECOGNIZED_NAME:
        return _unknown_name(evidence)
    if sent.number == _NO_PROTOCOL:
        return _no_protocol(evidence)
    begun = evidence.has("ServerHello", "server")
    if not begun and sent.number in (_HANDSHAKE_FAILURE, _INSUFFICIENT):
        return _no_cipher(evidence)
    if evidence.request is None or not client.is_refused(evidence):
        when = ", before it asked for a certificate" if evidence.request is None else ""
        return Problem(
            "handshake_failed",
            Side.SERVER,
            f"The server broke the handshake off: {alert_name(sent.number).replace('_', ' ')}",
            f"It sent alert {sent.number}{when}.",
            "The server's log at this time says more.",
        )
    return None


def broken(evidence: Evidence) -> Problem | None:
    """The handshake was done, and what came then is no TLS of this connection."""
    if not evidence.established or evidence.end is not End.FAILED:
        return None
    reason = f" ({evidence.local_errors[-1]})" if evidence.local_errors else ""
    return Problem(
        "handshake_failed",
        Side.SERVER,
        "What the server said after the handshake cannot be read",
        f"It does not fit the connection{reason}: the server is faulty, or something on the way "
        "changes what it sends. It may have been a refusal.",
        "Update the server's TLS library, and look in its log at this time.",
    )


def unanswered_alpn(evidence: Evidence) -> Problem | None:
    """The server took none of the application protocols offered, and went on."""
    offered = evidence.question.offer.alpn
    if not (offered and evidence.established and evidence.tls and not evidence.tls.alpn):
        return None
    return Problem(
        "no_application_protocol",
        Side.SERVER,
        "The server chose none of the application protocols",
        f"Offered by ALPN: {' and '.join(offered)}. The server went on without: most programs "
        "then speak HTTP/1.1, and HTTP/2 and gRPC are not had.",
        "See whether the server speaks it, and whether it is switched on (nginx: http2 on).",
        is_warning=True,
    )


def _no_version(evidence: Evidence) -> Problem:
    limited = evidence.question.offer.versions
    offered = " or ".join(limited) or "TLS 1.2 or 1.3"
    return Problem(
        "no_common_version",
        Side.SERVER,
        "No common version of TLS",
        f"The server does not speak {offered}, which is what was offered.",
        "Offer other versions, or switch this one on in the server."
        if limited
        else "Switch TLS 1.2 and 1.3 on in the server (nginx: ssl_protocols TLSv1.2 TLSv1.3).",
        remedies=(Remedy(RemedyKind.VERSION),) if limited else (),
    )


def _no_cipher(evidence: Evidence) -> Problem:
    offer = evidence.question.offer
    limited = bool(offer.ciphers or offer.suites or offer.groups or offer.signature_algorithms)
    advice = (
        "Offer more of them, or look at the server's settings."
        if limited
        else "Look at the server's cipher and group settings, and at the kind of its key: they "
        "must fit each other. TLS 1.2 with ECDHE and AES-GCM, or TLS 1.3, suits every client."
    )
    return Problem(
        "no_common_cipher",
        Side.SERVER,
        "No common cipher, group or signature algorithm",
        "The server refused all that was offered.",
        advice,
        remedies=(Remedy(RemedyKind.VERSION),) if offer.versions else (),
    )


def _unknown_name(evidence: Evidence) -> Problem:
    return Problem(
        "hostname_mismatch",
        Side.SERVER,
        "The server does not know this name",
        f"It has nothing configured for {evidence.question.target.server_name}, which was sent "
        "as the name that is wanted (SNI).",
        "Use a name that the server is configured for, or add this one to it.",
    )


def _no_protocol(evidence: Evidence) -> Problem:
    offered = evidence.question.offer.alpn
    return Problem(
        "no_application_protocol",
        Side.SERVER,
        "No common application protocol",
        f"The server does not speak {' or '.join(offered)}, which was offered (ALPN)."
        if offered
        else "The server insists on a protocol that was not offered (ALPN).",
        "See which protocols the server's configuration names: h2, http/1.1, or its own.",
    )


def _our_refusal(evidence: Evidence) -> Problem:
    reason = evidence.local_errors[-1] if evidence.local_errors else ""
    if any(each in _TOO_LARGE for each in evidence.local_errors):
        return Problem(
            "handshake_failed",
            Side.SERVER,
            "The server's certificate chain is too large",
            "It is larger than OpenSSL takes, 100 kilobytes: other clients have such limits too.",
            "Let the server send its own certificate and its intermediates, and nothing else.",
        )
    return Problem(
        "handshake_failed",
        Side.SERVER,
        "The server does not keep to the rules of TLS",
        f"OpenSSL refused what it sent: {reason}."
        if reason
        else "What it sent cannot be read as TLS.",
        "Update the server's TLS library, and see what stands between it and you.",
    )
