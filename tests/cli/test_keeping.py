"""Looking after a workspace: lists, journal, profiles, deletion, vaults, backups."""

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import PASSPHRASE, Mtlsctl


@pytest.fixture
def issued(mtlsctl: Mtlsctl) -> Mtlsctl:
    mtlsctl.ok("issue", "--ca", "2", "--name", "web.example.test", "--days", "10")
    return mtlsctl


def names(found: dict[str, list[dict[str, str]]]) -> list[str]:
    return [each["name"] for each in found["certificates"]]


def test_list_finds_by_words_time_status_and_authority(issued: Mtlsctl) -> None:
    everything = issued.json("list")
    assert everything["total"] == 3
    assert names(issued.json("list", "--search", "WEB")) == ["web.example.test"]
    assert names(issued.json("list", "--expires-within", "2w")) == ["web.example.test"]
    assert names(issued.json("list", "--expires-within", "24h")) == []
    assert names(issued.json("list", "--ca", "2")) == ["web.example.test"]
    assert names(issued.json("list", "--status", "expired", "--status", "revoked")) == []
    assert names(issued.json("list", "--kind", "root_ca")) == ["Example Root CA"]
    by_end = issued.json("list", "--sort", "expires", "--descending", "--limit", "1")
    assert (names(by_end), by_end["total"]) == (["Example Root CA"], 3)
    text = issued.ok("list")
    assert text.splitlines()[0].split() == [
        "ID", "NAME", "KIND", "STATUS", "EXPIRES", "KEY", "FINGERPRINT",
    ]  # fmt: skip
    assert "(in 10 days)" in text
    for bad in (["--expires-within", "soon"], ["--status", "fine"], ["--ca", "nobody"]):
        issued.refused("list", *bad)


def test_a_certificate_is_found_by_id_name_and_fingerprint(issued: Mtlsctl) -> None:
    made = issued.json("show", "web.example.test")
    assert made["id"] == 3
    assert made["not_after"].endswith("Z")
    assert issued.json("show", made["fingerprint_sha256"][:10])["id"] == 3
    assert made["chain"][0] == made["fingerprint_sha256"]
    assert len(made["chain"]) == 3
    text = issued.ok("show", "3")
    assert "Example Issuing < Example Root CA" in text
    assert "encrypted in this workspace" in text


