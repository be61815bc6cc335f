"""Choosing a profile and an issuer from lists."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.gui.words import core
from mtlsgui.pki.profiles import Profile
from mtlsgui.workspace.issuers import Issuer


def narrow(combo: QComboBox) -> QComboBox:
    """A list that does not grow with its longest entry."""
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(12)
    return combo


class ProfileChoice(QComboBox):
    """The profiles, the built-in ones first."""

    chosen = Signal(str)

    def __init__(self, profiles: Sequence[Profile], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        narrow(self)
        built_in = sum(profile.built_in for profile in profiles)
        for number, profile in enumerate(profiles):
            if number == built_in:
                self.insertSeparator(self.count())
            self.addItem(profile.name, profile.id)
            self.setItemData(
                self.count() - 1, core(profile.description), Qt.ItemDataRole.ToolTipRole
            )
        self.activated.connect(lambda at: self.chosen.emit(self.itemData(at)))

    def choose(self, profile_id: str) -> None:
        """Show this one."""
        self.setCurrentIndex(self.findData(profile_id))


class IssuerChoice(QComboBox):
    """Authorities that can issue, and what stands for doing without one.

    `chosen` carries the authority's id, or None for `last`.
    """

    chosen = Signal(object)

    def __init__(
        self,
        issuers: Sequence[Issuer],
        *,
        first: str = "",
        last: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        narrow(self)
        if first:
            self.addItem(first, None)
            if issuers:
                self.insertSeparator(self.count())
        for issuer in issuers:
            self.addItem(issuer.name, issuer.id)
            tip = plain_tip(issuer.name)
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        if last:
            if issuers:
                self.insertSeparator(self.count())
            self.addItem(last, None)
        self._without = 0 if first else self.count() - 1
        self.activated.connect(lambda at: self.chosen.emit(self.itemData(at)))

    def choose(self, issuer_id: int | None) -> None:
        """Show this one."""
        at = self._without if issuer_id is None else self.findData(issuer_id)
        self.setCurrentIndex(at)
