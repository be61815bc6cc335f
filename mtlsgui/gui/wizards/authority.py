"""The wizard for a new authority: a root, or an intermediate under one that is held."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.vault_access import KeyAccess
from mtlsgui.gui.wizards.authority_pages import AuthorityKeyPage, NamePage
from mtlsgui.gui.wizards.done import DonePage
from mtlsgui.gui.wizards.limits_page import LimitsPage
from mtlsgui.gui.wizards.making import MakingWizard
from mtlsgui.gui.wizards.plans import AuthorityPlan
from mtlsgui.gui.wizards.review import ReviewPage
from mtlsgui.workspace import offering


class AuthorityWizard(MakingWizard):
    """Name, key and validity, limits, review."""

    issued = Signal(int)
    certificate_requested = Signal(int)
    """A server certificate is to be issued under the new authority."""
    export_requested = Signal(int)

    def __init__(
        self, desk: Desk, access: KeyAccess, plan: AuthorityPlan, parent: QWidget | None = None
    ) -> None:
        self.plan = plan
        self.name_page = NamePage(desk, plan)
        self.key_page = AuthorityKeyPage(desk, plan)
        self.limits_page = LimitsPage(desk, plan)
        self.review_page = ReviewPage(
            desk, plan.preview, self.tr("This is the authority as it will be made.")
        )
        super().__init__(
            desk,
            access,
            "",
            plan.flow(
                {
                    "name": self.tr("Name"),
                    "key": self.tr("Key and validity"),
                    "limits": self.tr("Limits"),
                    "review": self.tr("Review"),
                }
            ),
            {
                "name": self.name_page,
                "key": self.key_page,
                "limits": self.limits_page,
                "review": self.review_page,
            },
            finish_text=self.tr("&Make the authority"),
            make=plan.make,
            working=self.tr("Making an authority"),
            parent=parent,
        )
        self._name_it()
        self.name_page.parent_chosen.connect(self._name_it)
        self._find_vault()

    def made(self, made_id: int) -> None:
        self.issued.emit(made_id)
        row = self.desk.ws.inventory.certificates.get(made_id)
        page = DonePage(
            self.desk,
            self.tr("The authority is made."),
            self.tr("Its key is {}. Those who are to trust it need its certificate.").format(
                self.plan.key_place
            ),
            [
                (self.tr("New &server certificate…"), partial(self._go_on_with, made_id)),
                (self.tr("&Export its certificate…"), partial(self.export_requested.emit, made_id)),
            ],
        )
        page.show_certificate(self.desk, made_id)
        self.show_done(row.name, page, page.buttons[0])

    def _go_on_with(self, made_id: int) -> None:
        self.accept()
        self.certificate_requested.emit(made_id)

    def _name_it(self) -> None:
        self.set_title(
            self.tr("New intermediate authority")
            if self.plan.parent is not None
            else self.tr("New authority")
        )

    def _find_vault(self) -> None:
        """Find out in a job what the key will be held in, where that is not settled yet."""
        if self.desk.ws.custody.label:
            return
        self.desk.jobs.run_task(
            lambda _control: offering.vault_label(self.desk.ws),
            self._vault_found,
            title=self.tr("Looking for a keyring"),
            owner=self,
        )

    def _vault_found(self, label: str) -> None:
        self.plan.expected_vault = label
        self.key_page.show_place()
        if self.flow.current.id == "review":
            self.review_page.load()


def new_authority(
    desk: Desk, access: KeyAccess, parent: QWidget | None, parent_id: int | None = None
) -> AuthorityWizard:
    """The wizard for a root, or for an intermediate under the authority `parent_id`."""
    return AuthorityWizard(desk, access, AuthorityPlan(desk.ws, parent_id), parent)
