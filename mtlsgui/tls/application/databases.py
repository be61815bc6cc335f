"""How PostgreSQL and MySQL let a client in after TLS, by the chapters on the protocol in their
manuals.
"""

from mtlsgui.tls.application.said import Said
from mtlsgui.tls.dialogue import Dialogue, Heard, Refused, Send, exactly
from mtlsgui.tls.opening.databases import (
    CAPABILITIES,
    error,
    framed,
    login_start,
    mysql_error,
    mysql_greeting,
    packet,
)

USER = "mtlsgui"
"""Who asks: a user that need not exist."""

_VERSION_3 = 196_608
_MOST = 65_536
_MOST_MESSAGES = 20
_REFUSALS = (
    "connection requires a valid client certificate",
    "certificate authentication failed for user",
)
_UNKNOWN_USER, _UNKNOWN_DATABASE, _WRONG_PASSWORD = "28000", "3D000", "28P01"
_PLUGIN = b"mysql_native_password\0"
_CLIENT_SSL = 0x800


def postgres() -> Dialogue[Said]:
    """Authentication is asked for once clientcert= of pg_hba.conf is content (auth.c)."""
    body = _VERSION_3.to_bytes(4, "big") + b"user\0" + USER.encode() + b"\0\0"
    yield Send("StartupMessage", (len(body) + 4).to_bytes(4, "big") + body)
    for _ in range(_MOST_MESSAGES):
        kind = yield from exactly(1)
        if kind == b"E":
            said = yield from error(kind)
            refused = said.message.startswith(_REFUSALS)
            # The database is looked for after the client was let in.
            let_in = said.code in (_UNKNOWN_DATABASE, _WRONG_PASSWORD)
            accepted = False if refused else True if let_in else None
            return Said(accepted, f"FATAL: {said.message} (SQLSTATE {said.code})".encode())
        size = int.from_bytes((yield from exactly(4)), "big") - 4
        if not 0 <= size <= _MOST:
            raise Refused("it does not speak PostgreSQL's protocol")
        content = yield from exactly(size)
        yield Heard(kind.decode("latin-1"), 5 + size)
        if kind == b"R":
            number = int.from_bytes(content[:4], "big")
            wants = "AuthenticationOk" if number == 0 else f"it asks for a password ({number})"
            return Said(accepted=True, text=wants.encode())
    raise Refused("its answer does not end")


def mysql(*, greeted: bool) -> Dialogue[Said]:
    """A login without a password. REQUIRE X509 is told like a wrong password: access denied."""
    number, capabilities = 1, CAPABILITIES | (_CLIENT_SSL if greeted else 0)
    if not greeted:  # TLS ends before the server, which knows nothing of it
        number, _ = yield from mysql_greeting(with_tls=False)
    login = login_start(capabilities) + USER.encode() + b"\0\0" + _PLUGIN
    yield Send("login", framed(number + 1, login))
    _, body = yield from packet()
    kind = body[:1]
    if kind == b"\xff":
        text = mysql_error(body)
        yield Heard("error", 4 + len(body), text)
        return Said(accepted=None, text=text.encode())
    yield Heard("OK" if kind == b"\0" else "authentication", 4 + len(body))
    asks = kind == b"\xfe"
    text = "it asks for a password" if asks else "OK"
    return Said(accepted=True, text=text.encode())
