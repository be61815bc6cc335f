"""Keys in words: never a private value."""

from mtlsgui.pki.describe.public_key import key_section, pins
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.keys import KeyInfo


def describe_private_key(
    info: KeyInfo | None,
    spki_sha256: str | None,
    *,
    encrypted: bool,
    locked: bool,
    protection: str = "",
    spki: bytes | None = None,
) -> Description:
    """A private key, or what can be said of one whose passphrase is missing.

    spki: the SubjectPublicKeyInfo of its public half, where that is known.
    """
    if locked:
        state = "Locked: a passphrase is needed"
    elif encrypted:
        state = "Encrypted, and opened with the passphrase given"
    else:
        state = "Not encrypted"
    held = [Field("Protection", state, note=protection)]
    public = (
        (key_section(info, spki_sha256, spki), *pins(spki))
        if info is not None
        else (Section("Public key", (Field("Key", "not known without the passphrase"),)),)
    )
    title = info.label if info else "Private key"
    return Description(title, "Private key", (Section("Private key", tuple(held)), *public))


def describe_public_key(info: KeyInfo, spki_sha256: str, spki: bytes | None = None) -> Description:
    """A public key."""
    sections = (key_section(info, spki_sha256, spki), *pins(spki))
    return Description(info.label, "Public key", sections)
