"""Node, Python, Java, GnuTLS and PostgreSQL on the other side of an mTLS connection."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from tests.cli.conftest import Mtlsctl
from tests.integration.estate import SERVER_NAME, Estate, Identity
from tests.integration.programs import attempt, needs, run
from tests.integration.servers import (
    nginx,
    node,
    postgres,
    postgres_program,
    postgres_user,
    python_ssl,
)

pytestmark = pytest.mark.integration


def get(
    port: int, ca: Path, client: Identity | None = None, host: str = "127.0.0.1"
) -> requests.Response:
    """With Python's `requests`."""
    with requests.Session() as session:
        return session.get(
            f"https://{host}:{port}/",
            verify=str(ca),
            cert=(str(client.chain), str(client.key)) if client else None,
            timeout=20,
        )


@needs("node", "nodejs")
def test_node_as_server(estate: Estate, stranger: Estate, tmp_path: Path) -> None:
    with node(tmp_path, estate.server, estate.ca) as port:
        assert get(port, estate.ca, estate.client).text == "alice"
        assert get(port, estate.ca, estate.client, "localhost").text == "alice"
        for other in (None, stranger.client):
            with pytest.raises(requests.ConnectionError):
                get(port, estate.ca, other)


@needs("nginx", "nginx-light")
def test_requests_as_client(estate: Estate, stranger: Estate, tmp_path: Path) -> None:
    with nginx(tmp_path, estate.server, estate.ca) as port:
        answer = get(port, estate.ca, estate.client)
        assert (answer.status_code, answer.text) == (200, "CN=alice TLSv1.3\n")
        assert get(port, estate.ca).status_code == 400
        assert get(port, estate.ca, stranger.client).status_code == 400
        with pytest.raises(requests.exceptions.SSLError, match="verify failed"):
            get(port, stranger.ca, estate.client)


def test_python_as_server_with_strict_verification(estate: Estate, stranger: Estate) -> None:
    with python_ssl(estate.server, estate.ca) as port:
        assert get(port, estate.ca, estate.client).text == "alice"
        for other in (None, stranger.client, estate.server):
            with pytest.raises(requests.ConnectionError):
                get(port, estate.ca, other)


_NODE_CLIENT = """
const https = require('https'), fs = require('fs');
const [port, servername, ca, cert, key] = process.argv.slice(1);
https.get({host: '127.0.0.1', port, servername, ca: fs.readFileSync(ca),
    cert: cert && fs.readFileSync(cert), key: key && fs.readFileSync(key)}, response => {
  response.setEncoding('utf8');
  let body = '';
  response.on('data', part => body += part);
  response.on('end', () => console.log(response.statusCode, body.split('\\n')[0]));
}).on('error', error => console.log(error.code));
"""


@needs("node", "nodejs")
@needs("nginx", "nginx-light")
def test_node_as_client(estate: Estate, stranger: Estate, tmp_path: Path) -> None:
    def ask(name: str, ca: Path, *identity: Path) -> str:
        return run("node", "-e", _NODE_CLIENT, str(port), name, ca, *identity).strip()

    client = (estate.client.chain, estate.client.key)
    with nginx(tmp_path, estate.server, estate.ca) as port:
        assert ask(SERVER_NAME, estate.ca, *client) == "200 CN=alice TLSv1.3"
        assert ask(SERVER_NAME, estate.ca).startswith("400")
        assert ask("other.example.test", estate.ca, *client) == "ERR_TLS_CERT_ALTNAME_INVALID"
        assert ask(SERVER_NAME, stranger.ca, *client) in {
            "SELF_SIGNED_CERT_IN_CHAIN",
            "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
            "CERT_SIGNATURE_FAILURE",
        }


_JAVA_CLIENT = """
import java.io.*; import java.net.*; import java.nio.file.*; import java.security.*;
import java.security.cert.*; import javax.net.ssl.*;

public class Client {
  public static void main(String[] a) throws Exception {
    char[] password = "geheim".toCharArray();
    KeyManager[] identity = null;
    if (a.length > 2) {
      KeyStore keys = KeyStore.getInstance(new File(a[2]), password);
      KeyManagerFactory f = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      f.init(keys, password);
      identity = f.getKeyManagers();
    }
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    try (InputStream in = Files.newInputStream(Path.of(a[1]))) {
      roots.setCertificateEntry("root",
          CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory t = TrustManagerFactory.getInstance("PKIX");
    t.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity, t.getTrustManagers(), null);
    HttpsURLConnection c = (HttpsURLConnection) new URL(a[0]).openConnection();
    c.setSSLSocketFactory(context.getSocketFactory());
    try {
      System.out.print(c.getResponseCode());
      if (c.getResponseCode() == 200)
        System.out.print(" " + new String(c.getInputStream().readAllBytes()).trim());
    } catch (SSLHandshakeException e) {
      System.out.print(e.getMessage());
    }
  }
}
"""


