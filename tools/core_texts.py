"""The constant labels of the core that the window translates: `mtlsgui.gui.words.core`.

The core is English, for the command line and for JSON; it knows nothing of Qt. What it says in
the same words each time (names of fields and extensions, purposes, kinds, actions of the
journal) is listed here from its own tables, so that translators see it and nothing is written
twice.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from mtlsgui.pki import describe, oids, requests
from mtlsgui.pki.describe import certificate, request, words
from mtlsgui.pki.facts import CertificateKind
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.tls import details, explaining, steps
from mtlsgui.workspace import remedies
from mtlsgui.workspace.connections import compared
from mtlsgui.workspace.converting.targets import Target
from mtlsgui.workspace.journaling import WORDS

_MAKERS = frozenset(
    {"Field", "Section", "digest", "moment", "name_field"} | {"Weighed", "_usage_line"}
)
"""What is called with a label first, in `pki.describe` and `pki.requests`."""
_DETAIL_MAKERS = frozenset({"Detail", "_detail"})
"""The same where the steps of a connection are told."""
_SEALED = "encrypted in this workspace"
"""Where a key is held that is not in the vault itself (`workspace.custody`)."""


def core_texts() -> set[str]:
    """Every constant label, English."""
    found = {_SEALED, *_labels(), *oids.EXTENSIONS.values(), *oids.NAME_ATTRIBUTES.values()}
    found |= {*words.PURPOSES.values(), *words.KEY_USAGES.values(), *WORDS.values()}
    found |= {*certificate.KIND_SENTENCES.values(), *request.ATTRIBUTES.values()}
    found |= {kind.label for kind in CertificateKind}
    found |= {algorithm.advice for algorithm in KeyAlgorithm}
    found |= {text for target in Target for text in (target.label, target.describes)}
    found |= {*remedies.LABELS, *compared.LABELS, *explaining.SENTENCES}
    found |= {profile.description for profile in BUILT_IN.values()}
    return found - {""}


def _labels() -> Iterator[str]:
    described = [*Path(describe.__file__).parent.rglob("*.py"), Path(requests.__file__)]
    yield from _first_texts(described, _MAKERS)
    yield from _first_texts([Path(details.__file__), Path(steps.__file__)], _DETAIL_MAKERS)


def _first_texts(modules: Iterable[Path], makers: Collection[str]) -> Iterator[str]:
    """The literals that `makers` are called with first."""
    for path in sorted(modules):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in makers:
                label = node.args[0]
                if isinstance(label, ast.Constant) and isinstance(label.value, str):
                    yield label.value


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
