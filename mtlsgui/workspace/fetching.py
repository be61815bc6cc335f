"""Fetching a missing issuer from the address that a certificate names for it.

One GET request, made only when a person asked for it: it tells the server named there that somebody
looks at this certificate.
"""

import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import CertificateItem
from mtlsgui.pki import der, extensions
from mtlsgui.pki.chain import signed_by
from mtlsgui.pki.facts import CertificateFacts, certificate_parts
from mtlsgui.workspace.inspecting import Inspection, inspect_bytes

SECONDS = 10.0
"""A whole fetch may take so long."""
_MOST_BYTES = 1024 * 1024
_MOST_REDIRECTS = 3
_SCHEMES = ("http", "https")
_PIECE = 16_384
_AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1"
_CA_ISSUERS = "1.3.6.1.5.5.7.48.2"
_URI = 0x86


class FetchError(MtlsguiError):
    """The issuer could not be fetched."""


@dataclass(frozen=True)
class Fetched:
    """What came.

    inspection: all that was read. issuer: the certificate in it that signed the one it was
    fetched for.
    """

    url: str
    inspection: Inspection
    issuer: CertificateItem


def addresses(facts: CertificateFacts) -> tuple[str, ...]:
    """Where a certificate says that its issuer can be had (RFC 5280, section 4.2.2.1).

    All of them, also those that are not fetched (LDAP); none where the extension cannot be read.
    """
    try:
        found = certificate_parts(facts.der).extensions
        if found is None:
            return ()
        return tuple(
            place.value.decode("ascii")
            for oid, _critical, value in extensions.split(found)
            if oid == _AUTHORITY_INFORMATION_ACCESS
            for method, place in (each.children()[:2] for each in der.read(value).children())
            if method.oid() == _CA_ISSUERS and place.tag == _URI
        )
    except ValueError:  # malformed DER, and names that are not ASCII
        return ()


def can_fetch(url: str) -> bool:
    """Whether `fetch` knows its way there: by HTTP, not by LDAP."""
    parts = _split(url)
    return parts is not None and parts[0] in _SCHEMES


def host_of(url: str) -> str:
    """The host that would be asked; the whole address where it has none."""
    parts = _split(url)
    return parts[1] if parts is not None and parts[1] else url


def fetch(url: str, child: CertificateFacts, check: Callable[[], object] = lambda: None) -> Fetched:
    """Get the issuer of `child` from `url`.

    check: called while data come; what it raises stops the fetch.
    Raises FetchError, also when what came did not sign the child.
    """
    if not can_fetch(url):
        raise FetchError(
            "The issuer cannot be fetched from this address.",
            f"{url} is not an HTTP address.",
            "Ask the authority's owner for the certificate.",
        )
    data = _get(url, check)
    inspection = inspect_bytes(data, url.rstrip("/").rpartition("/")[2] or host_of(url))
    certificates = [item for item in inspection.items if isinstance(item, CertificateItem)]
    if not certificates:
        raise FetchError(
            "What came is no certificate.",
            f"{host_of(url)} sent {len(data):,} bytes in which there is none.",
            "Open the address in a browser to see what it is, or ask the authority's owner.",
        )
    for item in certificates:
        if signed_by(child, item.facts):
            return Fetched(url, inspection, item)
    raise FetchError(
        "What came is not the issuer.",
        f"{host_of(url)} sent “{certificates[0].facts.subject or 'a certificate'}”, "
        "which did not sign this certificate.",
        "Ask the authority's owner for the right one.",
    )