def test_the_journal_is_shown_exported_and_verified(issued: Mtlsctl) -> None:
    entries = issued.json("journal")["entries"]
    assert [entry["action"] for entry in entries] == [
        "certificate.issued",
        "authority.created",
        "authority.created",
        "vault.set_up",
    ]
    assert PASSPHRASE not in json.dumps(entries)
    rows = list(csv.DictReader(io.StringIO(issued.ok("journal", "--csv"))))
    assert [row["action"] for row in rows] == [entry["action"] for entry in entries]
    assert "web.example.test" in issued.ok("journal", "--limit", "1")
    assert issued.json("journal", "--verify") == {"verified": True, "entries": 4, "first_bad": None}
    assert issued.run("journal", "--csv", "--json").exit_code == 2
    with sqlite3.connect(issued.workspace / "inventory.sqlite") as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type='trigger'")
        for (name,) in triggers.fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE journal SET actor = 'somebody else' WHERE seq = 2")
    database.close()
    result = issued.run("journal", "--verify", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {"verified": False, "entries": 4, "first_bad": 2}
    assert issued.run("journal", "--verify").exit_code == 1


def test_no_cell_of_the_csv_is_a_formula(mtlsctl: Mtlsctl) -> None:
    mtlsctl.ok("issue", "--ca", "2", "--profile", "client", "--name", "=HYPERLINK(1)")
    (row, *_) = csv.DictReader(io.StringIO(mtlsctl.ok("journal", "--csv")))
    assert row["object_name"] == "'=HYPERLINK(1)"


def test_profiles_are_copied_changed_used_and_deleted(mtlsctl: Mtlsctl) -> None:
    assert [each["id"] for each in mtlsctl.json("profile", "list")["profiles"]] == [
        "server",
        "client",
        "peer",
        "spiffe",
    ]
    mtlsctl.ok("profile", "copy", "server", "Short lived")
    text = mtlsctl.ok("profile", "show", "short-lived")
    changed = text.replace("days = 90", "days = 3")
    assert "already" in mtlsctl.refused("profile", "add", "-", stdin=changed)
    assert mtlsctl.json("profile", "add", "-", "--force", stdin=changed)["days"] == 3
    assert "Short lived" in mtlsctl.ok("profile", "list")
    made = mtlsctl.json("issue", "--ca", "2", "--profile", "short-lived", "--name", "a.test")
    assert made["profile"] == "short-lived"
    mtlsctl.ok("profile", "delete", "short-lived")
    mtlsctl.refused("profile", "delete", "short-lived")
    mtlsctl.refused("profile", "delete", "server")
    Path("bad.toml").write_text("days = 'many'")
    mtlsctl.refused("profile", "add", "bad.toml")


def test_deleting_asks_and_says_what_goes_with_it(issued: Mtlsctl) -> None:
    assert "--yes" in issued.refused("delete", "web.example.test")
    assert issued.json("list")["total"] == 3
    gone = issued.json("delete", "2", "--yes")
    assert gone["orphaned"] == 1
    assert gone["keys_destroyed"] == 0
    assert issued.json("show", "3")["status"] == "issuer_missing"
    text = issued.ok("delete", "web.example.test", "--with-keys", "--yes")
    assert "destroyed 1 private key for good" in text
    assert [key["name"] for key in issued.json("key", "list")["keys"]] == [
        "Example Root CA",
        "Example Issuing",
    ]


def test_a_workspace_is_backed_up_and_restored(issued: Mtlsctl, tmp_path: Path) -> None:
    secret = {"MTLSGUI_OUT_PASSPHRASE": "of the backup"}
    issued.refused("backup", "-o", "all.backup")
    made = issued.json("backup", "-o", "all.backup", env=secret)
    assert (made["certificates"], made["keys"]) == (3, 3)
    other = Mtlsctl(tmp_path / "elsewhere")
    restore = ("restore", "all.backup", "--vault", "file")
    other.refused(*restore, env={"MTLSGUI_PASSPHRASE": "wrong", **secret})
    new = {"MTLSGUI_PASSPHRASE": "of the backup", "MTLSGUI_OUT_PASSPHRASE": PASSPHRASE}
    other.ok(*restore, env=new)
    assert other.json("issue", "--ca", "2", "--name", "b.test")["custody"] == "sealed"
    assert "No keyring" in other.refused(
        "restore", "all.backup", "--workspace", str(tmp_path / "third"), env=new
    )


def test_the_passphrase_of_the_vault_is_changed(mtlsctl: Mtlsctl) -> None:
    mtlsctl.ok("vault", "passphrase", env={"MTLSGUI_OUT_PASSPHRASE": "another"})
    issue = ("issue", "--ca", "2", "--name", "a.test")
    assert "passphrase is wrong" in mtlsctl.refused(*issue)
    assert "passphrase is needed" in mtlsctl.refused(*issue, env={"MTLSGUI_PASSPHRASE": ""})
    Path("secrets").write_text("a first guess\nanother\n")
    mtlsctl.ok("--passphrase-file", "secrets", *issue)
    mtlsctl.ok(*issue, "--passphrase-file", "-", stdin="another\n")


def test_the_state_of_the_vault_is_shown(mtlsctl: Mtlsctl) -> None:
    found = mtlsctl.json("vault", "status")
    assert found["vault"]["kind"] == "file"
    assert found["keys"] == {"vault": 2, "sealed": 0}
    assert str(mtlsctl.workspace) in mtlsctl.ok("vault", "status")
    assert "nothing to recover" in mtlsctl.ok("recover")
    assert mtlsctl.json("recover") == {"settled": True, "busy": False, "findings": []}
    mtlsctl.refused("vault", "move", "--to", "file")


def test_a_key_that_a_killed_process_left_is_recovered_and_reported(mtlsctl: Mtlsctl) -> None:
    with sqlite3.connect(mtlsctl.workspace / "inventory.sqlite") as database:
        database.execute(
            "INSERT INTO key (spki_sha256, label, algorithm, bits, custody, vault_kind, vault_ref,"
            " state, added_at, name) VALUES"
            " (?, 'ECDSA P-256', 'EC', 256, 'vault', 'file', 'never', 'pending', 0, 'cut short')",
            ("ab" * 32,),
        )
    database.close()
    assert mtlsctl.json("vault", "status")["unfinished"] == 1
    result = mtlsctl.run("issue", "--ca", "2", "--name", "a.test", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["name"] == "a.test"
    assert "cut short" in result.stderr
    assert mtlsctl.json("vault", "status")["unfinished"] == 0
