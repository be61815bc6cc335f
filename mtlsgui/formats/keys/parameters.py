"""Parameters of keys, standing alone: a curve, a Diffie-Hellman group, those of DSA.

PKCS#3 (Diffie-Hellman), RFC 3279 (DSA, X9.42, elliptic curves). Nothing is computed but one
division: checking a large group would take for ever.
"""

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import OtherItem
from mtlsgui.formats.limits import RefusedError
from mtlsgui.pki import curves, der, key_kinds
from mtlsgui.pki.describe.tree import Description, Field, Section

_LARGEST_PRIME = 65_536  # bits; a division of such numbers takes a millisecond
_SMALLEST_SUBGROUP = 100  # bits; what is smaller is a length or a small generator
_SMALL_GENERATOR = 64  # bits of a generator that is shown


def read_parameters(node: der.Node, container: str, context: Context) -> None:
    """Whichever parameters the value holds. Raises DerError for what are none."""
    if node.tag == der.OID or not _all_numbers(node):
        what, fields = "Elliptic curve parameters", _curve(node)
    else:
        what, fields = _group(node)
    context.add(
        OtherItem(
            what,
            kind="parameters",
            container=container,
            description=Description(what, "Key parameters", (Section("Parameters", fields),)),
            der=node.encoded,
        )
    )


def _all_numbers(node: der.Node) -> bool:
    return {part.tag for part in node.children()[:3]} == {der.INTEGER}


def _curve(node: der.Node) -> tuple[Field, ...]:
    if node.tag == der.OID:
        oid = node.oid()
        known = curves.named(oid)
        named = Field("Curve", known.name if known else "one that we do not know", oid=oid)
        return (named, _bits("Size", known.bits)) if known else (named,)
    curve = curves.explicit(node)
    return (Field("Curve", curve.name), _bits("Size", curve.bits))


def _group(node: der.Node) -> tuple[str, tuple[Field, ...]]:
    """What a SEQUENCE of numbers is, told by which one divides the prime less one."""
    numbers = node.children()
    prime_bits = key_kinds.bits_of(numbers[0])
    if prime_bits > _LARGEST_PRIME:
        raise RefusedError(
            f"The prime has {prime_bits:,} bits",
            f"Those above {_LARGEST_PRIME:,} bits are of no use.",
        )
    if len(numbers) < 2:
        raise der.DerError("parameters that are cut short")
    prime = Field("Prime", f"{prime_bits:,} bits", kind="number")
    order = numbers[0].integer() - 1
    if len(numbers) == 3 and _divides(numbers[1], order):
        subgroup, generator = numbers[1], numbers[2]
        what = "DSA parameters"
    elif len(numbers) >= 3 and _divides(numbers[2], order):
        subgroup, generator = numbers[2], numbers[1]
        what = "Diffie-Hellman parameters (X9.42)"
    else:
        fields = [prime, _generator(numbers[1])]
        if len(numbers) > 2 and key_kinds.bits_of(numbers[2]) <= _SMALL_GENERATOR:
            fields.append(_bits("Length of private values", numbers[2].integer()))
        return "Diffie-Hellman parameters", tuple(fields)
    size = _bits("Subgroup", key_kinds.bits_of(subgroup))
    return what, (prime, size, _generator(generator))


def _divides(number: der.Node, order: int) -> bool:
    large = number.tag == der.INTEGER and key_kinds.bits_of(number) >= _SMALLEST_SUBGROUP
    return large and number.integer() > 0 and order % number.integer() == 0


def _generator(number: der.Node) -> Field:
    bits = key_kinds.bits_of(number)
    small = bits <= _SMALL_GENERATOR
    return Field("Generator", str(number.integer()) if small else f"a number of {bits:,} bits")


def _bits(label: str, count: int) -> Field:
    return Field(label, f"{count:,} bits", kind="number")
