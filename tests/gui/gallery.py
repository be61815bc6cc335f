"""Every widget of the foundation in one picture, to look at.

`python -m tests.gui.gallery OUT.png [light|dark] [SCALE] [SCENE]`, with SCENE one of main, widgets,
wizard, palette, drop, narrow.
"""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.actions import Action, ActionRegistry
from mtlsgui.gui.inspector_split import InspectorSplit
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.main_window import MainWindow, MenuSpec, PageSpec
from mtlsgui.gui.page import PageHeader
from mtlsgui.gui.theme.theme import SchemePreference, Theme
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.widgets.buttons import (
    MenuButton,
    danger_button,
    destroy_button,
    link_button,
    plain_button,
    primary_button,
)
from mtlsgui.gui.widgets.card import Banner, ButtonFlow, Card, EmptyState
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.filters import FilterOption, SearchField, SegmentedFilter
from mtlsgui.gui.widgets.flow import ChipFlow, ChipText
from mtlsgui.gui.widgets.form import Form
from mtlsgui.gui.widgets.inputs import number_field
from mtlsgui.gui.widgets.labels import label, wrapped
from mtlsgui.gui.widgets.more import MoreSection
from mtlsgui.gui.widgets.pill import Pill
from mtlsgui.gui.widgets.rows import RowDelegate, TwoLineDelegate
from mtlsgui.gui.widgets.tabs import UnderlineTabs
from mtlsgui.gui.widgets.usedbar import UsedBar
from mtlsgui.gui.wizard.flow import Flow, Step
from mtlsgui.gui.wizard.frame import WizardDialog, WizardPage
from mtlsgui.workspace.drafts import Problem

DIGEST = ":".join(["9b", "4e", "02", "d7", "61", "aa", "93", "0c"] * 4)


