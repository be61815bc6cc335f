"""A certificate in words."""

from collections.abc import Callable

from mtlsgui.pki import der, x501
from mtlsgui.pki.describe import fields
from mtlsgui.pki.describe.extensions import describe_extensions
from mtlsgui.pki.describe.fingerprints import certificate_section
from mtlsgui.pki.describe.names import name_field
from mtlsgui.pki.describe.public_key import key_section
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.describe.words import clipped, colons
from mtlsgui.pki.extensions import reason
from mtlsgui.pki.facts import (
    CertificateFacts,
    CertificateKind,
    CertificateParts,
    certificate_parts,
    kind_of,
)

KIND_SENTENCES = {
    CertificateKind.ROOT_CA: "Root certificate authority",
    CertificateKind.CA: "Certificate authority",
    CertificateKind.SERVER: "Server certificate",
    CertificateKind.CLIENT: "Client certificate",
    CertificateKind.PEER: "Server and client certificate",
    CertificateKind.OTHER: "Certificate",
}
MOST_CHARACTERS = 300
"""Of what a certificate is called; hostile ones have millions."""


def display_name(facts: CertificateFacts) -> str:
    """What to call it: the common name, else the first alternative name, else the subject."""
    first = facts.san[0].partition(":")[2] if facts.san else ""
    found = facts.common_name or first or facts.subject or "Certificate without a name"
    return clipped(found, MOST_CHARACTERS)


def issuer_name(facts: CertificateFacts) -> str:
    """What to call its issuer: the common name, else the organization, else the whole name."""
    if facts.issuer is None or facts.issuer_der is None:
        return fields.UNREADABLE
    try:
        name = x501.read_name(der.read(facts.issuer_der))
    except der.DerError:
        return clipped(facts.issuer, MOST_CHARACTERS)
    found = name.last(x501.COMMON_NAME) or name.last(x501.ORGANIZATION)
    return clipped(found or facts.issuer or "(empty)", MOST_CHARACTERS)


def describe_certificate(facts: CertificateFacts) -> Description:
    """Every field of it. Never raises: what cannot be read says so."""
    parts = certificate_parts(facts.der)
    return Description(
        display_name(facts),
        KIND_SENTENCES[kind_of(facts)],
        (
            Section("Subject", (name_field("Subject", parts.subject),)),
            Section("Issuer", (_issuer(facts, parts),)),
            Section(
                "Validity",
                (
                    fields.moment("Not before", facts.not_before),
                    fields.moment("Not after", facts.not_after),
                ),
            ),
            key_section(facts.key, facts.spki_sha256, parts.spki.encoded),
            extensions_section(lambda: parts.extensions),
            Section(
                "Certificate",
                (
                    _serial(facts),
                    Field("Version", _version(parts)),
                    fields.signature(facts.signature_algorithm),
                ),
            ),
            certificate_section(
                facts.der,
                facts.fingerprint_sha256,
                parts.spki.encoded,
                parts.subject,
                parts.issuer,
            ),
            *fields.problems(facts.problems),
        ),
    )


def extensions_section(find: Callable[[], der.Node | None]) -> Section:
    """All extensions; the malformed ones raw.

    find: gives the SEQUENCE that they stand in, if any; may raise DerError.
    """
    try:
        found = find()
        described = describe_extensions(found) if found is not None else ()
    except (ValueError, IndexError) as error:
        problem = Field("Extensions", fields.UNREADABLE, note=reason(error), kind="problem")
        return Section("Extensions", (problem,))
    return Section("Extensions", described)


def _issuer(facts: CertificateFacts, parts: CertificateParts) -> Field:
    field = name_field("Issuer", parts.issuer)
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


def _version(parts: CertificateParts) -> str:
    if parts.version is None:
        return "1"
    try:
        return str(parts.version.children()[0].integer() + 1)
    except (ValueError, IndexError):
        return fields.UNREADABLE
