"""What servers say inside TLS in their own protocols, and what it means."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from mtlsgui.tls.application import for_port, for_starttls
from mtlsgui.tls.application.asking import ASKED
from mtlsgui.tls.evidence import ApplicationAnswer
from mtlsgui.tls.probe import judge
from mtlsgui.tls.question import Protocol, StartTls
from mtlsgui.tls.result import Outcome, StepState
from tests.integration.programs import needs
from tests.tls.opening import services
from tests.tls.opening.asking import SHORT, attempt
from tests.tls.papers import world
from tests.tls.servers import listening

P = Protocol
GOOD = world().servers["good"]
VERSIONS = ("TLS 1.2", "TLS 1.3")
_MOST_TEXT = 4_096


def answer_of(port: int, protocol: Protocol, **more: object) -> ApplicationAnswer | None:
    return attempt(port, protocol=protocol, **more).application  # type: ignore[arg-type]


@pytest.mark.integration
@needs("redis-server", "redis-server")
def test_redis(tmp_path: Path) -> None:
    with services.redis(tmp_path, GOOD) as port:
        for version in VERSIONS:
            good = answer_of(port, P.REDIS, version=version)
            assert good == ApplicationAnswer(P.REDIS, "PING", True, "+PONG")
            none = attempt(port, protocol=P.REDIS, client="none", version=version)
            assert none.application is None
            assert none.server_alert is not None


@pytest.mark.integration
@needs("mosquitto", "mosquitto")
@pytest.mark.parametrize("anonymous", [True, False])
def test_mosquitto(tmp_path: Path, anonymous: bool) -> None:
    """Whether a name and a password are wanted is another thing than the certificate."""
    with services.mosquitto(tmp_path, GOOD, anonymous=anonymous) as port:
        good = answer_of(port, P.MQTT)
    text = "CONNACK 0: connection accepted" if anonymous else "CONNACK 5: not authorized"
    assert good == ApplicationAnswer(P.MQTT, "CONNECT", True if anonymous else None, text)


@pytest.mark.integration
@services.needs_root
@needs("postfix", "postfix")
def test_smtp_that_is_tls_from_the_start(tmp_path: Path) -> None:
    with services.postfix(tmp_path, GOOD, wrapped=True) as port:
        good = answer_of(port, P.SMTP)
        refused = attempt(port, protocol=P.SMTP, client="expired")
    assert good is not None
    assert good.accepted is True
    result = judge(refused)
    assert result.outcome is Outcome.REFUSED_BY_SERVER
    assert [problem.code for problem in result.errors] == ["client_certificate_expired"]
    assert result.answer == "421 4.7.1 good.test Error: Client certificate not trusted"
    assert result.steps[-1].state is StepState.FAILED


@pytest.mark.integration
@needs("slapd", "slapd")
def test_ldap_that_is_tls_from_the_start(tmp_path: Path) -> None:
    with services.slapd(tmp_path, GOOD, wrapped=True) as port:
        good = answer_of(port, P.LDAP)
    assert good == ApplicationAnswer(P.LDAP, "anonymous bind", True, "success (0)")


# -- what else servers may say


@contextmanager
def scripted(directory: Path, *parts: bytes | None) -> Iterator[int]:
    """A server that says these things inside TLS; None waits for the client to say something."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*GOOD.write(directory))

    def serve(connection) -> None:  # type: ignore[no-untyped-def]
        with context.wrap_socket(connection, server_side=True) as wrapped:
            for part in parts:
                if part is None:
                    wrapped.recv(65_536)
                else:
                    wrapped.sendall(part)
            while wrapped.recv(65_536):  # until the client goes
                pass

    with listening(serve) as port:
        yield port


@dataclass(frozen=True)
class Case:
    protocol: Protocol
    says: tuple[bytes | None, ...]
    accepted: bool | None
    text: str


def _fatal(code: str, message: str) -> bytes:
    body = f"SFATAL\0C{code}\0M{message}\0\0".encode()
    return b"E" + (len(body) + 4).to_bytes(4, "big") + body


def _bound(code: int, text: bytes = b"") -> bytes:
    result = b"\x0a\x01" + bytes((code,)) + b"\x04\0\x04" + bytes((len(text),)) + text
    body = b"\x02\x01\x01\x61" + bytes((len(result),)) + result
    return b"\x30" + bytes((len(body),)) + body


