"""The one HTTP request that a test sends, and the beginning of what comes back (RFC 9112)."""

import re

from mtlsgui.tls.evidence import HttpAnswer

_ENOUGH = 4_096
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?: ([^\r\n]*))?")


def request(host: str, path: str) -> bytes:
    """A GET that closes the connection after it."""
    name = f"[{host.partition('%')[0]}]" if ":" in host else host
    return (
        b"GET " + path.encode("ascii", "replace") + b" HTTP/1.1\r\n"
        b"Host: " + name.encode("ascii") + b"\r\n"
        b"User-Agent: mtlsgui\r\nAccept: */*\r\nConnection: close\r\n\r\n"
    )


def is_enough(answer: bytes) -> bool:
    """Whether what came is enough to know what the server thinks."""
    if not answer:
        return False
    head, _, body = answer.partition(b"\r\n\r\n")
    if not _STATUS.match(answer) or len(answer) >= _ENOUGH:
        return True
    declared = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    return declared is not None and len(body) >= int(declared[1])


def read_answer(answer: bytes) -> HttpAnswer | None:
    """The answer; None where it is not HTTP."""
    found = _STATUS.match(answer)
    if not found:
        return None
    reason = (found[2] or b"").decode("latin-1").strip()
    return HttpAnswer(int(found[1]), reason, answer[:_ENOUGH].decode("utf-8", "replace"))
