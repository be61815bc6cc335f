"""What things can be converted to, and how: for the Convert page and `mtlsctl convert` alike."""

from dataclasses import dataclass, field
from enum import StrEnum

from mtlsgui.formats.writing.encrypting import Derivation


class Target(StrEnum):
    """A form to convert to. The values are those of `mtlsctl convert --to`.

    NGINX, APACHE, HAPROXY and KUBERNETES hold one certificate with its key and chain, as those
    programs want it; CHAIN and CA hold certificates only, TRUSTSTORE those that Java is to trust.
    """

    PEM = "pem"
    DER = "der"
    PKCS12 = "pkcs12"
    PKCS7 = "pkcs7"
    PKCS8 = "pkcs8"
    PKCS1 = "pkcs1"
    JKS = "jks"
    OPENSSH = "openssh"
    SSH_PUBLIC = "ssh-public"
    PUBLIC = "public"
    JWK = "jwk"
    KUBERNETES = "kubernetes"
    NGINX = "nginx"
    APACHE = "apache"
    HAPROXY = "haproxy"
    TRUSTSTORE = "truststore"
    CHAIN = "chain"
    CA = "ca"

    @property
    def label(self) -> str:
        return _TRAITS[self].label

    @property
    def describes(self) -> str:
        """One line on what it is for."""
        return _TRAITS[self].describes

    @property
    def suffix(self) -> str:
        """How its file's name usually ends: ".p12". Of several files, the first one's."""
        return _TRAITS[self].suffix

    @property
    def needs_key(self) -> bool:
        """Cannot be made without a private key."""
        return "needs-key" in _TRAITS[self].traits

    @property
    def is_key_only(self) -> bool:
        """Holds private keys and nothing else."""
        return self in (Target.PKCS8, Target.PKCS1, Target.OPENSSH)

    @property
    def is_private(self) -> bool:
        """A private key may be in it."""
        return self.needs_key or "private" in _TRAITS[self].traits

    @property
    def can_encrypt(self) -> bool:
        """A private key in it can be put under a passphrase."""
        return self.needs_passphrase or "encrypts" in _TRAITS[self].traits

    @property
    def needs_passphrase(self) -> bool:
        """Is never without a passphrase."""
        return "passphrase" in _TRAITS[self].traits

    @property
    def can_scrypt(self) -> bool:
        """The passphrase can be stretched with scrypt as well as with PBKDF2."""
        return self in (
            Target.PEM, Target.DER, Target.PKCS8, Target.NGINX, Target.APACHE,
        )  # fmt: skip

    @property
    def can_legacy(self) -> bool:
        """There is a weaker kind for old readers."""
        return self in (Target.PKCS12, Target.TRUSTSTORE, Target.PKCS8, Target.PKCS1)

    @property
    def takes_part(self) -> bool:
        """Can be made of a part (`Part`) of what there is."""
        return self in (Target.PEM, Target.DER, Target.PKCS12, Target.PKCS7, Target.JKS, Target.JWK)

    @property
    def takes_alias(self) -> bool:
        """A name is written into it."""
        return self in (
            Target.PKCS12, Target.JKS, Target.TRUSTSTORE, Target.KUBERNETES, Target.JWK,
            Target.SSH_PUBLIC,
        )  # fmt: skip

    @property
    def holds_one(self) -> bool:
        """Has room for one certificate with its key and chain, and no more."""
        return self in (
            Target.DER, Target.OPENSSH, Target.KUBERNETES, Target.NGINX, Target.APACHE,
            Target.HAPROXY, Target.CHAIN,
        )  # fmt: skip

    @property
    def has_chain(self) -> bool:
        """The certificates above the leaf are in it, leaf first, where they are known."""
        return self in (
            Target.PEM, Target.PKCS12, Target.PKCS7, Target.JKS, Target.JWK, Target.KUBERNETES,
            Target.NGINX, Target.APACHE, Target.HAPROXY, Target.CHAIN,
        )  # fmt: skip

    @property
    def is_text(self) -> bool:
        """Can be copied to the clipboard as it is."""
        return self not in (
            Target.DER, Target.PKCS12, Target.PKCS7, Target.JKS, Target.TRUSTSTORE,
        )  # fmt: skip

    @property
    def is_several_files(self) -> bool:
        """Is made of several files, which go into a folder."""
        return self in (Target.NGINX, Target.APACHE)


