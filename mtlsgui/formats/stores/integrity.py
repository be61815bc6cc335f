"""The integrity code of PKCS#12: an HMAC under its own derivation (RFC 7292, B.4), or PBMAC1.

PBMAC1 is of RFC 8018, appendix A.5, and used as RFC 9879 says.
"""

import hashlib
import hmac
from dataclasses import dataclass

from mtlsgui.formats.protection.derivation import (
    FOR_MAC,
    Derivation,
    count,
    derivation_of,
    pkcs12_key,
)
from mtlsgui.formats.protection.encryption import Protection
from mtlsgui.formats.protection.hashing import hash_label, hash_name, hmac_name
from mtlsgui.formats.stores.pfx import IntegrityCode
from mtlsgui.pki import der

_PBMAC1 = "1.2.840.113549.1.5.14"
_LARGEST_KEY = 1024


@dataclass(frozen=True, slots=True)
class IntegrityCheck:
    """A code that can be checked.

    protection: what it is, for people ("HMAC-SHA-256, 2,048 rounds"), and what a try costs.
    size: bytes of the code's key.
    """

    protection: Protection
    size: int
    _hash: str
    _code: IntegrityCode
    _derivation: Derivation | None

    def fits(self, content: bytes, passphrase: bytes | None) -> bool:
        """The code over `content` is made with this passphrase. None is no passphrase at all."""
        if self._derivation is None:
            key = pkcs12_key(
                self._hash,
                FOR_MAC,
                passphrase,
                salt=self._code.salt,
                rounds=self._code.rounds,
                size=self.size,
            )
        else:
            key = self._derivation.derive(passphrase or b"", self.size)
        return hmac.compare_digest(hmac.digest(key, content, self._hash), self._code.digest)


def integrity_check(code: IntegrityCode) -> IntegrityCheck:
    """How a code is checked. Raises DerError for one that we do not know."""
    oid, *parameters = code.algorithm.children()
    if oid.oid() == _PBMAC1:
        how, scheme = parameters[0].children()[:2]
        derived = derivation_of(how)
        if (derived.size or 0) > _LARGEST_KEY:
            raise der.DerError("its key has a length that cannot be")
        name = hmac_name(scheme.children()[0].oid())
        text = f"PBMAC1: HMAC-{hash_label(name)}, {derived.text}"
        size = derived.size or hashlib.new(name).digest_size
        protection = Protection(text, derived.rounds, derived.memory)
        return IntegrityCheck(protection, size, name, code, derived)
    name = hash_name(oid.oid())
    text = f"HMAC-{hash_label(name)}, {count(code.rounds)}"
    size = hashlib.new(name).digest_size
    return IntegrityCheck(Protection(text, code.rounds), size, name, code, None)
