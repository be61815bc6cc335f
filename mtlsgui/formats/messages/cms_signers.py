"""The signers of a CMS message (RFC 5652, sections 5.3 to 5.6), and whether they did sign it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives import hashes

from mtlsgui.formats.messages import wording
from mtlsgui.pki import der, signatures
from mtlsgui.pki.describe.tree import Field, Section
from mtlsgui.pki.describe.words import hex_dump
from mtlsgui.pki.facts import CertificateParts, certificate_parts, read_certificate

MOST_DESCRIBED = 20
"""Signers that are described; each costs a signature check over the whole content."""

_SIGNED_ATTRIBUTES, _UNSIGNED_ATTRIBUTES = 0xA0, 0xA1
_KEY_IDENTIFIER = 0x80
_CONTENT_TYPE = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_SIGNING_TIME = "1.2.840.113549.1.9.5"
_ATTRIBUTES = {
    "1.2.840.113549.1.9.6": "countersignature",
    "1.2.840.113549.1.9.15": "what the signer's mail program can read",
    "1.2.840.113549.1.9.16.2.12": "signing certificate",
    "1.2.840.113549.1.9.16.2.47": "signing certificate (SHA-2)",
    "1.2.840.113549.1.9.16.2.14": "time stamp",
    "1.2.840.113549.1.9.52": "protected algorithms",
    "1.3.6.1.4.1.311.3.3.1": "time stamp (Microsoft)",
    "1.3.6.1.4.1.311.2.1.12": "program name (Authenticode)",
    "1.3.6.1.4.1.311.2.4.1": "a further signature (Authenticode)",
    "1.3.6.1.4.1.311.16.4": "encryption certificate (Microsoft)",
    "1.2.840.113583.1.1.8": "revocation information (Adobe)",
    "2.16.840.1.113733.1.9.2": "SCEP message type",
    "2.16.840.1.113733.1.9.7": "SCEP transaction",
}
_DIGEST_NAMES = {
    "1.3.14.3.2.26": "SHA-1",
    "1.2.840.113549.2.5": "MD5",
    "1.2.840.113549.2.2": "MD2",
    "2.16.840.1.101.3.4.2.1": "SHA-256",
    "2.16.840.1.101.3.4.2.2": "SHA-384",
    "2.16.840.1.101.3.4.2.3": "SHA-512",
    "2.16.840.1.101.3.4.2.4": "SHA-224",
    "2.16.840.1.101.3.4.2.8": "SHA3-256",
    "2.16.840.1.101.3.4.2.9": "SHA3-384",
    "2.16.840.1.101.3.4.2.10": "SHA3-512",
    "2.16.840.1.101.3.4.2.11": "SHAKE128",
    "2.16.840.1.101.3.4.2.12": "SHAKE256",
}


@dataclass(frozen=True, slots=True)
class Content:
    """EncapsulatedContentInfo (section 5.2). octets: None when the content is elsewhere."""

    kind: str
    octets: bytes | None

    @classmethod
    def read(cls, node: der.Node) -> "Content":
        """Raises DerError when it is malformed.

        PKCS#7 has any value there, not only an OCTET STRING: its content is what is digested
        (section 5.2.1).
        """
        kind, *rest = node.children()
        if not rest:
            return cls(kind.oid(), None)
        value = wording.inside(rest[0])
        if value.tag & ~0x20 == der.OCTET_STRING and value.tag != der.OCTET_STRING:
            return cls(kind.oid(), b"".join(piece.value for piece in value.children()))
        return cls(kind.oid(), value.value)

    def digest(self, algorithm: der.Node) -> bytes | None:
        """The content's digest; None where it cannot be made."""
        known = signatures.HASHES.get(wording.first(algorithm).oid())
        if known is None or self.octets is None:
            return None
        hasher = hashes.Hash(known())
        hasher.update(self.octets)
        return hasher.finalize()


def signers(
    infos: Sequence[der.Node], content: Content, certificates: Sequence[der.Node]
) -> list[Section]:
    """A section for each signer; a malformed one does not hide the others."""
    known = _Certificates(certificates)
    sections = []
    for number, info in enumerate(infos[:MOST_DESCRIBED], 1):
        title = "Signer" if len(infos) == 1 else f"Signer {number}"
        try:
            fields = tuple(_Signer(info).fields(content, known))
        except (ValueError, IndexError) as error:
            fields = (Field("Signer", wording.UNREADABLE, note=str(error), kind="problem"),)
        sections.append(Section(title, fields))
    if len(infos) > MOST_DESCRIBED:
        more = Field("", f"… and {len(infos) - MOST_DESCRIBED:,} more")
        sections.append(Section("More signers", (more,)))
    return sections


