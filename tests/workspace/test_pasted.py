"""What was pasted: a server's address, or something to look into."""

import pytest

from mtlsgui.workspace.pasted import target_of


@pytest.mark.parametrize(
    "text",
    [
        "https://api.example.test/health?x=1",
        "  https://api.example.test\n",
        "ldaps://directory.example.test",
        "api.example.test",
        "api.example.test.",
        "localhost",
        "localhost:8443",
        "db:5432",
        "bücher.example",
        "10.0.0.1",
        "10.0.0.1:443",
        "::1",
        "[::1]:8443",
        "archive.zip:443",
    ],
)
def test_a_server_is_recognised(text: str) -> None:
    assert target_of(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "MIIBszCCAVmgAwIBAgIUBv0",
        "30:82:01:0a",
        "30:82",
        "9b4e02d761aa930c",
        "1234.5678",
        "server.pem",
        "tls.key",
        "/etc/ssl/certs",
        "C:\\certs\\server.pfx",
        "file:///etc/ssl/cert.pem",
        "gopher://example.test/x",
        "what is api.example.test?",
        "api.example.test:99999",
        "api.example.test:port",
        "[::1",
        "user@example.test",
        '{"kty":"EC"}',
        "a" * 3_000 + ".test",
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert target_of(text) is None
