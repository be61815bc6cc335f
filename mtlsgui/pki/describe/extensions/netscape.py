"""Netscape's extensions of 1996, which tools still write."""

from mtlsgui.pki import der
from mtlsgui.pki.describe import parts
from mtlsgui.pki.describe.extensions.shown import Decoder

_TYPES = (
    "TLS client",
    "TLS server",
    "S/MIME",
    "object signing",
    "(reserved)",
    "CA for TLS",
    "CA for S/MIME",
    "CA for object signing",
)


def _certificate_type(node: der.Node) -> str:
    if node.tag != der.BIT_STRING:
        raise der.DerError("not a BIT STRING")
    return ", ".join(parts.bits(node.value, _TYPES)) or "nothing at all"


DECODERS: dict[str, Decoder] = {
    "2.16.840.1.113730.1.1": _certificate_type,
    **{f"2.16.840.1.113730.1.{part}": parts.string for part in (2, 3, 4, 7, 8, 12, 13)},
}
