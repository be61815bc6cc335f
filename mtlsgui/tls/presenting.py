"""Who presents a certificate to the other side, client or server: what OpenSSL is given for it."""

import warnings

from cryptography.hazmat.primitives.asymmetric.mldsa import (
    MLDSA44PrivateKey,
    MLDSA65PrivateKey,
    MLDSA87PrivateKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from OpenSSL import SSL, crypto

from mtlsgui.errors import MtlsguiError
from mtlsgui.pki.facts import load
from mtlsgui.pki.keys import PrivateKey, spki_sha256
from mtlsgui.tls.messages import Speaker
from mtlsgui.tls.question import Identity


class IdentityUnusable(MtlsguiError):
    """The certificate and key cannot be presented at all; found before connecting."""


class Presented:
    """An identity, loaded once for any number of contexts. side: who presents it.

    Raises IdentityUnusable, also by `apply_to`, where OpenSSL does not take it.
    """

    def __init__(self, identity: Identity, side: Speaker) -> None:
        if spki_sha256(identity.key.public_key()) != identity.certificate.spki_sha256:
            raise IdentityUnusable(
                "The private key does not belong to this certificate.",
                f"“{identity.name}” and the key chosen have different public keys.",
                "Choose the key that the certificate was issued for, or issue a new certificate.",
            )
        self._identity, self._side = identity, side
        try:
            self._certificate = load(identity.certificate)
            self._chain = [load(each) for each in identity.chain]
        except ValueError:
            raise self._unusable() from None

    def apply_to(self, context: SSL.Context) -> None:
        """Let the context present it: the certificate, what is sent with it, and its key."""
        try:
            context.use_certificate(self._certificate)
            _use_key(context, self._identity.key)
            # OpenSSL keeps keys by kind, and takes one without its certificate.
            context.check_privatekey()
            for each in self._chain:
                context.add_extra_chain_cert(each)
        except (SSL.Error, TypeError, ValueError):
            raise self._unusable() from None

    def _unusable(self) -> IdentityUnusable:
        key = self._identity.certificate.key
        return IdentityUnusable(
            "This certificate cannot be presented.",
            f"TLS here takes no {self._side} certificate with {key.label if key else 'its'} key.",
            "Choose one with an ECDSA P-256 key.",
        )


def _use_key(context: SSL.Context, key: PrivateKey) -> None:
    if not isinstance(key, MLDSA44PrivateKey | MLDSA65PrivateKey | MLDSA87PrivateKey):
        context.use_privatekey(key)
        return
    # pyOpenSSL does not convert `cryptography`'s ML-DSA keys, but reads them, in memory.
    encoded = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of its own key class
        context.use_privatekey(crypto.load_privatekey(crypto.FILETYPE_ASN1, encoded))
