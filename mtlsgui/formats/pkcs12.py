"""PKCS#12 (RFC 7292): a key, its certificate and chain under one password.

`cryptography` opens the file. Before that its structure is walked: for the rounds of key
derivation it asks for, and, when no password fits, for what it shows without one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PKCS12KeyAndCertificates,
    load_pkcs12,
)

from mtlsgui.formats.context import Context
from mtlsgui.formats.derivation import derivation_of
from mtlsgui.formats.encryption import Protection, protection_of
from mtlsgui.formats.items import CertificateItem, OtherItem, PrivateKeyItem
from mtlsgui.formats.limits import RefusedError
from mtlsgui.formats.private_keys import private_key_item
from mtlsgui.pki import der
from mtlsgui.pki.extensions import quietly, reason
from mtlsgui.pki.facts import read_certificate

_DATA = "1.2.840.113549.1.7.1"
_ENCRYPTED_DATA = "1.2.840.113549.1.7.6"
_KEY_BAG = "1.2.840.113549.1.12.10.1.1"
_SHROUDED_KEY_BAG = "1.2.840.113549.1.12.10.1.2"
_CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3"
_FRIENDLY_NAME = "1.2.840.113549.1.9.20"
_PBMAC1 = "1.2.840.113549.1.5.14"

_TOO_LARGE = "A key above RSA 8,192 takes very long to check inside a PKCS#12."
_LARGEST_KEY = 5_200
"""Bytes of an encrypted key: RSA of 8,192 bits. `cryptography` tests an RSA key from a PKCS#12
for primes whatever we ask, which takes 2 s at that size and half a minute at 16,384 bits."""


@dataclass
class _Contents:
    """What the structure shows without a password."""

    protections: list[Protection] = field(default_factory=list)
    certificates: list[tuple[bytes, str | None]] = field(default_factory=list)
    locked_keys: list[tuple[Protection, str | None]] = field(default_factory=list)
    locked_contents: list[Protection] = field(default_factory=list)


def read_pkcs12(node: der.Node, context: Context) -> None:
    """All that a PKCS#12 file holds, or what it shows without its password."""
    try:
        contents = _walk(node)
    except (der.DerError, IndexError) as error:
        context.add(
            OtherItem("PKCS#12 file", problem=f"Its structure: {reason(error)}", container="pkcs12")
        )
        return
    context.afford(contents.protections, len(context.passphrases) + 2)
    opened, problem = _open(node.encoded, context)
    if opened is None:
        _add_locked(contents, problem, context)
    else:
        _add_opened(opened, contents, context)


def _open(data: bytes, context: Context) -> tuple[PKCS12KeyAndCertificates | None, str]:
    """The contents, or None with the reason: "" when it is the password that is missing."""
    problem = ""
    for passphrase in (None, b"", *context.passphrases):
        try:
            return quietly(lambda tried=passphrase: load_pkcs12(data, tried)), ""  # type: ignore[misc]
        except ValueError as error:
            if "password" not in str(error).lower():
                problem = reason(error)
        except Exception as error:  # an unknown algorithm or bag: the item says so
            problem = reason(error)
    return None, problem


def _add_opened(opened: PKCS12KeyAndCertificates, contents: _Contents, context: Context) -> None:
    encrypted = bool(contents.locked_keys)
    words = contents.locked_keys[0][0].text if encrypted else ""
    first = opened.cert
    alias = _text(first.friendly_name) if first else None
    if opened.key is not None:
        with context.part("the private key in the PKCS#12"):
            if alias is None and contents.locked_keys:
                alias = contents.locked_keys[0][1]
            context.add(
                private_key_item(
                    opened.key,
                    "pkcs12",
                    context.limits,
                    encrypted=encrypted,
                    friendly_name=alias,
                    protection=words,
                )
            )
    everything = ([first] if first else []) + opened.additional_certs
    for number, entry in enumerate(everything, 1):
        with context.part(f"certificate {number} in the PKCS#12"):
            encoded = entry.certificate.public_bytes(serialization.Encoding.DER)
            context.add(
                CertificateItem(
                    read_certificate(encoded),
                    container="pkcs12",
                    friendly_name=_text(entry.friendly_name),
                )
            )
    if opened.key is None and not everything:
        context.add(OtherItem("PKCS#12 file without certificates and keys", container="pkcs12"))


