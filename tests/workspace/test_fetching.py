"""Fetching a missing issuer, from a real server on loopback."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mtlsgui.formats.write import to_pkcs7
from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.workspace import fetching
from mtlsgui.workspace.fetching import FetchError, addresses, can_fetch, fetch, host_of
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.support import issue_server, make_root

ADDRESS = "http://pki.example.test/ca.cer"


class _Handler(BaseHTTPRequestHandler):
    """Answers as the test says; `pages` are of the class made for one server."""

    pages: dict[str, bytes]
    stop: threading.Event

    def do_GET(self) -> None:
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
        elif self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            while not self.stop.wait(0.05):
                self.wfile.write(b"0")
                self.wfile.flush()
        elif self.path == "/silent":
            self.stop.wait(30)
        elif self.path in self.pages:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.pages[self.path])
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Nothing: tests are quiet."""


@contextmanager
def serving(pages: dict[str, bytes]) -> Iterator[str]:
    stop = threading.Event()
    handler = type("Handler", (_Handler,), {"pages": pages, "stop": stop})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def pair(ws: Workspace) -> tuple[CertificateFacts, CertificateFacts]:
    """A leaf and its issuer, whose address it names."""
    ca = make_root(ws, "Fetched", issuer_text=ADDRESS)
    leaf = issue_server(ws, ca)
    found = [read_certificate(ws.inventory.certificates.der(each.id)) for each in (leaf, ca)]
    return found[0], found[1]


Pair = tuple[CertificateFacts, CertificateFacts]


def test_the_address_is_found_in_the_certificate(pair: Pair) -> None:
    leaf, ca = pair
    assert addresses(leaf) == (ADDRESS,)
    assert addresses(ca) == ()
    assert host_of(ADDRESS) == "pki.example.test"


@pytest.mark.parametrize(
    "url", ["ldap://x.test/cn=ca", "file:///etc/passwd", "http://a:b@x.test/", "http://x\n.test/"]
)
def test_only_plain_http_addresses_are_fetched(url: str, pair: Pair) -> None:
    assert not can_fetch(url)
    with pytest.raises(FetchError, match="cannot be fetched"):
        fetch(url, pair[0])


@pytest.mark.parametrize("form", ["der", "pkcs7"])
def test_the_issuer_comes(form: str, pair: Pair) -> None:
    leaf, ca = pair
    with serving({"/ca": ca.der if form == "der" else to_pkcs7([leaf, ca])}) as base:
        found = fetch(f"{base}/ca", leaf)
        by_detour = fetch(f"{base}/to//to//ca", leaf)
    assert found.issuer.facts.fingerprint_sha256 == ca.fingerprint_sha256
    assert by_detour.issuer.facts.fingerprint_sha256 == ca.fingerprint_sha256


def test_what_is_wrong_is_said(pair: Pair) -> None:
    leaf, _ = pair
    pages = {"/other": leaf.der, "/text": b"<html>", "/large": bytes(2**21)}
    with serving(pages) as base:
        for path, title in (
            ("/other", "not the issuer"),
            ("/text", "no certificate"),
            ("/large", "too large"),
            ("/gone", "not there"),
            ("/to/ftp://127.0.0.1/ca", "cannot be fetched"),
            ("/to//to//to//to//to//text", "not there"),
            (f"/to/{base.replace('127.0.0.1', 'localhost')}/text", "cannot be fetched"),
        ):
            with pytest.raises(FetchError, match=title):
                fetch(base + path, leaf)
    with pytest.raises(FetchError, match="could not be fetched") as refused:
        fetch(base, leaf)
    assert "Nothing answers" in refused.value.detail


@pytest.mark.parametrize("path", ["/drip", "/silent"])
def test_a_server_that_never_ends_is_left(
    path: str, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.4)
    with serving({}) as base, pytest.raises(FetchError, match="in time"):
        fetch(base + path, pair[0])


def test_it_stops_when_it_is_cancelled(pair: Pair) -> None:
    class StoppedError(Exception):
        pass

    begun = time.monotonic()

    def check() -> None:
        if time.monotonic() > begun:
            raise StoppedError

    with serving({}) as base, pytest.raises(StoppedError):
        fetch(f"{base}/drip", pair[0], check)
