"""Fixtures of the command line's tests: one workspace with two authorities, copied for each."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mtlsgui.cli.main import cli

PASSPHRASE = "correct horse"
ENVIRONMENT = {"MTLSGUI_PASSPHRASE": PASSPHRASE, "MTLSGUI_OUT_PASSPHRASE": None}


@dataclass
class Mtlsctl:
    """Runs commands on one workspace, in this process."""

    workspace: Path

    def run(
        self, *arguments: str, stdin: bytes | str | None = None, env: Mapping[str, str | None] = {}
    ) -> Result:
        settings = {"MTLSGUI_WORKSPACE": str(self.workspace), **ENVIRONMENT, **env}
        return CliRunner().invoke(cli, arguments, input=stdin, env=settings)

    def ok(self, *arguments: str, **how: Any) -> str:
        """Standard output of a command that succeeds."""
        result = self.run(*arguments, **how)
        assert result.exit_code == 0, result.output
        return result.stdout

    def json(self, *arguments: str, **how: Any) -> Any:
        """The JSON document of a command that succeeds; nothing else is on standard output."""
        return json.loads(self.ok(*arguments, "--json", **how))

    def refused(self, *arguments: str, **how: Any) -> str:
        """Standard error of a command that is refused; nothing is on standard output."""
        result = self.run(*arguments, **how)
        assert result.exit_code == 2, result.output
        assert result.stdout == ""
        assert result.stderr.startswith("error: ")
        return result.stderr


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a root (id 1) and an intermediate (id 2), its keys in a file."""
    workspace = tmp_path_factory.mktemp("template") / "workspace"
    mtlsctl = Mtlsctl(workspace)
    mtlsctl.ok("init", "--vault", "file")
    mtlsctl.ok("ca", "create", "--name", "Example Root CA", "--org", "Example")
    mtlsctl.ok("ca", "intermediate", "--parent", "Example Root CA", "--name", "Example Issuing")
    return workspace


@pytest.fixture
def mtlsctl(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mtlsctl:
    """The command on a workspace of its own, run in an empty folder."""
    shutil.copytree(template, tmp_path / "workspace")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return Mtlsctl(tmp_path / "workspace")


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mtlsctl:
    """The command without a workspace, run in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Mtlsctl(tmp_path / "workspace")
