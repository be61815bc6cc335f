"""What the fuzz target found: damage that was told in a library's words, or not at all."""

from __future__ import annotations

import pytest

from mtlsgui.formats.describing import describe_item
from mtlsgui.formats.items import CertificateItem
from mtlsgui.formats.read import read
from mtlsgui.pki import der
from mtlsgui.pki.describe import as_text
from tests.formats import hostile
from tests.formats.hostile import octets, sequence

_PBES2, _PBKDF2 = der.encode_oid("1.2.840.113549.1.5.13"), der.encode_oid("1.2.840.113549.1.5.12")
_AES = sequence(der.encode_oid("2.16.840.1.101.3.4.1.42"), octets(bytes(16)))


def key_without_a_hash_function() -> bytes:
    """An encrypted key whose PBKDF2 has an empty AlgorithmIdentifier as its function."""
    derivation = sequence(_PBKDF2, sequence(octets(bytes(8)), der.encode_integer(1000), sequence()))
    return sequence(sequence(_PBES2, sequence(derivation, _AES)), octets(bytes(32)))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(
            key_without_a_hash_function(),
            "its key derivation has no hash function",
            id="PBKDF2 with an empty function",
        ),
    ],
)
def test_damage_is_told_in_a_sentence(data: bytes, sentence: str) -> None:
    result = read(data, passphrases=[b"secret"])
    said = [error.message for error in result.errors]
    said += [as_text(describe_item(item)) for item in result.items]
    assert sentence in "\n".join(said)


def test_a_tls_feature_that_nobody_knows_is_said_to_have_no_meaning() -> None:
    unknown = hostile.extension("1.3.6.1.5.5.7.1.24", sequence(der.encode_integer(6)))
    (item,) = read(hostile.certificate(unknown)).items
    assert isinstance(item, CertificateItem)
    (problem,) = item.facts.problems
    assert "no meaning" in problem.message
    as_text(describe_item(item))
