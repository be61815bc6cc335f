"""The guide's first pair, as it stands there: its commands, its nginx, its curl and its Python."""

import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Mtlsctl
from tests.integration.programs import attempt, find, needs, run
from tests.tls.servers import free_port, running, wait_for

pytestmark = [pytest.mark.integration, needs("nginx", "nginx-light"), needs("curl", "curl")]

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "first-pair.md"
PORT = "8443"
"""As the guide has it; the test takes a free one."""
AROUND = """
daemon off; master_process off; pid nginx.pid; error_log error.log;
events {{}}
http {{
  access_log off; client_body_temp_path body; proxy_temp_path proxy;
  fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  {server}
}}
"""


def blocks(language: str) -> list[str]:
    """What the guide shows in that language."""
    text = GUIDE.read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, mtlsctl: Mtlsctl, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the guide's mtlsctl commands write, in one place."""
    monkeypatch.chdir(tmp_path)
    for line in blocks("sh")[-1].splitlines():
        mtlsctl.ok(*shlex.split(line)[1:])
    place = tmp_path / "pair"
    for made in ("server", "client"):
        shutil.copytree(made, place, dirs_exist_ok=True)
    return place


@pytest.fixture
def port(folder: Path) -> Iterator[str]:
    """The guide's nginx."""
    free = free_port()
    (server,) = blocks("nginx")
    config = folder / "nginx.conf"
    config.write_text(AROUND.format(server=server.replace(PORT, f"127.0.0.1:{free}")))
    program = find("nginx") or "nginx"
    command = [program, "-p", str(folder), "-c", str(config), "-e", str(folder / "error.log")]
    with running(command) as process:
        wait_for(free, process)
        yield str(free)


def test_the_guides_pair_works(folder: Path, port: str) -> None:
    command = shlex.split(blocks("sh")[0].replace(PORT, port))
    assert run(*command, "--silent", cwd=folder) == "Hello CN=alice\n"
    without = [part for part in command if not part.startswith("alice")]
    without = [part for part in without if part not in ("--cert", "--key")]
    answer = attempt(*without, "--silent", cwd=folder).stdout
    assert "400 No required SSL certificate was sent" in answer
    (script,) = blocks("python")
    assert run(sys.executable, "-c", script.replace(PORT, port), cwd=folder) == (
        "b'Hello CN=alice\\n'\n"
    )
