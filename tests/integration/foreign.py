"""Authorities as other tools leave them on disk, made by the same `openssl` calls as theirs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.integration.programs import openssl

PASSWORD = "of the old authority"
_SECRET = f"pass:{PASSWORD}"


@dataclass(frozen=True)
class ForeignAuthority:
    """Somebody's CA.

    name: the authority that issues.
    files: what is imported, its key among them.
    issued: the names of what it issued; own_keys: those of them whose key is among the files.
    anchor: its root; between: its intermediate, where it has one.
    """

    name: str
    files: tuple[Path, ...]
    issued: tuple[str, ...]
    own_keys: tuple[str, ...]
    anchor: Path
    between: Path | None = None


_OPENSSL_CA = """
[ca]
default_ca = own
[own]
database = {folder}/index.txt
serial = {folder}/serial
new_certs_dir = {folder}/newcerts
certificate = {folder}/cacert.pem
private_key = {folder}/private/cakey.pem
default_md = sha256
default_days = 300
policy = any
x509_extensions = leaf
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
[leaf]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth, clientAuth
"""


def request(folder: Path, name: str, *options: str) -> tuple[Path, Path]:
    """A plain key and a request, by openssl."""
    key, csr = folder / f"{name}.key", folder / f"{name}.csr"
    openssl(
        "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-keyout", key, "-out", csr, "-subj", f"/CN={name}", *options,
    )  # fmt: skip
    return key, csr


def openssl_ca(folder: Path) -> ForeignAuthority:
    """As in every tutorial: `openssl req -x509`, then `openssl ca` with its index and serial.

    RSA, the key encrypted; serials 1 and 2; a text above each certificate that was issued.
    """
    for part in ("newcerts", "private"):
        (folder / part).mkdir(parents=True)
    (folder / "index.txt").touch()
    (folder / "serial").write_text("01\n")
    config = folder / "openssl.cnf"
    config.write_text(_OPENSSL_CA.format(folder=folder))
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-days", "1000", "-passout", _SECRET,
        "-subj", "/C=DE/O=Old/CN=Old Root CA", "-keyout", folder / "private/cakey.pem",
        "-out", folder / "cacert.pem",
    )  # fmt: skip
    names = ("old-1.example.test", "old-2.example.test")
    for name in names:
        _, csr = request(folder, name, "-addext", f"subjectAltName=DNS:{name}")
        openssl(
            "ca", "-config", config, "-batch", "-notext" if name == names[1] else "-verbose",
            "-passin", _SECRET, "-in", csr,
        )  # fmt: skip
    return ForeignAuthority(
        "Old Root CA",
        (
            folder / "cacert.pem",
            folder / "private/cakey.pem",
            folder / "newcerts/01.pem",
            folder / "newcerts/02.pem",
        ),
        names,
        (),
        folder / "cacert.pem",
    )


_EASY_RSA_CA = """
basicConstraints = critical, CA:TRUE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always, issuer:always
keyUsage = cRLSign, keyCertSign
"""
_EASY_RSA_SERVER = """
basicConstraints = CA:FALSE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid, issuer:always
extendedKeyUsage = serverAuth
keyUsage = digitalSignature, keyEncipherment
subjectAltName = DNS:vpn.example.test
"""


def easy_rsa(folder: Path) -> ForeignAuthority:
    """The folders of easy-rsa 3: ca.crt, private/, issued/, reqs/.

    The AKI names issuer and serial beside the key identifier, and every leaf's key is there.
    """
    for part in ("private", "issued", "reqs"):
        (folder / part).mkdir(parents=True)
    ca, ca_key = folder / "ca.crt", folder / "private/ca.key"
    _, csr = request(folder, "Easy-RSA CA")
    openssl(
        "pkcs8", "-topk8", "-v2", "aes256", "-passout", _SECRET,
        "-in", folder / "Easy-RSA CA.key", "-out", ca_key,
    )  # fmt: skip
    (folder / "ca.ext").write_text(_EASY_RSA_CA)
    openssl(
        "x509", "-req", "-in", csr, "-key", ca_key, "-passin", _SECRET, "-days", "3650",
        "-extfile", folder / "ca.ext", "-out", ca,
    )  # fmt: skip
    key, csr = request(folder, "vpn.example.test")
    (folder / "server.ext").write_text(_EASY_RSA_SERVER)
    issued = folder / "issued/vpn.example.test.crt"
    openssl(
        "x509", "-req", "-in", csr, "-CA", ca, "-CAkey", ca_key, "-passin", _SECRET,
        "-days", "825", "-extfile", folder / "server.ext", "-text", "-out", issued,
    )  # fmt: skip
    return ForeignAuthority(
        "Easy-RSA CA",
        (
            ca,
            ca_key,
            issued,
            key.rename(folder / "private/vpn.example.test.key"),
        ),
        ("vpn.example.test",),
        ("vpn.example.test",),
        ca,
    )


_STEP_CA = """
basicConstraints = critical, CA:TRUE, pathlen:{path_length}
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
keyUsage = critical, cRLSign, keyCertSign
"""
# 1.3.6.1.4.1.37476.9000.64.1 is step's own extension: which provisioner asked for it.
_STEP_LEAF = """
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth, clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:svc.example.test
1.3.6.1.4.1.37476.9000.64.1 = ASN1:SEQUENCE:provisioner
[provisioner]
type = INTEGER:1
name = FORMAT:ASCII,OCTETSTRING:you@example.test
"""


def step(folder: Path) -> ForeignAuthority:
    """What `step ca init` makes: root and intermediate, their EC keys encrypted.

    The root's as traditional PEM ("EC PRIVATE KEY" with DEK-Info), the intermediate's as PKCS#8.
    """
    for part in ("certs", "secrets"):
        (folder / part).mkdir(parents=True)
    root, root_key = folder / "certs/root_ca.crt", folder / "secrets/root_ca_key"
    middle, middle_key = (
        folder / "certs/intermediate_ca.crt",
        folder / "secrets/intermediate_ca_key",
    )
    plain, csr = request(folder, "Step Root CA")
    openssl("ec", "-aes256", "-passout", _SECRET, "-in", plain, "-out", root_key)
    (folder / "root.ext").write_text(_STEP_CA.format(path_length=1))
    openssl(
        "x509", "-req", "-in", csr, "-key", root_key, "-passin", _SECRET, "-days", "3650",
        "-extfile", folder / "root.ext", "-out", root,
    )  # fmt: skip
    plain, csr = request(folder, "Step Intermediate CA")
    openssl("pkcs8", "-topk8", "-passout", _SECRET, "-in", plain, "-out", middle_key)
    (folder / "middle.ext").write_text(_STEP_CA.format(path_length=0))
    openssl(
        "x509", "-req", "-in", csr, "-CA", root, "-CAkey", root_key, "-passin", _SECRET,
        "-days", "3650", "-extfile", folder / "middle.ext", "-out", middle,
    )  # fmt: skip
    _, csr = request(folder, "svc.example.test")
    (folder / "leaf.ext").write_text(_STEP_LEAF)
    leaf = folder / "svc.crt"
    openssl(
        "x509", "-req", "-in", csr, "-CA", middle, "-CAkey", middle_key, "-passin", _SECRET,
        "-days", "1", "-extfile", folder / "leaf.ext", "-out", leaf,
    )  # fmt: skip
    return ForeignAuthority(
        "Step Intermediate CA",
        (root, middle, middle_key, leaf),
        ("svc.example.test",),
        (),
        root,
        middle,
    )


def xca(folder: Path) -> ForeignAuthority:
    """XCA's "PKCS #12" export of an authority, by its old ciphers, and "PEM" ones of leaves."""
    folder.mkdir(parents=True)
    key, csr = request(folder, "XCA Root")
    openssl("genrsa", "-out", key, "2048")
    (folder / "ca.ext").write_text(
        "basicConstraints = critical, CA:TRUE\n"
        "subjectKeyIdentifier = hash\n"
        "keyUsage = keyCertSign, cRLSign\n"
        "nsComment = xca certificate\n"
    )
    openssl(
        "req", "-x509", "-key", key, "-subj", "/CN=XCA Root", "-out", folder / "root.crt",
        "-days", "1000",
    )  # fmt: skip
    openssl(
        "pkcs12", "-export", "-legacy", "-inkey", key, "-in", folder / "root.crt",
        "-name", "XCA Root", "-passout", _SECRET, "-out", folder / "XCA_Root.p12",
    )  # fmt: skip
    issued = []
    for number in (1, 2):
        _, csr = request(folder, f"xca-{number}.example.test")
        issued.append(folder / f"xca-{number}.crt")
        (folder / "leaf.ext").write_text(
            "basicConstraints = critical, CA:FALSE\n"
            "subjectKeyIdentifier = hash\n"
            "keyUsage = digitalSignature, keyEncipherment\n"
            "extendedKeyUsage = serverAuth\n"
            f"subjectAltName = DNS:xca-{number}.example.test\n"
            "nsComment = xca certificate\n"
        )
        openssl(
            "x509", "-req", "-in", csr, "-CA", folder / "root.crt", "-CAkey", key,
            "-set_serial", str(number), "-days", "365", "-extfile", folder / "leaf.ext",
            "-out", issued[-1],
        )  # fmt: skip
    return ForeignAuthority(
        "XCA Root",
        (folder / "XCA_Root.p12", *issued),
        ("xca-1.example.test", "xca-2.example.test"),
        (),
        folder / "root.crt",
    )
