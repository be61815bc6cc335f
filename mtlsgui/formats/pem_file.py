"""PEM files: each block by what is in it, whatever its label says."""

from dataclasses import replace

from mtlsgui.formats import der_file, pem
from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem
from mtlsgui.formats.keys import openssh, parameters
from mtlsgui.formats.keys.private_keys import read_encrypted_pem
from mtlsgui.pki import der

_TRADITIONAL = {
    "RSA PRIVATE KEY": "pkcs1",
    "EC PRIVATE KEY": "sec1",
    "DSA PRIVATE KEY": "dsa",
}
_PRIVATE_KEY = "PRIVATE KEY"
_OPENPGP = "PGP "
_PARAMETERS = "PARAMETERS"
_SESSION = "SSL SESSION PARAMETERS"


def recognise(data: bytes) -> bool:
    """There is a BEGIN line, and not only within a DER value."""
    return not der_file.recognise(data) and pem.looks_like_pem(data)


def read_pem(data: bytes, context: Context) -> str:
    """All blocks. A file of nothing but OpenSSH private keys is of the format "openssh"."""
    labels = set()
    for number, block in enumerate(pem.split(data), 1):
        if number > context.limits.pem_blocks:
            context.error("", f"Only the first {context.limits.pem_blocks:,} blocks were read.")
            break
        labels.add(block.label)
        with context.part(f"block {number} ({block.label}), line {block.line}"):
            _read_block(block, context)
    return "openssh" if labels == {"OPENSSH PRIVATE KEY"} else "pem"


def _read_block(block: pem.Block, context: Context) -> None:
    if block.label.startswith(_OPENPGP):
        context.add(OtherItem("OpenPGP data", problem="OpenPGP is not X.509.", container="pem"))
        return
    if block.body is None:
        context.error("", block.problem)
        return
    if block.body.startswith(openssh.MAGIC):
        openssh.read_openssh_private(block.body, context)
    elif "DEK-Info" in block.headers or "ENCRYPTED" in block.headers.get("Proc-Type", ""):
        read_encrypted_pem(block, _TRADITIONAL.get(block.label, "pem"), context)
    elif block.label == _SESSION:
        context.add(OtherItem("TLS session", "secret", container="pem"))
    elif block.label.endswith(_PARAMETERS):
        parameters.read_parameters(der.read(block.body), "pem", context)
    else:
        _read_body(block, context)
        return
    if block.problem:
        context.error("", block.problem)


def _read_body(block: pem.Block, context: Context) -> None:
    """What is called a private key and is not one may still be most of one: it is not shown."""
    before = len(context.items)
    try:
        der_file.read_body(block, context)
    finally:
        if block.label.endswith(_PRIVATE_KEY):
            context.items[before:] = [
                replace(item, der=b"") if isinstance(item, OtherItem) else item
                for item in context.items[before:]
            ]
