"""The sentences of the overview."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from mtlsgui.gui import words
from mtlsgui.gui.inspector.text import visible
from mtlsgui.inventory.records import CertificateRow, Status
from mtlsgui.workspace.overview import Week

translate = QCoreApplication.translate


def attention_text(row: CertificateRow, now: datetime) -> str:
    """Why a certificate needs attention, as what follows its name."""
    when = words.relative(row.not_after, now)
    match row.status:
        case Status.EXPIRED:
            return translate("Overview", "expired {}").format(when)
        case Status.EXPIRES_SOON:
            return translate("Overview", "expires {}").format(when)
        case Status.ISSUER_MISSING:
            issuer = visible(row.issuer)
            return translate("Overview", "its issuer is not here: {}").format(issuer)
        case _:
            return translate("Overview", "the authority's key is not held here")


def unlisted_text(status: Status, number: int) -> str:
    """How many more are in a state, for a link that leads to them."""
    shown = f"{number:,}"
    match status:
        case Status.EXPIRED:
            return translate("Overview", "and {} more expired").format(shown)
        case Status.EXPIRES_SOON:
            return translate("Overview", "and {} more to renew soon").format(shown)
        case Status.ISSUER_MISSING:
            return translate("Overview", "and {} more without issuer").format(shown)
        case _:
            return translate("Overview", "and {} more without key").format(shown)


def days_text(week: Week) -> str:
    """As in "24 Nov 2026 to 30 Nov 2026"."""
    last = week.end - timedelta(days=1)
    return translate("Overview", "{} to {}").format(words.date(week.begin), words.date(last))


def week_text(week: Week) -> str:
    """How many end in a week, and of how many of them one is warned already."""
    if week.count == 0:
        return translate("Overview", "No certificate expires")
    if week.count == 1:
        text = translate("Overview", "1 certificate expires")
    else:
        text = translate("Overview", "{} certificates expire").format(f"{week.count:,}")
    if week.soon == 0:
        return text
    return translate("Overview", "{}, {} to renew soon").format(text, f"{week.soon:,}")


def month_text(moment: datetime) -> str:
    """The month's short name."""
    return words.month(moment.month)
