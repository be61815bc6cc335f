"""The colours and measures that the whole window is made from.

The base colours are the product's design table, one column for light and one for dark. A few
are derived where the base colour would fall under a contrast of 4.5:1 as text on a soft ground
(WCAG 2.2, 1.4.3): they end in `_text` or are called `quiet`.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache


class Tone(StrEnum):
    """What a coloured thing says. Colour never says it alone: a word or a shape goes with it."""

    GOOD = "good"
    ATTENTION = "attention"
    BAD = "bad"
    ACCENT = "accent"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Tokens:
    """One colour scheme. Every field but `dark` is a colour as "#rrggbb"."""

    dark: bool
    window: str
    panel: str
    navigation: str
    line: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    selection: str
    good: str
    good_soft: str
    attention: str
    attention_soft: str
    bad: str
    bad_soft: str
    on_accent: str
    """Text on an accent ground (the primary button)."""
    on_bad: str
    """Text on a bad ground (the button that destroys)."""
    accent_hover: str
    accent_text: str
    """The accent as text: links, the selected page, accent pills."""
    good_text: str
    """Good as text on its soft ground."""
    bad_text: str
    quiet: str
    """Muted text on neutral pills and on the selection."""
    neutral_soft: str
    hover: str
    """Ground of a plain button, row or page link under the pointer."""
    disabled: str
    """Text of disabled controls, which WCAG exempts from the contrast minimum."""
    field_line: str
    """Border of controls that take input."""

    def tone_text(self, tone: Tone) -> str:
        """The colour for text of this tone on `tone_ground(tone)`, the panel or the window."""
        return {
            Tone.GOOD: self.good_text,
            Tone.ATTENTION: self.attention,
            Tone.BAD: self.bad_text,
            Tone.ACCENT: self.accent_text,
            Tone.NEUTRAL: self.quiet,
        }[tone]

    def tone_ground(self, tone: Tone) -> str:
        """The soft ground for pills and banners of this tone."""
        return {
            Tone.GOOD: self.good_soft,
            Tone.ATTENTION: self.attention_soft,
            Tone.BAD: self.bad_soft,
            Tone.ACCENT: self.accent_soft,
            Tone.NEUTRAL: self.neutral_soft,
        }[tone]

    def tone_mark(self, tone: Tone) -> str:
        """The strong colour for dots, bars and icons of this tone."""
        return {
            Tone.GOOD: self.good,
            Tone.ATTENTION: self.attention,
            Tone.BAD: self.bad,
            Tone.ACCENT: self.accent,
            Tone.NEUTRAL: self.muted,
        }[tone]

    def colours(self) -> dict[str, str]:
        """All colours by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "dark"}


LIGHT = Tokens(
    dark=False,
    window="#f6f6f7",
    panel="#ffffff",
    navigation="#efeff1",
    line="#e3e3e6",
    text="#1d1d1f",
    muted="#6b6b73",
    accent="#2f6fdf",
    accent_soft="#e6effc",
    selection="#dfe9fb",
    good="#1d7f4a",
    good_soft="#e3f4ea",
    attention="#9a5b00",
    attention_soft="#fdf0d8",
    bad="#b3261e",
    bad_soft="#fbe6e4",
    on_accent="#ffffff",
    on_bad="#ffffff",
    accent_hover="#2863cc",
    accent_text="#2461cc",
    good_text="#1a7444",
    bad_text="#b3261e",
    quiet="#5c5c63",
    neutral_soft="#e3e3e6",
    hover="#f0f0f2",
    disabled="#a3a3aa",
    field_line="#d3d3d8",
)

DARK = Tokens(
    dark=True,
    window="#1e1f22",
    panel="#26282b",
    navigation="#1a1b1e",
    line="#393b40",
    text="#e6e6e8",
    muted="#9a9ba3",
    accent="#6aa0ff",
    accent_soft="#24344f",
    selection="#2a3a57",
    good="#63c590",
    good_soft="#1e3a2b",
    attention="#e8b25a",
    attention_soft="#3d3118",
    bad="#f28b82",
    bad_soft="#43231f",
    on_accent="#141619",
    on_bad="#1a1b1e",
    accent_hover="#82b0ff",
    accent_text="#78a9ff",
    good_text="#63c590",
    bad_text="#f28b82",
    quiet="#abacb4",
    neutral_soft="#393b40",
    hover="#303236",
    disabled="#65666d",
    field_line="#4a4c52",
)

GROUNDS = ("window", "panel", "navigation")

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *(("text", g) for g in (*GROUNDS, "selection", "accent_soft", "hover", "neutral_soft")),
    *(("text", g) for g in ("good_soft", "attention_soft", "bad_soft")),
    *(("muted", g) for g in GROUNDS),
    *(("quiet", g) for g in (*GROUNDS, "neutral_soft", "selection", "hover")),
    *(("accent_text", g) for g in (*GROUNDS, "accent_soft", "selection", "hover")),
    *(("good_text", g) for g in ("window", "panel", "good_soft")),
    *(("attention", g) for g in ("window", "panel", "attention_soft")),
    *(("bad_text", g) for g in ("window", "panel", "bad_soft", "hover")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_bad", "bad"),
)
"""Every (text colour, ground) that the window draws: each is at least 4.5:1 in both schemes."""


@dataclass(frozen=True)
class Sizes:
    """Measures in device-independent pixels, grown with the user's font.

    They are right for a line height of up to 17 px (a 13 px font); a larger font grows all.
    """

    control: int
    row: int
    row_two_lines: int
    tool_bar: int
    status_bar: int
    navigation: int
    inspector: int
    icon: int
    indent: int

    @classmethod
    @cache
    def for_line_height(cls, line_height: int) -> "Sizes":
        """The measures for a font of this line height in pixels."""
        grow = max(1.0, line_height / 17)

        def px(value: int) -> int:
            return round(value * grow)

        return cls(
            control=px(30),
            row=px(30),
            row_two_lines=px(46),
            tool_bar=px(52),
            status_bar=px(28),
            navigation=px(176),
            inspector=px(392),
            icon=px(16),
            indent=px(20),
        )


UNIT = 4
GAP_SMALL, GAP, GAP_LARGE, GAP_PAGE = 8, 12, 16, 20
RADIUS = 6
RADIUS_CARD = 9
TITLE_SCALE = 1.25
"""Page and dialog titles against the base font: 16 px at 13."""
HEADING_SCALE = 1.45
"""The name of the thing shown: 19 px at 13."""


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two "#rrggbb" colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)
