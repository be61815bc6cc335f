"""The facts as records: plain data, one for each kind of thing that is signed.

The names of fields are those of RFC 5280 and of mtlsctl's JSON. A field that cannot be read is
None and has a line in `problems`; the others stand.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from cryptography import x509

from mtlsgui.errors import MtlsguiError
from mtlsgui.pki import extensions, signatures
from mtlsgui.pki.facts.structure import (
    Signed,
    certificate_parts,
    request_parts,
    signed_parts,
)
from mtlsgui.pki.keys import KeyInfo


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
        return self.signed_with(certificate_parts(self.der).spki.encoded) is True

    def signed_with(self, spki: bytes) -> bool | None:
        """Its signature verifies with this key; None where that cannot be said."""
        return _signed_with(certificate_parts(self.der).signed, spki)


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
        parts = request_parts(self.der)
        return _signed_with(parts.signed, parts.spki.encoded)


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

    def signed_with(self, spki: bytes) -> bool | None:
        """Its signature verifies with this key; None where that cannot be said."""
        return _signed_with(signed_parts(self.der), spki)


def _signed_with(signed: Signed, spki: bytes) -> bool | None:
    if signed.algorithm is None or signed.signature is None:
        return None
    return signatures.verifies(spki, signed.algorithm, signed.signature, signed.body.encoded)


def load(facts: CertificateFacts) -> x509.Certificate:
    """`cryptography`'s certificate for these facts.

    Raises ValueError for a certificate that it refuses though its facts can be read.
    """
    try:
        return extensions.quietly(lambda: x509.load_der_x509_certificate(facts.der))
    except x509.InvalidVersion as error:  # a plain Exception, of `cryptography`'s own
        raise ValueError(str(error)) from error
