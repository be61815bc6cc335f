"""Requests between us and others: theirs signed by us, ours signed by them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Mtlsctl
from tests.integration.estate import Identity, verify
from tests.integration.foreign import request
from tests.integration.programs import needs, openssl, run
from tests.integration.servers import nginx
from tests.integration.test_nginx_and_curl import curl

pytestmark = pytest.mark.integration

OUTSIDE = "web.example.org"
INSIDE = "web.example.com"


@pytest.fixture
def limited(mtlsctl: Mtlsctl) -> Mtlsctl:
    """A root and an authority for names under example.com only."""
    mtlsctl.ok("ca", "create", "--name", "Root", "--key", "p256")
    mtlsctl.ok(
        "ca", "intermediate", "--parent", "Root", "--name", "Limited", "--key", "p256",
        "--permit-dns", "example.com",
    )  # fmt: skip
    return mtlsctl


def sign(mtlsctl: Mtlsctl, csr: Path) -> dict[str, Any]:
    """Sign what is within the profile and the authority's limits; verified by openssl."""
    signed: dict[str, Any] = mtlsctl.json(
        "sign", str(csr), "--ca", "Limited", "--take-san", "-o", "out"
    )
    made = Identity(Path("out"), signed["name"])
    verify(
        Path("out/ca.crt"),
        made.certificate,
        untrusted=made.chain,
        options=("-purpose", "sslserver", "-verify_hostname", INSIDE),
    )
    return signed


def assert_only_a_server(signed: dict[str, Any]) -> None:
    assert signed["san"] == [f"dns:{INSIDE}"]
    assert signed["is_ca"] is False
    assert signed["extended_key_usage"] == ["serverAuth"]
    assert not {"keyCertSign", "cRLSign"} & set(signed["key_usage"])


def test_of_openssl(limited: Mtlsctl) -> None:
    key, csr = request(
        Path(), "of-openssl",
        "-addext", f"subjectAltName=DNS:{INSIDE},DNS:{OUTSIDE},email:root@example.com",
        "-addext", "basicConstraints=critical,CA:TRUE",
        "-addext", "keyUsage=critical,digitalSignature,keyCertSign,cRLSign",
        "-addext", "extendedKeyUsage=serverAuth,codeSigning,1.3.6.1.4.1.311.20.2.2",
    )  # fmt: skip
    signed = sign(limited, csr)
    assert_only_a_server(signed)
    refused = {(line["what"], line["asked"]) for line in signed["refused"]}
    assert any(OUTSIDE in asked for _, asked in refused)
    assert any("root@example.com" in asked for _, asked in refused)
    assert {"Authority", "Key usage"} <= {what for what, _ in refused}
    assert any("codeSigning" in asked or "Code signing" in asked for _, asked in refused), refused
    public = openssl("pkey", "-in", key, "-pubout")
    assert openssl("x509", "-in", "out/of-openssl.crt", "-pubkey", "-noout") == public


@needs("keytool", "default-jre-headless")
def test_of_keytool_and_its_keystore_takes_the_answer(limited: Mtlsctl) -> None:
    store = ("-keystore", "store.p12", "-storepass", "geheim")
    run(
        "keytool", "-genkeypair", "-alias", "web", "-keyalg", "EC", "-groupname", "secp256r1",
        "-dname", "CN=of-keytool", *store,
    )  # fmt: skip
    extensions = (
        "-ext", f"san=dns:{INSIDE},dns:{OUTSIDE}", "-ext", "bc:critical=ca:true",
        "-ext", "ku=digitalSignature,keyCertSign", "-ext", "eku=serverAuth,codeSigning",
    )  # fmt: skip
    run("keytool", "-certreq", "-alias", "web", "-file", "web.csr", *extensions, *store)
    signed = sign(limited, Path("web.csr"))
    assert_only_a_server(signed)
    run("keytool", "-importcert", "-noprompt", "-alias", "root", "-file", "out/ca.crt", *store)
    run("keytool", "-importcert", "-alias", "web", "-file", "out/of-keytool-chain.crt", *store)
    shown = run("keytool", "-list", "-v", "-alias", "web", *store)
    assert "Certificate chain length: 3" in shown


