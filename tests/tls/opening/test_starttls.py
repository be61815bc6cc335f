"""STARTTLS with real servers, and with some that would do harm."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mtlsgui.tls.evidence import End, NetworkFault
from mtlsgui.tls.probe import judge
from mtlsgui.tls.question import Limits, Opening, StartTls
from mtlsgui.tls.result import Outcome, StepState
from tests.integration.programs import needs
from tests.tls.opening import services
from tests.tls.opening.asking import (
    SHORT,
    attempt,
    hang_up,
    names,
    pour,
    scripted,
    starttls,
    wait,
)
from tests.tls.papers import world

S = StartTls
GOOD = world().servers["good"]


@pytest.mark.integration
@services.needs_root
@needs("postfix", "postfix")
def test_smtp_with_postfix(tmp_path: Path) -> None:
    """Postfix finishes the handshake with anybody, and refuses in SMTP."""
    with services.postfix(tmp_path, GOOD) as port:
        good = starttls(port, S.SMTP)
        refused = {
            (client, version): starttls(port, S.SMTP, client, version=version)
            for client in ("none", "expired")
            for version in ("TLS 1.2", "TLS 1.3")
        }
    assert names(good) == ["220", "EHLO", "250", "STARTTLS", "220"]
    assert good.application is not None
    assert (good.application.accepted, good.application.asked) == (True, "EHLO")
    assert "250-PIPELINING" in good.application.text
    for (client, _), evidence in refused.items():
        assert evidence.application is not None
        assert evidence.application.accepted is False
        said = "No client certificate" if client == "none" else "certificate not trusted"
        assert said in evidence.application.text


@pytest.mark.integration
@needs("dovecot", "dovecot-imapd and dovecot-pop3d")
def test_imap_and_pop3_with_dovecot(tmp_path: Path) -> None:
    """Dovecot refuses only when somebody logs in."""
    with services.dovecot(tmp_path, GOOD) as ports:
        for port, kind in zip(ports, (S.IMAP, S.POP3), strict=True):
            good, none = starttls(port, kind), starttls(port, kind, "none")
            assert (good.fault, good.established) == (None, True)
            assert good.application is not None
            assert good.application.accepted is True
            assert none.application is not None
            assert none.application.accepted is False
            assert "certificate" in none.application.text


@pytest.mark.integration
@needs("vsftpd", "vsftpd")
@pytest.mark.parametrize("version", ["TLS 1.2", "TLS 1.3"])
def test_ftp_with_vsftpd(tmp_path: Path, version: str) -> None:
    with services.vsftpd(tmp_path, GOOD) as port:
        good = starttls(port, S.FTP, version=version)
        none = starttls(port, S.FTP, "none", version=version)
    assert names(good) == ["220", "AUTH TLS", "234"]
    assert good.application is not None
    assert good.application.accepted is True
    assert good.application.text.startswith("211-Features")
    assert none.server_alert is not None


@pytest.mark.integration
@needs("slapd", "slapd")
def test_ldap_with_openldap(tmp_path: Path) -> None:
    with services.slapd(tmp_path, GOOD) as port:
        good, none = starttls(port, S.LDAP), starttls(port, S.LDAP, "none")
    assert names(good) == ["StartTLS", "result"]
    assert good.application is not None
    assert (good.application.accepted, good.application.text) == (True, "success (0)")
    assert none.end in (End.CLOSED, End.RESET, End.ALERT)
    assert judge(none).outcome is Outcome.REFUSED_BY_SERVER


@pytest.mark.integration
@needs("prosody", "prosody")
def test_xmpp_with_prosody(tmp_path: Path) -> None:
    with services.prosody(tmp_path, GOOD) as port:
        good, none = starttls(port, S.XMPP), starttls(port, S.XMPP, "none")
    assert names(good) == ["stream", "features", "starttls", "proceed"]
    assert good.application is not None
    assert good.application.accepted is True
    assert none.server_alert is not None


@pytest.mark.integration
@services.needs_postgres
def test_postgres_with_its_own_server(tmp_path: Path) -> None:
    with ExitStack() as stack:
        by_any = stack.enter_context(services.postgres(tmp_path / "any", GOOD))
        by_name = stack.enter_context(
            services.postgres(tmp_path / "name", GOOD, hba=services.BY_NAME)
        )
        good, none = starttls(by_any, S.POSTGRES), starttls(by_any, S.POSTGRES, "none")
        other = starttls(by_name, S.POSTGRES)
        expired = starttls(by_any, S.POSTGRES, "expired")
    assert names(good) == ["SSLRequest", "S"]
    answers = [each.application for each in (good, none, other)]
    told = [(each.accepted, each.text) for each in answers if each]
    assert told == [
        (True, "AuthenticationOk"),
        (False, "FATAL: connection requires a valid client certificate (SQLSTATE 28000)"),
        (
            False,
            'FATAL: certificate authentication failed for user "mtlsgui" (SQLSTATE 28000)',
        ),
    ]
    assert expired.server_alert is not None


@pytest.mark.integration
@needs("mariadbd", "mariadb-server")
def test_mysql_with_mariadb(tmp_path: Path) -> None:
    """It says the same to a wrong password and to a certificate that a user must have."""
    with services.mariadb(tmp_path, GOOD) as port:
        good, expired = starttls(port, S.MYSQL), starttls(port, S.MYSQL, "expired")
    assert names(good) == ["greeting", "SSLRequest"]
    assert good.application is not None
    assert good.application.accepted is None
    assert "Access denied" in good.application.text
    assert expired.server_alert is not None


@pytest.mark.integration
@needs("mariadbd", "mariadb-server")
def test_mariadb_with_a_user_who_must_have_a_certificate(tmp_path: Path) -> None:
    """REQUIRE X509: without one it denies access as to anybody unknown, so that nothing is sure."""
    first = "CREATE USER mtlsgui@'127.0.0.1' REQUIRE X509;\n"
    with services.mariadb(tmp_path, GOOD, first=first) as port:
        good, without = starttls(port, S.MYSQL), starttls(port, S.MYSQL, "none")
    assert good.application is not None
    assert good.application.accepted is True
    assert without.application is not None
    assert without.application.accepted is None
    assert "Access denied" in without.application.text


# -- servers that do not go over to TLS

_LDAP_NO = bytes.fromhex("300c02010178070a010204000400")
_MYSQL = b"\x0a5.1\0" + bytes(13) + b"\0\0" + bytes(20)
_FEATURES = b"<stream:stream><stream:features></stream:features>"


@dataclass(frozen=True)
class Case:
    kind: StartTls
    says: tuple[bytes | None, ...] = field(repr=False)
    told: str


REFUSALS = [
    Case(S.SMTP, (b"220 a\r\n", None, b"250-b\r\n250 SIZE\r\n"), "does not offer STARTTLS"),
    Case(S.SMTP, (b"554 go away\r\n",), "554 go away"),
    Case(S.SMTP, (b"220 a\r\n", None, b"250 STARTTLS\r\n", None, b"454 later\r\n"), "454 later"),
    Case(S.IMAP, (b"* OK a\r\n", None, b"* CAPABILITY A\r\na1 OK\r\n"), "does not offer STARTTLS"),
    Case(S.IMAP, (b"* BYE full\r\n",), "BYE full"),
    Case(S.POP3, (b"+OK\r\n", None, b"+OK\r\nUSER\r\n.\r\n"), "does not offer STLS"),
    Case(S.POP3, (b"+OK\r\n", None, b"-ERR\r\n", None, b"-ERR what?\r\n"), "what?"),
    Case(S.FTP, (b"220 a\r\n", None, b"502 not here\r\n"), "502 not here"),
    Case(S.XMPP, (None, _FEATURES), "does not offer STARTTLS"),
    Case(
        S.XMPP,
        (
            None,
            b"<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
            b"</stream:error>",
        ),
        "host-unknown",
    ),
    Case(S.LDAP, (None, _LDAP_NO), "protocolError (2)"),
    Case(S.POSTGRES, (None, b"N"), "not set up for TLS"),
    Case(S.MYSQL, (len(_MYSQL).to_bytes(3, "little") + b"\0" + _MYSQL,), "not set up for TLS"),
    Case(S.MYSQL, (b"\x0b\0\0\0\xff\x10\x04too many",), "too many (1040)"),
]


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: f"{case.kind}: {case.told}")
def test_a_refusal_is_told_in_the_servers_words(case: Case) -> None:
    with scripted(*case.says) as port:
        evidence = starttls(port, case.kind)
    assert evidence.fault is NetworkFault.STARTTLS_REFUSED
    assert case.told in evidence.fault_text
    assert evidence.opening[-1].failed
    result = judge(evidence)
    assert [problem.code for problem in result.errors] == ["starttls_refused"]
    failed = [step for step in result.steps if step.state is StepState.FAILED]
    assert [step.message for step in failed] == [evidence.opening[-1].name]


@pytest.mark.parametrize("kind", StartTls)
@pytest.mark.parametrize(
    "says", [b"\0\xff\0\xff" * 9, b"\x7f" * 9 + b"\r\n", b"\x30\x84\xff\xff\xff\xff"]
)
def test_garbage_is_refused(kind: StartTls, says: bytes) -> None:
    with scripted(says, then=hang_up) as port:
        evidence = starttls(port, kind)
    assert evidence.fault is NetworkFault.STARTTLS_REFUSED
    assert evidence.fault_text
    assert evidence.fault_text.isprintable()


@pytest.mark.parametrize("kind", StartTls)
def test_a_server_without_a_word_does_not_hold_us(kind: StartTls) -> None:
    with scripted(then=wait) as port:
        evidence = attempt(port, Opening(starttls=kind), limits=SHORT)
    assert evidence.fault is NetworkFault.STARTTLS_REFUSED
    assert evidence.fault_text == "it says nothing before TLS"


@pytest.mark.parametrize("kind", StartTls)
def test_an_endless_answer_is_cut_off(kind: StartTls) -> None:
    with scripted(then=pour) as port:
        evidence = starttls(port, kind)
    assert evidence.fault is NetworkFault.STARTTLS_REFUSED


def test_endless_lines_are_cut_off() -> None:
    with scripted(b"220-more\r\n" * 10_000) as port:
        evidence = starttls(port, S.SMTP)
    assert evidence.fault_text == "its answer does not end"


def test_a_slow_drip_ends_with_the_handshakes_time() -> None:
    with scripted(b"2", b"2", then=wait) as port:
        evidence = attempt(port, Opening(starttls=S.SMTP), limits=SHORT)
    assert evidence.fault is NetworkFault.STARTTLS_REFUSED


def test_plain_text_behind_the_go_ahead_is_no_part_of_tls() -> None:
    """CVE-2011-0411: what somebody slipped in must not count as said inside TLS."""
    says = (b"220 a\r\n", None, b"250 STARTTLS\r\n", None, b"220 go\r\n250 injected\r\n")
    with scripted(*says) as port:
        evidence = starttls(port, S.SMTP)
    assert evidence.fault is NetworkFault.STARTTLS_REFUSED
    assert "14 bytes more in plain text" in evidence.fault_text
    assert not evidence.messages


def test_time_spent_before_tls_is_taken_from_the_handshake() -> None:
    """One limit for both: a server cannot have it twice."""
    says = (b"220 a\r\n", None, b"250 STARTTLS\r\n", None, b"220 go\r\n")
    limits = Limits(connect=2, handshake=0.3)
    with scripted(*says, then=wait) as port:
        evidence = attempt(port, Opening(starttls=S.SMTP), limits=limits)
    assert (evidence.fault, evidence.end) == (None, End.TIMED_OUT)


def test_tls_at_once_where_plain_text_was_expected(tmp_path: Path) -> None:
    """As when somebody chooses STARTTLS for port 465: both wait for the other."""
    with scripted(then=wait) as port:
        result = judge(attempt(port, Opening(starttls=S.SMTP), limits=SHORT))
    assert "without STARTTLS" in result.problems[0].fix
