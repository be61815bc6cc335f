"""The first page on a real workspace: what it lists, where it leads, what it says to readers."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mtlsgui.gui.actions import Action, ActionRegistry
from mtlsgui.gui.desk import Changes, Desk
from mtlsgui.gui.jobs import Jobs
from mtlsgui.gui.overview.page import OverviewPage
from mtlsgui.gui.overview.reader import OverviewReader
from mtlsgui.gui.theme.theme import SchemePreference, Theme
from mtlsgui.inventory.records import Status
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import NOW, CheapVaults, Clock, invented, large


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ws(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "w", CheapVaults(), clock=clock, actor="anna@desk") as opened:
        yield opened


@pytest.fixture
def desk(ws: Workspace, theme: Theme, jobs: Jobs, settings: QSettings) -> Iterator[Desk]:
    made = Desk(ws, theme, jobs, settings, QApplication.clipboard(), Changes(ws))
    yield made
    made.changes.stop()


class Shown:
    """The page in a window, read for the first time, and the actions that were done."""

    def __init__(
        self, desk: Desk, qtbot: QtBot, width: int = 1100, reader: OverviewReader | None = None
    ) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(width, 900)
        self.done: list[str] = []
        registry: ActionRegistry[None] = ActionRegistry(self.window, desk.theme, lambda: None)
        for name in ("authority.new", "import", "test"):
            registry.add(Action(name, name, self.doing(name)))
        self.page = OverviewPage(
            desk,
            registry,
            ("authority.new", None, "import"),
            ("authority.new", "import"),
            ("test",),
            reader=reader,
            parent=self.window,
        )
        self.page.resize(self.window.size())
        self.window.show()
        qtbot.waitExposed(self.window)
        found = reader or self.page.findChild(OverviewReader)
        assert found is not None
        self.reader: OverviewReader = found
        qtbot.waitUntil(lambda: found.latest is not None)
        QApplication.processEvents()

    def doing(self, name: str) -> Callable[[None], object]:
        return lambda _context: self.done.append(name)

    @property
    def listed(self) -> list[tuple[str, str]]:
        """Names and sentences of the rows on the screen."""
        rows = [row for row in self.page.attention.rows if row.isVisible()]
        return [(row.name.text(), row.sentence.text()) for row in rows]

    @property
    def links(self) -> list[str]:
        return [link.text() for link in self.page.attention.links.values() if link.isVisible()]


def add(ws: Workspace, number: int, name: str, days: float, issuer_id: int | None) -> int:
    new = replace(
        invented(number, issuer_id=issuer_id, name=name),
        not_before=NOW - timedelta(days=60),
        not_after=NOW + timedelta(days=days),
    )
    return ws.inventory.certificates.add(new)


def root(ws: Workspace) -> int:
    return ws.inventory.certificates.add(invented(1, is_ca=True, name="Root"))


def test_what_needs_attention_is_listed_the_most_urgent_first(
    ws: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    above = root(ws)
    add(ws, 10, "fine", 60, above)
    add(ws, 11, "billing", 6.5, above)
    add(ws, 12, "ledger", 2.5, above)
    late = add(ws, 13, "reconciler", -2.5, above)
    orphan = replace(invented(14, name="www"), issuer="CN=Elsewhere")
    ws.inventory.certificates.add(replace(orphan, not_after=NOW + timedelta(days=200)))
    shown = Shown(desk, qtbot)
    assert shown.listed == [
        ("reconciler", "expired 2 days ago"),
        ("ledger", "expires in 2 days"),
        ("billing", "expires in 6 days"),
        ("www", "its issuer is not here: CN=Elsewhere"),
        ("Root", "the authority's key is not held here"),
    ]
    assert shown.links == []
    assert not shown.page.attention.calm.isVisible()
    assert shown.page.attention_count == 3
    first = shown.page.attention.rows[0]
    assert first.button.accessibleName() == "Show reconciler"
    with qtbot.waitSignal(shown.page.certificate_chosen) as chosen:
        first.button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(first.button, Qt.Key.Key_Space)
    assert chosen.args == [late]


def test_more_than_fit_are_counted_and_lead_to_their_state(
    ws: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    large(ws, 1, 600)
    shown = Shown(desk, qtbot)
    assert len(shown.listed) == 8
    assert shown.links == ["and 6 more expired", "and 29 more to renew soon"]
    link = shown.page.attention.links[Status.EXPIRES_SOON]
    with qtbot.waitSignal(shown.page.status_chosen) as chosen:
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert chosen.args == [Status.EXPIRES_SOON]


def test_nothing_to_do_looks_like_it(ws: Workspace, desk: Desk, qtbot: QtBot) -> None:
    ws.inventory.certificates.add(
        replace(
            invented(1, name="alone"), self_signed=True, not_after=NOW + timedelta(days=60, hours=1)
        )
    )
    shown = Shown(desk, qtbot)
    assert shown.listed == []
    assert shown.page.attention.calm.isVisible()
    assert shown.page.attention.next.text() == "The next to expire is alone, in 60 days."
    assert not shown.page.legend.isVisible()
    assert shown.page.attention_count == 0


def test_an_empty_workspace_says_what_to_do_first(ws: Workspace, desk: Desk, qtbot: QtBot) -> None:
    shown = Shown(desk, qtbot)
    assert shown.page.empty.isVisible()
    assert not shown.page.attention.isVisible()
    for button in shown.page.empty.buttons:
        button.click()
    assert shown.done == ["authority.new", "import", "test"]
    root(ws)
    desk.changes.announce()
    qtbot.waitUntil(shown.page.attention.isVisible)
    assert not shown.page.empty.isVisible()


def test_figures_of_what_is_held(ws: Workspace, desk: Desk, qtbot: QtBot) -> None:
    above = root(ws)
    between = ws.inventory.certificates.add(
        invented(2, issuer_id=above, is_ca=True, name="Issuing")
    )
    labels = ("ECDSA P-256",) * 3 + ("RSA-2048",) * 2 + ("Ed25519", "ML-DSA-65", "RSA-4096")
    for number, key in enumerate(labels, start=30):
        new = replace(invented(number, issuer_id=between), key_label=key)
        ws.inventory.certificates.add(new)
    shown = Shown(desk, qtbot)
    assert shown.page.held.figures == (
        (1, "Root CA"),
        (1, "Intermediate CA"),
        (8, "Certificates"),
    )
    assert shown.page.kinds.figures == ((3, "Server"), (3, "Client"), (2, "Peer"))
    assert shown.page.keys.figures == (
        (5, "ECDSA P-256"),
        (2, "RSA-2048"),
        (1, "Ed25519"),
        (2, "Others"),
    )


def test_each_bar_says_how_many_and_when(ws: Workspace, desk: Desk, qtbot: QtBot) -> None:
    above = root(ws)
    add(ws, 10, "soon", 8, above)
    for number in (11, 12):
        add(ws, number, f"later-{number}", 50, above)
    chart = Shown(desk, qtbot).page.chart
    for at in (0, 1, 25):
        assert chart.week_at(chart.bar_area(at).center()) == at
    assert chart.week_at(QPointF(chart.width() + 1, 5)) is None
    assert chart.tooltip_of(0) == "No certificate expires\n24 Nov 2026 to 30 Nov 2026"
    assert chart.tooltip_of(1) == (
        "1 certificate expires, 1 to renew soon\n1 Dec 2026 to 7 Dec 2026"
    )
    assert chart.accessibleDescription() == (
        "1 Dec 2026 to 7 Dec 2026: 1 certificate expires, 1 to renew soon\n"
        "12 Jan 2027 to 18 Jan 2027: 2 certificates expire"
    )


@pytest.mark.parametrize("scheme", [SchemePreference.LIGHT, SchemePreference.DARK])
def test_bars_are_painted_where_something_expires(
    ws: Workspace, desk: Desk, qtbot: QtBot, scheme: SchemePreference
) -> None:
    desk.theme.set_preference(scheme)
    above = root(ws)
    for number in range(10, 15):
        add(ws, number, f"soon-{number}", 8, above)
        add(ws, number + 10, f"later-{number}", 50, above)
    chart = Shown(desk, qtbot).page.chart
    image = chart.grab().toImage()

    def colour_at(week: int) -> str:
        area = chart.bar_area(week)
        return image.pixelColor(round(area.center().x()), round(area.bottom()) - 20).name()

    assert colour_at(1) == desk.theme.tokens.attention
    assert colour_at(7) not in (colour_at(0), colour_at(1))
    assert colour_at(0) == colour_at(3)


def test_a_change_and_the_time_are_followed(
    ws: Workspace, desk: Desk, clock: Clock, qtbot: QtBot
) -> None:
    above = root(ws)
    add(ws, 10, "billing", 6.5, above)
    shown = Shown(desk, qtbot)
    counts: list[int] = []
    shown.page.attention_changed.connect(counts.append)
    button = shown.page.attention.rows[0].button
    button.setFocus(Qt.FocusReason.TabFocusReason)
    ws.inventory.certificates.revoke(above, NOW, "cessationOfOperation")
    desk.changes.announce()
    qtbot.waitUntil(lambda: shown.listed == [("billing", "expires in 6 days")])
    clock.now = NOW + timedelta(days=8)
    shown.reader.refresh()
    qtbot.waitUntil(lambda: shown.listed == [("billing", "expired 36 hours ago")])
    assert counts == []
    assert shown.window.focusWidget() is button


def test_the_badge_follows_without_the_page(ws: Workspace, desk: Desk, qtbot: QtBot) -> None:
    reader = OverviewReader(desk)
    counts: list[int] = []
    reader.attention_changed.connect(counts.append)
    qtbot.waitUntil(lambda: reader.latest is not None)
    assert counts == []
    above = root(ws)
    add(ws, 10, "billing", 6.5, above)
    # Asked for while it is being read: read again, so that nothing newer is missed.
    reader.refresh()
    add(ws, 11, "ledger", 6.5, above)
    reader.refresh()
    qtbot.waitUntil(lambda: reader.attention_count == 2)
    shown = Shown(desk, qtbot, reader=reader)
    assert len(shown.listed) == 3
    reader.deleteLater()


def test_names_cannot_turn_the_text_round(ws: Workspace, desk: Desk, qtbot: QtBot) -> None:
    add(ws, 10, "pay\u202elanretni.ssap", 2.5, root(ws))
    shown = Shown(desk, qtbot)
    assert shown.listed[0][0] == "pay\\u202elanretni.ssap"


@pytest.mark.parametrize("width", [440, 1100])
def test_nothing_is_wider_than_the_window(
    ws: Workspace, desk: Desk, qtbot: QtBot, width: int
) -> None:
    large(ws, 1, 600)
    add(ws, 9_000, "a-long-name." * 20 + "test", -1, None)
    page = Shown(desk, qtbot, width=width).page
    right = page.mapToGlobal(page.rect().topRight()).x()
    for widget in (page.chart, page.held, page.keys, *page.attention.findChildren(QPushButton)):
        if widget.isVisible():
            assert widget.mapToGlobal(widget.rect().topRight()).x() <= right
    beside = (
        page.held.mapTo(page, page.held.pos()).y() == page.keys.mapTo(page, page.keys.pos()).y()
    )
    assert beside == (width > 600)
