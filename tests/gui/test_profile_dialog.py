"""The editor of profiles, on real files."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.preferences.profile_dialog import ProfileDialog
from mtlsgui.gui.preferences.profile_view import BuiltInProfileDialog
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import NameKind, Subject
from mtlsgui.pki.profiles import BUILT_IN, Profile, copy_of
from mtlsgui.workspace import profile_editing
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import CheapVaults, Clock

FULL = Profile(
    "web",
    "Web",
    "For the web.",
    days=30,
    key=KeyAlgorithm.RSA3072,
    key_usage=("digitalSignature", "keyAgreement", "encipherOnly"),
    extended_key_usage=("serverAuth", "1.3.6.1.5.5.7.3.17"),
    name_kinds=(NameKind.DNS, NameKind.URI),
    uri_schemes=("https", "spiffe"),
    domains=("example.com", "*.example.org"),
    names_required=False,
    subject=Subject(organization="Example", country="DE"),
)


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
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def edit(
    desk: Desk, profile: Profile, window: QWidget, replacing: str | None = None
) -> ProfileDialog:
    dialog = ProfileDialog(desk, profile, replacing, window)
    dialog.open()
    return dialog


def save(dialog: ProfileDialog, qtbot: QtBot) -> str:
    with qtbot.waitSignal(dialog.saved) as heard:
        dialog.save_button.click()
    assert heard.args is not None
    return str(heard.args[0])


def retype(dialog: ProfileDialog, name: str) -> None:
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, name)


def test_nothing_is_lost_by_opening_and_saving(
    ws: Workspace, desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    ws.profiles.save(FULL)
    dialog = edit(desk, FULL, window, "web")
    assert dialog.more.is_open
    assert save(dialog, qtbot) == "web"
    assert ws.profiles.get("web") == FULL


@pytest.mark.parametrize("profile", BUILT_IN.values(), ids=lambda profile: profile.id)
def test_a_copy_of_every_built_in_profile_is_the_same(
    ws: Workspace, desk: Desk, window: QWidget, qtbot: QtBot, profile: Profile
) -> None:
    dialog = edit(desk, copy_of(profile, "Mine"), window)
    assert save(dialog, qtbot) == "mine"
    kinds = tuple(kind for kind in NameKind if kind in profile.name_kinds)
    wanted = replace(profile, id="mine", name="Mine", name_kinds=kinds)
    assert ws.profiles.get("mine") == wanted


def test_a_profile_is_made_with_the_keyboard(
    ws: Workspace, desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    dialog = edit(desk, profile_editing.blank(ws), window)
    qtbot.waitUntil(dialog.isVisible)
    QTest.keyClicks(dialog.name, "Build agents")
    assert "build-agents" in dialog.form.rows["name"].note.text()
    QTest.keyClicks(dialog.description, "Agents that build.")
    dialog.validity.number.selectAll()
    QTest.keyClicks(dialog.validity.number, "14")
    dialog.key.setFocus()
    QTest.keyClick(dialog.key, Qt.Key.Key_Down)
    QTest.keyClick(dialog.purposes.boxes["clientAuth"], Qt.Key.Key_Space)
    QTest.keyClick(dialog.kinds.boxes["email"], Qt.Key.Key_Space)
    QTest.keyClick(dialog.names_required, Qt.Key.Key_Space)
    QTest.keyClicks(dialog.domains, "build.internal, ci.internal")
    QTest.keyClicks(dialog.schemes, "https:// SPIFFE:")
    QTest.keyClicks(dialog.subject.edits["organization"], "Example")
    with qtbot.waitSignal(dialog.saved):
        QTest.keyClick(dialog.subject.edits["organization"], Qt.Key.Key_Return)
    assert ws.profiles.get("build-agents") == Profile(
        "build-agents",
        "Build agents",
        "Agents that build.",
        days=14,
        key=KeyAlgorithm.P384,
        extended_key_usage=("clientAuth",),
        name_kinds=(NameKind.DNS, NameKind.IP, NameKind.URI),
        uri_schemes=("https", "spiffe"),
        domains=("build.internal", "ci.internal"),
        names_required=False,
        subject=Subject(organization="Example"),
    )


def test_all_that_is_wrong_is_said_in_its_place(
    ws: Workspace, desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    dialog = edit(desk, profile_editing.blank(ws), window)
    qtbot.waitUntil(dialog.isVisible)
    QTest.keyClick(dialog.key_usages.boxes["encipherOnly"], Qt.Key.Key_Space)
    for box in dialog.kinds.boxes.values():
        box.setChecked(False)
    QTest.keyClicks(dialog.domains, "exa_mple..org")
    QTest.keyClicks(dialog.schemes, "9p")
    QTest.keyClicks(dialog.other_purposes, "1.2.x")
    QTest.keyClicks(dialog.subject.edits["country"], "Germany")
    assert not any(row.problem for row in dialog.form.rows.values())  # nothing before one is done
    dialog.save_button.click()
    wrong = {field for field, row in dialog.form.rows.items() if row.problem}
    assert wrong == {
        "name",
        "key_usage",
        "name_kinds",
        "domains",
        "uri_schemes",
        "other_purposes",
        "subject",
    }
    assert dialog.more.is_open
    assert not dialog.busy
    assert not ws.layout.profiles.exists()
    dialog.names_required.setChecked(False)
    assert dialog.form.rows["name_kinds"].problem == ""
    QTest.keyClicks(dialog.name, "Good")
    assert dialog.form.rows["name"].problem == ""


def test_a_problem_out_of_sight_is_scrolled_to(desk: Desk, window: QWidget, qtbot: QtBot) -> None:
    dialog = edit(desk, copy_of(BUILT_IN["server"], "Web"), window)
    qtbot.waitUntil(dialog.isVisible)
    QTest.keyClicks(dialog.subject.edits["country"], "Germany")
    dialog.resize(dialog.width(), 400)
    dialog.save_button.click()
    row = dialog.form.rows["subject"]
    qtbot.waitUntil(lambda: not row.note.visibleRegion().isEmpty())
    assert "two letters" in row.problem


@pytest.mark.parametrize("name", ["Server", "server ", "Web"])
def test_a_name_that_is_taken_is_refused(
    ws: Workspace, desk: Desk, window: QWidget, name: str
) -> None:
    ws.profiles.save(FULL)
    dialog = edit(desk, profile_editing.blank(ws), window)
    QTest.keyClicks(dialog.name, name)
    dialog.save_button.click()
    assert "already" in dialog.form.rows["name"].problem
    assert ws.profiles.get("web") == FULL


def test_another_name_is_another_file(
    ws: Workspace, desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    ws.profiles.save(FULL)
    dialog = edit(desk, FULL, window, "web")
    retype(dialog, "Front ends")
    assert save(dialog, qtbot) == "front-ends"
    assert [path.name for path in ws.layout.profiles.iterdir()] == ["front-ends.toml"]
    assert ws.profiles.get("front-ends") == replace(FULL, id="front-ends", name="Front ends")


def test_a_profile_that_keeps_its_name_keeps_its_id(
    ws: Workspace, desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    """An id need not go with the name: files are written by hand, and scripts know them."""
    ws.profiles.save(replace(FULL, id="by-hand"))
    dialog = edit(desk, replace(FULL, id="by-hand"), window, "by-hand")
    dialog.validity.number.setValue(12)
    assert save(dialog, qtbot) == "by-hand"
    assert ws.profiles.get("by-hand").days == 12


def test_names_in_other_scripts_get_ids_of_their_own(
    ws: Workspace, desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    made = []
    for name in ("Сервер", "服务器"):
        dialog = edit(desk, profile_editing.blank(ws), window)
        dialog.name.setText(name)
        made.append(save(dialog, qtbot))
    assert made == ["profile", "profile-2"]
    assert ws.profiles.get("profile-2").name == "服务器"


def test_a_file_that_is_in_the_way_is_said_and_kept(
    ws: Workspace, desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    ws.layout.profiles.mkdir()
    broken = ws.layout.profiles / "web.toml"
    broken.write_text("not toml", "utf-8")
    dialog = edit(desk, replace(FULL, id=""), window)
    dialog.save_button.click()
    qtbot.waitUntil(lambda: dialog.message is not None)
    assert dialog.isVisible()
    assert broken.read_text("utf-8") == "not toml"


def test_cancel_keeps_nothing(ws: Workspace, desk: Desk, window: QWidget) -> None:
    ws.profiles.save(FULL)
    dialog = edit(desk, FULL, window, "web")
    retype(dialog, "Other")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert ws.profiles.get("web") == FULL


def test_built_in_ones_are_read_in_words(desk: Desk, window: QWidget, qtbot: QtBot) -> None:
    dialog = BuiltInProfileDialog(desk, BUILT_IN["spiffe"], window)
    dialog.open()
    said = [child.accessibleName() for child in dialog.fields.findChildren(QWidget)]
    assert "Valid for: 7 days" in said
    assert any(text.startswith("Purposes: Proving a server's identity") for text in said)
    assert "URIs: spiffe:" in said
    with qtbot.waitSignal(dialog.copy_requested):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
