"""Requests for other authorities, and other people's requests signed here."""

import subprocess
from pathlib import Path

from tests.cli.conftest import Mtlsctl


def foreign_request(*extensions: str) -> Path:
    """A key and a request made by somebody else, with openssl."""
    subprocess.run(
        [
            "openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-keyout", "foreign.key", "-out", "foreign.csr", "-subj", "/CN=foreign",
            *(part for each in extensions for part in ("-addext", each)),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return Path("foreign.csr")


def test_a_request_is_made_kept_and_answered(mtlsctl: Mtlsctl) -> None:
    made = mtlsctl.json(
        "request", "create", "--name", "svc.example.test", "--org", "Example", "-o", "out"
    )
    assert made["san"] == ["dns:svc.example.test"]
    assert (made["kind"], made["state"], made["signature_valid"]) == ("csr", "open", True)
    assert made["files"] == ["out/svc.example.test.csr", "out/svc.example.test.key"]
    checked = subprocess.run(
        ["openssl", "req", "-in", "out/svc.example.test.csr", "-verify", "-noout", "-subject"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "O = Example" in checked.stdout
    signed = mtlsctl.json("sign", "out/svc.example.test.csr", "--ca", "2", "--take-san")
    assert signed["key_id"] == made["key_id"]
    (listed,) = mtlsctl.json("request", "list")["requests"]
    assert (listed["state"], listed["certificate_id"]) == ("signed", signed["id"])
    assert "svc.example.test" in mtlsctl.ok("request", "list", "--state", "signed")
    assert mtlsctl.json("request", "list", "--state", "open")["total"] == 0


def test_without_a_folder_the_request_goes_to_standard_output(mtlsctl: Mtlsctl) -> None:
    text = mtlsctl.ok("request", "create", "--name", "svc.example.test")
    assert text.startswith("-----BEGIN CERTIFICATE REQUEST-----\n")
    assert mtlsctl.ok("request", "export", "svc.example.test") == text
    mtlsctl.ok("request", "export", "1", "--to", "der", "-o", "svc.der")
    assert "exists already" in mtlsctl.refused("request", "export", "1", "-o", "svc.der")
    assert "svc.example.test" in mtlsctl.ok("inspect", "svc.der")
    assert mtlsctl.json("request", "show", "1")["pem"] == text
    assert "Certificate signing request" in mtlsctl.ok("request", "show", "1")
    mtlsctl.ok("request", "delete", "1", "--with-key")
    assert mtlsctl.json("key", "list")["total"] == 2
    assert "mtlsctl request list" in mtlsctl.refused("request", "show", "1")


def test_only_what_the_profile_allows_is_granted(mtlsctl: Mtlsctl) -> None:
    csr = foreign_request(
        "subjectAltName=DNS:foreign.example.test,email:root@example.test",
        "basicConstraints=critical,CA:TRUE",
        "keyUsage=keyCertSign",
    )
    error = mtlsctl.refused("sign", str(csr), "--ca", "2")
    assert "--take-san" in error
    signed = mtlsctl.json("sign", str(csr), "--ca", "2", "--take-san", "--days", "7", "-o", "out")
    assert signed["san"] == ["dns:foreign.example.test"]
    assert signed["is_ca"] is False
    assert signed["custody"] is None
    refused = {line["what"]: line["reason"] for line in signed["refused"]}
    assert {"Name", "Authority", "Key usage"} <= set(refused)
    assert signed["files"] == ["out/foreign.crt", "out/foreign-chain.crt", "out/ca.crt"]
    subprocess.run(
        ["openssl", "verify", "-CAfile", "out/ca.crt", "-untrusted", "out/foreign-chain.crt",
         "out/foreign.crt"],
        check=True,
        capture_output=True,
    )  # fmt: skip


def test_names_are_given_instead_of_those_asked_for(mtlsctl: Mtlsctl) -> None:
    csr = foreign_request("subjectAltName=DNS:wanted.example.test")
    result = mtlsctl.run("sign", "-", "--ca", "2", "--san", "given.test", stdin=csr.read_bytes())
    assert result.exit_code == 0
    assert "not granted: Name wanted.example.test" in result.stderr.replace("DNS ", "")
    assert mtlsctl.json("show", "foreign")["san"] == ["dns:given.test"]


def test_a_key_that_clients_refuse_is_not_signed_without_a_word(mtlsctl: Mtlsctl) -> None:
    made = ["openssl", "req", "-new", "-newkey", "rsa:1024", "-nodes", "-keyout", "weak.key"]
    subprocess.run(
        [*made, "-out", "weak.csr", "-subj", "/CN=weak"], check=True, capture_output=True
    )
    signed = mtlsctl.json("sign", "weak.csr", "--ca", "2", "--san", "weak.test")
    assert any("RSA 1024 is too small" in warning for warning in signed["warnings"])


def test_a_request_whose_signature_is_wrong_is_refused(mtlsctl: Mtlsctl) -> None:
    foreign_request("subjectAltName=DNS:foreign.example.test")
    subprocess.run(
        ["openssl", "req", "-in", "foreign.csr", "-outform", "DER", "-out", "bad.csr"], check=True
    )
    data = bytearray(Path("bad.csr").read_bytes())
    data[-1] ^= 1
    Path("bad.csr").write_bytes(data)
    assert "signature" in mtlsctl.refused("sign", "bad.csr", "--ca", "2", "--take-san")


def test_a_file_without_a_request_is_refused(mtlsctl: Mtlsctl) -> None:
    Path("ca.crt").write_text(mtlsctl.ok("export", "1"))
    assert "holds no request" in mtlsctl.refused("sign", "ca.crt", "--ca", "2")
