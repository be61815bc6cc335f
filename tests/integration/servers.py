"""Real servers on free loopback ports that demand client certificates.

Each is a context manager that gives its port, and is stopped whatever happens to the test.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType

from tests.integration.estate import Identity
from tests.integration.programs import attempt, find, run

_TRIES = 5  # a free port may be taken before the server is there
_NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {server.chain}; ssl_certificate_key {server.key}; ssl_protocols {protocols};
    ssl_client_certificate {ca}; ssl_verify_client on; ssl_verify_depth 2;
    location / {{ return 200 "$ssl_client_s_dn $ssl_protocol\\n"; }}
  }}
}}
"""


@contextmanager
def nginx(
    folder: Path, server: Identity, ca: Path, protocols: str = "TLSv1.2 TLSv1.3"
) -> Iterator[int]:
    """Answers with the client's subject and the protocol version."""
    home = folder / "nginx"
    home.mkdir()

    def command(port: int) -> list[str]:
        config = _NGINX.format(folder=home, port=port, server=server, ca=ca, protocols=protocols)
        (home / "nginx.conf").write_text(config)
        return [find("nginx") or "nginx", "-p", f"{home}", "-c", f"{home}/nginx.conf",
                "-e", f"{home}/error.log"]  # fmt: skip

    with listening(command, home / "output") as port:
        yield port


_NODE = """
const https = require('https'), fs = require('fs');
const [port, cert, key, ca] = process.argv.slice(1);
https.createServer({cert: fs.readFileSync(cert), key: fs.readFileSync(key),
    ca: fs.readFileSync(ca), requestCert: true, rejectUnauthorized: true},
  (request, response) => response.end(request.socket.getPeerCertificate().subject.CN),
).listen(Number(port), '127.0.0.1');
"""


@contextmanager
def node(folder: Path, server: Identity, ca: Path) -> Iterator[int]:
    """Answers with the client's common name."""

    def command(port: int) -> list[str]:
        files = map(str, (server.chain, server.key, ca))
        return [find("node") or "node", "-e", _NODE, str(port), *files]

    with listening(command, folder / "node.output") as port:
        yield port


@contextmanager
def python_ssl(server: Identity, ca: Path) -> Iterator[int]:
    """Python's ssl with the flags of its `create_default_context` since 3.13.

    Answers with the client's common name.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server.chain, server.key)
    context.load_verify_locations(ca)
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN

    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def setup(self) -> None:
            self.request = context.wrap_socket(self.request, server_side=True)
            super().setup()

        def finish(self) -> None:
            super().finish()
            self.request.close()

        def do_GET(self) -> None:
            certificate = self.request.getpeercert()
            names = dict(part for parts in certificate["subject"] for part in parts)
            answer = names["commonName"].encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass  # standard error is for failures

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a refused handshake is what tests look at, from the other side

    with Server(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield http.server_address[1]
        finally:
            http.shutdown()
            thread.join()


_POSTGRES = """
ssl = on
ssl_cert_file = 'server.crt'
ssl_key_file = 'server.key'
ssl_ca_file = 'ca.crt'
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
"""
ONLY_BY_CERTIFICATE = "hostssl all all 127.0.0.1/32 cert clientcert=verify-full\n"


def postgres_program(name: str) -> Path | None:
    """One of PostgreSQL's own programs, which Debian keeps off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if found:
        return found[-1]
    elsewhere = shutil.which(name)
    return Path(elsewhere) if elsewhere else None


def postgres_user() -> str | None:
    """Who it can run as: nobody's root. None where there is no such user."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    return "postgres" if any(each.pw_name == "postgres" for each in pwd.getpwall()) else None


@contextmanager
def postgres(
    superuser: str,
    server: Identity,
    ca: Path,
    *,
    hba: str = ONLY_BY_CERTIFICATE,
    settings: str = "",
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> Iterator[int]:
    """A database cluster, as a rule one whose only way in is a client certificate for the user's
    own name.

    hba: pg_hba.conf. settings: more of its configuration. files: what that names, by name.
    """
    user = postgres_user()
    initdb, program = postgres_program("initdb"), postgres_program("postgres")
    assert user is not None
    assert initdb is not None
    assert program is not None
    other = user if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="postgres-") as home:
        folder = Path(home)
        shutil.chown(folder, user)
        data = folder / "data"
        run(
            initdb, "-U", superuser, "--no-sync", "-A", "reject", "-D", data,
            cwd=folder, user=other,
        )  # fmt: skip
        for source, target in (
            (server.chain, "server.crt"), (server.key, "server.key"), (ca, "ca.crt"),
        ):  # fmt: skip
            copy = Path(shutil.copy(source, data / target))
            shutil.chown(copy, user)
            copy.chmod(0o600)
        (data / "postgresql.auto.conf").write_text(_POSTGRES + settings)
        (data / "pg_hba.conf").write_text(hba)
        for name, content in files.items():
            (data / name).write_bytes(content)
            shutil.chown(data / name, user)

        def command(port: int) -> list[str]:
            return [str(program), "-D", str(data), "-p", str(port)]

        with listening(
            command, folder / "output", _accepts_connections, user=other, stop=signal.SIGINT
        ) as port:  # SIGTERM would wait for those who are connected
            yield port


def _accepts_connections(port: int) -> bool:
    pg_isready = postgres_program("pg_isready") or "pg_isready"
    return attempt(pg_isready, "-h", "127.0.0.1", "-p", str(port)).returncode == 0


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@contextmanager
def listening(
    command: Callable[[int], Sequence[str]],
    output: Path,
    ready: Callable[[int], bool] = _answers,
    *,
    user: str | None = None,
    stop: signal.Signals = signal.SIGTERM,
) -> Iterator[int]:
    """Starts the command made for a free port and gives it once it is ready; stops it in the end.

    user: whom it runs as, where not as ourselves. stop: what makes it end at once.
    """
    for _ in range(_TRIES):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port: int = taken.getsockname()[1]
        with output.open("ab") as log:
            process = subprocess.Popen(
                command(port),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                user=user,
                cwd=output.parent,
            )
        try:
            if _wait(process, lambda port=port: ready(port)):  # type: ignore[misc]
                yield port
                return
        finally:
            _stop(process, stop)
    raise AssertionError(f"does not listen:\n{output.read_text()}")


def _wait(process: subprocess.Popen[bytes], ready: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return False  # the port was taken, or something is wrong with it
        if ready():
            return process.poll() is None
        time.sleep(0.02)
    return False


def _stop(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    process.send_signal(how)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