def _split(url: str) -> tuple[str, str] | None:
    """The scheme and the host; None for what is no address, or carries a password."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return None
    if parts.username is not None or not url.isascii() or not url.isprintable() or " " in url:
        return None
    return parts.scheme.lower(), host


def _get(url: str, check: Callable[[], object]) -> bytes:
    guard = _Deadline(SECONDS)
    try:
        with guard.running():
            request = urllib.request.Request(  # noqa: S310 - the scheme was checked
                url, headers={"Accept": "application/pkix-cert, */*", "User-Agent": "mtlsgui"}
            )
            with _opener(guard).open(request, timeout=SECONDS) as answer:
                return _read(answer, url, guard, check)
    except MtlsguiError:
        raise
    except urllib.error.HTTPError as error:
        raise FetchError(
            "The issuer was not there.",
            f"{host_of(url)} answered {error.code} {error.reason}.",
            "Ask the authority's owner for the certificate.",
        ) from None
    except (OSError, HTTPException, ValueError) as error:
        if guard.is_over:
            raise _too_slow(url) from None
        raise _unreachable(url, error) from None


def _read(answer: HTTPResponse, url: str, guard: "_Deadline", check: Callable[[], object]) -> bytes:
    data = b""
    while piece := answer.read1(_PIECE):
        check()
        data += piece
        if len(data) > _MOST_BYTES:
            raise FetchError(
                "What came is too large for a certificate.",
                f"{host_of(url)} sent more than {_MOST_BYTES // 2**20} MB.",
                "Ask the authority's owner for the certificate.",
            )
    if guard.is_over:
        raise _too_slow(url)
    return data


def _too_slow(url: str) -> FetchError:
    return FetchError(
        "The issuer did not come in time.",
        f"{host_of(url)} took longer than {SECONDS:.0f} seconds.",
        "Try again later.",
    )


def _unreachable(url: str, error: Exception) -> FetchError:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, socket.gaierror):
        why = f"The name {host_of(url)} is not known to your network."
    elif isinstance(cause, ConnectionRefusedError):
        why = f"Nothing answers at {host_of(url)}."
    else:
        why = f"{host_of(url)}: {cause}."
    return FetchError(
        "The issuer could not be fetched.",
        why,
        "Check your connection and your proxy, or ask the authority's owner for the certificate.",
    )


class _Deadline:
    """Closes the connection when time is over: time-outs of a socket begin anew at each byte."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._seconds = seconds
        self._socket: socket.socket | None = None

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._end

    @contextmanager
    def running(self) -> Iterator[None]:
        timer = threading.Timer(self._seconds, self._close)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def watch(self, connected: socket.socket) -> None:
        self._socket = connected

    def _close(self) -> None:
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:  # it is closed already
                return


def _opener(guard: _Deadline) -> urllib.request.OpenerDirector:
    """Speaks HTTP and HTTPS only, through the system's proxies, and keeps no cookies."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
        _Http(guard),
        _Https(guard),
    ):
        opener.add_handler(handler)
    return opener


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows on the same server only: it is the one that a person agreed to ask."""

    max_redirections = _MOST_REDIRECTS

    def redirect_request(  # noqa: PLR0917 - urllib's own signature
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        if not can_fetch(newurl):
            raise FetchError(
                "The issuer cannot be fetched.",
                f"{host_of(req.full_url)} sends on to {newurl}, which is no HTTP address.",
                "Ask the authority's owner for the certificate.",
            )
        if host_of(newurl) != host_of(req.full_url):
            # It may be a machine that only this computer can reach.
            raise FetchError(
                "The issuer cannot be fetched.",
                f"{host_of(req.full_url)} sends on to another server, {host_of(newurl)}, "
                "which nobody agreed to ask.",
                f"If you trust it, fetch {newurl} with a browser and open that file.",
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _WatchedHttp(HTTPConnection):
    def __init__(self, host: str, *, guard: _Deadline, **rest: Any) -> None:
        super().__init__(host, **rest)
        self._guard = guard

    def connect(self) -> None:
        super().connect()
        self._guard.watch(self.sock)


class _WatchedHttps(_WatchedHttp, HTTPSConnection):
    """Connects as HTTPSConnection does: that is what comes next in the order of its bases."""


class _Http(urllib.request.HTTPHandler):
    def __init__(self, guard: _Deadline) -> None:
        super().__init__()
        self._guard = guard

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(partial(_WatchedHttp, guard=self._guard), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, guard: _Deadline) -> None:
        super().__init__()
        self._guard = guard

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(partial(_WatchedHttps, guard=self._guard), req)
