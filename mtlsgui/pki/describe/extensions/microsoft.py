"""Extensions of Microsoft's certificate services ([MS-WCCE], section 2.2.2.7)."""

from mtlsgui.pki import der
from mtlsgui.pki.describe import parts
from mtlsgui.pki.describe.extensions.shown import Decoder, Shown, lines
from mtlsgui.pki.describe.extensions.usages import purpose_words
from mtlsgui.pki.describe.names import general_name
from mtlsgui.pki.describe.words import colons
from mtlsgui.pki.oid_names import with_name


def _template(node: der.Node) -> str:
    identifier, *version = parts.some(node, 1)
    numbers = ".".join(str(part.integer()) for part in version[:2])
    return with_name(identifier.oid()) + (f", version {numbers}" if numbers else "")


def _ca_version(node: der.Node) -> str:
    number = node.integer()
    certificate, key = number & 0xFFFF, number >> 16
    return f"V{certificate}.{key}: the CA's certificate {certificate}, its key {key}"


def _application_policies(node: der.Node) -> Shown:
    """Of the form of certificate policies, but naming extended key usages."""
    return lines([purpose_words(parts.some(policy, 1)[0].oid()) for policy in parts.items(node)])


def _digest(node: der.Node) -> Shown:
    return Shown(colons(node.value.hex()), "digest")


def _security_identifier(node: der.Node) -> Shown:
    """Who the certificate is for in a Windows domain: strong mapping (KB5014754)."""
    return lines([general_name(name).removeprefix("Other name, ") for name in parts.items(node)])


DECODERS: dict[str, Decoder] = {
    "1.3.6.1.4.1.311.20.2": parts.string,
    "1.3.6.1.4.1.311.21.1": _ca_version,
    "1.3.6.1.4.1.311.21.2": _digest,
    "1.3.6.1.4.1.311.21.4": parts.moment,
    "1.3.6.1.4.1.311.21.7": _template,
    "1.3.6.1.4.1.311.21.10": _application_policies,
    "1.3.6.1.4.1.311.25.2": _security_identifier,
}
