"""Whether the server's certificates were revoked, by the lists at hand and by its OCSP staple."""

from collections.abc import Iterator
from itertools import pairwise

from mtlsgui.pki.describe.certificate import display_name, issuer_name
from mtlsgui.pki.describe.words import date_and_time
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.diagnosis.server.view import View
from mtlsgui.tls.diagnosis.server.wording import fault, issue_again, whose
from mtlsgui.tls.extensions import must_staple
from mtlsgui.tls.result import Problem
from mtlsgui.tls.revocation import Standing, Status, by_lists, by_staple


def problems(view: View) -> Iterator[Problem]:
    """What is revoked, and of what that cannot be told though somebody promised to tell."""
    if not view.sent:
        return
    revoked: set[int] = set()
    crls = view.trust.crls
    for depth, (facts, issuer) in enumerate(pairwise(view.whole_chain) if crls else ()):
        said = by_lists(facts, issuer, crls, view.now)
        if said is not None and said.status is Status.REVOKED:
            revoked.add(depth)
            yield _revoked(facts, depth, said, f"The revocation list of “{issuer_name(facts)}”")
        elif said is not None and said.status is Status.UNKNOWN:
            yield _stale_list(facts, depth, said)
    yield from _staple(view, told=0 in revoked)


def _staple(view: View, *, told: bool) -> Iterator[Problem]:
    leaf, staple = view.sent[0], view.evidence.staple
    demanded = must_staple(leaf)
    if staple is None:
        if demanded:
            yield _without_staple(leaf)
        return
    if len(view.whole_chain) < 2:
        return  # nobody is known whose signature could be asked for
    said = by_staple(staple, leaf, view.whole_chain[1], view.now)
    if said.status is Status.REVOKED and not told:
        yield _revoked(leaf, 0, said, "The OCSP response that the server itself sends")
    elif said.status is Status.UNKNOWN:
        yield _bad_staple(leaf, said, demanded=demanded)


def _revoked(facts: CertificateFacts, depth: int, said: Standing, source: str) -> Problem:
    since = f" on {date_and_time(said.since)}" if said.since else ""
    reason = f" The reason given: {said.reason}." if said.reason else ""
    return fault(
        "certificate_revoked",
        f"{whose(facts, depth)} was revoked",
        f"{source} says that {display_name(facts)} was revoked{since}.{reason} Clients that do not "
        "look there go on without knowing.",
        "Issue another one with a new key, and load both into the server.",
        about=facts,
        depth=depth,
        remedies=(issue_again(facts),) if depth == 0 else (),
    )


def _stale_list(facts: CertificateFacts, depth: int, said: Standing) -> Problem:
    return fault(
        "revocation_unknown",
        "Whether it was revoked cannot be told",
        f"The revocation list of “{issuer_name(facts)}” that you hold does not name "
        f"{display_name(facts)}, but does not count: {said.why}. Clients that demand a list refuse "
        "now.",
        "Publish and load a new revocation list of this CA.",
        about=facts,
        depth=depth,
        is_warning=True,
    )


def _without_staple(leaf: CertificateFacts) -> Problem:
    return fault(
        "revocation_unknown",
        "The server does not send the OCSP response that its certificate demands",
        f"{display_name(leaf)} has the TLS feature status_request (“must-staple”, RFC 7633): it is "
        "only to be taken with an OCSP response beside it. Firefox refuses it so; OpenSSL, curl "
        "and Go go on.",
        "Switch OCSP stapling on (nginx: ssl_stapling on, Apache: SSLUseStapling on), or issue it "
        "again without that demand.",
        about=leaf,
        depth=0,
        remedies=(issue_again(leaf),),
    )


def _bad_staple(leaf: CertificateFacts, said: Standing, *, demanded: bool) -> Problem:
    end = (
        "Its certificate demands a good one (“must-staple”)."
        if demanded
        else "Most clients go on without it; Firefox may not."
    )
    return fault(
        "revocation_unknown",
        "The server sends an OCSP response that is worth nothing",
        f"It says nothing of {display_name(leaf)}: {said.why}. {end}",
        "See that the server fetches a new response: it needs the responder's address, a resolver, "
        "and the issuer's certificate in its file.",
        about=leaf,
        depth=0,
        is_warning=not demanded,
    )
