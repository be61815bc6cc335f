"""Names that come from other people's lists."""

import pytest

from mtlsgui.pki.oid_names import log_name, oid_name, with_name
from tools import oid_names


@pytest.mark.parametrize(
    ("dotted", "name"),
    [
        ("2.5.4.3", "commonName"),
        ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
        ("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),  # from OpenSSL's table: the other is older
        ("1.3.6.1.4.1.311.20.2.3", "universalPrincipalName"),
    ],
)
def test_known_identifiers(dotted: str, name: str) -> None:
    assert oid_name(dotted) == name
    assert with_name(dotted) == f"{dotted} ({name})"


def test_unknown_identifiers_stay_as_they_are() -> None:
    assert oid_name("1.2.3.4.5.6.7") == ""
    assert with_name("1.2.3.4.5.6.7") == "1.2.3.4.5.6.7"


def test_logs_have_names() -> None:
    argon = "0e5794bcf3aea93e331b2c9907b3f790df9bc23d713225dd21a925ac61c54e21"
    assert log_name(bytes.fromhex(argon)) == "Google 'Argon2026h1' log"
    assert log_name(bytes(32)) == ""


def test_the_lists_are_read_as_their_authors_write_them() -> None:
    written = "# a comment\n\nOID = 2 5 4 3\nComment = X.520\nDescription = commonName\nWarning\n"
    assert list(oid_names.from_dumpasn1(written)) == [("2.5.4.3", "commonName")]
    listed = "CN = commonName, 2.5.4.3\nrsadsi = RSA Data Security, Inc., 1.2.840.113549\nnothing\n"
    assert list(oid_names.from_openssl(listed)) == [
        ("2.5.4.3", "commonName"),
        ("1.2.840.113549", "RSA Data Security, Inc."),
    ]
