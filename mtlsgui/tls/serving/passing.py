"""One client that is watched from outside: bytes pass unchanged, and what is clear is read."""

import asyncio
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from mtlsgui.pki.describe.certificate import display_name
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls import sockets
from mtlsgui.tls.certificates import readable
from mtlsgui.tls.evidence import NetworkFault
from mtlsgui.tls.messages import looks_like_tls
from mtlsgui.tls.result import Alert, Problem, Side, Step, StepState
from mtlsgui.tls.serving import faults
from mtlsgui.tls.serving.clear_text import ClearText
from mtlsgui.tls.serving.closing import closing_steps
from mtlsgui.tls.serving.judging import Verdict, fatal, offered
from mtlsgui.tls.serving.legs import End, Leg, part_from, pass_on
from mtlsgui.tls.serving.settings import WatchSettings
from mtlsgui.tls.serving.steps import steps
from mtlsgui.tls.serving.visit import Visit, VisitOutcome

_TOWARDS = "TCP connection to the real server"
_OF_CLIENTS = (40, 42, 43, 44, 45, 46, 48, 49, 51, 116)
_OF_SERVERS = {42: "unknown_authority", 45: "certificate_expired", 48: "unknown_authority"}
_FAULTS = {
    NetworkFault.NOT_RESOLVED: "no address is known for its name",
    NetworkFault.REFUSED: "nothing listens there",
    NetworkFault.TIMED_OUT: "it does not answer",
}


