"""The wizard for a new end-entity certificate."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.drop import Offered, read_offer
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.wizards.done import DonePage
from mtlsgui.gui.wizards.key_page import KeyPage
from mtlsgui.gui.wizards.making import MakingWizard
from mtlsgui.gui.wizards.names_page import NamesPage
from mtlsgui.gui.wizards.plans import CertificatePlan
from mtlsgui.gui.wizards.review import ReviewPage
from mtlsgui.gui.wizards.save_profile import SaveProfileDialog
from mtlsgui.gui.wizards.wording import certificate_title
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki.requests import Weighed
from mtlsgui.workspace import offering
from mtlsgui.workspace.offering import FoundRequest


class IssuedWizard(MakingWizard):
    """A wizard that ends with an end-entity certificate, and says what to do with it."""

    issued = Signal(int)
    save_requested = Signal(int)
    """Save the certificate to a folder for deployment."""
    export_requested = Signal(int)
    test_requested = Signal(int)
    client_requested = Signal(int)
    """A client certificate of that authority, to go with the server's; the wizard closes."""
    authority_wanted = Signal()
    """The person would rather make an authority first; the wizard closes."""

    def made(self, made_id: int) -> None:
        self.issued.emit(made_id)
        row = self.desk.ws.inventory.certificates.get(made_id)
        page = DonePage(
            self.desk,
            self.tr("The certificate is issued."),
            self.tr("Put it and its key where they are to be used.")
            if row.key_id is not None
            else self.tr("Give it to the one who asked for it."),
            self._next_steps(row),
        )
        page.show_certificate(self.desk, made_id)
        self.show_done(row.name, page, page.buttons[0])

    def _next_steps(self, row: CertificateRow) -> list[tuple[str, Callable[[], object]]]:
        export = (self.tr("&Export…"), partial(self.export_requested.emit, row.id))
        if row.key_id is None:
            return [export]  # a deployment and a connection need its key
        steps: list[tuple[str, Callable[[], object]]] = [
            (self.tr("&Save to folder…"), partial(self.save_requested.emit, row.id)),
            export,
            (self.tr("&Test connection"), partial(self.test_requested.emit, row.id)),
        ]
        if row.kind == "server" and row.issuer_id is not None:
            steps.append(
                (self.tr("New &client certificate…"), partial(self._make_client, row.issuer_id))
            )
        return steps

    def _make_client(self, issuer_id: int) -> None:
        self.accept()
        self.client_requested.emit(issuer_id)

    def want_authority(self) -> None:
        """Close, and ask for an authority first."""
        self.reject()
        self.authority_wanted.emit()


class CertificateWizard(IssuedWizard):
    """Names, key and validity, review; a request may be dropped on it."""

    def __init__(
        self, desk: Desk, access: KeyAccess, plan: CertificatePlan, parent: QWidget | None = None
    ) -> None:
        self.plan = plan
        self.names_page = NamesPage(desk.theme, plan)
        self.key_page = KeyPage(desk, plan)
        self.review_page = ReviewPage(
            desk,
            plan.preview,
            self.tr("This is the certificate as it will be made."),
            self._refused,
        )
        super().__init__(
            desk,
            access,
            certificate_title(plan.draft.profile),
            plan.flow(
                {
                    "names": self.tr("Names"),
                    "key": self.tr("Key and validity"),
                    "review": self.tr("Review"),
                }
            ),
            {"names": self.names_page, "key": self.key_page, "review": self.review_page},
            finish_text=self.tr("&Issue certificate"),
            make=plan.make,
            working=self.tr("Issuing a certificate"),
            parent=parent,
        )
        self.setAcceptDrops(True)
        self.profile_button = self.set_extra_button(self.tr("Save as &profile…"), self.save_profile)
        self.profile_button.hide()
        self.step_shown.connect(self._step_shown)
        self.names_page.profile_chosen.connect(
            lambda: self.set_title(certificate_title(plan.draft.profile))
        )
        self.names_page.authority_wanted.connect(self.want_authority)
        for page in (self.names_page, self.key_page):
            page.request_wanted.connect(self._choose_request)

    def take_request_from(self, source: Offered) -> None:
        """Read a request from files or text, and make the certificate for its key."""

        def read() -> FoundRequest:
            if source.files:
                return offering.request_in_files(source.files, self.desk.reader)
            return offering.request_in_text(
                source.text.encode(), self.tr("Pasted text"), self.desk.reader
            )

        self._read(read)

    def save_profile(self) -> None:
        """Ask for a name, and keep what was entered as a profile."""
        SaveProfileDialog(self.desk, self.plan.draft, self).open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.is_done and read_offer(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take_request_from(read_offer(event.mimeData()))
        event.acceptProposedAction()

    def _choose_request(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a certificate request"),
            "",
            self.tr("Certificate requests (*.csr *.req *.p10 *.pem *.der);;All files (*)"),
        )
        if path:
            self.take_request_from(Offered(files=(Path(path),)))

    def _read(self, read: Callable[[], FoundRequest]) -> None:
        self.desk.jobs.run_task(
            lambda _control: read(),
            self._take,
            self._failed,
            title=self.tr("Reading a request"),
            owner=self,
        )

    def _take(self, found: FoundRequest) -> None:
        self.plan.take_request(found)
        self.page.load()
        self.page.complete_changed.emit()

    def _refused(self) -> tuple[Weighed, ...]:
        draft = self.plan.draft
        return draft.grant(self.plan.issuer).refused if draft.request is not None else ()

    def _step_shown(self, step: str) -> None:
        self.profile_button.setVisible(step == "review")


def new_certificate(
    desk: Desk,
    access: KeyAccess,
    parent: QWidget | None,
    profile_id: str = "server",
    issuer_id: int | None = None,
    *,
    names: str = "",
) -> CertificateWizard:
    """The wizard for a certificate of that profile, under that authority or the last one used.

    names: filled in, as typed.
    """
    plan = CertificatePlan(desk.ws, profile_id, issuer_id)
    plan.draft.names_text = names
    return CertificateWizard(desk, access, plan, parent)
