"""The server's chain as it was sent, beside the certificates that are held here."""

from collections.abc import Iterator
from functools import cached_property

from mtlsgui.pki.chain import LONGEST_CHAIN, Pool, build_chain, issuers_of
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.evidence import Evidence


class View:
    """sent: as the server sent it, its own first; empty where that cannot be read.

    Who certifies whom among those that were sent goes by names and key identifiers, as clients
    build chains; signatures are OpenSSL's to check, and looked at here only for what was not sent.
    """

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.trust = evidence.question.trust
        self.now = evidence.at
        self.sent = evidence.server_chain

    @cached_property
    def pool(self) -> Pool:
        """All that can be part of a chain: sent, trusted and held."""
        return Pool((*self.sent, *self.trust.anchors, *self.trust.known))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Fingerprints of what is trusted, the system's own store apart."""
        return frozenset(each.fingerprint_sha256 for each in self.trust.anchors)

    @cached_property
    def path(self) -> tuple[CertificateFacts, ...]:
        """The way up from the server's certificate as far as it was sent."""
        path = list(self.sent[:1])
        seen = {each.fingerprint_sha256 for each in path}
        while path and not path[-1].self_issued and len(path) < LONGEST_CHAIN:
            above = [e for e in self._named_by(path[-1]) if e.fingerprint_sha256 not in seen]
            if not above:
                break
            path.append(above[0])
            seen.add(above[0].fingerprint_sha256)
        return tuple(path)

    @cached_property
    def related(self) -> frozenset[str]:
        """Fingerprints of the server's own certificate and of all that were sent above it."""
        found: set[str] = set()
        ahead = list(self.sent[:1])
        while ahead:
            here = ahead.pop()
            if here.fingerprint_sha256 not in found:
                found.add(here.fingerprint_sha256)
                ahead += self._named_by(here)
        return frozenset(found)

    @cached_property
    def right_chain(self) -> tuple[CertificateFacts, ...]:
        """What the server is to send: its own first, without the root, as far as it is held."""
        first, *above = build_chain(self.sent[0], self.pool).certificates
        return (first, *(each for each in above if not each.self_signed))

    @cached_property
    def whole_chain(self) -> tuple[CertificateFacts, ...]:
        """The chain with all that is held, the root included."""
        return build_chain(self.sent[0], self.pool).certificates if self.sent else ()

    def way_to_trust(self, start: CertificateFacts) -> tuple[CertificateFacts, ...] | None:
        """What stands between a certificate and a trusted one, that included; None for no way."""
        seen = {start.fingerprint_sha256}
        ahead: list[tuple[CertificateFacts, ...]] = [(start,)]
        while ahead:
            way = ahead.pop(0)
            for issuer in issuers_of(way[-1], self.pool):
                if issuer.fingerprint_sha256 in self.anchors:
                    return (*way[1:], issuer)
                if issuer.fingerprint_sha256 not in seen:
                    seen.add(issuer.fingerprint_sha256)
                    ahead.append((*way, issuer))
        return None

    def was_sent(self, certificate: CertificateFacts) -> bool:
        return any(each.fingerprint_sha256 == certificate.fingerprint_sha256 for each in self.sent)

    @cached_property
    def _by_subject(self) -> dict[bytes | None, list[CertificateFacts]]:
        found: dict[bytes | None, list[CertificateFacts]] = {}
        for each in self.sent:
            found.setdefault(each.subject_der, []).append(each)
        return found

    def _named_by(self, child: CertificateFacts) -> Iterator[CertificateFacts]:
        """Those that were sent and may have issued it (RFC 5280, section 4.2.1.1)."""
        for each in self._by_subject.get(child.issuer_der, ()):
            if certifies(each, child) and each.fingerprint_sha256 != child.fingerprint_sha256:
                yield each


def certifies(issuer: CertificateFacts, child: CertificateFacts) -> bool:
    """Whether the child names this issuer and its key."""
    same_key = child.aki is None or issuer.ski is None or child.aki == issuer.ski
    return child.issuer_der == issuer.subject_der and same_key
