"""How a server is called with a client certificate: whole programs, to be pasted and run.

Each checks the server's certificate against its CA and by its name, presents the client's, asks
for "/" and prints the answer.
"""

import json
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.question import bracketed
from mtlsgui.tls.server_names import is_address

_TEMPLATES = Path(__file__).parent.parent / "resources" / "calling"


@dataclass(frozen=True, slots=True)
class ClientFiles:
    """What a client presents and trusts, as PEM files.

    chain: the certificate, then its intermediates. key: not encrypted. ca: the server's root.
    """

    chain: Path
    key: Path
    ca: Path


@dataclass(frozen=True, slots=True)
class CallingLine:
    """One way to call. language: for people. text: what is pasted. file: what it is saved as,
    empty for what goes into a shell. run: the command that runs the file.
    """

    language: str
    text: str
    file: str = ""
    run: str = ""


def calling_lines(
    host: str, port: int, server_name: str, client: ClientFiles
) -> tuple[CallingLine, ...]:
    """The ways to call the server at this address.

    server_name: what the certificate is looked up by, as `name_to_call` gives it.
    """
    return (
        CallingLine("curl", _curl(host, port, server_name, client)),
        CallingLine("OpenSSL", _openssl(host, port, server_name, client)),
        *(
            CallingLine(language, _program(file, quote, host, port, server_name, client), file, run)
            for language, file, run, quote in _PROGRAMS
        ),
    )


def name_to_call(certificate: CertificateFacts, host: str) -> str:
    """The name that a client looks for in a server's certificate when it connects to `host`.

    The host itself where the certificate has it, else the first name that it has; where it has
    only wildcards, a name that fits the first of them (RFC 9525, section 6.3).
    """
    names = [each.partition(":") for each in certificate.san or ()]
    wildcards = [value for kind, _, value in names if kind == "dns" and value.startswith("*.")]
    usable = [value for kind, _, value in names if kind in ("ip", "dns") and value not in wildcards]
    if host in usable:
        return host
    if not usable:
        return f"test{wildcards[0][1:]}" if wildcards else host
    dns = [value for value in usable if not is_address(value)]
    return "localhost" if "localhost" in dns else (dns or usable)[0]


def _curl(host: str, port: int, name: str, client: ClientFiles) -> str:
    parts = ["curl", "--cert", str(client.chain), "--key", str(client.key)]
    parts += ["--cacert", str(client.ca)]
    if name != host:
        parts += ["--connect-to", f"{bracketed(name)}:{port}:{bracketed(host)}:{port}"]
    return shlex.join([*parts, f"https://{bracketed(name)}:{port}/"])


def _openssl(host: str, port: int, name: str, client: ClientFiles) -> str:
    parts = ["openssl", "s_client", "-connect", f"{bracketed(host)}:{port}", "-quiet"]
    parts += ["-verify_ip", name] if is_address(name) else ["-verify_hostname", name]
    parts += ["-noservername"] if is_address(name) else ["-servername", name]
    parts += ["-verify_return_error", "-CAfile", str(client.ca)]
    parts += ["-cert", str(client.chain), "-cert_chain", str(client.chain)]
    parts += ["-key", str(client.key)]
    request = shlex.quote(f"GET / HTTP/1.1\\r\\nHost: {bracketed(name)}\\r\\n\\r\\n")
    return f"printf {request} | {shlex.join(parts)}"


def _program(  # noqa: PLR0917 - one call, from the table
    file: str,
    quote: Callable[[str], str],
    host: str,
    port: int,
    name: str,
    client: ClientFiles,
) -> str:
    text = (_TEMPLATES / f"{file}.txt").read_text(encoding="utf-8")
    request = f"GET / HTTP/1.1\r\nHost: {bracketed(name)}\r\nConnection: close\r\n\r\n"
    values = {
        "@HOST@": quote(host),
        "@PORT@": str(port),
        "@ADDRESS@": quote(f"{bracketed(host)}:{port}"),
        "@NAME@": quote(name),
        # An address is never sent as SNI (RFC 6066, section 3).
        "@SNI@": quote("" if is_address(name) else name),
        "@REQUEST@": quote(request),
        "@CHAIN@": quote(str(client.chain)),
        "@KEY@": quote(str(client.key)),
        "@CA@": quote(str(client.ca)),
    }
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text


def _ascii_string(text: str) -> str:
    """A string literal of Python, JavaScript and Java."""
    return json.dumps(text)


def _utf8_string(text: str) -> str:
    """A string literal of Go, which knows no halves of characters."""
    return json.dumps(text, ensure_ascii=False)


_PROGRAMS = (
    # (language, file, command, how a string is written)
    ("Python", "call.py", "python3 call.py", _ascii_string),
    ("Node.js", "call.js", "node call.js", _ascii_string),
    ("Java", "Call.java", "java Call.java", _ascii_string),
    ("Go", "call.go", "go run call.go", _utf8_string),
)
