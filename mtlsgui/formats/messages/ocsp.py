"""OCSP requests and responses (RFC 6960), by structure, with the certificates that come along."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem
from mtlsgui.formats.messages import wording
from mtlsgui.formats.stores.stored import add_certificate
from mtlsgui.pki import der, signatures, values
from mtlsgui.pki.describe.tree import Description, Field, Section
from mtlsgui.pki.describe.words import count
from mtlsgui.pki.facts import certificate_parts

MOST_DESCRIBED = 100
"""Certificates in one request or response that are described one by one."""

_BASIC = "1.3.6.1.5.5.7.48.1.1"
_NONCE = "1.3.6.1.5.5.7.48.1.2"
_BY_NAME, _BY_KEY = 0xA1, 0xA2
_GOOD, _REVOKED, _UNKNOWN = 0x80, 0xA1, 0x82

_STATUSES = {
    0: "successful",
    1: "the request was malformed",
    2: "an internal error of the responder",
    3: "the responder asks to try again later",
    5: "the request must be signed",
    6: "the requester is not authorized",
}
_REASONS = {
    0: "unspecified",
    1: "key compromise",
    2: "CA compromise",
    3: "affiliation changed",
    4: "superseded",
    5: "cessation of operation",
    6: "certificate hold",
    8: "removed from the list",
    9: "privilege withdrawn",
    10: "attribute authority compromise",
}


def read_request(node: der.Node, container: str, context: Context) -> None:
    """An OCSPRequest (section 4.1.1)."""
    body, *signature = node.children()
    fields: list[Field] = []
    asked: list[der.Node] = []
    for part in body.children():
        if part.tag == 0xA1:
            fields.append(wording.general_names("Requester", part))
        elif part.tag == der.SEQUENCE:
            asked = part.children()
        elif part.tag == 0xA2:
            fields += _nonce_and_others(wording.inside(part))
    fields.append(Field("Asks about", count(len(asked), "certificate"), kind="number"))
    signed = "yes" if signature else "no"
    fields.append(Field("Signed", signed))
    sections = [Section("Request", tuple(fields))]
    for number, request in enumerate(asked[:MOST_DESCRIBED], 1):
        sections.append(_section(number, request, _asked))
    about = f"Asks about {count(len(asked), 'certificate')}"
    context.add(
        OtherItem(
            "OCSP request",
            "ocsp_request",
            container=container,
            description=Description("OCSP request", about, _cut(sections, asked)),
            der=node.encoded,
        )
    )


def read_response(node: der.Node, container: str, context: Context) -> None:
    """An OCSPResponse (section 4.2.1): the certificates of its responder are items of their own."""
    status, *rest = node.children()
    number = int.from_bytes(status.value, "big")
    words = _STATUSES.get(number, f"an unknown status ({number})")
    if not rest:
        only = Field("Response", words, kind="text" if number == 0 else "problem")
        _add(node, container, context, words, [Section("Response", (only,))])
        return
    kind, content = wording.inside(rest[0]).children()[:2]
    if kind.oid() != _BASIC:
        fields = (
            Field("Response", words),
            Field("Type", wording.oid_words(kind.oid()), oid=kind.oid()),
        )
        _add(node, container, context, words, [Section("Response", fields)])
        return
    before = len(context.items)
    try:
        read_basic(der.read(content.value), container, context, whole=node)
    except (ValueError, IndexError) as error:
        if len(context.items) > before:
            raise
        why = str(error) if isinstance(error, der.DerError) else "parts of it are missing"
        fields = (
            Field("Response", words),
            Field("Contents", wording.UNREADABLE, note=why, kind="problem"),
        )
        _add(node, container, context, words, [Section("Response", fields)])
        context.error("", f"What the OCSP response says is damaged: {why}.")


def read_basic(
    node: der.Node, container: str, context: Context, whole: der.Node | None = None
) -> None:
    """A BasicOCSPResponse. whole: the OCSPResponse that it stands in, if any."""
    body, algorithm, signature, *rest = node.children()
    certificates = [each for each in rest if each.tag == 0xA0]
    inside = wording.inside(certificates[0]).children() if certificates else []
    fields: list[Field] = []
    answers: list[der.Node] = []
    for part in body.children():
        if part.tag in (_BY_NAME, _BY_KEY) and not fields:
            fields.append(_responder(part))
        elif part.tag in (values.UTC_TIME, values.GENERALIZED_TIME):
            fields.append(wording.moment("Produced", part))
        elif part.tag == der.SEQUENCE:
            answers = part.children()
        elif part.tag == 0xA1:
            fields += _nonce_and_others(wording.inside(part))
    fields.append(wording.algorithm("Signature algorithm", algorithm))
    fields.append(_signature(body, algorithm, signature, inside))
    sections = [Section("Response", tuple(fields))]
    for number, answer in enumerate(answers[:MOST_DESCRIBED], 1):
        sections.append(_section(number, answer, _answer))
    subtitle = count(len(answers), "certificate")
    if len(answers) == 1:
        subtitle = sections[1].fields[0].value
    _add(whole or node, container, context, subtitle, list(_cut(sections, answers)))
    for number, certificate in enumerate(inside, 1):
        with context.part(f"certificate {number} in the OCSP response"):
            add_certificate(certificate.encoded, "ocsp", None, context)


def _add(
    node: der.Node, container: str, context: Context, subtitle: str, sections: list[Section]
) -> None:
    context.add(
        OtherItem(
            "OCSP response",
            "ocsp_response",
            container=container,
            description=Description(
                "OCSP response", subtitle[:1].upper() + subtitle[1:], tuple(sections)
            ),
            der=node.encoded,
        )
    )


def _section(number: int, entry: der.Node, read: Callable[[der.Node], Iterable[Field]]) -> Section:
    """One of the certificates; a malformed one does not hide the others."""
    try:
        fields = tuple(read(entry))
    except (ValueError, IndexError) as error:
        fields = (Field("Entry", wording.UNREADABLE, note=str(error), kind="problem"),)
    return Section(f"Certificate {number}", fields)


def _asked(request: der.Node) -> Iterator[Field]:
    """A Request."""
    return _identifier(wording.first(request))


def _answer(answer: der.Node) -> Iterator[Field]:
    """A SingleResponse."""
    identifier, state, *times = answer.children()
    yield Field("Status", _state(state))
    yield from _identifier(identifier)
    yield from _details(state, times)


def _cut(sections: list[Section], of: list[der.Node]) -> tuple[Section, ...]:
    """The sections, with a word on those that are left out."""
    if len(of) > MOST_DESCRIBED:
        more = Field("", f"… and {len(of) - MOST_DESCRIBED:,} more")
        sections.append(Section("More certificates", (more,)))
    return tuple(sections)


def _responder(part: der.Node) -> Field:
    inner = wording.inside(part)
    if part.tag == _BY_NAME:
        return wording.name("Responder", inner)
    return wording.octets("Responder's key (SHA-1)", inner.value)


def _identifier(identifier: der.Node) -> Iterator[Field]:
    """A CertID: which certificate is meant (section 4.1.1)."""
    algorithm, names, keys, serial = identifier.children()[:4]
    yield wording.serial("Serial number", serial)
    digest = wording.algorithm("Digest", algorithm).value
    yield wording.octets("Issuer's name", names.value, note=f"{digest} of the name")
    yield wording.octets("Issuer's key", keys.value, note=f"{digest} of the key")


def _state(state: der.Node) -> str:
    words = {_GOOD: "good: not revoked", _REVOKED: "revoked", _UNKNOWN: "unknown to the responder"}
    return words.get(state.tag, "of a kind that we do not know")


def _details(state: der.Node, times: list[der.Node]) -> Iterator[Field]:
    if state.tag == _REVOKED:
        when, *why = der.Node(state.data, der.SEQUENCE, *state[2:]).children()
        yield wording.moment("Revoked", when)
        if why:
            number = wording.inside(why[0]).value
            code = int.from_bytes(number, "big")
            yield Field("Reason", _REASONS.get(code, f"reason {code}"))
    for time in times:
        if time.tag in (values.UTC_TIME, values.GENERALIZED_TIME):
            yield wording.moment("This update", time)
        elif time.tag == 0xA0:
            yield wording.moment("Next update", wording.inside(time))
        elif time.tag == 0xA1:
            yield from wording.extensions("Extensions", wording.inside(time))


def _nonce_and_others(found: der.Node) -> Iterator[Field]:
    """The extensions: a nonce with its value, the others by name."""
    others = []
    for extension in found.children():
        kind, *rest = extension.children()
        if kind.oid() == _NONCE and rest:
            content = rest[-1].value
            with suppress(der.DerError):  # old software writes the bytes bare
                content = der.read(content).value
            yield wording.octets("Nonce", content)
        else:
            others.append(wording.oid_words(kind.oid()))
    if others:
        yield Field("Extensions", "\n".join(others), kind="names")


def _signature(
    body: der.Node, algorithm: der.Node, signature: der.Node, certificates: list[der.Node]
) -> Field:
    """Whether it was made with the key of one of the certificates inside."""
    if not certificates:
        return Field("Signature", "cannot be checked: the responder's certificate is not inside")
    answers = []
    for certificate in certificates[:MOST_DESCRIBED]:
        try:
            spki = certificate_parts(certificate.encoded).spki.encoded
        except der.DerError:
            continue
        answers.append(signatures.verifies(spki, algorithm, signature.value[1:], body.encoded))
    if True in answers:
        return Field("Signature", "made with the key of a certificate inside")
    if None in answers:
        return Field("Signature", "cannot be checked: an algorithm that we do not have")
    return Field("Signature", "not made with the key of any certificate inside", kind="problem")
