"""One client that is watched with two TLS connections: its own to us, and ours to the server."""

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from mtlsgui.pki.describe.certificate import display_name
from mtlsgui.tls import ca_names, seen
from mtlsgui.tls.diagnosis import client
from mtlsgui.tls.messages import CertificateRequest, ClientHello, looks_like_tls
from mtlsgui.tls.result import Outcome, ProbeResult, Problem, Side, Step
from mtlsgui.tls.serving import faults
from mtlsgui.tls.serving.clear_text import ClearText, begins_otherwise
from mtlsgui.tls.serving.closing import closing_steps
from mtlsgui.tls.serving.handshake import Material, ServerHandshake
from mtlsgui.tls.serving.judging import Verdict, not_tls, offered, unfinished, whose
from mtlsgui.tls.serving.legs import End, Leg, part_from, pass_on
from mtlsgui.tls.serving.settings import Mode, WatchSettings
from mtlsgui.tls.serving.steps import steps
from mtlsgui.tls.serving.upstream import Upstream, asked_by
from mtlsgui.tls.serving.visit import Visit, VisitOutcome
from mtlsgui.tls.trust_store import TrustStore

_CHUNK = 65_536
_MOST_HELLO = 131_072
_NOT_REACHED = (Outcome.UNREACHABLE, Outcome.TIMED_OUT, Outcome.NOT_TLS)


