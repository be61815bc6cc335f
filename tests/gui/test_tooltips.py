"""Tooltips show names as they stand, whatever others wrote into them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QTextDocument

from mtlsgui.gui.tooltips import plain_tip
from mtlsgui.gui.two_lines import Line, LinesModel


def test_a_name_that_looks_like_html_is_shown_as_it_stands(tmp_path: Path, qapp: object) -> None:
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    assert picture.save(str(tmp_path / "there.png"))
    name = f'<img src="{tmp_path / "there.png"}">\n<b>web</b>'
    assert document(name).size().height() > 200  # Qt loads it, from a network share too
    shown = document(plain_tip(name))
    assert shown.size().height() < 100
    assert shown.toPlainText() == name


def test_an_ordinary_name_is_left_alone() -> None:
    assert plain_tip("R&D > web.test") == "R&D > web.test"


def test_lists_give_their_tooltips_so(qapp: object) -> None:
    model = LinesModel()
    model.set_lines([Line("<b>web</b>", "")])
    tip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert document(tip).toPlainText() == "<b>web</b>"


def document(text: str) -> QTextDocument:
    """As a tooltip lays it out."""
    made = QTextDocument()
    made.setHtml(text)
    return made
