"""The words for a certificate's state, kind and colour label, and the tones that go with them."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.inventory.records import CertificateRow, Status
from mtlsgui.pki.describe import words

STATUS_TONES = {
    Status.VALID: Tone.GOOD,
    Status.EXPIRES_SOON: Tone.ATTENTION,
    Status.NO_KEY: Tone.ATTENTION,
    Status.ISSUER_MISSING: Tone.ATTENTION,
    Status.NOT_YET_VALID: Tone.ATTENTION,
    Status.EXPIRED: Tone.BAD,
    Status.REVOKED: Tone.NEUTRAL,
}

KINDS = ("root_ca", "ca", "server", "client", "peer", "other")
"""Kinds of certificates, in the order offered."""

LABEL_COLOURS = {
    "red": "#d9534a",
    "orange": "#e08a2e",
    "yellow": "#d8b21f",
    "green": "#3fa66a",
    "blue": "#4a86e8",
    "purple": "#9a68d0",
    "gray": "#8c8d96",
}
"""What colour labels are drawn in: 3:1 or nearly so on light and dark grounds alike. The
tooltip names the colour."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Authorities", text)


def status_text(status: Status) -> str:
    """The word on the pill."""
    return {
        Status.VALID: _tr("Valid"),
        Status.EXPIRES_SOON: _tr("Renew soon"),
        Status.EXPIRED: _tr("Expired"),
        Status.REVOKED: _tr("Revoked"),
        Status.NO_KEY: _tr("No key held"),
        Status.ISSUER_MISSING: _tr("Issuer missing"),
        Status.NOT_YET_VALID: _tr("Not yet valid"),
    }[status]


def status_meaning(row: CertificateRow) -> str:
    """One sentence that says what the status means for this certificate."""
    begin, end = words.date_and_time(row.not_before), words.date_and_time(row.not_after)
    match row.status:
        case Status.REVOKED:
            when = words.date(row.revoked_at) if row.revoked_at is not None else ""
            return _tr("Revoked on {}.").format(when)
        case Status.EXPIRED:
            return _tr("Its validity ended on {}.").format(end)
        case Status.NOT_YET_VALID:
            return _tr("Its validity begins on {}.").format(begin)
        case Status.EXPIRES_SOON:
            return _tr("Its validity ends on {}: renew it before.").format(end)
        case Status.ISSUER_MISSING:
            return _tr("The certificate of its issuer, {}, is not here.").format(row.issuer)
        case Status.NO_KEY:
            return _tr("Its private key is not held here, so it cannot issue.")
        case Status.VALID:
            return _tr("Valid until {}.").format(end)


def kind_text(kind: str) -> str:
    """The kind in one or two words."""
    return {
        "root_ca": _tr("Root CA"),
        "ca": _tr("CA"),
        "server": _tr("Server"),
        "client": _tr("Client"),
        "peer": _tr("Peer"),
    }.get(kind, _tr("Other"))


def kind_icon(kind: str) -> tuple[str, str]:
    """The icon's name and its tone."""
    if kind in ("root_ca", "ca"):
        return "ca", "accent"
    return (kind if kind in KINDS else "other"), "muted"


def colour_text(name: str) -> str:
    """The name of a colour label."""
    return {
        "red": _tr("Red"),
        "orange": _tr("Orange"),
        "yellow": _tr("Yellow"),
        "green": _tr("Green"),
        "blue": _tr("Blue"),
        "purple": _tr("Purple"),
        "gray": _tr("Grey"),
    }[name]


def expires_text(row: CertificateRow, now: datetime) -> str:
    """How far its end is; for a revoked certificate only the date, since nothing waits for it."""
    if row.status is Status.REVOKED:
        return words.date(row.not_after)
    return words.relative(row.not_after, now)
