"""Fixtures of the workspace tests: real workspaces in folders of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mtlsgui.workspace.workspace import Workspace
from tests.workspace.support import PASSPHRASE, Clock, LocalVaults


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vaults(tmp_path: Path) -> LocalVaults:
    """The vaults of this computer."""
    return LocalVaults(tmp_path / "computer")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Where the workspace lies."""
    return tmp_path / "workspace"


@pytest.fixture
def empty(directory: Path, vaults: LocalVaults, clock: Clock) -> Iterator[Workspace]:
    """A workspace that was never used."""
    with Workspace.open(directory, vaults, clock=clock, actor="tester@here") as workspace:
        yield workspace


@pytest.fixture
def ws(empty: Workspace) -> Workspace:
    """A workspace with an open, empty file vault."""
    empty.custody.set_up("file", PASSPHRASE)
    return empty
