"""Alternative names and name constraints (RFC 5280, sections 4.2.1.6, .7, .10)."""

from mtlsgui.pki import der
from mtlsgui.pki.describe import parts
from mtlsgui.pki.describe.extensions.shown import Decoder, Shown, lines
from mtlsgui.pki.describe.names import general_name
from mtlsgui.pki.describe.words import count

MOST_NAMES = 1_000
"""Names that are shown one by one."""
_PERMITTED, _EXCLUDED = 0, 1


def _alternative_names(node: der.Node) -> Shown:
    found = parts.items(node)
    shown = [general_name(name) for name in found[:MOST_NAMES]]
    if len(found) > MOST_NAMES:
        shown.append(f"… and {count(len(found) - MOST_NAMES, 'name')} more")
    return lines(shown)


def _name_constraints(node: der.Node) -> Shown:
    found = parts.tagged(node)
    words = []
    for kind, word in ((_PERMITTED, "Permitted"), (_EXCLUDED, "Excluded")):
        if kind in found:
            words += [f"{word}: {_subtree(subtree)}" for subtree in found[kind].children()]
    return lines(words)


def _subtree(node: der.Node) -> str:
    """GeneralSubtree; minimum and maximum are not used in the PKIX profile, so said when there."""
    base, *_ = parts.some(node, 1)
    limits = parts.tagged(node) if len(node.children()) > 1 else {}
    words = general_name(base)
    minimum = parts.number(limits[0]) if 0 in limits and limits[0].start != base.start else 0
    if minimum:
        words += f" (from {minimum} levels below)"
    if 1 in limits and limits[1].start != base.start:
        words += f" (to {parts.number(limits[1])} levels below)"
    return words


DECODERS: dict[str, Decoder] = {
    "2.5.29.17": _alternative_names,
    "2.5.29.18": _alternative_names,
    "2.5.29.29": _alternative_names,  # the issuer of a CRL's entry
    "2.5.29.30": _name_constraints,
}
