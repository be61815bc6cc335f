"""What can be seen from here to be wrong with our own certificate, for the server that asked."""

from collections.abc import Iterator, Sequence

from mtlsgui.pki.describe.certificate import display_name, issuer_name
from mtlsgui.pki.describe.words import date_and_time, purpose, relative
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.diagnosis.client import codes
from mtlsgui.tls.diagnosis.client.wording import (
    about,
    acceptable,
    acceptable_names,
    choose_identity,
    issue_client,
    listed,
    renew,
)
from mtlsgui.tls.evidence import Evidence
from mtlsgui.tls.question import Identity
from mtlsgui.tls.result import Problem, Remedy, RemedyKind
from mtlsgui.tls.revocation import Status, by_lists

_MOST_NAMES = 3
_FITTING = {
    "RSA": ("rsa_pss_rsae_", "rsa_pkcs1_"),
    "RSA-PSS": ("rsa_pss_pss_",),
    "EC": ("ecdsa_",),
    "Ed25519": ("ed25519",),
    "Ed448": ("ed448",),
    "ML-DSA-44": ("mldsa44",),
    "ML-DSA-65": ("mldsa65",),
    "ML-DSA-87": ("mldsa87",),
}
"""How the signature schemes that a kind of key can make begin (RFC 8446, section 4.2.3)."""
_CURVE_SCHEMES = {
    "P-256": "ecdsa_secp256r1_sha256",
    "P-384": "ecdsa_secp384r1_sha384",
    "P-521": "ecdsa_secp521r1_sha512",
}


def causes(evidence: Evidence, identity: Identity, *, is_refused: bool) -> list[Problem]:
    """All that is wrong, the surest first; of what is only likely, what a refusal bears out."""
    return [
        *_revoked(evidence, identity),
        *_dates(evidence, identity),
        *_use(evidence, identity),
        *_key_kind(evidence, identity),
        *_issuers(evidence, identity, is_refused=is_refused),
    ]


def _revoked(evidence: Evidence, identity: Identity) -> Iterator[Problem]:
    facts = identity.certificate
    known = identity.revoked
    for issuer in identity.above:
        standing = by_lists(facts, issuer, evidence.question.trust.crls, evidence.at)
        known = known or (standing is not None and standing.status is Status.REVOKED)
    if known:
        yield about(
            facts,
            codes.REVOKED,
            "Your certificate was revoked",
            f"The revocation list of “{issuer_name(facts)}” names {display_name(facts)}.",
            "Issue another one, with a new key. If it was revoked by mistake, take that back and "
            "publish a new CRL to the server.",
            renew(identity),
            choose_identity(evidence),
        )


def _dates(evidence: Evidence, identity: Identity) -> Iterator[Problem]:
    now = evidence.at
    for depth, facts in enumerate((identity.certificate, *identity.chain)):
        name = display_name(facts)
        whose = "Your certificate" if depth == 0 else f"Your CA certificate “{name}”"
        remedies = (renew(identity),) if depth == 0 else ()
        if facts.not_after is not None and facts.not_after < now:
            yield about(
                facts,
                codes.EXPIRED,
                f"{whose} has expired",
                f"{name} was valid until {date_and_time(facts.not_after)}. "
                f"It ended {relative(facts.not_after, now)}.",
                "Renew it, then test again.",
                *remedies,
                depth=depth,
            )
        if facts.not_before is not None and facts.not_before > now:
            yield about(
                facts,
                codes.NOT_YET_VALID,
                f"{whose} is not valid yet",
                f"{name} becomes valid {relative(facts.not_before, now)}, on "
                f"{date_and_time(facts.not_before)}.",
                "Check this computer's clock, else wait or issue it again.",
                *remedies,
                depth=depth,
            )


