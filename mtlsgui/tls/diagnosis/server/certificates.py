"""Faults of single certificates: dates, usages, keys, signatures, and what else OpenSSL says."""

from collections.abc import Iterator
from datetime import datetime

from mtlsgui.pki.describe.certificate import display_name, issuer_name
from mtlsgui.pki.describe.words import date_and_time, key_usage, purpose, relative
from mtlsgui.pki.describe.words import signature_algorithm as algorithm_words
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.diagnosis.server.senses import SENSES, UNNAMED
from mtlsgui.tls.diagnosis.server.view import View
from mtlsgui.tls.diagnosis.server.wording import fault, issue_again, renew, send, trust, whose
from mtlsgui.tls.evidence import VerifyError
from mtlsgui.tls.result import Problem

# OpenSSL's X509_V_ERR numbers.
_NOT_YET_VALID, _EXPIRED = 9, 10
_INVALID_PURPOSE, _NO_CERT_SIGN, _NOT_A_CA = 26, 32, 79
_WEAK_KEYS, _WEAK_SIGNATURE = (66, 67), 68

_FEWEST_BITS = {"RSA": 2048, "RSA-PSS": 2048, "DSA": 2048, "EC": 224}
"""112 bits of security (NIST SP 800-57), OpenSSL's level 2."""
_WEAK_HASHES = ("md2", "md4", "md5", "sha1", "sha-1")


def problems(view: View, errors: list[VerifyError]) -> Iterator[Problem]:
    """errors: those of OpenSSL that are no question of trust."""
    told: set[tuple[str, str]] = set()
    for error in errors:
        problem = _problem(error, view)
        told.add((problem.code, error.certificate.fingerprint_sha256))
        yield problem
    # OpenSSL looks at keys and hashes only as far as its security level goes.
    for depth, facts in enumerate(view.path):
        for weak in (_weak_key(facts, depth), _weak_signature(facts, depth)):
            if weak is not None and (weak.code, facts.fingerprint_sha256) not in told:
                yield weak
    yield from _unusual_use(view, told)


def _problem(error: VerifyError, view: View) -> Problem:
    facts, depth = error.certificate, error.depth
    match error.code:
        case code if code == _EXPIRED and facts.not_after is not None:
            return _expired(facts, facts.not_after, depth, view)
        case code if code == _NOT_YET_VALID and facts.not_before is not None:
            return fault(
                "certificate_not_yet_valid",
                f"{whose(facts, depth)} is not valid yet",
                f"{display_name(facts)} becomes valid {relative(facts.not_before, view.now)}, on "
                f"{date_and_time(facts.not_before)}.",
                "Check this computer's clock and that of the CA; else wait, or issue it again.",
                about=facts,
                depth=depth,
            )
        case code if code in (_INVALID_PURPOSE, _NO_CERT_SIGN, _NOT_A_CA):
            return _wrong_usage(facts, depth, code)
        case code if code in _WEAK_KEYS:
            return _key_problem(facts, depth)
        case code if code == _WEAK_SIGNATURE:
            return _signature_problem(facts, depth)
    return unnamed(error)


def unnamed(error: VerifyError) -> Problem:
    """An error of OpenSSL by its number, in the words that there are for it."""
    facts, depth = error.certificate, error.depth
    does, why, fix = SENSES.get(error.code, UNNAMED)
    return fault(
        "certificate_invalid",
        f"{whose(facts, depth)} {does}",
        f"{why} It is “{display_name(facts)}”, issued by “{issuer_name(facts)}” (OpenSSL's "
        f"verification error {error.code}).",
        fix,
        about=facts,
        depth=depth,
        remedies=(issue_again(facts),) if depth == 0 else (),
    )


def _expired(facts: CertificateFacts, ends: datetime, depth: int, view: View) -> Problem:
    name = display_name(facts)
    said = f"{name} was valid until {date_and_time(ends)}: it ended {relative(ends, view.now)}."
    fix, remedies = (
        "Renew it and load it into the server, which may need a reload.",
        (renew(facts),),
    )
    if depth > 0:
        said += " Nothing that it issued is taken any more."
        fix = "Renew the CA certificate, with the same key, and let the server send the new one."
        newer = _successor(facts, view)
        if newer is not None and not view.was_sent(facts):
            said += " It is the one that you trust here; you hold its renewal too."
            fix, remedies = "Trust the renewed CA certificate instead.", (trust(newer),)
        elif not view.was_sent(facts):
            said += " The server did not send it: it is the one that you trust here."
            fix = "Get the CA's renewed certificate, and trust that."
        elif newer is not None:
            said += " You hold its renewal, which the server does not send."
            fix = "Let the server send the renewed CA certificate."
            remedies = (send(view.right_chain),)
    return fault(
        "certificate_expired",
        f"{whose(facts, depth)} has expired",
        said,
        fix,
        about=facts,
        depth=depth,
        remedies=remedies,
    )


