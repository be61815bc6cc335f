"""What can be said about a target: only what matters for the one that was chosen."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.formats.items import CertificateItem
from mtlsgui.gui import words
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.key_protection import ProtectionChoice
from mtlsgui.gui.passphrases import NewPassphrase
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_SMALL
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.gui.widgets.more import MoreSection
from mtlsgui.pki.describe import display_name
from mtlsgui.workspace.converting import Derivation, Options, Part, Plan, Target

translate = QCoreApplication.translate

_TO_COME = "not typed yet"
"""Stands for the passphrase in plans that are only shown."""


class OptionsPanel(QWidget):
    """Asks for the Options of a target. `changed`: something else was chosen."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target = Target.PEM
        self._filling = False
        self._has_key = self._has_certificate = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_LARGE)

        self.leaf_box = QComboBox()
        self.leaf = FormRow(self.tr("&Certificate"), self.leaf_box)
        self.route_box = QComboBox()
        self.route = FormRow(
            self.tr("&Way to a root"),
            self.route_box,
            self.tr("A CA in it was signed by more than one other."),
        )
        self.part_box = QComboBox()
        for part, text in (
            (None, self.tr("Everything that belongs together")),
            (Part.LEAF, self.tr("The certificate alone")),
            (Part.CHAIN, self.tr("The certificate and its chain")),
            (Part.KEY, self.tr("The private key alone")),
            (Part.CA, self.tr("What the other side has to trust")),
        ):
            self.part_box.addItem(text, part)
        self.part = FormRow(self.tr("Wh&at"), self.part_box)
        self.chain_box = QCheckBox(self.tr("With the c&hain"))
        self.chain_box.setChecked(True)
        self.root_box = QCheckBox(self.tr("Include the &root certificate"))
        self.boxes = QWidget()
        boxes = QVBoxLayout(self.boxes)
        boxes.setContentsMargins(0, 0, 0, 0)
        boxes.setSpacing(GAP_SMALL)
        for box in (self.chain_box, self.root_box):
            boxes.addWidget(box)
        self.alias_edit = QLineEdit()
        self.alias_edit.setPlaceholderText(self.tr("The certificate's name"))
        self.alias_edit.setAcceptDrops(False)  # files dropped here are for the window
        self.alias = FormRow(self.tr("&Name in it"), self.alias_edit)
        self.protection = ProtectionChoice()
        self.password = NewPassphrase()
        for row in (self.password.first, self.password.second):
            row.edit.setAcceptDrops(False)
        self.more = MoreSection(theme)
        self.scrypt_box = QCheckBox(self.tr("Stretch the passphrase with scr&ypt"))
        self.scrypt_box.setToolTip(
            self.tr("Slower to guess than PBKDF2. OpenSSL 1.1.1 and newer read it; Java does not.")
        )
        self.legacy_box = QCheckBox(self.tr("For &old readers (weak encryption)"))
        self.legacy_box.setToolTip(
            self.tr(
                "3DES and SHA-1, for Windows before 10 version 1709, Java before 8u301, phones."
            )
        )
        for box in (self.scrypt_box, self.legacy_box):
            self.more.body.addWidget(box)
        for each in (
            self.leaf,
            self.part,
            self.route,
            self.boxes,
            self.alias,
            self.protection,
            self.password,
            self.more,
        ):
            column.addWidget(each)
        for combo in (self.leaf_box, self.route_box, self.part_box):
            combo.currentIndexChanged.connect(lambda _index: self._changed())
        for button in (
            self.chain_box,
            self.root_box,
            self.scrypt_box,
            self.legacy_box,
        ):
            button.toggled.connect(lambda _on: self._changed())
        self.protection.changed.connect(self._changed)
        self.alias_edit.textChanged.connect(lambda _text: self._changed())

    # -- what was chosen

    @property
    def wants_plain_key(self) -> bool:
        """Whether a private key in it shall not be put under a passphrase, or cannot be."""
        return not self._wants_passphrase

    def options(self) -> Options:
        """How to convert; the passphrase as far as it was typed."""
        target = self._target
        alias = self.alias_edit.text().strip()
        derivation = Derivation.SCRYPT if self.scrypt_box.isChecked() else Derivation.PBKDF2
        encrypt = self._wants_passphrase and not target.needs_passphrase
        return Options(
            only=self.part_box.currentData() if target.takes_part else None,
            aliases=(alias,) if alias and target.takes_alias else (),
            chain=self.chain_box.isChecked(),
            include_root=self.root_box.isChecked(),
            encrypt=derivation if encrypt else None,
            passphrase=self.password.passphrase or None if self._wants_passphrase else None,
            legacy=target.can_legacy and self.legacy_box.isChecked(),
            leaf=self.leaf_box.currentData(),
            route=self.route_box.currentData() or (),
        )

    def planning_options(self) -> Options:
        """The same, for a plan while the passphrase is not typed yet."""
        options = self.options()
        return replace(options, passphrase=_TO_COME) if self._wants_passphrase else options

    def check(self) -> bool:
        """Whether all is said; what is missing is said in place."""
        return not self._wants_passphrase or self.password.check()

    # -- what can be chosen

    def show_target(self, target: Target) -> None:
        """Ask what matters for this target."""
        self._target = target
        self._has_key = self._has_certificate = True  # until the plan says otherwise
        self._renew()
        self.changed.emit()

    def show_plan(self, plan: Plan) -> None:
        """Offer the certificates and the ways that there are."""
        self._filling = True
        try:
            self._fill_leaves(plan)
            self._fill_routes(plan)
        finally:
            self._filling = False
        self._has_key = plan.has_key
        self._has_certificate = plan.has_certificate or not plan.can_be_made
        self._renew()

    def forget(self) -> None:
        """Forget what was typed, and start anew."""
        self._filling = True
        try:
            for combo in (self.leaf_box, self.route_box):
                combo.clear()
            self.password.clear()
            self.alias_edit.clear()
        finally:
            self._filling = False

    def _fill_leaves(self, plan: Plan) -> None:
        leaves = plan.leaves
        self.leaf.setVisible(len(leaves) > 1 and self._target.holds_one)
        chosen = self.leaf_box.currentData()
        self.leaf_box.clear()
        for item in leaves:
            self.leaf_box.addItem(visible(display_name(item.facts)), item.facts.fingerprint_sha256)
        self.leaf_box.setCurrentIndex(max(self.leaf_box.findData(chosen), 0))

    def _fill_routes(self, plan: Plan) -> None:
        routes = plan.alternatives
        self.route.setVisible(len(routes) > 1 and self._target.has_chain)
        chosen = self.route_box.currentData()
        self.route_box.clear()
        for route in routes:
            prints = tuple(item.facts.fingerprint_sha256 for item in route)
            self.route_box.addItem(_route_words(route), prints)
        self.route_box.setCurrentIndex(max(self.route_box.findData(chosen), 0))

    # -- showing

    @property
    def _may_choose(self) -> bool:
        """Whether the key in it may be put under a passphrase, or not."""
        target = self._target
        return target.can_encrypt and not target.needs_passphrase and self._has_key

    @property
    def _wants_passphrase(self) -> bool:
        if self._may_choose:
            return not self.protection.is_plain
        return self._target.needs_passphrase

    def _changed(self) -> None:
        if not self._filling:
            self._renew()
            self.changed.emit()

    def _renew(self) -> None:
        target = self._target
        chosen = self.part_box.currentData() is not None
        chained = target.has_chain and self._has_certificate
        self.part.setVisible(target.takes_part and (self._has_certificate or chosen))
        self.chain_box.setVisible(chained)
        self.root_box.setVisible(chained)
        self.root_box.setEnabled(self.chain_box.isChecked())
        self.boxes.setVisible(chained)
        self.alias.setVisible(target.takes_alias)
        self.protection.setVisible(self._may_choose)
        self.password.setVisible(self._wants_passphrase)
        self.scrypt_box.setVisible(target.can_scrypt and self._wants_passphrase)
        self.legacy_box.setVisible(target.can_legacy)
        self.more.setVisible(not (self.scrypt_box.isHidden() and self.legacy_box.isHidden()))


def _route_words(route: Sequence[CertificateItem]) -> str:
    """The way up, as in "R11 → ISRG Root X1, until 4 Jun 2035": it ends with its authorities."""
    names = " → ".join(visible(display_name(item.facts)) for item in route[1:])
    ends = [item.facts.not_after for item in route[1:] if item.facts.not_after is not None]
    if not ends:
        return names
    return translate("Converting", "{way}, until {date}").format(
        way=names, date=words.date(min(ends))
    )
