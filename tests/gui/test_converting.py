"""The page that converts: real files in, what was chosen out, and nothing in the clear unasked."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from mtlsgui.formats.files import read_file
from mtlsgui.gui.converting.each import ReportDialog
from mtlsgui.gui.converting.page import ConvertPage
from mtlsgui.gui.converting.questions import ReplaceQuestion
from mtlsgui.gui.converting.sources import SourcesModel, can_be_taken
from mtlsgui.gui.converting.targets import TargetsModel
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.key_protection import PlainKeyQuestion
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.tools.page import ToolsPage
from mtlsgui.gui.two_lines import LineList
from mtlsgui.workspace.converting import Target
from tests.gui.authorities_support import Clock, make_workspace
from tests.gui.inspecting_support import PASSPHRASE, Files
from tests.gui.keeping.support import find_dialog

NEW = "a new passphrase of mine"


class Bench:
    """The tools over an empty workspace, and a folder of files."""

    def __init__(self, qtbot: QtBot, desk: Desk, files: Files) -> None:
        self.qtbot, self.desk, self.files = qtbot, desk, files
        self.tools = ToolsPage(desk)
        qtbot.addWidget(self.tools)
        self.tools.resize(1240, 760)
        self.tools.show()
        qtbot.waitExposed(self.tools)

    @property
    def page(self) -> ConvertPage:
        return self.tools.converter

    def drop(self, *paths: Path) -> None:
        """Drop the files, and convert them."""
        self.tools.show_files(paths)
        self.settle()
        self.tools.dropped.header.convert_button.click()
        self.settle()

    def settle(self) -> None:
        """Wait until everything is read, planned and shown."""

        def at_rest() -> bool:
            QApplication.processEvents()
            return self.desk.jobs.running == 0 and not self.page.is_planning

        self.qtbot.waitUntil(at_rest, timeout=20_000)

    def choose(self, target: Target) -> None:
        self.page.targets.choose(target)
        self.settle()

    def type_passphrase(self, text: str = NEW) -> None:
        for row in (
            self.page.result.options.password.first,
            self.page.result.options.password.second,
        ):
            row.edit.setText(text)
        self.settle()

    def plain(self) -> None:
        self.page.result.options.protection.plain_radio.setChecked(True)
        self.settle()

    def lines(self, shown: LineList) -> list[str]:
        return [line.first for line in shown.lines.lines]

    @property
    def contents(self) -> list[str]:
        return self.lines(self.page.result.contents)

    def save(self, path: Path) -> None:
        """Press Save, and choose the path in the system's dialog."""
        self.page.result.save_button.click()
        self.answer_dialog(path)

    def answer_dialog(self, path: Path) -> None:
        def shown() -> list[QFileDialog]:
            return [each for each in self.tools.findChildren(QFileDialog) if each.isVisible()]

        self.qtbot.waitUntil(lambda: bool(shown()))
        [dialog] = shown()
        dialog.fileSelected.emit(str(path))
        dialog.reject()
        self.settle()


@pytest.fixture
def bench(
    qtbot: QtBot, tmp_path: Path, theme: Theme, jobs: Jobs, settings: QSettings
) -> Iterator[Bench]:
    folder = tmp_path / "files"
    folder.mkdir()
    with make_workspace(tmp_path / "workspace", Clock()) as ws:
        desk = Desk(ws, theme, jobs, settings, QApplication.clipboard(), Changes(ws))
        yield Bench(qtbot, desk, Files(folder))
        assert jobs.close()
        desk.close()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nothing_dropped_yet_says_what_to_do(bench: Bench) -> None:
    bench.tools.convert()
    assert bench.page.empty.isVisible()
    bench.page.empty.buttons[0].click()
    [dialog] = bench.tools.findChildren(QFileDialog)
    dialog.filesSelected.emit([str(bench.files.server())])
    dialog.reject()
    bench.settle()
    assert bench.contents == ["Certificate “www.lab.test”"]


def test_what_belongs_together_is_taken_and_the_rest_is_left_to_tick(bench: Bench) -> None:
    bench.drop(*bench.files.everything())
    taken = {item.kind for item in bench.page.sources.sources.taken if can_be_taken(item)}
    assert taken == {"certificate", "private_key"}
    assert bench.page.unlock_button.isVisible()
    bench.page.unlock_button.click()
    assert bench.tools.currentWidget() is bench.tools.dropped


