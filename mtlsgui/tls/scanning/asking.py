"""One test of a scan: the attempt, and where it is asked for, another without the certificate."""

from dataclasses import replace
from datetime import datetime

from mtlsgui.tls.conversation import converse
from mtlsgui.tls.probe import judge
from mtlsgui.tls.question import Question
from mtlsgui.tls.result import ProbeResult
from mtlsgui.tls.trust_store import TrustStore


async def ask(
    question: Question, now: datetime, store: TrustStore | None = None, *, try_without: bool = False
) -> ProbeResult:
    """Test once; where a certificate was sent, once more without, to tell whether it is needed.

    store: the question's trust and time, where several tests share it.
    Raises IdentityUnusable before anything is sent.
    """
    store = store or TrustStore(question.trust, now)
    result = judge(await converse(question, now, store))
    client = result.client_certificate
    if not (try_without and client.sent and client.required is None):
        return result
    without = judge(await converse(replace(question, identity=None, keylog=None), now, store))
    required = without.client_certificate.required
    return replace(result, client_certificate=replace(client, required=required))
