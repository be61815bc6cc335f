"""From an authority to certificates that OpenSSL accepts."""

import json
import stat
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Mtlsctl


def openssl(*arguments: str) -> str:
    return subprocess.run(
        ["openssl", *arguments], capture_output=True, text=True, check=True
    ).stdout


def test_a_pair_is_issued_that_openssl_accepts(mtlsctl: Mtlsctl) -> None:
    names = ("--san", "web.example.test", "--san", "ip:10.0.0.7")
    server = mtlsctl.json("issue", "--ca", "2", "--name", "web.example.test", *names, "-o", "out")
    client = mtlsctl.json(
        "issue", "--ca", "2", "--profile", "client", "--name", "alice", "--days", "30", "-o", "out"
    )
    assert server["san"] == ["dns:web.example.test", "ip:10.0.0.7"]
    assert server["issuer_id"] == client["issuer_id"] == 2
    assert (server["status"], server["custody"], server["kind"]) == (
        "valid",
        "sealed",
        "certificate",
    )
    assert client["extended_key_usage"] == ["clientAuth"]
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "alice-chain.crt",
        "alice.crt",
        "alice.key",
        "ca.crt",
        "web.example.test-chain.crt",
        "web.example.test.crt",
        "web.example.test.key",
    ]
    for name, purpose in (("web.example.test", "sslserver"), ("alice", "sslclient")):
        chain = f"out/{name}-chain.crt"
        openssl(
            "verify", "-x509_strict", "-purpose", purpose, "-CAfile", "out/ca.crt",
            "-untrusted", chain, f"out/{name}.crt",
        )  # fmt: skip
        assert stat.S_IMODE(Path(f"out/{name}.key").stat().st_mode) == 0o600
        public = openssl("pkey", "-in", f"out/{name}.key", "-pubout")
        assert openssl("x509", "-in", f"out/{name}.crt", "-pubkey", "-noout") == public


def test_files_are_not_overwritten_and_nothing_is_issued_that_cannot_be_written(
    mtlsctl: Mtlsctl,
) -> None:
    issue = ("issue", "--ca", "2", "--name", "web.example.test", "-o", "out")
    mtlsctl.ok(*issue)
    before = Path("out/web.example.test.key").read_bytes()
    assert "try: Name another, or overwrite it with --force" in mtlsctl.refused(*issue)
    assert Path("out/web.example.test.key").read_bytes() == before
    assert mtlsctl.json("list", "--search", "web.example.test")["total"] == 1
    mtlsctl.ok(*issue, "--force")
    assert Path("out/web.example.test.key").read_bytes() != before
    Path("out/ca.crt").write_text("another authority's")
    assert "ca.crt exists" in mtlsctl.refused("issue", "--ca", "2", "--name", "b.test", "-o", "out")
    assert mtlsctl.json("list", "--search", "b.test")["total"] == 0


@pytest.mark.parametrize("key", ["p384", "rsa2048", "ed25519", "ml-dsa-44"])
def test_kinds_of_key(mtlsctl: Mtlsctl, key: str) -> None:
    made = mtlsctl.json("issue", "--ca", "1", "--name", "a.example.test", "--key", key)
    assert (
        made["key"]
        == {
            "p384": {"algorithm": "EC", "curve": "P-384"},
            "rsa2048": {"algorithm": "RSA", "bits": 2048},
            "ed25519": {"algorithm": "Ed25519"},
            "ml-dsa-44": {"algorithm": "ML-DSA-44"},
        }[key]
    )


def test_names_of_files_lead_nowhere_else_and_are_distinct(mtlsctl: Mtlsctl) -> None:
    Path("table.csv").write_text(
        "name,san,profile,days,key\n"
        "../../evil,,client,,\n"
        "-rf,,client,,\n"
        "*.example.test,,,,\n"
        "web.example.test,,,10,ed25519\n"
        "WEB.example.test,,,,\n"
        "ca,,client,,\n"
    )
    made = mtlsctl.json("issue", "--ca", "1", "--from", "table.csv", "-o", "out")
    assert made["total"] == len(made["certificates"]) == 6
    assert made["certificates"][3]["key"] == {"algorithm": "Ed25519"}
    written = sorted(path.name for path in Path("out").glob("*.key"))
    assert len(written) == 6
    assert "wildcard.example.test.key" in written
    assert {"web.example.test.key", "WEB.example.test-2.key"} <= set(written)
    assert not any(name.startswith((".", "-")) for name in written)
    assert sorted(path.name for path in Path().iterdir()) == ["out", "table.csv"]
    assert len(made["files"]) == 6 * 3 + 1


