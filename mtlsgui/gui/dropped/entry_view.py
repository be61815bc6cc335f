"""The right side: one thing that was found, in full."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.formats.items import Item, OtherItem, PrivateKeyItem, RequestItem
from mtlsgui.gui import words
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.inspector.card_fields import add_card_fields
from mtlsgui.gui.inspector.chain import ChainCard, ChainStrip, status_pill
from mtlsgui.gui.inspector.details import DescriptionText
from mtlsgui.gui.inspector.text import ElidedLink, visible
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE, GAP_PAGE, HEADING_SCALE, Tone
from mtlsgui.gui.widgets.buttons import primary_button
from mtlsgui.gui.widgets.card import Banner
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.labels import label, wrapped
from mtlsgui.gui.widgets.pill import Pill
from mtlsgui.gui.widgets.value import ValueText
from mtlsgui.inventory.records import Status
from mtlsgui.workspace.contents import Entry, Fault
from mtlsgui.workspace.exporting import Form
from mtlsgui.workspace.looking import Look
from mtlsgui.workspace.viewing import CertificateView

translate = QCoreApplication.translate

_LABEL_WIDTH = 150


class EntryView(QWidget):
    """Built anew for each entry.

    choose: shows another item of the drop. sign: begins to sign a request. save_chain: saves the
    full chain. show_stored: shows a certificate of the workspace.
    """

    def __init__(
        self,
        desk: Desk,
        entry: Entry,
        look: Look | None,
        *,
        choose: Callable[[Item], object],
        sign: Callable[[bytes], object],
        save_chain: Callable[[], object],
        show_stored: Callable[[int], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, desk.theme
        self._choose, self._sign = choose, sign
        self._save_chain, self._show_stored = save_chain, show_stored
        self.cards: list[ChainCard] = []
        self.banners: list[Banner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_LARGE)
        if entry.fault is not None:
            self._add_fault(entry, entry.fault)
        elif look is not None and look.certificate is not None:
            self._add_certificate(entry, look, look.certificate)
        elif look is not None:
            self._add_other(entry, look)
        self._column.addStretch()

    # -- certificates

    def _add_certificate(self, entry: Entry, look: Look, view: CertificateView) -> None:
        if look.missing:
            self._add_gap(entry, look)
        if len(look.steps) > 1 or look.missing:
            self._column.addWidget(self._strip(entry, look))
        self._add_heading(view.card.name, words.core(view.card.what))
        state = QHBoxLayout()
        state.setSpacing(GAP)
        state.addWidget(Pill(self._theme, *status_pill(view.status)))
        if view.card.dates is not None and view.status is not None:
            state.addWidget(label(self._when(view.status, *view.card.dates), "muted"))
        state.addStretch()
        self._column.addLayout(state)
        if look.stored_id is not None:
            self._add_stored(look.stored_id)
        fields = FieldList(self._theme, self._desk.clipboard, label_width=_LABEL_WIDTH)
        fields.add(translate("Dropped", "Issued by"), visible(view.card.issued_by))
        if view.card.dates is not None:
            begin, end = map(words.date, view.card.dates)
            span = translate("Dropped", "{start} to {end}").format(start=begin, end=end)
            fields.add(translate("Dropped", "Valid"), span)
        place = (
            translate("Dropped", "{}; its private key is in these files")
            if look.key_here
            else translate("Dropped", "{}; its private key is not in these files")
        )
        add_card_fields(fields, self._theme, view, place.format(view.card.key))
        self._column.addWidget(fields)
        self._add_description(look)

    def _when(self, status: Status, begin: datetime, end: datetime) -> str:
        now = self._desk.ws.clock()
        if status is Status.VALID:
            return words.time_left(begin, end, now)
        if status is Status.EXPIRED:
            return translate("Dropped", "It ended {}.").format(words.relative(end, now))
        return translate("Dropped", "It begins on {}.").format(words.date(begin))

    def _add_gap(self, entry: Entry, look: Look) -> None:
        text = look.missing
        if look.issuer_here is not None:
            text = translate(
                "Dropped", "{} is not in these files, but it is in this workspace."
            ).format(visible(look.issuer_here.name))
        can_save = len(look.steps) > 1 and entry.item is look.steps[0][0]
        actions = [(translate("Dropped", "Save full chain…"), self._save_chain)] if can_save else []
        banner = Banner(self._theme, Tone.ACCENT, "", visible(text), actions=actions)
        banner.setAccessibleName(text)
        self.banners.append(banner)
        self._column.addWidget(banner)

    def _strip(self, entry: Entry, look: Look) -> ChainStrip:
        cards = []
        if look.missing:
            stored = look.issuer_here
            where = (
                translate("Dropped", "in this workspace")
                if stored is not None
                else translate("Dropped", "not in these files")
            )
            gap = ChainCard(
                self._theme,
                stored.name if stored is not None else look.missing_issuer,
                where,
                missing=True,
                clickable=stored is not None,
            )
            if stored is not None:
                number = stored.id
                gap.clicked.connect(lambda _checked=False: self._show_stored(number))
            cards.append(gap)
        for item, step in reversed(look.steps):
            current = item is entry.item
            line = words.core(step.kind)
            if step.until is not None:
                line = translate("Dropped", "until {}").format(words.date(step.until))
            if current and look.key_here:
                line = translate("Dropped", "key is here")
            pill = status_pill(step.status) if step.status is not Status.VALID else ("", Tone.GOOD)
            card = ChainCard(
                self._theme, step.name, line, pill=pill, current=current, clickable=not current
            )
            card.clicked.connect(lambda _checked=False, item=item: self._choose(item))
            self.cards.append(card)
            cards.append(card)
        strip = ChainStrip(self._theme)
        strip.add_cards(cards, broken=bool(look.missing))
        return strip

    def _add_stored(self, number: int) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(label(translate("Dropped", "It is in this workspace already."), "muted"))
        link = ElidedLink(translate("Dropped", "Show it there"))
        link.button.clicked.connect(lambda _checked=False: self._show_stored(number))
        row.addWidget(link, 1)
        self._column.addLayout(row)

    # -- everything else

    def _add_other(self, entry: Entry, look: Look) -> None:
        item = entry.item
        if isinstance(item, PrivateKeyItem | OtherItem) and item.locked:
            self._add_heading(entry.title, translate("Dropped", "Locked"))
            self._column.addWidget(
                wrapped(
                    translate(
                        "Dropped", "Type its passphrase below the list to see what is inside."
                    ),
                    "muted",
                )
            )
        else:
            self._add_heading(look.description.title, look.description.subtitle)
        if look.goes_with:
            text = (
                translate("Dropped", "{} was made from it.")
                if isinstance(item, RequestItem)
                else translate("Dropped", "It belongs to {}.")
            )
            self._column.addWidget(wrapped(visible(text.format(look.goes_with)), "muted"))
        if isinstance(item, RequestItem):
            der = item.facts.der
            button = primary_button(translate("Dropped", "&Sign this request…"))
            button.clicked.connect(lambda _checked=False: self._sign(der))
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._add_description(look)

    def _add_fault(self, entry: Entry, fault: Fault) -> None:
        self._add_heading(entry.source.name, translate("Dropped", "Could not be read"))
        banner = Banner(
            self._theme, Tone.BAD, visible(sentence(fault.message)), visible(fault.advice)
        )
        self.banners.append(banner)
        self._column.addWidget(banner)
        fields = FieldList(self._theme, self._desk.clipboard, label_width=_LABEL_WIDTH)
        if entry.source.path is not None:
            fields.add(translate("Dropped", "File"), str(entry.source.path))
        if entry.source.error is None:
            fields.add(
                translate("Dropped", "Taken for"),
                fault.taken_for or translate("Dropped", "nothing that we know"),
            )
        if fault.where:
            fields.add(translate("Dropped", "Where"), visible(fault.where))
        self._column.addWidget(fields)

    # -- parts

    def _add_heading(self, title: str, subtitle: str) -> None:
        box = QVBoxLayout()
        box.setSpacing(2)
        box.addWidget(label(subtitle, "muted"))
        box.addWidget(ValueText(visible(title), self._theme.font(HEADING_SCALE, strong=True)))
        self._column.addLayout(box)

    def _add_description(self, look: Look) -> None:
        text = DescriptionText(self._theme, grows=True, label_width=_LABEL_WIDTH + 8)
        text.show_description(look.description)
        self._column.addSpacing(GAP_PAGE - GAP_LARGE)
        self._column.addWidget(text)


def sentence(text: str) -> str:
    """With a capital at its start and a full stop at its end."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "…")) else f"{text}."


def save_caption(form: Form) -> str:
    """What the form is called in the menu of "Save as"."""
    return {
        Form.PEM: translate("Dropped", "&PEM…"),
        Form.DER: translate("Dropped", "&DER…"),
        Form.FULL_CHAIN: translate("Dropped", "&Full chain (PEM)…"),
    }[form]
