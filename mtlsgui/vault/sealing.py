"""Sealing of end-entity private keys under the one workspace key that the vault holds.

AES-256-GCM with a random 96-bit nonce each (NIST SP 800-38D, 8.2.2: good for 2^32 seals under one
key). The id of the sealed key is associated data, so that sealed keys cannot be swapped unseen.

    byte 0          version, 1
    bytes 1 to 12   nonce
    the rest        ciphertext and tag
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mtlsgui.vault.base import VaultDamaged, VaultError

KEY_SIZE = 32
_VERSION = b"\x01"
_NONCE_SIZE = 12
_TAG_SIZE = 16
_CONTEXT = b"mtlsgui sealed key\x00"


def new_workspace_key() -> bytes:
    """32 random bytes to seal with; they belong in a vault."""
    return AESGCM.generate_key(KEY_SIZE * 8)


def seal(workspace_key: bytes, key_id: str, secret: bytes) -> bytes:
    """`secret` encrypted under `workspace_key` (32 bytes), bound to `key_id`."""
    nonce = os.urandom(_NONCE_SIZE)
    return _VERSION + nonce + _cipher(workspace_key).encrypt(nonce, secret, _bound_to(key_id))


def unseal(workspace_key: bytes, key_id: str, sealed: bytes) -> bytes:
    """The secret in `sealed`.

    Raises VaultDamaged when it was changed, belongs to another key id, or was sealed under
    another workspace key (the three cannot be told apart); VaultError for a newer format.
    """
    if sealed[:1] not in (_VERSION, b""):
        raise VaultError(
            "A stored private key has a format that this version does not know.",
            f"It says format {sealed[0]}; this version reads format 1.",
            "Open the workspace with the newer version of mtlsgui that wrote it.",
        )
    nonce, ciphertext = sealed[1 : 1 + _NONCE_SIZE], sealed[1 + _NONCE_SIZE :]
    if len(ciphertext) >= _TAG_SIZE:
        try:
            return _cipher(workspace_key).decrypt(nonce, ciphertext, _bound_to(key_id))
        except InvalidTag:
            pass
    raise VaultDamaged(
        "A stored private key cannot be decrypted.",
        f"The record of key {key_id} was changed, or sealed under another workspace key.",
        "Restore the workspace from a backup together with its vault.",
    )


def _cipher(workspace_key: bytes) -> AESGCM:
    if len(workspace_key) != KEY_SIZE:
        raise ValueError(f"a workspace key has {KEY_SIZE} bytes, not {len(workspace_key)}")
    return AESGCM(workspace_key)


def _bound_to(key_id: str) -> bytes:
    return _CONTEXT + _VERSION + key_id.encode()
