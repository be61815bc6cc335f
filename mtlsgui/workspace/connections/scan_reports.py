"""What a scan found, as files for other programs: CSV, JSON, JUnit XML."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from mtlsgui.formats.as_json import time_as_json
from mtlsgui.tls.document import document
from mtlsgui.tls.result import ClientCertificate, Outcome, ProbeResult, Problem, Side, Timing
from mtlsgui.tls.scanning.messages import ScanRow

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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


def json_of(rows: Iterable[ScanRow]) -> str:
    """The rows as JSON, in short: `mtlsctl probe --json` has each test's whole document."""
    said = [
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
    return json.dumps(said, indent=2) + "\n"


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


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _attribute(text: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("?", text))
