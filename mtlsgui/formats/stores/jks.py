"""Java's keystores JKS and JCEKS.

The formats are those of sun.security.provider.JavaKeyStore and com.sun.crypto.provider.JceKeyStore:
numbers are big-endian, certificates stand in the clear, each key under a passphrase of its own,
and a digest over everything under the store's.
"""

import hashlib
import hmac
from collections import Counter
from functools import partial

from mtlsgui.formats.context import Context
from mtlsgui.formats.protection.opening import Opener, fit_note, weakness_of_code
from mtlsgui.formats.stores import java_data
from mtlsgui.formats.stores.jks_keys import java_passphrase, lock_of
from mtlsgui.formats.stores.stored import (
    CERTIFICATE_TYPES,
    add_certificate,
    add_key,
    add_secret,
    say_entries,
)
from mtlsgui.pki import der

_NAMES = {b"\xfe\xed\xfe\xed": "jks", b"\xce\xce\xce\xce": "jceks"}
_DIGEST = 20
_SALT_OF_DIGEST = b"Mighty Aphrodite"
_KEY, _CERTIFICATE, _SECRET = 1, 2, 3


def recognise(data: bytes) -> bool:
    """It starts with one of the two magic numbers and a version that there has been."""
    return data[:4] in _NAMES and data[4:8] in (b"\0\0\0\1", b"\0\0\0\2")


def read_jks(data: bytes, context: Context) -> str:
    """All entries: keys with their chains, trusted certificates, secret keys by name."""
    reader = _Reader(data, context)
    reader.read()
    return reader.name


class _Reader:
    """The reading of one keystore."""

    def __init__(self, data: bytes, context: Context) -> None:
        self.name = _NAMES[data[:4]]
        self._data = data
        self._context = context
        self._typed = data[7] == 2  # version 1 does not say what kind a certificate is of
        self._opener = Opener(context, (*context.passphrases, b""))
        self._counts: Counter[str] = Counter()

    def read(self) -> None:
        """Put everything into the context."""
        context = self._context
        # Cut short, the last bytes are no digest, and may be the middle of an entry.
        reader = java_data.Reader(self._data, 8)
        read = 0
        with context.part(""):
            count = reader.number(4)
            try:
                while read < count and read < context.limits.pem_blocks:
                    self._entry(reader, read + 1)
                    read += 1
                if read < count:
                    context.error("", f"Only the first {read:,} of {count:,} entries were read.")
                elif reader.left != _DIGEST:
                    raise der.DerError("what follows is no digest")
            except der.DerError as error:
                context.error("", f"It breaks off after {read:,} of {count:,} entries: {error}.")
            else:
                self._check_digest()
        say_entries(self._counts, self.name, context)

    def _check_digest(self) -> None:
        covered, digest = self._data[:-_DIGEST], self._data[-_DIGEST:]
        fitting: list[bytes] = []
        for passphrase in (*self._context.passphrases, b""):
            spoken = java_passphrase(passphrase) + _SALT_OF_DIGEST
            made = hashlib.sha1(spoken + covered).digest()  # noqa: S324 # it is what the file has
            if hmac.compare_digest(made, digest):
                fitting.append(passphrase)
        weakness = weakness_of_code(_DIGEST, fitting)
        note = fit_note(fitting, self._context.passphrases, weakness)
        self._context.about("Integrity code", "SHA-1 over the passphrase and everything", note)

    def _entry(self, reader: java_data.Reader, number: int) -> None:
        """Raises DerError where the structure breaks; what is wrong inside is an entry's error."""
        kind, alias = reader.number(4), reader.text()
        reader.take(8)  # when it was made
        place = f"entry {number} ({alias})" if alias else f"entry {number}"
        if kind == _KEY:
            encrypted = reader.block()
            chain = [self._certificate(reader) for _ in range(reader.number(4))]
            with self._context.part(place):
                lock = partial(lock_of, encrypted)
                add_key(lock, self.name, alias or None, self._opener, self._context)
            for at, (type_name, encoded) in enumerate(chain, 1):
                with self._context.part(f"{place}, certificate {at}"):
                    self._add_certificate(type_name, encoded, alias if at == 1 else None)
            self._counts["private key"] += 1
        elif kind == _CERTIFICATE:
            type_name, encoded = self._certificate(reader)
            with self._context.part(place):
                self._add_certificate(type_name, encoded, alias)
            self._counts["trusted certificate"] += 1
        elif kind == _SECRET and self.name == "jceks":
            sealed = java_data.sealed_object(reader)
            with self._context.part(place):
                protection = sealed.get("sealAlg", "")
                add_secret("Secret key", self.name, alias, self._context, protection=protection)
            self._counts["secret key"] += 1
        else:
            raise der.DerError(f"an entry of a kind that we do not know ({kind})")

    def _certificate(self, reader: java_data.Reader) -> tuple[str, bytes]:
        return reader.text() if self._typed else "X.509", reader.block()

    def _add_certificate(self, type_name: str, encoded: bytes, alias: str | None) -> None:
        if type_name not in CERTIFICATE_TYPES:
            raise der.DerError(f"a certificate of a kind that we do not know ({type_name})")
        add_certificate(encoded, self.name, alias or None, self._context)
