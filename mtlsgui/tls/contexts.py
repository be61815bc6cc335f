"""What a client brings to its connections, made once for those that bring the same: a scan's differ
in the server alone, and the rest takes OpenSSL a quarter of the whole test.
"""

from datetime import datetime

from OpenSSL import SSL

from mtlsgui.tls.handshake import client_context
from mtlsgui.tls.question import Question, Trust
from mtlsgui.tls.tracing import traces_share_contexts
from mtlsgui.tls.trust_store import TrustStore


class ClientContexts:
    """For questions of one trust, asked in one thread.

    now: the time that certificates are judged by.
    """

    def __init__(self, trust: Trust, now: datetime) -> None:
        self._store = TrustStore(trust, now)
        self._made: list[tuple[Question, SSL.Context]] = []

    def of(self, question: Question) -> SSL.Context:
        """The one for this question. Raises IdentityUnusable, OfferRefused."""
        if question.keylog is not None or not traces_share_contexts():
            return client_context(question, self._store)  # its key log is this connection's alone
        for asked, context in self._made:
            if asked.identity is question.identity and asked.offer == question.offer:
                return context
        context = client_context(question, self._store)
        self._made.append((question, context))
        return context
