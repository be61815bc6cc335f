"""LDAP goes over to TLS by an extended operation (RFC 4511, 4.14)."""

from mtlsgui.tls.dialogue import Dialogue, Heard, Refused, Send, exactly, words

_STARTTLS = b"1.3.6.1.4.1.1466.20037"
_SEQUENCE, _ENUMERATED, _OCTETS = 0x30, 0x0A, 0x04
_EXTENDED_RESPONSE = 0x78
_MOST = 65_536
_CODES = {
    1: "operationsError",
    2: "protocolError",
    8: "strongerAuthRequired",
    13: "confidentialityRequired",
    48: "inappropriateAuthentication",
    49: "invalidCredentials",
    50: "insufficientAccessRights",
    51: "busy",
    52: "unavailable",
    53: "unwillingToPerform",
    80: "other",
}


def starttls() -> Dialogue[None]:
    name = b"\x80" + bytes((len(_STARTTLS),)) + _STARTTLS
    operation = b"\x77" + bytes((len(name),)) + name
    body = b"\x02\x01\x01" + operation
    yield Send("StartTLS", b"\x30" + bytes((len(body),)) + body, "extended request")
    code, said = yield from response(_EXTENDED_RESPONSE)
    if code:
        raise Refused(said)


def response(operation: int) -> Dialogue[tuple[int, str]]:
    """The result of an operation, by the tag of its response: code and words. Raises Refused."""
    head = yield from exactly(2)
    if head[0] != _SEQUENCE:
        yield Heard("answer", 2, "this is no LDAP")
        raise Refused("it does not speak LDAP")
    size = head[1]
    if size & 0x80:
        more = yield from exactly(min(size & 0x7F, 4) or 1)
        size = int.from_bytes(more, "big")
    if size > _MOST:
        raise Refused("it sends more than this protocol has any use for")
    body = yield from exactly(size)
    try:
        code, text = _result(body, operation)
    except (ValueError, IndexError):
        yield Heard("answer", size, "this is no LDAP")
        raise Refused("its answer cannot be read") from None
    said = f"{_CODES.get(code, '')} ({code})".strip() if code else "success (0)"
    said += f": {text}" if text else ""
    yield Heard("result", len(head) + size, said)
    return code, said


def _result(body: bytes, operation: int) -> tuple[int, str]:
    """An LDAPMessage without its head (RFC 4511, 4.1.1 and 4.1.9)."""
    _, _, rest = _element(body)
    tag, content, _ = _element(rest)
    if tag not in (operation, _EXTENDED_RESPONSE):  # a notice of disconnection is one
        raise ValueError(tag)
    kind, code, rest = _element(content)
    if kind != _ENUMERATED or not code:
        raise ValueError(kind)
    _, _, rest = _element(rest)  # the matched name
    kind, text, _ = _element(rest)
    return int.from_bytes(code, "big"), words(text) if kind == _OCTETS else ""


def _element(data: bytes) -> tuple[int, bytes, bytes]:
    """Tag, content and what follows (X.690, 8.1). Raises ValueError, IndexError."""
    tag, size, start = data[0], data[1], 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(data[2:start], "big")
    if start + size > len(data):
        raise ValueError(size)
    return tag, data[start : start + size], data[start + size :]
