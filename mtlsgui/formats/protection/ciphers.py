"""Ciphers as AlgorithmIdentifiers name them, decrypting only.

Parameters are those of RFC 8018, appendix B.2, and RFC 5084; key wrapping is of RFC 3394 and 5649.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.decrepit.ciphers import algorithms as old
from cryptography.hazmat.decrepit.ciphers import modes as old_modes
from cryptography.hazmat.primitives import keywrap
from cryptography.hazmat.primitives.ciphers import BlockCipherAlgorithm, Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESCCM, AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES, SM4

from mtlsgui.formats.limits import RefusedError
from mtlsgui.formats.protection import rc2
from mtlsgui.pki import der

_MOST_RC2 = 512 * 1024
"""Bytes of RC2 that are decrypted: it takes a second, and real files have some thousands."""

# RFC 8018, B.2.3: the version number in RC2's parameters stands for its effective key bits.
_RC2_BITS = {160: 40, 120: 64, 58: 128}

_Decrypt = Callable[[bytes, list[der.Node], bytes], bytes]


@dataclass(frozen=True, slots=True)
class ContentCipher:
    """A cipher with its mode.

    name: for people: "AES-256-CBC".
    key_size: bytes; None where the key derivation says it.
    """

    name: str
    key_size: int | None
    _decrypt: _Decrypt

    def decrypt(self, key: bytes, parameters: list[der.Node], data: bytes) -> bytes:
        """The plain text. Raises ValueError when it does not come out: a wrong key, or damage.

        parameters: what follows the cipher's name in its AlgorithmIdentifier. A cipher that has
        neither padding nor a tag gives bytes for any key. Raises DerError for malformed ones.
        """
        return self._decrypt(key, parameters, data)


def unpad(plain: bytes, block: int) -> bytes:
    """Without the padding of RFC 8018, 6.1.1. Raises ValueError when it is none."""
    count = plain[-1] if plain else 0
    if not 1 <= count <= block or plain[-count:] != bytes((count,)) * count:
        raise ValueError("the padding is wrong")
    return plain[:-count]


def decrypt_cbc(algorithm: BlockCipherAlgorithm, start: bytes, data: bytes) -> bytes:
    """The plain text without its padding. start: the initialisation vector. Raises ValueError."""
    decryptor = Cipher(algorithm, modes.CBC(start)).decryptor()
    return unpad(decryptor.update(data) + decryptor.finalize(), algorithm.block_size // 8)


def triple_des(key: bytes) -> BlockCipherAlgorithm:
    """DES, two-key or three-key triple DES, by the key's 8, 16 or 24 bytes."""
    return old.TripleDES({8: key * 3, 16: key + key[:8]}.get(len(key), key))


def decrypt_rc2(key: bytes, effective_bits: int, start: bytes, data: bytes) -> bytes:
    """RC2 in CBC mode, the padding taken off. Raises ValueError, RefusedError."""
    if len(data) > _MOST_RC2:
        raise RefusedError(
            "What is encrypted with RC2 is too large to decrypt",
            f"It has {len(data):,} bytes, and {_MOST_RC2:,} are allowed.",
        )
    # The last block shows whether the key is right; it is slow to find out with all the others.
    before, last = (start + data)[-2 * rc2.BLOCK : -rc2.BLOCK], data[-rc2.BLOCK :]
    unpad(rc2.decrypt_cbc(key, effective_bits, before, last), rc2.BLOCK)
    return unpad(rc2.decrypt_cbc(key, effective_bits, start, data), rc2.BLOCK)


def _octets(parameters: list[der.Node]) -> bytes:
    if not parameters or parameters[0].tag != der.OCTET_STRING:
        raise der.DerError("its cipher has no initialisation vector")
    return parameters[0].value


def _cbc(
    make: Callable[[bytes], BlockCipherAlgorithm],
    key: bytes,
    parameters: list[der.Node],
    data: bytes,
) -> bytes:
    return decrypt_cbc(make(key), _octets(parameters), data)


def _stream(
    make: Callable[[bytes], BlockCipherAlgorithm],
    mode: Callable[[bytes], modes.ModeWithInitializationVector],
    key: bytes,
    parameters: list[der.Node],
    data: bytes,
) -> bytes:
    decryptor = Cipher(make(key), mode(_octets(parameters))).decryptor()
    return decryptor.update(data) + decryptor.finalize()


def _ecb(key: bytes, _: list[der.Node], data: bytes) -> bytes:
    decryptor = Cipher(AES(key), modes.ECB()).decryptor()  # noqa: S305 # it is what the file has
    return unpad(decryptor.update(data) + decryptor.finalize(), 16)


def _nonce_and_tag(parameters: list[der.Node]) -> tuple[bytes, int]:
    """RFC 5084, section 3: the tag has 12 bytes where nothing else is said."""
    inner = parameters[0].children() if parameters else []
    return _octets(inner), inner[1].integer() if len(inner) > 1 else 12


