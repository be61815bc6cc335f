"""What `openssl verify` says in its strict mode to what we issue."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Mtlsctl
from tests.integration.conftest import EstateOf
from tests.integration.estate import Estate, Identity, verify
from tests.integration.programs import attempt, openssl

pytestmark = pytest.mark.integration


def accepted(
    estate: Estate, identity: Identity, purpose: str, options: tuple[str, ...] = ()
) -> None:
    verify(
        estate.ca,
        identity.certificate,
        untrusted=identity.chain,
        options=("-purpose", purpose, *options),
    )


@pytest.mark.parametrize("key", ["p256", "p384", "rsa2048", "ed25519"])
def test_every_pair_is_accepted_for_its_purpose(estate_of: EstateOf, key: str) -> None:
    estate = estate_of(key)
    host = ("-verify_hostname", "web.example.test")
    accepted(estate, estate.server, "sslserver", host)
    accepted(estate, estate.server, "sslserver", ("-verify_ip", "127.0.0.1"))
    accepted(estate, estate.client, "sslclient")
    accepted(estate, estate.peer, "sslserver")
    accepted(estate, estate.peer, "sslclient")


@pytest.mark.parametrize(
    ("name", "purpose", "problem"),
    [("web.example.test", "sslclient", "purpose"), ("alice", "sslserver", "purpose")],
)
def test_nothing_serves_for_what_it_is_not_for(
    estate: Estate, name: str, purpose: str, problem: str
) -> None:
    with pytest.raises(AssertionError, match=f"unsuitable certificate {problem}"):
        accepted(estate, Identity(estate.folder, name), purpose)


def test_a_workload_named_by_its_uri_alone(estate: Estate, tmp_path: Path) -> None:
    """Its subject is empty, so its names must be critical (RFC 5280 section 4.1.2.6)."""
    made = estate.mtlsctl.json(
        "issue", "--ca", "Example Issuing CA", "--profile", "spiffe",
        "--name", "spiffe://example.test/api", "-o", str(tmp_path),
    )  # fmt: skip
    (certificate,) = (Path(file) for file in made["files"] if file.endswith("-chain.crt"))
    for purpose in ("sslserver", "sslclient"):
        verify(estate.ca, certificate, untrusted=certificate, options=("-purpose", purpose))
    text = openssl("x509", "-in", certificate, "-noout", "-ext", "subjectAltName", "-subject")
    assert "critical" in text
    assert "URI:spiffe://example.test/api" in text
    assert text.rstrip().endswith("subject=")


def test_self_signed_is_accepted_where_it_is_trusted_itself(
    mtlsctl: Mtlsctl, tmp_path: Path
) -> None:
    mtlsctl.ok("issue", "--self-signed", "--name", "web.example.test", "-o", str(tmp_path))
    own = Identity(tmp_path, "web.example.test").certificate
    verify(own, own, options=("-purpose", "sslserver", "-verify_hostname", "web.example.test"))


def test_the_chain_file_needs_only_the_root(estate: Estate) -> None:
    shown = openssl("storeutl", "-noout", "-certs", estate.server.chain)
    assert "Total found: 2" in shown
    shown = openssl("storeutl", "-noout", "-certs", estate.ca)
    assert "Total found: 1" in shown


def test_a_name_outside_the_constraints_is_refused_by_us_and_when_forced_by_openssl(
    mtlsctl: Mtlsctl,
) -> None:
    mtlsctl.ok("ca", "create", "--name", "Root", "--key", "p256")
    mtlsctl.ok(
        "ca", "intermediate", "--parent", "Root", "--name", "Limited", "--key", "p256",
        "--permit-dns", "example.com", "--permit", "10.0.0.0/8", "--exclude", "secret.example.com",
    )  # fmt: skip
    issue = ("issue", "--ca", "Limited", "-o", "out", "--name")
    for outside in ("web.example.org", "a.secret.example.com", "192.0.2.1"):
        assert outside in mtlsctl.refused(*issue, outside)
    assert list(Path("out").glob("*")) == []
    mtlsctl.ok(*issue, "web.example.com", "--san", "web.example.com", "--san", "10.1.2.3")
    inside = Identity(Path("out"), "web.example.com")
    root = Path("out/ca.crt")
    verify(root, inside.certificate, untrusted=inside.chain, options=("-purpose", "sslserver"))

    mtlsctl.ok("export", "Limited", "-o", "limited.crt")
    mtlsctl.ok("export", "Limited", "--to", "key", "--plain", "-o", "limited.key")
    for number, outside in enumerate(
        ("DNS:web.example.org", "DNS:a.secret.example.com", "IP:192.0.2.1")
    ):
        forced = Path(f"forced-{number}.crt")
        openssl(
            "req", "-new", "-key", inside.key, "-subj", "/O=Forced", "-out", "forced.csr",
            "-addext", f"subjectAltName={outside}",
        )  # fmt: skip
        openssl(
            "x509", "-req", "-in", "forced.csr", "-copy_extensions", "copyall", "-days", "3",
            "-CA", "limited.crt", "-CAkey", "limited.key", "-out", forced,
        )  # fmt: skip
        judged = attempt("openssl", "verify", "-CAfile", root, "-untrusted", "limited.crt", forced)
        assert judged.returncode != 0
        assert "subtree violation" in judged.stderr


def test_the_path_length_that_we_keep_is_the_one_openssl_holds_us_to(mtlsctl: Mtlsctl) -> None:
    mtlsctl.ok("ca", "create", "--name", "Root", "--key", "p256", "--path-length", "1")
    mtlsctl.ok(
        "ca", "intermediate", "--parent", "Root", "--name", "Last", "--key", "p256",
        "--path-length", "0",
    )  # fmt: skip
    below = ("ca", "intermediate", "--parent", "Last", "--name", "Too deep", "--key", "p256")
    assert "Last may not have intermediates below it" in mtlsctl.refused(*below)
    mtlsctl.ok("issue", "--ca", "Last", "--name", "web.example.com", "-o", "out")
    leaf = Identity(Path("out"), "web.example.com")
    verify(Path("out/ca.crt"), leaf.certificate, untrusted=leaf.chain)
