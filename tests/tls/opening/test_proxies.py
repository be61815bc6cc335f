"""Proxies: real ones, those that refuse, and how they are written."""

from __future__ import annotations

import base64
import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from mtlsgui.tls.evidence import Evidence, NetworkFault
from mtlsgui.tls.opening import ProxyUnreadable, parse_proxy
from mtlsgui.tls.probe import judge
from mtlsgui.tls.question import (
    IpFamily,
    Opening,
    Protocol,
    Proxy,
    ProxyKind,
    ProxyProtocol,
    StartTls,
)
from mtlsgui.tls.result import Outcome
from tests.integration.programs import needs
from tests.tls.opening import services
from tests.tls.opening.asking import (
    SHORT,
    attempt,
    hang_up,
    names,
    pour,
    scripted,
    wait,
)
from tests.tls.papers import HOST, Paper, world
from tests.tls.servers import free_port, python_ssl
from tests.tls.serving.support import running, settings

GOOD = world().servers["good"]


def by(kind: ProxyKind, port: int, user: str = "", password: str = "") -> Opening:
    return Opening(proxy=Proxy(kind, "127.0.0.1", port, user, password))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with python_ssl(tmp_path_factory.mktemp("server"), GOOD) as port:
        yield port


@pytest.mark.integration
@needs("tinyproxy", "tinyproxy")
def test_http_with_tinyproxy(tmp_path: Path, server: int) -> None:
    with services.tinyproxy(tmp_path, login="me tr0ub4dor") as port:
        good = attempt(server, by(ProxyKind.HTTP, port, "me", "tr0ub4dor"), Protocol.HTTP)
        wrong = attempt(server, by(ProxyKind.HTTP, port, "me", "hunter2"))
        without = attempt(server, by(ProxyKind.HTTP, port))
    assert good.http is not None
    assert good.http.status == 200
    assert names(good)[0] == f"CONNECT 127.0.0.1:{server}"
    for refused in (wrong, without):
        assert refused.fault is NetworkFault.PROXY_REFUSED
        assert refused.opening[-1].failed
        assert [each.code for each in judge(refused).errors] == ["proxy_refused"]
    assert "tr0ub4dor" not in repr(good)
    assert "hunter2" not in repr(wrong) + repr(judge(wrong))


@pytest.mark.integration
@needs("danted", "dante-server")
def test_socks_with_dante(tmp_path: Path, server: int) -> None:
    with services.danted(tmp_path) as port:
        good = attempt(server, by(ProxyKind.SOCKS5, port), Protocol.HTTP)
        closed = attempt(free_port(), by(ProxyKind.SOCKS5, port))
    assert good.http is not None
    assert good.http.status == 200
    assert (closed.fault, closed.fault_text) == (
        NetworkFault.PROXY_REFUSED,
        "the target refuses the connection: nothing listens there",
    )


@pytest.mark.integration
@services.needs_postgres
@needs("tinyproxy", "tinyproxy")
def test_starttls_behind_a_proxy(tmp_path: Path) -> None:
    with (
        services.postgres(tmp_path / "postgres", GOOD) as target,
        services.tinyproxy(tmp_path) as port,
    ):
        opening = Opening(by(ProxyKind.HTTP, port).proxy, starttls=StartTls.POSTGRES)
        evidence = attempt(target, opening, Protocol.POSTGRES)
    assert names(evidence)[-2:] == ["SSLRequest", "S"]
    assert evidence.application is not None
    assert evidence.application.accepted is True


def test_the_proxy_itself_cannot_be_reached() -> None:
    evidence = attempt(1, by(ProxyKind.HTTP, free_port()))
    assert evidence.fault is NetworkFault.PROXY_UNREACHABLE
    result = judge(evidence)
    assert result.outcome is Outcome.UNREACHABLE
    assert [each.code for each in result.errors] == ["proxy_refused"]


@dataclass(frozen=True)
class Case:
    kind: ProxyKind
    says: tuple[bytes | None, ...]
    told: str


