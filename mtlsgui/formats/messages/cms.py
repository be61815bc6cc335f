"""PKCS#7 and CMS messages (RFC 2315, RFC 5652): what they carry, who signed, for whom they are.

Certificates and CRLs inside are items of their own. A message that is more than an envelope for
certificates is an item too, with its signers or recipients described.
"""

from collections.abc import Iterable

from mtlsgui.formats import ber
from mtlsgui.formats.context import Context
from mtlsgui.formats.items import CrlItem, OtherItem
from mtlsgui.formats.messages import ocsp, wording
from mtlsgui.formats.messages.attribute_certificate import read_attribute_certificate
from mtlsgui.formats.messages.cms_recipients import recipients
from mtlsgui.formats.messages.cms_signers import Content, signers
from mtlsgui.formats.messages.time_stamp import stamp_info
from mtlsgui.formats.stores.stored import add_certificate
from mtlsgui.pki import der
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.describe.words import count, hex_dump
from mtlsgui.pki.facts import read_crl

_PKCS7 = "1.2.840.113549.1.7."
_SMIME = "1.2.840.113549.1.9.16.1."
DATA = _PKCS7 + "1"
SIGNED = _PKCS7 + "2"
_ENVELOPED = _PKCS7 + "3"
_SIGNED_AND_ENVELOPED = _PKCS7 + "4"
_DIGESTED = _PKCS7 + "5"
_ENCRYPTED = _PKCS7 + "6"
_AUTHENTICATED = _SMIME + "2"
_TIME_STAMP = _SMIME + "4"
_COMPRESSED = _SMIME + "9"
_AUTH_ENVELOPED = _SMIME + "23"
_CERTIFICATE_SEQUENCE = "2.16.840.1.113730.2.5"
_OCSP_RESPONSES = "1.3.6.1.5.5.7.16.2"  # RFC 5940

_CERTIFICATES, _CRLS = 0xA0, 0xA1
_ATTRIBUTE_CERTIFICATES = (0xA1, 0xA2)
_OTHER_REVOCATION = 0xA1

_TITLES = {
    DATA: "Data (CMS)",
    SIGNED: "Signed message (CMS)",
    _ENVELOPED: "Encrypted message (CMS)",
    _SIGNED_AND_ENVELOPED: "Signed and encrypted message (PKCS#7)",
    _DIGESTED: "Digested message (CMS)",
    _ENCRYPTED: "Encrypted data (CMS)",
    _AUTHENTICATED: "Authenticated message (CMS)",
    _COMPRESSED: "Compressed message (CMS)",
    _AUTH_ENVELOPED: "Encrypted and authenticated message (CMS)",
}
_CONTENT_TYPES = {
    DATA: "data",
    SIGNED: "a signed message",
    _ENVELOPED: "an encrypted message",
    _ENCRYPTED: "encrypted data",
    _TIME_STAMP: "a time stamp",
    _COMPRESSED: "a compressed message",
    _SMIME + "1": "a receipt",
    "1.2.840.113549.1.9.16.1.24": "a list of certificate origins",
    "1.3.6.1.4.1.311.2.1.4": "a code signature (Authenticode)",
    "1.3.6.1.4.1.311.10.1": "a certificate trust list (Microsoft)",
    "1.3.6.1.5.5.7.12.2": "a certificate management request (CMC)",
    "1.3.6.1.5.5.7.12.3": "a certificate management response (CMC)",
    "1.3.6.1.5.2.3.1": "Kerberos authentication data (PKINIT)",
    "1.3.6.1.5.2.3.3": "Kerberos Diffie-Hellman data (PKINIT)",
    "2.23.136.1.1.1": "the security object of a passport",
}


def read_cms(node: der.Node, container: str, context: Context) -> None:
    """A ContentInfo. container: what it stands in: "der", "pem"."""
    node = ber.with_definite_lengths(node)
    kind, *rest = node.children()
    oid = kind.oid()
    inner = "pkcs7" if oid.startswith(_PKCS7) else "cms"
    content = wording.inside(rest[0]) if rest else None
    if oid == _CERTIFICATE_SEQUENCE and content:
        read_sequence(content, container, context)
    elif oid == SIGNED and content:
        _Signed(content, inner, context).read(node)
    else:
        fields = _about(oid, content) if content and oid in _TITLES else ()
        title = _TITLES.get(oid, "CMS message")
        _add(title, oid, fields, node=node, container=inner, context=context)


def read_sequence(node: der.Node, container: str, context: Context) -> None:
    """Certificates one after the other: a PKI path, or Netscape's sequence. The order is kept."""
    for number, certificate in enumerate(node.children(), 1):
        with context.part(f"certificate {number}"):
            add_certificate(certificate.encoded, container, None, context)


def _add(
    title: str,
    oid: str,
    sections: Iterable[Section],
    *,
    node: der.Node,
    container: str,
    context: Context,
) -> None:
    about = wording.oid_words(oid)
    context.add(
        OtherItem(
            title,
            container=container,
            description=Description(title, about, tuple(sections)),
            der=node.encoded,
        )
    )


