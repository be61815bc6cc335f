"""The format of the file vault, which tells damage from a wrong passphrase.

    offset  size  what
    0       16    magic
    16      4     version (1), log2 of scrypt's N, r, p
    20      32    salt
    52      32    check: HMAC-SHA256 of the first 52 bytes under the check key
    84      12    nonce
    96            AES-256-GCM of the entries, with the first 84 bytes as associated data
    last    32    SHA-256 of everything before it

scrypt (RFC 7914) makes 64 bytes of the passphrase: the encryption key and the check key. A wrong
checksum means damage; a right one with a wrong check means another passphrase; a right check
with a wrong tag means that somebody changed the file. The entries are a JSON object of references
and secrets in base64. The magic has CR LF and Ctrl-Z in it, so that a transfer as text shows.
"""

import base64
import hashlib
import hmac
import json
import os
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from mtlsgui.vault.base import VaultDamaged, VaultError, WrongPassphrase

MAX_SIZE = 16 * 1024 * 1024
_MAGIC = b"mtlsgui vault\r\n\x1a"
_VERSION = 1
_SALT_SIZE = _CHECK_SIZE = _CHECKSUM_SIZE = 32
_NONCE_SIZE = 12
_SALT_AT = len(_MAGIC) + 4
_CHECK_AT = _SALT_AT + _SALT_SIZE
_NONCE_AT = _CHECK_AT + _CHECK_SIZE
_ENTRIES_AT = _NONCE_AT + _NONCE_SIZE
_RESTORE = "Restore the vault file from a backup."


@dataclass(frozen=True)
class ScryptCost:
    """scrypt's cost. The default takes 128 MiB and about 0.3 s.

    The bounds hold for what is read too: a foreign file cannot ask for more than 1 GiB.
    """

    log_n: int = 17
    r: int = 8
    p: int = 1

    def __post_init__(self) -> None:
        if not (14 <= self.log_n <= 20 and self.r == 8 and 1 <= self.p <= 4):
            raise ValueError("scrypt cost out of bounds")


@dataclass(frozen=True, repr=False)
class VaultKeys:
    """What a passphrase and a salt make: the start of the file and the keys to the rest."""

    header: bytes
    """Magic, version, cost and salt; the first 52 bytes."""
    encryption: bytes
    check: bytes


def new_keys(passphrase: str | bytes, cost: ScryptCost) -> VaultKeys:
    """Keys for `passphrase` with a new salt."""
    start = _MAGIC + bytes((_VERSION, cost.log_n, cost.r, cost.p))
    return _derive(passphrase, start + os.urandom(_SALT_SIZE), cost)


def keys_of(data: bytes, passphrase: str | bytes) -> VaultKeys:
    """The keys of the vault file `data`.

    Raises WrongPassphrase, VaultDamaged, and VaultError for a newer format.
    """
    cost = check_file(data)
    keys = _derive(passphrase, data[:_CHECK_AT], cost)
    if not hmac.compare_digest(keys.check, data[_CHECK_AT:_NONCE_AT]):
        raise WrongPassphrase(
            "The passphrase is wrong.",
            "The vault file is whole, and was saved with another passphrase.",
            "Type the passphrase again; mind Caps Lock and the keyboard's language.",
        )
    return keys


def pack(entries: dict[str, bytes], keys: VaultKeys) -> bytes:
    """The whole file with `entries` in it."""
    plain = json.dumps(
        {ref: base64.b64encode(secret).decode("ascii") for ref, secret in entries.items()}
    ).encode()
    bound = keys.header + keys.check
    nonce = os.urandom(_NONCE_SIZE)
    body = bound + nonce + AESGCM(keys.encryption).encrypt(nonce, plain, bound)
    return body + hashlib.sha256(body).digest()


def unpack(data: bytes, keys: VaultKeys) -> dict[str, bytes] | None:
    """The entries of the whole file `data`; None when it was saved with another passphrase since.

    Raises VaultDamaged, and VaultError for a newer format.
    """
    check_file(data)
    bound = keys.header + keys.check
    if not hmac.compare_digest(bound, data[:_NONCE_AT]):
        return None
    ciphertext = data[_ENTRIES_AT:-_CHECKSUM_SIZE]
    try:
        plain = AESGCM(keys.encryption).decrypt(data[_NONCE_AT:_ENTRIES_AT], ciphertext, bound)
    except InvalidTag:
        raise VaultDamaged(
            "The vault file was changed.",
            "The passphrase is right, but what it protects is not what mtlsgui wrote.",
            _RESTORE,
        ) from None
    return {ref: base64.b64decode(secret) for ref, secret in json.loads(plain).items()}


def check_file(data: bytes) -> ScryptCost:
    """The cost that `data` asks for, once it is known to be a whole vault file.

    Raises VaultDamaged, and VaultError for a newer format.
    """
    if not data.startswith(_MAGIC):
        raise VaultDamaged(
            "This is not a vault file.", "It does not begin as one, or its beginning is damaged.",
            _RESTORE,
        )  # fmt: skip
    if len(data) > len(_MAGIC) and data[len(_MAGIC)] > _VERSION:
        raise VaultError(
            "The vault file has a format that this version does not know.",
            f"It says format {data[len(_MAGIC)]}; this version reads format {_VERSION}.",
            "Open it with the newer version of mtlsgui that wrote it.",
        )
    body, checksum = data[:-_CHECKSUM_SIZE], data[-_CHECKSUM_SIZE:]
    if len(body) < _ENTRIES_AT or hashlib.sha256(body).digest() != checksum:
        raise VaultDamaged(
            "The vault file is damaged.",
            f"Its checksum does not match its {len(data)} bytes: it was cut off or changed.",
            _RESTORE,
        )
    _, log_n, r, p = data[len(_MAGIC) : _SALT_AT]
    try:
        return ScryptCost(log_n, r, p)
    except ValueError:
        raise VaultDamaged(
            "The vault file asks for too much.",
            f"Its scrypt parameters (N=2^{log_n}, r={r}, p={p}) are out of bounds.",
            _RESTORE,
        ) from None


def stretch(passphrase: str | bytes, salt: bytes, cost: ScryptCost) -> bytes:
    """64 bytes of `passphrase` by scrypt (RFC 7914)."""
    kdf = Scrypt(salt=salt, length=64, n=2**cost.log_n, r=cost.r, p=cost.p)
    return kdf.derive(_normalised(passphrase))


def _derive(passphrase: str | bytes, header: bytes, cost: ScryptCost) -> VaultKeys:
    derived = stretch(passphrase, header[_SALT_AT:], cost)
    check = hmac.digest(derived[32:], header, "sha256")
    return VaultKeys(header, derived[:32], check)


def _normalised(passphrase: str | bytes) -> bytes:
    """The bytes of `passphrase`: in NFC, since keyboards of macOS and Linux compose differently."""
    try:
        text = passphrase if isinstance(passphrase, str) else passphrase.decode()
        return unicodedata.normalize("NFC", text).encode()
    except UnicodeError:
        return passphrase if isinstance(passphrase, bytes) else os.fsencode(passphrase)
