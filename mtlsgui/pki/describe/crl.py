"""A certificate revocation list in words."""

from itertools import islice

from cryptography import x509

from mtlsgui.pki.describe import fields
from mtlsgui.pki.describe.certificate import extensions_section, name_field
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.describe.words import colons, count, date_and_time
from mtlsgui.pki.extensions import quietly, reason
from mtlsgui.pki.facts import CrlFacts, crl_parts

MOST_ENTRIES = 1_000
"""Entries that are described one by one; lists can have millions."""


def describe_crl(facts: CrlFacts) -> Description:
    """Every field of it and its first entries. Never raises: what cannot be read says so."""
    crl = quietly(lambda: x509.load_der_x509_crl(facts.der))
    number = "none" if facts.number is None else str(facts.number)
    revoked = facts.revoked_count
    return Description(
        facts.issuer or "Revocation list without an issuer",
        "Certificate revocation list",
        (
            Section("Issuer", (name_field("Issuer", lambda: crl.issuer),)),
            Section(
                "Validity",
                (
                    fields.moment("This update", facts.this_update),
                    fields.moment("Next update", facts.next_update)
                    if facts.next_update
                    else Field("Next update", "not said", kind="date"),
                ),
            ),
            Section("Revoked", _revoked(crl, revoked)),
            extensions_section(lambda: crl.extensions, lambda: crl_parts(facts.der).extensions),
            Section(
                "List",
                (
                    Field("Number", number, kind="number"),
                    fields.signature(facts.signature_algorithm),
                    fields.digest("SHA-256 of the list", facts.fingerprint_sha256),
                ),
            ),
            *fields.problems(facts.problems),
        ),
    )


def _revoked(crl: x509.CertificateRevocationList, revoked: int | None) -> tuple[Field, ...]:
    if revoked is None:
        return (Field("Certificates", fields.UNREADABLE, kind="problem"),)
    entries = [Field("Certificates", count(revoked, "certificate"), kind="number")]
    try:
        entries += quietly(lambda: [_entry(entry) for entry in islice(crl, MOST_ENTRIES)])
    except Exception as error:  # a malformed entry; the rest of the description stands
        entries.append(Field("Entries", fields.UNREADABLE, note=reason(error), kind="problem"))
    if revoked > MOST_ENTRIES:
        entries.append(Field("", f"… and {revoked - MOST_ENTRIES:,} more"))
    return tuple(entries)


def _entry(entry: x509.RevokedCertificate) -> Field:
    why = ""
    for extension in entry.extensions:
        if isinstance(extension.value, x509.CRLReason):
            why = extension.value.reason.value
    sign = "-" if entry.serial_number < 0 else ""
    return Field(
        sign + colons(f"{abs(entry.serial_number):x}"),
        date_and_time(entry.revocation_date_utc),
        note=why,
        kind="date",
    )
