"""Certificate policies and what constrains them (RFC 5280, sections 4.2.1.4, .5, .11, .14)."""

from mtlsgui.pki import der
from mtlsgui.pki.describe import parts
from mtlsgui.pki.describe.extensions.shown import Decoder, Shown, lines
from mtlsgui.pki.describe.words import count
from mtlsgui.pki.oid_names import oid_name

POLICIES = {
    "2.5.29.32.0": "any policy",
    "2.23.140.1.1": "extended validation (CA/Browser Forum)",
    "2.23.140.1.2.1": "domain validated (CA/Browser Forum)",
    "2.23.140.1.2.2": "organization validated (CA/Browser Forum)",
    "2.23.140.1.2.3": "individual validated (CA/Browser Forum)",
    "2.23.140.1.3": "extended validation code signing (CA/Browser Forum)",
    "2.23.140.1.4.1": "code signing (CA/Browser Forum)",
    "2.23.140.1.4.2": "time stamping (CA/Browser Forum)",
    "2.23.140.1.5.1.1": "S/MIME, mailbox validated, legacy (CA/Browser Forum)",
    "2.23.140.1.5.1.2": "S/MIME, mailbox validated, multipurpose (CA/Browser Forum)",
    "2.23.140.1.5.1.3": "S/MIME, mailbox validated, strict (CA/Browser Forum)",
    "2.23.140.1.5.2.1": "S/MIME, organization validated, legacy (CA/Browser Forum)",
    "2.23.140.1.5.2.2": "S/MIME, organization validated, multipurpose (CA/Browser Forum)",
    "2.23.140.1.5.2.3": "S/MIME, organization validated, strict (CA/Browser Forum)",
    "2.23.140.1.5.3.1": "S/MIME, sponsor validated, legacy (CA/Browser Forum)",
    "2.23.140.1.5.3.2": "S/MIME, sponsor validated, multipurpose (CA/Browser Forum)",
    "2.23.140.1.5.3.3": "S/MIME, sponsor validated, strict (CA/Browser Forum)",
    "2.23.140.1.5.4.1": "S/MIME, individual validated, legacy (CA/Browser Forum)",
    "2.23.140.1.5.4.2": "S/MIME, individual validated, multipurpose (CA/Browser Forum)",
    "2.23.140.1.5.4.3": "S/MIME, individual validated, strict (CA/Browser Forum)",
    "2.23.140.1.31": "onion names (CA/Browser Forum)",
    "0.4.0.2042.1.1": "normalized policy NCP (ETSI EN 319 411-1)",
    "0.4.0.2042.1.2": "normalized policy NCP+, with a secure device (ETSI EN 319 411-1)",
    "0.4.0.2042.1.3": "lightweight policy LCP (ETSI EN 319 411-1)",
    "0.4.0.2042.1.4": "extended validation EVCP (ETSI EN 319 411-1)",
    "0.4.0.2042.1.6": "domain validated DVCP (ETSI EN 319 411-1)",
    "0.4.0.2042.1.7": "organization validated OVCP (ETSI EN 319 411-1)",
    "0.4.0.194112.1.0": "EU qualified, natural person QCP-n (ETSI EN 319 411-2)",
    "0.4.0.194112.1.1": "EU qualified, legal person QCP-l (ETSI EN 319 411-2)",
    "0.4.0.194112.1.2": "EU qualified, natural person, QSCD QCP-n-qscd (ETSI EN 319 411-2)",
    "0.4.0.194112.1.3": "EU qualified, legal person, QSCD QCP-l-qscd (ETSI EN 319 411-2)",
    "0.4.0.194112.1.4": "EU qualified, web site QEVCP-w (ETSI EN 319 411-2)",
    "0.4.0.194112.1.5": "EU qualified, web site QNCP-w (ETSI EN 319 411-2)",
    "0.4.0.19495.3.1": "EU qualified, web site, PSD2 QCP-w-psd2 (ETSI TS 119 495)",
    "1.3.6.1.4.1.44947.1.1.1": "domain validated (ISRG)",
}
_CPS = "1.3.6.1.5.5.7.2.1"
_USER_NOTICE = "1.3.6.1.5.5.7.2.2"


def policy_words(oid: str) -> str:
    """A policy by its OID, in words."""
    name = POLICIES.get(oid) or oid_name(oid)
    return f"{name} ({oid})" if name else oid


def _policies(node: der.Node) -> Shown:
    words = []
    for policy in parts.items(node):
        identifier, *qualifiers = parts.some(policy, 1)
        words.append(policy_words(identifier.oid()))
        for qualifier in qualifiers[0].children() if qualifiers else ():
            words += [f"  {line}" for line in _qualifier(qualifier)]
    return lines(words)


def _qualifier(node: der.Node) -> list[str]:
    kind, *value = parts.some(node, 1)
    oid = kind.oid()
    if oid == _CPS and value:
        return [parts.string(value[0])]
    if oid == _USER_NOTICE and value:
        return _notice(value[0])
    held = f": {parts.brief(value[0])}" if value else ""
    return [f"qualifier {oid_name(oid) or oid}{held}"]


def _notice(node: der.Node) -> list[str]:
    """UserNotice: a text, and an organization with the numbers of its notices; either may lack."""
    found = []
    for part in parts.items(node):
        if part.tag == der.SEQUENCE:
            organization, numbers = parts.some(part, 2)[:2]
            listed = ", ".join(str(number.integer()) for number in numbers.children())
            found.append(f"notice {listed} of {parts.string(organization)}")
        else:
            found.append("Notice: " + " ".join(parts.string(part).split()))
    return found


def _policy_mappings(node: der.Node) -> Shown:
    found = []
    for mapping in parts.items(node):
        issuer, subject = parts.some(mapping, 2)[:2]
        found.append(f"{policy_words(issuer.oid())} is the same as {policy_words(subject.oid())}")
    return lines(found)


def _policy_constraints(node: der.Node) -> Shown:
    found = parts.tagged(node)
    words = []
    if 0 in found:
        words.append(f"An explicit policy is required {_after(parts.number(found[0]))}")
    if 1 in found:
        words.append(f"No policy mapping {_after(parts.number(found[1]))}")
    return lines(words)


def _inhibit_any(node: der.Node) -> str:
    return f'"Any policy" does not count {_after(node.integer())}'


def _after(certificates: int) -> str:
    return f"after {count(certificates, 'certificate')}" if certificates else "from here on"


DECODERS: dict[str, Decoder] = {
    "2.5.29.32": _policies,
    "2.5.29.33": _policy_mappings,
    "2.5.29.36": _policy_constraints,
    "2.5.29.54": _inhibit_any,
    "1.3.6.1.4.1.311.21.11": _policy_mappings,  # Microsoft's, of the same form
    "1.3.6.1.4.1.311.21.12": _policy_constraints,
}
