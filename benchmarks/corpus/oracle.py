"""What OpenSSL reads in each file of a corpus, as one line of JSON a file.

Files that stand there from an earlier run are left alone: remove `oracle.jsonl` to begin anew.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.corpus.libcrypto import Libcrypto
from benchmarks.corpus.workers import run

Found = dict[str, Any]
"""kind, how (the PEM label, or "DER"), and what identifies it: fingerprint, subject, issuer, spki
(SHA-256 of the encoding, hex), serial. written_spki: of the public key under the private one's own
algorithm identifier, whose parameters OpenSSL writes anew (those of RSA-PSS, mostly).
locked: its passphrase is none of ours. passphrase: the one that opened it."""

MOST_BLOCKS = 2_000
_PATIENCE = 8.0
"""Seconds for the passphrases of one thing."""
_PASSPHRASES = (
    "password secret test 1234 foobar changeit cryptography 123456 passphrase baz 12345 12345678"
    " mypassword PolarSSLTest pass passwd password1 Password1 abc123 abcdef hello tester testing"
    " asdf qwerty changeme nopass foo bar wolfssl yassl123 notasecret storepass keypass openssl"
    " s3cr3t secret123 Botan foobar123 asdf1234 bouncycastle 123 1111 0000 test1234 testtest"
    " testpass password123 passw0rd asdasd crypto rustls client server mosquitto redhat nginx"
    " pyhanko exportpw alice bob userpin 3214 start123 whatever pkcs12 world thisisatest testkey"
    " polar dontchangeme storepwd example hunter42 12345testing test1 test2 booo sample abcd1234"
    " mekmitasdigoat csos FooBaR1 dUmmyP^#+ secret1 somepass start mono testcertificate v3-certs"
    " television apntest rrrr encrypted serftest serf exportsecret asdfg storepassword nss123"
    " server123 myServerPassword wolfssl-test php weirdpassword test_password trustno1 CN=localhost"
)
PASSPHRASES = (
    b"",
    *(word.encode() for word in _PASSPHRASES.split()),
    b"hello world",
    b"hunter2",
    b"super secret",
    b"Foo bar",
    b"wolfSSL test",
    b"Red Hat Enterprise Linux 7.4",
    "σύνθημα γνώρισμα".encode(),
)
"""Those that test suites use. The empty one comes first: it costs as much as the others."""

_PLAIN = {
    "CERTIFICATE": "X509",
    "X509 CERTIFICATE": "X509",
    "TRUSTED CERTIFICATE": "X509_AUX",
    "CERTIFICATE REQUEST": "X509_REQ",
    "NEW CERTIFICATE REQUEST": "X509_REQ",
    "X509 CRL": "X509_CRL",
    "PKCS7": "CMS_ContentInfo",
    "PKCS #7 SIGNED DATA": "CMS_ContentInfo",
    "CMS": "CMS_ContentInfo",
    "OCSP RESPONSE": "OCSP_RESPONSE",
    "OCSP REQUEST": "OCSP_REQUEST",
    "ATTRIBUTE CERTIFICATE": "X509_ACERT",
    "RSA PUBLIC KEY": "RSAPublicKey",
    "PUBLIC KEY": "PUBKEY",
}
_IN_DER = (
    "X509",
    "X509_REQ",
    "X509_CRL",
    "PKCS12",
    "CMS_ContentInfo",
    "PKCS7",
    "OCSP_RESPONSE",
    "X509_ACERT",
)
_KINDS = {
    "CMS_ContentInfo": "cms",
    "PKCS7": "cms",
    "OCSP_RESPONSE": "ocsp_response",
    "OCSP_REQUEST": "ocsp_request",
    "X509_ACERT": "attribute_certificate",
}


_GENERATORS = b"\x02\x05"
"""Of Diffie-Hellman, where RSA has its public exponent: nothing else tells the two apart."""


_MOST_EXPONENT_BITS = 64
"""Two large numbers are not a public key but a signature by ECDSA or DSA."""


def _sec1_algorithm(data: bytes) -> bytes:
    """The algorithm identifier of an ECPrivateKey (RFC 5915); empty when there is none."""
    wrapped = re.match(rb"\x30(?:[\0-\x7f]|\x81.|\x82..)\x02\x01\x01\x04(.)", data, re.DOTALL)
    at = wrapped.end() + wrapped[1][0] if wrapped else len(data)
    header = re.match(rb"\xa0(?:([\0-\x7f])|\x81(.)|\x82(..))", data[at:], re.DOTALL)
    if header is None:
        return b""
    size = int.from_bytes(next(group for group in header.groups() if group is not None), "big")
    value = _EC_PUBLIC_KEY + data[at + header.end() : at + header.end() + size]
    return b"\x30\x82" + len(value).to_bytes(2, "big") + value


_EC_PUBLIC_KEY = bytes.fromhex("06072a8648ce3d0201")


class Reader:
    """Reads files with one libcrypto."""

    def __init__(self, crypto: Libcrypto, passphrases: tuple[bytes, ...] = PASSPHRASES) -> None:
        self._crypto = crypto
        self._passphrases = passphrases

    def read(self, data: bytes) -> list[Found]:
        """All that OpenSSL finds in a file, whatever it is."""
        found = []
        for label, header, body in self._crypto.blocks(data, MOST_BLOCKS):
            found += [{**one, "how": label} for one in self._block(label, header, body)]
        if not found:
            found = [{"how": "DER", **one} for one in self._binary(data)]
        if not found and b"pkcs7-" in data:
            found = [{**one, "how": "S/MIME"} for one in self._mail(data)]
        return found

    def _block(self, label: str, header: bytes, body: bytes) -> list[Found]:
        if label.endswith("PRIVATE KEY"):
            text = self._crypto.block(label, header, body)
            locked = b"ENCRYPTED" in header or label == "ENCRYPTED PRIVATE KEY"
            found = self._private("PEM_read_bio_PrivateKey", text, locked)
            return [self._as_written(one, body) for one in found]
        if label.endswith("PARAMETERS"):
            text = self._crypto.block(label, header, body)
            bio = self._crypto.bio(text)
            key = self._crypto.pointer("PEM_read_bio_Parameters", bio, None)
            return [{"kind": "parameters"}] if key else []
        kind = _PLAIN.get(label)
        return self._thing(kind, body) if kind else []

    def _private(self, function: str, data: bytes, encrypted: bool) -> list[Found]:
        for passphrase in self._patiently() if encrypted else (b"",):
            key = self._crypto.pointer(function, self._crypto.bio(data), None, None, passphrase)
            if key:
                used = {"passphrase": passphrase.decode()} if encrypted else {}
                return [{**self._key("private_key", key), **used}]
        return [{"kind": "private_key", "locked": True}] if encrypted else []

    def _patiently(self) -> Iterator[bytes]:
        """The passphrases, as long as trying them takes no longer than a person would wait."""
        begun = time.monotonic()
        for passphrase in self._passphrases:
            if time.monotonic() - begun > _PATIENCE:
                return
            yield passphrase

    def _key(self, kind: str, key: int) -> Found:
        named = self._crypto.pointer("EVP_PKEY_get0_type_name", key)
        name = ctypes.string_at(named).decode("ascii") if named else ""
        try:
            return {"kind": kind, "spki": self._crypto.sha256("PUBKEY", key), "type": name}
        except ValueError:  # a private key that came without its public half
            return {"kind": kind, "type": name}

    def _as_written(self, found: Found, data: bytes) -> Found:
        """With `written_spki` for a key in PKCS#8 or SEC 1."""
        crypto = self._crypto
        if "spki" not in found:
            return found
        key = crypto.decode("AutoPrivateKey", data)
        algorithm: int | None = crypto.decode("X509_ALGOR", _sec1_algorithm(data))
        if info := crypto.decode("PKCS8_PRIV_KEY_INFO", data):
            place = ctypes.c_void_p()
            crypto.number("PKCS8_pkey_get0", None, None, None, ctypes.byref(place), info)
            key, algorithm = crypto.pointer("EVP_PKCS82PKEY", info), place.value
        if not (key and algorithm):
            return found
        public = crypto.decode("X509_PUBKEY", crypto.encode("PUBKEY", key))
        crypto.number("X509_ALGOR_copy", self._algorithm(public), algorithm)
        return {**found, "written_spki": crypto.sha256("X509_PUBKEY", public)}

    def _algorithm(self, public: int | None) -> ctypes.c_void_p:
        """The algorithm identifier inside an X509_PUBKEY."""
        place = ctypes.c_void_p()
        self._crypto.number("X509_PUBKEY_get0_param", None, None, None, ctypes.byref(place), public)
        return place

    def _thing(self, kind: str, data: bytes) -> list[Found]:
        """The object of one kind, and those within it; nothing when it is not of the kind."""
        if kind == "X509_ACERT" and not self._crypto.has("d2i_X509_ACERT"):
            return []
        if kind == "RSAPublicKey":
            rsa = self._crypto.decode(kind, data)
            key = self._crypto.pointer("EVP_PKEY_new") if rsa else None
            if not key or not self._crypto.number("EVP_PKEY_set1_RSA", key, rsa):
                return []
            exponent = self._crypto.pointer("RSA_get0_e", rsa)
            if self._crypto.number("BN_num_bits", exponent) > _MOST_EXPONENT_BITS:
                return []
            return [self._key("public_key", key)]
        thing = self._crypto.decode(kind, data)
        if thing is None:
            return []
        try:
            return self._described(kind, thing)
        except ValueError:
            return []

    def _described(self, kind: str, thing: int) -> list[Found]:
        match kind:
            case "X509" | "X509_AUX":
                return [self._certificate(thing)]
            case "X509_REQ":
                return [self._request(thing)]
            case "X509_CRL":
                return [self._crl(thing)]
            case "PUBKEY":
                return [self._key("public_key", thing)]
            case "PKCS12":
                return self._pkcs12(thing)
            case "CMS_ContentInfo":
                return [{"kind": "cms"}, *self._in_cms(thing)]
        return [{"kind": _KINDS[kind]}]

    def _certificate(self, thing: int) -> Found:
        crypto = self._crypto
        return {
            "kind": "certificate",
            "fingerprint": crypto.sha256("X509", thing),
            "subject": self._name("X509_get_subject_name", thing),
            "issuer": self._name("X509_get_issuer_name", thing),
            "serial": self._serial(crypto.pointer("X509_get_serialNumber", thing)),
            "spki": crypto.sha256("X509_PUBKEY", crypto.pointer("X509_get_X509_PUBKEY", thing)),
        }

    def _request(self, thing: int) -> Found:
        crypto = self._crypto
        public = crypto.pointer("X509_REQ_get_X509_PUBKEY", thing)
        return {
            "kind": "csr",
            "fingerprint": crypto.sha256("X509_REQ", thing),
            "subject": self._name("X509_REQ_get_subject_name", thing),
            "spki": crypto.sha256("X509_PUBKEY", public),
        }

    def _crl(self, thing: int) -> Found:
        return {
            "kind": "crl",
            "fingerprint": self._crypto.sha256("X509_CRL", thing),
            "issuer": self._name("X509_CRL_get_issuer", thing),
        }

    def _name(self, function: str, thing: int) -> str:
        return self._crypto.sha256("X509_NAME", self._crypto.pointer(function, thing))

    def _serial(self, serial: int | None) -> str:
        content = self._crypto.encode("ASN1_INTEGER", serial)
        at = 2 + (content[1] & 0x7F if content[1] & 0x80 else 0)
        number = int.from_bytes(content[at:], "big", signed=True)
        digits = f"{abs(number):x}"
        return ("-" if number < 0 else "") + digits.zfill(len(digits) + len(digits) % 2)

    def _in_cms(self, thing: int) -> Iterator[Found]:
        for certificate in self._crypto.stack(self._crypto.pointer("CMS_get1_certs", thing)):
            yield self._certificate(certificate)
        for crl in self._crypto.stack(self._crypto.pointer("CMS_get1_crls", thing)):
            yield self._crl(crl)

    def _pkcs12(self, thing: int) -> list[Found]:
        for passphrase in self._patiently():
            key, certificate, others = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_void_p()
            places = [ctypes.byref(place) for place in (key, certificate, others)]
            if not self._crypto.number("PKCS12_parse", thing, passphrase, *places):
                continue
            found: list[Found] = [{"kind": "pkcs12"}]
            if key.value:
                found.append(self._key("private_key", key.value))
            certificates = [certificate.value, *self._crypto.stack(others.value)]
            found += [self._certificate(one) for one in certificates if one]
            return [{**one, "passphrase": passphrase.decode()} for one in found]
        return [{"kind": "pkcs12", "locked": True}]

    def _binary(self, data: bytes) -> list[Found]:
        """DER, or one of Microsoft's own formats."""
        if data.startswith((b"\x1e\xf1\xb5\xb0", b"\x06\x02\0\0", b"\x07\x02\0\0")):
            return self._microsoft(data)
        if data.startswith(b"SPKAC="):
            body = data[6:].split(b"\n")[0].strip()
            request = self._crypto.pointer("NETSCAPE_SPKI_b64_decode", body, len(body))
            return [{"kind": "spkac"}] if request else []
        if not data.startswith(b"\x30"):
            return []
        for kind in _IN_DER:
            if found := self._thing(kind, data):
                return found
        if found := self._key_in_der(data):
            return found
        return self._thing("OCSP_REQUEST", data)

    def _key_in_der(self, data: bytes) -> list[Found]:
        if self._crypto.decode("X509_SIG", data):
            return self._private("d2i_PKCS8PrivateKey_bio", data, True)
        if key := self._crypto.decode("AutoPrivateKey", data):
            return [self._as_written(self._key("private_key", key), data)]
        if self._crypto.decode("DHparams", data) and data[-1] in _GENERATORS:
            return [{"kind": "parameters"}]
        for kind in ("PUBKEY", "RSAPublicKey"):
            if found := self._thing(kind, data):
                return found
        for kind in ("ECPKParameters", "DSAparams", "DHxparams"):
            if self._crypto.decode(kind, data):
                return [{"kind": "parameters"}]
        return []

    def _microsoft(self, data: bytes) -> list[Found]:
        if data.startswith(b"\x1e\xf1\xb5\xb0"):
            for passphrase in self._passphrases:
                arguments = (self._crypto.bio(data), None, passphrase)
                if key := self._crypto.pointer("b2i_PVK_bio", *arguments):
                    return [{**self._key("private_key", key), "how": "PVK"}]
            return []
        kinds = {6: "public_key", 7: "private_key"}
        function = {6: "b2i_PublicKey_bio", 7: "b2i_PrivateKey_bio"}[data[0]]
        key = self._crypto.pointer(function, self._crypto.bio(data))
        return [{**self._key(kinds[data[0]], key), "how": "key blob"}] if key else []

    def _mail(self, data: bytes) -> list[Found]:
        content = ctypes.c_void_p()
        bio = self._crypto.bio(data)
        thing = self._crypto.pointer("SMIME_read_CMS", bio, ctypes.byref(content))
        return [{"kind": "cms"}, *self._in_cms(thing)] if thing else []


