"""Many servers at once: which ones, and the scan of them."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtlsgui.inventory.records import Sort, TreeFilter
from mtlsgui.tls.question import StartTls, Target, bracketed
from mtlsgui.tls.scanning.messages import ScanTarget
from mtlsgui.workspace.connecting import NO_SECRETS, ConnectionTest, Secrets, ask_what
from mtlsgui.workspace.connections.addresses import TargetRefused, parse_target
from mtlsgui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from mtlsgui.tls.scanning.scan import Scan
    from mtlsgui.workspace.inspecting import Reader

__all__ = [
    "COLUMNS",
    "TargetList",
    "from_inventory",
    "read_targets",
    "scan",
]

COLUMNS = ("host", "port", "servername", "starttls")
MOST_TARGETS = 20_000
_PAGE = 1_000
_ADDRESS_COLUMNS = ("host", "target", "address", "url")


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