def test_a_table_with_faults_issues_nothing_and_names_every_line(mtlsctl: Mtlsctl) -> None:
    table = "name,days,key\nok.example.test,10,\nbad_name.,-1,\nb.example.test,10,rsa1\n"
    error = mtlsctl.refused("issue", "--ca", "1", "--from", "-", stdin=table)
    assert "Nothing was issued" in error
    assert "Line 3" in error
    assert "Line 4" in error
    assert mtlsctl.json("list")["total"] == 2


def test_the_only_authority_need_not_be_named(mtlsctl: Mtlsctl) -> None:
    error = mtlsctl.refused("issue", "--name", "web.example.test")
    assert "Example Issuing (id 2), Example Root CA (id 1)" in error
    mtlsctl.ok("delete", "2", "--yes")
    assert mtlsctl.json("issue", "--name", "web.example.test")["issuer_id"] == 1


def test_self_signed(mtlsctl: Mtlsctl) -> None:
    made = mtlsctl.json("issue", "--self-signed", "--name", "web.example.test", "-o", "out")
    assert made["self_signed"] is True
    assert made["issuer_id"] is None
    assert Path("out/ca.crt").read_bytes() == Path("out/web.example.test.crt").read_bytes()


def test_spiffe(mtlsctl: Mtlsctl) -> None:
    made = mtlsctl.json(
        "issue", "--ca", "2", "--profile", "spiffe", "--name", "spiffe://example.test/api"
    )
    assert made["san"] == ["uri:spiffe://example.test/api"]
    assert made["subject"] == ""


def test_what_is_worth_knowing_is_said_beside_the_answer(mtlsctl: Mtlsctl) -> None:
    arguments = ("issue", "--ca", "2", "--name", "web.example.test", "--san", "ip:10.0.0.1")
    result = mtlsctl.run(*arguments, "--days", "9000")
    assert result.exit_code == 0
    assert "and so does this certificate" in result.stderr
    assert "web.example.test will not be accepted as a host" in result.stderr
    assert "note" not in result.stdout
    assert len(mtlsctl.json(*arguments, "--days", "9000")["warnings"]) == 3


def test_an_authority_with_limits(mtlsctl: Mtlsctl) -> None:
    made = mtlsctl.json(
        "ca", "create", "--name", "Limited", "--permit-dns", "example.com", "--path-length", "0",
        "--key", "p256", "--days", "100", "--crl-url", "http://pki.example.com/limited.crl",
    )  # fmt: skip
    assert (made["is_ca"], made["path_length"], made["custody"]) == (True, 0, "file")
    error = mtlsctl.refused("issue", "--ca", "Limited", "--name", "web.example.org")
    assert "web.example.org" in error
    mtlsctl.ok("issue", "--ca", "Limited", "--name", "web.example.com", "-o", "out")
    text = openssl("x509", "-in", "out/web.example.com.crt", "-noout", "-text")
    assert "URI:http://pki.example.com/limited.crl" in text
    mtlsctl.refused("ca", "create", "--name", "Below", "--parent", "Limited")


def test_authorities_are_listed(mtlsctl: Mtlsctl) -> None:
    found = mtlsctl.json("ca", "list")
    assert [(each["name"], each["issuer_id"]) for each in found["certificates"]] == [
        ("Example Issuing", 1),
        ("Example Root CA", None),
    ]
    assert found["total"] == 2
    assert "Example Root CA" in mtlsctl.ok("ca", "list")


@pytest.mark.parametrize(
    "arguments",
    [
        ["issue"],
        ["issue", "--self-signed", "--ca", "1", "--name", "a.test"],
        ["issue", "--from", "t.csv", "--name", "a.test"],
        ["issue", "--ca", "1", "--name", "a.test", "--key", "rsa1024"],
        ["issue", "--ca", "1", "--name", "a.test", "--days", "soon"],
        ["issue", "--ca", "1", "--name", "a.test", "--profile", "none"],
        ["issue", "--ca", "nobody", "--name", "a.test"],
        ["issue", "--ca", "1", "--from", "missing.csv"],
        ["ca", "create"],
        ["ca", "create", "--name", "X", "--days", "0"],
        ["ca", "create", "--name", "X", "--country", "Germany"],
    ],
)
def test_bad_usage_makes_nothing(mtlsctl: Mtlsctl, arguments: list[str]) -> None:
    mtlsctl.refused(*arguments)
    result = mtlsctl.run(*arguments, "--json")
    assert result.exit_code == 2
    assert set(json.loads(result.stdout)["error"]) == {"title", "detail", "remedy"}
    assert result.stderr == ""
    assert mtlsctl.json("list")["total"] == 2
