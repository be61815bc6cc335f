"""Files in and out: inspect, import, export."""

import json
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import PASSPHRASE, Mtlsctl


def openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


@pytest.fixture
def own_authority(mtlsctl: Mtlsctl) -> None:
    """ca.crt, ca.key (encrypted: "sesame") and leaf.crt, made with plain openssl."""
    openssl(
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-days", "30",
        "-subj", "/CN=Old CA", "-keyout", "ca.key", "-out", "ca.crt", "-passout", "pass:sesame",
    )  # fmt: skip
    openssl(
        "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
        "/CN=old.example.test", "-keyout", "leaf.key", "-out", "leaf.csr",
    )  # fmt: skip
    openssl(
        "x509", "-req", "-in", "leaf.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-passin",
        "pass:sesame", "-days", "20", "-out", "leaf.crt",
    )  # fmt: skip


@pytest.mark.usefixtures("own_authority")
def test_inspect_shows_every_file_in_order(mtlsctl: Mtlsctl) -> None:
    Path("noise").write_bytes(b"nothing of ours")
    result = mtlsctl.run("inspect", "leaf.crt", "ca.key", "noise", "missing", "--json")
    assert result.exit_code == 2
    files = json.loads(result.stdout)["files"]
    assert [file["path"] for file in files] == ["leaf.crt", "ca.key", "noise", "missing"]
    leaf, key, noise, missing = files
    assert leaf["items"][0]["subject"] == "CN=old.example.test"
    assert (key["items"][0]["encrypted"], key["items"][0]["locked"]) == (True, True)
    assert noise["format"] == missing["format"] == "unknown"
    assert noise["errors"]
    assert missing["errors"]
    Path("secrets").write_text("wrong\nsesame\n")
    found = mtlsctl.json("inspect", "ca.key", "--passphrase-file", "secrets")
    assert found["files"][0]["items"][0]["locked"] is False
    assert found["files"][0]["items"][0]["key"] == {"algorithm": "EC", "curve": "P-256"}


@pytest.mark.usefixtures("own_authority")
def test_inspect_reads_standard_input_and_shows_text(mtlsctl: Mtlsctl) -> None:
    text = mtlsctl.ok("inspect", "-", stdin=Path("leaf.crt").read_bytes())
    assert "old.example.test" in text
    several = mtlsctl.ok("inspect", "leaf.crt", "leaf.csr", "leaf.key")
    assert several.count("== leaf.") == 3
    assert "PRIVATE KEY" not in several
    locked = mtlsctl.run("inspect", "ca.key")
    assert "--passphrase-file" in locked.stderr


@pytest.mark.usefixtures("own_authority")
def test_inspect_says_what_holds_of_the_file_as_a_whole(mtlsctl: Mtlsctl) -> None:
    openssl(
        "pkcs12", "-export", "-in", "leaf.crt", "-inkey", "leaf.key", "-name", "web",
        "-passout", "pass:sesame", "-out", "web.p12",
    )  # fmt: skip
    Path("secrets").write_text("sesame\n")
    text = mtlsctl.ok("inspect", "web.p12", "--passphrase-file", "secrets")
    assert text.startswith("File\n  Format                  PKCS#12\n")
    assert "HMAC-SHA-256, 2,048 rounds" in text
    assert text.count("Called “web”:") == 2
    (file,) = mtlsctl.json("inspect", "web.p12", "--passphrase-file", "secrets")["files"]
    assert "HMAC-SHA-256, 2,048 rounds" in [fact["value"] for fact in file["about"]]
    (plain,) = mtlsctl.json("inspect", "leaf.crt")["files"]
    assert "about" not in plain


@pytest.mark.usefixtures("own_authority")
def test_inspect_says_where_in_a_file_things_stand(mtlsctl: Mtlsctl) -> None:
    with zipfile.ZipFile("all.zip", "w") as packed:
        packed.write("leaf.crt", "certs/leaf.crt")
    assert "In certs/leaf.crt:" in mtlsctl.ok("inspect", "all.zip")
    (file,) = mtlsctl.json("inspect", "all.zip")["files"]
    assert (file["format"], file["items"][0]["inside"]) == ("zip", "certs/leaf.crt")
    (plain,) = mtlsctl.json("inspect", "leaf.crt")["files"]
    assert "inside" not in plain["items"][0]