@dataclass(frozen=True)
class _Traits:
    label: str
    describes: str
    suffix: str
    traits: frozenset[str] = frozenset()


def _of(label: str, describes: str, suffix: str, *traits: str) -> _Traits:
    return _Traits(label, describes, suffix, frozenset(traits))


_TRAITS = {
    Target.PEM: _of(
        "PEM", "Text that nearly every program reads: certificates, keys, requests.", ".pem",
        "private", "encrypts",
    ),
    Target.DER: _of(
        "DER", "One certificate, key or request in binary.", ".der", "private", "encrypts"
    ),
    Target.PKCS12: _of(
        "PKCS#12", "Key, certificate and chain in one file, for Windows, macOS, browsers, Java.",
        ".p12", "private", "passphrase",
    ),
    Target.PKCS7: _of("PKCS#7", "Certificates without keys, for Windows and Java.", ".p7b"),
    Target.PKCS8: _of(
        "PKCS#8", "The private key in today's form.", ".key", "needs-key", "encrypts"
    ),
    Target.PKCS1: _of(
        "PKCS#1 or SEC 1", "The private key in the form that older programs want.", ".key",
        "needs-key", "encrypts",
    ),
    Target.JKS: _of(
        "Java keystore (JKS)", "Java's old store: keys with their chains, or trusted certificates.",
        ".jks", "private", "passphrase",
    ),
    Target.OPENSSH: _of(
        "OpenSSH", "The private key for ssh.", "", "needs-key", "encrypts"
    ),
    Target.SSH_PUBLIC: _of(
        "OpenSSH public key", "A line for authorized_keys.", ".pub"
    ),
    Target.PUBLIC: _of("Public key", "The public key as PEM.", ".pub.pem"),
    Target.JWK: _of(
        "JSON Web Key", "The key as JSON, its certificates with it.", ".jwk", "private"
    ),
    Target.KUBERNETES: _of(
        "Kubernetes Secret", "A Secret of type kubernetes.io/tls, to apply to a cluster.", ".yaml",
        "needs-key",
    ),
    Target.NGINX: _of(
        "NGINX", "The full chain and the key, in two files.", "-fullchain.crt",
        "needs-key", "encrypts",
    ),
    Target.APACHE: _of(
        "Apache", "Certificate, chain and key, in three files.", ".crt", "needs-key", "encrypts"
    ),
    Target.HAPROXY: _of(
        "HAProxy", "Certificate, chain and key in one PEM file.", ".pem", "needs-key"
    ),
    Target.TRUSTSTORE: _of(
        "Java truststore", "The certificates that Java is to trust, as PKCS#12.", ".p12",
        "passphrase",
    ),
    Target.CHAIN: _of(
        "Full chain", "The certificate and its intermediates as PEM, as a server sends them.",
        "-fullchain.crt",
    ),
    Target.CA: _of(
        "CA certificates", "What the other side has to trust, as PEM.", ".pem"
    ),
}  # fmt: skip


class Part(StrEnum):
    """A part of what there is. The values are those of `mtlsctl convert --only`.

    LEAF is the certificate alone, CHAIN the certificate and those above it, KEY the private key,
    CA what the other side has to trust.
    """

    LEAF = "leaf"
    CHAIN = "chain"
    KEY = "key"
    CA = "ca"


@dataclass(frozen=True)
class Options:
    """How to convert.

    only: take that part alone.
    aliases: names of the entries, in their order; where there are none, the certificates' names.
        Where a target holds one certificate only, the first chooses it: by its name or the name
        that it has in its file.
    chain: take the certificates above the leaf too. include_root: and the root.
    passphrase: for what is written. Private keys are put under it where the target cannot do
        without, and elsewhere where `encrypt` says so; None writes them in the clear.
    legacy: the weaker kind, for old readers.
    leaf: the fingerprint of the certificate that is meant, where there are several.
    route: the fingerprints of a chain among `Plan.alternatives`, leaf first.
    """

    only: Part | None = None
    aliases: tuple[str, ...] = ()
    chain: bool = True
    include_root: bool = False
    encrypt: Derivation | None = None
    passphrase: str | None = field(default=None, repr=False)
    legacy: bool = False
    leaf: str | None = None
    route: tuple[str, ...] = ()
