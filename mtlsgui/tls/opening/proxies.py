"""Proxies: how they are written, HTTP CONNECT (RFC 9110, 9.3.6), SOCKS5 (RFC 1928, RFC 1929)."""

import base64
import ipaddress
import re
from urllib.parse import unquote, urlsplit

from mtlsgui.errors import MtlsguiError
from mtlsgui.tls.dialogue import Dialogue, Heard, Refused, Send, exactly, until, words
from mtlsgui.tls.question import Proxy, ProxyKind, Target, bracketed
from mtlsgui.tls.server_names import is_address

_KINDS = {
    "http": (ProxyKind.HTTP, 8080),
    "socks5": (ProxyKind.SOCKS5, 1080),
    "socks5h": (ProxyKind.SOCKS5, 1080),
}
_LONGEST = 255  # RFC 1929, section 2: a length is one byte
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?: ([^\r\n]*))?")
_HTTP_REFUSALS = {
    "400": "it does not understand the request",
    "401": "it wants a name and password",
    "403": "it does not let this target through",
    "404": "it knows no such target",
    "405": "it is no proxy, or lets no TLS through",
    "407": "it wants a name and password, or others than these",
    "429": "it takes no more requests from here",
    "500": "it failed",
    "502": "it does not reach the target",
    "503": "it cannot serve now, or does not reach the target",
    "504": "the target does not answer it",
}
_NO_AUTHENTICATION, _BY_PASSWORD, _NONE_ACCEPTABLE = 0, 2, 0xFF
_SOCKS_REPLIES = {
    1: "it failed",
    2: "its rules do not let this target through",
    3: "it does not reach the target's network",
    4: "it does not reach the target's host",
    5: "the target refuses the connection: nothing listens there",
    6: "the target does not answer it (TTL expired)",
    7: "it does not know the command CONNECT",
    8: "it does not know this type of address",
}


class ProxyUnreadable(MtlsguiError):
    """What was typed is no proxy."""


def parse_proxy(text: str) -> Proxy:
    """A proxy as curl takes it: "http://user:password@host:port", "socks5://host".

    A host and port alone mean HTTP. Ports that are not named: 8080, and 1080 for SOCKS.
    Raises ProxyUnreadable, which never shows the password.
    """
    before, sign, after = text.strip().partition("://")
    scheme, rest = (before, after) if sign else ("", before)
    kind, default = _KINDS.get(scheme.lower() if sign else "http", (None, 0))
    if kind is None:
        raise _unreadable(f"Its kind, “{scheme[:20]}”, is not among {', '.join(_KINDS)}.")
    try:
        parts = urlsplit(f"//{rest}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _unreadable("The port is not a number from 1 to 65535.") from None
    if port == 0:
        raise _unreadable("The port is not a number from 1 to 65535.")
    if not host or not re.fullmatch(r"[A-Za-z0-9._:%-]+", host):
        raise _unreadable("It has no host name or address.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if any(len(each.encode()) > _LONGEST for each in (user, password)):
        raise _unreadable("The name or the password is longer than 255 bytes.")
    if kind is ProxyKind.HTTP and ":" in user:
        raise _unreadable("A name for an HTTP proxy holds no colon.")
    return Proxy(kind, host, port or default, user, password)


def _unreadable(why: str) -> ProxyUnreadable:
    return ProxyUnreadable(
        "This is not the address of a proxy.",
        why,
        "Type http://host:port or socks5://host:port, with user:password@ before the host "
        "where the proxy wants that.",
    )


def through(proxy: Proxy, target: Target) -> Dialogue[None]:
    """Ask the proxy for a connection to the target, whose name it resolves."""
    ask = _http if proxy.kind is ProxyKind.HTTP else _socks5
    return ask(proxy, target)


def _http(proxy: Proxy, target: Target) -> Dialogue[None]:
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}", "User-Agent: mtlsgui"]
    if proxy.user:
        secret = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode("ascii")
        lines.append(f"Proxy-Authorization: Basic {secret}")
    note = f"to the proxy {bracketed(proxy.host)}:{proxy.port}"
    yield Send(f"CONNECT {target}", "\r\n".join((*lines, "", "")).encode(), note)
    answer = yield from until(b"\r\n\r\n")
    found = _STATUS.match(answer)
    if found is None:
        yield Heard("answer", len(answer), "this is no HTTP")
        raise Refused(f"it does not speak HTTP: “{words(answer[:80])}”")
    status, reason = found[1].decode(), words(found[2] or b"")
    said = f"HTTP {status} {reason}".strip()
    yield Heard(said, len(answer), "the proxy's answer")
    if not status.startswith("2"):
        why = _HTTP_REFUSALS.get(status, "it does not let this target through")
        if status == "407" and not proxy.user:
            why = "it wants a name and password"
        elif status == "407":
            why = "it does not take this name and password"
        raise Refused(f"{why} ({said})")


def _socks5(proxy: Proxy, target: Target) -> Dialogue[None]:
    methods = bytes((_NO_AUTHENTICATION, *((_BY_PASSWORD,) if proxy.user else ())))
    note = f"to the proxy {bracketed(proxy.host)}:{proxy.port}"
    yield Send("SOCKS5 greeting", b"\x05" + bytes((len(methods),)) + methods, note)
    version, method = yield from exactly(2)
    if version != 5:
        yield Heard("answer", 2, "this is no SOCKS5")
        raise Refused("it does not speak SOCKS5")
    chosen = {_NO_AUTHENTICATION: "no authentication", _BY_PASSWORD: "name and password"}
    yield Heard("SOCKS5 method", 2, chosen.get(method, "none of these"))
    if method == _BY_PASSWORD and proxy.user:
        yield from _log_in(proxy)
    elif method != _NO_AUTHENTICATION:
        wants = "takes no authentication that we know" if proxy.user else "wants authentication"
        raise Refused(f"it {wants} (method {method})")
    yield Send(f"CONNECT {target}", b"\x05\x01\x00" + _address(target))
    version, reply, _, kind = yield from exactly(4)
    if version != 5:
        raise Refused("it does not speak SOCKS5")
    said = _SOCKS_REPLIES.get(reply, f"it says {reply}")
    if reply:
        yield Heard(f"SOCKS5 reply {reply}", 4, said)
        raise Refused(said)
    sizes = {1: 4, 4: 16}
    size = sizes.get(kind) or (yield from exactly(1))[0]
    rest = yield from exactly(size + 2)
    yield Heard("SOCKS5 reply 0", 4 + len(rest), "connected")


def _log_in(proxy: Proxy) -> Dialogue[None]:
    name, password = proxy.user.encode(), proxy.password.encode()
    credentials = bytes((len(name),)) + name + bytes((len(password),)) + password
    yield Send("SOCKS5 name and password", b"\x01" + credentials)
    _, status = yield from exactly(2)
    yield Heard("SOCKS5 authentication", 2, "not taken" if status else "taken")
    if status:
        raise Refused("it does not take this name and password")


def _address(target: Target) -> bytes:
    """RFC 1928, section 5: an address by its bytes, a name for the proxy to resolve."""
    if is_address(target.host) and "%" not in target.host:
        address = ipaddress.ip_address(target.host)
        place = (b"\x01" if address.version == 4 else b"\x04") + address.packed
    else:
        name = target.host.encode("ascii")
        place = b"\x03" + bytes((len(name),)) + name
    return place + target.port.to_bytes(2, "big")
