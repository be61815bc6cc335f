"""`mtlsctl probe`."""

import asyncio
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from mtlsgui.cli import files, options, output, passphrases, probing
from mtlsgui.cli.session import Command, Session, example, is_terminal, pass_session
from mtlsgui.errors import MtlsguiError
from mtlsgui.tls.document import document
from mtlsgui.tls.drawing import draw
from mtlsgui.tls.opening import parse_proxy
from mtlsgui.tls.probe import ask
from mtlsgui.tls.question import (
    HttpRequest,
    Identity,
    IpFamily,
    Limits,
    Offer,
    Opening,
    Protocol,
    Proxy,
    ProxyProtocol,
    Question,
    StartTls,
    Trust,
)
from mtlsgui.tls.result import ProbeResult
from mtlsgui.tls.scanning.messages import ScanRow, ScanTarget, row_of
from mtlsgui.tls.scanning.scan import AT_ONCE, Scan, Scanned
from mtlsgui.workspace import scanning
from mtlsgui.workspace.connecting import ConnectionTest, ask_what, remarks
from mtlsgui.workspace.connections.addresses import parse_target
from mtlsgui.workspace.connections.identities import with_issuers, with_standing
from mtlsgui.workspace.identity_files import (
    FilesLocked,
    anchors_from_files,
    crls_from_files,
    identity_from_files,
)
from mtlsgui.workspace.inspecting import Pasted, Reader
from mtlsgui.workspace.paths import Layout, default_directory
from mtlsgui.workspace.workspace import system_clock

NO = 1
PROXY_PASSWORD = "MTLSGUI_PROXY_PASSWORD"  # noqa: S105 - the variable's name
_VERSIONS = ("1.0", "1.1", "1.2", "1.3")


@dataclass(frozen=True)
class _Asked:
    """What the options say of every target."""

    cert: str | None
    key: str | None
    identity: str | None
    authorities: tuple[str, ...]
    crls: tuple[str, ...]
    proxy: Proxy | None = field(repr=False)
    proxy_protocol: ProxyProtocol | None
    family: IpFamily
    offer: Offer
    limits: Limits
    http: HttpRequest
    send_request: bool
    keylog: Path | None


