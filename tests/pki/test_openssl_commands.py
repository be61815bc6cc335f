"""The commands to copy: run by a real shell, they make what we make."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID

from mtlsgui.pki import issuing, keys, openssl_commands, requests
from mtlsgui.pki.constraints import NameConstraints, Subtree, parse_subtrees
from mtlsgui.pki.issuing import Contents, validity
from mtlsgui.pki.keys import KeyAlgorithm, PrivateKey
from mtlsgui.pki.names import RejectedName, Subject, parse_name
from mtlsgui.pki.profiles import BUILT_IN
from tests.pki.judges import Authority, ca_contents, leaf_contents, openssl

KNOWN = [algorithm for algorithm in KeyAlgorithm if not algorithm.value.startswith("ml-dsa")]
SERVER = BUILT_IN["server"]
TRICKY = Subject(
    common_name='it\'s $HOME/"a\\b" +`x` = #1,;',
    organization="Bücher & Söhne / 東京",
    country="DE",
)


def run(script: str, folder: Path) -> None:
    done = subprocess.run(
        ["bash", "-e"], input=script, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, script + done.stderr


def made(folder: Path, name: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / f"{name}.crt").read_bytes())


def private_key(folder: Path, name: str) -> PrivateKey:
    pem = (folder / f"{name}.key").read_bytes()
    return serialization.load_pem_private_key(pem, None)  # type: ignore[return-value] # it can sign


def now_valid(contents: Contents, days: int) -> Contents:
    """`openssl` counts from the real now."""
    return replace(contents, validity=validity(datetime.now(UTC), days))


def assert_same(theirs: x509.Certificate, ours: x509.Certificate) -> None:
    """All but serial, validity and signature are the same, to the byte."""
    assert theirs.version is ours.version
    assert theirs.subject.public_bytes() == ours.subject.public_bytes()
    assert theirs.issuer.public_bytes() == ours.issuer.public_bytes()
    assert theirs.signature_algorithm_oid == ours.signature_algorithm_oid
    encoded = [
        {
            extension.oid.dotted_string: (extension.critical, extension.value.public_bytes())
            for extension in certificate.extensions
        }
        for certificate in (theirs, ours)
    ]
    assert encoded[0] == encoded[1]
    assert 0 < theirs.serial_number < 2**159
    lengths = [one.not_valid_after_utc - one.not_valid_before_utc for one in (theirs, ours)]
    assert lengths[0] - lengths[1] == timedelta(seconds=1)


def assert_same_root(folder: Path, name: str, contents: Contents) -> Authority:
    key = private_key(folder, name)
    theirs = made(folder, name)
    assert_same(theirs, issuing.self_sign(contents, key, serial=1))
    theirs.verify_directly_issued_by(theirs)
    return Authority(theirs, key)


@pytest.mark.parametrize("algorithm", KNOWN)
def test_a_chain_of_each_kind_of_key_comes_out_the_same(
    algorithm: KeyAlgorithm, tmp_path: Path
) -> None:
    info = algorithm.info
    root_contents = now_valid(ca_contents(path_length=1), 3650)
    run(openssl_commands.self_signed(root_contents, algorithm, "root"), tmp_path)
    top = assert_same_root(tmp_path, "root", root_contents)

    middle_contents = now_valid(ca_contents("Issuing CA", path_length=0), 900)
    run(
        openssl_commands.issued(
            middle_contents, algorithm, "middle", issuer="root", issuer_key=info
        ),
        tmp_path,
    )
    middle = Authority(made(tmp_path, "middle"), private_key(tmp_path, "middle"))
    assert_same(middle.certificate, top.issue(middle_contents, middle.key))

    contents = now_valid(leaf_contents(SERVER, "api.example 10.0.0.1 ::1", common_name="api"), 90)
    run(
        openssl_commands.issued(contents, algorithm, "api", issuer="middle", issuer_key=info),
        tmp_path,
    )
    leaf_key = private_key(tmp_path, "api")
    assert keys.algorithm_of(leaf_key.public_key()) is algorithm
    assert_same(made(tmp_path, "api"), middle.issue(contents, leaf_key))
    said = openssl(
        "verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", tmp_path / "root.crt",
        "-untrusted", tmp_path / "middle.crt", tmp_path / "api.crt",
    )  # fmt: skip
    assert said.stdout.strip().endswith("OK")


def test_private_keys_are_for_their_owner_only(tmp_path: Path) -> None:
    run(openssl_commands.self_signed(ca_contents(), KeyAlgorithm.P256, "root"), tmp_path)

    assert (tmp_path / "root.key").stat().st_mode & 0o077 == 0


def test_a_root_with_every_constraint_and_a_tricky_name_comes_out_the_same(tmp_path: Path) -> None:
    parts = [
        part
        for part in parse_subtrees(
            "example.com 10.0.0.0/8 2001:db8::/33 email:.example.com a#$'b@example.com "
            "uri:x.example"
        )
        if isinstance(part, Subtree)
    ]
    assert len(parts) == 6
    limits = NameConstraints(tuple(parts), (*parts[:2],))
    contents = replace(
        now_valid(ca_contents(constraints=limits), 100), subject=TRICKY.name(), path_length=0
    )

    run(openssl_commands.self_signed(contents, KeyAlgorithm.P256, "my 'own' $CA"), tmp_path)

    assert_same_root(tmp_path, "my 'own' $CA", contents)


def authority(folder: Path) -> Authority:
    contents = now_valid(ca_contents(), 3650)
    run(openssl_commands.self_signed(contents, KeyAlgorithm.P384, "ca"), folder)
    return Authority(made(folder, "ca"), private_key(folder, "ca"))


TRICKY_NAMES = (
    "api.example *.api.example 10.0.12.7 2001:db8::7 a#b$c'd`e@example.com "
    "https://example.com/$HOME/it's?q=#top urn:x:y spiffe://example.org/ns/prod"
)


@pytest.mark.parametrize("comma", [False, True])
@pytest.mark.parametrize("with_subject", [False, True])
def test_a_certificate_with_all_kinds_of_names_and_addresses_comes_out_the_same(
    comma: bool, with_subject: bool, tmp_path: Path
) -> None:
    ca = authority(tmp_path)
    contents = replace(
        now_valid(leaf_contents(BUILT_IN["client"], TRICKY_NAMES), 90),
        subject=(TRICKY if with_subject else Subject()).name(),
        key_usage=("digitalSignature", "contentCommitment", "keyAgreement"),
        extended_key_usage=("clientAuth", "anyExtendedKeyUsage", "1.3.6.1.4.1.311.10.3.4"),
        crl_urls=("http://crl.example/a.crl", f"http://crl.example/b{',' * comma}$c.crl"),
        ocsp_urls=("http://ocsp.example/?a;b#c",),
        issuer_urls=(f"http://ca.example/ca{',' * comma}.cer",),
    )
    if comma:
        comma_name = parse_name("uri:https://example.com/a,b;c")
        assert not isinstance(comma_name, RejectedName)
        contents = replace(contents, names=(*contents.names, comma_name))

    script = openssl_commands.issued(
        contents, KeyAlgorithm.P256, "-api", issuer="ca", issuer_key=KeyAlgorithm.P384.info
    )
    run(script, tmp_path)

    assert_same(made(tmp_path, "-api"), ca.issue(contents, private_key(tmp_path, "-api")))


def test_the_same_commands_again_give_another_serial(tmp_path: Path) -> None:
    authority(tmp_path)
    (tmp_path / "ca.srl").write_text("01\n")
    script = openssl_commands.issued(
        now_valid(leaf_contents(SERVER, "api.example"), 90),
        KeyAlgorithm.P256,
        "api",
        issuer="ca",
        issuer_key=KeyAlgorithm.P384.info,
    )
    serials = set()
    for _ in range(3):
        run(script, tmp_path)
        serials.add(made(tmp_path, "api").serial_number)

    assert len(serials) == 3
    assert min(serials) > 2**64


@pytest.mark.parametrize("algorithm", [KeyAlgorithm.RSA2048, KeyAlgorithm.ED25519])
def test_a_self_signed_server_certificate_comes_out_the_same(
    algorithm: KeyAlgorithm, tmp_path: Path
) -> None:
    contents = now_valid(
        leaf_contents(SERVER, "localhost 127.0.0.1 ::1", common_name="localhost"), 30
    )

    run(openssl_commands.self_signed(contents, algorithm, "localhost"), tmp_path)

    assert_same_root(tmp_path, "localhost", contents)


@pytest.mark.parametrize("algorithm", KNOWN)
def test_a_key_and_its_request_come_out_the_same(algorithm: KeyAlgorithm, tmp_path: Path) -> None:
    contents = replace(
        leaf_contents(SERVER, TRICKY_NAMES + " https://a.example/x"), subject=TRICKY.name()
    )

    run(openssl_commands.request(contents, algorithm, "api"), tmp_path)

    theirs = x509.load_pem_x509_csr((tmp_path / "api.csr").read_bytes())
    ours = requests.make(
        private_key(tmp_path, "api"),
        contents.subject,
        contents.names,
        contents.key_usage,
        contents.extended_key_usage,
    )
    assert theirs.is_signature_valid
    assert theirs.subject.public_bytes() == ours.subject.public_bytes()
    assert theirs.signature_algorithm_oid == ours.signature_algorithm_oid
    assert list(theirs.extensions) == list(ours.extensions)


@pytest.mark.parametrize("subject", [Subject("api"), Subject()])
def test_a_request_may_ask_for_no_extensions(subject: Subject, tmp_path: Path) -> None:
    contents = Contents(subject.name(), ca_contents().validity)
    run(openssl_commands.request(contents, KeyAlgorithm.P256, "api"), tmp_path)

    theirs = x509.load_pem_x509_csr((tmp_path / "api.csr").read_bytes())
    assert theirs.subject == subject.name()
    assert list(theirs.extensions) == []


def test_nothing_but_the_key_is_taken_from_a_request(tmp_path: Path) -> None:
    ca = authority(tmp_path)
    key = keys.generate(KeyAlgorithm.P256)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "evil"),
            x509.NameAttribute(NameOID.USER_ID, "root"),
        ]
    )
    evil = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(name)
        .add_extension(x509.BasicConstraints(True, None), critical=True)
        .sign(key, keys.signature_hash(key))
    )
    (tmp_path / "api.csr").write_bytes(evil.public_bytes(serialization.Encoding.PEM))
    contents = now_valid(replace(leaf_contents(SERVER, "api.example"), subject=TRICKY.name()), 90)

    script = openssl_commands.signed_request(
        contents,
        keys.key_info(key.public_key()),
        "api",
        issuer="ca",
        issuer_key=KeyAlgorithm.P384.info,
    )
    run(script, tmp_path)

    assert_same(made(tmp_path, "api"), ca.issue(contents, key))


def test_nothing_is_made_of_a_request_that_another_key_signed(tmp_path: Path) -> None:
    authority(tmp_path)
    key = keys.generate(KeyAlgorithm.P256)
    der = bytearray(
        requests.make(key, Subject("api").name()).public_bytes(serialization.Encoding.DER)
    )
    der[-1] ^= 1
    forged = x509.load_der_x509_csr(bytes(der))
    (tmp_path / "api.csr").write_bytes(forged.public_bytes(serialization.Encoding.PEM))
    p256, p384 = KeyAlgorithm.P256.info, KeyAlgorithm.P384.info
    contents = now_valid(leaf_contents(SERVER, "api.example"), 90)

    script = openssl_commands.signed_request(contents, p256, "api", issuer="ca", issuer_key=p384)
    with pytest.raises(AssertionError):
        run(script, tmp_path)

    assert not (tmp_path / "api.crt").exists()


def test_parts_of_a_subject_that_we_never_ask_for_are_kept(tmp_path: Path) -> None:
    subject = x509.Name(
        [
            x509.RelativeDistinguishedName(
                [
                    x509.NameAttribute(NameOID.COMMON_NAME, "a+b"),
                    x509.NameAttribute(NameOID.USER_ID, "u"),
                ]
            ),
            x509.RelativeDistinguishedName([x509.NameAttribute(NameOID.SERIAL_NUMBER, "7")]),
        ]
    )
    contents = Contents(subject, ca_contents().validity)
    run(openssl_commands.request(contents, KeyAlgorithm.P256, "api"), tmp_path)

    assert x509.load_pem_x509_csr((tmp_path / "api.csr").read_bytes()).subject == subject


def test_post_quantum_commands_say_which_openssl_they_need() -> None:
    contents = ca_contents()
    leaf = leaf_contents(SERVER, "api.example")
    ml_dsa, p256 = KeyAlgorithm.ML_DSA_65.info, KeyAlgorithm.P256.info
    scripts = [
        openssl_commands.self_signed(contents, KeyAlgorithm.ML_DSA_65, "x"),
        openssl_commands.issued(leaf, KeyAlgorithm.P256, "x", issuer="y", issuer_key=ml_dsa),
        openssl_commands.issued(leaf, KeyAlgorithm.ML_DSA_44, "x", issuer="y", issuer_key=p256),
        openssl_commands.signed_request(leaf, ml_dsa, "x", issuer="y", issuer_key=p256),
        openssl_commands.request(contents, KeyAlgorithm.ML_DSA_87, "x"),
    ]

    for script in scripts:
        assert script.startswith("# ML-DSA keys need OpenSSL 3.5 or newer.\n")
    assert "-algorithm ML-DSA-65" in scripts[0]
    assert " -sha" not in scripts[0]
    assert "#" not in openssl_commands.self_signed(contents, KeyAlgorithm.P256, "x")


def test_a_validity_that_was_cut_is_not_rounded_up() -> None:
    contents = ca_contents()
    start = contents.validity.not_before
    cut = replace(
        contents, validity=replace(contents.validity, not_after=start + timedelta(days=9, hours=20))
    )

    assert "-days 9 " in openssl_commands.self_signed(cut, KeyAlgorithm.P256, "x")


def test_a_key_that_is_there_already_is_used(tmp_path: Path) -> None:
    ca = authority(tmp_path)
    contents = now_valid(leaf_contents(SERVER, "api.example"), 90)
    p384 = KeyAlgorithm.P384.info
    scripts = [
        openssl_commands.issued(
            contents, KeyAlgorithm.P384, "ca", issuer="ca", issuer_key=p384, new_key=False
        ).replace("-out ca.crt", "-out api.crt"),
        openssl_commands.request(contents, KeyAlgorithm.P384, "ca", new_key=False),
    ]

    for script in scripts:
        assert "genpkey" not in script
        run(script, tmp_path)

    assert_same(made(tmp_path, "api"), ca.issue(contents, ca.key))
    assert private_key(tmp_path, "ca").public_key() == ca.key.public_key()


@pytest.mark.parametrize(
    ("common_name", "names", "file"),
    [
        ("Payments Issuing CA 1", "", "payments-issuing-ca-1"),
        ("api.payments.internal", "x.example", "api.payments.internal"),
        ("", "*.example.com", "example.com"),
        ("", "spiffe://example.org/ns/prod", "spiffe-example.org-ns-prod"),
        ("東京", "", "certificate"),
        ("../..", "", "certificate"),
    ],
)
def test_files_are_named_after_the_subject(common_name: str, names: str, file: str) -> None:
    contents = leaf_contents(BUILT_IN["client"], names, common_name=common_name)

    assert openssl_commands.file_name(contents) == file