def test_the_models_behave(bench: Bench) -> None:
    sources, targets = SourcesModel(), TargetsModel()
    for model in (sources, targets):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    bench.drop(*bench.files.everything())
    assert bench.tools.dropped.contents is not None
    sources.show_groups(bench.tools.dropped.contents.groups)
    targets.show_targets(tuple(Target), {Target.JKS: "No."})
    sources.show_groups(())


def test_what_cannot_be_made_is_grey_and_says_why(bench: Bench) -> None:
    bench.drop(bench.files.server())
    model = bench.page.targets.targets
    row = model.index(model.row_of(Target.PKCS8))
    assert not row.flags() & Qt.ItemFlag.ItemIsEnabled
    assert "no private key" in str(row.data(Qt.ItemDataRole.AccessibleTextRole))
    assert model.index(model.row_of(Target.DER)).flags() & Qt.ItemFlag.ItemIsEnabled


def test_a_tick_less_leaves_it_out_with_the_keyboard(bench: Bench) -> None:
    bench.drop(bench.files.server(), bench.files.private_key())
    assert len(bench.contents) == 2
    model = bench.page.sources.sources
    texts = [str(model.index(row).data()) for row in range(model.rowCount())]
    bench.page.sources.setCurrentIndex(model.index(texts.index("Private key for it")))
    QTest.keyClick(bench.page.sources, Qt.Key.Key_Space)
    bench.settle()
    assert bench.contents == ["Certificate “www.lab.test”"]
    QTest.keyClick(bench.page.sources, Qt.Key.Key_Space)
    bench.settle()
    assert len(bench.contents) == 2


def test_a_pkcs12_is_made_from_the_parts(bench: Bench, tmp_path: Path) -> None:
    bench.drop(bench.files.server(), bench.files.private_key(), bench.files.chain())
    bench.choose(Target.PKCS12)
    bench.page.result.save_button.click()
    assert bench.page.result.options.password.first.problem  # nothing typed yet
    bench.type_passphrase()
    path = tmp_path / "made.p12"
    bench.save(path)
    assert mode(path) == 0o600
    result = read_file(path, passphrases=[NEW.encode()])
    assert [item.kind for item in result.items].count("certificate") == 2
    assert not result.locked
    assert bench.page.result.notice is not None
    assert str(path) in bench.page.result.notice.text.text()
    assert bench.page.result.options.password.passphrase == ""


def test_a_key_leaves_in_the_clear_only_after_a_plain_question(
    bench: Bench, tmp_path: Path
) -> None:
    bench.drop(bench.files.private_key())
    bench.choose(Target.PKCS8)
    bench.plain()
    bench.page.result.save_button.click()
    question = find_dialog(bench.qtbot, PlainKeyQuestion)
    question.reject()
    bench.settle()
    assert not bench.tools.findChildren(QFileDialog)
    bench.page.result.save_button.click()
    find_dialog(bench.qtbot, PlainKeyQuestion).yes_button.click()
    bench.answer_dialog(tmp_path / "plain.key")
    assert b"BEGIN PRIVATE KEY" in (tmp_path / "plain.key").read_bytes()
    assert mode(tmp_path / "plain.key") == 0o600


def test_copying_a_key_in_the_clear_asks_too(bench: Bench) -> None:
    bench.desk.clipboard.setText("before")
    bench.drop(bench.files.private_key())
    bench.choose(Target.JWK)
    bench.page.result.copy_button.click()
    question = find_dialog(bench.qtbot, PlainKeyQuestion)
    assert "clipboard" in question.lead.text()
    assert bench.desk.clipboard.text() == "before"
    question.yes_button.click()
    bench.settle()
    assert json.loads(bench.desk.clipboard.text())["kty"] == "EC"
    bench.desk.clipboard.clear()


