"""Certificates and keys as bytes in the formats that other programs read."""

from collections.abc import Sequence

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs7, pkcs12

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats import pem
from mtlsgui.pki.chain import Chain
from mtlsgui.pki.facts import CertificateFacts, CrlFacts, RequestFacts, load
from mtlsgui.pki.keys import PrivateKey, PublicKey, key_info, spki_der

_PKCS12_ROUNDS = 50_000
"""Steps of key derivation in a PKCS#12: strong for its design, and quick to open in a browser."""


class WriteError(MtlsguiError):
    """It cannot be written in this format."""


def to_pem(certificates: Sequence[CertificateFacts]) -> bytes:
    """The certificates as PEM, one after the other in the order given."""
    return b"".join(pem.encode("CERTIFICATE", facts.der) for facts in certificates)


def request_to_pem(request: RequestFacts) -> bytes:
    """The certificate signing request as PEM."""
    return pem.encode("CERTIFICATE REQUEST", request.der)


def crl_to_pem(crl: CrlFacts) -> bytes:
    """The revocation list as PEM."""
    return pem.encode("X509 CRL", crl.der)


def public_key_to_pem(key: PublicKey) -> bytes:
    """The SubjectPublicKeyInfo as PEM."""
    return pem.encode("PUBLIC KEY", spki_der(key))


def chain_certificates(chain: Chain, *, include_root: bool = False) -> list[CertificateFacts]:
    """The chain as a server sends it: leaf first, without the self-signed root.

    A self-signed leaf stays: there is nothing else to send.
    """
    leaf, *above = chain.certificates
    return [leaf, *(facts for facts in above if include_root or not facts.self_signed)]


def full_chain(chain: Chain, *, include_root: bool = False) -> bytes:
    """The chain as PEM, for a server's certificate file."""
    return to_pem(chain_certificates(chain, include_root=include_root))


def private_key_pem(key: PrivateKey, passphrase: bytes | None) -> bytes:
    """PKCS#8 in PEM, encrypted unless the passphrase is None; WriteError for an empty one."""
    return _private_key(key, passphrase, serialization.Encoding.PEM)


def private_key_der(key: PrivateKey, passphrase: bytes | None) -> bytes:
    """PKCS#8 in DER, encrypted unless the passphrase is None; WriteError for an empty one."""
    return _private_key(key, passphrase, serialization.Encoding.DER)


def _private_key(
    key: PrivateKey, passphrase: bytes | None, encoding: serialization.Encoding
) -> bytes:
    encryption: serialization.KeySerializationEncryption
    if passphrase is None:
        encryption = serialization.NoEncryption()
    else:
        _not_empty(passphrase)
        encryption = serialization.BestAvailableEncryption(passphrase)
    return key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, encryption)


def _not_empty(passphrase: bytes) -> None:
    if not passphrase:
        raise WriteError(
            "The passphrase is empty", "An empty passphrase protects nothing.", "Type one."
        )


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
    Raises WriteError for an empty password, a key that is not the certificate's, and kinds of key
    that PKCS#12 cannot hold here.
    """
    _not_empty(password)
    if key is None and certificate is None and not chain:
        raise WriteError("There is nothing to write", "A PKCS#12 holds a key or certificates.")
    if key is not None and not isinstance(key, _PKCS12_KEYS):
        raise WriteError(
            f"{key_info(key.public_key()).label} keys cannot be put into a PKCS#12",
            "No program that reads PKCS#12 files reads them yet.",
            "Save the key and the certificate as PEM instead.",
        )
    builder = serialization.PrivateFormat.PKCS12.encryption_builder().kdf_rounds(_PKCS12_ROUNDS)
    if legacy:
        builder = builder.key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        builder = builder.hmac_hash(hashes.SHA1())  # noqa: S303 - old readers know nothing newer
    else:
        builder = builder.key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        builder = builder.hmac_hash(hashes.SHA256())
    try:
        return pkcs12.serialize_key_and_certificates(
            alias.encode() or None,
            key,
            load(certificate) if certificate else None,
            [load(facts) for facts in chain] or None,
            builder.build(password),
        )
    except (ValueError, TypeError) as error:
        raise WriteError("The PKCS#12 cannot be written", str(error)) from error


_PKCS12_KEYS = (
    rsa.RSAPrivateKey,
    dsa.DSAPrivateKey,
    ec.EllipticCurvePrivateKey,
    ed25519.Ed25519PrivateKey,
    ed448.Ed448PrivateKey,
)


def to_pkcs7(certificates: Sequence[CertificateFacts], *, as_pem: bool = False) -> bytes:
    """A certificates-only PKCS#7 (RFC 5652): a ".p7b". The format keeps no order."""
    if not certificates:
        raise WriteError("There is nothing to write", "A PKCS#7 holds at least one certificate.")
    encoding = serialization.Encoding.PEM if as_pem else serialization.Encoding.DER
    return pkcs7.serialize_certificates([load(facts) for facts in certificates], encoding)
