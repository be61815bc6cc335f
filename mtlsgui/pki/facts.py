"""What a certificate says, read field by field.

`cryptography` can load a certificate and then raise on one of its fields. A field that cannot be
read is None here and has a line in `problems`; the others stand. The names of fields are those of
RFC 5280 and of mtlsctl's JSON.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from cryptography import x509

from mtlsgui.errors import MtlsguiError
from mtlsgui.pki import der, extensions, oids
from mtlsgui.pki.keys import KeyInfo, key_info
from mtlsgui.pki.usages import key_usage_names, purpose_name

_T = TypeVar("_T")
_E = TypeVar("_E", bound=x509.ExtensionType)


class UnreadableError(MtlsguiError):
    """The bytes are not the structure that they were taken for."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One field that cannot be read, and why. `field` is its name in the facts."""

    field: str
    message: str


@dataclass(frozen=True)
class CertificateFacts:
    """What one X.509 certificate says. Made by `read_certificate`."""

    der: bytes = field(repr=False)
    fingerprint_sha256: str
    subject: str | None
    issuer: str | None
    subject_der: bytes | None = field(repr=False)
    issuer_der: bytes | None = field(repr=False)
    common_name: str | None
    serial: str | None
    not_before: datetime | None
    not_after: datetime | None
    spki_sha256: str | None
    key: KeyInfo | None
    signature_algorithm: str | None
    is_ca: bool | None
    path_length: int | None
    san: tuple[str, ...] | None
    key_usage: tuple[str, ...] | None
    extended_key_usage: tuple[str, ...] | None
    ski: str | None
    aki: str | None
    problems: tuple[FieldProblem, ...]

    @property
    def self_issued(self) -> bool:
        """Subject and issuer are the same name (RFC 5280, section 3.2)."""
        return self.subject_der is not None and self.subject_der == self.issuer_der

    @cached_property
    def self_signed(self) -> bool:
        """Self-issued, and the signature verifies with the certificate's own key."""
        if not self.self_issued:
            return False
        try:
            certificate = load(self)
            certificate.verify_directly_issued_by(certificate)
        except Exception:  # unknown algorithm, bad key, bad signature: not proven
            return False
        return True


@dataclass(frozen=True)
class RequestFacts:
    """What one certificate signing request (PKCS#10, RFC 2986) asks for.

    is_ca: the request asks for a CA certificate.
    signature_valid: the request is signed with the key it carries; None when we cannot check.
    """

    der: bytes = field(repr=False)
    fingerprint_sha256: str
    subject: str | None
    subject_der: bytes | None = field(repr=False)
    common_name: str | None
    spki_sha256: str | None
    key: KeyInfo | None
    signature_algorithm: str | None
    is_ca: bool | None
    path_length: int | None
    san: tuple[str, ...] | None
    key_usage: tuple[str, ...] | None
    extended_key_usage: tuple[str, ...] | None
    problems: tuple[FieldProblem, ...]

    @cached_property
    def signature_valid(self) -> bool | None:
        try:
            return extensions.quietly(lambda: x509.load_der_x509_csr(self.der).is_signature_valid)
        except Exception:  # a key or an algorithm that we do not have
            return None


@dataclass(frozen=True)
class CrlFacts:
    """What one certificate revocation list says (RFC 5280, section 5)."""

    der: bytes = field(repr=False)
    fingerprint_sha256: str
    issuer: str | None
    issuer_der: bytes | None = field(repr=False)
    number: int | None
    this_update: datetime | None
    next_update: datetime | None
    revoked_count: int | None
    signature_algorithm: str | None
    aki: str | None
    problems: tuple[FieldProblem, ...]


class CertificateKind(StrEnum):
    """What a certificate is for, in one word."""

    ROOT_CA = "root_ca"
    CA = "ca"
    SERVER = "server"
    CLIENT = "client"
    PEER = "peer"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_KIND_LABELS = {
    CertificateKind.ROOT_CA: "Root CA",
    CertificateKind.CA: "CA",
    CertificateKind.SERVER: "Server",
    CertificateKind.CLIENT: "Client",
    CertificateKind.PEER: "Peer",
    CertificateKind.OTHER: "Other",
}


def load(facts: CertificateFacts) -> x509.Certificate:
    """`cryptography`'s certificate for these facts."""
    return extensions.quietly(lambda: x509.load_der_x509_certificate(facts.der))


def read_certificate(encoded: bytes) -> CertificateFacts:
    """Read a DER certificate. Raises UnreadableError when it is none."""
    return extensions.quietly(lambda: _read_certificate(encoded))


def read_request(encoded: bytes) -> RequestFacts:
    """Read a DER certificate signing request. Raises UnreadableError when it is none."""
    return extensions.quietly(lambda: _read_request(encoded))