class GalleryWindow(MainWindow):
    """The shell with pages of invented data."""

    def __init__(self, theme: Theme, jobs: Jobs, settings: QSettings) -> None:
        super().__init__(theme, jobs, settings, QApplication.clipboard())
        self.theme, self.settings = theme, settings
        self.setWindowTitle("Payments — mtlsgui")
        self.registry: ActionRegistry[None] = ActionRegistry(self, theme, lambda: None)
        self.registry.add(
            Action("authority.new", "New &authority…", lambda _: None, "ca", "Ctrl+Shift+N"),
            Action("certificate.server", "New &server certificate…", lambda _: None, "server"),
            Action("certificate.client", "New &client certificate…", lambda _: None, "client"),
            Action("import", "&Import…", lambda _: None, "import", "Ctrl+I"),
            Action("renew", "&Renew…", lambda _: None, "renew", enabled=lambda _: False),
            Action("palette", "&Command palette", lambda _: self.open_palette(), "", "Ctrl+K"),
            Action("quit", "&Quit", lambda _: self.close(), "", QKeySequence.StandardKey.Quit),
        )
        self.set_actions(
            self.registry,
            [
                MenuSpec("&File", ("authority.new", "certificate.server", None, "quit")),
                MenuSpec("&Edit", ("renew", "import")),
                MenuSpec("&View", ("palette",)),
            ],
        )
        for spec in (
            PageSpec("overview", "&Overview", "home", self.empty_page),
            PageSpec("authorities", "&Authorities", "authorities", self.authorities_page),
            PageSpec("requests", "&Requests", "requests", self.widgets_page),
            PageSpec("connections", "&Connections", "connections", self.empty_page),
            PageSpec("tools", "&Tools", "tools", self.empty_page),
            PageSpec("journal", "&Journal", "journal", self.empty_page),
            PageSpec("preferences", "&Preferences", "preferences", self.empty_page, True),
        ):
            self.add_page(spec)
        self.navigation.set_count("overview", 3)
        self.status.show_texts(["214 certificates, 3 authorities", "CA keys: GNOME Keyring"])

    def new_button(self) -> MenuButton:
        menu = self.registry.menu(["authority.new", "certificate.server", "certificate.client"])
        return MenuButton("New", menu, primary=True)

    def empty_page(self) -> QWidget:
        return EmptyState(
            self.theme,
            "Nothing here yet",
            "Make an authority to issue certificates from, or drop any certificate file here.",
            icon="authorities",
            actions=[self.registry["authority.new"], self.registry["import"]],
            links=[self.registry["certificate.server"]],
        )

    def authorities_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = PageHeader(self.theme, "Authorities")
        header.add_left(
            SearchField(self.theme, "Search names, serials, fingerprints"),
            SegmentedFilter(
                [
                    FilterOption("all", "All", 214),
                    FilterOption("soon", "Renew soon", 2),
                    FilterOption("expired", "Expired", 1),
                    FilterOption("revoked", "Revoked", 4),
                ],
                "Status",
            ),
        )
        header.add_right(plain_button("Import"), self.new_button())
        column.addWidget(header)
        self.split = InspectorSplit(
            self.theme, self.settings, "authorities", main=self.tree(), inspector=self.inspector()
        )
        column.addWidget(self.split, 1)
        return page

    def tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderLabels(["Name", "Expires", "Kind"])
        tree.setAccessibleName("Authorities")
        tree.setItemDelegate(RowDelegate(self.theme, tree))
        tree.setIndentation(self.theme.sizes.indent)
        root = QTreeWidgetItem(tree, ["Payments Root CA", "in 9 years", "Root CA"])
        root.setIcon(0, self.theme.icons.icon("ca", "accent"))
        for name, kind in (("api.payments.internal", "server"), ("reconciler", "client")):
            item = QTreeWidgetItem(root, [name, "in 29 days", kind])
            item.setIcon(0, self.theme.icons.icon(kind))
        tree.expandAll()
        tree.setColumnWidth(0, 330)
        tree.setCurrentIndex(tree.model().index(0, 0, tree.model().index(0, 0)))
        return tree

    def inspector(self) -> QWidget:
        tabs = UnderlineTabs("Inspector")
        tabs.add_tab("summary", "Summary", self.summary)
        for tab in ("Details", "Chain", "PEM", "Use it"):
            tabs.add_tab(tab.lower(), tab, self.empty_page)
        return tabs

    def summary(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(label("Server certificate", "muted"))
        column.addWidget(label("api.payments.internal", "heading"))
        column.addWidget(Pill(self.theme, "✓ Valid", Tone.GOOD))
        used = UsedBar(self.theme)
        used.show_used(61 / 90, Tone.GOOD, "24 Sep 2026", "61 of 90 days used", "23 Dec 2026")
        column.addWidget(used)
        column.addWidget(
            ButtonFlow(
                primary_button("Test connection"),
                plain_button("Renew"),
                plain_button("Export…"),
                MenuButton("", self.registry.menu(["renew", "import"])),
            )
        )
        fields = FieldList(self.theme, QApplication.clipboard())
        names = ChipFlow(self.theme)
        names.set_chips(["api.payments.internal", "api.payments.svc.cluster.local", "10.0.12.7"])
        fields.add_widget("Names", names)
        fields.add("Good for", "proving a server's identity (TLS server)")
        fields.add("Key", "ECDSA P-256, held encrypted in this workspace")
        fields.add("Serial", "3f:a2:11:90:4c:7e:08", monospace=True)
        fields.add("SHA-256", DIGEST, copy=DIGEST, monospace=True)
        column.addWidget(fields)
        column.addStretch()
        return page

    def widgets_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        buttons = [
            primary_button("Primary"),
            plain_button("Plain"),
            danger_button("Delete…"),
            destroy_button("Delete 3 certificates"),
            link_button("A link"),
            self.new_button(),
        ]
        off = primary_button("Disabled")
        off.setEnabled(False)
        plain_off = plain_button("Disabled")
        plain_off.setEnabled(False)
        column.addWidget(ButtonFlow(*buttons, off, plain_off))
        pills = QHBoxLayout()
        for tone in Tone:
            pills.addWidget(Pill(self.theme, tone.value.capitalize(), tone))
        pills.addStretch()
        column.addLayout(pills)
        for tone in (Tone.ACCENT, Tone.ATTENTION, Tone.BAD, Tone.GOOD):
            column.addWidget(
                Banner(
                    self.theme,
                    tone,
                    "The server refused your certificate: it expired 2 days ago.",
                    "The server is who it says it is.",
                    actions=[("Renew", lambda: None)],
                    dismissible=True,
                )
            )
        cards = QHBoxLayout()
        form = Form()
        name = QLineEdit("api.payments.internal")
        form.add("name", "&Name", name, "The first name becomes the common name.")
        choice = QComboBox()
        choice.addItems(["ECDSA P-256", "ECDSA P-384", "Ed25519"])
        form.add("key", "&Key", choice)
        days = number_field(1, 7300, 90, " days")
        form.add("days", "&Valid for", days)
        form.show_problems({"days": "The issuer ends before."}, {})
        cards.addWidget(form)
        card = Card("Certificate expired")
        card.body.addWidget(wrapped("It was valid until 21 Nov 2026, 14:00.", "muted"))
        card.body.addWidget(QCheckBox("Keep the &key"))
        checked = QCheckBox("Back up first")
        checked.setChecked(True)
        card.body.addWidget(checked)
        radio = QRadioButton("Make a new key")
        radio.setChecked(True)
        card.body.addWidget(radio)
        more = MoreSection(self.theme)
        more.body.addWidget(QLineEdit("hidden things"))
        more.set_open(True)
        card.body.addWidget(more)
        card.body.addStretch()
        cards.addWidget(card)
        text = QPlainTextEdit("openssl req -new -newkey ec \\\n -noenc -keyout api.key")
        text.setFont(self.theme.monospace())
        cards.addWidget(text)
        column.addLayout(cards)
        chips = ChipFlow(self.theme, removable=True)
        chips.set_chips(
            [
                ChipText("DNS bücher.internal → xn--bcher-kva.internal"),
                ChipText("10.0.12.7"),
                ChipText("api..internal", problem="an empty label"),
            ]
        )
        column.addWidget(chips)
        files = QListWidget()
        files.setItemDelegate(TwoLineDelegate(self.theme, Qt.ItemDataRole.UserRole, files))
        for first, second in (("www.example.com", "certificate · server.txt"), ("R11", "CA")):
            item = QListWidgetItem(first, files)
            item.setData(Qt.ItemDataRole.UserRole, second)
        files.setCurrentRow(0)
        column.addWidget(files)
        return page


class NamesPage(WizardPage):
    """Asks for a name."""

    def __init__(self, draft: dict[str, str]) -> None:
        super().__init__()
        self.draft = draft
        self.form = Form()
        self.edit = QLineEdit()
        self.form.add("name", "&Names", self.edit, "Separate them with commas, spaces or lines.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch()
        self.edit.textChanged.connect(self.changed)

    def changed(self, text: str) -> None:
        self.draft["name"] = text
        self.complete_changed.emit()

    def load(self) -> None:
        self.edit.setText(self.draft.get("name", ""))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        self.form.show_problems({p.field: p.message for p in problems})

    def first_field(self) -> QWidget:
        return self.edit


class ReviewPage(WizardPage):
    """Shows what will be made."""

    def __init__(self, theme: Theme, draft: dict[str, str]) -> None:
        super().__init__()
        self.draft = draft
        self.fields = FieldList(theme, QApplication.clipboard(), label_width=114)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(label("This is the certificate as it will be made.", "muted"))
        column.addWidget(self.fields)
        column.addWidget(
            Banner(
                theme,
                Tone.ATTENTION,
                "One thing to know.",
                "The issuing CA ends on 2 Mar 2027, nine days after this certificate.",
            )
        )
        column.addStretch()

    def load(self) -> None:
        self.fields.clear()
        self.fields.add("Subject", f"CN={self.draft['name']}", strong=True)
        self.fields.add("Issued by", "Payments Issuing CA 1")
        self.fields.add("Valid", "23 Nov 2026 to 21 Feb 2027")

    def side_panel(self) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("The same with openssl", "strong"))
        column.addWidget(QPlainTextEdit("openssl req -new -newkey ec"))
        column.addWidget(plain_button("Copy"), 0, Qt.AlignmentFlag.AlignLeft)
        return panel


def make_wizard(theme: Theme, made: list[str], parent: QWidget | None = None) -> WizardDialog:
    """A wizard of two pages over a draft that is a dict."""
    draft: dict[str, str] = {}

    def problems() -> list[Problem]:
        name = draft.get("name", "")
        return [] if name else [Problem("name", "Give at least one name.")]

    flow = Flow([Step("names", "Names", problems), Step("review", "Review")])
    wizard = WizardDialog(
        theme,
        "New server certificate",
        flow,
        {"names": NamesPage(draft), "review": ReviewPage(theme, draft)},
        finish_text="&Issue certificate",
        finish=lambda: made.append(draft["name"]),
        parent=parent,
    )
    wizard.set_extra_button("Save as profile…", lambda: None)
    return wizard


def show_scene(theme: Theme, jobs: Jobs, settings: QSettings, scene: str) -> QWidget:
    """The window of one scene, shown."""
    if scene == "wizard":
        wizard = make_wizard(theme, [])
        page = wizard.page
        assert isinstance(page, NamesPage)
        page.edit.setText("api.payments.internal")
        wizard.next_button.click()
        wizard.show()
        return wizard
    window = GalleryWindow(theme, jobs, settings)
    window.resize(900 if scene == "narrow" else 1280, 800)
    window.show()
    window.show_page("requests" if scene == "widgets" else "authorities")
    if scene == "empty":
        window.show_page("overview")
        window.show_error(
            MtlsguiError(
                "The keyring is locked", "GNOME Keyring asked.", "Unlock it and try again."
            )
        )
        window.show_crash("Importing 3 files", "details")
    if scene == "narrow":
        window.split.show_inspector()
    if scene == "palette":
        window.open_palette()
    if scene == "drop":
        window._overlay.cover()
    return window


def main(argv: Sequence[str]) -> int:
    out = Path(argv[1])
    scheme = SchemePreference(argv[2] if len(argv) > 2 else "light")
    os.environ["QT_SCALE_FACTOR"] = argv[3] if len(argv) > 3 else "1"
    scene = argv[4] if len(argv) > 4 else "main"
    app = QApplication(["gallery"])
    theme = Theme(app, scheme)
    jobs = Jobs()
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = show_scene(theme, jobs, settings, scene)
        for _ in range(3):
            app.processEvents()
        window.grab().save(str(out))
        window.close()
    jobs.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
