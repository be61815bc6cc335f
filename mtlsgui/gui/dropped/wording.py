"""What the page of dropped files says about what it found."""

from PySide6.QtCore import QCoreApplication

from mtlsgui.formats.items import CertificateItem, Item, RequestItem
from mtlsgui.gui.inspector.text import visible
from mtlsgui.gui.theme.tokens import Tone
from mtlsgui.workspace.contents import Group, Heading
from mtlsgui.workspace.exporting import Form
from mtlsgui.workspace.relating import Bond, Relation

translate = QCoreApplication.translate


def heading_text(group: Group, several_chains: bool) -> str:
    """What stands above a group."""
    match group.heading:
        case Heading.TOGETHER if several_chains:
            return translate("Dropped", "Belongs together: {}").format(visible(group.title))
        case Heading.TOGETHER:
            return translate("Dropped", "Belongs together")
        case Heading.ALONE:
            return translate("Dropped", "On its own")
        case Heading.STRANGERS if several_chains:
            return translate("Dropped", "Not part of those chains")
        case Heading.STRANGERS:
            return translate("Dropped", "Not part of that chain")
        case Heading.LOCKED:
            return translate("Dropped", "Needs a passphrase")
        case Heading.DUPLICATES:
            return translate("Dropped", "There twice")
        case Heading.UNREADABLE:
            return translate("Dropped", "Could not be read")


def relation_text(relation: Relation, item: Item) -> str:
    """How `item` goes with another thing of the drop, as a sentence."""
    match relation.bond:
        case Bond.KEY_HERE if isinstance(item, CertificateItem | RequestItem):
            text = translate("Dropped", "Its private key is here.")
        case Bond.KEY_HERE:
            text = translate("Dropped", "The private key for it is here.")
        case Bond.KEY_OF:
            text = translate("Dropped", "It belongs to {}.")
        case Bond.MADE_FROM:
            text = translate("Dropped", "{} was made from it.")
        case Bond.NO_CERTIFICATE if isinstance(item, RequestItem):
            text = translate("Dropped", "None of the certificates here was made from it.")
        case Bond.NO_CERTIFICATE:
            text = translate("Dropped", "This key belongs to none of the certificates here.")
        case Bond.NO_KEY:
            text = translate("Dropped", "None of the keys here belongs to this certificate.")
        case Bond.SAME_AS:
            text = translate("Dropped", "The same is in {} too.")
        case Bond.CROSS_SIGNED:
            text = translate(
                "Dropped", "The same authority is here once more, certified by {}: another chain."
            )
        case Bond.REISSUED:
            text = translate(
                "Dropped", "Another certificate with the same name and key is here: {}."
            )
        case Bond.SIGNED_NOTHING:
            text = translate("Dropped", "It signed none of the certificates here.")
        case Bond.REVOKED_IN:
            text = translate("Dropped", "Revoked, says {}.")
        case Bond.REVOKES:
            text = translate("Dropped", "It revokes {}.")
        case Bond.LIST_OF:
            text = translate("Dropped", "Signed by {}, which is here.")
    return text.format(visible(relation.name))


def relation_sign(bond: Bond, item: Item) -> tuple[str, Tone]:
    """The icon beside the sentence, and its tone."""
    match bond:
        case Bond.KEY_HERE | Bond.KEY_OF:
            return "key", Tone.NEUTRAL
        case Bond.REVOKED_IN | Bond.REVOKES:
            return "revoke", Tone.BAD
        case Bond.NO_CERTIFICATE if isinstance(item, RequestItem):
            return "info", Tone.NEUTRAL
        case Bond.NO_CERTIFICATE | Bond.NO_KEY | Bond.SIGNED_NOTHING:
            return "warning", Tone.ATTENTION
        case Bond.LIST_OF | Bond.MADE_FROM:
            return "check", Tone.GOOD
    return "info", Tone.NEUTRAL


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
