"""Write the names of object identifiers that the ASN.1 tree shows: `resources/data/oids.tsv`.

The names are other people's lists, which they maintain: Peter Gutmann's dumpasn1.cfg (as in the
Debian package dumpasn1), and what OpenSSL has beyond it (`openssl list -objects`, of the newest
OpenSSL at hand).

    python -m tools.oid_names dumpasn1.cfg objects.txt
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "mtlsgui" / "resources" / "data" / "oids.tsv"
HEADER = """\
# Names of object identifiers. Made by tools/oid_names.py; not to be edited by hand.
# From dumpasn1.cfg by Peter Gutmann and others ("You can use this code in whatever way you want,
# as long as you don't try to claim you wrote it"), and, for those it does not have, from the
# object table of OpenSSL (Apache License 2.0).
"""
_FROM_OPENSSL = re.compile(r"(?P<short>.+?) = (?P<long>.+), (?P<oid>\d+(?:\.\d+)+)")


def from_dumpasn1(text: str) -> Iterator[tuple[str, str]]:
    """(dotted OID, name) of each entry that has both."""
    dotted = ""
    for line in text.splitlines():
        attribute, _, value = line.partition("=")
        if attribute.strip() == "OID":
            dotted = ".".join(value.split())
        elif attribute.strip() == "Description" and dotted:
            yield dotted, value.strip()


def from_openssl(text: str) -> Iterator[tuple[str, str]]:
    """(dotted OID, long name) of each line of `openssl list -objects`."""
    for line in text.splitlines():
        if found := _FROM_OPENSSL.fullmatch(line.strip()):
            yield found["oid"], found["long"]


def main() -> None:
    """Read both lists and write the file."""
    if len(sys.argv) != 3:
        sys.exit("usage: python -m tools.oid_names dumpasn1.cfg objects.txt")
    dumpasn1, objects = (Path(name).read_text(encoding="utf-8") for name in sys.argv[1:])
    names = dict(from_openssl(objects)) | dict(from_dumpasn1(dumpasn1))
    ordered = sorted(names, key=lambda oid: [int(part) for part in oid.split(".")])
    lines = [f"{oid}\t{names[oid]}\n" for oid in ordered]
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{len(lines):,} names in {TARGET.name}")


if __name__ == "__main__":
    main()
