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
from mtlsgui.pki.keys import spki_sha256
from mtlsgui.tls import bindings
from mtlsgui.tls.evidence import VerifyError
from mtlsgui.tls.handshake import Closing, IdentityUnusable, use_key
from mtlsgui.tls.messages import CertificateList, Message, ServerHello, Signed
from mtlsgui.tls.question import Identity
from mtlsgui.tls.result import TlsParameters
from mtlsgui.tls.serving.settings import Mode, Settings
from mtlsgui.tls.tracing import open_trace

_CHUNK = 65_536
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
        identity = settings.identity
        _check_key(identity)
        self._key = identity.key
        try:
            self._certificates = [load(each) for each in (identity.certificate, *identity.chain)]
            self.present(SSL.Context(SSL.TLS_SERVER_METHOD))
        except (SSL.Error, TypeError, ValueError):
            raise _unusable(identity) from None
        self.authorities = [_x509(each) for each in settings.authorities]
        self.crls = [x509.load_der_x509_crl(each) for each in settings.crls]
        self.partial = any(not each.self_signed for each in settings.authorities)

    def present(self, context: SSL.Context) -> None:
        """Give a context the server's certificate, its key and what is sent with it."""
        own, *issuers = self._certificates
        context.use_certificate(own)
        use_key(context, self._key)
        for each in issuers:
            context.add_extra_chain_cert(each)

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


class ServerHandshake:
    """One connection. Give it what arrives by `receive`, send what `outgoing` gives.

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
        self.established = False
        self.closing: Closing | None = None
        self.received = b""
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
        self._trace = open_trace(context, elapsed, side="server")
        self._ended = False
        self._connection = SSL.Connection(context, None)
        self._connection.set_accept_state()

    @property
    def messages(self) -> list[Message]:
        """What has passed so far."""
        return self._trace.messages

    def advance(self) -> None:
        """Do what can be done with what has arrived."""
        if self.closing is not None:
            return
        try:
            if not self.established:
                self._connection.do_handshake()
                self.established = True
            while True:
                self.received += self._connection.recv(_CHUNK)
        except SSL.WantReadError:
            pass
        except SSL.ZeroReturnError:
            self.closing = Closing.NOTIFIED
        except SSL.SysCallError:
            self.closing = Closing.CUT
        except SSL.Error:
            self.closing = Closing.ERROR
        self._trace.check()

    def receive(self, data: bytes) -> None:
        """Take what arrived."""
        for start in range(0, len(data), _CHUNK):
            chunk = data[start : start + _CHUNK]
            self._connection.bio_write(chunk)
            self.advance()
            self._trace.received(chunk)

    def receive_end(self) -> None:
        """The stream has ended."""
        seen = len(self.messages)
        self._ended = True
        self._connection.bio_shutdown()
        self.advance()
        # OpenSSL's decode_error at an end reaches nobody, and means nothing.
        del self.messages[seen:]

    def outgoing(self) -> bytes:
        """What is to be sent now."""
        parts = []
        while True:
            try:
                parts.append(self._connection.bio_read(_CHUNK))
            except SSL.WantReadError:
                data = b"".join(parts)
                if not self._ended:
                    self._trace.sent(data)
                return data

    def send(self, data: bytes) -> None:
        """Encrypt application data."""
        try:
            self._connection.sendall(data)
        except SSL.Error:
            self.closing = Closing.ERROR

    def close(self) -> None:
        """Say goodbye: a close_notify."""
        try:
            self._connection.shutdown()
        except SSL.Error:  # nothing was agreed yet, or it is broken
            self.closing = self.closing or Closing.ERROR

    def client_chain(self) -> tuple[CertificateFacts, ...]:
        """The client's certificates as it sent them, as far as they can be read."""
        found: list[CertificateFacts] = []
        for encoded in self._sent():
            try:
                found.append(read_certificate(encoded))
            except UnreadableError:
                break
        return tuple(found)

    @property
    def presented(self) -> bool:
        """Whether the client sent a certificate, readable or not."""
        return bool(self._sent())

    def parameters(self) -> TlsParameters | None:
        """What was agreed, as far as it got."""
        hellos = [m.detail for m in self.messages if isinstance(m.detail, ServerHello)]
        if not hellos:
            return None
        signed = [
            m.detail for m in self.messages if m.sender == "server" and isinstance(m.detail, Signed)
        ]
        return TlsParameters(
            version=hellos[-1].version,
            cipher=self._connection.get_cipher_name() or "",
            group=hellos[-1].group or (signed[0].group if signed else ""),
            signature_algorithm=signed[0].signature_algorithm if signed else "",
            alpn=self._connection.get_alpn_proto_negotiated().decode("ascii", "replace"),
        )

    def _sent(self) -> tuple[bytes, ...]:
        for message in self.messages:
            if message.sender == "client" and isinstance(message.detail, CertificateList):
                return tuple(message.detail.certificates)
        return ()

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


def _check_key(identity: Identity) -> None:
    if spki_sha256(identity.key.public_key()) != identity.certificate.spki_sha256:
        raise IdentityUnusable(
            "The private key does not belong to this certificate.",
            f"“{identity.name}” and the key chosen have different public keys.",
            "Choose the key that the certificate was issued for, or issue a new certificate.",
        )


def _unusable(identity: Identity) -> IdentityUnusable:
    label = identity.certificate.key.label if identity.certificate.key else "its"
    return IdentityUnusable(
        "This certificate cannot be presented.",
        f"TLS here takes no server certificate with {label} key.",
        "Choose one with an ECDSA P-256 key.",
    )


def _x509(facts: CertificateFacts) -> crypto.X509:
    return crypto.X509.from_cryptography(load(facts))
