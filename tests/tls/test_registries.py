"""Our numbers held against those that other programs have: OpenSSL and GnuTLS.

What neither speaks (SM4, AEGIS, GOST, ECCPWD …) was compared with IANA's registry by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from OpenSSL import SSL

from mtlsgui.tls import bindings
from mtlsgui.tls.cipher_suites import CIPHER_SUITES
from mtlsgui.tls.messages import ClientHello, read_handshake
from mtlsgui.tls.registries import GROUPS, SIGNATURE_ALGORITHMS
from tests.integration.programs import needs, run

_HEADER = 5


@pytest.mark.integration
@needs("openssl", "openssl")
def test_cipher_suites_are_those_of_openssl() -> None:
    listed = run("openssl", "ciphers", "-V", "-stdname", "ALL:COMPLEMENTOFALL@SECLEVEL=0")
    theirs = {
        int(first + second, 16): name
        for first, second, name in re.findall(r"0x(..),0x(..) - (\S+)", listed)
    }
    assert len(theirs) > 100
    assert {number: CIPHER_SUITES[number] for number in theirs} == theirs


@pytest.mark.integration
@needs("gnutls-cli", "gnutls-bin")
def test_cipher_suites_are_those_of_gnutls() -> None:
    """Which writes their names in a way of its own."""
    listed = run("gnutls-cli", "-l")
    theirs = {
        int(first + second, 16): _plain(name)
        for name, first, second in re.findall(r"(TLS_\S+)\s+0x(..), 0x(..)", listed)
    }
    unregistered = {0x0066}  # of a draft that never became an RFC
    ours = {number: _plain(name) for number, name in CIPHER_SUITES.items()}
    assert len(theirs) > 100
    assert theirs.keys() - ours.keys() <= unregistered
    assert {number: name for number, name in theirs.items() if ours.get(number) != name}.keys() <= (
        unregistered
    )


def _plain(name: str) -> str:
    """A name without what the two write differently."""
    for ours, theirs in (
        ("_WITH", ""),
        ("ARCFOUR", "RC4"),
        ("SHA1", "SHA"),
        ("PSK_DHE", "DHE_PSK"),
        ("POLY1305_SHA256", "POLY1305"),
    ):
        name = re.sub(rf"{ours}(?=_|$)", theirs, name)
    return name.upper()


def test_groups_are_those_of_openssl() -> None:
    offered = {name: _hello(bindings.set_groups, name) for name in GROUPS.values()}
    known = {name: hello.groups for name, hello in offered.items() if hello}
    assert {"X25519MLKEM768", "X25519", "P-256", "X448", "brainpoolP256r1"} <= known.keys()
    assert known == {name: (name,) for name in known}


def test_signature_algorithms_are_those_of_openssl() -> None:
    put = bindings.set_signature_algorithms
    offered = {name: _hello(put, name) for name in SIGNATURE_ALGORITHMS.values()}
    known = {name: hello.signature_algorithms for name, hello in offered.items() if hello}
    assert {"mldsa65", "ecdsa_secp256r1_sha256", "ed25519", "rsa_pss_rsae_sha256"} <= known.keys()
    assert known == {name: (name,) for name in known}


def _hello(put: Callable[[SSL.Context, str], bool], name: str) -> ClientHello | None:
    """What OpenSSL says first when it offers this; None where it does not know it."""
    for version in (SSL.TLS1_3_VERSION, SSL.TLS1_2_VERSION):  # some are for the older one alone
        context = SSL.Context(SSL.TLS_CLIENT_METHOD)
        context.set_cipher_list(b"ALL:@SECLEVEL=0")
        context.set_max_proto_version(version)
        if not put(context, name):
            return None
        connection = SSL.Connection(context, None)
        connection.set_connect_state()
        try:
            connection.do_handshake()
        except SSL.WantReadError:
            _, hello = read_handshake(connection.bio_read(16_384)[_HEADER:], version=0)
            assert isinstance(hello, ClientHello)
            return hello
        except SSL.Error:
            continue
    raise AssertionError(f"OpenSSL knows {name} and does not offer it")
