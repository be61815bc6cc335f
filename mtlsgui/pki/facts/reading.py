"""Reading facts from DER, field by field.

The structure is read here and not by `cryptography`, which refuses a whole certificate for one
odd field that OpenSSL reads over: an unsorted SET, a bad time, something after the signature
algorithm, an unknown version, a key of an unknown kind.
"""

import hashlib
from datetime import datetime

from cryptography import x509

from mtlsgui.pki import der, extensions, oids, values
from mtlsgui.pki.facts.extended import Extended
from mtlsgui.pki.facts.fields import Fields
from mtlsgui.pki.facts.records import CertificateFacts, CrlFacts, RequestFacts, UnreadableError
from mtlsgui.pki.facts.structure import (
    Signed,
    certificate_parts,
    crl_parts,
    request_parts,
    requested_extensions,
    serial_hex,
)
from mtlsgui.pki.key_kinds import spki_info
from mtlsgui.pki.keys import KeyInfo
from mtlsgui.pki.x501 import COMMON_NAME, DistinguishedName, read_name

_MOST_TOGETHER = 1024 * 1024
"""Bytes of a list that `cryptography` is asked to read, only to say that its extensions are well
formed."""


def read_certificate(encoded: bytes) -> CertificateFacts:
    """Read a DER certificate. Raises UnreadableError when it is none."""
    try:
        parts = certificate_parts(encoded)
    except der.DerError as error:
        raise _unreadable("certificate", error) from None
    fields = Fields()
    subject = _name(fields, "subject", parts.subject)
    issuer = _name(fields, "issuer", parts.issuer)
    found = Extended(fields, lambda: parts.extensions, lambda: _certificate_extensions(encoded))
    is_ca, path_length = found.basic_constraints()
    not_before, not_after = _validity(fields, parts.validity)
    return CertificateFacts(
        der=encoded,
        fingerprint_sha256=hashlib.sha256(encoded).hexdigest(),
        subject=None if subject is None else subject.rfc4514(),
        issuer=None if issuer is None else issuer.rfc4514(),
        subject_der=parts.subject.encoded,
        issuer_der=parts.issuer.encoded,
        common_name=None if subject is None else subject.last(COMMON_NAME),
        serial=fields.read("serial", lambda: _serial(parts.serial)),
        not_before=not_before,
        not_after=not_after,
        spki_sha256=hashlib.sha256(parts.spki.encoded).hexdigest(),
        key=_key(fields, parts.spki),
        signature_algorithm=_signature_algorithm(fields, parts.signed, parts.algorithm),
        is_ca=is_ca,
        path_length=path_length,
        san=found.san(),
        key_usage=found.key_usage(),
        extended_key_usage=found.extended_key_usage(),
        ski=found.ski(),
        aki=found.aki(),
        problems=tuple(fields.problems),
    )


def read_request(encoded: bytes) -> RequestFacts:
    """Read a DER certificate signing request. Raises UnreadableError when it is none."""
    try:
        parts = request_parts(encoded)
    except der.DerError as error:
        raise _unreadable("certificate signing request", error) from None
    fields = Fields()
    subject = _name(fields, "subject", parts.subject)
    found = Extended(
        fields,
        lambda: requested_extensions(encoded),
        lambda: extensions.quietly(lambda: x509.load_der_x509_csr(encoded).extensions),
    )
    is_ca, path_length = found.basic_constraints()
    return RequestFacts(
        der=encoded,
        fingerprint_sha256=hashlib.sha256(encoded).hexdigest(),
        subject=None if subject is None else subject.rfc4514(),
        subject_der=parts.subject.encoded,
        common_name=None if subject is None else subject.last(COMMON_NAME),
        spki_sha256=hashlib.sha256(parts.spki.encoded).hexdigest(),
        key=_key(fields, parts.spki),
        signature_algorithm=_signature_algorithm(fields, parts.signed, None),
        is_ca=is_ca,
        path_length=path_length,
        san=found.san(),
        key_usage=found.key_usage(),
        extended_key_usage=found.extended_key_usage(),
        problems=tuple(fields.problems),
    )


