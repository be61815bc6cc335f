"""Words and tones of a scan's results."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.tls.result import Outcome
from mtlsgui.tls.scanning.messages import ScanRow

translate = QCoreApplication.translate


class Group(StrEnum):
    """What a row is counted with. DISTRUSTED: the server is not to be trusted."""

    ALL = "all"
    GOOD = "good"
    REFUSED = "refused"
    DISTRUSTED = "distrusted"
    NOT_REACHED = "not_reached"


def group_text(group: Group) -> str:
    """A group as a filter says it."""
    match group:  # a table is sorted by it: only the one is translated
        case Group.ALL:
            return translate("Scanning", "All")
        case Group.GOOD:
            return translate("Scanning", "Fine")
        case Group.REFUSED:
            return translate("Scanning", "Refused")
        case Group.DISTRUSTED:
            return translate("Scanning", "Server wrong")
        case Group.NOT_REACHED:
            return translate("Scanning", "Not reached")


def group_of(row: ScanRow) -> Group:
    """Where a row belongs."""
    match row.outcome:
        case Outcome.ACCEPTED:
            return Group.GOOD if row.good else Group.DISTRUSTED
        case Outcome.REFUSED_BY_SERVER:
            return Group.REFUSED
        case Outcome.REFUSED_BY_CLIENT:
            return Group.DISTRUSTED
    return Group.NOT_REACHED


def tone_of(row: ScanRow) -> Tone:
    """The tone of a row's pill."""
    if row.good:
        return Tone.ATTENTION if row.warnings else Tone.GOOD
    return Tone.BAD


def outcome_text(row: ScanRow) -> str:
    """A row's state in a word or two."""
    match row.outcome:
        case Outcome.NOT_TLS:
            return translate("Scanning", "Not TLS")
        case Outcome.TIMED_OUT:
            return translate("Scanning", "Timed out")
        case None:
            return translate("Scanning", "Not tested")
    if row.good and row.warnings:
        return translate("Scanning", "Fine, with notes")
    return group_text(group_of(row))


def needs_text(row: ScanRow) -> str:
    """Whether it wants client certificates."""
    if row.requires is None:
        return ""
    return translate("Scanning", "required") if row.requires else translate("Scanning", "no")
