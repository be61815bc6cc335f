"""What is converted, in other people's programs, and from each format to each other."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from OpenSSL import crypto

from mtlsgui.formats.items import Item, PrivateKeyItem, spki_sha256_of
from mtlsgui.formats.write import to_pem
from mtlsgui.formats.writing.encrypting import Derivation
from mtlsgui.pki import keys
from mtlsgui.workspace import converting
from mtlsgui.workspace.converting import Options, Part, Target
from tests.integration.programs import attempt, find, needs, openssl, run
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

pytestmark = pytest.mark.integration

NOW = datetime.now(UTC)
COMMON = ["p256", "rsa2048", "p384", "ed25519"]


def heap(algorithm: str) -> tuple[Item, ...]:
    return items_of(TOP, INTERMEDIATE, one(algorithm).pem)


def write(folder: Path, items: tuple[Item, ...], target: Target, **options: object) -> list[Path]:
    if target.needs_passphrase:
        options.setdefault("passphrase", PASSPHRASE)
    planned = converting.plan(items, target, Options(**options), now=NOW)  # type: ignore[arg-type]
    assert planned.problems == ()
    return list(converting.write(planned, folder, overwrite=True))


def made(folder: Path, items: tuple[Item, ...], target: Target, **options: object) -> Path:
    (path,) = write(folder, items, target, **options)
    return path


def key_of(pem: str | bytes) -> bytes:
    """The key in a PEM text, as PKCS#8."""
    found = items_of(pem if isinstance(pem, bytes) else pem.encode())
    (key,) = (item for item in found if isinstance(item, PrivateKeyItem))
    assert key.pkcs8 is not None
    return key.pkcs8


def fingerprints_in(text: str) -> list[str]:
    """Of the PEM certificates in what a program writes."""
    return certificates_in(items_of(text.encode()))


def chain_of(algorithm: str) -> list[str]:
    return [each.fingerprint_sha256 for each in (one(algorithm).facts, INTERMEDIATE)]


# Key stores


@pytest.mark.parametrize("legacy", [False, True])
@pytest.mark.parametrize("algorithm", COMMON)
class TestPkcs12:
    def file(self, folder: Path, algorithm: str, legacy: bool) -> Path:
        return made(folder, heap(algorithm), Target.PKCS12, aliases=("my web",), legacy=legacy)

    def test_openssl(self, tmp_path: Path, algorithm: str, legacy: bool) -> None:
        file = self.file(tmp_path, algorithm, legacy)
        old = ["-legacy"] if legacy else []
        said = openssl("pkcs12", "-in", file, "-passin", f"pass:{PASSPHRASE}", "-noenc", *old)
        assert set(fingerprints_in(said)) == set(chain_of(algorithm))
        assert key_of(said) == keys.pkcs8_der(one(algorithm).key)
        assert "friendlyName: my web" in said

    @needs("keytool", "default-jre-headless")
    def test_keytool(self, tmp_path: Path, algorithm: str, legacy: bool) -> None:
        file = self.file(tmp_path, algorithm, legacy)
        said = run("keytool", "-list", "-rfc", "-keystore", file, "-storepass", PASSPHRASE)
        assert "Alias name: my web" in said
        assert "Entry type: PrivateKeyEntry" in said
        assert fingerprints_in(said) == chain_of(algorithm)

    @needs("certtool", "gnutls-bin")
    def test_gnutls(self, tmp_path: Path, algorithm: str, legacy: bool) -> None:
        file = self.file(tmp_path, algorithm, legacy)
        said = run("certtool", "--p12-info", "--inder", "--infile", file, "--password", PASSPHRASE)
        assert said.count("BEGIN CERTIFICATE") == 2
        assert "PRIVATE KEY" in said

    @needs("pk12util", "libnss3-tools")
    def test_nss(self, tmp_path: Path, algorithm: str, legacy: bool) -> None:
        if algorithm == "ed25519" and not _nss_knows_ed25519(tmp_path):
            pytest.skip("this NSS knows no Ed25519")
        file = self.file(tmp_path, algorithm, legacy)
        said = run("pk12util", "-l", file, "-W", PASSPHRASE)
        assert "my web" in said
        assert len(re.findall(r"^Certificate", said, re.MULTILINE)) == 2


