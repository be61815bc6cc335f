"""What the client offers, set in OpenSSL; what OpenSSL does not know is refused in words."""

import re
from collections.abc import Callable, Iterable

from OpenSSL import SSL

from mtlsgui.errors import MtlsguiError
from mtlsgui.tls import bindings
from mtlsgui.tls.question import Offer

VERSIONS = {
    "TLS 1.0": SSL.TLS1_VERSION,
    "TLS 1.1": SSL.TLS1_1_VERSION,
    "TLS 1.2": SSL.TLS1_2_VERSION,
    "TLS 1.3": SSL.TLS1_3_VERSION,
}
SUITES = (
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_128_CCM_SHA256",
    "TLS_AES_128_CCM_8_SHA256",
)
"""TLS 1.3's that encrypt (RFC 8446, appendix B.4)."""
_WEAK = ("TLS 1.0", "TLS 1.1", "TLS_AES_128_CCM_8_SHA256")
_ANY_STRENGTH = "@SECLEVEL=0"
"""Without it OpenSSL offers none of these, nor tells a weak cipher from an unknown one."""
_NAME = re.compile(r"[A-Za-z0-9_+.-]+")
_SEPARATORS = re.compile(r"[:, ]+")
_MOST_ALPN = 255
_SOME_CIPHERS = "HIGH, ECDHE-ECDSA-AES256-GCM-SHA384, ECDHE-RSA-AES128-GCM-SHA256, AES128-SHA"
_SOME_GROUPS = "X25519MLKEM768, X25519, P-256, P-384, P-521, X448, ffdhe2048"
_SOME_SIGNATURES = "ecdsa_secp256r1_sha256, rsa_pss_rsae_sha256, ed25519, mldsa65"


class OfferRefused(MtlsguiError):
    """Something is to be offered that OpenSSL here does not know; found before connecting."""


def apply_offer(context: SSL.Context, offer: Offer) -> None:
    """Raises OfferRefused.

    That a certificate may be asked for later is always offered, as curl does: servers that ask by
    path (Apache) refuse those who do not in TLS 1.3, where they cannot renegotiate.
    """
    bindings.offer_late_certificate(context)
    if offer.versions:
        _refuse_unknown("TLS version", offer.versions, VERSIONS.__contains__, ", ".join(VERSIONS))
        numbers = [VERSIONS[each] for each in offer.versions]
        context.set_min_proto_version(min(numbers))
        context.set_max_proto_version(max(numbers))
    is_weak = any(each in _WEAK for each in (*offer.versions, *offer.suites))
    if offer.ciphers or is_weak:
        _set_ciphers(context, offer.ciphers or "DEFAULT", is_weak=is_weak)
    if offer.suites:
        _refuse_unknown("TLS 1.3 cipher suite", offer.suites, _is_suite, ", ".join(SUITES))
        context.set_tls13_ciphersuites(":".join(offer.suites).encode("ascii"))
    if offer.groups:
        _set_list(context, "group", offer.groups, bindings.set_groups, _SOME_GROUPS)
    if offer.signature_algorithms:
        _set_list(
            context,
            "signature algorithm",
            offer.signature_algorithms,
            bindings.set_signature_algorithms,
            _SOME_SIGNATURES,
        )
    if offer.alpn:
        _refuse_unknown("application protocol", offer.alpn, _is_protocol, "h2, http/1.1")
        context.set_alpn_protos([each.encode("ascii") for each in offer.alpn])


def _refuse_unknown(
    kind: str, names: Iterable[str], is_known: Callable[[str], bool], some: str
) -> None:
    for name in names:
        if not is_known(name):
            raise OfferRefused(
                f"There is no {kind} called “{name}” here.",
                "OpenSSL, which this program speaks TLS with, does not know it.",
                f"Choose another, as in {some}.",
            )


def _set_ciphers(context: SSL.Context, ciphers: str, *, is_weak: bool) -> None:
    """OpenSSL passes over names that it does not know as long as one is left: each is tried."""
    _refuse_unknown("cipher", _SEPARATORS.split(ciphers), _is_cipher, _SOME_CIPHERS)
    text = ciphers
    if is_weak and "@SECLEVEL" not in ciphers:
        text = f"{ciphers}:{_ANY_STRENGTH}"
    try:
        context.set_cipher_list(text.encode("ascii"))
    except SSL.Error:
        raise OfferRefused(
            "No cipher is left to offer.",
            f"“{ciphers}” leaves none.",
            f"Choose others, as in {_SOME_CIPHERS}.",
        ) from None


def _is_cipher(word: str) -> bool:
    """One word of a cipher string; commands ("@STRENGTH") are taken as they are."""
    name = word.lstrip("!-+")
    if not name or name.startswith("@"):
        return True
    if not _NAME.fullmatch(name):
        return False
    try:
        SSL.Context(SSL.TLS_CLIENT_METHOD).set_cipher_list(f"{name}:{_ANY_STRENGTH}".encode())
    except SSL.Error:
        return False
    return True


def _is_suite(name: str) -> bool:
    """OpenSSL says nothing about a name that it does not know, and offers the rest."""
    if not _NAME.fullmatch(name):
        return False
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    try:
        context.set_tls13_ciphersuites(name.encode())
    except SSL.Error:
        return False
    return name in SSL.Connection(context, None).get_cipher_list()


def _is_protocol(name: str) -> bool:
    return name.isascii() and name.isprintable() and 0 < len(name) <= _MOST_ALPN


def _set_list(
    context: SSL.Context,
    kind: str,
    names: tuple[str, ...],
    put: Callable[[SSL.Context, str], bool],
    some: str,
) -> None:
    def is_known(name: str) -> bool:
        if not _NAME.fullmatch(name):
            return False
        return put(SSL.Context(SSL.TLS_CLIENT_METHOD), name)

    try:
        if all(map(_NAME.fullmatch, names)) and put(context, ":".join(names)):
            return
        _refuse_unknown(kind, names, is_known, some)
    except bindings.NotBound:
        raise OfferRefused(
            f"{kind.capitalize()}s cannot be chosen here.",
            "The version of pyOpenSSL that is installed has no way to OpenSSL's list of them.",
            "Leave the choice to OpenSSL.",
        ) from None
    raise OfferRefused(f"These cannot be offered as {kind}s together.", ", ".join(names))
