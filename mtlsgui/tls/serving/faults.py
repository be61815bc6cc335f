"""All that is wrong with a client's certificate, as a server sees it.

Refusing stops at the first fault. What is found here are all of them: from the certificates
themselves, and beside that from what OpenSSL said of them.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from mtlsgui.pki.chain import crl_signed_by
from mtlsgui.pki.crls import revoked_serials
from mtlsgui.pki.describe.certificate import display_name, issuer_name
from mtlsgui.pki.describe.words import date_and_time, purpose, relative
from mtlsgui.pki.facts import CertificateFacts, CrlFacts
from mtlsgui.tls.diagnosis import client
from mtlsgui.tls.diagnosis.client.wording import about, listed
from mtlsgui.tls.evidence import VerifyError
from mtlsgui.tls.result import Problem, Remedy, RemedyKind, Side
from mtlsgui.tls.serving.paths import missing_above, way_up

REVOCATION_UNKNOWN = "client_certificate_revocation_unknown"
WEAK_KEY = "client_certificate_weak_key"
WEAK_SIGNATURE = "client_certificate_weak_signature"

# OpenSSL's X509_V_ERR numbers.
_UNTRUSTED = (2, 18, 19, 20, 21, 27)
_NOT_YET_VALID, _EXPIRED = 9, 10
_REVOKED = 23
_NO_CRL, _BAD_LIST = 3, (8, 11, 12, 33, 44)
_WRONG_USAGE = (24, 25, 26, 32, 79)
_WEAK_KEYS, _WEAK_SIGNATURE = (66, 67), 68
_AUTHORITY = (client.UNKNOWN_AUTHORITY, client.CHAIN_INCOMPLETE)


def faults_of(
    chain: Sequence[CertificateFacts],
    authorities: Sequence[CertificateFacts],
    crls: Sequence[CrlFacts],
    now: datetime,
    *,
    known: Sequence[CertificateFacts] = (),
    errors: Sequence[VerifyError] = (),
) -> list[Problem]:
    """Everything wrong with what a client presented, what decided first; empty when it is right.

    chain: as sent, the client's own first. authorities: the CAs that are taken. known: others
    that we hold. errors: what OpenSSL found, the first of which decided.
    """
    if not chain:
        return [_missing(authorities)]
    path, trusted = way_up(chain, authorities)
    found: list[Problem] = []
    for depth, facts in enumerate(path):
        found += _dates(facts, depth, now)
    if not trusted:
        found.append(_untrusted(path, authorities, known))
    found += _usage(chain[0])
    found += _revoked(path, crls)
    decisive: Problem | None = None
    for error in errors:
        problem = _of_openssl(error, path, authorities, known, now)
        same = next((each for each in found if _is_same(each, problem)), None)
        if same is None:
            found.append(problem)
            same = problem
        if decisive is None and not same.is_warning:
            decisive = same
    return sorted(found, key=lambda each: (each.is_warning, each is not decisive))


def _is_same(one: Problem, other: Problem) -> bool:
    """OpenSSL says of one chain that is not trusted up to three things, at various depths."""
    if one.code in _AUTHORITY and other.code in _AUTHORITY:
        return True
    return (one.code, one.depth) == (other.code, other.depth)


def key_mismatch(chain: Sequence[CertificateFacts]) -> Problem:
    """The signature that proves the client's key does not fit its certificate."""
    return about(
        chain[0] if chain else None,
        client.KEY_MISMATCH,
        "The client's proof of its private key failed",
        "What it signed does not fit the certificate that it presented: it uses another key, or "
        "something on the way changes the connection.",
        "Give the client the key that its certificate was issued for.",
    )


def unreadable() -> Problem:
    """A certificate that OpenSSL takes and that cannot be read here."""
    return Problem(
        client.REJECTED,
        Side.CLIENT,
        "The client's certificate cannot be read",
        "It breaks the rules for certificates (RFC 5280), so that it cannot be told whose it is.",
        "Issue another one with a CA that keeps to the standard.",
        depth=0,
    )


