"""Certificates as PEM, to hand to other programs. Never keys."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats import pem

if TYPE_CHECKING:  # naming files needs no workspace
    from mtlsgui.workspace.workspace import Workspace

MOST_FILES = 100
"""Above this many certificates, one file holds them all."""

_LONGEST = 80  # characters of a file's name: far below any file system's limit
_UNSAFE = re.compile(r"[^\w.@+-]+")
# Device names on Windows, whatever comes after a dot.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def pem_text(ws: "Workspace", certificate_ids: Sequence[int]) -> str:
    """The certificates one after another (RFC 7468). Raises InventoryNotFound."""
    return b"".join(_pem(ws, each) for each in certificate_ids).decode("ascii")


def certificate_pem(der: bytes) -> str:
    """A certificate that need not be of the workspace."""
    return pem.encode("CERTIFICATE", der).decode("ascii")


def write_pem_files(ws: "Workspace", certificate_ids: Sequence[int], folder: Path) -> list[Path]:
    """One file a certificate, named after it; one for all where there are more than MOST_FILES.

    folder: exists, is empty, and is for this alone: files are not written so as to last a crash.
    Raises InventoryNotFound, MtlsguiError.
    """
    if len(certificate_ids) > MOST_FILES:
        contents = {"certificates": pem_text(ws, certificate_ids).encode("ascii")}
    else:
        contents = {}
        taken: set[str] = set()
        for row in ws.inventory.certificates.get_many(certificate_ids):
            contents[unused_name(file_stem(row.name), taken)] = _pem(ws, row.id)
    written = []
    for name, data in contents.items():
        path = folder / f"{name}.pem"
        try:
            path.write_bytes(data)
        except OSError as error:
            raise MtlsguiError(
                "The certificate could not be copied.",
                f"{path}: {error.strerror}.",
                "Make room on the disk, then try again.",
            ) from None
        written.append(path)
    return written


def file_stem(name: str) -> str:
    """A certificate's name as the name of a file, without ending, on every system."""
    safe = _UNSAFE.sub("_", name.replace("*", "wildcard")).strip("._- ")[:_LONGEST].rstrip("._ ")
    if not safe:
        return "certificate"
    return f"_{safe}" if _RESERVED.fullmatch(safe) else safe


def unused_name(stem: str, taken: set[str]) -> str:
    """The stem, numbered where it is taken already (case does not tell names apart); takes it."""
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name.casefold())
    return name


def _pem(ws: "Workspace", certificate_id: int) -> bytes:
    return pem.encode("CERTIFICATE", ws.inventory.certificates.der(certificate_id))
