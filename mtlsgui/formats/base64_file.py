"""A file as bare base64, without BEGIN and END lines: Kubernetes secrets, environment values.

Also base64url, in quotes, with line ends written out, or URL-encoded as proxies do.
"""

import re
from urllib.parse import unquote_to_bytes

from mtlsgui.formats import der_file, pem, pem_file
from mtlsgui.formats.context import Context

_START = re.compile(
    rb"[\s\"']*(?:M[A-Za-z0-9+/_-]|LS0t|/u3\+7Q|_u3-7Q|zs7Oz|UEsD)[A-Za-z0-9+/_-]{2}"
)
"""How the base64 begins: of a SEQUENCE, of PEM, of Java keystores, of a ZIP."""

_MAGIC = (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce", b"PK\x03\x04")


def recognise(data: bytes) -> bool:
    """It is the base64 of DER, PEM, a keystore of Java or an archive, and nothing else."""
    text = pem.as_text(data)
    return _START.match(text) is not None and _decoded(text) is not None


def _decoded(text: bytes) -> bytes | None:
    if b"%" in text:
        text = unquote_to_bytes(text)
    try:
        inner = pem.decode(text.replace(b"\\n", b"").replace(b"\\r", b""))
    except ValueError:
        return None
    known = inner.startswith(_MAGIC) or pem_file.recognise(inner) or der_file.recognise(inner)
    return inner if known else None


def read_base64(data: bytes, context: Context) -> str:
    """What the base64 holds."""
    inner = _decoded(pem.as_text(data))
    if inner is None:
        context.error("", "Its base64 is damaged.")
    elif inner.startswith(_MAGIC):
        context.read_inside(inner, "the base64")
    elif pem_file.recognise(inner):
        pem_file.read_pem(inner, context)
    else:
        der_file.read_der(inner, context)
    return "base64"
