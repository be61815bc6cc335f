"""What it costs to import each part of mtlsgui, beside the library that it stands on.

The starting of the interpreter is in both figures.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from benchmarks.measure import Figure, process_cpu_ms, python

PEERS = {
    "pki": "cryptography.x509",
    "formats": "cryptography.x509",
    "vault": "cryptography.x509",
    "inventory": "peewee",
    "workspace": "cryptography.x509",
    "cli": "click",
    "gui": "PySide6.QtWidgets",
}


def run() -> Iterator[Figure]:
    """All modules of each part against the bare library, in CPU milliseconds."""
    peer_values = {name: process_cpu_ms(python(f"import {name}")) for name in {*PEERS.values()}}
    for part, peer in PEERS.items():
        modules = ", ".join(modules_of(f"mtlsgui.{part}"))
        value = process_cpu_ms(python(f"import {modules}"))
        yield Figure(f"import mtlsgui.{part}", value, "ms", f"import {peer}", peer_values[peer])


def modules_of(package: str) -> list[str]:
    """The package and every module in it."""
    path = importlib.import_module(package).__path__
    return [package, *(info.name for info in pkgutil.walk_packages(path, f"{package}."))]
