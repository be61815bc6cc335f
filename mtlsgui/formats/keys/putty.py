"""PuTTY's private key files, versions 1 to 3 (PuTTY's manual, appendix C).

The public half and the comment stand in the clear. The code at the end (HMAC) covers them, too.
"""

import hashlib
import hmac
import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.kdf.argon2 import Argon2d, Argon2i, Argon2id

from mtlsgui.formats.context import Context
from mtlsgui.formats.keys import loading as key_loading
from mtlsgui.formats.keys import ssh_wire
from mtlsgui.formats.keys import structures as key_structures
from mtlsgui.formats.keys.private_keys import add_locked, add_private
from mtlsgui.formats.keys.public_keys import public_item
from mtlsgui.formats.keys.ssh_wire import Reader, WireError
from mtlsgui.formats.limits import Limits, check_rsa_bits
from mtlsgui.formats.pem import as_text
from mtlsgui.formats.protection.encryption import Protection

CONTAINER = "ppk"
_FIRST_LINE = re.compile(rb"PuTTY-User-Key-File-([1-9][0-9]?): *([^\r\n]{1,128})\r?\n")
_MAC_KEY = b"putty-private-key-file-mac-key"
_ARGON2: dict[str, type[Argon2d | Argon2i | Argon2id]] = {
    "Argon2d": Argon2d,
    "Argon2i": Argon2i,
    "Argon2id": Argon2id,
}
_MOST_LANES = 64
_PBKDF2_ROUNDS_A_BLOCK = 4
"""Rounds of PBKDF2 that take as long as Argon2 with one more kilobyte, or one more pass over it."""


@dataclass(frozen=True)
class _File:
    """The fields of the file. protection: None when it is not encrypted."""

    version: int
    kind: str
    encryption: str
    comment: bytes
    public: bytes
    private: bytes = field(repr=False)
    code: bytes
    code_is_hash: bool
    derivation: dict[str, str]

    @property
    def encrypted(self) -> bool:
        return self.encryption != "none"

    @property
    def name(self) -> str | None:
        return self.comment.decode("utf-8", "replace") or None


@dataclass(frozen=True, slots=True)
class _Keys:
    """What a passphrase gives."""

    cipher: bytes = field(repr=False)
    start: bytes = field(repr=False)
    code: bytes = field(repr=False)


def recognise(data: bytes) -> bool:
    """It starts with PuTTY's own line."""
    return _FIRST_LINE.match(as_text(data[:512])) is not None


def read_ppk(data: bytes, context: Context) -> str:
    """The key in the file; locked when no passphrase opens it."""
    with context.part("PuTTY private key"):
        _read(data, context)
    return CONTAINER


def _read(data: bytes, context: Context) -> None:
    file = _parse(as_text(data))
    public = public_item(ssh_wire.public(file.public).spki, CONTAINER, context.limits)
    if file.version > 3:
        raise WireError(f"version {file.version} of PuTTY's format is newer than we know")
    if not file.encrypted:
        if not _code_fits(file, file.private, b"" if file.version > 2 else _old_code_key(b"")):
            raise key_loading.BadKeyError(
                "This private key is damaged", "The integrity code at its end does not fit it."
            )
        add_private(
            _pkcs8(file, file.private, context.limits), CONTAINER, context, friendly_name=file.name
        )
        return
    derive, protection = _derivation(file)
    context.afford([protection], len(context.passphrases))
    for passphrase in context.passphrases:
        keys = derive(passphrase)
        plain = _decrypt(file, keys)
        if not _code_fits(file, plain, keys.code):
            if _is_key_of(file, plain, public.spki, context.limits):
                context.error(
                    "", "The file was changed: the integrity code at its end does not fit it."
                )
                break
            continue
        pkcs8 = _pkcs8(file, plain, context.limits)
        add_private(
            pkcs8,
            CONTAINER,
            context,
            encrypted=True,
            friendly_name=file.name,
            protection=protection.text,
        )
        return
    add_locked(
        CONTAINER,
        context,
        protection.text,
        friendly_name=file.name,
        info=public.info,
        spki_sha256=public.spki_sha256,
    )


def _parse(text: bytes) -> _File:
    """Raises WireError."""
    first = _FIRST_LINE.match(text)
    if first is None:
        raise WireError("not a PuTTY private key")
    fields: dict[str, bytes] = {}
    lines = iter(text[first.end() :].splitlines()[:100_000])
    for line in lines:
        name, _, value = line.partition(b": ")
        if name.endswith(b"-Lines"):
            count = int(value) if value.isdigit() and len(value) < 6 else 0
            blob = b"".join(line.strip() for line in islice(lines, count))
            try:
                value = b64decode(blob, validate=True)
            except Base64Error:
                raise WireError("its base64 is damaged") from None
        fields[name.decode("latin-1")] = value
    hashed = "Private-Hash" in fields
    try:
        return _File(
            version=int(first[1]),
            kind=first[2].decode("latin-1").strip(),
            encryption=fields["Encryption"].decode("latin-1"),
            comment=fields["Comment"],
            public=fields["Public-Lines"],
            private=fields["Private-Lines"],
            code=bytes.fromhex(
                fields["Private-Hash" if hashed else "Private-MAC"].decode("latin-1")
            ),
            code_is_hash=hashed,
            derivation={
                name: value.decode("latin-1")
                for name, value in fields.items()
                if name.startswith(("Key-Derivation", "Argon2-"))
            },
        )
    except KeyError as missing:
        raise WireError(f"its line {missing} is missing: it may have been cut short") from None
    except ValueError:
        raise WireError("its last line is damaged") from None


