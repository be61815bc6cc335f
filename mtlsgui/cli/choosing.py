"""Finding what a command line names."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.records import KeyRow, RequestRow
from mtlsgui.workspace import issuers
from mtlsgui.workspace.issuers import Issuer
from mtlsgui.workspace.workspace import Workspace

_T = TypeVar("_T", KeyRow, RequestRow)


def choose_issuer(ws: Workspace, wanted: str | None) -> Issuer:
    """The authority named; where none is, the only one that can issue. Raises MtlsguiError."""
    if wanted is not None:
        return issuers.get(ws, ws.inventory.certificates.find(wanted).id)
    available = issuers.available(ws)
    if len(available) == 1:
        return available[0]
    if not available:
        raise MtlsguiError(
            "There is no authority that can issue.",
            "",
            "mtlsctl ca create --name …",
        )
    listed = ", ".join(f"{each.name} (id {each.id})" for each in available)
    raise MtlsguiError(
        "There are several authorities.", f"{listed}.", "Say which one issues: --ca ID."
    )


def choose_request(ws: Workspace, wanted: str) -> RequestRow:
    """The request with that id, or the only one with that name. Raises MtlsguiError."""
    rows = ws.inventory.requests.page(0, ws.inventory.requests.count())
    return _choose("request", wanted, rows, lambda row: row.name == wanted)


def choose_key(ws: Workspace, wanted: str) -> KeyRow:
    """The key with that id, name or unique beginning of its SPKI digest. Raises MtlsguiError."""
    digits = wanted.replace(":", "").lower()
    rows = ws.inventory.keys.all()
    named = [row for row in rows if row.name == wanted]
    if named and not wanted.isdecimal():
        return _choose("key", wanted, rows, lambda row: row.name == wanted)
    long_enough = len(digits) >= _SHORTEST_PREFIX
    return _choose(
        "key", wanted, rows, lambda row: long_enough and row.spki_sha256.startswith(digits)
    )


_SHORTEST_PREFIX = 4


def _choose(what: str, wanted: str, rows: Sequence[_T], matches: Callable[[_T], bool]) -> _T:
    """An id wins over everything else."""
    found = [row for row in rows if str(row.id) == wanted] or [row for row in rows if matches(row)]
    if not found:
        raise MtlsguiError(
            f"There is no {what} “{wanted}”.",
            "Nothing has this id or name.",
            f"mtlsctl {what} list",
        )
    if len(found) > 1:
        listed = ", ".join(str(row.id) for row in found[:10])
        raise MtlsguiError(
            f"“{wanted}” is not unique.",
            f"{len(found)} match, with the ids {listed}.",
            "Give the id.",
        )
    return found[0]