def _nss_knows_ed25519(folder: Path) -> bool:
    """Judged by a file that OpenSSL made."""
    key, certificate, store = (folder / name for name in ("e.key", "e.crt", "e.p12"))
    openssl("req", "-x509", "-newkey", "ed25519", "-noenc", "-subj", "/CN=e",
            "-keyout", key, "-out", certificate)  # fmt: skip
    openssl("pkcs12", "-export", "-inkey", key, "-in", certificate, "-out", store,
            "-passout", f"pass:{PASSPHRASE}")  # fmt: skip
    return attempt("pk12util", "-l", store, "-W", PASSPHRASE).returncode == 0


def test_a_store_of_several_entries_in_openssl_and_java(tmp_path: Path) -> None:
    web, api = one("p256"), pair("api.example", "rsa2048")
    items = items_of(web.pem, api.pem, INTERMEDIATE)
    file = made(tmp_path, items, Target.PKCS12, aliases=("one", "two"))
    said = openssl("pkcs12", "-in", file, "-passin", f"pass:{PASSPHRASE}", "-noenc")
    assert said.count("BEGIN PRIVATE KEY") == 2
    assert said.count("BEGIN CERTIFICATE") == 3  # the CA of both is there once
    if find("keytool"):
        listed = run("keytool", "-list", "-keystore", file, "-storepass", PASSPHRASE)
        assert "contains 2 entries" in listed
        for alias in ("one", "two"):
            chain = run(
                "keytool", "-list", "-rfc", "-alias", alias, "-keystore", file,
                "-storepass", PASSPHRASE,
            )  # fmt: skip
            assert len(fingerprints_in(chain)) == 2


@needs("keytool", "default-jre-headless")
@pytest.mark.parametrize("algorithm", COMMON)
def test_java_reads_jks_key_and_chain(tmp_path: Path, algorithm: str) -> None:
    """The key comes out of it by keytool's own conversion, and is the one that went in."""
    file = made(tmp_path, heap(algorithm), Target.JKS, aliases=("Web",))
    out = tmp_path / "out.p12"
    run(
        "keytool", "-importkeystore", "-srckeystore", file, "-srcstoretype", "jks",
        "-srcstorepass", PASSPHRASE, "-destkeystore", out, "-deststoretype", "pkcs12",
        "-deststorepass", PASSPHRASE,
    )  # fmt: skip
    said = openssl("pkcs12", "-in", out, "-passin", f"pass:{PASSPHRASE}", "-noenc")
    assert key_of(said) == keys.pkcs8_der(one(algorithm).key)
    assert set(fingerprints_in(said)) == set(chain_of(algorithm))
    assert "friendlyName: web" in said


@needs("keytool", "default-jre-headless")
@pytest.mark.parametrize(
    ("target", "options"), [(Target.TRUSTSTORE, {}), (Target.JKS, {"only": Part.CA})]
)
def test_java_trusts_what_a_truststore_holds(
    tmp_path: Path, target: Target, options: dict[str, object]
) -> None:
    file = made(tmp_path, items_of(TOP, INTERMEDIATE), target, **options)
    said = run("keytool", "-list", "-rfc", "-keystore", file, "-storepass", PASSPHRASE)
    assert said.count("Entry type: trustedCertEntry") == 2
    both = {TOP.fingerprint_sha256, INTERMEDIATE.fingerprint_sha256}
    assert set(fingerprints_in(said)) == both


# Keys


