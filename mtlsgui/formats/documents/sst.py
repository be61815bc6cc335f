"""Microsoft's serialized certificate store (.sst, as `certutil -generateSSTFromWU` writes it).

Elements of (id, encoding, length, value), numbers of four bytes, little-endian: properties first,
then the certificate or list that they belong to. ([MS-OSHARED] and CertSaveStore.)
"""

from dataclasses import replace

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import CertificateItem

_MAGIC = b"\0\0\0\0CERT"
_CERTIFICATE, _CRL, _CTL = 32, 33, 34
_FRIENDLY_NAME = 11


def recognise(data: bytes) -> bool:
    return data.startswith(_MAGIC)


def read_sst(data: bytes, context: Context) -> str:
    """Every certificate and list, with the friendly name that the store gives it."""
    at, name, count = len(_MAGIC), "", 0
    with context.expecting("this certificate store"):
        while at + 12 <= len(data):
            kind, size = (int.from_bytes(data[at + o : at + o + 4], "little") for o in (0, 8))
            value = data[at + 12 : at + 12 + size]
            at += 12 + size
            if kind == 0:
                break
            if len(value) < size:
                context.error("", f"It is cut short after {count:,} certificates.")
                break
            if kind == _FRIENDLY_NAME:
                name = value.decode("utf-16-le", "replace").rstrip("\0")
            elif kind in (_CERTIFICATE, _CRL, _CTL):
                count += 1
                _read_element(value, f"element {count}", name, context)
                name = ""
    return "sst"


def _read_element(value: bytes, place: str, name: str, context: Context) -> None:
    before = len(context.items)
    context.read_inside(value, place)
    for number in range(before, len(context.items)):
        item = context.items[number]
        if isinstance(item, CertificateItem):
            context.items[number] = replace(
                item, container="sst", friendly_name=name or None, inside=""
            )
