"""Key usages and purposes: by name, and only those that a key can do."""

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.pki import usages
from mtlsgui.pki.keys import KeyInfo


@given(st.sets(st.sampled_from(usages.KEY_USAGES)))
def test_key_usages_come_back_as_they_were_named(names: set[str]) -> None:
    if names & {"encipherOnly", "decipherOnly"}:
        names.add("keyAgreement")

    found = usages.key_usage_names(usages.key_usage(names))

    assert set(found) == names
    assert list(found) == [name for name in usages.KEY_USAGES if name in names]


def test_an_unknown_key_usage_is_refused() -> None:
    with pytest.raises(ValueError, match="signEverything"):
        usages.key_usage(["signEverything"])


@pytest.mark.parametrize("purpose", [*usages.PURPOSES, "1.3.6.1.4.1.311.10.3.4"])
def test_purposes_have_names_or_are_dotted(purpose: str) -> None:
    assert usages.purpose_name(usages.purpose_oid(purpose)) == purpose


@pytest.mark.parametrize("purpose", ["", "server", "1", "9.9"])
def test_what_is_no_purpose_is_refused(purpose: str) -> None:
    with pytest.raises(ValueError, match="asn1"):
        usages.purpose_oid(purpose)


def test_a_purpose_without_a_name_stays_an_oid() -> None:
    assert usages.purpose_name(ObjectIdentifier("1.2.3.4")) == "1.2.3.4"


@pytest.mark.parametrize(
    ("key", "left"),
    [
        (KeyInfo("RSA", 2048), "digitalSignature keyEncipherment dataEncipherment keyCertSign"),
        (KeyInfo("EC", 256, "P-256"), "digitalSignature keyAgreement keyCertSign encipherOnly"),
        (KeyInfo("Ed25519"), "digitalSignature keyCertSign"),
        (KeyInfo("ML-DSA-65"), "digitalSignature keyCertSign"),
    ],
)
def test_a_key_is_not_said_to_do_what_it_cannot(key: KeyInfo, left: str) -> None:
    asked = (
        "digitalSignature", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign",
        "encipherOnly",
    )  # fmt: skip

    assert usages.fitting(asked, key) == tuple(left.split())


def test_purposes_are_the_oids_of_rfc_5280() -> None:
    assert usages.purpose_oid("serverAuth") == ExtendedKeyUsageOID.SERVER_AUTH
    assert usages.purpose_oid("clientAuth").dotted_string == "1.3.6.1.5.5.7.3.2"
