"""Keys as `cryptography` has them, for the formats that it writes itself."""

from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization

from mtlsgui.formats.writing.errors import WriteError
from mtlsgui.pki.extensions import quietly


def private_key(pkcs8: bytes) -> Any:
    """The key in a PrivateKeyInfo, whose numbers were tested when it was read. WriteError."""
    try:
        return quietly(
            lambda: serialization.load_der_private_key(
                pkcs8, None, unsafe_skip_rsa_key_validation=True
            )
        )
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _unusable() from None


def public_key(spki: bytes) -> Any:
    """The key in a SubjectPublicKeyInfo. Raises WriteError."""
    try:
        return quietly(lambda: serialization.load_der_public_key(spki))
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _unusable() from None


def _unusable() -> WriteError:
    return WriteError(
        "The key cannot be written in this form", "It is of a rare kind.", "Take PKCS#8 or PEM."
    )
