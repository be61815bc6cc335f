"""The description of an item: the one that every face shows."""

from mtlsgui.formats.items import (
    CertificateItem,
    CrlItem,
    Item,
    OtherItem,
    PrivateKeyItem,
    PublicKeyItem,
    RequestItem,
)
from mtlsgui.pki import describe
from mtlsgui.pki.describe import Description, Field, Section


def describe_item(item: Item) -> Description:
    """What the item is, in words. Never raises, never shows a private value."""
    match item:
        case CertificateItem():
            return describe.describe_certificate(item.facts)
        case RequestItem():
            return describe.describe_request(item.facts)
        case CrlItem():
            return describe.describe_crl(item.facts)
        case PrivateKeyItem():
            return describe.describe_private_key(
                item.info,
                item.spki_sha256,
                encrypted=item.encrypted,
                locked=item.locked,
                protection=item.protection,
            )
        case PublicKeyItem():
            return describe.describe_public_key(item.info, item.spki_sha256)
        case OtherItem():
            return _other(item)


def _other(item: OtherItem) -> Description:
    fields = []
    if item.locked:
        fields.append(Field("Protection", "Locked: a passphrase is needed", note=item.protection))
    if item.problem:
        fields.append(Field("Problem", item.problem, kind="problem"))
    return Description(item.what, "Locked" if item.locked else "", (Section("", tuple(fields)),))
