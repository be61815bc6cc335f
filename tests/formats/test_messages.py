"""CMS, OCSP, time stamps, SPKAC, attribute certificates: made by openssl, read by structure."""

import base64
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp as crypto_ocsp

from mtlsgui.formats.items import CertificateItem, Item, OtherItem, ReadResult
from mtlsgui.formats.read import read
from mtlsgui.pki import der, keys
from mtlsgui.pki.describe import as_text
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.profiles import BUILT_IN
from tests.pki import odd
from tests.pki.judges import NOW, intermediate, leaf_contents, openssl, root

ROOT = root()
ISSUING = intermediate(ROOT)
KEY = keys.generate(KeyAlgorithm.P256)
LEAF = ISSUING.issue(leaf_contents(BUILT_IN["server"], "api.example"), KEY)
LEAF_DER = LEAF.public_bytes(Encoding.DER)
ISSUING_DER = ISSUING.certificate.public_bytes(Encoding.DER)
TEXT = b"Some words that are signed.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("messages")
    (made / "leaf.pem").write_bytes(LEAF.public_bytes(Encoding.PEM))
    (made / "ca.pem").write_bytes(ISSUING.certificate.public_bytes(Encoding.PEM))
    (made / "key.pem").write_bytes(
        KEY.private_bytes(
            Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (made / "text").write_bytes(TEXT)
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", made / "rsa.key", "-out",
            made / "rsa.pem", "-subj", "/O=Tests/CN=rsa signer", "-days", "30")  # fmt: skip
    return made


def kinds(result: ReadResult) -> list[str]:
    return [item.kind for item in result.items]


def other(result: ReadResult) -> OtherItem:
    """The first item, which is described."""
    item = result.items[0]
    assert isinstance(item, OtherItem)
    assert item.problem == ""
    assert item.description is not None
    return item


def fields(item: Item) -> dict[str, str]:
    """All that is said of an item; of fields of one name, the first."""
    assert isinstance(item, OtherItem)
    assert item.description is not None
    assert as_text(item.description)
    found: dict[str, str] = {}
    for section in item.description.sections:
        for field in section.fields:
            found.setdefault(field.label, field.value)
    return found


def signed(folder: Path, *options: str, signer: str = "leaf", key: str = "key.pem") -> bytes:
    out = folder / "signed"
    openssl("cms", "-sign", "-binary", "-in", folder / "text", "-signer", folder / f"{signer}.pem",
            "-inkey", folder / key, "-certfile", folder / "ca.pem", "-outform", "DER", "-out", out,
            *options)  # fmt: skip
    return out.read_bytes()


@pytest.mark.parametrize("options", [(), ("-noattr",), ("-keyid",), ("-md", "sha512")])
def test_a_signed_message(folder: Path, options: tuple[str, ...]) -> None:
    result = read(signed(folder, "-nodetach", *options))
    assert (result.format, kinds(result), result.errors) == (
        "pkcs7",
        ["other", "certificate", "certificate"],
        (),
    )
    said = fields(other(result))
    assert said["Signature"] == "valid: made with the key of the certificate inside"
    assert said["Content"] == "Data"
    assert said["Digest algorithm"] == ("SHA-512" if "sha512" in options else "SHA-256")
    assert ("Signing time" in said) is ("-noattr" not in options)
    assert result.items[0].container == "pkcs7"


@pytest.mark.parametrize("options", [(), ("-keyopt", "rsa_padding_mode:pss")])
def test_rsa_signers(folder: Path, options: tuple[str, ...]) -> None:
    data = signed(folder, "-nodetach", *options, signer="rsa", key="rsa.key")
    said = fields(other(read(data)))
    assert said["Signed by"] == "CN=rsa signer,O=Tests"
    assert said["Signature"].startswith("valid:")


def test_a_changed_content_shows(folder: Path) -> None:
    data = signed(folder, "-nodetach").replace(b"words", b"Words")
    assert "altered after it was signed" in fields(other(read(data)))["Signature"]
    bare = signed(folder, "-nodetach", "-noattr").replace(b"words", b"Words")
    assert fields(other(read(bare)))["Signature"].startswith("not valid")


def test_changed_attributes_show(folder: Path) -> None:
    data = signed(folder, "-nodetach")
    at = data.index(der.encode_oid("1.2.840.113549.1.9.5")) + 15
    changed = bytearray(data)
    changed[at + 5] ^= 1
    assert fields(other(read(bytes(changed))))["Signature"].startswith("not valid")


def test_a_signature_that_covers_no_digest_says_nothing_of_the_content(folder: Path) -> None:
    *head, infos = der.read(signed(folder, "-nodetach")).children()[1].children()[0].children()
    version, signer, digest, attributes, algorithm, _signature = infos.children()[0].children()
    without = [
        each.encoded
        for each in attributes.children()
        if each.children()[0].oid() != "1.2.840.113549.1.9.4"
    ]
    assert isinstance(KEY, ec.EllipticCurvePrivateKey)
    made = KEY.sign(der.encode(der.SET, *without), ec.ECDSA(hashes.SHA256()))
    info = der.encode(
        der.SEQUENCE,
        *(each.encoded for each in (version, signer, digest)),
        der.encode(0xA0, *without),
        algorithm.encoded,
        der.encode(der.OCTET_STRING, made),
    )
    body = der.encode(der.SEQUENCE, *(each.encoded for each in head), der.encode(der.SET, info))
    kind = der.encode_oid("1.2.840.113549.1.7.2")
    message = der.encode(der.SEQUENCE, kind, der.encode(0xA0, body))
    assert fields(other(read(message)))["Signature"].startswith("not valid: it covers no digest")


def test_a_detached_signature(folder: Path) -> None:
    said = fields(other(read(signed(folder))))
    assert said["Size"].startswith("not inside")
    assert said["Signature"].startswith("valid for the digest above; the content itself")
    without = fields(other(read(signed(folder, "-noattr"))))
    assert without["Signature"] == "cannot be checked: the content is not inside"


def test_a_signer_whose_certificate_is_elsewhere(folder: Path) -> None:
    said = fields(other(read(signed(folder, "-nocerts", "-nodetach"))))
    assert said["Signature"] == "cannot be checked: the signer's certificate is not inside"
    assert said["Issuer of the signer's certificate"] == "CN=Test Issuing CA,O=Tests"


@pytest.mark.parametrize("label", ["PKCS7", "CMS", "PKCS #7 SIGNED DATA"])
def test_armoured_and_of_indefinite_length(folder: Path, label: str) -> None:
    openssl("cms", "-sign", "-binary", "-nodetach", "-stream", "-in", folder / "text", "-signer",
            folder / "leaf.pem", "-inkey", folder / "key.pem", "-outform", "DER", "-out",
            folder / "ber")  # fmt: skip
    data = (folder / "ber").read_bytes()
    assert data[:2] == b"\x30\x80"
    armoured = f"-----BEGIN {label}-----\n".encode() + base64.encodebytes(data)
    for each in (data, armoured + f"-----END {label}-----\n".encode()):
        result = read(each)
        assert (kinds(result), result.errors) == (["other", "certificate"], ())
        assert fields(other(result))["Signature"].startswith("valid:")
        certificate = result.items[1]
        assert isinstance(certificate, CertificateItem)
        assert certificate.facts.der == LEAF_DER


def test_indefinite_lengths_deep_inside(folder: Path) -> None:
    """The outer length is definite, an inner one is not."""
    kind, explicit = der.read(signed(folder, "-nodetach")).children()
    parts = explicit.children()[0].children()
    encapsulated = parts[2].children()[0].encoded
    pieces = b"\xa0\x80\x24\x80" + der.encode(4, TEXT[:9]) + der.encode(4, TEXT[9:]) + b"\0\0" * 2
    parts_encoded = [part.encoded for part in parts]
    parts_encoded[2] = b"\x30\x80" + encapsulated + pieces + b"\0\0"
    data = der.encode(
        der.SEQUENCE, kind.encoded, der.encode(0xA0, der.encode(der.SEQUENCE, *parts_encoded))
    )
    assert fields(other(read(data)))["Signature"].startswith("valid:")


def test_a_file_within_the_signed_content_is_read(folder: Path) -> None:
    (folder / "inner").write_bytes(LEAF.public_bytes(Encoding.PEM))
    openssl("cms", "-sign", "-binary", "-nodetach", "-nocerts", "-in", folder / "inner", "-signer",
            folder / "rsa.pem", "-inkey", folder / "rsa.key", "-outform", "DER", "-out",
            folder / "outer")  # fmt: skip
    result = read((folder / "outer").read_bytes())
    assert kinds(result) == ["other", "certificate"]
    assert result.items[1].inside == "the signed content"


def test_an_encrypted_message(folder: Path) -> None:
    out = folder / "encrypted"
    openssl("cms", "-encrypt", "-aes-256-cbc", "-binary", "-in", folder / "text", "-outform", "DER",
            "-out", out, folder / "rsa.pem", folder / "leaf.pem")  # fmt: skip
    result = read(out.read_bytes())
    assert (result.format, result.errors) == ("pkcs7", ())
    item = other(result)
    said = fields(item)
    assert "aes" in said["Encrypted with"].lower()
    assert said["Issuer of the recipient's certificate"] == "CN=rsa signer,O=Tests"
    titles = [section.title for section in item.description.sections]  # type: ignore[union-attr]
    assert titles == ["Content", "Recipient 1", "Recipient 2"]
    assert "by key agreement" in as_text(item.description)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["-encrypt", "-aes-128-gcm", "-recip", "rsa.pem"], "with the key in a certificate"),
        (["-encrypt", "-pwri_password", "secret"], "with a passphrase"),
        (["-encrypt", "-secretkey", "00" * 16, "-secretkeyid", "0102"],
         "with a key that both sides have"),
        (["-EncryptedData_encrypt", "-aes-128-cbc", "-secretkey", "00" * 16], "CBC"),
        (["-digest_create"], "the content"),
        (["-data_create"], "28 bytes"),
    ],
)  # fmt: skip
def test_other_messages(folder: Path, command: list[str], said: str) -> None:
    words = [str(folder / word) if word.endswith(".pem") else word for word in command]
    openssl("cms", *words, "-binary", "-in", folder / "text", "-outform", "DER", "-out",
            folder / "message")  # fmt: skip
    result = read((folder / "message").read_bytes())
    assert (kinds(result), result.errors) == (["other"], ())
    assert said.lower() in as_text(other(result).description).lower()  # type: ignore[arg-type]


