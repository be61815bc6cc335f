"""`mtlsctl serve`."""

import json
import queue
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

import click

from mtlsgui.cli import output, passphrases
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.tls.question import bracketed
from mtlsgui.tls.serving.document import visit_document
from mtlsgui.tls.serving.server import Listener
from mtlsgui.workspace import serving
from mtlsgui.workspace.inspecting import Reader
from mtlsgui.workspace.paths import Layout, default_directory
from mtlsgui.workspace.serving import (
    LOOPBACK,
    Mode,
    ServerDraft,
    Settings,
    Visit,
    WatchDraft,
    WatchSettings,
)
from mtlsgui.workspace.workspace import system_clock

_LOOK_SECONDS = 0.5  # a signal does not wake up a wait on every platform


@click.command(
    "serve",
    cls=Command,
    epilog=example(
        "mtlsctl serve --cert web-chain.crt --key web.key --client-ca ca.crt --port 8443",
        "mtlsctl serve --identity web.example.test --mode explain --json",
        "mtlsctl serve --forward api.example:443 --identity localhost --present me",
        "mtlsctl serve --forward api.example:443 --pass-through",
    ),
)
@click.option(
    "--cert", type=click.Path(), metavar="FILE", help="The server's certificate, or PKCS#12."
)
@click.option("--key", type=click.Path(), metavar="FILE", help="Its private key.")
@click.option("--identity", metavar="ID", help="A certificate of the workspace in place of files.")
@click.option(
    "--client-ca",
    "client_cas",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help="The CAs whose clients are taken; else the root above the server's certificate.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; 0, any that is free.")
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in Mode]),
    default=Mode.ENFORCE.value,
    show_default=True,
    help="enforce: refuse by an alert. explain: finish the handshake, then say by HTTP all that is "
    "wrong. optional: take clients without a certificate too.",
)
@click.option("--tls", type=click.Choice(["1.2", "1.3"]), help="This version only.")
@click.option(
    "--crl",
    "crls",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help="Revocation list that clients are held against. May be repeated.",
)
@click.option(
    "--bind", default=LOOPBACK, show_default=True, metavar="ADDRESS", help="Address to listen on."
)
@click.option(
    "--forward",
    metavar="HOST:PORT",
    help="Watch clients on their way to this server: both handshakes are told.",
)
@click.option(
    "--pass-through",
    is_flag=True,
    help="Forward the bytes unchanged: no certificate is needed, and what is clear is told.",
)
@click.option(
    "--present-cert",
    type=click.Path(),
    metavar="FILE",
    help="What to present to the server that is forwarded to: a certificate, or PKCS#12.",
)
@click.option("--present-key", type=click.Path(), metavar="FILE", help="Its private key.")
@click.option("--present", metavar="ID", help="A certificate of the workspace in place of them.")
@click.option(
    "--ca",
    "authorities",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help="CAs that the server that is forwarded to is trusted by, and no others.",
)
@click.option(
    "--untrusted",
    is_flag=True,
    help="Forward to a server that is not to be trusted too.",
)
@pass_session
def command(
    session: Session,
    /,
    *,
    cert: str | None,
    key: str | None,
    identity: str | None,
    client_cas: tuple[str, ...],
    port: int,
    mode: str,
    tls: str | None,
    crls: tuple[str, ...],
    bind: str,
    forward: str | None,
    **watched: Any,
) -> None:
    """Run a local server that asks clients for certificates, until Ctrl+C.

    Says `listening on ADDRESS:PORT`, then one line for each connection; with --json, one JSON
    object a line. With --forward, it stands before another server and watches its clients.
    """
    if forward is not None:
        if client_cas or crls or tls or mode != Mode.ENFORCE:
            raise click.UsageError("With --forward, the server behind decides on its clients.")
        names = _Names(cert, key, identity, **watched)
        _serve_watcher(_watch_settings(session, forward, names, bind, port), as_json=session.json)
        return
    if any(watched.values()):
        raise click.UsageError("This is for watching a client: name its server with --forward.")
    if (cert is None) == (identity is None):
        raise click.UsageError("Say who the server is: --cert with --key, or --identity.")
    wide = not serving.is_loopback(bind)
    draft = ServerDraft(
        identity_files=tuple(Path(each) for each in (cert, key) if each),
        authority_files=tuple(map(Path, client_cas)),
        crl_files=tuple(map(Path, crls)),
        mode=Mode(mode),
        host=bind,
        port=port,
        wide=wide,
        versions=(f"TLS {tls}",) if tls else (),
    )
    made = _settings(session, draft, identity)
    events = _Events()
    with serving.server(made, events.put, system_clock) as server:
        _serve(server, events, wide=made.wide, as_json=session.json)


