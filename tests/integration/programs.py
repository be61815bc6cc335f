"""Other people's programs: run, looked for, and skipped in words where they are missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

_SERVERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")  # where an ordinary PATH does not look


def find(program: str) -> str | None:
    """Where a program is, servers included; None where it is not."""
    return shutil.which(program, path=os.pathsep.join((os.environ["PATH"], *_SERVERS)))


def needs(program: str, package: str) -> pytest.MarkDecorator:
    """Skips a test on a machine without `program`, which Debian has in `package`."""
    return pytest.mark.skipif(
        find(program) is None, reason=f"{program} is not installed (Debian: {package})"
    )


def attempt(
    *command: str | Path,
    stdin: str = "",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, whatever that is. user: whom it runs as, where not as ourselves."""
    return subprocess.run(
        [find(str(command[0])) or str(command[0]), *map(str, command[1:])],
        input=stdin,
        cwd=cwd,
        env=env,
        user=user,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def run(
    *command: str | Path,
    stdin: str = "",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
) -> str:
    """What a program that succeeds writes to standard output."""
    finished = attempt(*command, stdin=stdin, cwd=cwd, env=env, user=user)
    assert finished.returncode == 0, f"{command}\n{finished.stdout}\n{finished.stderr}"
    return finished.stdout


def openssl(*arguments: str | Path, cwd: Path | None = None) -> str:
    return run("openssl", *arguments, cwd=cwd)
