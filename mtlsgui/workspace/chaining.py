"""The right chain out of a heap of certificates: leaf first, each signed by the next.

Which way is right where there are several (a CA that was cross-signed): one that reaches a
self-signed certificate, with nothing expired in it, with the fewest certificates, that lives
longest; in this order. The other ways are told too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from mtlsgui.formats.items import CertificateItem, Item, PrivateKeyItem
from mtlsgui.pki.chain import LONGEST_CHAIN, Pool
from mtlsgui.pki.describe import display_name
from mtlsgui.pki.describe.certificate import issuer_name
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.workspace.fetching import addresses

MOST_ROUTES = 16
"""Ways that are told of one certificate; hostile heaps have millions."""
MOST_STEPS = 20_000
"""Certificates that are stepped on in one heap to find all ways; then the first way is taken."""

Route = tuple[CertificateItem, ...]
"""Certificates, leaf first, each signed by the next."""


@dataclass(frozen=True)
class Missing:
    """The certificate that is absent above the last of a chain.

    name: what it is called. addresses: where its issuer says that it can be had (AIA).
    may_be_root: what it is above is a CA already, so that most likely only the root is missing,
        which is not sent.
    """

    name: str
    addresses: tuple[str, ...]
    may_be_root: bool

    @property
    def sentence(self) -> str:
        if self.may_be_root:
            return f"The issuer of the last, “{self.name}”, is not here; a root is not sent."
        return f"The CA that issued it, “{self.name}”, is not here."


@dataclass(frozen=True)
class FullChain:
    """A chain, and what is to be said of the heap it was found in.

    certificates: what a server sends: leaf first, the root only where it was asked for.
    root: the self-signed certificate at its end, where it is here.
    missing: None where the chain is whole.
    superfluous: certificates of the heap that are no part of it. The root is not among them.
    out_of_order: in the heap, its certificates stood in another order.
    routes: every way that was found, the chosen one first.
    leaves: other certificates that a chain could have been built for.
    """

    certificates: Route
    root: CertificateItem | None
    missing: Missing | None
    superfluous: tuple[CertificateItem, ...]
    out_of_order: bool
    routes: tuple[Route, ...]
    leaves: tuple[CertificateItem, ...]

    @property
    def leaf(self) -> CertificateItem:
        return self.certificates[0]


class Heap:
    """Certificates among which issuers are found. Each is here once, the first of equal ones."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.certificates: dict[str, CertificateItem] = {}
        for item in items:
            if isinstance(item, CertificateItem):
                self.certificates.setdefault(item.facts.fingerprint_sha256, item)
        self.steps = 0
        """How many were taken so far."""
        self._pool = Pool(item.facts for item in self.certificates.values())

    def issuers_of(self, item: CertificateItem) -> list[CertificateItem]:
        """Those that signed it, the self-signed itself not among them."""
        if item.facts.self_signed:
            return []
        found = self._pool.issuers_of(item.facts)
        return [self.certificates[facts.fingerprint_sha256] for facts in found]

    def is_issuer(self, item: CertificateItem) -> bool:
        """It signed another certificate of the heap."""
        return item.facts.fingerprint_sha256 in self._issuers

    @cached_property
    def _issuers(self) -> set[str]:
        return {
            issuer.facts.fingerprint_sha256
            for item in self.certificates.values()
            for issuer in self.issuers_of(item)
        }

    def routes(self, leaf: CertificateItem, now: datetime) -> tuple[Route, ...]:
        """Every way up from the leaf, the best first; at least one, at most MOST_ROUTES."""
        found: list[Route] = []
        stack: list[Route] = [(leaf,)]
        while stack and not (found and self.steps >= MOST_STEPS):
            self.steps += 1
            route = stack.pop()
            passed = {_identity(item.facts) for item in route}
            above = (
                [item for item in self.issuers_of(route[-1]) if _identity(item.facts) not in passed]
                if len(route) < LONGEST_CHAIN
                else []
            )
            if above:
                stack.extend((*route, item) for item in reversed(above))
            else:
                found.append(route)
        return tuple(sorted(found, key=lambda route: _badness(route, now))[:MOST_ROUTES])


