"""Trying passphrases on the parts of a store."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from mtlsgui.formats.context import Context
from mtlsgui.formats.protection.encryption import Protection
from mtlsgui.pki import der

_T = TypeVar("_T")


class Opener:
    """Tries passphrases on one part of a store after the other, the one that fitted last first."""

    def __init__(self, context: Context, candidates: Iterable[bytes | None]) -> None:
        """candidates: None is no passphrase at all."""
        self._context = context
        self._candidates = list(dict.fromkeys(candidates))
        self.fitted: set[bytes | None] = set()

    def open(self, protection: Protection, decrypt: Callable[[bytes | None], _T]) -> _T | None:
        """What `decrypt` makes of the first passphrase that fits; None when none does.

        decrypt: raises ValueError for a wrong passphrase. What else it raises comes out of here,
        and RefusedError before a try would cost more than the file may.
        """
        for candidate in tuple(self._candidates):
            self._context.afford([protection], 1)
            try:
                opened = decrypt(candidate)
            except ValueError:
                continue
            self.fitted.add(candidate)
            self._candidates.remove(candidate)
            self._candidates.insert(0, candidate)
            return opened
        return None

    def try_last(self, candidate: bytes) -> None:
        """One more, for what none of the others opens."""
        if candidate not in self._candidates:
            self._candidates.append(candidate)


_SHORTEST_CODE_KEY = 16
"""Bytes of an integrity code's key: those of MD5, the shortest that is no choice of the file."""


def weakness_of_code(size: int, passphrases: Iterable[bytes | None]) -> str:
    """Why an integrity code that fits proves little; empty where it does not.

    size: of its key, in bytes. passphrases: those that it fits.
    """
    if not any(passphrases):
        return "it is made without a password"
    return f"its key has {size:,} bytes only" if size < _SHORTEST_CODE_KEY else ""


def fit_note(fits: object, given: object, weakness: str = "") -> str:
    """What is to be said of an integrity code.

    fits: a passphrase was found that it is made with. given: there were any to try.
    weakness: why others can make such a code too.
    """
    if fits and weakness:
        return f"It fits, which proves little: {weakness}."
    if fits:
        return "It fits: nothing was changed since it was written."
    if given:
        return "It fits none of the passphrases: another one is its own, or the file was changed."
    return "Not checked: that takes the passphrase."


def private_key_info(plain: bytes) -> bytes:
    """The PrivateKeyInfo at the start of decrypted bytes. Raises ValueError where there is none."""
    node = der.read(plain)
    tags = [part.tag for part in node.children()[:3]] if node.tag == der.SEQUENCE else []
    if tags != [der.INTEGER, der.SEQUENCE, der.OCTET_STRING]:
        raise der.DerError("not a private key")
    return node.encoded


def spellings(passphrases: Iterable[bytes]) -> list[bytes]:
    """Passphrases with what other programs make of letters beyond ASCII.

    Some hash the bytes of a Latin-1 terminal, some take UTF-8 for Latin-1 (as OpenSSL's pkcs12
    tries too). Each passphrase comes before its variants.
    """
    found: dict[bytes, None] = {}
    for passphrase in passphrases:
        found[passphrase] = None
        if passphrase.isascii():
            continue
        found[passphrase.decode("latin-1").encode()] = None
        try:
            found[passphrase.decode().encode("latin-1")] = None
        except UnicodeError:  # not UTF-8, or letters that Latin-1 has not
            continue
    return list(found)
