"""The local test server: from the inventory or from files to a server that runs, and a client
that fits it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats import write as writers
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.question import Identity, Protocol, Question, Trust
from mtlsgui.tls.serving.settings import LOOPBACK, Mode, Settings, WatchSettings, is_loopback
from mtlsgui.tls.serving.visit import Visit, VisitOutcome
from mtlsgui.workspace import connecting, exporting, issuers, issuing
from mtlsgui.workspace.calling import CallingLine, ClientFiles, calling_lines, name_to_call
from mtlsgui.workspace.connections.identities import (
    authorities,
    facts_of,
    held,
    presentable,
    with_issuers,
)
from mtlsgui.workspace.drafts import CertificateDraft
from mtlsgui.workspace.issuers import Issuer
from mtlsgui.workspace.output_files import OutputFile
from mtlsgui.workspace.workspace import Clock, Workspace

if TYPE_CHECKING:  # it loads OpenSSL and asyncio, which are not needed until a server starts
    from mtlsgui.tls.serving.server import TestServer
    from mtlsgui.tls.serving.watching import Watcher
    from mtlsgui.workspace.inspecting import Reader

__all__ = [
    "LOOPBACK",
    "CallingLine",
    "ClientFiles",
    "Mode",
    "ServerDraft",
    "Settings",
    "Visit",
    "VisitOutcome",
    "WatchDraft",
    "WatchSettings",
    "authorities",
    "calling_lines",
    "identities",
    "is_loopback",
    "issuer_for_clients",
    "matching_client",
    "name_to_call",
    "server",
    "settings",
    "watch_settings",
    "watcher",
    "write_client",
]

CLIENT_NAME = "test client"
_CLIENT_DAYS = 30
_SERVER_KINDS = ("server", "peer", "other")
_SERVER_CA = "server-ca.crt"


@dataclass(frozen=True)
class ServerDraft:
    """What a person fills in to start a test server. It holds no secret.

    identity_id: the certificate that it presents; identity_files: one from files in its place.
    authority_ids, authority_files: the CAs whose clients it takes; where both are empty, the root
    above its own certificate. crl_files: revocation lists that clients are held against.
    host, port, wide, versions: as in `Settings`.
    """

    identity_id: int | None = None
    identity_files: tuple[Path, ...] = ()
    authority_ids: tuple[int, ...] = ()
    authority_files: tuple[Path, ...] = ()
    crl_files: tuple[Path, ...] = ()
    mode: Mode = Mode.ENFORCE
    host: str = LOOPBACK
    port: int = 0
    wide: bool = False
    versions: tuple[str, ...] = ()


@dataclass(frozen=True)
class WatchDraft:
    """What a person fills in to watch a client on its way to a real server. It holds no secret.

    address: the real server's, as typed. pass_through: nothing is decrypted, so that no
    certificate of our own is needed; else identity_id or identity_files is shown to the client,
    and present_id or present_files to the real server; without them, nothing is.
    authority_files: CAs that the real server is trusted by, in place of the workspace's and the
    system's. careful, host, port, wide: as in `WatchSettings`.
    """

    address: str
    identity_id: int | None = None
    identity_files: tuple[Path, ...] = ()
    present_id: int | None = None
    present_files: tuple[Path, ...] = ()
    authority_files: tuple[Path, ...] = ()
    pass_through: bool = False
    careful: bool = True
    host: str = LOOPBACK
    port: int = 0
    wide: bool = False


def identities(ws: Workspace) -> list[CertificateRow]:
    """Certificates that a server may present: their keys are held. By name, 500 at most."""
    return presentable(ws, _SERVER_KINDS)


def settings(
    ws: Workspace | None,
    draft: ServerDraft,
    clock: Clock,
    passphrases: Sequence[str] = (),
    reader: "Reader | None" = None,
) -> Settings:
    """The draft as a server takes it, certificates and keys in it. Blocks on files and the vault.

    ws: None where all comes from files. passphrases: for the files of the identity.
    reader: as `inspecting.inspect` takes it.
    Raises MtlsguiError where the identity, a CA or a list cannot be used.
    """
    from mtlsgui.workspace import identity_files as files  # it starts processes

    now = clock()
    known = facts_of(ws, [row.id for row in authorities(ws)]) if ws is not None else ()
    chosen = _Chosen(ws, known, now, passphrases, reader)
    identity = chosen.needed(draft.identity_id, draft.identity_files)
    taken = list(facts_of(ws, draft.authority_ids)) if ws is not None else []
    if draft.authority_files:
        taken += files.anchors_from_files(reader, draft.authority_files, now=now)
    if not taken:
        taken = [_top(identity)]
    distinct = {each.fingerprint_sha256: each for each in taken}
    return Settings(
        identity,
        tuple(distinct.values()),
        draft.mode,
        draft.host,
        draft.port,
        draft.wide,
        draft.versions,
        files.crls_from_files(reader, draft.crl_files) if draft.crl_files else (),
        (*known, *identity.above),
    )


def server(made: Settings, on_visit: Callable[[Visit], None], clock: Clock) -> "TestServer":
    """A server that is not started yet: `start()` gives its address, `stop()` ends it.

    on_visit: is given every visit, in the server's own thread. Raises IdentityUnusable.
    """
    from mtlsgui.tls.serving.server import TestServer

    return TestServer(made, on_visit, clock)


def watch_settings(
    ws: Workspace | None,
    draft: WatchDraft,
    clock: Clock,
    passphrases: Sequence[str] = (),
    reader: "Reader | None" = None,
) -> WatchSettings:
    """The draft as a watcher takes it. Arguments as for `settings`. Blocks on files and the vault.

    Raises TargetRefused, and other MtlsguiErrors where an identity or a CA cannot be used.
    """
    from mtlsgui.workspace import identity_files as files  # it starts processes

    now = clock()
    address = connecting.parse_target(draft.address)
    if ws is not None:
        question = connecting.ask_what(ws, connecting.ConnectionTest(draft.address))
    else:
        question = Question(address.target, None, Trust(system=True))
    if address.starttls is not None:
        raise MtlsguiError(
            f"“{draft.address}” begins in plain text.",
            "A client is watched where TLS begins at once.",
            "Name the server's port for TLS from the start, as in 465 for SMTP.",
        )
    identity = None
    if not draft.pass_through:
        chosen = _Chosen(ws, question.trust.known, now, passphrases, reader)
        identity = chosen.needed(draft.identity_id, draft.identity_files)
        presented = chosen.identity(draft.present_id, draft.present_files)
        trust = question.trust
        if draft.authority_files:
            anchors = files.anchors_from_files(reader, draft.authority_files, now=now)
            trust = Trust(anchors, known=(*trust.known, *anchors), crls=trust.crls)
        question = replace(question, identity=presented, trust=trust, protocol=Protocol.NONE)
    return WatchSettings(question, identity, draft.careful, draft.host, draft.port, draft.wide)


def watcher(made: WatchSettings, on_visit: Callable[[Visit], None], clock: Clock) -> "Watcher":
    """A watcher that is not started yet: `start()` gives its address, `stop()` ends it.

    on_visit: is given every visit, in the watcher's own thread, and one that stands twice.
    Raises IdentityUnusable.
    """
    from mtlsgui.tls.serving.watching import Watcher

    return Watcher(made, on_visit, clock)


def issuer_for_clients(ws: Workspace, made: Settings) -> Issuer | None:
    """An authority here whose clients the server takes; None where all are somebody else's."""
    wanted = {each.fingerprint_sha256 for each in made.authorities}
    found = []
    for issuer in issuers.available(ws):
        chain = [row.fingerprint for row in ws.inventory.certificates.chain(issuer.id)]
        if wanted & set(chain):
            found.append((chain[0] not in wanted, len(chain), issuer))
    found.sort(key=lambda each: each[:2])
    return found[0][2] if found else None


