"""JSON Web Keys: RFC 7517, 7518 (RSA, EC), 8037 (Edwards curves), 9964 (ML-DSA)."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import (
    ec,
    ed448,
    ed25519,
    mldsa,
    rsa,
    x448,
    x25519,
)

from mtlsgui.formats.writing import loading
from mtlsgui.formats.writing.errors import WriteError

_CURVES = {
    "secp256r1": "P-256",
    "secp384r1": "P-384",
    "secp521r1": "P-521",
    "secp256k1": "secp256k1",
}
_OCTET_KEYS = {
    ed25519.Ed25519PublicKey: "Ed25519",
    ed448.Ed448PublicKey: "Ed448",
    x25519.X25519PublicKey: "X25519",
    x448.X448PublicKey: "X448",
}
_ML_DSA = {
    mldsa.MLDSA44PublicKey: "ML-DSA-44",
    mldsa.MLDSA65PublicKey: "ML-DSA-65",
    mldsa.MLDSA87PublicKey: "ML-DSA-87",
}


@dataclass(frozen=True)
class JsonWebKey:
    """One key to be written.

    pkcs8: the private key; where it is None, `spki` is the public one.
    certificates: DER, leaf first; name: its "kid".
    """

    pkcs8: bytes | None = field(default=None, repr=False)
    spki: bytes = b""
    certificates: tuple[bytes, ...] = ()
    name: str = ""


def jwk(keys: Sequence[JsonWebKey]) -> bytes:
    """One key as it is, several as a set. Raises WriteError for kinds that have no such form."""
    made = [_one(key) for key in keys]
    document = made[0] if len(made) == 1 else {"keys": made}
    return json.dumps(document, indent=2).encode() + b"\n"


def _one(key: JsonWebKey) -> dict[str, Any]:
    private = loading.private_key(key.pkcs8) if key.pkcs8 is not None else None
    public = private.public_key() if private else loading.public_key(key.spki)
    members = _public(public)
    if private:
        members |= _private(private)
    if key.name:
        members["kid"] = key.name
    if key.certificates:
        members["x5c"] = [base64.b64encode(each).decode() for each in key.certificates]
    return members


def _public(key: Any) -> dict[str, Any]:
    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        return {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
        size = (key.curve.key_size + 7) // 8
        point = key.public_numbers()
        return {
            "kty": "EC",
            "crv": _CURVES[key.curve.name],
            "x": _number(point.x, size),
            "y": _number(point.y, size),
        }
    for kind, curve in _OCTET_KEYS.items():
        if isinstance(key, kind):
            return {"kty": "OKP", "crv": curve, "x": _text(_raw(key))}
    for kind, name in _ML_DSA.items():
        if isinstance(key, kind):
            return {"kty": "AKP", "alg": name, "pub": _text(_raw(key))}
    raise WriteError("Such a key has no form as a JSON Web Key", "", "Take PKCS#8 or PEM.")


def _private(key: Any) -> dict[str, Any]:
    if isinstance(key, rsa.RSAPrivateKey):
        numbers = key.private_numbers()
        values = {
            "d": numbers.d,
            "p": numbers.p,
            "q": numbers.q,
            "dp": numbers.dmp1,
            "dq": numbers.dmq1,
            "qi": numbers.iqmp,
        }
        return {name: _number(value) for name, value in values.items()}
    if isinstance(key, ec.EllipticCurvePrivateKey):
        size = (key.curve.key_size + 7) // 8
        return {"d": _number(key.private_numbers().private_value, size)}
    raw = key.private_bytes_raw()
    ml_dsa = isinstance(key.public_key(), tuple(_ML_DSA))
    return {"priv" if ml_dsa else "d": _text(raw)}


def _raw(key: Any) -> bytes:
    raw: bytes = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return raw


def _number(value: int, size: int = 0) -> str:
    """RFC 7518, section 2: unsigned, big-endian, no more bytes than are needed or `size`."""
    return _text(value.to_bytes(size or (value.bit_length() + 7) // 8 or 1, "big"))


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
