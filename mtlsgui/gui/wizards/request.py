"""The wizard for a key and a request, for somebody else's authority."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.wizards.done import DonePage
from mtlsgui.gui.wizards.key_page import KeyPage
from mtlsgui.gui.wizards.making import MakingWizard
from mtlsgui.gui.wizards.names_page import NamesPage
from mtlsgui.gui.wizards.plans import RequestPlan
from mtlsgui.gui.wizards.review import ReviewPage
from mtlsgui.pki.profiles import slug
from mtlsgui.workspace import requesting


class RequestWizard(MakingWizard):
    """Names, key, review; then the request is to be saved and sent."""

    request_made = Signal(int)

    def __init__(
        self, desk: Desk, access: KeyAccess, plan: RequestPlan, parent: QWidget | None = None
    ) -> None:
        self.plan = plan
        self.names_page = NamesPage(desk.theme, plan)
        self.key_page = KeyPage(desk, plan)
        self.review_page = ReviewPage(
            desk, plan.preview, self.tr("This is the request as it will be made.")
        )
        super().__init__(
            desk,
            access,
            self.tr("New request for another authority"),
            plan.flow(
                {
                    "names": self.tr("Names"),
                    "key": self.tr("Key"),
                    "review": self.tr("Review"),
                }
            ),
            {"names": self.names_page, "key": self.key_page, "review": self.review_page},
            finish_text=self.tr("&Make the request"),
            make=plan.make,
            working=self.tr("Making a request"),
            parent=parent,
        )

    def made(self, made_id: int) -> None:
        self.request_made.emit(made_id)
        row = self.desk.ws.inventory.requests.get(made_id)
        text = requesting.as_pem(row)
        page = DonePage(
            self.desk,
            self.tr("The request is made."),
            self.tr(
                "Send it to the authority, and import the certificate that comes back: it finds "
                "its key here."
            ),
            [
                (self.tr("&Save request…"), partial(self._save, made_id, row.name)),
                (self.tr("C&opy as text"), partial(self.desk.clipboard.setText, text)),
            ],
        )
        page.fields.add(self.tr("Name"), row.name, strong=True)
        page.fields.add(self.tr("Subject"), row.subject)
        self.show_done(row.name, page, page.buttons[0])

    def _save(self, request_id: int, name: str) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save request"),
            f"{slug(name)}.csr",
            self.tr("Certificate requests (*.csr);;All files (*)"),
        )
        if chosen:
            self.save_to(request_id, Path(chosen))

    def save_to(self, request_id: int, path: Path) -> None:
        """Write the request; the file dialog has asked about one that is there."""
        try:
            requesting.save(self.desk.ws, request_id, path, overwrite=True)
        except MtlsguiError as error:
            self._failed(error)


def new_request(
    desk: Desk, access: KeyAccess, parent: QWidget | None, profile_id: str = "server"
) -> RequestWizard:
    """The wizard for a request of that profile."""
    return RequestWizard(desk, access, RequestPlan(desk.ws, profile_id), parent)
