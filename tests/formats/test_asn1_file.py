"""ASN.1 that begins as no structure of ours: told from other bytes, and shown."""

from __future__ import annotations

import hashlib

import pytest

from mtlsgui.formats.items import OtherItem
from mtlsgui.formats.read import read
from mtlsgui.pki import der


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(der.encode(der.SET, der.encode(der.INTEGER, b"\x07")), id="SET"),
        pytest.param(der.encode(der.INTEGER, b"\x01\x02"), id="INTEGER"),
        pytest.param(
            der.encode_oid("1.2.840.113549.1.1.1") + der.encode(der.NULL, b""),
            id="an algorithm without its SEQUENCE",
        ),
        pytest.param(der.encode(0xA5, der.encode(der.NULL, b"")) + b"\r\n", id="tagged, line end"),
    ],
)
def test_is_shown_as_a_tree(data: bytes) -> None:
    result = read(data)
    (item,) = result.items
    assert isinstance(item, OtherItem)
    assert (result.format, item.what, item.der) == ("der", "ASN.1 structure", data)
    assert result.errors == ()


def test_certificate_of_a_chip_card_is_called_by_its_name() -> None:
    # Application tags 33, 78 and 55 (BSI TR-03110, part 3): the body and its signature.
    data = bytes.fromhex("7f21097f4e035f29005f3700")
    (item,) = read(data).items
    assert isinstance(item, OtherItem)
    assert item.what == "Card-verifiable certificate"


@pytest.mark.parametrize(
    "data",
    [
        b"\x02\x01",
        b"\x31\x03\x02\x02\x00",  # what is inside does not fit
        b"\x31\x80\x02\x01\x00\x00\x00",
        b"\xa5\x00" * 3,
        b"\x00\x00\x00\x00",
        b"1\nplain text",
        b"\x00\x01\x02" + hashlib.sha512(b"noise").digest(),
    ],
)
def test_other_bytes_are_not(data: bytes) -> None:
    result = read(data)
    assert result.items == ()
    assert "no format that we recognise" in result.errors[0].message
