"""Keys made from passphrases: PBKDF2 (RFC 8018, 5.2), scrypt (RFC 7914), PBKDF1, PKCS#12's own.

Nothing here bounds the work: who derives a key has looked at the cost before (Context.afford).
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from mtlsgui.formats.protection.hashing import hash_label, hmac_name
from mtlsgui.pki import der

_PBKDF2 = "1.2.840.113549.1.5.12"
_SCRYPT = "1.3.6.1.4.1.11591.4.11"
_SHORT = 64
"""Bytes of a derived key that every cipher's key fits in."""

# RFC 7292, appendix B.3: what a key is made for.
FOR_KEY, FOR_VECTOR, FOR_MAC = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Derivation:
    """A key derivation with its parameters.

    text: for people: "PBKDF2 with 2,048 rounds of HMAC-SHA-256".
    rounds: steps that one key takes. memory: bytes that it takes meanwhile.
    size: bytes of the key, where the file says it.
    derive: the key for a passphrase and a size. It raises ValueError for impossible parameters.
    """

    text: str
    rounds: int
    memory: int
    size: int | None
    derive: Callable[[bytes, int], bytes] = field(repr=False)


def count(rounds: int) -> str:
    """A number of rounds, for people."""
    return "1 round" if rounds == 1 else f"{rounds:,} rounds"


def derivation_of(algorithm: der.Node) -> Derivation:
    """Read a key derivation's AlgorithmIdentifier. Raises DerError when it is none we know."""
    oid, *rest = algorithm.children()
    scheme = oid.oid()
    parameters = rest[0].children() if rest else []
    if scheme == _PBKDF2 and len(parameters) >= 2:
        return _pbkdf2(parameters)
    if scheme == _SCRYPT and len(parameters) >= 4:
        return _scrypt(parameters)
    raise der.DerError(f"its key derivation is one that we do not know ({scheme})")


def positive(number: der.Node) -> int:
    """An INTEGER that counts something. Raises DerError below one."""
    value = number.integer()
    if value < 1:
        raise der.DerError("its key derivation has parameters that cannot be")
    return value


def _pbkdf2(parameters: list[der.Node]) -> Derivation:
    salt, rounds = parameters[0], positive(parameters[1])
    if salt.tag != der.OCTET_STRING:
        raise der.DerError("its key derivation has no salt")
    rest = parameters[2:]
    size = positive(rest.pop(0)) if rest and rest[0].tag == der.INTEGER else None
    name = "sha1"
    if rest:
        function = rest[0].children()
        if not function:
            raise der.DerError("its key derivation has no hash function")
        name = hmac_name(function[0].oid())
    blocks = -(-size // hashlib.new(name).digest_size) if size and size > _SHORT else 1

    def derive(passphrase: bytes, wanted: int) -> bytes:
        return hashlib.pbkdf2_hmac(name, passphrase, salt.value, rounds, wanted)

    text = f"PBKDF2 with {count(rounds)} of HMAC-{hash_label(name)}"
    return Derivation(text, rounds * blocks, 0, size, derive)


def _scrypt(parameters: list[der.Node]) -> Derivation:
    salt = parameters[0]
    cost, block, parallel = (positive(parameter) for parameter in parameters[1:4])
    size = positive(parameters[4]) if len(parameters) > 4 else None
    memory = 128 * block * (cost + parallel)

    def derive(passphrase: bytes, wanted: int) -> bytes:
        try:
            return hashlib.scrypt(
                passphrase,
                salt=salt.value,
                n=cost,
                r=block,
                p=parallel,
                maxmem=memory + 2**20,
                dklen=wanted,
            )
        except ValueError as error:
            if "malloc" in str(error):  # not to be taken for a wrong passphrase
                raise MemoryError from None
            raise

    text = f"scrypt with N = {cost:,}"
    rounds = cost * block * parallel + (size if size and size > _SHORT else 0)
    return Derivation(text, rounds, memory, size, derive)


def pbkdf1(hash_name: str, passphrase: bytes, salt: bytes, rounds: int) -> bytes:
    """RFC 8018, 5.1: as many bytes as the hash has."""
    digest = hashlib.new(hash_name, passphrase + salt).digest()
    return _again(hash_name, digest, rounds - 1)


def pkcs12_key(
    hash_name: str,
    purpose: int,
    passphrase: bytes | None,
    *,
    salt: bytes,
    rounds: int,
    size: int,
) -> bytes:
    """RFC 7292, appendix B.2.

    purpose: FOR_KEY, FOR_VECTOR or FOR_MAC.
    passphrase: UTF-8; None is no passphrase at all, which differs from an empty one by its
    closing zeroes.
    """
    block = hashlib.new(hash_name).block_size
    spoken = b"" if passphrase is None else as_bmp(passphrase)
    state = _fill(salt, block) + _fill(spoken, block)
    made = b""
    while True:
        digest = hashlib.new(hash_name, bytes((purpose,)) * block + state).digest()
        digest = _again(hash_name, digest, rounds - 1)
        made += digest
        if len(made) >= size:
            return made[:size]
        addend = int.from_bytes(_fill(digest, block)[:block], "big") + 1
        state = b"".join(
            ((int.from_bytes(state[at : at + block], "big") + addend) % (1 << 8 * block)).to_bytes(
                block, "big"
            )
            for at in range(0, len(state), block)
        )


def as_bmp(passphrase: bytes) -> bytes:
    """A passphrase as PKCS#12 hashes it: UTF-16, big-endian, two zeroes at its end.

    Bytes that are not UTF-8 are taken for Latin-1, as OpenSSL takes them.
    """
    try:
        text = passphrase.decode()
    except UnicodeDecodeError:
        text = passphrase.decode("latin-1")
    return text.encode("utf-16-be") + b"\0\0"


def _fill(value: bytes, block: int) -> bytes:
    """Repeated until it fills whole blocks."""
    size = -(-len(value) // block) * block
    return (value * (size // len(value) + 1))[:size] if value else b""


def _again(hash_name: str, digest: bytes, times: int) -> bytes:
    new = getattr(hashlib, hash_name, None)
    if new is None:
        for _ in range(times):
            digest = hashlib.new(hash_name, digest).digest()
    else:
        for _ in range(times):
            digest = new(digest).digest()
    return digest
