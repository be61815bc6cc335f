"""Why a server refused the client's certificate.

Servers say little: an alert's number, an HTTP text, or nothing at all. So what they said is held
against what we can see of our own certificate: its dates, its use, its issuers and the CA names
that the server announced.
"""

from collections.abc import Sequence
from dataclasses import replace

from mtlsgui.pki.describe.certificate import display_name, issuer_name
from mtlsgui.pki.describe.words import date_and_time, purpose, relative
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.ca_names import short
from mtlsgui.tls.evidence import End, Evidence
from mtlsgui.tls.question import Identity
from mtlsgui.tls.registries import alert_name
from mtlsgui.tls.result import Problem, Side

MISSING = "client_certificate_missing"
REJECTED = "client_certificate_rejected"
EXPIRED = "client_certificate_expired"
NOT_YET_VALID = "client_certificate_not_yet_valid"
UNKNOWN_AUTHORITY = "client_certificate_unknown_authority"
CHAIN_INCOMPLETE = "client_certificate_chain_incomplete"
WRONG_USAGE = "client_certificate_wrong_usage"
REVOKED = "client_certificate_revoked"
NOT_REQUESTED = "client_certificate_not_requested"
KEY_MISMATCH = "key_mismatch"

# What each alert can mean of a client certificate; those not named can mean anything.
_MEANINGS = {
    43: (WRONG_USAGE,),
    44: (REVOKED,),
    45: (EXPIRED,),
    48: (UNKNOWN_AUTHORITY, CHAIN_INCOMPLETE),
    51: (KEY_MISMATCH,),
}
_CERTIFICATE_ALERTS = (40, 42, 43, 44, 45, 46, 48, 49, 51, 116)
_NONE_SENT = "No required SSL certificate was sent"  # nginx
_NOT_TAKEN = "The SSL certificate error"  # nginx
_NGINX_NO_CERTIFICATE, _NGINX_BAD_CERTIFICATE = 496, 495
_BAD_REQUEST = 400


def is_refused(evidence: Evidence) -> bool:
    """Whether the server turned the client away over its certificate, or for want of one."""
    if evidence.request is None:
        return False
    alert = evidence.server_alert
    if alert is not None:
        return alert.number in _CERTIFICATE_ALERTS
    if _http_verdict(evidence):
        return True
    version = evidence.tls.version if evidence.tls else ""
    silent = evidence.end in (End.CLOSED, End.RESET)
    # In TLS 1.2 the server's Finished has accepted the certificate.
    return silent and (not evidence.established or version == "TLS 1.3")


def problems(evidence: Evidence) -> list[Problem]:
    """Why it was refused, the likeliest first; or what a stricter server would refuse."""
    identity = evidence.question.identity
    if identity is not None and evidence.established and evidence.request is None:
        return [_not_requested(identity)]
    if evidence.request is None:
        return []
    if not is_refused(evidence):
        own = _dates_and_use(evidence, identity) if identity else []
        return [replace(each, is_warning=True) for each in own]
    if identity is None or not evidence.sent:
        return [_missing(evidence)]
    faults = _faults(evidence, identity)
    alert = evidence.server_alert
    meanings = _MEANINGS.get(alert.number) if alert else None
    if meanings is None:
        return faults or [_rejected(evidence, identity)]
    told = [each for each in faults if each.code in meanings]
    others = [each for each in faults if each.code not in meanings]
    return [*(told or [_as_told(meanings[0], identity)]), *others]


def _http_verdict(evidence: Evidence) -> str:
    """What an HTTP answer says of the certificate: "none", "bad" or nothing."""
    answer = evidence.http
    if answer is None:
        return ""
    if answer.status == _NGINX_NO_CERTIFICATE or (
        answer.status == _BAD_REQUEST and _NONE_SENT in answer.text
    ):
        return "none"
    if answer.status == _NGINX_BAD_CERTIFICATE or (
        answer.status == _BAD_REQUEST and _NOT_TAKEN in answer.text
    ):
        return "bad"
    return ""


def how_refused(evidence: Evidence) -> str:
    """The way the refusal came, in a sentence."""
    alert = evidence.server_alert
    if alert is not None:
        return f"The server sent alert {alert.number}, {alert_name(alert.number)}."
    if evidence.http is not None:
        return f"The server finished the handshake, then answered HTTP {evidence.http.status}."
    return "The server hung up without a word, as Node.js does."


