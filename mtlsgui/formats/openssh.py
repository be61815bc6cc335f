"""OpenSSH's private key file (PROTOCOL.key) and public key lines.

The public half of a private key stands in the clear, so a locked one can still be matched.
"""

import base64
from dataclasses import dataclass, replace
from io import BytesIO

from cryptography.hazmat.primitives import serialization

from mtlsgui.formats.context import Context
from mtlsgui.formats.encryption import Protection
from mtlsgui.formats.items import PrivateKeyItem
from mtlsgui.formats.limits import Limits, RefusedError
from mtlsgui.formats.pem import as_text
from mtlsgui.formats.private_keys import open_with_passphrases, private_key_item
from mtlsgui.formats.public_keys import public_key_item
from mtlsgui.pki.der import DerError

MAGIC = b"openssh-key-v1\0"
_PUBLIC_TYPES = (b"ssh-rsa ", b"ssh-ed25519 ", b"ecdsa-sha2-nistp")
_LONGEST_LINE = 32_768


@dataclass(frozen=True)
class _Header:
    cipher: str
    rounds: int
    public: bytes


def _header(body: bytes) -> _Header:
    """What stands in the clear before the private part. Raises DerError when malformed."""
    if not body.startswith(MAGIC):
        raise DerError("not an OpenSSH private key")
    at = len(MAGIC)

    def string() -> bytes:
        nonlocal at
        size = int.from_bytes(body[at : at + 4], "big")
        value = body[at + 4 : at + 4 + size]
        if len(value) != size or at + 4 > len(body):
            raise DerError("cut short")
        at += 4 + size
        return value

    cipher, derivation, options = string(), string(), string()
    at += 4  # the number of keys: always one
    public = string()
    rounds = int.from_bytes(options[-4:], "big") if derivation == b"bcrypt" else 0
    return _Header(cipher.decode("latin-1"), rounds, public)


def _public_key(blob: bytes) -> object:
    size = int.from_bytes(blob[:4], "big")
    return serialization.load_ssh_public_key(blob[4 : 4 + size] + b" " + base64.b64encode(blob))


def read_openssh_private(body: bytes, encoded: bytes, context: Context) -> None:
    """An OpenSSH private key. body: its decoded block; encoded: the block with its armour."""
    header = _header(body)
    public = public_key_item(_public_key(header.public), "openssh")
    if header.cipher == "none":
        key = serialization.load_ssh_private_key(encoded, None, unsafe_skip_rsa_key_validation=True)
        context.add(private_key_item(key, "openssh", context.limits))
        return
    _check_rounds(header.rounds, context.limits)
    protection = Protection(f"{header.cipher}, bcrypt with {header.rounds} rounds", 1)

    def load(passphrase: bytes) -> object:
        return serialization.load_ssh_private_key(
            encoded, passphrase, unsafe_skip_rsa_key_validation=True
        )

    open_with_passphrases(load, "openssh", protection, context)
    last = context.items[-1]
    if isinstance(last, PrivateKeyItem) and last.locked:
        context.items[-1] = replace(last, info=public.info, spki_sha256=public.spki_sha256)


def _check_rounds(rounds: int, limits: Limits) -> None:
    if rounds > limits.bcrypt_rounds:
        raise RefusedError(
            "Its passphrase would take too long to check",
            f"It asks for {rounds:,} rounds of bcrypt, and {limits.bcrypt_rounds:,} are allowed.",
        )


def recognise_public(data: bytes) -> bool:
    """The first line that is not a comment is an OpenSSH public key."""
    for line in as_text(data[: 2 * _LONGEST_LINE]).splitlines():
        if line.strip() and not line.lstrip().startswith(b"#"):
            return line.lstrip().startswith(_PUBLIC_TYPES)
    return False


def read_public(data: bytes, context: Context) -> str:
    """Public keys, one a line, as in `id_ed25519.pub` and `authorized_keys`."""
    for number, line in enumerate(BytesIO(as_text(data)), 1):
        if number > context.limits.pem_blocks:
            context.error("", f"Only the first {context.limits.pem_blocks:,} lines were read.")
            break
        stripped = line.strip()
        if not stripped or stripped.startswith(b"#"):
            continue
        with context.part(f"line {number}"):
            if len(stripped) > _LONGEST_LINE:
                raise RefusedError("The line is too long to be a public key")
            context.add(public_key_item(serialization.load_ssh_public_key(stripped), "openssh"))
    return "openssh"
