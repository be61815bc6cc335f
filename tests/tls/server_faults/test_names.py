"""Whether a certificate is for a name."""

from __future__ import annotations

import ipaddress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.pki.facts import read_certificate
from mtlsgui.tls.server_names import wrong_name
from tests.tls.papers import facts_of, world
from tests.tls.server_faults import papers

DNS, URI, IP = x509.DNSName, x509.UniformResourceIdentifier, x509.IPAddress


@pytest.mark.parametrize(
    ("names", "wanted", "wrong"),
    [
        ([DNS("a.test")], "a.test", False),
        ([DNS("A.Test")], "a.TEST", False),
        ([DNS("a.test")], "b.test", True),
        ([DNS("*.b.test")], "a.b.test", False),
        ([DNS("*.b.test")], "b.test", True),
        ([DNS("*.b.test")], "c.a.b.test", True),
        ([DNS("*.test")], "a.test", True),
        ([DNS("*.test"), DNS("a.test")], "a.test", False),
        ([DNS("127.0.0.1"), DNS("a.test")], "a.test", False),
        ([DNS("127.0.0.1")], "127.0.0.1", True),
        ([IP(ipaddress.ip_address("127.0.0.1"))], "127.0.0.1", False),
        ([IP(ipaddress.ip_address("::1"))], "0:0:0:0:0:0:0:1", False),
        ([IP(ipaddress.ip_address("127.0.0.1"))], "127.0.0.2", True),
        ([URI("https://host:8443/x"), DNS("a.test")], "a.test", False),
        ([URI("spiffe://a.test/one")], "spiffe://a.test/one", False),
        ([URI("spiffe://a.test/one")], "spiffe://a.test/two", True),
        ([URI("spiffe://a.test/one")], "a.test", True),
        ([URI("https://a.test/one")], "https://a.test/two", False),
        ([], "a.test", True),
        ([DNS("a.test")], "a b", True),
    ],
)
def test_names_match_by_kind(names: list[x509.GeneralName], wanted: str, wrong: bool) -> None:
    listed = [x509.SubjectAlternativeName(names)] if names else []
    leaf = papers.made("a.test", world().intermediate, *listed, host="")
    assert wrong_name(facts_of(leaf.certificate), wanted) is wrong


def test_names_that_cannot_be_read_are_no_answer() -> None:
    broken = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.17"), b"\x30\x05\x82")
    leaf = papers.made("a.test", world().intermediate, broken, host="")
    encoded = leaf.certificate.public_bytes(Encoding.DER)
    assert wrong_name(read_certificate(encoded), "a.test") is None
