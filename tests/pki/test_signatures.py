"""Signatures that cannot be checked are not checked, whatever is wrong with them."""

from cryptography.hazmat.primitives.asymmetric import rsa

from mtlsgui.pki import der, keys
from mtlsgui.pki.signatures import verifies

PSS = der.encode_oid("1.2.840.113549.1.1.10")


def test_parameters_of_pss_that_make_no_sense() -> None:
    spki = keys.spki_der(rsa.generate_private_key(65537, 2048).public_key())
    unknown = der.encode(der.SEQUENCE, der.encode_oid("1.2.3.4"))
    generator = der.encode(der.SEQUENCE, der.encode_oid("1.2.840.113549.1.1.8"), unknown)
    odd = {
        "an unknown digest": der.encode(0xA0, unknown),
        "an unknown mask": der.encode(0xA1, generator),
        "an enormous salt": der.encode(0xA2, der.encode_integer(1 << 80)),
        "a negative salt": der.encode(0xA2, b"\x02\x01\xff"),
    }
    for what, parameters in odd.items():
        algorithm = der.read(der.encode(der.SEQUENCE, PSS, der.encode(der.SEQUENCE, parameters)))
        assert not verifies(spki, algorithm, bytes(256), b"data"), what


def test_a_key_for_agreement_verifies_nothing() -> None:
    """Nor is it loaded: testing this prime takes OpenSSL half a minute (see test_keys)."""
    group = der.encode(der.SEQUENCE, der.encode_integer(2**9941 - 1), der.encode_integer(2))
    dh = der.encode(der.SEQUENCE, der.encode_oid("1.2.840.113549.1.3.1"), group)
    spki = der.encode(der.SEQUENCE, dh, der.encode(der.BIT_STRING, b"\0", der.encode_integer(8)))
    algorithm = der.read(der.encode(der.SEQUENCE, der.encode_oid("1.2.840.113549.1.1.11")))
    assert all(verifies(spki, algorithm, bytes(256), b"data") is None for _ in range(5))