def build(
    items: Sequence[Item],
    *,
    now: datetime,
    name: str = "",
    include_root: bool = False,
    route: tuple[str, ...] = (),
) -> FullChain | None:
    """The full chain out of a heap; None where there is no certificate in it.

    name: of the leaf, or the name it has in its file; else the first whose key is here, else the
        first that is no CA, else the first that issued no other.
    route: the fingerprints of the way to be taken, where it is not to be the best.
    """
    heap = Heap(items)
    leaves = leaves_of(heap, items)
    if not leaves:
        return None
    leaf = next((each for each in leaves if name and answers_to(each, name)), leaves[0])
    routes = heap.routes(leaf, now)
    chosen = next((each for each in routes if fingerprints(each) == route), routes[0])
    ordered = (chosen, *(each for each in routes if each is not chosen))
    root = chosen[-1] if chosen[-1].facts.self_signed and len(chosen) > 1 else None
    sent = chosen if include_root else without_root(chosen)
    in_chain = {item.facts.fingerprint_sha256 for item in chosen}
    return FullChain(
        certificates=sent,
        root=root,
        missing=missing_above(chosen),
        superfluous=tuple(
            item for digest, item in heap.certificates.items() if digest not in in_chain
        ),
        out_of_order=_out_of_order(heap, chosen),
        routes=ordered,
        leaves=tuple(each for each in leaves if each is not leaf),
    )


def leaves_of(heap: Heap, items: Iterable[Item]) -> list[CertificateItem]:
    """Those that a chain is built for, the likeliest first.

    Certificates whose private key is here, and those that issued no other.
    """
    keyed = {item.spki_sha256 for item in items if isinstance(item, PrivateKeyItem)} - {None}
    found = [
        item
        for item in heap.certificates.values()
        if item.facts.spki_sha256 in keyed or not heap.is_issuer(item)
    ] or list(heap.certificates.values())[:1]
    return sorted(
        found,
        key=lambda item: (
            item.facts.spki_sha256 not in keyed,
            bool(item.facts.is_ca),
            heap.is_issuer(item),
        ),
    )


def answers_to(item: CertificateItem, name: str) -> bool:
    """Whether a name that was typed is the certificate's: case does not matter."""
    facts = item.facts
    names = [item.friendly_name, facts.common_name, display_name(facts)]
    names += [san.partition(":")[2] for san in facts.san or ()]
    wanted = name.casefold()
    digest = name.replace(":", "").lower()
    return any(each is not None and each.casefold() == wanted for each in names) or (
        facts.fingerprint_sha256 == digest
    )


def fingerprints(route: Iterable[CertificateItem]) -> tuple[str, ...]:
    """The SHA-256 digests of its certificates, hex, in its order: what `Options.route` takes."""
    return tuple(item.facts.fingerprint_sha256 for item in route)


def without_root(route: Route) -> Route:
    """What a server sends. A self-signed certificate alone stays: there is nothing else to send."""
    return route[:-1] if len(route) > 1 and route[-1].facts.self_signed else route


def missing_above(route: Route) -> Missing | None:
    """What is absent above the last of a chain; None where it ends in a root."""
    last = route[-1].facts
    if last.self_signed:
        return None
    return Missing(issuer_name(last), addresses(last), bool(last.is_ca))


def _identity(facts: CertificateFacts) -> tuple[object, object]:
    """Name and key: two certificates of one CA in a chain would be a loop (RFC 5280, 6.1)."""
    return facts.subject_der or facts.fingerprint_sha256, facts.spki_sha256


def _badness(route: Route, now: datetime) -> tuple[bool, bool, int, float]:
    expired = any(
        (item.facts.not_after is not None and item.facts.not_after < now)
        or (item.facts.not_before is not None and item.facts.not_before > now)
        for item in route
    )
    ends = min(item.facts.not_after or datetime.min.replace(tzinfo=UTC) for item in route)
    return not route[-1].facts.self_signed, expired, len(route), -ends.timestamp()


def _out_of_order(heap: Heap, route: Route) -> bool:
    """As they stand in the files, with what is superfluous between them looked over."""
    places = {digest: at for at, digest in enumerate(heap.certificates)}
    order = [places[digest] for digest in fingerprints(route)]
    return order != sorted(order)
