"""Public keys: SubjectPublicKeyInfo (RFC 5280) and PKCS#1."""

import hashlib

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import PublicKeyItem
from mtlsgui.formats.keys import loading as key_loading
from mtlsgui.formats.keys import structures as key_structures
from mtlsgui.formats.limits import Limits
from mtlsgui.pki import der


def public_item(spki: bytes, container: str, limits: Limits) -> PublicKeyItem:
    """The item for a SubjectPublicKeyInfo. Raises what `key_loading.check_public` raises."""
    return PublicKeyItem(
        spki=spki,
        info=key_loading.check_public(der.read(spki), limits),
        spki_sha256=hashlib.sha256(spki).hexdigest(),
        container=container,
    )


def read_spki(node: der.Node, container: str, context: Context) -> None:
    """A SubjectPublicKeyInfo."""
    context.add(public_item(node.encoded, container, context.limits))


def read_pkcs1_public(node: der.Node, context: Context) -> None:
    """An RSAPublicKey of PKCS#1 (RFC 8017, appendix A.1.1)."""
    spki = key_structures.public_key_info(key_structures.RSA_ALGORITHM, node.encoded)
    context.add(public_item(spki, "pkcs1", context.limits))
