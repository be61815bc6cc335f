"""Name resolution and TCP for a test, without blocking the event loop or outliving it."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Sequence
from typing import Any

from mtlsgui.tls.evidence import NetworkFault
from mtlsgui.tls.question import IpFamily

_CHUNK = 65_536
Address = tuple[int, Any]
"""Address family and what `connect` takes."""


class Unreachable(Exception):
    """No connection. text: the system's own words."""

    def __init__(self, fault: NetworkFault, text: str = "") -> None:
        super().__init__(fault, text)
        self.fault = fault
        self.text = text


async def connect(
    host: str, port: int, seconds: float, family: IpFamily = IpFamily.ANY
) -> socket.socket:
    """A connected, non-blocking socket: the addresses are tried in the system's order.

    family: which of them. Resolving and connecting together take `seconds` at most.
    Raises Unreachable.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    try:
        async with asyncio.timeout(seconds):
            addresses = await _resolve(host, port)
    except TimeoutError:
        raise Unreachable(NetworkFault.NOT_RESOLVED, "the name server does not answer") from None
    addresses = _of(family, addresses)
    fault = Unreachable(NetworkFault.UNREACHABLE)
    for number, address in enumerate(addresses):
        left = deadline - loop.time()
        share = left if number == len(addresses) - 1 else left / 2
        try:
            return await _connect(address, max(share, 0.01))
        except Unreachable as error:
            fault = error
    raise fault


def _of(family: IpFamily, addresses: Sequence[Address]) -> Sequence[Address]:
    """Those of the family. Raises Unreachable where it has others only."""
    if family is IpFamily.ANY:
        return addresses
    wanted, other = ("IPv6", "IPv4") if family is IpFamily.IPV6 else ("IPv4", "IPv6")
    number = socket.AF_INET6 if family is IpFamily.IPV6 else socket.AF_INET
    found = [each for each in addresses if each[0] == number]
    if not found:
        said = f"it has no {wanted} address, only {other}"
        raise Unreachable(NetworkFault.NOT_RESOLVED, said)
    return found


async def _connect(address: Address, seconds: float) -> socket.socket:
    family, place = address
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setblocking(False)
    try:
        async with asyncio.timeout(seconds):
            await asyncio.get_running_loop().sock_connect(made, place)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made
    except TimeoutError:
        fault = Unreachable(NetworkFault.TIMED_OUT)
    except ConnectionRefusedError as error:
        fault = Unreachable(NetworkFault.REFUSED, error.strerror or "")
    except OSError as error:
        fault = Unreachable(NetworkFault.UNREACHABLE, error.strerror or "")
    except BaseException:  # cancelled
        made.close()
        raise
    made.close()
    raise fault


async def _resolve(host: str, port: int) -> Sequence[Address]:
    """The system resolver in a thread of its own: it cannot be stopped, only be left behind.

    An address is no name, and needs no thread.
    """
    with contextlib.suppress(OSError, UnicodeError):
        return _known(host, port, socket.AI_NUMERICHOST)
    loop = asyncio.get_running_loop()
    found: asyncio.Future[Sequence[Address]] = loop.create_future()

    def settle(addresses: Sequence[Address], error: Unreachable | None) -> None:
        if found.done():
            return
        if error is not None:
            found.set_exception(error)
        else:
            found.set_result(addresses)

    def ask() -> None:
        addresses: list[Address] = []
        error = None
        try:
            addresses = _known(host, port)
        except socket.gaierror as fault:
            error = Unreachable(NetworkFault.NOT_RESOLVED, fault.strerror or "")
        except (UnicodeError, OSError):  # no host name at all: an empty or too long label
            error = Unreachable(NetworkFault.NOT_RESOLVED, "not a host name")
        try:
            loop.call_soon_threadsafe(settle, addresses, error)
        except RuntimeError:  # the test was left meanwhile, and its loop is closed
            return

    threading.Thread(target=ask, name="mtlsgui-resolve", daemon=True).start()
    return await found


def _known(host: str, port: int, flags: int = 0) -> list[Address]:
    """What the system says. Raises OSError, UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    return [(family, place) for family, _, _, _, place in found]


async def read(connection: socket.socket, seconds: float) -> bytes:
    """What arrives next, b"" at the end. Raises TimeoutError, OSError (reset)."""
    async with asyncio.timeout(max(seconds, 0.001)):
        return await asyncio.get_running_loop().sock_recv(connection, _CHUNK)


async def send(connection: socket.socket, data: bytes, seconds: float) -> None:
    """Send all of it. Raises TimeoutError, OSError (reset)."""
    async with asyncio.timeout(max(seconds, 0.001)):
        await asyncio.get_running_loop().sock_sendall(connection, data)
