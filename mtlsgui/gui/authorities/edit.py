"""Small dialogs over certificates: name, notes, tags, and the menu of colour labels."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QActionGroup, QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QPushButton, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.authorities import wording
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dialog import PanelDialog
from mtlsgui.gui.widgets.buttons import plain_button, primary_button
from mtlsgui.gui.widgets.card import ButtonFlow
from mtlsgui.gui.widgets.form import FormRow
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.workspace import editing

_MOST_TAGS_OFFERED = 24


class UseCaseDialog(PanelDialog):
    """A dialog that runs one use case, closes when it is done, and says when it failed.

    default: whether Enter does it.
    """

    def __init__(
        self,
        desk: Desk,
        heading: str,
        lead: str,
        accept: QPushButton,
        parent: QWidget | None = None,
        *,
        default: bool = True,
    ) -> None:
        super().__init__(desk.theme, heading, lead, width=440, parent=parent)
        self.desk = desk
        self.accept_button = self.add_button(accept, default=default)
        self.accept_button.clicked.connect(lambda _checked=False: self.apply())

    def apply(self) -> None:
        """Do what was asked for; subclasses call `run`."""
        raise NotImplementedError

    def run(self, use_case: Callable[[], object], title: str) -> None:
        """Run it in a worker. title: what is being done, for the status bar."""
        self.clear_message()
        self.set_busy(True)
        self.desk.jobs.run_task(
            lambda _control: use_case(), self._done, self._failed, title=title, owner=self
        )

    def _done(self, _result: object) -> None:
        self.desk.changes.look()
        self.accept()

    def _failed(self, error: MtlsguiError) -> None:
        self.set_busy(False)
        self.show_error(error)


class RenameDialog(UseCaseDialog):
    """Another name for a certificate in lists; what it says itself does not change."""

    def __init__(self, desk: Desk, row: CertificateRow, parent: QWidget | None = None) -> None:
        text = QCoreApplication.translate("RenameDialog", "Rename")
        super().__init__(desk, text, "", primary_button(text), parent)
        self._id = row.id
        self.name = QLineEdit(row.name)
        self.name.selectAll()
        hint = self.tr("Only how it is listed here. Leave it empty to use the certificate's own.")
        self.body.addWidget(FormRow(self.tr("&Name"), self.name, hint))

    def first_field(self) -> QWidget:
        return self.name

    def apply(self) -> None:
        text, ws = self.name.text(), self.desk.ws
        self.run(lambda: editing.rename(ws, self._id, text), self.tr("Renaming a certificate"))


class NotesDialog(UseCaseDialog):
    """Notes on a certificate, as plain text."""

    def __init__(self, desk: Desk, row: CertificateRow, parent: QWidget | None = None) -> None:
        save = primary_button(QCoreApplication.translate("NotesDialog", "Save"))
        heading = QCoreApplication.translate("NotesDialog", "Notes")
        super().__init__(desk, heading, row.name, save, parent)
        self._id = row.id
        self.notes = QPlainTextEdit(row.notes)
        self.notes.setTabChangesFocus(True)
        self.notes.setAccessibleName(heading)
        self.notes.setMinimumHeight(self.scaled(160))
        self.body.addWidget(self.notes)

    def first_field(self) -> QWidget:
        return self.notes

    def apply(self) -> None:
        text, ws = self.notes.toPlainText().strip(), self.desk.ws
        self.run(lambda: editing.annotate(ws, self._id, text), self.tr("Saving notes"))


class TagsDialog(UseCaseDialog):
    """The tags of certificates, separated by commas; those known are a click away."""

    def __init__(
        self, desk: Desk, rows: Sequence[CertificateRow], parent: QWidget | None = None
    ) -> None:
        save = primary_button(QCoreApplication.translate("TagsDialog", "Save"))
        heading = QCoreApplication.translate("TagsDialog", "Tags")
        lead = rows[0].name
        if len(rows) > 1:
            lead = QCoreApplication.translate("TagsDialog", "{} certificates").format(len(rows))
        super().__init__(desk, heading, lead, save, parent)
        self._ids = [row.id for row in rows]
        shared = [tag for tag in rows[0].tags if all(tag in row.tags for row in rows)]
        hint = self.tr("Separate them with commas.")
        if any(set(row.tags) != set(shared) for row in rows):
            hint = self.tr("Separate them with commas. All of them will have these and no others.")
        self.tags = QLineEdit(", ".join(shared))
        self.body.addWidget(FormRow(self.tr("&Tags"), self.tags, hint))
        known = desk.ws.inventory.certificates.tags()[:_MOST_TAGS_OFFERED]
        if known:
            self.body.addWidget(ButtonFlow(*(self._offer(tag) for tag in known)))

    def first_field(self) -> QWidget:
        return self.tags

    def _offer(self, tag: str) -> QPushButton:
        button = plain_button(tag.replace("&", "&&"))
        button.setAccessibleName(self.tr("Add the tag {}").format(tag))
        button.clicked.connect(lambda _checked=False: self._add(tag))
        return button

    def _add(self, tag: str) -> None:
        self.tags.setText(", ".join(dict.fromkeys([*self._typed(), tag])))

    def _typed(self) -> list[str]:
        return [part.strip() for part in self.tags.text().split(",") if part.strip()]

    def apply(self) -> None:
        tags, ws = self._typed(), self.desk.ws
        self.run(lambda: editing.tag(ws, self._ids, tags), self.tr("Saving tags"))


def colour_menu(desk: Desk, rows: Sequence[CertificateRow], parent: QWidget | None = None) -> QMenu:
    """A menu of the colour labels, the one that all have marked. A choice is kept at once."""
    menu = QMenu(QCoreApplication.translate("Authorities", "Colour label"), parent)
    group = QActionGroup(menu)
    present = {row.color for row in rows}
    ids = [row.id for row in rows]

    def choose(name: str | None) -> None:
        desk.jobs.run_task(
            lambda _control: editing.color(desk.ws, ids, name),
            lambda _done: desk.changes.look(),
            title=QCoreApplication.translate("Authorities", "Setting a colour label"),
            owner=parent,
        )

    for name in (None, *editing.COLORS):
        no_colour = QCoreApplication.translate("Authorities", "None")
        action = menu.addAction(no_colour if name is None else wording.colour_text(name))
        if name is not None:
            ring = desk.theme.tokens.text if present == {name} else ""
            side = desk.theme.sizes.icon
            action.setIcon(_swatch(wording.LABEL_COLOURS[name], side, ring))
        action.setCheckable(True)
        action.setChecked(present == {name})
        action.triggered.connect(lambda _checked=False, name=name: choose(name))
        group.addAction(action)
    return menu


def _swatch(colour: str, side: int, ring: str) -> QIcon:
    """A dot of the colour; ring: the colour of a ring about the one in use, or ""."""
    pixmap = QPixmap(4 * side, 4 * side)  # enough for any screen
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    place = QRectF(pixmap.rect())
    painter.drawEllipse(place.adjusted(side, side, -side, -side))
    if ring:
        width = side * 0.3
        painter.setPen(QPen(QColor(ring), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place.adjusted(width, width, -width, -width))
    painter.end()
    return QIcon(pixmap)
