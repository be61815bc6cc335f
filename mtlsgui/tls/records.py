"""Every TLS message, read from the records that pass: by public means only.

The fall-back of `trace.py`. OpenSSL's key log gives the secrets of this one connection, which live
no longer than the trace, and the records are decrypted with them (RFC 8446, section 5; RFC 5246,
section 6). In TLS 1.2 that is AEAD ciphers and AES-CBC; of others, and before TLS 1.2, what follows
ChangeCipherSpec is one message that says so.
"""

from collections.abc import Callable

from OpenSSL import SSL

from mtlsgui.tls.keylog import KeyLog
from mtlsgui.tls.messages import (
    TLS_1_2,
    TLS_1_3,
    Detail,
    Message,
    ServerHello,
    Speaker,
    keep,
    read_alert,
    read_handshake,
)
from mtlsgui.tls.protection import (
    AnyProtection,
    Suite,
    UnknownProtection,
    next_secret,
    of_master,
    of_secret,
)
from mtlsgui.tls.registries import VERSIONS

_CHANGE, _ALERT, _HANDSHAKE, _DATA = 20, 21, 22, 23
_HEADER = 5
_FINISHED, _KEY_UPDATE = 20, 24
UNREADABLE = "Encrypted record"
"""Stands for everything that follows in one direction and cannot be read."""
_NUMBERS = {name: number for number, name in VERSIONS.items()}
_RANDOM = slice(6, 38)
"""Of a hello, after its header and version."""


class _Way:
    """One direction of the connection."""

    def __init__(self, sender: Speaker) -> None:
        self.sender = sender
        self.records = bytearray()
        self.handshake = bytearray()
        self.random = b""
        self.label = ""
        """Of the traffic secret in use in TLS 1.3."""
        self.protection: AnyProtection | None = None
        self.is_protected = False
        self.is_lost = False


class RecordTrace:
    """Collects the messages of one connection. Give it all bytes by `received` and `sent`.

    elapsed: milliseconds since it began. keylog: is handed the secrets too.
    side: whose messages are those that we write.
    """

    def __init__(
        self,
        context: SSL.Context,
        elapsed: Callable[[], float],
        keylog: KeyLog | None = None,
        side: Speaker = "client",
    ) -> None:
        self.messages: list[Message] = []
        self._elapsed = elapsed
        self._keylog = keylog
        self._secrets: dict[str, bytes] = {}
        self._version = TLS_1_2
        self._suite: Suite | None = None
        self._mac_last = False
        self._client, self._server = _Way("client"), _Way("server")
        is_client = side == "client"
        self._ours = self._client if is_client else self._server
        self._theirs = self._server if is_client else self._client
        context.set_keylog_callback(self._note_secret)

    def check(self) -> None:
        """Nothing goes wrong unseen here."""

    def received(self, data: bytes) -> None:
        """What came from the other side, after OpenSSL has taken it."""
        self._follow(self._theirs, data)

    def sent(self, data: bytes) -> None:
        """What OpenSSL gave to be sent."""
        self._follow(self._ours, data)

    def _note_secret(self, _connection: SSL.Connection, line: bytes) -> None:
        label, _, secret = line.decode("ascii").split(" ")
        self._secrets[label] = bytes.fromhex(secret)
        if self._keylog is not None:
            self._keylog.write(line)

    def _follow(self, way: _Way, data: bytes) -> None:
        if way.is_lost:
            return
        way.records += data
        while len(way.records) >= _HEADER and not way.is_lost:
            header = bytes(way.records[:_HEADER])
            end = _HEADER + int.from_bytes(header[3:], "big")
            if len(way.records) < end:
                return
            body = bytes(way.records[_HEADER:end])
            del way.records[:end]
            self._record(way, header, body)

    def _record(self, way: _Way, header: bytes, body: bytes) -> None:
        kind, content = header[0], body
        is_tls13 = self._version >= TLS_1_3
        if kind == _CHANGE:
            if not is_tls13:  # where it means nothing (RFC 8446, D.4)
                way.is_protected, way.protection = True, None
            return
        if way.is_protected or (is_tls13 and kind == _DATA):
            protection = way.protection or self._protection(way)
            opened = protection.open(header, body) if protection else None
            if opened is None:
                way.is_lost = True
                self._add(way, UNREADABLE, len(body), None)
                return
            way.protection = protection
            kind, content = opened
        if kind == _ALERT and len(content) >= 2:
            self._add(way, "Alert", 2, read_alert(content, version=self._version))
        elif kind == _HANDSHAKE:
            way.handshake += content
            self._handshake(way)

    def _protection(self, way: _Way) -> AnyProtection | None:
        if self._suite is None:
            return None
        if self._version >= TLS_1_3:
            secret = self._secrets.get(way.label)
            return of_secret(self._suite, secret) if secret else None
        master = self._secrets.get("CLIENT_RANDOM")
        if master is None:
            return None
        randoms = (self._client.random, self._server.random)
        both = of_master(self._suite, master, randoms, mac_last=self._mac_last)
        return both[0] if way is self._client else both[1]

    def _handshake(self, way: _Way) -> None:
        while len(way.handshake) >= 4:
            end = 4 + int.from_bytes(way.handshake[1:4], "big")
            if len(way.handshake) < end:
                return
            message = bytes(way.handshake[:end])
            del way.handshake[:end]
            name, detail = read_handshake(message, version=self._version)
            self._add(way, name, len(message), detail)
            if message[0] in (1, 2):
                way.random = message[_RANDOM]
            if isinstance(detail, ServerHello):
                self._version = _NUMBERS.get(detail.version, TLS_1_2)
                if name == "ServerHello":
                    self._agree(detail)
            elif self._version >= TLS_1_3 and message[0] == _FINISHED:
                label = f"{way.sender.upper()}_TRAFFIC_SECRET_0"
                if way.label != label:  # as it is where a certificate was asked for late
                    self._change(way, label)
            elif self._version >= TLS_1_3 and message[0] == _KEY_UPDATE and self._suite:
                self._secrets[way.label] = next_secret(self._suite, self._secrets[way.label])
                way.protection = None

    def _agree(self, hello: ServerHello) -> None:
        self._mac_last = "encrypt_then_mac" in hello.extensions
        try:
            self._suite = Suite.named(hello.cipher_suite)
        except UnknownProtection:
            self._suite = None
        if self._version < TLS_1_2:  # whose keys are derived otherwise
            self._suite = None
        if self._version >= TLS_1_3:
            for way in (self._client, self._server):
                self._change(way, f"{way.sender.upper()}_HANDSHAKE_TRAFFIC_SECRET")

    def _change(self, way: _Way, label: str) -> None:
        self._secrets.pop(way.label, None)
        way.label, way.protection = label, None

    def _add(self, way: _Way, name: str, size: int, detail: Detail | None) -> None:
        keep(self.messages, Message(name, way.sender, size, self._elapsed(), detail))
