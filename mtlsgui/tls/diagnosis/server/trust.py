"""Whether the chain leads to a CA that is trusted, and if not, for want of what.

"Unknown CA" and "missing intermediate" are one error to OpenSSL. They are told apart by what is
held here, and by the name and key identifier of the issuer.
"""

from collections.abc import Iterator

from mtlsgui.pki.chain import Pool, issuers_of
from mtlsgui.pki.describe.certificate import display_name, issuer_name
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.diagnosis.server.view import View
from mtlsgui.tls.diagnosis.server.wording import fault, issue_again, send, trust, whose
from mtlsgui.tls.evidence import VerifyError
from mtlsgui.tls.extensions import issuer_urls
from mtlsgui.tls.result import Problem, Remedy

# OpenSSL's X509_V_ERR numbers.
_SELF_SIGNED, _SELF_SIGNED_IN_CHAIN = 18, 19
_NO_ISSUER = (2, 20, 21)
ERRORS = (_SELF_SIGNED, _SELF_SIGNED_IN_CHAIN, *_NO_ISSUER)
"""Those of OpenSSL's errors that are told here."""


def problems(view: View, errors: list[VerifyError]) -> Iterator[Problem]:
    """errors: OpenSSL's, those of `ERRORS` only."""
    for error in errors:
        if error.code == _SELF_SIGNED:
            yield _self_signed(error.certificate)
        elif error.code == _SELF_SIGNED_IN_CHAIN:
            yield _unknown(view, error.certificate, error.depth, error.certificate)
    lacking = [each for each in errors if each.code in _NO_ISSUER]
    if lacking:
        top = max(lacking, key=lambda each: each.depth)
        yield from _no_issuer(view, top.certificate, top.depth)
    elif not errors:
        yield from _held_only_here(view)


def _self_signed(leaf: CertificateFacts) -> Problem:
    return fault(
        "self_signed",
        "The server's certificate is self-signed",
        f"{display_name(leaf)} was issued by nobody but itself, and is not among what you trust.",
        "Give the server a certificate from a CA that you trust; for a test, import this one and "
        "trust it.",
        about=leaf,
        depth=0,
        remedies=(issue_again(leaf), trust(leaf)),
    )


def _no_issuer(view: View, top: CertificateFacts, depth: int) -> Iterator[Problem]:
    """top: the certificate whose issuer OpenSSL does not find."""
    for issuer in issuers_of(top, view.pool):
        if view.was_sent(issuer) and not issuer.self_signed:
            yield _not_an_issuer(issuer, depth + 1)
            return
    way = view.way_to_trust(top)
    held = way or _above(view, top)
    missing = [each for each in held if not each.self_signed and not view.was_sent(each)]
    if missing:
        yield _incomplete(view, top, depth, missing)
    rests_on_system = view.trust.system and bool(missing) and not held[-1].self_signed
    if way and not missing:
        yield _misnamed(top, way[0], depth)
    elif way is None and not rests_on_system:
        yield _unknown(view, top, depth, held[-1] if held else None)


def _above(view: View, top: CertificateFacts) -> tuple[CertificateFacts, ...]:
    """The issuers that are held, up to one that is not trusted or to nothing."""
    whole = view.whole_chain
    at = next((n for n, each in enumerate(whole) if each == top), len(whole))
    return whole[at + 1 :]


def _not_an_issuer(issuer: CertificateFacts, depth: int) -> Problem:
    return fault(
        "wrong_usage",
        f"“{display_name(issuer)}” may not issue this certificate",
        "It came along and its key made the signature; but OpenSSL does not take it for a CA, by "
        "its basic constraints or its key usage (keyCertSign).",
        "Issue the server's certificate by a CA that is allowed to.",
        about=issuer,
        depth=depth,
    )


