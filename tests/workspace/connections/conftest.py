"""A workspace on a file vault, with a root."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mtlsgui.inventory.records import CertificateRow
from mtlsgui.workspace.workspace import Workspace
from tests.tls.papers import NOW
from tests.workspace.support import PASSPHRASE, Clock, LocalVaults, make_root


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def ws(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    vaults = LocalVaults(tmp_path / "computer")
    with Workspace.open(tmp_path / "workspace", vaults, clock=clock, actor="t@here") as made:
        made.custody.set_up("file", PASSPHRASE)
        yield made


@pytest.fixture
def root(ws: Workspace) -> CertificateRow:
    return make_root(ws)
