"""SSH's wire encoding (RFC 4251, section 5) and the keys in it (RFC 4253, 5656, 8332, 8709).

OpenSSH's files, PuTTY's and RFC 4716's all hold the same blobs: the name of a kind of key, then
its numbers as strings with their length before them.
"""

import hashlib
from base64 import b64encode
from dataclasses import dataclass

from mtlsgui.formats.keys import structures as key_structures
from mtlsgui.formats.limits import Limits, check_rsa_bits


class WireError(ValueError):
    """The bytes are not what they should be."""


class Reader:
    """Takes one value after the other from bytes. Its methods raise WireError when they end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        value = self._data[self._at : self._at + count]
        if len(value) != count:
            raise WireError("cut short")
        self._at += count
        return value

    def number(self) -> int:
        """A uint32."""
        return int.from_bytes(self.take(4), "big")

    def long(self) -> int:
        """A uint64."""
        return int.from_bytes(self.take(8), "big")

    def string(self) -> bytes:
        return self.take(self.number())

    def text(self) -> str:
        """A string of printable characters; others become replacement characters."""
        return self.string().decode("utf-8", "replace")

    def mpint(self) -> int:
        """A number that is never negative in a key, whatever its first bit says."""
        return int.from_bytes(self.string(), "big")

    def rest(self) -> bytes:
        return self.take(len(self._data) - self._at)

    @property
    def done(self) -> bool:
        return self._at == len(self._data)


@dataclass(frozen=True, slots=True)
class CurveName:
    """A curve as SSH and as X.509 name it. bits: of its order."""

    oid: str
    bits: int


CURVES = {
    "nistp256": CurveName("1.2.840.10045.3.1.7", 256),
    "nistp384": CurveName("1.3.132.0.34", 384),
    "nistp521": CurveName("1.3.132.0.35", 521),
}
EDWARDS = {"ssh-ed25519": "1.3.101.112", "ssh-ed448": "1.3.101.113"}
SECURITY_KEYS = {
    "sk-ssh-ed25519@openssh.com": "ssh-ed25519",
    "sk-ecdsa-sha2-nistp256@openssh.com": "ecdsa-sha2-nistp256",
}
"""Keys on a FIDO token (PROTOCOL.u2f), and the kind of their public half."""
CERTIFICATE = "-cert-v01@openssh.com"
KINDS = (
    *EDWARDS,
    *SECURITY_KEYS,
    "ssh-rsa",
    "ssh-dss",
    *(f"ecdsa-sha2-{name}" for name in CURVES),
)


@dataclass(frozen=True, slots=True)
class PublicBlob:
    """A public key. spki: its SubjectPublicKeyInfo."""

    kind: str
    spki: bytes

    @property
    def on_token(self) -> bool:
        """Its private half is on a FIDO token; what is in files is a handle."""
        return self.kind in SECURITY_KEYS


def public(blob: bytes) -> PublicBlob:
    """The public key in a blob. Raises WireError for a damaged one or an unknown kind."""
    reader = Reader(blob)
    return public_fields(reader.text(), reader)


def public_fields(kind: str, reader: Reader) -> PublicBlob:
    """A public key's fields after the name of its kind, as certificates have them, too."""
    plain = SECURITY_KEYS.get(kind, kind)
    if plain == "ssh-rsa":
        exponent, modulus = reader.mpint(), reader.mpint()
        spki = key_structures.rsa_public(modulus, exponent)
    elif plain == "ssh-dss":
        p, q, g, y = (reader.mpint() for _ in range(4))
        spki = key_structures.dsa_public(p, q, g, y)
    elif plain in EDWARDS:
        spki = key_structures.edwards_public(EDWARDS[plain], reader.string())
    elif (found := curve(plain)) is not None:
        reader.string()
        spki = key_structures.ec_public(found.oid, reader.string())
    else:
        raise WireError(f"it is a key of a kind that we do not know ({kind[:64]})")
    if kind in SECURITY_KEYS:
        reader.string()  # the application, such as "ssh:"
    return PublicBlob(kind, spki)


def private_fields(kind: str, reader: Reader, limits: Limits) -> bytes:
    """The PrivateKeyInfo of the fields that OpenSSH writes after the name of the kind."""
    if kind == "ssh-rsa":
        n, e, d, _coefficient, p, q = (reader.mpint() for _ in range(6))
        check_rsa_bits(max(number.bit_length() for number in (n, e, d, p, q)), limits)
        return key_structures.rsa_private(n, e, d, p, q)
    if kind == "ssh-dss":
        p, q, g, _y, x = (reader.mpint() for _ in range(5))
        return key_structures.dsa_private(p, q, g, x)
    if kind in EDWARDS:
        public_half, both = reader.string(), reader.string()
        return key_structures.edwards_private(EDWARDS[kind], both[: -len(public_half)])
    if (found := curve(kind)) is not None:
        reader.string()
        point, value = reader.string(), reader.mpint()
        return key_structures.ec_private(found.oid, found.bits, value, point)
    raise WireError(f"it is a key of a kind that we do not know ({kind[:64]})")


def curve(kind: str) -> CurveName | None:
    """The curve of a kind such as "ecdsa-sha2-nistp256"; None for all others."""
    before, _, name = kind.partition("ecdsa-sha2-")
    return None if before else CURVES.get(name)


def fingerprint(blob: bytes) -> str:
    """As ssh-keygen shows it: "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"."""
    return "SHA256:" + b64encode(hashlib.sha256(blob).digest()).rstrip(b"=").decode()
