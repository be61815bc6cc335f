"""Two `mtlsctl` at work on one workspace, while somebody reads it."""

from __future__ import annotations

import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from mtlsgui.workspace.workspace import Workspace
from tests.cli.conftest import PASSPHRASE
from tests.integration.estate import Identity, new_workspace, verify
from tests.integration.processes import Computer, new_computer
from tests.workspace.support import LocalVaults, assert_whole

pytestmark = pytest.mark.integration

EACH = 300  # rows of a table: more than go into one transaction
ONE_BY_ONE = 5


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    mtlsctl = new_workspace(tmp_path / "workspace")
    mtlsctl.ok("ca", "create", "--name", "Root", "--key", "p256")
    return mtlsctl.workspace


@pytest.fixture
def computer(tmp_path: Path, workspace: Path) -> Computer:
    return new_computer(
        tmp_path / "home", MTLSGUI_WORKSPACE=str(workspace), MTLSGUI_PASSPHRASE=PASSPHRASE
    )


def finish(process: subprocess.Popen[str]) -> None:
    output, _ = process.communicate(timeout=100)
    assert process.returncode == 0, output


def test_all_certificates_are_there_and_the_journal_holds(
    workspace: Path, computer: Computer
) -> None:
    with ExitStack() as stack:
        issuing = []
        for who in ("left", "right"):
            table = computer.home / f"{who}.csv"
            rows = (f"{who}-{number}.example.test" for number in range(EACH))
            table.write_text("\n".join(("name", *rows)))
            arguments = ("issue", "--from", str(table), "-o", who)
            issuing.append(stack.enter_context(computer.started(*arguments)))
        for number in range(ONE_BY_ONE):  # and a third beside them
            computer.ok("issue", "--name", f"single-{number}.example.test", "-o", "single")
        for process in issuing:
            finish(process)
    made = {"left": EACH, "right": EACH, "single": ONE_BY_ONE}
    expected = {f"{who}-{number}.example.test" for who in made for number in range(made[who])}
    expected.add("Root")
    found = computer.json("list")
    assert found["total"] == len(expected)
    assert {each["name"] for each in found["certificates"]} == expected
    assert len({each["serial"] for each in found["certificates"]}) == len(expected)
    assert {each["status"] for each in found["certificates"]} == {"valid"}
    journal = computer.json("journal", "--verify")
    assert journal["verified"] is True
    issued = [
        entry["object_name"]
        for entry in computer.json("journal")["entries"]
        if entry["action"] == "certificate.issued"
    ]
    assert sorted(issued) == sorted(expected - {"Root"})
    for who, count in made.items():
        folder = computer.home / who
        leaves = [Identity(folder, path.stem).certificate for path in folder.glob("*.key")]
        assert len(leaves) == count
        verify(folder / "ca.crt", *leaves)
    with Workspace.open(workspace, LocalVaults(workspace.parent / "computer")) as ws:
        ws.custody.open(PASSPHRASE)
        assert_whole(ws)


def test_a_reader_sees_what_another_does(workspace: Path, computer: Computer) -> None:
    with Workspace.open(workspace, LocalVaults(workspace.parent / "computer")) as reader:
        assert reader.inventory.certificates.count() == 1
        seen = reader.inventory.data_version()
        with computer.started("issue", "--name", "web.example.test") as process:
            deadline = time.monotonic() + 60
            while reader.inventory.data_version() == seen and time.monotonic() < deadline:
                time.sleep(0.05)
            finish(process)
        assert reader.inventory.data_version() != seen
        assert reader.inventory.certificates.find("web.example.test").kind == "server"
        computer.ok("delete", "web.example.test", "--yes")
        assert reader.inventory.certificates.count() == 1


def test_both_make_the_first_vault(tmp_path: Path) -> None:
    """One of the two that begin a workspace at the same time makes its vault."""
    computer = new_computer(tmp_path / "home", MTLSGUI_PASSPHRASE=PASSPHRASE)
    with ExitStack() as stack:
        several = [
            stack.enter_context(computer.started("init", "--vault", "file")) for _ in range(2)
        ]
        statuses = []
        for process in several:
            output, _ = process.communicate(timeout=60)
            statuses.append(process.returncode)
            assert process.returncode in (0, 2), output
    assert 0 in statuses
    computer.ok("ca", "create", "--name", "Root", "--key", "p256")
    computer.ok("issue", "--name", "web.example.test", "-o", "out")
    assert computer.json("journal", "--verify")["verified"] is True
