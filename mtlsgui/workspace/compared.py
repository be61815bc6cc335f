"""Certificates of the inventory compared, and comparisons as text."""

from collections.abc import Iterator

from mtlsgui.formats.items import CertificateItem
from mtlsgui.pki.describe import Field
from mtlsgui.pki.facts import read_certificate
from mtlsgui.workspace.comparing import Comparison, Difference, Row, compare
from mtlsgui.workspace.workspace import Workspace


def compare_stored(ws: Workspace, left_id: int, right_id: int) -> Comparison:
    """Two certificates of the inventory. Raises InventoryNotFound."""
    certificates = ws.inventory.certificates
    left, right = (
        CertificateItem(facts=read_certificate(certificates.der(each)))
        for each in (left_id, right_id)
    )
    return compare(left, right)


def as_text(comparison: Comparison, *, only_differences: bool = False) -> str:
    """For the clipboard: equal fields in one line after "=", others in three after "!"."""
    lines = [
        _safe(comparison.summary),
        "",
        f"A  {_safe(comparison.left)}",
        f"B  {_safe(comparison.right)}",
    ]
    for section in comparison.sections:
        rows = [
            row
            for row in section.rows
            if not only_differences or row.difference is not Difference.SAME
        ]
        if rows:
            lines += ["", section.title]
        for row in rows:
            lines += _lines(row)
    return "\n".join(lines) + "\n"


def _lines(row: Row) -> Iterator[str]:
    if row.difference is Difference.SAME:
        yield f"  = {_safe(row.label)}: {_one_line(row.left)}"
        return
    yield f"  ! {_safe(row.label)}"
    for sign, field in (("A", row.left), ("B", row.right)):
        yield f"      {sign}  {_one_line(field)}"


def _one_line(field: Field | None) -> str:
    if field is None:
        return "—"
    critical = "critical" if field.critical else ""
    return _safe(", ".join(part for part in (*field.value.split("\n"), critical) if part))


def _safe(text: str) -> str:
    """Without control characters: a name in a certificate must not steer a terminal."""
    return "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in text)
