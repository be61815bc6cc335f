"""Connection tests: one beside other people's tools, many at once, and what the window feels of it.

The server is nginx with two workers on this machine: it takes its part of the same cores, which
is said beside the figures.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address

import psutil
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from benchmarks.material import folder
from benchmarks.measure import Figure, Spent, process_spent, spending
from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.tls.contexts import ClientContexts
from mtlsgui.tls.probe import ask, probe
from mtlsgui.tls.question import Identity, Question, Target, Trust
from mtlsgui.tls.scanning.messages import ScanTarget
from mtlsgui.tls.scanning.scan import Scan

ONE_BY_ONE, SCANNED, BY_SHELL = 100, 3_000, 200
_HOST = "bench.test"


class _Pair:
    """A certificate with its key, in files too."""

    def __init__(self, name: str, issuer: _Pair | None = None) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = _certificate(name, self.key, issuer)
        self.cert_file, self.key_file = folder() / f"{name}.crt", folder() / f"{name}.key"
        self.cert_file.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        self.key_file.write_bytes(
            self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )

    @property
    def facts(self) -> CertificateFacts:
        return read_certificate(self.certificate.public_bytes(Encoding.DER))


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: _Pair | None
) -> x509.Certificate:
    now = datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    signer = issuer.key if issuer else key
    names = [x509.DNSName(_HOST), x509.IPAddress(IPv4Address("127.0.0.1"))]
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )


def run() -> Iterator[Figure]:
    """One test, a scan, and the window's pauses while there is one."""
    if shutil.which("nginx") is None:
        yield Figure("connection tests", 0, "ms", "nginx is not installed")
        return
    root = _Pair("root")
    server, client = _Pair("server", root), _Pair("client", root)
    identity = Identity(client.facts, client.key, above=(root.facts,), name="client")
    with _nginx(root, server) as (port, pid):
        target = Target("127.0.0.1", port, _HOST)
        question = Question(target, identity, Trust((root.facts,)))
        yield from _one(question, root, client)
        yield from _by_system(question, root, client)
        yield from _many(question, root, client, pid)
        yield from _pauses(question, root, client)


@contextmanager
def _nginx(root: _Pair, server: _Pair) -> Iterator[tuple[int, int]]:
    """Demands client certificates; gives its port and its process."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    place = folder()
    paths = "".join(
        f"{name}_temp_path {place}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (place / "nginx.conf").write_text(f"""
daemon off; worker_processes 2; pid {place}/nginx.pid; error_log {place}/error.log;
events {{}}
http {{
  access_log off; {paths}
  server {{
    listen 127.0.0.1:{port} ssl backlog=4096;
    ssl_certificate {server.cert_file}; ssl_certificate_key {server.key_file};
    ssl_protocols TLSv1.3; ssl_client_certificate {root.cert_file}; ssl_verify_client on;
    location / {{ return 200 "fine"; }}
  }}
}}
""")
    command = ["nginx", "-c", str(place / "nginx.conf"), "-p", str(place)]
    with subprocess.Popen(
        [*command, "-e", str(place / "error.log")], stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(port)
            yield port, process.pid
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.02)
    raise RuntimeError("nginx does not listen")


def _commands(question: Question, root: _Pair, client: _Pair) -> dict[str, list[str]]:
    files = (str(root.cert_file), str(client.cert_file), str(client.key_file))
    ca, cert, key = files
    place = str(question.target)
    trusting = "" if question.trust.system else f"-CAfile {ca} "
    return {
        "openssl s_client": [
            "sh", "-c",
            f"openssl s_client -connect {place} -servername {_HOST} {trusting}"
            f"-cert {cert} -key {key} </dev/null",
        ],
        "curl -v": ["curl", "-sv", "--cacert", ca, "--cert", cert, "--key", key,
                    f"https://{place}/"],
    }  # fmt: skip


def _one(question: Question, root: _Pair, client: _Pair) -> Iterator[Figure]:
    """The medians: of a test in a program that runs, and of starting the tools."""
    taken = _probes(question)
    for tool, command in _commands(question, root, client).items():
        if shutil.which(tool.split()[0]) is None:
            yield Figure("one connection test", 0, "ms", f"{tool} is not installed")
            continue
        theirs = [process_spent(command) for _ in range(20)]
        for what, ours, other in (
            ("CPU", [each.cpu for each in taken], [each.cpu for each in theirs]),
            ("wall", [each.wall for each in taken], [each.wall for each in theirs]),
        ):
            yield Figure(
                f"one connection test, {what}",
                statistics.median(ours) * 1000,
                "ms",
                tool,
                statistics.median(other) * 1000,
            )


def _by_system(question: Question, root: _Pair, client: _Pair) -> Iterator[Figure]:
    """The same where the system's roots are trusted too, which both have to read."""
    asked = replace(question, trust=replace(question.trust, system=True))
    taken = _probes(asked)
    command = _commands(asked, root, client)["openssl s_client"]
    theirs = [process_spent(command) for _ in range(20)]
    yield Figure(
        "  trusting the system's roots, CPU",
        statistics.median([each.cpu for each in taken]) * 1000,
        "ms",
        "openssl s_client",
        statistics.median([each.cpu for each in theirs]) * 1000,
    )


