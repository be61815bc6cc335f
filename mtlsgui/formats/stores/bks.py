"""Bouncy Castle's keystores BKS and UBER (org.bouncycastle.jce.provider.BouncyCastleStore).

Neither has a magic number: both start with a version, a salt and a number of rounds. In BKS the
entries follow in the clear but for sealed keys, then an HMAC; in UBER all of it is under Twofish,
which no library of ours offers, so that a UBER keystore is named and no more.
"""

import hashlib
import hmac
from collections import Counter
from dataclasses import dataclass, field

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem
from mtlsgui.formats.keys.private_keys import add_locked, add_private
from mtlsgui.formats.keys.public_keys import read_spki
from mtlsgui.formats.protection import derivation
from mtlsgui.formats.protection.ciphers import decrypt_cbc, triple_des
from mtlsgui.formats.protection.derivation import FOR_KEY, FOR_MAC, FOR_VECTOR, pkcs12_key
from mtlsgui.formats.protection.encryption import Protection
from mtlsgui.formats.protection.opening import (
    Opener,
    fit_note,
    private_key_info,
    weakness_of_code,
)
from mtlsgui.formats.stores import java_data
from mtlsgui.formats.stores.stored import (
    CERTIFICATE_TYPES,
    add_certificate,
    add_locked_contents,
    add_secret,
    say_entries,
)
from mtlsgui.pki import der

_BKS, _UBER = "bks", "uber"
_VERSIONS = (0, 1, 2)
_SALTS = range(8, 65)
_CODE = 20
_END, _CERTIFICATE, _KEY, _SECRET, _SEALED = range(5)
_LONGEST_NAME = 1024
_CENTURY = 100 * 366 * 86_400_000
"""Milliseconds from 1970 within which every keystore was made."""
_PRIVATE, _PUBLIC, _SECRET_KEY = range(3)


@dataclass(frozen=True, slots=True)
class _Header:
    version: int
    salt: bytes
    rounds: int
    body: int


def recognise(data: bytes) -> bool:
    """A header that makes sense, and entries behind it, or whole blocks of a cipher."""
    return data[:3] == b"\0\0\0" and bool(_kind(data))


def read_bks(data: bytes, context: Context) -> str:
    """The entries of a BKS keystore; of a UBER keystore, that it is one."""
    kind = _kind(data)
    header = _header(data)
    if kind == _UBER:
        protection = f"Twofish and SHA-1, {derivation.count(header.rounds)}"
        context.add(
            OtherItem(
                "UBER keystore",
                protection=protection,
                problem="It is encrypted as a whole with Twofish, which we cannot decrypt. Turn it "
                "into PKCS#12 with keytool and Bouncy Castle's provider.",
                container=_UBER,
            )
        )
        return _UBER
    _Reader(data, header, context).read()
    return _BKS


def _header(data: bytes) -> _Header:
    reader = java_data.Reader(data)
    version = reader.number(4)
    salt = reader.block()
    return _Header(version, salt, reader.number(4), reader.at)


def _kind(data: bytes) -> str:
    """What it is; "" where it is neither."""
    try:
        header = _header(data)
        if not (
            header.version in _VERSIONS and len(header.salt) in _SALTS and 0 < header.rounds < 2**31
        ):
            return ""
        if _starts_with_an_entry(java_data.Reader(data, header.body)):
            return _BKS
    except der.DerError:
        return ""
    size = len(data) - header.body
    return _UBER if size and size % 16 == 0 else ""


def _starts_with_an_entry(reader: java_data.Reader) -> bool:
    kind = reader.number(1)
    if kind == _END:
        return reader.left == _CODE
    if kind > _SEALED or reader.number(2) > _LONGEST_NAME:
        return False
    reader.at -= 2
    try:
        reader.text()
        return reader.number(8) < _CENTURY
    except der.DerError:
        return False


