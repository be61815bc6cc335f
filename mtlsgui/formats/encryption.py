"""How something is encrypted under a passphrase, and what trying one will cost.

Read from the AlgorithmIdentifier alone, before any key is derived: a hostile file can ask for
millions of rounds. Schemes are those of RFC 8018 (PBES1, PBES2), RFC 7292 (PKCS#12), RFC 7914
(scrypt) and RFC 9879 (PBMAC1).
"""

from dataclasses import dataclass

from mtlsgui.formats.limits import Limits, RefusedError
from mtlsgui.pki import der

_PBES2 = "1.2.840.113549.1.5.13"
_PBMAC1 = "1.2.840.113549.1.5.14"
_PBKDF2 = "1.2.840.113549.1.5.12"
_SCRYPT = "1.3.6.1.4.1.11591.4.11"

_ONE_STEP = {
    "1.2.840.113549.1.5.1": "DES and MD2 (weak)",
    "1.2.840.113549.1.5.3": "DES and MD5 (weak)",
    "1.2.840.113549.1.5.4": "RC2 and MD2 (weak)",
    "1.2.840.113549.1.5.6": "RC2 and MD5 (weak)",
    "1.2.840.113549.1.5.10": "DES and SHA-1 (weak)",
    "1.2.840.113549.1.5.11": "RC2 and SHA-1 (weak)",
    "1.2.840.113549.1.12.1.1": "RC4-128 and SHA-1 (weak)",
    "1.2.840.113549.1.12.1.2": "RC4-40 and SHA-1 (weak)",
    "1.2.840.113549.1.12.1.3": "3DES and SHA-1 (old)",
    "1.2.840.113549.1.12.1.4": "two-key 3DES and SHA-1 (weak)",
    "1.2.840.113549.1.12.1.5": "RC2-128 and SHA-1 (weak)",
    "1.2.840.113549.1.12.1.6": "RC2-40 and SHA-1 (weak)",
}
_CIPHERS = {
    "2.16.840.1.101.3.4.1.2": "AES-128-CBC",
    "2.16.840.1.101.3.4.1.22": "AES-192-CBC",
    "2.16.840.1.101.3.4.1.42": "AES-256-CBC",
    "2.16.840.1.101.3.4.1.6": "AES-128-GCM",
    "2.16.840.1.101.3.4.1.46": "AES-256-GCM",
    "1.2.840.113549.3.7": "3DES-CBC (old)",
    "1.2.840.113549.3.2": "RC2-CBC (weak)",
    "1.3.14.3.2.7": "DES-CBC (weak)",
}


@dataclass(frozen=True, slots=True)
class Protection:
    """How it is encrypted.

    text: for people: "AES-256-CBC, PBKDF2 with 2,048 rounds".
    rounds: steps of the key derivation for one try.
    memory: bytes that one try takes.
    """

    text: str
    rounds: int
    memory: int = 0


def protection_of(algorithm: der.Node) -> Protection:
    """Read an encryption's AlgorithmIdentifier. Raises DerError when it is none we know."""
    oid, *rest = algorithm.children()
    scheme = oid.oid()
    parameters = rest[0].children() if rest else []
    if scheme in (_PBES2, _PBMAC1):
        derivation, cipher = parameters[0].children(), parameters[1].children()
        name = _CIPHERS.get(cipher[0].oid(), "a cipher we do not know")
        words, rounds, memory = _derivation(derivation[0].oid(), derivation[1].children())
        return Protection(f"{name}, {words}", rounds, memory)
    if scheme in _ONE_STEP and len(parameters) == 2:
        rounds = parameters[1].integer()
        return Protection(f"{_ONE_STEP[scheme]}, {_count(rounds)}", rounds)
    raise der.DerError(f"it is encrypted in a way that we do not know ({scheme})")


def _derivation(oid: str, parameters: list[der.Node]) -> tuple[str, int, int]:
    if oid == _PBKDF2 and len(parameters) >= 2:
        rounds = parameters[1].integer()
        return f"PBKDF2 with {_count(rounds)}", rounds, 0
    if oid == _SCRYPT and len(parameters) >= 4:
        cost, block, parallel = (parameter.integer() for parameter in parameters[1:4])
        return f"scrypt with N = {cost:,}", cost * block * parallel, 128 * cost * block
    raise der.DerError(f"its key derivation is one that we do not know ({oid})")


def _count(rounds: int) -> str:
    return "1 round" if rounds == 1 else f"{rounds:,} rounds"


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
