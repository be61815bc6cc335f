"""SMTP (RFC 3207), IMAP (RFC 9051, 6.2.1), POP3 (RFC 2595) and FTP (RFC 4217) go over to TLS."""

from mtlsgui.tls.dialogue import Dialogue, Heard, Refused, Send, line, lines_until, words


def reply() -> Dialogue[list[bytes]]:
    """A reply of SMTP or FTP, whose last line has a space after its code (RFC 5321, 4.2.1).

    FTP's lines in between may have no code at all (RFC 959, 4.2).
    """
    first = yield from line()
    found = [first]
    if first[3:4] == b"-":
        end = first[:3]
        found += yield from lines_until(lambda each: each[:3] == end and each[3:4] != b"-")
    code = words(first[:3]) if first[:3].isdigit() else "answer"
    yield Heard(code, sum(map(len, found)), words(found[-1].removeprefix(first[:3])))
    return found


def expect(code: bytes) -> Dialogue[list[bytes]]:
    """A reply with this code. Raises Refused."""
    found = yield from reply()
    if not found[0].startswith(code):
        raise Refused(words(b" ".join(found)))
    return found


def smtp() -> Dialogue[None]:
    yield from expect(b"220")
    yield Send("EHLO", b"EHLO [127.0.0.1]\r\n")
    offered = yield from expect(b"250")
    if not any(each[4:].strip().upper() == b"STARTTLS" for each in offered):
        raise Refused("it does not offer STARTTLS")
    yield Send("STARTTLS", b"STARTTLS\r\n")
    yield from expect(b"220")


def ftp() -> Dialogue[None]:
    yield from expect(b"220")
    yield Send("AUTH TLS", b"AUTH TLS\r\n")
    yield from expect(b"234")


def greeting(ok: tuple[bytes, ...]) -> Dialogue[None]:
    """The first line of IMAP or POP3. Raises Refused where it begins otherwise."""
    first = yield from line()
    yield Heard("greeting", len(first), words(first))
    if not first.upper().startswith(ok):
        raise Refused(words(first))


def tagged(tag: bytes) -> Dialogue[list[bytes]]:
    """IMAP's lines up to the one with this tag."""
    found = yield from lines_until(lambda each: each.startswith((tag + b" ", b"* BYE")))
    yield Heard("answer", sum(map(len, found)), words(found[-1]))
    return found


def imap() -> Dialogue[None]:
    yield from greeting((b"* OK",))
    yield Send("CAPABILITY", b"a1 CAPABILITY\r\n")
    capabilities = yield from tagged(b"a1")
    offered = {name.upper() for each in capabilities for name in each.split()}
    if b"STARTTLS" not in offered:
        raise Refused("it does not offer STARTTLS")
    yield Send("STARTTLS", b"a2 STARTTLS\r\n")
    answer = (yield from tagged(b"a2"))[-1]
    if not answer.upper().startswith(b"A2 OK"):
        raise Refused(words(answer))


def listed() -> Dialogue[list[bytes]]:
    """POP3's answer to CAPA: lines up to a dot, or one line that says no (RFC 2449, section 5)."""
    found = [(yield from line())]
    if found[0].upper().startswith(b"+OK"):
        found += yield from lines_until(lambda each: each.rstrip() == b".")
    yield Heard("answer", sum(map(len, found)), words(found[0]))
    return found


def pop3() -> Dialogue[None]:
    yield from greeting((b"+OK",))
    yield Send("CAPA", b"CAPA\r\n")
    capabilities = yield from listed()
    # Old servers have no CAPA, and may have STLS nevertheless.
    known = capabilities[0].upper().startswith(b"+OK")
    if known and not any(each.strip().upper() == b"STLS" for each in capabilities):
        raise Refused("it does not offer STLS")
    yield Send("STLS", b"STLS\r\n")
    answer = yield from line()
    yield Heard("answer", len(answer), words(answer))
    if not answer.upper().startswith(b"+OK"):
        raise Refused(words(answer))