@pytest.mark.parametrize("algorithm", COMMON)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"encrypt": Derivation.PBKDF2},
        {"encrypt": Derivation.SCRYPT},
        {"encrypt": Derivation.PBKDF2, "legacy": True},
    ],
    ids=["plain", "pbkdf2", "scrypt", "legacy"],
)
def test_openssl_opens_pkcs8(tmp_path: Path, algorithm: str, options: dict[str, object]) -> None:
    file = made(tmp_path, heap(algorithm), Target.PKCS8, passphrase=PASSPHRASE, **options)
    said = openssl("pkey", "-in", file, "-passin", f"pass:{PASSPHRASE}")
    assert key_of(said) == keys.pkcs8_der(one(algorithm).key)


@needs("certtool", "gnutls-bin")
@pytest.mark.parametrize("legacy", [False, True])
def test_gnutls_opens_pkcs8(tmp_path: Path, legacy: bool) -> None:
    encrypted = {"encrypt": Derivation.PBKDF2, "passphrase": PASSPHRASE, "legacy": legacy}
    file = made(tmp_path, heap("p256"), Target.PKCS8, **encrypted)
    said = run("certtool", "-k", "--pkcs8", "--infile", file, "--password", PASSPHRASE)
    assert "SECP256R1" in said


@pytest.mark.parametrize("algorithm", ["p256", "rsa2048", "p384"])
@pytest.mark.parametrize("encrypted", [False, True])
def test_openssl_opens_traditional_keys(tmp_path: Path, algorithm: str, encrypted: bool) -> None:
    options = {"encrypt": Derivation.PBKDF2, "legacy": True} if encrypted else {}
    file = made(tmp_path, heap(algorithm), Target.PKCS1, passphrase=PASSPHRASE, **options)
    name = "RSA" if algorithm.startswith("rsa") else "EC"
    assert file.read_text().startswith(f"-----BEGIN {name} PRIVATE KEY-----\n")
    said = openssl("pkey", "-in", file, "-passin", f"pass:{PASSPHRASE}")
    assert key_of(said) == keys.pkcs8_der(one(algorithm).key)
    if not encrypted:
        plain = openssl("pkey", "-in", file, "-traditional")
        assert file.read_text() == plain


def test_openssl_opens_a_traditional_dsa_key(tmp_path: Path) -> None:
    key = dsa.generate_private_key(2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = made(tmp_path, items_of(pem), Target.PKCS1)
    assert openssl("pkey", "-in", file).encode() == pem


@needs("ssh-keygen", "openssh-client")
@pytest.mark.parametrize("algorithm", COMMON)
@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_ssh_reads_keys(tmp_path: Path, algorithm: str, passphrase: str) -> None:
    sealed = {"encrypt": Derivation.PBKDF2, "passphrase": passphrase} if passphrase else {}
    private = made(tmp_path, heap(algorithm), Target.OPENSSH, **sealed)
    public = made(tmp_path, heap(algorithm), Target.SSH_PUBLIC, aliases=("me here",))
    line = public.read_text()
    said = run("ssh-keygen", "-y", "-P", passphrase, "-f", private)
    assert line.split()[:2] == said.split()[:2]
    assert line.endswith(" me here\n")
    assert "me here" in run("ssh-keygen", "-l", "-f", public)


# Certificates


@needs("certtool", "gnutls-bin")
def test_pkcs7_in_openssl_and_gnutls(tmp_path: Path) -> None:
    file = made(tmp_path, heap("p256"), Target.PKCS7, include_root=True)
    said = openssl("pkcs7", "-in", file, "-inform", "DER", "-print_certs")
    wanted = [*chain_of("p256"), TOP.fingerprint_sha256]
    assert fingerprints_in(said) == wanted
    gnutls = run("certtool", "--p7-info", "--inder", "--infile", file)
    assert set(fingerprints_in(gnutls)) == set(wanted)


@pytest.mark.parametrize("algorithm", COMMON)
def test_a_server_bundle_verifies_with_openssl(tmp_path: Path, algorithm: str) -> None:
    bundle = made(tmp_path / "haproxy", heap(algorithm), Target.HAPROXY)
    anchors = made(tmp_path / "ca", heap(algorithm), Target.CA)
    said = openssl("verify", "-CAfile", anchors, "-untrusted", bundle, bundle)
    assert said.endswith(": OK\n")
    secret = yaml.safe_load(made(tmp_path / "k8s", heap(algorithm), Target.KUBERNETES).read_bytes())
    assert set(secret["data"]) == {"tls.crt", "tls.key", "ca.crt"}
    assert key_of(bundle.read_bytes()) == keys.pkcs8_der(one(algorithm).key)


@needs("nginx", "nginx-light")
def test_nginx_takes_the_two_files(tmp_path: Path) -> None:
    chain, key = write(tmp_path, heap("p256"), Target.NGINX, aliases=("web",))
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"pid {tmp_path}/pid; events {{}} http {{ access_log off; server {{ "
        f"listen 127.0.0.1:1 ssl; ssl_certificate {chain}; ssl_certificate_key {key}; }} }}"
    )
    tested = attempt("nginx", "-t", "-e", "stderr", "-c", config, "-p", tmp_path)
    assert "syntax is ok" in tested.stderr
    assert "SSL" not in tested.stderr


