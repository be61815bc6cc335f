"""Apple's configuration profiles, and any other property list with certificates in it."""

import plistlib
from collections.abc import Mapping
from typing import cast

from mtlsgui.formats import pem
from mtlsgui.formats.context import Context
from mtlsgui.formats.documents.embedded import Tree, read_tree
from mtlsgui.formats.limits import RefusedError

_BINARY = b"bplist00"
_PAYLOADS = "PayloadContent"
_HEAD = 1024


def recognise(data: bytes) -> bool:
    """A property list, in XML or in the binary form."""
    if data.startswith(_BINARY):
        return True
    head = pem.as_text(data[:_HEAD]).lstrip()
    return head.startswith((b"<?xml", b"<!DOCTYPE plist", b"<plist")) and b"<plist" in head


def read_mobileconfig(data: bytes, context: Context) -> str:
    """The payloads of a profile, each with the passphrase that stands beside it.

    `plistlib` refuses entities, so that an XML file cannot grow while it is read.
    """
    if len(data) > context.limits.json_size:
        raise RefusedError(
            "The property list is too large", f"It has over {context.limits.json_size:,} bytes."
        )
    document = plistlib.loads(data)
    payloads = document.get(_PAYLOADS) if isinstance(document, Mapping) else None
    if not isinstance(payloads, list):
        with context.expecting("this property list"):
            read_tree(cast(Tree, document), context)
        return "plist"
    with context.expecting("this configuration profile"):
        for payload in payloads:
            read_tree(
                {_PAYLOADS: payload} if not isinstance(payload, Mapping) else payload,
                context,
                _suffix(payload),
            )
    return "mobileconfig"


def _suffix(payload: object) -> str:
    if not isinstance(payload, Mapping):
        return ""
    for key in ("PayloadDisplayName", "PayloadCertificateFileName", "PayloadIdentifier"):
        if isinstance(name := payload.get(key), str):
            return f" of “{name}”"
    return ""
