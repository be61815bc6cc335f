"""The page "Preferences": every answer is kept at once."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.actions import ActionRegistry
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.page import PageHeader
from mtlsgui.gui.preferences.appearance import AppearanceSection
from mtlsgui.gui.preferences.defaults import DefaultsSection
from mtlsgui.gui.preferences.expiry import ExpirySection
from mtlsgui.gui.preferences.private_keys import PrivateKeysSection
from mtlsgui.gui.preferences.profiles import ProfilesSection
from mtlsgui.gui.preferences.section import SettingsSection
from mtlsgui.gui.theme.theme import SchemePreference
from mtlsgui.gui.theme.tokens import GAP_LARGE, GAP_PAGE, Tone
from mtlsgui.gui.widgets.buttons import plain_button
from mtlsgui.gui.widgets.card import Banner, ButtonFlow
from mtlsgui.gui.widgets.labels import rule
from mtlsgui.gui.widgets.scroll import scrolling
from mtlsgui.gui.widgets.wheel import leave_wheel
from mtlsgui.gui.wizards.wording import by_field
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.workspace import preferring
from mtlsgui.workspace.preferences import Preferences
from mtlsgui.workspace.refusals import DraftRefused

_WIDTH = 640


class PreferencesPage(QWidget):
    """Sections one under another. registry: has the actions on keys and on the workspace."""

    def __init__(
        self, desk: Desk, registry: ActionRegistry[Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._fault: MtlsguiError | None = None
        self._refused: dict[str, str] = {}
        """What was answered and could not be kept, by field, with the reason."""
        self.banner: Banner | None = None
        self.again_button = plain_button(self.tr("Read again"))
        self.again_button.clicked.connect(lambda _checked=False: self.refresh())
        self.anew_button = plain_button(self.tr("Begin with the defaults"))
        self.anew_button.clicked.connect(lambda _checked=False: self._begin_anew())
        self.appearance = AppearanceSection(desk)
        self.defaults = DefaultsSection(desk)
        self.expiry = ExpirySection(desk)
        self.private_keys = PrivateKeysSection(desk, registry)
        self.profiles = ProfilesSection(desk)
        self.settings: tuple[SettingsSection, ...] = (self.appearance, self.defaults, self.expiry)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(desk.theme, self.tr("Preferences")))
        column.addWidget(scrolling(self._fill(), GAP_LARGE, GAP_PAGE), 1)
        for section in self.settings:
            section.changed.connect(self._keep)
        desk.changes.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the preferences as they are now, whoever changed them."""
        fault = preferring.take_up(self._desk.ws)
        if str(fault) != str(self._fault):
            self._fault = fault
            self._show_fault()
        self._show(self._desk.ws.preferences)
        self.private_keys.refresh()
        self.profiles.refresh()

    # -- keeping

    def _keep(self, field: str, value: Any) -> None:
        """Keep one answer, and say in its place why that did not go."""
        old = self._desk.ws.preferences
        if isinstance(getattr(old, field), KeyAlgorithm):
            value = KeyAlgorithm(value)
        new = replace(old, **{field: value})
        try:
            if new != old:
                preferring.keep(self._desk.ws, new)
        except DraftRefused as error:
            self._refused[field] = by_field(error.problems, blocking=True).get(field, str(error))
            self._show(old)
            return
        except MtlsguiError as error:
            self._refused[field] = str(error)
            self._show(old)
            return
        self._refused.pop(field, None)
        if field == "organization":
            self.defaults.organization.setModified(False)
        if field == "theme":
            self._desk.theme.set_preference(SchemePreference(new.theme))
        if new != old:
            self._desk.changes.announce()
        else:
            self._show(old)

    def _begin_anew(self) -> None:
        try:
            preferring.begin_anew(self._desk.ws)
        except MtlsguiError as error:
            self._fault = error
            self._show_fault()
            return
        self._desk.changes.announce()

    # -- showing

    def _show(self, preferences: Preferences) -> None:
        notices = by_field(preferring.problems(preferences), blocking=False)
        for section in self.settings:
            section.load(preferences)
            section.show_problems(self._refused, notices)

    def _show_fault(self) -> None:
        """Nothing can be changed while the file is unusable: keeping would replace the file."""
        if self.banner is not None:
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        if self._fault is not None:
            self.banner = Banner(
                self._desk.theme,
                Tone.BAD,
                self._fault.title,
                " ".join(
                    (
                        self._fault.detail,
                        self.tr("The defaults are used for now."),
                        self._fault.remedy,
                    )
                ),
            )
            self._banner_place.addWidget(self.banner)
        self._fault_buttons.setVisible(self._fault is not None)
        for section in self.settings:
            section.setEnabled(self._fault is None)

    def _fill(self) -> QWidget:
        content = _Content()
        content.setAccessibleName(self.tr("Preferences"))
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        column = QWidget()
        column.setMaximumWidth(round(_WIDTH * self._desk.theme.sizes.control / 30))
        row.addWidget(column, 1)
        row.addStretch()
        body = QVBoxLayout(column)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP_PAGE)
        self._banner_place = QVBoxLayout()
        body.addLayout(self._banner_place)
        self._fault_buttons = ButtonFlow(self.again_button, self.anew_button)
        body.addWidget(self._fault_buttons)
        self._fault_buttons.hide()
        sections = (*self.settings, self.private_keys, self.profiles)
        for number, section in enumerate(sections):
            if number:
                body.addWidget(rule())
            body.addWidget(section)
        body.addStretch()
        leave_wheel(content)
        return content

    # -- Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        if self._fault is None:
            for section in self.settings:
                section.commit()
        super().hideEvent(event)


class _Content(QWidget):
    """Leaves its height to its width: its layout's minimum is meant for a narrower one."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
