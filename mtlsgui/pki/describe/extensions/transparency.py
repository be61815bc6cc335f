"""Certificate Transparency (RFC 6962, section 3.3)."""

from datetime import UTC, datetime, timedelta

from mtlsgui.pki import der
from mtlsgui.pki.describe.extensions.shown import Decoder, Shown, ignoring, lines
from mtlsgui.pki.describe.words import date_and_time
from mtlsgui.pki.oid_names import log_name

_HASHES = ("none", "MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512")
_SIGNATURES = ("anonymous", "RSA", "DSA", "ECDSA")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOG_ID = 32


class _Bytes:
    """Reads the TLS encoding: numbers and strings that say their length."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        found = self._data[self._at : self._at + count]
        if len(found) < count:
            raise der.DerError("the list is cut short")
        self._at += count
        return found

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def string(self) -> bytes:
        return self.take(self.number(2))

    @property
    def more(self) -> bool:
        return self._at < len(self._data)


def _timestamps(node: der.Node) -> Shown:
    """SignedCertificateTimestampList, in an OCTET STRING of its own."""
    if node.tag != der.OCTET_STRING:
        raise der.DerError("not an OCTET STRING")
    listed = _Bytes(_Bytes(node.value).string())
    stamps = []
    while listed.more:
        stamps.append(_timestamp(listed.string()))
    number = len(stamps)
    return lines(["1 log entry" if number == 1 else f"{number} log entries", *stamps])


def _timestamp(data: bytes) -> str:
    fields = _Bytes(data)
    version = fields.number(1)
    if version:
        return f"an entry of version {version + 1}, {len(data)} bytes"
    log_id = fields.take(_LOG_ID)
    when = _EPOCH + timedelta(milliseconds=fields.number(8))
    fields.string()  # extensions: none are defined
    digest, signature = _of(_HASHES, fields.number(1)), _of(_SIGNATURES, fields.number(1))
    log = log_name(log_id) or f"log {log_id.hex()}"
    return f"{log}: {date_and_time(when)} (version 1, {digest} with {signature})"


def _of(names: tuple[str, ...], number: int) -> str:
    return names[number] if number < len(names) else f"algorithm {number}"


DECODERS: dict[str, Decoder] = {
    "1.3.6.1.4.1.11129.2.4.2": _timestamps,
    "1.3.6.1.4.1.11129.2.4.5": _timestamps,  # in an OCSP response
    "1.3.6.1.4.1.11129.2.4.3": ignoring("A precertificate: not to be used"),
}
