"""Many servers at once: which ones, and what is made of the results."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from mtlsgui.formats.as_json import time_as_json
from mtlsgui.inventory.records import Sort, TreeFilter
from mtlsgui.tls.document import document
from mtlsgui.tls.question import StartTls, Target, bracketed
from mtlsgui.tls.result import ClientCertificate, Outcome, ProbeResult, Problem, Side, Timing
from mtlsgui.tls.scanning.messages import ScanRow, ScanTarget
from mtlsgui.workspace.connecting import NO_SECRETS, ConnectionTest, Secrets, ask_what
from mtlsgui.workspace.connections.addresses import TargetRefused, parse_target
from mtlsgui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from mtlsgui.tls.scanning.scan import Scan
    from mtlsgui.workspace.inspecting import Reader

__all__ = [
    "COLUMNS",
    "TargetList",
    "csv_of",
    "document_of_row",
    "from_inventory",
    "json_of",
    "junit_of",
    "read_targets",
    "rows_json",
    "scan",
]

COLUMNS = ("host", "port", "servername", "starttls")
MOST_TARGETS = 20_000
_PAGE = 1_000
_ADDRESS_COLUMNS = ("host", "target", "address", "url")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class TargetList:
    """Servers to test, each once.

    faults: what is no server, by line, in words. folded: how many were there twice.
    left_out: names that cannot be connected to, in words.
    """

    targets: tuple[ScanTarget, ...]
    faults: tuple[str, ...] = ()
    folded: int = 0
    left_out: tuple[str, ...] = ()


def read_targets(
    text: str, *, server_name: str = "", starttls: StartTls | None = None
) -> TargetList:
    """The servers of a list: one a line, or CSV whose first line names its columns.

    Columns: host (or target, address, url), port, servername, starttls; others are passed over.
    Empty lines and those that begin with "#" are too. server_name, starttls: where none is given.
    """
    found, faults = [], []
    for line, address, name, begun in _lines(text.lstrip("\ufeff")):
        try:
            chosen = StartTls(begun.lower()) if begun else starttls
        except ValueError:
            faults.append(f"Line {line}: “{begun}” is not among {', '.join(StartTls)}.")
            continue
        try:
            found.append(_target(address, name or server_name, chosen))
        except TargetRefused as error:
            faults.append(f"Line {line}: {error.title} {error.detail}".strip())
        if len(found) > MOST_TARGETS:
            faults.append(f"Line {line}: there are more than {MOST_TARGETS:,} targets.")
            break
    return _once(found[:MOST_TARGETS], faults)


def from_inventory(ws: Workspace, port: int = 443) -> TargetList:
    """What the workspace's valid server certificates are for, at one port.

    Wildcards name no server, and are left out with a word.
    """
    wanted = TreeFilter(kinds=frozenset(("server", "peer")))
    now, at = ws.clock(), 0
    names: dict[str, None] = {}
    wild: dict[str, None] = {}
    while page := ws.inventory.tree.flat_page(wanted, Sort(), now, ws.preferences.warn, at, _PAGE):
        at += len(page)
        for row in page:
            if row.revoked_at is not None or row.not_after < now:
                continue
            for san in row.san:
                kind, _, value = san.partition(":")
                if kind in ("dns", "ip"):
                    (wild if "*" in value else names)[value] = None
    found = []
    faults = []
    for name in names:
        try:
            found.append(_target(f"{bracketed(name)}:{port}", "", None))
        except TargetRefused as error:
            faults.append(error.title)
    left_out = tuple(f"“{name}” stands for many names, and is none itself." for name in wild)
    told = _once(found[:MOST_TARGETS], faults)
    return TargetList(told.targets, told.faults, told.folded, left_out)


def scan(
    ws: Workspace,
    test: ConnectionTest,
    targets: Sequence[ScanTarget],
    *,
    secrets: Secrets = NO_SECRETS,
    reader: "Reader | None" = None,
) -> "Scan":
    """The same test put to many servers; its `results` block. test: its address counts for none.

    Raises as `connecting.probe` where it cannot be made at all.
    """
    from mtlsgui.tls.scanning.scan import Scan  # multiprocessing loads when first needed

    question = ask_what(ws, test, secrets=secrets, reader=reader)
    return Scan(question, targets, ws.clock(), try_without=test.try_without)


def csv_of(rows: Iterable[ScanRow]) -> str:
    """The rows as CSV (RFC 4180). No cell is taken for a formula by a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        (
            "target",
            "server_name",
            "outcome",
            "sentence",
            "problems",
            "notes",
            "expires",
            "issuer",
            "tls",
            "cipher",
            "requires_client_certificate",
            "ms",
        )
    )
    for row in rows:
        requires = "" if row.requires is None else ("yes" if row.requires else "no")
        cells = (
            row.target,
            row.server_name,
            row.outcome.value if row.outcome else "not_tested",
            row.sentence,
            " ".join(row.codes),
            " ".join(row.warnings),
            time_as_json(row.expires) or "",
            row.issuer,
            row.version,
            row.cipher,
            requires,
            "" if row.ms is None else f"{row.ms:.1f}",
        )
        writer.writerow([_cell(each) for each in cells])
    return text.getvalue()


