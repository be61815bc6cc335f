"""The chain that a certificate of a drop stands in, from left to right, with its gap."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from mtlsgui.formats.items import Item
from mtlsgui.gui import words
from mtlsgui.gui.inspector.chain import ChainCard, ChainStrip, status_pill
from mtlsgui.gui.theme.theme import Theme
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.inventory.records import Status
from mtlsgui.workspace.contents import Entry
from mtlsgui.workspace.looking import Look
from mtlsgui.workspace.relating import Bond

translate = QCoreApplication.translate


def chain_strip(
    theme: Theme,
    look: Look,
    entry: Entry,
    choose: Callable[[Item], object],
    show_stored: Callable[[int], object],
) -> tuple[ChainStrip, list[ChainCard]]:
    """The strip, and the cards of certificates that are in the drop, issuers first."""
    cards, here = [], []
    if look.gap is not None:
        cards.append(_gap_card(theme, look, show_stored))
    has_key = any(relation.bond is Bond.KEY_HERE for relation in look.relations)
    for item, step in reversed(look.steps):
        current = item is entry.item
        line = words.core(step.kind)
        if step.until is not None:
            line = translate("Dropped", "until {}").format(words.date(step.until))
        if current and has_key:
            line = translate("Dropped", "key is here")
        pill = status_pill(step.status) if step.status is not Status.VALID else ("", Tone.GOOD)
        card = ChainCard(theme, step.name, line, pill=pill, current=current, clickable=not current)
        card.clicked.connect(lambda _checked=False, item=item: choose(item))
        cards.append(card)
        here.append(card)
    strip = ChainStrip(theme)
    strip.add_cards(cards, broken=look.gap is not None)
    return strip, here


def _gap_card(theme: Theme, look: Look, show_stored: Callable[[int], object]) -> ChainCard:
    stored = look.issuer_here
    if stored is None:
        name = look.gap.issuer if look.gap is not None else ""
        where = translate("Dropped", "not in these files")
        return ChainCard(theme, name, where, missing=True, clickable=False)
    where = translate("Dropped", "in this workspace")
    card = ChainCard(theme, stored.name, where, missing=True)
    number = stored.id
    card.clicked.connect(lambda _checked=False: show_stored(number))
    return card
