"""JSON Web Keys (RFC 7517, RFC 7518, RFC 8037), one or a set; encrypted ones (RFC 7516) by name.

ML-DSA keys ("AKP") are those of draft-ietf-cose-dilithium.
"""

import base64
import json
import re
from collections.abc import Mapping
from typing import Any, TypeGuard

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem
from mtlsgui.formats.keys import structures as key_structures
from mtlsgui.formats.keys.private_keys import add_private
from mtlsgui.formats.keys.public_keys import public_item
from mtlsgui.formats.keys.ssh_wire import CurveName
from mtlsgui.formats.limits import check_rsa_bits
from mtlsgui.pki import key_kinds

CONTAINER = "jwk"
_CURVES = {
    "P-256": CurveName("1.2.840.10045.3.1.7", 256),
    "P-384": CurveName("1.3.132.0.34", 384),
    "P-521": CurveName("1.3.132.0.35", 521),
    "secp256k1": CurveName("1.3.132.0.10", 256),
    "BP-256": CurveName("1.3.36.3.3.2.8.1.1.7", 256),
    "BP-384": CurveName("1.3.36.3.3.2.8.1.1.11", 384),
    "BP-512": CurveName("1.3.36.3.3.2.8.1.1.13", 512),
}
_OKP = ("Ed25519", "Ed448", "X25519", "X448")
_AKP = ("ML-DSA-44", "ML-DSA-65", "ML-DSA-87")
_COMPACT = re.compile(rb"\s*eyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){4}\s*")
_LONGEST_NUMBER = 8_192  # bytes
_MOST_CERTIFICATES = 100


def recognise(data: bytes) -> bool:
    """A JWE in its compact form; keys in JSON are found by `json_file`."""
    return data.lstrip()[:3] == b"eyJ" and _COMPACT.fullmatch(data) is not None


def read_jwk(data: bytes, context: Context) -> str:
    """A JWE in its compact form."""
    _encrypted(_header(data.strip().partition(b".")[0].decode()), context)
    return CONTAINER


def is_key(value: object) -> TypeGuard[Mapping[str, Any]]:
    """A mapping that is a key, or an encrypted one."""
    return isinstance(value, Mapping) and (
        isinstance(value.get("kty"), str) or {"ciphertext", "protected", "iv"} <= value.keys()
    )


def is_document(value: object) -> TypeGuard[Mapping[str, Any]]:
    """A key, or a set of them: the member "keys" of an object."""
    if isinstance(value, Mapping) and isinstance(value.get("keys"), list):
        return any(is_key(key) for key in value["keys"])
    return is_key(value)


def read_document(document: Mapping[str, Any], context: Context) -> None:
    """A key, or a set of them. Malformed ones are errors of their own."""
    for number, key in enumerate(document.get("keys", [document]), 1):
        with context.part(f"key {number}"):
            if not isinstance(key, Mapping):
                raise ValueError("it is not a JSON object")
            read_key(key, context)


def read_key(key: Mapping[str, Any], context: Context) -> None:
    """One key, and the certificates in its "x5c". Raises ValueError, MtlsguiError."""
    if "ciphertext" in key:
        _encrypted(_header(str(key.get("protected", ""))), context)
        return
    kind = key.get("kty")
    if kind == "EC":
        _elliptic(key, context)
    elif kind == "OKP":
        _edwards(key, context)
    elif kind == "RSA":
        _rsa(key, context)
    elif kind == "AKP":
        _post_quantum(key, context)
    elif kind == "oct":
        context.add(OtherItem("Symmetric key", kind="secret", container=CONTAINER))
    else:
        context.add(OtherItem("JSON Web Key of a kind that we do not know", container=CONTAINER))
    _certificates(key, context)


def _bytes(key: Mapping[str, Any], member: str) -> bytes:
    text = key.get(member)
    if not isinstance(text, str):
        raise ValueError(f'its member "{member}" is missing')
    if len(text) > 2 * _LONGEST_NUMBER:
        raise ValueError(f'its member "{member}" is too long')
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except ValueError:
        raise ValueError(f'its member "{member}" is not base64url') from None


