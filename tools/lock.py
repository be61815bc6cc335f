"""Write the lock files: `make lock`.

pip-compile resolves for the platform that it runs on, so `SecretStorage` (Linux) and
`pywin32-ctypes` (Windows) could never stand in one file. uv writes the same format with
environment markers ("--universal"); it is installed for this one step, into build/.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOL_ENVIRONMENT = ROOT / "build" / "lock"
OLDEST_PYTHON = "3.11"


def install_uv() -> Path:
    """Make an environment with nothing but uv in it; return uv's path."""
    venv.create(TOOL_ENVIRONMENT, clear=True, with_pip=True)
    scripts = TOOL_ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    return scripts / "uv"


def compile_lock(uv: Path, output: str, *sources: str, requirements: str = "") -> None:
    """Resolve `sources` (and `requirements`, given as text) into `output`, with hashes."""
    command = [
        str(uv),
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--upgrade",
        "--generate-hashes",
    ]
    command += ["--no-header", "--no-config", "--python-version", OLDEST_PYTHON, *sources]
    if requirements:
        command.append("-")
    command += ["--output-file", output]
    subprocess.run(command, cwd=ROOT, input=requirements, text=True, check=True)


def main() -> int:
    """Write all three lock files; the exit status."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    uv = install_uv()
    compile_lock(
        uv, "requirements-build.lock", requirements="\n".join(project["build-system"]["requires"])
    )
    compile_lock(uv, "requirements.lock", "pyproject.toml")
    # Constrained by the file above, so that what is tested is what ships.
    compile_lock(
        uv,
        "requirements-dev.lock",
        *("pyproject.toml", "--extra", "dev", "--constraint", "requirements.lock"),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
