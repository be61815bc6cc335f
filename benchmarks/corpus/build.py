"""Pick the files out of unpacked source packages that a reader of keys and certificates may meet.

By content, as the reader does: a file's name counts only where content says nothing, in broken
files that a test suite keeps on purpose.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

LARGEST = 5_000_000
"""Bytes; what is larger is a program, not a test's certificate."""

_NAMES = re.compile(
    r"\.(pem|der|cer|crt|csr|req|crl|key|pub|p7[bcms]|pfx|p12|p8|pk8|pkcs\d+|spc|jks|jceks|bks|ks"
    r"|keystore|truststore|uber|bcfks|ppk|pvk|jwks?|ocsp|ors|orq|spkac|sst|mobileconfig|eml|cms|tsr"
    r"|tsq|smime|pkipath|ovpn|kubeconfig)$",
    re.IGNORECASE,
)
_STARTS = (
    b"\xfe\xed\xfe\xed",  # JKS
    b"\xce\xce\xce\xce",  # JCEKS
    b"\0\0\0\x01\0\0\0\x14",  # BKS and UBER, with their salt of 20 bytes
    b"\0\0\0\x02\0\0\0\x14",
    b"\0\0\0\x01\0\0\0\x08",
    b"\0\0\0\x02\0\0\0\x08",
    b"\0\0\0\0CERT",  # Microsoft's serialized store
    b"\x1e\xf1\xb5\xb0",  # PVK
    b"\x06\x02\0\0",  # Microsoft's key blobs
    b"\x07\x02\0\0",
    b"PuTTY-User-Key-File-",
    b"SPKAC=",
    b"ssh-rsa ",
    b"ssh-dss ",
    b"ssh-ed25519 ",
    b"ecdsa-sha2-",
    b"sk-ssh-",
    b"sk-ecdsa-",
    b"---- BEGIN SSH2 ",
    b"MII",
)
_WORDS = (
    b'"kty"',
    b"application/pkcs7-",
    b"application/x-pkcs7-",
    b"client-certificate-data",
    b"PayloadContent",
    b"kind: Secret",
)
_ARMOUR = re.compile(rb"^-----BEGIN [A-Z0-9 #.]+-----|-----BEGIN [A-Z0-9 ]+-----\\n", re.MULTILINE)
_SIGNED_ARCHIVE = re.compile(rb"META-INF/[^/]{1,64}\.(RSA|EC|DSA)")


def looks_like_der(data: bytes) -> bool:
    """One SEQUENCE that ends where the file does (a line end may follow), or of unknown length."""
    if data[:1] != b"\x30" or len(data) < 4:
        return False
    if data[1] == 0x80:
        return data[2] in {0x02, 0x06, 0x30, 0xA0}
    at, length = 2, data[1]
    if length > 0x80:
        at = 2 + (length & 0x7F)
        if at > 6:
            return False
        length = int.from_bytes(data[2:at], "big")
    return 0 <= len(data) - at - length <= 2


def matters(name: str, data: bytes) -> bool:
    """Could there be anything in it for a reader of keys and certificates?"""
    return (
        looks_like_der(data)
        or data.startswith(_STARTS)
        or bool(_NAMES.search(name))
        or (data.startswith(b"PK\x03\x04") and bool(_SIGNED_ARCHIVE.search(data)))
        or any(word in data for word in _WORDS)
        or (b"-----BEGIN " in data and bool(_ARMOUR.search(data)))
    )


def candidates(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """The regular files below a folder that are not too large, with what is in them."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            try:
                if path.is_symlink() or not 0 < path.stat().st_size <= LARGEST:
                    continue
                yield path, path.read_bytes()
            except OSError:
                continue


def build(source: Path, corpus: Path) -> int:
    """Copy what matters into CORPUS/files, each content once; the number of files.

    The first folder below `source` names the project in the manifest.
    """
    seen: set[str] = set()
    (corpus / "files").mkdir(parents=True, exist_ok=True)
    with (corpus / "manifest.jsonl").open("w", encoding="utf-8") as manifest:
        for path, data in candidates(source):
            digest = hashlib.sha256(data).hexdigest()
            if digest in seen or not matters(path.name, data):
                continue
            seen.add(digest)
            (corpus / "files" / digest).write_bytes(data)
            relative = path.relative_to(source)
            entry = {
                "sha256": digest,
                "project": relative.parts[0],
                "path": os.fsencode(relative).decode("utf-8", "replace"),
                "size": len(data),
            }
            manifest.write(json.dumps(entry) + "\n")
    return len(seen)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", type=Path, help="a folder with one folder a project")
    parser.add_argument("corpus", type=Path, help="where to put the files and the manifest")
    arguments = parser.parse_args()
    print(f"{build(arguments.source, arguments.corpus):,} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
