"""Our PKCS#12 files in the hands of those who read them: OpenSSL, Java, NSS and GnuTLS."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.integration.conftest import EstateOf
from tests.integration.estate import Estate
from tests.integration.programs import attempt, needs, openssl, run

pytestmark = pytest.mark.integration

PASSWORD = "geheim"
ALIAS = "alice's key"


def export(estate: Estate, target: Path, *options: str) -> Path:
    estate.mtlsctl.ok(
        "export", "alice", "--to", "pkcs12", "--name", ALIAS, "-o", str(target), *options,
        env={"MTLSGUI_OUT_PASSPHRASE": PASSWORD},
    )  # fmt: skip
    return target


@pytest.fixture(params=["modern", "legacy"])
def form(request: pytest.FixtureRequest) -> tuple[str, ...]:
    return ("--legacy",) if request.param == "legacy" else ()


def test_openssl(estate: Estate, form: tuple[str, ...], tmp_path: Path) -> None:
    file = export(estate, tmp_path / "alice.p12", *form)
    finished = attempt(
        "openssl", "pkcs12", "-in", file, "-passin", f"pass:{PASSWORD}", "-nodes", "-info"
    )
    assert finished.returncode == 0, finished.stderr
    assert f"friendlyName: {ALIAS}" in finished.stdout
    assert finished.stdout.count("BEGIN CERTIFICATE") == 2
    assert estate.client.key.read_text() in finished.stdout
    ciphers = "pbeWithSHA1And3-KeyTripleDES-CBC" if form else "AES-256-CBC"
    macs = "MAC: sha1" if form else "MAC: sha256"
    assert len(re.findall(ciphers, finished.stderr)) == 2
    assert macs in finished.stderr
    wrong = attempt("openssl", "pkcs12", "-in", file, "-passin", "pass:wrong", "-nodes")
    assert "invalid password" in wrong.stderr


@needs("keytool", "default-jre-headless")
def test_java(estate: Estate, form: tuple[str, ...], tmp_path: Path) -> None:
    file = export(estate, tmp_path / "alice.p12", *form)
    shown = run("keytool", "-list", "-v", "-keystore", file, "-storepass", PASSWORD)
    assert "Your keystore contains 1 entry" in shown
    assert f"Alias name: {ALIAS}" in shown
    assert "Entry type: PrivateKeyEntry" in shown
    assert "Certificate chain length: 2" in shown
    whole = export(estate, tmp_path / "whole.p12", *form, "--include-root")
    shown = run("keytool", "-list", "-v", "-keystore", whole, "-storepass", PASSWORD)
    assert "Certificate chain length: 3" in shown


@needs("pk12util", "libnss3-tools")
@needs("certutil", "libnss3-tools")
@pytest.mark.parametrize("key", ["p256", "rsa2048"])
def test_nss(estate_of: EstateOf, key: str, form: tuple[str, ...], tmp_path: Path) -> None:
    estate = estate_of(key)
    file = export(estate, tmp_path / "alice.p12", *form)
    listed = run("pk12util", "-l", file, "-W", PASSWORD)
    assert f'Friendly Name: "{ALIAS}"' in listed or f"Friendly Name: {ALIAS}" in listed
    assert len(re.findall(r"^Certificate(?:\(has private key\))?:", listed, re.MULTILINE)) == 2

    database = f"sql:{tmp_path}"
    run("certutil", "-N", "-d", database, "--empty-password")
    run("certutil", "-A", "-d", database, "-n", "root", "-t", "CT,C,C", "-i", estate.ca)
    run("pk12util", "-i", file, "-d", database, "-W", PASSWORD, "-K", "")
    assert ALIAS in run("certutil", "-K", "-d", database)
    usages = {"C": 0, "V": 255}  # as a client; as a server, which it is not
    for usage, status in usages.items():
        judged = attempt("certutil", "-V", "-d", database, "-n", ALIAS, "-u", usage, "-e")
        assert judged.returncode == status, judged.stdout
    run("certutil", "-A", "-d", database, "-n", "web", "-t", ",,", "-i", estate.server.certificate)
    run("certutil", "-V", "-d", database, "-n", "web", "-u", "V", "-e")


@needs("certtool", "gnutls-bin")
def test_gnutls(estate: Estate, form: tuple[str, ...], tmp_path: Path) -> None:
    file = export(estate, tmp_path / "alice.p12", *form)
    shown = run("certtool", "--p12-info", "--inder", "--infile", file, "--password", PASSWORD)
    assert f"Friendly name: {ALIAS}" in shown
    assert shown.count("BEGIN CERTIFICATE") == 2
    assert "PRIVATE KEY" in shown


@pytest.mark.parametrize("key", ["rsa2048", "ed25519"])
def test_the_key_comes_out_as_it_is(estate_of: EstateOf, key: str, tmp_path: Path) -> None:
    estate = estate_of(key)
    file = export(estate, tmp_path / "alice.p12")
    key_out = openssl("pkcs12", "-in", file, "-passin", f"pass:{PASSWORD}", "-nodes", "-nocerts")
    assert estate.client.key.read_text() in key_out
