"""How hard a new passphrase is to guess: an estimate to advise by, never to refuse by."""

import math
from enum import StrEnum

_FIRST_LETTER = math.log2(26)
_NEXT_LETTER = 2.0
"""Bits a letter of English words carries after the first, rounded up from Shannon's 1.3."""
_DIGIT = math.log2(10)
_SYMBOL = math.log2(32)
_CAPITAL = 1.0
_FAIR, _STRONG = 32.0, 45.0
"""Bits. The file can be guessed at without limit, but scrypt makes each guess some 2**17 times
dearer: 45 bits cost what 62 cost with a bare hash. Four unconnected words reach it."""


class Strength(StrEnum):
    """What to say of a passphrase."""

    EMPTY = "empty"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def strength(passphrase: str) -> Strength:
    """An estimate that leans to the low side: letters are taken for words."""
    if not passphrase:
        return Strength.EMPTY
    found = bits(passphrase)
    return (
        Strength.STRONG
        if found >= _STRONG
        else (Strength.FAIR if found >= _FAIR else Strength.WEAK)
    )


def bits(passphrase: str) -> float:
    """About how many bits of surprise there are; repeats and runs ("aaa", "123") count nothing."""
    total, seen = 0.0, set[str]()
    lower = passphrase.lower()
    for at, char in enumerate(passphrase):
        before = lower[at - 1] if at else ""
        triple = lower[max(0, at - 2) : at + 1]
        expected = len(triple) == 3 and triple in seen
        seen.add(triple)
        if expected or (before and abs(ord(lower[at]) - ord(before)) <= 1):
            continue
        if char.isdigit():
            total += _DIGIT
        elif char.isalpha():
            total += _NEXT_LETTER if before.isalpha() else _FIRST_LETTER
            if at and char.isupper() != passphrase[at - 1].isupper() and before.isalpha():
                total += _CAPITAL
        elif char.isspace():
            continue
        else:
            total += _SYMBOL
    return total
