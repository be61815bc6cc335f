"""Real servers on free loopback ports. Each is a context manager that gives its port."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.tls.papers import Paper, pem, world

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"
_BREATH = 0.02
"""Seconds between two looks whether a program listens."""
_VERSIONS = {"TLS 1.2": ssl.TLSVersion.TLSv1_2, "TLS 1.3": ssl.TLSVersion.TLSv1_3}


@contextmanager
def listening(serve: Callable[[socket.socket], None], address: str = "127.0.0.1") -> Iterator[int]:
    """Calls `serve` in a thread for each connection, and closes it after that."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.create_server((address, 0), family=family) as listener:
        threads: list[threading.Thread] = []

        def one(connection: socket.socket) -> None:
            with connection, contextlib.suppress(OSError):
                connection.settimeout(5)
                serve(connection)

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                thread = threading.Thread(target=one, args=(connection,), daemon=True)
                threads.append(thread)
                thread.start()

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield listener.getsockname()[1]
        finally:
            with contextlib.suppress(OSError):  # wakes `accept` up
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            accepting.join(5)
            for thread in threads:
                thread.join(6)


@contextmanager
def python_ssl(
    directory: Path,
    server: Paper,
    *,
    clients: ssl.VerifyMode = ssl.CERT_REQUIRED,
    version: str | None = None,
    answer: bytes = ANSWER,
    heard: Callable[[bytes], object] = lambda _request: None,
) -> Iterator[int]:
    """Python's ssl. clients: whether it asks for certificates (it trusts the Test Root).

    heard: is given each request.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*server.write(directory))
    context.load_verify_locations(cadata=pem(world().root.certificate).decode())
    context.verify_mode = clients
    if version is not None:
        context.minimum_version = context.maximum_version = _VERSIONS[version]

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as wrapped:
            if request := wrapped.recv(4096):
                heard(request)
                wrapped.sendall(answer)
                wrapped.unwrap()

    with listening(serve) as port:
        yield port


@contextmanager
def openssl(directory: Path, server: Paper, *options: str) -> Iterator[int]:
    """`openssl s_server`, which demands client certificates and checks them."""
    chain, key = server.write(directory)
    ca = directory / "ca.pem"
    ca.write_bytes(pem(world().root.certificate))
    command = ["openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-key", str(key)]
    command += ["-cert", str(chain), "-Verify", "3"]
    if server.chain:  # of `chain` it reads the first certificate only
        above = directory / "above.pem"
        above.write_bytes(b"".join(map(pem, server.chain)))
        command += ["-cert_chain", str(above)]
    command += [*(() if "-CAfile" in options else ("-CAfile", str(ca))), *options]
    with running(command) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.match(r"ACCEPT 127\.0\.0\.1:(\d+)", line):
                yield int(found[1])
                return
        raise AssertionError(f"openssl s_server does not listen: {process.wait(5)}")


@contextmanager
def nginx(directory: Path, server: Paper, verify: str = "on") -> Iterator[int]:
    chain, key = server.write(directory)
    ca = directory / "ca.pem"
    ca.write_bytes(pem(world().root.certificate))
    port = free_port()
    temporary = "".join(
        f"{name}_temp_path {directory}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (directory / "nginx.conf").write_text(
        f"""
daemon off; master_process off; pid {directory}/nginx.pid; error_log {directory}/error.log;
events {{}}
http {{
  access_log off; {temporary}
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {chain}; ssl_certificate_key {key}; ssl_protocols TLSv1.2 TLSv1.3;
    ssl_client_certificate {ca}; ssl_verify_client {verify}; ssl_verify_depth 2;
    location / {{ return 200 "fine"; }}
  }}
}}
"""
    )
    command = ["nginx", "-c", str(directory / "nginx.conf"), "-p", str(directory)]
    command += ["-e", str(directory / "error.log")]
    with running(command) as process:
        wait_for(port, process)
        yield port


_NODE = """
const tls = require('tls'), fs = require('fs');
const [chain, key, ca] = process.argv.slice(1).map(name => fs.readFileSync(name));
const server = tls.createServer({cert: chain, key, ca, requestCert: true}, socket => {
  socket.on('error', () => {});
  socket.once('data', () =>
    socket.end('HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nok'));
});
server.on('tlsClientError', () => {});
server.listen(0, '127.0.0.1', () => console.log('PORT ' + server.address().port));
"""


@contextmanager
def node(directory: Path, server: Paper) -> Iterator[int]:
    chain, key = server.write(directory)
    ca = directory / "ca.pem"
    ca.write_bytes(pem(world().root.certificate))
    with running(["node", "-e", _NODE, str(chain), str(key), str(ca)]) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("PORT "):
                yield int(line.split()[1])
                return
        raise AssertionError(f"node does not listen: {process.wait(5)}")


@contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A program that is ended after the test."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[str]) -> None:
    """Until a program listens, which ends where the program does."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_BREATH)
                raise AssertionError(f"nothing listens on {port}") from None
        else:
            return
