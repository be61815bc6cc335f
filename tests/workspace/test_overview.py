"""The workspace at a glance, held against what the rows themselves say."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mtlsgui.inventory.records import CertificateRow, Sort, Status, TreeFilter
from mtlsgui.workspace.overview import MOST_LISTED, URGENCY, WEEKS, Overview, overview
from mtlsgui.workspace.workspace import Workspace
from tests.gui.authorities_support import NOW as SUPPORT_NOW
from tests.gui.authorities_support import invented, large
from tests.workspace.support import NOW, Clock, issue_server, make_root


def all_rows(ws: Workspace) -> list[CertificateRow]:
    warn = ws.preferences.warn
    return ws.inventory.tree.flat_page(TreeFilter(), Sort(), ws.clock(), warn)


def check_against_rows(ws: Workspace, shown: Overview) -> None:
    """Every figure again, from the rows, in Python."""
    rows = all_rows(ws)
    assert shown.by_status == Counter(row.status for row in rows)
    assert shown.total == len(rows)
    assert shown.roots == sum(row.kind == "root_ca" for row in rows)
    assert shown.intermediates == sum(row.kind == "ca" for row in rows)
    assert shown.by_kind == Counter(row.kind for row in rows if not row.is_ca)
    assert shown.end_entities == sum(not row.is_ca for row in rows)
    assert shown.by_key == Counter(row.key_label for row in rows)
    passed_over = (Status.REVOKED, Status.EXPIRED)
    for week in shown.weeks:
        ending = [
            row
            for row in rows
            if week.begin <= row.not_after < week.end and row.status not in passed_over
        ]
        assert week.count == len(ending)
        assert week.soon == sum(row.status is Status.EXPIRES_SOON for row in ending)


def test_an_empty_workspace_has_nothing(empty: Workspace) -> None:
    shown = overview(empty)
    assert (shown.total, shown.attention_count, shown.attention) == (0, 0, ())
    assert shown.next_to_end is None
    assert shown.unlisted == {}
    assert [week.count for week in shown.weeks] == [0] * WEEKS


def test_what_is_in_order_needs_no_attention(ws: Workspace) -> None:
    root = make_root(ws)
    row = issue_server(ws, root)
    shown = overview(ws)
    assert shown.attention_count == 0
    assert shown.next_to_end is not None
    assert shown.next_to_end.id == row.id
    assert (shown.roots, shown.intermediates, shown.end_entities) == (1, 0, 1)
    check_against_rows(ws, shown)


def test_it_follows_the_clock(ws: Workspace, clock: Clock) -> None:
    row = issue_server(ws, make_root(ws))
    clock.now = row.not_after - timedelta(days=6)
    soon = overview(ws)
    assert [(each.id, each.status) for each in soon.attention] == [(row.id, Status.EXPIRES_SOON)]
    assert soon.weeks[0].soon == soon.weeks[0].count == 1
    clock.now = row.not_after + timedelta(seconds=1)
    late = overview(ws)
    assert [(each.id, each.status) for each in late.attention] == [(row.id, Status.EXPIRED)]
    # It has ended today, but it does not end any more.
    assert late.weeks[0].count == 0
    assert late.next_to_end is not None
    assert late.next_to_end.is_ca


def test_the_warning_time_is_the_preferred_one(ws: Workspace, clock: Clock) -> None:
    row = issue_server(ws, make_root(ws))
    clock.now = row.not_after - timedelta(days=20)
    assert overview(ws).attention_count == 1
    clock.now = row.not_after - timedelta(days=22)
    assert overview(ws).attention_count == 0


def test_weeks_begin_today_at_midnight_and_follow_one_another(empty: Workspace) -> None:
    weeks = overview(empty).weeks
    assert weeks[0].begin == datetime(NOW.year, NOW.month, NOW.day, tzinfo=UTC)
    assert [week.end for week in weeks[:-1]] == [week.begin for week in weeks[1:]]
    assert {week.end - week.begin for week in weeks} == {timedelta(days=7)}


def test_weeks_are_counted_to_the_second(ws: Workspace) -> None:
    root = make_root(ws)
    midnight = datetime(NOW.year, NOW.month, NOW.day, tzinfo=UTC)
    edges = [(week, seconds) for week in (1, 2, WEEKS) for seconds in (-1, 0, 1)]
    for number, (week, seconds) in enumerate(edges):
        new = invented(number, issuer_id=root.id, name=f"edge-{number}")
        end = midnight + timedelta(weeks=week, seconds=seconds)
        ws.inventory.certificates.add(
            replace(new, not_before=midnight - timedelta(days=30), not_after=end)
        )
    shown = overview(ws)
    assert [shown.weeks[at].count for at in (0, 1, 2, 3, WEEKS - 1)] == [1, 3, 2, 0, 1]
    check_against_rows(ws, shown)


def test_no_state_hides_the_others(ws: Workspace, clock: Clock) -> None:
    clock.now = SUPPORT_NOW
    root = large(ws, 1, 400)[0]
    orphan = invented(10_000, issuer_id=None, name="orphan")
    orphan_id = ws.inventory.certificates.add(
        replace(orphan, not_after=SUPPORT_NOW + timedelta(days=200))
    )
    shown = overview(ws)
    assert len(shown.attention) == MOST_LISTED
    listed = [row.status for row in shown.attention]
    assert listed == sorted(listed, key=URGENCY.index)
    # One orphan and one authority without key; the rest is shared by the two others.
    assert Counter(listed) == {
        Status.EXPIRED: 3,
        Status.EXPIRES_SOON: 3,
        Status.ISSUER_MISSING: 1,
        Status.NO_KEY: 1,
    }
    assert [row.id for row in shown.attention[-2:]] == [orphan_id, root]
    expired = [row for row in all_rows(ws) if row.status is Status.EXPIRED]
    latest = sorted((row.not_after for row in expired), reverse=True)[:3]
    assert [row.not_after for row in shown.attention[:3]] == latest
    soon = [row for row in all_rows(ws) if row.status is Status.EXPIRES_SOON]
    first = sorted(row.not_after for row in soon)[:3]
    assert [row.not_after for row in shown.attention[3:6]] == first
    assert shown.unlisted == {
        Status.EXPIRED: len(expired) - 3,
        Status.EXPIRES_SOON: len(soon) - 3,
    }
    assert shown.attention_count == len(expired) + len(soon)
    check_against_rows(ws, shown)


def test_the_revoked_need_nothing_any_more(ws: Workspace, clock: Clock) -> None:
    row = issue_server(ws, make_root(ws))
    clock.now = row.not_after - timedelta(days=2)
    assert overview(ws).attention_count == 1
    ws.inventory.certificates.revoke(row.id, clock.now, "superseded")
    shown = overview(ws)
    assert shown.attention_count == 0
    assert sum(week.count for week in shown.weeks) == 0
    check_against_rows(ws, shown)
