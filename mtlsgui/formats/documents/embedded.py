"""Certificates and keys inside the values of a document: a tree of mappings, lists and strings.

What YAML and JSON files, property lists and the answers of services have in common: somewhere in
them stand PEM, base64 or bytes, and sometimes a passphrase beside them.
"""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from mtlsgui.formats.context import Context
from mtlsgui.formats.keys import jwk
from mtlsgui.formats.limits import RefusedError

Tree: TypeAlias = "Mapping[str, Tree] | Sequence[Tree] | str | bytes | int | float | None"

DEEPEST = 64
"""Levels of a document. Real ones have a dozen."""

_LEAST = 40  # characters of base64: fewer are no key
_LONGEST_PASSPHRASE = 256
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]+={0,2}\s*")
_URL_SAFE = re.compile(r"[A-Za-z0-9_-]+={0,2}")
_PASSPHRASE = re.compile(
    r"pass(word|phrase|wd)?$|pwd$|storepass|keypass|secret$|pin$", re.IGNORECASE
)
_PLAIN_KEY = re.compile(r"[\w./@*-]+")


def read_tree(tree: Tree, context: Context, suffix: str = "") -> None:
    """Read what stands in the values. suffix: goes behind each place: " in Secret web-tls".

    Raises RefusedError for a tree that is too deep.
    """
    _Walk(context, suffix).visit(tree, "", 0)


def decoded(text: str) -> bytes | None:
    """The bytes that a string is the base64 of; None when it is none."""
    if len(text) < _LEAST:
        return None
    packed = "".join(text.split())
    if _URL_SAFE.fullmatch(packed) and ("-" in packed or "_" in packed):
        packed = packed.replace("-", "+").replace("_", "/")
    elif not _BASE64.fullmatch(text):
        return None
    bare = packed.rstrip("=")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error:
        return None


class _Walk:
    def __init__(self, context: Context, suffix: str) -> None:
        self._context, self._suffix = context, suffix
        self._seen: set[int] = set()

    def visit(self, value: Tree, path: str, depth: int) -> None:
        if depth > DEEPEST:
            raise RefusedError("It is nested too deep", f"It has more than {DEEPEST} levels.")
        if isinstance(value, Mapping | list):
            # A binary property list names its parts by number: a few can stand for millions.
            if id(value) in self._seen:
                return
            self._seen.add(id(value))
        if jwk.is_key(value):
            with self._context.part(f"{path}{self._suffix}".strip()):
                jwk.read_key(value, self._context)
        elif isinstance(value, Mapping):
            with self._context.trying(_passphrases(value)):
                for key, each in value.items():
                    self.visit(each, _below(path, str(key)), depth + 1)
        elif isinstance(value, str | bytes):
            self._read(value, path)
        elif isinstance(value, Sequence):
            for number, each in enumerate(value):
                self.visit(each, f"{path}[{_name(each) or number}]", depth + 1)

    def _read(self, value: str | bytes, path: str) -> None:
        data = value if isinstance(value, bytes) else value.encode("utf-8", "replace")
        inner = decoded(value) if isinstance(value, str) else None
        for candidate in (data, inner):
            if candidate and self._context.recognise(candidate):
                self._context.read_inside(candidate, f"{path}{self._suffix}".strip())
                return


def _passphrases(values: Mapping[str, Tree]) -> list[bytes]:
    """What stands beside a store and may open it."""
    return [
        value.encode()
        for key, value in values.items()
        if isinstance(value, str)
        and 0 < len(value) <= _LONGEST_PASSPHRASE
        and _PASSPHRASE.search(str(key))
    ]


def _below(path: str, key: str) -> str:
    step = key if _PLAIN_KEY.fullmatch(key) else f"“{key}”"
    return f"{path}.{step}" if path else step


def _name(value: Tree) -> str:
    """What an element of a list calls itself."""
    name = value.get("name") if isinstance(value, Mapping) else None
    return name if isinstance(name, str) else ""
