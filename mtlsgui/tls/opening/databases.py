"""PostgreSQL (SSLRequest) and MySQL (the handshake's SSL request) go over to TLS, by the chapters
on the protocol in their manuals.
"""

from dataclasses import dataclass

from mtlsgui.tls.dialogue import Dialogue, Heard, Refused, Send, exactly, until, words

_SSL_REQUEST = bytes.fromhex("0000000804d2162f")
_MOST = 65_536
_CLIENT_LONG_PASSWORD, _CLIENT_PROTOCOL_41, _CLIENT_SSL = 0x1, 0x200, 0x800
_CLIENT_SECURE_CONNECTION, _CLIENT_PLUGIN_AUTH = 0x8000, 0x80000
CAPABILITIES = (
    _CLIENT_LONG_PASSWORD | _CLIENT_PROTOCOL_41 | _CLIENT_SECURE_CONNECTION | _CLIENT_PLUGIN_AUTH
)
_UTF8 = 45  # utf8mb4_general_ci


def postgres() -> Dialogue[None]:
    yield Send("SSLRequest", _SSL_REQUEST)
    answer = yield from exactly(1)
    if answer == b"S":
        yield Heard("S", 1, "willing")
    elif answer == b"N":
        yield Heard("N", 1, "unwilling")
        raise Refused("it is not set up for TLS (it answers N)")
    elif answer == b"E":
        said = yield from error(answer)
        raise Refused(said.message)
    else:
        yield Heard("answer", 1, "this is no PostgreSQL")
        raise Refused("it does not speak PostgreSQL's protocol")


@dataclass(frozen=True, slots=True)
class ServerError:
    """PostgreSQL's ErrorResponse. code: SQLSTATE."""

    code: str
    message: str


def error(kind: bytes) -> Dialogue[ServerError]:
    """The rest of an ErrorResponse whose first byte was read.

    Before a startup packet very old servers answer with a line in place of a length and fields.
    """
    size = yield from exactly(4)
    length = int.from_bytes(size, "big") - 4
    if not 0 <= length <= _MOST:
        text = size + (yield from until(b"\0"))
        yield Heard("ErrorResponse", len(kind + text), words(text))
        return ServerError("", words(text))
    body = yield from exactly(length)
    fields = {each[:1]: words(each[1:]) for each in body.split(b"\0") if each}
    made = ServerError(fields.get(b"C", ""), fields.get(b"M", ""))
    yield Heard("ErrorResponse", 5 + length, f"{fields.get(b'S', '')}: {made.message}")
    return made


def packet() -> Dialogue[tuple[int, bytes]]:
    """MySQL: the number of a packet and what is in it."""
    head = yield from exactly(4)
    size = int.from_bytes(head[:3], "little")
    if size > _MOST:
        raise Refused("it does not speak MySQL's protocol")
    return head[3], (yield from exactly(size))


def mysql() -> Dialogue[None]:
    number, _ = yield from mysql_greeting(with_tls=True)
    yield Send("SSLRequest", framed(number + 1, login_start(CAPABILITIES | _CLIENT_SSL)))


def mysql_greeting(*, with_tls: bool) -> Dialogue[tuple[int, bytes]]:
    """The server's first packet: its number and content. Raises Refused."""
    number, body = yield from packet()
    if body[:1] == b"\xff":
        yield Heard("error", 4 + len(body), mysql_error(body))
        raise Refused(mysql_error(body))
    end = body.find(b"\0", 1)
    if body[:1] != b"\x0a" or end < 0 or len(body) < end + 16:
        yield Heard("answer", 4 + len(body), "this is no MySQL")
        raise Refused("it does not speak MySQL's protocol")
    yield Heard("greeting", 4 + len(body), words(body[1:end]))
    low = int.from_bytes(body[end + 14 : end + 16], "little")  # after thread id, salt and a zero
    if with_tls and not low & _CLIENT_SSL:
        raise Refused("it is not set up for TLS (it does not offer CLIENT_SSL)")
    return number, body


def framed(number: int, body: bytes) -> bytes:
    return len(body).to_bytes(3, "little") + bytes((number % 256,)) + body


def login_start(capabilities: int) -> bytes:
    """What an SSL request and a login packet have in common."""
    return (
        capabilities.to_bytes(4, "little")
        + (1 << 24).to_bytes(4, "little")
        + bytes((_UTF8,))
        + bytes(23)
    )


def mysql_error(body: bytes) -> str:
    """ERR_Packet: number, perhaps a state, text."""
    number, text = int.from_bytes(body[1:3], "little"), body[3:]
    return f"{words(text[6:] if text[:1] == b'#' else text)} ({number})"