def json_of(documents: Sequence[dict[str, Any]]) -> str:
    """The documents of `mtlsctl probe`, as one list."""
    return json.dumps(list(documents), indent=2) + "\n"


def rows_json(rows: Iterable[ScanRow]) -> str:
    """The rows as JSON, in short: `mtlsctl probe --json` has each test's whole document."""
    return json_of(
        [
            {
                "target": row.target,
                "server_name": row.server_name,
                "outcome": row.outcome.value if row.outcome else None,
                "sentence": row.sentence,
                "problems": list(row.codes),
                "notes": list(row.warnings),
                "expires": time_as_json(row.expires),
                "issuer": row.issuer,
                "tls": {"version": row.version, "cipher": row.cipher} if row.version else None,
                "requires_client_certificate": row.requires,
                "ms": row.ms,
            }
            for row in rows
        ]
    )


def junit_of(rows: Sequence[ScanRow], at: datetime) -> str:
    """JUnit XML as test runners and CI servers read it: one test case a target."""
    failed = sum(row.outcome is not None and not row.good for row in rows)
    errors = sum(row.outcome is None for row in rows)
    seconds = sum(row.ms or 0 for row in rows) / 1000
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuite name="mtlsctl probe" tests="{len(rows)}" failures="{failed}" '
        f'errors="{errors}" time="{seconds:.3f}" timestamp="{at:%Y-%m-%dT%H:%M:%S}">',
    ]
    for row in rows:
        case = f'  <testcase classname="probe" name={_attribute(row.target)} '
        case += f'time="{(row.ms or 0) / 1000:.3f}"'
        if row.good:
            lines.append(f"{case}/>")
            continue
        tag = "error" if row.outcome is None else "failure"
        kind = row.outcome.value if row.outcome else "not_tested"
        said = f"{row.sentence}\n{' '.join(row.codes)}".strip()
        lines.append(
            f"{case}>\n    <{tag} type={_attribute(kind)} message={_attribute(row.sentence)}>"
            f"{escape(_NOT_IN_XML.sub('?', said))}</{tag}>\n  </testcase>"
        )
    return "\n".join([*lines, "</testsuite>"]) + "\n"


def document_of_row(row: ScanRow, at: datetime) -> dict[str, Any]:
    """CLI.md's document for a target whose test broke down, and has none of its own.

    at: when the scan was begun.
    """
    return document(
        ProbeResult(
            target=row.target,
            server_name=row.server_name,
            at=at,
            outcome=row.outcome or Outcome.UNREACHABLE,
            sentence=row.sentence,
            detail="",
            tls=None,
            client_certificate=ClientCertificate(requested=False, required=None, sent=False),
            server_chain=(),
            alert=None,
            http_status=None,
            answer="",
            ocsp_staple=None,
            steps=(),
            problems=tuple(
                Problem(code, Side.NETWORK, "The test broke down", row.sentence)
                for code in row.codes
            ),
            timing=Timing(),
        )
    )


def _lines(text: str) -> Iterable[tuple[int, str, str, str]]:
    """(line, address, server name, STARTTLS) of each."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    columns = [cell.strip().lower() for cell in first.split(delimiter)]
    place = next((name for name in _ADDRESS_COLUMNS if name in columns), None)
    if place is None:
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip() and not line.lstrip().startswith("#"):
                yield number, line.strip(), "", ""
        return
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    next(reader)
    for cells in reader:
        row = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
        host = row.get(place, "")
        if not host or host.startswith("#"):
            continue
        port = row.get("port", "")
        address = f"{bracketed(host.strip('[]'))}:{port}" if port else host
        yield reader.line_num, address, row.get("servername", ""), row.get("starttls", "")


def _target(address: str, server_name: str, starttls: StartTls | None) -> ScanTarget:
    read = parse_target(address, server_name, starttls)
    return ScanTarget(read.target, read.protocol, read.path, read.starttls)


def _once(found: Sequence[ScanTarget], faults: Iterable[str]) -> TargetList:
    """Equal ones once: the same name is the same name in capitals."""
    kept: dict[tuple[Target, str, StartTls | None], ScanTarget] = {}
    for each in found:
        target = each.target
        same = Target(target.host.lower(), target.port, target.server_name.lower())
        kept.setdefault((same, each.path, each.starttls), each)
    return TargetList(tuple(kept.values()), tuple(faults), len(found) - len(kept))


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _attribute(text: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("?", text))
