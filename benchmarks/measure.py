"""How a benchmark measures, and the figures it gives back."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured value beside the peer's, taken on the same machine in the same run.

    what: the thing measured, in words.
    value, peer_value: in `unit` (ms, s, 1/s, MB, …); no peer_value where there is nothing to
        measure beside it, which `peer` then says.
    peer: what was measured beside it, in words.
    """

    what: str
    value: float
    unit: str
    peer: str = ""
    peer_value: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours over the peer's: 2.0 is twice the milliseconds, or twice the rate."""
        return self.value / self.peer_value if self.peer_value else None


@dataclass
class Spent:
    """What something took, in seconds; cpu is that of all threads."""

    cpu: float = 0.0
    wall: float = 0.0


@contextmanager
def spending() -> Iterator[Spent]:
    """Measures the body; what it gives is filled in at the end."""
    spent = Spent()
    cpu, wall = time.process_time(), time.perf_counter()
    yield spent
    spent.cpu, spent.wall = time.process_time() - cpu, time.perf_counter() - wall


def thread_ms(step: Callable[[], object], runs: int = 7) -> float:
    """CPU time of the calling thread (median of `runs`), in ms: what a window stands still for."""
    taken = []
    for _ in range(runs):
        begin = time.thread_time()
        step()
        taken.append((time.thread_time() - begin) * 1000)
    return statistics.median(taken)


def wall_ms(step: Callable[[], object], runs: int = 7) -> float:
    """Wall time (median of `runs`), in ms, of what another process has its part in.

    One run before those counted fills the caches and starts that process.
    """
    taken = []
    for _ in range(runs + 1):
        begin = time.perf_counter()
        step()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken[1:])


def process_cpu_ms(command: Sequence[str], runs: int = 7) -> float:
    """CPU time (user and system, median of `runs`) of a program from start to exit, in ms.

    CPU, not wall time: what else the machine does moves it less. One run before those counted
    fills the caches. Raises CalledProcessError when the program fails.
    """
    return statistics.median([process_spent(command).cpu * 1000 for _ in range(runs + 1)][1:])


def process_spent(command: Sequence[str], folder: Path | None = None) -> Spent:
    """What a program takes from start to exit, run in `folder`.

    Raises CalledProcessError when it fails.
    """
    begin = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Spent(usage.ru_utime + usage.ru_stime, time.perf_counter() - begin)


def python(program: str) -> list[str]:
    """The command that runs `program` in a fresh interpreter of this environment."""
    return [sys.executable, "-c", program]
