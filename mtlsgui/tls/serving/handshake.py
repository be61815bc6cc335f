"""The server's side of TLS without a socket: bytes in, bytes out, and what was seen.

Each connection has a context of its own: what is noted of one client is never another's, and no
session of one can be resumed in another, where no certificate would be asked for.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from cryptography import x509
from OpenSSL import SSL, crypto

from mtlsgui.pki.facts import CertificateFacts, UnreadableError, load, read_certificate
from mtlsgui.tls import bindings, seen
from mtlsgui.tls.endpoint import Endpoint
from mtlsgui.tls.evidence import VerifyError
from mtlsgui.tls.presenting import Presented
from mtlsgui.tls.serving.settings import Mode, Settings
from mtlsgui.tls.tracing import open_trace

_VERSIONS = {"TLS 1.2": SSL.TLS1_2_VERSION, "TLS 1.3": SSL.TLS1_3_VERSION}
_SESSION_ID = b"mtlsgui"
NO_CRL = 3
"""OpenSSL's X509_V_ERR_UNABLE_TO_GET_CRL."""


class Material:
    """What every connection of one server needs, loaded once.

    Raises IdentityUnusable where the certificate cannot be presented with its key.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._presented = Presented(settings.identity, "server")
        self.present(SSL.Context(SSL.TLS_SERVER_METHOD))  # said now, not to the first client
        self.authorities = [_x509(each) for each in settings.authorities]
        self.crls = [x509.load_der_x509_crl(each) for each in settings.crls]
        self.partial = any(not each.self_signed for each in settings.authorities)

    def present(self, context: SSL.Context) -> None:
        """Give a context the server's certificate, its key and what is sent with it."""
        self._presented.apply_to(context)

    def trust(self, context: SSL.Context, now: datetime) -> None:
        """Let a context hold clients against the authorities and revocation lists."""
        store = context.get_cert_store()
        if store is None:
            raise AssertionError("a context always has a store")
        store.set_time(now)
        for each in self.authorities:
            store.add_cert(each)
        flags = crypto.X509StoreFlags.PARTIAL_CHAIN if self.partial else 0
        if self.crls:
            flags |= crypto.X509StoreFlags.CRL_CHECK | crypto.X509StoreFlags.CRL_CHECK_ALL
        if flags:
            store.set_flags(flags)
        for revoked in self.crls:
            store.add_crl(revoked)
        for facts in self.settings.authorities:
            context.add_client_ca(load(facts))


class ServerHandshake(Endpoint):
    """One connection of a client.

    now: the time that certificates are judged by. elapsed: milliseconds since it began.
    mode: whether a wrong certificate ends it. alpn: protocols to agree on, the preferred first.
    asks: whether it asks for a certificate. named: names of CAs in DER that it asks for, in place
    of those of its settings.
    """

    def __init__(
        self,
        material: Material,
        now: datetime,
        elapsed: Callable[[], float],
        *,
        mode: Mode,
        alpn: Sequence[bytes] = (b"http/1.1",),
        asks: bool = True,
        named: Sequence[bytes] | None = None,
    ) -> None:
        self.verify_errors: list[VerifyError] = []
        self.unreadable = False
        self._mode = mode
        context = SSL.Context(SSL.TLS_SERVER_METHOD)
        versions = [_VERSIONS[each] for each in material.settings.versions]
        context.set_min_proto_version(min(versions, default=SSL.TLS1_2_VERSION))
        context.set_max_proto_version(max(versions, default=SSL.TLS1_3_VERSION))
        context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
        context.set_session_id(_SESSION_ID)
        context.set_options(SSL.OP_NO_RENEGOTIATION)
        material.present(context)
        material.trust(context, now)
        if named is not None:
            bindings.set_client_ca_names(context, named)
        needed = SSL.VERIFY_FAIL_IF_NO_PEER_CERT if mode is Mode.ENFORCE else 0
        context.set_verify((SSL.VERIFY_PEER | needed) if asks else SSL.VERIFY_NONE, self._judge)
        if alpn:
            context.set_alpn_select_callback(_chooser(alpn))
        self._ended = False
        super().__init__(context, open_trace(context, elapsed, side="server"))
        self._connection.set_accept_state()

    def receive_end(self) -> None:
        """The stream has ended."""
        before = len(self.messages)
        self._ended = True
        super().receive_end()
        # OpenSSL's decode_error at an end reaches nobody, and means nothing.
        del self.messages[before:]

    def _note_sent(self, data: bytes) -> None:
        if not self._ended:
            super()._note_sent(data)

    def client_chain(self) -> tuple[CertificateFacts, ...]:
        """The client's certificates as it sent them, as far as they can be read."""
        found: list[CertificateFacts] = []
        for encoded in seen.certificates(self.messages, "client"):
            try:
                found.append(read_certificate(encoded))
            except UnreadableError:
                break
        return tuple(found)

    @property
    def presented(self) -> bool:
        """Whether the client sent a certificate, readable or not."""
        return bool(seen.certificates(self.messages, "client"))

    def _judge(
        self, _connection: SSL.Connection, found: crypto.X509, code: int, depth: int, ok: int
    ) -> bool:
        if ok:
            return True
        try:
            facts = read_certificate(crypto.dump_certificate(crypto.FILETYPE_ASN1, found))
        except UnreadableError:
            self.unreadable = True
        else:
            self.verify_errors.append(VerifyError(code, depth, facts))
        # Who gives a list for the issuing CA need not have one for each CA above it.
        return self._mode is Mode.EXPLAIN or (code == NO_CRL and depth > 0)


def _chooser(ours: Sequence[bytes]) -> Callable[[SSL.Connection, list[bytes]], Any]:
    def choose(_connection: SSL.Connection, offered: list[bytes]) -> Any:
        return next((each for each in ours if each in offered), SSL.NO_OVERLAPPING_PROTOCOLS)

    return choose


def _x509(facts: CertificateFacts) -> crypto.X509:
    return crypto.X509.from_cryptography(load(facts))