@click.command(
    "probe",
    cls=Command,
    epilog=example(
        "mtlsctl probe api.example --cert me.crt --key me.key --ca ca.crt",
        "mtlsctl probe mail.example:587 --starttls smtp",
        "mtlsctl probe --targets servers.csv --jobs 64 --output junit report.xml",
    ),
)
@click.argument("targets", metavar="HOST[:PORT]…", nargs=-1)
@click.option(
    "--targets",
    "list_file",
    type=click.Path(allow_dash=True),
    metavar="FILE",
    help="More targets: one a line, or CSV with the columns host, port, servername, "
    "starttls. “-” is standard input.",
)
@click.option(
    "--cert",
    type=click.Path(allow_dash=True),
    metavar="FILE",
    help="The certificate to present, with its chain; or a PKCS#12 file.",
)
@click.option("--key", type=click.Path(allow_dash=True), metavar="FILE", help="Its private key.")
@click.option("--identity", metavar="ID", help="A certificate of the workspace in place of files.")
@click.option(
    "--ca",
    "authorities",
    multiple=True,
    type=click.Path(allow_dash=True),
    metavar="FILE",
    help="CAs to trust, and no others. May be repeated.",
)
@click.option(
    "--crl",
    "crls",
    multiple=True,
    type=click.Path(allow_dash=True),
    metavar="FILE",
    help="Revocation list. May be repeated.",
)
@click.option(
    "--servername",
    default="",
    metavar="NAME",
    help="Name to ask for (SNI) and to look for in the certificate.",
)
@click.option("--alpn", default="", metavar="A,B", help="Protocols to offer: h2,http/1.1.")
@click.option(
    "--starttls",
    type=click.Choice([each.value for each in StartTls]),
    metavar="KIND",
    help=f"Begin in plain text: {', '.join(StartTls)}.",
)
@click.option(
    "--proxy",
    metavar="URL",
    help=f"http:// or socks5:// proxy. Its password is better in ${PROXY_PASSWORD}.",
)
@click.option(
    "--proxy-protocol",
    type=click.Choice([each.value for each in ProxyProtocol]),
    help="Send the PROXY protocol's header first.",
)
@click.option("--tls", "version", type=click.Choice(_VERSIONS), help="This version only.")
@click.option(
    "--ciphers",
    default="",
    metavar="LIST",
    help="Ciphers for TLS 1.2 in OpenSSL's notation; names of TLS 1.3 as they are.",
)
@click.option("--groups", default="", metavar="A,B", help="Groups to offer: X25519MLKEM768,P-256.")
@click.option("-4", "family", flag_value=IpFamily.IPV4.value, help="IPv4 only.")
@click.option("-6", "family", flag_value=IpFamily.IPV6.value, help="IPv6 only.")
@click.option(
    "--method", default="GET", show_default=True, metavar="NAME", help="Method of the HTTP request."
)
@click.option("--path", metavar="PATH", help="Path of the HTTP request; else that of the URL.")
@click.option(
    "--header",
    "headers",
    multiple=True,
    metavar="NAME:VALUE",
    help="Header of the HTTP request. May be repeated.",
)
@click.option("--no-request", is_flag=True, help="Ask nothing inside TLS.")
@click.option(
    "--once",
    is_flag=True,
    help="Do not try again without the certificate, to tell whether it is needed.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="S",
    help="Seconds to wait for the connection, for TLS, and for the answer.",
)
@click.option(
    "--keylog",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Append the connection's secrets, for Wireshark.",
)
@click.option(
    "--svg", type=click.Path(), metavar="FILE", help="Write a drawing of the handshake too."
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 512),
    default=AT_ONCE,
    show_default=True,
    metavar="N",
    help="Targets that are tested at once.",
)
@click.option(
    "--output",
    "report_as",
    type=(click.Choice(["csv", "junit"]), click.Path()),
    metavar="csv|junit FILE",
    help="Write a report too.",
)
@options.force_option
@click.pass_context
@pass_session
def command(
    session: Session,
    context: click.Context,
    /,
    *,
    targets: tuple[str, ...],
    list_file: str | None,
    servername: str,
    starttls: str | None,
    proxy: str | None,
    proxy_protocol: str | None,
    alpn: str,
    version: str | None,
    ciphers: str,
    groups: str,
    family: str | None,
    method: str,
    path: str | None,
    headers: tuple[str, ...],
    no_request: bool,
    once: bool,
    timeout: float | None,
    keylog: Path | None,
    svg: str | None,
    jobs: int,
    report_as: tuple[str, str] | None,
    force: bool,
    **named: Any,
) -> None:
    """Test connections, mutual TLS included: what happens, whose fault it is, what to do.

    Exit status 0: accepted, and nothing wrong. 1: something is. 2: it could not be tried.
    Without --ca, the workspace's CAs are trusted, where there is one, and the system's.
    """
    asked = _Asked(
        proxy=_proxy(proxy),
        proxy_protocol=ProxyProtocol(proxy_protocol) if proxy_protocol else None,
        family=IpFamily(family or IpFamily.ANY),
        offer=_offer(version, ciphers, groups, alpn),
        limits=Limits() if timeout is None else Limits(timeout, timeout, timeout),
        http=HttpRequest(method, path or "/", tuple(map(_header, headers))),
        send_request=not no_request,
        keylog=keylog.absolute() if keylog else None,
        **named,
    )
    _refuse_misuse(asked, targets, list_file)
    begun = StartTls(starttls) if starttls else None
    listed = _targets(targets, list_file, servername, begun)
    if path is not None:
        listed = tuple(replace(each, path=path) for each in listed)
    written = [Path(each) for each in (svg, report_as and report_as[1]) if each and each != "-"]
    files.refuse_existing(written, force=force)
    if svg and (list_file or len(listed) > 1):
        raise click.UsageError("A drawing is of one test: name one server.")
    now = system_clock()
    with Reader() as reader:
        question = _question(session, reader, asked, listed[0], now)
    if asked.keylog is not None:
        output.note(f"warning: Whoever has {keylog} can read these connections.")
    if len(listed) == 1 and not list_file:
        result = asyncio.run(ask(listed[0].question(question), now, try_without=not once))
        rows = [_one(session, result)]
        if svg:
            files.write(svg, draw(result).encode(), private=False, force=force)
    else:
        scan = Scan(
            question,
            listed,
            now,
            at_once=jobs,
            documents=session.json,
            try_without=not once,
        )
        rows = _many(session, scan.results())
    if report_as:
        kind, file = report_as
        text = scanning.csv_of(rows) if kind == "csv" else scanning.junit_of(rows, now)
        files.write(file, text.encode(), private=False, force=force)
    if not all(row.good for row in rows):
        context.exit(NO)


def _one(session: Session, result: ProbeResult) -> ScanRow:
    if session.json:
        output.document(document(result))
    else:
        probing.tell(result)
    return row_of(result)


def _many(session: Session, results: Iterable[Scanned]) -> list[ScanRow]:
    """In the order of the targets, each as soon as those before it are there."""
    waiting: dict[int, Scanned] = {}
    rows: list[ScanRow] = []
    documents: list[dict[str, Any]] = []
    for result in results:
        waiting[result.number] = result
        while (turn := waiting.pop(len(rows), None)) is not None:
            rows.append(turn.row)
            if session.json:
                documents.append(turn.document or scanning.document_of_row(turn.row))
            else:
                output.line(probing.line_of(turn.row))
    if session.json:
        output.write(json.dumps(documents, indent=2) + "\n")
    else:
        output.line()
        output.line(probing.summary(rows))
    return rows


