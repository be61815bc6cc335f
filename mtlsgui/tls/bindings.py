"""What pyOpenSSL has no public way to: the lists of groups and of signature algorithms.

`tests/tls/test_offering.py` says when its bindings are gone.
"""

from OpenSSL import SSL
from OpenSSL._util import lib


def set_groups(context: SSL.Context, names: str) -> bool:
    """Names with colons between; False where OpenSSL does not know one."""
    return _done(lib.SSL_CTX_set1_curves_list(context._context, names.encode("ascii")))


def set_signature_algorithms(context: SSL.Context, names: str) -> bool:
    """Names with colons between; False where OpenSSL does not know one."""
    return _done(lib.SSL_CTX_set1_sigalgs_list(context._context, names.encode("ascii")))


def _done(answer: int) -> bool:
    lib.ERR_clear_error()  # else the next call of pyOpenSSL takes the error for its own
    return answer == 1
