"""LDIF (RFC 2849): the certificates and revocation lists of directory entries."""

import base64
import binascii
import re

from mtlsgui.formats import pem
from mtlsgui.formats.context import Context

_START = re.compile(rb"(?:^(?:#[^\n]*|version:[^\n]*|[ \t]*)\r?\n)*+^dn::?[ \t]", re.MULTILINE)
_FOLD = re.compile(rb"\r?\n ")
_BASE64 = re.compile(rb"([\w;.-]+)::[ \t]*([A-Za-z0-9+/=]+)[ \t]*$")


def recognise(data: bytes) -> bool:
    """It begins with an entry's name."""
    return _START.match(pem.as_text(data)) is not None


def read_ldif(data: bytes, context: Context) -> str:
    """Every value in base64 that is in a format which we recognise."""
    entry = ""
    with context.expecting("this LDIF"):
        for line in _FOLD.sub(b"", pem.as_text(data)).splitlines():
            if line.startswith(b"dn:"):
                entry = line[3:].lstrip(b": ").decode("utf-8", "replace")
            elif found := _BASE64.match(line):
                try:
                    value = base64.b64decode(found[2])
                except binascii.Error:
                    continue
                if context.recognise(value):
                    context.read_inside(value, f"{found[1].decode('ascii', 'replace')} of {entry}")
    return "ldif"