def test_a_message_cut_anywhere_says_so(folder: Path) -> None:
    data = signed(folder, "-nodetach")
    for length in range(1, len(data), 37):
        result = read(data[:length])
        assert result.errors
        assert all(item.kind == "other" for item in result.items)


def test_sequences_of_certificates() -> None:
    path = der.encode(der.SEQUENCE, ISSUING_DER, LEAF_DER)
    result = read(path)
    assert (result.format, kinds(result)) == ("pkipath", ["certificate"] * 2)
    ders = [item.facts.der for item in result.items if isinstance(item, CertificateItem)]
    assert ders == [ISSUING_DER, LEAF_DER]
    assert {item.container for item in result.items} == {"pkipath"}
    assert read(der.encode(der.SEQUENCE, LEAF_DER)).format == "pkipath"
    netscape = der.encode(
        der.SEQUENCE, der.encode_oid("2.16.840.1.113730.2.5"), der.encode(0xA0, path)
    )
    assert kinds(read(netscape)) == ["certificate"] * 2


def test_a_trusted_certificate_says_for_what(folder: Path) -> None:
    openssl("x509", "-in", folder / "leaf.pem", "-trustout", "-addtrust", "serverAuth",
            "-addreject", "emailProtection", "-setalias", "my server", "-out",
            folder / "trusted.pem")  # fmt: skip
    armoured = (folder / "trusted.pem").read_bytes()
    body = base64.b64decode(b"".join(armoured.splitlines()[1:-1]))
    for data in (armoured, body, armoured * 2):
        result = read(data)
        certificate, settings = result.items[:2]
        assert isinstance(certificate, CertificateItem)
        assert (certificate.friendly_name, certificate.facts.der) == ("my server", LEAF_DER)
        said = fields(settings)
        assert "server" in said["Trusted for"]
        assert "e-mail" in said["Not trusted for"]
        assert result.errors == ()


