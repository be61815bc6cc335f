"""pyOpenSSL's private bindings: that they are there, and what becomes of us once they are not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from OpenSSL._util import lib

from tests.tls import servers
from tests.tls.papers import pem, world


@pytest.mark.parametrize(
    "name",
    [
        "ERR_clear_error",
        "SSL_CTX_set1_curves_list",
        "SSL_CTX_set1_sigalgs_list",
        "SSL_CTX_set_cert_store",
        "SSL_CTX_set_client_CA_list",
        "SSL_CTX_set_post_handshake_auth",
        "X509_STORE_up_ref",
        "d2i_X509_NAME",
        "sk_X509_NAME_new_null",
        "sk_X509_NAME_push",
    ],
)
def test_they_are_there(name: str) -> None:
    """When this fails, `tls.bindings` needs another way, or does without."""
    assert hasattr(lib, name)


_WITHOUT = """
import sys
import OpenSSL.SSL, OpenSSL.crypto
if GONE == "all":
    sys.modules["OpenSSL._util"] = None
else:
    from OpenSSL import _util

    class Poor:
        pass

    _util.lib = Poor()

from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificates

from mtlsgui.pki.facts import read_certificate
from cryptography.hazmat.primitives.serialization import Encoding
from mtlsgui.tls.offering import OfferRefused
from mtlsgui.tls.probe import probe
from mtlsgui.tls.question import Identity, Offer, Question, Target, Trust
from mtlsgui.tls.serving.server import TestServer
from mtlsgui.tls.serving.settings import Settings

port, folder = int(sys.argv[1]), Path(sys.argv[2])

def papers(name):
    found = load_pem_x509_certificates((folder / name / "chain.pem").read_bytes())
    facts = [read_certificate(each.public_bytes(Encoding.DER)) for each in found]
    key = load_pem_private_key((folder / name / "key.pem").read_bytes(), None)
    return Identity(facts[0], key, tuple(facts[1:]))

client, server = papers("client"), papers("server")
(root,) = load_pem_x509_certificates((folder / "root.pem").read_bytes())
root = read_certificate(root.public_bytes(Encoding.DER))
now = datetime.now(UTC)

def ask(port, **offer):
    target = Target("127.0.0.1", port, "good.test")
    return probe(Question(target, client, Trust((root,)), offer=Offer(**offer)), now)

for version in ("TLS 1.2", "TLS 1.3"):
    result = ask(port, versions=(version,))
    print(result.outcome, result.tls.version, result.client_certificate.sent, result.errors)
for offer in ({"groups": ("X25519",)}, {"signature_algorithms": ("ed25519",)}):
    try:
        ask(port, **offer)
    except OfferRefused as refused:
        print(refused.title)
came = SimpleQueue()
with TestServer(Settings(server, (root,)), came.put, lambda: now) as serving:
    result = ask(serving.start()[1])
    visit = came.get(timeout=20)
    print(result.outcome, visit.outcome, visit.chain[0].fingerprint_sha256, len(visit.steps) > 4)
"""


@pytest.mark.integration
@pytest.mark.parametrize("gone", ["all", "each"])
def test_all_but_private_offers_works_without_them(gone: str, tmp_path: Path) -> None:
    """gone: the module of the bindings, or every function in it."""
    good = world().clients["good"]
    good.write(tmp_path / "client")
    world().servers["good"].write(tmp_path / "server")
    (tmp_path / "root.pem").write_bytes(pem(world().root.certificate))
    (tmp_path / "s_server").mkdir()
    program = _WITHOUT.replace("GONE", repr(gone), 1)
    with servers.openssl(
        tmp_path / "s_server", world().servers["good"], "-verify_return_error"
    ) as port:
        done = subprocess.run(
            [sys.executable, "-c", program, str(port), str(tmp_path)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.stdout.splitlines() == [
        "accepted TLS 1.2 True ()",
        "accepted TLS 1.3 True ()",
        "Groups cannot be chosen here.",
        "Signature algorithms cannot be chosen here.",
        f"accepted accepted {good.facts.fingerprint_sha256} True",
    ], done.stderr
