"""tools/setup.py: what is there is seen, and what changed is set up again."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tools import setup
from tools.setup import Level, Need


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for a checkout which was set up."""
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "VENV_PYTHON", tmp_path / ".venv" / "bin" / "python")
    for name in ("a.lock", "pyproject.toml", "tools/setup.py", ".venv/bin/python"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def test_need_is_met_by_what_is_found_not_by_who_installed_it() -> None:
    assert Need("any", libraries=("libc.so.6",), programs=("sh",)).is_met()
    assert not Need("any", libraries=("libc.so.6", "libmade-up.so.9")).is_met()
    assert not Need("any", programs=("sh", "made-up-program")).is_met()


def test_finished_set_up_is_not_done_twice(checkout: Path) -> None:
    level = Level("run", needs=(), locks=("a.lock",))
    assert not level.is_done()
    level.stamp.write_text(level.key())
    assert level.is_done()


@pytest.mark.parametrize("name", ["a.lock", "pyproject.toml", "tools/setup.py"])
def test_set_up_is_done_again_when_a_file_it_rests_on_changes(checkout: Path, name: str) -> None:
    level = Level("run", needs=(), locks=("a.lock",))
    level.stamp.write_text(level.key())
    (checkout / name).write_text("changed")
    assert not level.is_done()


def test_set_up_is_done_again_when_the_environment_is_gone(checkout: Path) -> None:
    level = Level("run", needs=(), locks=("a.lock",))
    level.stamp.write_text(level.key())
    (checkout / ".venv" / "bin" / "python").unlink()
    assert not level.is_done()


def test_a_translation_that_is_newer_than_its_compiled_file_is_seen(tmp_path: Path) -> None:
    assert setup.translations_are_compiled(tmp_path)
    source, compiled = tmp_path / "mtlsgui_de.ts", tmp_path / "mtlsgui_de.qm"
    source.touch()
    assert not setup.translations_are_compiled(tmp_path)
    compiled.touch()
    os.utime(source, (100, 100))
    os.utime(compiled, (101, 101))
    assert setup.translations_are_compiled(tmp_path)
    os.utime(source, (102, 102))
    assert not setup.translations_are_compiled(tmp_path)


def test_unknown_level_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.main(["everything"]) == 2
    assert "usage: tools/setup.py run|test" in capsys.readouterr().err


def test_locks_of_both_levels_are_in_the_checkout() -> None:
    for level in setup.LEVELS.values():
        assert level.key()


def test_servers_are_kept_from_starting_while_they_are_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = tmp_path / "policy-rc.d"
    monkeypatch.setattr(setup, "START_POLICY", policy)
    with setup.services_at_rest([]):
        assert subprocess.run([policy], check=False).returncode == 101  # "forbidden by policy"
    assert not policy.exists()
    policy.write_text("the machine's own")
    with setup.services_at_rest([]):
        pass
    assert policy.read_text() == "the machine's own"