def ocsp_response(status: crypto_ocsp.OCSPCertStatus, *, certificates: bool = True) -> bytes:
    revoked = status is crypto_ocsp.OCSPCertStatus.REVOKED
    builder = crypto_ocsp.OCSPResponseBuilder().add_response(
        LEAF,
        ISSUING.certificate,
        hashes.SHA1(),  # noqa: S303 - what responders use
        status,
        NOW,
        NOW.replace(year=2027),
        NOW if revoked else None,
        x509.ReasonFlags.key_compromise if revoked else None,
    )
    builder = builder.responder_id(crypto_ocsp.OCSPResponderEncoding.NAME, ISSUING.certificate)
    builder = builder.add_extension(x509.OCSPNonce(b"\xab" * 16), critical=False)
    if certificates:
        builder = builder.certificates([ISSUING.certificate])
    return builder.sign(ISSUING.key, hashes.SHA256()).public_bytes(Encoding.DER)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (crypto_ocsp.OCSPCertStatus.GOOD, "good: not revoked"),
        (crypto_ocsp.OCSPCertStatus.REVOKED, "revoked"),
        (crypto_ocsp.OCSPCertStatus.UNKNOWN, "unknown to the responder"),
    ],
)
def test_ocsp_responses(status: crypto_ocsp.OCSPCertStatus, words: str) -> None:
    data = ocsp_response(status)
    armoured = b"-----BEGIN OCSP RESPONSE-----\n%s-----END OCSP RESPONSE-----\n" % (
        base64.encodebytes(data)
    )
    for each in (data, armoured):
        result = read(each)
        assert (kinds(result), result.errors) == (["ocsp_response", "certificate"], ())
        assert result.items[1].container == "ocsp"
        said = fields(other(result))
        assert said["Status"] == words
        assert said["Responder"] == "CN=Test Issuing CA,O=Tests"
        assert said["Signature"] == "made with the key of a certificate inside"
        assert said["Nonce"] == " ".join(["ab"] * 16)
        assert said["Produced"].endswith("UTC")
        assert said["Next update"].startswith("23 Nov 2027")
        assert said["Serial number"].replace(":", "") == f"{LEAF.serial_number:x}".zfill(
            len(said["Serial number"].replace(":", ""))
        )
        assert ("Revoked" in said, said.get("Reason")) == (
            (True, "key compromise") if words == "revoked" else (False, None)
        )