def _use(evidence: Evidence, identity: Identity) -> Iterator[Problem]:
    facts = identity.certificate
    usages = facts.extended_key_usage
    if usages is not None and "clientAuth" not in usages:
        allowed = ", ".join(purpose(each) for each in usages) or "nothing"
        yield about(
            facts,
            codes.WRONG_USAGE,
            "Your certificate is not for clients",
            f"{identity.name} is for {allowed}; clientAuth is not among it.",
            "Issue a certificate by a profile for clients or peers.",
            issue_client(evidence),
        )
    elif facts.key_usage is not None and "digitalSignature" not in facts.key_usage:
        yield about(
            facts,
            codes.WRONG_USAGE,
            "Your certificate's key may not sign",
            f"The key usage of {identity.name} lacks digitalSignature, by which a client proves "
            "that it holds its key (RFC 5280, section 4.2.1.3).",
            "Issue a certificate by a profile for clients or peers.",
            issue_client(evidence),
        )


def _key_kind(evidence: Evidence, identity: Identity) -> Iterator[Problem]:
    """Whether the server takes what this kind of key signs with."""
    key, taken = identity.certificate.key, _signatures(evidence)
    if key is None or not taken:
        return
    version = evidence.tls.version if evidence.tls else ""
    fitting = _FITTING.get(key.algorithm, ())
    if version == "TLS 1.3":
        fitting = tuple(each for each in fitting if each != "rsa_pkcs1_")
        if key.algorithm == "EC":
            fitting = (_CURVE_SCHEMES.get(key.curve or "", "no such scheme"),)
    if any(scheme.startswith(fitting) for scheme in taken):
        return
    yield about(
        identity.certificate,
        codes.REJECTED,
        "The server does not take this kind of key",
        f"The key of {identity.name} is {key.label}. The server takes proofs signed with "
        f"{', '.join(taken[:_MOST_NAMES])}{' …' if len(taken) > _MOST_NAMES else ''}: none that "
        "this key can make.",
        "Present a certificate whose key fits, most often ECDSA P-256 or RSA, or widen what the "
        "server takes (OpenSSL: ClientSignatureAlgorithms).",
        choose_identity(evidence),
        issue_client(evidence),
    )


def _signatures(evidence: Evidence) -> tuple[str, ...]:
    return evidence.request.signature_algorithms if evidence.request else ()


def _issuers(evidence: Evidence, identity: Identity, *, is_refused: bool) -> Iterator[Problem]:
    """Whether the server can find the way from our certificate to a CA that it takes."""
    accepted = acceptable(evidence)
    sent = (identity.certificate, *identity.chain)
    if _names_in(accepted, sent):
        return
    unsent = [each for each in identity.above if each not in sent and not each.self_signed]
    if unsent and (not accepted or _names_in(accepted, identity.above)):
        name = display_name(unsent[0])
        between = tuple(each for each in identity.above if not each.self_signed)
        yield about(
            identity.certificate,
            codes.CHAIN_INCOMPLETE,
            "Your intermediate is not sent",
            f"{identity.name} was issued by “{name}”, which is not presented with it, so the "
            "server cannot find the way to the root that it trusts.",
            "Present the full chain: the certificate, then its intermediates.",
            Remedy(RemedyKind.SEND_CHAIN, certificates=(identity.certificate, *between)),
        )
        return
    alone = identity.certificate.self_signed
    if not accepted:
        if alone and is_refused:
            yield about(
                identity.certificate,
                codes.UNKNOWN_AUTHORITY,
                "Your certificate is self-signed",
                f"{identity.name} was issued by nobody but itself: only a server that was given "
                "this very certificate takes it.",
                "Present a certificate from a CA that the server trusts, or let it trust this one.",
                choose_identity(evidence),
                issue_client(evidence),
            )
        return
    yield about(
        identity.certificate,
        codes.UNKNOWN_AUTHORITY,
        "Your certificate is self-signed" if alone else "Your certificate is from another CA",
        f"{identity.name} leads to “{issuer_name(sent[-1])}”. The server takes certificates "
        f"from {listed(acceptable_names(evidence))}.",
        "Choose a certificate from one of these, or let the server trust your CA "
        "(nginx: ssl_client_certificate).",
        choose_identity(evidence),
        issue_client(evidence),
    )


def _names_in(accepted: Sequence[bytes], certificates: Sequence[CertificateFacts]) -> bool:
    named = {facts.issuer_der for facts in certificates}
    named |= {facts.subject_der for facts in certificates if facts.is_ca}
    return any(name in named for name in accepted)
