"""YAML with certificates in it: Kubernetes objects, kubeconfig, Helm values, Compose files.

Read as events, not as objects: tags make nothing, every scalar is a string, and an alias stands for
nothing, as what it points to is in the file already. So a file cannot grow while it is read.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from itertools import islice

import yaml

from mtlsgui.formats import pem, pem_file
from mtlsgui.formats.context import Context
from mtlsgui.formats.documents import kubernetes
from mtlsgui.formats.documents.embedded import DEEPEST, Tree, read_tree
from mtlsgui.formats.limits import RefusedError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_EVENTS = 300_000
_KUBERNETES = re.compile(rb"^(apiVersion|kind)[ \t]*:", re.MULTILINE)
_ENTRY = re.compile(rb"^[ \t]*(?:- +)?[\w./\"'-]+[ \t]*:(?:[ \t]|\r?$)", re.MULTILINE)
_VALUE = re.compile(
    rb"(:|-)[ \t]+[\"']?(-----BEGIN |LS0tLS1CRUdJ|MI[IG])|^[ \t]+-----BEGIN ", re.MULTILINE
)
_PEM_AT_MARGIN = re.compile(rb"^-----BEGIN ", re.MULTILINE)
_BINARY = "tag:yaml.org,2002:binary"


def recognise(data: bytes) -> bool:
    """Kubernetes objects, or a mapping with PEM, indented as YAML has it, or base64 in it."""
    text = pem.as_text(data)
    if _PEM_AT_MARGIN.search(text) or b"\0" in text[:1024]:
        return False
    if _KUBERNETES.search(text):
        return True
    return _ENTRY.search(text) is not None and _VALUE.search(text) is not None


def read_yaml(data: bytes, context: Context) -> str:
    """What stands in the values of all documents."""
    if len(data) > context.limits.json_size:
        raise RefusedError(
            "The YAML is too large", f"It has more than {context.limits.json_size:,} bytes."
        )
    text = pem.as_text(data).decode("utf-8", "replace")
    documents: list[Tree] = []
    try:
        documents.extend(_documents(text))
    except yaml.YAMLError as error:
        if pem_file.recognise(data):  # a template, or no YAML at all: what stands in it counts
            return pem_file.read_pem(data, context)
        context.error("", f"It looks like YAML, but it is not valid: {_why(error)}.")
    if any(kubernetes.is_object(each) for each in documents):
        return kubernetes.read_objects(documents, context)
    with context.expecting("this YAML"):
        for document in documents:
            read_tree(document, context)
    return "yaml"


def _why(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 1}, {error.problem or 'a mistake'}"
    return "a character that YAML does not allow"


def _documents(text: str) -> Iterator[Tree]:
    """The documents, as trees of strings. Raises YAMLError, RefusedError."""
    events = islice(yaml.parse(text, Loader=_LOADER), _MOST_EVENTS + 1)
    builder = _Builder()
    for number, event in enumerate(events):
        if number == _MOST_EVENTS:
            raise RefusedError("The YAML is too large", f"It has over {_MOST_EVENTS:,} values.")
        if isinstance(event, yaml.DocumentEndEvent):
            yield builder.document
        else:
            builder.take(event)


class _Builder:
    """Makes a tree of events, without recursion."""

    def __init__(self) -> None:
        self.document: Tree = None
        self._open: list[dict[str, Tree] | list[Tree]] = []
        self._keys: list[str | None] = []

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.document = None
        elif isinstance(event, yaml.ScalarEvent):
            self._put(_binary(event.value) if event.tag == _BINARY else event.value)
        elif isinstance(event, yaml.AliasEvent):
            self._put(None)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._begin({} if isinstance(event, yaml.MappingStartEvent) else [])
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
            self._keys.pop()

    def _begin(self, made: dict[str, Tree] | list[Tree]) -> None:
        if len(self._open) >= DEEPEST:
            raise RefusedError("It is nested too deep", f"It has more than {DEEPEST} levels.")
        self._put(made)
        self._open.append(made)
        self._keys.append(None)

    def _put(self, value: Tree) -> None:
        if not self._open:
            self.document = value
            return
        inside = self._open[-1]
        if isinstance(inside, list):
            inside.append(value)
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = value if isinstance(value, str) else "…"
        else:
            inside[key] = value
            self._keys[-1] = None


def _binary(text: str) -> Tree:
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return text
