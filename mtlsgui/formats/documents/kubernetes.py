"""Kubernetes objects (Secret, ConfigMap, cert-manager's, web hooks, …) and kubeconfig files."""

import base64
import binascii
from collections.abc import Mapping, Sequence

from mtlsgui.formats.context import Context
from mtlsgui.formats.documents.embedded import Tree, read_tree

_MOST_NAMED = 5
_NOTHING_READ = frozenset(("metadata",))


def is_object(document: Tree) -> bool:
    """It says of what kind it is, as every Kubernetes object does."""
    return (
        isinstance(document, Mapping)
        and isinstance(document.get("kind"), str)
        and isinstance(document.get("apiVersion"), str)
    )


def read_objects(documents: Sequence[Tree], context: Context) -> str:
    """All objects, those in lists too; "kubeconfig" when all are such."""
    objects = [each for document in documents for each in _flat(document)]
    kinds = ", ".join(list(dict.fromkeys(str(each.get("kind")) for each in objects))[:_MOST_NAMED])
    with context.expecting(f"these Kubernetes objects ({kinds})"):
        for each in objects:
            _read_object(each, context)
    is_config = all(each.get("kind") == "Config" and "clusters" in each for each in objects)
    return "kubeconfig" if is_config else "kubernetes"


def _flat(document: Tree) -> list[Mapping[str, Tree]]:
    """The object, or those in it when it is a list; what is no object is none."""
    if not isinstance(document, Mapping):
        return []
    inside = document.get("items")
    if str(document.get("kind", "")).endswith("List") and isinstance(inside, list):
        return [each for each in inside if isinstance(each, Mapping)]
    return [document]


def _read_object(document: Mapping[str, Tree], context: Context) -> None:
    kind = str(document.get("kind", "object"))
    suffix = f" in {kind} {_name(document)}".rstrip()
    if kind == "Config":  # a kubeconfig
        suffix = ""
    rest = {key: each for key, each in document.items() if key not in _NOTHING_READ}
    data = rest.pop("data", None) if kind in ("Secret", "ConfigMap") else None
    values: dict[str, Tree] = {}
    for name in ("data", "binaryData", "stringData"):
        found = data if name == "data" else rest.pop(name, None)
        if isinstance(found, Mapping):
            is_base64 = name == "binaryData" or (name == "data" and kind == "Secret")
            for key, value in found.items():
                with context.part(f"{key}{suffix}"):
                    values[key] = _decoded(value, key, suffix, context) if is_base64 else value
    read_tree(values, context, suffix)
    read_tree(rest, context, suffix)


def _decoded(value: Tree, key: str, suffix: str, context: Context) -> Tree:
    """A value of a Secret's `data`. Kubernetes refuses one that is not base64; we read it."""
    text = value if isinstance(value, str) else ""
    try:
        found = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        if context.recognise(text.encode("utf-8", "replace")):
            context.error(
                f"{key}{suffix}",
                "It stands in `data` as it is. Kubernetes takes only base64 there; "
                "`stringData` is for plain text.",
            )
        return value
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError:
        return found


def _name(document: Mapping[str, Tree]) -> str:
    metadata = document.get("metadata")
    if not isinstance(metadata, Mapping):
        return ""
    name, space = metadata.get("name"), metadata.get("namespace")
    if not isinstance(name, str):
        return ""
    return f"{space}/{name}" if isinstance(space, str) else name
