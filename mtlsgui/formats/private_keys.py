"""Private keys: PKCS#8 (RFC 5958) plain and encrypted, PKCS#1, SEC 1, and openssl's old PEM."""

from collections.abc import Callable
from typing import cast

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import mldsa, rsa

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.context import Context
from mtlsgui.formats.encryption import Protection, protection_of
from mtlsgui.formats.items import OtherItem, PrivateKeyItem
from mtlsgui.formats.limits import Limits, check_rsa_bits
from mtlsgui.formats.pem import Block
from mtlsgui.pki import der
from mtlsgui.pki.keys import PrivateKey, key_info, pkcs8_der, spki_sha256

_RSA = ("1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10")
_DIFFIE_HELLMAN = ("1.2.840.113549.1.3.1", "1.2.840.10046.2.1")
_ML_DSA: dict[str, Callable[[bytes], PrivateKey]] = {
    "2.16.840.1.101.3.4.3.17": mldsa.MLDSA44PrivateKey.from_seed_bytes,
    "2.16.840.1.101.3.4.3.18": mldsa.MLDSA65PrivateKey.from_seed_bytes,
    "2.16.840.1.101.3.4.3.19": mldsa.MLDSA87PrivateKey.from_seed_bytes,
}
_SEED_AND_EXPANDED = der.SEQUENCE  # the `both` choice of RFC 9881, section 6


class BadKeyError(MtlsguiError):
    """A private key whose numbers do not belong together."""


def private_key_item(
    key: object,
    container: str,
    limits: Limits,
    *,
    encrypted: bool = False,
    friendly_name: str | None = None,
    protection: str = "",
) -> PrivateKeyItem:
    """The item for an open key. Raises RefusedError or BadKeyError for one not to be used."""
    if isinstance(key, rsa.RSAPrivateKey):
        check_rsa(key, limits)
    public = key.public_key()  # type: ignore[attr-defined] # all private keys have it
    return PrivateKeyItem(
        pkcs8=pkcs8_der(cast(PrivateKey, key)),
        info=key_info(public),
        spki_sha256=spki_sha256(public),
        encrypted=encrypted,
        container=container,
        friendly_name=friendly_name,
        protection=protection,
    )


def check_rsa(key: rsa.RSAPrivateKey, limits: Limits) -> None:
    """That the numbers of an RSA key belong together, without testing that p and q are prime.

    The prime tests of `cryptography` take 0.2 s at 4,096 bits and half a minute at 16,384; what is
    checked here takes a millisecond. A key that passes and is still bad cannot make a signature
    that verifies. Raises RefusedError, BadKeyError.
    """
    check_rsa_bits(key.key_size, limits)
    numbers = key.private_numbers()
    n, e = numbers.public_numbers.n, numbers.public_numbers.e
    p, q, d = numbers.p, numbers.q, numbers.d
    if not (
        p > 1
        and q > 1
        and p * q == n
        and d * e % (p - 1) == 1
        and d * e % (q - 1) == 1
        and numbers.dmp1 == d % (p - 1)
        and numbers.dmq1 == d % (q - 1)
        and numbers.iqmp * q % p == 1
    ):
        raise BadKeyError("This RSA private key is damaged", "Its numbers do not belong together.")


def read_pkcs8(node: der.Node, context: Context, friendly_name: str | None = None) -> None:
    """A PKCS#8 PrivateKeyInfo that is not encrypted."""
    parts = node.children()
    algorithm = parts[1].children()
    oid = algorithm[0].oid()
    if oid in _DIFFIE_HELLMAN:
        # Checking large Diffie-Hellman parameters hangs, and no certificate carries such a key.
        context.add(OtherItem("Diffie-Hellman private key", container="pkcs8"))
        return
    if oid in _RSA:
        _check_modulus(der.read(parts[2].value), context.limits)
    key: object
    if oid in _ML_DSA and parts[2].value[:1] == bytes((_SEED_AND_EXPANDED,)):
        key = _ML_DSA[oid](der.read(parts[2].value).children()[0].value)
    else:
        key = serialization.load_der_private_key(
            node.encoded, None, unsafe_skip_rsa_key_validation=True
        )
    context.add(private_key_item(key, "pkcs8", context.limits, friendly_name=friendly_name))


def read_traditional(node: der.Node, container: str, context: Context) -> None:
    """A PKCS#1 or SEC 1 key, or a traditional DSA key, that is not encrypted."""
    if container == "pkcs1":
        _check_modulus(node, context.limits)
    key = serialization.load_der_private_key(
        node.encoded, None, unsafe_skip_rsa_key_validation=True
    )
    context.add(private_key_item(key, container, context.limits))


def _check_modulus(pkcs1: der.Node, limits: Limits) -> None:
    check_rsa_bits((len(pkcs1.children()[1].value) - 1) * 8, limits)


def read_encrypted_pkcs8(
    node: der.Node, context: Context, friendly_name: str | None = None
) -> None:
    """A PKCS#8 EncryptedPrivateKeyInfo; a locked item when no passphrase opens it."""
    protection = protection_of(node.children()[0])
    context.afford([protection], len(context.passphrases))

    def load(passphrase: bytes) -> object:
        return serialization.load_der_private_key(
            node.encoded, passphrase, unsafe_skip_rsa_key_validation=True
        )

    open_with_passphrases(load, "pkcs8", protection, context, friendly_name)


def read_encrypted_pem(block: Block, container: str, context: Context) -> None:
    """A key in openssl's traditional encrypted PEM: DEK-Info names the cipher; one round of MD5."""
    cipher = block.headers.get("DEK-Info", "").partition(",")[0] or "an unnamed cipher"
    protection = Protection(f"{cipher}, one round of MD5 (weak)", 1)

    def load(passphrase: bytes) -> object:
        return serialization.load_pem_private_key(
            block.encoded, passphrase, unsafe_skip_rsa_key_validation=True
        )

    open_with_passphrases(load, container, protection, context, block.friendly_name)


def open_with_passphrases(
    load: Callable[[bytes], object],
    container: str,
    protection: Protection,
    context: Context,
    friendly_name: str | None = None,
) -> None:
    """Try each passphrase; add the open key, or a locked one when none fits.

    Without a hint of ours in the item, "wrong passphrase" and "damaged" look the same: a cipher
    without authentication cannot tell them apart.
    """
    for passphrase in context.passphrases:
        try:
            key = load(passphrase)
        except UnsupportedAlgorithm:
            context.error("", f"The key is encrypted with {protection.text}, which we cannot open.")
            break
        except (ValueError, TypeError):
            continue
        context.add(
            private_key_item(
                key,
                container,
                context.limits,
                encrypted=True,
                friendly_name=friendly_name,
                protection=protection.text,
            )
        )
        return
    context.add(
        PrivateKeyItem(
            pkcs8=None,
            info=None,
            spki_sha256=None,
            encrypted=True,
            locked=True,
            container=container,
            friendly_name=friendly_name,
            protection=protection.text,
        )
    )
