"""The documents: what they link to exists, and the names they give are those on the screen."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GUIDE = sorted((ROOT / "docs" / "guide").glob("*.md"))
FOR_USERS = [ROOT / "README.md", *GUIDE]

LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`]*`")
ITALIC = re.compile(r"(?<![*\w])\*(?![*\s])([^*]+)\*(?![*\w])")
"""What the window calls things begins with a capital letter; emphasis does not."""
PICTURES_LIMIT = 5_000_000


def markdown_files() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [path for name in listing.stdout.split("\0") if (path := ROOT / name).is_file()]


def prose(path: Path) -> str:
    """A document without its code."""
    return CODE.sub("", FENCE.sub("", path.read_text("utf-8")))


def anchors(path: Path) -> set[str]:
    """The headings of a document as they are linked to."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each).strip().lower().replace(" ", "-") for each in headings}


def broken(path: Path, target: str) -> bool:
    if re.match(r"[a-z]+:", target):
        return False
    name, _, anchor = target.partition("#")
    linked = (path.parent / name).resolve() if name else path
    return not linked.exists() or bool(anchor and anchor not in anchors(linked))


@cache
def texts() -> frozenset[str]:
    """All texts in the program, without the marks of their mnemonics."""
    found = set()
    for path in (ROOT / "mtlsgui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value.replace("&", "").strip())
    return frozenset(found)


def named(path: Path) -> list[str]:
    """What a document says to be on the screen."""
    phrases = (" ".join(each.split()) for each in ITALIC.findall(prose(path)))
    return [each for each in phrases if each[0].isupper()]


def is_on_the_screen(phrase: str) -> bool:
    """Whether it is a text of the program; a long one may be the beginning of a text.

    “…” stands for what the program fills in there.
    """
    pieces = [piece.strip() for piece in phrase.split("“…”")]
    if len(pieces) > 1:
        return all(any(piece in text for text in texts()) for piece in pieces)
    if len(phrase.split()) > 4:
        return any(text.startswith(phrase) for text in texts())
    return phrase in texts()


@pytest.mark.parametrize("path", markdown_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_pictures_lead_somewhere(path: Path) -> None:
    assert [target for target in LINK.findall(prose(path)) if broken(path, target)] == []


@pytest.mark.parametrize("path", FOR_USERS, ids=lambda path: path.name)
def test_names_are_those_on_the_screen(path: Path) -> None:
    assert [phrase for phrase in named(path) if not is_on_the_screen(phrase)] == []


def test_names_that_are_nowhere_are_found() -> None:
    assert is_on_the_screen("New authority…")
    assert not is_on_the_screen("New authority of mine…")
    assert named(ROOT / "README.md")


def test_links_that_lead_nowhere_are_found() -> None:
    readme = ROOT / "README.md"
    assert broken(readme, "docs/nowhere.md")
    assert broken(readme, "README.md#nowhere")
    assert not broken(readme, "https://example.com/x")


def test_pictures_are_used_and_not_heavy() -> None:
    pictures = list((ROOT / "docs" / "images").iterdir())
    linked = {
        (path.parent / target).resolve()
        for path in markdown_files()
        for target in LINK.findall(prose(path))
    }
    # Of each picture that is used, the other colour scheme is there as well, for who wants it.
    schemes = {str(path).replace("-light.png", "-dark.png") for path in linked}
    assert [path.name for path in pictures if path not in linked and str(path) not in schemes] == []
    assert sum(path.stat().st_size for path in pictures) < PICTURES_LIMIT


def test_every_decision_is_in_the_index() -> None:
    index = ROOT / "docs" / "decisions" / "README.md"
    listed = set(LINK.findall(index.read_text("utf-8")))
    pages = {path.name for path in index.parent.glob("*.md")} - {index.name}
    assert pages == listed