def rejected(chain: Sequence[CertificateFacts], alert: str) -> Problem:
    """It was refused for a reason that is not among those that have a name."""
    return about(
        chain[0] if chain else None,
        client.REJECTED,
        "The client's certificate was refused",
        f"OpenSSL sent the alert {alert}.",
        "Issue another one by a profile for clients.",
    )


def _missing(authorities: Sequence[CertificateFacts]) -> Problem:
    names = listed([display_name(each) for each in authorities])
    return Problem(
        client.MISSING,
        Side.CLIENT,
        "The client presented no certificate",
        f"This server takes certificates from {names}, and none came."
        if names
        else "This server takes nobody without one.",
        "Tell the client which certificate and key to present. A client that has several sends "
        "none where none of them is from a CA that the server names.",
        remedies=_issue(authorities),
    )


def _dates(facts: CertificateFacts, depth: int, now: datetime) -> list[Problem]:
    name, found = display_name(facts), []
    whose = _whose(facts, depth)
    if facts.not_after is not None and facts.not_after < now:
        found.append(
            about(
                facts,
                client.EXPIRED,
                f"{whose} has expired",
                f"{name} was valid until {date_and_time(facts.not_after)}. It ended "
                f"{relative(facts.not_after, now)}.",
                "Renew it and give it to the client.",
                Remedy(RemedyKind.RENEW, certificates=(facts,)),
                depth=depth,
            )
        )
    if facts.not_before is not None and facts.not_before > now:
        found.append(
            about(
                facts,
                client.NOT_YET_VALID,
                f"{whose} is not valid yet",
                f"{name} becomes valid {relative(facts.not_before, now)}, on "
                f"{date_and_time(facts.not_before)}.",
                "Check this computer's clock and that of the CA; else wait, or issue it again.",
                depth=depth,
            )
        )
    return found


def _usage(facts: CertificateFacts) -> list[Problem]:
    usages = facts.extended_key_usage
    if usages is None or "clientAuth" in usages:
        return []
    allowed = ", ".join(purpose(each) for each in usages) or "nothing"
    return [
        about(
            facts,
            client.WRONG_USAGE,
            "The client's certificate is not for clients",
            f"{display_name(facts)} is for {allowed}; clientAuth is not among it.",
            "Issue one by a profile for clients or peers (extended key usage clientAuth).",
        )
    ]


def _untrusted(
    path: Sequence[CertificateFacts],
    authorities: Sequence[CertificateFacts],
    known: Sequence[CertificateFacts],
) -> Problem:
    leaf, top = path[0], path[-1]
    wanted = listed([display_name(each) for each in authorities])
    issuer = issuer_name(top) or "an unnamed CA"
    missing = missing_above(top, authorities, known)
    if missing is not None:
        name = display_name(missing)
        return about(
            leaf,
            client.CHAIN_INCOMPLETE,
            "The client does not send its intermediate",
            f"{display_name(top)} was issued by “{name}”, which the client does not send. The "
            f"server takes {wanted} and cannot find the way there.",
            f"Append “{name}” to the client's certificate file, so that it presents the full "
            "chain.",
            Remedy(RemedyKind.SEND_CHAIN, certificates=(*path, missing)),
        )
    if len(path) == 1 and leaf.self_signed:
        explanation = f"{display_name(leaf)} is self-signed: no CA vouches for it."
    else:
        explanation = f"Its chain leads to “{issuer}”."
    explanation += f" The server takes certificates from {wanted or 'no CA at all'}."
    if len(path) == 1 and not leaf.self_signed:
        explanation += (
            " Only the client's own certificate came: should that be an intermediate, the client "
            "does not send it."
        )
    return about(
        leaf,
        client.UNKNOWN_AUTHORITY,
        "The client's certificate is from a CA that is not taken",
        explanation,
        "Present a certificate from one of these, or add its CA to those that the server takes.",
        *_issue(authorities),
    )


def _revoked(path: Sequence[CertificateFacts], crls: Sequence[CrlFacts]) -> list[Problem]:
    found = []
    for depth, (facts, issuer) in enumerate(pairwise(path)):
        lists = [each for each in crls if crl_signed_by(each, issuer)]
        if facts.serial and any(revoked_serials(each, (facts.serial,)) for each in lists):
            found.append(_revocation(facts, depth))
    return found


