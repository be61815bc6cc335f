"""Extensions that stand alone: attributes of people, proxies, provisioners, national numbers."""

from mtlsgui.pki import der, oids
from mtlsgui.pki.describe import parts
from mtlsgui.pki.describe.extensions.shown import Decoder, Shown, lines
from mtlsgui.pki.describe.words import colons
from mtlsgui.pki.oid_names import oid_name, with_name

_PROVISIONERS = (
    "",
    "JWK",
    "OIDC",
    "GCP",
    "AWS",
    "Azure",
    "ACME",
    "X5C",
    "Kubernetes service account",
    "SSHPOP",
    "SCEP",
    "Nebula",
    "Wire",
)


def _directory_attributes(node: der.Node) -> Shown:
    """RFC 5280, section 4.2.1.8; RFC 3739, section 3.2.2, for dates and places of birth."""
    words = []
    for attribute in parts.items(node):
        kind, found = parts.some(attribute, 2)[:2]
        oid = kind.oid()
        name = oids.NAME_ATTRIBUTES.get(oid) or oid_name(oid) or oid
        words.append(f"{name}: {', '.join(parts.brief(value) for value in found.children())}")
    return lines(words)


def _proxy(node: der.Node) -> str:
    """RFC 3820, section 3.8."""
    *length, policy = parts.some(node, 1)
    language, *rest = parts.some(policy, 1)
    words = f"A proxy certificate; policy language {with_name(language.oid())}"
    if rest:
        words += f", policy of {len(rest[0].value):,} bytes"
    return words + "".join(f"; at most {number.integer()} further proxies" for number in length)


def _provisioner(node: der.Node) -> str:
    kind, name, credential, *_ = parts.some(node, 3)
    number = kind.integer()
    known = 0 < number < len(_PROVISIONERS)
    words = f"{_PROVISIONERS[number] if known else f'kind {number}'} provisioner"
    words += f" “{name.value.decode('utf-8', 'replace')}”"
    identifier = credential.value.decode("utf-8", "replace")
    return words + (f", credential {identifier}" if identifier else "")


def _entrust(node: der.Node) -> str:
    return f"Entrust version {parts.string(parts.some(node, 1)[0])}"


def _organization(node: der.Node) -> str:
    """The CA/Browser Forum's cabfOrganizationIdentifier (EV Guidelines, section 7.1.2.2)."""
    scheme, country, *rest = parts.some(node, 3)
    region = f"+{parts.string(rest[0])}" if rest[0].tag & 0x80 else ""
    return f"{parts.string(scheme)}{parts.string(country)}{region}-{parts.string(rest[-1])}"


def _acme(node: der.Node) -> Shown:
    """RFC 8737, section 3."""
    return Shown(colons(node.value.hex()), "digest", "Answers an ACME challenge; not for use")


def _identity_code(node: der.Node) -> str:
    """GB/T 20518: one string, in a CHOICE of kinds of number or as it is."""
    return parts.string(node) if not node.tag & parts.CONSTRUCTED else parts.brief(node)


DECODERS: dict[str, Decoder] = {
    "2.5.29.9": _directory_attributes,
    "1.2.840.113533.7.65.0": _entrust,
    "1.3.6.1.4.1.37476.9000.64.1": _provisioner,
    "1.3.6.1.5.5.7.1.14": _proxy,
    "1.3.6.1.5.5.7.1.31": _acme,
    "2.23.140.3.1": _organization,
    **{f"1.2.156.10260.4.1.{part}": _identity_code for part in range(1, 6)},
}
