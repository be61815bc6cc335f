"""Servers of other protocols than HTTP on free loopback ports, for people with TLS.

Each is a context manager that gives its port and trusts the Test Root for client certificates.
`demands`: whether a client must have one. `crl`: PEM of revocation lists, for those that know any.
All but `postfix` run as anybody; `needs_root` skips it for those who are not root.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.integration import servers
from tests.integration.estate import Identity
from tests.integration.programs import find, run
from tests.integration.servers import listening
from tests.tls.papers import Paper, pem, world
from tests.tls.servers import free_port

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="Postfix' master runs as root only")
needs_postgres = pytest.mark.skipif(
    servers.postgres_program("postgres") is None or servers.postgres_user() is None,
    reason="postgres is not installed (Debian: postgresql)",
)

BY_NAME = "hostssl all all 127.0.0.1/32 cert\n"
"""pg_hba.conf: the certificate says who it is, and must be for the user's name."""
BY_ANY = "hostssl all all 127.0.0.1/32 trust clientcert=verify-ca\n"
"""pg_hba.conf: whoever has a certificate of the CA may be anybody."""


def _papers(directory: Path, server: Paper) -> tuple[Path, Path, Path]:
    """Chain, key and client CA as PEM files."""
    chain, key = server.write(directory)
    ca = directory / "ca.pem"
    ca.write_bytes(pem(world().root.certificate))
    return chain, key, ca


@contextmanager
def postgres(
    directory: Path, server: Paper, *, hba: str = BY_ANY, crl: bytes | None = None
) -> Iterator[int]:
    """PostgreSQL with the superuser "mtlsgui"; it goes over to TLS when asked to.

    It looks for CRLs of all CAs of the chain, the root's included.
    """
    chain, key, ca = _papers(directory, server)
    named = Identity(directory, "server")
    chain.rename(named.chain)
    key.rename(named.key)
    with servers.postgres(
        "mtlsgui",
        named,
        ca,
        hba=hba,
        settings="" if crl is None else "ssl_crl_file = 'clients.crl'\n",
        files={} if crl is None else {"clients.crl": crl},
    ) as port:
        yield port


@contextmanager
def redis(directory: Path, server: Paper, *, demands: bool = True) -> Iterator[int]:
    """Redis, TLS from the first byte on. It knows no revocation lists."""
    chain, key, ca = _papers(directory, server)

    def command(port: int) -> list[str]:
        settings = {
            "port": "0",
            "tls-port": str(port),
            "bind": "127.0.0.1",
            "dir": str(directory),
            "save": "",
            "tls-cert-file": str(chain),
            "tls-key-file": str(key),
            "tls-ca-cert-file": str(ca),
            "tls-auth-clients": "yes" if demands else "no",
        }
        options = (part for name, value in settings.items() for part in (f"--{name}", value))
        return [find("redis-server") or "redis-server", *options]

    with listening(command, directory / "output") as port:
        yield port


@contextmanager
def mosquitto(
    directory: Path,
    server: Paper,
    *,
    demands: bool = True,
    crl: bytes | None = None,
    anonymous: bool = True,
) -> Iterator[int]:
    """The MQTT broker, TLS from the first byte on. anonymous: without a name and password too."""
    chain, key, ca = _papers(directory, server)
    settings = {
        "allow_anonymous": str(anonymous).lower(),
        "cafile": str(ca),
        "certfile": str(chain),
        "keyfile": str(key),
        "require_certificate": str(demands).lower(),
    }
    if os.geteuid() == 0:
        settings["user"] = "root"  # else it drops to a user who may not read our temporary folders
    if crl is not None:
        revoked = directory / "clients.crl"
        revoked.write_bytes(crl)
        settings["crlfile"] = str(revoked)

    def command(port: int) -> list[str]:
        lines = [f"listener {port} 127.0.0.1"]
        lines += [f"{name} {value}" for name, value in settings.items()]
        (directory / "mosquitto.conf").write_text("\n".join(lines) + "\n")
        return [find("mosquitto") or "mosquitto", "-c", str(directory / "mosquitto.conf")]

    with listening(command, directory / "output") as port:
        yield port


