"""JSON Web Keys (RFC 7517, RFC 8037): one, or a set."""

import base64
import json
import re
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem
from mtlsgui.formats.limits import check_rsa_bits
from mtlsgui.formats.pem import as_text
from mtlsgui.formats.private_keys import private_key_item
from mtlsgui.formats.public_keys import public_key_item

_CURVES: dict[str, Callable[[], ec.EllipticCurve]] = {
    "P-256": ec.SECP256R1,
    "P-384": ec.SECP384R1,
    "P-521": ec.SECP521R1,
    "secp256k1": ec.SECP256K1,
}
_KEY_TYPE = re.compile(rb'"kty"\s*:')


def recognise(data: bytes) -> bool:
    """A JSON object that speaks of a key type."""
    start = as_text(data[:64]).lstrip()
    return start.startswith(b"{") and _KEY_TYPE.search(as_text(data)) is not None


def read_jwk(data: bytes, context: Context) -> str:
    """One key, or the keys of a set. Malformed ones are errors of their own."""
    if len(data) > context.limits.json_size:
        context.error("", f"It is JSON of more than {context.limits.json_size:,} bytes.")
        return "jwk"
    try:
        document = json.loads(as_text(data))
    except (ValueError, RecursionError):
        context.error("", "It looks like a JSON Web Key, but it is not valid JSON.")
        return "jwk"
    keys = document.get("keys", [document]) if isinstance(document, dict) else []
    for number, key in enumerate(keys if isinstance(keys, list) else [], 1):
        with context.part(f"key {number}"):
            if not isinstance(key, dict):
                raise ValueError("it is not a JSON object")
            _read_one(key, context)
    return "jwk"


def _read_one(key: dict[str, Any], context: Context) -> None:
    kind = key.get("kty")
    if kind == "oct":
        context.add(OtherItem("Symmetric key", kind="secret", container="jwk"))
    elif kind == "EC":
        _elliptic(key, context)
    elif kind == "OKP":
        _edwards(key, context)
    elif kind == "RSA":
        _rsa(key, context)
    else:
        context.add(OtherItem("JSON Web Key of a kind that we do not know", container="jwk"))


def _bytes(key: dict[str, Any], member: str) -> bytes:
    text = key.get(member)
    if not isinstance(text, str):
        raise ValueError(f'its member "{member}" is missing')
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise ValueError(f'its member "{member}" is not base64url') from None


def _number(key: dict[str, Any], member: str) -> int:
    return int.from_bytes(_bytes(key, member), "big")


def _elliptic(key: dict[str, Any], context: Context) -> None:
    curve = _CURVES.get(str(key.get("crv")))
    if curve is None:
        raise ValueError("its curve is one that we do not know")
    public = ec.EllipticCurvePublicNumbers(_number(key, "x"), _number(key, "y"), curve())
    if "d" in key:
        private = ec.EllipticCurvePrivateNumbers(_number(key, "d"), public).private_key()
        context.add(private_key_item(private, "jwk", context.limits))
    else:
        context.add(public_key_item(public.public_key(), "jwk"))


def _edwards(key: dict[str, Any], context: Context) -> None:
    curve = key.get("crv")
    if curve not in ("Ed25519", "Ed448"):
        context.add(OtherItem(f"Key agreement key ({curve})", container="jwk"))
        return
    private_class = ed25519.Ed25519PrivateKey if curve == "Ed25519" else ed448.Ed448PrivateKey
    public_class = ed25519.Ed25519PublicKey if curve == "Ed25519" else ed448.Ed448PublicKey
    if "d" in key:
        private = private_class.from_private_bytes(_bytes(key, "d"))
        context.add(private_key_item(private, "jwk", context.limits))
    else:
        context.add(public_key_item(public_class.from_public_bytes(_bytes(key, "x")), "jwk"))


def _rsa(key: dict[str, Any], context: Context) -> None:
    n, e = _number(key, "n"), _number(key, "e")
    check_rsa_bits(n.bit_length(), context.limits)
    public = rsa.RSAPublicNumbers(e, n)
    if "d" not in key:
        context.add(public_key_item(public.public_key(), "jwk"))
        return
    d, p, q = _number(key, "d"), _number(key, "p"), _number(key, "q")
    numbers = rsa.RSAPrivateNumbers(
        p=p,
        q=q,
        d=d,
        dmp1=_number(key, "dp"),
        dmq1=_number(key, "dq"),
        iqmp=_number(key, "qi"),
        public_numbers=public,
    )
    private = numbers.private_key(unsafe_skip_rsa_key_validation=True)
    context.add(private_key_item(private, "jwk", context.limits))
