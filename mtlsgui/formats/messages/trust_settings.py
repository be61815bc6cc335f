"""What `openssl x509 -addtrust` puts behind a certificate: BEGIN TRUSTED CERTIFICATE.

OpenSSL's X509_CERT_AUX: uses that it is trusted and not trusted for, an alias, a key identifier.
"""

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem
from mtlsgui.formats.messages import wording
from mtlsgui.pki import der, values
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.describe.words import purpose
from mtlsgui.pki.usages import purpose_name

_REJECTED = 0xA0
_UTF8_STRING = 0x0C


def settings_after(data: bytes, at: int) -> der.Node | None:
    """The trust settings that stand at `at`; None where something else does, or nothing."""
    try:
        node = der.read(data, at)
        parts = node.children()
    except der.DerError:
        return None
    tags = [part.tag for part in parts]
    allowed = [der.SEQUENCE, _REJECTED, _UTF8_STRING, der.OCTET_STRING, 0xA1]
    is_theirs = node.tag == der.SEQUENCE and tags == [tag for tag in allowed if tag in tags]
    if not is_theirs:
        return None
    trusted = parts[0].children() if tags[:1] == [der.SEQUENCE] else []
    return node if all(use.tag == der.OID for use in trusted) else None


def alias_in(settings: der.Node) -> str | None:
    """The name that the settings give the certificate."""
    for part in settings.children():
        if part.tag == _UTF8_STRING:
            return values.text(part.tag, part.value)
    return None


def add_settings(settings: der.Node, name: str, container: str, context: Context) -> None:
    """An item that says what the certificate `name` is trusted for, where anything is said."""
    fields = []
    for part in settings.children():
        if part.tag in (der.SEQUENCE, _REJECTED):
            label = "Trusted for" if part.tag == der.SEQUENCE else "Not trusted for"
            fields.append(
                Field(label, "\n".join(_use(each) for each in part.children()), kind="names")
            )
        elif part.tag == _UTF8_STRING:
            fields.append(Field("Alias", values.text(part.tag, part.value)))
        elif part.tag == der.OCTET_STRING:
            fields.append(wording.octets("Key identifier", part.value))
    if fields:
        context.add(
            OtherItem(
                "Trust settings",
                container=container,
                description=Description(
                    "Trust settings", f"of {name}", (Section("OpenSSL", tuple(fields)),)
                ),
                der=settings.encoded,
            )
        )


def _use(node: der.Node) -> str:
    return purpose(purpose_name(node.oid()))
