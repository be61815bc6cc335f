"""What `mtlsctl probe` asks, from its options: of which servers, as whom, trusting whom."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import click

from mtlsgui.cli import files, output, passphrases
from mtlsgui.cli.session import Session, is_terminal
from mtlsgui.errors import MtlsguiError
from mtlsgui.tls.opening import parse_proxy
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
from mtlsgui.tls.scanning.messages import ScanTarget
from mtlsgui.workspace import scanning
from mtlsgui.workspace.connecting import ConnectionTest, ask_what, remarks
from mtlsgui.workspace.connections.addresses import parse_target
from mtlsgui.workspace.connections.identities import with_issuers
from mtlsgui.workspace.identity_files import (
    FilesLocked,
    anchors_from_files,
    crls_from_files,
    identity_from_files,
)
from mtlsgui.workspace.inspecting import Pasted, Reader
from mtlsgui.workspace.paths import Layout, default_directory

PROXY_PASSWORD = "MTLSGUI_PROXY_PASSWORD"  # noqa: S105 - the variable's name


@dataclass(frozen=True)
class Asked:
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


def targets_of(
    typed: Sequence[str], list_file: str | None, server_name: str, starttls: StartTls | None
) -> tuple[ScanTarget, ...]:
    """The servers typed, then those of a list. Raises MtlsguiError where there is none."""
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


def question_of(
    session: Session, reader: Reader, asked: Asked, first: ScanTarget, now: datetime
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


def _held(session: Session, asked: Asked, first: ScanTarget) -> Question:
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
    session: Session, reader: Reader, asked: Asked, trust: Trust, now: datetime
) -> Identity:
    things = _things([each for each in (asked.cert, asked.key) if each])
    given = passphrases.given(session)
    try:
        found = identity_from_files(reader, things, given, now=now)
    except FilesLocked as error:
        if given or session.json or not is_terminal():
            remedy = "Give it with --passphrase-file FILE, or in $MTLSGUI_PASSPHRASE."
            raise error if given else MtlsguiError(error.title, error.detail, remedy) from error
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


def proxy_of(url: str | None) -> Proxy | None:
    """A password in the URL goes before that in the environment. Raises ProxyUnreadable."""
    if url is None:
        return None
    proxy = parse_proxy(url)
    password = os.environ.get(PROXY_PASSWORD)
    return replace(proxy, password=password) if password and not proxy.password else proxy


def offer_of(version: str | None, ciphers: str, groups: str, alpn: str) -> Offer:
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


def header_of(text: str) -> tuple[str, str]:
    """Raises UsageError, which names the header and never its value."""
    name, colon, value = text.partition(":")
    if not colon or not name.strip():
        raise click.UsageError(f"A header is NAME:VALUE, which “{name[:40]}” is not.")
    return name.strip(), value.strip()
