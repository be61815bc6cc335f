"""Files made to cost more than they should: each a few lines, none of them lies about for good."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

from mtlsgui.pki import der

_PBES2 = der.encode_oid("1.2.840.113549.1.5.13")
_PBKDF2 = der.encode_oid("1.2.840.113549.1.5.12")
_HMAC_SHA256 = der.encode_oid("1.2.840.113549.2.9")
_SCRYPT = der.encode_oid("1.3.6.1.4.1.11591.4.11")
_AES_256_CBC = der.encode_oid("2.16.840.1.101.3.4.1.42")
_SHA1 = der.encode_oid("1.3.14.3.2.26")
_DATA = der.encode_oid("1.2.840.113549.1.7.1")
_NULL = der.encode(der.NULL)


def sequence(*parts: bytes) -> bytes:
    return der.encode(der.SEQUENCE, *parts)


def octets(value: bytes) -> bytes:
    return der.encode(der.OCTET_STRING, value)


def pbkdf2_key(rounds: int) -> bytes:
    """A PKCS#8 key under a passphrase that takes so many rounds to try."""
    prf = sequence(_HMAC_SHA256, _NULL)
    return _encrypted_key(sequence(_PBKDF2, sequence(octets(bytes(8)), _number(rounds), prf)))


def scrypt_key(n: int, r: int = 8, p: int = 1) -> bytes:
    """A PKCS#8 key whose passphrase goes through scrypt of this cost (RFC 7914)."""
    costs = (_number(n), _number(r), _number(p))
    return _encrypted_key(sequence(_SCRYPT, sequence(octets(bytes(8)), *costs)))


def _encrypted_key(derivation: bytes) -> bytes:
    cipher = sequence(_AES_256_CBC, octets(bytes(16)))
    return sequence(sequence(_PBES2, sequence(derivation, cipher)), octets(bytes(64)))


def pkcs12(rounds: int) -> bytes:
    """A PKCS#12 with nothing in it and an integrity code of so many rounds (RFC 7292)."""
    content = sequence(_DATA, der.encode(0xA0, octets(sequence())))
    digest = sequence(sequence(_SHA1, _NULL), octets(bytes(20)))
    mac = sequence(digest, octets(bytes(8)), _number(rounds))
    return sequence(der.encode_integer(3), content, mac)


def _number(value: int) -> bytes:
    return der.encode_integer(value)


def nested(depth: int, tag: int = der.SEQUENCE) -> bytes:
    """Values within values, so many deep."""
    # Lengths are found from the inside out, and written in one go: `encode` in a loop would copy
    # everything for each of them.
    heads = []
    size = 0
    for _ in range(depth):
        head = _head(tag, size)
        heads.append(head)
        size += len(head)
    return b"".join(reversed(heads))


def _head(tag: int, size: int) -> bytes:
    if size < 0x80:
        return bytes((tag, size))
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length


def boxed(depth: int, opening: str, closing: str, core: str = "1") -> bytes:
    """Brackets within brackets."""
    return (opening * depth + core + closing * depth).encode()


def rsa_public_key(bits: int) -> bytes:
    """A SubjectPublicKeyInfo with a modulus of so many bits."""
    algorithm = sequence(der.encode_oid("1.2.840.113549.1.1.1"), _NULL)
    return sequence(algorithm, _bits(sequence(_huge(bits), _number(65_537))))


