"""Mozilla's certdata.txt, the list of roots that NSS is built from: certificates in octal."""

import re

from mtlsgui.formats.context import Context

_MARK = b"CKA_CLASS CK_OBJECT_CLASS CKO_CERTIFICATE"
_VALUE = re.compile(
    rb'^CKA_LABEL UTF8 "([^"\n]*)"|^CKA_VALUE MULTILINE_OCTAL\r?\n((?:\\[0-7]{3}|[\r\n])++)^END',
    re.M,
)
_OCTET = re.compile(rb"\\([0-7]{3})")


def recognise(data: bytes) -> bool:
    return _MARK in data


def read_certdata(data: bytes, context: Context) -> str:
    """Every certificate, under the label that stands above it."""
    label = ""
    for found in _VALUE.finditer(data):
        if found[2] is None:
            label = found[1].decode("utf-8", "replace")
        else:
            octets = bytes(int(each, 8) & 0xFF for each in _OCTET.findall(found[2]))
            context.read_inside(octets, label)
    return "certdata"
