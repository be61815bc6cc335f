"""How a benchmark measures, and the figures it gives back."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured value beside the peer's, taken on the same machine in the same run.

    what: the thing measured, in words.
    value, peer_value: in `unit` (ms, 1/s, MB, …).
    peer: what was measured beside it, in words.
    """

    what: str
    value: float
    unit: str
    peer: str
    peer_value: float

    @property
    def ratio(self) -> float:
        """Ours over the peer's: 2.0 is twice the milliseconds, or twice the rate."""
        return self.value / self.peer_value


def process_cpu_ms(command: Sequence[str], runs: int = 7) -> float:
    """CPU time (user and system, median of `runs`) of a program from start to exit, in ms.

    CPU, not wall time: what else the machine does moves it less. One run before those counted
    fills the caches. Raises CalledProcessError when the program fails.
    """
    return statistics.median([_one_run_ms(command) for _ in range(runs + 1)][1:])


def _one_run_ms(command: Sequence[str]) -> float:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return (usage.ru_utime + usage.ru_stime) * 1000


def python(program: str) -> list[str]:
    """The command that runs `program` in a fresh interpreter of this environment."""
    return [sys.executable, "-c", program]