@needs("certutil", "libnss3-tools")
def test_of_certutil_and_its_database_takes_the_answer(limited: Mtlsctl, tmp_path: Path) -> None:
    database = ("-d", f"sql:{tmp_path}")
    run("certutil", "-N", "--empty-password", *database)
    noise = tmp_path / "noise"
    noise.write_bytes(bytes(range(256)))
    run(
        "certutil", "-R", "-s", "CN=of-certutil", "-k", "ec", "-q", "nistp256", "-z", noise,
        "-8", f"{INSIDE},{OUTSIDE}", "--keyUsage", "digitalSignature,certSigning",
        "--extKeyUsage", "serverAuth,codeSigning", "-2", "-o", "web.csr", *database,
        stdin="y\n-1\ny\n",
    )  # fmt: skip
    asked = openssl("req", "-inform", "DER", "-in", "web.csr", "-noout", "-text")
    assert "CA:TRUE" in asked
    assert "Certificate Sign" in asked
    assert_only_a_server(sign(limited, Path("web.csr")))
    run("certutil", "-A", "-n", "root", "-t", "C,,", "-i", "out/ca.crt", *database)
    run("certutil", "-A", "-n", "web", "-t", ",,", "-i", "out/of-certutil.crt", *database)
    limited.ok("export", "Limited", "-o", "limited.crt")
    run("certutil", "-A", "-n", "limited", "-t", ",,", "-i", "limited.crt", *database)
    run("certutil", "-V", "-n", "web", "-u", "V", "-e", *database)
    assert "web" in run("certutil", "-K", *database)  # the key found its certificate


@needs("nginx", "nginx-light")
@needs("curl", "curl")
def test_ours_is_signed_by_somebody_else_and_comes_back(mtlsctl: Mtlsctl, tmp_path: Path) -> None:
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Their CA", "-days", "30",
        "-keyout", "their.key", "-out", "their.crt",
    )  # fmt: skip
    issued = []
    for profile, name, purpose in (
        ("server", INSIDE, "serverAuth"),
        ("client", "alice", "clientAuth"),
    ):
        made = mtlsctl.json("request", "create", "--profile", profile, "--name", name)
        csr, certificate = Path(f"{name}.csr"), Path(f"{name}.crt")
        mtlsctl.ok("request", "export", name, "-o", str(csr))
        Path("leaf.ext").write_text(f"extendedKeyUsage={purpose}\n")
        copied = ("-copy_extensions", "copy")
        openssl(
            "x509", "-req", "-in", csr, *copied, "-CA", "their.crt", "-CAkey", "their.key",
            "-CAcreateserial", "-days", "20", "-out", certificate,
        )  # fmt: skip
        report = mtlsctl.json("import", str(certificate))
        (row,) = report["certificates"]
        assert (row["key_id"], row["custody"]) == (made["key_id"], "sealed")
        assert row["status"] == "issuer_missing"
        shown = mtlsctl.json("request", "show", str(made["id"]))
        assert (shown["state"], shown["certificate_id"]) == ("fulfilled", row["id"])
        issued.append(row["id"])
    mtlsctl.ok("import", "their.crt")
    for each in issued:
        assert mtlsctl.json("show", str(each))["issuer_id"] is not None
        name = mtlsctl.json("show", str(each))["name"]
        mtlsctl.ok(
            "export", str(each), "--to", "pkcs12", "-o", f"{name}.p12",
            env={"MTLSGUI_OUT_PASSPHRASE": "geheim"},
        )  # fmt: skip
        for part, options in (("key", ("-nocerts", "-nodes")), ("-chain.crt", ("-nokeys",))):
            file = f"{name}.{part}" if part == "key" else f"{name}{part}"
            openssl(
                "pkcs12", "-in", f"{name}.p12", "-passin", "pass:geheim", *options, "-out", file
            )
    here, ca = Path().resolve(), Path("their.crt").resolve()
    with nginx(tmp_path, Identity(here, INSIDE), ca) as port:
        answer = curl(port, ca, Identity(here, "alice"), host=INSIDE)
        assert answer == (0, "200", "CN=alice TLSv1.3")
        assert curl(port, ca, host=INSIDE)[:2] == (0, "400")
