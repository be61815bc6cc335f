"""SPKAC: a public key with a challenge, signed: what the <keygen> of browsers sent.

Netscape's SignedPublicKeyAndChallenge, as DER, as base64, or in the text file of `openssl spkac`:
lines of NAME=value, one of which is SPKAC=.
"""

import re

from mtlsgui.formats import pem
from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem
from mtlsgui.formats.keys.public_keys import public_item
from mtlsgui.formats.messages import wording
from mtlsgui.pki import der, signatures, values
from mtlsgui.pki.describe.tree import Description, Field, Section

_LINE = re.compile(rb"(?m)^[ \t]*SPKAC[ \t]*=[ \t]*([A-Za-z0-9+/=\s]+?)(?=^[ \t]*[\w.]+[ \t]*=|\Z)")
_NAME = re.compile(rb"(?m)^[ \t]*(?:\d+\.)?([A-Za-z]\w{0,40})[ \t]*=[ \t]*([^\r\n]{1,200})$")
_MAY_BE_SECRET = re.compile(rb"pass|pwd|secret|pin$", re.IGNORECASE)
_SIGNATURES = {
    True: "valid: made with the key inside",
    False: "not valid: altered, or made with another key",
    None: "cannot be checked",
}


def recognise(data: bytes) -> bool:
    """There is a line SPKAC=…."""
    return b"SPKAC" in data and _LINE.search(pem.as_text(data)) is not None


def read_spkac_file(data: bytes, context: Context) -> str:
    """The text file of `openssl spkac`."""
    text = pem.as_text(data)
    found = _LINE.search(text)
    if found is None:
        raise ValueError("there is no line SPKAC=")
    names = [
        Field(key.decode(), value.decode("utf-8", "replace").strip())
        for key, value in _NAME.findall(text[: found.start()] + text[found.end() :])
        if key.upper() != b"SPKAC" and not _MAY_BE_SECRET.search(key)
    ]
    read_spkac(der.read(pem.decode(found[1])), "spkac", context, names)
    return "spkac"


def read_spkac(
    node: der.Node, container: str, context: Context, names: list[Field] | None = None
) -> None:
    """A SignedPublicKeyAndChallenge; the key in it is an item of its own.

    names: of the subject, where they stand beside it.
    """
    body, algorithm, signature = node.children()[:3]
    spki, challenge = body.children()[:2]
    valid = signatures.verifies(spki.encoded, algorithm, signature.value[1:], body.encoded)
    sections = [Section("Subject", tuple(names))] if names else []
    sections.append(
        Section(
            "Request",
            (
                wording.key("Public key", spki),
                wording.field(
                    "Challenge", lambda: values.text(challenge.tag, challenge.value) or "(empty)"
                ),
                wording.algorithm("Signature algorithm", algorithm),
                Field("Signature", _SIGNATURES[valid], kind="text" if valid else "problem"),
            ),
        )
    )
    title = "Certificate request (SPKAC)"
    context.add(
        OtherItem(
            title,
            "csr",
            container=container,
            description=Description(title, "Signed public key and challenge", tuple(sections)),
            der=node.encoded,
        )
    )
    context.add(public_item(spki.encoded, "spkac", context.limits))