def matching_client(ws: Workspace, made: Settings, name: str = CLIENT_NAME) -> CertificateRow:
    """Issue a client certificate that the server takes, with a new key, for 30 days.

    name: its common name and its only alternative name. Raises MtlsguiError.
    """
    issuer = issuer_for_clients(ws, made)
    if issuer is None:
        names = ", ".join(f"“{each.common_name or each.subject}”" for each in made.authorities[:3])
        raise MtlsguiError(
            "No client certificate can be made for this server.",
            f"It takes clients from {names}, whose key is not held here.",
            "Let the server take clients of one of your own authorities.",
        )
    label = "-".join(name.lower().split())
    return issuing.issue(
        ws,
        CertificateDraft(
            profile=ws.profiles.get("client"),
            issuer_id=issuer.id,
            names_text=f"dns:{label}",
            common_name=name,
            days=_CLIENT_DAYS,
        ),
    )


def write_client(
    ws: Workspace, certificate_id: int, made: Settings, folder: Path, *, overwrite: bool = False
) -> ClientFiles:
    """Write what a client needs to call the server: certificate and chain, key, the server's CA.

    The key is written in the clear, readable by its owner only: the programs that call need it
    so. Raises MtlsguiError.
    """
    options = exporting.Options(plain_key=True)
    rendered = exporting.render(ws, [certificate_id], exporting.Form.FOLDER, options)
    chain = next(each for each in rendered if each.name.endswith("-chain.crt"))
    key = next(each for each in rendered if each.private)
    anchor = OutputFile(_SERVER_CA, writers.to_pem([_top(made.identity)]))
    paths = exporting.write(ws, [certificate_id], [chain, key, anchor], folder, overwrite=overwrite)
    return ClientFiles(*paths)


@dataclass(frozen=True)
class _Chosen:
    """Where certificates with their keys come from."""

    ws: Workspace | None
    known: Sequence[CertificateFacts]
    now: datetime
    passphrases: Sequence[str] = field(repr=False)
    reader: "Reader | None"

    def identity(self, certificate_id: int | None, paths: tuple[Path, ...]) -> Identity | None:
        """From files, else from the workspace; None where neither is named."""
        from mtlsgui.workspace import identity_files as files  # it starts processes

        if paths:
            given = files.identity_from_files(self.reader, paths, self.passphrases, now=self.now)
            return with_issuers(given, self.known)
        if certificate_id is not None and self.ws is not None:
            return held(self.ws, certificate_id)
        return None

    def needed(self, certificate_id: int | None, paths: tuple[Path, ...]) -> Identity:
        """The same for a server, which cannot do without."""
        found = self.identity(certificate_id, paths)
        if found is None:
            raise MtlsguiError(
                "A server needs a certificate with its key.",
                "Without one there is no TLS.",
                "Choose a server certificate.",
            )
        return found


def _top(identity: Identity) -> CertificateFacts:
    """The CA at the top of a chain, as far as it is known."""
    return (identity.certificate, *identity.above)[-1]