class Passing:
    """One connection, passed through."""

    def __init__(
        self,
        settings: WatchSettings,
        connection: socket.socket,
        *,
        peer: str,
        number: int,
        now: datetime,
    ) -> None:
        self._settings, self._target = settings, settings.question.target
        self._began = time.perf_counter()
        self._seen = ClearText(self._elapsed)
        self._visit = Visit(number, now, peer, VisitOutcome.LEFT, "")
        self._report: Callable[[Visit], None] = lambda _visit: None
        self._told = False
        self._client = Leg(connection, watch=self._of_client)
        self._server: Leg | None = None
        self._reached: Step | None = None
        self._local = ""

    async def run(self, report: Callable[[Visit], None]) -> None:
        """The whole visit. report: is given it while it stands, and again when it ends."""
        self._report = report
        target, bounds = self._target, self._settings.bounds
        limits, family = self._settings.question.limits, self._settings.question.opening.family
        try:
            try:
                upstream = await sockets.connect(target.host, target.port, limits.connect, family)
            except sockets.Unreachable as error:
                self._tell_unreachable(error)
                await part_from(self._client, bounds.linger)
                return
            self._note_reached(StepState.OK, f"to {target}")
            with upstream:
                self._server = Leg(upstream, watch=self._of_server)
                if not await pass_on(
                    self._client, self._server, idle=bounds.idle, linger=bounds.linger
                ):
                    self._local = f"nothing passed for {bounds.idle:g} seconds"
        except asyncio.CancelledError:
            self._local = "the test server was stopped"
            self._tell(self._verdict())
            raise
        self._tell(self._verdict())

    def _of_client(self, data: bytes) -> None:
        self._seen.of_client(data)

    def _of_server(self, data: bytes) -> None:
        """Once all that is clear was said, the visit is told of."""
        self._seen.of_server(data)
        agreed = self._seen.parameters()
        if self._told or agreed is None:
            return
        if agreed.version == "TLS 1.3" or self._has("ClientKeyExchange"):
            self._told = True
            self._report(self._made(self._verdict(), is_open=True))

    def _has(self, name: str) -> bool:
        return any(each.name == name for each in self._seen.messages)

    def _elapsed(self) -> float:
        return (time.perf_counter() - self._began) * 1000

    def _note_reached(self, state: StepState, note: str) -> None:
        self._reached = Step(0, "local", _TOWARDS, state, note, at_ms=self._elapsed())

    def _tell_unreachable(self, error: sockets.Unreachable) -> None:
        why = _FAULTS.get(error.fault) or error.text or "it cannot be reached"
        self._note_reached(StepState.FAILED, why)
        sentence = f"The real server {self._target} was not reached: {why}."
        self._tell(Verdict(VisitOutcome.UNREACHABLE, sentence))

    def _tell(self, verdict: Verdict) -> None:
        self._report(self._made(verdict, is_open=False))

    def _made(self, verdict: Verdict, *, is_open: bool) -> Visit:
        seen = self._seen
        chain, agreed = self._chain(), seen.parameters()
        said: tuple[Step, ...] = ()
        if self._server is not None and not is_open:
            said = closing_steps(self._client, self._server, self._elapsed(), local=self._local)
        of_tls = steps(
            self._visit.peer,
            seen.messages,
            agreed,
            bad_client=any(each.depth is not None for each in verdict.problems),
            said=said,
        )
        listed = (of_tls[0], *((self._reached,) if self._reached else ()), *of_tls[1:])
        return replace(
            self._visit,
            outcome=verdict.outcome,
            sentence=verdict.sentence,
            server_name=seen.hello.server_name if seen.hello else "",
            offered=offered(seen.messages),
            tls=agreed,
            chain=chain,
            problems=verdict.problems,
            alert=verdict.alert,
            steps=tuple(replace(step, number=at) for at, step in enumerate(listed, 1)),
            duration=self._elapsed(),
            is_open=is_open,
        )

    def _chain(self) -> tuple[CertificateFacts, ...]:
        found = []
        for encoded in self._seen.certificates("client"):
            facts = readable(encoded)
            if facts is None:
                break
            found.append(facts)
        return tuple(found)

    def _verdict(self) -> Verdict:
        messages, first = self._seen.messages, self._client.first
        ours, theirs = fatal(messages, "client"), fatal(messages, "server")
        if theirs is not None and not self._left_before(theirs):
            problem = self._refused(theirs)
            sentence = f"The real server refused by alert {theirs.number}: {problem.title}."
            return Verdict(VisitOutcome.REFUSED, sentence, (problem,), theirs)
        if ours is not None:
            problem = self._distrusted(ours)
            sentence = f"The client turned away: {problem.title}."
            return Verdict(VisitOutcome.REFUSED_BY_CLIENT, sentence, (problem,), ours)
        if first and not looks_like_tls(first):
            sentence = f"Something that is not TLS passed through to {self._target}."
            return Verdict(VisitOutcome.NOT_TLS, sentence)
        agreed = self._seen.parameters()
        if agreed is None:
            return self._unanswered()
        if agreed.version == "TLS 1.3":
            hidden = (
                "TLS 1.3 hides the rest of the handshake: certificates, and whether they are taken."
            )
        else:
            hidden = f"What follows the handshake of {agreed.version} is hidden."
        return Verdict(VisitOutcome.PASSED, f"Passed through to {self._target}. {hidden}")

    def _left_before(self, alert: Alert) -> bool:
        """Whether the client had hung up by then: the server said so to nobody."""
        left_ms = (self._client.ended_at - self._began) * 1000
        return any(
            each.sender == alert.sender and each.at_ms > left_ms
            for each in self._seen.messages
            if each.name == "Alert"
        )

    def _unanswered(self) -> Verdict:
        """There was no ServerHello."""
        server = self._server
        if self._local:
            stopped = Verdict(VisitOutcome.STOPPED, "The test server was stopped meanwhile.")
            return (
                stopped
                if "stopped" in self._local
                else Verdict(VisitOutcome.TIMED_OUT, f"No handshake: {self._local}.")
            )
        if server is not None and server.ended_at < self._client.ended_at:
            how = "reset" if server.end is End.RESET else "closed"
            sentence = f"The real server {how} the connection without a word."
            return Verdict(VisitOutcome.REFUSED, sentence)
        said = "during the handshake" if self._seen.messages else "without a word"
        return Verdict(VisitOutcome.LEFT, f"The client hung up {said}.")

    def _refused(self, alert: Alert) -> Problem:
        """In TLS 1.2 the client's certificate is clear: what is wrong with it can be seen."""
        chain = self._chain()
        asked = self._has("CertificateRequest")
        found = faults.faults_of(chain, chain[-1:], (), self._visit.at) if asked else []
        wrong = next((each for each in found if not each.is_warning), None)
        if wrong is not None and alert.number in _OF_CLIENTS:
            return wrong
        if chain and alert.number in _OF_CLIENTS:
            return faults.rejected(chain, f"{alert.number}, {alert.name}")
        return Problem(
            "handshake_failed",
            Side.CLIENT,
            "The real server and the client do not come together",
            f"The server sent alert {alert.number}, {alert.name}.",
            "The server's log at this time says more.",
        )

    def _distrusted(self, alert: Alert) -> Problem:
        certificates = self._seen.certificates("server")
        facts = readable(certificates[0]) if certificates else None
        name = f" of “{display_name(facts)}”" if facts is not None else ""
        return Problem(
            _OF_SERVERS.get(alert.number, "handshake_failed"),
            Side.SERVER,
            "The client does not take the real server's certificate"
            if alert.number in _OF_SERVERS
            else "The client broke the connection off",
            f"The client sent alert {alert.number}, {alert.name}. Most likely it does not know the "
            f"CA{name}, or it connected by a name that the certificate does not have.",
            "Let the client trust the real server's CA, and connect by one of its names.",
            depth=0,
            subject=(facts.subject or "") if facts is not None else "",
        )
