"""The section for profiles: those built in and the person's own."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.preferences.profile_deletion import DeleteProfileDialog
from mtlsgui.gui.preferences.profile_dialog import ProfileDialog
from mtlsgui.gui.preferences.profile_view import BuiltInProfileDialog
from mtlsgui.gui.preferences.section import Section
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.two_lines import Line, LineList
from mtlsgui.gui.widgets.buttons import danger_button, link_button, plain_button
from mtlsgui.gui.widgets.card import Banner, ButtonFlow
from mtlsgui.gui.words import core
from mtlsgui.pki.profiles import Profile, copy_of
from mtlsgui.workspace import offering, profile_editing

_ROWS = 8


class ProfilesSection(Section):
    """The list of profiles, and what can be done with the one chosen; empty until `refresh`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._profiles: tuple[Profile, ...] = ()
        self._fault = ""
        self.banner: Banner | None = None
        self.set_title(
            self.tr("Profiles"),
            self.tr(
                "What certificates of one kind have in common. Those built in are copied to be "
                "changed."
            ),
        )
        self.list = LineList(desk.theme, self.tr("Profiles"), rows=_ROWS)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.body.addWidget(self.list)
        self.new_button = plain_button(self.tr("Ne&w…"))
        self.copy_button = plain_button(self.tr("Copy…"))
        self.edit_button = plain_button(self.tr("Edit…"))
        self.delete_button = danger_button(self.tr("Delete…"))
        self.folder_button = link_button(self.tr("Open folder"))
        self.body.addWidget(
            ButtonFlow(
                self.new_button,
                self.copy_button,
                self.edit_button,
                self.delete_button,
                self.folder_button,
            )
        )
        self.new_button.clicked.connect(lambda _checked=False: self.new())
        self.copy_button.clicked.connect(lambda _checked=False: self.copy())
        self.edit_button.clicked.connect(lambda _checked=False: self.edit())
        self.delete_button.clicked.connect(lambda _checked=False: self.delete())
        self.folder_button.clicked.connect(lambda _checked=False: self.open_folder())
        self.list.activated.connect(lambda _index: self.edit())
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        delete.activated.connect(self.delete)

    # -- what is chosen

    @property
    def current(self) -> Profile | None:
        """The profile that is chosen."""
        row = self.list.currentIndex().row()
        return self._profiles[row] if 0 <= row < len(self._profiles) else None

    def choose(self, profile_id: str) -> None:
        """Choose a profile by its id; nothing happens where there is none."""
        for row, profile in enumerate(self._profiles):
            if profile.id == profile_id:
                index = self.list.lines.index(row)
                self.list.selectionModel().setCurrentIndex(
                    index, QItemSelectionModel.SelectionFlag.ClearAndSelect
                )

    def refresh(self) -> None:
        """Read the profiles again, which may have been changed as files."""
        chosen = self.current
        found = offering.profiles(self._desk.ws)
        if found != self._profiles or not self._profiles:
            self._profiles = found
            self.list.set_lines([self._line(profile) for profile in found])
            self.choose(chosen.id if chosen is not None else found[0].id)
            if self.current is None:  # it was deleted, or its name was changed
                self.choose(found[0].id)
        self._show_unreadable(self._desk.ws.profiles.unreadable())
        self._renew_buttons()

    # -- what can be done

    def new(self) -> None:
        """A profile from nothing."""
        self._edit(profile_editing.blank(self._desk.ws))

    def copy(self) -> None:
        """A profile that begins as the one chosen."""
        if self.current is not None:
            name = self.tr("{} copy").format(self.current.name)
            self._edit(copy_of(self.current, name))

    def edit(self) -> None:
        """Change the one chosen; show it where it is built in."""
        profile = self.current
        if profile is None:
            return
        if profile.built_in:
            dialog = BuiltInProfileDialog(self._desk, profile, self.window())
            dialog.copy_requested.connect(self.copy)
            dialog.open()
        else:
            self._edit(profile, profile.id)

    def delete(self) -> None:
        """Ask whether to delete the one chosen."""
        if self.current is not None and not self.current.built_in:
            DeleteProfileDialog(self._desk, self.current, self.window()).open()

    def open_folder(self) -> None:
        """Show the files in the system's file manager."""
        folder = self._desk.ws.layout.profiles
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            self._desk.jobs.failed.emit(
                MtlsguiError(
                    self.tr("The folder of profiles cannot be made."), f"{folder}: {error.strerror}"
                )
            )
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _edit(self, profile: Profile, replacing: str | None = None) -> None:
        dialog = ProfileDialog(self._desk, profile, replacing, self.window())
        dialog.saved.connect(self._saved)
        dialog.open()

    def _saved(self, profile_id: str) -> None:
        self.refresh()
        self.choose(profile_id)

    # -- showing

    def _current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._renew_buttons()

    def _renew_buttons(self) -> None:
        profile = self.current
        built_in = profile is not None and profile.built_in
        self.copy_button.setEnabled(profile is not None)
        self.edit_button.setEnabled(profile is not None)
        self.edit_button.setText(self.tr("Show…") if built_in else self.tr("Edit…"))
        self.edit_button.setAccessibleName(self.edit_button.text())
        self.delete_button.setEnabled(profile is not None and not built_in)

    def _line(self, profile: Profile) -> Line:
        about = self.tr("1 day") if profile.days == 1 else self.tr("{} days").format(profile.days)
        second = " · ".join(
            part
            for part in (core(profile.description).removesuffix("."), about, profile.key.label)
            if part
        )
        return Line(profile.name, second, self.tr("Built in") if profile.built_in else "")

    def _show_unreadable(self, faults: tuple[MtlsguiError, ...]) -> None:
        """Files that are passed over, each with its reason."""
        text = "\n".join(str(fault) for fault in faults)
        if text == self._fault:
            return
        self._fault = text
        if self.banner is not None:
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        if not faults:
            return
        if len(faults) == 1:
            said = " ".join(part for part in (faults[0].detail, faults[0].remedy) if part)
            self.banner = Banner(self._desk.theme, Tone.ATTENTION, faults[0].title, said)
        else:
            sentence = self.tr("{} files of profiles cannot be used.").format(len(faults))
            self.banner = Banner(self._desk.theme, Tone.ATTENTION, sentence, text)
        self.body.addWidget(self.banner)
