"""The journal in words and as files: every action has words, no cell is a formula."""

import ast
import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mtlsgui.formats.files import FileAlreadyExistsError, FileError
from mtlsgui.inventory.records import NewJournalEntry
from mtlsgui.workspace import editing, journaling
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.support import issue_server, make_root

SOURCE = Path(journaling.__file__).resolve().parent.parent
_RECORDERS = {"recorded", "NewJournalEntry", "_journal"}
_ACTION = re.compile(r"[a-z]+\.[a-z_]+")


def written_actions() -> Iterator[str]:
    """The actions that the program's own code puts into the journal."""
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in _RECORDERS:
                for part in (inner for each in node.args for inner in ast.walk(each)):
                    value = part.value if isinstance(part, ast.Constant) else None
                    if isinstance(value, str) and _ACTION.fullmatch(value):
                        yield value


def test_every_action_that_is_written_has_words_of_its_own() -> None:
    actions = set(written_actions())
    assert {"certificate.issued", "certificate.signed", "vault.set_up"} <= actions
    spelled_out = {
        action
        for action in actions
        if journaling.words_for(action).startswith(f"{action.partition('.')[0].capitalize()}: ")
    }
    assert spelled_out == set()


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("certificate.issued", "Issued a certificate"),
        ("endpoint.went_away", "Endpoint: went away"),
        ("odd", "Odd"),
    ],
)
def test_an_action_is_said_in_words(action: str, words: str) -> None:
    assert journaling.words_for(action) == words


def test_an_entry_leads_to_its_certificate_while_that_is_there(ws: Workspace) -> None:
    made = issue_server(ws, make_root(ws))
    entry, *_, set_up = ws.inventory.journal.page()
    found = journaling.certificate_of(ws, entry)
    assert found is not None
    assert found.id == made.id
    assert journaling.certificate_of(ws, set_up) is None
    editing.delete(ws, [made.id], with_keys=False)
    assert journaling.certificate_of(ws, entry) is None


def test_the_files_hold_the_entries_that_are_asked_for(ws: Workspace, tmp_path: Path) -> None:
    root = make_root(ws)
    for name in ("web.test", "db.test"):
        issue_server(ws, root, name)
    table, document = tmp_path / "j.csv", tmp_path / "j.json"
    assert journaling.export_csv(ws, table, action="certificate.issued") == 2
    assert journaling.export_json(ws, document, search="web.test") == 1
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert [row["object_name"] for row in rows] == ["db.test", "web.test"]
    assert json.loads(rows[0]["details"])["names"] == ["dns:db.test"]
    (entry,) = json.loads(document.read_text("utf-8"))["entries"]
    assert entry == journaling.entry_as_json(ws.inventory.journal.page(search="web.test")[0])


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(ws: Workspace, name: str) -> None:
    entry = ws.inventory.journal.append(
        NewJournalEntry(name, "certificate.imported", "certificate", None, name)
    )
    (row,) = csv.DictReader(io.StringIO(journaling.as_csv([entry]), newline=""))
    assert row["object_name"] == row["actor"] == f"'{name}"


def test_a_file_that_is_there_is_kept_unless_told_otherwise(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "journal.csv"
    path.write_text("mine")
    with pytest.raises(FileAlreadyExistsError):
        journaling.export_csv(ws, path)
    assert path.read_text() == "mine"
    journaling.export_csv(ws, path, overwrite=True)
    assert path.read_text("utf-8").startswith('"seq","at","actor",')
    with pytest.raises(FileError):
        journaling.export_json(ws, tmp_path / "missing" / "journal.json")


def test_verifying_names_the_first_entry_that_was_changed(ws: Workspace) -> None:
    make_root(ws)
    assert journaling.verify(ws).verified
    with closing(sqlite3.connect(ws.inventory.path)) as connection:
        connection.execute("DROP TRIGGER journal_is_not_updated")
        connection.execute("UPDATE journal SET actor = 'mallory' WHERE seq = 2")
        connection.commit()
    found = journaling.verify(ws)
    assert (found.verified, found.first_bad) == (False, 2)
