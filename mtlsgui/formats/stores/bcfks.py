"""Bouncy Castle's FIPS keystore (org.bouncycastle.asn1.bc): ASN.1, encrypted as a whole.

Inside, each key is encrypted once more. Every key is derived from a passphrase in PKCS#12's
spelling, followed by what it is for in the same spelling.
"""

import hashlib
import hmac
from collections import Counter
from functools import partial

from mtlsgui.formats.context import Context
from mtlsgui.formats.protection import hashing
from mtlsgui.formats.protection.derivation import as_bmp, derivation_of
from mtlsgui.formats.protection.encryption import Protection
from mtlsgui.formats.protection.opening import Opener, fit_note, weakness_of_code
from mtlsgui.formats.protection.pbe import PBES2, scheme_of
from mtlsgui.formats.stores.stored import (
    Lock,
    add_certificate,
    add_key,
    add_locked_contents,
    add_secret,
    say_entries,
)
from mtlsgui.pki import der

_NAME = "bcfks"
_PBKDF2, _SCRYPT = "1.2.840.113549.1.5.12", "1.3.6.1.4.1.11591.4.11"
_CERTIFICATE, _PRIVATE_KEY, _SECRET_KEY, _PROTECTED_PRIVATE_KEY, _PROTECTED_SECRET_KEY = range(5)
_SIGNED = 0xA0
_LARGEST_CODE_KEY = 1024


def recognise(data: bytes) -> bool:
    """A store, and an integrity code that comes from a passphrase, or a signature."""
    if data[:1] != b"\x30":
        return False
    try:
        store, check = der.read(data).children()
        tags = [part.tag for part in store.children()]
        if tags != [der.SEQUENCE, der.OCTET_STRING] and tags[:2] != [der.INTEGER, der.SEQUENCE]:
            return False
        if check.tag == _SIGNED:
            return True
        _algorithm, how, code = check.children()
        return code.tag == der.OCTET_STRING and how.children()[0].oid() in (_PBKDF2, _SCRYPT)
    except (ValueError, IndexError):
        return False


def read_bcfks(data: bytes, context: Context) -> str:
    """All entries, or what shows without the passphrase: how it is protected."""
    _Reader(context).read(der.read(data))
    return _NAME


class _Reader:
    """The reading of one keystore."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._opener = Opener(context, (*context.passphrases, b""))
        self._counts: Counter[str] = Counter()

    def read(self, node: der.Node) -> None:
        """Put everything into the context."""
        store, check = node.children()
        with self._context.part("the integrity code"):
            self._check_code(check, store.encoded)
        parts = store.children()
        contents: der.Node | None = store
        if parts[0].tag == der.SEQUENCE:
            contents = self._open_store(store)
        if contents is None:
            return
        # Version, algorithm of the integrity code, when it was made and changed; the entries.
        for number, entry in enumerate(contents.children()[4].children(), 1):
            with self._context.part(f"entry {number}"):
                self._entry(entry)
        say_entries(self._counts, _NAME, self._context)

    def _check_code(self, check: der.Node, covered: bytes) -> None:
        """Find the passphrase that the code is made with: it opens the rest too, mostly."""
        if check.tag == _SIGNED:
            self._context.about("Integrity code", "none; it is signed, which is not checked")
            return
        algorithm, how, code = check.children()
        name = hashing.hmac_name(algorithm.children()[0].oid())
        derived = derivation_of(_as_meant(how))
        size = derived.size or hashlib.new(name).digest_size
        if size > _LARGEST_CODE_KEY:
            raise der.DerError("its key has a length that cannot be")
        text = f"HMAC-{hashing.hash_label(name)}, {derived.text}"

        def fits(passphrase: bytes | None) -> bool:
            key = derived.derive(_spoken(passphrase, "INTEGRITY_CHECK"), size)
            if not hmac.compare_digest(hmac.digest(key, covered, name), code.value):
                raise ValueError("another passphrase")
            return True

        note = ""
        try:
            protection = Protection(text, derived.rounds, derived.memory)
            found = self._opener.open(protection, fits)
            weakness = weakness_of_code(size, self._opener.fitted)
            note = fit_note(found, self._context.passphrases, weakness)
        finally:
            self._context.about("Integrity code", text, note)

    def _open_store(self, store: der.Node) -> der.Node | None:
        text = ""
        opened: der.Node | None = None
        try:
            lock = _lock(store, "STORE_ENCRYPTION")
            text = lock.protection.text
            self._context.about("Encryption of its contents", text)
            opened = self._opener.open(
                lock.protection, lambda passphrase: der.read(lock.decrypt(passphrase))
            )
        finally:
            if opened is None:
                add_locked_contents("BCFKS keystore", _NAME, self._context, protection=text)
        return opened

    def _entry(self, entry: der.Node) -> None:
        kind, identifier, _made, _changed, data, *_ = entry.children()
        alias = identifier.value.decode("utf-8", "replace")
        with self._context.part(alias):
            self._read_entry(kind.integer(), alias, data.value)

    def _read_entry(self, kind: int, alias: str, data: bytes) -> None:
        if kind == _CERTIFICATE:
            self._counts["trusted certificate"] += 1
            add_certificate(data, _NAME, alias, self._context)
        elif kind in (_PRIVATE_KEY, _PROTECTED_PRIVATE_KEY):
            self._counts["private key"] += 1
            encrypted, chain = der.read(data).children()
            with self._context.part("the key"):
                lock = partial(_lock, encrypted, "PRIVATE_KEY_ENCRYPTION")
                add_key(lock, _NAME, alias, self._opener, self._context)
            for number, certificate in enumerate(chain.children(), 1):
                with self._context.part(f"certificate {number}"):
                    name = alias if number == 1 else None
                    add_certificate(certificate.encoded, _NAME, name, self._context)
        elif kind in (_SECRET_KEY, _PROTECTED_SECRET_KEY):
            self._counts["secret key"] += 1
            protection = _lock(der.read(data), "").protection.text
            add_secret("Secret key", _NAME, alias, self._context, protection=protection)
        else:
            raise der.DerError(f"an entry of a kind that we do not know ({kind})")


def _lock(encrypted: der.Node, purpose: str) -> Lock:
    """How an EncryptedPrivateKeyInfo, or the store in the same form, is encrypted."""
    algorithm, data = encrypted.children()[:2]
    value = data.value
    scheme = scheme_of(_as_meant(algorithm))
    return Lock(
        Protection(scheme.text, scheme.rounds, scheme.memory),
        lambda passphrase: scheme.decrypt(value, _spoken(passphrase, purpose)),
    )


def _as_meant(algorithm: der.Node) -> der.Node:
    """An algorithm as Bouncy Castle takes it: scrypt is as parallel as its block is large."""
    oid, *rest = algorithm.children()
    if oid.oid() == PBES2:
        how, *cipher = rest[0].children()
        meant = (_as_meant(how).encoded, *(part.encoded for part in cipher))
    elif oid.oid() == _SCRYPT:
        salt, cost, block, _parallel, *size = (part.encoded for part in rest[0].children())
        meant = (salt, cost, block, block, *size)
    else:
        return algorithm
    return der.read(der.encode(der.SEQUENCE, oid.encoded, der.encode(der.SEQUENCE, *meant)))


def _spoken(passphrase: bytes | None, purpose: str) -> bytes:
    """An empty passphrase has no closing zeroes here, unlike in PKCS#12."""
    return (as_bmp(passphrase) if passphrase else b"") + as_bmp(purpose.encode())
