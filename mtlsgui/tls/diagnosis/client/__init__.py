"""Why a server refused the client's certificate.

Servers say little: an alert's number, an HTTP text, or nothing at all. So what they said is held
against what we can see of our own certificate: its dates, its use, its key, its issuers and the
CA names that the server announced.
"""

from dataclasses import replace

from mtlsgui.pki.describe.certificate import issuer_name
from mtlsgui.pki.describe.words import date_and_time
from mtlsgui.tls.diagnosis.client import logs
from mtlsgui.tls.diagnosis.client.causes import causes
from mtlsgui.tls.diagnosis.client.codes import (
    CHAIN_INCOMPLETE,
    EXPIRED,
    KEY_MISMATCH,
    MISSING,
    NOT_REQUESTED,
    NOT_YET_VALID,
    REJECTED,
    REVOKED,
    UNKNOWN_AUTHORITY,
    WRONG_USAGE,
)
from mtlsgui.tls.diagnosis.client.refusals import Refusal, Way, is_too_late, refusal
from mtlsgui.tls.diagnosis.client.wording import (
    about,
    acceptable_names,
    choose_identity,
    issue_client,
    listed,
    renew,
)
from mtlsgui.tls.evidence import Evidence
from mtlsgui.tls.question import Identity
from mtlsgui.tls.result import Problem, Remedy, RemedyKind, Side

__all__ = [
    "CHAIN_INCOMPLETE",
    "EXPIRED",
    "KEY_MISMATCH",
    "MISSING",
    "NOT_REQUESTED",
    "NOT_YET_VALID",
    "REJECTED",
    "REVOKED",
    "UNKNOWN_AUTHORITY",
    "WRONG_USAGE",
    "Way",
    "is_refused",
    "problems",
    "refusal",
]

# What each alert can mean of a client certificate; those not named can mean anything.
_MEANINGS = {
    43: (WRONG_USAGE,),
    44: (REVOKED,),
    45: (EXPIRED, NOT_YET_VALID),  # Go says it of both
    48: (UNKNOWN_AUTHORITY, CHAIN_INCOMPLETE),
    51: (KEY_MISMATCH,),
}


def is_refused(evidence: Evidence) -> bool:
    """Whether the server turned the client away over its certificate, or for want of one."""
    return refusal(evidence) is not None


def problems(evidence: Evidence) -> list[Problem]:
    """Why it was refused, the likeliest first; or what a stricter server would refuse."""
    identity = evidence.question.identity
    if is_too_late(evidence):
        return [_too_late()]
    if evidence.request is None:
        return [_not_requested(identity)] if identity and evidence.established else []
    refused = refusal(evidence)
    if refused is None:
        if identity is None or not evidence.established:
            return []
        own = causes(evidence, identity, is_refused=False)
        taken = " This server takes it all the same." if evidence.sent else ""
        return [
            replace(each, is_warning=True, explanation=each.explanation + taken) for each in own
        ]
    if identity is None:
        return [_missing(evidence, refused)]
    faults = causes(evidence, identity, is_refused=True)
    if not evidence.sent:
        return faults or [_not_sent(evidence, identity, refused)]
    meanings = _MEANINGS.get(refused.alert) if refused.alert is not None else None
    if meanings is None:
        return faults or [_rejected(evidence, identity, refused)]
    told = [each for each in faults if each.code in meanings]
    others = [each for each in faults if each.code not in meanings]
    return [*(told or [_as_told(meanings[0], evidence, identity)]), *others]


def _missing(evidence: Evidence, refused: Refusal) -> Problem:
    names = acceptable_names(evidence)
    wanted = f" It takes certificates from {listed(names)}." if names else ""
    certain = refused.way is not Way.DENIED
    return Problem(
        MISSING,
        Side.CLIENT,
        "The server needs a client certificate"
        if certain
        else "The server asks for a client certificate, and denied access without one",
        f"None was presented. {refused.words}{wanted}",
        "Choose a client certificate from one of these CAs and test again."
        if names
        else "Choose a client certificate that the server's CA has issued, and test again.",
        remedies=(choose_identity(evidence), issue_client(evidence)),
    )


