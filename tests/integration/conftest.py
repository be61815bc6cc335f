"""Fixtures of the integration tests: an estate for each kind of key, and strangers to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Mtlsctl
from tests.integration.estate import Estate, make_estate, new_workspace

EstateOf = Callable[[str], Estate]


@pytest.fixture(scope="session")
def estate_of(tmp_path_factory: pytest.TempPathFactory) -> EstateOf:
    """The estate whose keys are of a kind; made when it is first asked for, not to be changed."""
    made: dict[str, Estate] = {}

    def get(key: str) -> Estate:
        if key not in made:
            made[key] = make_estate(tmp_path_factory.mktemp(f"estate-{key}"), key)
        return made[key]

    return get


@pytest.fixture
def estate(estate_of: EstateOf) -> Estate:
    """The one with P-256 keys."""
    return estate_of("p256")


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Estate:
    """Another estate, whose authorities have the same names."""
    return make_estate(tmp_path_factory.mktemp("stranger"), "p256")


@pytest.fixture
def mtlsctl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mtlsctl:
    """The command on an empty workspace, run in an empty folder."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return new_workspace(tmp_path / "workspace")
