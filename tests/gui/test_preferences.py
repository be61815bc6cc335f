"""The page of preferences on a real workspace: what is answered is kept at once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, QSettings, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.preferences.page import PreferencesPage
from mtlsgui.gui.preferences.profile_deletion import DeleteProfileDialog
from mtlsgui.gui.preferences.profile_dialog import ProfileDialog
from mtlsgui.gui.preferences.profile_view import BuiltInProfileDialog
from mtlsgui.gui.theme.theme import SchemePreference, Theme
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.profiles import BUILT_IN, copy_of
from mtlsgui.workspace import preferences as files
from mtlsgui.workspace import preferring
from mtlsgui.workspace.preferences import Preferences
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import CheapVaults, Clock
from tests.gui.keeping.support import find_dialog
from tests.gui.preferences_gallery import make_registry


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "w", CheapVaults(), clock=Clock()) as opened:
        yield opened


@pytest.fixture
def desk(ws: Workspace, theme: Theme, jobs: Jobs, settings: QSettings) -> Iterator[Desk]:
    made = Desk(ws, theme, jobs, settings, QApplication.clipboard(), Changes(ws))
    yield made
    made.changes.stop()


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def page(desk: Desk, done: list[str], qtbot: QtBot) -> PreferencesPage:
    return show(desk, done, qtbot)


def show(desk: Desk, done: list[str], qtbot: QtBot) -> PreferencesPage:
    window = QWidget()
    qtbot.addWidget(window)
    made = PreferencesPage(desk, make_registry(desk.theme, window, done), window)
    made.resize(800, 700)
    window.resize(800, 700)
    window.show()
    return made


def kept(ws: Workspace) -> Preferences:
    """What the file says, which is what the next start goes by."""
    return files.load(ws.layout.preferences)


def told(page: PreferencesPage) -> bool:
    """Whether a file that cannot be used is told of."""
    return page.banner is not None


def choose(combo: QComboBox, value: str) -> None:
    """Choose in a list as a person does, with the keyboard."""
    wanted = combo.findData(value)
    combo.setFocus()
    while combo.currentIndex() != wanted:
        up = wanted < combo.currentIndex()
        QTest.keyClick(combo, Qt.Key.Key_Up if up else Qt.Key.Key_Down)


def test_the_theme_changes_at_once(page: PreferencesPage, desk: Desk) -> None:
    choose(page.appearance.theme, "dark")
    assert desk.theme.preference is SchemePreference.DARK
    assert desk.theme.tokens.dark
    assert kept(desk.ws).theme == "dark"


def test_the_language_is_for_the_next_start(page: PreferencesPage, desk: Desk) -> None:
    choose(page.appearance.language, "en")
    assert kept(desk.ws).language == "en"
    assert "next start" in page.appearance.rows["language"].note.text()


def test_a_language_that_is_not_installed_here_is_still_shown(
    desk: Desk, done: list[str], qtbot: QtBot
) -> None:
    desk.ws.prefer(Preferences(language="tlh"))
    page = show(desk, done, qtbot)
    assert page.appearance.language.currentData() == "tlh"
    assert kept(desk.ws).language == "tlh"


def test_defaults_are_kept_and_offered(page: PreferencesPage, desk: Desk) -> None:
    QTest.keyClicks(page.defaults.organization, "Example Ltd")
    QTest.keyClick(page.defaults.organization, Qt.Key.Key_Return)
    leaf = page.defaults.validities["leaf_days"].number
    leaf.selectAll()
    QTest.keyClicks(leaf, "30")
    QTest.keyClick(leaf, Qt.Key.Key_Return)
    choose(page.defaults.keys["leaf_key"], "ed25519")
    choose(page.defaults.keys["authority_key"], "p521")
    found = kept(desk.ws)
    assert found == Preferences(
        theme=found.theme,
        organization="Example Ltd",
        leaf_days=30,
        leaf_key=KeyAlgorithm.ED25519,
        authority_key=KeyAlgorithm.P521,
    )
    assert page.defaults.rows["leaf_key"].note.text() == KeyAlgorithm.ED25519.advice
    assert "30 days · Ed25519" in page.profiles.list.lines.lines[0].second


def test_a_number_is_kept_once_it_is_typed_to_its_end(page: PreferencesPage, desk: Desk) -> None:
    field = page.expiry.certificates
    field.selectAll()
    QTest.keyClicks(field, "45")
    assert not desk.ws.layout.preferences.exists()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert kept(desk.ws).warn_days == 45


def test_warnings_count_at_once_and_everywhere(
    page: PreferencesPage, desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.changes.changed):
        page.expiry.certificates.setValue(40)
    page.expiry.authorities.setValue(200)
    assert desk.ws.inventory.warn == desk.ws.preferences.warn
    assert desk.ws.inventory.warn.end_entity_days == 40
    assert desk.ws.inventory.warn.authority_days == 200


def test_what_is_typed_is_kept_when_the_page_is_left(page: PreferencesPage, desk: Desk) -> None:
    QTest.keyClicks(page.defaults.organization, "Half")
    page.expiry.authorities.selectAll()
    QTest.keyClicks(page.expiry.authorities, "99")
    page.window().hide()
    assert kept(desk.ws).organization == "Half"
    assert kept(desk.ws).warn_authority_days == 99


def test_an_organisation_that_no_certificate_can_hold_is_refused_in_its_place(
    page: PreferencesPage, desk: Desk
) -> None:
    field, row = page.defaults.organization, page.defaults.rows["organization"]
    QTest.keyClicks(field, "x" * 65)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "at most 64" in row.problem
    assert not desk.ws.layout.preferences.exists()
    choose(page.appearance.language, "en")  # another answer leaves it as it is
    assert "at most 64" in row.problem
    assert field.text() == "x" * 65
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert row.problem == ""
    assert kept(desk.ws).organization == "x" * 64


def test_going_back_to_what_was_takes_the_problem_away(page: PreferencesPage, desk: Desk) -> None:
    field, row = page.defaults.organization, page.defaults.rows["organization"]
    QTest.keyClicks(field, "x" * 65)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert row.problem
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert row.problem == ""


def test_answers_that_do_not_go_together_are_told(page: PreferencesPage) -> None:
    page.expiry.certificates.setValue(90)
    assert "at once" in page.expiry.rows["warn_days"].problem
    page.defaults.validities["intermediate_days"].number.setValue(12)
    assert "outlive" in page.defaults.rows["intermediate_days"].problem
    page.defaults.validities["root_days"].number.setValue(21)
    assert "20 years" in page.defaults.rows["root_days"].problem
    page.expiry.certificates.setValue(10)
    assert page.expiry.rows["warn_days"].problem == ""


def test_what_cannot_be_written_is_said_and_not_shown(page: PreferencesPage, desk: Desk) -> None:
    desk.ws.layout.preferences.mkdir()  # nothing can be written in its place, whoever runs this
    page.expiry.certificates.setValue(60)
    assert page.expiry.rows["warn_days"].problem
    assert desk.ws.preferences.warn_days == 21
    assert page.expiry.certificates.value() == 21
    desk.ws.layout.preferences.rmdir()
    page.expiry.certificates.setValue(60)
    assert page.expiry.rows["warn_days"].problem == ""
    assert kept(desk.ws).warn_days == 60


def test_what_another_process_keeps_is_shown_and_not_undone(
    page: PreferencesPage, desk: Desk
) -> None:
    files.save(Preferences(organization="Other", warn_days=5), desk.ws.layout.preferences)
    page.refresh()
    assert page.defaults.organization.text() == "Other"
    assert desk.ws.inventory.warn.end_entity_days == 5
    choose(page.appearance.language, "en")
    assert kept(desk.ws) == Preferences(organization="Other", warn_days=5, language="en")


def test_the_wheel_passes_over_fields_without_the_keyboard(
    page: PreferencesPage, desk: Desk
) -> None:
    page.defaults.organization.setFocus()
    field = page.expiry.certificates
    turned = QWheelEvent(
        QPointF(field.rect().center()),
        QPointF(field.mapToGlobal(field.rect().center())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, turned)
    assert field.value() == 21
    field.setFocus()
    assert field.hasFocus()
    QApplication.sendEvent(field, turned)
    assert field.value() > 21


# -- a file that cannot be used


def test_an_unusable_file_is_told_and_left_alone(desk: Desk, done: list[str], qtbot: QtBot) -> None:
    path = desk.ws.layout.preferences
    path.write_text("leaf_days = 'soon'", "utf-8")
    page = show(desk, done, qtbot)
    assert page.banner is not None
    said = page.banner.sentence.text() + page.banner.text.text()
    assert "leaf_days" in said
    assert "Mend the file" in said
    assert not page.defaults.isEnabled()
    assert page.private_keys.isEnabled()
    assert page.anew_button.isVisible()
    assert desk.ws.preferences == Preferences()  # other pages go on with the defaults
    page.window().hide()
    assert path.read_text("utf-8") == "leaf_days = 'soon'"


def test_an_unusable_file_is_put_aside_when_asked(
    desk: Desk, done: list[str], qtbot: QtBot
) -> None:
    path = desk.ws.layout.preferences
    path.write_text("leaf_days = 'soon'", "utf-8")
    page = show(desk, done, qtbot)
    assert page.banner is not None
    page.again_button.click()
    assert page.banner is not None
    page.anew_button.click()
    assert not told(page)
    assert page.defaults.isEnabled()
    assert not page.anew_button.isVisible()
    assert kept(desk.ws) == Preferences()
    [aside] = path.parent.glob("preferences.toml.unused-*")
    assert aside.read_text("utf-8") == "leaf_days = 'soon'"


def test_a_mended_file_is_read_again(desk: Desk, done: list[str], qtbot: QtBot) -> None:
    path = desk.ws.layout.preferences
    path.write_text("leaf_days = 'soon'", "utf-8")
    page = show(desk, done, qtbot)
    assert page.banner is not None
    path.write_text("leaf_days = 14", "utf-8")
    page.again_button.click()
    assert not told(page)
    assert page.defaults.validities["leaf_days"].days == 14


def test_taking_up_tells_what_is_wrong(ws: Workspace) -> None:
    assert preferring.take_up(ws) is None
    ws.layout.preferences.write_text("theme = 'pink'", "utf-8")
    fault = preferring.take_up(ws)
    assert fault is not None
    assert "theme" in fault.detail
    assert ws.preferences == Preferences()


# -- private keys


def test_where_keys_are_held(page: PreferencesPage, desk: Desk) -> None:
    assert "when the first key is made" in page.private_keys.place.text()
    desk.ws.custody.set_up("file", "correct horse")
    desk.changes.announce()
    assert "a passphrase-protected file" in page.private_keys.place.text()


def test_the_buttons_are_the_windows_actions(page: PreferencesPage, done: list[str]) -> None:
    buttons = {**page.private_keys.keys.buttons, **page.private_keys.workspace.buttons}
    assert not buttons["vault.passphrase"].isEnabled()
    for name in ("vault.move", "vault.lock", "workspace.back_up", "workspace.restore"):
        buttons[name].click()
    assert done == ["vault.move", "vault.lock", "workspace.back_up", "workspace.restore"]


# -- profiles


def names(page: PreferencesPage) -> list[str]:
    return [line.first for line in page.profiles.list.lines.lines]


def test_built_in_profiles_come_first_and_cannot_be_deleted(page: PreferencesPage) -> None:
    assert names(page) == [profile.name for profile in BUILT_IN.values()]
    assert page.profiles.edit_button.text() == "Show…"
    assert not page.profiles.delete_button.isEnabled()
    QTest.keyClick(page.profiles.list, Qt.Key.Key_Delete)
    assert page.window().findChildren(DeleteProfileDialog) == []
    QAbstractItemModelTester(
        page.profiles.list.lines, QAbstractItemModelTester.FailureReportingMode.Fatal
    )


def test_a_built_in_profile_is_copied_to_be_changed(page: PreferencesPage, qtbot: QtBot) -> None:
    page.profiles.choose("peer")
    page.profiles.list.setFocus()
    QTest.keyClick(page.profiles.list, Qt.Key.Key_Return)
    shown = find_dialog(qtbot, BuiltInProfileDialog)
    said = [found.text() for found in shown.findChildren(QLabel)]
    assert "Peer" in said
    QTest.keyClick(shown, Qt.Key.Key_Return)
    editor = find_dialog(qtbot, ProfileDialog)
    assert editor.name.text() == "Peer copy"
    with qtbot.waitSignal(editor.saved):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert names(page)[-1] == "Peer copy"
    assert page.profiles.current is not None
    assert page.profiles.current.id == "peer-copy"
    assert page.profiles.edit_button.text() == "Edit…"


def test_a_profile_is_deleted_after_a_question(
    page: PreferencesPage, desk: Desk, qtbot: QtBot
) -> None:
    desk.ws.profiles.save(copy_of(BUILT_IN["server"], "Web"))
    page.refresh()
    page.profiles.choose("web")
    page.profiles.delete_button.click()
    question = find_dialog(qtbot, DeleteProfileDialog)
    assert "Web" in question.heading.text()
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert "Web" in names(page)
    with qtbot.waitSignal(question.accepted):
        question.delete_button.click()
    assert "Web" not in names(page)
    assert page.profiles.current == page.profiles._profiles[0]


def test_what_is_chosen_stays_when_profiles_change(page: PreferencesPage, desk: Desk) -> None:
    page.profiles.choose("client")
    desk.ws.profiles.save(copy_of(BUILT_IN["server"], "Web"))
    desk.changes.announce()
    assert "Web" in names(page)
    assert page.profiles.current is not None
    assert page.profiles.current.id == "client"


def test_files_that_are_passed_over_are_named(page: PreferencesPage, desk: Desk) -> None:
    folder = desk.ws.layout.profiles
    folder.mkdir()
    (folder / "web.toml").write_text("name = 'Web'\ndays = 'many'", "utf-8")
    page.refresh()
    assert page.profiles.banner is not None
    said = page.profiles.banner.sentence.text() + page.profiles.banner.text.text()
    assert "web.toml" in said
    assert "days" in said
    (folder / "old.toml").write_text("not toml", "utf-8")
    page.refresh()
    assert "old.toml" in page.profiles.banner.text.text()
    assert "web.toml" in page.profiles.banner.text.text()
    for path in folder.iterdir():
        path.unlink()
    page.refresh()
    assert page.profiles.banner is None


class Opened(QObject):
    """Stands where the system's file manager would."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.urls.append(url.toLocalFile())


def test_the_folder_is_opened_and_made_for_it(page: PreferencesPage, desk: Desk) -> None:
    opened = Opened()
    QDesktopServices.setUrlHandler("file", opened, "open")  # type: ignore[arg-type]  # not bytes, as the stubs say
    try:
        page.profiles.folder_button.click()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert opened.urls == [str(desk.ws.layout.profiles)]
    assert desk.ws.layout.profiles.is_dir()


def test_new_profiles_begin_with_the_preferences(
    page: PreferencesPage, desk: Desk, qtbot: QtBot
) -> None:
    desk.ws.prefer(replace(desk.ws.preferences, leaf_days=45, leaf_key=KeyAlgorithm.P384))
    page.profiles.new_button.click()
    editor = find_dialog(qtbot, ProfileDialog)
    assert editor.profile.days == 45
    assert editor.profile.key is KeyAlgorithm.P384
    assert editor.name.text() == ""
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not desk.ws.layout.profiles.exists()
