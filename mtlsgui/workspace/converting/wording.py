"""What things are called, and what kind of key they have: for plans."""

from mtlsgui.formats.items import (
    CertificateItem,
    CrlItem,
    Item,
    OtherItem,
    PrivateKeyItem,
    PublicKeyItem,
    RequestItem,
)
from mtlsgui.pki.describe import display_name
from mtlsgui.pki.keys import KeyInfo


def describe(item: Item) -> str:
    """One thing in a few words: "certificate “web.example.test”"."""
    match item:
        case CertificateItem():
            what = "CA certificate" if item.facts.is_ca else "certificate"
            return f"{what} “{display_name(item.facts)}”"
        case RequestItem():
            return f"request for “{item.facts.common_name or item.facts.subject or 'no name'}”"
        case CrlItem():
            return f"revocation list of “{item.facts.issuer or 'an unknown issuer'}”"
        case PrivateKeyItem():
            kind = item.info.label if item.info else ""
            named = f" “{item.friendly_name}”" if item.friendly_name else ""
            return f"private key {kind}".rstrip() + named
        case PublicKeyItem():
            return f"public key {item.info.label}"
        case OtherItem():
            return item.what


def capital(text: str) -> str:
    """With its first letter as a sentence begins; the others stay."""
    return text[:1].upper() + text[1:]


def name_of(item: CertificateItem) -> str:
    """The name it has in its file, else its own."""
    return item.friendly_name or display_name(item.facts)


def info_of(item: Item | None) -> KeyInfo | None:
    """What kind of key it is or has."""
    match item:
        case CertificateItem() | RequestItem():
            return item.facts.key
        case PrivateKeyItem() | PublicKeyItem():
            return item.info
        case _:
            return None


def label_of(info: KeyInfo | None) -> str:
    """A kind of key for people."""
    return info.label if info else "Unknown"
