"""HTTP/1.1 as far as a test server speaks it (RFC 9112): one request, one answer, goodbye."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from typing import Any

_REQUEST_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([!-~]{1,8000}) (HTTP/1\.[01])")
_BEGINNING = re.compile(rb"[A-Z]{1,32}( |$)")
_END = b"\r\n\r\n"


class Reading(Enum):
    """What is to be done with what came so far.

    MORE: read on. WHOLE: the request is here. TOO_LARGE, MALFORMED: it is HTTP, and not to be
    answered otherwise than by saying so. OTHER: it is not HTTP.
    """

    MORE = "more"
    WHOLE = "whole"
    TOO_LARGE = "too large"
    MALFORMED = "malformed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Request:
    """The head of a request. headers: names in lower case. body: bytes that follow it."""

    method: str
    target: str
    version: str
    headers: Mapping[str, str] = field(repr=False)
    body: int = 0

    def __str__(self) -> str:
        return f"{self.method} {self.target} {self.version}"


def looks_like_http(data: bytes) -> bool:
    """Whether it begins as a request does."""
    return bool(_BEGINNING.match(data[:33]))


def read_request(data: bytes, most_head: int, most_body: int) -> tuple[Reading, Request | None]:
    """The request that `data` begins with, and whether all of it is here.

    most_head, most_body: bytes.
    """
    if not data:
        return Reading.MORE, None
    if not looks_like_http(data):
        return Reading.OTHER, None
    head, end, rest = data.partition(_END)
    if len(head) > most_head:
        return Reading.TOO_LARGE, None
    if not end:
        return Reading.MORE, None
    first, *lines = head.split(b"\r\n")
    found = _REQUEST_LINE.fullmatch(first)
    if not found:
        return Reading.MALFORMED, None
    headers = {}
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon or not name or name != name.strip():
            return Reading.MALFORMED, None
        headers[name.decode("latin-1").lower()] = value.decode("latin-1").strip()
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdecimal()) or len(length) > 15:
        return Reading.MALFORMED, None
    method, target, version = (part.decode("latin-1") for part in found.groups())
    request = Request(method, target, version, headers, int(length))
    if request.body > most_body:
        return Reading.TOO_LARGE, request
    waits = headers.get("expect", "").lower() == "100-continue"
    whole = waits or len(rest) >= request.body
    return (Reading.WHOLE if whole else Reading.MORE), request


def answer(status: HTTPStatus, document: Mapping[str, Any], *, head_only: bool = False) -> bytes:
    """A response that ends the connection. head_only: it answers a HEAD."""
    body = json.dumps(document, indent=2).encode("ascii") + b"\n"
    return _response(status, "application/json", b"" if head_only else body, len(body))


def plain_answer(status: HTTPStatus, text: str) -> bytes:
    """A response for those who came without TLS."""
    body = text.encode() + b"\n"
    return _response(status, "text/plain; charset=utf-8", body, len(body))


def _response(status: HTTPStatus, kind: str, body: bytes, length: int) -> bytes:
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        f"Content-Type: {kind}\r\n"
        f"Content-Length: {length}\r\n"
        "Cache-Control: no-store\r\n"
        "Connection: close\r\n"
        "\r\n"
    )
    return head.encode("ascii") + body
