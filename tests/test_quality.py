"""The linter, the formatter and the type checker have nothing to say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.timeout(600)  # a cold type check of everything, on a busy machine
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["ruff", "check", "--quiet", "."], id="ruff check"),
        pytest.param(["ruff", "format", "--check", "--diff", "--quiet", "."], id="ruff format"),
        pytest.param(["mypy", "--no-error-summary"], id="mypy"),
    ],
)
def test_nothing_to_report(arguments: list[str]) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if finished.returncode:
        pytest.fail(finished.stdout + finished.stderr, pytrace=False)