class _Signed:
    """SignedData (RFC 5652, section 5.1)."""

    def __init__(self, content: der.Node, container: str, context: Context) -> None:
        self._container, self._context = container, context
        parts = content.children()
        self._content = Content.read(wording.at(parts, 2))
        rest = parts[3:]
        self._certificates = _children(rest, _CERTIFICATES)
        self._crls = _children(rest, _CRLS)
        self._signers = _children(rest, der.SET)

    def read(self, node: der.Node) -> None:
        signed = bool(self._signers) or self._content.octets is not None
        if signed or not (self._certificates or self._crls):
            self._describe(node)
        for number, certificate in enumerate(self._certificates, 1):
            with self._context.part(f"certificate {number} in the PKCS#7"):
                self._read_certificate(certificate)
        for number, crl in enumerate(self._crls, 1):
            with self._context.part(f"CRL {number} in the PKCS#7"):
                self._read_crl(crl)
        self._look_inside()

    def _describe(self, node: der.Node) -> None:
        holds = [
            count(len(found), noun)
            for found, noun in ((self._certificates, "certificate"), (self._crls, "CRL"))
            if found
        ]
        fields = [*_content_fields(self._content)]
        if holds:
            fields.append(Field("Holds", "\n".join(holds), kind="names"))
        sections = [Section("Content", tuple(fields))]
        if self._content.kind == _TIME_STAMP and self._content.octets is not None:
            sections.append(stamp_info(self._content.octets))
        sections += signers(self._signers, self._content, self._certificates)
        title = _TITLES[SIGNED] if self._signers else "PKCS#7 without signers"
        if self._content.kind == _TIME_STAMP:
            title = "Time stamp (CMS)"
        elif not (self._signers or self._content.octets):
            title = "PKCS#7 without certificates"
        _add(title, SIGNED, sections, node=node, container=self._container, context=self._context)

    def _read_certificate(self, value: der.Node) -> None:
        if value.tag == der.SEQUENCE:
            add_certificate(value.encoded, self._container, None, self._context)
        elif value.tag in _ATTRIBUTE_CERTIFICATES:
            # Tagged in place of its SEQUENCE (section 10.2.2).
            whole = der.read(der.encode(der.SEQUENCE, value.value))
            read_attribute_certificate(whole, self._container, self._context)
        else:
            raise ValueError("it is of an obsolete or unknown kind")

    def _read_crl(self, value: der.Node) -> None:
        if value.tag == der.SEQUENCE:
            self._context.add(CrlItem(read_crl(value.encoded), container=self._container))
            return
        kind, content = value.children()[:2]
        if value.tag != _OTHER_REVOCATION or kind.oid() != _OCSP_RESPONSES:
            raise ValueError("it is revocation information of an unknown kind")
        ocsp.read_response(der.read(content.encoded), self._container, self._context)

    def _look_inside(self) -> None:
        """Plain content may be a file again: a profile, a mail, a bundle."""
        octets = self._content.octets
        if self._content.kind == DATA and octets and self._context.recognise(octets):
            self._context.read_inside(octets, "the signed content")


def _children(parts: list[der.Node], tag: int) -> list[der.Node]:
    return [child for part in parts if part.tag == tag for child in part.children()]


def _content_fields(content: Content) -> Iterable[Field]:
    words = _CONTENT_TYPES.get(content.kind) or wording.oid_words(content.kind)
    yield Field("Content", words[:1].upper() + words[1:], oid=content.kind)
    if content.octets is None:
        yield Field("Size", "not inside: the signature is detached")
    else:
        yield Field("Size", count(len(content.octets), "byte"), kind="number")


def _about(oid: str, content: der.Node) -> Iterable[Section]:
    """What can be said of a message that is not signed; a malformed one is said to be so."""
    try:
        if oid == DATA:
            size = Field("Size", count(len(content.value), "byte"), kind="number")
            return (Section("Content", (size,)),)
        return _sections(oid, content.children())
    except (ValueError, IndexError) as error:
        problem = Field("Message", wording.UNREADABLE, note=str(error), kind="problem")
        return (Section("Content", (problem,)),)


def _sections(oid: str, parts: list[der.Node]) -> list[Section]:
    if oid == _ENCRYPTED:
        return [_encrypted(wording.at(parts, 1))]
    if oid in (_ENVELOPED, _AUTH_ENVELOPED, _SIGNED_AND_ENVELOPED):
        sets = [part for part in parts if part.tag == der.SET]
        body = next(part for part in parts if part.tag == der.SEQUENCE)
        return [_encrypted(body), *recipients(wording.at(sets, 0).children())]
    if oid == _AUTHENTICATED:
        found = [part for part in parts if part.tag == der.SET]
        sequences = [part for part in parts if part.tag == der.SEQUENCE]
        fields = [wording.algorithm("Authentication code", sequences[0])]
        fields += _content_fields(Content.read(sequences[-1]))
        return [Section("Content", tuple(fields)), *recipients(wording.at(found, 0).children())]
    if oid == _DIGESTED:
        content = Content.read(wording.at(parts, 2))
        digest = wording.at(parts, 3).value
        right = content.digest(wording.at(parts, 1)) == digest
        fields = [
            *_content_fields(content),
            wording.algorithm("Digest algorithm", parts[1]),
            Field("Digest", hex_dump(digest), monospace=True, kind="digest"),
            Field(
                "Fits the content", "yes" if right else "no", kind="text" if right else "problem"
            ),
        ]
        return [Section("Content", tuple(fields))]
    if oid == _COMPRESSED:
        fields = [wording.algorithm("Compression", wording.at(parts, 1))]
        fields += _content_fields(Content.read(wording.at(parts, 2)))
        return [Section("Content", tuple(fields))]
    return []


def _encrypted(body: der.Node) -> Section:
    """EncryptedContentInfo (section 6.1)."""
    kind, algorithm, *content = body.children()
    words = _CONTENT_TYPES.get(kind.oid()) or wording.oid_words(kind.oid())
    size = sum(part.end - part.body for part in content)
    return Section(
        "Content",
        (
            Field("Content", words[:1].upper() + words[1:], oid=kind.oid()),
            wording.algorithm("Encrypted with", algorithm),
            Field("Size", count(size, "byte") if content else "not inside", kind="number"),
        ),
    )
