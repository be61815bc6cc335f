"""The first page of an export: what, how the key is protected, where to."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.gui.exporting.wording import form_words
from mtlsgui.gui.key_protection import ProtectionChoice
from mtlsgui.gui.passphrases import NewPassphrase
from mtlsgui.gui.path_field import PathField, PathKind
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import GAP_LARGE
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.gui.widgets.more import MoreSection
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.workspace.exporting import Form, Options

_LAST_FOLDER = "export/folder"
_WITH_CHAIN = (
    Form.CHAIN,
    Form.FULL_CHAIN,
    Form.PKCS7,
    Form.PKCS12,
    Form.JKS,
    Form.KUBERNETES,
    Form.HAPROXY,
)
_NAMED = 3


class OptionsPage(QWidget):
    """Asks for a Form, Options and a folder."""

    changed = Signal()
    """The page has become higher or lower."""

    def __init__(
        self,
        theme: Theme,
        settings: QSettings,
        rows: Sequence[CertificateRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings, self._rows = settings, rows
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_LARGE)
        self.form_box = QComboBox()
        self._words = form_words()
        for form, words in self._words.items():
            self.form_box.addItem(words.label, form)
        self.what = FormRow(self.tr("&What"), self.form_box)
        self.root_box = QCheckBox(self.tr("Include the &root certificate"))
        self.key_part = ProtectionChoice()
        self.password = NewPassphrase()
        self.more = MoreSection(theme)
        self.alias_edit = QLineEdit()
        self.alias_edit.setPlaceholderText(self.tr("The certificate's name"))
        self.legacy_box = QCheckBox(self.tr("For &old readers (weak encryption: 3DES, SHA-1)"))
        self.legacy_box.setToolTip(
            self.tr("Windows before 10 version 1709, Java before 8u301, old phones.")
        )
        self.alias = FormRow(self.tr("A&lias"), self.alias_edit)
        self.more.body.addWidget(self.alias)
        self.more.body.addWidget(self.legacy_box)
        self.folder = PathField(PathKind.FOLDER, self.tr("Folder"))
        self.folder.set_path(self._last_folder())
        self.where = FormRow(self.tr("&Folder"), self.folder)
        for part in (
            self.what,
            self.root_box,
            self.key_part,
            self.password,
            self.more,
            self.where,
        ):
            column.addWidget(part)
        self.form_box.currentIndexChanged.connect(lambda _index: self._renew())
        self.key_part.changed.connect(self._renew)
        self.more.toggled.connect(lambda _open: self.changed.emit())
        self.folder.changed.connect(lambda: self.where.set_problem(""))
        self._renew()

    # -- what was chosen

    @property
    def form(self) -> Form:
        """What is exported."""
        return Form(self.form_box.currentData())

    def set_form(self, form: Form) -> None:
        """Choose what is exported."""
        self.form_box.setCurrentIndex(self.form_box.findData(form))

    @property
    def wants_plain_key(self) -> bool:
        """Whether the private key is to be written in the clear."""
        form = self.form
        return form.is_bundle or (form in (Form.KEY, Form.FOLDER) and self.key_part.is_plain)

    def options(self) -> Options:
        """How it is exported."""
        form = self.form
        return Options(
            include_root=form in _WITH_CHAIN and self.root_box.isChecked(),
            passphrase=self.password.passphrase if self._wants_passphrase() else None,
            plain_key=self.wants_plain_key,
            alias=self.alias_edit.text().strip() if _takes_alias(form) else "",
            legacy=form is Form.PKCS12 and self.legacy_box.isChecked(),
        )

    def check(self) -> Path | None:
        """The folder, when all is well; None otherwise, and what is missing is said in place.

        A folder in one that is there is made when the files are written.
        """
        if self._keyless():
            self.form_box.setFocus()
            return None
        if self._wants_passphrase() and not self.password.check():
            return None
        folder = self.folder.path
        if folder is None:
            self.where.set_problem(self.tr("Choose a folder."))
        elif not folder.is_dir() and (folder.exists() or not folder.parent.is_dir()):
            self.where.set_problem(self.tr("There is no such folder."))
        else:
            return folder
        self.folder.edit.setFocus()
        return None

    def remember(self, folder: Path) -> None:
        """Offer this folder the next time."""
        self._settings.setValue(_LAST_FOLDER, str(folder))

    # -- building

    def _wants_passphrase(self) -> bool:
        return self.form.has_key and not self.wants_plain_key

    def _keyless(self) -> list[CertificateRow]:
        return [row for row in self._rows if self.form.has_key and row.key_id is None]

    def _renew(self) -> None:
        form = self.form
        self.what.set_hint(self._words[form].hint)
        keyless = self._keyless()
        if keyless:
            named = ", ".join(row.name for row in keyless[:_NAMED])
            more = len(keyless) - _NAMED
            if more > 0:
                named = self.tr("{} and {} more").format(named, more)
            self.what.set_problem(self.tr("No private key is held here for {}.").format(named))
        self.password.first.label.setText(
            self.tr("&Password") if form.is_store else self.tr("&Passphrase")
        )
        self.root_box.setVisible(form in _WITH_CHAIN)
        self.key_part.setVisible(form in (Form.KEY, Form.FOLDER) and not keyless)
        self.password.setVisible(self._wants_passphrase() and not keyless)
        self.more.setVisible(_takes_alias(form) and not keyless)
        self.legacy_box.setVisible(form is Form.PKCS12)
        self.alias.setVisible(len(self._rows) == 1)
        self.changed.emit()

    def _last_folder(self) -> Path:
        last = self._settings.value(_LAST_FOLDER)
        if isinstance(last, str) and Path(last).is_dir():
            return Path(last)
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        return Path(documents) if Path(documents).is_dir() else Path.home()


def _takes_alias(form: Form) -> bool:
    """Whether a name is written into it."""
    return form.is_store or form is Form.KUBERNETES
