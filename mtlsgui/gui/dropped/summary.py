"""The first tab beside the list: what one thing is, what it goes with, what is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtlsgui.formats.items import CertificateItem, Item, OtherItem, PrivateKeyItem, RequestItem
from mtlsgui.formats.labels import label as format_label
from mtlsgui.gui import words
from mtlsgui.gui.desk import Desk
from mtlsgui.gui.dropped.strip import chain_strip
from mtlsgui.gui.dropped.wording import relation_sign, relation_text, sentence
from mtlsgui.gui.inspector.card_fields import (
    PillValue,
    add_digest,
    add_digests,
    add_purposes,
)
from mtlsgui.gui.inspector.chain import ChainCard, status_pill
from mtlsgui.gui.inspector.details import DescriptionText
from mtlsgui.gui.inspector.text import ElidedLink, visible
from mtlsgui.gui.theme.tokens import GAP, GAP_LARGE, GAP_SMALL, HEADING_SCALE, Tone
from mtlsgui.gui.widgets.buttons import CopyButton, primary_button
from mtlsgui.gui.widgets.card import Banner, IconLabel
from mtlsgui.gui.widgets.fields import FieldList
from mtlsgui.gui.widgets.labels import label, wrapped
from mtlsgui.gui.widgets.pill import Pill
from mtlsgui.gui.widgets.value import ValueText
from mtlsgui.inventory.records import Status
from mtlsgui.pki.describe import as_text
from mtlsgui.workspace.contents import Entry, Fault
from mtlsgui.workspace.inspecting import Source
from mtlsgui.workspace.looking import Gap, Look, Signature, Verified
from mtlsgui.workspace.relating import Bond, Relation
from mtlsgui.workspace.viewing import CertificateView

translate = QCoreApplication.translate

LABEL_WIDTH = 150
_LINES = 4
"""So many lines of an extension are on the card; the others are in the details."""


@dataclass(frozen=True)
class Offers:
    """What can be done from the summary.

    choose: shows another item of the drop. sign: begins to sign a request, given its DER.
    save_chain: saves the full chain. fetch: asks whether to fetch a missing issuer.
    show_stored: shows a certificate of the workspace. read_anyway: reads a file without the
    usual bounds.
    """

    choose: Callable[[Item], object]
    sign: Callable[[bytes], object]
    save_chain: Callable[[], object]
    fetch: Callable[[Gap], object]
    show_stored: Callable[[int], object]
    read_anyway: Callable[[Source], object]


class Summary(QWidget):
    """Built anew for each entry. look: None for what could not be read at all."""

    def __init__(
        self,
        desk: Desk,
        entry: Entry,
        look: Look | None,
        offers: Offers,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, desk.theme
        self._entry, self._offers = entry, offers
        self.cards: list[ChainCard] = []
        self.banners: list[Banner] = []
        self.links: list[ElidedLink] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_LARGE)
        if entry.fault is not None:
            self._add_fault(entry.fault)
        elif look is not None and look.certificate is not None:
            self._add_certificate(look, look.certificate)
        elif look is not None:
            self._add_other(look)
        self._add_file(entry.source)
        self._column.addStretch()

    # -- certificates

    def _add_certificate(self, look: Look, view: CertificateView) -> None:
        if look.gap is not None:
            self._add_gap(look, look.gap)
        if len(look.steps) > 1 or look.gap is not None:
            strip, self.cards = chain_strip(
                self._theme, look, self._entry, self._offers.choose, self._offers.show_stored
            )
            self._column.addWidget(strip)
        self._add_heading(view.card.name, words.core(view.card.what))
        state = QHBoxLayout()
        state.setSpacing(GAP)
        revoked = any(each.bond is Bond.REVOKED_IN and each.sure for each in look.relations)
        if revoked:
            state.addWidget(Pill(self._theme, *status_pill(Status.REVOKED)))
        else:
            state.addWidget(Pill(self._theme, *status_pill(view.status)))
        if view.card.dates is not None and view.status is not None and not revoked:
            state.addWidget(label(self._when(view.status, *view.card.dates), "muted"))
        state.addStretch()
        self._column.addLayout(state)
        self._add_relations(look)
        fields = self._fields()
        if view.card.dates is not None:
            begin, end = map(words.date, view.card.dates)
            span = translate("Dropped", "{start} to {end}").format(start=begin, end=end)
            fields.add(translate("Dropped", "Valid"), span)
        add_purposes(fields, self._theme, view, view.card.key)
        if look.signature is not None:
            self._add_signature(fields, look.signature)
        for field in look.on_card:
            lines = visible(field.value).split("\n")
            more = len(lines) - _LINES
            if more > 0:
                lines[_LINES:] = [translate("Dropped", "and {} more").format(f"{more:,}")]
            fields.add(visible(words.core(field.label)), "\n".join(lines))
        if look.pin:
            add_digest(fields, translate("Dropped", "Pin (SPKI, SHA-256)"), look.pin, look.pin)
        add_digests(fields, view.card)
        self._column.addWidget(fields)

    def _add_signature(self, fields: FieldList, signature: Signature) -> None:
        by = visible(signature.by)
        text = (
            translate("Dropped", "{algorithm}, by {issuer}").format(
                algorithm=signature.algorithm, issuer=by
            )
            if by
            else translate("Dropped", "{}, by itself").format(signature.algorithm)
        )
        match signature.verified:
            case Verified.YES:
                pill = Pill(self._theme, translate("Dropped", "✓ Verified"), Tone.GOOD)
            case Verified.BROKEN:
                pill = Pill(self._theme, translate("Dropped", "Does not verify"), Tone.BAD)
            case Verified.UNKNOWN:
                pill = Pill(self._theme, translate("Dropped", "Not checked"), Tone.NEUTRAL)
                pill.setToolTip(translate("Dropped", "The issuer's certificate is not here."))
        fields.add_widget(translate("Dropped", "Signature"), PillValue(text, pill))

    def _when(self, status: Status, begin: datetime, end: datetime) -> str:
        now = self._desk.ws.clock()
        if status is Status.VALID:
            return words.time_left(begin, end, now)
        if status is Status.EXPIRED:
            return translate("Dropped", "It ended {}.").format(words.relative(end, now))
        return translate("Dropped", "It begins on {}.").format(words.date(begin))

    def _add_gap(self, look: Look, gap: Gap) -> None:
        text = gap.why
        actions: list[tuple[str, Callable[[], object]]] = []
        if look.issuer_here is not None:
            text = translate(
                "Dropped", "{} is not in these files, but it is in this workspace."
            ).format(visible(look.issuer_here.name))
        elif gap.address:
            text += " " + translate("Dropped", "Its address in the certificate is {}.").format(
                visible(gap.address)
            )
            actions.append((translate("Dropped", "Fetch…"), lambda: self._offers.fetch(gap)))
        elif gap.unfetchable:
            text += " " + translate(
                "Dropped", "Its address in the certificate is {}, which is not fetched."
            ).format(visible(gap.unfetchable))
        if len(look.steps) > 1 and self._entry.item is look.steps[0][0]:
            actions.append((translate("Dropped", "Save full chain…"), self._offers.save_chain))
        self._add_banner(Tone.ACCENT, "", visible(text), actions)

    # -- everything else

    def _add_other(self, look: Look) -> None:
        item = self._entry.item
        if isinstance(item, PrivateKeyItem | OtherItem) and item.locked:
            self._add_heading(self._entry.title, translate("Dropped", "Locked"))
            hint = translate("Dropped", "Type its passphrase below the list to see what is inside.")
            self._column.addWidget(wrapped(hint, "muted"))
        else:
            self._add_heading(look.description.title, look.description.subtitle)
        self._add_relations(look)
        if isinstance(item, RequestItem):
            der = item.facts.der
            button = primary_button(translate("Dropped", "&Sign this request…"))
            button.clicked.connect(lambda _checked=False: self._offers.sign(der))
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        description = look.description
        text = DescriptionText(self._theme, grows=True, label_width=LABEL_WIDTH + 8)
        text.show_description(description)
        self._column.addWidget(text)
        if isinstance(item, PrivateKeyItem | OtherItem) and item.locked:
            return
        copying = CopyButton(
            lambda: as_text(description),
            self._desk.clipboard,
            what=translate("Dropped", "all fields as text"),
            caption=translate("Dropped", "Copy all fields as text"),
        )
        self._column.addWidget(copying, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_fault(self, fault: Fault) -> None:
        entry = self._entry
        refused = fault.bounded
        said, tone = translate("Dropped", "Could not be read"), Tone.BAD
        if refused:
            said, tone = translate("Dropped", "Refused"), Tone.ATTENTION
        elif fault.empty:
            said, tone = translate("Dropped", "Nothing found"), Tone.ACCENT
        self._add_heading(entry.title, said)
        advice, actions = fault.advice, []
        if refused:
            advice = translate(
                "Dropped",
                "It can be read without that bound. It may take long, and can be stopped.",
            )
            reading = (
                translate("Dropped", "Read it anyway"),
                lambda: self._offers.read_anyway(entry.source),
            )
            actions.append(reading)
        self._add_banner(tone, visible(sentence(fault.message)), visible(advice), actions)
        fields = self._fields()
        if entry.source.error is None:
            fields.add(
                translate("Dropped", "Taken for"),
                fault.taken_for or translate("Dropped", "nothing that we know"),
            )
        if fault.where:
            fields.add(translate("Dropped", "Where"), visible(fault.where))
        if fields.row_count:
            self._column.addWidget(fields)

    # -- parts

    def _add_heading(self, title: str, subtitle: str) -> None:
        box = QVBoxLayout()
        box.setSpacing(2)
        box.addWidget(label(visible(subtitle), "muted"))
        box.addWidget(ValueText(visible(title), self._theme.font(HEADING_SCALE, strong=True)))
        self._column.addLayout(box)

    def _add_banner(
        self, tone: Tone, said: str, text: str, actions: list[tuple[str, Callable[[], object]]]
    ) -> None:
        banner = Banner(self._theme, tone, said, text, actions=actions)
        banner.setAccessibleName(said or text)
        self.banners.append(banner)
        self._column.addWidget(banner)

    def _add_relations(self, look: Look) -> None:
        box = QVBoxLayout()
        box.setSpacing(GAP_SMALL // 2)
        for relation in look.relations:
            box.addWidget(self._relation(relation))
        if look.stored_id is not None:
            box.addWidget(self._stored(look.stored_id))
        if box.count():
            self._column.addLayout(box)

    def _relation(self, relation: Relation) -> QWidget:
        item = self._entry.item
        if item is None:
            raise AssertionError("only items have relations")
        icon, tone = relation_sign(relation.bond, item)
        text = relation_text(relation, item)
        other = relation.item
        if other is None:
            return self._signed_line(icon, tone, wrapped(text))
        link = ElidedLink(text)
        link.button.clicked.connect(lambda _checked=False: self._offers.choose(other))
        self.links.append(link)
        return self._signed_line(icon, tone, link)

    def _stored(self, number: int) -> QWidget:
        link = ElidedLink(translate("Dropped", "It is in this workspace already. Show it there"))
        link.button.clicked.connect(lambda _checked=False: self._offers.show_stored(number))
        self.links.append(link)
        return self._signed_line("check", Tone.GOOD, link)

    def _signed_line(self, icon: str, tone: Tone, what: QWidget) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        colour = {Tone.GOOD: "good_text", Tone.BAD: "bad_text", Tone.ATTENTION: "attention"}
        sign = IconLabel(self._theme, icon, colour.get(tone, "muted"))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(what, 1)
        return line

    def _add_file(self, source: Source) -> None:
        """Where it came from, and what is to be said of the file as a whole."""
        fields = self._fields()
        if source.path is not None:
            fields.add(translate("Dropped", "File"), visible(str(source.path)))
        elif source.name:
            fields.add(translate("Dropped", "From"), visible(source.name))
        if self._entry.inside:
            fields.add(translate("Dropped", "Place in it"), visible(self._entry.inside))
        item = self._entry.item
        alias = item.friendly_name if isinstance(item, CertificateItem | PrivateKeyItem) else None
        if alias:
            fields.add(translate("Dropped", "Alias"), visible(alias))
        if source.error is None and source.result.format != "unknown":
            fields.add(translate("Dropped", "Format"), format_label(source.result.format))
        for fact in source.result.about:
            said = "\n".join(part for part in (fact.value, fact.note) if part)
            fields.add(visible(words.core(fact.label)), visible(said))
        box = QVBoxLayout()
        box.setContentsMargins(0, GAP_SMALL, 0, 0)
        box.setSpacing(GAP_SMALL)
        box.addWidget(label(translate("Dropped", "This file"), "strong"))
        box.addWidget(fields)
        self._column.addLayout(box)

    def _fields(self) -> FieldList:
        return FieldList(self._theme, self._desk.clipboard, label_width=LABEL_WIDTH)
