"""Keystores and PKCS#12 files of keytool, pk12util and certtool, as we read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from mtlsgui.formats.items import CertificateItem, Item, PrivateKeyItem, ReadResult
from mtlsgui.formats.read import read
from mtlsgui.pki.keys import spki_sha256
from tests.integration.programs import needs, openssl, run

pytestmark = pytest.mark.integration

STORE, KEY = "changeit", "keypass1"
BOTH = (STORE.encode(), KEY.encode())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An RSA key, its certificate and the two as PKCS#12."""
    made = tmp_path_factory.mktemp("keystores")
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", made / "k.pem", "-out",
        made / "c.pem", "-subj", "/CN=store.example", "-days", "30",
    )  # fmt: skip
    openssl(
        "pkcs12", "-export", "-inkey", made / "k.pem", "-in", made / "c.pem", "-name", "leaf",
        "-passout", f"pass:{STORE}", "-out", made / "leaf.p12",
    )  # fmt: skip
    return made


def keytool(*arguments: str | Path) -> None:
    run("keytool", *arguments, "-J-Duser.language=en")


def shown(item: Item) -> str:
    name = getattr(item, "friendly_name", None) or getattr(item, "what", "")
    return f"{item.kind} {name}{' locked' if getattr(item, 'locked', False) else ''}"


def everything(result: ReadResult) -> list[str]:
    assert result.errors == ()
    return sorted(map(shown, result.items))


def is_the_key(result: ReadResult, folder: Path) -> bool:
    key = load_pem_private_key((folder / "k.pem").read_bytes(), None)
    found = {item.spki_sha256 for item in result.items if isinstance(item, PrivateKeyItem)}
    return found == {spki_sha256(key.public_key())}  # type: ignore[arg-type]


def code_fits(result: ReadResult) -> bool:
    return any(
        fact.label == "Integrity code" and fact.note.startswith("It fits:") for fact in result.about
    )


@needs("keytool", "default-jre-headless")
@pytest.mark.parametrize("kind", ["JKS", "JCEKS", "PKCS12"])
def test_keytool(folder: Path, tmp_path: Path, kind: str) -> None:
    store = tmp_path / "store"
    common = ("-storetype", kind, "-keystore", store, "-storepass", STORE)
    key_password = STORE if kind == "PKCS12" else KEY  # keytool knows one password for PKCS#12
    keytool(
        "-importkeystore", "-srckeystore", folder / "leaf.p12", "-srcstorepass", STORE,
        "-deststoretype", kind, "-destkeystore", store, "-deststorepass", STORE,
        "-destkeypass", key_password, "-alias", "leaf",
    )  # fmt: skip
    keytool("-importcert", "-noprompt", "-alias", "vertraut", "-file", folder / "c.pem", *common)
    secrets = []
    if kind != "JKS":
        keytool("-genseckey", "-alias", "sym", "-keyalg", "AES", "-keysize", "128", *common)
        secrets = ["secret Secret key “sym”"]
    data = store.read_bytes()

    opened = read(data, passphrases=BOTH)
    expected = ["certificate leaf", "certificate vertraut", "private_key leaf", *secrets]
    assert opened.format == kind.lower()
    assert everything(opened) == expected
    assert is_the_key(opened, folder)
    assert code_fits(opened)

    shut = read(data, passphrases=(b"wrong",))
    assert shut.locked
    assert not code_fits(shut)
    assert "private_key leaf locked" in everything(shut)
    certificates = [item for item in shut.items if isinstance(item, CertificateItem)]
    assert len(certificates) == (0 if kind == "PKCS12" else 2)


@needs("keytool", "default-jre-headless")
def test_a_truststore_of_java_in_pkcs12(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "trust.p12"
    keytool(
        "-importcert", "-noprompt", "-alias", "root", "-file", folder / "c.pem", "-storetype",
        "PKCS12", "-keystore", store, "-storepass", STORE,
    )  # fmt: skip
    result = read(store.read_bytes(), passphrases=BOTH)
    assert everything(result) == ["certificate root"]
    assert ("Marked as trusted for Java", "1") in [(f.label, f.value) for f in result.about]


@needs("pk12util", "libnss3-tools")
@needs("certutil", "libnss3-tools")
def test_nss(folder: Path, tmp_path: Path) -> None:
    database = f"sql:{tmp_path}"
    out = tmp_path / "out.p12"
    run("certutil", "-N", "-d", database, "--empty-password")
    run("pk12util", "-i", folder / "leaf.p12", "-d", database, "-W", STORE, "-K", "")
    run("pk12util", "-o", out, "-n", "leaf", "-d", database, "-W", "geheim€", "-K", "")
    result = read(out.read_bytes(), passphrases=("geheim€".encode(),))
    assert everything(result) == ["certificate leaf", "private_key leaf"]
    assert is_the_key(result, folder)
    assert code_fits(result)


@needs("certtool", "gnutls-bin")
@pytest.mark.parametrize("cipher", ["3des-pkcs12", "rc2-40", "arcfour", "aes-256"])
def test_gnutls(folder: Path, tmp_path: Path, cipher: str) -> None:
    out = tmp_path / "out.p12"
    run(
        "certtool", "--to-p12", "--load-privkey", folder / "k.pem", "--load-certificate",
        folder / "c.pem", "--p12-name", "leaf", "--password", STORE, "--pkcs-cipher", cipher,
        "--outder", "--outfile", out,
    )  # fmt: skip
    result = read(out.read_bytes(), passphrases=BOTH)
    assert everything(result) == ["certificate leaf", "private_key leaf"]
    assert is_the_key(result, folder)
    assert code_fits(result)
