"""Usages and constraints (RFC 5280, sections 4.2.1.2, .3, .9, .12), key identifiers."""

from mtlsgui.pki import der
from mtlsgui.pki.describe import parts
from mtlsgui.pki.describe.extensions.shown import Decoder, Shown, ignoring, lines
from mtlsgui.pki.describe.names import general_names
from mtlsgui.pki.describe.words import colons, count, key_usage, purpose
from mtlsgui.pki.oid_names import oid_name
from mtlsgui.pki.usages import KEY_USAGES, purpose_name

_TLS_FEATURES = {5: "must staple OCSP (status_request)", 17: "must staple OCSP for the chain"}


def _basic_constraints(node: der.Node) -> str:
    found = parts.items(node)
    ca = bool(found) and found[0].tag == parts.BOOLEAN and parts.flag(found[0])
    length = parts.number(found[-1]) if found and found[-1].tag == der.INTEGER else None
    if not ca:
        more = "" if length is None else f", though a path length of {length} stands there"
        return f"Not a certificate authority{more}"
    if length is None:
        return "A certificate authority, with any number of intermediates below it"
    if length == 0:
        return "A certificate authority that issues end-entity certificates only"
    return f"A certificate authority, with at most {count(length, 'intermediate')} below"


def _key_usage(node: der.Node) -> str:
    if node.tag != der.BIT_STRING:
        raise der.DerError("not a BIT STRING")
    return ", ".join(map(key_usage, parts.bits(node.value, KEY_USAGES))) or "nothing at all"


def purpose_words(oid: str) -> str:
    """An extended key usage by its OID, in words."""
    name = purpose_name(oid)
    words = purpose(name)
    known = oid_name(oid) if words == oid else ""
    return f"{known} ({oid})" if known else words


def _extended_key_usage(node: der.Node) -> Shown:
    return lines([purpose_words(usage.oid()) for usage in parts.items(node)])


def _subject_key_identifier(node: der.Node) -> Shown:
    if node.tag != der.OCTET_STRING:
        raise der.DerError("not an OCTET STRING")
    return Shown(colons(node.value.hex()), "digest")


def _authority_key_identifier(node: der.Node) -> Shown:
    found = parts.tagged(node)
    words = []
    if 0 in found:
        words.append(colons(found[0].value.hex()))
    if 1 in found:
        words.append(f"Issuer: {general_names(found[1].children())}")
    if 2 in found:
        words.append(f"Serial: {parts.serial(found[2])}")
    return Shown("\n".join(words), "digest")


def _usage_period(node: der.Node) -> str:
    found = parts.tagged(node)
    start = parts.moment(found[0]) if 0 in found else "any time"
    end = parts.moment(found[1]) if 1 in found else "any time"
    return f"{start} to {end}"


def _tls_feature(node: der.Node) -> Shown:
    features = [feature.integer() for feature in parts.items(node)]
    return lines([_TLS_FEATURES.get(feature, f"feature {feature}") for feature in features])


DECODERS: dict[str, Decoder] = {
    "2.5.29.19": _basic_constraints,
    "2.5.29.15": _key_usage,
    "2.5.29.37": _extended_key_usage,
    "2.5.29.14": _subject_key_identifier,
    "2.5.29.35": _authority_key_identifier,
    "2.5.29.16": _usage_period,
    "1.3.6.1.5.5.7.1.24": _tls_feature,
    "1.3.6.1.5.5.7.48.1.5": ignoring("Its own revocation is not checked"),
}
