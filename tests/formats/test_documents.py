"""Certificates inside documents and archives: found, placed, and nobody's way in."""

from __future__ import annotations

import base64
import gzip
import io
import json
import plistlib
import tarfile
import zipfile
from email.message import EmailMessage
from typing import NamedTuple

import pytest
import yaml
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.formats.items import CertificateItem, Item, PrivateKeyItem, ReadResult
from mtlsgui.formats.limits import Limits
from mtlsgui.formats.read import read
from mtlsgui.formats.write import private_key_der, private_key_pem, to_pem, to_pkcs7, to_pkcs12
from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.pki.keys import KeyAlgorithm, PrivateKey, generate
from mtlsgui.pki.profiles import BUILT_IN
from tests.pki.judges import leaf_contents, root


class Pair(NamedTuple):
    leaf: CertificateFacts
    root: CertificateFacts
    key: PrivateKey

    @property
    def pem(self) -> str:
        return to_pem([self.leaf]).decode()

    @property
    def key_pem(self) -> str:
        return private_key_pem(self.key, None).decode()


@pytest.fixture(scope="module")
def pair() -> Pair:
    above, key = root(), generate(KeyAlgorithm.P256)
    leaf = above.issue(leaf_contents(BUILT_IN["server"], "web.example"), key)
    facts = [
        read_certificate(each.public_bytes(Encoding.DER)) for each in (leaf, above.certificate)
    ]
    return Pair(facts[0], facts[1], key)


def b64(data: bytes | str) -> str:
    return base64.b64encode(data.encode() if isinstance(data, str) else data).decode()


def found(result: ReadResult) -> list[tuple[str, str]]:
    """What was found, and where."""
    return [(item.kind, item.inside) for item in result.items]


def secret(pair: Pair) -> dict[str, object]:
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "web-tls", "namespace": "shop"},
        "type": "kubernetes.io/tls",
        "data": {"tls.crt": b64(pair.pem), "tls.key": b64(pair.key_pem)},
    }


def test_a_kubernetes_secret_in_yaml_and_json(pair: Pair) -> None:
    document = secret(pair)
    for text in (yaml.safe_dump(document), json.dumps(document), json.dumps(document, indent=2)):
        result = read(text.encode())
        assert result.format == "kubernetes"
        assert not result.errors
        assert found(result) == [
            ("certificate", "tls.crt in Secret shop/web-tls"),
            ("private_key", "tls.key in Secret shop/web-tls"),
        ]
        certificate, key = result.items
        assert isinstance(certificate, CertificateItem)
        assert certificate.facts.fingerprint_sha256 == pair.leaf.fingerprint_sha256
        assert isinstance(key, PrivateKeyItem)
        assert key.spki_sha256 == pair.leaf.spki_sha256


def test_several_documents_lists_and_plain_text_in_them(pair: Pair) -> None:
    config = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "ca"},
        "data": {"ca.crt": to_pem([pair.root]).decode(), "note": "hello"},
        "binaryData": {"ca.der": b64(pair.root.der)},
    }
    plain = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "plain"},
        "stringData": {"tls.crt": pair.pem},
    }
    listed = {"apiVersion": "v1", "kind": "List", "items": [config, plain]}
    text = yaml.safe_dump_all([secret(pair), listed], default_style="|")
    assert [place for _kind, place in found(read(text.encode()))] == [
        "tls.crt in Secret shop/web-tls",
        "tls.key in Secret shop/web-tls",
        "ca.crt in ConfigMap ca",
        "ca.der in ConfigMap ca",
        "tls.crt in Secret plain",
    ]


def test_pem_that_was_not_encoded_in_a_secrets_data_is_read_and_said(pair: Pair) -> None:
    document = secret(pair) | {"data": {"tls.crt": pair.pem}}
    result = read(yaml.safe_dump(document).encode())
    assert found(result) == [("certificate", "tls.crt in Secret shop/web-tls")]
    assert "base64" in result.errors[0].message


