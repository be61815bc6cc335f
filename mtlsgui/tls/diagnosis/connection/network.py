"""What kept us from TLS: names, addresses, proxies, a STARTTLS that was refused."""

from mtlsgui.pki.describe.words import count
from mtlsgui.tls.evidence import Evidence, NetworkFault
from mtlsgui.tls.result import Problem, Side
from mtlsgui.tls.server_names import is_address


def network(evidence: Evidence) -> Problem | None:
    """The fault in words; None where the way to TLS stood."""
    target, text = evidence.question.target, evidence.fault_text
    said = f" ({text})" if text else ""
    match evidence.fault:
        case NetworkFault.NOT_RESOLVED if is_address(target.host):
            return _other_family(evidence)
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
                f"{seconds(evidence.question.limits.connect)}: most often a firewall drops "
                "the packets, or the machine is off.",
                "Check the address and port, and the firewalls on the way.",
            )
        case NetworkFault.PROXY_UNREACHABLE:
            return Problem(
                "proxy_refused",
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
            starttls = evidence.question.opening.starttls
            kind = starttls.label if starttls is not None else "plain text"
            return Problem(
                "starttls_refused",
                Side.SERVER,
                "The server does not go over to TLS",
                f"It was asked to in {kind}: {text}.",
                "Check that this port speaks that protocol in plain text first; where it speaks "
                "TLS at once, test without STARTTLS. Else switch TLS on in the server.",
            )
    return None


def _other_family(evidence: Evidence) -> Problem:
    """An address is no question for the name service: it is of the kind that was ruled out."""
    host = evidence.question.target.host
    only, is_of = ("IPv4", "IPv6") if ":" in host else ("IPv6", "IPv4")
    return Problem(
        "name_not_resolved",
        Side.NETWORK,
        f"{host} is an {is_of} address",
        f"Only {only} was to be used.",
        f"Let the test use {is_of} too, or give an address of {only} or a name.",
    )


def seconds(value: float) -> str:
    """As in "5 seconds", "0.4 seconds"."""
    return count(int(value), "second") if value == int(value) else f"{value:g} seconds"
