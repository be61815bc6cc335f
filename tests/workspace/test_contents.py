"""What a drop shows, without a window."""

import io
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from mtlsgui.workspace import contents, looking
from mtlsgui.workspace.contents import Heading
from mtlsgui.workspace.exporting import Form, Options, render
from mtlsgui.workspace.inspecting import inspect_bytes
from mtlsgui.workspace.looking import Signature, Verified
from mtlsgui.workspace.relating import Bond
from mtlsgui.workspace.workspace import Workspace
from tests.gui.inspecting_support import Files, certificate, new_key, pem
from tests.workspace.support import issue_server, make_root


def files_of(ws: Workspace, certificate_id: int, form: Form) -> bytes:
    options = Options(plain_key=True, include_root=True)
    return b"".join(file.data for file in render(ws, [certificate_id], form, options))


def test_one_chain_with_its_key_is_one_group(ws: Workspace) -> None:
    row = issue_server(ws, make_root(ws))
    data = files_of(ws, row.id, Form.FULL_CHAIN) + files_of(ws, row.id, Form.KEY)
    found = contents.sort(inspect_bytes(data, "all.pem"))
    [group] = found.groups
    assert group.heading is Heading.TOGETHER
    assert [entry.title for entry in group.entries] == [
        "web.test",
        "Private key for it",
        "Test Root",
    ]
    assert found.can_import
    assert found.locked_count == 0
    leaf, key, _root = (looking.look(ws, found, entry) for entry in group.entries)
    assert leaf is not None
    assert leaf.stored_id == row.id
    assert leaf.gap is None
    assert [each.bond for each in leaf.relations] == [Bond.KEY_HERE]
    assert leaf.signature == Signature("SHA-256 with ECDSA", "Test Root", Verified.YES)
    assert key is not None
    assert [(each.bond, each.name) for each in key.relations] == [(Bond.KEY_OF, "web.test")]
    assert key.pem == ""
    assert key.encoding == b""
    assert looking.forms(group.entries[1]) == ()


def test_single_things_stand_on_their_own(ws: Workspace) -> None:
    first, second = issue_server(ws, make_root(ws)), make_root(ws, "Another")
    data = files_of(ws, first.id, Form.PEM) + files_of(ws, second.id, Form.KEY)
    found = contents.sort(inspect_bytes(data, "two.pem"))
    [group] = found.groups
    assert group.heading is Heading.ALONE
    assert [entry.what for entry in group.entries] == [
        "Server certificate",
        "ECDSA P-256, PKCS#8, not encrypted",
    ]
    look, key = (looking.look(ws, found, entry) for entry in group.entries)
    assert look is not None
    assert look.issuer_here is not None
    assert look.issuer_here.name == "Test Root"
    assert [each.bond for each in look.relations] == [Bond.NO_KEY]
    assert key is not None
    assert [each.bond for each in key.relations] == [Bond.NO_CERTIFICATE]


def test_a_key_is_saved_in_no_form(ws: Workspace) -> None:
    data = files_of(ws, make_root(ws).id, Form.KEY)
    [group] = contents.sort(inspect_bytes(data, "ca.key")).groups
    with pytest.raises(ValueError, match="cannot be saved"):
        looking.render(group.entries[0], Form.PEM)


def test_progress_stops_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "x.pem"
    path.write_text("x")
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        contents.read_files([path] * 3, progress=stop)
    assert seen[-2:] == [(0, 3), (1, 3)]


def test_what_is_no_certificate_at_all_is_explained() -> None:
    found = contents.sort(inspect_bytes(b"Dear colleague", "letter.txt"))
    [group] = found.groups
    assert group.heading is Heading.UNREADABLE
    [entry] = group.entries
    assert entry.fault is not None
    assert entry.fault.taken_for == ""
    assert "PKCS#12" in entry.fault.advice
    assert not found.can_import


def test_an_archive_of_other_things_is_not_called_damaged() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("letter.txt", "Dear colleague")
    [entry] = contents.sort(inspect_bytes(packed.getvalue(), "all.zip")).entries
    assert entry.fault is not None
    assert entry.fault.empty
    assert entry.fault.advice == ""


def test_what_is_locked_needs_a_passphrase_also_where_its_public_key_is_told(ws: Workspace) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    data = key.private_bytes(
        Encoding.PEM, PrivateFormat.OpenSSH, BestAvailableEncryption(b"secret")
    )
    [group] = contents.sort(inspect_bytes(data, "id_ed25519")).groups
    assert group.heading is Heading.LOCKED
    [entry] = group.entries
    assert entry.title == "id_ed25519"


def test_many_certificates_of_one_authority_are_one_group(tmp_path: Path) -> None:
    files = Files(tmp_path)
    keys = [new_key() for _ in range(3)]
    made = [
        certificate(f"host-{at}.lab.test", key, files.ca, files.ca_key)
        for at, key in enumerate(keys)
    ]
    key = keys[1].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    data = pem(*made, files.ca, files.root) + key
    [group] = contents.sort(inspect_bytes(data, "all.pem")).groups
    assert group.title == "Lab Issuing"
    assert [entry.title for entry in group.entries] == [
        "host-0.lab.test",
        "host-1.lab.test",
        "Private key for it",
        "host-2.lab.test",
        "Lab Issuing",
        "Lab Root",
    ]
    two = contents.sort(inspect_bytes(pem(*made[:2], files.ca, files.root), "two.pem"))
    assert [group.title for group in two.groups] == ["host-0.lab.test", "host-1.lab.test"]
