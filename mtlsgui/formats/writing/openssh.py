"""OpenSSH's own forms of keys (its PROTOCOL.key, and RFC 4253, section 6.6)."""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization

from mtlsgui.formats.writing import loading
from mtlsgui.formats.writing.errors import WriteError, check_passphrase


def openssh_private(pkcs8: bytes, passphrase: str | None = None) -> bytes:
    """A private key file for ssh; with a passphrase under AES-256 and bcrypt.

    Raises WriteError for kinds that ssh does not know, and an empty passphrase.
    """
    encryption: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase is not None:
        check_passphrase(passphrase)
        encryption = serialization.BestAvailableEncryption(passphrase.encode())
    key = loading.private_key(pkcs8)
    try:
        data: bytes = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, encryption
        )
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _unknown() from None
    return data


def openssh_public(spki: bytes, comment: str = "") -> bytes:
    """A line for authorized_keys. comment: stands at its end. Raises WriteError."""
    key = loading.public_key(spki)
    try:
        line: bytes = key.public_bytes(
            serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
        )
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _unknown() from None
    words = " ".join("".join(c if c.isprintable() else " " for c in comment).split())
    return line + (b" " + words.encode() if words else b"") + b"\n"


def _unknown() -> WriteError:
    return WriteError(
        "OpenSSH has no such keys", "It takes RSA, ECDSA P-256 to P-521, and Ed25519.", ""
    )
