"""What goes wrong before certificates are looked at: the network, another protocol, no common
ground.
"""

from mtlsgui.pki.describe.words import count
from mtlsgui.tls.evidence import End, Evidence, NetworkFault
from mtlsgui.tls.messages import looks_like_tls
from mtlsgui.tls.registries import alert_name
from mtlsgui.tls.result import Problem, Side

_PROTOCOL_VERSION, _HANDSHAKE_FAILURE, _INSUFFICIENT = 70, 40, 71
_UNRECOGNIZED_NAME, _NO_PROTOCOL = 112, 120

_GREETINGS = (
    (b"HTTP/", "plain HTTP"),
    (b"<", "plain HTTP"),
    (b"SSH-", "SSH"),
    (b"* OK", "IMAP without TLS"),
    (b"+OK", "POP3 without TLS"),
    (b"-ERR", "Redis or POP3 without TLS"),
    (b"220", "SMTP or FTP without TLS"),
    (b"421", "SMTP or FTP without TLS"),
    (b"RFB ", "VNC"),
)


def problems(evidence: Evidence) -> list[Problem]:
    """What kept the two from talking TLS with each other; at most one thing."""
    found = (
        _network(evidence) or _other_protocol(evidence) or _silence(evidence) or _alert(evidence)
    )
    return [found] if found else []


def spoken_instead(evidence: Evidence) -> str:
    """What the server speaks in place of TLS, in words; empty where it is TLS or unknown."""
    if looks_like_tls(evidence.first_bytes) and not evidence.plain_answer:
        return ""
    heard = evidence.plain_answer or evidence.first_bytes
    for start, protocol in _GREETINGS:
        if heard.lstrip().startswith(start):
            return protocol
    return "something other than TLS"


def _network(evidence: Evidence) -> Problem | None:
    target, text = evidence.question.target, evidence.fault_text
    said = f" ({text})" if text else ""
    match evidence.fault:
        case NetworkFault.NOT_RESOLVED:
            return Problem(
                "name_not_resolved",
                Side.NETWORK,
                f"No address is known for {target.host}",
                f"The name service has none{said}.",
                "Check the spelling, and that the name is known where this computer looks: "
                "its DNS server, a VPN, or the hosts file.",
            )
        case NetworkFault.REFUSED:
            return Problem(
                "connection_refused",
                Side.NETWORK,
                f"Nothing listens on port {target.port}",
                f"{target.host} was reached and refused the connection.",
                "Start the server, check its port, and see whether it listens on this address "
                "or only on the loopback.",
            )
        case NetworkFault.UNREACHABLE:
            return Problem(
                "unreachable",
                Side.NETWORK,
                f"{target.host} cannot be reached",
                f"The system says: {text}." if text else "",
                "Check the network, the VPN and the route to it.",
            )
        case NetworkFault.TIMED_OUT:
            return Problem(
                "timed_out",
                Side.NETWORK,
                f"{target.host} does not answer",
                f"No connection to port {target.port} within "
                f"{_seconds(evidence.question.limits.connect)}: most often a firewall drops "
                "the packets, or the machine is off.",
                "Check the address and port, and the firewalls on the way.",
            )
        case NetworkFault.PROXY_UNREACHABLE:
            return Problem(
                "proxy_unreachable",
                Side.NETWORK,
                "The proxy cannot be reached",
                f"{evidence.question.opening.proxy}: {text}.",
                "Check the proxy's address and port, or test without it.",
            )
        case NetworkFault.PROXY_REFUSED:
            return Problem(
                "proxy_refused",
                Side.NETWORK,
                "The proxy does not let the connection through",
                f"{evidence.question.opening.proxy} was asked for {target}: {text}.",
                "Check the name and password for the proxy and what it allows, and that the "
                "target can be reached from it.",
            )
        case NetworkFault.STARTTLS_REFUSED:
            kind = (evidence.question.opening.starttls or "").upper()
            return Problem(
                "starttls_refused",
                Side.SERVER,
                "The server does not go over to TLS",
                f"It was asked to in {kind}: {text}.",
                "Check that this port speaks that protocol in plain text first; where it speaks "
                "TLS at once, test without STARTTLS. Else switch TLS on in the server.",
            )
    return None