# The commands that are shown


_COMMANDS = [
    Target.PEM, Target.DER, Target.PKCS7, Target.PKCS8, Target.PKCS1, Target.PUBLIC,
    Target.SSH_PUBLIC, Target.OPENSSH, Target.CHAIN, Target.NGINX, Target.HAPROXY,
]  # fmt: skip


@needs("ssh-keygen", "openssh-client")
@pytest.mark.parametrize("target", _COMMANDS)
@pytest.mark.parametrize("algorithm", ["p256", "rsa2048"])
def test_the_commands_shown_make_the_same(tmp_path: Path, target: Target, algorithm: str) -> None:
    """As text in a shell, from the files that their names stand for."""
    web = one(algorithm)
    for ending, data in (
        (".crt", to_pem([web.facts])), ("-chain.crt", to_pem([INTERMEDIATE])), (".key", web.key_pem)
    ):  # fmt: skip
        (tmp_path / f"web.example{ending}").write_bytes(data)
    before = set(tmp_path.iterdir())
    planned = converting.plan(heap(algorithm), target, Options(), now=NOW)
    run("sh", "-e", "-c", planned.commands, cwd=tmp_path)
    ours = [item for file in converting.render(planned) for item in read_back(file.data)]
    theirs = [
        item
        for path in sorted(set(tmp_path.iterdir()) - before)
        for item in read_back(path.read_bytes())
    ]
    if target is Target.NGINX:  # the key is there already
        theirs += read_back(web.key_pem)
    if target in (Target.PUBLIC, Target.SSH_PUBLIC):
        assert {spki_sha256_of(item) for item in theirs} == {spki_sha256_of(item) for item in ours}
    else:
        assert certificates_in(theirs) == certificates_in(ours)
        assert keys_in(theirs) == keys_in(ours)


@pytest.mark.parametrize("options", [{}, {"encrypt": Derivation.SCRYPT}, {"legacy": True}])
def test_the_newest_openssl_opens_a_post_quantum_key(
    tmp_path: Path, options: dict[str, object]
) -> None:
    """The one that `cryptography` carries: Debian's knows no ML-DSA."""
    sealed = {"encrypt": Derivation.PBKDF2, "passphrase": PASSPHRASE, **options}
    file = made(tmp_path, heap("ml-dsa-65"), Target.PKCS8, **sealed)
    key = crypto.load_privatekey(crypto.FILETYPE_PEM, file.read_bytes(), PASSPHRASE.encode())
    public = crypto.dump_publickey(crypto.FILETYPE_ASN1, key)
    assert public == keys.spki_der(one("ml-dsa-65").key.public_key())


# From each to each

