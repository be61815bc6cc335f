"""What a test asks becomes a question: files, revocation lists, the proxy, what is gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)

from mtlsgui.inventory.records import CertificateRow, NewCrl
from mtlsgui.pki.facts import read_crl
from mtlsgui.tls.question import Limits, Protocol, ProxyKind, StartTls
from mtlsgui.tls.revocation import Standing, Status, by_lists
from mtlsgui.workspace import connecting
from mtlsgui.workspace.connecting import (
    ConnectionTest,
    Secrets,
    TargetRefused,
    TrustKind,
    Unusable,
    ask_what,
    parse_target,
)
from mtlsgui.workspace.connections.addresses import without_credentials
from mtlsgui.workspace.inspecting import Reader
from mtlsgui.workspace.workspace import Workspace
from tests.tls.papers import (
    NOW,
    contents,
    facts_of,
    pem,
    revocation_list,
    signed,
)
from tests.tls.papers import (
    root as new_root,
)
from tests.workspace.support import Clock, issue_server

SECRET = "correct horse"
AUTHORITY = new_root("Files CA")
CLIENT = signed(contents("from-files", usage=("clientAuth",)), AUTHORITY)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as made:
        yield made


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    assert isinstance(CLIENT.key, ec.EllipticCurvePrivateKey)
    encryption = BestAvailableEncryption(SECRET.encode())
    data = pkcs12.serialize_key_and_certificates(
        b"me", CLIENT.key, CLIENT.certificate, None, encryption
    )
    return written(tmp_path / "client.p12", data)


@pytest.mark.parametrize(
    ("typed", "port", "protocol", "starttls"),
    [
        ("smtp://mail.test", 25, Protocol.SMTP, StartTls.SMTP),
        ("submission://mail.test", 587, Protocol.SMTP, StartTls.SMTP),
        ("smtps://mail.test", 465, Protocol.SMTP, None),
        ("postgres://me:pw@db.test/shop", 5432, Protocol.POSTGRES, StartTls.POSTGRES),
        ("postgresql://db.test:6432", 6432, Protocol.POSTGRES, StartTls.POSTGRES),
        ("mysql://db.test", 3306, Protocol.MYSQL, StartTls.MYSQL),
        ("ldap://dir.test", 389, Protocol.LDAP, StartTls.LDAP),
        ("rediss://cache.test", 6379, Protocol.REDIS, None),
        ("mqtts://broker.test", 8883, Protocol.MQTT, None),
        ("broker.test:8883", 8883, Protocol.MQTT, None),
        ("amqps://queue.test", 5671, Protocol.NONE, None),
    ],
)
def test_a_scheme_says_what_is_spoken(
    typed: str, port: int, protocol: Protocol, starttls: StartTls | None
) -> None:
    address = parse_target(typed)
    assert (address.target.port, address.protocol, address.starttls) == (port, protocol, starttls)


@pytest.mark.parametrize(
    ("starttls", "port"),
    [
        (StartTls.SMTP, 25),
        (StartTls.IMAP, 143),
        (StartTls.POP3, 110),
        (StartTls.FTP, 21),
        (StartTls.XMPP, 5222),
        (StartTls.LDAP, 389),
        (StartTls.POSTGRES, 5432),
        (StartTls.MYSQL, 3306),
    ],
)
def test_starttls_gives_the_port_where_none_is_typed(starttls: StartTls, port: int) -> None:
    address = parse_target("host.test", "", starttls)
    assert (address.target.port, address.protocol.value) == (port, starttls.value)
    assert parse_target("host.test:99", "", starttls).target.port == 99


def test_credentials_in_an_address_go_nowhere() -> None:
    assert without_credentials("postgres://me:pw@db.test/a@b") == "postgres://db.test/a@b"
    assert without_credentials("db.test:5432") == "db.test:5432"
    with pytest.raises(TargetRefused) as caught:
        parse_target("postgres://me:h7nter2@db.test:port")
    assert "h7nter2" not in str(caught.value.title + caught.value.detail)


def test_everything_that_is_asked_reaches_the_question(ws: Workspace) -> None:
    question = ask_what(
        ws,
        ConnectionTest(
            "https://api.test/health",
            proxy="socks5://me@proxy.test:1080",
            starttls=StartTls.XMPP,
            http_headers=(("Accept", "*/*"),),
            limits=Limits(connect=1),
        ),
        secrets=Secrets(proxy_password=SECRET),
    )
    proxy = question.opening.proxy
    assert proxy is not None
    assert (proxy.kind, proxy.user, proxy.password) == (ProxyKind.SOCKS5, "me", SECRET)
    assert SECRET not in repr(question)
    assert question.opening.starttls is StartTls.XMPP
    assert (question.http.path, question.http.headers) == ("/health", (("Accept", "*/*"),))
    assert question.limits.connect == 1


def test_an_identity_from_files(ws: Workspace, locked: Path, reader: Reader) -> None:
    test = ConnectionTest("api.test", identity_files=(locked,))
    for passphrases in ((), ("guessed",)):
        with pytest.raises(Unusable) as caught:
            ask_what(ws, test, secrets=Secrets(passphrases), reader=reader)
        assert (caught.value.field, caught.value.locked) == ("identity_files", True)
    identity = ask_what(ws, test, secrets=Secrets((SECRET,)), reader=reader).identity
    assert identity is not None
    assert identity.certificate == facts_of(CLIENT.certificate)
    assert SECRET not in repr(Secrets((SECRET,), SECRET))


@pytest.mark.parametrize("field", ["identity_files", "trust_files", "crl_files", "proxy"])
def test_what_cannot_be_used_is_said_with_its_field(
    ws: Workspace, tmp_path: Path, reader: Reader, field: str
) -> None:
    file = written(tmp_path / "notes.txt", b"no certificate")
    tests = {
        "identity_files": ConnectionTest("api.test", identity_files=(file,)),
        "trust_files": ConnectionTest("api.test", trust=TrustKind.FILES, trust_files=(file,)),
        "crl_files": ConnectionTest("api.test", crl_files=(file,)),
        "proxy": ConnectionTest("api.test", proxy="gopher://proxy.test"),
    }
    with pytest.raises(Unusable) as caught:
        ask_what(ws, tests[field], reader=reader)
    assert (caught.value.field, caught.value.locked) == (field, False)
    assert caught.value.title


def test_trust_from_files_and_for_one_test(ws: Workspace, tmp_path: Path, reader: Reader) -> None:
    file = written(tmp_path / "ca.pem", pem(AUTHORITY.certificate))
    trust = ask_what(
        ws, ConnectionTest("api.test", trust=TrustKind.FILES, trust_files=(file,)), reader=reader
    ).trust
    assert (trust.anchors, trust.system) == ((facts_of(AUTHORITY.certificate),), False)
    der = AUTHORITY.certificate.public_bytes(Encoding.DER)
    also = ConnectionTest("api.test", trust=TrustKind.SYSTEM, trust_certificates=(der,))
    trust = ask_what(ws, also).trust
    assert (trust.anchors, trust.system) == ((facts_of(AUTHORITY.certificate),), True)


def test_a_revoked_identity_is_known_by_a_list_in_a_file(
    ws: Workspace, tmp_path: Path, reader: Reader
) -> None:
    listed = revocation_list(AUTHORITY, CLIENT).public_bytes(Encoding.DER)
    other = revocation_list(new_root("Files CA"), CLIENT).public_bytes(Encoding.DER)
    both = CLIENT.write(tmp_path / "client")
    authority = written(tmp_path / "ca.pem", pem(AUTHORITY.certificate))

    def standing(encoded: bytes) -> Standing | None:
        crl = written(tmp_path / "list.crl", encoded)
        test = ConnectionTest("api.test", identity_files=(*both, authority), crl_files=(crl,))
        question = ask_what(ws, test, reader=reader)
        assert question.identity is not None
        issuer = question.identity.above[0]
        return by_lists(question.identity.certificate, issuer, question.trust.crls, NOW)

    said = standing(listed)
    assert said is not None
    assert said.status is Status.REVOKED
    assert standing(other) is None, "another CA of the same name signed it"


def test_the_newest_list_of_each_ca_that_we_hold_is_used(
    ws: Workspace, root: CertificateRow
) -> None:
    old = revocation_list(AUTHORITY).public_bytes(Encoding.DER)
    new = revocation_list(AUTHORITY, CLIENT).public_bytes(Encoding.DER)
    for number, encoded in enumerate((new, old)):
        facts = read_crl(encoded)
        ws.inventory.crls.add(NewCrl(encoded, facts.issuer or "", 2 - number, NOW, None, root.id))
    assert ask_what(ws, ConnectionTest("api.test")).trust.crls == (new,)


def test_what_is_wrong_with_a_certificate_is_said_before_it_is_presented(
    ws: Workspace, root: CertificateRow, clock: Clock
) -> None:
    facts = facts_of(CLIENT.certificate)
    assert connecting.remarks(facts, clock()) == ()
    clock.advance(days=400)
    assert "expired" in connecting.remarks(facts, clock())[0]
    clock.advance(days=-800)
    assert "valid from" in connecting.remarks(facts, clock())[0]
    clock.advance(days=400)
    server = signed(contents("a", usage=("serverAuth",)), AUTHORITY)
    assert "clients" in connecting.remarks(facts_of(server.certificate), clock())[0]


def test_an_expired_certificate_can_be_presented_all_the_same(
    ws: Workspace, root: CertificateRow, clock: Clock
) -> None:
    row = issue_server(ws, root)
    clock.advance(days=4_000)
    assert ask_what(ws, ConnectionTest("api.test", identity_id=row.id)).identity is not None


def test_a_list_takes_the_place_of_no_other_cas_list(ws: Workspace) -> None:
    # Two CAs of one name, as after a CA was made anew: each has lists of its own.
    lists = [revocation_list(new_root("Same Name"), CLIENT) for _ in range(2)]
    encoded = [each.public_bytes(Encoding.DER) for each in lists]
    for number, der in enumerate(encoded):
        ws.inventory.crls.add(NewCrl(der, "CN=Same Name", number, NOW, None))
    assert set(encoded) <= set(ask_what(ws, ConnectionTest("good.test")).trust.crls)


def test_what_is_typed_into_a_test_is_not_in_its_repr() -> None:
    test = ConnectionTest(
        "https://u:hidden@h/", proxy="http://u:hidden@p", http_headers=(("Cookie", "hidden"),)
    )
    assert "hidden" not in repr(test)


def test_a_password_with_a_slash_is_not_kept_with_an_address() -> None:
    assert without_credentials("https://user:pa/ss@host/") == "https://host/"
    assert without_credentials("https://host:8443/a@b") == "https://host:8443/a@b"
    with pytest.raises(TargetRefused) as error:
        parse_target("https://user:pa/ss@host/")
    assert "pa" not in error.value.title.partition("host")[0].removeprefix("“https://")


@pytest.mark.parametrize("name", ["a b.test", "a\r\nX: y", "a\0.test"])
def test_a_name_with_control_characters_is_refused(name: str) -> None:
    with pytest.raises(TargetRefused):
        parse_target("host.test", name)
