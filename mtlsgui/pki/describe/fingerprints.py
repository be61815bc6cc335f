"""What certificates, keys and names are known by: fingerprints, pins, and OpenSSL's file names."""

import base64
import hashlib

from mtlsgui.pki import der, values, x501
from mtlsgui.pki.describe import fields
from mtlsgui.pki.describe.tree import Field, Section

_FOLDED = {
    values.UTF8_STRING: "utf-8",
    values.PRINTABLE_STRING: "latin-1",
    values.TELETEX_STRING: "latin-1",
    values.IA5_STRING: "latin-1",
    values.VISIBLE_STRING: "latin-1",
    values.UNIVERSAL_STRING: "utf-32-be",
    values.BMP_STRING: "utf-16-be",
}
"""Types whose case and white space do not count in OpenSSL's hashes, and how it reads them."""
_FILE = ".0"
_SPACES = " \t\n\v\f\r"
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def pin(spki: bytes) -> str:
    """The pin of a SubjectPublicKeyInfo: "sha256/…=" (RFC 7469), as OkHttp takes it."""
    return "sha256/" + base64.b64encode(hashlib.sha256(spki).digest()).decode()


def pin_field(spki: bytes) -> Field:
    """The pin, with the form that curl takes."""
    value = pin(spki)
    curl = value.replace("sha256/", "sha256//", 1)
    return Field("Pin", value, note=f"curl --pinnedpubkey {curl}", monospace=True)


def key_identifier(spki: bytes) -> str:
    """SHA-1 of the key's bits, hex: the usual key identifier (RFC 5280, section 4.2.1.2).

    Raises DerError when `spki` is no SubjectPublicKeyInfo.
    """
    bits = der.read(spki).children()[-1]
    if bits.tag != der.BIT_STRING:
        raise der.DerError("not a public key")
    return _sha1(bits.value[1:])


def subject_hash(name: der.Node) -> str:
    """How OpenSSL names a file in a CA folder: X509_NAME_hash, eight hex digits.

    SHA-1 of the name's canonical encoding: strings as UTF-8, without case and needless white space.
    Raises DerError for what is no name.
    """
    canonical = b"".join(
        der.encode(der.SET, *sorted(_canonical(attribute) for attribute in rdn))
        for rdn in x501.read_name(name).rdns
    )
    return _first_bytes(hashlib.sha1(canonical, usedforsecurity=False).digest())


def old_subject_hash(name: der.Node) -> str:
    """The same before OpenSSL 1.0: MD5 of the name as it stands."""
    return _first_bytes(hashlib.md5(name.encoded, usedforsecurity=False).digest())


def certificate_section(
    encoded: bytes, sha256: str, spki: bytes, subject: der.Node, issuer: der.Node
) -> Section:
    """What a certificate is known by."""
    return Section(
        "Fingerprints",
        (
            fields.digest("SHA-256 fingerprint", sha256),
            fields.digest("SHA-1 fingerprint", _sha1(encoded)),
            pin_field(spki),
            *_hash_field("Subject hash", subject, _FILE),
            *_hash_field("Issuer hash", issuer, _FILE),
        ),
    )


def list_hash_field(issuer: der.Node) -> tuple[Field, ...]:
    """The hash of a CRL's issuer, by which OpenSSL finds the list in a CA folder."""
    return _hash_field("Issuer hash", issuer, ".r0")


def _hash_field(label: str, name: der.Node, ending: str) -> tuple[Field, ...]:
    try:
        value, old = subject_hash(name), old_subject_hash(name)
    except ValueError:  # a malformed name, or a string that is not of its type
        return ()
    note = f"In OpenSSL's CA folders the file is {value}{ending}; before 1.0, {old}{ending}"
    return (Field(label, value, note=note, monospace=True),)


def _canonical(attribute: x501.Attribute) -> bytes:
    encoded = attribute.encoded
    if encoding := _FOLDED.get(attribute.tag):
        text = der.read(encoded).value.decode(encoding)
        words = text.translate(dict.fromkeys(map(ord, _SPACES), " ")).split(" ")
        folded = " ".join(word for word in words if word).translate(_LOWER)
        encoded = der.encode(values.UTF8_STRING, folded.encode("utf-8", "surrogatepass"))
    return der.encode(der.SEQUENCE, der.encode_oid(attribute.oid), encoded)


def _first_bytes(digest: bytes) -> str:
    return f"{int.from_bytes(digest[:4], 'little'):08x}"


def _sha1(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()
