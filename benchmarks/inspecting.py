"""Looking into files as they are dropped on the window: read, grouped, described, and shown."""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from OpenSSL import crypto

from benchmarks.material import folder, heap
from benchmarks.measure import Figure, process_cpu_ms, wall_ms
from mtlsgui.formats.items import CertificateItem
from mtlsgui.formats.read import read
from mtlsgui.pki.describe import describe_certificate
from mtlsgui.workspace.inspecting import Reader, inspect_files

FILES = 10_000
LOOPED = 300
"""So many files are given to a loop of `openssl`, which takes as long for each."""


def run() -> Iterator[Figure]:
    """Wall time with the reading process at hand, as it is when something is dropped."""
    chain, bundle = heap(2), _pkcs12()
    try:
        peer_value = process_cpu_ms(["openssl", "x509", "-in", str(chain), "-noout", "-text"])
        peer = "openssl x509 -text"
    except FileNotFoundError:
        peer, peer_value = "openssl is not installed", None
    with Reader() as reader:

        def look(path: Path, *passphrases: str) -> None:
            """Everything is read and grouped; described is what the inspector shows first."""
            items = inspect_files([path], passphrases, reader=reader).items
            first = next(item.facts for item in items if isinstance(item, CertificateItem))
            describe_certificate(first)

        taken = wall_ms(lambda: look(chain))
        yield Figure("look into a chain of 3, PEM", taken, "ms", peer, peer_value)
        if bundle is not None:
            taken = wall_ms(lambda: look(bundle, "secret"))
            yield Figure("look into a PKCS#12 with key", taken, "ms", peer, peer_value)
        taken = wall_ms(lambda: look(heap(150)))
        yield Figure("look into 150, PEM", taken, "ms", "promise", 50)
        yield from _many(reader)
    for what, path in (("a chain of 3", chain), ("150", heap(150))):
        yield Figure(f"from drop to shown, {what}", _from_drop_to_shown(path), "ms", "promise", 50)


def _many(reader: Reader) -> Iterator[Figure]:
    """Files a second, of a folder of certificates."""
    heaped = _folder()
    files = sorted(heaped.iterdir())
    ours = _rate(lambda: inspect_files([heaped], reader=reader), FILES)
    try:
        looped = _rate(lambda: _loop(files[:LOOPED]), LOOPED)
        yield Figure("a folder of 10,000", ours, "1/s", "a loop of openssl x509 -text", looped)
    except FileNotFoundError:
        yield Figure("a folder of 10,000", ours, "1/s", "openssl is not installed")
    parsed = _rate(lambda: [_parse(path) for path in files], FILES)
    yield Figure("a folder of 10,000", ours, "1/s", "parsed by OpenSSL in process", parsed)
    here = _rate(lambda: [read(path.read_bytes()) for path in files], FILES)
    yield Figure("a folder of 10,000", ours, "1/s", "read without a process, not grouped", here)


def _rate(step: Callable[[], object], number: int) -> float:
    return number / (wall_ms(step, runs=3) / 1000)


def _loop(files: list[Path]) -> None:
    for path in files:
        command = ["openssl", "x509", "-in", str(path), "-noout", "-text"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _parse(path: Path) -> crypto.X509:
    return crypto.load_certificate(crypto.FILETYPE_PEM, path.read_bytes())


@cache
def _folder() -> Path:
    made = folder() / "many"
    made.mkdir()
    blocks = re.findall(
        rb"-----BEGIN.+?-----END CERTIFICATE-----\n", heap(FILES).read_bytes(), re.S
    )
    for number, block in enumerate(blocks[:FILES]):
        (made / f"{number:05}.pem").write_bytes(block)
    return made


def _from_drop_to_shown(path: Path) -> float:
    """Milliseconds in the real window, without a screen, a few moments after the drag began."""
    workspace = folder() / f"dropped-{time.monotonic_ns()}"
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(workspace / "config"),
    }
    program = [sys.executable, "-m", "benchmarks.drop_shown"]
    arguments = ["--workspace", str(workspace), str(path)]
    answer = subprocess.run(
        [*program, *arguments], env=environment, capture_output=True, check=True, text=True
    )
    taken: list[float] = json.loads(answer.stdout.splitlines()[-1])
    return statistics.median(taken)


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