def _successor(facts: CertificateFacts, view: View) -> CertificateFacts | None:
    """Another certificate of the same CA and key that is held and in force."""
    for each in (*view.trust.anchors, *view.trust.known):
        if each.subject_der == facts.subject_der and each.spki_sha256 == facts.spki_sha256:
            begins, ends = each.not_before, each.not_after
            if begins and ends and begins <= view.now <= ends:
                return each
    return None


def _wrong_usage(facts: CertificateFacts, depth: int, code: int) -> Problem:
    name, usages = display_name(facts), facts.extended_key_usage
    if depth > 0:
        if code == _NOT_A_CA or not facts.is_ca:
            why = "It stands in the chain as an issuer, and says of itself that it is no CA."
        elif code == _NO_CERT_SIGN or "keyCertSign" not in (facts.key_usage or ("keyCertSign",)):
            why = "Its key usage does not allow it to sign certificates."
        elif usages:
            why = f"It may issue for {_purposes(usages)} only, not for TLS servers."
        else:
            why = "It stands in the chain as an issuer, and may not issue for TLS servers."
        return fault(
            "wrong_usage",
            f"“{name}” may not issue this certificate",
            why,
            "Issue the server's certificate by a CA that is allowed to.",
            about=facts,
            depth=depth,
        )
    if usages and "serverAuth" not in usages:
        why = f"{name} is for {_purposes(usages)}; serverAuth is not among it."
        if "anyExtendedKeyUsage" in usages:
            why += " Go and browsers take “any purpose” all the same; OpenSSL and curl do not."
    else:
        allowed = ", ".join(map(_usage_words, facts.key_usage or ())) or "nothing of use"
        why = f"The key usage of {name} is {allowed}, which is not enough for TLS."
    return fault(
        "wrong_usage",
        "The server's certificate is not for servers",
        why,
        "Issue it again by a profile for servers (extended key usage serverAuth).",
        about=facts,
        depth=0,
        remedies=(issue_again(facts),),
    )


def _usage_words(name: str) -> str:
    return f"{key_usage(name)} ({name})"


def _purposes(usages: tuple[str, ...]) -> str:
    return ", ".join(map(purpose, usages))


def _unusual_use(view: View, told: set[tuple[str, str]]) -> Iterator[Problem]:
    """What OpenSSL takes and others do not."""
    if not view.sent or ("wrong_usage", view.sent[0].fingerprint_sha256) in told:
        return
    leaf = view.sent[0]
    if leaf.is_ca and not leaf.self_issued:
        yield fault(
            "wrong_usage",
            "The server uses a CA certificate as its own",
            f"{display_name(leaf)} is a certificate authority. OpenSSL, Go and browsers take it; "
            "stricter clients do not, and whoever takes the server's key can issue certificates.",
            "Issue a server certificate, and keep the CA's key away from the server.",
            about=leaf,
            depth=0,
            is_warning=True,
            remedies=(issue_again(leaf),),
        )
    usages, tls = leaf.key_usage, view.evidence.tls
    signs = tls is not None and (tls.version == "TLS 1.3" or "DHE" in tls.cipher)
    if usages and "digitalSignature" not in usages and signs:
        yield fault(
            "wrong_usage",
            "The server's key is not for signing",
            f"Its key usage is {', '.join(map(_usage_words, usages))}, and the server "
            "signs with it in this handshake. OpenSSL lets that pass; Chrome and GnuTLS do not.",
            "Issue it again with the key usage digitalSignature.",
            about=leaf,
            depth=0,
            is_warning=True,
            remedies=(issue_again(leaf),),
        )


def _weak_key(facts: CertificateFacts, depth: int) -> Problem | None:
    key = facts.key
    if key is None or key.bits is None or key.bits >= _FEWEST_BITS.get(key.algorithm, 0):
        return None
    return _key_problem(facts, depth)


def _key_problem(facts: CertificateFacts, depth: int) -> Problem:
    """A key that is too small; also where only OpenSSL knows why."""
    key = f"{facts.key.label} is" if facts.key else "It is"
    return fault(
        "weak_key",
        f"{whose(facts, depth)} has a weak key",
        f"{key} below what OpenSSL takes at its usual security level; browsers refuse it too.",
        "Issue it again with an ECDSA P-256 key, or RSA of 2048 bits or more.",
        about=facts,
        depth=depth,
        remedies=(issue_again(facts),) if depth == 0 else (),
    )


def _weak_signature(facts: CertificateFacts, depth: int) -> Problem | None:
    """A root's own signature protects nothing, so it does not count."""
    used = (facts.signature_algorithm or "").lower()
    if facts.self_issued or not any(each in used for each in _WEAK_HASHES):
        return None
    return _signature_problem(facts, depth)


def _signature_problem(facts: CertificateFacts, depth: int) -> Problem:
    used = algorithm_words(facts.signature_algorithm) if facts.signature_algorithm else ""
    return fault(
        "weak_signature",
        f"{whose(facts, depth)} is signed with a weak hash",
        f"It is signed with {used or 'an old algorithm'}: others could make a certificate that the "
        "same signature fits.",
        "Issue it again: CAs of today sign with SHA-256 or better.",
        about=facts,
        depth=depth,
        remedies=(issue_again(facts),) if depth == 0 else (),
    )
