"""General names (RFC 5280, section 4.2.1.6) as text with their kind before them.

"dns:…", "ip:…", "email:…", "uri:…", "dn:…", "rid:…", "other:OID": the form of mtlsctl's JSON.
"""

import ipaddress
from typing import NamedTuple

from mtlsgui.pki import der
from mtlsgui.pki.x501 import read_name

_KINDS = {
    0xA0: "other",
    0x81: "email",
    0x82: "dns",
    0xA3: "x400",
    0xA4: "dn",
    0xA5: "edi",
    0x86: "uri",
    0x87: "ip",
    0x88: "rid",
}
_CONSTRUCTED = 0x20
_ADDRESSES = (4, 16)
_NETWORKS = (8, 32)


class GeneralName(NamedTuple):
    """One name. problem: why the text is in doubt or raw; empty when it is neither."""

    text: str
    problem: str = ""


def read_general_names(names: der.Node) -> list[GeneralName]:
    """Each of a SEQUENCE OF GeneralName. Raises DerError when it is none."""
    if not names.tag & _CONSTRUCTED:
        raise der.DerError("not a list of names")
    return [read_general_name(name) for name in names.children()]


def read_general_name(name: der.Node) -> GeneralName:
    """One name; one that does not decode is the hex of its content, with the reason."""
    kind = _KINDS.get(name.tag)
    if kind is None:
        return GeneralName(f"unknown:{name.encoded.hex()}", "it is of an unknown kind")
    try:
        text, problem = _value(kind, name)
    except (der.DerError, ValueError) as error:
        return GeneralName(f"{kind}:{name.value.hex()}", str(error))
    return GeneralName(f"{kind}:{text}", problem)


def _value(kind: str, name: der.Node) -> tuple[str, str]:
    content = name.value
    match kind:
        case "ip":
            return _address(content), ""
        case "dn":
            inner = read_name(der.read(name.data, name.body, name.end))
            return inner.rfc4514(), inner.problem
        case "rid":
            return der.decode_oid(content), ""
        case "other":
            return der.read(name.data, name.body, name.end).oid(), ""
        case "x400" | "edi":
            return content.hex(), ""
    try:
        return content.decode("ascii"), ""
    except UnicodeDecodeError:
        problem = "it is not ASCII"
    try:
        return content.decode("utf-8"), problem
    except UnicodeDecodeError:
        return content.decode("latin-1"), problem


def _address(content: bytes) -> str:
    if len(content) in _ADDRESSES:
        return str(ipaddress.ip_address(content))
    if len(content) in _NETWORKS:  # address and mask, as name constraints have them
        half = len(content) // 2
        mask = int.from_bytes(content[half:], "big")
        bits = half * 8
        ones = mask.bit_count()
        if mask != ((1 << ones) - 1) << (bits - ones):
            raise ValueError("its mask is not contiguous")
        return f"{ipaddress.ip_address(content[:half])}/{ones}"
    raise ValueError(f"an address of {len(content)} bytes")
