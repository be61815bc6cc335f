"""JSON with certificates in it: answers of Vault, step and ACME servers, Terraform, Kubernetes."""

import json

from mtlsgui.formats import pem, pem_file
from mtlsgui.formats.context import Context
from mtlsgui.formats.documents import kubernetes
from mtlsgui.formats.documents.embedded import Tree, read_tree
from mtlsgui.formats.keys import jwk

_MARKS = (b"-----BEGIN ", b"LS0tLS1CRUdJ", b'"MI', b'"kty"', b'"ciphertext"', b'"apiVersion"')
"""PEM, its base64, the base64 of DER, a key, an encrypted one, a Kubernetes object."""


def recognise(data: bytes) -> bool:
    """It begins as a JSON document, and something in it may be a certificate or a key."""
    text = pem.as_text(data)
    return text.lstrip()[:1] in (b"{", b"[") and any(mark in text for mark in _MARKS)


def read_json(data: bytes, context: Context) -> str:
    """What stands in the values of a JSON document, or of several, one a line."""
    if len(data) > context.limits.json_size:
        context.error("", f"It is JSON of more than {context.limits.json_size:,} bytes.")
        return "json"
    documents = _documents(pem.as_text(data).decode("utf-8", "replace"))
    if not documents:
        if pem_file.recognise(data):
            return pem_file.read_pem(data, context)
        context.error("", "It looks like JSON, but it is not valid: it may have been cut short.")
        return "json"
    keys = [each for each in documents if jwk.is_document(each)]
    if keys:
        for key in keys:
            jwk.read_document(key, context)
        return "jwk"
    if any(kubernetes.is_object(each) for each in documents):
        return kubernetes.read_objects(documents, context)
    with context.expecting("this JSON"):
        for document in documents:
            read_tree(document, context)
    return "json"


def _documents(text: str) -> list[Tree]:
    """One document, or one a line; empty when it is neither."""
    try:
        return [json.loads(text)]
    except (ValueError, RecursionError):
        pass
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return []
