"""The way from a client's certificate up to a CA that the server takes."""

from collections.abc import Sequence

from mtlsgui.pki.chain import Pool, issuers_of
from mtlsgui.pki.facts import CertificateFacts

_MOST_STEPS = 200
"""A client can send certificates that all could have issued each other."""


def way_up(
    chain: Sequence[CertificateFacts], authorities: Sequence[CertificateFacts]
) -> tuple[list[CertificateFacts], bool]:
    """The way up from the client's certificate, and whether it reaches a CA that is taken.

    Of several ways, one that reaches is taken; else the first that was gone to its end.
    """
    pool = Pool((*chain[1:], *authorities))
    anchors = {each.fingerprint_sha256 for each in authorities}
    ahead, first = [[chain[0]]], [chain[0]]
    steps = 0
    while ahead and steps < _MOST_STEPS:
        steps += 1
        path = ahead.pop()
        if path[-1].fingerprint_sha256 in anchors:
            return path, True
        passed = {each.fingerprint_sha256 for each in path}
        above = [
            each for each in issuers_of(path[-1], pool) if each.fingerprint_sha256 not in passed
        ]
        ahead += [[*path, each] for each in reversed(above)]
        if len(path) > len(first):
            first = path
    return first, False


def missing_above(
    top: CertificateFacts,
    authorities: Sequence[CertificateFacts],
    known: Sequence[CertificateFacts],
) -> CertificateFacts | None:
    """The intermediate that was not sent, where we hold it and it leads to a CA that is taken."""
    pool = Pool((*authorities, *known))
    anchors = {each.fingerprint_sha256 for each in authorities}
    for first in issuers_of(top, pool):
        seen: set[str] = set()
        ahead = [first]
        while ahead:
            here = ahead.pop()
            if here.fingerprint_sha256 in anchors:
                return first
            if here.fingerprint_sha256 not in seen:
                seen.add(here.fingerprint_sha256)
                ahead += issuers_of(here, pool)
    return None
