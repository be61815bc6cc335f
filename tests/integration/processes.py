"""`mtlsctl` as a process of its own, in a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.integration.programs import attempt

_PROGRAM = (sys.executable, "-c", "from mtlsgui.cli.main import main; main()")


@dataclass(frozen=True)
class Computer:
    """Somebody's machine: its home and environment, with the workspace where it is by default.

    environment: beside HOME; a value of its own for MTLSGUI_PASSPHRASE, a session bus, ….
    """

    home: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def attempt(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run `mtlsctl` to its end. variables: more of the environment."""
        return attempt(*_PROGRAM, *arguments, cwd=self.home, env=self._environment(variables))

    def ok(self, *arguments: str, **variables: str) -> str:
        finished = self.attempt(*arguments, **variables)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished.stdout

    def json(self, *arguments: str, **variables: str) -> Any:
        return json.loads(self.ok(*arguments, "--json", **variables))

    def refused(self, *arguments: str, **variables: str) -> str:
        """What is said to a command that is refused."""
        finished = self.attempt(*arguments, **variables)
        assert (finished.returncode, finished.stdout) == (2, ""), finished.stdout + finished.stderr
        assert finished.stderr.startswith("error: ")
        return finished.stderr

    @contextmanager
    def started(self, *arguments: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
        """`mtlsctl` at work; killed if it still is in the end."""
        with subprocess.Popen(
            [*_PROGRAM, *arguments],
            cwd=self.home,
            env=self._environment(variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def _environment(self, variables: Mapping[str, str]) -> dict[str, str]:
        """Nothing of this process's own folders and settings."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("XDG_", "MTLSGUI_"))
        }
        return {**inherited, "HOME": str(self.home), **self.environment, **variables}


def new_computer(home: Path, **environment: str) -> Computer:
    """One with an empty home."""
    home.mkdir(parents=True)
    return Computer(home, environment)
