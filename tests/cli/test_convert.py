"""`mtlsctl convert`, `match` and `chain`, by their contract."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtlsgui.formats import write
from mtlsgui.formats.items import PrivateKeyItem
from mtlsgui.formats.read import read
from mtlsgui.formats.writing.encrypting import Derivation
from mtlsgui.workspace import converting
from mtlsgui.workspace.converting import Options, Target
from tests.cli.conftest import Mtlsctl
from tests.workspace.papers import (
    INTERMEDIATE,
    PASSPHRASE,
    TOP,
    certificates_in,
    items_of,
    keys_in,
    one,
    pair,
    read_back,
)

WEB = one()
SECRET = "a new secret"


@pytest.fixture
def files(empty: Mtlsctl) -> Mtlsctl:
    """The command in a folder with a heap of files."""
    Path("heap.pem").write_bytes(write.to_pem([TOP, INTERMEDIATE, WEB.facts]))
    Path("web.key").write_bytes(WEB.key_pem)
    Path("P").write_text(f"not this one\n{PASSPHRASE}\n")
    Path("OUT").write_text(f"{SECRET}\n")
    options = Options(passphrase=PASSPHRASE)
    items = items_of(TOP, INTERMEDIATE, WEB.pem)
    planned = converting.plan(items, Target.PKCS12, options, now=datetime.now(UTC))
    Path("web.p12").write_bytes(converting.render(planned)[0].data)
    return empty


def mode(name: str) -> int:
    return stat.S_IMODE(Path(name).stat().st_mode)


# convert


def test_several_files_become_one_store(files: Mtlsctl) -> None:
    said = files.ok(
        "convert", "heap.pem", "web.key", "--to", "pkcs12", "--name", "web", "-o", "new.p12",
        "--out-passphrase-file", "OUT",
    )  # fmt: skip
    assert said == "Wrote new.p12\n"
    found = read_back(Path("new.p12").read_bytes(), SECRET)
    assert keys_in(found) == {WEB.facts.spki_sha256}
    assert len(certificates_in(found)) == 2
    assert mode("new.p12") == 0o600


def test_each_of_several_passphrases_is_tried(files: Mtlsctl) -> None:
    pem = files.ok("convert", "web.p12", "--to", "pem", "--passphrase-file", "P")
    found = read_back(pem.encode())
    assert certificates_in(found)[0] == WEB.facts.fingerprint_sha256
    assert keys_in(found) == {WEB.facts.spki_sha256}


def test_the_variable_gives_the_passphrase_of_what_is_written(files: Mtlsctl) -> None:
    files.ok(
        "convert", "heap.pem", "web.key", "--to", "jks", "-o", "web.jks",
        env={"MTLSGUI_OUT_PASSPHRASE": SECRET},
    )  # fmt: skip
    assert keys_in(read_back(Path("web.jks").read_bytes(), SECRET)) == {WEB.facts.spki_sha256}


def test_a_file_of_passphrases_for_what_is_written_means_that_it_is_encrypted(
    files: Mtlsctl,
) -> None:
    files.ok(
        "convert", "web.key", "--to", "pkcs8", "-o", "sealed.key", "--out-passphrase-file", "OUT"
    )
    assert Path("sealed.key").read_text().startswith("-----BEGIN ENCRYPTED PRIVATE KEY-----")


@pytest.mark.parametrize("target", ["pkcs12", "jks", "truststore"])
def test_a_store_without_a_passphrase_is_refused(files: Mtlsctl, target: str) -> None:
    said = files.refused("convert", "heap.pem", "web.key", "--to", target, "-o", "out")
    assert "A passphrase is needed for what is written." in said
    assert not Path("out").exists()


def test_encryption_without_a_passphrase_is_refused(files: Mtlsctl) -> None:
    said = files.refused("convert", "web.key", "--to", "pkcs8", "--encrypt", "-o", "out")
    assert "A passphrase is needed" in said


def test_a_locked_file_says_what_would_open_it(files: Mtlsctl) -> None:
    said = files.refused(
        "convert", "web.p12", "--to", "pkcs8", env={"MTLSGUI_PASSPHRASE": None}
    )  # fmt: skip
    assert "its passphrase is needed" in said
    assert "try: Give --passphrase-file FILE." in said


def test_nothing_is_overwritten_without_force(files: Mtlsctl) -> None:
    Path("out.pem").write_text("mine")
    assert "exists already" in files.refused("convert", "heap.pem", "--to", "pem", "-o", "out.pem")
    assert Path("out.pem").read_text() == "mine"
    files.ok("convert", "heap.pem", "--to", "pem", "-o", "out.pem", "--force")
    assert Path("out.pem").read_bytes() == write.to_pem([WEB.facts, INTERMEDIATE])


def test_several_files_go_into_a_folder(files: Mtlsctl) -> None:
    arguments = ("convert", "heap.pem", "web.key", "--to", "nginx")
    assert "several files" in files.refused(*arguments)
    files.ok(*arguments, "-o", "tls")
    assert mode("tls/web.example.key") == 0o600
    assert Path("tls/web.example-fullchain.crt").read_bytes() == write.to_pem(
        [WEB.facts, INTERMEDIATE]
    )
    assert "exists already" in files.refused(*arguments, "-o", "tls")


def test_the_answer_as_json_tells_what_is_in_it_and_what_is_not(files: Mtlsctl) -> None:
    answer = files.json("convert", "heap.pem", "web.key", "--to", "apache", "-o", "tls")
    assert [
        (Path(each["path"]).name, each["private"], [item["role"] for item in each["items"]])
        for each in answer["files"]
    ] == [
        ("web.example.crt", False, ["leaf"]),
        ("web.example-chain.crt", False, ["intermediate"]),
        ("web.example.key", True, ["key"]),
    ]
    assert answer["files"][2]["items"][0]["from"] == {"path": "web.key", "position": 1}
    assert [(left["kind"], left["from"]) for left in answer["left_out"]] == [
        ("certificate", {"path": "heap.pem", "position": 1})
    ]
    assert answer["missing"] == []
    assert answer["warnings"] == ["The private key is written without a passphrase."]


def test_json_and_the_output_do_not_share_standard_output(files: Mtlsctl) -> None:
    result = files.run("convert", "heap.pem", "--to", "pem", "--json")
    assert result.exit_code == 2
    assert "name a file" in json.loads(result.stdout)["error"]["title"]


def test_standard_input_and_output(files: Mtlsctl) -> None:
    der = files.run("convert", "-", "--to", "der", "-o", "-", stdin=WEB.pem).stdout_bytes
    assert der == WEB.facts.der


def test_a_file_that_cannot_be_read_stops_everything(files: Mtlsctl) -> None:
    Path("letter.txt").write_text("Dear Sir or Madam")
    for name in ("letter.txt", "none.pem"):
        said = files.refused("convert", "heap.pem", name, "--to", "pem", "-o", "out")
        assert name in said
    assert not Path("out").exists()


def test_each_file_by_itself(files: Mtlsctl) -> None:
    Path("api.pem").write_bytes(pair("api.example").pem)
    result = files.run(
        "convert", "heap.pem", "web.key", "api.pem", "--each", "--to", "pkcs8", "-o", "keys"
    )
    assert result.exit_code == 2  # one has no key
    assert sorted(path.name for path in Path("keys").iterdir()) == ["api.key", "web.key"]
    assert "heap.pem: skipped. There is no private key in these files." in result.stderr
    answer = json.loads(
        files.run("convert", "web.key", "--each", "--to", "pkcs8", "-o", "k", "--json").stdout
    )
    assert answer == {
        "converted": [{"path": "web.key", "files": [str(Path("k/web.key"))], "skipped": None}]
    }


def test_equivalent_commands_need_no_passphrase_and_hold_none(files: Mtlsctl) -> None:
    said = files.ok("convert", "heap.pem", "web.key", "--to", "jks", "--commands", "--name", "it's")
    assert "keytool -importkeystore" in said
    assert "'it'\"'\"'s'" in said
    assert "pass" not in said


# match


def test_match_says_what_belongs_together(files: Mtlsctl) -> None:
    answer = files.json("match", "heap.pem", "web.key")
    assert answer["groups"][0] == {
        "spki_sha256": WEB.facts.spki_sha256,
        "members": [
            {"path": "heap.pem", "position": 3, "kind": "certificate"},
            {"path": "web.key", "position": 1, "kind": "private_key"},
        ],
    }
    assert "These belong together" in files.ok("match", "heap.pem", "web.key")


def test_match_says_no_for_a_key_that_matches_nothing(files: Mtlsctl) -> None:
    Path("other.key").write_bytes(pair("x.example").key_pem)
    result = files.run("match", "heap.pem", "other.key", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["unmatched"] == [
        {"path": "other.key", "position": 1, "kind": "private_key"}
    ]
    assert "Nothing here matches" in files.run("match", "heap.pem", "other.key").stdout


def test_match_cannot_say_for_a_locked_key(files: Mtlsctl) -> None:
    Path("sealed.key").write_bytes(write.private_key_pem(WEB.key, b"nobody knows"))
    result = files.run("match", "heap.pem", "sealed.key")
    assert result.exit_code == 2
    assert "A key is locked." in result.stderr


# chain


def test_chain_writes_the_right_one_and_says_what_was_wrong(files: Mtlsctl) -> None:
    result = files.run("chain", "heap.pem", "web.key", "-o", "full.pem")
    assert result.exit_code == 0
    assert Path("full.pem").read_bytes() == write.to_pem([WEB.facts, INTERMEDIATE])
    assert "stood in another order" in result.stderr
    assert "The root “Test Root” is left out" in result.stderr
    assert files.ok("chain", "full.pem").encode() == Path("full.pem").read_bytes()


def test_chain_as_json_without_a_file_only_tells(files: Mtlsctl) -> None:
    Path("other.pem").write_bytes(write.to_pem([pair("api.example").facts]))
    answer = files.json("chain", "heap.pem", "other.pem", "--include-root")
    assert answer["path"] is None
    assert [item["subject"] for item in answer["chain"]] == [
        "CN=web.example",
        "CN=Test Issuing CA,O=Tests",
        "CN=Test Root,O=Tests",
    ]
    assert (answer["complete"], answer["missing"], answer["out_of_order"]) == (True, None, True)
    assert [item["subject"] for item in answer["superfluous"]] == ["CN=api.example"]
    assert [item["subject"] for item in answer["leaves"]] == ["CN=api.example"]


def test_chain_without_the_issuer_is_no_chain(files: Mtlsctl) -> None:
    Path("leaf.pem").write_bytes(write.to_pem([WEB.facts]))
    result = files.run("chain", "leaf.pem", "-o", "full.pem")
    assert result.exit_code == 1
    assert "The CA that issued it, “Test Issuing CA”, is not here." in result.stderr


def test_chain_of_one_that_is_not_there_is_refused(files: Mtlsctl) -> None:
    assert "no certificate “nobody”" in files.refused("chain", "heap.pem", "--name", "nobody")
    assert "no way through" in files.refused("chain", "heap.pem", "--through", "nobody")
    assert "There is no certificate" in files.refused("chain", "web.key")


# Secrets


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(list(Target)), st.sampled_from([None, *Derivation]))
def test_no_way_to_render_shows_a_key_in_a_file_for_all(
    target: Target, encrypt: Derivation | None
) -> None:
    """What is not private holds no private key; what is encrypted holds none in the clear."""
    sealed = encrypt if target.can_encrypt else None
    options = Options(encrypt=sealed, passphrase=SECRET, legacy=target is Target.PKCS1)
    items = items_of(TOP, INTERMEDIATE, WEB.pem)
    planned = converting.plan(items, target, options, now=datetime.now(UTC))
    for file in converting.render(planned):
        found = read(file.data).items
        in_the_clear = any(isinstance(each, PrivateKeyItem) and each.pkcs8 for each in found)
        assert not in_the_clear or (file.private and not sealed)
        if target.is_private and not sealed and not target.is_several_files:
            assert in_the_clear or target in (Target.DER, Target.PKCS12, Target.JKS)
