"""The right side: what will be made, how, and the buttons that make it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextOption
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import CertificateItem, Item, PrivateKeyItem
from mtlsgui.gui import words
from mtlsgui.gui.converting.options import OptionsPanel
from mtlsgui.gui.converting.questions import ReplaceQuestion
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.key_protection import PlainKeyQuestion
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE, GAP_PAGE, GAP_SMALL, HEADING_SCALE, Tone
from mtlsgui.gui.two_lines import Line, LineList
from mtlsgui.gui.widgets.buttons import CopyButton, plain_button, primary_button
from mtlsgui.gui.widgets.card import Banner
from mtlsgui.gui.widgets.labels import label, rule, wrapped
from mtlsgui.gui.widgets.more import MoreSection
from mtlsgui.workspace import converting, output_files
from mtlsgui.workspace.converting import Content, Plan, Role, name_of
from mtlsgui.workspace.output_files import OutputFile, save_as, write_files

translate = QCoreApplication.translate

_MOST_LINES = 500
"""Rows that are listed; of more, how many there are is said."""
_COMMANDS_HEIGHT = 96


class ResultPanel(QWidget):
    """What the page's choice leads to."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self._plan: Plan | None = None
        self._items: Sequence[Item] = ()
        self.title = label("", "heading")
        self.title.setFont(theme.font(HEADING_SCALE, strong=True))
        self.describes = wrapped("", "muted")
        self.notice: Banner | None = None
        self._banners = QVBoxLayout()
        self._banners.setSpacing(GAP_SMALL)
        self.banners: list[Banner] = []
        self.options = OptionsPanel(theme)
        self.contents_heading = label(self.tr("What will be in it"), "section")
        self.contents = LineList(theme, self.contents_heading.text(), rows=8)
        self.left_out = MoreSection(theme, self.tr("Left out"))
        self.left_out_list = LineList(theme, self.tr("Left out"), rows=6)
        self.left_out.body.addWidget(self.left_out_list)
        self.same = MoreSection(theme, self.tr("The same on the command line"))
        self.commands = self._make_commands()
        self.copy_commands = CopyButton(
            self.commands.toPlainText, desk.clipboard, what=self.tr("the commands")
        )
        self.same.body.addWidget(self.commands)
        self.same.body.addWidget(self.copy_commands, 0, Qt.AlignmentFlag.AlignLeft)
        self.save_button = primary_button(self.tr("&Save…"))
        self.save_button.clicked.connect(lambda _checked=False: self._begin(self._ask_where))
        self.copy_button = plain_button(self.tr("&Copy"))
        self.copy_button.clicked.connect(lambda _checked=False: self._begin(self._copy))

        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(GAP_PAGE + 6, GAP_PAGE, GAP_PAGE, GAP_PAGE)
        body.setSpacing(GAP_LARGE)
        self._notices = QVBoxLayout()
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(self.title)
        heading.addWidget(self.describes)
        for part in (self._notices, heading, self._banners):
            body.addLayout(part)
        for widget in (
            self.contents_heading,
            self.contents,
            self.left_out,
            self.options,
            self.same,
        ):
            body.addWidget(widget)
        body.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        self._area = area
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(0)
        foot.addWidget(rule())
        buttons = QHBoxLayout()
        foot.addLayout(buttons)
        buttons.setContentsMargins(GAP_PAGE, GAP, GAP_PAGE, GAP)
        buttons.setSpacing(GAP_SMALL)
        buttons.addStretch()
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        column.addWidget(self._foot)
        self.setMinimumWidth(320)

    # -- what the page calls

    def forget(self) -> None:
        """Forget what was planned and typed."""
        self._plan, self._items = None, ()
        self.options.forget()
        self._notify(None)
        self.show_nothing()

    def show_nothing(self, why: str = "") -> None:
        """Nothing can be made of what is ticked. why: a sentence, for people."""
        self._plan = None
        self.title.setText(self.tr("Nothing to convert"))
        self.describes.setText(why)
        self._show_banners([])
        for part in (self.options, self.contents_heading, self.contents, self.left_out, self.same):
            part.hide()
        self._foot.hide()

    def show_plan(self, plan: Plan, items: Sequence[Item]) -> None:
        """Show what will be made of the items."""
        self._plan, self._items = plan, items
        self.title.setText(words.core(plan.target.label))
        self.describes.setText(words.core(plan.target.describes))
        self.options.show_plan(plan)
        self.options.show()
        self._show_banners(self._sayings(plan))
        self._list(plan)
        self.commands.setPlainText(plan.commands)
        self.same.setVisible(bool(plan.commands) and plan.can_be_made)
        self.save_button.setEnabled(plan.can_be_made)
        single = not plan.target.is_several_files
        self.copy_button.setVisible(single and plan.target.is_text)
        self.copy_button.setEnabled(plan.can_be_made)
        self._foot.show()

    # -- showing

    def _list(self, plan: Plan) -> None:
        owners = {
            item.facts.spki_sha256: name_of(item)
            for item in reversed([each.item for each in plan.contents])
            if isinstance(item, CertificateItem)
        }
        lines = [
            Line(visible(each.what), _second_line(each, owners))
            for each in plan.contents[:_MOST_LINES]
        ]
        if len(plan.contents) > _MOST_LINES:
            more = len(plan.contents) - _MOST_LINES
            lines.append(Line(self.tr("and {} more").format(f"{more:,}")))
        for part in (self.contents_heading, self.contents):
            part.setVisible(bool(lines) and plan.can_be_made)
        self.contents.set_lines(lines)
        self.left_out_list.set_lines(
            [
                Line(visible(words.core(each.what)), words.core(each.why))
                for each in plan.left_out[:_MOST_LINES]
            ]
        )
        self.left_out.button.setText(self.tr("{} left out").format(f"{len(plan.left_out):,}"))
        self.left_out.setVisible(bool(plan.left_out) and plan.can_be_made)

    def _sayings(self, plan: Plan) -> list[tuple[Tone, str]]:
        if plan.problems:
            return [(Tone.BAD, words.core(each)) for each in plan.problems]
        said = [(Tone.ATTENTION, words.core(each)) for each in plan.warnings]
        return [*((Tone.ACCENT, each.sentence) for each in plan.missing), *said]

    def _show_banners(self, sayings: Sequence[tuple[Tone, str]]) -> None:
        for old in self.banners:
            self._banners.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.banners = []
        for tone in (Tone.BAD, Tone.ATTENTION, Tone.ACCENT):
            texts = [visible(text) for each, text in sayings if each is tone]
            if texts:
                banner = Banner(self._desk.theme, tone, "", "\n".join(texts))
                banner.setAccessibleName(" ".join(texts))
                self.banners.append(banner)
                self._banners.addWidget(banner)

    def _notify(self, banner: Banner | None) -> None:
        if self.notice is not None:
            self._notices.removeWidget(self.notice)
            self.notice.hide()
            self.notice.deleteLater()
        self.notice = banner
        if banner is not None:
            self._notices.addWidget(banner)
            self._area.verticalScrollBar().setValue(0)

    def _make_commands(self) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setReadOnly(True)
        made.setAcceptDrops(False)
        made.setTabChangesFocus(True)
        made.setProperty("role", "commands")
        made.setFont(self._desk.theme.monospace())
        made.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        made.setAccessibleName(self.tr("The same on the command line"))
        made.setFixedHeight(_COMMANDS_HEIGHT)
        return made

    # -- making

    def _begin(self, then: Callable[[Sequence[OutputFile]], object]) -> None:
        """Render, once all is said and a key in the clear was agreed to."""
        plan = self._plan
        if plan is None or not plan.can_be_made or not self.options.check():
            return
        if plan.has_key and self.options.wants_plain_key:
            question = PlainKeyQuestion(self._desk, copies=then == self._copy, parent=self.window())
            question.accepted.connect(lambda: self._render(plan, then))
            question.open()
        else:
            self._render(plan, then)

    def _render(self, plan: Plan, then: Callable[[Sequence[OutputFile]], object]) -> None:
        items, options = self._items, self.options.options()
        self.save_button.setEnabled(False)
        self._desk.jobs.run_task(
            lambda _control: converting.render(
                converting.plan(items, plan.target, options, now=plan.now)
            ),
            then,
            self._failed,
            title=self.tr("Converting to {}").format(words.core(plan.target.label)),
            owner=self,
            on_finished=lambda: self.save_button.setEnabled(True),
        )

    def _copy(self, files: Sequence[OutputFile]) -> None:
        self._desk.clipboard.setText(b"".join(each.data for each in files).decode("utf-8"))
        self._notify(Banner(self._desk.theme, Tone.GOOD, "", self.tr("Copied."), dismissible=True))

    def _ask_where(self, files: Sequence[OutputFile]) -> None:
        dialog = QFileDialog(self.window(), self.tr("Save as"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(files) == 1:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(files[0].name)
            dialog.fileSelected.connect(lambda name: self.save(files, Path(name)))
        else:
            dialog.setWindowTitle(self.tr("Save into a folder"))
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.fileSelected.connect(lambda name: self.save_all(files, Path(name)))
        dialog.open()

    def save(self, files: Sequence[OutputFile], path: Path) -> None:
        """Write the one file; the system's dialog has asked before replacing another."""
        (only,) = files
        self._write(lambda: save_as(only, path))

    def save_all(self, files: Sequence[OutputFile], folder: Path) -> None:
        """Write several into a folder, and ask where some are there already."""
        there = output_files.existing(files, folder)
        if not there:
            self._write(lambda: write_files(files, folder, overwrite=False)[0])
            return
        question = ReplaceQuestion(self._desk, there, self.window())
        question.accepted.connect(
            lambda: self._write(lambda: write_files(files, folder, overwrite=True)[0])
        )
        question.open()

    def _write(self, write: Callable[[], Path]) -> None:
        self._desk.jobs.run_task(
            lambda _control: write(), self._saved, self._failed, title=self.tr("Saving"), owner=self
        )

    def _saved(self, path: Path) -> None:
        self.options.password.clear()
        show = (
            self.tr("Show in folder"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
        )
        text = self.tr("Saved as {}.").format(path)
        self._notify(
            Banner(self._desk.theme, Tone.GOOD, "", text, actions=[show], dismissible=True)
        )

    def _failed(self, error: MtlsguiError) -> None:
        text = " ".join(part for part in (error.detail, error.remedy) if part)
        self._notify(Banner(self._desk.theme, Tone.BAD, error.title, text, dismissible=True))


def _second_line(content: Content, owners: Mapping[str | None, str]) -> str:
    """What it is in the file. owners: names of certificates, by their public keys."""
    item = content.item
    if content.role is Role.KEY and isinstance(item, PrivateKeyItem):
        name = owners.get(item.spki_sha256) if item.spki_sha256 else None
        if name is not None:
            return visible(translate("Converting", "belongs to {}").format(name))
        return translate("Converting", "on its own")
    return _role_words(content.role)


def _role_words(role: Role) -> str:
    return {
        Role.LEAF: translate("Converting", "the certificate itself"),
        Role.INTERMEDIATE: translate("Converting", "intermediate"),
        Role.ROOT: translate("Converting", "root"),
        Role.TRUSTED: translate("Converting", "will be trusted"),
        Role.REQUEST: translate("Converting", "request"),
        Role.CRL: translate("Converting", "revocation list"),
        Role.PUBLIC_KEY: translate("Converting", "public key"),
    }.get(role, "")
