"""Items out of keystores of every kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import CertificateItem, OtherItem
from mtlsgui.formats.keys.private_keys import add_locked, add_private
from mtlsgui.formats.labels import label
from mtlsgui.formats.limits import check_certificate_size
from mtlsgui.formats.protection.encryption import Protection
from mtlsgui.formats.protection.opening import Opener, private_key_info
from mtlsgui.pki import der
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.facts import read_certificate

CERTIFICATE_TYPES = ("X.509", "X509")
"""What Java's keystores call the only kind of certificate that is met in them."""


def say_entries(counts: Mapping[str, int], container: str, context: Context) -> None:
    """How many entries there are of each kind: "2 private keys, 1 secret key"."""
    words = [f"{count:,} {what}{'' if count == 1 else 's'}" for what, count in counts.items()]
    context.about("Entries", ", ".join(words) or "none")
    if not words and not context.errors:
        context.add(OtherItem(f"{label(container)} without entries", container=container))


@dataclass(frozen=True, slots=True)
class Lock:
    """How a key is encrypted. decrypt: raises ValueError for a wrong passphrase."""

    protection: Protection
    decrypt: Callable[[bytes | None], bytes] = field(repr=False)


def add_key(
    lock: Callable[[], Lock],
    container: str,
    friendly_name: str | None,
    opener: Opener,
    context: Context,
) -> None:
    """Add a private key that is encrypted: open, or locked where no passphrase fits.

    lock: reads how it is encrypted. What it raises comes out of here, after the locked key was
    added: that there is a key is to be seen in any case.
    """
    text = ""
    opened: bytes | None = None
    try:
        found = lock()
        text = found.protection.text
        opened = opener.open(
            found.protection, lambda candidate: private_key_info(found.decrypt(candidate))
        )
    finally:
        if opened is None:
            add_locked(container, context, text, friendly_name=friendly_name)
    if opened is not None:
        add_private(
            opened,
            container,
            context,
            encrypted=True,
            friendly_name=friendly_name,
            protection=text,
        )


def add_certificate(
    encoded: bytes, container: str, friendly_name: str | None, context: Context
) -> None:
    """Add a certificate. Raises DerError where the bytes are none, RefusedError above the limit."""
    node = der.read(encoded)
    check_certificate_size(node, context.limits)
    facts = read_certificate(node.encoded)
    context.add(CertificateItem(facts, container=container, friendly_name=friendly_name))


def add_secret(
    what: str, container: str, name: str | None, context: Context, *, protection: str = ""
) -> None:
    """Add a secret that is no private key: it is named, and its value left where it is.

    what: for people: "Secret key".
    """
    fields = [Field("Name", name)] if name else []
    if protection:
        fields.append(Field("Protection", protection))
    fields.append(Field("Value", "Left in the file: it stands behind no certificate."))
    context.add(
        OtherItem(
            f"{what} “{name}”" if name else what,
            "secret",
            protection=protection,
            container=container,
            description=Description(name or what, what, (Section("Secret", tuple(fields)),)),
        )
    )


def add_locked_contents(what: str, container: str, context: Context, *, protection: str) -> None:
    """Add a whole that a passphrase would open. what: for people: "BCFKS keystore"."""
    context.add(OtherItem(what, locked=True, protection=protection, container=container))
