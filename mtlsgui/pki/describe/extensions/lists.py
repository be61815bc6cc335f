"""Extensions of revocation lists, their entries (RFC 5280, section 5) and of OCSP (RFC 6960)."""

from mtlsgui.pki import der
from mtlsgui.pki.describe import parts
from mtlsgui.pki.describe.extensions.shown import Decoder, Shown
from mtlsgui.pki.describe.words import colons
from mtlsgui.pki.oid_names import with_name

REASONS = {
    0: "unspecified",
    1: "keyCompromise",
    2: "cACompromise",
    3: "affiliationChanged",
    4: "superseded",
    5: "cessationOfOperation",
    6: "certificateHold",
    8: "removeFromCRL",
    9: "privilegeWithdrawn",
    10: "aACompromise",
}
"""CRLReason (RFC 5280, section 5.3.1)."""


def _number(node: der.Node) -> Shown:
    return Shown(str(node.integer()), "number")


def _delta(node: der.Node) -> str:
    return f"changes since CRL {node.integer()}"


def _reason(node: der.Node) -> str:
    number = parts.number(node)
    return REASONS.get(number, f"reason {number}")


def _nonce(node: der.Node) -> Shown:
    return Shown(colons(node.value.hex()), "digest")


DECODERS: dict[str, Decoder] = {
    "2.5.29.20": _number,
    "2.5.29.21": _reason,
    "2.5.29.23": lambda node: with_name(node.oid()),
    "2.5.29.24": parts.moment,
    "2.5.29.27": _delta,
    "2.5.29.60": parts.moment,
    "1.3.6.1.5.5.7.48.1.2": _nonce,
    "1.3.6.1.5.5.7.48.1.6": parts.moment,
}
