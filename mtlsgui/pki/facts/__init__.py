"""What certificates, requests and revocation lists say, read field by field from their bytes."""

from mtlsgui.pki.facts.kinds import CertificateKind, kind_of
from mtlsgui.pki.facts.reading import read_certificate, read_crl, read_request
from mtlsgui.pki.facts.records import (
    CertificateFacts,
    CrlFacts,
    FieldProblem,
    RequestFacts,
    UnreadableError,
    load,
)
from mtlsgui.pki.facts.structure import (
    CertificateParts,
    CrlParts,
    RequestParts,
    certificate_parts,
    crl_parts,
    request_parts,
    requested_extensions,
    serial_hex,
)

__all__ = [
    "CertificateFacts",
    "CertificateKind",
    "CertificateParts",
    "CrlFacts",
    "CrlParts",
    "FieldProblem",
    "RequestFacts",
    "RequestParts",
    "UnreadableError",
    "certificate_parts",
    "crl_parts",
    "kind_of",
    "load",
    "read_certificate",
    "read_crl",
    "read_request",
    "request_parts",
    "requested_extensions",
    "serial_hex",
]
