"""The workspace's own certificates and keys as bytes, by the writers in `writing/`."""

from collections.abc import Sequence

from mtlsgui.formats import pem
from mtlsgui.formats.writing import certificates as certificate_writers
from mtlsgui.formats.writing import pkcs12, private_keys
from mtlsgui.formats.writing.errors import WriteError
from mtlsgui.formats.writing.store import StoreEntry
from mtlsgui.pki.facts import CertificateFacts, CrlFacts, RequestFacts
from mtlsgui.pki.keys import PrivateKey, PublicKey, pkcs8_der, spki_der, spki_sha256


def to_pem(certificates: Sequence[CertificateFacts]) -> bytes:
    """The certificates as PEM, one after the other in the order given."""
    return certificate_writers.certificates_pem(facts.der for facts in certificates)


def request_to_pem(request: RequestFacts) -> bytes:
    """The certificate signing request as PEM."""
    return pem.encode("CERTIFICATE REQUEST", request.der)


def crl_to_pem(crl: CrlFacts) -> bytes:
    """The revocation list as PEM."""
    return pem.encode("X509 CRL", crl.der)


def public_key_to_pem(key: PublicKey) -> bytes:
    """The SubjectPublicKeyInfo as PEM."""
    return pem.encode("PUBLIC KEY", spki_der(key))


def private_key_pem(key: PrivateKey, passphrase: bytes | None) -> bytes:
    """PKCS#8 in PEM, encrypted unless the passphrase is None; WriteError for an empty one."""
    return private_keys.pkcs8_pem(pkcs8_der(key), _text(passphrase))


def private_key_der(key: PrivateKey, passphrase: bytes | None) -> bytes:
    """PKCS#8 in DER, encrypted unless the passphrase is None; WriteError for an empty one."""
    return private_keys.pkcs8_der(pkcs8_der(key), _text(passphrase))


def _text(passphrase: bytes | None) -> str | None:
    return None if passphrase is None else passphrase.decode()


def to_pkcs12(
    key: PrivateKey | None,
    certificate: CertificateFacts | None,
    chain: Sequence[CertificateFacts] = (),
    *,
    password: bytes,
    alias: str = "",
    legacy: bool = False,
) -> bytes:
    """A PKCS#12 file (RFC 7292).

    chain: the other certificates, without `certificate`.
    alias: the friendly name of the key and its certificate.
    legacy: 3DES and SHA-1, for Windows before 10 1709, Java before 8u301, and old phones; else
        AES-256 with PBKDF2 and SHA-256.
    Raises WriteError for an empty password and a key that is not the certificate's.
    """
    if key and certificate and spki_sha256(key.public_key()) != certificate.spki_sha256:
        raise WriteError(
            "The PKCS#12 cannot be written", "The private key is not the certificate's."
        )
    ders = [facts.der for facts in ([certificate] if certificate else []) + list(chain)]
    entry = StoreEntry(alias, tuple(ders), pkcs8_der(key) if key else None)
    return pkcs12.pkcs12([entry], password.decode(), legacy=legacy)


def to_pkcs7(certificates: Sequence[CertificateFacts], *, as_pem: bool = False) -> bytes:
    """A certificates-only PKCS#7 (RFC 5652): a ".p7b"."""
    return certificate_writers.pkcs7([facts.der for facts in certificates], as_pem=as_pem)