_POSTFIX = """
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = {home}/log
maillog_file_prefixes = {home}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = good.test
mydestination =
alias_maps =
local_recipient_maps =
smtpd_tls_chain_files = {key}, {chain}
smtpd_tls_CAfile = {ca}
smtpd_tls_ask_ccert = yes
smtpd_tls_req_ccert = {required}
smtpd_tls_security_level = encrypt
smtpd_tls_wrappermode = {wrapped}
smtpd_tls_loglevel = 1
"""
_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
tlsmgr unix - - n 1000? 1 tlsmgr
anvil unix - - n - 1 anvil
rewrite unix - - n - - trivial-rewrite
cleanup unix n - n - 0 cleanup
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"""


@contextmanager
def postfix(
    directory: Path, server: Paper, *, demands: bool = True, wrapped: bool = False
) -> Iterator[int]:
    """Postfix, as root only. wrapped: TLS from the first byte on, in place of STARTTLS.

    It knows no revocation lists.
    """
    chain, key, ca = _papers(directory, server)
    program = run("postconf", "-hd", "daemon_directory").strip() + "/master"
    with tempfile.TemporaryDirectory(prefix="postfix-") as made:
        home = Path(made)  # the temporary folders of tests are closed to Postfix' own user
        home.chmod(0o755)
        (home / "queue").mkdir()
        for folder in ("data", "queue/pid", "queue/private", "queue/public"):
            (home / folder).mkdir()
            shutil.chown(home / folder, "root" if folder == "queue/pid" else "postfix")
        (home / "main.cf").write_text(
            _POSTFIX.format(
                home=home,
                chain=chain,
                key=key,
                ca=ca,
                required="yes" if demands else "no",
                wrapped="yes" if wrapped else "no",
            )
        )

        def command(port: int) -> list[str]:
            (home / "master.cf").write_text(_MASTER.format(port=port))
            return [program, "-d", "-c", str(home)]

        with listening(command, directory / "output") as port:
            yield port


_DOVECOT = """
protocols = imap pop3
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
ssl = required
ssl_cert = <{chain}
ssl_key = <{key}
ssl_ca = <{ca}
ssl_require_crl = no
ssl_verify_client_cert = {demands}
auth_ssl_require_client_cert = {demands}
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
passdb {{
  driver = static
  args = nopassword=y
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {pop3}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


@contextmanager
def dovecot(directory: Path, server: Paper, *, demands: bool = True) -> Iterator[tuple[int, int]]:
    """Ports of IMAP and POP3, both of which go over to TLS when asked to."""
    chain, key, ca = _papers(directory, server)
    user = pwd.getpwuid(os.geteuid()).pw_name if os.geteuid() else "nobody"
    with tempfile.TemporaryDirectory(prefix="dovecot-") as made:
        home, pop3 = Path(made), free_port()
        home.chmod(0o755)

        def command(port: int) -> list[str]:
            (home / "dovecot.conf").write_text(
                _DOVECOT.format(
                    home=home,
                    chain=chain,
                    key=key,
                    ca=ca,
                    demands="yes" if demands else "no",
                    user=user,
                    group=grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name,
                    imap=port,
                    pop3=pop3,
                )
            )
            return [find("dovecot") or "dovecot", "-F", "-c", str(home / "dovecot.conf")]

        with listening(command, directory / "output") as imap:
            yield imap, pop3


@contextmanager
def vsftpd(directory: Path, server: Paper) -> Iterator[int]:
    """FTP, which goes over to TLS when asked to, and asks for certificates."""
    chain, key, ca = _papers(directory, server)
    empty = directory / "empty"
    empty.mkdir()
    settings = {
        "listen": "YES",
        "listen_address": "127.0.0.1",
        "background": "NO",
        "run_as_launching_user": "YES",
        "anonymous_enable": "YES",
        "local_enable": "NO",
        "secure_chroot_dir": str(empty),
        "ssl_enable": "YES",
        "ssl_request_cert": "YES",
        "require_cert": "YES",
        "validate_cert": "YES",
        "rsa_cert_file": str(chain),
        "rsa_private_key_file": str(key),
        "ca_certs_file": str(ca),
        "seccomp_sandbox": "NO",
        "ssl_ciphers": "HIGH",  # as it comes it takes RSA certificates only
    }

    def command(port: int) -> list[str]:
        lines = [f"{name}={value}" for name, value in settings.items()]
        (directory / "vsftpd.conf").write_text("\n".join((*lines, f"listen_port={port}", "")))
        return [find("vsftpd") or "vsftpd", str(directory / "vsftpd.conf")]

    with listening(command, directory / "output") as port:
        yield port


@contextmanager
def slapd(directory: Path, server: Paper, *, wrapped: bool = False) -> Iterator[int]:
    """OpenLDAP. wrapped: ldaps in place of StartTLS."""
    chain, key, ca = _papers(directory, server)
    (directory / "slapd.conf").write_text(
        f"""
include /etc/ldap/schema/core.schema
pidfile {directory}/slapd.pid
TLSCACertificateFile {ca}
TLSCertificateFile {chain}
TLSCertificateKeyFile {key}
TLSVerifyClient demand
database config
"""
    )

    def command(port: int) -> list[str]:
        address = f"{'ldaps' if wrapped else 'ldap'}://127.0.0.1:{port}/"
        return [find("slapd") or "slapd", "-d", "0", "-f", str(directory / "slapd.conf"),
                "-h", address]  # fmt: skip

    with listening(command, directory / "output") as port:
        yield port


@contextmanager
def prosody(directory: Path, server: Paper) -> Iterator[int]:
    """XMPP for clients, of the host good.test."""
    chain, key, ca = _papers(directory, server)

    def command(port: int) -> list[str]:
        (directory / "prosody.cfg.lua").write_text(
            f"""
pidfile = "{directory}/prosody.pid"
data_path = "{directory}"
run_as_root = true
daemonize = false
modules_enabled = {{ "tls"; "saslauth"; }}
modules_disabled = {{ "s2s"; }}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {port} }}
c2s_require_encryption = true
log = "*console"
ssl = {{
  certificate = "{chain}"; key = "{key}"; cafile = "{ca}";
  verify = {{ "peer"; "fail_if_no_peer_cert"; }};
}}
VirtualHost "good.test"
"""
        )
        return [find("prosody") or "prosody", "-F", "--config",
                str(directory / "prosody.cfg.lua")]  # fmt: skip

    with listening(command, directory / "output") as port:
        yield port


@contextmanager
def mariadb(directory: Path, server: Paper, *, first: str = "") -> Iterator[int]:
    """MariaDB, which asks nobody for more than a good certificate or none.

    first: SQL that it runs when it starts, to make users who must have one.
    """
    chain, key, ca = _papers(directory, server)
    user = pwd.getpwuid(os.geteuid()).pw_name
    with tempfile.TemporaryDirectory(prefix="mariadb-") as made:
        home = Path(made)
        run(
            "mariadb-install-db", "--no-defaults", f"--datadir={home}/data", f"--user={user}",
            "--auth-root-authentication-method=normal", "--skip-test-db",
        )  # fmt: skip

        (home / "first.sql").write_text(first)

        def command(port: int) -> list[str]:
            return [
                find("mariadbd") or "mariadbd", "--no-defaults", f"--datadir={home}/data",
                f"--user={user}", f"--port={port}", "--bind-address=127.0.0.1",
                f"--socket={home}/socket", f"--pid-file={home}/pid", f"--ssl-cert={chain}",
                f"--ssl-key={key}", f"--ssl-ca={ca}", f"--init-file={home}/first.sql",
            ]  # fmt: skip

        with listening(command, directory / "output") as port:
            yield port


@contextmanager
def tinyproxy(directory: Path, *, login: str = "") -> Iterator[int]:
    """An HTTP proxy. login: "user password" that it wants."""

    def command(port: int) -> list[str]:
        lines = [f"Port {port}", "Listen 127.0.0.1", "Timeout 20", "Allow 127.0.0.1"]
        lines += [f"BasicAuth {login}"] if login else []
        (directory / "tinyproxy.conf").write_text("\n".join((*lines, "")))
        return [find("tinyproxy") or "tinyproxy", "-d", "-c", str(directory / "tinyproxy.conf")]

    with listening(command, directory / "output") as port:
        yield port


@contextmanager
def danted(directory: Path) -> Iterator[int]:
    """A SOCKS5 proxy without authentication."""

    def command(port: int) -> list[str]:
        (directory / "danted.conf").write_text(
            f"""
logoutput: stderr
internal: 127.0.0.1 port = {port}
external: 127.0.0.1
clientmethod: none
socksmethod: none
user.privileged: {pwd.getpwuid(os.geteuid()).pw_name}
user.unprivileged: {pwd.getpwuid(os.geteuid()).pw_name}
client pass {{ from: 0.0.0.0/0 to: 0.0.0.0/0 }}
socks pass {{ from: 0.0.0.0/0 to: 0.0.0.0/0 }}
"""
        )
        return [find("danted") or "danted", "-f", str(directory / "danted.conf"),
                "-p", str(directory / "danted.pid")]  # fmt: skip

    with listening(command, directory / "output") as port:
        yield port


@contextmanager
def haproxy(directory: Path, server: Paper) -> Iterator[int]:
    """TLS behind the PROXY protocol's header; answers with the address that the header named."""
    chain, key, _ = _papers(directory, server)
    bundle = directory / "bundle.pem"
    bundle.write_bytes(chain.read_bytes() + key.read_bytes())

    def command(port: int) -> list[str]:
        (directory / "haproxy.cfg").write_text(
            f"""
defaults
  mode http
  timeout client 5s
  timeout server 5s
  timeout connect 5s
frontend tls
  bind 127.0.0.1:{port} accept-proxy ssl crt {bundle}
  http-request return status 200 content-type text/plain lf-string "from %[src] to %[dst]"
"""
        )
        return [find("haproxy") or "haproxy", "-db", "-f", str(directory / "haproxy.cfg")]

    with listening(command, directory / "output") as port:
        yield port


@contextmanager
def nginx(directory: Path, server: Paper) -> Iterator[int]:
    """TLS behind the PROXY protocol's header; answers with the address that the header named."""
    chain, key, ca = _papers(directory, server)
    temporary = "".join(
        f"{name}_temp_path {directory}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )

    def command(port: int) -> list[str]:
        (directory / "nginx.conf").write_text(
            f"""
daemon off; master_process off; pid {directory}/nginx.pid; error_log {directory}/error.log;
events {{}}
http {{
  access_log off; {temporary}
  server {{
    listen 127.0.0.1:{port} ssl proxy_protocol;
    ssl_certificate {chain}; ssl_certificate_key {key}; ssl_protocols TLSv1.2 TLSv1.3;
    ssl_client_certificate {ca}; ssl_verify_client on; ssl_verify_depth 2;
    location / {{ return 200 "from $proxy_protocol_addr to $proxy_protocol_server_addr"; }}
  }}
}}
"""
        )
        return [find("nginx") or "nginx", "-c", str(directory / "nginx.conf"),
                "-p", str(directory), "-e", str(directory / "error.log")]  # fmt: skip

    with listening(command, directory / "output") as port:
        yield port
