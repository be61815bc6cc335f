"""What pyOpenSSL has no public way to: lists of groups, of signature algorithms, of names of CAs,
certificates asked for late, one store for many connections.

Its bindings are private and may go, whole or in part: each function here says whether it could.
`tests/tls/test_bindings.py` says when they are gone.
"""

from collections.abc import Iterable
from typing import Any

from OpenSSL import SSL, crypto

ffi: Any
lib: Any
try:
    from OpenSSL._util import ffi, lib
except ImportError:
    ffi = lib = None


class NotBound(Exception):
    """OpenSSL has this function, and pyOpenSSL's bindings no longer do."""


def set_groups(context: SSL.Context, names: str) -> bool:
    """Names with colons between; False where OpenSSL does not know one. Raises NotBound."""
    function = _bound("SSL_CTX_set1_curves_list")
    return _done(function(context._context, names.encode("ascii")))


def set_signature_algorithms(context: SSL.Context, names: str) -> bool:
    """Names with colons between; False where OpenSSL does not know one. Raises NotBound."""
    function = _bound("SSL_CTX_set1_sigalgs_list")
    return _done(function(context._context, names.encode("ascii")))


def offer_late_certificate(context: SSL.Context) -> bool:
    """Let a client tell that it may be asked for a certificate later (RFC 8446, section 4.2.6).

    False where the bindings are gone: a server then cannot ask late.
    """
    try:
        _bound("SSL_CTX_set_post_handshake_auth")(context._context, 1)
    except NotBound:
        return False
    return True


def share_store(context: SSL.Context, store: crypto.X509Store) -> bool:
    """Let a context judge by this store too; False where the bindings are gone."""
    try:
        keep, put = _bound("X509_STORE_up_ref"), _bound("SSL_CTX_set_cert_store")
    except NotBound:
        return False
    keep(store._store)  # the context frees one
    put(context._context, store._store)
    return True


def set_client_ca_names(context: SSL.Context, names: Iterable[bytes]) -> bool:
    """Let a server name these CAs where it asks for certificates. names: in DER.

    Those that OpenSSL cannot read are left out. False where the bindings are gone.
    """
    try:
        put = _bound("SSL_CTX_set_client_CA_list")
        read, push = _bound("d2i_X509_NAME"), _bound("sk_X509_NAME_push")
        stack = _bound("sk_X509_NAME_new_null")()
    except NotBound:
        return False
    for encoded in names:
        begin = ffi.new("const unsigned char[]", encoded)
        place = ffi.new("const unsigned char **", begin)
        name = read(ffi.NULL, place, len(encoded))
        if name != ffi.NULL:
            push(stack, name)
    _bound("ERR_clear_error")()
    put(context._context, stack)  # which owns it from now on
    return True


def _bound(name: str) -> Any:
    try:
        return getattr(lib, name)
    except AttributeError:
        raise NotBound(name) from None


def _done(answer: int) -> bool:
    _bound("ERR_clear_error")()  # else the next call of pyOpenSSL takes the error for its own
    return answer == 1
