"""DER as bare base64, without the BEGIN and END lines: Kubernetes secrets, environment values."""

import re

from mtlsgui.formats import der_file, pem, pem_file
from mtlsgui.formats.context import Context

_START = re.compile(rb"[\s\"']*(MI|LS0t|MH|MD|MC|MF|ME)[A-Za-z0-9+/]")
_QUOTES = b"\"' \t\r\n"


def recognise(data: bytes) -> bool:
    """It starts as the base64 of a SEQUENCE, or of PEM, and decodes to one."""
    text = pem.as_text(data)
    return _START.match(text) is not None and _decoded(text) is not None


def _decoded(text: bytes) -> bytes | None:
    try:
        inner = pem.decode(text.strip(_QUOTES))
    except ValueError:
        return None
    return inner if pem_file.recognise(inner) or der_file.recognise(inner) else None


def read_base64(data: bytes, context: Context) -> str:
    """What the base64 holds."""
    inner = _decoded(pem.as_text(data))
    if inner is None:
        context.error("", "Its base64 is damaged.")
    elif pem_file.recognise(inner):
        pem_file.read_pem(inner, context)
    else:
        der_file.read_der(inner, context)
    return "base64"
