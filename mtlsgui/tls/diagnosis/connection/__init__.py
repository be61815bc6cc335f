"""What goes wrong before certificates are looked at: the network, another protocol, no common
ground.
"""

from mtlsgui.tls.diagnosis.connection.handshake import (
    alert,
    broken,
    silence,
    unanswered_alpn,
)
from mtlsgui.tls.diagnosis.connection.network import network
from mtlsgui.tls.diagnosis.connection.protocols import other_protocol, spoken_instead
from mtlsgui.tls.evidence import Evidence
from mtlsgui.tls.result import Problem

__all__ = ["problems", "spoken_instead"]


def problems(evidence: Evidence) -> list[Problem]:
    """What kept the two from talking TLS with each other; at most one thing."""
    found = (
        network(evidence)
        or other_protocol(evidence)
        or silence(evidence)
        or alert(evidence)
        or broken(evidence)
        or unanswered_alpn(evidence)
    )
    return [found] if found else []
