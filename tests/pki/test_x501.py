"""Distinguished names, whatever string types and oddities they are made of."""

import warnings

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.pki import der, x501

OIDS = [
    NameOID.COMMON_NAME,
    NameOID.ORGANIZATION_NAME,
    NameOID.STREET_ADDRESS,
    NameOID.DOMAIN_COMPONENT,
    NameOID.USER_ID,
    NameOID.EMAIL_ADDRESS,
    NameOID.TITLE,
]


def name_of(*rdns: list[tuple[str, int, bytes]]) -> der.Node:
    """A Name of these sets of (OID, tag, content)."""
    return der.read(
        der.encode(
            der.SEQUENCE,
            *(
                der.encode(
                    der.SET,
                    *(
                        der.encode(der.SEQUENCE, der.encode_oid(oid), der.encode(tag, content))
                        for oid, tag, content in rdn
                    ),
                )
                for rdn in rdns
            ),
        )
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from(OIDS),
            st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
        ),
        max_size=4,
    )
)
def test_the_text_is_that_of_cryptography(
    attributes: list[tuple[x509.ObjectIdentifier, str]],
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        name = x509.Name(
            x509.NameAttribute(oid, value, x509.name._ASN1Type.UTF8String)
            for oid, value in attributes
        )
    read = x501.read_name(der.read(name.public_bytes()))
    assert read.rfc4514() == name.rfc4514_string()
    assert [attribute.value for attribute in read] == [value for _, value in attributes]
    assert read.problem == ""


@pytest.mark.parametrize(
    ("tag", "content", "text"),
    [
        (0x0C, "Zürich".encode(), "Zürich"),
        (0x13, b"Zurich", "Zurich"),
        (0x14, "Zürich".encode("latin-1"), "Zürich"),
        (0x1E, "Zürich".encode("utf-16-be"), "Zürich"),
        (0x1C, "Zürich".encode("utf-32-be"), "Zürich"),
        (0x16, "Zürich".encode(), "Zürich"),
        (0x13, "Zürich".encode("latin-1"), "Zürich"),
    ],
)
def test_string_types(tag: int, content: bytes, text: str) -> None:
    assert x501.read_name(name_of([("2.5.4.7", tag, content)])).rfc4514() == f"L={text}"


def test_bytes_that_are_not_of_their_type_are_shown_and_said() -> None:
    read = x501.read_name(name_of([("2.5.4.3", 0x0C, b"Z\xfcrich")]))
    assert read.rfc4514() == "CN=Zürich"
    assert read.problem.startswith("CN: not a UTF8String")


def test_what_is_no_string_is_shown_as_its_encoding() -> None:
    read = x501.read_name(name_of([("2.5.4.45", der.BIT_STRING, b"\0\xab")]))
    assert read.rfc4514() == "2.5.4.45=#030200ab"
    assert read.last("2.5.4.45") is None


def test_several_attributes_in_one_set_keep_their_order() -> None:
    read = x501.read_name(
        name_of(
            [("2.5.4.6", 0x13, b"CH")],
            [("2.5.4.3", 0x0C, b"b, c"), ("2.5.4.11", 0x0C, b"a")],
            [("2.5.4.3", 0x0C, b"")],
        )
    )
    assert read.rfc4514() == r"CN=,CN=b\, c+OU=a,C=CH"
    assert read.last(x501.COMMON_NAME) == ""


@pytest.mark.parametrize(
    "encoded",
    [b"\x30\x02\x31\x05", b"\x31\x00", b"\x30\x04\x31\x02\x30\x00", b"\x30\x02\x05\x01"],
)
def test_broken_structure_is_refused(encoded: bytes) -> None:
    with pytest.raises(der.DerError):
        x501.read_name(der.read(encoded))
