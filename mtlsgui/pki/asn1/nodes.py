"""The nodes of an ASN.1 tree."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from mtlsgui.pki.asn1 import shown
from mtlsgui.pki.asn1.headers import CONSTRUCTED, Header, end_of_contents, header
from mtlsgui.pki.asn1.schemas import Of, Part, Schema, label_parts
from mtlsgui.pki.asn1.structures import ROOTS
from mtlsgui.pki.der import DerError, decode_oid

PAGE = 2_000
"""Children that are given at once; what comes after them is a node of its own that has the rest."""
DEEPEST = 100
_LOOKED_AT = 64
"""Values that are looked at to tell whether a string holds further values."""


@dataclass(frozen=True, eq=False)
class Node:
    """One value: `data[start:end]` is all of it, `data[body:stop]` what it holds.

    start, body, stop, end: offsets in the whole data. `stop` and `end` differ where two zero bytes
        end a value of indefinite length.
    name: its type, as in "SEQUENCE", "[0]", "UTF8String"; "" for what is not a value.
    label: what it is in a structure that is known, as in "serialNumber"; else empty.
    holds: it is a string that is opened: its children stand inside it as bytes.
    indefinite: its length is not said; it ends with two zero bytes.
    problem: what is wrong with it and where; empty when nothing is.
    """

    data: bytes = field(repr=False)
    start: int
    body: int
    stop: int
    end: int
    name: str
    label: str = ""
    holds: bool = False
    indefinite: bool = False
    problem: str = ""
    depth: int = 0
    schema: Schema | None = field(default=None, repr=False)

    @property
    def header_length(self) -> int:
        """Bytes of tag and length."""
        return self.body - self.start

    @property
    def length(self) -> int:
        """Bytes of the value, without tag and length."""
        return self.stop - self.body

    @property
    def encoded(self) -> bytes:
        """All of its bytes."""
        return self.data[self.start : self.end]

    @property
    def constructed(self) -> bool:
        """Its value is made of values (X.690, section 8.1.2.5)."""
        return bool(self.name) and bool(self.data[self.start] & CONSTRUCTED)

    @property
    def tag(self) -> int:
        """The first byte: class, constructed or not, and the low bits of the number."""
        return self.data[self.start] if self.name else -1

    @property
    def expandable(self) -> bool:
        """It has children. Cheap: they are not looked for."""
        if self.depth >= DEEPEST:
            return False
        return self.body < self.stop and (self.constructed or self.holds or self._is_more)

    @property
    def _is_more(self) -> bool:
        return not self.name and not self.problem

    @property
    def value(self) -> str:
        """The value in words: of constructed ones, how much they hold."""
        if not self.name:
            return self.problem or f"the values from byte {self.start:,} on"
        if self.holds or self.constructed:
            return "empty" if self.body == self.stop else ""
        try:
            return shown.shown(self.tag, self._number, self.data[self.body : self.stop])
        except DerError as error:
            return f"{shown.dump(self.data[self.body : self.stop])} — {error}"

    @cached_property
    def _number(self) -> int:
        return header(self.data, self.start, self.body).number

    @cached_property
    def children(self) -> tuple["Node", ...]:
        """The values inside, at most PAGE of them and one node more that has the rest."""
        if not self.expandable:
            return ()
        unused_bits = self.holds and self.tag == shown.BIT_STRING
        depth = self.depth if self._is_more else self.depth + 1
        found = _walk(self.data, self.body + unused_bits, self.stop, depth)
        return _labelled(tuple(found), self.schema)


@dataclass(frozen=True)
class Tree:
    """The values that stand one after the other in `data`. kind: "Certificate", … or empty."""

    data: bytes = field(repr=False)
    roots: tuple[Node, ...]
    kind: str


def tree(data: bytes) -> Tree:
    """The ASN.1 values in `data`: one, as a rule; whatever comes after it is there too."""
    roots = tuple(_walk(data, 0, len(data), 0))
    if roots and roots[0].name:
        for kind, part in ROOTS.items():
            first = _apply(roots[0], part)
            if first.tag == part.tag and _fits(first, levels=3):
                return Tree(data, (first, *roots[1:]), kind)
    return Tree(data, roots, "")


def _walk(data: bytes, at: int, stop: int, depth: int) -> Iterator[Node]:
    for _ in range(PAGE):
        if at >= stop:
            return
        node = _node(data, at, stop, depth)
        yield node
        at = node.end
    if at < stop:
        yield Node(data, at, at, stop, stop, "", depth=depth)


def _node(data: bytes, start: int, stop: int, depth: int) -> Node:
    try:
        found = header(data, start, stop)
    except DerError as error:
        if depth == 0 and start > 0:
            problem = f"After the structure, from byte {start:,} on, comes what is no ASN.1 value"
        else:
            problem = f"At byte {start:,} there is no ASN.1 value: {error}"
        return Node(data, start, start, stop, stop, "", problem=problem, depth=depth)
    problem, indefinite = "", found.length is None
    if found.length is None:
        try:
            last = end_of_contents(data, found.body, stop)
            end = last + 2
        except DerError as error:
            last = end = stop
            problem = f"The end of this value of indefinite length is not found: {error}"
    else:
        last = end = found.body + found.length
        if end > stop:
            problem = f"It says {found.length:,} bytes, but {stop - found.body:,} are left"
            last = end = stop
    deep = depth >= DEEPEST and bool(found.first & CONSTRUCTED)
    return Node(
        data,
        start,
        found.body,
        last,
        end,
        shown.type_name(found.first, found.number),
        holds=depth < DEEPEST and _holds_values(data, found, last),
        indefinite=indefinite,
        problem=problem or ("Nested too deep to be shown" if deep else ""),
        depth=depth,
    )


def _holds_values(data: bytes, outer: Header, stop: int) -> bool:
    """Whether a string is the encoding of one value, by its form alone.

    Any structure is taken for one; of primitive values only those that extensions and private keys
    are made of, as a digest can look like one by chance.
    """
    at = outer.body
    if outer.first == shown.BIT_STRING:
        if data[at : at + 1] != b"\0":
            return False
        at += 1
    elif outer.first != shown.OCTET_STRING:
        return False
    try:
        inner = header(data, at, stop)
    except DerError:
        return False
    if inner.length is None or inner.body + inner.length != stop:
        return False
    if inner.first in (0x30, 0x31):
        return _values_fit(data, inner.body, stop)
    if outer.first == shown.BIT_STRING or inner.first >> 6:
        return False
    content = data[inner.body : stop]
    try:
        readable = shown.shown(inner.first, inner.number, content[: shown.MOST_CHARACTERS])
    except DerError:
        return False
    known = inner.first in shown.TYPE_NAMES and inner.first != 0
    return known and bool(readable or inner.first == shown.NULL) and readable.isprintable()


def _values_fit(data: bytes, at: int, stop: int) -> bool:
    for _ in range(_LOOKED_AT):
        if at == stop:
            return True
        try:
            found = header(data, at, stop)
        except DerError:
            return False
        if found.length is None or found.body + found.length > stop:
            return False
        at = found.body + found.length
    return True


def _labelled(nodes: tuple[Node, ...], schema: Schema | None) -> tuple[Node, ...]:
    if schema is None:
        return nodes
    if isinstance(schema, Of):
        return tuple(
            _apply(node, schema.each) if node.name else replace(node, schema=schema)
            for node in nodes
        )
    parts = label_parts(schema, [node.tag for node in nodes], [_oid(node) for node in nodes])
    return tuple(
        node if part is None else _apply(node, part)
        for node, part in zip(nodes, parts, strict=True)
    )


def _apply(node: Node, part: Part) -> Node:
    return replace(node, label=part.label, schema=part.schema)


def _oid(node: Node) -> str:
    if node.tag != shown.OID:
        return ""
    try:
        return decode_oid(node.data[node.body : node.stop])
    except DerError:
        return ""


def _fits(node: Node, levels: int) -> bool:
    """Whether the structure is what its schema says, so many levels down.

    One that is cut short may lack parts, as long as there is enough of it to tell.
    """
    if levels == 0 or not isinstance(node.schema, tuple):
        return True
    children = [child for child in node.children if child.name]
    labels = {child.label for child in children}
    needed = {part.label for part in node.schema if not part.optional}
    whole = needed <= labels or bool(node.problem and children)
    return (
        whole
        and all(child.label for child in children)
        and all(_fits(child, levels - 1) for child in children)
    )
