"""A test as plain text, to be pasted into a ticket. It holds no secret."""

import textwrap

from mtlsgui.pki.describe.certificate import display_name, issuer_name
from mtlsgui.pki.describe.words import colons, date_and_time
from mtlsgui.tls.result import Detail, ProbeResult, Side, Step, StepState

_ARROWS = {"client": "-->", "server": "<--", "local": " * "}
_INDENT, _WIDTH = " " * 16, 110
_MARKS = {StepState.OK: "ok", StepState.FAILED: "FAILED", StepState.NOT_REACHED: "not reached"}
_SIDES = {Side.CLIENT: "client", Side.SERVER: "server", Side.NETWORK: "network"}


def report(result: ProbeResult) -> str:
    """The whole result."""
    lines = [
        f"Connection test of {result.target}, {date_and_time(result.at)}",
        "",
        result.sentence,
    ]
    if result.detail:
        lines.append(result.detail)
    if result.tls is not None:
        agreed = (result.tls.version, result.tls.cipher, result.tls.group)
        lines += ["", "Agreed: " + ", ".join(each for each in agreed if each)]
    lines += ["", "Handshake"]
    for step in result.steps:
        lines.append(_step(step))
        for detail in step.details:
            lines += _detail(detail)
    if result.problems:
        lines += ["", "What is wrong"]
    for problem in result.problems:
        mark = "note" if problem.is_warning else _SIDES[problem.side]
        lines += [f"  [{mark}] {problem.title} ({problem.code})", f"    {problem.explanation}"]
        if problem.fix:
            lines.append(f"    Remedy: {problem.fix}")
    if result.server_chain:
        lines += ["", "The server's chain as sent"]
    for facts in result.server_chain:
        ends = date_and_time(facts.not_after) if facts.not_after else "?"
        lines += [
            f"  {display_name(facts)}, issued by {issuer_name(facts)}, valid until {ends}",
            f"    SHA-256 {colons(facts.fingerprint_sha256)}",
        ]
    issuers = result.client_certificate.acceptable_issuers
    if issuers:
        lines += ["", "It takes client certificates from", *(f"  {each}" for each in issuers)]
    return "\n".join(lines) + "\n"


def _detail(detail: Detail) -> list[str]:
    """A list in lines of bounded length; what is prose or text of a server line by line.

    No word is broken: digests are there to be searched for.
    """
    if any(" " in value for value in detail.values) and len(detail.values) > 1:
        inner = _INDENT + "  "
        return [
            f"{_INDENT}{detail.name}:",
            *(f"{inner}{value}".rstrip() for value in detail.values),
        ]
    return textwrap.wrap(
        f"{detail.name}: {', '.join(detail.values)}",
        _WIDTH,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT + "  ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _step(step: Step) -> str:
    at = f"{step.at_ms:6.0f} ms" if step.at_ms is not None else " " * 9
    mark = "" if step.state is StepState.OK else f"  [{_MARKS[step.state]}]"
    note = f" ({step.note})" if step.note and step.state is not StepState.NOT_REACHED else ""
    return f"  {at} {_ARROWS[step.sender]} {step.message}{note}{mark}"
