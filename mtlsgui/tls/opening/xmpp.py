"""XMPP goes over to TLS (RFC 6120, section 5)."""

import re
from xml.sax.saxutils import quoteattr

from mtlsgui.tls.dialogue import Dialogue, Heard, Refused, Send, Take, words
from mtlsgui.tls.question import Target

_TLS = "urn:ietf:params:xml:ns:xmpp-tls"
_SERVERS = 5269  # between servers (IANA)
_MOST = 8_192
_FEATURES = re.compile(
    rb"<stream:features\s*/>|</stream:features\s*>|</stream:error\s*>|</stream:stream\s*>"
)
_ANSWER = re.compile(rb"<(proceed|failure)\b[^>]*>|</stream:stream\s*>")


def stream(target: Target) -> Send:
    """The opening of a stream."""
    space = "jabber:server" if target.port == _SERVERS else "jabber:client"
    text = (
        f"<?xml version='1.0'?><stream:stream xmlns='{space}' "
        f"xmlns:stream='http://etherx.jabber.org/streams' "
        f"to={quoteattr(target.server_name)} version='1.0'>"
    )
    return Send("stream", text.encode(), f"to {target.server_name}")


def features() -> Dialogue[bytes]:
    """What the server says first: its features or its error."""
    answer = yield from _up_to(_FEATURES)
    failed = b"<stream:error" in answer
    yield Heard("stream error" if failed else "features", len(answer), condition(answer))
    return answer


def condition(answer: bytes) -> str:
    """The name of an error, and its text (RFC 6120, 4.9.2); empty where there is none."""
    _, found, rest = answer.partition(b"<stream:error")
    name = re.search(rb"<([a-z-]+)[^>]*urn:ietf:params:xml:ns:xmpp-streams", rest)
    text = re.search(rb"<text[^>]*>([^<]*)<", rest)
    parts = [words(each[1]) for each in (name, text) if each]
    return ": ".join(parts) or ("an error" if found else "")


def starttls(target: Target) -> Dialogue[None]:
    yield stream(target)
    offered = yield from features()
    if b"<stream:error" in offered:
        raise Refused(condition(offered))
    if _TLS.encode() not in offered:
        raise Refused("it does not offer STARTTLS")
    yield Send("starttls", f"<starttls xmlns='{_TLS}'/>".encode())
    answer = yield from _up_to(_ANSWER)
    yield Heard("proceed" if b"<proceed" in answer else "failure", len(answer))
    if b"<proceed" not in answer:
        raise Refused("it answers with a failure")


def _up_to(end: re.Pattern[bytes]) -> Dialogue[bytes]:
    def measure(data: bytes) -> int | None:
        found = end.search(data)
        return found.end() if found else None

    return (yield Take(measure, _MOST))
