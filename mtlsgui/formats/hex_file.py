r"""Bytes written as hex digits: dumps of xxd, hexdump and od, C arrays, and what people copy.

"3082…", "30 82 …", "30:82:…", "0x30, 0x82, …", "\x30\x82…", with or without offsets before a line
and characters behind it.
"""

import re

from mtlsgui.formats import pem
from mtlsgui.formats.context import Context

_LEAST = 32  # bytes; what is shorter is more likely a serial number or a fingerprint
_LONGEST = 16 * 1024 * 1024  # characters of text that are looked at
_DUMP_LINE = re.compile(
    r"[ \t]*[0-9a-fA-F]{4,16}:?[ \t]{1,4}"  # the offset
    r"((?:[0-9a-fA-F]{2,8}[ \t]{1,2}){0,31}[0-9a-fA-F]{2,8})"
    r"(?:[ \t]{2,}.*|[ \t]*\|.*|[ \t]*)"  # the same as characters
)
_END_OFFSET = re.compile(r"[0-9a-fA-F]{4,16}:?")
_ESCAPED = re.compile(r"(?:(?:0x|\\x)[0-9a-fA-F]{2}[\s,\"';]*){32,}", re.IGNORECASE)
_ESCAPED_BYTE = re.compile(r"(?:0x|\\x)([0-9a-fA-F]{2})", re.IGNORECASE)
_PLAIN = re.compile(r"(?:\\x|0x)?[0-9a-fA-F\s:,.-]+", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s:,.-]+")


def recognise(data: bytes) -> bool:
    """It is text that is the hex of something that begins as DER or PEM does."""
    return any(each[:1] == b"\x30" or b"-----BEGIN" in each[:256] for each in _decoded(data))


def read_hex(data: bytes, context: Context) -> str:
    """What the digits stand for: each array of a program's source by itself."""
    found = _decoded(data)
    for number, each in enumerate(found, 1):
        place = "the hex digits" if len(found) == 1 else f"array {number}"
        context.read_inside(each, place)
    return "hex"


def _decoded(data: bytes) -> list[bytes]:
    """The bytes that the text stands for; nothing when it is no such text."""
    if len(data) > _LONGEST or not _may_be_hex(data):
        return []
    text = pem.as_text(data).decode("latin-1").strip()
    if arrays := _ESCAPED.findall(text):
        return [bytes.fromhex("".join(_ESCAPED_BYTE.findall(array))) for array in arrays]
    digits = _dump(text)
    if not digits and _PLAIN.fullmatch(text):
        bare = text[2:] if text[:2].lower() in ("\\x", "0x") else text
        digits = _SEPARATORS.sub("", bare)
    if len(digits) < 2 * _LEAST or len(digits) % 2:
        return []
    return [bytes.fromhex(digits)]


def _may_be_hex(data: bytes) -> bool:
    """A look at the beginning, and a count: nearly every file is out after this."""
    head = data[:1024].replace(b"\0", b"")
    digits = sum(byte in b"0123456789abcdefABCDEF" for byte in head)
    return len(head) > 0 and digits * 3 >= len(head) and head.count(b"\n") < len(head) // 4


def _dump(text: str) -> str:
    """The digits of a dump with offsets; empty when it is none."""
    lines = text.splitlines()
    found = []
    for number, line in enumerate(lines):
        match = _DUMP_LINE.fullmatch(line)
        if match is None:
            is_end = number == len(lines) - 1 and _END_OFFSET.fullmatch(line.strip())
            if is_end:
                break
            return ""
        found.append("".join(match[1].split()))
    return "".join(found)
