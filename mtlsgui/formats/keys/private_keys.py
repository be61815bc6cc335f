"""Private keys: PKCS#8 (RFC 5958) plain and encrypted, PKCS#1, SEC 1, and openssl's old PEM."""

from collections.abc import Callable

from cryptography.exceptions import UnsupportedAlgorithm

from mtlsgui.formats import pem
from mtlsgui.formats.context import Context
from mtlsgui.formats.items import PrivateKeyItem
from mtlsgui.formats.keys import loading as key_loading
from mtlsgui.formats.keys import pem_ciphers
from mtlsgui.formats.keys import structures as key_structures
from mtlsgui.formats.pem import Block
from mtlsgui.formats.protection import pbe
from mtlsgui.formats.protection.encryption import Protection, protection_of
from mtlsgui.formats.shapes import Shape, shape_of
from mtlsgui.pki import der
from mtlsgui.pki.keys import KeyInfo

_CONTAINERS = {Shape.PKCS1: "pkcs1", Shape.SEC1: "sec1", Shape.DSA_PRIVATE: "dsa"}


def add_private(
    pkcs8: bytes,
    container: str,
    context: Context,
    *,
    encrypted: bool = False,
    friendly_name: str | None = None,
    protection: str = "",
) -> None:
    """Add the key in a PrivateKeyInfo. Raises what `key_loading.load_private` raises."""
    key = key_loading.load_private(pkcs8, context.limits)
    context.add(
        PrivateKeyItem(
            pkcs8=key.pkcs8,
            info=key.info,
            spki_sha256=key.spki_sha256,
            encrypted=encrypted,
            container=container,
            friendly_name=friendly_name,
            protection=protection,
        )
    )


def add_locked(
    container: str,
    context: Context,
    protection: str,
    *,
    friendly_name: str | None = None,
    info: KeyInfo | None = None,
    spki_sha256: str | None = None,
) -> None:
    """Add a key whose passphrase is missing. info, spki_sha256: where they stand in the clear."""
    context.add(
        PrivateKeyItem(
            pkcs8=None,
            info=info,
            spki_sha256=spki_sha256,
            encrypted=True,
            locked=True,
            container=container,
            friendly_name=friendly_name,
            protection=protection,
        )
    )


def read_pkcs8(
    node: der.Node,
    context: Context,
    friendly_name: str | None = None,
    *,
    container: str = "pkcs8",
    encrypted: bool = False,
    protection: str = "",
) -> None:
    """A PKCS#8 PrivateKeyInfo in the clear.

    encrypted, protection: of what it stood in and was decrypted from.
    """
    add_private(
        node.encoded,
        container,
        context,
        encrypted=encrypted,
        friendly_name=friendly_name,
        protection=protection,
    )


def read_traditional(
    node: der.Node, container: str, context: Context, friendly_name: str | None = None
) -> None:
    """A PKCS#1 or SEC 1 key, or a traditional DSA key, that is not encrypted."""
    add_private(from_traditional(node, container), container, context, friendly_name=friendly_name)


def from_traditional(node: der.Node, container: str) -> bytes:
    """The PrivateKeyInfo of a key in the form that `container` names."""
    if container == "pkcs1":
        return key_structures.from_pkcs1(node)
    return key_structures.from_sec1(node) if container == "sec1" else key_structures.from_dsa(node)


def read_encrypted_pkcs8(
    node: der.Node, context: Context, friendly_name: str | None = None, *, container: str = "pkcs8"
) -> None:
    """A PKCS#8 EncryptedPrivateKeyInfo; a locked item when no passphrase opens it."""
    algorithm, data = node.children()[:2]
    try:
        protection = protection_of(algorithm)
    except der.DerError as error:
        add_locked(container, context, "", friendly_name=friendly_name)
        raise der.DerError(f"the key is locked: {error}") from None
    context.afford([protection], len(context.passphrases))

    def decrypt(passphrase: bytes) -> bytes:
        try:
            return der.read(pbe.decrypt(algorithm, data.value, passphrase)).encoded
        except pbe.UnsupportedError as error:
            armoured = pem.encode("ENCRYPTED PRIVATE KEY", node.encoded)
            size = data.end - data.body
            try:
                return pem_ciphers.by_openssl(armoured, size, passphrase)
            except UnsupportedAlgorithm:
                raise error from None

    open_with_passphrases(decrypt, container, protection, context, friendly_name)


def read_encrypted_pem(block: Block, container: str, context: Context) -> None:
    """A key in openssl's traditional encrypted PEM: DEK-Info names the cipher; one round of MD5."""
    cipher = block.headers.get("DEK-Info", "").partition(",")[0] or "an unnamed cipher"
    protection = Protection(f"{cipher}, one round of MD5 (weak)", 1)
    context.afford([protection], len(context.passphrases))

    def decrypt(passphrase: bytes) -> bytes:
        node = der.read(pem_ciphers.decrypt(block, passphrase))
        shape = shape_of(node)
        return node.encoded if shape is Shape.PKCS8 else from_traditional(node, _CONTAINERS[shape])

    open_with_passphrases(decrypt, container, protection, context, block.friendly_name)


def open_with_passphrases(
    decrypt: Callable[[bytes], bytes],
    container: str,
    protection: Protection,
    context: Context,
    friendly_name: str | None = None,
    *,
    info: KeyInfo | None = None,
    spki_sha256: str | None = None,
) -> None:
    """Try each passphrase; add the open key, or a locked one when none fits.

    decrypt: gives the PrivateKeyInfo, and raises ValueError for a wrong passphrase.
    info, spki_sha256: of the public half, where it stands in the clear.

    "Wrong passphrase" and "damaged" look the same: a cipher without authentication cannot tell
    them apart. What does come out as a PrivateKeyInfo has been decrypted, so that what is wrong
    with it then is an error of the key.
    """
    for passphrase in context.passphrases:
        try:
            pkcs8 = decrypt(passphrase)
            der.read(pkcs8).children()[2]
        except pbe.UnsupportedError as error:
            context.error("", f"{error.title}. {error.detail}")
            break
        except UnsupportedAlgorithm:
            context.error("", f"The key is encrypted with {protection.text}, which we cannot open.")
            break
        except (ValueError, LookupError):
            continue
        add_private(
            pkcs8,
            container,
            context,
            encrypted=True,
            friendly_name=friendly_name,
            protection=protection.text,
        )
        return
    add_locked(
        container,
        context,
        protection.text,
        friendly_name=friendly_name,
        info=info,
        spki_sha256=spki_sha256,
    )
