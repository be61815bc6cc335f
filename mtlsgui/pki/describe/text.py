"""A description as plain text, for a terminal."""

from mtlsgui.pki.describe.tree import Description, Field, Section

_LABEL_WIDTH = 26


def as_text(description: Description) -> str:
    """The whole description, two spaces of indentation a level. Ends with a newline."""
    lines = [safe(description.title)]
    if description.subtitle:
        lines.append(safe(description.subtitle))
    for section in description.sections:
        if section.fields:
            lines += ["", *_section(section)]
    return "\n".join(lines) + "\n"


def section_text(section: Section) -> str:
    """One section with its heading. Ends with a newline."""
    return "\n".join(_section(section)) + "\n"


def safe(text: str) -> str:
    """Without control characters: a name in a certificate must not steer the terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _section(section: Section) -> list[str]:
    lines = [safe(section.title)] if section.title else []
    for field in section.fields:
        _add(lines, field, 1)
    return lines


def _add(lines: list[str], field: Field, level: int) -> None:
    indent = "  " * level
    label = safe(field.label) + (" (critical)" if field.critical else "")
    width = max(_LABEL_WIDTH - len(indent), 1)
    first, *others = field.value.split("\n")
    if len(label) < width and not others:
        lines.append(f"{indent}{label:<{width}}{safe(first)}".rstrip())
    else:
        lines.append(f"{indent}{label}")
        lines += [f"{indent}  {safe(line)}" for line in (first, *others)]
    if field.note:
        lines.append(f"{indent}  ({safe(field.note)})")
    if len(field.children) > 1 or field.kind != "name":  # a name of one part is that part
        for child in field.children:
            _add(lines, child, level + 1)
