"""How something is encrypted under a passphrase, and what trying one will cost.

Read from the AlgorithmIdentifier alone, before any key is derived: a hostile file can ask for
millions of rounds. Schemes are those of RFC 8018 (PBES1, PBES2, PBMAC1), RFC 7292 (PKCS#12), RFC
7914 (scrypt) and RFC 9879 (PBMAC1 in PKCS#12).
"""

from dataclasses import dataclass

from mtlsgui.formats.limits import Limits, RefusedError
from mtlsgui.formats.protection.pbe import scheme_of
from mtlsgui.pki import der


@dataclass(frozen=True, slots=True)
class Protection:
    """How it is encrypted.

    text: for people: "AES-256-CBC, PBKDF2 with 2,048 rounds of HMAC-SHA-256".
    rounds: steps of the key derivation for one try.
    memory: bytes that one try takes.
    """

    text: str
    rounds: int
    memory: int = 0


def protection_of(algorithm: der.Node) -> Protection:
    """Read an encryption's AlgorithmIdentifier. Raises DerError when it is none we know."""
    scheme = scheme_of(algorithm)
    return Protection(scheme.text, scheme.rounds, scheme.memory)


def check(protection: Protection, rounds: int, spent: int, limits: Limits) -> None:
    """Raises RefusedError when `rounds` more would cost more than the limits.

    rounds: over all passphrases that will be tried; spent: in the same file before.
    """
    if spent + rounds > limits.kdf_rounds:
        raise RefusedError(
            "Its passphrase would take too long to check",
            f"It asks for {protection.rounds:,} rounds of key derivation for each passphrase, "
            f"and {limits.kdf_rounds:,} are allowed for a file.",
        )
    if protection.memory > limits.kdf_memory:
        raise RefusedError(
            "Its passphrase would take too much memory to check",
            f"It asks for {protection.memory // 2**20:,} MB, "
            f"and {limits.kdf_memory // 2**20:,} MB are allowed.",
        )
