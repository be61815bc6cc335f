"""Driving xca, the peer: its import, and databases of its own for its window to be started on."""

from __future__ import annotations

import os
import pty
import select
import shutil
import signal
import sqlite3
import time
from base64 import b64encode
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding

from benchmarks.material import folder, heap
from benchmarks.measure import Spent

PASSWORD = "benchmark"  # noqa: S105
LONGEST = 60.0
"""Seconds that an import may take."""


def is_there() -> bool:
    """Whether xca is installed."""
    return shutil.which("xca") is not None


def _path(number: int) -> Path:
    return folder() / f"xca-{number}.xdb"


@cache
def database(number: int) -> Path | None:
    """A database with a root and `number` certificates; None where xca makes none.

    xca makes it of two and the others are added to its tables as it added those: its own import
    of 10,000 takes too long to wait for.
    """
    least = min(number, 1)
    if imported(least) is None:
        return None
    path = folder() / f"xca-filled-{number}.xdb"
    shutil.copyfile(_path(least), path)
    if number > least:
        _fill(path, number)
    return path


def _fill(path: Path, number: int) -> None:
    """Add certificates to a database that has a root and one below it."""
    certificates = x509.load_pem_x509_certificates(heap(number).read_bytes())[2:]
    connection = sqlite3.connect(path)
    with connection:
        one = "SELECT max(item) FROM certs WHERE issuer <> item"
        (pattern,) = connection.execute(one).fetchone()
        for item, certificate in enumerate(certificates, pattern + 1):
            der = certificate.public_bytes(Encoding.DER)
            name = certificate.subject.rdns[-1].rfc4514_string().removeprefix("CN=")
            digest = int.from_bytes(certificate.fingerprint(SHA1())[:4], "big") & 0x7FFFFFFF  # noqa: S303
            serial = f"{certificate.serial_number:X}"
            connection.execute(
                "INSERT INTO items SELECT ?, ?, type, source, date, comment, stamp, del"
                " FROM items WHERE id = ?",
                (item, name, pattern),
            )
            connection.execute(
                "INSERT INTO certs SELECT ?, ?, iss_hash, ?, issuer, ca, ? FROM certs"
                " WHERE item = ?",
                (item, digest, serial, b64encode(der).decode(), pattern),
            )
            connection.execute(
                "INSERT INTO x509super SELECT ?, ?, pkey, ? FROM x509super WHERE item = ?",
                (item, digest, digest, pattern),
            )
    connection.close()


@cache
def imported(number: int) -> Spent | None:
    """What xca's import of `number` certificates took; None where it took too long."""
    return _run(
        [
            "xca",
            "--no-gui",
            f"--database={_path(number)}",
            "--import",
            str(heap(number)),
            "--exit",
        ]
    )


def _run(command: list[str]) -> Spent | None:
    """Run it on a terminal of its own and give the password of a new database when asked."""
    begin = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.execvp(command[0], command)  # noqa: S606
    answers = 0
    said = b""
    while time.perf_counter() - begin < LONGEST:
        if not select.select([terminal], [], [], 0.2)[0]:
            # It throws away what is typed before it has turned the echo off: wait for silence.
            if b"assword:" in said and answers < 3:
                answers += 1
                os.write(terminal, f"{PASSWORD}\n".encode())
            continue
        try:
            said += os.read(terminal, 4096)
        except OSError:  # it has closed its end
            break
    else:
        os.kill(pid, signal.SIGKILL)
    os.close(terminal)
    _, status, usage = os.wait4(pid, 0)
    if status:
        return None
    return Spent(usage.ru_utime + usage.ru_stime, time.perf_counter() - begin)
