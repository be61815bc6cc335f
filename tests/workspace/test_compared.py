"""Comparisons as text, and of what is stored."""

from mtlsgui.workspace.compared import as_text, compare_stored
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.support import issue_server, make_root


def test_two_stored_certificates_are_compared(ws: Workspace) -> None:
    root = make_root(ws)
    first, second = issue_server(ws, root), make_root(ws, "Another")
    compared = compare_stored(ws, first.id, second.id)
    assert (compared.left, compared.right) == ("web.test", "Another")
    whole = as_text(compared)
    assert whole.startswith(compared.summary)
    assert "\nA  web.test\nB  Another\n" in whole
    assert "      A  DNS web.test\n      B  —" in whole


def test_only_differences_leave_out_what_is_the_same(ws: Workspace) -> None:
    root = make_root(ws)
    compared = compare_stored(ws, root.id, root.id)
    assert "  = Not after: " in as_text(compared)
    assert "Not after" not in as_text(compared, only_differences=True)
