"""Sentences that several dialogs about safekeeping share."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.widgets.card import Banner
from mtlsgui.workspace.backup import Manifest

translate = QCoreApplication.translate

_NAMED = 5


def no_recovery(theme: Theme) -> Banner:
    """The warning that goes with each new passphrase."""
    return Banner(
        theme,
        Tone.ATTENTION,
        translate("Safekeeping", "Nobody can recover this passphrase."),
        translate(
            "Safekeeping", "Without it the keys are lost. Keep it where you will find it again."
        ),
    )


def names(several: Sequence[str]) -> str:
    """The first few of many names."""
    shown = ", ".join(several[:_NAMED])
    more = len(several) - _NAMED
    if more <= 0:
        return shown
    return translate("Safekeeping", "{} and {} more").format(shown, more)


def when(moment: datetime) -> str:
    """A time in the person's own zone and way of writing."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)


def contents(manifest: Manifest) -> str:
    """What a backup holds: "120 certificates, 14 private keys"."""
    certificates = (
        translate("Safekeeping", "1 certificate")
        if manifest.certificates == 1
        else translate("Safekeeping", "{} certificates").format(f"{manifest.certificates:,}")
    )
    keys = (
        translate("Safekeeping", "1 private key")
        if manifest.keys == 1
        else translate("Safekeeping", "{} private keys").format(f"{manifest.keys:,}")
    )
    return f"{certificates}, {keys}"
