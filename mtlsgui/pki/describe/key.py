"""Keys in words: never a private value."""

from mtlsgui.pki.describe import fields
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.keys import KeyInfo


def describe_private_key(
    info: KeyInfo | None,
    spki_sha256: str | None,
    *,
    encrypted: bool,
    locked: bool,
    protection: str = "",
) -> Description:
    """A private key, or what can be said of one whose passphrase is missing."""
    if locked:
        state = "Locked: a passphrase is needed"
    elif encrypted:
        state = "Encrypted, and opened with the passphrase given"
    else:
        state = "Not encrypted"
    held = [Field("Protection", state, note=protection)]
    public = (
        (fields.key(info, spki_sha256),)
        if info is not None
        else (Section("Public key", (Field("Key", "not known without the passphrase"),)),)
    )
    title = info.label if info else "Private key"
    return Description(title, "Private key", (Section("Private key", tuple(held)), *public))


def describe_public_key(info: KeyInfo, spki_sha256: str) -> Description:
    """A public key."""
    return Description(info.label, "Public key", (fields.key(info, spki_sha256),))