def test_a_full_chain_is_copied_leaf_first(bench: Bench) -> None:
    bench.drop(bench.files.chain(), bench.files.server())
    bench.choose(Target.CHAIN)
    assert bench.contents == ["Certificate “www.lab.test”", "CA certificate “Lab Issuing”"]
    bench.page.result.copy_button.click()
    bench.settle()
    assert bench.desk.clipboard.text().count("BEGIN CERTIFICATE") == 2
    bench.desk.clipboard.clear()


def test_several_files_go_into_a_folder_and_replace_nothing_unasked(
    bench: Bench, tmp_path: Path
) -> None:
    bench.drop(bench.files.server(), bench.files.private_key(), bench.files.chain())
    bench.choose(Target.NGINX)
    bench.type_passphrase()
    folder = tmp_path / "nginx"
    folder.mkdir()
    bench.save(folder)
    assert len(list(folder.iterdir())) == 2
    before = {path: path.read_bytes() for path in folder.iterdir()}
    bench.type_passphrase("another one, also long")
    bench.save(folder)
    question = find_dialog(bench.qtbot, ReplaceQuestion)
    question.reject()
    bench.settle()
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_each_file_by_itself(bench: Bench, tmp_path: Path) -> None:
    bench.drop(bench.files.server(), bench.files.chain(), bench.files.noise())
    bench.choose(Target.DER)
    bench.page.each_button.click()
    folder = tmp_path / "der"
    bench.answer_dialog(folder)
    dialog = find_dialog(bench.qtbot, ReportDialog)
    assert sorted(path.name for path in folder.iterdir()) == ["chain.der", "server.der"]
    assert dialog.windowTitle().startswith("2 of 3")
    assert [line.pill for line in dialog.list.lines.lines] == ["Done", "Done", "Skipped"]
    dialog.reject()


def test_a_passphrase_is_changed_by_converting_to_the_same(bench: Bench, tmp_path: Path) -> None:
    bench.tools.show_files([bench.files.private_key(PASSPHRASE)])
    bench.settle()
    bench.tools.dropped.unlocking.row.edit.setText(PASSPHRASE)
    bench.tools.dropped.unlock()
    bench.settle()
    bench.tools.convert()
    bench.settle()
    assert bench.page.targets.current is Target.PKCS8
    bench.type_passphrase()
    bench.save(tmp_path / "again.key")
    assert not read_file(tmp_path / "again.key", passphrases=[NEW.encode()]).locked
    assert read_file(tmp_path / "again.key", passphrases=[PASSPHRASE.encode()]).locked


def test_files_dropped_while_converting_stay_there(bench: Bench) -> None:
    bench.drop(bench.files.server())
    bench.tools.show_files([bench.files.chain()])
    bench.settle()
    assert bench.tools.currentWidget() is bench.page
    assert bench.contents == ["CA certificate “Lab Issuing”"]
    bench.page.back_button.click()
    assert bench.tools.currentWidget() is bench.tools.dropped
    bench.tools.forget()
    assert bench.page.sources.sources.rowCount() == 0


def test_the_same_on_the_command_line_can_be_copied(bench: Bench) -> None:
    bench.drop(bench.files.server(), bench.files.private_key())
    bench.choose(Target.PKCS12)
    bench.page.result.same.set_open(True)
    bench.page.result.copy_commands.click()
    assert bench.desk.clipboard.text().startswith("openssl pkcs12 -export")
    bench.desk.clipboard.clear()


def test_where_nothing_can_be_ticked_it_says_why(bench: Bench) -> None:
    bench.drop(bench.files.pkcs12())
    assert "locked" in bench.page.result.describes.text()
    bench.drop(bench.files.noise())
    assert bench.page.result.describes.text() == "Nothing in these files can be converted."


def test_a_request_is_not_asked_about_its_chain(bench: Bench) -> None:
    bench.drop(bench.files.request())
    bench.choose(Target.PEM)
    assert not bench.page.result.options.boxes.isVisible()
    bench.drop(bench.files.server())
    assert bench.page.result.options.boxes.isVisible()


def test_a_failure_is_said_in_place(bench: Bench) -> None:
    bench.drop(bench.files.server())
    bench.choose(Target.DER)
    bench.save(bench.files.folder)  # a folder is no file
    assert bench.page.result.notice is not None
    assert bench.page.result.notice.sentence.text().endswith("cannot be written")