def entries(corpus: Path) -> list[dict[str, Any]]:
    """The lines of the corpus's manifest."""
    text = (corpus / "manifest.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


_readers: dict[str, Reader] = {}


def _look(library: str, path: str) -> list[Found]:
    """In a process of its own, which loads the library with its first file."""
    if library not in _readers:
        _readers[library] = Reader(Libcrypto(library))
    return _readers[library].read(Path(path).read_bytes())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--libcrypto", default="", help="another libcrypto than the machine's")
    arguments = parser.parse_args()
    output = arguments.corpus / "oracle.jsonl"
    known = _known(output)
    paths = [
        str(arguments.corpus / "files" / entry["sha256"])
        for entry in entries(arguments.corpus)
        if entry["sha256"] not in known
    ]
    with output.open("a", encoding="utf-8") as lines:
        for outcome in run(
            partial(_look, arguments.libcrypto),
            paths,
            processes=os.cpu_count() or 1,
            time_limit=60,
            memory_limit=4 * 2**30,
        ):
            line = {
                "sha256": Path(outcome.task).name,
                "found": outcome.value or [],
                "failure": outcome.failure,
            }
            known[Path(outcome.task).name] = bool(outcome.value)
            lines.write(json.dumps(line) + "\n")
    version = Libcrypto(arguments.libcrypto).version
    print(f"{version}: reads {sum(known.values()):,} of {len(known):,} files")
    return 0


def _known(output: Path) -> dict[str, bool]:
    """The files that were looked at in an earlier run, and whether OpenSSL read them."""
    if not output.exists():
        return {}
    lines = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    return {line["sha256"]: bool(line["found"]) for line in lines}


if __name__ == "__main__":
    sys.exit(main())