def _revocation(facts: CertificateFacts, depth: int) -> Problem:
    return about(
        facts,
        client.REVOKED,
        f"{_whose(facts, depth)} was revoked",
        f"The revocation list of {issuer_name(facts)} names {display_name(facts)}.",
        "Issue another one; its key may be in other hands.",
        depth=depth,
    )


def _of_openssl(
    error: VerifyError,
    path: Sequence[CertificateFacts],
    authorities: Sequence[CertificateFacts],
    known: Sequence[CertificateFacts],
    now: datetime,
) -> Problem:
    """One of OpenSSL's errors."""
    facts, depth = error.certificate, error.depth
    name, whose = display_name(facts), _whose(facts, depth)
    dates = _dates(facts, depth, now) if error.code in (_EXPIRED, _NOT_YET_VALID) else []
    if dates:
        return dates[0]
    match error.code:
        case code if code in _UNTRUSTED:
            return _untrusted(path, authorities, known)
        case code if code == _REVOKED:
            return _revocation(facts, depth)
        case code if code == _NO_CRL:
            return about(
                facts,
                REVOCATION_UNKNOWN,
                f"Whether “{name}” was revoked cannot be told",
                f"None of the revocation lists given is from “{issuer_name(facts)}”.",
                "Give the server that CA's list too.",
                depth=depth,
                is_warning=depth > 0,
            )
        case code if code in _BAD_LIST:
            return about(
                facts,
                REVOCATION_UNKNOWN,
                f"The revocation list for “{name}” cannot be used",
                f"The list of “{issuer_name(facts)}” is out of date, not valid yet, or not signed "
                "by it.",
                "Publish a new list and give that to the server.",
                depth=depth,
            )
        case code if code in _WRONG_USAGE:
            usages = _usage(facts) if depth == 0 else []
            return usages[0] if usages else _may_not(facts, depth)
        case code if code in _WEAK_KEYS:
            return about(
                facts,
                WEAK_KEY,
                f"{whose} has a weak key",
                f"{facts.key.label if facts.key else 'It'} is below what OpenSSL takes at its "
                "usual security level.",
                "Issue it again with an ECDSA P-256 key, or RSA of 2048 bits or more.",
                depth=depth,
            )
        case code if code == _WEAK_SIGNATURE:
            return about(
                facts,
                WEAK_SIGNATURE,
                f"{whose} is signed with a weak hash",
                f"It is signed with {facts.signature_algorithm or 'an old algorithm'}.",
                "Issue it again: CAs of today sign with SHA-256 or better.",
                depth=depth,
            )
    return about(
        facts,
        client.REJECTED,
        f"{whose} does not stand up",
        f"OpenSSL's verification error {error.code} at {name}.",
        "Issue it again by a profile for clients.",
        depth=depth,
    )


def _may_not(facts: CertificateFacts, depth: int) -> Problem:
    if depth > 0:
        return about(
            facts,
            client.WRONG_USAGE,
            f"“{display_name(facts)}” may not issue this certificate",
            "It is in the chain as an issuer, and is no CA, or not one for clients this far down.",
            "Issue the client's certificate by a CA that is allowed to.",
            depth=depth,
        )
    return about(
        facts,
        client.WRONG_USAGE,
        "The client's certificate may not be used for this",
        f"The key usage of {display_name(facts)} allows no digital signature.",
        "Issue one by a profile for clients or peers (key usage digitalSignature).",
    )


def _whose(facts: CertificateFacts, depth: int) -> str:
    return (
        "The client's certificate" if depth == 0 else f"The CA certificate “{display_name(facts)}”"
    )


def _issue(authorities: Sequence[CertificateFacts]) -> tuple[Remedy, ...]:
    names = tuple(each.subject_der for each in authorities if each.subject_der)
    return (Remedy(RemedyKind.ISSUE_CLIENT, issuers=names),) if names else ()
