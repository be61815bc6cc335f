"""Test results in words, for people on a terminal of 80 columns."""

import textwrap
from collections.abc import Iterator, Sequence

from mtlsgui.cli import output
from mtlsgui.pki.describe.certificate import display_name, issuer_name
from mtlsgui.pki.describe.words import date_and_time
from mtlsgui.tls.result import Outcome, ProbeResult, Problem, Side, Step, StepState
from mtlsgui.tls.scanning.messages import ScanRow

_WIDTH = 80
_ARROWS = {"client": "-->", "server": "<--", "local": " * "}
_SIDES = {Side.CLIENT: "your side", Side.SERVER: "the server", Side.NETWORK: "the network"}


def tell(result: ProbeResult) -> None:
    """One result: the verdict first, then how it came to it and what to do."""
    output.line(result.sentence)
    _paragraph(result.detail)
    output.line()
    for step in result.steps:
        for line in _step(step):
            output.line(line)
    _agreed(result)
    for problem in result.problems:
        output.line()
        _problem(problem)


def _agreed(result: ProbeResult) -> None:
    lines = []
    if result.tls is not None:
        agreed = (result.tls.version, result.tls.cipher, result.tls.group, result.tls.alpn)
        lines.append(("Agreed", ", ".join(each for each in agreed if each)))
    for number, facts in enumerate(result.server_chain):
        ends = date_and_time(facts.not_after) if facts.not_after else "?"
        said = f"{display_name(facts)}, by {issuer_name(facts)}, until {ends}"
        lines.append(("Server" if number == 0 else "", said))
    client = result.client_certificate
    if client.requested:
        needed = {True: "needed", False: "asked for, not needed", None: "asked for"}
        lines.append(("Client certificate", needed[client.required]))
        lines += [
            ("takes those of" if not at else "", name)
            for at, name in enumerate(client.acceptable_issuers)
        ]
    if lines:
        output.line()
    for name, said in lines:
        for line in textwrap.wrap(
            output.safe(said), _WIDTH, initial_indent=f"{name:<20}", subsequent_indent=" " * 20
        ):
            output.line(line)


def _problem(problem: Problem) -> None:
    mark = "note" if problem.is_warning else _SIDES[problem.side]
    output.line(f"{problem.title} ({mark}; {problem.code})")
    _paragraph(problem.explanation, "  ")
    if problem.fix:
        _paragraph(f"Remedy: {problem.fix}", "  ")


def _paragraph(text: str, indent: str = "") -> None:
    for line in textwrap.wrap(
        output.safe(text), _WIDTH, initial_indent=indent, subsequent_indent=indent
    ):
        output.line(line)


def _step(step: Step) -> Iterator[str]:
    at = f"{step.at_ms:6.0f} ms" if step.at_ms is not None else " " * 9
    if step.state is StepState.NOT_REACHED:
        yield f"{at} {_ARROWS[step.sender]} {step.message}: not reached"
        return
    failed = "FAILED " if step.state is StepState.FAILED else ""
    note = f"  {step.note}" if step.note else ""
    yield from textwrap.wrap(
        output.safe(f"{failed}{step.message}{note}"),
        _WIDTH,
        initial_indent=f"{at} {_ARROWS[step.sender]} ",
        subsequent_indent=" " * 14,
    )


def line_of(row: ScanRow) -> str:
    """One of many results, in a line."""
    if row.good:
        mark = "ok"
    else:
        mark = row.codes[0] if row.codes else row.outcome.value if row.outcome else "not tested"
    return f"{row.target}  [{mark}]  {row.sentence}"


def summary(rows: Sequence[ScanRow]) -> str:
    """How many came out how."""
    kinds: dict[str, int] = {}
    for row in rows:
        kind = "good" if row.good else _words(row.outcome)
        kinds[kind] = kinds.get(kind, 0) + 1
    said = ", ".join(f"{number:,} {kind}" for kind, number in kinds.items())
    return f"{len(rows):,} tested: {said}"


def _words(outcome: Outcome | None) -> str:
    return outcome.value.replace("_", " ") if outcome else "broke down"