@needs("javac", "default-jdk-headless")
@needs("nginx", "nginx-light")
def test_java_as_client_with_a_pkcs12(estate: Estate, stranger: Estate, tmp_path: Path) -> None:
    source = tmp_path / "Client.java"
    source.write_text(_JAVA_CLIENT)
    run("javac", "-d", tmp_path, source)
    identity = tmp_path / "alice.p12"
    estate.mtlsctl.ok(
        "export", "alice", "--to", "pkcs12", "-o", str(identity),
        env={"MTLSGUI_OUT_PASSPHRASE": "geheim"},
    )  # fmt: skip

    def ask(host: str, *arguments: Path) -> str:
        return run("java", "-cp", tmp_path, "Client", f"https://{host}:{port}/", *arguments)

    with nginx(tmp_path, estate.server, estate.ca) as port:
        assert ask("localhost", estate.ca, identity) == "200 CN=alice TLSv1.3"
        assert ask("127.0.0.1", estate.ca) == "400"
        assert "PKIX path" in ask("localhost", stranger.ca, identity)


@needs("gnutls-cli", "gnutls-bin")
@needs("nginx", "nginx-light")
def test_gnutls_as_client(estate: Estate, stranger: Estate, tmp_path: Path) -> None:
    def ask(name: str, ca: Path, *identity: str | Path) -> str:
        finished = attempt(
            "gnutls-cli", "127.0.0.1", "--port", str(port), "--sni-hostname", name,
            "--verify-hostname", name, "--x509cafile", ca, *identity,
            stdin=f"GET / HTTP/1.0\r\nHost: {name}\r\n\r\n",
        )  # fmt: skip
        return finished.stdout + finished.stderr

    identity = ("--x509certfile", estate.client.chain, "--x509keyfile", estate.client.key)
    with nginx(tmp_path, estate.server, estate.ca) as port:
        answer = ask(SERVER_NAME, estate.ca, *identity)
        assert "The certificate is trusted." in answer
        assert "CN=alice TLSv1.3" in answer
        assert "No required SSL certificate was sent" in ask(SERVER_NAME, estate.ca)
        assert "NOT trusted" in ask(SERVER_NAME, stranger.ca, *identity)
        assert "name in the certificate does not match" in ask(
            "other.example.test", estate.ca, *identity
        )


@pytest.mark.skipif(
    postgres_program("initdb") is None or postgres_program("psql") is None,
    reason="PostgreSQL is not installed (Debian: postgresql)",
)
@pytest.mark.skipif(postgres_user() is None, reason="root needs a user “postgres” to run it as")
def test_postgresql_takes_the_certificate_for_the_user(mtlsctl: Mtlsctl, stranger: Estate) -> None:
    mtlsctl.ok("ca", "create", "--name", "Root", "--key", "p256")
    out = Path("out").resolve()
    mtlsctl.ok("issue", "--name", "localhost", "-o", str(out))
    for name in ("alice", "bob"):
        mtlsctl.ok("issue", "--profile", "client", "--name", name, "-o", str(out))
    ca = out / "ca.crt"

    def ask(client: Identity | None, ca: Path = ca) -> str:
        identity = f"sslcert={client.chain} sslkey={client.key}" if client else "sslcert=none"
        finished = attempt(
            postgres_program("psql") or "psql", "-At", "-c",
            "SELECT usename, client_dn FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
            " WHERE pid = pg_backend_pid()",
            f"host=localhost hostaddr=127.0.0.1 port={port} user=alice dbname=postgres"
            f" sslmode=verify-full sslrootcert={ca} {identity}",
        )  # fmt: skip
        return (finished.stdout + finished.stderr).strip()

    with postgres("alice", Identity(out, "localhost"), ca) as port:
        assert ask(Identity(out, "alice")) == "alice|/CN=alice"
        assert 'certificate authentication failed for user "alice"' in ask(Identity(out, "bob"))
        assert "valid client certificate" in ask(None)
        assert "unknown ca" in ask(stranger.client)
        assert "certificate verify failed" in ask(Identity(out, "alice"), stranger.ca)
