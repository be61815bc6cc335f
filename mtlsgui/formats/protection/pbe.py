"""Decrypting what stands under a passphrase: PBES1 and PBES2 (RFC 8018), PKCS#12's (RFC 7292)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.protection import derivation
from mtlsgui.formats.protection.ciphers import (
    CIPHERS,
    cipher_name,
    decrypt_cbc,
    decrypt_rc2,
    triple_des,
)
from mtlsgui.formats.protection.derivation import FOR_KEY, FOR_VECTOR
from mtlsgui.pki import der

PBES2 = "1.2.840.113549.1.5.13"
_SHA1 = 20
_USUAL_KEY = 16
_LARGEST_KEY = 128


class UnsupportedError(MtlsguiError):
    """It is encrypted in a way that we can name at best."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """How something is encrypted, with all parameters.

    text: for people: "AES-256-CBC, PBKDF2 with 2,048 rounds of HMAC-SHA-256".
    rounds: steps of key derivation for one try. memory: bytes that it takes meanwhile.
    decrypt: data and passphrase to plain text, as `decrypt` below.
    """

    text: str
    rounds: int
    memory: int
    decrypt: Callable[[bytes, bytes | None], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _OneStep:
    """A scheme whose name says everything but salt and rounds.

    key: bytes of the key, for PKCS#12's; PBES1's are always 8.
    """

    name: str
    hash: str
    cipher: str
    key: int = 8


_PBES1 = {
    "1.2.840.113549.1.5.1": _OneStep("DES and MD2 (weak)", "md2", "des"),
    "1.2.840.113549.1.5.3": _OneStep("DES and MD5 (weak)", "md5", "des"),
    "1.2.840.113549.1.5.4": _OneStep("RC2 and MD2 (weak)", "md2", "rc2"),
    "1.2.840.113549.1.5.6": _OneStep("RC2 and MD5 (weak)", "md5", "rc2"),
    "1.2.840.113549.1.5.10": _OneStep("DES and SHA-1 (weak)", "sha1", "des"),
    "1.2.840.113549.1.5.11": _OneStep("RC2 and SHA-1 (weak)", "sha1", "rc2"),
}
_PKCS12 = {
    "1.2.840.113549.1.12.1.1": _OneStep("RC4-128 and SHA-1 (weak)", "sha1", "rc4", 16),
    "1.2.840.113549.1.12.1.2": _OneStep("RC4-40 and SHA-1 (weak)", "sha1", "rc4", 5),
    "1.2.840.113549.1.12.1.3": _OneStep("3DES and SHA-1 (old)", "sha1", "des", 24),
    "1.2.840.113549.1.12.1.4": _OneStep("two-key 3DES and SHA-1 (weak)", "sha1", "des", 16),
    "1.2.840.113549.1.12.1.5": _OneStep("RC2-128 and SHA-1 (weak)", "sha1", "rc2", 16),
    "1.2.840.113549.1.12.1.6": _OneStep("RC2-40 and SHA-1 (weak)", "sha1", "rc2", 5),
}


def decrypt(algorithm: der.Node, data: bytes, passphrase: bytes | None) -> bytes:
    """The plain text.

    algorithm: the encryption's AlgorithmIdentifier; its cost is looked at before
    (`encryption.protection_of`, `Context.afford`).
    passphrase: UTF-8. None is no passphrase at all, which only PKCS#12's own schemes tell from an
    empty one. Raises ValueError for a wrong one or damaged data (a stream cipher cannot tell: it
    gives bytes for any), DerError for malformed parameters, UnsupportedError in words.
    """
    plain = scheme_of(algorithm).decrypt(data, passphrase)
    if not plain:
        raise ValueError("nothing comes out")
    return plain


def scheme_of(algorithm: der.Node) -> Scheme:
    """Read an encryption's AlgorithmIdentifier. Raises DerError when it is none we know."""
    oid, *rest = algorithm.children()
    name = oid.oid()
    parameters = rest[0].children() if rest else []
    if name == PBES2 and len(parameters) == 2:
        return _pbes2(parameters[0], parameters[1])
    if len(parameters) == 2 and parameters[0].tag == der.OCTET_STRING:
        salt, rounds = parameters[0].value, derivation.positive(parameters[1])
        if name in _PBES1:
            return _pbes1(_PBES1[name], salt, rounds)
        if name in _PKCS12:
            return _pkcs12(_PKCS12[name], salt, rounds)
    raise der.DerError(f"it is encrypted in a way that we do not know ({name})")


def _pbes2(how: der.Node, encryption: der.Node) -> Scheme:
    derived = derivation.derivation_of(how)
    oid, *parameters = encryption.children()
    cipher = CIPHERS.get(oid.oid())
    name = cipher_name(oid.oid())

    def decrypt(data: bytes, passphrase: bytes | None) -> bytes:
        if cipher is None:
            raise UnsupportedError(f"It is encrypted with {name}", "We cannot decrypt that.")
        size = cipher.key_size or derived.size or _USUAL_KEY
        if size > _LARGEST_KEY:
            raise der.DerError("its key has a length that cannot be")
        key = derived.derive(passphrase or b"", size)
        try:
            return cipher.decrypt(key, parameters, data)
        except UnsupportedAlgorithm as error:
            raise UnsupportedError(
                f"It is encrypted with {name}", "This system's OpenSSL does not offer that."
            ) from error

    return Scheme(f"{name}, {derived.text}", derived.rounds, derived.memory, decrypt)


def _pbes1(step: _OneStep, salt: bytes, rounds: int) -> Scheme:
    """RFC 8018, 6.1: key and initialisation vector are the two halves of PBKDF1's first 16."""

    def decrypt(data: bytes, passphrase: bytes | None) -> bytes:
        if step.hash == "md2":
            raise UnsupportedError(f"It is encrypted with {step.name}", "We cannot decrypt that.")
        derived = derivation.pbkdf1(step.hash, passphrase or b"", salt, rounds)
        return _one_step(step.cipher, derived[:8], derived[8:16], data)

    return Scheme(f"{step.name}, {derivation.count(rounds)}", rounds, 0, decrypt)


def _pkcs12(step: _OneStep, salt: bytes, rounds: int) -> Scheme:
    """RFC 7292, appendix C: key and initialisation vector are derived one by one."""

    def decrypt(data: bytes, passphrase: bytes | None) -> bytes:
        key = derivation.pkcs12_key(
            step.hash, FOR_KEY, passphrase, salt=salt, rounds=rounds, size=step.key
        )
        if step.cipher == "rc4":
            return Cipher(ARC4(key), None).decryptor().update(data)
        vector = derivation.pkcs12_key(
            step.hash, FOR_VECTOR, passphrase, salt=salt, rounds=rounds, size=8
        )
        return _one_step(step.cipher, key, vector, data)

    pieces = -(-step.key // _SHA1) + (step.cipher != "rc4")  # each takes all the rounds
    return Scheme(f"{step.name}, {derivation.count(rounds)}", rounds * pieces, 0, decrypt)


def _one_step(cipher: str, key: bytes, vector: bytes, data: bytes) -> bytes:
    if cipher == "rc2":
        return decrypt_rc2(key, len(key) * 8, vector, data)
    return decrypt_cbc(triple_des(key), vector, data)