def test_an_ocsp_response_that_was_altered_or_stands_alone() -> None:
    data = ocsp_response(crypto_ocsp.OCSPCertStatus.GOOD)
    altered = data.replace(b"\xab" * 16, b"\xac" * 16)
    assert "not made with the key" in fields(other(read(altered)))["Signature"]
    alone = ocsp_response(crypto_ocsp.OCSPCertStatus.GOOD, certificates=False)
    assert "is not inside" in fields(other(read(alone)))["Signature"]
    basic = der.read(der.read(data).children()[1].children()[0].children()[1].value)
    result = read(basic.encoded)
    assert kinds(result) == ["ocsp_response", "certificate"]


@pytest.mark.parametrize(("number", "words"), [(3, "try again later"), (6, "not authorized")])
def test_ocsp_responses_without_an_answer(number: int, words: str) -> None:
    data = der.encode(der.SEQUENCE, bytes((0x0A, 1, number)))
    assert words in fields(other(read(data)))["Response"]


@pytest.mark.parametrize(
    "answer", [b"\x30\x00\x05\x00", b"\x30\x02\x30", b"\x04\x00", b"\x30\x02\x05\x00"]
)
def test_an_ocsp_response_with_a_damaged_answer_is_still_one(answer: bytes) -> None:
    kind = der.encode_oid("1.3.6.1.5.5.7.48.1.1")
    content = der.encode(der.SEQUENCE, kind, der.encode(der.OCTET_STRING, answer))
    data = der.encode(der.SEQUENCE, b"\x0a\x01\x00", der.encode(0xA0, content))
    result = read(data)
    assert kinds(result) == ["ocsp_response"]
    assert fields(result.items[0])["Response"] == "successful"
    assert result.errors[0].message.startswith("What the OCSP response says is damaged: ")


