"""A certificate revocation list in words."""

from itertools import islice

from mtlsgui.pki import der
from mtlsgui.pki.describe import fields, parts
from mtlsgui.pki.describe.certificate import MOST_CHARACTERS, extensions_section
from mtlsgui.pki.describe.extensions import describe_extension
from mtlsgui.pki.describe.fingerprints import list_hash_field
from mtlsgui.pki.describe.names import name_field
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.describe.words import clipped, count
from mtlsgui.pki.extensions import reason
from mtlsgui.pki.facts import CrlFacts, crl_parts

MOST_ENTRIES = 100
"""Entries that are described one by one; lists can have millions."""
_DELTA = "2.5.29.27"
_REASON = "2.5.29.21"
_INVALIDITY = "2.5.29.24"


def describe_crl(facts: CrlFacts) -> Description:
    """Every field of it and its first entries. Never raises: what cannot be read says so."""
    structure = crl_parts(facts.der)
    number = "none" if facts.number is None else str(facts.number)
    extensions = extensions_section(lambda: structure.extensions)
    delta = any(field.oid == _DELTA for field in extensions.fields)
    return Description(
        clipped(facts.issuer or "Revocation list without an issuer", MOST_CHARACTERS),
        "Delta certificate revocation list" if delta else "Certificate revocation list",
        (
            Section("Issuer", (name_field("Issuer", structure.issuer),)),
            Section(
                "Validity",
                (
                    fields.moment("This update", facts.this_update),
                    fields.moment("Next update", facts.next_update)
                    if facts.next_update
                    else Field("Next update", "not said", kind="date"),
                ),
            ),
            Section("Revoked", _revoked(structure.revoked, facts.revoked_count)),
            extensions,
            Section(
                "List",
                (
                    Field("Number", number, kind="number"),
                    fields.signature(facts.signature_algorithm),
                    fields.digest("SHA-256 of the list", facts.fingerprint_sha256),
                    *list_hash_field(structure.issuer),
                ),
            ),
            *fields.problems(facts.problems),
        ),
    )


def _revoked(listed: der.Node | None, revoked: int | None) -> tuple[Field, ...]:
    if revoked is None:
        return (Field("Certificates", fields.UNREADABLE, kind="problem"),)
    entries = [Field("Certificates", count(revoked, "certificate"), kind="number")]
    try:
        nodes = der.walk(listed.data, listed.body, listed.end) if listed else iter(())
        entries += [_entry(node) for node in islice(nodes, MOST_ENTRIES)]
    except (ValueError, IndexError) as error:  # the rest of the description stands
        entries.append(Field("Entries", fields.UNREADABLE, note=reason(error), kind="problem"))
    if revoked > MOST_ENTRIES:
        entries.append(Field("", f"… and {revoked - MOST_ENTRIES:,} more"))
    return tuple(entries)


def _entry(node: der.Node) -> Field:
    """One revoked certificate: its serial number, when, and why where that is said."""
    serial, when, *extensions = parts.some(node, 2)
    notes: list[str] = []
    for extension in extensions[0].children() if extensions else ():
        oid, *_, value = parts.some(extension, 2)
        field = describe_extension(oid.oid(), None, value.value)
        if field.oid == _REASON:
            notes.insert(0, field.value)
        elif field.oid == _INVALIDITY:
            notes.append(f"not to be trusted since {field.value}")
        else:
            notes.append(f"{field.label}: {' '.join(field.value.split())}")
    return Field(parts.serial(serial), parts.moment(when), note=", ".join(notes), kind="date")
