"""`mtlsctl probe`."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from mtlsgui.cli import files, options, output, probing
from mtlsgui.cli.probe_question import (
    PROXY_PASSWORD,
    Asked,
    header_of,
    offer_of,
    proxy_of,
    question_of,
    targets_of,
)
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.tls.document import document
from mtlsgui.tls.drawing import draw
from mtlsgui.tls.probe import ask
from mtlsgui.tls.question import HttpRequest, IpFamily, Limits, ProxyProtocol, StartTls
from mtlsgui.tls.result import ProbeResult
from mtlsgui.tls.scanning.messages import ScanRow, row_of
from mtlsgui.tls.scanning.scan import AT_ONCE, Scan, Scanned
from mtlsgui.workspace.connections import scan_reports
from mtlsgui.workspace.inspecting import Reader
from mtlsgui.workspace.workspace import system_clock

NO = 1
_VERSIONS = ("1.0", "1.1", "1.2", "1.3")


class _Seconds(click.FloatRange):
    """A number that says what it is of where it cannot be read."""

    name = "number of seconds"


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
    type=_Seconds(min=0, min_open=True),
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
    asked = Asked(
        proxy=proxy_of(proxy),
        proxy_protocol=ProxyProtocol(proxy_protocol) if proxy_protocol else None,
        family=IpFamily(family or IpFamily.ANY),
        offer=offer_of(version, ciphers, groups, alpn),
        limits=Limits() if timeout is None else Limits(timeout, timeout, timeout),
        http=HttpRequest(method, path or "/", tuple(map(header_of, headers))),
        send_request=not no_request,
        keylog=keylog.absolute() if keylog else None,
        **named,
    )
    _refuse_misuse(asked, targets, list_file)
    begun = StartTls(starttls) if starttls else None
    listed = targets_of(targets, list_file, servername, begun)
    if path is not None:
        listed = tuple(replace(each, path=path) for each in listed)
    written = [Path(each) for each in (svg, report_as and report_as[1]) if each and each != "-"]
    files.refuse_existing(written, force=force)
    if svg and (list_file or len(listed) > 1):
        raise click.UsageError("A drawing is of one test: name one server.")
    now = system_clock()
    with Reader() as reader:
        question = question_of(session, reader, asked, listed[0], now)
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
        rows = _many(session, scan.results(), now)
    if report_as:
        kind, file = report_as
        text = scan_reports.csv_of(rows) if kind == "csv" else scan_reports.junit_of(rows, now)
        files.write(file, text.encode(), private=False, force=force)
    if not all(row.good for row in rows):
        context.exit(NO)


def _one(session: Session, result: ProbeResult) -> ScanRow:
    if session.json:
        output.document(document(result))
    else:
        probing.tell(result)
    return row_of(result)


def _many(session: Session, results: Iterable[Scanned], now: datetime) -> list[ScanRow]:
    """In the order of the targets, each as soon as those before it are there."""
    waiting: dict[int, Scanned] = {}
    rows: list[ScanRow] = []
    documents: list[dict[str, Any]] = []
    for result in results:
        waiting[result.number] = result
        while (turn := waiting.pop(len(rows), None)) is not None:
            rows.append(turn.row)
            if session.json:
                documents.append(turn.document or scan_reports.document_of_row(turn.row, now))
            else:
                output.line(probing.line_of(turn.row))
    if session.json:
        output.write(json.dumps(documents, indent=2) + "\n")
    else:
        output.line()
        output.line(probing.summary(rows))
    return rows


def _refuse_misuse(asked: Asked, targets: Sequence[str], list_file: str | None) -> None:
    if not targets and not list_file:
        raise click.UsageError("Name a server, or a file of them with --targets.")
    if asked.identity and (asked.cert or asked.key):
        raise click.UsageError("Name the identity once: --identity, or --cert with --key.")
    if asked.key and not asked.cert:
        raise click.UsageError("A key alone presents nothing: name its certificate with --cert.")
    streams = [asked.cert, asked.key, *asked.authorities, *asked.crls, list_file]
    if streams.count("-") > 1:
        raise click.UsageError("Standard input can be read only once.")
