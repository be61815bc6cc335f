"""One reading process, as seen from the one that gives it orders."""

import contextlib
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from mtlsgui.errors import MtlsguiError
from mtlsgui.workspace.reading.messages import Message, Order, Plan, Ready, dump, load_message

if TYPE_CHECKING:  # a window that reads nothing does without it
    from multiprocessing.connection import Connection

_LOOK_EVERY_S = 0.05
"""How often time, memory and the wish to stop are looked at."""
_START_S = 60.0
_PLAN_S = 60.0
_LONGEST_MESSAGE = 1024 * 1024 * 1024


class TooLong(Exception):
    """A file took longer than it may."""


class TooMuchMemory(Exception):
    """A file took more memory than it may."""


class Ended(Exception):
    """The process has ended: by itself between two files when `code` is 0, else it broke down."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code


class ReadingProcess:
    """Takes one order at a time. Whatever is raised while one is carried out: `kill` it then."""

    def __init__(self, idle_s: float) -> None:
        """Start it, without waiting for it. Raises MtlsguiError where that cannot be done.

        idle_s: it ends when it has had nothing to do for so many seconds.
        """
        from multiprocessing import get_context

        from mtlsgui.workspace.reading import memory
        from mtlsgui.workspace.reading.worker import run

        # A copy of this process is there in a few milliseconds, but a copy of one with threads
        # may find locks held by threads that it does not have.
        forked = sys.platform == "linux" and _has_one_thread()
        context = get_context("fork") if forked else get_context("spawn")
        # What this one has in memory counts as a copy's too, and is not the file's doing.
        self._inherited = memory.in_use()[1] if forked else 0
        ours, theirs = context.Pipe()
        self._orders: Connection = ours
        self._ready = False
        self._process = context.Process(
            target=run,
            args=(theirs, ours if forked else None, idle_s),
            name="mtlsgui-reading",
            daemon=True,
        )
        try:
            self._process.start()
        except OSError as error:
            ours.close()
            raise MtlsguiError(
                "Files cannot be read",
                f"The process that reads them cannot be started: {error.strerror or error}.",
                "Close other programs, and try again.",
            ) from None
        finally:
            theirs.close()

    @property
    def id(self) -> int | None:
        """The system's number of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it would take an order."""
        return self._process.is_alive()

    def carry_out(self, order: Order, look: Callable[[], None]) -> Iterator[Message]:
        """What it answers, as it comes. The order is done when all of its tasks are answered.

        look: called at least every 50 ms; what it raises goes to the caller.
        Raises TooLong, TooMuchMemory, Ended, and MtlsguiError when it does not come up.
        """
        try:
            # It takes in an order at a go before it answers, so neither waits for the other.
            self._orders.send_bytes(dump(order))
        except OSError:
            raise self._ended() from None
        planned = not order.unfold
        since = time.monotonic()
        watch = _MemoryWatch(self.id, order.limits.memory + self._inherited)
        while True:
            if not self._orders.poll(_LOOK_EVERY_S):
                look()
                waited = time.monotonic() - since
                if not self._ready:
                    if waited > _START_S:
                        raise MtlsguiError("Files cannot be read", "Their reader does not start.")
                elif waited > (order.limits.seconds if planned else _PLAN_S):
                    raise TooLong
                elif watch.exceeded():
                    raise TooMuchMemory
                continue
            try:
                said = self._orders.recv_bytes(_LONGEST_MESSAGE)
            except (EOFError, OSError):
                raise self._ended() from None
            try:
                message = load_message(said)
            except pickle.UnpicklingError as error:
                raise MtlsguiError(
                    "What was read cannot be taken over", f"A fault of ours: {error}."
                ) from None
            if isinstance(message, Ready):
                self._ready = True
            else:
                planned = planned or isinstance(message, Plan)
                yield message
            look()
            since = time.monotonic()

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        self._orders.close()
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.join(1)  # not longer: what waits for a network drive cannot be ended
        with contextlib.suppress(ValueError):
            self._process.close()

    def _ended(self) -> Exception:
        self._process.join(1)
        code = self._process.exitcode
        if self._ready or code == 0:
            return Ended(code)
        return MtlsguiError(
            "Files cannot be read",
            f"The process that reads them ended as it began (status {code}).",
        )


def _has_one_thread() -> bool:
    """Of this process, as the system counts: those of libraries too."""
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - names are enough
    except OSError:
        return False


class _MemoryWatch:
    """Looks at the memory that a process has in use."""

    def __init__(self, process: int | None, limit: int) -> None:
        self._process = process
        self._limit = limit

    def exceeded(self) -> bool:
        import psutil

        try:
            return int(psutil.Process(self._process).memory_info().rss) > self._limit
        except psutil.Error:
            return False  # it has ended, which shows by itself
