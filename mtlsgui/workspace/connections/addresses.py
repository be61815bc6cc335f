"""Addresses of servers as people type and paste them."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import idna

from mtlsgui.errors import MtlsguiError
from mtlsgui.tls.application.ports import for_port, for_starttls
from mtlsgui.tls.question import Protocol, StartTls, Target

_DEFAULT_PORT = 443
_LONGEST_NAME = 253  # RFC 1035, section 2.3.4, as text


class TargetRefused(MtlsguiError):
    """What was typed is no address of a server."""


@dataclass(frozen=True, slots=True)
class Address:
    """What an address means.

    protocol: what is spoken inside TLS. path: what is asked for by HTTP. starttls: what begins in
    plain text, where the scheme says so.
    """

    target: Target
    protocol: Protocol
    path: str = "/"
    starttls: StartTls | None = None


@dataclass(frozen=True, slots=True)
class _Scheme:
    port: int
    protocol: Protocol = Protocol.NONE
    starttls: StartTls | None = None


def _opened(port: int, kind: StartTls) -> _Scheme:
    return _Scheme(port, for_starttls(kind), kind)


_SCHEMES = {
    "https": _Scheme(443, Protocol.HTTP),
    "wss": _Scheme(443, Protocol.HTTP),
    "http": _Scheme(80, Protocol.HTTP),
    "ldaps": _Scheme(636, Protocol.LDAP),
    "imaps": _Scheme(993, Protocol.IMAP),
    "pop3s": _Scheme(995, Protocol.POP3),
    "smtps": _Scheme(465, Protocol.SMTP),
    "ftps": _Scheme(990, Protocol.FTP),
    "mqtts": _Scheme(8883, Protocol.MQTT),
    "amqps": _Scheme(5671),
    "rediss": _Scheme(6379, Protocol.REDIS),
    "xmpps": _Scheme(5223, Protocol.XMPP),
    "smtp": _opened(25, StartTls.SMTP),
    "submission": _opened(587, StartTls.SMTP),
    "imap": _opened(143, StartTls.IMAP),
    "pop3": _opened(110, StartTls.POP3),
    "ftp": _opened(21, StartTls.FTP),
    "xmpp": _opened(5222, StartTls.XMPP),
    "ldap": _opened(389, StartTls.LDAP),
    "postgres": _opened(5432, StartTls.POSTGRES),
    "postgresql": _opened(5432, StartTls.POSTGRES),
    "mysql": _opened(3306, StartTls.MYSQL),
    "mariadb": _opened(3306, StartTls.MYSQL),
}


def parse_target(address: str, server_name: str = "", starttls: StartTls | None = None) -> Address:
    """The server that an address means.

    starttls: as chosen; it decides the port where none is typed, before the scheme does.
    Raises TargetRefused.
    """
    text = address.strip()
    if not text:
        raise TargetRefused("Type the address of a server.", "", "For example: api.example:443.")
    name, _, rest = text.rpartition("://")
    try:
        parts = urlsplit(f"//{_bracketed(rest)}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refused(text, "The port is not a number from 1 to 65535.") from None
    name = name.lower()
    if name and name not in _SCHEMES:
        known = ", ".join(sorted(_SCHEMES))
        raise _refused(text, f"“{name}” is not among {known}.")
    if not host or any(each.isspace() for each in text):
        raise _refused(text, "It has no host name or address.")
    if port == 0:
        raise _refused(text, "The port is not a number from 1 to 65535.")
    scheme = _SCHEMES.get(name) if name else None
    begun = starttls or (scheme.starttls if scheme else None)
    port = port or (scheme.port if scheme else _usual_port(begun))
    host = _ascii(host, text)
    path = parts.path or "/"
    if parts.query:
        path += f"?{parts.query}"
    wanted = _ascii(server_name.strip().rstrip("."), server_name) if server_name.strip() else host
    target = Target(host, port, wanted.rstrip("."))
    return Address(target, _protocol(scheme, begun, port), path, begun)


def without_credentials(address: str) -> str:
    """The address without the user and the password that a URL may carry: they are not kept."""
    scheme, divider, rest = address.rpartition("://")
    place, slash, path = rest.partition("/")
    port = place.rpartition(":")[2] if ":" in place and not place.endswith("]") else ""
    if "@" in path and "@" not in place and port and not port.isdecimal():
        return f"{scheme}{divider}{rest.rpartition('@')[2]}"  # a password with a slash in it
    return f"{scheme}{divider}{place.rpartition('@')[2]}{slash}{path}"


def without_password(proxy: str) -> tuple[str, str]:
    """A proxy's URL without the password in it, and that password."""
    scheme, divider, rest = proxy.strip().rpartition("://")
    credentials, at, place = rest.rpartition("@")
    user, _, password = credentials.partition(":")
    return f"{scheme}{divider}{user}{at}{place}", unquote(password)


def _protocol(scheme: _Scheme | None, starttls: StartTls | None, port: int) -> Protocol:
    if starttls is not None:
        return for_starttls(starttls)
    if scheme is not None:
        return scheme.protocol
    return for_port(port)


def _usual_port(starttls: StartTls | None) -> int:
    return _SCHEMES[starttls.value].port if starttls else _DEFAULT_PORT


def _bracketed(rest: str) -> str:
    """A bare IPv6 address gets its brackets: "::1" is one, "::1:443" is another."""
    host, slash, path = rest.partition("/")
    if host.count(":") > 1 and "@" not in host and not host.startswith("["):
        return f"[{host}]{slash}{path}"
    return rest


def _ascii(host: str, typed: str) -> str:
    """The name in the form that DNS and certificates use (IDNA 2008)."""
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise _refused(typed, f"“{host}” cannot be a host name: {error}.") from None
    if not host.isprintable() or " " in host:
        raise _refused(typed, "A name has no blanks and no control characters.")
    labels = host.removesuffix(".").split(".")
    if len(host) > _LONGEST_NAME or not all(0 < len(label) <= 63 for label in labels):
        raise _refused(typed, "A part of the name is empty, or longer than DNS takes.")
    return host


def _refused(typed: str, why: str) -> TargetRefused:
    return TargetRefused(
        f"“{without_credentials(typed)}” is not the address of a server.",
        why,
        "Type host:port, [IPv6 address]:port or a URL such as https://api.example/.",
    )