def read_crl(encoded: bytes) -> CrlFacts:
    """Read a DER certificate revocation list. Raises UnreadableError when it is none."""
    return extensions.quietly(lambda: _read_crl(encoded))


def kind_of(facts: CertificateFacts) -> CertificateKind:
    """What the certificate is for.

    A CA is what its basic constraints say; a self-signed one is a root. Of the others, the
    extended key usage decides. Where that is absent or "any", RFC 5280 allows every use, so the
    names decide: a host name or an address is a server's, an email address a client's, a URI
    (SPIFFE) a peer's; failing a SAN, the common name is looked at in the same way.
    """
    if facts.is_ca:
        return CertificateKind.ROOT_CA if facts.self_signed else CertificateKind.CA
    usages = facts.extended_key_usage
    if usages is None:
        return CertificateKind.OTHER
    server, client = "serverAuth" in usages, "clientAuth" in usages
    if server and client:
        return CertificateKind.PEER
    if server:
        return CertificateKind.SERVER
    if client:
        return CertificateKind.CLIENT
    if usages and "anyExtendedKeyUsage" not in usages:
        return CertificateKind.OTHER
    return _kind_by_names(facts)


def _kind_by_names(facts: CertificateFacts) -> CertificateKind:
    if facts.key_usage and not _TLS_KEY_USAGES.intersection(facts.key_usage):
        return CertificateKind.OTHER
    prefixes = {name.partition(":")[0] for name in facts.san or ()}
    if prefixes & {"dns", "ip"}:
        return CertificateKind.SERVER
    if "uri" in prefixes:
        return CertificateKind.PEER
    if "email" in prefixes:
        return CertificateKind.CLIENT
    name = facts.common_name or ""
    if "@" in name:
        return CertificateKind.CLIENT
    if "." in name and " " not in name:
        return CertificateKind.SERVER
    return CertificateKind.OTHER


_TLS_KEY_USAGES = frozenset(("digitalSignature", "keyEncipherment", "keyAgreement"))


class _Fields:
    """Reads fields and keeps the problems met on the way."""

    def __init__(self) -> None:
        self.problems: list[FieldProblem] = []

    def read(self, field: str, get: Callable[[], _T]) -> _T | None:
        try:
            return get()
        except Exception as error:  # a field that raises is what this is for
            self.problem(field, extensions.reason(error))
            return None

    def problem(self, field: str, message: str) -> None:
        self.problems.append(FieldProblem(field, message))


def _read_certificate(encoded: bytes) -> CertificateFacts:
    try:
        certificate = x509.load_der_x509_certificate(encoded)
        parts = certificate_parts(encoded)
    except Exception as error:
        raise _unreadable("certificate", error) from None
    fields = _Fields()
    found = _Extensions(fields, lambda: certificate.extensions, parts.extensions)
    subject = fields.read("subject", lambda: certificate.subject)
    issuer = fields.read("issuer", lambda: certificate.issuer)
    constraints = found.get("is_ca", oids.BASIC_CONSTRAINTS, x509.BasicConstraints)
    ski = found.get("ski", oids.SUBJECT_KEY_IDENTIFIER, x509.SubjectKeyIdentifier)
    aki = found.get("aki", oids.AUTHORITY_KEY_IDENTIFIER, x509.AuthorityKeyIdentifier)
    key_id = aki.key_identifier if aki else None
    return CertificateFacts(
        der=encoded,
        fingerprint_sha256=hashlib.sha256(encoded).hexdigest(),
        subject=subject if subject is None else subject.rfc4514_string(),
        issuer=issuer if issuer is None else issuer.rfc4514_string(),
        subject_der=parts.subject.encoded,
        issuer_der=parts.issuer.encoded,
        common_name=_common_name(subject),
        serial=fields.read("serial", lambda: serial_hex(parts.serial.value)),
        not_before=fields.read("not_before", lambda: certificate.not_valid_before_utc),
        not_after=fields.read("not_after", lambda: certificate.not_valid_after_utc),
        spki_sha256=hashlib.sha256(parts.spki.encoded).hexdigest(),
        key=fields.read("key", lambda: key_info(certificate.public_key())),
        signature_algorithm=fields.read(
            "signature_algorithm",
            lambda: oids.signature_algorithm(certificate.signature_algorithm_oid.dotted_string),
        ),
        is_ca=found.is_ca(constraints),
        path_length=constraints.path_length if constraints else None,
        san=found.san(),
        key_usage=found.key_usage(),
        extended_key_usage=found.extended_key_usage(),
        ski=ski.digest.hex() if ski else None,
        aki=key_id.hex() if key_id else None,
        problems=tuple(fields.problems),
    )