class Between:
    """material: who we are to the client. store: whom we trust behind."""

    def __init__(
        self,
        material: Material,
        settings: WatchSettings,
        store: TrustStore,
        connection: socket.socket,
        *,
        peer: str,
        number: int,
        now: datetime,
    ) -> None:
        self._material, self._settings, self._store = material, settings, store
        self._socket, self._now = connection, now
        self._began = time.perf_counter()
        self._visit = Visit(number, now, peer, VisitOutcome.LEFT, "")
        self._report: Callable[[Visit], None] = lambda _visit: None
        self._shaken = self._server_side(asks=True)
        self._leg = Leg(connection, self._shaken)
        self._upstream: Upstream | None = None
        self._judged: ProbeResult | None = None
        self._timed_out = self._passing = False
        self._local = ""

    async def run(self, report: Callable[[Visit], None]) -> None:
        """The whole visit. report: is given it while it stands, and again when it ends."""
        self._report = report
        try:
            await self._attend()
        except asyncio.CancelledError:
            self._local = "the test server was stopped"
            self._settle(None if self._passing else _STOPPED)
            raise
        finally:
            if self._upstream is not None and self._upstream.connection is not None:
                self._upstream.connection.close()

    async def _attend(self) -> None:
        first, came_ms, seen = await self._read_hello()
        if first and not looks_like_tls(first):
            await self._answer_plainly(first)
            return
        if seen.hello is not None:
            await self._reach(seen.hello)
        if first:
            await self._shake(first, came_ms)
        server = self._upstream.leg if self._upstream is not None else None
        if self._shaken.established and self._may_pass() and server is not None:
            await self._pass_on(server)
            self._settle(None)
            return
        self._settle(None)
        ways = [part_from(self._leg, self._settings.bounds.linger)]
        if server is not None:
            ways.append(part_from(server, self._settings.bounds.linger))
        await asyncio.gather(*ways)

    async def _read_hello(self) -> tuple[bytes, float, ClearText]:
        """What the client says first, up to its whole hello, and when that began to come."""
        seen, data, came_ms = ClearText(self._elapsed), b"", 0.0
        deadline = time.perf_counter() + self._settings.bounds.handshake
        while not seen.messages and len(data) < _MOST_HELLO:
            try:
                more = await asyncio.wait_for(
                    asyncio.get_running_loop().sock_recv(self._socket, _CHUNK),
                    max(deadline - time.perf_counter(), 0.001),
                )
            except TimeoutError:
                self._timed_out = True
                break
            except OSError:
                more = b""
            if not more:
                self._leg.end = End.CUT
                break
            came_ms = came_ms or self._elapsed()
            data += more
            seen.of_client(more)
            if not looks_like_tls(data) or begins_otherwise(data):
                break
        return data, came_ms, seen

    async def _reach(self, said: ClientHello) -> None:
        """Shake hands with the real server first: what the client is asked depends on that."""
        question = asked_by(self._settings.question, said)
        self._upstream = Upstream(question, self._now, self._elapsed, self._store)
        await self._upstream.reach()
        self._judged = self._upstream.result(we_ended=False)
        request = self._request
        self._shaken = self._server_side(
            # Where nothing is known of the server, it is worth seeing what the client has.
            asks=request is not None or not self._upstream.established,
            alpn=self._upstream.alpn,
            named=request.issuers if request is not None else (),
        )
        self._leg.tls = self._shaken

    def _server_side(
        self, *, asks: bool, alpn: tuple[bytes, ...] = (), named: tuple[bytes, ...] = ()
    ) -> ServerHandshake:
        return ServerHandshake(
            self._material,
            self._now,
            self._elapsed,
            mode=Mode.EXPLAIN,
            alpn=alpn,
            asks=asks,
            named=named,
        )

    @property
    def _request(self) -> CertificateRequest | None:
        """What the real server asked for."""
        messages = self._upstream.tls.messages if self._upstream is not None else []
        found = [m.detail for m in messages if isinstance(m.detail, CertificateRequest)]
        return found[-1] if found else None

    async def _shake(self, first: bytes, came_ms: float) -> None:
        """Shake hands with the client, who waited with its hello."""
        shaken = self._shaken
        shaken.receive(first)
        if shaken.messages:
            shaken.messages[0] = replace(shaken.messages[0], at_ms=came_ms)
        if self._leg.end is not None or self._timed_out:
            return
        self._timed_out = not await self._leg.shake(self._settings.bounds.handshake)

    def _may_pass(self) -> bool:
        if self._upstream is None or self._judged is None or not self._upstream.established:
            return False
        trusted = self._judged.outcome is not Outcome.REFUSED_BY_CLIENT
        return trusted or not self._settings.careful

    async def _pass_on(self, server: Leg) -> None:
        self._passing = True
        self._report(self._made(None, is_open=True))
        bounds = self._settings.bounds
        hear = self._upstream.hear if self._upstream is not None else lambda _data: None
        if not await pass_on(self._leg, server, idle=bounds.idle, linger=bounds.linger, heard=hear):
            self._local = f"nothing passed for {bounds.idle:g} seconds"
        if self._upstream is not None:
            self._judged = self._upstream.result(
                we_ended=bool(self._local) or self._leg.ended_at < server.ended_at
            )

    async def _answer_plainly(self, first: bytes) -> None:
        verdict, request, answer = not_tls(first)
        if answer:
            with contextlib.suppress(OSError, TimeoutError):
                await asyncio.wait_for(
                    asyncio.get_running_loop().sock_sendall(self._socket, answer),
                    self._settings.bounds.request,
                )
            self._visit = replace(self._visit, request=request, http_status=400)
        self._settle(verdict)
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
        await self._leg.drain(self._settings.bounds.linger)

    def _elapsed(self) -> float:
        return (time.perf_counter() - self._began) * 1000

    def _settle(self, verdict: Verdict | None) -> None:
        """Report the visit's end, once."""
        if not self._visit.sentence:
            self._visit = self._made(verdict, is_open=False)
            self._report(self._visit)

    def _made(self, verdict: Verdict | None, *, is_open: bool) -> Visit:
        verdict = verdict or self._verdict()
        shaken, said = self._shaken, seen.client_hello(self._shaken.messages)
        agreed = shaken.parameters()
        bad_client = any(each.depth is not None for each in verdict.problems)
        closing: tuple[Step, ...] = ()
        if self._passing and not is_open and self._upstream is not None and self._upstream.leg:
            closing = closing_steps(
                self._leg, self._upstream.leg, self._elapsed(), local=self._local
            )
        return replace(
            self._visit,
            outcome=verdict.outcome,
            sentence=verdict.sentence,
            server_name=said.server_name if said else "",
            offered=offered(shaken.messages),
            tls=agreed,
            chain=shaken.client_chain(),
            problems=verdict.problems,
            alert=verdict.alert,
            steps=steps(
                self._visit.peer, shaken.messages, agreed, bad_client=bad_client, said=closing
            ),
            duration=self._elapsed(),
            upstream=self._judged,
            is_open=is_open,
        )

    def _verdict(self) -> Verdict:
        behind, shaken = self._judged, self._shaken
        problems = self._client_faults()
        if behind is not None and behind.outcome in _NOT_REACHED:
            sentence = f"The real server was not reached. {behind.sentence}"
            return Verdict(VisitOutcome.UNREACHABLE, sentence, problems)
        broken = unfinished(shaken, self._material.settings, (), self._now)
        if broken is not None and not self._is_afterwards:
            if self._timed_out and broken.outcome is VisitOutcome.LEFT:
                seconds = f"{self._settings.bounds.handshake:g} seconds"
                sentence = f"The client did not finish the handshake in {seconds}."
                return Verdict(VisitOutcome.TIMED_OUT, sentence)
            return broken
        who, target = whose(shaken), self._settings.question.target
        if behind is None or behind.outcome is Outcome.ACCEPTED:
            sentence = f"{who} went through to {target}."
            return Verdict(VisitOutcome.ACCEPTED, sentence, problems)
        if behind.outcome is Outcome.REFUSED_BY_SERVER:
            sentence = f"The real server refused the connection. {behind.sentence}"
            return Verdict(VisitOutcome.REFUSED, sentence, problems, behind.alert)
        if self._settings.careful:
            sentence = (
                f"Nothing was passed on: the real server is not to be trusted. {behind.sentence}"
            )
            return Verdict(VisitOutcome.REFUSED, sentence, problems)
        sentence = f"{who} went through to {target}, which is not to be trusted. {behind.sentence}"
        return Verdict(VisitOutcome.ACCEPTED, sentence, problems)

    @property
    def _is_afterwards(self) -> bool:
        """Whether the server had ended before the client did: what it says to that is no cause."""
        behind = self._upstream.leg if self._upstream is not None and self._passing else None
        return behind is not None and behind.ended_at < self._leg.ended_at

    def _client_faults(self) -> tuple[Problem, ...]:
        """What is wrong with what the client showed, as far as it can be told without its CAs."""
        request, chain = self._request, self._shaken.client_chain()
        if request is None or not self._shaken.established:
            return ()
        if self._shaken.presented and not chain:
            return (faults.unreadable(),)
        found = tuple(faults.faults_of(chain, chain[-1:], (), self._now))
        if not chain:
            said = "The real server asks for one, and the client sent none."
            return tuple(replace(each, explanation=said) for each in found)
        names = {ca_names.rfc4514(each) for each in request.issuers}
        if not names or names & {each.issuer or "" for each in chain}:
            return found
        unnamed = Problem(
            client.UNKNOWN_AUTHORITY,
            Side.CLIENT,
            "The real server does not name the CA of the client's certificate",
            f"It takes certificates from {', '.join(sorted(names)[:3])}; the one of "
            f"“{display_name(chain[0])}” is from {chain[0].issuer}.",
            "Give the client a certificate from a CA that the server names.",
            is_warning=True,
            depth=0,
            subject=chain[0].subject or "",
        )
        return (*found, unnamed)


_STOPPED = Verdict(VisitOutcome.STOPPED, "The test server was stopped meanwhile.")
