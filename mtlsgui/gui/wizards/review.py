"""The last page of each wizard: what will be made, what to know, the same with openssl."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from mtlsgui.gui.desk import Desk
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE, GAP_SMALL, Tone
from mtlsgui.gui.widgets.buttons import CopyButton
from mtlsgui.gui.widgets.card import Banner
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.flow import clear_layout
from mtlsgui.gui.widgets.labels import wrapped
from mtlsgui.gui.wizard.frame import WizardPage
from mtlsgui.gui.wizards.names_field import NameChips
from mtlsgui.gui.wizards.plans import NameLine
from mtlsgui.gui.words import core
from mtlsgui.pki.requests import Weighed
from mtlsgui.workspace.preview import Preview

_LABEL_WIDTH = 112
_COMMANDS_SCALE = 0.86
"""The commands are to be copied more than to be read."""


class ReviewPage(WizardPage):
    """Asks `preview` each time it comes up.

    lead: a sentence above. refused: what is not granted of a request.
    """

    def __init__(
        self,
        desk: Desk,
        preview: Callable[[], Preview],
        lead: str,
        refused: Callable[[], Sequence[Weighed]] = tuple,
    ) -> None:
        super().__init__()
        self._desk, self._preview, self._refused = desk, preview, refused
        self._commands = ""
        self.fields = FieldList(desk.theme, desk.clipboard, label_width=_LABEL_WIDTH)
        self.banners: list[Banner] = []
        self._banners = QVBoxLayout()
        self._banners.setSpacing(GAP_SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_LARGE)
        column.addWidget(wrapped(lead, "muted"))
        column.addWidget(self.fields)
        column.addLayout(self._banners)
        column.addStretch()
        self.commands = QPlainTextEdit()
        self.commands.setReadOnly(True)
        self.commands.setAcceptDrops(False)
        self.commands.setTabChangesFocus(True)
        self.commands.setProperty("role", "commands")
        small = desk.theme.monospace()
        small.setPointSizeF(small.pointSizeF() * _COMMANDS_SCALE)
        self.commands.setFont(small)
        self.commands.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.commands.setAccessibleName(self.tr("The same with openssl"))
        self._panel = self._side()

    def load(self) -> None:
        shown = self._preview()
        self._show_fields(shown)
        self._show_banners(shown)
        self._commands = shown.commands
        self.commands.setPlainText(shown.commands or self.tr("openssl has no command for this."))
        self.copy_button.setEnabled(bool(shown.commands))

    def side_panel(self) -> QWidget:
        return self._panel

    def _show_fields(self, shown: Preview) -> None:
        fields = self.fields
        fields.clear()
        fields.add(self.tr("Subject"), shown.subject or self.tr("empty"), strong=True)
        if shown.names:
            chips = NameChips(self._desk.theme, removable=False)
            fields.add_widget(self.tr("Names"), chips)
            chips.show_lines([NameLine(name.typed, name.shown) for name in shown.names])
        if shown.valid:
            fields.add(self.tr("Issued by"), self._issuer(shown))
            fields.add(self.tr("Valid"), shown.valid)
        fields.add(self.tr("Key"), shown.key)
        if shown.good_for:
            fields.add(self.tr("Good for"), ", ".join(map(core, shown.good_for)))
        if shown.limits:
            fields.add(self.tr("Limits"), "\n".join(shown.limits))
        if shown.revocation:
            fields.add(self.tr("Revocation"), "\n".join(shown.revocation))

    def _issuer(self, shown: Preview) -> str:
        if not shown.issued_by:
            return self.tr("itself")
        return self.tr("{} (key {})").format(shown.issued_by, shown.issuer_key)

    def _show_banners(self, shown: Preview) -> None:
        clear_layout(self._banners)
        self.banners = [
            Banner(
                self._desk.theme,
                Tone.ATTENTION if advice.severity == "warning" else Tone.ACCENT,
                advice.title,
                advice.text,
            )
            for advice in shown.advice
        ]
        refused = [line for line in self._refused() if line.reason]
        if refused:
            text = "\n".join(f"{line.what} {line.asked}: {line.reason}" for line in refused)
            self.banners.insert(
                0, Banner(self._desk.theme, Tone.ACCENT, self.tr("Not granted"), text)
            )
        for banner in self.banners:
            self._banners.addWidget(banner)

    def _side(self) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(wrapped(self.tr("The same with openssl"), "strong"))
        column.addWidget(self.commands, 1)
        self.copy_button = CopyButton(
            lambda: self._commands,
            self._desk.clipboard,
            what=self.tr("the commands"),
            link=False,
        )
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addStretch()
        column.addLayout(row)
        return panel
