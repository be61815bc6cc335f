"""Files that ask for too much get an answer within the bounds, and what came with them stands.

The reader itself holds them to ten seconds and 512 MB, as in the window: what took longer would be
refused with other words than those looked for here.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mtlsgui.formats.as_json import file_as_json
from mtlsgui.formats.describing import describe_item
from mtlsgui.formats.group import group
from mtlsgui.formats.items import CrlItem, ReadResult
from mtlsgui.formats.limits import DEFAULT
from mtlsgui.pki.describe import as_text
from mtlsgui.workspace.reading.reader import Pasted, Reader
from tests.formats import hostile
from tests.formats.test_read import LEAF_PEM

FAR = 100_000
MILLION = 1_000_000
NOTHING = "no format that we recognise"
ROUNDS = "would take too long to check. It asks for"
DEEP = rf"{NOTHING}|nested too deep|deeper than|ASN.1 structure|not valid"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as made:
        yield made


def summary(result: ReadResult) -> str:
    """What a person is told: things and errors."""
    things = [getattr(item, "what", item.kind) for item in result.items[:3]]
    return "; ".join([*things, *(error.message for error in result.errors[:3])])


@pytest.mark.parametrize(
    ("make", "answer"),
    [
        pytest.param(lambda: hostile.pkcs12(2**31 - 1), ROUNDS, id="PKCS#12 of 2^31 rounds"),
        pytest.param(lambda: hostile.pbkdf2_key(2**31 - 1), ROUNDS, id="PBKDF2 of 2^31 rounds"),
        pytest.param(lambda: hostile.scrypt_key(2**40), ROUNDS, id="scrypt of 2^40"),
        pytest.param(lambda: hostile.scrypt_key(2**20), "memory", id="scrypt of 1 GB"),
        pytest.param(lambda: bytes(60 * 2**20), NOTHING, id="60 MB of zeroes"),
        pytest.param(lambda: b"A" * (20 * 2**20), NOTHING, id="20 MB of one letter"),
        pytest.param(lambda: b"\n" * (8 * 2**20), NOTHING, id="8 million empty lines"),
        pytest.param(
            lambda: hostile.pem_blocks(MILLION), "first 100,000 blocks", id="a million PEM blocks"
        ),
        pytest.param(
            lambda: b"-----BEGIN CERTIFICATE-----\n" * MILLION,
            "ended|END|cut short",
            id="a million PEM blocks without an end",
        ),
        pytest.param(lambda: hostile.nested(FAR), DEEP, id="SEQUENCEs nested"),
        pytest.param(lambda: hostile.nested(FAR, 0xA0), DEEP, id="explicit tags nested"),
        pytest.param(lambda: hostile.nested(FAR, 0x24), DEEP, id="BER strings nested"),
        pytest.param(lambda: b"\x30\x80" * FAR, DEEP, id="indefinite lengths nested"),
        pytest.param(lambda: hostile.boxed(FAR, "[", "]"), DEEP, id="JSON arrays nested"),
        pytest.param(
            lambda: hostile.boxed(FAR, '{"keys":[', "]}", '{"kty":"EC"}'), DEEP, id="JWKs nested"
        ),
        pytest.param(
            lambda: b"kind: Secret\ndata: " + hostile.boxed(FAR, "[", "]"), DEEP, id="YAML nested"
        ),
        pytest.param(
            lambda: b"kind: Secret\na: " + b"- " * FAR + b"1\n", DEEP, id="YAML lists nested"
        ),
        pytest.param(lambda: hostile.YAML_LAUGHS, "Kubernetes|alias", id="YAML aliases"),
        pytest.param(lambda: hostile.XML_LAUGHS, "entit|no format", id="XML entities"),
        pytest.param(
            lambda: hostile.rsa_public_key(MILLION),
            "has 1,000,000 bits",
            id="RSA of a million bits",
        ),
        pytest.param(
            lambda: hostile.rsa_private_key(MILLION), "1,000,000 bits", id="RSA key of a million"
        ),
        pytest.param(
            lambda: hostile.certificate(key=hostile.rsa_public_key(MILLION)),
            "certificate",
            id="certificate with such a key",
        ),
        pytest.param(
            lambda: hostile.dh_parameters(MILLION), "1,000,000 bits", id="DH of a million bits"
        ),
        pytest.param(
            lambda: hostile.certificate_of_many_extensions(FAR),
            "Certificates above 1,048,576 bytes are refused",
            id="a hundred thousand extensions",
        ),
        pytest.param(
            lambda: hostile.certificate_of_many_extensions(45_000),
            "certificate",
            id="as many extensions as one MB holds",
        ),
        pytest.param(
            lambda: hostile.certificate_of_many_names(2 * FAR),
            "Certificates above 1,048,576 bytes are refused",
            id="two hundred thousand names",
        ),
        pytest.param(
            lambda: hostile.certificate_of_many_names(80_000),
            "certificate",
            id="as many names as one MB holds",
        ),
        pytest.param(lambda: hostile.zip_of_zips(5), "too large|too deep", id="zips in zips"),
        pytest.param(
            lambda: hostile.zip_of_overlaps(60_000),
            "differ|[Oo]verlap|too many files",
            id="files of a zip in one place",
        ),
        pytest.param(
            lambda: hostile.zipped({"a.pem": LEAF_PEM + bytes(2**28)}), "", id="a zip of 256 MB"
        ),
        pytest.param(
            lambda: hostile.zipped({str(n): b"" for n in range(FAR)}),
            "too many files",
            id="a zip of many files",
        ),
        pytest.param(
            lambda: hostile.jks(2**31), "breaks off|damaged", id="a keystore of 2^31 entries"
        ),
        pytest.param(
            lambda: b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(bytes(5 * 2**20)),
            "",
            id="a certificate of 5 MB",
        ),
    ],
)
def test_an_answer_comes_within_the_bounds_and_the_others_stand(
    reader: Reader, make: Callable[[], bytes], answer: str
) -> None:
    things = (Pasted("hostile", make()), Pasted("good", LEAF_PEM))
    bad, good = reader.read(things, ["secret"])
    assert len(good.result.items) == 1
    assert bad.error is None, bad.error
    assert bad.result.items or bad.result.errors
    assert re.search(answer, summary(bad.result)), summary(bad.result)
    group(bad.result.items)
    for item in bad.result.items[:100]:
        as_text(describe_item(item))
    file_as_json("hostile", bad.result)


def test_a_list_of_a_million_revoked_certificates_is_counted(reader: Reader) -> None:
    (outcome,) = reader.read([Pasted("list", hostile.crl(MILLION))])
    (item,) = outcome.result.items
    assert isinstance(item, CrlItem)
    assert item.facts.revoked_count == MILLION
    assert "1,000,000" in as_text(describe_item(item))


def test_a_gigabyte_of_zeroes_is_not_even_read(reader: Reader, tmp_path: Path) -> None:
    with (tmp_path / "zeroes").open("wb") as file:
        file.truncate(2**30)
    (outcome,) = reader.read([tmp_path / "zeroes"])
    assert "It has 1,073,741,824 bytes; 67,108,864 are read at most." in str(outcome.error)


def test_no_other_file_is_read_for_one_that_names_it(reader: Reader, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(LEAF_PEM)
    profile = tmp_path / "profile.mobileconfig"
    profile.write_bytes(hostile.xml_that_reads(str(secret)))
    (outcome,) = reader.read([profile])
    assert outcome.result.items == ()
    assert outcome.result.errors


def test_names_within_archives_lead_nowhere(reader: Reader, tmp_path: Path) -> None:
    """They are shown, and never opened."""
    archive = tmp_path / "archive.zip"
    names = ("../../escaped.pem", "/etc/escaped.pem", "a\\..\\escaped.pem", "nul\0.pem")
    archive.write_bytes(hostile.zipped(dict.fromkeys(names, LEAF_PEM)))
    (outcome,) = reader.read([archive])
    assert len(outcome.result.items) == len(names)
    assert all("escaped" in item.inside or "nul" in item.inside for item in outcome.result.items)
    assert sorted(tmp_path.iterdir()) == [archive]


def test_names_that_turn_text_round_stay_names(reader: Reader) -> None:
    """What writes them for people makes them visible; in JSON they are escaped."""
    (outcome,) = reader.read([Pasted("turned", hostile.certificate())])
    (item,) = outcome.result.items
    assert "Hostile \u202eAC" in file_as_json("turned", outcome.result)["items"][0]["subject"]
    assert item.kind == "certificate"


def test_limits_are_those_that_are_promised() -> None:
    assert (DEFAULT.seconds, DEFAULT.memory) == (10, 512 * 2**20)
