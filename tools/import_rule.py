"""Which part of mtlsgui may import which, read from the sources without running them.

    pki <- formats <- {vault, inventory, tls, deploy} <- workspace <- {cli, gui} <- app

Parts in braces do not import each other. PySide6 is for gui/, app.py and __main__.py alone, and
gui/ leaves cryptography, keyring, peewee and OpenSSL to the parts below it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "mtlsgui"

# Lowest first; the parts of one tier do not know each other.
TIERS: tuple[frozenset[str], ...] = (
    frozenset({"errors", "resources"}),
    frozenset({"pki"}),
    frozenset({"formats"}),
    frozenset({"vault", "inventory", "tls", "deploy"}),
    frozenset({"workspace"}),
    frozenset({"cli", "gui"}),
    frozenset({"app"}),
    frozenset({"__main__"}),
)

QT = frozenset({"PySide6", "shiboken6"})
QT_PARTS = frozenset({"gui", "app", "__main__"})
NOT_FOR_GUI = frozenset({"cryptography", "keyring", "peewee", "OpenSSL"})


@dataclass(frozen=True)
class Import:
    """One import of one module, and where it stands."""

    file: Path
    line: int
    module: str


@dataclass(frozen=True)
class Violation:
    """An import that should not be there, and why."""

    file: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


def violations(root: Path) -> list[Violation]:
    """All imports under `root`/mtlsgui that break a rule, in the order of files and lines."""
    return [
        Violation(path.relative_to(root), found.line, reason)
        for path in sorted((root / PACKAGE).rglob("*.py"))
        for found in imports(root, path)
        if (reason := objection(part_of(root, path), found.module))
    ]


def part_of(root: Path, path: Path) -> str:
    """The part that a source file belongs to: a folder, or a module beside the folders."""
    return path.relative_to(root / PACKAGE).with_suffix("").parts[0]


def objection(part: str, module: str) -> str | None:
    """Why `part` may not import `module` (a dotted name); None when it may."""
    top, _, rest = module.partition(".")
    if top == PACKAGE:
        return objection_to_part(part, rest.partition(".")[0])
    if top in QT and part not in QT_PARTS:
        return f"{part} imports {module}: Qt is for gui/, app.py and __main__.py"
    if top in NOT_FOR_GUI and part == "gui":
        return f"gui imports {module}: that is for the parts below workspace"
    return None


def objection_to_part(part: str, other: str) -> str | None:
    """Why one part of mtlsgui may not import another; None when it may."""
    if other in {"", "__version__", part}:  # the package itself holds the version alone
        return None
    if part == "__init__":
        return f"{PACKAGE}/__init__.py imports {other}: importing the package loads no part"
    part_tier, other_tier = tier_of(part), tier_of(other)
    if part_tier is None or other_tier is None:
        unplaced = part if part_tier is None else other
        return f"{part} imports {other}: {unplaced} has no tier in tools/import_rule.py"
    if other_tier == part_tier:
        return f"{part} imports {other}: they stand side by side"
    if other_tier > part_tier:
        return f"{part} imports {other}: that is upward"
    return None


def tier_of(part: str) -> int | None:
    """The height of a part, 0 lowest; None for one that TIERS does not place."""
    return next((height for height, tier in enumerate(TIERS) if part in tier), None)


def imports(root: Path, path: Path) -> Iterator[Import]:
    """Every import in a source file, also inside functions and under TYPE_CHECKING.

    `from a import b` gives a.b, since b may be a module; a relative one is made absolute.
    `import_module("a")` and `__import__("a")` count when the name is written out.
    """
    package = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield Import(path, node.lineno, alias.name)
            case ast.ImportFrom(module=module, names=names, level=level):
                above = package[: len(package) - level + 1] if level else ()
                base = ".".join((*above, *([module] if module else [])))
                for alias in names:
                    yield Import(path, node.lineno, f"{base}.{alias.name}")
            case ast.Call(
                func=ast.Attribute(attr="import_module")
                | ast.Name(id="import_module" | "__import__"),
                args=[ast.Constant(value=str(module)), *_],
            ):
                yield Import(path, node.lineno, module)
            case _:
                pass