def test_a_kubeconfig(pair: Pair) -> None:
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [
            {"name": "prod", "cluster": {"certificate-authority-data": b64(to_pem([pair.root]))}}
        ],
        "users": [
            {
                "name": "alice",
                "user": {
                    "client-certificate-data": b64(pair.pem),
                    "client-key-data": b64(pair.key_pem),
                },
            }
        ],
    }
    result = read(yaml.safe_dump(config).encode())
    assert result.format == "kubeconfig"
    assert [place for _kind, place in found(result)] == [
        "clusters[prod].cluster.certificate-authority-data",
        "users[alice].user.client-certificate-data",
        "users[alice].user.client-key-data",
    ]


def test_a_store_in_a_secret_opens_with_the_passphrase_beside_it(pair: Pair) -> None:
    store = to_pkcs12(pair.key, pair.leaf, password=b"changeit")
    document = secret(pair) | {
        "data": {"keystore.p12": b64(store), "keystore-password": b64("changeit")}
    }
    result = read(yaml.safe_dump(document).encode())
    assert not result.locked
    assert {item.kind for item in result.items} == {"certificate", "private_key"}
    del document["data"]["keystore-password"]  # type: ignore[attr-defined]
    assert read(yaml.safe_dump(document).encode()).locked


@pytest.mark.parametrize(
    "text",
    [
        "ingress:\n  tls:\n    - secret: web\n      certificate: |\n{indented}",
        "ingress:\n  tls:\n    - secret: web\n      certificate: >-\n{indented}",
        "x-common: &common\n  a: 1\ningress:\n  <<: *common\n  certificate: |\n{indented}",
        "# values\nimage: {{{{ .Values.image }}}}\ncertificate: |\n{indented}",
    ],
)
def test_helm_values(text: str, pair: Pair) -> None:
    indented = "".join(f"        {line}\n" for line in pair.pem.splitlines())
    result = read(text.format(indented=indented).encode())
    assert [item.kind for item in result.items] == ["certificate"]
    assert not result.errors


def test_answers_of_vault_and_step(pair: Pair) -> None:
    vault = {
        "request_id": "1",
        "data": {
            "certificate": pair.pem.strip(),
            "issuing_ca": to_pem([pair.root]).decode(),
            "ca_chain": [to_pem([pair.root]).decode()],
            "private_key": pair.key_pem,
            "serial_number": "39:dd:2e",
        },
    }
    assert found(read(json.dumps(vault).encode())) == [
        ("certificate", "data.certificate"),
        ("certificate", "data.issuing_ca"),
        ("certificate", "data.ca_chain[0]"),
        ("private_key", "data.private_key"),
    ]
    step = {"crt": pair.pem, "ca": to_pem([pair.root]).decode(), "der": b64(pair.leaf.der)}
    assert [place for _kind, place in found(read(json.dumps(step).encode()))] == [
        "crt",
        "ca",
        "der",
    ]


def test_json_lines_and_what_is_cut_short(pair: Pair) -> None:
    lines = "\n".join(json.dumps({"cert": pair.pem}) for _ in range(3))
    assert len(read(lines.encode()).items) == 3
    cut = json.dumps({"cert": pair.pem, "next": "x"})[:-4]
    assert [item.kind for item in read(cut.encode()).items] == ["certificate"]
    nothing = read(json.dumps({"certificate": "-----BEGIN nothing"}).encode())
    assert nothing.errors


def archive_of(files: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def test_a_zip_with_folders_and_other_files(pair: Pair) -> None:
    data = archive_of(
        {
            "tls/server.txt": pair.pem.encode(),
            "tls/key.bin": private_key_der(pair.key, None),
            "readme.md": b"nothing",
            "picture.png": bytes(range(256)) * 2_000,
            "k8s/secret.yaml": yaml.safe_dump(secret(pair)).encode(),
            "../../etc/evil.pem": pair.pem.encode(),
        }
    )
    result = read(data)
    assert result.format == "zip"
    assert [place for _kind, place in found(result)] == [
        "tls/server.txt",
        "tls/key.bin",
        "tls.crt in Secret shop/web-tls, k8s/secret.yaml",
        "tls.key in Secret shop/web-tls, k8s/secret.yaml",
        "../../etc/evil.pem",
    ]
    assert not result.errors


def test_a_certificate_behind_much_text(pair: Pair) -> None:
    data = archive_of({"log.txt": b"line\n" * 30_000 + pair.pem.encode()})
    assert found(read(data)) == [("certificate", "log.txt")]


def test_signed_jar(pair: Pair) -> None:
    data = archive_of(
        {
            "META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\n",
            "META-INF/A.RSA": to_pkcs7([pair.leaf]),
        }
    )
    result = read(data)
    assert result.format == "jar"
    assert found(result) == [("certificate", "META-INF/A.RSA")]


def length_prefixed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "little") + part for part in parts)


