"""From the start of the process to a window that shows its rows, and the memory it then takes.

On a display of its own (Xvfb). Ours ends itself after its first paint (`first_paint`); xca's is
watched from outside, and counts as there when its main window can be seen. Median of some starts.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import xca
from benchmarks.material import filled
from benchmarks.measure import Figure

STARTS = 5
OURS = (0, 1_000, 10_000, 100_000)
XCAS = (0, 1_000, 10_000)
XCA_LIMIT = 60.0
"""Seconds that xca may take to show its window."""


@dataclass(frozen=True)
class _Start:
    """CPU and wall in seconds; memory in MB."""

    cpu: float
    wall: float
    rss_mb: float


def run() -> Iterator[Figure]:
    """Seconds and MB, with as many certificates as are named."""
    missing = [program for program in ("Xvfb", "xdotool") if shutil.which(program) is None]
    if missing:
        print(f"starting: not measured, for {' and '.join(missing)} is not installed")
        return
    with _display() as environment:
        theirs = _xcas(environment)
        for number in OURS:
            starts = [_ours(number, environment) for _ in range(STARTS + 1)][1:]
            peer, start = _beside(theirs, number)
            shown = f"{number:,} certificates" if number else "empty"
            cpu, wall, rss_mb = (
                statistics.median(values)
                for values in zip(
                    *((each.cpu, each.wall, each.rss_mb) for each in starts), strict=True
                )
            )
            yield Figure(f"start, {shown}, CPU", cpu, "s", peer, start.cpu if start else None)
            yield Figure(f"start, {shown}, wall", wall, "s", peer, start.wall if start else None)
            yield Figure(f"memory, {shown}", rss_mb, "MB", peer, start.rss_mb if start else None)


def _beside(theirs: dict[int, _Start | None], number: int) -> tuple[str, _Start | None]:
    """The peer of a start with `number`: xca with as many, or with the most it could be given."""
    fewer = [each for each in theirs if each <= number]
    if not fewer:
        return "xca has no database" if xca.is_there() else "xca is not installed", None
    most = max(fewer)
    with_ = f"xca, {most:,}" if most else "xca, empty"
    if theirs[most] is None:
        return f"{with_}: no window in {XCA_LIMIT:.0f} s", None
    return with_, theirs[most]


@contextmanager
def _display() -> Iterator[dict[str, str]]:
    """The environment of a new display, with settings that are nobody's."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1440x900x24"]
    with (
        tempfile.TemporaryDirectory() as home,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server,
    ):
        try:
            assert server.stdout is not None
            number = server.stdout.readline().decode().strip()
            yield {
                **os.environ,
                "DISPLAY": f":{number}",
                "HOME": home,
                "XDG_CONFIG_HOME": f"{home}/config",
                "XDG_RUNTIME_DIR": home,
                "QT_QPA_PLATFORM": "xcb",
            }
        finally:
            server.terminate()


def _ours(number: int, environment: dict[str, str]) -> _Start:
    command = [sys.executable, "-m", "benchmarks.first_paint", "--workspace", str(filled(number))]
    begin = time.monotonic()
    done = subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True, timeout=60
    )
    taken = json.loads(done.stdout.splitlines()[-1])
    return _Start(taken["cpu"], taken["painted"] - begin, taken["rss_mb"])


def _xcas(environment: dict[str, str]) -> dict[int, _Start | None]:
    """xca's starts by number of certificates; None where no window came in time."""
    if not xca.is_there():
        return {}
    databases = {number: path for number in XCAS if (path := xca.database(number))}
    return {number: _xca(path, environment) for number, path in databases.items()}


def _xca(database: Path, environment: dict[str, str]) -> _Start | None:
    """The median of some starts; of one where it takes long."""
    starts: list[_Start] = []
    while len(starts) < STARTS and (not starts or starts[0].wall < 2):
        start = _one_xca(database, environment)
        if start is None:
            return None
        starts.append(start)
    return sorted(starts, key=lambda start: start.cpu)[len(starts) // 2]


def _one_xca(database: Path, environment: dict[str, str]) -> _Start | None:
    command = ["xca", f"--database={database}", f"--password=pass:{xca.PASSWORD}"]
    begin = time.monotonic()
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            while time.monotonic() - begin < XCA_LIMIT:
                if _window_of(process.pid, environment):
                    return _spent(process.pid, time.monotonic() - begin)
                time.sleep(0.02)
            return None
        finally:
            process.kill()


def _window_of(pid: int, environment: dict[str, str]) -> bool:
    search = ["xdotool", "search", "--onlyvisible", "--all", "--pid", str(pid), "--name", "X Cert"]
    return subprocess.run(search, env=environment, check=False, capture_output=True).returncode == 0


def _spent(pid: int, wall: float) -> _Start:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])  # proc(5): utime and stime
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return _Start(
        ticks / os.sysconf("SC_CLK_TCK"), wall, pages * os.sysconf("SC_PAGE_SIZE") / 1024**2
    )
