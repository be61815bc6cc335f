"""OpenSSH's certificates (PROTOCOL.certkeys): not X.509, but met in the same places."""

from collections.abc import Iterator
from datetime import UTC, datetime

from mtlsgui.formats.keys import ssh_wire
from mtlsgui.formats.keys.ssh_wire import Reader, WireError
from mtlsgui.pki import der, key_kinds
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.describe.words import date_and_time

_KINDS = {1: "user", 2: "host"}
_FOR_EVER = 2**64 - 1
_LAST_DAY = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())
_MOST_NAMES = 10_000


def describe_certificate(blob: bytes, comment: str = "") -> Description:
    """All that the certificate says. Its signature is not verified.

    Raises WireError, DerError when it is malformed.
    """
    reader = Reader(blob)
    kind = reader.text()
    reader.string()  # a nonce
    public = ssh_wire.public_fields(kind.removesuffix(ssh_wire.CERTIFICATE) + _suffix(kind), reader)
    serial, number = reader.long(), reader.number()
    identity = reader.text()
    principals = [name.decode("utf-8", "replace") for name in _strings(reader.string())]
    start, end = reader.long(), reader.long()
    critical, extensions = reader.string(), reader.string()
    reader.string()  # reserved
    authority, signature = reader.string(), Reader(reader.string())
    certified = _KINDS.get(number, f"kind {number}")
    label = key_kinds.spki_info(der.read(public.spki)).label
    fields = [
        Field("Kind", certified),
        Field("Key id", identity),
        Field("Serial number", str(serial), kind="number"),
        Field("Principals", "\n".join(principals) or "any", kind="names"),
        Field("Valid from", _moment(start, "always"), kind="date"),
        Field("Valid until", _moment(end, "for ever"), kind="date"),
    ]
    fields += [Field("Comment", comment)] if comment else []
    sections = [
        Section("Certificate", tuple(fields)),
        Section(
            "Public key", (Field("Key", f"{label}, on a FIDO token" if public.on_token else label),)
        ),
        Section("Options", tuple(_options(critical, critical=True))),
        Section("Extensions", tuple(_options(extensions, critical=False))),
        Section(
            "Authority",
            (
                Field("Key", ssh_wire.Reader(authority).text()),
                Field("Fingerprint", ssh_wire.fingerprint(authority), monospace=True),
                Field("Signature algorithm", signature.text()),
            ),
        ),
    ]
    shown = tuple(section for section in sections if section.fields)
    return Description(identity or "OpenSSH certificate", f"OpenSSH {certified} certificate", shown)


def _suffix(kind: str) -> str:
    """Keys on tokens have "@openssh.com" behind their kind, which certificates leave out."""
    return "@openssh.com" if kind.startswith("sk-") else ""


def _strings(data: bytes) -> Iterator[bytes]:
    reader = Reader(data)
    count = 0
    while not reader.done:
        count += 1
        if count > _MOST_NAMES:
            raise WireError(f"it has more than {_MOST_NAMES:,} names")
        yield reader.string()


def _options(data: bytes, *, critical: bool) -> Iterator[Field]:
    """Names, each followed by its value, which is packed as a string once more."""
    parts = list(_strings(data))
    for name, value in zip(parts[::2], parts[1::2], strict=False):
        text = Reader(value).text() if value else "yes"
        yield Field(name.decode("utf-8", "replace"), text, critical=critical or None)


def _moment(seconds: int, without: str) -> str:
    if seconds in (0, _FOR_EVER):
        return without
    if seconds > _LAST_DAY:
        return f"{seconds:,} seconds after 1970"
    return date_and_time(datetime.fromtimestamp(seconds, UTC))
