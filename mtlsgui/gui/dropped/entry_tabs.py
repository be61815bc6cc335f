"""The right side: one thing that was found, as a summary, in detail, as ASN.1 and as PEM."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from mtlsgui.gui.asn1.page import Asn1Page
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dropped.summary import Offers, Summary
from mtlsgui.gui.inspector.details import DetailsPage
from mtlsgui.gui.inspector.pem import PemPage
from mtlsgui.gui.theme.tokens import GAP_PAGE
from mtlsgui.gui.widgets.tabs import UnderlineTabs
from mtlsgui.workspace.contents import Entry
from mtlsgui.workspace.copies import file_stem
from mtlsgui.workspace.looking import Look


class EntryTabs(UnderlineTabs):
    """Tabs that have nothing to say are hidden; the one chosen stays for the next thing."""

    def __init__(self, desk: Desk, offers: Offers, parent: QWidget | None = None) -> None:
        super().__init__("", margin=GAP_PAGE, parent=parent)
        self._desk, self._offers = desk, offers
        self._entry: Entry | None = None
        self._look: Look | None = None
        self.summary: Summary | None = None
        self._details: DetailsPage | None = None
        self._asn1: Asn1Page | None = None
        self._pem: PemPage | None = None
        self._wanted = "summary"
        self._choosing = False
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.area.viewport().setAutoFillBackground(False)
        self.bar.setAccessibleName(self.tr("What is shown of it"))
        self.current_changed.connect(self._tab_changed)
        self.add_tab("summary", self.tr("Summary"), lambda: self.area)
        self.add_tab("details", self.tr("Details"), self._make_details)
        self.add_tab("asn1", self.tr("ASN.1"), self._make_asn1)
        self.add_tab("pem", self.tr("PEM"), self._make_pem)

    def show_entry(self, entry: Entry | None, look: Look | None) -> None:
        """Show this; None shows nothing."""
        self._entry, self._look = entry, look
        offered = {
            "summary": True,
            "details": look is not None and look.certificate is not None,
            "asn1": look is not None and bool(look.encoding),
            "pem": look is not None and bool(look.pem),
        }
        self._choosing = True
        for tab, shown in offered.items():
            self.set_tab_visible(tab, shown)
        self.show_tab(self._wanted if offered[self._wanted] else "summary")
        self._choosing = False
        self.bar.setVisible(sum(offered.values()) > 1)
        self._set_summary(None if entry is None else Summary(self._desk, entry, look, self._offers))
        self._fill()

    def _tab_changed(self, tab: str) -> None:
        if not self._choosing:
            self._wanted = tab
            self._fill()

    def _fill(self) -> None:
        """Fill the page that is seen; the others wait until they are."""
        entry, look = self._entry, self._look
        if entry is None or look is None:
            return
        match self.current:
            case "details" if self._details is not None:
                self._details.show_description(look.description)
            case "asn1" if self._asn1 is not None:
                self._asn1.show_encoding(look.encoding, file_stem(entry.title))
            case "pem" if self._pem is not None:
                view = look.certificate
                self._pem.show_pem(look.pem, view.chain_pem if view is not None else "")

    def _set_summary(self, summary: Summary | None) -> None:
        # Not setWidget alone, which deletes the old one: a card in it may be what was clicked.
        old = self.area.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.summary = summary
        if summary is None:
            return
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(GAP_PAGE, GAP_PAGE, GAP_PAGE, GAP_PAGE)
        inner.addWidget(summary)
        self.area.setWidget(holder)
        holder.setAutoFillBackground(False)

    def _make_details(self) -> QWidget:
        self._details = DetailsPage(self._desk)
        return self._details

    def _make_asn1(self) -> QWidget:
        self._asn1 = Asn1Page(self._desk)
        return self._asn1

    def _make_pem(self) -> QWidget:
        self._pem = PemPage(self._desk)
        return self._pem
