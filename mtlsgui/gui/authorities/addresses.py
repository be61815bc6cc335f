"""Where an authority's CRL, OCSP responder and certificate are found: put into what it issues."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from mtlsgui.gui.authorities.edit import UseCaseDialog
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.widgets.buttons import primary_button
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.workspace import issuers
from mtlsgui.workspace.issuers import Addresses, parse_urls


class AddressesDialog(UseCaseDialog):
    """The addresses of one authority. Certificates that it has issued keep theirs."""

    def __init__(self, desk: Desk, row: CertificateRow, parent: QWidget | None = None) -> None:
        heading = QCoreApplication.translate("AddressesDialog", "CRL and OCSP addresses")
        lead = QCoreApplication.translate(
            "AddressesDialog",
            "Put into what {} issues from now on. Several are separated by spaces.",
        ).format(row.name)
        save = primary_button(QCoreApplication.translate("AddressesDialog", "Save"))
        super().__init__(desk, heading, lead, save, parent)
        self._id = row.id
        present = issuers.addresses(desk.ws, row.id)
        self.crl = self._add(self.tr("&Revocation list (CRL)"), present.crl)
        self.ocsp = self._add(self.tr("&OCSP responder"), present.ocsp)
        self.issuer = self._add(self.tr("Its own &certificate"), present.issuer)

    def first_field(self) -> QWidget:
        return self.crl

    def apply(self) -> None:
        new = Addresses(
            parse_urls(self.crl.text()),
            parse_urls(self.ocsp.text()),
            parse_urls(self.issuer.text()),
        )
        ws = self.desk.ws
        self.run(lambda: issuers.set_addresses(ws, self._id, new), self.tr("Saving addresses"))

    def _add(self, caption: str, urls: tuple[str, ...]) -> QLineEdit:
        field = QLineEdit(" ".join(urls))
        field.setPlaceholderText("http://")
        self.body.addWidget(FormRow(caption, field))
        return field
