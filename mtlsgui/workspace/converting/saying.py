"""What is to be said of a plan: why there is nothing to make, and what is worth knowing."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from mtlsgui.formats.items import CertificateItem, PrivateKeyItem, spki_sha256_of
from mtlsgui.pki.keys import KeyInfo
from mtlsgui.workspace.converting.records import Content, Role
from mtlsgui.workspace.converting.sorting import Sorted
from mtlsgui.workspace.converting.targets import Options, Part, Target
from mtlsgui.workspace.converting.wording import (
    capital,
    describe,
    info_of,
    label_of,
    name_of,
)

_NEW_KINDS = ("ML-", "SLH-")
_LEAST_RSA_BITS = 2048


def why_nothing(found: Sorted, target: Target, options: Options) -> str:
    """Why there is nothing in what came that the target can hold."""
    if target.needs_key or options.only is Part.KEY:
        if any(isinstance(item, PrivateKeyItem) for item in found.locked):
            return "The private key is locked: its passphrase is needed."
        return "There is no private key in these files."
    if found.locked:
        return "What is in these files is locked: its passphrase is needed."
    if target in (Target.CA, Target.TRUSTSTORE) or options.only is Part.CA:
        return "There is no CA certificate in these files."
    if target in (Target.PKCS7, Target.CHAIN, Target.JKS) or options.only:
        return "There is no certificate in these files."
    return "Nothing in these files fits into it."


def why_no_pair(found: Sorted, target: Target, options: Options) -> str:
    """Why there is no certificate with its key."""
    has_key = any(entry.key for entry in found.entries)
    if has_key and found.heap.certificates:
        return "The private key belongs to none of the certificates."
    if has_key:
        return "There is no certificate in these files."
    return why_nothing(found, target, options)


def warnings(
    found: Sorted, target: Target, options: Options, now: datetime, contents: Sequence[Content]
) -> Iterator[str]:
    """What is worth knowing of what will be made."""
    keys = [content.item for content in contents if content.role is Role.KEY]
    if keys and not target.needs_passphrase and not options.encrypt:
        yield "The private key is written without a passphrase."
    if options.legacy and target.can_legacy:
        yield "The old kind protects little: only for programs that need it."
    elif target is Target.JKS and keys:
        yield "JKS protects keys weakly. Java 8 and newer read PKCS#12 as well."
    if target is Target.PKCS12 and contents and not keys:
        yield "There is no private key in it."
    owned = {spki_sha256_of(content.item) for content in contents if content.role is not Role.KEY}
    if owned and any(spki_sha256_of(key) not in owned for key in keys if spki_sha256_of(key)):
        certified = any(isinstance(content.item, CertificateItem) for content in contents)
        several = len(keys) > 1
        if certified and several:
            yield "A private key in it belongs to none of the certificates."
        elif certified:
            yield "The private key belongs to none of the certificates."
    infos = [info_of(content.item) for content in contents]
    for label in dict.fromkeys(info.label for info in infos if info and _is_weak(info)):
        yield f"{label} is too weak: many programs refuse such keys, and others may break them."
    if any(info and "explicit" in (info.curve or "") for info in infos):
        yield "The curve is given by its numbers instead of its name: most programs refuse that."
    for content in contents:
        if content.role is Role.LEAF and isinstance(content.item, CertificateItem):
            ends = content.item.facts.not_after
            if ends and ends < now:
                yield f"“{name_of(content.item)}” expired on {ends:%Y-%m-%d}."
    if target in (Target.PKCS12, Target.JKS) and any(
        label_of(info_of(key)).startswith(_NEW_KINDS) for key in keys
    ):
        yield "Only the newest programs read such a key in this format."
    if target.needs_passphrase and options.passphrase and not options.passphrase.isascii():
        yield "Programs differ in how they read letters beyond ASCII in a passphrase."
    if target.is_private:
        for item in found.locked:
            yield f"{capital(describe(item))} is locked, and left out."


def _is_weak(info: KeyInfo) -> bool:
    """Below what NIST SP 800-131A allows (112 bits of strength)."""
    return info.algorithm in ("RSA", "RSA-PSS", "DSA") and 0 < (info.bits or 0) < _LEAST_RSA_BITS