class _Certificates:
    """The certificates of a message, found by what a signer says of its own."""

    def __init__(self, certificates: Sequence[der.Node]) -> None:
        self._by_serial: dict[tuple[bytes, bytes], CertificateParts] = {}
        for certificate in certificates:
            with suppress(der.DerError):
                parts = certificate_parts(certificate.encoded)
                self._by_serial.setdefault((parts.issuer.encoded, parts.serial.value), parts)

    def find(self, identifier: der.Node) -> CertificateParts | None:
        """By issuer and serial number, or by key identifier. Raises DerError for neither."""
        if identifier.tag == der.SEQUENCE:
            issuer, serial = identifier.children()[:2]
            return self._by_serial.get((issuer.encoded, serial.value))
        return self._by_key.get(identifier.value.hex())

    @cached_property
    def _by_key(self) -> dict[str, CertificateParts]:
        found: dict[str, CertificateParts] = {}
        for parts in self._by_serial.values():
            ski = read_certificate(parts.serial.data).ski
            if ski is not None:
                found.setdefault(ski, parts)
        return found


class _Signer:
    """A SignerInfo."""

    def __init__(self, info: der.Node) -> None:
        _, self._identifier, self._digest, *rest = info.children()
        self._signed = rest.pop(0) if rest[0].tag == _SIGNED_ATTRIBUTES else None
        self._algorithm, self._signature = rest[:2]
        self._unsigned = next((each for each in rest if each.tag == _UNSIGNED_ATTRIBUTES), None)
        self._attributes = _attributes(self._signed)

    def fields(self, content: Content, certificates: _Certificates) -> Iterator[Field]:
        certificate = certificates.find(self._identifier)
        if certificate is not None:
            yield wording.name("Signed by", certificate.subject)
        yield from self._who()
        yield wording.field("Digest algorithm", lambda: _digest_words(self._digest))
        yield wording.algorithm("Signature algorithm", self._algorithm)
        if time := self._attributes.get(_SIGNING_TIME):
            yield wording.moment("Signing time", time)
        if kind := self._attributes.get(_CONTENT_TYPE):
            yield wording.field("Content type", lambda: wording.oid_words(kind.oid()))
        if digest := self._attributes.get(_MESSAGE_DIGEST):
            yield Field("Message digest", hex_dump(digest.value), monospace=True, kind="digest")
        others = [oid for oid in self._attributes if oid not in _SHOWN]
        if others:
            yield Field("Signed as well", _names(others), kind="names")
        if self._unsigned:
            yield Field("Added, not signed", _names(_attributes(self._unsigned)), kind="names")
        said, good = self._verdict(content, certificate)
        yield Field("Signature", said, kind="text" if good else "problem")

    def _who(self) -> Iterator[Field]:
        """By issuer and serial number, or by key identifier."""
        if self._identifier.tag == der.SEQUENCE:
            issuer, serial = self._identifier.children()[:2]
            yield wording.name("Issuer of the signer's certificate", issuer)
            yield wording.serial("Serial number", serial)
        else:
            yield wording.octets("Key identifier", self._identifier.value)

    def _verdict(self, content: Content, certificate: CertificateParts | None) -> tuple[str, bool]:
        """What is to be said about the signature, and whether that is no problem."""
        digest = content.digest(self._digest)
        claimed = self._attributes.get(_MESSAGE_DIGEST)
        if self._signed and claimed is None:
            # Without it the signature says nothing of the content (section 5.3).
            return "not valid: it covers no digest of the content", False
        if self._signed and claimed and digest is not None and claimed.value != digest:
            return "not valid: the content was altered after it was signed", False
        if certificate is None:
            return "cannot be checked: the signer's certificate is not inside", True
        if self._signed:
            # What is signed is the attributes as a SET (section 5.4).
            over = der.encode(der.SET, self._signed.value)
        elif content.octets is not None:
            over = content.octets
        else:
            return "cannot be checked: the content is not inside", True
        valid = signatures.verifies(
            certificate.spki.encoded,
            self._algorithm,
            self._signature.value,
            over,
            wording.first(self._digest).oid(),
        )
        if valid is None:
            return "cannot be checked: an algorithm or a key that we do not have", True
        if not valid:
            return "not valid: altered, or made with another key", False
        if content.octets is None:
            return "valid for the digest above; the content itself is not inside", True
        if self._signed and digest is None:
            return "valid for the digest above, which we cannot compute", True
        return "valid: made with the key of the certificate inside", True


_SHOWN = (_CONTENT_TYPE, _MESSAGE_DIGEST, _SIGNING_TIME)


def _attributes(found: der.Node | None) -> dict[str, der.Node]:
    """The first value of each attribute, by its type."""
    attributes: dict[str, der.Node] = {}
    for attribute in found.children() if found else ():
        kind, values = attribute.children()[:2]
        attributes.setdefault(kind.oid(), wording.first(values))
    return attributes


def _names(oids: Sequence[str] | dict[str, der.Node]) -> str:
    return "\n".join(_ATTRIBUTES.get(oid) or wording.oid_words(oid) for oid in oids)


def _digest_words(algorithm: der.Node) -> str:
    dotted = wording.first(algorithm).oid()
    return _DIGEST_NAMES.get(dotted) or wording.oid_words(dotted)
