"""Messages that are broken on purpose: read as far as they go, and never an exception."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtlsgui.tls import trace
from mtlsgui.tls.cipher_suites import CIPHER_SUITES
from mtlsgui.tls.details import Certificates, details
from mtlsgui.tls.messages import Detail, Message, read_handshake
from mtlsgui.tls.question import Offer
from mtlsgui.tls.registries import ALERT_MEANINGS, ALERTS, EXTENSIONS, named
from tests.tls import servers
from tests.tls.papers import world
from tests.tls.test_offering import ask


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[bytes, int]]:
    """Each message of real handshakes, with its version."""
    seen: list[tuple[bytes, int]] = []

    def noting(message: bytes, *, version: int) -> tuple[str, Detail | None]:
        seen.append((message, version))
        return read_handshake(message, version=version)

    place: Path = tmp_path_factory.mktemp("server")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trace, "read_handshake", noting)
        with servers.openssl(place, world().servers["good"], "-alpn", "h2") as port:
            for version in ("TLS 1.2", "TLS 1.3"):
                ask(port, Offer(versions=(version,), alpn=("h2",)))
    return seen


@pytest.mark.integration
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_mutated_messages(real: list[tuple[bytes, int]], data: st.DataObject) -> None:
    message, version = data.draw(st.sampled_from(real))
    broken = bytearray(message)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(4, len(broken)))
    name, detail = read_handshake(bytes(broken[:end]), version=version)
    for each in details(Message(name, "server", end, 0.0, detail), Certificates()):
        assert each.name
        assert all(each.values)


@settings(max_examples=200, deadline=None)
@given(st.binary(min_size=4, max_size=200), st.sampled_from((0x0301, 0x0303, 0x0304)))
def test_noise(message: bytes, version: int) -> None:
    name, detail = read_handshake(message, version=version)
    details(Message(name, "client", len(message), 0.0, detail), Certificates())


def test_numbers_without_a_name_are_shown_as_such() -> None:
    assert named(EXTENSIONS, 0x3A3A) == "GREASE"
    assert named(EXTENSIONS, 0xFABC) == "0xfabc"
    assert CIPHER_SUITES[0x1302] == "TLS_AES_256_GCM_SHA384"
    assert CIPHER_SUITES[0xC02B] == "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
    assert len(set(CIPHER_SUITES.values())) == len(CIPHER_SUITES)
    assert ALERT_MEANINGS.keys() == ALERTS.keys()
