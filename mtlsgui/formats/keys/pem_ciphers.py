"""OpenSSL's traditional encrypted PEM (PEM_read_bio): RFC 1421's headers, a key by MD5.

DEK-Info names one of OpenSSL's ciphers and gives its initialisation vector, whose first eight bytes
are the salt, too. What `cryptography` offers is decrypted here, and the rest (ARIA, DESX, feedback
of one bit, …) by OpenSSL itself.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers import algorithms as old
from cryptography.hazmat.decrepit.ciphers import modes as old_modes
from cryptography.hazmat.primitives.ciphers import BlockCipherAlgorithm, Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES, SM4

from mtlsgui.formats.limits import RefusedError
from mtlsgui.formats.pem import Block
from mtlsgui.formats.protection.ciphers import decrypt_cbc, decrypt_rc2, triple_des
from mtlsgui.pki.keys import PrivateKey, pkcs8_der

_DEK_INFO = re.compile(r"\s*([A-Za-z0-9-]+)\s*,\s*([0-9A-Fa-f]+)\s*")
_NAME = re.compile(r"(.+)-(CBC|CFB|CFB8|OFB|CTR)")
_LONGEST_BY_OPENSSL = 2_600
"""Bytes of a key that OpenSSL decrypts for us: RSA of 4,096 bits. Larger ones are then tested for
primes, whatever we ask, for seconds to minutes."""
_UNKNOWN_CIPHER = ("digital envelope routines", "unsupported encryption")
"""What OpenSSL's errors speak of when it is not the passphrase that is wrong."""


@dataclass(frozen=True, slots=True)
class _Cipher:
    key_size: int
    block: int
    make: Callable[[bytes], BlockCipherAlgorithm]


_CIPHERS = {
    "DES": _Cipher(8, 8, triple_des),
    "DES-EDE": _Cipher(16, 8, triple_des),
    "DES-EDE3": _Cipher(24, 8, triple_des),
    "IDEA": _Cipher(16, 8, old.IDEA),
    "SEED": _Cipher(16, 16, old.SEED),
    "BF": _Cipher(16, 8, old.Blowfish),
    "CAST5": _Cipher(16, 8, old.CAST5),
    "SM4": _Cipher(16, 16, SM4),
} | {
    f"{name}-{bits}": _Cipher(bits // 8, 16, make)
    for name, make in (("AES", AES), ("CAMELLIA", old.Camellia))
    for bits in (128, 192, 256)
}
_RC2 = {"RC2-CBC": 16, "RC2-64-CBC": 8, "RC2-40-CBC": 5}
_STREAMS: dict[str, Callable[[bytes], modes.ModeWithInitializationVector | modes.CTR]] = {
    "CFB": old_modes.CFB,
    "CFB8": old_modes.CFB8,
    "OFB": old_modes.OFB,
    "CTR": modes.CTR,
}


def decrypt(block: Block, passphrase: bytes) -> bytes:
    """The key in the block, DER. Raises ValueError for a wrong passphrase or what is damaged.

    A wrong one can also give bytes that are no DER.
    """
    found = _DEK_INFO.fullmatch(block.headers.get("DEK-Info", ""))
    if found is None or block.body is None or len(found[2]) % 2:
        raise ValueError("its DEK-Info line is damaged")
    name, start = found[1].upper(), bytes.fromhex(found[2])
    if name in _RC2:
        size = _RC2[name]
        return decrypt_rc2(_key(passphrase, start, size), size * 8, start, block.body)
    parts = _NAME.fullmatch(name)
    cipher = _CIPHERS.get(parts[1]) if parts else None
    if parts is None or cipher is None:
        return by_openssl(block.encoded, len(block.body), passphrase)
    if len(start) != cipher.block:
        raise ValueError("its initialisation vector has the wrong length")
    algorithm = cipher.make(_key(passphrase, start, cipher.key_size))
    try:
        if parts[2] == "CBC":
            return decrypt_cbc(algorithm, start, block.body)
        decryptor = Cipher(algorithm, _STREAMS[parts[2]](start)).decryptor()
    except UnsupportedAlgorithm:
        return by_openssl(block.encoded, len(block.body), passphrase)
    return decryptor.update(block.body) + decryptor.finalize()


def _key(passphrase: bytes, salt: bytes, size: int) -> bytes:
    """EVP_BytesToKey of OpenSSL with MD5 and one round."""
    key = digest = b""
    while len(key) < size:
        digest = hashlib.md5(digest + passphrase + salt[:8], usedforsecurity=False).digest()
        key += digest
    return key[:size]


def by_openssl(armoured: bytes, size: int, passphrase: bytes) -> bytes:
    """The PrivateKeyInfo of an encrypted PEM block, decrypted by OpenSSL itself.

    size: bytes of what is encrypted. Raises ValueError for a wrong passphrase or what is damaged,
    RefusedError for a key too large, UnsupportedAlgorithm where OpenSSL does not know the cipher.
    """
    from OpenSSL import crypto

    if size > _LONGEST_BY_OPENSSL:
        raise RefusedError(
            "The key is too large for how it is encrypted",
            f"Keys above {_LONGEST_BY_OPENSSL:,} bytes take very long to open with this cipher.",
        )
    try:
        key = crypto.load_privatekey(crypto.FILETYPE_PEM, armoured, passphrase)
    except crypto.Error as error:
        if any(library in str(error) for library in _UNKNOWN_CIPHER):
            raise UnsupportedAlgorithm("OpenSSL does not know the cipher") from None
        raise ValueError("OpenSSL does not decrypt it") from None
    return pkcs8_der(cast(PrivateKey, key.to_cryptography_key()))
