"""Public keys: SubjectPublicKeyInfo (RFC 5280) and PKCS#1."""

from typing import cast

from cryptography.hazmat.primitives import serialization

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem, PublicKeyItem
from mtlsgui.formats.limits import check_rsa_bits
from mtlsgui.pki import der
from mtlsgui.pki.keys import PublicKey, key_info, spki_der, spki_sha256

_DIFFIE_HELLMAN = ("1.2.840.113549.1.3.1", "1.2.840.10046.2.1")


def public_key_item(key: object, container: str) -> PublicKeyItem:
    """The item for a public key of `cryptography`."""
    return PublicKeyItem(
        spki=spki_der(cast(PublicKey, key)),
        info=key_info(key),
        spki_sha256=spki_sha256(cast(PublicKey, key)),
        container=container,
    )


def read_spki(node: der.Node, container: str, context: Context) -> None:
    """A SubjectPublicKeyInfo."""
    if node.children()[0].children()[0].oid() in _DIFFIE_HELLMAN:
        context.add(OtherItem("Diffie-Hellman public key", container=container))
        return
    context.add(public_key_item(serialization.load_der_public_key(node.encoded), container))


def read_pkcs1_public(node: der.Node, context: Context) -> None:
    """An RSAPublicKey of PKCS#1 (RFC 8017, appendix A.1.1)."""
    check_rsa_bits((len(node.children()[0].value) - 1) * 8, context.limits)
    context.add(public_key_item(serialization.load_der_public_key(node.encoded), "pkcs1"))
