"""Real servers on loopback that demand client certificates: each as people set it up.

Each is a context manager that starts one program and gives its ports by the name of what it is
set up as. They trust the Test Root, and hold its revocation lists where they can.
"""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)

from tests.integration.programs import find, run
from tests.tls.opening import services
from tests.tls.papers import Paper, pem, world
from tests.tls.servers import ANSWER, free_port, listening, running

_SOURCES = Path(__file__).parent / "sources"
_PASSPHRASE = "changeit"
_BREATH = 0.02
"""Seconds between two looks whether a program listens."""
Ports = dict[str, int]


@dataclass(frozen=True)
class Shelf:
    """A server's files. both: chain and key in one. crls: of root and intermediate."""

    folder: Path
    chain: Path
    key: Path
    both: Path
    ca: Path
    crls: Path
    keystore: Path


def shelf(folder: Path) -> Shelf:
    """The good server's files, written into `folder`."""
    paper = _good()
    chain, key = paper.write(folder)
    made = Shelf(
        folder,
        chain,
        key,
        folder / "both.pem",
        folder / "ca.pem",
        folder / "crls.pem",
        folder / "server.p12",
    )
    made.both.write_bytes(chain.read_bytes() + key.read_bytes())
    made.ca.write_bytes(pem(world().root.certificate))
    # The issuing CA's first: `openssl s_server` reads no more than one.
    lists = (each.public_bytes(Encoding.PEM) for each in reversed(world().crls))
    made.crls.write_bytes(b"".join(lists))
    made.keystore.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"server",
            paper.key,  # type: ignore[arg-type]
            paper.certificate,
            paper.chain,
            BestAvailableEncryption(_PASSPHRASE.encode()),
        )
    )
    return made


@contextmanager
def python(at: Shelf) -> Iterator[Ports]:
    """Python's ssl, with revocation lists."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(at.chain, at.key)
    context.load_verify_locations(at.ca)
    context.load_verify_locations(at.crls)
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VerifyFlags.VERIFY_CRL_CHECK_CHAIN

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as wrapped:
            if wrapped.recv(4096):
                wrapped.sendall(ANSWER)
                wrapped.unwrap()

    with listening(serve) as port:
        yield {"python": port}


@contextmanager
def openssl(at: Shelf) -> Iterator[Ports]:
    """`openssl s_server`."""
    port = free_port()
    command = ["openssl", "s_server", "-accept", f"127.0.0.1:{port}", "-www", "-quiet"]
    above = at.folder / "above.pem"
    above.write_bytes(pem(world().intermediate.certificate))
    command += ["-cert", f"{at.chain}", "-cert_chain", f"{above}", "-key", f"{at.key}"]
    command += ["-CAfile", f"{at.ca}", "-CRL", f"{at.crls}", "-crl_check"]
    command += ["-Verify", "3", "-verify_return_error"]
    with _listening(command, [port], at):
        yield {"openssl": port}


@contextmanager
def nginx(at: Shelf) -> Iterator[Ports]:
    """All of its ways to ask."""
    ports = {f"nginx {how}": free_port() for how in ("on", "optional", "optional_no_ca")}
    temporary = "".join(
        f"{name}_temp_path {at.folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    each = "".join(
        f"""
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {at.chain}; ssl_certificate_key {at.key}; ssl_protocols TLSv1.2 TLSv1.3;
    ssl_client_certificate {at.ca}; ssl_crl {at.crls};
    ssl_verify_client {name.removeprefix("nginx ")}; ssl_verify_depth 2;
    location / {{ return 200 "$ssl_client_verify\\n"; }}
  }}"""
        for name, port in ports.items()
    )
    config = at.folder / "nginx.conf"
    config.write_text(
        f"""
daemon off; master_process off; pid {at.folder}/nginx.pid; error_log {at.folder}/error.log info;
events {{}}
http {{
  access_log off; {temporary}
  {each}
}}
"""
    )
    command = ["nginx", "-c", f"{config}", "-p", f"{at.folder}", "-e", f"{at.folder}/error.log"]
    with _listening(command, ports.values(), at):
        yield ports


_APACHE = """
ServerName good.test
ServerRoot {folder}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
LogLevel ssl:info
DefaultRuntimeDir {folder}
{modules}
{user}
Listen 127.0.0.1:{required}
Listen 127.0.0.1:{optional}
Listen 127.0.0.1:{path}
<VirtualHost 127.0.0.1:{required}>
  {tls}
  SSLVerifyClient require