def _add_locked(contents: _Contents, problem: str, context: Context) -> None:
    for number, (encoded, alias) in enumerate(contents.certificates, 1):
        with context.part(f"certificate {number} in the PKCS#12"):
            facts = read_certificate(encoded)
            context.add(CertificateItem(facts, container="pkcs12", friendly_name=alias))
    if problem:
        context.error("PKCS#12", f"It cannot be opened: {problem}")
    for protection, alias in contents.locked_keys:
        context.add(
            PrivateKeyItem(
                pkcs8=None,
                info=None,
                spki_sha256=None,
                encrypted=True,
                locked=True,
                container="pkcs12",
                friendly_name=alias,
                protection=protection.text,
            )
        )
    for protection in contents.locked_contents:
        context.add(
            OtherItem(
                "Encrypted contents of a PKCS#12 file",
                locked=not problem,
                protection=protection.text,
                problem=problem,
                container="pkcs12",
            )
        )
    if not (contents.locked_keys or contents.locked_contents):
        context.add(
            OtherItem("PKCS#12 file", locked=not problem, problem=problem, container="pkcs12")
        )


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", "replace")


def _walk(node: der.Node) -> _Contents:
    """Raises DerError, IndexError when it is malformed; RefusedError for a key too large."""
    found = _Contents()
    parts = node.children()
    if len(parts) > 2:
        found.protections.append(_mac(parts[2]))
    kind, content = parts[1].children()[:2]
    if kind.oid() != _DATA:
        raise der.DerError("it is signed with a key instead of a password")
    safes = der.read(content.children()[0].value)
    for safe in safes.children():
        kind, content = safe.children()[:2]
        if kind.oid() == _DATA:
            _bags(der.read(content.children()[0].value), found)
        elif kind.oid() == _ENCRYPTED_DATA:
            info = content.children()[0].children()[1].children()
            protection = protection_of(info[1])
            found.protections.append(protection)
            found.locked_contents.append(protection)
        else:
            raise der.DerError("it is encrypted to a certificate instead of a password")
    return found


def _mac(node: der.Node) -> Protection:
    parts = node.children()
    algorithm = parts[0].children()[0]
    if algorithm.children()[0].oid() == _PBMAC1:
        derived = derivation_of(algorithm.children()[1].children()[0])
        return Protection(derived.text, derived.rounds, derived.memory)
    return Protection("integrity code", parts[2].integer() if len(parts) > 2 else 1)


def _bags(bags: der.Node, found: _Contents) -> None:
    for bag in bags.children():
        kind, value, *attributes = bag.children()
        alias = next(_friendly_names(attributes), None)
        inner = value.children()[0]
        if kind.oid() == _SHROUDED_KEY_BAG:
            algorithm, encrypted = inner.children()
            if encrypted.end - encrypted.body > _LARGEST_KEY:
                raise RefusedError("Its private key is too large", _TOO_LARGE)
            protection = protection_of(algorithm)
            found.protections.append(protection)
            found.locked_keys.append((protection, alias))
        elif kind.oid() == _CERTIFICATE_BAG:
            encoded = der.read(inner.children()[1].value).value
            found.certificates.append((encoded, alias))
        elif kind.oid() == _KEY_BAG and inner.end - inner.body > _LARGEST_KEY:
            raise RefusedError("Its private key is too large", _TOO_LARGE)


def _friendly_names(attributes: list[der.Node]) -> Iterator[str]:
    for attribute_set in attributes:
        for attribute in attribute_set.children():
            kind, values = attribute.children()[:2]
            if kind.oid() == _FRIENDLY_NAME:
                yield values.children()[0].value.decode("utf-16-be", "replace")
