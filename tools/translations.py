"""The translations of the window: `python -m tools.translations …`.

    update [LANG …]  bring every mtlsgui_LANG.ts to the texts of today; LANG begins a new one
    release          compile each .ts into the .qm beside it, which is what the window loads
    check            say what is not translated or does not agree; exit status 1 if anything

Texts are found twice: `lupdate` of Qt writes them into the .ts, and `check` reads them from the
syntax tree by itself, so that one it cannot read (an f-string, a variable) is said and not lost.
It runs in the environment in .venv, which has Qt's tools.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "mtlsgui" / "gui"
TRANSLATIONS = ROOT / "mtlsgui" / "resources" / "translations"
QT_TOOLS = ROOT / ".venv" / "bin"

CORE = "Core"
"""The context of what comes from the core: `mtlsgui.gui.words.core`."""
SOURCE = "en"
"""The language of the texts in the code; its .ts holds only what depends on a number."""

_PLACEHOLDER = re.compile(r"\{[^{}]*\}|%n")
_MNEMONIC = re.compile(r"&(?!&|amp;)\S")
_SENTENCE = re.compile(r"&?[A-Z][a-z]+([ ,.:;?…].*)?", re.DOTALL)
_TAKE_TEXTS = frozenset(
    {"QAction", "QCheckBox", "QGroupBox", "QLabel", "QMenu", "QPushButton", "QRadioButton"}
    | {"QToolButton", "addAction", "addRow", "label", "link_button", "primary_button", "wrapped"}
    | {"setAccessibleDescription", "setAccessibleName", "setPlaceholderText", "setStatusTip"}
    | {"setText", "setTitle", "setToolTip", "setWindowTitle"}
)
"""Calls that show the first text they are given."""


@dataclass(frozen=True, order=True)
class Text:
    """One text to translate, as Qt looks it up. plural: it depends on a number, %n."""

    context: str
    source: str
    plural: bool = False


@dataclass(frozen=True)
class Entry:
    """One message of a .ts file.

    forms: the translation; one a number where it depends on %n. finished: as its translator says.
    """

    text: Text
    forms: tuple[str, ...]
    finished: bool


class _Reader(ast.NodeVisitor):
    """Collects the texts of one module, and complaints about those that cannot be read."""

    def __init__(self, path: Path) -> None:
        self.texts: set[Text] = set()
        self.complaints: list[str] = []
        self._path, self._classes = path, [""]

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name == "tr" and isinstance(called, ast.Name):
            self._complain(node, "call self.tr() or translate() by that name, for lupdate")
        elif name == "tr" and node.args:
            self._add(node, self._classes[-1], node.args[0], plural=len(node.args) > 2)
        elif name == "translate" and not _is_of_painter(called) and len(node.args) > 1:
            context = node.args[0]
            if _is_text(context) and context.value == CORE:
                pass  # what it is called with is listed by core_texts
            elif _is_text(context):
                self._add(node, context.value, node.args[1], plural=len(node.args) > 3)
            else:
                self._complain(node, "the context is not a literal")
        elif name in _TAKE_TEXTS and node.args:
            shown = node.args[0]
            if _is_text(shown) and _SENTENCE.fullmatch(shown.value):
                self._complain(node, f"shown, but not to be translated: {shown.value!r}")
        self.generic_visit(node)

    def _add(self, node: ast.AST, context: str, source: ast.expr, *, plural: bool) -> None:
        if not _is_text(source):
            self._complain(node, "the text is not a literal; lupdate does not see it")
        elif not context:
            self._complain(node, "tr() outside a class has no context; use translate()")
        else:
            self.texts.add(Text(context, source.value, plural))

    def _complain(self, node: ast.AST, what: str) -> None:
        self.complaints.append(f"{self._path}:{getattr(node, 'lineno', 0)}: {what}")


class _TextConstant(ast.Constant):
    """A constant that is a str, for the type checker."""

    value: str


def _is_text(node: ast.expr) -> TypeGuard[_TextConstant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_of_painter(called: ast.expr) -> bool:
    """Whether it is QPainter.translate."""
    return (
        isinstance(called, ast.Attribute)
        and isinstance(called.value, ast.Name)
        and called.value.id == "painter"
    )


def texts_of_code(code: Path = CODE) -> tuple[set[Text], list[str]]:
    """The texts of all modules below `code`, and what is wrong with some."""
    texts: set[Text] = set()
    complaints: list[str] = []
    for path in sorted(code.rglob("*.py")):
        reader = _Reader(path.relative_to(code.parent))
        reader.visit(ast.parse(path.read_text(encoding="utf-8")))
        texts |= reader.texts
        complaints += reader.complaints
    return texts, complaints


def entries(path: Path) -> Iterator[Entry]:
    """The messages of a .ts file."""
    for context in ET.parse(path).iterfind("context"):  # noqa: S314 - a file of this repository
        name = context.findtext("name", "")
        for message in context.iterfind("message"):
            translation = message.find("translation")
            if translation is None:
                continue
            forms = translation.findall("numerusform") or [translation]
            yield Entry(
                Text(name, message.findtext("source", ""), message.get("numerus") == "yes"),
                tuple(form.text or "" for form in forms),
                "type" not in translation.attrib,
            )


def disagreements(source: str, translation: str) -> list[str]:
    """In what a translation does not do what its source does."""
    found = []
    if sorted(_PLACEHOLDER.findall(source)) != sorted(_PLACEHOLDER.findall(translation)):
        found.append("the placeholders differ")
    if len(_MNEMONIC.findall(source)) != len(_MNEMONIC.findall(translation)):
        found.append("a mnemonic (&) is missing or too many")
    if source.endswith("…") != translation.endswith("…"):
        found.append("the … at the end differs")
    if source.endswith((".", "?")) and not translation.endswith((".", "?")):
        found.append("the sentence has no end")
    if _edge(source) != _edge(translation):
        found.append("the spaces at the ends differ")
    return found


def _edge(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text) - len(text.rstrip())


def check(
    code: Path = CODE, translations: Path = TRANSLATIONS, labels: Collection[str] = ()
) -> list[str]:
    """All that is wrong, a line each. labels: those of the core."""
    all_texts, found = texts_of_code(code)
    all_texts |= {Text(CORE, text) for text in labels}
    for path in sorted(translations.glob("mtlsgui_*.ts")):
        messages = list(entries(path))
        texts = all_texts if _language(path) != SOURCE else {t for t in all_texts if t.plural}
        there = {entry.text for entry in messages}
        found += [f"{path.name}: not there: {text}; run update" for text in sorted(texts - there)]
        found += [f"{path.name}: not used: {text}; run update" for text in sorted(there - texts)]
        for entry in messages:
            if not entry.finished or not all(entry.forms):
                found.append(f"{path.name}: not translated: {entry.text}")
                continue
            found += [
                f"{path.name}: {what}: {entry.text} -> {form!r}"
                for form in entry.forms
                for what in disagreements(entry.text.source, form)
            ]
    return found


def update(languages: Sequence[str], labels: Collection[str]) -> None:
    """Run lupdate for the languages that are there and those named. labels: those of the core."""
    TRANSLATIONS.mkdir(exist_ok=True)
    files = {*TRANSLATIONS.glob("mtlsgui_*.ts")}
    files |= {TRANSLATIONS / f"mtlsgui_{language}.ts" for language in languages}
    modules = [str(path.relative_to(ROOT)) for path in sorted(CODE.rglob("*.py"))]
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "labels.py"
        calls = [f"translate({json.dumps(CORE)}, {json.dumps(text)})\n" for text in sorted(labels)]
        listed.write_text("".join(calls), encoding="utf-8")
        _extract(sorted(files), [*modules, str(listed)])


def _extract(files: Sequence[Path], modules: Sequence[str]) -> None:
    for path in files:
        language = _language(path)
        options = ["-silent", "-no-obsolete", "-locations", "none"]
        options += ["-source-language", SOURCE, "-target-language", language]
        options += ["-pluralonly"] if language == SOURCE else []
        _run("pyside6-lupdate", *options, *modules, "-ts", str(path))


def _language(path: Path) -> str:
    return path.stem.removeprefix("mtlsgui_")


def release(output: Path = TRANSLATIONS) -> None:
    """Compile each .ts to a .qm in `output`."""
    for path in sorted(TRANSLATIONS.glob("mtlsgui_*.ts")):
        compiled = output / path.with_suffix(".qm").name
        _run("pyside6-lrelease", "-silent", str(path), "-qm", str(compiled))


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([QT_TOOLS / tool, *arguments], cwd=ROOT, check=True)


def _core_labels() -> set[str]:
    """Imported here: `release` must run before mtlsgui can be imported."""
    from tools.core_texts import core_texts

    return core_texts()


def main(arguments: Sequence[str]) -> int:
    """Do what is named; the exit status."""
    match list(arguments):
        case ["update", *languages]:
            update(languages, _core_labels())
        case ["release"]:
            release()
        case ["check"]:
            found = check(labels=_core_labels())
            print("\n".join(found), file=sys.stderr)
            return 1 if found else 0
        case _:
            print(
                "usage: python -m tools.translations update [LANG …]|release|check", file=sys.stderr
            )
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