</VirtualHost>
<VirtualHost 127.0.0.1:{optional}>
  {tls}
  SSLVerifyClient optional_no_ca
  <Location />
    Require expr "%{{SSL_CLIENT_VERIFY}} == 'SUCCESS'"
  </Location>
</VirtualHost>
<VirtualHost 127.0.0.1:{path}>
  {tls}
  <Location /private>
    SSLVerifyClient require
  </Location>
</VirtualHost>
"""
_APACHE_MODULES = ("mpm_event", "authn_core", "authz_core", "socache_shmcb", "ssl", "status")


@contextmanager
def apache(at: Shelf) -> Iterator[Ports]:
    """One that requires certificates, one that looks at them in its rules, one for a path."""
    ports = {name: free_port() for name in ("apache", "apache by rule", "apache by path")}
    tls = f"""
  SSLEngine on
  <Location />
    SetHandler server-status
  </Location>
  SSLCertificateFile {at.chain}
  SSLCertificateKeyFile {at.key}
  SSLCACertificateFile {at.ca}
  SSLCARevocationFile {at.crls}
  SSLCARevocationCheck chain
  SSLVerifyDepth 3"""
    modules = Path("/usr/lib/apache2/modules")
    config = at.folder / "apache.conf"
    config.write_text(
        _APACHE.format(
            folder=at.folder,
            modules="\n".join(
                f"LoadModule {each}_module {modules}/mod_{each}.so"
                for each in _APACHE_MODULES
                if (modules / f"mod_{each}.so").exists()
            ),
            user="User www-data\nGroup www-data" if os.geteuid() == 0 else "",
            required=ports["apache"],
            optional=ports["apache by rule"],
            path=ports["apache by path"],
            tls=tls,
        )
    )
    command = ["apache2", "-X", "-f", f"{config}"]
    with _listening(command, ports.values(), at):
        yield ports


_HAPROXY = """
defaults
  mode http
  timeout client 5s
  timeout server 5s
  timeout connect 5s
frontend required
  bind 127.0.0.1:{required} {tls} verify required
  http-request return status 200 content-type text/plain string ok
frontend optional
  bind 127.0.0.1:{optional} {tls} verify optional ca-ignore-err all crt-ignore-err all
  http-request deny deny_status 403 unless {{ ssl_c_used }} {{ ssl_c_verify 0 }}
  http-request return status 200 content-type text/plain string ok
"""


@contextmanager
def haproxy(at: Shelf) -> Iterator[Ports]:
    """One that requires certificates in TLS, one that looks at them in its rules."""
    ports = {"haproxy": free_port(), "haproxy by rule": free_port()}
    config = at.folder / "haproxy.cfg"
    config.write_text(
        _HAPROXY.format(
            required=ports["haproxy"],
            optional=ports["haproxy by rule"],
            tls=f"ssl crt {at.both} ca-file {at.ca} crl-file {at.crls}",
        )
    )
    with _listening(["haproxy", "-f", f"{config}"], ports.values(), at):
        yield ports


_CADDY = """
{{
  admin off
  auto_https off
  skip_install_trust
}}
https://good.test:{port}, https://127.0.0.1:{port} {{
  bind 127.0.0.1
  tls {chain} {key} {{
    client_auth {{
      mode require_and_verify
      trusted_ca_cert_file {ca}
    }}
  }}
  respond ok
}}
"""


@contextmanager
def caddy(at: Shelf) -> Iterator[Ports]:
    """Which has no revocation lists."""
    port = free_port()
    config = at.folder / "Caddyfile"
    config.write_text(_CADDY.format(port=port, chain=at.chain, key=at.key, ca=at.ca))
    command = ["caddy", "run", "--config", f"{config}", "--adapter", "caddyfile"]
    with _listening(command, [port], at):
        yield {"caddy": port}


@contextmanager
def stunnel(at: Shelf) -> Iterator[Ports]:
    """In front of a server that speaks plain HTTP."""

    def serve(connection: socket.socket) -> None:
        if connection.recv(4096):
            connection.sendall(ANSWER)

    port = free_port()
    with listening(serve) as behind:
        config = at.folder / "stunnel.conf"
        config.write_text(
            f"""
