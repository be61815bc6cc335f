"""A certificate signing request in words."""

from cryptography import x509

from mtlsgui.pki.describe import fields
from mtlsgui.pki.describe.certificate import extensions_section, name_field
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.extensions import quietly
from mtlsgui.pki.facts import RequestFacts, requested_extensions

_SIGNATURES = {
    True: "valid: made with the key in the request",
    False: "not valid: the request was altered, or made with another key",
    None: "cannot be checked",
}


def describe_request(facts: RequestFacts) -> Description:
    """Every field of it. Never raises: what cannot be read says so."""
    request = quietly(lambda: x509.load_der_x509_csr(facts.der))
    first = facts.san[0].partition(":")[2] if facts.san else ""
    valid = facts.signature_valid
    return Description(
        facts.common_name or first or facts.subject or "Request without a name",
        "Certificate signing request",
        (
            Section("Subject", (name_field("Subject", lambda: request.subject),)),
            fields.key(facts.key, facts.spki_sha256),
            extensions_section(lambda: request.extensions, lambda: requested_extensions(facts.der)),
            Section(
                "Request",
                (
                    Field("Signature", _SIGNATURES[valid], kind="text" if valid else "problem"),
                    fields.signature(facts.signature_algorithm),
                    fields.digest("SHA-256 of the request", facts.fingerprint_sha256),
                ),
            ),
            *fields.problems(facts.problems),
        ),
    )
