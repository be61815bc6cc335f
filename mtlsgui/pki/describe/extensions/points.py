"""Where to find more: revocation lists, OCSP, issuers (RFC 5280, sections 4.2.1.13, 4.2.2, 5.2)."""

from mtlsgui.pki import der
from mtlsgui.pki.describe import parts
from mtlsgui.pki.describe.extensions.shown import Decoder, Shown, lines
from mtlsgui.pki.describe.names import bare_name
from mtlsgui.pki.oid_names import oid_name
from mtlsgui.pki.x501 import DistinguishedName, read_name

_ACCESS_METHODS = {
    "1.3.6.1.5.5.7.48.1": "OCSP",
    "1.3.6.1.5.5.7.48.2": "Issuer's certificate",
    "1.3.6.1.5.5.7.48.3": "Time stamping",
    "1.3.6.1.5.5.7.48.5": "CA repository",
    "1.3.6.1.5.5.7.48.10": "RPKI manifest",
    "1.3.6.1.5.5.7.48.11": "Signed object",
    "1.3.6.1.5.5.7.48.13": "RPKI notification",
}
_REASONS = (
    "unused",
    "keyCompromise",
    "cACompromise",
    "affiliationChanged",
    "superseded",
    "cessationOfOperation",
    "certificateHold",
    "privilegeWithdrawn",
    "aACompromise",
)
"""The bits of ReasonFlags (RFC 5280, section 4.2.1.13)."""
_ONLY = {
    1: "end-entity certificates only",
    2: "CA certificates only",
    4: "an indirect CRL: with certificates of other issuers",
    5: "attribute certificates only",
}


def _distribution_points(node: der.Node) -> Shown:
    words = []
    for point in parts.items(node):
        found = parts.tagged(point)
        if 0 in found:
            words += _point_name(found[0])
        if 2 in found:
            words += [f"  CRL issuer: {bare_name(name)}" for name in found[2].children()]
        if 1 in found:
            words.append(f"  for these reasons: {', '.join(parts.bits(found[1].value, _REASONS))}")
    return lines(words)


def _point_name(node: der.Node) -> list[str]:
    name = parts.inner(node)
    if name.tag == 0xA0:
        return [bare_name(full) for full in name.children()]
    inside = der.encode(der.SEQUENCE, der.encode(der.SET, name.value))
    relative: DistinguishedName = read_name(der.read(inside))
    return [f"relative to the issuer: {relative.rfc4514()}"]


def _issuing_point(node: der.Node) -> Shown:
    found = parts.tagged(node)
    words = _point_name(found[0]) if 0 in found else []
    words += [said for tag, said in _ONLY.items() if tag in found and parts.flag(found[tag])]
    if 3 in found:
        words.append(f"for these reasons only: {', '.join(parts.bits(found[3].value, _REASONS))}")
    return lines(words or ["all certificates of the issuer"])


def _access(node: der.Node) -> Shown:
    words = []
    for description in parts.items(node):
        method, location = parts.some(description, 2)[:2]
        oid = method.oid()
        known = _ACCESS_METHODS.get(oid) or oid_name(oid) or oid
        words.append(f"{known}: {bare_name(location)}")
    return lines(words)


DECODERS: dict[str, Decoder] = {
    "2.5.29.31": _distribution_points,
    "2.5.29.46": _distribution_points,
    "2.5.29.28": _issuing_point,
    "1.3.6.1.5.5.7.1.1": _access,
    "1.3.6.1.5.5.7.1.11": _access,
}