def read_crl(encoded: bytes) -> CrlFacts:
    """Read a DER certificate revocation list. Raises UnreadableError when it is none."""
    try:
        parts = crl_parts(encoded)
    except der.DerError as error:
        raise _unreadable("certificate revocation list", error) from None
    fields = Fields()
    issuer = _name(fields, "issuer", parts.issuer)
    found = Extended(fields, lambda: parts.extensions, lambda: _crl_extensions(encoded))
    revoked, next_update = parts.revoked, parts.next_update
    return CrlFacts(
        der=encoded,
        fingerprint_sha256=hashlib.sha256(encoded).hexdigest(),
        issuer=None if issuer is None else issuer.rfc4514(),
        issuer_der=parts.issuer.encoded,
        number=found.crl_number(),
        this_update=fields.read("this_update", lambda: _time(parts.this_update)),
        next_update=None
        if next_update is None
        else fields.read("next_update", lambda: _time(next_update)),
        revoked_count=0
        if revoked is None
        else fields.read(
            "revoked_count", lambda: der.count(revoked.data, revoked.body, revoked.end)
        ),
        signature_algorithm=_signature_algorithm(fields, parts.signed, None),
        aki=found.aki(),
        problems=tuple(fields.problems),
    )


def _unreadable(what: str, error: Exception) -> UnreadableError:
    return UnreadableError(f"This is not a readable {what}", extensions.reason(error))


def _certificate_extensions(encoded: bytes) -> x509.Extensions:
    return extensions.quietly(lambda: x509.load_der_x509_certificate(encoded).extensions)


def _crl_extensions(encoded: bytes) -> x509.Extensions:
    if len(encoded) > _MOST_TOGETHER:
        raise ValueError("too large")
    return extensions.quietly(lambda: x509.load_der_x509_crl(encoded).extensions)


def _name(fields: Fields, field: str, node: der.Node) -> DistinguishedName | None:
    name = fields.read(field, lambda: read_name(node))
    if name is not None and name.problem:
        fields.problem(field, name.problem)
    return name


def _validity(fields: Fields, node: der.Node) -> tuple[datetime | None, datetime | None]:
    parts = fields.read("not_before", node.children) or []
    return (
        fields.read("not_before", lambda: _time(_part(parts, 0))),
        fields.read("not_after", lambda: _time(_part(parts, 1))),
    )


def _part(parts: list[der.Node], at: int) -> der.Node:
    if at >= len(parts):
        raise der.DerError("it is missing")
    return parts[at]


def _time(node: der.Node) -> datetime:
    return values.time(node.tag, node.value)


def _serial(node: der.Node) -> str:
    if node.tag != der.INTEGER:
        raise der.DerError("not an INTEGER")
    return serial_hex(node.value)


def _key(fields: Fields, spki: der.Node) -> KeyInfo | None:
    return fields.read("key", lambda: spki_info(spki))


def _signature_algorithm(fields: Fields, signed: Signed, inner: der.Node | None) -> str | None:
    """By the outer one. In a certificate another stands inside what is signed: it is to be the
    same (RFC 5280, section 4.1.1.2).
    """
    found = fields.read("signature_algorithm", lambda: _algorithm(signed.algorithm))
    if inner is not None and found is not None:
        said = fields.read("signature_algorithm", lambda: _algorithm(inner))
        if said is not None and said != found:
            fields.problem("signature_algorithm", f"within the signed part it is {said}")
    return found


def _algorithm(node: der.Node | None) -> str:
    if node is None:
        raise der.DerError("it is missing")
    kind = next(iter(node.children()), None)
    if kind is None:
        raise der.DerError("it is empty")
    return oids.signature_algorithm(kind.oid())
