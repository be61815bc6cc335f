"""What a client trusts, as OpenSSL wants it. Reading a system's roots takes longer than a whole
handshake, so that the tests of a scan share one store.

Where pyOpenSSL's bindings have no way to share one, each connection is given its own.
"""

import os
import ssl
import sys
from datetime import datetime
from pathlib import Path

from OpenSSL import SSL, crypto

from mtlsgui.pki.facts import load
from mtlsgui.tls import bindings
from mtlsgui.tls.certificates import readable
from mtlsgui.tls.question import Trust

_MACOS_ROOTS = Path("/etc/ssl/cert.pem")


class TrustStore:
    """The CAs of a Trust. Any number of connections may use it, one after the other or at once.

    now: the time that certificates are judged by: OpenSSL and our own findings go by one clock.
    """

    def __init__(self, trust: Trust, now: datetime) -> None:
        self._trust, self._now = trust, now
        self._owner = SSL.Context(SSL.TLS_CLIENT_METHOD)  # the store goes with it
        self._store = self._fill(self._owner)

    def apply_to(self, context: SSL.Context) -> None:
        """Let the context judge by this store."""
        if not bindings.share_store(context, self._store):
            self._fill(context)

    def _fill(self, context: SSL.Context) -> crypto.X509Store:
        store = context.get_cert_store()
        if store is None:
            raise AssertionError("a context always has a store")
        store.set_time(self._now)
        if self._trust.system:
            _add_system(context, store)
        for anchor in self._trust.anchors:
            store.add_cert(crypto.X509.from_cryptography(load(anchor)))
        if any(not anchor.self_signed for anchor in self._trust.anchors):
            # An intermediate that was chosen as anchor is one, though OpenSSL's default says no.
            store.set_flags(crypto.X509StoreFlags.PARTIAL_CHAIN)
        return store


def _add_system(context: SSL.Context, store: crypto.X509Store) -> None:
    if sys.platform == "win32":
        for encoded in ssl.create_default_context().get_ca_certs(binary_form=True):
            facts = readable(encoded)
            if facts is not None:
                store.add_cert(crypto.X509.from_cryptography(load(facts)))
        return
    context.set_default_verify_paths()
    if sys.platform == "darwin" and "SSL_CERT_FILE" not in os.environ and _MACOS_ROOTS.exists():
        context.load_verify_locations(str(_MACOS_ROOTS))
