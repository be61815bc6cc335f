"""A real inventory in a temporary folder, and certificates made of plain values."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mtlsgui.inventory.inventory import Inventory
from tests.inventory.making import NOW


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, step: timedelta) -> None:
        self.now += step


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workspace" / "inventory.sqlite"


@pytest.fixture
def inventory(path: Path, clock: Callable[[], datetime]) -> Iterator[Inventory]:
    with Inventory.open(path, clock) as opened:
        yield opened