foreground = yes
pid =
debug = notice
[mtls]
accept = 127.0.0.1:{port}
connect = 127.0.0.1:{behind}
cert = {at.chain}
key = {at.key}
CAfile = {at.ca}
CRLfile = {at.crls}
verifyChain = yes
requireCert = yes
"""
        )
        with _listening(["stunnel4", f"{config}"], [port], at):
            yield {"stunnel": port}


@contextmanager
def gnutls(at: Shelf) -> Iterator[Ports]:
    """`gnutls-serv`, which speaks HTTP."""
    port = free_port()
    command = ["gnutls-serv", "--http", "--port", f"{port}", "--require-client-cert"]
    command += ["--verify-client-cert", "--x509certfile", f"{at.chain}"]
    command += ["--x509keyfile", f"{at.key}", "--x509cafile", f"{at.ca}"]
    command += ["--x509crlfile", f"{at.crls}"]
    with _listening(command, [port], at):
        yield {"gnutls": port}


@contextmanager
def node(at: Shelf) -> Iterator[Ports]:
    """Its https, with revocation lists."""
    command = ["node", f"{_SOURCES / 'server.js'}"]
    with _announcing([*command, *map(str, (at.chain, at.key, at.ca, at.crls))]) as (port,):
        yield {"node": port}


@contextmanager
def go(at: Shelf) -> Iterator[Ports]:
    """Its standard library, which has no revocation lists."""
    with _announcing([f"{_build(at)}", *map(str, (at.chain, at.key, at.ca))]) as (port,):
        yield {"go": port}


@contextmanager
def java(at: Shelf) -> Iterator[Ports]:
    """The JDK's HttpsServer, and its TLS sockets as most Java servers use them."""
    source = _SOURCES / "Server.java"
    files = (at.keystore, _PASSPHRASE, at.ca, at.crls)
    with _announcing(["java", f"{source}", *map(str, files)]) as (https, sockets):
        yield {"java HttpsServer": https, "java sockets": sockets}


@contextmanager
def postgres(at: Shelf) -> Iterator[Ports]:
    """PostgreSQL, which lets those in who have a certificate of the CA."""
    with services.postgres(_own(at), _good(), crl=at.crls.read_bytes()) as port:
        yield {"postgres": port}


@contextmanager
def redis(at: Shelf) -> Iterator[Ports]:
    """Redis, which has no revocation lists."""
    with services.redis(_own(at), _good()) as port:
        yield {"redis": port}


@contextmanager
def mosquitto(at: Shelf) -> Iterator[Ports]:
    """The MQTT broker."""
    with services.mosquitto(_own(at), _good(), crl=at.crls.read_bytes()) as port:
        yield {"mosquitto": port}


@contextmanager
def postfix(at: Shelf) -> Iterator[Ports]:
    """SMTP with STARTTLS, which has no revocation lists."""
    with services.postfix(_own(at), _good()) as port:
        yield {"postfix": port}


def _good() -> Paper:
    return world().servers["good"]


def _own(at: Shelf) -> Path:
    """A folder for those who write their files themselves."""
    folder = at.folder / "own"
    folder.mkdir()
    return folder


def _build(at: Shelf) -> Path:
    """Go's server."""
    program = at.folder / "server"
    own = {"GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOCACHE": f"{at.folder / 'cache'}"}
    run("go", "build", "-o", program, _SOURCES / "server.go", env={**os.environ, **own})
    return program


@contextmanager
def _listening(command: Sequence[str], ports: Iterable[int], at: Shelf) -> Iterator[None]:
    """A program that listens on all of the ports."""
    output = at.folder / "output"
    with (
        output.open("ab") as log,
        subprocess.Popen(
            [find(command[0]) or command[0], *command[1:]],
            stdin=subprocess.PIPE,  # gnutls-serv ends with its input
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=at.folder,
        ) as process,
    ):
        try:
            for port in ports:
                while not _answers(port):
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(_BREATH)
                        raise AssertionError(output.read_text())
            yield
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@contextmanager
def _announcing(command: Sequence[str]) -> Iterator[list[int]]:
    """A program that says "PORT n", for one port or several, once it listens."""
    with running([find(command[0]) or command[0], *command[1:]]) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            if line.startswith("PORT "):
                # What it says later is of no matter, as long as somebody reads it.
                threading.Thread(target=process.stdout.read, daemon=True).start()
                yield [int(each) for each in line.split()[1:]]
                return
            said.append(line)
        raise AssertionError(f"{command[0]} does not listen: {''.join(said)}")