def _too_late() -> Problem:
    return Problem(
        MISSING,
        Side.SERVER,
        "The server could not ask for a certificate",
        "It wants one for this path alone, and so only after the request. In TLS 1.3 that takes "
        "an offer of the client (post-handshake authentication), which was not made here, and "
        "which browsers do not make.",
        "Let the server ask everybody at once: in Apache set SSLVerifyClient for the whole virtual "
        "host and not for a path, “optional” where some come without. Or speak TLS 1.2, where it "
        "can ask later (SSLProtocol TLSv1.2).",
    )


def _not_requested(identity: Identity) -> Problem:
    return Problem(
        NOT_REQUESTED,
        Side.SERVER,
        "The server did not ask for a certificate",
        f"“{identity.name}” was not presented: this is TLS, not mutual TLS.",
        "If the server shall know its clients, switch that on (nginx: ssl_verify_client on).",
        is_warning=True,
    )


def _not_sent(evidence: Evidence, identity: Identity, refused: Refusal) -> Problem:
    return about(
        identity.certificate,
        REJECTED,
        "Your certificate was not sent",
        f"{identity.name} does not fit what the server asked for, so TLS sent none in its place. "
        f"{refused.words}",
        "Choose another certificate, most often one with an ECDSA P-256 key.",
        choose_identity(evidence),
        issue_client(evidence),
    )


def _as_told(code: str, evidence: Evidence, identity: Identity) -> Problem:
    """What the server says, where we see no reason for it ourselves."""
    facts, name = identity.certificate, identity.name
    top = (facts, *identity.chain)[-1]
    ends = date_and_time(facts.not_after) if facts.not_after else "an unknown time"
    title, explanation, fix = {
        EXPIRED: (
            "The server takes your certificate for expired",
            f"{name} is valid until {ends} by this computer's clock.",
            "Compare the clocks of the two machines, and look whether a CA above the "
            "certificate has expired.",
        ),
        REVOKED: (
            "Your certificate was revoked",
            f"The server's revocation list names {name}.",
            "Issue another one. If it was revoked by mistake, take that back and publish a new "
            "CRL to the server.",
        ),
        UNKNOWN_AUTHORITY: (
            "The server does not trust your certificate's CA",
            f"{name} leads to “{issuer_name(top)}”. The server does not know it, lacks an "
            "intermediate in between, or lacks the CA's revocation list.",
            "Let the server trust this CA, or choose a certificate from one that it trusts.",
        ),
        WRONG_USAGE: (
            "The server does not take this kind of certificate",
            f"{name} is for clients by what it says; the server wants something else of it.",
            f"Compare with a certificate it takes. {logs.where_to_look(evidence)}",
        ),
        KEY_MISMATCH: (
            "The proof of your private key failed",
            f"What was signed with the key does not fit {name}: the key is another one's, or "
            "something on the way changes the connection.",
            "Choose the key that the certificate was issued for.",
        ),
    }[code]
    remedies: tuple[Remedy, ...] = ()
    if code == REVOKED:
        remedies = (renew(identity), choose_identity(evidence))
    elif code in (UNKNOWN_AUTHORITY, WRONG_USAGE):
        remedies = (choose_identity(evidence), issue_client(evidence))
    return about(facts, code, title, explanation, fix, *remedies)


def _rejected(evidence: Evidence, identity: Identity, refused: Refusal) -> Problem:
    facts = identity.certificate
    top = (facts, *identity.chain)[-1]
    if refused.way is Way.DENIED:
        title = "The server let your certificate in, and denied access"
        explanation = (
            f"{refused.words} Nothing is wrong with {identity.name} as seen from here. Either the "
            "server's rules do not let its owner in here, or the server looks at certificates "
            f"after the handshake and does not take this one, from “{issuer_name(top)}”."
        )
    else:
        title = "The server refused your certificate"
        explanation = (
            f"{refused.words} Nothing is wrong with {identity.name} as seen from here: the server "
            f"may not trust “{issuer_name(top)}”, or hold the certificate for revoked."
        )
    return about(
        facts,
        REJECTED,
        title,
        explanation,
        logs.where_to_look(evidence),
        choose_identity(evidence),
        Remedy(RemedyKind.WITHOUT_IDENTITY),
    )
