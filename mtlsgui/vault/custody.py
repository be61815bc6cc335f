"""Whole private keys into a vault and out of it, proved by their public keys."""

import secrets
from contextlib import suppress

from mtlsgui.pki.keys import PrivateKey, PublicKey, spki_der
from mtlsgui.vault.base import Vault, VaultDamaged, VaultError, VaultWriteFailed
from mtlsgui.vault.codec import decode_private_key, encode_private_key


def new_ref() -> str:
    """A reference that no vault holds yet: 128 random bits in lower-case hex."""
    return secrets.token_hex(16)


def store_key(vault: Vault, ref: str, key: PrivateKey) -> None:
    """Keep `key` under the new `ref`, read it back and compare the public keys.

    Raises VaultError when it could not be kept; then nothing may point to `ref`.
    """
    vault.put(ref, encode_private_key(key))
    try:
        load_key(vault, ref, key.public_key())
    except VaultError as error:
        with suppress(VaultError):
            vault.delete(ref)
        raise VaultWriteFailed(
            f"The private key was not kept in {vault.label}.",
            error.title,
            "Try again, or hold keys in another vault.",
        ) from error


def load_key(vault: Vault, ref: str, expected: PublicKey | None = None) -> PrivateKey:
    """The private key under `ref`.

    expected: the public key that it must belong to, when known.
    Raises VaultEntryMissing, VaultDamaged (also when it is another key), or what the vault raises.
    """
    key = decode_private_key(vault.get(ref))
    if expected is not None and spki_der(key.public_key()) != spki_der(expected):
        raise VaultDamaged(
            "The stored private key belongs to another certificate.",
            f"The entry {ref} in {vault.label} holds a key with another public key.",
            "Restore the key from a backup.",
        )
    return key
