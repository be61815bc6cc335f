"""What is found in a file, as data. No secret shows in any `repr`."""

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from mtlsgui.pki.facts import CertificateFacts, CrlFacts, RequestFacts
from mtlsgui.pki.keys import KeyInfo, PrivateKey, PublicKey


@dataclass(frozen=True)
class CertificateItem:
    """A certificate.

    position: counted from 1 among what the file holds, in file order.
    container: the innermost format it stood in: "pem", "der", "pkcs7", "pkcs12".
    friendly_name: the alias that PKCS#12 and openssl's "Bag Attributes" give it.
    """

    kind: ClassVar[str] = "certificate"
    facts: CertificateFacts
    position: int = 0
    container: str = ""
    friendly_name: str | None = None


@dataclass(frozen=True)
class RequestItem:
    """A certificate signing request."""

    kind: ClassVar[str] = "csr"
    facts: RequestFacts
    position: int = 0
    container: str = ""


@dataclass(frozen=True)
class CrlItem:
    """A certificate revocation list."""

    kind: ClassVar[str] = "crl"
    facts: CrlFacts
    position: int = 0
    container: str = ""


@dataclass(frozen=True)
class PrivateKeyItem:
    """A private key, or the place of one that could not be opened.

    key: None when it is locked, and for kinds that cannot sign certificates (X25519, …).
    info, spki_sha256: None when they cannot be known without the passphrase.
    encrypted: it stands in the file under a passphrase.
    locked: the passphrase is needed and was not among those given.
    protection: how it is encrypted, in words; empty when it is not.
    container: "pkcs8", "pkcs1", "sec1", "openssh", "pkcs12", "jwk", …
    """

    kind: ClassVar[str] = "private_key"
    key: PrivateKey | None = field(repr=False)
    info: KeyInfo | None
    spki_sha256: str | None
    encrypted: bool = False
    locked: bool = False
    position: int = 0
    container: str = ""
    friendly_name: str | None = None
    protection: str = ""


@dataclass(frozen=True)
class PublicKeyItem:
    """A public key. `key` is None for kinds that cannot stand in a certificate's signature."""

    kind: ClassVar[str] = "public_key"
    key: PublicKey | None = field(repr=False)
    info: KeyInfo
    spki_sha256: str
    position: int = 0
    container: str = ""


@dataclass(frozen=True)
class OtherItem:
    """Something recognised that is none of the above, or that cannot be opened.

    kind: one of the kinds of CLI items: "other", "parameters", "secret", "ocsp_response", ….
    what: what it is, for people: "PKCS#12 file", "Diffie-Hellman parameters".
    problem: why there is no more to show; empty when there is nothing wrong.
    """

    what: str
    kind: str = "other"
    locked: bool = False
    protection: str = ""
    problem: str = ""
    position: int = 0
    container: str = ""


Item: TypeAlias = (
    CertificateItem | RequestItem | CrlItem | PrivateKeyItem | PublicKeyItem | OtherItem
)


@dataclass(frozen=True, slots=True)
class ReadError:
    """A part of a file that could not be read.

    where: the part, for people: "block 3 (CERTIFICATE), line 41"; empty for the whole file.
    """

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class ReadResult:
    """All that is in a file. `format` is what the file is as a whole, as CLI.md names it."""

    format: str
    items: tuple[Item, ...]
    errors: tuple[ReadError, ...]

    @property
    def locked(self) -> bool:
        """A passphrase would show more."""
        return any(
            isinstance(item, PrivateKeyItem | OtherItem) and item.locked for item in self.items
        )
