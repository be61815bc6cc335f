"""Fuzzy matching for the command palette: letters in order, words' beginnings first."""


def fuzzy_score(pattern: str, text: str) -> int | None:
    """How well `text` answers to `pattern`, higher is better; None when it does not.

    Every letter of the pattern must occur in the text in order, case and spaces aside. A letter
    at the beginning of a word counts most, then one that follows the letter matched before it.
    """
    wanted = [c for c in pattern.casefold() if not c.isspace()]
    if not wanted:
        return 0
    hay = text.casefold()
    # Best score with the letters so far matched, by the place of the last one.
    best: dict[int, int] = {-1: 0}
    for letter in wanted:
        step: dict[int, int] = {}
        for place, found in enumerate(hay):
            if found != letter:
                continue
            at_word = place == 0 or not hay[place - 1].isalnum()
            reachable = [
                score + (10 if at_word else 0) + (8 if before == place - 1 and place else 0)
                for before, score in best.items()
                if before < place
            ]
            if reachable:
                step[place] = max(reachable)
        if not step:
            return None
        best = step
    # A little for short texts; what is about as long keeps the order in which it was declared.
    return max(best.values()) * 4 - len(hay) // 10
