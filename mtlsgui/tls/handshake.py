"""The client's side of TLS without a socket: bytes in, bytes out, and what was seen.

A server whose certificate is wrong is not turned away: every fault is noted and the handshake
goes on, so that one test shows all that is wrong on both sides. Sessions are never resumed,
since a resumed one asks for no client certificate.
"""

import warnings
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.mldsa import (
    MLDSA44PrivateKey,
    MLDSA65PrivateKey,
    MLDSA87PrivateKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from OpenSSL import SSL, crypto

from mtlsgui.errors import MtlsguiError
from mtlsgui.pki.facts import CertificateFacts, load
from mtlsgui.pki.keys import PrivateKey, spki_sha256
from mtlsgui.tls.certificates import readable
from mtlsgui.tls.evidence import VerifyError
from mtlsgui.tls.keylog import KeyLog
from mtlsgui.tls.messages import (
    CertificateList,
    Message,
    ServerHello,
    Signed,
)
from mtlsgui.tls.offering import apply_offer
from mtlsgui.tls.question import Identity, Question
from mtlsgui.tls.result import TlsParameters
from mtlsgui.tls.server_names import is_address, is_uri
from mtlsgui.tls.tracing import open_trace
from mtlsgui.tls.trust_store import TrustStore

_CHUNK = 65_536
_MOST_ANSWER = 16_384


class IdentityUnusable(MtlsguiError):
    """The certificate and key cannot be presented at all; found before connecting."""


class Closing(StrEnum):
    """How TLS ended: by a close_notify, by the end of the stream, or by an error."""

    NOTIFIED = "notified"
    CUT = "cut"
    ERROR = "error"


class Handshake:
    """One connection. Give it what arrives by `receive`, send what `outgoing` gives.

    now: the time that certificates are judged by. elapsed: milliseconds since the test began.
    store: the question's trust and time, where several tests share it. context: the question's
    `client_context`, where several connections do.
    Raises IdentityUnusable, OfferRefused, KeyLogFailed.
    """

    def __init__(
        self,
        question: Question,
        now: datetime,
        elapsed: Callable[[], float],
        store: TrustStore | None = None,
        context: SSL.Context | None = None,
    ) -> None:
        self.established = False
        self.closing: Closing | None = None
        self.answer = b""
        self.local_errors: tuple[str, ...] = ()
        self.staple: bytes | None = None
        """The server's OCSP response in DER, as it sent it (RFC 6066, section 8)."""
        self._verify_errors: dict[tuple[int, int], VerifyError] = {}
        self._unreadable: set[int] = set()
        if context is None:
            context = client_context(question, store or TrustStore(question.trust, now))
        self._keylog = KeyLog(context, question.keylog) if question.keylog else None
        self._trace = open_trace(context, elapsed, self._keylog)
        self._connection = SSL.Connection(context, None)
        self._connection.set_app_data(self)
        self._connection.set_connect_state()
        self._connection.request_ocsp()
        name = question.target.server_name
        if not is_address(name) and not is_uri(name):
            self._connection.set_tlsext_host_name(name.encode("ascii"))

    @property
    def messages(self) -> list[Message]:
        """What has passed so far."""
        return self._trace.messages

    @property
    def verify_errors(self) -> tuple[VerifyError, ...]:
        """All errors of the server's chain, each once; those of `unreadable` are not in it."""
        return tuple(self._verify_errors.values())

    @property
    def unreadable(self) -> tuple[int, ...]:
        """Depths of the server's certificates that OpenSSL takes and that cannot be read here.

        Depth 0 is the server's own.
        """
        own = self._sent()[:1]
        return tuple(sorted(self._unreadable | ({0} if own and not _readable(own) else set())))

    @property
    def is_full(self) -> bool:
        """Whether no more is taken of what the server says inside TLS: what comes would pile up."""
        return len(self.answer) >= _MOST_ANSWER

    @property
    def is_tls13(self) -> bool:
        return self._connection.get_protocol_version() == SSL.TLS1_3_VERSION

    def advance(self) -> None:
        """Do what can be done with what has arrived."""
        if self.closing is not None:
            return
        try:
            if not self.established:
                self._connection.do_handshake()
                self.established = True
            while len(self.answer) < _MOST_ANSWER:
                self.answer += self._connection.recv(_CHUNK)
        except SSL.WantReadError:
            pass
        except SSL.ZeroReturnError:
            self.closing = Closing.NOTIFIED
        except SSL.SysCallError:
            self.closing = Closing.CUT
        except SSL.Error as error:
            self.closing = Closing.ERROR
            self.local_errors = _reasons(error)
        self._trace.check()
        if self._keylog is not None:
            self._keylog.check()

    def receive(self, data: bytes) -> None:
        """Take what arrived."""
        for start in range(0, len(data), _CHUNK):
            chunk = data[start : start + _CHUNK]
            self._connection.bio_write(chunk)
            self.advance()
            self._trace.received(chunk)

    def receive_end(self) -> None:
        """The stream has ended."""
        self._connection.bio_shutdown()
        self.advance()

    def outgoing(self) -> bytes:
        """What is to be sent now."""
        parts = []
        while True:
            try:
                parts.append(self._connection.bio_read(_CHUNK))
            except SSL.WantReadError:
                data = b"".join(parts)
                self._trace.sent(data)
                return data

    def send(self, data: bytes) -> None:
        """Encrypt application data."""
        try:
            self._connection.send(data)
        except SSL.Error as error:
            self.closing = Closing.ERROR
            self.local_errors = _reasons(error)

    def close(self) -> None:
        """Say goodbye: a close_notify."""
        try:
            self._connection.shutdown()
        except SSL.Error as error:
            self.local_errors = self.local_errors or _reasons(error)

    def server_chain(self) -> tuple[CertificateFacts, ...]:
        """The server's certificates as it sent them, its own first; unreadable ones are left out.

        Empty where its own is unreadable, lest another be taken for it.
        """
        sent = self._sent()
        return tuple(_readable(sent)) if _readable(sent[:1]) else ()

    def _sent(self) -> tuple[bytes, ...]:
        for message in self.messages:
            if message.sender == "server" and isinstance(message.detail, CertificateList):
                return tuple(message.detail.certificates)
        return ()

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

    def note_verify_error(self, found: crypto.X509, code: int, depth: int) -> None:
        """OpenSSL finds fault with a certificate of the server's chain."""
        readable = _readable([crypto.dump_certificate(crypto.FILETYPE_ASN1, found)])
        for certificate in readable:
            self._verify_errors[code, depth] = VerifyError(code, depth, certificate)
        if not readable:
            self._unreadable.add(depth)


def client_context(question: Question, store: TrustStore) -> SSL.Context:
    """What connections with one offer, identity and trust have in common.

    Raises IdentityUnusable, OfferRefused.
    """
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    apply_offer(context, question.offer)
    context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    context.set_verify(SSL.VERIFY_PEER, _note_verify_error)
    context.set_ocsp_client_callback(_note_staple)
    store.apply_to(context)
    if question.identity is not None:
        _present(context, question.identity)
    return context


def _note_verify_error(
    connection: SSL.Connection, found: crypto.X509, code: int, depth: int, ok: int
) -> bool:
    if not ok:
        _of(connection).note_verify_error(found, code, depth)
    return True


def _note_staple(connection: SSL.Connection, staple: bytes, _data: object) -> bool:
    _of(connection).staple = staple or None
    return True


def _of(connection: SSL.Connection) -> Handshake:
    handshake: Handshake = connection.get_app_data()
    return handshake


def _present(context: SSL.Context, identity: Identity) -> None:
    if spki_sha256(identity.key.public_key()) != identity.certificate.spki_sha256:
        raise IdentityUnusable(
            "The private key does not belong to this certificate.",
            f"“{identity.name}” and the key chosen have different public keys.",
            "Choose the key that the certificate was issued for, or issue a new certificate.",
        )
    try:
        context.use_certificate(load(identity.certificate))
        use_key(context, identity.key)
        context.check_privatekey()  # OpenSSL keeps keys by kind, and takes one without certificate
        for each in identity.chain:
            context.add_extra_chain_cert(load(each))
    except (SSL.Error, TypeError, ValueError):
        label = identity.certificate.key.label if identity.certificate.key else "its"
        raise IdentityUnusable(
            "This certificate cannot be presented.",
            f"TLS here takes no client certificate with {label} key.",
            "Choose one with an ECDSA P-256 key.",
        ) from None


def use_key(context: SSL.Context, key: PrivateKey) -> None:
    """Let a context sign with this key. Raises SSL.Error, TypeError, ValueError."""
    if not isinstance(key, MLDSA44PrivateKey | MLDSA65PrivateKey | MLDSA87PrivateKey):
        context.use_privatekey(key)
        return
    # pyOpenSSL does not convert `cryptography`'s ML-DSA keys, but reads them, in memory.
    encoded = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of its own key class
        context.use_privatekey(crypto.load_privatekey(crypto.FILETYPE_ASN1, encoded))


def _readable(encoded: Iterable[bytes]) -> list[CertificateFacts]:
    """Those that can be read and judged."""
    return [facts for facts in map(readable, encoded) if facts is not None]


def _reasons(error: SSL.Error) -> tuple[str, ...]:
    """OpenSSL's reasons, the last of each entry: for a report, never for a decision."""
    entries = error.args[0] if error.args else ()
    return tuple(str(entry[-1]) for entry in entries if entry)