def test_inspect_describes_other_things_too(mtlsctl: Mtlsctl) -> None:
    openssl("ecparam", "-name", "prime256v1", "-out", "curve.pem")
    (file,) = mtlsctl.json("inspect", "curve.pem")["files"]
    (item,) = file["items"]
    assert item["kind"] == "parameters"
    values = [
        field["value"] for part in item["description"]["sections"] for field in part["fields"]
    ]
    assert any("P-256" in value for value in values)


def test_a_name_in_a_certificate_does_not_steer_the_terminal(mtlsctl: Mtlsctl) -> None:
    openssl(
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-utf8",
        "-subj", "/CN=\x1b]0;owned\x07evil", "-keyout", "e.key", "-out", "e.crt",
    )  # fmt: skip
    mtlsctl.ok("import", "e.crt")
    for arguments in (["inspect", "e.crt"], ["list"], ["show", "3"], ["journal"]):
        text = mtlsctl.ok(*arguments)
        assert "evil" in text
        assert "\x1b" not in text
        assert "\x07" not in text


@pytest.mark.usefixtures("own_authority")
def test_an_authority_made_with_openssl_is_imported_and_goes_on_issuing(mtlsctl: Mtlsctl) -> None:
    left = mtlsctl.json("import", "leaf.crt", "ca.crt", "ca.key")
    assert [each["subject"] for each in left["certificates"]] == [
        "CN=Old CA",
        "CN=old.example.test",
    ]
    assert left["left_out"] == [
        {
            "path": "ca.key",
            "position": 1,
            "kind": "private_key",
            "locked": True,
            "message": "needs its passphrase",
        }
    ]
    secrets = f"{PASSPHRASE}\nsesame\n"  # of the vault, and of the file
    done = mtlsctl.json(
        "import", "ca.key", "--passphrase-file", "-",
        stdin=secrets, env={"MTLSGUI_PASSPHRASE": None},
    )  # fmt: skip
    assert [key["custody"] for key in done["keys"]] == ["file"]
    assert mtlsctl.json("show", "old.example.test")["issuer_id"] == left["certificates"][0]["id"]
    assert mtlsctl.json("import", "ca.crt")["known"] == 1
    mtlsctl.ok("issue", "--ca", "Old CA", "--name", "new.example.test", "-o", "out")
    openssl("verify", "-CAfile", "ca.crt", "out/new.example.test.crt")


def test_there_is_nothing_to_import(mtlsctl: Mtlsctl) -> None:
    Path("noise").write_bytes(b"nothing of ours")
    assert "nothing to import" in mtlsctl.refused("import", "noise")
    assert "missing does not exist" in mtlsctl.refused("import", "missing")
    assert "both" in mtlsctl.refused("import", "-", "--passphrase-file", "-")


@pytest.fixture
def issued(mtlsctl: Mtlsctl) -> Mtlsctl:
    mtlsctl.ok("issue", "--ca", "2", "--name", "web.example.test")
    return mtlsctl


def test_export_of_certificates(issued: Mtlsctl) -> None:
    pem = issued.ok("export", "web.example.test")
    assert pem.count("BEGIN CERTIFICATE") == 1
    assert issued.ok("export", "web.example.test", "--to", "fullchain").count("BEGIN") == 2
    whole = issued.ok("export", "web.example.test", "--to", "fullchain", "--include-root")
    assert whole.count("BEGIN") == 3
    assert issued.ok("show", "web.example.test", "--pem") == pem
    made = issued.json("export", "3", "--to", "der", "-o", "web.der")
    assert made["files"] == ["web.der"]
    openssl("x509", "-inform", "DER", "-in", "web.der", "-noout")
    assert "overwrite it with --force" in issued.refused("export", "3", "-o", "web.der")
    issued.ok("export", "3", "-o", "web.der", "--force")
    assert Path("web.der").read_text() == pem
    issued.ok("export", "1", "2", "-o", "several")
    assert len(list(Path("several").iterdir())) == 2
    assert "folder" in issued.refused("export", "1", "2")