@pytest.mark.parametrize("signed_by_us", [False, True])
def test_ocsp_requests(folder: Path, signed_by_us: bool) -> None:
    signing = ["-signer", str(folder / "leaf.pem"), "-signkey", str(folder / "key.pem")]
    openssl("ocsp", "-issuer", folder / "ca.pem", "-cert", folder / "leaf.pem", "-serial", "0x99",
            "-reqout", folder / "request", *(signing if signed_by_us else ()))  # fmt: skip
    result = read((folder / "request").read_bytes())
    assert (kinds(result), result.errors) == (["ocsp_request"], ())
    said = fields(other(result))
    assert said["Asks about"] == "2 certificates"
    assert said["Signed"] == ("yes" if signed_by_us else "no")
    assert "Nonce" in said


def test_a_request_about_very_many_is_cut_and_that_is_said() -> None:
    one = der.encode(
        der.SEQUENCE,
        der.encode(
            der.SEQUENCE,
            der.encode(der.SEQUENCE, der.encode_oid("1.3.14.3.2.26")),
            der.encode(der.OCTET_STRING, bytes(20)),
            der.encode(der.OCTET_STRING, bytes(20)),
            der.encode_integer(7),
        ),
    )
    data = der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, one * 500)))
    item = other(read(data))
    assert fields(item)["Asks about"] == "500 certificates"
    assert "and 400 more" in as_text(item.description)  # type: ignore[arg-type]


def test_time_stamps(folder: Path) -> None:
    openssl("ts", "-query", "-data", folder / "text", "-sha256", "-cert", "-tspolicy", "1.2.3.4",
            "-out", folder / "query")  # fmt: skip
    asked = fields(other(read((folder / "query").read_bytes())))
    assert asked["Certificate of the authority"] == "asked for"
    assert asked["Policy"] == "1.2.3.4"
    config = folder / "tsa.cnf"
    config.write_text(
        "[req]\ndistinguished_name=dn\n[dn]\n[tsa]\nextendedKeyUsage=critical,timeStamping\n"
        f"[ts]\nserial={folder}/serial\ndefault_policy=1.2.3.4\ndigests=sha256\n"
        "signer_digest=sha256\ncrypto_device=builtin\n"
    )
    (folder / "serial").write_text("01\n")
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "tsa.key", "-out",
            folder / "tsa.pem", "-subj", "/CN=stamps", "-config", config, "-extensions",
            "tsa")  # fmt: skip
    openssl("ts", "-reply", "-queryfile", folder / "query", "-signer", folder / "tsa.pem", "-inkey",
            folder / "tsa.key", "-out", folder / "reply", "-config", config, "-section",
            "ts")  # fmt: skip
    result = read((folder / "reply").read_bytes())
    assert (kinds(result), result.errors) == (["other", "other", "certificate"], ())
    assert fields(result.items[0])["Status"] == "granted"
    token = fields(result.items[1])
    assert token["Content"] == "A time stamp"
    assert token["Time"].endswith("UTC")
    assert token["Policy"] == "1.2.3.4"
    assert token["Signature"].startswith("valid:")
    refused = der.encode(
        der.SEQUENCE,
        der.encode(
            der.SEQUENCE,
            der.encode_integer(2),
            der.encode(der.SEQUENCE, der.encode(0x0C, b"come back later")),
        ),
    )
    said = fields(other(read(refused)))
    assert (said["Status"], said["Remarks"]) == ("refused", "come back later")


def test_spkac(folder: Path) -> None:
    openssl("spkac", "-key", folder / "rsa.key", "-challenge", "come in", "-out",
            folder / "spkac")  # fmt: skip
    line = (folder / "spkac").read_bytes()
    body = line.partition(b"=")[2].strip()
    request = b"countryName=CH\nchallengePassword=hunter2\n" + line + b"commonName=a\n"
    for data, name in (
        (line, "spkac"),
        (request, "spkac"),
        (base64.b64decode(body), "spkac"),
        (body, "base64"),
    ):
        result = read(data)
        assert (result.format, kinds(result)) == (name, ["csr", "public_key"])
        said = fields(other(result))
        assert (said["Challenge"], said["Public key"]) == ("come in", "RSA 2048")
        assert said["Signature"].startswith("valid")
        assert ("commonName" in said) is (data == request)
        assert "hunter2" not in said.values()
    altered = base64.b64decode(body).replace(b"come in", b"come on")
    assert fields(other(read(altered)))["Signature"].startswith("not valid")


