"""Looking into files as they are dropped on the window: read, grouped and described."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.material import folder, heap
from benchmarks.measure import Figure, process_cpu_ms, thread_ms
from mtlsgui.formats.items import CertificateItem
from mtlsgui.pki.describe import describe_certificate
from mtlsgui.workspace.inspecting import inspect_files


def run() -> Iterator[Figure]:
    """Milliseconds of CPU time; beside the start of `openssl x509 -text`, which reads one."""
    chain, bundle = heap(2), _pkcs12()
    try:
        peer_value = process_cpu_ms(["openssl", "x509", "-in", str(chain), "-noout", "-text"])
        peer = "openssl x509 -text"
    except FileNotFoundError:
        peer, peer_value = "openssl is not installed", None
    yield Figure(
        "look into a chain of 3, PEM", thread_ms(lambda: _look(chain)), "ms", peer, peer_value
    )
    if bundle is not None:
        taken = thread_ms(lambda: _look(bundle, "secret"))
        yield Figure("look into a PKCS#12 with key", taken, "ms", peer, peer_value)
    yield Figure("look into 150, PEM", thread_ms(lambda: _look(heap(150))), "ms", "promise", 50)


def _look(path: Path, *passphrases: str) -> None:
    """Everything is read and grouped; described is what the inspector shows first."""
    items = inspect_files([path], passphrases).items
    describe_certificate(next(item.facts for item in items if isinstance(item, CertificateItem)))


def _pkcs12() -> Path | None:
    """As `openssl pkcs12 -export` makes it: PBES2, 2,048 rounds."""
    key, certificate, bundle = (folder() / name for name in ("p12.key", "p12.pem", "bundle.p12"))
    new = [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=api.test",
    ]
    made = ["-keyout", str(key), "-out", str(certificate)]
    packed = ["-inkey", str(key), "-in", str(certificate), "-out", str(bundle)]
    try:
        for command in (
            ["openssl", "req", "-x509", *new, *made],
            ["openssl", "pkcs12", "-export", *packed, "-passout", "pass:secret"],
        ):
            subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        return None
    return bundle
