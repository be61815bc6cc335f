"""The one reach into pyOpenSSL's insides."""

from OpenSSL._util import lib

from mtlsgui.tls.messages import read_handshake


def test_openssl_still_has_its_message_callback() -> None:
    """When this fails, `tls.trace` needs another way: key log and record parsing."""
    assert hasattr(lib, "SSL_CTX_set_msg_callback")
    assert hasattr(lib, "SSL_version")


def test_a_message_that_breaks_its_own_rules_keeps_its_name() -> None:
    for kind, name in ((1, "ClientHello"), (11, "Certificate"), (13, "CertificateRequest")):
        for length in range(40):
            broken = bytes([kind, 0, 0, length]) + b"\xff" * length
            for version in (0x0301, 0x0303, 0x0304):
                assert read_handshake(broken, version=version) == (name, None)
