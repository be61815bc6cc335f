"""What is offered reaches a real server, and what OpenSSL does not know is refused in words."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from mtlsgui.pki import issuing, keys
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.tls.keylog import KeyLogFailed
from mtlsgui.tls.offering import SUITES, OfferRefused
from mtlsgui.tls.probe import probe
from mtlsgui.tls.question import Identity, Offer, Question, Target
from mtlsgui.tls.result import Outcome, ProbeResult
from tests.tls import servers
from tests.tls.papers import DAY, HOST, NOW, Paper, contents, facts_of, world

pytestmark = pytest.mark.integration


def ask(
    port: int,
    offer: Offer = Offer(),
    *,
    identity: Identity | None = None,
    keylog: Path | None = None,
) -> ProbeResult:
    who = identity or world().identity("good")
    question = Question(
        Target("127.0.0.1", port, HOST), who, world().trust, offer=offer, keylog=keylog
    )
    return probe(question, NOW)


def said(result: ProbeResult, message: str, name: str) -> tuple[str, ...]:
    """What the first step of this name says under this heading."""
    steps = [
        step for step in result.steps if step.message.split(", ")[0].partition(" ")[0] == message
    ]
    return next((each.values for each in steps[0].details if each.name == name), ())


def staple() -> bytes:
    good = world().servers["good"]
    issuer = world().intermediate
    made = ocsp.OCSPResponseBuilder().add_response(
        good.certificate,
        issuer.certificate,
        hashes.SHA1(),  # noqa: S303 - of the certificate's name in OCSP, not of a signature
        ocsp.OCSPCertStatus.GOOD,
        NOW - DAY,
        NOW + DAY,
        None,
        None,
    )
    made = made.responder_id(ocsp.OCSPResponderEncoding.NAME, issuer.certificate)
    return made.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """OpenSSL with everything: old versions, each cipher, ALPN, a staple, its own wishes."""
    place = tmp_path_factory.mktemp("openssl")
    (place / "staple.der").write_bytes(staple())
    options = ("-cipher", "ALL:@SECLEVEL=0", "-alpn", "h2,http/1.1")
    suites = ("-ciphersuites", ":".join(SUITES))
    wishes = ("-client_sigalgs", "ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256")
    stapled = ("-status_file", str(place / "staple.der"))
    server = world().servers["good"]
    with servers.openssl(place, server, *options, *suites, *wishes, *stapled) as number:
        yield number


@pytest.mark.parametrize("version", ["TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"])
def test_versions(port: int, version: str) -> None:
    result = ask(port, Offer(versions=(version,)))
    assert result.tls is not None
    assert result.tls.version == version
    assert result.outcome is Outcome.ACCEPTED
    assert said(result, "ClientHello", "Versions") == (version,)


@pytest.mark.parametrize("suite", SUITES)
def test_suites_of_tls_1_3(port: int, suite: str) -> None:
    result = ask(port, Offer(versions=("TLS 1.3",), suites=(suite,)))
    assert result.tls is not None
    assert result.tls.cipher == suite
    assert said(result, "ServerHello", "Cipher suite") == (suite,)


@pytest.mark.parametrize(
    ("cipher", "name"),
    [
        ("ECDHE-ECDSA-AES128-GCM-SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
        ("ECDHE-ECDSA-CHACHA20-POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
        ("ECDHE-ECDSA-AES256-SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"),
    ],
)
def test_ciphers_of_tls_1_2(port: int, cipher: str, name: str) -> None:
    result = ask(port, Offer(versions=("TLS 1.2",), ciphers=cipher))
    assert said(result, "ServerHello", "Cipher suite") == (name,)
    assert name in said(result, "ClientHello", "Cipher suites")


@pytest.mark.parametrize("group", ["X25519", "X448", "P-256", "P-384", "P-521"])
@pytest.mark.parametrize("version", ["TLS 1.2", "TLS 1.3"])
def test_groups(port: int, group: str, version: str) -> None:
    # In TLS 1.2 the list holds the curve of the server's certificate too (RFC 8422, section 5.1).
    groups = (group,) if version == "TLS 1.3" or group == "P-256" else (group, "P-256")
    result = ask(port, Offer(versions=(version,), groups=groups))
    assert result.tls is not None
    assert result.tls.group == group
    assert said(result, "ClientHello", "Groups") == groups


def test_a_server_asks_for_another_key_share(tmp_path: Path) -> None:
    with servers.openssl(tmp_path, world().servers["good"], "-groups", "P-384") as number:
        result = ask(number, Offer(groups=("X25519", "P-384")))
    names = [step.message for step in result.steps]
    assert names[1:5] == ["ClientHello", "HelloRetryRequest", "ClientHello", "ServerHello"]
    assert said(result, "ClientHello", "Key shares") == ("X25519",)
    assert said(result, "HelloRetryRequest", "Group") == ("P-384",)


def test_signature_algorithms_and_what_the_server_takes(port: int) -> None:
    names = ("ecdsa_secp256r1_sha256", "ed25519")
    result = ask(port, Offer(signature_algorithms=names))
    assert said(result, "ClientHello", "Signature algorithms") == names
    assert said(result, "CertificateRequest", "Takes certificates of") == ("CN=Test Root,O=Tests",)
    wishes = ("ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256")
    assert said(result, "CertificateRequest", "Takes signatures by") == wishes


@pytest.mark.parametrize("version", ["TLS 1.2", "TLS 1.3"])
def test_alpn_staple_and_tickets(port: int, version: str) -> None:
    result = ask(port, Offer(versions=(version,), alpn=("http/1.1",)))
    assert result.tls is not None
    assert result.tls.alpn == "http/1.1"
    assert said(result, "ServerHello", "Application protocol (ALPN)") == ("http/1.1",)
    assert result.ocsp_staple == staple_of(result)
    assert said(result, "Certificate", "OCSP staple")[0] == "good"
    assert said(result, "NewSessionTicket", "Valid for") == ("2 hours",)
    shown = said(result, "Certificate", "Certificate 1")
    assert shown[:2] == ("the server", "issued by Test Issuing CA")
    assert shown[3] == "ECDSA P-256 key"


def staple_of(result: ProbeResult) -> bytes:
    assert result.ocsp_staple is not None
    ocsp.load_der_ocsp_response(result.ocsp_staple)
    return result.ocsp_staple


def test_every_step_is_explained(port: int) -> None:
    for version in ("TLS 1.2", "TLS 1.3"):
        result = ask(port, Offer(versions=(version,)))
        assert all(step.explanation for step in result.steps)


@pytest.mark.parametrize("algorithm", [KeyAlgorithm.ML_DSA_44, KeyAlgorithm.ML_DSA_87])
def test_an_ml_dsa_key_is_presented(port: int, algorithm: KeyAlgorithm) -> None:
    """OpenSSL 3.0 does not know it and refuses it; that it was sent is what counts here."""
    key = keys.generate(algorithm)
    what = contents("quantum", usage=("clientAuth",))
    by = world().intermediate
    made = issuing.issue(
        what,
        key.public_key(),
        issuer=by.certificate,
        issuer_key=by.key,
        serial=issuing.random_serial(),
    )
    result = ask(port, Offer(versions=("TLS 1.3",)), identity=Paper(made, key).identity(by))
    assert result.outcome is not Outcome.UNREACHABLE
    assert isinstance(made, x509.Certificate)
    assert facts_of(made).key is not None


@pytest.mark.parametrize(
    ("offer", "named"),
    [
        (Offer(versions=("TLS 2.0",)), "TLS 2.0"),
        (Offer(ciphers="HIGH:NO-SUCH-CIPHER"), "NO-SUCH-CIPHER"),
        (Offer(ciphers="häh"), "häh"),
        (Offer(suites=("TLS_AES_256_GCM_SHA384", "TLS_NONE")), "TLS_NONE"),
        (Offer(groups=("X25519", "X1")), "X1"),
        (Offer(groups=("?X25519:P-256",)), "X25519"),
        (Offer(signature_algorithms=("ed25519", "ed1")), "ed1"),
        (Offer(alpn=("h2", "")), ""),
        (Offer(alpn=("ü",)), "ü"),
    ],
)
def test_what_openssl_does_not_know_is_refused_before_connecting(offer: Offer, named: str) -> None:
    with pytest.raises(OfferRefused, match="There is no") as caught:
        ask(servers.free_port(), offer)
    assert named in caught.value.title
    assert "as in" in caught.value.remedy


def test_no_cipher_left() -> None:
    with pytest.raises(OfferRefused, match="No cipher is left"):
        ask(servers.free_port(), Offer(ciphers="HIGH:!ALL"))


def test_a_refused_offer_leaves_no_error_behind(port: int) -> None:
    with pytest.raises(OfferRefused):
        ask(port, Offer(groups=("X1",)))
    assert ask(port).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("version", ["TLS 1.2", "TLS 1.3"])
def test_key_log(port: int, version: str, tmp_path: Path) -> None:
    path = tmp_path / "keys.log"
    path.write_bytes(b"# kept\n")
    path.chmod(0o600)
    new = tmp_path / "new.log"
    for each in (path, new):
        ask(port, Offer(versions=(version,)), keylog=each)
    label = "CLIENT_RANDOM" if version == "TLS 1.2" else "CLIENT_HANDSHAKE_TRAFFIC_SECRET"
    assert path.read_text().startswith("# kept\n")
    assert label in path.read_text()
    assert stat.S_IMODE(new.stat().st_mode) == 0o600


def test_a_key_log_that_cannot_be_written_is_said_before_connecting(tmp_path: Path) -> None:
    with pytest.raises(KeyLogFailed, match="cannot be written"):
        ask(servers.free_port(), keylog=tmp_path / "none" / "keys.log")
