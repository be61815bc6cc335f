"""Private keys as files of their own: PKCS#8, and the older forms of RSA, EC and DSA keys.

A key comes as its PrivateKeyInfo (RFC 5958, DER), so kinds that no library of ours can use are
written as well.
"""

import hashlib
import os

from cryptography.hazmat.primitives.ciphers import algorithms

from mtlsgui.formats import pem
from mtlsgui.formats.writing.encrypting import Derivation, cbc, pbes2, pkcs12_3des
from mtlsgui.formats.writing.errors import WriteError, check_passphrase
from mtlsgui.pki import der, key_kinds

_EC_PARAMETERS = 0xA0
_TRADITIONAL = {
    key_kinds.RSA: "RSA PRIVATE KEY",
    key_kinds.EC: "EC PRIVATE KEY",
    key_kinds.DSA: "DSA PRIVATE KEY",
}


def pkcs8_der(
    pkcs8: bytes,
    passphrase: str | None = None,
    derivation: Derivation = Derivation.PBKDF2,
    *,
    legacy: bool = False,
) -> bytes:
    """PKCS#8, in the clear where there is no passphrase.

    legacy: 3DES and SHA-1, for programs that do not know PBES2. Raises WriteError.
    """
    if passphrase is None:
        return pkcs8
    check_passphrase(passphrase)
    if legacy:
        algorithm, sealed = pkcs12_3des(pkcs8, passphrase)
    else:
        algorithm, sealed = pbes2(pkcs8, passphrase, derivation)
    return der.encode(der.SEQUENCE, algorithm, der.encode(der.OCTET_STRING, sealed))


def pkcs8_pem(
    pkcs8: bytes,
    passphrase: str | None = None,
    derivation: Derivation = Derivation.PBKDF2,
    *,
    legacy: bool = False,
) -> bytes:
    """As `pkcs8_der`, in PEM."""
    label = "PRIVATE KEY" if passphrase is None else "ENCRYPTED PRIVATE KEY"
    return pem.encode(label, pkcs8_der(pkcs8, passphrase, derivation, legacy=legacy))


def traditional_pem(pkcs8: bytes, passphrase: str | None = None) -> bytes:
    """PKCS#1 (RFC 8017), SEC 1 (RFC 5915) or OpenSSL's form of DSA keys, in PEM.

    With a passphrase it is encrypted as OpenSSL once did (AES-256-CBC, its key from one round of
    MD5), which protects little. Raises WriteError for other kinds of key.
    """
    label, body = _traditional(pkcs8)
    if passphrase is None:
        return pem.encode(label, body)
    check_passphrase(passphrase)
    vector = os.urandom(16)
    key = _key_of_old(passphrase.encode(), vector[:8])
    block = pem.encode(label, cbc(algorithms.AES(key), vector, body))
    begin, rest = block.split(b"\n", 1)
    headers = f"Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,{vector.hex().upper()}\n\n"
    return begin + b"\n" + headers.encode() + rest


def _key_of_old(passphrase: bytes, salt: bytes) -> bytes:
    """OpenSSL's EVP_BytesToKey with MD5 and one round."""
    first = hashlib.md5(passphrase + salt).digest()  # noqa: S324 - the format has no other
    return first + hashlib.md5(first + passphrase + salt).digest()  # noqa: S324


def _traditional(pkcs8: bytes) -> tuple[str, bytes]:
    """The PEM label and the DER."""
    _version, algorithm, private, *_ = der.read(pkcs8).children()
    oid, *parameters = algorithm.children()
    kind = oid.oid()
    label = _TRADITIONAL.get(kind)
    if label is None:
        name = key_kinds.algorithm_info(algorithm).label
        raise WriteError(
            f"{name} keys have no older form", "Only RSA, EC and DSA keys have.", "Take PKCS#8."
        )
    if kind == key_kinds.RSA:
        return label, private.value
    if kind == key_kinds.EC:
        return label, _sec1(private.value, parameters[0].encoded)
    return label, _dsa(der.read(private.value).integer(), parameters[0].children())


def _sec1(key: bytes, curve: bytes) -> bytes:
    """In PKCS#8 the curve stands outside; on its own the key has to name it."""
    version, number, *rest = der.read(key).children()
    others = [part.encoded for part in rest if part.tag != _EC_PARAMETERS]
    named = der.encode(_EC_PARAMETERS, curve)
    return der.encode(der.SEQUENCE, version.encoded, number.encoded, named, *others)


def _dsa(x: int, domain: list[der.Node]) -> bytes:
    p, q, g = (number.integer() for number in domain[:3])
    return der.encode(der.SEQUENCE, *map(der.encode_integer, (0, p, q, g, pow(g, x, p), x)))
