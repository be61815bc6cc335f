"""What a certificate is found by and sorted by, as text."""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"\d+")
_COLONS = re.compile(r"[0-9a-f]{2}(?::[0-9a-f]{2})+:?")
# A number in a name sorts by its value up to this many digits.
_DIGITS = 12
# Whatever is pasted into the search field; SQLite refuses patterns above 50,000 bytes.
_LONGEST = 1_000


def sort_key(name: str) -> str:
    """web2 before web10, capitals beside small letters; compared by SQLite as plain text."""
    return _NUMBER.sub(lambda number: number[0].zfill(_DIGITS), name.casefold())


def search_text(parts: Iterable[str | None]) -> str:
    """One text, case folded, of all that a certificate is found by, one part a line."""
    kept: list[str] = []
    for part in parts:
        folded = (part or "").casefold()
        if folded and not any(folded in other for other in kept):
            kept.append(folded)
    return "\n".join(kept)


def terms(search: str) -> list[tuple[str, ...]]:
    """The words that must all occur; for each the forms of which one must.

    A serial or fingerprint with colons is also looked for without.
    """
    found: list[tuple[str, ...]] = []
    for word in search[:_LONGEST].casefold().split():
        if _COLONS.fullmatch(word):
            found.append((word, word.replace(":", "")))
        else:
            found.append((word,))
    return found
