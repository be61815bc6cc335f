"""The parts of mtlsgui import each other in one direction only; Qt stays in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.import_rule import imports, violations

ROOT = Path(__file__).resolve().parent.parent


def write(root: Path, name: str, text: str) -> Path:
    path = root / "mtlsgui" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_mtlsgui_keeps_the_rule() -> None:
    found = violations(ROOT)
    if found:
        pytest.fail("\n".join(map(str, found)), pytrace=False)


def test_imports_of_mtlsgui_are_seen() -> None:
    """The rule reads real imports here: an empty list would keep it too."""
    seen = {found.module for found in imports(ROOT, ROOT / "mtlsgui" / "pki" / "keys.py")}
    assert any(module.startswith("cryptography.") for module in seen)


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("pki/a.py", "import mtlsgui.formats", "pki imports formats: that is upward"),
        ("pki/a.py", "from mtlsgui import formats", "pki imports formats: that is upward"),
        ("pki/a.py", "from ..formats.pem import split", "pki imports formats: that is upward"),
        ("pki/b/a.py", "from ... import formats", "pki imports formats: that is upward"),
        ("vault/a.py", "from .. import workspace", "vault imports workspace: that is upward"),
        ("vault/a.py", "import mtlsgui.tls", "vault imports tls: they stand side by side"),
        ("tls/a.py", "import mtlsgui.inventory", "tls imports inventory: they stand side by side"),
        ("deploy/a.py", "import mtlsgui.tls", "deploy imports tls: they stand side by side"),
        ("cli/a.py", "import mtlsgui.gui", "cli imports gui: they stand side by side"),
        ("gui/a.py", "import mtlsgui.app", "gui imports app: that is upward"),
        ("errors.py", "import mtlsgui.pki", "errors imports pki: that is upward"),
        ("cli/a.py", "import mtlsgui.extra", "extra has no tier"),
        ("extra.py", "import mtlsgui.pki", "extra has no tier"),
        ("__init__.py", "import mtlsgui.pki", "importing the package loads no part"),
        ("cli/a.py", "from PySide6.QtCore import QObject", "Qt is for gui/"),
        ("pki/a.py", "def f():\n    import PySide6", "Qt is for gui/"),
        ("gui/a.py", "from cryptography import x509", "gui imports cryptography.x509"),
        ("gui/a.py", "import OpenSSL.SSL as s", "gui imports OpenSSL.SSL"),
        ("gui/a.py", "import_module('peewee')", "gui imports peewee"),
        ("pki/a.py", "importlib.import_module('mtlsgui.gui')", "pki imports gui"),
    ],
)
def test_a_breach_is_reported_with_file_and_line(
    tmp_path: Path, file: str, text: str, reason: str
) -> None:
    write(tmp_path, file, f"import os\n{text}\n")
    (found,) = violations(tmp_path)
    line = 3 if text.startswith("def") else 2
    assert str(found).startswith(f"mtlsgui/{file}:{line}: ")
    assert reason in str(found)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("formats/a.py", "from mtlsgui.pki import keys"),
        ("vault/a.py", "from ..formats import pem\nfrom . import base"),
        ("workspace/a.py", "import mtlsgui.vault, mtlsgui.inventory, mtlsgui.tls"),
        ("gui/a.py", "import PySide6.QtWidgets\nfrom mtlsgui.workspace import issuing"),
        ("cli/a.py", "from mtlsgui.pki import names\nfrom mtlsgui import __version__"),
        ("pki/a.py", "from mtlsgui.errors import MtlsguiError\nimport mtlsgui"),
        ("__main__.py", "from mtlsgui.app import main"),
    ],
)
def test_what_the_rule_allows_passes(tmp_path: Path, file: str, text: str) -> None:
    write(tmp_path, file, text)
    assert violations(tmp_path) == []