_WITH_CHAIN = [
    Target.PEM, Target.PKCS12, Target.JKS, Target.JWK, Target.KUBERNETES, Target.HAPROXY,
]  # fmt: skip
_KEYS = [
    Target.PEM, Target.DER, Target.PKCS8, Target.PKCS1, Target.OPENSSH, Target.JWK, Target.PKCS12,
]  # fmt: skip
_CERTIFICATES = [Target.PEM, Target.PKCS7, Target.PKCS12, Target.CHAIN, Target.JKS]


@pytest.mark.parametrize("first", _WITH_CHAIN)
@pytest.mark.parametrize("second", _WITH_CHAIN)
@pytest.mark.parametrize("algorithm", ["p256", "rsa2048", "ed25519", "ml-dsa-65"])
def test_pairs_from_each_to_each(
    tmp_path: Path, first: Target, second: Target, algorithm: str
) -> None:
    one_way = made(tmp_path / "1", heap(algorithm), first, include_root=True)
    items = read_back(one_way.read_bytes(), PASSPHRASE)
    back = made(tmp_path / "2", items, second, include_root=True)
    found = read_back(back.read_bytes(), PASSPHRASE)
    assert set(certificates_in(found)) == {*chain_of(algorithm), TOP.fingerprint_sha256}
    (key,) = (item for item in found if isinstance(item, PrivateKeyItem))
    assert key.pkcs8 == keys.pkcs8_der(one(algorithm).key)


@pytest.mark.parametrize("first", _KEYS)
@pytest.mark.parametrize("second", _KEYS)
@pytest.mark.parametrize("algorithm", ["p256", "rsa2048"])
def test_keys_from_each_to_each(
    tmp_path: Path, first: Target, second: Target, algorithm: str
) -> None:
    items = items_of(one(algorithm).key_pem)
    there = read_back(made(tmp_path / "1", items, first).read_bytes(), PASSPHRASE)
    back = read_back(made(tmp_path / "2", there, second).read_bytes(), PASSPHRASE)
    (key,) = back
    assert isinstance(key, PrivateKeyItem)
    assert key.pkcs8 == keys.pkcs8_der(one(algorithm).key)


@pytest.mark.parametrize("first", _CERTIFICATES)
@pytest.mark.parametrize("second", _CERTIFICATES)
def test_certificates_from_each_to_each(tmp_path: Path, first: Target, second: Target) -> None:
    items = items_of(one().facts, INTERMEDIATE, TOP)
    there = read_back(
        made(tmp_path / "1", items, first, include_root=True).read_bytes(), PASSPHRASE
    )
    back = read_back(
        made(tmp_path / "2", there, second, include_root=True).read_bytes(), PASSPHRASE
    )
    assert set(certificates_in(back)) == {*chain_of("p256"), TOP.fingerprint_sha256}
    assert keys_in(back) == set()


# What other programs made comes back the same


@needs("keytool", "default-jre-headless")
def test_a_key_store_of_java_becomes_pem_and_is_the_same(tmp_path: Path) -> None:
    for kind in ("jks", "pkcs12"):
        store = tmp_path / f"java.{kind}"
        run(
            "keytool", "-genkeypair", "-keyalg", "EC", "-alias", "web", "-dname", "CN=web",
            "-keystore", store, "-storetype", kind, "-storepass", PASSPHRASE,
            "-keypass", PASSPHRASE,
        )  # fmt: skip
        pem = made(tmp_path / kind, read_back(store.read_bytes(), PASSPHRASE), Target.PEM)
        certificate = x509.load_pem_x509_certificate(pem.read_bytes())
        key = load_pem_private_key(pem.read_bytes(), None)
        assert key.public_key() == certificate.public_key()
        shown = run("keytool", "-exportcert", "-rfc", "-alias", "web", "-keystore", store,
                    "-storepass", PASSPHRASE)  # fmt: skip
        assert x509.load_pem_x509_certificate(shown.encode()) == certificate