class _Reader:
    """The reading of one BKS keystore."""

    def __init__(self, data: bytes, header: _Header, context: Context) -> None:
        self._data = data
        self._header = header
        self._context = context
        self._opener = Opener(context, (*context.passphrases, None))
        self._counts: Counter[str] = Counter()

    def read(self) -> None:
        """Put everything into the context."""
        context = self._context
        reader = java_data.Reader(self._data, self._header.body)
        read = 0
        try:
            while (kind := reader.number(1)) != _END:
                if read >= context.limits.pem_blocks:
                    context.error("", f"Only the first {read:,} entries were read.")
                    break
                self._entry(kind, reader, read + 1)
                read += 1
            else:
                if reader.left != _CODE:
                    raise der.DerError("what follows is no integrity code")
                with context.part("the integrity code"):
                    self._check_code()
        except der.DerError as error:
            context.error("", f"It breaks off after {read:,} entries: {error}.")
        say_entries(self._counts, _BKS, context)

    def _check_code(self) -> None:
        """An HMAC-SHA-1 under PKCS#12's derivation; version 1's key has 20 bits, not 20 bytes."""
        header = self._header
        content, code = self._data[header.body : -_CODE], self._data[-_CODE:]
        size = _CODE if header.version == 2 else 2  # bits taken for bytes
        weak = "" if header.version == 2 else ", a key of 16 bits (weak)"
        text = f"HMAC-SHA-1, {derivation.count(header.rounds)}{weak}"

        def fits(passphrase: bytes | None) -> bool:
            key = pkcs12_key(
                "sha1", FOR_MAC, passphrase or None, salt=header.salt, rounds=header.rounds,
                size=size,
            )  # fmt: skip
            made = hmac.digest(key, content, hashlib.sha1)
            if not hmac.compare_digest(made, code):
                raise ValueError("another passphrase")
            return True

        note = ""
        try:
            fitting = self._opener.open(Protection(text, header.rounds), fits)
            weakness = weakness_of_code(size, self._opener.fitted)
            note = fit_note(fitting, self._context.passphrases, weakness)
        finally:
            self._context.about("Integrity code", text, note)

    def _entry(self, kind: int, reader: java_data.Reader, number: int) -> None:
        """Raises DerError where the structure breaks; what is wrong inside is an entry's error."""
        alias = reader.text()
        reader.take(8)  # when it was made
        place = f"entry {number} ({alias})" if alias else f"entry {number}"
        chain = [_Certificate.read(reader) for _ in range(reader.number(4))]
        if kind == _CERTIFICATE:
            chain.insert(0, _Certificate.read(reader))
            self._counts["trusted certificate"] += 1
        elif kind == _KEY:
            key = _Key.read(reader)
            with self._context.part(place):
                self._add_key(key, alias, "")
        elif kind in (_SECRET, _SEALED):
            sealed = reader.block()
            with self._context.part(place):
                if kind == _SEALED:
                    self._open(sealed, alias, is_private=bool(chain))
                else:
                    self._counts["secret"] += 1
                    add_secret("Secret", _BKS, alias, self._context)
        else:
            raise der.DerError(f"an entry of a kind that we do not know ({kind})")
        for at, certificate in enumerate(chain, 1):
            with self._context.part(place if len(chain) == 1 else f"{place}, certificate {at}"):
                if certificate.kind not in CERTIFICATE_TYPES:
                    raise der.DerError(
                        f"a certificate of a kind that we do not know ({certificate.kind})"
                    )
                name = alias if at == 1 else ""
                add_certificate(certificate.encoded, _BKS, name or None, self._context)

    def _open(self, sealed: bytes, alias: str, *, is_private: bool) -> None:
        """A key under a passphrase. is_private: it has a chain, as all private keys do."""
        reader = java_data.Reader(sealed)
        salt, rounds = reader.block(), reader.number(4)
        hidden = reader.take(reader.left)
        protection = Protection(f"3DES and SHA-1 (old), {derivation.count(rounds)}", rounds)
        opened: _Key | None = None

        def decrypt(passphrase: bytes | None) -> _Key:
            key, vector = (
                pkcs12_key("sha1", purpose, passphrase or None, salt=salt, rounds=rounds, size=size)
                for purpose, size in ((FOR_KEY, 24), (FOR_VECTOR, 8))
            )
            return _Key.read(java_data.Reader(decrypt_cbc(triple_des(key), vector, hidden)))

        try:
            if not 0 < rounds < 2**31:
                raise der.DerError("its key derivation has parameters that cannot be")
            opened = self._opener.open(protection, decrypt)
        finally:
            if opened is None:
                self._add_locked(alias, protection.text, is_private=is_private)
        if opened is not None:
            self._add_key(opened, alias, protection.text)

    def _add_locked(self, alias: str, protection: str, *, is_private: bool) -> None:
        if is_private:
            self._counts["private key"] += 1
            add_locked(_BKS, self._context, protection, friendly_name=alias or None)
        else:
            self._counts["sealed key"] += 1
            what = f"Encrypted key “{alias}”"
            add_locked_contents(what, _BKS, self._context, protection=protection)

    def _add_key(self, key: "_Key", alias: str, protection: str) -> None:
        if key.kind == _PRIVATE:
            self._counts["private key"] += 1
            add_private(
                private_key_info(key.encoded),
                _BKS,
                self._context,
                encrypted=bool(protection),
                friendly_name=alias or None,
                protection=protection,
            )
        elif key.kind == _PUBLIC:
            self._counts["public key"] += 1
            read_spki(der.read(key.encoded), _BKS, self._context)
        else:
            self._counts["secret key"] += 1
            what = f"Secret key ({key.algorithm})"
            add_secret(what, _BKS, alias, self._context, protection=protection)


@dataclass(frozen=True, slots=True)
class _Certificate:
    """A certificate entry. kind: "X.509"."""

    kind: str
    encoded: bytes = field(repr=False)

    @classmethod
    def read(cls, reader: java_data.Reader) -> "_Certificate":
        return cls(reader.text(), reader.block())


@dataclass(frozen=True, slots=True)
class _Key:
    """A key. kind: private, public or secret. algorithm: Java's name of it."""

    kind: int
    algorithm: str
    encoded: bytes = field(repr=False)

    @classmethod
    def read(cls, reader: java_data.Reader) -> "_Key":
        kind = reader.number(1)
        form = reader.text()
        if kind > _SECRET_KEY or form not in ("PKCS#8", "PKCS8", "X.509", "X509", "RAW"):
            raise der.DerError("a key of a kind that we do not know")
        return cls(kind, reader.text(), reader.block())
