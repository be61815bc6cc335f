"""A scan as seen from the process that wants it."""

import contextlib
import json
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from mtlsgui.errors import MtlsguiError
from mtlsgui.tls.question import Question
from mtlsgui.tls.scanning.messages import (
    Order,
    ScanRow,
    ScanTarget,
    broken_row,
    dump_order,
    load_row,
)

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

AT_ONCE = 32
_LOOK_EVERY_S = 0.05
_START_S = 60.0
_GRACE_S = 30.0
_LONGEST_ANSWER = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Scanned:
    """What came of one target. number: which, from 0. document: CLI.md's, where it was wanted."""

    number: int
    row: ScanRow
    document: dict[str, Any] | None = field(default=None, repr=False)


class _Broken(Exception):
    """The process ended, or hangs. sentence: which of them, in words."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Scan:
    """Tests of many servers that ask one question.

    question: what is asked of each; its target is of no account. at_once: tests under way.
    documents: give each result's whole document too. try_without: try again without the
    certificate, to tell whether it is needed.
    """

    def __init__(
        self,
        question: Question,
        targets: Sequence[ScanTarget],
        now: datetime,
        *,
        at_once: int = AT_ONCE,
        documents: bool = False,
        try_without: bool = False,
    ) -> None:
        self._question = question
        self._targets = tuple(targets)
        self._now = now
        self._at_once = max(1, at_once)
        self._documents = documents
        self._try_without = try_without
        limits = question.limits
        # Nothing takes longer than its limits, but addresses of one name are tried in turn.
        self._patience = 2 * (limits.connect + limits.handshake + limits.answer) + _GRACE_S

    def results(self, look: Callable[[], None] = lambda: None) -> Generator[Scanned, None, None]:
        """Each target's result as it comes, one for each.

        A target that breaks the process down is told as such, and the others go on in a new one.
        look: called at least every 50 ms; what it raises ends the scan at once, as does closing
        this iterator. Raises MtlsguiError where the identity cannot be used, or no process starts.
        """
        batches = deque([(tuple(range(len(self._targets))), self._at_once)])
        while batches:
            numbers, at_once = batches.popleft()
            left = dict.fromkeys(numbers)
            try:
                for scanned in self._carry_out(numbers, at_once, look):
                    left.pop(scanned.number, None)
                    yield scanned
                if left:
                    raise _Broken("The process that tested it ended too early.")
            except _Broken as broken:
                under_way, rest = tuple(left)[:at_once], tuple(left)[at_once:]
                if rest:
                    batches.appendleft((rest, at_once))
                if len(under_way) == 1:
                    (number,) = under_way
                    row = broken_row(self._targets[number].target, broken.sentence)
                    yield Scanned(number, row)
                elif under_way:  # one of them did it: one by one it is found out which
                    batches.appendleft((under_way, 1))

    def _carry_out(
        self, numbers: Sequence[int], at_once: int, look: Callable[[], None]
    ) -> Generator[Scanned, None, None]:
        if not numbers:
            return
        order = Order(
            tuple((number, self._targets[number]) for number in numbers),
            self._question,
            b"",
            self._now,
            at_once,
            self._documents,
            self._try_without,
        )
        pipe, process = _start()
        try:
            yield from self._answers(order, pipe, process, look)
        finally:
            pipe.close()
            with contextlib.suppress(OSError):
                process.kill()
            process.join(1)

    def _answers(
        self,
        order: Order,
        pipe: "Connection",
        process: "SpawnProcess",
        look: Callable[[], None],
    ) -> Generator[Scanned, None, None]:
        ready, left, since = False, len(order.targets), time.monotonic()
        with contextlib.suppress(OSError):  # it has ended already, which is seen below
            pipe.send_bytes(dump_order(order))
        while left:
            look()
            if not pipe.poll(_LOOK_EVERY_S):
                if time.monotonic() - since > (self._patience if ready else _START_S):
                    raise _Broken("The test hung, and was stopped.")
                continue
            try:
                said = json.loads(pipe.recv_bytes(_LONGEST_ANSWER))
            except (EOFError, OSError, ValueError):
                process.join(1)
                if not ready:
                    raise MtlsguiError(
                        "The scan cannot be started.",
                        "The process that tests the servers ended as it began "
                        f"(status {process.exitcode}).",
                        "Close other programs, and try again.",
                    ) from None
                raise _Broken("The process that tested it broke down.") from None
            since = time.monotonic()
            if "refused" in said:
                raise MtlsguiError(**said["refused"])
            if "ready" in said:
                ready = True
                continue
            left -= 1
            yield Scanned(*load_row(said))


def _start() -> "tuple[Connection, SpawnProcess]":
    """Never a copy of this process: it has threads, and much in memory."""
    from mtlsgui.tls.scanning.worker import run

    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=run, args=(theirs,), name="mtlsgui-scan", daemon=True)
    try:
        process.start()
    except OSError as error:
        ours.close()
        raise MtlsguiError(
            "The scan cannot be started.",
            f"No process can be started: {error.strerror or error}.",
            "Close other programs, and try again.",
        ) from None
    finally:
        theirs.close()
    return ours, process
