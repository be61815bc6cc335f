"""SSH public keys: OpenSSH's lines, certificates, and RFC 4716's blocks.

A line has the kind, the key in base64 and a comment, as in `id_ed25519.pub`. In `authorized_keys`
options stand before that (sshd(8)), in `known_hosts` the names of hosts.
"""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from io import BytesIO

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem
from mtlsgui.formats.keys import openssh, ssh_wire
from mtlsgui.formats.keys.public_keys import public_item
from mtlsgui.formats.keys.ssh_certificate import describe_certificate
from mtlsgui.formats.limits import RefusedError
from mtlsgui.formats.pem import as_text

_LONGEST_LINE = 32_768
_LOOKED_AT = 2 * _LONGEST_LINE
_KEY = re.compile(
    rb"(?:^|[ \t])(%s|[a-z0-9@.-]{3,48}-cert-v01@openssh\.com)[ \t]+(AAAA[0-9A-Za-z+/]*=*)"
    rb"(?:[ \t]+(.*))?$" % b"|".join(re.escape(kind.encode()) for kind in ssh_wire.KINDS)
)
# To the end of the line where the last quote is missing: another try from each quote on would take
# time that grows with the square of the line.
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\\?$)')
_HEADER = re.compile(rb"([A-Za-z0-9@.-]{1,64}):[ \t]*((?:[^\r\n]*\\\r?\n)*[^\r\n]*)\r?\n")
_BEGIN = b"---- BEGIN SSH2 "
_BEGIN_PUBLIC = b"---- BEGIN SSH2 PUBLIC KEY ----"
_END_PUBLIC = b"---- END SSH2 PUBLIC KEY ----"
_PRIVATE = b"---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----"
_VERSION_1 = b"SSH PRIVATE KEY FILE FORMAT 1.1\n\0"


def recognise_public(data: bytes) -> bool:
    """The first line that is not a comment is an SSH public key, or a block of one begins."""
    if data.startswith(_VERSION_1):
        return True
    text = as_text(data[:_LOOKED_AT])
    for line in text.splitlines():
        bare = line.strip()
        if bare and not bare.startswith(b"#"):
            return bare.startswith(_BEGIN) or _find(bare) is not None
    return False


def read_public(data: bytes, context: Context) -> str:
    """Every key. Malformed ones are errors of their own."""
    text = as_text(data)
    if data.startswith(_VERSION_1):
        context.add(
            OtherItem(
                "SSH private key of version 1",
                problem="SSH 1 was given up in 2017; nothing uses such keys any more.",
                container=openssh.CONTAINER,
            )
        )
    elif _BEGIN in text:
        _read_blocks(text, context)
    else:
        _read_lines(text, context)
    return openssh.CONTAINER


def _find(line: bytes) -> re.Match[bytes] | None:
    """The key in a line; what stands in quotes before it, as commands do, is no key."""
    hidden = _QUOTED.sub(lambda quoted: b"." * len(quoted[0]), line)
    found = _KEY.search(hidden)
    return found and _KEY.search(line, found.start())


def _read_lines(text: bytes, context: Context) -> None:
    for number, line in enumerate(BytesIO(text), 1):
        if number > context.limits.pem_blocks:
            context.error("", f"Only the first {context.limits.pem_blocks:,} lines were read.")
            break
        stripped = line.strip()
        if not stripped or stripped.startswith(b"#"):
            continue
        with context.part(f"line {number}"):
            if len(stripped) > _LONGEST_LINE:
                raise RefusedError("The line is too long to be a public key")
            found = _find(stripped)
            if found is None:
                raise ValueError("it is not an SSH public key")
            _add(_decode(found[2]), (found[3] or b"").decode("utf-8", "replace"), context)


def _read_blocks(text: bytes, context: Context) -> None:
    if _PRIVATE in text:
        context.add(
            OtherItem(
                "Private key of SSH Communications Security",
                problem="We do not read this format; ssh-keygen -i turns it into OpenSSH's.",
                container=openssh.CONTAINER,
            )
        )
    start = number = 0
    while (start := text.find(_BEGIN_PUBLIC, start)) >= 0:
        number += 1
        if number > context.limits.pem_blocks:
            context.error("", f"Only the first {context.limits.pem_blocks:,} blocks were read.")
            break
        end = text.find(_END_PUBLIC, start)
        with context.part(f"block {number} (SSH2 PUBLIC KEY)"):
            if end < 0:
                raise ValueError("its END line is missing")
            _read_block(text[start + len(_BEGIN_PUBLIC) : end].lstrip(b" \t\r\n"), context)
        if end < 0:
            break
        start = end


def _read_block(inside: bytes, context: Context) -> None:
    """Headers (RFC 4716, section 3.3), which a backslash continues on the next line, and base64."""
    at, comment = 0, b""
    while header := _HEADER.match(inside, at):
        at = header.end()
        if header[1].lower() == b"comment":
            comment = re.sub(rb"\\\r?\n", b"", header[2]).strip().strip(b'"')
    _add(_decode(b"".join(inside[at:].split())), comment.decode("utf-8", "replace"), context)


def _decode(text: bytes) -> bytes:
    try:
        return b64decode(text.rstrip(b"=") + b"=" * (-len(text.rstrip(b"=")) % 4), validate=True)
    except Base64Error:
        raise ValueError("its base64 is damaged") from None


def _add(blob: bytes, comment: str, context: Context) -> None:
    kind = ssh_wire.Reader(blob).text()
    if kind.endswith(ssh_wire.CERTIFICATE):
        what = "OpenSSH certificate"
        described = describe_certificate(blob, comment)
        context.add(OtherItem(what, container=openssh.CONTAINER, description=described))
    elif kind in ssh_wire.SECURITY_KEYS:
        openssh.add_security_key(blob, context, comment=comment)
    else:
        spki = ssh_wire.public(blob).spki
        context.add(public_item(spki, openssh.CONTAINER, context.limits))
