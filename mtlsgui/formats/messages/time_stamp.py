"""Time stamps (RFC 3161): requests, responses, and what a token says."""

from collections.abc import Iterator

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem
from mtlsgui.formats.messages import wording
from mtlsgui.pki import der, values
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.describe.words import hex_dump

_STATUSES = {
    0: "granted",
    1: "granted, with changes",
    2: "refused",
    3: "waiting",
    4: "a revocation is near",
    5: "revoked",
}
_BOOLEAN = 0x01


def read_time_stamp_request(node: der.Node, container: str, context: Context) -> None:
    """A TimeStampReq (section 2.4.1)."""
    _, imprint, *rest = node.children()
    fields = [*_imprint(imprint)]
    for part in rest:
        if part.tag == der.OID:
            fields.append(_policy(part))
        elif part.tag == der.INTEGER:
            fields.append(wording.serial("Nonce", part))
        elif part.tag == _BOOLEAN:
            asked = "asked for" if part.value.strip(b"\0") else "not asked for"
            fields.append(Field("Certificate of the authority", asked))
    _add("Time-stamp request", "", fields, node=node, container=container, context=context)


def read_status(node: der.Node, container: str, context: Context) -> der.Node | None:
    """The status of a TimeStampResp (section 2.4.2); gives the token that comes with it."""
    status, *token = node.children()
    number, *rest = status.children()
    words = _STATUSES.get(number.integer(), f"an unknown status ({number.integer()})")
    fields = [Field("Status", words)]
    for part in rest:
        if part.tag == der.SEQUENCE:
            fields.append(_remarks(part))
    _add("Time-stamp response", words, fields, node=node, container=container, context=context)
    return der.read(token[0].encoded) if token else None


def _remarks(found: der.Node) -> Field:
    return wording.field(
        "Remarks",
        lambda: "\n".join(values.text(each.tag, each.value) for each in found.children()),
    )


def _add(
    what: str,
    subtitle: str,
    fields: list[Field],
    *,
    node: der.Node,
    container: str,
    context: Context,
) -> None:
    context.add(
        OtherItem(
            what,
            container=container,
            description=Description(what, subtitle, (Section("Time stamp", tuple(fields)),)),
            der=node.encoded,
        )
    )


def stamp_info(encoded: bytes) -> Section:
    """The TSTInfo in a token (section 2.4.2)."""
    try:
        fields = tuple(_stamp(der.read(encoded)))
    except (ValueError, IndexError) as error:
        fields = (Field("Time stamp", wording.UNREADABLE, note=str(error), kind="problem"),)
    return Section("Time stamp", fields)


def _stamp(node: der.Node) -> Iterator[Field]:
    _, policy, imprint, serial, time, *rest = node.children()
    yield wording.moment("Time", time)
    yield _policy(policy)
    yield wording.serial("Serial number", serial)
    yield from _imprint(imprint)
    for part in rest:
        if part.tag == der.INTEGER:
            yield wording.serial("Nonce", part)
        elif part.tag == 0xA0:
            yield wording.general_names("Authority", part)


def _policy(node: der.Node) -> Field:
    return wording.field("Policy", lambda: wording.oid_words(node.oid()), oid=node.oid())


def _imprint(node: der.Node) -> Iterator[Field]:
    """What was stamped: its digest."""
    algorithm, digest = node.children()[:2]
    yield wording.algorithm("Digest algorithm", algorithm)
    yield Field("Digest", hex_dump(digest.value), monospace=True, kind="digest")
