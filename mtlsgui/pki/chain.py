"""Who signed what: one signature, and chains from a heap of certificates, leaf first.

This finds the order; it judges nothing. Dates, usages and constraints are for verification.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mtlsgui.pki.facts import CertificateFacts, CrlFacts, certificate_parts

LONGEST_CHAIN = 32
"""No real chain comes near; a loop of cross-signed certificates ends here at the latest."""
MOST_FURTHER_CHECKS = 5_000
"""Signature checks in one heap beyond one for each certificate: half a second with common keys."""


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
    # The same name in another string type (RFC 5280, section 7.1) is the same name.
    names_it = child.issuer_der == issuer.subject_der or (
        child.issuer is not None and child.issuer == issuer.subject
    )
    return names_it and child.signed_with(_spki(issuer)) is True


def crl_signed_by(crl: CrlFacts, issuer: CertificateFacts) -> bool:
    """The list names the issuer, and its signature verifies with the issuer's key.

    False as well for algorithms that we cannot check.
    """
    if crl.issuer_der is None or crl.issuer_der != issuer.subject_der:
        return False
    return crl.signed_with(_spki(issuer)) is True


def _spki(certificate: CertificateFacts) -> bytes:
    return certificate_parts(certificate.der).spki.encoded


class Pool:
    """Certificates to look for issuers in, found by name and key identifier in constant time.

    A heap that was made to cost time (thousands of CAs of one name, none of which signed the
    others) ends: the first signature check for a certificate is free, and `MOST_FURTHER_CHECKS`
    are made beyond those in all. What is not found then counts as missing.
    """

    def __init__(self, certificates: Iterable[CertificateFacts]) -> None:
        self.checks = 0
        """How many signatures were checked so far."""
        self._further = MOST_FURTHER_CHECKS
        self._found: dict[str, list[CertificateFacts]] = {}
        self._by_name: dict[str | bytes | None, list[CertificateFacts]] = defaultdict(list)
        self._by_key: dict[tuple[str | bytes | None, str | None], list[CertificateFacts]]
        self._by_key = defaultdict(list)
        distinct = {each.fingerprint_sha256: each for each in certificates}
        for certificate in sorted(distinct.values(), key=_preference, reverse=True):
            for name in (certificate.subject_der, certificate.subject):
                self._by_name[name].append(certificate)
                self._by_key[name, certificate.ski].append(certificate)

    def issuers_of(self, child: CertificateFacts) -> list[CertificateFacts]:
        """As the function of that name."""
        known = self._found.get(child.fingerprint_sha256)
        if known is None:
            known = self._found[child.fingerprint_sha256] = self._search(child)
        return known

    def _search(self, child: CertificateFacts) -> list[CertificateFacts]:
        found, first = [], True
        for issuer in self._candidates(child):
            if issuer.fingerprint_sha256 == child.fingerprint_sha256:
                continue
            if not first:
                if self._further == 0:
                    break
                self._further -= 1
            first = False
            self.checks += 1
            if signed_by(child, issuer):
                found.append(issuer)
        return sorted(found, key=_preference, reverse=True)

    def _candidates(self, child: CertificateFacts) -> Iterator[CertificateFacts]:
        """Those whose subject is the child's issuer, the likeliest first.

        The same name in another string type (RFC 5280, section 7.1) is the same name.
        """
        name = child.issuer or child.issuer_der
        if not child.aki:
            yield from self._by_name.get(name, ())
            return
        yield from self._by_key.get((name, child.aki), ())
        yield from self._by_key.get((name, None), ())


def issuers_of(child: CertificateFacts, pool: Pool) -> list[CertificateFacts]:
    """Those of the pool that signed the child, CAs first, then the one that lives longest.

    The key identifiers (RFC 5280, section 4.2.1.1) only save signature checks where both are
    there; the signature decides.
    """
    return pool.issuers_of(child)


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
