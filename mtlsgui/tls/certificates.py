"""Certificates as they come over the wire, read once each."""

from functools import lru_cache

from mtlsgui.pki.facts import CertificateFacts, UnreadableError, load, read_certificate

_MOST = 256
"""Certificates that are remembered: the same ones come several times in one test, and the same
CAs in all tests of a scan."""


@lru_cache(_MOST)
def readable(der: bytes) -> CertificateFacts | None:
    """Its facts; None for one that cannot be read and judged. Some show facts, and load nowhere."""
    try:
        facts = read_certificate(der)
        load(facts)
    except (UnreadableError, ValueError):
        return None
    return facts
