"""A test as a picture in SVG: the messages between client and server, and what came of it.

For saving; the window paints its own. What certificates and servers say is text in it and nothing
else: it is escaped, and characters that XML does not allow are left out.
"""

import re
import textwrap
from dataclasses import dataclass
from xml.sax.saxutils import escape

from mtlsgui.pki.describe.words import clipped, date_and_time
from mtlsgui.tls.result import Outcome, ProbeResult, Step, StepState

_WIDTH, _MARGIN, _ROW = 760, 24, 50
_CLIENT, _SERVER, _TIME = 96, 600, 690
_TITLE, _TEXT, _NOTE = 17, 14, 12
_LINE = 22
_MOST_PROBLEMS, _MOST_LINES = 20, 6
"""Problems that are written out, and lines of one text, roughly: a server could make any number."""
_DOT, _ARROW = 4, 9
_EM = 0.58
"""The width of a character in a generic sans-serif font, roughly, in its size."""
_FAMILY = "sans-serif"
_UNFIT = re.compile(
    "[^\t\x20-\x7e\xa0-\u200d\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\ue000-\ufffd"
    "\U00010000-\U0010ffff]"
)
"""What XML 1.0 does not allow (section 2.2), and marks that turn the direction of a line."""
_MARK = {StepState.OK: "", StepState.FAILED: " — failed", StepState.NOT_REACHED: " — not reached"}


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as SVG takes them, as in "#202124"."""

    background: str
    text: str
    muted: str
    line: str
    good: str
    attention: str
    bad: str


LIGHT = Palette("#ffffff", "#1f2328", "#5f6670", "#c9ced6", "#1a7f4b", "#a15c00", "#c02f2f")
DARK = Palette("#26272b", "#e8e9ec", "#a0a3aa", "#4a4c52", "#5cc98b", "#e8ae4c", "#f28b82")


def draw(result: ProbeResult, palette: Palette = LIGHT) -> str:
    """The whole picture."""
    sentence = textwrap.wrap(_clean(result.sentence), _fits(_TITLE, _WIDTH - 2 * _MARGIN))
    detail = textwrap.wrap(_clean(result.detail), _fits(_TEXT, _WIDTH - 2 * _MARGIN))
    top = _MARGIN + 8 + _LINE * (len(sentence) + len(detail)) + 34
    lifelines_end = top + _ROW * len(result.steps) + 8
    problems = _problems(result)
    height = lifelines_end + _LINE * len(problems) + 48
    picture = _Picture(palette)
    picture.rectangle(_WIDTH, height)
    tone = palette.good if result.outcome is Outcome.ACCEPTED else palette.bad
    y = _MARGIN + 8
    for line in sentence:
        picture.text(_MARGIN, y, line, _TITLE, tone, strong=True)
        y += _LINE
    for line in detail:
        picture.text(_MARGIN, y, line, _TEXT, palette.muted)
        y += _LINE
    picture.heads(result.server_name or result.target, top - 14)
    for x in (_CLIENT, _SERVER):
        picture.line(x, top, x, lifelines_end, palette.line)
    for number, step in enumerate(result.steps):
        picture.step(step, top + (number + 1) * _ROW - 8)
    for number, (line, tone) in enumerate(problems, 1):
        colour = {"bad": palette.bad, "attention": palette.attention}.get(tone, palette.muted)
        picture.text(
            _MARGIN, lifelines_end + 14 + number * _LINE, line, _TEXT, colour, strong=bool(tone)
        )
    foot = f"{result.target} · {date_and_time(result.at)}"
    picture.text(
        _MARGIN, height - 18, _cut(foot, _NOTE, _WIDTH - 2 * _MARGIN), _NOTE, palette.muted
    )
    title = escape(_clean(f"Connection test of {result.target}"))
    words = escape("\n".join(_words(step) for step in result.steps))
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
            f'viewBox="0 0 {_WIDTH} {height}" role="img">',
            f"<title>{title}</title>",
            f"<desc>{words}</desc>",
            *picture.parts,
            "</svg>\n",
        )
    )


class _Picture:
    def __init__(self, palette: Palette) -> None:
        self.parts: list[str] = []
        self._palette = palette

    def rectangle(self, width: int, height: int) -> None:
        fill = self._palette.background
        self.parts.append(f'<rect width="{width}" height="{height}" fill="{fill}"/>')

    def text(
        self, x: int, y: int, text: str, size: int, fill: str, *, strong: bool = False, at: str = ""
    ) -> None:
        weight = ' font-weight="bold"' if strong else ""
        anchor = f' text-anchor="{at}"' if at else ""
        self.parts.append(
            f'<text x="{x}" y="{y}" font-family="{_FAMILY}" font-size="{size}" '
            f'fill="{fill}"{weight}{anchor}>{escape(_clean(text))}</text>'
        )

    def line(
        self,
        x: int,
        y: int,
        to_x: int,
        to_y: int,
        colour: str,
        *,
        width: float = 1.4,
        dash: str = "",
    ) -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}" stroke="{colour}" '
            f'stroke-width="{width}"{dashes}/>'
        )

    def heads(self, server: str, y: int) -> None:
        room = 2 * (_WIDTH - _SERVER - 8)
        shown = _cut(server, _TEXT, room)
        self.text(_CLIENT, y, "You", _TEXT, self._palette.text, strong=True, at="middle")
        self.text(_SERVER, y, shown, _TEXT, self._palette.text, strong=True, at="middle")

    def step(self, step: Step, y: int) -> None:
        colour, title = self._colours(step)
        start, end = (_SERVER, _CLIENT) if step.sender == "server" else (_CLIENT, _SERVER)
        back = end - _ARROW if end > start else end + _ARROW
        dash = "5 4" if step.state is StepState.NOT_REACHED else ""
        self.line(start, y, back, y, colour, width=1.8, dash=dash)
        self.parts.append(f'<circle cx="{start}" cy="{y}" r="{_DOT}" fill="{colour}"/>')
        self.parts.append(
            f'<path d="M{end} {y} L{back} {y - _DOT} L{back} {y + _DOT} Z" fill="{colour}"/>'
        )
        if step.state is StepState.FAILED:
            self._cross((start + end) // 2, y)
        middle, room = (_CLIENT + _SERVER) // 2, _SERVER - _CLIENT - 24
        note = f"{step.note} · this is why" if step.is_cause and step.note else step.note
        self.text(
            middle, y - 23, _cut(step.message, _TEXT, room), _TEXT, title, strong=True, at="middle"
        )
        self.text(middle, y - 8, _cut(note, _NOTE, room), _NOTE, self._palette.muted, at="middle")
        if step.at_ms is not None:
            self.text(_TIME, y + 4, f"{step.at_ms:.0f} ms", _NOTE, self._palette.muted)

    def _cross(self, x: int, y: int) -> None:
        """A failed step has a mark on its line, so that colour does not say it alone."""
        self.parts.append(f'<circle cx="{x}" cy="{y}" r="7" fill="{self._palette.background}"/>')
        self.line(x - 4, y - 4, x + 4, y + 4, self._palette.bad, width=2)
        self.line(x - 4, y + 4, x + 4, y - 4, self._palette.bad, width=2)

    def _colours(self, step: Step) -> tuple[str, str]:
        """Of the arrow, and of its title."""
        palette = self._palette
        if step.state is StepState.FAILED:
            return palette.bad, palette.bad
        if step.state is StepState.NOT_REACHED:
            return palette.muted, palette.muted
        if step.is_cause:
            return palette.attention, palette.attention
        return palette.good, palette.text


def _problems(result: ProbeResult) -> list[tuple[str, str]]:
    """What is wrong, errors first: lines of text, with the tone of those that are titles."""
    fits = _fits(_TEXT, _WIDTH - 2 * _MARGIN)
    lines: list[tuple[str, str]] = []
    for problem in sorted(result.problems, key=lambda each: each.is_warning)[:_MOST_PROBLEMS]:
        tone = "attention" if problem.is_warning else "bad"
        title = f"{problem.side.capitalize()}: {problem.title}"
        lines.append((_cut(title, _TEXT, _WIDTH - 2 * _MARGIN), tone))
        for part in (problem.explanation, problem.fix):
            shown = clipped(_clean(part), fits * _MOST_LINES)
            lines += [(line, "") for line in textwrap.wrap(shown, fits)]
        lines.append(("", ""))
    return lines


def _words(step: Step) -> str:
    note = f" ({step.note})" if step.note and step.state is not StepState.NOT_REACHED else ""
    return _clean(f"{step.number}. {step.sender}: {step.message}{note}{_MARK[step.state]}")


def _clean(text: str) -> str:
    return _UNFIT.sub("", text.replace("\n", " "))


def _fits(size: int, room: int) -> int:
    """How many characters of this size."""
    return int(room / (size * _EM))


def _cut(text: str, size: int, room: int) -> str:
    return clipped(_clean(text), _fits(size, room))
