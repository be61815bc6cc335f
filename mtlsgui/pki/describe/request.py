"""A certificate signing request in words."""

from mtlsgui.pki import der
from mtlsgui.pki.describe import fields, parts
from mtlsgui.pki.describe.certificate import MOST_CHARACTERS, extensions_section
from mtlsgui.pki.describe.names import name_field
from mtlsgui.pki.describe.public_key import key_section, pins
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.describe.words import clipped
from mtlsgui.pki.extensions import reason
from mtlsgui.pki.facts import RequestFacts, request_parts, requested_extensions
from mtlsgui.pki.oid_names import oid_name

_SIGNATURES = {
    True: "valid: made with the key in the request",
    False: "not valid: the request was altered, or made with another key",
    None: "cannot be checked",
}
_CHALLENGE = "1.2.840.113549.1.9.7"
_EXTENSION_REQUESTS = ("1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14")
ATTRIBUTES = {
    _CHALLENGE: "Challenge password",
    "1.2.840.113549.1.9.2": "Unstructured name",
    "1.2.840.113549.1.9.8": "Unstructured address",
    "1.3.6.1.4.1.311.13.2.1": "Enrollment name and value",
    "1.3.6.1.4.1.311.13.2.2": "Cryptographic provider",
    "1.3.6.1.4.1.311.13.2.3": "Version of Windows",
    "1.3.6.1.4.1.311.21.20": "Made by",
}
"""Names of a request's attributes for people."""


def describe_request(facts: RequestFacts) -> Description:
    """Every field of it. Never raises: what cannot be read says so."""
    structure = request_parts(facts.der)
    first = facts.san[0].partition(":")[2] if facts.san else ""
    valid = facts.signature_valid
    spki = structure.spki.encoded
    return Description(
        clipped(
            facts.common_name or first or facts.subject or "Request without a name", MOST_CHARACTERS
        ),
        "Certificate signing request",
        (
            Section("Subject", (name_field("Subject", structure.subject),)),
            key_section(facts.key, facts.spki_sha256, spki),
            extensions_section(lambda: requested_extensions(facts.der)),
            *_attributes(structure.attributes),
            Section(
                "Request",
                (
                    Field("Signature", _SIGNATURES[valid], kind="text" if valid else "problem"),
                    fields.signature(facts.signature_algorithm),
                    fields.digest("SHA-256 of the request", facts.fingerprint_sha256),
                ),
            ),
            *pins(spki),
            *fields.problems(facts.problems),
        ),
    )


def _attributes(node: der.Node | None) -> tuple[Section, ...]:
    """What is asked for beside extensions (RFC 2985, section 5.4)."""
    try:
        listed = node.children() if node else []
        found = [_attribute(attribute) for attribute in listed]
    except (ValueError, IndexError) as error:
        problem = Field("Attributes", fields.UNREADABLE, note=reason(error), kind="problem")
        return (Section("Attributes", (problem,)),)
    shown = tuple(field for field in found if field is not None)
    return (Section("Attributes", shown),) if shown else ()


def _attribute(node: der.Node) -> Field | None:
    kind, held = parts.some(node, 2)[:2]
    oid = kind.oid()
    if oid in _EXTENSION_REQUESTS:
        return None
    label = ATTRIBUTES.get(oid) or oid_name(oid) or "Unknown attribute"
    if oid == _CHALLENGE:
        return Field(label, "present", oid=oid, note="Not shown: it may be a secret")
    return Field(label, "\n".join(_brief(value) for value in held.children()), oid=oid)


def _brief(node: der.Node) -> str:
    if node.tag in (der.SEQUENCE, der.SET):
        return ", ".join(parts.brief(value) for value in node.children())
    return parts.brief(node)
