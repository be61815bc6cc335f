"""The inspector: what it shows of a certificate, and how one gets about in it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.gui.actions import Action, ActionRegistry
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.inspector.card_fields import MOST_CHIPS, NamesValue
from mtlsgui.gui.inspector.chain import ChainCard, ChainPage
from mtlsgui.gui.inspector.details import DescriptionText, DetailsPage
from mtlsgui.gui.inspector.inspector import CertificateInspector
from mtlsgui.gui.inspector.offered import ActionSet, InspectorActions
from mtlsgui.gui.inspector.pem import PemPage
from mtlsgui.gui.inspector.several import SeveralPage
from mtlsgui.gui.inspector.summary import SummaryPage
from mtlsgui.gui.inspector.text import BREAK, ElidedLink, visible
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.theme.theme import SchemePreference, Theme
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.widgets.buttons import CopyButton
from mtlsgui.pki.describe import Description, Field, Section
from mtlsgui.pki.facts import read_certificate
from mtlsgui.workspace import editing
from mtlsgui.workspace.storing import as_new
from mtlsgui.workspace.viewing import view_unstored
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import (
    NOW,
    Clock,
    authority,
    foreign,
    large,
    leaf,
    make_workspace,
)
from tests.gui.inspecting_support import TURNED, certificate, new_key

ACTIONS = InspectorActions(
    authority=ActionSet("issue", ("export",)),
    certificate=ActionSet("test", ("renew", "export"), ("delete",)),
    several=ActionSet("export"),
)


class Bench:
    """A workspace with an inspector over it."""

    def __init__(self, qtbot: QtBot, ws: Workspace, clock: Clock, desk: Desk) -> None:
        self.ws, self.clock, self.desk = ws, clock, desk
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.done: list[str] = []
        self.may_renew = False
        self.registry: ActionRegistry[None] = ActionRegistry(self.window, desk.theme, lambda: None)
        for name in ("issue", "test", "export", "delete"):
            self.registry.add(Action(name, f"&{name.title()}…", self._doing(name)))
        self.registry.add(
            Action("renew", "&Renew…", lambda _: None, enabled=lambda _: self.may_renew)
        )
        self.inspector = CertificateInspector(desk, self.registry, ACTIONS)
        qtbot.addWidget(self.inspector)
        self.inspector.resize(392, 700)
        self.inspector.show()
        qtbot.waitExposed(self.inspector)

    def _doing(self, name: str) -> Callable[[None], object]:
        return lambda _context: self.done.append(name)

    @property
    def summary(self) -> SummaryPage:
        return self.inspector.findChildren(SummaryPage)[0]

    def texts(self) -> str:
        """All that can be read in what is seen."""
        QApplication.processEvents()  # what was added is shown at the next turn of the loop
        found = []
        for widget in self.inspector.findChildren(QWidget):
            if not widget.isVisible():
                continue
            if isinstance(widget, QLabel):
                found.append(widget.text())
            elif isinstance(widget, QTextEdit):
                found.append(widget.toPlainText())
        return "\n".join(found)

    def add(self, made: x509.Certificate) -> int:
        facts = read_certificate(made.public_bytes(Encoding.DER))
        return self.ws.inventory.certificates.add(as_new(facts, source="imported"))


@pytest.fixture
def bench(
    qtbot: QtBot, tmp_path: Path, theme: Theme, jobs: Jobs, settings: QSettings
) -> Iterator[Bench]:
    clock = Clock()
    with make_workspace(tmp_path / "workspace", clock) as ws:
        desk = Desk(ws, theme, jobs, settings, QApplication.clipboard(), Changes(ws))
        yield Bench(qtbot, ws, clock, desk)
        desk.changes.stop()
        assert jobs.close()


def test_nothing_selected_says_what_to_do(bench: Bench) -> None:
    assert bench.inspector.shown_ids == ()
    assert bench.texts() == "Select a certificate to see what it says."


def test_the_card_says_who_by_whom_until_when_and_where_the_key_is(bench: Bench) -> None:
    root = authority(bench.ws, "Example Root", 3650)
    issuing = authority(bench.ws, "Example Issuing", 1825, root.id)
    bench.clock.now = NOW - timedelta(days=61)
    row = leaf(bench.ws, issuing.id, "api.example.test 10.0.12.7")
    bench.clock.now = NOW
    editing.tag(bench.ws, [row.id], ["production", "eu"])
    bench.inspector.show_certificate(row.id)
    summary = bench.summary
    assert summary.what.text() == "Server certificate"
    assert summary.name.text() == "api.example.test"
    assert summary.issuer.text() == "Example Issuing"
    assert (summary.pill.text, summary.pill.tone) == ("✓ Valid", Tone.GOOD)
    assert "61 of 90 days used" in summary.used.accessibleName()
    shown = bench.texts()
    assert "ECDSA P-256, held encrypted in this workspace" in shown
    assert "proving a server's identity (TLS server)" in shown
    assert "production, eu" in shown
    [names] = summary.findChildren(NamesValue)
    assert names.texts == ["api.example.test", "10.0.12.7"]


def test_a_digest_is_short_to_read_and_whole_to_copy(bench: Bench) -> None:
    row = authority(bench.ws, "Example Root", 3650)
    bench.inspector.show_certificate(row.id)
    [copy] = [
        each
        for each in bench.summary.findChildren(CopyButton)
        if each.accessibleName() == "Copy SHA-256"
    ]
    copy.click()
    assert QApplication.clipboard().text().replace(":", "") == row.fingerprint
    assert row.fingerprint not in bench.texts().replace(":", "")


def test_the_limits_of_an_authority_are_said(bench: Bench) -> None:
    root = authority(bench.ws, "Example Root", 3650)
    made = bench.ws.inventory.certificates.get(root.id)
    bench.inspector.show_certificate(made.id)
    assert "Limits" not in bench.texts()
    key = new_key()
    ca = certificate("Short", key, is_ca=True)
    child = certificate("Below", new_key(), ca, key, is_ca=True)
    bench.inspector.show_certificate(bench.add(child))
    assert "Issues end-entity certificates only" in bench.texts()
    assert bench.summary.pill.text == "Issuer missing"
    assert "not held here" in bench.texts()


def test_the_issuer_is_one_click_away(bench: Bench, qtbot: QtBot) -> None:
    root = authority(bench.ws, "Example Root", 3650)
    row = leaf(bench.ws, root.id, "api.example.test")
    bench.inspector.show_certificate(row.id)
    with qtbot.waitSignal(bench.inspector.certificate_chosen) as caught:
        QTest.keyClick(bench.summary.issuer.button, Qt.Key.Key_Space)
    assert caught.args == [root.id]
    bench.inspector.show_certificate(root.id)
    assert not bench.summary.issuer.isVisible()
    assert bench.summary.issued_by.text() == "signed by itself"


def test_buttons_are_those_of_the_kind_and_follow_their_actions(bench: Bench) -> None:
    root = authority(bench.ws, "Example Root", 3650)
    row = leaf(bench.ws, root.id, "api.example.test")
    bench.inspector.show_certificate(row.id)
    summary = bench.summary
    assert summary.certificate_buttons.isVisible()
    assert not summary.authority_buttons.isVisible()
    renew = summary.certificate_buttons.buttons["renew"]
    assert not renew.isEnabled()
    bench.may_renew = True
    bench.registry.refresh()
    assert renew.isEnabled()
    summary.certificate_buttons.buttons["test"].click()
    bench.inspector.show_certificate(root.id)
    assert summary.authority_buttons.isVisible()
    summary.authority_buttons.buttons["issue"].click()
    assert bench.done == ["test", "issue"]


def test_a_change_is_shown_and_the_tab_stays(bench: Bench) -> None:
    root = authority(bench.ws, "Example Root", 3650)
    row = leaf(bench.ws, root.id, "api.example.test")
    bench.inspector.show_certificate(row.id)
    bench.inspector.tabs.show_tab("details")
    bench.ws.inventory.certificates.revoke(row.id, NOW, "keyCompromise")
    bench.desk.changes.announce()
    assert bench.inspector.tabs.current == "details"
    bench.inspector.tabs.show_tab("summary")
    assert bench.summary.pill.text == "Revoked"
    assert bench.summary.meaning.text() == "Revoked on 24 Nov 2026."
    bench.ws.inventory.certificates.delete(row.id)
    bench.desk.changes.announce()
    assert bench.texts() == "This certificate was deleted."


def test_time_alone_changes_the_state(bench: Bench) -> None:
    row = leaf(bench.ws, authority(bench.ws, "Example Root", 3650).id, "api.example.test")
    bench.inspector.show_certificate(row.id)
    bench.clock.now = NOW + timedelta(days=91)
    bench.inspector.refresh()
    assert (bench.summary.pill.text, bench.summary.pill.tone) == ("Expired", Tone.BAD)


def test_a_refresh_that_changes_nothing_leaves_a_selection(bench: Bench) -> None:
    row = leaf(bench.ws, authority(bench.ws, "Example Root", 3650).id, "api.example.test")
    bench.inspector.show_certificate(row.id)
    bench.summary.name.selectAll()
    bench.inspector.refresh()
    assert bench.summary.name.textCursor().selectedText() == "api.example.test"


def test_every_extension_is_in_the_details_with_oid_and_criticality(bench: Bench) -> None:
    row = leaf(bench.ws, authority(bench.ws, "Example Root", 3650).id, "api.example.test")
    bench.inspector.show_certificate(row.id)
    bench.inspector.tabs.show_tab("details")
    [page] = bench.inspector.findChildren(DetailsPage)
    shown = page.text.toPlainText()
    for part in ("Key usage", "critical", "2.5.29.15", "2.5.29.37", "DNS api.example.test"):
        assert part in shown
    page.copy_button.click()
    assert "SHA-256 fingerprint" in QApplication.clipboard().text()


def test_a_digest_selected_in_the_details_is_copied_as_it_is(bench: Bench) -> None:
    row = leaf(bench.ws, authority(bench.ws, "Example Root", 3650).id, "api.example.test")
    bench.inspector.show_certificate(row.id)
    bench.inspector.tabs.show_tab("details")
    [text] = bench.inspector.findChildren(DescriptionText)
    assert BREAK in text.toPlainText()
    text.selectAll()
    QTest.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text()
    assert BREAK not in copied
    pairs = (row.fingerprint[at : at + 2] for at in range(0, 64, 2))
    assert ":".join(pairs) in copied


def test_a_field_that_cannot_be_read_leaves_the_others_standing(bench: Bench) -> None:
    made = certificate(
        "odd.example.test",
        new_key(),
        names=[x509.DNSName("odd.example.test")],
        broken_usage=True,
    )
    bench.inspector.show_certificate(bench.add(made))
    assert bench.summary.name.text() == "odd.example.test"
    bench.inspector.tabs.show_tab("details")
    shown = bench.inspector.findChildren(DescriptionText)[0].toPlainText()
    assert "It cannot be decoded" in shown
    assert "DNS odd.example.test" in shown


def test_a_certificate_without_common_name_is_called_by_its_first_name(bench: Bench) -> None:
    made = certificate("", new_key(), names=[x509.DNSName("nameless.example.test")])
    bench.inspector.show_certificate(bench.add(made))
    assert bench.summary.name.text() == "nameless.example.test"


def test_two_hundred_names_are_folded_and_can_be_shown(bench: Bench) -> None:
    names = [x509.DNSName(f"host-{at}.example.test") for at in range(200)]
    bench.inspector.show_certificate(bench.add(certificate("many", new_key(), names=names)))
    [shown] = bench.summary.findChildren(NamesValue)
    assert len(shown.texts) == MOST_CHIPS
    assert shown.more.text() == "Show all 200"
    shown.more.click()
    assert shown.texts == [f"host-{at}.example.test" for at in range(200)]
    assert not shown.more.isVisible()


def test_long_names_stay_inside(bench: Bench) -> None:
    uri = "spiffe://example.test/" + "a-very-long-path/" * 12
    made = certificate("x" * 64, new_key(), names=[x509.UniformResourceIdentifier(uri)])
    bench.inspector.show_certificate(bench.add(made))
    QApplication.processEvents()
    summary = bench.summary
    assert summary.width() <= bench.inspector.width()
    assert summary.name.height() > summary.name.fontMetrics().height()
    [names] = summary.findChildren(NamesValue)
    assert names.texts == [uri]


def test_characters_that_cannot_be_seen_are_written_out(bench: Bench) -> None:
    bench.inspector.show_certificate(bench.add(certificate(TURNED, new_key())))
    assert bench.summary.name.text() == "pay\\u202elanretni.ssap"
    bench.inspector.tabs.show_tab("details")
    assert "\u202e" not in bench.texts()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("bücher.test", "bücher.test"),
        ("two\nlines", "two\nlines"),
        ("a\u200bb", "a\\u200bb"),
        ("\x1b[31m", "\\u001b[31m"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_the_chain_is_walked_with_the_keyboard(bench: Bench, qtbot: QtBot) -> None:
    root = authority(bench.ws, "Example Root", 3650)
    issuing = authority(bench.ws, "Example Issuing", 1825, root.id)
    row = leaf(bench.ws, issuing.id, "api.example.test")
    bench.inspector.certificate_chosen.connect(bench.inspector.show_certificate)
    bench.inspector.show_certificate(row.id)
    bench.inspector.tabs.show_tab("chain")
    [page] = bench.inspector.findChildren(ChainPage)
    assert [card.title for card in page.cards] == [
        "Example Root",
        "Example Issuing",
        "api.example.test",
    ]
    assert page.cards[-1].focusPolicy() == Qt.FocusPolicy.NoFocus
    bench.inspector.tabs.bar.setFocus()
    QApplication.processEvents()
    QTest.keyClick(bench.inspector.tabs.bar, Qt.Key.Key_Tab)
    assert page.cards[0].hasFocus()
    QTest.keyClick(page.cards[0], Qt.Key.Key_Space)
    assert bench.inspector.shown_ids == (root.id,)
    assert [card.title for card in page.cards] == ["Example Root"]


def test_a_broken_chain_says_where_and_what_to_do(bench: Bench) -> None:
    bench.inspector.show_certificate(foreign(bench.ws, "www.example.com", 83, "Elsewhere Root"))
    bench.inspector.tabs.show_tab("chain")
    [page] = bench.inspector.findChildren(ChainPage)
    gap, step = page.findChildren(ChainCard)
    assert (gap.title, gap.line) == ("Elsewhere Root", "Issuer missing")
    assert step.title == "www.example.com"
    assert "Import it" in bench.texts()


def test_pem_is_copied_alone_and_with_its_chain(bench: Bench) -> None:
    root = authority(bench.ws, "Example Root", 3650)
    issuing = authority(bench.ws, "Example Issuing", 1825, root.id)
    row = leaf(bench.ws, issuing.id, "api.example.test")
    bench.inspector.show_certificate(row.id)
    bench.inspector.tabs.show_tab("pem")
    [page] = bench.inspector.findChildren(PemPage)
    page.copy_button.click()
    assert QApplication.clipboard().text() == page.text.toPlainText()
    page.chain_button.click()
    copied = x509.load_pem_x509_certificates(QApplication.clipboard().text().encode())
    assert [each.subject.rfc4514_string() for each in copied] == [
        "CN=api.example.test",
        "CN=Example Issuing",
    ]
    bench.inspector.show_certificate(root.id)
    assert not page.chain_button.isEnabled()


def test_several_are_summed_up(bench: Bench) -> None:
    root = authority(bench.ws, "Example Root", 3650)
    first = leaf(bench.ws, root.id, "a.example.test", days=30)
    second = leaf(bench.ws, root.id, "b.example.test")
    bench.ws.inventory.certificates.revoke(second.id, NOW, "superseded")
    bench.inspector.show_several([first.id, second.id, foreign(bench.ws, "Lab", 800)])
    [page] = bench.inspector.findChildren(SeveralPage)
    assert page.heading.text() == "3 certificates"
    shown = bench.texts()
    assert "a.example.test, on 24 Dec 2026" in shown
    assert "Example Root" in shown
    assert "2 of 3 are held here" in shown
    bench.inspector.show_several([first.id])
    assert bench.inspector.shown_ids == (first.id,)
    assert bench.summary.isVisible()


def test_very_many_are_summed_up_in_the_background(bench: Bench, qtbot: QtBot) -> None:
    large(bench.ws, 2, 400)
    ids = list(range(1, 803))
    bench.inspector.show_several(ids)
    qtbot.waitUntil(lambda: bool(bench.inspector.findChildren(SeveralPage)))
    [page] = bench.inspector.findChildren(SeveralPage)
    assert page.heading.text() == "802 certificates"


def test_what_is_not_stored_is_shown_too(bench: Bench) -> None:
    made = certificate("loose.example.test", new_key())
    facts = read_certificate(made.public_bytes(Encoding.DER))
    bench.inspector.show_view(view_unstored([facts], NOW))
    assert bench.inspector.shown_ids == ()
    assert bench.summary.name.text() == "loose.example.test"
    assert not bench.summary.certificate_buttons.isVisible()


def test_the_details_follow_the_theme(qtbot: QtBot, theme: Theme) -> None:
    text = DescriptionText(theme, grows=True)
    qtbot.addWidget(text)
    text.resize(300, 100)
    text.show()
    field = Field("Names", "a\nb", kind="names")
    text.show_description(Description("x", "y", (Section("Section", (field,)),)))
    colour = _colour(text)
    theme.set_preference(SchemePreference.DARK)
    assert _colour(text) != colour
    assert "a\nb" in text.toPlainText()


def _colour(text: DescriptionText) -> str:
    cursor = QTextCursor(text.document())
    cursor.setPosition(text.document().find("Names").selectionEnd())
    return cursor.charFormat().foreground().color().name()


def test_a_link_is_shortened_where_it_does_not_fit(qtbot: QtBot) -> None:
    link = ElidedLink("Research & Development Issuing CA")
    qtbot.addWidget(link)
    link.resize(link.sizeHint())
    link.show()
    assert link.button.text() == "Research && Development Issuing CA"
    link.resize(80, link.height())
    assert link.button.text().endswith("…")
    assert link.button.toolTip() == link.text() == link.button.accessibleName()


def test_fields_take_no_files_away_from_the_window(bench: Bench) -> None:
    row = authority(bench.ws, "Example Root", 3650)
    bench.inspector.show_certificate(row.id)
    for tab in ("details", "chain", "pem"):
        bench.inspector.tabs.show_tab(tab)
    taking = [each for each in bench.inspector.findChildren(QWidget) if each.acceptDrops()]
    assert taking == []
