"""The PROXY protocol's header, versions 1 and 2 (haproxy.org, proxy-protocol.txt, 2.1 and 2.2)."""

import ipaddress
import socket

from mtlsgui.tls.question import ProxyProtocol

_SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
_LOCAL, _PROXY = b"\x20", b"\x21"
_OVER_TCP = {4: b"\x11", 6: b"\x21"}


def header(version: ProxyProtocol, connection: socket.socket, *, by_proxy: bool) -> bytes:
    """The header with the connection's real addresses; none where a proxy stands in between."""
    places = None if by_proxy else (connection.getsockname(), connection.getpeername())
    if version is ProxyProtocol.V1:
        return _version_1(places)
    return _version_2(places)


_Place = tuple[str, int]


def _version_1(places: tuple[_Place, _Place] | None) -> bytes:
    if places is None:
        return b"PROXY UNKNOWN\r\n"
    (source, source_port, *_), (target, target_port, *_) = places
    addresses = [_plain(source), _plain(target)]
    family = f"TCP{addresses[0].version}"
    return f"PROXY {family} {addresses[0]} {addresses[1]} {source_port} {target_port}\r\n".encode()


def _version_2(places: tuple[_Place, _Place] | None) -> bytes:
    if places is None:
        return _SIGNATURE + _LOCAL + b"\0\0\0"
    (source, source_port, *_), (target, target_port, *_) = places
    addresses = [_plain(source), _plain(target)]
    body = b"".join(each.packed for each in addresses)
    body += source_port.to_bytes(2, "big") + target_port.to_bytes(2, "big")
    size = len(body).to_bytes(2, "big")
    return _SIGNATURE + _PROXY + _OVER_TCP[addresses[0].version] + size + body


def _plain(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    return ipaddress.ip_address(address.partition("%")[0])
