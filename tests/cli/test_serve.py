"""`mtlsctl serve`: a process of its own that is called, and stopped by a signal."""

from __future__ import annotations

import json
import re
import signal
import ssl
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Mtlsctl
from tests.integration.processes import new_computer
from tests.tls.papers import HOST, pem, world
from tests.tls.servers import python_ssl
from tests.tls.serving.support import Running, call

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    chain, key = world().servers["good"].write(tmp_path / "server")
    ca = tmp_path / "ca.pem"
    ca.write_bytes(pem(world().root.certificate))
    return ["serve", "--cert", str(chain), "--key", str(key), "--client-ca", str(ca)]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped(tmp_path: Path, files: list[str], stop: int) -> None:
    computer = new_computer(tmp_path / "home")
    with computer.started(*files, "--json") as process:
        assert process.stdout is not None
        found = re.fullmatch(r"listening on 127\.0\.0\.1:(\d+)\n", process.stdout.readline())
        assert found
        at = Running(None, ("127.0.0.1", int(found[1])))  # type: ignore[arg-type]
        assert call(at, "good").startswith(b"HTTP/1.1 200")
        with pytest.raises(ssl.SSLError):
            call(at, "expired")
        good, bad = (json.loads(process.stdout.readline()) for _ in range(2))
        assert (good["accepted"], good["server_name"]) == (True, HOST)
        assert bad["problems"][0]["code"] == "client_certificate_expired"
        process.send_signal(stop)
        assert process.wait(20) == 0
        assert process.stdout.read() == ""


def test_lines_for_people_and_a_mode(tmp_path: Path, files: list[str]) -> None:
    with new_computer(tmp_path / "home").started(*files, "--mode", "explain") as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().rpartition(":")[2])
        at = Running(None, ("127.0.0.1", port))  # type: ignore[arg-type]
        assert call(at, None).startswith(b"HTTP/1.1 403")
        line = process.stdout.readline()
        assert "client_certificate_missing" in line
        assert "“GET /a HTTP/1.1”" in line
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_an_address_that_cannot_be_used(empty: Mtlsctl, files: list[str]) -> None:
    assert "no address of this computer" in empty.refused(*files, "--bind", "192.0.2.1")
    assert "--cert with --key, or --identity" in empty.refused("serve")


def test_an_identity_of_the_workspace(mtlsctl: Mtlsctl) -> None:
    mtlsctl.ok("issue", "--ca", "Example Issuing", "--name", "web.example.test")
    told = mtlsctl.refused("serve", "--identity", "web.example.test", "--bind", "192.0.2.1")
    assert "no address of this computer" in told


def test_a_client_is_watched(tmp_path: Path, files: list[str]) -> None:
    computer = new_computer(tmp_path / "home")
    chain, key = world().clients["good"].write(tmp_path / "client")
    ca = tmp_path / "ca.pem"
    who = files[1:5]  # --cert, --key
    presented = ["--present-cert", str(chain), "--present-key", str(key), "--ca", str(ca)]
    forms = {"accepted": [*who, *presented], "passed": ["--pass-through"]}
    with python_ssl(tmp_path / "real", world().servers["good"]) as port:
        for outcome, options in forms.items():
            command = ["serve", "--forward", f"127.0.0.1:{port}", *options, "--json"]
            with computer.started(*command) as process:
                assert process.stdout is not None
                local = int(process.stdout.readline().rpartition(":")[2])
                at = Running(None, ("127.0.0.1", local))  # type: ignore[arg-type]
                assert call(at, "good").startswith(b"HTTP/1.1 200")
                told = json.loads(process.stdout.readline())
                assert told["outcome"] == outcome
                if outcome == "accepted":
                    assert told["upstream"]["client_certificate"]["sent"] is True
                    assert told["upstream"]["http_status"] == 200
                process.send_signal(signal.SIGTERM)
                assert process.wait(20) == 0
                assert process.stdout.read() == ""


def test_watching_is_not_mixed_up_with_serving(empty: Mtlsctl, files: list[str]) -> None:
    forward = ("--forward", "a.test:1")
    assert "with --forward" in empty.refused("serve", "--pass-through")
    assert "Say who the server is" in empty.refused("serve", *forward)
    assert "it takes no certificate" in empty.refused(
        "serve", *forward, *files[1:5], "--pass-through"
    )
    assert "behind decides" in empty.refused(*files, *forward)
    told = empty.refused("serve", *forward, "--pass-through", "--bind", "192.0.2.1")
    assert "no address of this computer" in told
