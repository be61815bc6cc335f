"""The description of an item: the one that every face shows."""

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import (
    CertificateItem,
    CrlItem,
    Item,
    OtherItem,
    PrivateKeyItem,
    PublicKeyItem,
    RequestItem,
)
from mtlsgui.formats.keys.loading import load_private
from mtlsgui.formats.limits import Limits
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
                spki=_public_half(item),
            )
        case PublicKeyItem():
            return describe.describe_public_key(item.info, item.spki_sha256, item.spki)
        case OtherItem():
            return _other(item)


def _public_half(item: PrivateKeyItem) -> bytes | None:
    """The SubjectPublicKeyInfo of a key that was read before; None where it cannot be told."""
    if item.pkcs8 is None:
        return None
    try:
        return load_private(item.pkcs8, Limits()).spki
    except (
        MtlsguiError,
        ValueError,
        IndexError,
    ):  # too large for the usual bounds, or by name only
        return None


def _other(item: OtherItem) -> Description:
    """Its reader's own description, and above it what keeps more from being shown."""
    fields = []
    if item.locked:
        fields.append(Field("Protection", "Locked: a passphrase is needed", note=item.protection))
    elif item.protection:
        fields.append(Field("Protection", item.protection))
    if item.problem:
        fields.append(Field("Problem", item.problem, kind="problem"))
    state = (Section("", tuple(fields)),) if fields else ()
    found = item.description
    if found is None:
        return Description(item.what, "Locked" if item.locked else "", state)
    return Description(found.title, found.subtitle, (*state, *found.sections))
