"""The reading process itself: takes orders until nobody is there to give any."""

import contextlib
import faulthandler
import gc
import os
import signal
import sys
import threading
import time
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import NoReturn

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.files import read_bytes
from mtlsgui.formats.read import read
from mtlsgui.workspace.reading import memory
from mtlsgui.workspace.reading.folders import unfold
from mtlsgui.workspace.reading.messages import (
    Answer,
    Message,
    Order,
    OutOfMemory,
    Plan,
    Ready,
    Refusal,
    Task,
    dump,
    load_order,
)

_GRACE_S = 5.0
"""It ends by itself so long after the process above it should have ended it."""
_HEAVY = 192 * 1024 * 1024
"""Bytes of memory above which it ends after a file; the next is read by a fresh process."""
_LARGE = 256 * 1024
"""Bytes of a file, or of what is said of it, above which that is looked at."""


def run(orders: Connection, above: Connection | None, idle_s: float) -> NoReturn:
    """Serve until the other end of `orders` is closed, or nothing was ordered for `idle_s`.

    above: the other end of the pipe, when this process was forked and holds a copy of it.
    """
    if above is not None:
        above.close()
    inherited = 0 if above is None else memory.in_use()[1]
    nowhere = _keep_to_itself()
    threading.Thread(target=_end_with_the_one_above, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        orders.send_bytes(dump(Ready()))
        while orders.poll(idle_s):
            order = load_order(orders.recv_bytes())
            if not _Shift(orders, order, nowhere, inherited).work():
                break
    os._exit(0)


def _keep_to_itself() -> int:
    """Nothing on the terminal, no core dump, nothing to do with Ctrl+C.

    Gives the descriptor of the device that swallows all.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.disable()  # that of a program from which this one was forked
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        with contextlib.suppress(OSError):  # a window on Windows has none
            os.dup2(nothing, stream)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return nothing


def _end_with_the_one_above() -> None:
    above = parent_process()
    if above is not None:
        wait([above.sentinel])
        os._exit(1)


class _Shift:
    """The work on one order. inherited: bytes of memory that the process above had in use."""

    def __init__(self, orders: Connection, order: Order, nowhere: int, inherited: int) -> None:
        self._orders = orders
        self._order = order
        self._nowhere = nowhere
        self._inherited = inherited
        self._guarded = 0.0

    def work(self) -> bool:
        """Do it. False when the process has grown too large to go on with another."""
        order = self._order
        _bound_memory(order.limits.memory + self._inherited)
        if order.home:
            with contextlib.suppress(OSError):  # then the files cannot be found, and that is said
                os.chdir(order.home)
        tasks = order.tasks
        try:
            if order.unfold:
                self._guard()
                tasks = tuple(unfold(tasks))
                self._say(Plan(tasks))
            for task in tasks:
                self._guard()
                if self._read(task) > _LARGE and _is_heavy(self._inherited):
                    return False
        except MemoryError:
            _unbound_memory()
            self._say(OutOfMemory())
            return False
        finally:
            faulthandler.cancel_dump_traceback_later()
        return True

    def _read(self, task: Task) -> int:
        """Read it, say what came of it; gives about how many bytes that took."""
        limits, passphrases = self._order.limits, self._order.passphrases
        size = 0
        try:
            if task.refusal is not None:
                answer = Answer(refusal=task.refusal)
            else:
                data = (
                    task.data if task.path is None else read_bytes(Path(task.path), limits=limits)
                )
                size = len(data)
                name = task.name.rpartition("/")[2]
                answer = Answer(read(data, name=name, passphrases=passphrases, limits=limits))
            return max(size, self._say(answer))
        except MtlsguiError as error:
            refusal = Refusal.of(error)
        except MemoryError:
            raise
        except Exception as error:
            # Never its message, which might quote what was read.
            fault = f"A fault of ours: {type(error).__name__}."
            refusal = Refusal(f"{task.name} cannot be read", fault)
        return max(size, self._say(Answer(refusal=refusal)))

    def _say(self, message: Message) -> int:
        """At once: what is ready is not to be lost with the next file. Gives its size."""
        said = dump(message)
        self._orders.send_bytes(said)
        return len(said)

    def _guard(self) -> None:
        """End this process even if nobody else can, and even in C code that never comes back.

        The process above ends it at its time. This is for when that one was killed meanwhile:
        the thread that waits for it may never get its turn.
        """
        now = time.monotonic()
        if now - self._guarded > 1:
            self._guarded = now
            seconds = self._order.limits.seconds + _GRACE_S
            faulthandler.dump_traceback_later(seconds, exit=True, file=self._nowhere)


def _is_heavy(inherited: int) -> bool:
    import psutil

    gc.collect()
    return int(psutil.Process().memory_info().rss) - inherited > _HEAVY


def _bound_memory(most: int) -> None:
    """Let allocations fail beyond so many bytes, where the system can."""
    if sys.platform == "linux":
        mapped, resident = memory.in_use()
        # What is mapped and not in memory, such as libraries, is not the file's doing.
        _set_address_space(mapped - resident + most)


def _unbound_memory() -> None:
    """So that there is some for saying that there was too little."""
    _set_address_space(None)


def _set_address_space(size: int | None) -> None:
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if size is None or (most != resource.RLIM_INFINITY and size > most):
            size = most
        resource.setrlimit(resource.RLIMIT_AS, (size, most))
