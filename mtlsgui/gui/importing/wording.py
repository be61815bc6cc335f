"""What an import found, will do and has done, in words."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from mtlsgui.formats.items import (
    CertificateItem,
    CrlItem,
    Item,
    OtherItem,
    PrivateKeyItem,
    PublicKeyItem,
    RequestItem,
)
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.two_lines import Line
from mtlsgui.workspace.importing import Fate, PlanLine, Report
from mtlsgui.workspace.inspecting import Inspection

translate = QCoreApplication.translate


def plan_lines(plan: Sequence[PlanLine], inspection: Inspection) -> list[Line]:
    """A row for each thing that was found, and one for each file that could not be read."""
    sources = {
        id(item): source.name for source in inspection.sources for item in source.result.items
    }
    lines = [_plan_line(line, sources[id(line.item)]) for line in plan]
    return lines + _unread(inspection)


def counted(count: int, one: str, many: str) -> str:
    """A count in words: `one` as it is, `many` with the number in place of its "{}"."""
    return one if count == 1 else many.format(f"{count:,}")


def plan_summary(plan: Sequence[PlanLine]) -> str:
    """How many there are of each fate: "12 new · 3 already here"."""
    words = {
        Fate.NEW: translate("Import", "{} new"),
        Fate.KNOWN: translate("Import", "{} already here"),
        Fate.LOCKED: translate("Import", "{} locked"),
        Fate.NOT_KEPT: translate("Import", "{} shown, not kept"),
    }
    counts = {fate: sum(1 for line in plan if line.fate is fate) for fate in Fate}
    return " · ".join(
        text.format(f"{counts[fate]:,}") for fate, text in words.items() if counts[fate]
    )


def report_words(report: Report) -> str:
    """What an import has kept."""
    parts = []
    for count, one, many in (
        (
            len(report.certificates),
            translate("Import", "1 certificate"),
            translate("Import", "{} certificates"),
        ),
        (
            len(report.keys),
            translate("Import", "1 private key"),
            translate("Import", "{} private keys"),
        ),
        (
            len(report.requests),
            translate("Import", "1 request"),
            translate("Import", "{} requests"),
        ),
        (
            len(report.crls),
            translate("Import", "1 revocation list"),
            translate("Import", "{} revocation lists"),
        ),
    ):
        if count:
            parts.append(counted(count, one, many))
    return ", ".join(parts)


def _plan_line(line: PlanLine, source: str) -> Line:
    name, kind = _name_and_kind(line.item)
    second = " · ".join(part for part in (kind, source) if part)
    match line.fate:
        case Fate.NEW:
            return Line(name, second, translate("Import", "New"), Tone.GOOD)
        case Fate.KNOWN:
            return Line(name, second, translate("Import", "Already here"), Tone.NEUTRAL)
        case Fate.LOCKED:
            return Line(name, second, translate("Import", "Needs its passphrase"), Tone.ATTENTION)
    return Line(name, second, translate("Import", "Not kept"), Tone.NEUTRAL)


def _name_and_kind(item: Item) -> tuple[str, str]:
    match item:
        case CertificateItem(facts=facts):
            name = facts.common_name or _first_name(facts.san) or facts.subject
            kind = (
                translate("Import", "CA certificate")
                if facts.is_ca
                else translate("Import", "Certificate")
            )
            return name or translate("Import", "Certificate without a name"), kind
        case RequestItem(facts=request):
            name = request.common_name or _first_name(request.san) or request.subject
            kind = translate("Import", "Request")
            return name or translate("Import", "Request without a name"), kind
        case CrlItem(facts=crl):
            kind = translate("Import", "Revocation list")
            return crl.issuer or translate("Import", "Unknown issuer"), kind
        case PrivateKeyItem():
            name = item.friendly_name or translate("Import", "Private key")
            return name, item.info.label if item.info else item.protection
        case PublicKeyItem():
            return translate("Import", "Public key"), item.info.label
        case OtherItem():
            return item.what, item.problem or item.protection


def _first_name(san: tuple[str, ...] | None) -> str:
    return san[0].partition(":")[2] if san else ""


def _unread(inspection: Inspection) -> list[Line]:
    lines = []
    for source in inspection.sources:
        if source.error is not None:
            lines.append(
                Line(source.name, str(source.error), translate("Import", "Not readable"), Tone.BAD)
            )
        for error in source.result.errors:
            where = " · ".join(part for part in (source.name, error.where) if part)
            lines.append(Line(where, error.message, translate("Import", "Not readable"), Tone.BAD))
    return lines
