"""Authorities made by other tools are imported, in whatever order, and go on issuing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from tests.cli.conftest import PASSPHRASE, Mtlsctl
from tests.integration import foreign
from tests.integration.estate import Identity, by_name, new_workspace
from tests.integration.foreign import ForeignAuthority
from tests.integration.programs import openssl

pytestmark = pytest.mark.integration

Maker = Callable[[Path], ForeignAuthority]
MAKERS: tuple[Maker, ...] = (foreign.openssl_ca, foreign.easy_rsa, foreign.step, foreign.xca)


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """The passphrases of the vault and of the files, one a line."""
    file = tmp_path / "secrets"
    file.write_text(f"{PASSPHRASE}\n{foreign.PASSWORD}\n")
    return file


def assert_in_its_tree(mtlsctl: Mtlsctl, authority: ForeignAuthority) -> None:
    """The authority has its key in the vault, and under it hangs what it issued."""
    found = by_name(mtlsctl)
    above = found[authority.name]
    assert above["custody"] == "file"
    under = mtlsctl.json("list", "--ca", str(above["id"]))["certificates"]
    assert {each["name"] for each in under} == set(authority.issued)
    for name in authority.issued:
        assert found[name]["custody"] == ("sealed" if name in authority.own_keys else None)
        assert found[name]["status"] in ("valid", "expires_soon", "no_key")
    expected = 1 + len(authority.issued) + (authority.between is not None)
    assert len(found) == expected
    mtlsctl.ok("journal", "--verify")


def goes_on_issuing(mtlsctl: Mtlsctl, authority: ForeignAuthority, out: Path) -> None:
    """openssl verifies what it issues from now on together with what it issued before."""
    new = mtlsctl.json(
        "issue", "--ca", authority.name, "--name", "new.example.test", "-o", str(out)
    )
    assert new["issuer_id"] == by_name(mtlsctl)[authority.name]["id"]
    leaf = Identity(out, "new.example.test")
    root = openssl("x509", "-in", authority.anchor)
    assert openssl("x509", "-in", out / "ca.crt") == root
    old = []
    for name in authority.issued:
        old.append(out / f"old-{name}.crt")
        mtlsctl.ok("export", name, "-o", str(old[-1]))
    between = ("-untrusted", authority.between) if authority.between else ()
    openssl(
        "verify", "-purpose", "sslserver", "-CAfile", authority.anchor, *between,
        leaf.certificate, *old,
    )  # fmt: skip
    openssl("verify", "-CAfile", out / "ca.crt", "-untrusted", leaf.chain, leaf.certificate)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_imported_in_every_order_it_goes_on_issuing(
    make: Maker, tmp_path: Path, secrets: Path
) -> None:
    authority = make(tmp_path / "foreign")
    template = new_workspace(tmp_path / "template" / "workspace")
    for number, order in enumerate(permutations(authority.files)):
        workspace = tmp_path / f"{number}" / "workspace"
        shutil.copytree(template.workspace, workspace)
        mtlsctl = Mtlsctl(workspace)
        for file in order:
            mtlsctl.ok("import", str(file), "--passphrase-file", str(secrets))
        assert_in_its_tree(mtlsctl, authority)
    goes_on_issuing(mtlsctl, authority, tmp_path / "out")


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_imported_all_at_once(make: Maker, tmp_path: Path, secrets: Path) -> None:
    authority = make(tmp_path / "foreign")
    mtlsctl = new_workspace(tmp_path / "workspace")
    files = map(str, reversed(authority.files))
    done = mtlsctl.json("import", *files, "--passphrase-file", str(secrets))
    assert done["left_out"] == done["errors"] == []
    assert_in_its_tree(mtlsctl, authority)
    goes_on_issuing(mtlsctl, authority, tmp_path / "out")
    again = mtlsctl.json("import", *map(str, authority.files), "--passphrase-file", str(secrets))
    assert again["certificates"] == again["keys"] == []


def test_without_the_passphrase_the_certificates_come_and_the_key_is_left(tmp_path: Path) -> None:
    authority = foreign.openssl_ca(tmp_path / "foreign")
    mtlsctl = new_workspace(tmp_path / "workspace")
    done = mtlsctl.json("import", *map(str, authority.files))
    assert len(done["certificates"]) == 3
    assert [(each["kind"], each["locked"]) for each in done["left_out"]] == [("private_key", True)]
    assert by_name(mtlsctl)["Old Root CA"]["status"] == "no_key"
    error = mtlsctl.refused("issue", "--ca", "Old Root CA", "--name", "new.example.test")
    assert "key" in error
