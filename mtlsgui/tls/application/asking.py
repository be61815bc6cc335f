"""The first words of each protocol inside TLS, and what the answer says of the client.

accepted is about the client's certificate alone: a server that asks for a password has let the
client in. Where the answer has other reasons, it is None and the text says what.
"""

from collections.abc import Callable

from mtlsgui.tls.application import databases
from mtlsgui.tls.application.said import Said, about_certificates
from mtlsgui.tls.dialogue import Dialogue, Heard, Send, exactly, line, words
from mtlsgui.tls.opening import ldap, lines, xmpp
from mtlsgui.tls.question import Protocol, Target

_LDAP_BIND = bytes.fromhex("300c020101600702010304008000")
_BIND_RESPONSE = 0x61
_MQTT_CONNECT = bytes.fromhex("100c00044d51545404020005") + b"\0\0"
_MQTT_CODES = {
    0: "connection accepted",
    1: "unacceptable protocol version",
    2: "identifier rejected",
    3: "server unavailable",
    4: "bad user name or password",
    5: "not authorized",
}

ASKED = {
    Protocol.SMTP: "EHLO",
    Protocol.IMAP: "CAPABILITY",
    Protocol.POP3: "CAPA",
    Protocol.FTP: "FEAT",
    Protocol.XMPP: "stream header",
    Protocol.LDAP: "anonymous bind",
    Protocol.POSTGRES: "StartupMessage",
    Protocol.MYSQL: "login packet",
    Protocol.REDIS: "PING",
    Protocol.MQTT: "CONNECT",
}
"""What is sent, for people."""


def ask(protocol: Protocol, target: Target, *, greeted: bool) -> Dialogue[Said] | None:
    """The dialogue; None for HTTP and for nothing.

    greeted: the server has said its greeting before TLS, and does not say it again.
    """
    talks: dict[Protocol, Callable[[], Dialogue[Said]]] = {
        Protocol.SMTP: lambda: _replies(b"EHLO [127.0.0.1]\r\n", "EHLO", greeted=greeted),
        Protocol.FTP: lambda: _replies(b"FEAT\r\n", "FEAT", greeted=greeted),
        Protocol.IMAP: lambda: _imap(greeted=greeted),
        Protocol.POP3: lambda: _pop3(greeted=greeted),
        Protocol.XMPP: lambda: _xmpp(target),
        Protocol.LDAP: _ldap,
        Protocol.POSTGRES: databases.postgres,
        Protocol.MYSQL: lambda: databases.mysql(greeted=greeted),
        Protocol.REDIS: _redis,
        Protocol.MQTT: _mqtt,
    }
    made = talks.get(protocol)
    return made() if made else None


def _replies(command: bytes, name: str, *, greeted: bool) -> Dialogue[Said]:
    """SMTP and FTP. Postfix refuses certificates here, by 421 or 454."""
    if not greeted:
        greeting = yield from lines.reply()
        if not greeting[0].startswith(b"220"):
            return _of_reply(greeting)
    yield Send(name, command)
    return _of_reply((yield from lines.reply()))


def _of_reply(found: list[bytes]) -> Said:
    """A refusal may be about the certificate; any other says that there is a conversation."""
    text = b"".join(found)
    if found[0][:1] in (b"4", b"5"):
        if about_certificates(text):
            return Said(accepted=False, text=text)
        shut = found[0].startswith((b"421", b"454", b"530", b"550", b"554"))
        return Said(accepted=None if shut else True, text=text)
    return Said(accepted=True, text=text)


def _imap(*, greeted: bool) -> Dialogue[Said]:
    """RFC 9051, 7.1."""
    if not greeted:
        first = yield from line()
        yield Heard("greeting", len(first), words(first))
        if not first.upper().startswith((b"* OK", b"* PREAUTH")):
            return Said(accepted=None if not about_certificates(first) else False, text=first)
    yield Send("CAPABILITY", b"b1 CAPABILITY\r\n")
    found = yield from lines.tagged(b"b1")
    if not found[-1].upper().startswith(b"B1 OK"):
        return _otherwise(b"".join(found))
    offered = [name.upper() for each in found for name in each.split()]
    mechanism = _mechanism([each.removeprefix(b"AUTH=") for each in offered])
    if mechanism:
        refusal = yield from _begin_login(b"b2 AUTHENTICATE " + mechanism + b"\r\n")
        if refusal:
            return Said(accepted=False, text=refusal)
    return Said(accepted=True, text=b"".join(found))


