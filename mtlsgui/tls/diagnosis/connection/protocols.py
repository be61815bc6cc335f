"""A port that speaks something other than TLS: what it is, and how TLS begins there."""

from dataclasses import dataclass

from mtlsgui.tls.evidence import Evidence
from mtlsgui.tls.messages import looks_like_tls
from mtlsgui.tls.question import StartTls
from mtlsgui.tls.result import Problem, Remedy, RemedyKind, Side

_MOST_SHOWN = 80
_PLAIN_HTTP = "plain HTTP"
_TO_HTTPS = (b"plain HTTP request was sent to HTTPS port", b"HTTP request to an HTTPS server")
"""What nginx, Apache and Go say to plain HTTP where they speak TLS."""


@dataclass(frozen=True, slots=True)
class _Greeting:
    """start: of what the server says. words: must be in it too. name: of the protocol."""

    start: bytes
    name: str
    starttls: tuple[StartTls, ...] = ()
    words: bytes = b""


_MAIL, _FILES = (StartTls.SMTP,), (StartTls.FTP,)
_GREETINGS = (
    _Greeting(b"HTTP/", _PLAIN_HTTP),
    _Greeting(b"SSH-", "SSH"),
    _Greeting(b"* OK", "IMAP without TLS", (StartTls.IMAP,)),
    _Greeting(b"* PREAUTH", "IMAP without TLS", (StartTls.IMAP,)),
    _Greeting(b"* BYE", "IMAP without TLS", (StartTls.IMAP,)),
    _Greeting(b"+OK", "POP3 without TLS", (StartTls.POP3,)),
    _Greeting(b"-ERR unknown command", "Redis without TLS"),
    _Greeting(b"-ERR Protocol error", "Redis without TLS"),
    _Greeting(b"-DENIED", "Redis without TLS"),
    _Greeting(b"-ERR", "Redis or POP3 without TLS", (StartTls.POP3,)),
    _Greeting(b"220", "SMTP without TLS", _MAIL, b"SMTP"),
    _Greeting(b"220", "FTP without TLS", _FILES, b"FTP"),
    _Greeting(b"220", "SMTP or FTP without TLS", (*_MAIL, *_FILES)),
    _Greeting(b"421", "SMTP or FTP without TLS", (*_MAIL, *_FILES)),
    _Greeting(b"554", "SMTP without TLS", _MAIL),
    _Greeting(b"500", "SMTP or FTP without TLS", (*_MAIL, *_FILES)),
    _Greeting(b"<stream:", "XMPP without TLS", (StartTls.XMPP,)),
    _Greeting(b"<?xml", "XMPP without TLS", (StartTls.XMPP,), b"stream"),
    _Greeting(b"<", _PLAIN_HTTP),
    _Greeting(b"E", "PostgreSQL without TLS", (StartTls.POSTGRES,), b"SFATAL"),
    _Greeting(b"AMQP", "AMQP without TLS"),
    _Greeting(b"INFO {", "NATS, which goes over to TLS after its first line"),
    _Greeting(b"RFB ", "VNC"),
    _Greeting(b"ERROR", "memcached without TLS"),
)
_MYSQL = _Greeting(b"", "MySQL without TLS", (StartTls.MYSQL,))
_BY_PORT = {
    21: StartTls.FTP,
    25: StartTls.SMTP,
    110: StartTls.POP3,
    143: StartTls.IMAP,
    389: StartTls.LDAP,
    587: StartTls.SMTP,
    2525: StartTls.SMTP,
    3306: StartTls.MYSQL,
    4190: None,
    5222: StartTls.XMPP,
    5269: StartTls.XMPP,
    5432: StartTls.POSTGRES,
}
"""Ports where TLS begins when it is asked for (IANA); some say nothing to those who do not."""


def spoken_instead(evidence: Evidence) -> str:
    """What the server speaks in place of TLS, in words; empty where it is TLS or unknown."""
    heard = _heard(evidence)
    if not heard:
        return ""
    found = _greeting(heard)
    return found.name if found else "something other than TLS"


def starttls_by_port(evidence: Evidence) -> tuple[Remedy, ...]:
    """To test again with the STARTTLS that the port is known for."""
    kind = _BY_PORT.get(evidence.question.target.port)
    if kind is None or evidence.question.opening.starttls is not None:
        return ()
    return (Remedy(RemedyKind.STARTTLS, names=(kind.value,)),)


def other_protocol(evidence: Evidence) -> Problem | None:
    """The port speaks something else, and how TLS is had there."""
    protocol = spoken_instead(evidence)
    if not protocol:
        return None
    heard = _heard(evidence)
    found = _greeting(heard)
    kinds = found.starttls if found else ()
    by_port = _BY_PORT.get(evidence.question.target.port)
    if by_port in kinds:
        kinds = (by_port,)
    fix = "Test the port on which it speaks TLS"
    if protocol == _PLAIN_HTTP:
        fix += ", often 443 or 8443, or switch TLS on for this one (nginx: listen … ssl)."
    elif kinds:
        names = " or ".join(each.label for each in kinds)
        fix = f"Test again with STARTTLS for {names}, which begins TLS when asked; or {_port(fix)}"
    else:
        fix += "."
    if evidence.question.opening.proxy_protocol is not None:
        fix = (
            "Test without the PROXY protocol's header, which was sent first: a server that does "
            f"not expect it answers so. Else {_port(fix).removesuffix('.')}"
        )
    line = _first_line(heard)
    said = f" It said: “{line}”" + ("" if line.endswith(".") else ".") if line else ""
    return Problem(
        "not_tls",
        Side.NETWORK,
        f"Port {evidence.question.target.port} does not speak TLS",
        f"It answered with {protocol}.{said}",
        fix,
        remedies=tuple(Remedy(RemedyKind.STARTTLS, names=(each.value,)) for each in kinds),
    )


def _port(fix: str) -> str:
    return f"{fix[0].lower()}{fix[1:]}."


def _heard(evidence: Evidence) -> bytes:
    """What the server said that is no TLS: at once, or to plain HTTP after it was silent."""
    plain = evidence.plain_answer
    if plain:
        # A TLS server answers plain HTTP by an alert, or in words of its own.
        is_tls = looks_like_tls(plain) or any(each in plain for each in _TO_HTTPS)
        return b"" if is_tls else plain
    return b"" if looks_like_tls(evidence.first_bytes) else evidence.first_bytes


def _greeting(heard: bytes) -> _Greeting | None:
    if heard[3:5] in (b"\0\x0a", b"\0\xff"):  # packet 0: protocol version 10, or an error
        return _MYSQL
    text = heard.lstrip()
    for each in _GREETINGS:
        if text.startswith(each.start) and each.words in text:
            return each
    return None


def _first_line(heard: bytes) -> str:
    """The first line, where it is text."""
    line = heard.strip().splitlines()[0] if heard.strip() else b""
    try:
        text = line.decode("ascii")
    except UnicodeDecodeError:
        return ""
    if not text.isprintable():
        return ""
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