NAME = odd.name([odd.attribute("2.5.4.3", 0x0C, b"holder")])
GENERAL = der.encode(der.SEQUENCE, der.encode(0xA4, NAME))


def attribute_certificate(version: int) -> bytes:
    algorithm = der.encode(der.SEQUENCE, der.encode_oid("1.2.840.10045.4.3.2"))
    times = odd.validity(b"20260101000000Z", b"20270101000000Z", odd.GENERALIZED_TIME)
    role = der.encode(
        der.SEQUENCE,
        der.encode_oid("2.5.4.72"),
        der.encode(
            der.SET, der.encode(der.SEQUENCE, der.encode(0xA1, der.encode(0x86, b"a:role")))
        ),
    )
    attributes = der.encode(der.SEQUENCE, role)
    if version == 2:
        base = der.encode(0xA0, GENERAL, der.encode_integer(77))
        fields = [
            der.encode_integer(1), der.encode(der.SEQUENCE, base), der.encode(0xA0, GENERAL),
            algorithm, der.encode_integer(5), times, attributes,
        ]  # fmt: skip
    else:
        fields = [
            der.encode(0xA1, GENERAL), GENERAL, algorithm, der.encode_integer(5), times, attributes,
        ]  # fmt: skip
    return der.encode(
        der.SEQUENCE,
        der.encode(der.SEQUENCE, *fields),
        algorithm,
        der.encode(der.BIT_STRING, bytes(71)),
    )


@pytest.mark.parametrize("version", [1, 2])
def test_attribute_certificates(version: int) -> None:
    result = read(attribute_certificate(version))
    assert (kinds(result), result.errors) == (["other"], ())
    item = other(result)
    assert item.what == "Attribute certificate"
    said = fields(item)
    assert said["Issuer"] == "Name CN=holder"
    assert said["Role"] == "a:role"
    assert said["Not before"].startswith("1 Jan 2026")
    assert said["Serial number"] == ("4d" if version == 2 else "05")


def test_attribute_certificates_in_a_message(folder: Path) -> None:
    kind, explicit = der.read(signed(folder)).children()
    parts = [part.encoded for part in explicit.children()[0].children()]
    attribute = der.read(attribute_certificate(2))
    parts[3] = der.encode(0xA0, LEAF_DER, der.encode(0xA2, attribute.value))
    data = der.encode(
        der.SEQUENCE, kind.encoded, der.encode(0xA0, der.encode(der.SEQUENCE, *parts))
    )
    result = read(data)
    assert kinds(result) == ["other", "certificate", "other"]
    assert fields(result.items[2])["Role"] == "a:role"


def test_structures_by_name() -> None:
    template = der.encode(der.SEQUENCE, der.encode_integer(1), der.encode(der.SEQUENCE))
    crmf = der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, template))
    directory = der.encode(0xA4, NAME)
    header = der.encode(der.SEQUENCE, der.encode_integer(2), directory, directory)
    cmp = der.encode(der.SEQUENCE, header, der.encode(0xB3, b"\x05\x00"))
    for data, words in ((crmf, "CRMF"), (cmp, "CMP")):
        (item,) = read(data).items
        assert isinstance(item, OtherItem)
        assert words in item.what
        assert item.der == data


def test_what_nobody_knows_keeps_its_bytes_for_the_tree() -> None:
    data = der.encode(der.SEQUENCE, b"\x01\x01\xff", der.encode(0x0C, b"hello"))
    (item,) = read(data).items
    assert isinstance(item, OtherItem)
    assert (item.what, item.der) == ("ASN.1 structure", data)
    assert item.problem
    beyond = b"\x30\x82\x10\x00" + data
    (item,) = read(beyond).items
    assert isinstance(item, OtherItem)
    assert item.der == beyond
    assert "4,100" in item.problem


def test_a_signature_is_not_taken_for_a_key() -> None:
    numbers = der.encode(der.SEQUENCE, der.encode_integer(2**255), der.encode_integer(2**254))
    assert kinds(read(numbers)) == ["other"]
