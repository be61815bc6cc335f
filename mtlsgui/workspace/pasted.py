"""What a text is that was pasted: the address of a server, or something to look into."""

import ipaddress
import re

from mtlsgui.workspace.connections.addresses import TargetRefused, parse_target

_LONGEST = 2_048  # characters of an address
_URL = re.compile(r"[a-z][a-z0-9+.-]*://[^/]", re.IGNORECASE)
_HOST = re.compile(r"(?!-)[\w-]+(\.[\w-]+)*\.?")
_PORT = re.compile(r":\d{1,5}")
_FILE_ENDING = re.compile(
    r"pem|crt|cer|der|key|pub|csr|req|crl|p7[bcs]|p8|p10|p12|pfx|jks|bks|jwk|json|ya?ml|txt|zip|jar"
    r"|apk|tar|gz|conf|cnf|cfg|ini|log|md|py|sh|sst|pvk|ppk|ovpn|mobileconfig",
    re.IGNORECASE,
)
"""What stands behind a file's last dot. Some are domains too: with a port they are hosts."""


def target_of(text: str) -> str | None:
    """The server that a pasted text names: a URL, host:port, or a host's name; None for all else.

    Strict, so that no PEM block, path, digest or sentence is taken for a server.
    """
    address = text.strip()
    if not address or len(address) > _LONGEST or any(each.isspace() for each in address):
        return None
    if not (_URL.match(address) or _is_place(address)):
        return None
    try:
        parse_target(address)
    except TargetRefused:
        return None
    return address


def _is_place(address: str) -> bool:
    """A host, with or without a port."""
    if _is_ip(address) or (address.startswith("[") and _is_bracketed_ip(address)):
        return True
    host, colon, port = address.partition(":")
    if colon and not _PORT.fullmatch(f":{port}"):
        return False
    if _is_ip(host):
        return True
    if not _HOST.fullmatch(host):
        return False
    last = host.rstrip(".").rpartition(".")[2]
    if not any(each.isalpha() for each in last):
        return False
    if colon:
        return True
    return host.lower() == "localhost" or ("." in host and not _FILE_ENDING.fullmatch(last))


def _is_bracketed_ip(address: str) -> bool:
    inside, closed, port = address[1:].partition("]")
    return bool(closed) and _is_ip(inside) and (not port or bool(_PORT.fullmatch(port)))


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