def _mechanism(offered: list[bytes]) -> bytes:
    """One whose first message is the client's, so that a login can be begun and left."""
    return next((each for each in (b"EXTERNAL", b"PLAIN") if each in offered), b"")


def _begin_login(command: bytes) -> Dialogue[bytes]:
    """Begin a login and leave it (RFC 4422, 3.5): Dovecot tells only then that it wants another
    certificate. Gives the refusal over a certificate; empty where there is none.
    """
    yield Send("AUTH", command, "begun, and left again")
    answer = yield from line()
    yield Heard("answer", len(answer), words(answer))
    if answer.startswith(b"+") and not answer.upper().startswith(b"+OK"):
        yield Send("*", b"*\r\n")
        answer = yield from line()
        yield Heard("answer", len(answer), words(answer))
    refused = answer.upper().startswith((b"B2 NO", b"-ERR", b"* BYE"))
    return answer if refused and about_certificates(answer) else b""


def _pop3(*, greeted: bool) -> Dialogue[Said]:
    if not greeted:
        first = yield from line()
        yield Heard("greeting", len(first), words(first))
        if not first.startswith(b"+OK"):
            return _otherwise(first)
    yield Send("CAPA", b"CAPA\r\n")
    found = b"".join((yield from lines.listed()))
    if about_certificates(found) and found.startswith(b"-ERR"):
        return Said(accepted=False, text=found)
    offered = [name for each in found.upper().splitlines() for name in each.split()]
    mechanism = _mechanism(offered) if b"SASL" in offered else b""
    if mechanism:
        refusal = yield from _begin_login(b"AUTH " + mechanism + b"\r\n")
        if refusal:
            return Said(accepted=False, text=refusal)
    return Said(accepted=True, text=found)


def _otherwise(text: bytes) -> Said:
    """A no: over the certificate, or it cannot be told over what."""
    return Said(accepted=False if about_certificates(text) else None, text=text)


def _xmpp(target: Target) -> Dialogue[Said]:
    yield xmpp.stream(target)
    answer = yield from xmpp.features()
    if b"<stream:error" not in answer:
        return Said(accepted=True, text=answer)
    return _otherwise(answer)


def _ldap() -> Dialogue[Said]:
    """An anonymous bind (RFC 4511, 4.2). That a name is wanted is no refusal."""
    yield Send("BindRequest", _LDAP_BIND)
    code, text = yield from ldap.response(_BIND_RESPONSE)
    wants_name = (0, 8, 48, 49, 53)
    if code not in wants_name and about_certificates(text.encode()):
        return Said(accepted=False, text=text.encode())
    return Said(accepted=True if code in wants_name else None, text=text.encode())


def _redis() -> Dialogue[Said]:
    """An inline command (Redis' protocol): -NOAUTH asks for a password, and so has let us in."""
    yield Send("PING", b"PING\r\n")
    answer = yield from line()
    yield Heard("answer", len(answer), words(answer))
    let_in = answer.startswith((b"+", b"-NOAUTH", b"-NOPERM", b"-LOADING", b"-MASTERDOWN"))
    return Said(accepted=True, text=answer) if let_in else _otherwise(answer)


def _mqtt() -> Dialogue[Said]:
    """MQTT 3.1.1, 3.1 and 3.2: no client identifier, a clean session, five seconds to live."""
    yield Send("CONNECT", _MQTT_CONNECT)
    head = yield from exactly(4)
    if head[:2] != b"\x20\x02":
        yield Heard("answer", 4, "this is no MQTT")
        return Said(accepted=None, text=b"an answer that is no CONNACK")
    text = f"CONNACK {head[3]}: {_MQTT_CODES.get(head[3], 'unknown')}"
    yield Heard("CONNACK", 4, text)
    # 4 and 5 are said of passwords, and by brokers that take the name from the certificate
    return Said(accepted=None if head[3] in (4, 5) else True, text=text.encode())
