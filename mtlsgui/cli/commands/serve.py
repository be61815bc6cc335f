"""`mtlsctl serve`."""

import json
import queue
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

import click

from mtlsgui.cli import output, passphrases
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.tls.question import bracketed
from mtlsgui.tls.serving.document import visit_document
from mtlsgui.workspace import serving
from mtlsgui.workspace.inspecting import Reader
from mtlsgui.workspace.serving import LOOPBACK, Mode, ServerDraft, Settings, Visit
from mtlsgui.workspace.workspace import system_clock

_LOOK_SECONDS = 0.5  # a signal does not wake up a wait on every platform


@click.command(
    "serve",
    cls=Command,
    epilog=example(
        "mtlsctl serve --cert web-chain.crt --key web.key --client-ca ca.crt --port 8443",
        "mtlsctl serve --identity web.example.test --mode explain --json",
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
@pass_session
def command(
    session: Session,
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
) -> None:
    """Run a local server that asks clients for certificates, until Ctrl+C.

    Says `listening on ADDRESS:PORT`, then one line for each connection; with --json, one JSON
    object a line.
    """
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
    _serve(made, as_json=session.json)


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


def _serve(made: Settings, *, as_json: bool) -> None:
    events: queue.SimpleQueue[Visit | None] = queue.SimpleQueue()
    with serving.server(made, events.put, system_clock) as server:
        host, port = server.start()
        if made.wide:
            output.note(f"warning: Everybody who reaches {host} can connect to this server.")
        with _stopped_by_signals(events):
            output.write(f"listening on {bracketed(host)}:{port}\n")
            for visit in _until_stopped(events):
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
    parts = (f"{visit.at:%H:%M:%S}", visit.peer, agreed, asked, visit.sentence, codes)
    return " · ".join(filter(None, parts))
