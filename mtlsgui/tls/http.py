"""The one HTTP request that a test sends, and the beginning of what comes back (RFC 9112)."""

import re
from dataclasses import replace
from urllib.parse import quote

from mtlsgui.tls.dialogue import words
from mtlsgui.tls.question import HttpRequest, Target, bracketed
from mtlsgui.tls.result import HttpAnswer

_ENOUGH = 4_096
_BREAKS = re.compile(r"[\r\n\0]+")
_LOGS_IN = re.compile(
    r"(?i)auth|cookie|token|secret|passw|credential|session|signature|api-?key|access-?key"
)
_COOKIE = re.compile(r"(?im)^(set-cookie|authorization|proxy-authorization):.*$")
_LEAST_SECRET = 6
_IN_PATHS = "%/?#[]@!$&'()*+,;=:~"
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?: ([^\r\n]*))?")


def logs_in(name: str) -> bool:
    """Whether a header of this name most likely holds what somebody logs in by."""
    return _LOGS_IN.search(name) is not None


def without_login(asked: HttpRequest) -> HttpRequest:
    """The request without the headers that log in."""
    return replace(asked, headers=tuple(each for each in asked.headers if not logs_in(each[0])))


def request(target: Target, asked: HttpRequest) -> bytes:
    """A request that closes the connection after it.

    A header that is named replaces the usual one; line breaks in any of them are taken out.
    What a path cannot hold is percent-encoded (RFC 3986, section 2.1), as browsers do.
    """
    headers = {
        "Host": bracketed(target.server_name.partition("%")[0]),
        "User-Agent": "mtlsgui",
        "Accept": "*/*",
        "Connection": "close",
    }
    usual = {name.lower(): name for name in headers}
    for name, value in asked.headers:
        headers[usual.get(name.lower(), name)] = value
    lines = [f"{asked.method} {quote(_BREAKS.sub(' ', asked.path), safe=_IN_PATHS)} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    clean = (_BREAKS.sub(" ", line).encode("utf-8", "replace") for line in lines)
    return b"\r\n".join(clean) + b"\r\n\r\n"


def is_enough(answer: bytes) -> bool:
    """Whether what came is enough to know what the server thinks."""
    if not answer:
        return False
    head, _, body = answer.partition(b"\r\n\r\n")
    if not _STATUS.match(answer) or len(answer) >= _ENOUGH:
        return True
    declared = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    return declared is not None and len(body) >= int(declared[1])


def read_answer(answer: bytes, asked: HttpRequest = HttpRequest()) -> HttpAnswer | None:
    """The answer, fit to be shown and kept; None where it is not HTTP.

    Without cookies, and without what was asked with to log in, should the server repeat it.
    """
    found = _STATUS.match(answer)
    if not found:
        return None
    text = answer[:_ENOUGH].decode("utf-8", "replace").replace("\r\n", "\n")
    text = "".join(each if each.isprintable() or each in "\n\t" else " " for each in text)
    for name, value in asked.headers:
        for secret in (value, value.rpartition(" ")[2]):
            if logs_in(name) and len(secret) >= _LEAST_SECRET:
                text = text.replace(secret, "(not shown)")
    text = _COOKIE.sub(r"\1: (not shown)", text)
    return HttpAnswer(int(found[1]), words(found[2] or b""), text)
