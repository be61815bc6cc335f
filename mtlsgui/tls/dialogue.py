"""Short conversations in other protocols, without a socket: a generator says what it sends and how
much it waits for, whoever drives it feeds what arrives.

All that is waited for is bounded, so that no server can fill the memory; time limits are the
driver's.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

_LINE = 4_096
_MOST_LINES = 100
_WORDS = 300

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Send:
    """name, note: for people; they hold no secret, which `data` may."""

    name: str
    data: bytes = field(repr=False)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Take:
    """Wait for a part. measure: how long it is, None while that cannot be told; `most` at most."""

    measure: Callable[[bytes], int | None]
    most: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What was taken, in words."""

    name: str
    size: int
    note: str = ""


Move = Send | Take | Heard
Dialogue = Generator[Move, bytes, Result]
"""Take is answered with the part, which is never empty; the others with nothing."""


class Refused(Exception):
    """The other side does not do what it was asked. text: why, if it can in its own words."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Talk(Generic[Result]):
    """Drives a dialogue. result: what it came to, once it is `done`.

    moves: what was sent and heard so far. rest: what arrived beyond what was taken.
    """

    def __init__(self, dialogue: Dialogue[Result]) -> None:
        self.result: Result | None = None
        self.done = False
        self.rest = b""
        self.moves: list[Send | Heard] = []
        self._dialogue = dialogue
        self._waiting: Take | None = None
        self._outgoing = b""
        self._go_on(b"")

    def feed(self, data: bytes) -> None:
        """Take what arrived. Raises Refused."""
        self.rest += data
        while self._waiting is not None:
            length = self._waiting.measure(self.rest)
            known = len(self.rest) if length is None else length
            if known > self._waiting.most:
                raise Refused("it sends more than this protocol has any use for")
            if length is None or len(self.rest) < length:
                return
            part, self.rest = self.rest[:length], self.rest[length:]
            self._go_on(part)

    def outgoing(self) -> bytes:
        """What is to be sent now."""
        data, self._outgoing = self._outgoing, b""
        return data

    def _go_on(self, part: bytes) -> None:
        self._waiting = None
        try:
            while True:
                move = self._dialogue.send(part) if part else next(self._dialogue)
                part = b""
                match move:
                    case Take():
                        self._waiting = move
                        return
                    case Send():
                        self._outgoing += move.data
                        self.moves.append(move)
                    case Heard():
                        self.moves.append(move)
        except StopIteration as stop:
            self.result = stop.value
            self.done = True


def line() -> Dialogue[bytes]:
    """A line with its end."""
    return (yield Take(lambda data: data.find(b"\n") + 1 or None, _LINE))


def exactly(size: int) -> Dialogue[bytes]:
    if size == 0:
        return b""
    return (yield Take(lambda _data: size, 65_536))


def until(mark: bytes, most: int = 16_384) -> Dialogue[bytes]:
    """All up to and with `mark`."""

    def measure(data: bytes) -> int | None:
        at = data.find(mark)
        return None if at < 0 else at + len(mark)

    return (yield Take(measure, most))


def lines_until(is_last: Callable[[bytes], bool]) -> Dialogue[list[bytes]]:
    """Lines up to and with the last one."""
    found: list[bytes] = []
    while len(found) < _MOST_LINES:
        found.append((yield from line()))
        if is_last(found[-1]):
            return found
    raise Refused("its answer does not end")


def words(data: bytes) -> str:
    """What a server says, fit for a line of text: no control characters, not for ever."""
    text = data.decode("utf-8", "replace")
    clean = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(clean.split())[:_WORDS]