_FEATURES = b"<stream:stream><stream:features/>"
_XMPP = (
    b"<stream:error><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
    b"<text>bad certificate</text></stream:error>"
)
_MYSQL = b"\x0a5.1\0" + bytes(13) + b"\0\x08" + bytes(20)
_GREETING = len(_MYSQL).to_bytes(3, "little") + b"\0" + _MYSQL
CASES = [
    Case(P.REDIS, (None, b"-NOAUTH Authentication required.\r\n"), True, "-NOAUTH"),
    Case(P.REDIS, (None, b"-DENIED protected mode\r\n"), None, "-DENIED"),
    Case(P.MQTT, (None, b"\x20\x02\0\x02"), True, "identifier rejected"),
    Case(P.MQTT, (None, b"HTTP/1.1 400\r\n\r\n"), None, "no CONNACK"),
    Case(P.SMTP, (b"220 a\r\n", None, b"502 unknown\r\n"), True, "502 unknown"),
    Case(P.SMTP, (b"421 too busy\r\n",), None, "421 too busy"),
    Case(P.SMTP, (b"220 a\r\n", None, b"530 TLS certificate needed\r\n"), False, "530"),
    Case(P.FTP, (b"220 a\r\n", None, b"211-a\r\n b\r\n211 c\r\n"), True, "211-a"),
    Case(P.IMAP, (b"* PREAUTH a\r\n", None, b"b1 OK\r\n"), True, "b1 OK"),
    Case(P.IMAP, (b"* BYE no certificate\r\n",), False, "no certificate"),
    Case(P.IMAP, (b"* BYE busy\r\n",), None, "busy"),
    Case(
        P.IMAP,
        (
            b"* OK\r\n",
            None,
            b"* CAPABILITY AUTH=PLAIN\r\nb1 OK\r\n",
            None,
            b"+ \r\n",
            None,
            b"b2 BAD\r\n",
        ),
        True,
        "AUTH=PLAIN",
    ),
    Case(P.POP3, (b"+OK\r\n", None, b"-ERR\r\n"), True, "-ERR"),
    Case(P.POP3, (b"-ERR client certificate\r\n",), False, "certificate"),
    Case(P.XMPP, (None, _FEATURES), True, "features"),
    Case(P.XMPP, (None, _XMPP), False, "bad certificate"),
    Case(P.LDAP, (None, _bound(48)), True, "inappropriateAuthentication (48)"),
    Case(P.LDAP, (None, _bound(52)), None, "unavailable (52)"),
    Case(P.POSTGRES, (None, b"R\0\0\0\x08\0\0\0\x03"), True, "asks for a password"),
    Case(P.POSTGRES, (None, _fatal("3D000", "no database")), True, "no database"),
    Case(P.POSTGRES, (None, _fatal("28000", "no pg_hba.conf entry")), None, "pg_hba.conf"),
    Case(P.MYSQL, (_GREETING, None, b"\x01\0\0\x02\0"), True, "OK"),
    Case(P.MYSQL, (_GREETING, None, b"\x01\0\0\x02\xfe"), True, "password"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.protocol}: {case.text}")
def test_answers_are_told_apart(tmp_path: Path, case: Case) -> None:
    with scripted(tmp_path, *case.says) as port:
        found = answer_of(port, case.protocol)
    assert found is not None
    assert (found.protocol, found.accepted) == (case.protocol, case.accepted)
    assert case.text in found.text


@pytest.mark.parametrize("protocol", ASKED)
def test_garbage_says_nothing(tmp_path: Path, protocol: Protocol) -> None:
    with scripted(tmp_path, b"\0\xff\x1b[31m" * 20_000) as port:
        found = answer_of(port, protocol)
    assert found is not None
    assert found.accepted is None
    assert len(found.text) <= _MOST_TEXT + 100
    assert "\x1b" not in found.text


@pytest.mark.parametrize("protocol", ASKED)
def test_silence_ends_with_the_time_for_an_answer(tmp_path: Path, protocol: Protocol) -> None:
    with scripted(tmp_path) as port:
        evidence = attempt(port, protocol=protocol, limits=SHORT)
    assert evidence.established
    assert evidence.application is None


def test_ports_and_starttls_mean_protocols() -> None:
    ports = (443, 5432, 6379, 8883, 465, 993, 995, 636, 3306, 990, 853)
    assert [for_port(port) for port in ports] == [
        P.HTTP, P.POSTGRES, P.REDIS, P.MQTT, P.SMTP, P.IMAP, P.POP3, P.LDAP, P.MYSQL, P.FTP, P.NONE,
    ]  # fmt: skip
    assert {for_starttls(each) for each in StartTls} <= set(ASKED)
