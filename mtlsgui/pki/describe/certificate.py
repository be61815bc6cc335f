"""A certificate in words."""

from collections.abc import Callable

from cryptography import x509

from mtlsgui.pki import der
from mtlsgui.pki.describe import fields
from mtlsgui.pki.describe.extensions import describe_extensions
from mtlsgui.pki.describe.names import distinguished_name
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.describe.words import colons
from mtlsgui.pki.extensions import decode_all, quietly, reason
from mtlsgui.pki.facts import (
    CertificateFacts,
    CertificateKind,
    certificate_parts,
    kind_of,
    load,
)

KIND_SENTENCES = {
    CertificateKind.ROOT_CA: "Root certificate authority",
    CertificateKind.CA: "Certificate authority",
    CertificateKind.SERVER: "Server certificate",
    CertificateKind.CLIENT: "Client certificate",
    CertificateKind.PEER: "Server and client certificate",
    CertificateKind.OTHER: "Certificate",
}


def display_name(facts: CertificateFacts) -> str:
    """What to call it: the common name, else the first alternative name, else the subject."""
    first = facts.san[0].partition(":")[2] if facts.san else ""
    return facts.common_name or first or facts.subject or "Certificate without a name"


def issuer_name(facts: CertificateFacts) -> str:
    """What to call its issuer: the common name, else the organization, else the whole name."""
    try:
        issuer = quietly(lambda: load(facts).issuer)
        for oid in (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME):
            for attribute in issuer.get_attributes_for_oid(oid):
                if isinstance(attribute.value, str) and attribute.value:
                    return attribute.value
    except ValueError:
        return facts.issuer or fields.UNREADABLE
    return facts.issuer or "(empty)"


def describe_certificate(facts: CertificateFacts) -> Description:
    """Every field of it. Never raises: what cannot be read says so."""
    certificate = load(facts)
    return Description(
        display_name(facts),
        KIND_SENTENCES[kind_of(facts)],
        (
            Section("Subject", (name_field("Subject", lambda: certificate.subject),)),
            Section("Issuer", (_issuer(facts, certificate),)),
            Section(
                "Validity",
                (
                    fields.moment("Not before", facts.not_before),
                    fields.moment("Not after", facts.not_after),
                ),
            ),
            fields.key(facts.key, facts.spki_sha256),
            extensions_section(
                lambda: certificate.extensions, lambda: certificate_parts(facts.der).extensions
            ),
            Section(
                "Certificate",
                (
                    _serial(facts),
                    Field("Version", _version(facts)),
                    fields.signature(facts.signature_algorithm),
                    fields.digest("SHA-256 fingerprint", facts.fingerprint_sha256),
                ),
            ),
            *fields.problems(facts.problems),
        ),
    )


def name_field(label: str, read: Callable[[], x509.Name]) -> Field:
    """A distinguished name, or why it cannot be read."""
    try:
        return distinguished_name(label, quietly(read))
    except Exception as error:  # `cryptography` raises many kinds for a malformed name
        return Field(label, fields.UNREADABLE, note=reason(error), kind="problem")


def extensions_section(
    read: Callable[[], x509.Extensions], find: Callable[[], der.Node | None]
) -> Section:
    """All extensions; the malformed ones raw."""
    try:
        found = quietly(lambda: decode_all(read, find()))
    except ValueError as error:
        problem = Field("Extensions", fields.UNREADABLE, note=reason(error), kind="problem")
        return Section("Extensions", (problem,))
    return Section("Extensions", describe_extensions(found))


def _issuer(facts: CertificateFacts, certificate: x509.Certificate) -> Field:
    field = name_field("Issuer", lambda: certificate.issuer)
    if not facts.self_issued:
        return field
    note = "Self-signed" if facts.self_signed else "The same name, but not signed with its own key"
    return Field(field.label, field.value, note=note, kind=field.kind, children=field.children)


def _serial(facts: CertificateFacts) -> Field:
    if facts.serial is None:
        return Field("Serial number", fields.UNREADABLE, kind="problem")
    note = ""
    if facts.serial.startswith("-"):
        note = "Negative, which RFC 5280 forbids"
    elif len(facts.serial) > 40:
        note = "Longer than the 20 bytes that RFC 5280 allows"
    elif not facts.serial.strip("0"):
        note = "Zero, which RFC 5280 forbids"
    return Field("Serial number", colons(facts.serial), note=note, monospace=True, kind="digest")


def _version(facts: CertificateFacts) -> str:
    first = der.read(facts.der).children()[0].children()[0]
    return str(first.children()[0].integer() + 1) if first.tag == 0xA0 else "1"
