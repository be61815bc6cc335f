"""Files that leave the workspace: none replaces another, and keys are for their owner only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from cryptography import x509

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.read import read
from mtlsgui.workspace import exporting
from mtlsgui.workspace.exporting import Form, Options
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.support import issue_server, make_root

PLAIN = Options(plain_key=True)


def test_a_root_never_takes_the_name_of_a_certificate(ws: Workspace) -> None:
    first, second = make_root(ws, "First"), make_root(ws, "Second")
    # The second root's ca.crt would be called db-ca.crt.
    rows = [issue_server(ws, first, "db-ca"), issue_server(ws, second, "db")]

    files = exporting.render(ws, [row.id for row in rows], Form.FOLDER, PLAIN)

    names = [file.name for file in files]
    assert len({name.casefold() for name in names}) == len(names) == 8
    subjects = {
        file.name: x509.load_pem_x509_certificate(file.data).subject.rfc4514_string()
        for file in files
        if file.name.endswith(".crt")
    }
    assert subjects["db-ca.crt"] == "CN=db-ca"
    assert sorted(subjects.values()).count("CN=Second") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_key_that_others_could_read_is_written_anew(ws: Workspace, tmp_path: Path) -> None:
    row = issue_server(ws, make_root(ws))
    files = exporting.render(ws, [row.id], Form.KEY, PLAIN)
    path = tmp_path / files[0].name
    path.write_bytes(files[0].data)
    path.chmod(0o644)

    exporting.write(ws, [row.id], files, tmp_path, overwrite=False)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == files[0].data


def test_forms_for_programs_hold_certificate_chain_and_key(ws: Workspace) -> None:
    row = issue_server(ws, make_root(ws))
    sealed = Options(passphrase="correct horse", alias="Web")
    for form, options in (
        (Form.JKS, sealed),
        (Form.PKCS12, sealed),
        (Form.HAPROXY, PLAIN),
        (Form.KUBERNETES, PLAIN),
    ):
        (file,) = exporting.render(ws, [row.id], form, options)
        found = read(file.data, passphrases=[b"correct horse"])
        assert not found.errors
        assert {item.kind for item in found.items} == {"certificate", "private_key"}
        assert file.private


@pytest.mark.parametrize("form", [Form.KUBERNETES, Form.HAPROXY])
def test_a_key_in_the_clear_is_said_to_be_wanted_and_is_in_the_journal(
    ws: Workspace, tmp_path: Path, form: Form
) -> None:
    row = issue_server(ws, make_root(ws))
    with pytest.raises(MtlsguiError, match="in the clear"):
        exporting.render(ws, [row.id], form, Options(passphrase="correct horse"))
    files = exporting.render(ws, [row.id], form, PLAIN)
    exporting.write(ws, [row.id], files, tmp_path, overwrite=False)
    (entry,) = ws.inventory.journal.page(0, 1)
    assert entry.details["unprotected"] == [files[0].name]
