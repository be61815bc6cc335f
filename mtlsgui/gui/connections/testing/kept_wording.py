"""Words of tests that are kept: how they ended, and what changed since."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.gui.words import core
from mtlsgui.tls.result import Outcome
from mtlsgui.workspace.connections.compared import Change

translate = QCoreApplication.translate
_MOST = 12


def outcome_word(outcome: str) -> str:
    """How a kept test ended, on a pill."""
    return {
        Outcome.ACCEPTED: translate("Connections", "works"),
        Outcome.REFUSED_BY_SERVER: translate("Connections", "refused"),
        Outcome.REFUSED_BY_CLIENT: translate("Connections", "not trusted"),
        Outcome.UNREACHABLE: translate("Connections", "unreachable"),
        Outcome.NOT_TLS: translate("Connections", "no TLS"),
        Outcome.TIMED_OUT: translate("Connections", "no answer"),
    }[Outcome(outcome)]


def kept_tone(outcome: str | None) -> Tone:
    """Of that pill."""
    if outcome is None:
        return Tone.NEUTRAL
    return Tone.GOOD if outcome == Outcome.ACCEPTED else Tone.BAD


def changes_text(changes: Sequence[Change]) -> str:
    """A line for each change; in words where there is none."""
    if not changes:
        return translate("Connections", "Nothing changed.")
    lines = [_line(change) for change in changes[:_MOST]]
    if len(changes) > _MOST:
        lines.append(translate("Connections", "and {} more").format(len(changes) - _MOST))
    return "\n".join(lines)


def _line(change: Change) -> str:
    if change.before and change.after:
        text = translate("Connections", "{}: {} (before: {})")
        return text.format(core(change.what), change.after, change.before)
    return translate("Connections", "{}: {}").format(
        core(change.what), change.after or change.before
    )
