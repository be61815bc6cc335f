"""Items to convert: a chain of three with keys of every kind, read as from files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.formats import write
from mtlsgui.formats.items import CertificateItem, Item, PrivateKeyItem
from mtlsgui.formats.read import read
from mtlsgui.pki import keys
from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.pki.keys import KeyAlgorithm, PrivateKey
from mtlsgui.pki.profiles import BUILT_IN
from tests.pki.judges import Authority, intermediate, leaf_contents, root

PASSPHRASE = "correct horse"
ROOT = root()
ISSUING = intermediate(ROOT)


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    return read_certificate(certificate.public_bytes(Encoding.DER))


TOP, INTERMEDIATE = facts_of(ROOT.certificate), facts_of(ISSUING.certificate)


@dataclass(frozen=True)
class Pair:
    """A server certificate and its key."""

    facts: CertificateFacts
    key: PrivateKey

    @property
    def pem(self) -> bytes:
        return write.to_pem([self.facts]) + self.key_pem

    @property
    def key_pem(self) -> bytes:
        return write.private_key_pem(self.key, None)


def pair(name: str, algorithm: str = "p256", issuer: Authority = ISSUING) -> Pair:
    key = keys.generate(KeyAlgorithm(algorithm))
    contents = leaf_contents(BUILT_IN["server"], name, common_name=name)
    return Pair(facts_of(issuer.issue(contents, key)), key)


def one(algorithm: str = "p256") -> Pair:
    """The pair of `web.example` with such a key, made once."""
    return _one(algorithm)


@cache
def _one(algorithm: str) -> Pair:
    return pair("web.example", algorithm)


def items_of(*parts: bytes | CertificateFacts) -> tuple[Item, ...]:
    """What is read from the parts, as from one file."""
    found = read(
        b"".join(part if isinstance(part, bytes) else write.to_pem([part]) for part in parts)
    )
    assert not found.errors
    return found.items


def read_back(data: bytes, *passphrases: str) -> tuple[Item, ...]:
    """What is in a file that was written; every part of it can be read."""
    found = read(data, passphrases=[each.encode() for each in passphrases])
    assert not found.errors
    return found.items


def keys_in(items: Sequence[Item]) -> set[str | None]:
    return {item.spki_sha256 for item in items if isinstance(item, PrivateKeyItem)}


def certificates_in(items: Sequence[Item]) -> list[str]:
    return [item.facts.fingerprint_sha256 for item in items if isinstance(item, CertificateItem)]