def test_an_apk_that_is_signed_beside_its_files(pair: Pair) -> None:
    plain = archive_of({"AndroidManifest.xml": b"\x03\0\x08\0"})
    signed = length_prefixed(b"", length_prefixed(pair.leaf.der), b"")
    block = length_prefixed(length_prefixed(length_prefixed(signed, b"", b"")))
    pairs = (len(block) + 4).to_bytes(8, "little") + (0x7109871A).to_bytes(4, "little") + block
    size = (len(pairs) + 24).to_bytes(8, "little")
    at = plain.rindex(b"PK\x01\x02")
    end = plain.rindex(b"PK\x05\x06")
    inserted = size + pairs + size + b"APK Sig Block 42"
    moved = (at + len(inserted)).to_bytes(4, "little")
    data = plain[:at] + inserted + plain[at : end + 16] + moved + plain[end + 20 :]
    result = read(data)
    assert result.format == "apk"
    assert found(result) == [("certificate", "signer 1, signature scheme v2")]


def test_tar_and_gzip(pair: Pair) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, data in (("certs/web.pem", pair.pem.encode()), ("certs/notes", b"x")):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("certs/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    for data in (made.getvalue(), gzip.compress(made.getvalue())):
        result = read(data)
        assert (result.format, found(result)) == ("tar", [("certificate", "certs/web.pem")])
    alone = read(gzip.compress(pair.pem.encode()))
    assert (alone.format, found(alone)) == ("gzip", [("certificate", "compressed by gzip")])


def test_archives_that_unpack_to_too_much_are_refused_and_the_rest_stands(pair: Pair) -> None:
    few = Limits(unpacked_size=2 * 2**20)
    data = archive_of({"a.pem": pair.pem.encode(), "zeros": bytes(50 * 2**20), "b.pem": b"x"})
    small = read(data, limits=few)
    assert [item.kind for item in small.items] == ["certificate"]
    many = archive_of({f"{number}.bin": bytes(2**20) for number in range(5)} | {"z.pem": b"x"})
    result = read(many, limits=few)
    assert any(error.bounded for error in result.errors)
    bomb = gzip.compress(bytes(50 * 2**20))
    assert any(error.bounded for error in read(bomb, limits=few).errors)


def test_archives_within_archives_end(pair: Pair) -> None:
    data = pair.pem.encode()
    for level in range(12):
        data = archive_of({f"{level}.zip": data})
    result = read(data)
    assert not result.items
    assert any("nested" in error.message for error in result.errors)


def test_encrypted_members_are_named() -> None:
    data = bytearray(archive_of({"key.pem": b"hidden"}, compression=zipfile.ZIP_STORED))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    result = read(bytes(data))
    assert result.locked
    assert result.items[0].kind == "other"


@pytest.mark.parametrize("cut", [10, 40, 100])
def test_damaged_archives_are_said(cut: int, pair: Pair) -> None:
    for data in (archive_of({"a.pem": pair.pem.encode()}), gzip.compress(pair.pem.encode())):
        result = read(data[:cut])
        assert result.errors
        assert not result.items


def test_mail(pair: Pair) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@x.test", "b@x.test", "Certificates"
    message.set_content("Here they are.")
    message.add_attachment(
        to_pkcs7([pair.leaf, pair.root]),
        maintype="application",
        subtype="pkcs7-signature",
        filename="smime.p7s",
    )
    message.add_attachment(pair.key_pem, filename="key.txt")
    result = read(message.as_bytes())
    assert result.format == "mail"
    assert found(result) == [
        ("certificate", "smime.p7s"),
        ("certificate", "smime.p7s"),
        ("private_key", "key.txt"),
    ]


def test_ldif(pair: Pair) -> None:
    value = b64(pair.leaf.der)
    folded = "\n ".join([value[:60], *(value[at : at + 75] for at in range(60, len(value), 75))])
    text = (
        "version: 1\n\n# a person\ndn: cn=Alice,o=Example\ncn: Alice\n"
        f"userCertificate;binary:: {folded}\n"
    )
    result = read(text.encode())
    assert result.format == "ldif"
    assert found(result) == [("certificate", "userCertificate;binary of cn=Alice,o=Example")]


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_an_apple_profile(form: plistlib.PlistFormat, pair: Pair) -> None:
    profile = {
        "PayloadType": "Configuration",
        "PayloadContent": [
            {
                "PayloadType": "com.apple.security.root",
                "PayloadDisplayName": "Example Root",
                "PayloadContent": pair.root.der,
            },
            {
                "PayloadType": "com.apple.security.pkcs12",
                "PayloadDisplayName": "Alice",
                "PayloadContent": to_pkcs12(pair.key, pair.leaf, password=b"s3cret"),
                "Password": "s3cret",
            },
        ],
    }
    result = read(plistlib.dumps(profile, fmt=form))
    assert result.format == "mobileconfig"
    assert not result.locked
    assert result.items[0].inside == "PayloadContent of “Example Root”"
    assert len(result.items) == 3
    assert "s3cret" not in repr(result)


def test_xml_entities_are_refused() -> None:
    text = (
        b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        b"<plist><string>&b;</string></plist>"
    )
    result = read(text)
    assert result.errors
    assert not result.items


def element(kind: int, value: bytes) -> bytes:
    return b"".join(each.to_bytes(4, "little") for each in (kind, 1, len(value))) + value


def test_a_microsoft_store(pair: Pair) -> None:
    data = (
        b"\0\0\0\0CERT"
        + element(11, "My root\0".encode("utf-16-le"))
        + element(32, pair.root.der)
        + element(32, pair.leaf.der)
        + bytes(12)
    )
    result = read(data)
    assert result.format == "sst"
    assert [item.friendly_name for item in result.items if isinstance(item, CertificateItem)] == [
        "My root",
        None,
    ]
    cut = read(data[:-40])
    assert len(cut.items) == 1
    assert "cut short" in cut.errors[0].message


def test_mozillas_list(pair: Pair) -> None:
    octal = "".join(
        f"\\{each:03o}" + ("\n" if n % 16 == 15 else "") for n, each in enumerate(pair.root.der)
    )
    text = (
        "BEGINDATA\nCKA_CLASS CK_OBJECT_CLASS CKO_CERTIFICATE\n"
        f'CKA_LABEL UTF8 "Example Root"\nCKA_VALUE MULTILINE_OCTAL\n{octal}\nEND\n'
    )
    assert found(read(text.encode())) == [("certificate", "Example Root")]


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nkind: List\napiVersion: v1\nitems: [*c,*c]\n",
        "kind: !!python/object/apply:os.system ['true']\napiVersion: v1\n",
        "apiVersion: v1\nkind: Secret\ndata: " + "[" * 5_000,
        "apiVersion: v1\nkind: Secret\ndata: {a: [\n",
        "apiVersion: v1\nkind: Secret\n" + "? " * 500,
    ],
)
def test_hostile_yaml_ends_with_a_sentence(text: str) -> None:
    result = read(text.encode())
    assert not result.items
    assert result.errors


def test_a_sentence_for_documents_without_certificates() -> None:
    text = yaml.safe_dump({"apiVersion": "v1", "kind": "Pod", "spec": {"image": "x"}})
    result = read(text.encode())
    assert result.format == "kubernetes"
    assert [error.message for error in result.errors] == [
        "There is no certificate, key or request in these Kubernetes objects (Pod)."
    ]


def items_kind(items: tuple[Item, ...]) -> list[str]:
    return [item.kind for item in items]


def test_text_above_a_pem_block_is_no_document(pair: Pair) -> None:
    text = f"subject: CN=web\nissuer: CN=root\nvalue: MIIB\n{pair.pem}"
    result = read(text.encode())
    assert (result.format, items_kind(result.items)) == ("pem", ["certificate"])


def test_a_property_list_whose_parts_stand_for_millions_is_read_once() -> None:
    tree: list[object] = ["the end"]
    for _ in range(60):
        tree = [tree, tree]
    result = read(plistlib.dumps(tree, fmt=plistlib.FMT_BINARY))
    assert result.format == "plist"
    assert result.errors[0].message.startswith("There is no certificate")