def _probes(question: Question) -> list[Spent]:
    """What each of `ONE_BY_ONE` tests takes."""
    taken = []
    for _ in range(ONE_BY_ONE):
        with spending() as spent:
            result = probe(question, datetime.now(UTC))
        taken.append(spent)
    if result.http_status != 200:
        raise RuntimeError(f"the server did not accept: {result.sentence}")
    return taken


def _many(question: Question, root: _Pair, client: _Pair, pid: int) -> Iterator[Figure]:
    targets = [ScanTarget(question.target)] * SCANNED
    nginx = psutil.Process(pid)
    before = _cpu(nginx)
    first = last = time.perf_counter()
    for number, scanned in enumerate(Scan(question, targets, datetime.now(UTC)).results()):
        if not scanned.row.good:
            raise RuntimeError(f"the server did not accept: {scanned.row.sentence}")
        last = time.perf_counter()
        if number == 0:
            first = last
    server_ms = (_cpu(nginx) - before) * 1000 / SCANNED
    shell = _shell(question, root, client)
    rate = (SCANNED - 1) / (last - first)
    yield Figure(
        f"scan of {SCANNED:,}, wall", rate, "1/s", "xargs -P2 openssl s_client", BY_SHELL / shell
    )
    yield Figure("  the server's share of a test, CPU", server_ms, "ms")
    yield Figure("  a test of a scan, CPU", _cpu_each(question) * 1000, "ms")


def _cpu(process: psutil.Process) -> float:
    every = (process, *process.children(recursive=True))
    times = [each.cpu_times() for each in every]
    return float(sum(each.user + each.system for each in times))


def _cpu_each(question: Question, number: int = 500) -> float:
    """CPU of this process for one test of a scan, in seconds."""
    now = datetime.now(UTC)
    contexts = ClientContexts(question.trust, now)

    async def tests() -> None:
        lanes = asyncio.Semaphore(32)

        async def one() -> None:
            async with lanes:
                await ask(question, now, contexts, drawn=False)

        await asyncio.gather(*(one() for _ in range(number)))

    with spending() as spent:
        asyncio.run(tests())
    return spent.cpu / number


def _shell(question: Question, root: _Pair, client: _Pair) -> float:
    """Seconds that a shell's loop takes, two at a time."""
    line = _commands(question, root, client)["openssl s_client"][2]
    script = f"seq {BY_SHELL} | xargs -P2 -I{{}} sh -c '{line}'"
    return process_spent(["sh", "-c", script]).wall


def _pauses(question: Question, root: _Pair, client: _Pair) -> Iterator[Figure]:
    """How late a timer fires in a window while a scan runs: its stand-stills."""
    files = (root.cert_file, client.cert_file, client.key_file)
    command = [sys.executable, "-m", "benchmarks.scan_pauses", str(question.target.port)]
    done = subprocess.run([*command, *map(str, files)], check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    yield Figure("window's pauses during a scan, p99", found["p99"], "ms")
    yield Figure("window's pauses during a scan, longest", found["max"], "ms")
