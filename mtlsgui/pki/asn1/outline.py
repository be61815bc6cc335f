"""An ASN.1 value in a few lines of text, for structures that nothing else describes."""

from mtlsgui.pki.asn1.nodes import Node, tree

_MOST_LINES = 24
_DEEPEST = 6


def outline(data: bytes) -> str:
    """The structure of `data`, two spaces a level, cut short where it is long.

    Empty for what is not one whole, unbroken ASN.1 value.
    """
    found = tree(data)
    if len(found.roots) != 1 or found.roots[0].end != len(data):
        return ""
    lines: list[str] = []
    if not _add(found.roots[0], 0, lines):
        return ""
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES:] = ["…"]
    return "\n".join(lines)


def _add(node: Node, level: int, lines: list[str]) -> bool:
    """Add a line for the node and those for its children; False where something is broken."""
    if node.problem or not node.name:
        return False
    lines.append(f"{'  ' * level}{node.name} {node.value}".rstrip())
    if level >= _DEEPEST:
        return True
    for child in node.children:
        if len(lines) > _MOST_LINES:
            return True
        if not _add(child, level + 1, lines):
            return False
    return True
