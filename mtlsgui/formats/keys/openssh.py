"""OpenSSH's private key file (PROTOCOL.key).

The public half stands in the clear, so a locked key can still be matched.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import bcrypt
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers import BlockCipherAlgorithm, Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES, ChaCha20
from cryptography.hazmat.primitives.poly1305 import Poly1305

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem
from mtlsgui.formats.keys import loading as key_loading
from mtlsgui.formats.keys import ssh_wire
from mtlsgui.formats.keys.private_keys import add_locked, add_private
from mtlsgui.formats.keys.public_keys import public_item
from mtlsgui.formats.keys.ssh_wire import Reader, WireError
from mtlsgui.formats.limits import Limits, RefusedError
from mtlsgui.formats.protection.ciphers import triple_des
from mtlsgui.formats.protection.encryption import Protection
from mtlsgui.pki.describe.tree import Description, Field, Section

MAGIC = b"openssh-key-v1\0"
CONTAINER = "openssh"
_MOST_KEYS = 64
_TAG = 16
_IN_ROUNDS_OF_PBKDF2 = 25_000
"""What one round of bcrypt, about eight milliseconds, takes from a file's allowance: all of it is
three seconds then."""


class WrongPassphraseError(ValueError):
    """What came out is not a private key."""


@dataclass(frozen=True, slots=True)
class _Cipher:
    """decrypt: key, initialisation vector and data to plain text."""

    key_size: int
    iv_size: int
    decrypt: Callable[[bytes, bytes, bytes], bytes]
    tag: int = 0


def _block(
    make: Callable[[bytes], BlockCipherAlgorithm],
    mode: Callable[[bytes], modes.CBC | modes.CTR],
    key: bytes,
    start: bytes,
    data: bytes,
) -> bytes:
    decryptor = Cipher(make(key), mode(start)).decryptor()
    return decryptor.update(data) + decryptor.finalize()


def _gcm(key: bytes, nonce: bytes, data: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(nonce, data, None)
    except InvalidTag:
        raise WrongPassphraseError("the tag is wrong") from None


def _chacha(key: bytes, _start: bytes, data: bytes) -> bytes:
    """PROTOCOL.chacha20poly1305: the first 32 bytes of the key, message number 0."""
    stream = Cipher(ChaCha20(key[:32], bytes(16)), None).encryptor()
    one_time = stream.update(bytes(64))[:32]
    try:
        Poly1305.verify_tag(one_time, data[:-_TAG], data[-_TAG:])
    except InvalidSignature:
        raise WrongPassphraseError("the tag is wrong") from None
    return stream.update(data[:-_TAG])


_CIPHERS = {
    "3des-cbc": _Cipher(24, 8, partial(_block, triple_des, modes.CBC)),
    "rijndael-cbc@lysator.liu.se": _Cipher(32, 16, partial(_block, AES, modes.CBC)),
    "chacha20-poly1305@openssh.com": _Cipher(64, 0, _chacha, _TAG),
    "aes128-gcm@openssh.com": _Cipher(16, 12, _gcm, _TAG),
    "aes256-gcm@openssh.com": _Cipher(32, 12, _gcm, _TAG),
} | {
    f"aes{bits}-{name}": _Cipher(bits // 8, 16, partial(_block, AES, mode))
    for bits in (128, 192, 256)
    for name, mode in (("cbc", modes.CBC), ("ctr", modes.CTR))
}


@dataclass(frozen=True)
class _File:
    """What stands in the clear, and the rest as it is."""

    cipher: str
    derivation: str
    salt: bytes
    rounds: int
    public: tuple[bytes, ...]
    private: bytes = field(repr=False)

    @property
    def locked(self) -> bool:
        return self.cipher != "none"

    @property
    def protection(self) -> Protection:
        words = f"{self.cipher.partition('@')[0]}, {self.derivation} with {self.rounds:,} rounds"
        return Protection(words, self.rounds * _IN_ROUNDS_OF_PBKDF2)


def _parse(body: bytes) -> _File:
    reader = Reader(body)
    if reader.take(len(MAGIC)) != MAGIC:
        raise WireError("not an OpenSSH private key")
    cipher, derivation, options = reader.text(), reader.text(), Reader(reader.string())
    salt, rounds = b"", 0
    if derivation == "bcrypt":
        salt, rounds = options.string(), options.number()
    elif derivation != "none":
        raise WireError(f"its key derivation is one that we do not know ({derivation[:64]})")
    count = reader.number()
    if not 1 <= count <= _MOST_KEYS:
        raise WireError(f"it says that it holds {count:,} keys")
    public = tuple(reader.string() for _ in range(count))
    private = reader.string()
    tag = _CIPHERS[cipher].tag if cipher in _CIPHERS else 0
    return _File(cipher, derivation, salt, rounds, public, private + reader.take(tag))


def read_openssh_private(body: bytes, context: Context) -> None:
    """The keys of an OpenSSH private key file. body: its decoded block."""
    file = _parse(body)
    if not file.locked:
        _add_keys(file, file.private, context)
        return
    if file.rounds > context.limits.bcrypt_rounds:
        raise RefusedError(
            "Its passphrase would take too long to check",
            f"It asks for {file.rounds:,} rounds of bcrypt, "
            f"and {context.limits.bcrypt_rounds:,} are allowed.",
        )
    context.afford([file.protection], len(context.passphrases))
    if file.cipher not in _CIPHERS:
        context.error("", f"It is encrypted with {file.cipher[:64]}, which we cannot open.")
    else:
        for passphrase in filter(None, context.passphrases):
            try:
                plain = _decrypt(file, passphrase)
            except WrongPassphraseError:
                continue
            _add_keys(file, plain, context)
            return
    for blob in file.public:
        _add_locked(blob, file.protection.text, context)


def _decrypt(file: _File, passphrase: bytes) -> bytes:
    """The private section. Raises WrongPassphraseError."""
    cipher = _CIPHERS[file.cipher]
    if not file.salt or not file.rounds:
        raise WireError("its key derivation has no salt or no rounds")
    size = cipher.key_size + cipher.iv_size
    derived = bcrypt.kdf(passphrase, file.salt, size, file.rounds, ignore_few_rounds=True)
    try:
        plain = cipher.decrypt(derived[: cipher.key_size], derived[cipher.key_size :], file.private)
    except ValueError:
        raise WrongPassphraseError("not whole blocks") from None
    if len(plain) < 8 or plain[:4] != plain[4:8]:
        raise WrongPassphraseError("the two check numbers differ")
    return plain


def _add_keys(file: _File, plain: bytes, context: Context) -> None:
    reader = Reader(plain)
    if reader.number() != reader.number():
        raise WireError("its two check numbers differ")
    protection = file.protection.text if file.locked else ""
    for blob in file.public:
        kind = reader.text()
        if kind in ssh_wire.SECURITY_KEYS:
            _add_handle(blob, reader, context)
            continue
        pkcs8 = ssh_wire.private_fields(kind, reader, context.limits)
        _check_halves(pkcs8, blob, context.limits)
        add_private(
            pkcs8,
            CONTAINER,
            context,
            encrypted=file.locked,
            friendly_name=reader.text() or None,
            protection=protection,
        )


def _check_halves(pkcs8: bytes, blob: bytes, limits: Limits) -> None:
    stated = ssh_wire.public(blob).spki
    if key_loading.load_private(pkcs8, limits).spki != stated:
        raise key_loading.BadKeyError(
            "This private key is damaged", "The public key beside it belongs to another key."
        )


def _add_handle(blob: bytes, reader: Reader, context: Context) -> None:
    """A key on a FIDO token (PROTOCOL.u2f): its public half, and the handle, which is no secret."""
    public = ssh_wire.public(blob)
    if public.kind.startswith("sk-ecdsa"):
        reader.string()
    reader.string()
    application = reader.text()
    reader.take(1)
    reader.string()
    reader.string()
    comment = reader.text()
    add_security_key(blob, context, application=application, comment=comment)


def add_security_key(
    blob: bytes, context: Context, *, application: str = "", comment: str = ""
) -> None:
    """A key on a FIDO token: it signs more than it is given, so no certificate fits it."""
    public = ssh_wire.public(blob)
    info = public_item(public.spki, CONTAINER, context.limits).info
    fields = [
        Field("Key", f"{info.label}, on a FIDO token"),
        Field("Fingerprint", ssh_wire.fingerprint(blob), monospace=True),
    ]
    fields += [Field("Application", application)] if application else []
    fields += [Field("Comment", comment)] if comment else []
    what = "OpenSSH security key"
    description = Description(what, "Key on a FIDO token", (Section("Key", tuple(fields)),))
    context.add(OtherItem(what, container=CONTAINER, description=description))


def _add_locked(blob: bytes, protection: str, context: Context) -> None:
    public = ssh_wire.public(blob)
    if public.on_token:
        add_security_key(blob, context)
        return
    item = public_item(public.spki, CONTAINER, context.limits)
    add_locked(CONTAINER, context, protection, info=item.info, spki_sha256=item.spki_sha256)
