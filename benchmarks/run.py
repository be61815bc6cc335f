"""Run the benchmarks and print each figure beside its peer's: `make bench ARGS="NAME …"`."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterable

from benchmarks import importing, imports, inspecting, issuing, probing, searching, starting
from benchmarks.measure import Figure

BENCHMARKS: dict[str, Callable[[], Iterable[Figure]]] = {
    "imports": imports.run,
    "issuing": issuing.run,
    "importing": importing.run,
    "searching": searching.run,
    "inspecting": inspecting.run,
    "starting": starting.run,
    "probing": probing.run,
}


def line(figure: Figure) -> str:
    """One figure as a line of the table."""
    ours = f"{figure.value:,.{_digits(figure)}f} {figure.unit}"
    if figure.peer_value is None or figure.ratio is None:
        return f"{figure.what:<42} {ours:>14}   {'–':>14} {figure.peer}".rstrip()
    peers = f"{figure.peer_value:,.{_digits(figure)}f} {figure.unit}"
    return f"{figure.what:<42} {ours:>14}   {peers:>14} {figure.peer:<36} x {figure.ratio:.2f}"


def _digits(figure: Figure) -> int:
    return 2 if figure.unit == "s" else 1


def main(names: list[str]) -> int:
    """Run the benchmarks named, or all; the exit status."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}")
        return 2
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    print(f"{'':<42} {'mtlsgui':>14}   {'peer':>14}")
    for name in names or BENCHMARKS:
        for figure in BENCHMARKS[name]():
            print(line(figure), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
