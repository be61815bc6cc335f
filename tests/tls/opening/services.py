"""Servers of other protocols than HTTP on free loopback ports, for people with TLS.

Each is a context manager that gives its port and trusts the Test Root for client certificates.
`demands`: whether a client must have one. `crl`: PEM of revocation lists, for those that know any.
All but `postfix` run as anybody; `needs_root` skips it for those who are not root.
"""

from __future__ import annotations

import os
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
