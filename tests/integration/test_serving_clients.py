"""Other people's TLS clients at the test server, each good and bad.

The programs are those that the window shows to be pasted. They are compiled once: the servers
follow one another on one port, and the files of the client that calls are put into one place.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mtlsgui.tls.serving.settings import Mode
from mtlsgui.tls.serving.visit import VisitOutcome
from mtlsgui.workspace.calling import ClientFiles, calling_lines
from tests.integration.programs import attempt, needs, run
from tests.tls.papers import HOST, pem, world
from tests.tls.servers import free_port
from tests.tls.serving.support import Running, running, settings

_ADDRESS = "127.0.0.1"
_CODES = {
    "good": None,
    "none": "client_certificate_missing",
    "expired": "client_certificate_expired",
    "wrong_ca": "client_certificate_unknown_authority",
}
_KEEP_TO_THE_NAMES = ("Java", "Go")
"""They present nothing where the server names no CA of theirs (RFC 8446, section 4.2.4)."""
_WITHOUT: dict[str, Callable[[str], str]] = {
    "Python": lambda text: _without_line(text, "load_cert_chain"),
    "Node.js": lambda text: _without_line(_without_line(text, "cert: fs"), "key: fs"),
    "Java": lambda text: text.replace("keys.getKeyManagers()", "null"),
    "Go": lambda text: text.replace("{identity}", "{identity}[:0]"),
}


def _without_line(text: str, word: str) -> str:
    return "\n".join(line for line in text.split("\n") if word not in line)


@dataclass
class Place:
    """Where the clients are, and where they find who they are. port: of every server."""

    folder: Path
    files: ClientFiles
    port: int

    def become(self, who: str) -> None:
        """Make one of the world's clients the one that calls."""
        paper = world().clients["good" if who == "none" else who]
        paper.write(self.files.chain.parent)

    def lines(self) -> dict[str, str]:
        found = calling_lines(_ADDRESS, self.port, HOST, self.files)
        return {each.language: each.text for each in found}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("call it's")
    ca = folder / "ca.pem"
    ca.write_bytes(pem(world().root.certificate))
    chain, key = world().clients["good"].write(folder / "client")
    return Place(folder, ClientFiles(chain, key, ca), free_port())


@pytest.fixture(scope="module", params=[Mode.ENFORCE, Mode.EXPLAIN])
def mode(request: pytest.FixtureRequest) -> Mode:
    made: Mode = request.param
    return made


@pytest.fixture(scope="module", params=["TLS 1.2", "TLS 1.3"])
def server(request: pytest.FixtureRequest, place: Place, mode: Mode) -> Iterator[Running]:
    with running(settings(mode, port=place.port, versions=(request.param,))) as made:
        yield made


def check(at: Running, mode: Mode, who: str, client: str, answer: str) -> None:
    """The visit says what is wrong with who came; so does the answer, where there is one."""
    code = _CODES[who]
    if who == "wrong_ca" and client in _KEEP_TO_THE_NAMES:
        code = _CODES["none"]
    visit = at.visit()
    if code is None:
        assert visit.outcome is VisitOutcome.ACCEPTED, visit
        assert visit.codes == ()
        assert visit.server_name == HOST
    else:
        assert visit.outcome is VisitOutcome.REFUSED, visit
        assert visit.codes == (code,), visit
        assert (visit.alert is None) == (mode is Mode.EXPLAIN)
    if client == "GnuTLS":  # it ends with its input, not with the answer
        return
    if mode is Mode.EXPLAIN or code is None:
        assert '"accepted": ' + ("true" if code is None else "false") in answer
        assert (code or "") in answer
    else:
        assert '"accepted"' not in answer


@pytest.mark.parametrize("who", _CODES)
@pytest.mark.parametrize(
    "client",
    [
        pytest.param("curl", marks=needs("curl", "curl")),
        pytest.param("OpenSSL", marks=needs("openssl", "openssl")),
    ],
)
def test_shell_lines(place: Place, server: Running, mode: Mode, client: str, who: str) -> None:
    place.become(who)
    line = place.lines()[client]
    if who == "none":
        for path in (place.files.chain, place.files.key):
            for option in ("--cert", "--key", "-cert_chain", "-cert", "-key"):
                line = line.replace(f" {option} {_quoted(path)}", "")
    check(server, mode, who, client, attempt("sh", "-c", line).stdout)


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))


@pytest.mark.parametrize("who", _CODES)
def test_python(place: Place, server: Running, mode: Mode, who: str) -> None:
    place.become(who)
    text = place.lines()["Python"]
    text = _WITHOUT["Python"](text) if who == "none" else text
    check(server, mode, who, "Python", attempt(sys.executable, "-c", text).stdout)


@needs("node", "nodejs")
@pytest.mark.parametrize("who", _CODES)
def test_node(place: Place, server: Running, mode: Mode, who: str) -> None:
    place.become(who)
    text = place.lines()["Node.js"]
    text = _WITHOUT["Node.js"](text) if who == "none" else text
    check(server, mode, who, "Node.js", attempt("node", "-e", text).stdout)


@pytest.fixture(scope="module")
def java(place: Place) -> Callable[[str], tuple[str, ...]]:
    text = place.lines()["Java"]
    for name, source in (("with", text), ("without", _WITHOUT["Java"](text))):
        folder = place.folder / f"java-{name}"
        folder.mkdir()
        (folder / "Call.java").write_text(source)
        run("javac", "-d", folder, folder / "Call.java")
    return lambda name: ("java", "-cp", str(place.folder / f"java-{name}"), "Call")


@needs("javac", "default-jdk-headless")
@pytest.mark.parametrize("who", _CODES)
def test_java(
    place: Place, server: Running, mode: Mode, who: str, java: Callable[[str], tuple[str, ...]]
) -> None:
    place.become(who)
    command = java("without" if who == "none" else "with")
    check(server, mode, who, "Java", attempt(*command).stdout)


@pytest.fixture(scope="module")
def go(place: Place) -> Callable[[str], str]:
    text = place.lines()["Go"]
    environment = {
        **os.environ,
        "GOPROXY": "off",
        "GOFLAGS": "-mod=mod",
        "GO111MODULE": "off",
        "GOCACHE": str(place.folder / "go-cache"),
    }
    for name, source in (("with", text), ("without", _WITHOUT["Go"](text))):
        (place.folder / f"{name}.go").write_text(source)
        target = place.folder / f"go-{name}"
        run("go", "build", "-o", target, place.folder / f"{name}.go", env=environment)
    return lambda name: str(place.folder / f"go-{name}")


@needs("go", "golang-go")
@pytest.mark.parametrize("who", _CODES)
def test_go(place: Place, server: Running, mode: Mode, who: str, go: Callable[[str], str]) -> None:
    place.become(who)
    answer = attempt(go("without" if who == "none" else "with")).stdout
    check(server, mode, who, "Go", answer)


@needs("gnutls-cli", "gnutls-bin")
@pytest.mark.parametrize("who", _CODES)
def test_gnutls(place: Place, server: Running, mode: Mode, who: str) -> None:
    place.become(who)
    own = ("--x509certfile", place.files.chain, "--x509keyfile", place.files.key)
    found = attempt(
        "gnutls-cli",
        "--port",
        str(place.port),
        "--x509cafile",
        place.files.ca,
        *(own if who != "none" else ()),
        "--sni-hostname",
        HOST,
        "--verify-hostname",
        HOST,
        _ADDRESS,
        stdin="GET / HTTP/1.1\r\nHost: good.test\r\n\r\n",
    )
    check(server, mode, who, "GnuTLS", found.stdout)
