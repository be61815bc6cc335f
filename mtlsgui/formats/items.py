"""What is found in a file, as data. No secret shows in any `repr`.

Items come from a process of their own, which reads files: they hold plain data that pickles, and
load keys when they are asked for them.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, TypeAlias

from mtlsgui.pki.describe.tree import Description, Field
from mtlsgui.pki.facts import CertificateFacts, CrlFacts, RequestFacts
from mtlsgui.pki.keys import KeyInfo, PrivateKey, PublicKey, certified_key, signing_key


@dataclass(frozen=True, kw_only=True)
class _Placed:
    """Where something was found.

    position: counted from 1 among what the file holds, in file order.
    container: the innermost format it stood in: "pem", "der", "pkcs7", "pkcs12".
    inside: the place within a file that holds files: "tls.crt in Secret web-tls"; else empty.
    """

    position: int = 0
    container: str = ""
    inside: str = ""


@dataclass(frozen=True)
class CertificateItem(_Placed):
    """A certificate.

    friendly_name: the alias that PKCS#12 and openssl's "Bag Attributes" give it.
    """

    kind: ClassVar[str] = "certificate"
    facts: CertificateFacts
    friendly_name: str | None = None


@dataclass(frozen=True)
class RequestItem(_Placed):
    """A certificate signing request."""

    kind: ClassVar[str] = "csr"
    facts: RequestFacts


@dataclass(frozen=True)
class CrlItem(_Placed):
    """A certificate revocation list."""

    kind: ClassVar[str] = "crl"
    facts: CrlFacts


@dataclass(frozen=True)
class PrivateKeyItem(_Placed):
    """A private key, or the place of one that could not be opened.

    pkcs8: its PrivateKeyInfo (RFC 5958), DER, not encrypted; None when it is locked.
    info, spki_sha256: None when they cannot be known without the passphrase.
    encrypted: it stands in the file under a passphrase.
    locked: the passphrase is needed and was not among those given.
    protection: how it is encrypted, in words; empty when it is not.
    """

    kind: ClassVar[str] = "private_key"
    pkcs8: bytes | None = field(repr=False)
    info: KeyInfo | None
    spki_sha256: str | None
    encrypted: bool = False
    locked: bool = False
    friendly_name: str | None = None
    protection: str = ""

    @cached_property
    def key(self) -> PrivateKey | None:
        """The key itself; None when it is locked, or of a kind that cannot sign certificates."""
        return None if self.pkcs8 is None else signing_key(self.pkcs8)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "key"}


@dataclass(frozen=True)
class PublicKeyItem(_Placed):
    """A public key. spki: its SubjectPublicKeyInfo (RFC 5280, 4.1), DER."""

    kind: ClassVar[str] = "public_key"
    spki: bytes = field(repr=False)
    info: KeyInfo
    spki_sha256: str

    @cached_property
    def key(self) -> PublicKey | None:
        """The key itself; None for kinds that cannot stand behind a certificate's signature."""
        return certified_key(self.spki)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "key"}


@dataclass(frozen=True)
class OtherItem(_Placed):
    """Something recognised that is none of the above, or that cannot be opened.

    kind: one of the kinds of CLI items: "other", "parameters", "secret", "ocsp_response", ….
    what: what it is, for people: "PKCS#12 file", "Diffie-Hellman parameters".
    problem: why there is no more to show; empty when there is nothing wrong.
    description: all that was decoded of it; never a secret.
    der: its encoding, for the ASN.1 tree; empty for what has none, or holds secrets.
    """

    what: str
    kind: str = "other"
    locked: bool = False
    protection: str = ""
    problem: str = ""
    description: Description | None = None
    der: bytes = field(default=b"", repr=False)


Item: TypeAlias = (
    CertificateItem | RequestItem | CrlItem | PrivateKeyItem | PublicKeyItem | OtherItem
)


def encoding_of(item: Item) -> bytes:
    """The DER of an item, for its ASN.1 tree; empty where it has none, or holds a secret."""
    match item:
        case CertificateItem() | RequestItem() | CrlItem():
            return item.facts.der
        case PublicKeyItem():
            return item.spki
        case OtherItem():
            return item.der
        case PrivateKeyItem():
            return b""


def spki_sha256_of(item: Item | None) -> str | None:
    """The digest of an item's public key, hex; None where it has none, or it cannot be told."""
    match item:
        case CertificateItem() | RequestItem():
            return item.facts.spki_sha256
        case PrivateKeyItem() | PublicKeyItem():
            return item.spki_sha256
    return None


def is_locked(item: Item | None) -> bool:
    """Whether a passphrase is missing."""
    return isinstance(item, PrivateKeyItem | OtherItem) and item.locked


@dataclass(frozen=True, slots=True)
class ReadError:
    """A part of a file that could not be read.

    where: the part, for people: "block 3 (CERTIFICATE), line 41"; empty for the whole file.
    bounded: a limit stood in the way, and a person may choose to go on without it.
    empty: it was read, and there is nothing in it.
    """

    where: str
    message: str
    bounded: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class ReadResult:
    """All that is in a file.

    format: what the file is as a whole, as CLI.md names it.
    about: what is to be said of the file as a whole, such as how a PKCS#12 is protected.
    """

    format: str
    items: tuple[Item, ...]
    errors: tuple[ReadError, ...]
    about: tuple[Field, ...] = ()

    @property
    def locked(self) -> bool:
        """A passphrase would show more."""
        return any(is_locked(item) for item in self.items)

    @property
    def bounded(self) -> bool:
        """More would be read without the usual limits."""
        return any(error.bounded for error in self.errors)