def _read_request(encoded: bytes) -> RequestFacts:
    try:
        request = x509.load_der_x509_csr(encoded)
        info = der.read(encoded).children()[0].children()
        subject_node, spki = info[1], info[2]
    except Exception as error:
        raise _unreadable("certificate signing request", error) from None
    fields = _Fields()
    found = _Extensions(fields, lambda: request.extensions, requested_extensions(encoded))
    subject = fields.read("subject", lambda: request.subject)
    constraints = found.get("is_ca", oids.BASIC_CONSTRAINTS, x509.BasicConstraints)
    return RequestFacts(
        der=encoded,
        fingerprint_sha256=hashlib.sha256(encoded).hexdigest(),
        subject=subject if subject is None else subject.rfc4514_string(),
        subject_der=subject_node.encoded,
        common_name=_common_name(subject),
        spki_sha256=hashlib.sha256(spki.encoded).hexdigest(),
        key=fields.read("key", lambda: key_info(request.public_key())),
        signature_algorithm=fields.read(
            "signature_algorithm",
            lambda: oids.signature_algorithm(request.signature_algorithm_oid.dotted_string),
        ),
        is_ca=found.is_ca(constraints),
        path_length=constraints.path_length if constraints else None,
        san=found.san(),
        key_usage=found.key_usage(),
        extended_key_usage=found.extended_key_usage(),
        problems=tuple(fields.problems),
    )


def _read_crl(encoded: bytes) -> CrlFacts:
    try:
        crl = x509.load_der_x509_crl(encoded)
        parts = crl_parts(encoded)
    except Exception as error:
        raise _unreadable("certificate revocation list", error) from None
    fields = _Fields()
    known = fields.read("number", lambda: crl.extensions)
    issuer = fields.read("issuer", lambda: crl.issuer)
    number = _first(known, x509.CRLNumber)
    aki = _first(known, x509.AuthorityKeyIdentifier)
    key_id = aki.key_identifier if aki else None
    return CrlFacts(
        der=encoded,
        fingerprint_sha256=hashlib.sha256(encoded).hexdigest(),
        issuer=issuer if issuer is None else issuer.rfc4514_string(),
        issuer_der=parts.issuer.encoded,
        number=number.crl_number if number else None,
        this_update=fields.read("this_update", lambda: crl.last_update_utc),
        next_update=fields.read("next_update", lambda: crl.next_update_utc),
        revoked_count=fields.read("revoked_count", lambda: len(crl)),
        signature_algorithm=fields.read(
            "signature_algorithm",
            lambda: oids.signature_algorithm(crl.signature_algorithm_oid.dotted_string),
        ),
        aki=key_id.hex() if key_id else None,
        problems=tuple(fields.problems),
    )


def _first(known: x509.Extensions | None, kind: type[_E]) -> _E | None:
    for extension in known or ():
        if isinstance(extension.value, kind):
            return extension.value
    return None


def _unreadable(what: str, error: Exception) -> UnreadableError:
    return UnreadableError(f"This is not a readable {what}", extensions.reason(error))


def _common_name(name: x509.Name | None) -> str | None:
    """The last common name: the most specific where there are several."""
    found = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME) if name else []
    if not found:
        return None
    value = found[-1].value
    return value if isinstance(value, str) else value.decode("latin-1")


def serial_hex(content: bytes) -> str:
    """A serial number's INTEGER content as lower-case hex, "-" before a negative one.

    Always an even number of digits, as it is shown in pairs with colons.
    """
    number = int.from_bytes(content, "big", signed=True)
    digits = f"{abs(number):x}"
    return ("-" if number < 0 else "") + digits.zfill(len(digits) + len(digits) % 2)


class _Extensions:
    """The extensions that the facts come from."""

    def __init__(
        self, fields: _Fields, read: Callable[[], x509.Extensions], raw: der.Node | None
    ) -> None:
        self._fields = fields
        self._by_oid: dict[str, extensions.Extension] = {}
        try:
            listed = extensions.decode_all(read, raw)
            self._readable = True
        except ValueError as error:
            listed = []
            self._readable = False
            fields.problem("extensions", extensions.reason(error))
        for extension in listed:
            if extension.oid in self._by_oid:
                fields.problem("extensions", f"{extension.oid} stands there twice")
            else:
                self._by_oid[extension.oid] = extension
        self._mention_the_unread()

    def _mention_the_unread(self) -> None:
        for extension in self._by_oid.values():
            if extension.decoded is None and extension.oid not in _FACT_OIDS:
                self._fields.problem(f"extension {extension.oid}", extension.problem)

    def get(self, field: str, oid: str, kind: type[_E]) -> _E | None:
        extension = self._by_oid.get(oid)
        if extension is None:
            return None
        if isinstance(extension.decoded, kind):
            return extension.decoded
        self._fields.problem(field, extension.problem)
        return None

    def _unread(self, oid: str) -> bool:
        extension = self._by_oid.get(oid)
        return not self._readable or (extension is not None and extension.decoded is None)

    def is_ca(self, constraints: x509.BasicConstraints | None) -> bool | None:
        if constraints is not None:
            return constraints.ca
        return None if self._unread(oids.BASIC_CONSTRAINTS) else False

    def san(self) -> tuple[str, ...] | None:
        names = self.get("san", oids.SUBJECT_ALT_NAME, x509.SubjectAlternativeName)
        if names is None:
            return None if self._unread(oids.SUBJECT_ALT_NAME) else ()
        return tuple(general_name(name) for name in names)

    def key_usage(self) -> tuple[str, ...] | None:
        usage = self.get("key_usage", oids.KEY_USAGE, x509.KeyUsage)
        if usage is None:
            return None if self._unread(oids.KEY_USAGE) else ()
        return key_usage_names(usage)

    def extended_key_usage(self) -> tuple[str, ...] | None:
        usages = self.get("extended_key_usage", oids.EXTENDED_KEY_USAGE, x509.ExtendedKeyUsage)
        if usages is None:
            return None if self._unread(oids.EXTENDED_KEY_USAGE) else ()
        return tuple(purpose_name(usage) for usage in usages)