def _misnamed(top: CertificateFacts, issuer: CertificateFacts, depth: int) -> Problem:
    """The signature is right, and OpenSSL does not take this issuer for the one that is named."""
    return fault(
        "certificate_invalid",
        f"{whose(top, depth)} names another issuer than the one that signed it",
        f"“{display_name(issuer)}” made its signature and is trusted; but the certificate names "
        "another key, or another certificate of that CA (its authority key identifier), so that "
        "OpenSSL finds no way to the root.",
        "Issue it again under this CA, or send and trust the CA certificate that it names.",
        about=top,
        depth=depth,
        remedies=(issue_again(top),) if depth == 0 else (),
    )


def _incomplete(
    view: View, top: CertificateFacts, depth: int, missing: list[CertificateFacts]
) -> Problem:
    first = display_name(missing[0])
    names = " and ".join(f"“{display_name(each)}”" for each in missing)
    return fault(
        "chain_incomplete",
        "The server does not send its intermediate",
        f"{display_name(top)} was issued by “{first}”, which you hold but the server does not "
        f"send. Clients that do not hold it cannot find the way to the root.{_fetching(top)}",
        f"Append {names} to the server's certificate file (export it as full chain), then reload "
        "the server.",
        about=top,
        depth=depth,
        remedies=(send((*view.path, *missing)),),
    )


def _fetching(top: CertificateFacts) -> str:
    """Who gets along without the intermediate, by the address in the certificate."""
    if not issuer_urls(top):
        return ""
    return (
        " Chrome, Edge, Safari and programs that use Windows' own TLS fetch it by the address in "
        "the certificate, so there it may work; OpenSSL, curl, Python, Go, Node.js and Java do not."
    )


def _unknown(
    view: View, top: CertificateFacts, depth: int, known: CertificateFacts | None
) -> Problem:
    """known: the highest CA of the chain that came along or is held; None where none is."""
    ca = known or (top if top.is_ca else None)
    name = display_name(ca) if ca and ca.self_signed else issuer_name(ca or top)
    explanation = (
        f"The chain leads to “{name or 'an unnamed CA'}”, which is not among what you trust in "
        "this test."
    )
    twin = next((a for a in view.trust.anchors if a.subject_der == (ca or top).issuer_der), None)
    if twin is not None:
        explanation += (
            " You trust a CA of that name with another key: either of the two may be older, or one "
            "is not what it seems."
        )
    remedies: tuple[Remedy, ...] = (trust(ca),) if ca else ()
    if ca is not None and view.was_sent(ca):
        fix = f"If you know it to be right, trust “{display_name(ca)}”, which the server sends."
    elif ca is not None:
        fix = f"If it is right, choose “{display_name(ca)}” under Trust and test again."
    else:
        fix = f"If it is right, import the certificate of “{name}” and test again."
        if depth == 0:
            explanation += (
                " Only the server's own certificate came: should this be an intermediate, the "
                f"server does not send it.{_fetching(top)}"
            )
            fix += " Else let the server send its full chain."
    if not view.trust.system:
        explanation += " What the system trusts was not asked."
    return fault(
        "unknown_authority",
        "The server's CA is not trusted",
        explanation,
        fix,
        about=top,
        depth=depth,
        remedies=remedies,
    )


def _held_only_here(view: View) -> Iterator[Problem]:
    """A chain that stands because its missing intermediate is trusted here by itself."""
    if not view.path or view.path[-1].self_issued:
        return
    top = view.path[-1]
    between = [a for a in view.trust.anchors if not a.self_issued]
    named = [each for each in between if each.subject_der == top.issuer_der]
    above = issuers_of(top, Pool(named)) if named and not view.was_sent(named[0]) else []
    if not above:
        return
    name = display_name(above[0])
    yield fault(
        "chain_incomplete",
        "The server does not send its intermediate",
        f"It works here since you trust “{name}” itself. Clients that trust the root only cannot "
        f"find the way to it.{_fetching(top)}",
        f"Append “{name}” to the server's certificate file, then reload the server.",
        about=top,
        depth=len(view.path) - 1,
        is_warning=True,
        remedies=(send((*view.path, above[0])),),
    )