@dataclass(frozen=True)
class _Names:
    """What is named for watching a client."""

    cert: str | None
    key: str | None
    identity: str | None
    pass_through: bool
    present_cert: str | None
    present_key: str | None
    present: str | None
    authorities: tuple[str, ...]
    untrusted: bool

    def refuse_misuse(self) -> None:
        if self.pass_through and any((self.cert, self.identity, self.present_cert, self.present)):
            raise click.UsageError("--pass-through decrypts nothing: it takes no certificate.")
        if not self.pass_through and (self.cert is None) == (self.identity is None):
            raise click.UsageError(
                "Say who the server is to the client: --cert with --key, or --identity; or take "
                "--pass-through."
            )
        if self.present_cert and self.present:
            raise click.UsageError("Name what is presented once: --present, or --present-cert.")


def _watch_settings(
    session: Session, forward: str, names: _Names, bind: str, port: int
) -> WatchSettings:
    names.refuse_misuse()
    draft = WatchDraft(
        forward,
        identity_files=tuple(Path(each) for each in (names.cert, names.key) if each),
        present_files=tuple(Path(each) for each in (names.present_cert, names.present_key) if each),
        authority_files=tuple(map(Path, names.authorities)),
        pass_through=names.pass_through,
        careful=not names.untrusted,
        host=bind,
        port=port,
        wide=not serving.is_loopback(bind),
    )
    given = passphrases.given(session)
    with ExitStack() as stack:
        reader = stack.enter_context(Reader())
        if names.identity is None and names.present is None and not _has_workspace(session):
            return serving.watch_settings(None, draft, system_clock, given, reader)
        ws = stack.enter_context(session.open())
        if names.identity or names.present:
            passphrases.unlock(session, ws)
        ids = [
            ws.inventory.certificates.find(name).id if name else None
            for name in (names.identity, names.present)
        ]
        draft = replace(draft, identity_id=ids[0], present_id=ids[1])
        return serving.watch_settings(ws, draft, system_clock, given, reader)


def _has_workspace(session: Session) -> bool:
    """The CAs of a workspace are trusted; none is made where there is none."""
    return Layout(session.directory or default_directory()).inventory.exists()


def _serve_watcher(made: WatchSettings, *, as_json: bool) -> None:
    events = _Events()
    with serving.watcher(made, events.put, system_clock) as watcher:
        _serve(watcher, events, wide=made.wide, as_json=as_json)


def _settings(session: Session, draft: ServerDraft, identity: str | None) -> Settings:
    given = passphrases.given(session)
    with ExitStack() as stack:
        reader = stack.enter_context(Reader())
        if identity is None:
            return serving.settings(None, draft, system_clock, given, reader)
        ws = stack.enter_context(session.open())
        passphrases.unlock(session, ws)
        row = ws.inventory.certificates.find(identity)
        return serving.settings(ws, replace(draft, identity_id=row.id), system_clock, given, reader)


class _Events:
    """Visits that have ended, and None where it is to stop."""

    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[Visit | None] = queue.SimpleQueue()

    def put(self, visit: Visit) -> None:
        if not visit.is_open:
            self.queue.put(visit)


def _serve(server: Listener, events: _Events, *, wide: bool, as_json: bool) -> None:
    host, port = server.start()
    if wide:
        output.note(f"warning: Everybody who reaches {host} can connect to this server.")
    with _stopped_by_signals(events.queue):
        output.write(f"listening on {bracketed(host)}:{port}\n")
        for visit in _until_stopped(events.queue):
            if as_json:
                output.write(json.dumps(visit_document(visit)) + "\n")
            else:
                output.line(_line(visit))


def _until_stopped(events: "queue.SimpleQueue[Visit | None]") -> Iterator[Visit]:
    while True:
        try:
            event = events.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            continue
        if event is None:
            return
        yield event


@contextmanager
def _stopped_by_signals(events: "queue.SimpleQueue[Visit | None]") -> Iterator[None]:
    """Ctrl+C and SIGTERM are how a server is stopped: no error."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        events.put(None)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _line(visit: Visit) -> str:
    agreed = visit.tls.version if visit.tls else ""
    asked = f"“{visit.request}”" if visit.request else ""
    codes = ", ".join(visit.codes)
    behind = ", ".join(each.code for each in visit.upstream.errors) if visit.upstream else ""
    behind = f"real server: {behind}" if behind else ""
    parts = (f"{visit.at:%H:%M:%S}", visit.peer, agreed, asked, visit.sentence, codes, behind)
    return " · ".join(filter(None, parts))
