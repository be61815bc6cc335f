"""Do these belong together?"""

from __future__ import annotations

from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.formats import write
from mtlsgui.formats.items import ReadResult
from mtlsgui.formats.read import read
from mtlsgui.pki import keys
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject
from mtlsgui.pki.requests import make
from mtlsgui.workspace.inspecting import Source
from mtlsgui.workspace.matching import match
from tests.workspace.papers import INTERMEDIATE, PASSPHRASE, one

WEB = one()


def source(name: str, data: bytes) -> Source:
    result: ReadResult = read(data)
    return Source(name, None, result)


def test_key_certificate_and_request_of_one_key_are_one_group() -> None:
    request = make(WEB.key, Subject("web.example").name()).public_bytes(Encoding.PEM)
    found = match(
        [
            source("chain.pem", write.to_pem([INTERMEDIATE, WEB.facts])),
            source("web.csr", request),
            source("web.key", WEB.key_pem),
        ]
    )
    largest, other = found.groups
    assert largest.spki_sha256 == WEB.facts.spki_sha256
    assert [(member.source.name, member.item.position, member.item.kind) for member in
            largest.members] == [
        ("chain.pem", 2, "certificate"), ("web.csr", 1, "csr"), ("web.key", 1, "private_key"),
    ]  # fmt: skip
    assert [member.item.kind for member in other.members] == ["certificate"]
    assert found.lonely == ()


def test_a_key_that_matches_nothing_is_lonely_and_so_are_its_copies() -> None:
    key = write.private_key_pem(keys.generate(KeyAlgorithm.P256), None)
    found = match([source("a", key), source("b", key), source("c", WEB.pem)])
    assert [member.source.name for member in found.lonely] == ["a", "b"]


def test_what_is_locked_is_told_apart_from_what_does_not_match() -> None:
    sealed = source("s", write.private_key_pem(WEB.key, PASSPHRASE.encode()))
    found = match([sealed, source("w", write.to_pem([WEB.facts]))])
    assert [member.source.name for member in found.locked] == ["s"]
    assert found.lonely == ()