HTTP, SOCKS = ProxyKind.HTTP, ProxyKind.SOCKS5
_CHOSEN = (None, b"\x05\0", None)
_REST = b"\0\x01\0\0\0\0\0\0"
CASES = [
    Case(HTTP, (None, b"HTTP/1.1 407 Who?\r\n\r\n"), "does not take this name and password"),
    Case(HTTP, (None, b"HTTP/1.0 403 Filtered\r\n\r\n"), "does not let this target through"),
    Case(HTTP, (None, b"HTTP/1.1 502 Bad Gateway\r\n\r\n"), "does not reach the target"),
    Case(HTTP, (None, b"HTTP/1.1 504 Timeout\r\n\r\n"), "the target does not answer it"),
    Case(HTTP, (None, b"SSH-2.0-x\r\n\r\n"), "does not speak HTTP"),
    Case(HTTP, (None, b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 9_000), "more than this protocol"),
    Case(SOCKS, (None, b"HT"), "does not speak SOCKS5"),
    Case(SOCKS, (None, b"\x05\xff"), "no authentication that we know"),
    Case(SOCKS, (None, b"\x05\x02", None, b"\x01\x01"), "does not take this name and password"),
    Case(SOCKS, (*_CHOSEN, b"\x05\x01" + _REST), "it failed"),
    Case(SOCKS, (*_CHOSEN, b"\x05\x02" + _REST), "its rules"),
    Case(SOCKS, (*_CHOSEN, b"\x05\x04" + _REST), "the target's host"),
    Case(SOCKS, (*_CHOSEN, b"\x05\x05" + _REST), "nothing listens there"),
    Case(SOCKS, (*_CHOSEN, b"\x05\x99" + _REST), "it says 153"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.told}")
def test_each_refusal_is_told_in_words(case: Case) -> None:
    with scripted(*case.says) as port:
        evidence = attempt(1, by(case.kind, port, "me", "secret"))
    assert evidence.fault is NetworkFault.PROXY_REFUSED
    assert case.told in evidence.fault_text
    assert evidence.opening[-1].failed
    assert evidence.connect_ms is not None


@pytest.mark.parametrize("kind", ProxyKind)
@pytest.mark.parametrize("then", [wait, pour, hang_up])
def test_no_proxy_holds_us(kind: ProxyKind, then: object) -> None:
    assert callable(then)
    with scripted(then=then) as port:
        evidence = attempt(1, by(kind, port), limits=SHORT)
    assert evidence.fault is NetworkFault.PROXY_REFUSED


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("name.test", b"\x03\x09name.test"),
        ("192.0.2.1", b"\x01" + ipaddress.ip_address("192.0.2.1").packed),
        ("2001:db8::1", b"\x04" + ipaddress.ip_address("2001:db8::1").packed),
    ],
)
def test_the_proxy_resolves_names(host: str, address: bytes) -> None:
    heard: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        connection.recv(100)
        connection.sendall(b"\x05\x02")
        heard.append(connection.recv(100))
        connection.sendall(b"\x01\0")
        heard.append(connection.recv(100))
        connection.sendall(b"\x05\x04\0\x03\x00")

    with scripted(then=serve) as port:
        attempt(443, by(ProxyKind.SOCKS5, port, "me", "secret"), host=host)
    assert heard == [b"\x01\x02me\x06secret", b"\x05\x01\0" + address + b"\x01\xbb"]


def test_http_is_asked_with_the_password_and_shows_none() -> None:
    heard: list[bytes] = []

    def serve(connection: socket.socket) -> None:
        heard.append(connection.recv(4_096))

    with scripted(then=serve) as port:
        evidence = attempt(443, by(ProxyKind.HTTP, port, "me", "s:é"), host="2001:db8::1")
    secret = base64.b64encode("me:s:é".encode())
    assert heard[0].startswith(b"CONNECT [2001:db8::1]:443 HTTP/1.1\r\nHost: [2001:db8::1]:443\r\n")
    assert b"Proxy-Authorization: Basic " + secret + b"\r\n" in heard[0]
    assert secret.decode() not in repr(evidence)


def test_what_comes_with_the_proxys_answer_is_the_servers() -> None:
    """A server that speaks first may be heard in one go with the proxy."""
    said = b"HTTP/1.1 200 OK\r\n\r\n220 good.test ESMTP\r\n"
    with scripted(None, said) as port:
        plain = attempt(1, by(ProxyKind.HTTP, port))
    with scripted(None, said, None, b"250 OK\r\n") as port:
        opening = Opening(by(ProxyKind.HTTP, port).proxy, starttls=StartTls.SMTP)
        asked = attempt(1, opening)
    assert judge(plain).outcome is Outcome.NOT_TLS
    assert asked.fault_text == "it does not offer STARTTLS"


