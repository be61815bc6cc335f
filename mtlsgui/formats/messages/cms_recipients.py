"""For whom a CMS message is encrypted (RFC 5652, section 6.2), by structure."""

from collections.abc import Iterator, Sequence

from mtlsgui.formats.messages import wording
from mtlsgui.pki import der
from mtlsgui.pki.describe.tree import Field, Section

MOST_DESCRIBED = 100

_CONTEXT = 0x80


def recipients(infos: Sequence[der.Node]) -> list[Section]:
    """A section for each RecipientInfo; a malformed one does not hide the others."""
    sections = []
    for number, info in enumerate(infos[:MOST_DESCRIBED], 1):
        title = "Recipient" if len(infos) == 1 else f"Recipient {number}"
        try:
            fields = tuple(_recipient(info))
        except (ValueError, IndexError) as error:
            fields = (Field("Recipient", wording.UNREADABLE, note=str(error), kind="problem"),)
        sections.append(Section(title, fields))
    if len(infos) > MOST_DESCRIBED:
        more = Field("", f"… and {len(infos) - MOST_DESCRIBED:,} more")
        sections.append(Section("More recipients", (more,)))
    return sections


def _recipient(info: der.Node) -> Iterator[Field]:
    parts = info.children()
    match info.tag:
        case der.SEQUENCE:  # KeyTransRecipientInfo
            yield Field("How", "with the key in a certificate")
            yield from _identifier(wording.at(parts, 1))
            yield wording.algorithm("Key encrypted with", wording.at(parts, 2))
        case 0xA1:  # KeyAgreeRecipientInfo
            yield Field("How", "by key agreement with the key in a certificate")
            algorithm = next(part for part in parts if part.tag == der.SEQUENCE)
            for key in parts[-1].children():
                yield from _identifier(wording.first(key))
            yield wording.algorithm("Key agreement", algorithm)
        case 0xA2:  # KEKRecipientInfo
            yield Field("How", "with a key that both sides have")
            yield wording.octets("Key identifier", wording.first(wording.at(parts, 1)).value)
            yield wording.algorithm("Key encrypted with", wording.at(parts, 2))
        case 0xA3:  # PasswordRecipientInfo
            yield Field("How", "with a passphrase")
            algorithms = [part for part in parts if part.tag in (der.SEQUENCE, 0xA0)]
            for label, part in zip(
                ("Key encrypted with", "Key derived with"), reversed(algorithms), strict=False
            ):
                yield wording.algorithm(label, part)
        case _:
            kind = wording.first(info)
            yield wording.field("How", lambda: wording.oid_words(kind.oid()), oid=kind.oid())


def _identifier(node: der.Node) -> Iterator[Field]:
    """Issuer and serial number, or a key identifier (sections 6.2.1 and 6.2.2)."""
    if node.tag == der.SEQUENCE:
        parts = node.children()
        yield wording.name("Issuer of the recipient's certificate", wording.at(parts, 0))
        yield wording.serial("Serial number", wording.at(parts, 1))
    elif node.tag == _CONTEXT:
        yield wording.octets("Key identifier", node.value)
    else:  # RecipientKeyIdentifier
        yield wording.octets("Key identifier", wording.first(node).value)
