"""Who signed what: one signature, and chains from a heap of certificates, leaf first.

This finds the order; it judges nothing. Dates, usages and constraints are for verification.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mtlsgui.pki.facts import CertificateFacts, load

LONGEST_CHAIN = 32
"""No real chain comes near; a loop of cross-signed certificates ends here at the latest."""


class ChainEnd(StrEnum):
    """Why a chain ends where it does."""

    ROOT = "root"
    ROOT_MISSING = "root_missing"
    INTERMEDIATE_MISSING = "intermediate_missing"


@dataclass(frozen=True)
class Chain:
    """certificates: the leaf first, each signed by the next."""

    certificates: tuple[CertificateFacts, ...]
    end: ChainEnd

    @property
    def leaf(self) -> CertificateFacts:
        return self.certificates[0]


def signed_by(child: CertificateFacts, issuer: CertificateFacts) -> bool:
    """The child names the issuer, and its signature verifies with the issuer's key.

    False as well for algorithms that we cannot check.
    """
    if child.issuer_der is None or issuer.subject_der is None:
        return False
    try:
        load(child).verify_directly_issued_by(load(issuer))
    except Exception:  # another name, a bad signature, an algorithm or key that we do not have
        return False
    return True


class Pool:
    """Certificates to look for issuers in, found by name in constant time."""

    def __init__(self, certificates: Iterable[CertificateFacts]) -> None:
        self._by_name: dict[str | bytes | None, dict[str, CertificateFacts]] = defaultdict(dict)
        for certificate in certificates:
            digest = certificate.fingerprint_sha256
            self._by_name[certificate.subject_der][digest] = certificate
            self._by_name[certificate.subject][digest] = certificate

    def named_as_issuer_of(self, child: CertificateFacts) -> list[CertificateFacts]:
        """Those whose subject is the child's issuer, whatever signed it.

        The same name in another string type (RFC 5280, section 7.1) is the same name.
        """
        exact = self._by_name.get(child.issuer_der, {}) if child.issuer_der else {}
        by_text = self._by_name.get(child.issuer, {}) if child.issuer else {}
        return list((exact | by_text).values())


def issuers_of(child: CertificateFacts, pool: Pool) -> list[CertificateFacts]:
    """Those of the pool that signed the child, CAs first, then the one that lives longest.

    The key identifiers (RFC 5280, section 4.2.1.1) only save signature checks where both are
    there; the signature decides.
    """
    candidates = [
        issuer
        for issuer in pool.named_as_issuer_of(child)
        if issuer.fingerprint_sha256 != child.fingerprint_sha256
        and not (child.aki and issuer.ski and child.aki != issuer.ski)
    ]
    found = [issuer for issuer in candidates if signed_by(child, issuer)]
    return sorted(found, key=_preference, reverse=True)


def _preference(issuer: CertificateFacts) -> tuple[bool, bool, float]:
    ends = issuer.not_after.timestamp() if issuer.not_after else 0.0
    return bool(issuer.is_ca), issuer.self_issued, ends


def build_chain(leaf: CertificateFacts, pool: Pool | Iterable[CertificateFacts]) -> Chain:
    """The chain from the leaf upwards as far as the pool goes.

    At a fork (a cross-signed CA) the self-signed way is taken, then the one that lives longest.
    """
    if not isinstance(pool, Pool):
        pool = Pool(pool)
    certificates = [leaf]
    seen = {leaf.fingerprint_sha256}
    while not certificates[-1].self_signed and len(certificates) < LONGEST_CHAIN:
        above = [
            issuer
            for issuer in issuers_of(certificates[-1], pool)
            if issuer.fingerprint_sha256 not in seen
        ]
        if not above:
            break
        certificates.append(above[0])
        seen.add(above[0].fingerprint_sha256)
    return Chain(tuple(certificates), _end(certificates))


def _end(certificates: list[CertificateFacts]) -> ChainEnd:
    """A chain that ends at a CA most likely lacks its root, one that ends at a leaf its issuer."""
    last = certificates[-1]
    if last.self_signed:
        return ChainEnd.ROOT
    return ChainEnd.ROOT_MISSING if last.is_ca else ChainEnd.INTERMEDIATE_MISSING
