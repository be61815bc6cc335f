"""One connection test, from the question to the answer."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime

from mtlsgui.tls import ca_names
from mtlsgui.tls.contexts import ClientContexts
from mtlsgui.tls.conversation import converse
from mtlsgui.tls.diagnosis import client, connection, server
from mtlsgui.tls.evidence import End, Evidence, NetworkFault
from mtlsgui.tls.messages import AlertDetail
from mtlsgui.tls.question import Protocol, Question
from mtlsgui.tls.registries import alert_name
from mtlsgui.tls.result import (
    Alert,
    ClientCertificate,
    Outcome,
    ProbeResult,
    Problem,
    Sender,
    Side,
    Timing,
)
from mtlsgui.tls.steps import steps
from mtlsgui.tls.verdict import on_need, verdict

_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
"""Methods that change nothing on a server (RFC 9110, section 9.2.1)."""
_LOOK_SECONDS = 0.1


def probe(
    question: Question,
    now: datetime,
    check: Callable[[], None] | None = None,
    *,
    try_without: bool = False,
) -> ProbeResult:
    """Test a connection; blocks, so not for the GUI thread.

    now: what certificates' dates are held against in words.
    check: called ten times a second; what it raises ends the test and is raised here.
    try_without: as for `ask`.
    Raises IdentityUnusable where the identity cannot be presented at all.
    """
    return asyncio.run(_watched(ask(question, now, try_without=try_without), check))


async def _watched(
    asked: Coroutine[None, None, ProbeResult], check: Callable[[], None] | None
) -> ProbeResult:
    test = asyncio.ensure_future(asked)
    try:
        while not test.done():
            await asyncio.wait({test}, timeout=_LOOK_SECONDS)
            if check is not None:
                check()
    finally:
        if not test.done():
            test.cancel()
            await asyncio.wait({test})
    return test.result()


async def ask(
    question: Question,
    now: datetime,
    contexts: ClientContexts | None = None,
    *,
    try_without: bool = False,
    drawn: bool = True,
) -> ProbeResult:
    """Test a connection; where a certificate was sent and try_without, once more without it.

    That tells whether the server needs the certificate, which is never on the wire.
    contexts: of the question's trust and time, where tests share them. drawn: as for `judge`.
    Raises IdentityUnusable before anything is sent.
    """
    contexts = contexts or ClientContexts(question.trust, now)
    result = judge(await converse(question, now, contexts), drawn=drawn)
    certificate = result.client_certificate
    if not (try_without and certificate.sent and certificate.required is None):
        return result
    again = replace(question, identity=None, keylog=None)
    if question.http.method.upper() not in _SAFE:  # nobody's POST is sent twice
        again = replace(again, protocol=Protocol.NONE)
    without = judge(await converse(again, now, contexts), drawn=False)
    required = without.client_certificate.required
    let_in = (Outcome.ACCEPTED, Outcome.REFUSED_BY_CLIENT)
    if required is None and without.outcome is Outcome.REFUSED_BY_SERVER:
        # Denied by HTTP, which may have other reasons; where it is let in with one, it has none.
        required = True if result.outcome in let_in else None
    learned = " ".join(filter(None, (result.detail, on_need(result.outcome, required))))
    return replace(
        result, detail=learned, client_certificate=replace(certificate, required=required)
    )


def judge(evidence: Evidence, *, drawn: bool = True) -> ProbeResult:
    """What the evidence means. drawn: with its steps, which a table of many does without."""
    on_the_way = connection.problems(evidence)
    with_server = server.problems(evidence)
    with_client = client.problems(evidence)
    outcome = _outcome(evidence, on_the_way, with_server)
    if outcome is Outcome.REFUSED_BY_SERVER:
        problems = [*on_the_way, *with_client, *with_server]
    else:
        problems = [*on_the_way, *with_server, *with_client]
    if outcome is Outcome.REFUSED_BY_SERVER and not any(not each.is_warning for each in problems):
        problems.insert(0, _unexplained(evidence))
    if outcome is Outcome.ACCEPTED and _hung_up(evidence):
        problems.insert(0, _without_answer())
    sentence, detail = verdict(evidence, outcome, problems)
    request = evidence.request
    return ProbeResult(
        target=str(evidence.question.target),
        server_name=evidence.question.target.server_name,
        at=evidence.at,
        outcome=outcome,
        sentence=sentence,
        detail=detail,
        tls=evidence.tls,
        client_certificate=ClientCertificate(
            requested=request is not None,
            required=_required(evidence, outcome),
            sent=evidence.sent,
            acceptable_issuers=tuple(map(ca_names.rfc4514, request.issuers)) if request else (),
        ),
        server_chain=evidence.server_chain,
        alert=_alert(evidence.server_alert, "server") or _alert(evidence.client_alert, "client"),
        http_status=evidence.http.status if evidence.http else None,
        answer=_answer(evidence),
        ocsp_staple=evidence.staple,
        steps=steps(evidence, outcome, problems) if drawn else (),
        problems=tuple(problems),
        timing=Timing(evidence.connect_ms, evidence.handshake_ms, evidence.verdict_ms),
    )


def _outcome(evidence: Evidence, on_the_way: list[Problem], with_server: list[Problem]) -> Outcome:
    if evidence.fault is NetworkFault.STARTTLS_REFUSED:
        return Outcome.NOT_TLS
    if evidence.fault is not None:
        timed_out = evidence.fault is NetworkFault.TIMED_OUT
        return Outcome.TIMED_OUT if timed_out else Outcome.UNREACHABLE
    if connection.spoken_instead(evidence):
        return Outcome.NOT_TLS
    if client.is_refused(evidence) or evidence.server_alert is not None:
        return Outcome.REFUSED_BY_SERVER
    if not evidence.established:
        if evidence.end is End.TIMED_OUT:
            return Outcome.TIMED_OUT
        closed = evidence.end in (End.CLOSED, End.RESET)
        return Outcome.REFUSED_BY_SERVER if closed else Outcome.REFUSED_BY_CLIENT
    if any(not each.is_warning for each in (*on_the_way, *with_server)):
        return Outcome.REFUSED_BY_CLIENT
    return Outcome.ACCEPTED


def _hung_up(evidence: Evidence) -> bool:
    """Whether TLS accepted, and the request was met by the end of the connection."""
    return evidence.question.protocol is Protocol.HTTP and evidence.hung_up


def _without_answer() -> Problem:
    return Problem(
        "no_answer",
        Side.SERVER,
        "The server hung up without an answer",
        "TLS stands, and the HTTP request was met by the end of the connection: the application "
        "behind it refuses, as some do, or speaks something other than HTTP.",
        "Look in the server's log at this time. If it does not speak HTTP, test without a request.",
    )


def _required(evidence: Evidence, outcome: Outcome) -> bool | None:
    """That a certificate is required is never on the wire: a test without one shows it."""
    if evidence.request is None:
        if client.is_refused(evidence):
            return True
        return False if evidence.established else None
    if evidence.sent:
        return None
    refused = client.refusal(evidence)
    if refused is not None:
        return None if refused.way is client.Way.DENIED else True
    accepted = (Outcome.ACCEPTED, Outcome.REFUSED_BY_CLIENT)
    return False if evidence.established and outcome in accepted else None


def _answer(evidence: Evidence) -> str:
    said = evidence.http or evidence.application
    return said.text if said else ""


def _alert(detail: AlertDetail | None, sender: Sender) -> Alert | None:
    if detail is None:
        return None
    return Alert(detail.number, alert_name(detail.number), sender)


def _unexplained(evidence: Evidence) -> Problem:
    alert = evidence.server_alert
    said = (
        f"It sent alert {alert.number}, {alert_name(alert.number)}."
        if alert
        else "It closed the connection without a word."
    )
    return Problem(
        "handshake_failed",
        Side.SERVER,
        "The server broke the connection off",
        said,
        "The server's log at this time says more.",
    )