def _gcm(key: bytes, parameters: list[der.Node], data: bytes) -> bytes:
    nonce, size = _nonce_and_tag(parameters)
    if not 12 <= size <= 16 or len(data) < size:
        raise der.DerError("its tag has a length that cannot be")
    try:
        if size == 16:
            return AESGCM(key).decrypt(nonce, data, None)
        mode = modes.GCM(nonce, data[-size:], min_tag_length=size)
        decryptor = Cipher(AES(key), mode).decryptor()
        return decryptor.update(data[:-size]) + decryptor.finalize()
    except InvalidTag as error:
        raise ValueError("the tag is wrong") from error


def _ccm(key: bytes, parameters: list[der.Node], data: bytes) -> bytes:
    nonce, size = _nonce_and_tag(parameters)
    try:
        return AESCCM(key, tag_length=size).decrypt(nonce, data, None)
    except InvalidTag as error:
        raise ValueError("the tag is wrong") from error


def _wrapped(
    unwrap: Callable[[bytes, bytes], bytes], key: bytes, _: list[der.Node], data: bytes
) -> bytes:
    try:
        return unwrap(key, data)
    except keywrap.InvalidUnwrap as error:
        raise ValueError("the key does not unwrap") from error


def _rc2(key: bytes, parameters: list[der.Node], data: bytes) -> bytes:
    """Parameters of RFC 8018, B.2.3: the effective bits in a code of their own, and the vector."""
    inner = parameters[0].children() if parameters else []
    bits = 32
    if inner and inner[0].tag == der.INTEGER:
        number = inner.pop(0).integer()
        bits = _RC2_BITS.get(number, number)
    return decrypt_rc2(key, bits, _octets(inner), data)


def _aes() -> dict[str, ContentCipher]:
    """AES in its three sizes (NIST's arc 2.16.840.1.101.3.4.1)."""
    by_mode: tuple[tuple[int, str, _Decrypt], ...] = (
        (1, "ECB", _ecb),
        (2, "CBC", partial(_cbc, AES)),
        (3, "OFB", partial(_stream, AES, old_modes.OFB)),
        (4, "CFB", partial(_stream, AES, old_modes.CFB)),
        (5, "key wrap", partial(_wrapped, keywrap.aes_key_unwrap)),
        (6, "GCM", _gcm),
        (7, "CCM", _ccm),
        (8, "key wrap with padding", partial(_wrapped, keywrap.aes_key_unwrap_with_padding)),
    )
    return {
        f"2.16.840.1.101.3.4.1.{start + number}": ContentCipher(
            f"AES-{bits}{' ' if ' ' in mode else '-'}{mode}", bits // 8, decrypt
        )
        for start, bits in ((0, 128), (20, 192), (40, 256))
        for number, mode, decrypt in by_mode
    }


def _in_cbc(
    name: str, size: int | None, make: Callable[[bytes], BlockCipherAlgorithm]
) -> ContentCipher:
    return ContentCipher(name, size, partial(_cbc, make))


CIPHERS: dict[str, ContentCipher] = {
    **_aes(),
    "1.2.840.113549.3.7": _in_cbc("3DES-CBC (old)", 24, triple_des),
    "1.3.14.3.2.7": _in_cbc("DES-CBC (weak)", 8, triple_des),
    "1.2.840.113549.3.2": ContentCipher("RC2-CBC (weak)", None, _rc2),
    "1.2.392.200011.61.1.1.1.2": _in_cbc("Camellia-128-CBC", 16, old.Camellia),
    "1.2.392.200011.61.1.1.1.3": _in_cbc("Camellia-192-CBC", 24, old.Camellia),
    "1.2.392.200011.61.1.1.1.4": _in_cbc("Camellia-256-CBC", 32, old.Camellia),
    "1.2.410.200004.1.4": _in_cbc("SEED-CBC", 16, old.SEED),
    "1.2.156.10197.1.104.2": _in_cbc("SM4-CBC", 16, SM4),
    "1.3.6.1.4.1.3029.1.2": _in_cbc("Blowfish-CBC (old)", None, old.Blowfish),
}
"""By object identifier; those of RFC 8018 and RFC 5084, and national ones that OpenSSL offers."""

NAMED_ONLY = {
    "1.2.410.200046.1.1.2": "ARIA-128-CBC",
    "1.2.410.200046.1.1.7": "ARIA-192-CBC",
    "1.2.410.200046.1.1.12": "ARIA-256-CBC",
    "1.2.410.200046.1.1.34": "ARIA-128-GCM",
    "1.2.410.200046.1.1.35": "ARIA-192-GCM",
    "1.2.410.200046.1.1.36": "ARIA-256-GCM",
    "1.2.643.2.2.21": "GOST 28147-89",
    "1.2.643.7.1.1.5.1.1": "Magma",
    "1.2.643.7.1.1.5.2.1": "Kuznyechik",
    "1.2.840.113549.3.9": "RC5-CBC (old)",
    "1.2.840.113533.7.66.10": "CAST5-CBC (old)",
    "1.3.6.1.4.1.188.7.1.1.2": "IDEA-CBC (old)",
}
"""Ciphers that can be named but not decrypted here."""


def cipher_name(oid: str) -> str:
    """A cipher's name for people, whether we can decrypt it or not."""
    if oid in CIPHERS:
        return CIPHERS[oid].name
    return NAMED_ONLY.get(oid, f"a cipher that we do not know ({oid})")