@pytest.mark.integration
@pytest.mark.parametrize(
    "start",
    [
        pytest.param(services.haproxy, marks=needs("haproxy", "haproxy")),
        pytest.param(services.nginx, marks=needs("nginx", "nginx-light")),
    ],
)
@pytest.mark.parametrize("version", ProxyProtocol)
def test_the_proxy_protocol(
    tmp_path: Path,
    start: Callable[[Path, Paper], AbstractContextManager[int]],
    version: ProxyProtocol,
) -> None:
    with start(tmp_path, GOOD) as port:
        evidence = attempt(port, Opening(proxy_protocol=version), Protocol.HTTP)
        without = attempt(port)
    assert evidence.http is not None
    assert "from 127.0.0.1 to 127.0.0.1" in evidence.http.text
    assert names(evidence) == [f"PROXY {version}"]
    assert not without.established


@pytest.mark.integration
@needs("haproxy", "haproxy")
@needs("tinyproxy", "tinyproxy")
@pytest.mark.parametrize("version", ProxyProtocol)
def test_through_a_proxy_no_addresses_are_claimed(tmp_path: Path, version: ProxyProtocol) -> None:
    with (
        services.haproxy(tmp_path, GOOD) as target,
        services.tinyproxy(tmp_path) as port,
    ):
        opening = Opening(by(ProxyKind.HTTP, port).proxy, version)
        evidence = attempt(target, opening, Protocol.HTTP)
    assert evidence.established
    assert "no addresses" in evidence.opening[-1].note


# -- how proxies are written


@pytest.mark.parametrize(
    ("text", "proxy"),
    [
        ("proxy.test", Proxy(HTTP, "proxy.test", 8080)),
        ("proxy.test:3128", Proxy(HTTP, "proxy.test", 3128)),
        ("http://proxy.test:3128/", Proxy(HTTP, "proxy.test", 3128)),
        ("socks5://[::1]", Proxy(SOCKS, "::1", 1080)),
        ("SOCKS5H://me:p%40ss%3A@a:1", Proxy(SOCKS, "a", 1, "me", "p@ss:")),
    ],
)
def test_proxies_are_read(text: str, proxy: Proxy) -> None:
    assert parse_proxy(text) == proxy


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://secret@a",
        "socks4://a",
        "http://a:secret",
        "http://me:secret@",
        "http://me:secret@a:0",
        "http://me:secret@a:99999",
        "http://[::1",
        "http://me:secret@a b",
        "socks5://me:" + "secret" * 50 + "@a",
        "http://m%3Ae:secret@a",
    ],
)
def test_what_is_no_proxy_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(ProxyUnreadable) as caught:
        parse_proxy(text)
    assert caught.value.remedy
    assert "secret" not in str(caught.value)


def test_the_family_that_a_target_has_not() -> None:
    evidence: Evidence = attempt(1, Opening(family=IpFamily.IPV6))
    assert (evidence.fault, evidence.fault_text) == (
        NetworkFault.NOT_RESOLVED,
        "it has no IPv6 address, only IPv4",
    )


def test_a_name_with_ipv6_addresses_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name server alone is not the real one: none here knows such a name."""

    def resolve(host: str, port: int, **asked: int) -> list[tuple[object, ...]]:
        if asked["flags"] & socket.AI_NUMERICHOST:
            raise socket.gaierror(socket.EAI_NONAME, "not an address")
        assert host == HOST
        return [(socket.AF_INET6, asked["type"], 0, "", ("::1", port, 0, 0))]

    with running(replace(settings(), host="::1")) as at:
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        port = at.address[1]
        for family in (IpFamily.ANY, IpFamily.IPV6):
            evidence = attempt(port, Opening(family=family), Protocol.HTTP, host=HOST)
            assert evidence.http is not None
            assert evidence.http.status == 200
            assert evidence.name_error is False
        without = attempt(port, Opening(family=IpFamily.IPV4), host=HOST)
    assert (without.fault, without.fault_text) == (
        NetworkFault.NOT_RESOLVED,
        "it has no IPv4 address, only IPv6",
    )
    assert "IPv4" in judge(without).errors[0].explanation + judge(without).errors[0].title