def _refuse_misuse(asked: _Asked, targets: Sequence[str], list_file: str | None) -> None:
    if not targets and not list_file:
        raise click.UsageError("Name a server, or a file of them with --targets.")
    if asked.identity and (asked.cert or asked.key):
        raise click.UsageError("Name the identity once: --identity, or --cert with --key.")
    if asked.key and not asked.cert:
        raise click.UsageError("A key alone presents nothing: name its certificate with --cert.")
    streams = [asked.cert, asked.key, *asked.authorities, *asked.crls, list_file]
    if streams.count("-") > 1:
        raise click.UsageError("Standard input can be read only once.")


def _targets(
    typed: Sequence[str], list_file: str | None, server_name: str, starttls: StartTls | None
) -> tuple[ScanTarget, ...]:
    found = []
    for address in typed:
        read = parse_target(address, server_name, starttls)
        found.append(ScanTarget(read.target, read.protocol, read.path, read.starttls))
    if list_file is not None:
        listed = scanning.read_targets(
            files.read_text(list_file), server_name=server_name, starttls=starttls
        )
        if listed.faults:
            raise MtlsguiError(
                "The list of targets cannot be used.",
                "\n".join(listed.faults[:20]),
                "Write one host:port or URL a line.",
            )
        found += listed.targets
    if not found:
        raise MtlsguiError("The list names no server.", "", "Write one host:port or URL a line.")
    return tuple(found)


def _question(
    session: Session, reader: Reader, asked: _Asked, first: ScanTarget, now: datetime
) -> Question:
    """What is asked of every target. Whatever cannot be used is found before connecting."""
    question = _held(session, asked, first)
    trust = question.trust
    if asked.authorities:
        anchors = anchors_from_files(
            reader, _things(asked.authorities), passphrases.given(session), now=now
        )
        trust = Trust(anchors, known=(*trust.known, *anchors), crls=trust.crls)
    if asked.crls:
        trust = replace(trust, crls=(*crls_from_files(reader, _things(asked.crls)), *trust.crls))
    identity = question.identity
    if asked.cert:
        identity = _identity(session, reader, asked, trust, now)
    if identity is not None:
        identity = with_standing(identity, trust.crls)
        for remark in remarks(identity.certificate, now):
            output.note(f"note: “{identity.name}”: {remark}")
    return replace(
        question,
        identity=identity,
        trust=trust,
        limits=asked.limits,
        offer=asked.offer,
        opening=Opening(asked.proxy, asked.proxy_protocol, None, asked.family),
        protocol=Protocol.HTTP if asked.send_request else Protocol.NONE,
        http=asked.http,
        keylog=asked.keylog,
    )


def _held(session: Session, asked: _Asked, first: ScanTarget) -> Question:
    """What the workspace has to it; none is made where there is none."""
    directory = session.directory or default_directory()
    if not Layout(directory).inventory.exists():
        if asked.identity:
            raise MtlsguiError(
                "There is no workspace.",
                f"Nothing is in {directory}.",
                "Name the certificate's files with --cert and --key.",
            )
        return Question(first.target, None, Trust(system=True))
    with session.open() as ws:
        chosen = None
        if asked.identity:
            passphrases.unlock(session, ws)
            chosen = ws.inventory.certificates.find(asked.identity).id
        return ask_what(ws, ConnectionTest(str(first.target), identity_id=chosen))


def _identity(
    session: Session, reader: Reader, asked: _Asked, trust: Trust, now: datetime
) -> Identity:
    things = _things([each for each in (asked.cert, asked.key) if each])
    given = passphrases.given(session)
    try:
        found = identity_from_files(reader, things, given, now=now)
    except FilesLocked:
        if given or session.json or not is_terminal():
            raise
        answer = passphrases.ask("Passphrase of the private key")
        found = identity_from_files(reader, things, [answer], now=now)
    return with_issuers(found, trust.known)


def _things(names: Sequence[str]) -> list[Path | Pasted]:
    return [
        Pasted("Standard input" if name == "-" else name, files.read(name))
        if files.is_stream(name)
        else Path(name)
        for name in names
    ]


def _proxy(url: str | None) -> Proxy | None:
    if url is None:
        return None
    proxy = parse_proxy(url)
    password = os.environ.get(PROXY_PASSWORD)
    return replace(proxy, password=password) if password and not proxy.password else proxy


def _offer(version: str | None, ciphers: str, groups: str, alpn: str) -> Offer:
    """Suites of TLS 1.3 are told by their names from ciphers of the versions before."""
    parts = [each for each in ciphers.replace(",", ":").split(":") if each]
    suites = tuple(each for each in parts if each.startswith("TLS_"))
    return Offer(
        versions=(f"TLS {version}",) if version else (),
        ciphers=":".join(each for each in parts if each not in suites),
        suites=suites,
        groups=_list(groups),
        alpn=_list(alpn),
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.replace(":", ",").split(",") if each.strip())


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon or not name.strip():
        # Never the value, which may be a token.
        raise click.UsageError(f"A header is NAME:VALUE, which “{name[:40]}” is not.")
    return name.strip(), value.strip()
