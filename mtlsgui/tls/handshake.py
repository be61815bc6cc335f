"""The client's side of TLS without a socket: bytes in, bytes out, and what was seen.

A server whose certificate is wrong is not turned away: every fault is noted and the handshake
goes on, so that one test shows all that is wrong on both sides. Sessions are never resumed,
since a resumed one asks for no client certificate.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from OpenSSL import SSL, crypto

from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls import seen
from mtlsgui.tls.certificates import readable
from mtlsgui.tls.endpoint import Endpoint
from mtlsgui.tls.evidence import VerifyError
from mtlsgui.tls.keylog import KeyLog
from mtlsgui.tls.offering import apply_offer
from mtlsgui.tls.presenting import Presented
from mtlsgui.tls.question import Question
from mtlsgui.tls.server_names import is_address, is_uri
from mtlsgui.tls.tracing import open_trace
from mtlsgui.tls.trust_store import TrustStore

_MOST_ANSWER = 16_384


class Handshake(Endpoint):
    """One connection to a server. Of its answer, 16 kilobytes are held.

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
        self.staple: bytes | None = None
        """The server's OCSP response in DER, as it sent it (RFC 6066, section 8)."""
        self._verify_errors: dict[tuple[int, int], VerifyError] = {}
        self._unreadable: set[int] = set()
        if context is None:
            context = client_context(question, store or TrustStore(question.trust, now))
        self._keylog = KeyLog(context, question.keylog) if question.keylog else None
        super().__init__(context, open_trace(context, elapsed, self._keylog), _MOST_ANSWER)
        self._connection.set_app_data(self)
        self._connection.set_connect_state()
        self._connection.request_ocsp()
        name = question.target.server_name
        if not is_address(name) and not is_uri(name):
            self._connection.set_tlsext_host_name(name.encode("ascii"))

    @property
    def verify_errors(self) -> tuple[VerifyError, ...]:
        """All errors of the server's chain, each once; those of `unreadable` are not in it."""
        return tuple(self._verify_errors.values())

    @property
    def unreadable(self) -> tuple[int, ...]:
        """Depths of the server's certificates that OpenSSL takes and that cannot be read here.

        Depth 0 is the server's own.
        """
        own = seen.certificates(self.messages, "server")[:1]
        return tuple(sorted(self._unreadable | ({0} if own and not _readable(own) else set())))

    @property
    def is_full(self) -> bool:
        """Whether no more is taken of what the server says inside TLS: what comes would pile up."""
        return len(self.received) >= _MOST_ANSWER

    @property
    def is_tls13(self) -> bool:
        return self._connection.get_protocol_version() == SSL.TLS1_3_VERSION

    def advance(self) -> None:
        """Do what can be done with what has arrived. Raises KeyLogFailed."""
        super().advance()
        if self._keylog is not None:
            self._keylog.check()

    def server_chain(self) -> tuple[CertificateFacts, ...]:
        """The server's certificates as it sent them, its own first; unreadable ones are left out.

        Empty where its own is unreadable, lest another be taken for it.
        """
        sent = seen.certificates(self.messages, "server")
        return tuple(_readable(sent)) if _readable(sent[:1]) else ()

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
        Presented(question.identity, "client").apply_to(context)
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


def _readable(encoded: Iterable[bytes]) -> list[CertificateFacts]:
    """Those that can be read and judged."""
    return [facts for facts in map(readable, encoded) if facts is not None]