def rsa_private_key(bits: int) -> bytes:
    """A PKCS#1 key (RFC 8017, A.1.2) of so many bits; its numbers do not fit each other."""
    half = _huge(bits // 2)
    numbers = (_huge(bits), _number(65_537), _huge(bits), half, half, half, half, half)
    return sequence(_number(0), *numbers)


def dh_parameters(bits: int) -> bytes:
    """PKCS#3 parameters with a prime, or what claims to be one, of so many bits."""
    return sequence(_huge(bits), _number(2))


def _huge(bits: int) -> bytes:
    return _number(1 << (bits - 1) | 1)


def _bits(value: bytes) -> bytes:
    return der.encode(der.BIT_STRING, b"\0", value)


_SIGNATURE = sequence(der.encode_oid("1.2.840.10045.4.3.2"))
_NAME = sequence(
    der.encode(
        der.SET, sequence(der.encode_oid("2.5.4.3"), der.encode(0x0C, b"Hostile \xe2\x80\xaeAC"))
    )
)
_TIME = der.encode(0x17, b"260101000000Z")
_P256 = sequence(
    sequence(der.encode_oid("1.2.840.10045.2.1"), der.encode_oid("1.2.840.10045.3.1.7")),
    _bits(
        bytes.fromhex(
            "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
            "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
        )
    ),
)


def certificate(extensions: bytes = b"", key: bytes = _P256) -> bytes:
    """One that is signed by nobody. extensions: each encoded, one after the other."""
    body = sequence(
        der.encode(0xA0, _number(2)),
        _number(1),
        _SIGNATURE,
        _NAME,
        sequence(_TIME, _TIME),
        _NAME,
        key,
        der.encode(0xA3, sequence(extensions)) if extensions else b"",
    )
    return sequence(body, _SIGNATURE, _bits(bytes(70)))


def extension(oid: str, value: bytes) -> bytes:
    return sequence(der.encode_oid(oid), octets(value))


def certificate_of_many_extensions(number: int) -> bytes:
    return certificate(b"".join(extension(f"1.3.6.1.4.1.{n}", b"\5\0") for n in range(number)))


def certificate_of_many_names(number: int) -> bytes:
    """With so many DNS names as SAN."""
    names = b"".join(der.encode(0x82, f"{n}.test".encode()) for n in range(number))
    return certificate(extension("2.5.29.17", sequence(names)))


def crl(entries: int) -> bytes:
    """A revocation list of so many certificates, signed by nobody."""
    # Serials of five bytes: all entries are of one size.
    entry = sequence(der.encode(der.INTEGER, bytes(5)), _TIME)
    head, tail = entry[:4], entry[9:]
    revoked = b"".join(
        head + (2**32 + number).to_bytes(5, "big") + tail for number in range(entries)
    )
    body = sequence(_number(1), _SIGNATURE, _NAME, _TIME, _TIME, sequence(revoked))
    return sequence(body, _SIGNATURE, _bits(bytes(70)))


def pem_blocks(number: int) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n" * number


def jks(entries: int) -> bytes:
    """A Java keystore that claims to have so many entries, and has none."""
    return struct.pack(">III", 0xFEEDFEED, 2, entries) + bytes(20)


def zipped(files: Mapping[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return whole.getvalue()


def zip_of_zips(depth: int, across: int = 16, size: int = 2**24) -> bytes:
    """Archives within archives; at the bottom is much of nothing, which packs well."""
    data = zipped({"nothing.pem": bytes(size)})
    for _ in range(depth):
        data = zipped({f"{number}.zip": data for number in range(across)})
    return data


def zip_of_overlaps(number: int, size: int = 2**24) -> bytes:
    """So many entries of the directory that all lead to the same packed bytes."""
    data = zipped({"a": bytes(size)})
    end = data.rindex(b"PK\5\6")
    start = data.rindex(b"PK\1\2")
    entry = data[start:end]
    directory = b"".join(entry[:-1] + bytes((97 + n % 26,)) for n in range(number))
    tail = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, number, number, len(directory), start, 0)
    return data[:start] + directory + tail


YAML_LAUGHS = b"apiVersion: v1\nkind: Secret\ndata:\n  a0: &a0 [lol, lol, lol]\n" + b"".join(
    f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n".encode() for n in range(1, 30)
)

_PLIST = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "x.dtd" [%s]>
<plist version="1.0"><dict><key>PayloadContent</key><string>%s</string>
<key>PayloadType</key><string>com.apple.security.pem</string></dict></plist>"""

XML_LAUGHS = (
    _PLIST
    % (
        '<!ENTITY a0 "lol">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20)),
        "&a19;",
    )
).encode()


def xml_that_reads(path: str) -> bytes:
    """A profile that asks for the content of another file."""
    return (_PLIST % (f'<!ENTITY stolen SYSTEM "file://{path}">', "&stolen;")).encode()
