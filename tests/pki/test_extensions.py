"""Why a field cannot be read, in words for people whatever the library says."""

from __future__ import annotations

import pytest
from cryptography import x509

from mtlsgui.pki import der
from mtlsgui.pki.extensions import decode_alone, reason


@pytest.mark.parametrize(
    ("encoded", "said"),
    [
        (b"\x30\x03\x02\x01", "it is cut short"),
        (b"\x04\x00", "a value is of another type than belongs there"),
    ],
)
def test_what_the_parser_says_is_put_into_words(encoded: bytes, said: str) -> None:
    with pytest.raises(ValueError, match="ParseError") as caught:
        x509.load_der_x509_certificate(encoded)
    assert reason(caught.value).startswith(said)
    assert "ParseError" not in reason(caught.value)


def test_the_place_is_told_by_its_field() -> None:
    """A name constraint with its `minimum` of 0 written out (X.690, section 11.5)."""
    subtree = der.encode(der.SEQUENCE, der.encode(0x82, b"a.example"), der.encode(0x80, b"\0"))
    value = der.encode(der.SEQUENCE, der.encode(0xA0, subtree))
    assert decode_alone("2.5.29.30", True, value).problem == (
        "a value is written out that DER leaves out as the default (in GeneralSubtree, minimum)"
    )


def test_parts_that_are_missing() -> None:
    with pytest.raises(ValueError, match="unpack") as caught:
        _first, _second = der.read(b"\x30\x02\x05\x00").children()
    assert reason(caught.value) == "parts of it are missing"


def test_what_is_said_in_words_stays() -> None:
    assert reason(ValueError("its curve is one that we do not know")) == (
        "its curve is one that we do not know"
    )
    assert reason(ValueError("x" * 500)).endswith("x…")
