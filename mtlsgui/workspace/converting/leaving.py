"""What of the things that came is in no output, and why."""

from collections.abc import Iterator, Set

from mtlsgui.formats.items import CertificateItem, Item, PrivateKeyItem
from mtlsgui.workspace.converting.records import LeftOut
from mtlsgui.workspace.converting.sorting import Sorted
from mtlsgui.workspace.converting.targets import Options, Part, Target
from mtlsgui.workspace.converting.wording import capital, describe


def left_out(
    found: Sorted, target: Target, options: Options, mentioned: Set[int]
) -> Iterator[LeftOut]:
    """Everything that is neither in the output nor spoken of yet.

    mentioned: the `id` of each item that is.
    """
    for item in found.locked:
        yield LeftOut(capital(describe(item)), "It is locked: its passphrase is needed.", item)
    for item in found.duplicates:
        yield LeftOut(capital(describe(item)), "It is there once already.", item)
    in_chains = {
        id(item): at for entry in found.entries for at, item in enumerate(entry.certificates)
    }
    rest: list[Item] = [*found.heap.certificates.values()]
    rest += [entry.key for entry in found.entries if entry.key]
    for item in {id(item): item for item in rest}.values():
        if id(item) not in mentioned:
            why = _why(item, in_chains.get(id(item)), target, options)
            yield LeftOut(capital(describe(item)), why, item)
    for item in found.loose:
        if id(item) not in mentioned:
            yield LeftOut(capital(describe(item)), f"{target.label} has no place for it.", item)


def _why(item: Item, place: int | None, target: Target, options: Options) -> str:
    """place: in its chain, 0 for the leaf; None for what is in none."""
    one_only = f"{target.label} holds one of them." if target.holds_one else "Not asked for."
    if isinstance(item, PrivateKeyItem):
        if not target.is_private or options.only not in (None, Part.KEY):
            return "Private keys are not in it."
        return one_only
    if place is None:
        return "It is on another way to a root."
    if target in (Target.CA, Target.TRUSTSTORE) or options.only is Part.CA:
        return "It is not what the other side has to trust."
    if target.is_key_only or options.only is Part.KEY:
        return "Certificates are not in it."
    is_root = isinstance(item, CertificateItem) and item.facts.self_signed
    if place and is_root and target.has_chain and not options.include_root:
        return "A root is left out unless it is asked for: the other side has it."
    if place and not (target.has_chain and options.chain):
        return "Only the certificate itself was asked for."
    return one_only
