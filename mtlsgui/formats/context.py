"""What the readers of one file share: what they may spend, and where they put what they find."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import Item, OtherItem, ReadError
from mtlsgui.formats.limits import Limits, RefusedError
from mtlsgui.formats.protection.encryption import Protection, check
from mtlsgui.pki.describe.tree import Field
from mtlsgui.pki.extensions import reason

MOST_ERRORS = 1_000
"""Errors that are kept of one file: nobody reads more, and hostile files have millions."""
MOST_OTHERS = 10_000
"""Things that are none of certificates, requests, CRLs and keys, kept of one file: likewise."""
_LONGEST_PLACE = 200


class Context:
    """The reading of one file: passphrases and limits in, items and errors out."""

    def __init__(
        self,
        passphrases: Sequence[bytes],
        limits: Limits,
        recognise: Callable[[bytes], bool],
        read: Callable[[bytes, "Context"], str],
    ) -> None:
        """recognise, read: whatever format the bytes are in, for what stands inside containers."""
        self.passphrases = tuple(passphrases)
        self.limits = limits
        self.items: list[Item] = []
        self.errors: list[ReadError] = []
        self.facts: list[Field] = []
        self.recognise = recognise
        self._read = read
        self._where = ""
        self._places: tuple[str, ...] = ()
        self._rounds = 0
        self._unpacked = 0
        self._others = 0

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
        if isinstance(item, OtherItem):
            self._others += 1
            if self._others == MOST_OTHERS + 1:
                self.error("", f"Only the first {MOST_OTHERS:,} things of other kinds are shown.")
            if self._others > MOST_OTHERS:
                return
        inside = ", ".join(reversed(self._places))
        self.items.append(replace(item, inside=inside) if inside else item)

    def about(self, label: str, value: str, note: str = "") -> None:
        """Something to be said of the file as a whole; nothing is said of files inside others."""
        if not self._places:
            self.facts.append(Field(label, value, note=note))

    def error(
        self, where: str, message: str, *, bounded: bool = False, empty: bool = False
    ) -> None:
        """An error of `where`, or of the part that is being read when that is empty."""
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(ReadError(where or self._where, message, bounded, empty))
        elif len(self.errors) == MOST_ERRORS:
            self.errors.append(ReadError("", "There are more errors; they are left out."))

    @contextmanager
    def expecting(self, what: str) -> Iterator[None]:
        """Where nothing is found inside, that is an error: there is none in `what`.

        Of a file within a file nothing is expected.
        """
        before = len(self.items), len(self.errors)
        yield
        if not self._places and before == (len(self.items), len(self.errors)):
            self.error("", f"There is no certificate, key or request in {what}.", empty=True)

    def read_inside(self, data: bytes, place: str) -> str:
        """Read `data`, which stands at `place` within the file, as a file; gives its format.

        place: for people: "tls.crt in Secret web-tls", "META-INF/CERT.RSA". Whatever goes wrong is
        an error of that place. Raises RefusedError beyond the depth or the total size allowed.
        """
        self.unpack(len(data))
        if len(self._places) >= self.limits.depth:
            raise RefusedError(
                "It is nested too deep", f"It holds files within files, {self.limits.depth} deep."
            )
        outer = self._places
        self._places = (*outer, _shortened(place))
        found = "unknown"
        try:
            with self.part(place):
                found = self._read(data, self)
        finally:
            self._places = outer
        return found

    def unpack(self, size: int) -> None:
        """Count bytes that came out of a file which holds files. Raises RefusedError."""
        self._unpacked += size
        if self._unpacked > self.limits.unpacked_size:
            raise RefusedError(
                "What is packed into it is too large",
                f"More than {self.limits.unpacked_size // 2**20:,} MB come out of it.",
            )

    @contextmanager
    def trying(self, passphrases: Sequence[bytes]) -> Iterator[None]:
        """These too are tried on what is read meanwhile: they stand beside it in the file."""
        outer = self.passphrases
        self.passphrases = (*outer, *(each for each in passphrases if each not in outer))
        try:
            yield
        finally:
            self.passphrases = outer

    @contextmanager
    def part(self, where: str) -> Iterator[None]:
        """Whatever goes wrong inside is an error of this part of the file; the others stand.

        Malformed input makes `cryptography` raise a dozen kinds of exception, so all are caught.
        """
        outer = self._where
        self._where = ", ".join(filter(None, (outer, _shortened(where))))
        try:
            yield
        except MtlsguiError as error:
            bounded = isinstance(error, RefusedError)
            self.error("", f"{error.title}. {error.detail}".rstrip(), bounded=bounded)
        except MemoryError:
            raise  # a bound of the whole file, which is not read any further
        except Exception as error:
            self.error("", f"It cannot be read: {reason(error)}")
        finally:
            self._where = outer


def _shortened(place: str) -> str:
    """A place's name comes from the file, and is said again with each error and item in it."""
    return place if len(place) <= _LONGEST_PLACE else f"{place[: _LONGEST_PLACE - 1]}…"
