"""Whether the server sends its certificates in order and none too many.

Each is to certify the one before it (RFC 5246, section 7.4.2); the root may be left out, as whoever
does not hold it does not trust it. OpenSSL finds its way all the same (and so does TLS 1.3's RFC
8446, section 4.4.2, ask of clients), so these are warnings.
"""

from collections import Counter
from collections.abc import Iterator

from mtlsgui.pki.describe.certificate import display_name
from mtlsgui.pki.describe.words import count, date_and_time
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.diagnosis.server.view import View, certifies
from mtlsgui.tls.diagnosis.server.wording import fault, listed, send
from mtlsgui.tls.evidence import VerifyError
from mtlsgui.tls.result import Problem

_EXPIRED = 10


def problems(view: View) -> Iterator[Problem]:
    """At most one of each kind, whatever was sent."""
    if len(view.sent) < 2:
        return
    used = list({each.fingerprint_sha256: each for each in view.sent}.values())
    used = [each for each in used if each.fingerprint_sha256 in view.related]
    misplaced = _misplaced(used)
    if misplaced is not None:
        yield _disordered(view, misplaced)
    reasons = [*_strangers(view), *_twice(view), *_roots(view)]
    if reasons:
        yield _superfluous(view, reasons)
    yield from _expired_beside(view)


def _misplaced(used: list[CertificateFacts]) -> CertificateFacts | None:
    """The first that certifies none of those before it, but one that comes later."""
    for at, each in enumerate(used[1:], 1):
        if not any(certifies(each, before) for before in used[:at]):
            return each
    return None


def _disordered(view: View, misplaced: CertificateFacts) -> Problem:
    return fault(
        "chain_disordered",
        "The server sends its certificates in the wrong order",
        f"“{display_name(misplaced)}” comes before the certificate that it issued. OpenSSL, Go and "
        "browsers put them in order; Java's older versions, GnuTLS before 3.0 and small devices "
        "do not.",
        "Write the server's own certificate first, then its issuer, and so on upwards.",
        about=misplaced,
        is_warning=True,
        remedies=(send(view.right_chain),),
    )


def _strangers(view: View) -> Iterator[str]:
    names = list(
        dict.fromkeys(
            f"“{display_name(each)}”"
            for each in view.sent
            if each.fingerprint_sha256 not in view.related
        )
    )
    if names:
        verb = "is" if len(names) == 1 else "are"
        yield f"{listed(names)} {verb} no issuer of this server's certificate"


def _twice(view: View) -> Iterator[str]:
    times = Counter(each.fingerprint_sha256 for each in view.sent)
    again = {e.fingerprint_sha256: e for e in view.sent if times[e.fingerprint_sha256] > 1}
    if again:
        names = listed(f"“{display_name(each)}”" for each in again.values())
        yield f"{names} {'comes' if len(again) == 1 else 'come'} more than once"


def _roots(view: View) -> Iterator[str]:
    roots = {
        each.fingerprint_sha256: f"“{display_name(each)}”"
        for each in view.sent[1:]
        if each.self_issued and each.fingerprint_sha256 in view.related
    }
    roots.pop(view.sent[0].fingerprint_sha256, None)
    if roots:
        noun = "the root" if len(roots) == 1 else "roots"
        yield (
            f"{listed(roots.values())} {'is' if len(roots) == 1 else 'are'} {noun}, which clients "
            "hold, or do not trust for being sent"
        )


def _superfluous(view: View, reasons: list[str]) -> Problem:
    right = len(view.right_chain)
    size = sum(len(each.der) for each in view.sent)
    return fault(
        "chain_superfluous",
        "The server sends certificates that nobody needs",
        f"Of the {len(view.sent)} that it sends: {'; '.join(reasons)}. Together they are "
        f"{size:,} bytes, which every new connection waits for. Clients take no harm.",
        f"Send {count(right, 'certificate')} only: the server's own, and the intermediates if any.",
        is_warning=True,
        remedies=(send(view.right_chain),),
    )


def _expired_beside(view: View) -> Iterator[Problem]:
    """Expired ones above the server that OpenSSL goes round by another way (a cross-signed CA)."""
    told = {
        each.certificate.fingerprint_sha256
        for each in view.evidence.verify_errors
        if _is_expiry(each)
    }
    for facts in {each.fingerprint_sha256: each for each in view.sent[1:]}.values():
        ends = facts.not_after
        if ends is None or ends >= view.now or facts.fingerprint_sha256 in told:
            continue
        if facts.fingerprint_sha256 in view.related:
            yield fault(
                "certificate_expired",
                f"“{display_name(facts)}”, which the server sends along, has expired",
                f"It was valid until {date_and_time(ends)}. There is another way to a CA that you "
                "trust, which OpenSSL and browsers find; older clients stop at the expired one.",
                "Take it out of the server's certificate file.",
                about=facts,
                is_warning=True,
                remedies=(send(view.right_chain),),
            )
            return


def _is_expiry(error: VerifyError) -> bool:
    return error.code == _EXPIRED
