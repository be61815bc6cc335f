"""Items out of keystores of every kind."""

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import CertificateItem, OtherItem
from mtlsgui.formats.limits import check_certificate_size
from mtlsgui.pki import der
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.facts import read_certificate


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
            container=container,
            description=Description(name or what, what, (Section("Secret", tuple(fields)),)),
        )
    )


def add_locked_contents(what: str, container: str, context: Context, *, protection: str) -> None:
    """Add a whole that a passphrase would open. what: for people: "BCFKS keystore"."""
    context.add(OtherItem(what, locked=True, protection=protection, container=container))
