"""The words for a certificate's state, kind and colour label, and the tones that go with them."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from mtlsgui.gui import words
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.inventory.records import CertificateRow, Status

translate = QCoreApplication.translate

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


def status_text(status: Status) -> str:
    """The word on the pill."""
    return {
        Status.VALID: translate("Authorities", "Valid"),
        Status.EXPIRES_SOON: translate("Authorities", "Renew soon"),
        Status.EXPIRED: translate("Authorities", "Expired"),
        Status.REVOKED: translate("Authorities", "Revoked"),
        Status.NO_KEY: translate("Authorities", "No key held"),
        Status.ISSUER_MISSING: translate("Authorities", "Issuer missing"),
        Status.NOT_YET_VALID: translate("Authorities", "Not yet valid"),
    }[status]


def status_meaning(row: CertificateRow) -> str:
    """One sentence that says what the status means for this certificate."""
    begin, end = words.date_and_time(row.not_before), words.date_and_time(row.not_after)
    match row.status:
        case Status.REVOKED:
            when = words.date(row.revoked_at) if row.revoked_at is not None else ""
            return translate("Authorities", "Revoked on {}.").format(when)
        case Status.EXPIRED:
            return translate("Authorities", "Its validity ended on {}.").format(end)
        case Status.NOT_YET_VALID:
            return translate("Authorities", "Its validity begins on {}.").format(begin)
        case Status.EXPIRES_SOON:
            return translate("Authorities", "Its validity ends on {}: renew it before.").format(end)
        case Status.ISSUER_MISSING:
            return translate(
                "Authorities", "The certificate of its issuer, {}, is not here."
            ).format(row.issuer)
        case Status.NO_KEY:
            return translate("Authorities", "Its private key is not held here, so it cannot issue.")
        case Status.VALID:
            return translate("Authorities", "Valid until {}.").format(end)


def kind_text(kind: str) -> str:
    """The kind in one or two words."""
    return {
        "root_ca": translate("Authorities", "Root CA"),
        "ca": translate("Authorities", "CA"),
        "server": translate("Authorities", "Server"),
        "client": translate("Authorities", "Client"),
        "peer": translate("Authorities", "Peer"),
    }.get(kind, translate("Authorities", "Other"))


def kind_icon(kind: str) -> tuple[str, str]:
    """The icon's name and its tone."""
    if kind in ("root_ca", "ca"):
        return "ca", "accent"
    return (kind if kind in KINDS else "other"), "muted"


def colour_text(name: str) -> str:
    """The name of a colour label."""
    return {
        "red": translate("Authorities", "Red"),
        "orange": translate("Authorities", "Orange"),
        "yellow": translate("Authorities", "Yellow"),
        "green": translate("Authorities", "Green"),
        "blue": translate("Authorities", "Blue"),
        "purple": translate("Authorities", "Purple"),
        "gray": translate("Authorities", "Grey"),
    }[name]


def expires_text(row: CertificateRow, now: datetime) -> str:
    """How far its end is; for a revoked certificate only the date, since nothing waits for it."""
    if row.status is Status.REVOKED:
        return words.date(row.not_after)
    return words.relative(row.not_after, now)
