"""The inspector beside a list: what is selected, as a card, in detail, as a chain, as PEM."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.actions import ActionRegistry
from mtlsgui.gui.asn1.page import Asn1Page
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.chain import ChainPage
from mtlsgui.gui.inspector.details import DetailsPage
from mtlsgui.gui.inspector.offered import InspectorActions
from mtlsgui.gui.inspector.pem import PemPage
from mtlsgui.gui.inspector.several import SeveralPage
from mtlsgui.gui.inspector.summary import SummaryPage
from mtlsgui.gui.theme.tokens import GAP_PAGE
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.widgets.scroll import scrolling
from mtlsgui.gui.widgets.tabs import UnderlineTabs
from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.workspace import viewing
from mtlsgui.workspace.copies import file_stem
from mtlsgui.workspace.viewing import CertificateView, SeveralView

_MINUTE_MS = 60_000
_AT_ONCE = 500
"""More certificates than this are looked through in a worker thread."""


class CertificateInspector(QWidget):
    """Shows one certificate of the workspace, several, or one that is not stored."""

    certificate_chosen = Signal(int)
    """The id of a certificate that was clicked: an issuer, or a step of the chain."""

    def __init__(
        self,
        desk: Desk,
        registry: ActionRegistry[Any],
        actions: InspectorActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._registry, self._actions = desk, registry, actions
        self._ids: tuple[int, ...] = ()
        self._view: CertificateView | None = None
        self._summary: SummaryPage | None = None
        self._details: DetailsPage | None = None
        self._chain: ChainPage | None = None
        self._asn1: Asn1Page | None = None
        self._pem: PemPage | None = None
        self._several: SeveralPage | None = None
        self._several_area: QWidget | None = None
        self.setAccessibleName(self.tr("Inspector"))

        self.hint: QLabel = wrapped(role="muted")
        hint_page = QWidget()
        inner = QVBoxLayout(hint_page)
        inner.setContentsMargins(GAP_PAGE, GAP_PAGE, GAP_PAGE, GAP_PAGE)
        inner.addWidget(self.hint)
        inner.addStretch()
        self._stack = QStackedWidget()
        self._stack.addWidget(hint_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._nothing = hint_page

        self.tabs = UnderlineTabs(self.tr("Inspector"))
        self.tabs.current_changed.connect(lambda _tab: self._show_tab())
        self.tabs.add_tab("summary", self.tr("Summary"), self._make_summary)
        self.tabs.add_tab("details", self.tr("Details"), self._make_details)
        self.tabs.add_tab("chain", self.tr("Chain"), self._make_chain)
        self.tabs.add_tab("asn1", self.tr("ASN.1"), self._make_asn1)
        self.tabs.add_tab("pem", self.tr("PEM"), self._make_pem)
        self._stack.addWidget(self.tabs)
        self.setFocusProxy(self.tabs.bar)

        desk.changes.changed.connect(self.refresh)
        self._minute = QTimer(self)  # states change with the clock alone
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.refresh)
        self._minute.start()
        self.show_certificate(None)

    # -- what others call

    @property
    def shown_ids(self) -> tuple[int, ...]:
        """The ids of the certificates shown; empty for none, and for one that is not stored."""
        return self._ids

    def show_certificate(self, certificate_id: int | None) -> None:
        """Show one certificate of the workspace, or the hint for an empty selection."""
        if certificate_id is None:
            self._show_hint(self.tr("Select a certificate to see what it says."))
            return
        another = self._ids != (certificate_id,)
        try:
            view = viewing.view(self._desk.ws, certificate_id)
        except InventoryNotFound:
            self._show_hint(self.tr("This certificate was deleted."))
            return
        except MtlsguiError as error:
            self._show_hint(f"{error.title} {error.detail} {error.remedy}".strip())
            return
        self._ids = (certificate_id,)
        self._present(view, from_top=another)

    def show_several(self, certificate_ids: Sequence[int]) -> None:
        """Show what certificates have in common; one or none is shown as such."""
        ids = tuple(certificate_ids)
        if len(ids) <= 1:
            self.show_certificate(ids[0] if ids else None)
            return
        self._ids, self._view = ids, None
        if len(ids) <= _AT_ONCE:
            self._present_several(viewing.summarize(self._desk.ws, ids))
            return
        self._desk.jobs.run_task(
            lambda _control: viewing.summarize(self._desk.ws, ids),
            lambda view: self._present_several(view) if ids == self._ids else None,
            title=self.tr("Looking at {} certificates").format(f"{len(ids):,}"),
            owner=self,
        )

    def show_view(self, view: CertificateView) -> None:
        """Show a certificate that is not stored."""
        self._ids = ()
        self._present(view, from_top=True)

    def refresh(self) -> None:
        """Read again what is shown; scroll position, tab and selected text stay."""
        if len(self._ids) == 1:
            self.show_certificate(self._ids[0])
        elif self._ids:
            self.show_several(self._ids)

    # -- showing

    def _show_hint(self, text: str) -> None:
        self._ids, self._view = (), None
        self.hint.setText(text)
        self._stack.setCurrentWidget(self._nothing)

    def _present(self, view: CertificateView, *, from_top: bool) -> None:
        self._view = view
        self._stack.setCurrentWidget(self.tabs)
        self._show_tab()
        if from_top:
            for tab in ("summary", "chain"):
                page = self.tabs.page(tab)
                if isinstance(page, QScrollArea):
                    page.verticalScrollBar().setValue(0)

    def _present_several(self, view: SeveralView) -> None:
        if self._several is None or self._several_area is None:
            self._several = SeveralPage(self._desk, self._registry, self._actions.several)
            self._several_area = scrolling(self._several)
            self._stack.addWidget(self._several_area)
        self._several.show_several(view)
        self._stack.setCurrentWidget(self._several_area)

    def _show_tab(self) -> None:
        """Fill the page that is seen; the others wait until they are."""
        view = self._view
        if view is None:
            return
        match self.tabs.current:
            case "summary" if self._summary is not None:
                self._summary.show_certificate(view)
            case "details" if self._details is not None:
                self._details.show_description(view.description)
            case "chain" if self._chain is not None:
                self._chain.show_chain(view)
            case "asn1" if self._asn1 is not None:
                self._asn1.show_encoding(view.encoding, file_stem(view.steps[0].name))
            case "pem" if self._pem is not None:
                self._pem.show_pem(view.pem, view.chain_pem)

    # -- pages, made when they are first seen

    def _make_summary(self) -> QWidget:
        self._summary = SummaryPage(self._desk, self._registry, self._actions)
        self._summary.issuer_chosen.connect(self.certificate_chosen)
        return scrolling(self._summary, GAP_PAGE, GAP_PAGE)

    def _make_details(self) -> QWidget:
        self._details = DetailsPage(self._desk)
        return self._details

    def _make_chain(self) -> QWidget:
        self._chain = ChainPage(self._desk.theme)
        self._chain.chosen.connect(self.certificate_chosen)
        return scrolling(self._chain, GAP_PAGE, GAP_PAGE)

    def _make_asn1(self) -> QWidget:
        self._asn1 = Asn1Page(self._desk)
        return self._asn1

    def _make_pem(self) -> QWidget:
        self._pem = PemPage(self._desk)
        return self._pem
