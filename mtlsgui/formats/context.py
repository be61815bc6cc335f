"""What the readers of one file share: what they may spend, and where they put what they find."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.encryption import Protection, check
from mtlsgui.formats.items import Item, ReadError
from mtlsgui.formats.limits import Limits
from mtlsgui.pki.extensions import reason

MOST_ERRORS = 1_000
"""Errors that are kept of one file: nobody reads more, and hostile files have millions."""


class Context:
    """The reading of one file: passphrases and limits in, items and errors out."""

    def __init__(self, passphrases: Sequence[bytes], limits: Limits) -> None:
        self.passphrases = tuple(passphrases)
        self.limits = limits
        self.items: list[Item] = []
        self.errors: list[ReadError] = []
        self._where = ""
        self._rounds = 0

    def afford(self, protections: Sequence[Protection], tries: int) -> None:
        """Take from what the whole file may spend on passphrases: many small parts add up.

        protections: what one passphrase opens together. One that is wrong shows at the first of
        them that is tried, the right one is used for all. Raises RefusedError.
        """
        costs = [protection.rounds for protection in protections]
        rounds = sum(costs) + max(costs, default=0) * (max(tries, 1) - 1)
        spent = self._rounds if tries else 0  # what is not tried costs nothing
        for protection in protections:
            check(protection, rounds, spent, self.limits)
        if tries:
            self._rounds += rounds

    def add(self, item: Item) -> None:
        self.items.append(item)

    def error(self, where: str, message: str) -> None:
        """An error of `where`, or of the part that is being read when that is empty."""
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(ReadError(where or self._where, message))
        elif len(self.errors) == MOST_ERRORS:
            self.errors.append(ReadError("", "There are more errors; they are left out."))

    @contextmanager
    def part(self, where: str) -> Iterator[None]:
        """Whatever goes wrong inside is an error of this part of the file; the others stand.

        Malformed input makes `cryptography` raise a dozen kinds of exception, so all are caught.
        """
        outer = self._where
        self._where = ", ".join(filter(None, (outer, where)))
        try:
            yield
        except MtlsguiError as error:
            self.error("", f"{error.title}. {error.detail}".rstrip())
        except Exception as error:
            self.error("", f"It cannot be read: {reason(error)}")
        finally:
            self._where = outer