def _derivation(file: _File) -> tuple[Callable[[bytes], _Keys], Protection]:
    """How keys come from a passphrase, and what that costs. Raises WireError."""
    if file.encryption != "aes256-cbc":
        raise WireError(f"it is encrypted with {file.encryption[:64]}, which we do not know")
    if len(file.private) % 16:
        raise WireError("its private part is not whole blocks")
    if file.version < 3:
        return _old_keys, Protection("AES-256-CBC, one round of SHA-1 (weak)", 1)
    name = file.derivation.get("Key-Derivation", "")
    try:
        memory, passes, lanes = (
            int(file.derivation[f"Argon2-{part}"]) for part in ("Memory", "Passes", "Parallelism")
        )
        salt = bytes.fromhex(file.derivation["Argon2-Salt"])
        derive = _ARGON2[name]
    except (KeyError, ValueError):
        raise WireError("the lines about its key derivation are damaged") from None
    if not (1 <= lanes <= _MOST_LANES and memory >= 8 * lanes and passes >= 1 and len(salt) >= 8):
        raise WireError("the numbers of its key derivation cannot be")
    words = f"AES-256-CBC, {name} with {memory // 1024:,} MB and {passes:,} passes"
    cost = memory * passes * _PBKDF2_ROUNDS_A_BLOCK

    def keys(passphrase: bytes) -> _Keys:
        derived = derive(
            salt=salt, length=80, iterations=passes, lanes=lanes, memory_cost=memory
        ).derive(passphrase)
        return _Keys(derived[:32], derived[32:48], derived[48:])

    return keys, Protection(words, cost, memory * 1024)


def _old_keys(passphrase: bytes) -> _Keys:
    """Versions 1 and 2."""
    halves = (
        hashlib.sha1(number.to_bytes(4, "big") + passphrase, usedforsecurity=False).digest()
        for number in range(2)
    )
    return _Keys(b"".join(halves)[:32], bytes(16), _old_code_key(passphrase))


def _old_code_key(passphrase: bytes) -> bytes:
    return hashlib.sha1(_MAC_KEY + passphrase, usedforsecurity=False).digest()


def _decrypt(file: _File, keys: _Keys) -> bytes:
    decryptor = Cipher(AES(keys.cipher), modes.CBC(keys.start)).decryptor()
    return decryptor.update(file.private) + decryptor.finalize()


def _code_fits(file: _File, plain: bytes, key: bytes) -> bool:
    parts = (
        file.kind.encode("latin-1"),
        file.encryption.encode(),
        file.comment,
        file.public,
        plain,
    )
    covered = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    if file.version == 1:
        covered = plain
    digest = "sha256" if file.version > 2 else "sha1"
    if file.code_is_hash:
        return hmac.compare_digest(hashlib.new(digest, covered).digest(), file.code)
    return hmac.compare_digest(hmac.digest(key, covered, digest), file.code)


def _pkcs8(file: _File, plain: bytes, limits: Limits) -> bytes:
    """The PrivateKeyInfo; the numbers that are public stand in the public part only."""
    public, private = Reader(file.public), Reader(plain)
    kind = public.text()
    if kind != file.kind:
        raise WireError("its public part is of another kind than its first line says")
    if kind == "ssh-rsa":
        e, n = public.mpint(), public.mpint()
        d, p, q = (private.mpint() for _ in range(3))
        check_rsa_bits(max(number.bit_length() for number in (n, e, d, p, q)), limits)
        return key_structures.rsa_private(n, e, d, p, q)
    if kind == "ssh-dss":
        p, q, g = (public.mpint() for _ in range(3))
        return key_structures.dsa_private(p, q, g, private.mpint())
    if kind in ssh_wire.EDWARDS:
        return key_structures.edwards_private(ssh_wire.EDWARDS[kind], private.string())
    curve = ssh_wire.curve(kind)
    if curve is None:
        raise WireError(f"it is a key of a kind that we do not know ({kind[:64]})")
    public.string()
    point = public.string()
    return key_structures.ec_private(curve.oid, curve.bits, private.mpint(), point)


def _is_key_of(file: _File, plain: bytes, spki: bytes, limits: Limits) -> bool:
    """It is the private half, so that the passphrase was right."""
    try:
        return key_loading.load_private(_pkcs8(file, plain, limits), limits).spki == spki
    except (ValueError, key_loading.BadKeyError):
        return False
