"""The measuring itself: a failing program gives no figure, a ratio has a side."""

from __future__ import annotations

import subprocess

import pytest

from benchmarks import run
from benchmarks.measure import Figure, process_cpu_ms, python


def test_failing_program_gives_no_figure() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        process_cpu_ms(python("raise SystemExit(3)"), runs=1)


def test_ratio_is_ours_over_the_peers() -> None:
    figure = Figure("issue", 50.0, "ms", "openssl", 25.0)
    assert figure.ratio == 2.0
    assert run.line(figure).endswith("x 2.00")


def test_a_figure_without_a_peer_says_so() -> None:
    line = run.line(Figure("start", 0.5, "s", "xca is not installed"))
    assert line.split() == ["start", "0.50", "s", "–", "xca", "is", "not", "installed"]


def test_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["made-up"]) == 2
    assert "no benchmark made-up" in capsys.readouterr().out
