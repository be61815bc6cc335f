"""Qualified certificates (RFC 3739, ETSI EN 319 412-5, ETSI TS 119 495) and German admissions."""

from collections.abc import Callable

from mtlsgui.pki import der
from mtlsgui.pki.describe import parts
from mtlsgui.pki.describe.extensions.shown import Decoder, Shown, lines
from mtlsgui.pki.describe.names import bare_name
from mtlsgui.pki.describe.words import count
from mtlsgui.pki.oid_names import with_name

_TYPES = {
    "0.4.0.1862.1.6.1": "electronic signatures",
    "0.4.0.1862.1.6.2": "electronic seals",
    "0.4.0.1862.1.6.3": "web site authentication",
}
_SEMANTICS = {
    "0.4.0.194121.1.1": "natural person",
    "0.4.0.194121.1.2": "legal person",
    "0.4.0.194121.1.3": "natural person, by electronic identification",
    "0.4.0.194121.1.4": "legal person, by electronic identification",
}
_MOST_EXPONENT = 30


def _statements(node: der.Node) -> Shown:
    words = []
    for statement in parts.items(node):
        kind, *value = parts.some(statement, 1)
        oid = kind.oid()
        if oid in _PLAIN:
            words.append(_PLAIN[oid])
        elif oid in _STATEMENTS and value:
            words.append(_STATEMENTS[oid](value[0]))
        else:
            held = f": {parts.brief(value[0])}" if value else ""
            words.append(with_name(oid) + held)
    return lines(words)


def _limit(node: der.Node) -> str:
    currency, amount, exponent = parts.some(node, 3)[:3]
    unit = str(currency.integer()) if currency.tag == der.INTEGER else parts.string(currency)
    power = exponent.integer()
    if 0 <= power <= _MOST_EXPONENT:
        return f"For transactions of up to {amount.integer() * 10**power:,} {unit}"
    return f"For transactions of up to {amount.integer()} × 10^{power} {unit}"


def _retention(node: der.Node) -> str:
    return f"Records are kept for {count(node.integer(), 'year')} after it ends"


def _disclosure(node: der.Node) -> str:
    found = []
    for location in parts.items(node):
        url, language = parts.some(location, 2)[:2]
        found.append(f"{parts.string(url)} ({parts.string(language)})")
    return f"Disclosure statement: {', '.join(found)}"


def _types(node: der.Node) -> str:
    kinds = [kind.oid() for kind in parts.items(node)]
    return f"For {', '.join(_TYPES.get(kind, kind) for kind in kinds)}"


def _legislation(node: der.Node) -> str:
    return f"Under the law of {', '.join(parts.string(country) for country in parts.items(node))}"


def _payment(node: der.Node) -> str:
    roles, name, identifier = parts.some(node, 3)[:3]
    played = [parts.string(parts.some(role, 2)[1]) for role in parts.items(roles)]
    authority = f"{parts.string(name)} ({parts.string(identifier)})"
    return f"Payment services (PSD2): {', '.join(played)}; authorized by {authority}"


def _semantics(node: der.Node) -> str:
    words = []
    for part in parts.items(node):
        if part.tag == der.OID:
            oid = part.oid()
            words.append(_SEMANTICS.get(oid) or with_name(oid))
        else:
            words.append("by " + ", ".join(bare_name(name) for name in parts.items(part)))
    return f"How the subject is named: {'; '.join(words)}"


_PLAIN = {
    "0.4.0.1862.1.1": "An EU qualified certificate",
    "0.4.0.1862.1.4": "Its private key is held in a qualified device (QSCD)",
}
_STATEMENTS: dict[str, Callable[[der.Node], str]] = {
    "0.4.0.1862.1.2": _limit,
    "0.4.0.1862.1.3": _retention,
    "0.4.0.1862.1.5": _disclosure,
    "0.4.0.1862.1.6": _types,
    "0.4.0.1862.1.7": _legislation,
    "0.4.0.19495.2": _payment,
    "1.3.6.1.5.5.7.11.1": _semantics,
    "1.3.6.1.5.5.7.11.2": _semantics,
}


def _admissions(node: der.Node) -> Shown:
    """AdmissionSyntax (Common PKI 2.0, part 1): who somebody is by profession."""
    *authority, contents = parts.some(node, 1)
    words = [f"Authority: {bare_name(name)}" for name in authority]
    for admission in parts.items(contents):
        for part in parts.items(admission):
            if part.tag == 0xA0:
                words.append(f"Authority: {bare_name(parts.inner(part))}")
            elif part.tag == der.SEQUENCE:
                words += [_profession(profession) for profession in part.children()]
    return lines(words)


def _profession(node: der.Node) -> str:
    listed = [part for part in parts.items(node) if part.tag == der.SEQUENCE]
    titles = [parts.string(title) for title in listed[0].children()] if listed else []
    oids = [with_name(oid.oid()) for oid in listed[1].children()] if len(listed) > 1 else []
    numbers = [parts.string(part) for part in parts.items(node) if part.tag == 0x13]
    words = ", ".join(titles) or "(no profession)"
    if oids:
        words += f" ({', '.join(oids)})"
    return words + "".join(f", registered as {number}" for number in numbers)


DECODERS: dict[str, Decoder] = {
    "1.3.6.1.5.5.7.1.3": _statements,
    "1.3.36.8.3.3": _admissions,
}
