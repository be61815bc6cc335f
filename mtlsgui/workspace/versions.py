"""What mtlsgui runs on, for the window's "About" and for reports of faults."""

import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version

import cryptography
from cryptography.hazmat.backends.openssl.backend import backend

from mtlsgui import __version__

LICENCE = "Apache-2.0"
"""The licence of mtlsgui, as an SPDX identifier."""


def versions() -> tuple[tuple[str, str], ...]:
    """Names and versions, mtlsgui's own first. Nothing in them tells of a person or computer."""
    return (
        ("mtlsgui", __version__),
        ("Python", platform.python_version()),
        ("cryptography", f"{cryptography.__version__} ({backend.openssl_version_text()})"),
        ("keyring", _installed("keyring")),
        ("SQLite", sqlite3.sqlite_version),
    )


def system() -> str:
    """The operating system with its version and the processor, without the computer's name."""
    return f"{platform.system()} {platform.release()}, {platform.machine()}"


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a package for an end user may come without metadata
        return "—"
