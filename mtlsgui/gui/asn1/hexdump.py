"""Bytes as people read them: offset, hexadecimal, characters."""

BYTES_SHOWN = 16 * 1024
"""So many bytes of a value are shown; all of them are copied."""


def dump(data: bytes, start: int, width: int) -> str:
    """Lines of `width` bytes. start: the offset of the first of them."""
    digits = max(4, len(f"{start + len(data):x}"))
    lines = []
    for at in range(0, len(data), width):
        piece = data[at : at + width]
        text = "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in piece)
        lines.append(f"{start + at:0{digits}x}  {piece.hex(' '):<{3 * width - 1}}  {text}")
    return "\n".join(lines)