_FACT_OIDS = frozenset(
    (
        oids.BASIC_CONSTRAINTS,
        oids.SUBJECT_ALT_NAME,
        oids.KEY_USAGE,
        oids.EXTENDED_KEY_USAGE,
        oids.SUBJECT_KEY_IDENTIFIER,
        oids.AUTHORITY_KEY_IDENTIFIER,
    )
)


def general_name(name: x509.GeneralName) -> str:
    """A general name as text with its kind before it: "dns:…", "ip:…", "dn:…", "other:OID"."""
    match name:
        case x509.DNSName():
            return f"dns:{name.value}"
        case x509.IPAddress():
            return f"ip:{name.value}"
        case x509.RFC822Name():
            return f"email:{name.value}"
        case x509.UniformResourceIdentifier():
            return f"uri:{name.value}"
        case x509.DirectoryName():
            return f"dn:{name.value.rfc4514_string()}"
        case x509.RegisteredID():
            return f"rid:{name.value.dotted_string}"
        case x509.OtherName():
            return f"other:{name.type_id.dotted_string}"
    return f"other:{type(name).__name__}"


@dataclass(frozen=True, slots=True)
class CertificateParts:
    """Where the fields of a certificate stand in its bytes (RFC 5280, section 4.1)."""

    serial: der.Node
    issuer: der.Node
    subject: der.Node
    spki: der.Node
    extensions: der.Node | None


def certificate_parts(encoded: bytes) -> CertificateParts:
    """Find the fields of a DER certificate. Raises DerError when it is none."""
    outer = der.read(encoded)
    fields = der.read(encoded, outer.body, outer.end).children()
    if fields and fields[0].tag == _EXPLICIT_0:
        del fields[0]
    if len(fields) < 6:
        raise der.DerError("fields are missing")
    wrapped = next((field for field in fields[6:] if field.tag == _EXPLICIT_3), None)
    return CertificateParts(
        serial=fields[0],
        issuer=fields[2],
        subject=fields[4],
        spki=fields[5],
        extensions=der.read(encoded, wrapped.body, wrapped.end) if wrapped else None,
    )


@dataclass(frozen=True, slots=True)
class CrlParts:
    """Where the fields of a CRL stand in its bytes (RFC 5280, section 5.1)."""

    issuer: der.Node
    extensions: der.Node | None


def crl_parts(encoded: bytes) -> CrlParts:
    """Find the fields of a DER CRL. Raises DerError when it is none."""
    outer = der.read(encoded)
    fields = der.read(encoded, outer.body, outer.end).children()
    if fields and fields[0].tag == der.INTEGER:
        del fields[0]
    if len(fields) < 3:
        raise der.DerError("fields are missing")
    wrapped = fields[-1] if fields[-1].tag == _EXPLICIT_0 else None
    return CrlParts(
        issuer=fields[1],
        extensions=der.read(encoded, wrapped.body, wrapped.end) if wrapped else None,
    )


def requested_extensions(encoded: bytes) -> der.Node | None:
    """The SEQUENCE of extensions that a DER CSR asks for (RFC 2985, section 5.4.2), if any."""
    info = der.read(encoded).children()[0].children()
    for attributes in info[3:]:
        for attribute in attributes.children():
            kind, values = attribute.children()[:2]
            if kind.oid() in _EXTENSION_REQUESTS:
                return next(iter(values.children()), None)
    return None


_EXPLICIT_0 = 0xA0
_EXPLICIT_3 = 0xA3
_EXTENSION_REQUESTS = frozenset(
    ("1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14")  # the second is Microsoft's own
)