def test_private_keys_leave_under_a_passphrase_unless_asked_otherwise(issued: Mtlsctl) -> None:
    secret = {"MTLSGUI_OUT_PASSPHRASE": "geheim"}
    assert "--out-passphrase-file" in issued.refused("export", "3", "--to", "key", "-o", "web.key")
    assert not Path("web.key").exists()
    issued.ok("export", "3", "--to", "key", "-o", "web.key", env=secret)
    assert Path("web.key").read_text().startswith("-----BEGIN ENCRYPTED PRIVATE KEY")
    assert stat.S_IMODE(Path("web.key").stat().st_mode) == 0o600
    openssl("pkey", "-in", "web.key", "-passin", "pass:geheim", "-noout")
    plain = issued.ok("export", "3", "--to", "pkcs8", "--plain")
    assert plain.startswith("-----BEGIN PRIVATE KEY")
    Path("secret").write_text("geheim\n")
    issued.ok(
        "export", "3", "--to", "pkcs12", "-o", "web.p12", "--out-passphrase-file", "secret",
        "--name", "web server",
    )  # fmt: skip
    shown = subprocess.run(
        ["openssl", "pkcs12", "-in", "web.p12", "-passin", "pass:geheim", "-nodes"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "friendlyName: web server" in shown
    assert shown.count("BEGIN CERTIFICATE") == 2
    assert plain in shown
    assert "passphrase" in issued.refused("export", "3", "--to", "pkcs12", "--plain", "-o", "x.p12")
    actions = [entry["action"] for entry in issued.json("journal", "--limit", "3")["entries"]]
    assert actions == ["key.exported"] * 3


def test_a_folder_for_deployment(issued: Mtlsctl) -> None:
    issued.ok("export", "3", "--to", "folder", "--plain", "-o", "tls")
    assert sorted(path.name for path in Path("tls").iterdir()) == [
        "ca.crt",
        "web.example.test-chain.crt",
        "web.example.test.crt",
        "web.example.test.key",
    ]
    assert not any(path.name.endswith(".tmp") for path in Path("tls").iterdir())
    (entry,) = issued.json("journal", "--limit", "1")["entries"]
    assert entry["details"]["unprotected"] == ["web.example.test.key"]


def test_export_for_programs(issued: Mtlsctl) -> None:
    Path("secret").write_text("a long secret\n")
    issued.ok("export", "3", "--to", "jks", "-o", "web.jks", "--out-passphrase-file", "secret")
    (found,) = issued.json("inspect", "web.jks", "--passphrase-file", "secret")["files"]
    assert found["format"] == "jks"
    assert {item["kind"] for item in found["items"]} == {"certificate", "private_key"}
    for target in ("kubernetes", "haproxy"):
        assert "in the clear" in issued.refused("export", "3", "--to", target)
        assert issued.ok("export", "3", "--to", target, "--plain")


def test_keys_are_listed_renamed_and_exported(issued: Mtlsctl) -> None:
    keys = issued.json("key", "list")["keys"]
    assert [(key["name"], key["custody"], key["certificates"]) for key in keys] == [
        ("Example Root CA", "file", [1]),
        ("Example Issuing", "file", [2]),
        ("web.example.test", "sealed", [3]),
    ]
    assert issued.json("key", "rename", "3", "web key")["name"] == "web key"
    assert "web key" in issued.ok("key", "list")
    assert "web.example.test (id 3)" in issued.ok("key", "show", keys[2]["spki_sha256"][:16])
    pem = issued.ok("key", "export", "web key", "--plain")
    assert pem == issued.ok("export", "3", "--to", "key", "--plain")
    issued.refused("key", "export", "web key", "-o", "web.key")
    issued.ok("key", "export", "2", "-o", "ca.key", env={"MTLSGUI_OUT_PASSPHRASE": "geheim"})
    openssl("pkey", "-in", "ca.key", "-passin", "pass:geheim", "-noout")