def _number(key: Mapping[str, Any], member: str) -> int:
    return int.from_bytes(_bytes(key, member), "big")


def _add_private(pkcs8: bytes, key: Mapping[str, Any], context: Context) -> None:
    name = key.get("kid")
    friendly_name = name if isinstance(name, str) and name else None
    add_private(pkcs8, CONTAINER, context, friendly_name=friendly_name)


def _add_public(spki: bytes, context: Context) -> None:
    context.add(public_item(spki, CONTAINER, context.limits))


def _elliptic(key: Mapping[str, Any], context: Context) -> None:
    curve = _CURVES.get(str(key.get("crv")))
    if curve is None:
        raise ValueError("its curve is one that we do not know")
    size = (curve.bits + 7) // 8
    try:
        point = b"\4" + b"".join(_number(key, part).to_bytes(size, "big") for part in "xy")
    except OverflowError:
        raise ValueError("its point is larger than its curve") from None
    if "d" in key:
        private = key_structures.ec_private(curve.oid, curve.bits, _number(key, "d"), point)
        _add_private(private, key, context)
    else:
        _add_public(key_structures.ec_public(curve.oid, point), context)


def _edwards(key: Mapping[str, Any], context: Context) -> None:
    curve = key.get("crv")
    if curve not in _OKP:
        raise ValueError("its curve is one that we do not know")
    oid = key_kinds.oid_of(str(curve))
    if "d" in key:
        _add_private(key_structures.edwards_private(oid, _bytes(key, "d")), key, context)
    else:
        _add_public(key_structures.edwards_public(oid, _bytes(key, "x")), context)


def _post_quantum(key: Mapping[str, Any], context: Context) -> None:
    name = key.get("alg")
    if name not in _AKP:
        raise ValueError("its algorithm is one that we do not know")
    oid = key_kinds.oid_of(str(name))
    if "priv" in key:
        _add_private(key_structures.seed_private(oid, _bytes(key, "priv")), key, context)
    else:
        _add_public(key_structures.edwards_public(oid, _bytes(key, "pub")), context)


def _rsa(key: Mapping[str, Any], context: Context) -> None:
    n, e = _number(key, "n"), _number(key, "e")
    check_rsa_bits(max(n.bit_length(), e.bit_length()), context.limits)
    if "d" not in key:
        _add_public(key_structures.rsa_public(n, e), context)
        return
    d = _number(key, "d")
    if "oth" in key:
        raise ValueError("it is an RSA key of more than two primes")
    if "p" not in key:
        raise ValueError("its primes are missing, and only some libraries can use it so")
    private = key_structures.rsa_private(n, e, d, _number(key, "p"), _number(key, "q"))
    _add_private(private, key, context)


def _certificates(key: Mapping[str, Any], context: Context) -> None:
    """Those in "x5c": plain base64 of DER, leaf first (RFC 7517, section 4.7)."""
    chain = key.get("x5c")
    for number, text in enumerate(chain[:_MOST_CERTIFICATES] if isinstance(chain, list) else [], 1):
        with context.part(f'certificate {number} of its member "x5c"'):
            encoded = base64.b64decode(str(text), validate=True)
            context.read_inside(encoded, f"x5c[{number - 1}]")


def _header(text: str) -> Mapping[str, Any]:
    """The protected header of a JWE; empty when it cannot be read."""
    try:
        header = json.loads(_bytes({"header": text}, "header"))
    except (ValueError, RecursionError):
        return {}
    return header if isinstance(header, Mapping) else {}


def _encrypted(header: Mapping[str, Any], context: Context) -> None:
    words = (str(header[name])[:64] for name in ("enc", "alg") if name in header)
    context.add(
        OtherItem(
            "Encrypted JSON Web Key (JWE)",
            kind="secret",
            locked=True,
            protection=", ".join(words),
            problem="We do not decrypt JWE.",
            container=CONTAINER,
        )
    )
