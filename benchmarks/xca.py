"""Driving xca, the peer: its own import makes its databases, on a terminal that it asks for."""

from __future__ import annotations

import os
import pty
import select
import shutil
import signal
import time
from functools import cache
from pathlib import Path

from benchmarks.material import folder, heap
from benchmarks.measure import Spent

PASSWORD = "benchmark"  # noqa: S105
LONGEST = 240.0
"""Seconds that an import may take."""


def is_there() -> bool:
    """Whether xca is installed."""
    return shutil.which("xca") is not None


def database_path(number: int) -> Path:
    """Where `imported` puts the database with that many certificates."""
    return folder() / f"xca-{number}.xdb"


@cache
def imported(number: int) -> Spent | None:
    """What xca's import of `number` certificates took; None where it took too long."""
    return _run(
        [
            "xca",
            "--no-gui",
            f"--database={database_path(number)}",
            "--import",
            str(heap(number)),
            "--exit",
        ]
    )


def _run(command: list[str]) -> Spent | None:
    """Run it on a terminal of its own and give the password of a new database when asked."""
    begin = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.execvp(command[0], command)  # noqa: S606
    answered = False
    said = b""
    while time.perf_counter() - begin < LONGEST:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            said += os.read(terminal, 4096)
        except OSError:  # it has closed its end
            break
        if b"assword:" in said and not answered:
            answered = True
            os.write(terminal, f"{PASSWORD}\n".encode())
    else:
        os.kill(pid, signal.SIGKILL)
    os.close(terminal)
    _, status, usage = os.wait4(pid, 0)
    if status:
        return None
    return Spent(usage.ru_utime + usage.ru_stime, time.perf_counter() - begin)