def _missing(evidence: Evidence) -> Problem:
    names = acceptable_names(evidence)
    wanted = f" It takes certificates from {_listed(names)}." if names else ""
    return Problem(
        MISSING,
        Side.CLIENT,
        "The server needs a client certificate",
        f"None was presented. {how_refused(evidence)}{wanted}",
        "Choose a client certificate from one of these CAs and test again."
        if names
        else "Choose a client certificate that the server's CA has issued, and test again.",
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


def _faults(evidence: Evidence, identity: Identity) -> list[Problem]:
    """All that we can see is wrong with our own certificate, for this server."""
    return [*_dates_and_use(evidence, identity), *_issuers(evidence, identity)]


def _dates_and_use(evidence: Evidence, identity: Identity) -> list[Problem]:
    found = []
    for depth, facts in enumerate((identity.certificate, *identity.chain)):
        name, now = display_name(facts), evidence.at
        whose = "Your certificate" if depth == 0 else f"Your CA certificate “{name}”"
        if facts.not_after is not None and facts.not_after < now:
            found.append(
                _of(
                    facts,
                    EXPIRED,
                    f"{whose} has expired",
                    f"{name} was valid until {date_and_time(facts.not_after)}. "
                    f"It ended {relative(facts.not_after, now)}.",
                    "Renew it, then test again.",
                    depth=depth,
                )
            )
        if facts.not_before is not None and facts.not_before > now:
            found.append(
                _of(
                    facts,
                    NOT_YET_VALID,
                    f"{whose} is not valid yet",
                    f"{name} becomes valid {relative(facts.not_before, now)}, on "
                    f"{date_and_time(facts.not_before)}.",
                    "Check this computer's clock, else wait or issue it again.",
                    depth=depth,
                )
            )
    usages = identity.certificate.extended_key_usage
    if usages is not None and "clientAuth" not in usages:
        allowed = ", ".join(purpose(each) for each in usages) or "nothing"
        found.append(
            _of(
                identity.certificate,
                WRONG_USAGE,
                "Your certificate is not for clients",
                f"{identity.name} is for {allowed}; clientAuth is not among it.",
                "Issue a certificate by a profile for clients or peers.",
            )
        )
    return found


def _issuers(evidence: Evidence, identity: Identity) -> list[Problem]:
    """Whether the server can find the way from our certificate to a CA that it takes."""
    accepted = evidence.request.issuers if evidence.request else ()
    sent = (identity.certificate, *identity.chain)
    if _names_in(accepted, sent):
        return []
    unsent = [each for each in identity.above if each not in sent and not each.self_signed]
    if unsent and (not accepted or _names_in(accepted, identity.above)):
        name = display_name(unsent[0])
        return [
            _of(
                identity.certificate,
                CHAIN_INCOMPLETE,
                "Your intermediate is not sent",
                f"{identity.name} was issued by “{name}”, which is not presented with it, so the "
                "server cannot find the way to the root that it trusts.",
                "Present the full chain: the certificate, then its intermediates.",
            )
        ]
    if not accepted:
        return []
    names = acceptable_names(evidence)
    return [
        _of(
            identity.certificate,
            UNKNOWN_AUTHORITY,
            "Your certificate is from another CA",
            f"{identity.name} leads to “{issuer_name(sent[-1])}”. The server takes certificates "
            f"from {_listed(names)}.",
            "Choose a certificate from one of these, or let the server trust your CA "
            "(nginx: ssl_client_certificate).",
        )
    ]


def _names_in(accepted: Sequence[bytes], certificates: Sequence[CertificateFacts]) -> bool:
    named = {facts.issuer_der for facts in certificates}
    named |= {facts.subject_der for facts in certificates if facts.is_ca}
    return any(name in named for name in accepted)


def acceptable_names(evidence: Evidence) -> list[str]:
    """The CAs that the server says it takes certificates from, readable."""
    return [short(each) for each in evidence.request.issuers] if evidence.request else []


def _listed(names: Sequence[str]) -> str:
    shown = [f"“{name}”" for name in names[:_MOST_NAMES]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


_MOST_NAMES = 3


def _as_told(code: str, identity: Identity) -> Problem:
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
            "Look in the server's log for the reason, and compare with a certificate it takes.",
        ),
        KEY_MISMATCH: (
            "The proof of your private key failed",
            f"What was signed with the key does not fit {name}: the key is another one's, or "
            "something on the way changes the connection.",
            "Choose the key that the certificate was issued for.",
        ),
    }[code]
    return _of(facts, code, title, explanation, fix)


def _rejected(evidence: Evidence, identity: Identity) -> Problem:
    top = (identity.certificate, *identity.chain)[-1]
    return _of(
        identity.certificate,
        REJECTED,
        "The server refused your certificate",
        f"{how_refused(evidence)} Nothing is wrong with {identity.name} as seen from here: the "
        f"server may not trust “{issuer_name(top)}”, or hold it for revoked.",
        "Look in the server's log at this time (nginx: “client SSL certificate verify error”, "
        "at level info).",
    )


def _of(
    facts: CertificateFacts, code: str, title: str, explanation: str, fix: str, *, depth: int = 0
) -> Problem:
    return Problem(
        code,
        Side.CLIENT,
        title,
        explanation,
        fix,
        depth=depth,
        subject=facts.subject or "",
    )
