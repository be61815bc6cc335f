"""The request that a test sends inside TLS."""

import pytest

from mtlsgui.tls.http import request
from mtlsgui.tls.question import HttpRequest, Target

TARGET = Target("127.0.0.1", 443, "api.test")


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/", b"/"),
        ("/a b?q=ü&r=%20", b"/a%20b?q=%C3%BC&r=%20"),
        ("/v1/things:call;a=1?x=[1]#part", b"/v1/things:call;a=1?x=[1]#part"),
        ("/a\r\nX-Evil: yes", b"/a%20X-Evil:%20yes"),
    ],
)
def test_what_a_path_cannot_hold_is_encoded(path: str, sent: bytes) -> None:
    line, *headers = request(TARGET, HttpRequest(path=path)).split(b"\r\n")
    assert line == b"GET " + sent + b" HTTP/1.1"
    assert headers[0] == b"Host: api.test"