def _other_protocol(evidence: Evidence) -> Problem | None:
    protocol = spoken_instead(evidence)
    if not protocol:
        return None
    target = evidence.question.target
    fix = "Test the port on which it speaks TLS"
    if protocol == "plain HTTP":
        fix += ", often 443 or 8443, or switch TLS on for this one (nginx: listen … ssl)."
    elif "without TLS" in protocol:
        fix += ": it may begin TLS only when asked (STARTTLS), or have another port for it."
    else:
        fix += "."
    return Problem(
        "not_tls",
        Side.NETWORK,
        f"Port {target.port} does not speak TLS",
        f"It answered with {protocol}.",
        fix,
    )


def _silence(evidence: Evidence) -> Problem | None:
    if evidence.established or evidence.server_alert or evidence.fault:
        return None
    if evidence.end is End.TIMED_OUT:
        heard = evidence.has("ServerHello", "server")
        return Problem(
            "timed_out",
            Side.SERVER if heard else Side.NETWORK,
            "The server stopped in the middle of the handshake"
            if heard
            else "The server does not answer to TLS",
            f"It took the connection, then nothing came for "
            f"{_seconds(evidence.question.limits.handshake)}.",
            "See whether the server is overloaded or hangs, and whether this port speaks TLS.",
        )
    if evidence.end in (End.CLOSED, End.RESET) and not evidence.has("ServerHello", "server"):
        return Problem(
            "connection_closed",
            Side.SERVER,
            "The server hung up without a word",
            "It closed the connection when it saw the ClientHello: it may not speak TLS here, "
            "or a firewall or proxy on the way cuts it.",
            "Check the port, and the server's log at this time.",
        )
    return None


def _alert(evidence: Evidence) -> Problem | None:
    alert = evidence.server_alert
    hello = evidence.has("ServerHello", "server")
    ours = evidence.client_alert
    if (alert and alert.number == _PROTOCOL_VERSION) or (
        ours and ours.number == _PROTOCOL_VERSION and not evidence.established
    ):
        return _no_version(evidence)
    if alert is None:
        return None if evidence.established or not ours else _our_refusal(evidence)
    if alert.number == _UNRECOGNIZED_NAME:
        return Problem(
            "hostname_mismatch",
            Side.SERVER,
            "The server does not know this name",
            f"It has nothing configured for {evidence.question.target.server_name}.",
            "Use a name that the server is configured for, or add this one to it.",
        )
    if alert.number == _NO_PROTOCOL:
        return Problem(
            "no_application_protocol",
            Side.SERVER,
            "No common application protocol",
            "The server insists on a protocol that was not offered (ALPN).",
            "See which protocols the server's configuration names: h2, http/1.1, or its own.",
        )
    if not hello and alert.number in (_HANDSHAKE_FAILURE, _INSUFFICIENT):
        return Problem(
            "no_common_cipher",
            Side.SERVER,
            "No common cipher, group or signature algorithm",
            "The server refused all that was offered.",
            "Look at the server's cipher and group settings, and at the kind of its key: they "
            "must fit each other. TLS 1.2 with ECDHE and AES-GCM, or TLS 1.3, suits every client.",
        )
    if evidence.request is None:
        return Problem(
            "handshake_failed",
            Side.SERVER,
            f"The server broke the handshake off: {alert_name(alert.number)}",
            f"It sent alert {alert.number}, before it asked for a certificate.",
            "The server's log at this time says more.",
        )
    return None


def _no_version(evidence: Evidence) -> Problem:
    offered = " or ".join(evidence.question.offer.versions) or "TLS 1.2 or 1.3"
    return Problem(
        "no_common_version",
        Side.SERVER,
        "No common version of TLS",
        f"The server does not speak {offered}, which is what was offered.",
        "Switch TLS 1.2 and 1.3 on in the server (nginx: ssl_protocols TLSv1.2 TLSv1.3)."
        if not evidence.question.offer.versions
        else "Offer other versions, or switch this one on in the server.",
    )


def _our_refusal(evidence: Evidence) -> Problem:
    reason = evidence.local_errors[-1] if evidence.local_errors else ""
    return Problem(
        "handshake_failed",
        Side.SERVER,
        "The server does not keep to the rules of TLS",
        f"OpenSSL refused what it sent: {reason}." if reason else "",
        "Update the server's TLS library, and see what stands between it and you.",
    )


def _seconds(value: float) -> str:
    return count(int(value), "second") if value >= 1 else f"{value:g} seconds"
