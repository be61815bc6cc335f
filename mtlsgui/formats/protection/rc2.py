"""RC2 (RFC 2268), decrypting only: the cipher of PKCS#12 files that were made before 2022.

`cryptography` offers it with a key of 128 bits alone, and those files' certificates are under 40.
It protects nothing any more, so nothing here writes it.
"""

# RFC 2268, section 2: a permutation of the bytes from the digits of pi.
_PI = bytes.fromhex(
    "d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2"
    "179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82"
    "54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626"
    "6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7"
    "08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec"
    "c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731"
    "2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9"
    "0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad"
)
BLOCK = 8
_MASHES_BEFORE = {5, 11}
"""Mixing rounds, counted from 1, that are followed by a mashing round when encrypting."""


def decrypt_cbc(key: bytes, effective_bits: int, start: bytes, data: bytes) -> bytes:
    """The plain text with its padding still on it.

    effective_bits: the bits of the key that count (RFC 2268, section 2; 1 to 1,024).
    start: the initialisation vector. Raises ValueError for lengths that cannot be.
    """
    if not 1 <= len(key) <= 128 or not 1 <= effective_bits <= 1024:
        raise ValueError("an RC2 key of that length does not exist")
    if len(start) != BLOCK or len(data) % BLOCK:
        raise ValueError("not whole blocks")
    words = _expand(key, effective_bits)
    plain = bytearray()
    previous = int.from_bytes(start, "little")
    for at in range(0, len(data), BLOCK):
        block = data[at : at + BLOCK]
        plain += (_decrypt(words, block) ^ previous).to_bytes(BLOCK, "little")
        previous = int.from_bytes(block, "little")
    return bytes(plain)


def _expand(key: bytes, effective_bits: int) -> list[int]:
    """Section 2: the key as 64 words of 16 bits."""
    table = bytearray(key)
    size = len(key)
    for at in range(size, 128):
        table.append(_PI[(table[at - 1] + table[at - size]) & 0xFF])
    count = (effective_bits + 7) // 8
    mask = 0xFF >> (8 * count - effective_bits)
    table[128 - count] = _PI[table[128 - count] & mask]
    for at in range(127 - count, -1, -1):
        table[at] = _PI[table[at + 1] ^ table[at + count]]
    return [table[at] | table[at + 1] << 8 for at in range(0, 128, 2)]


def _decrypt(key: list[int], block: bytes) -> int:
    """Section 4, on one block; the result as a little-endian number."""
    a, b, c, d = (block[at] | block[at + 1] << 8 for at in (0, 2, 4, 6))
    for mixing in range(16, 0, -1):
        if mixing in _MASHES_BEFORE:
            d = d - key[c & 63] & 0xFFFF
            c = c - key[b & 63] & 0xFFFF
            b = b - key[a & 63] & 0xFFFF
            a = a - key[d & 63] & 0xFFFF
        at = 4 * mixing - 4
        d = ((d << 11 | d >> 5) - key[at + 3] - (c & b) - (~c & a)) & 0xFFFF
        c = ((c << 13 | c >> 3) - key[at + 2] - (b & a) - (~b & d)) & 0xFFFF
        b = ((b << 14 | b >> 2) - key[at + 1] - (a & d) - (~a & c)) & 0xFFFF
        a = ((a << 15 | a >> 1) - key[at] - (d & c) - (~d & b)) & 0xFFFF
    return a | b << 16 | c << 32 | d << 48
