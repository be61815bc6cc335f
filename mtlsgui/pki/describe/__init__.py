"""What things say, in words: one tree for the inspector, mtlsctl's text and its JSON."""

from mtlsgui.pki.describe.card import Card, Validity, card
from mtlsgui.pki.describe.certificate import describe_certificate, display_name
from mtlsgui.pki.describe.crl import describe_crl
from mtlsgui.pki.describe.key import describe_private_key, describe_public_key
from mtlsgui.pki.describe.request import describe_request
from mtlsgui.pki.describe.text import as_text, section_text
from mtlsgui.pki.describe.tree import Description, Field, Section, as_json

__all__ = [
    "Card",
    "Description",
    "Field",
    "Section",
    "Validity",
    "as_json",
    "as_text",
    "card",
    "describe_certificate",
    "describe_crl",
    "describe_private_key",
    "describe_public_key",
    "describe_request",
    "display_name",
    "section_text",
]
