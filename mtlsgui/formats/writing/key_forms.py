"""Which kinds of key have which form besides PKCS#8, which all have."""

from enum import Enum, auto

from mtlsgui.pki.keys import KeyInfo


class KeyForm(Enum):
    """TRADITIONAL: PKCS#1 for RSA, SEC 1 for EC, OpenSSL's own for DSA."""

    TRADITIONAL = auto()
    OPENSSH = auto()
    JWK = auto()


_WHOLE_KINDS = {
    KeyForm.TRADITIONAL: ("RSA", "DSA", "EC"),
    KeyForm.OPENSSH: ("RSA", "Ed25519"),
    KeyForm.JWK: (
        "RSA", "Ed25519", "Ed448", "X25519", "X448", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87",
    ),
}  # fmt: skip
_CURVES = {
    KeyForm.OPENSSH: ("P-256", "P-384", "P-521"),
    KeyForm.JWK: ("P-256", "P-384", "P-521", "secp256k1"),
}


def has_form(info: KeyInfo | None, form: KeyForm) -> bool:
    """Whether such a key can be written so; False for a key that is not known."""
    if info is None:
        return False
    return info.algorithm in _WHOLE_KINDS[form] or (
        info.algorithm == "EC" and info.curve in _CURVES.get(form, ())
    )
