"""The edge of the program, on real processes: exit statuses, streams, terminals, start-up."""

import json
import os
import pty
import re
import select
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest

import mtlsgui
from mtlsgui.cli.main import COMMANDS, cli
from mtlsgui.workspace import issuers
from tests.cli.conftest import PASSPHRASE, Mtlsctl
from tests.keyring_daemon import KeyringDaemon

PROGRAM = [sys.executable, "-c", "from mtlsgui.cli.main import main; main()"]


def mtlsctl_process(
    *arguments: str, env: Mapping[str, str] = {}, stdin: str = ""
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*PROGRAM, *arguments],
        capture_output=True,
        text=True,
        input=stdin,
        env={**os.environ, **env},
        check=False,
    )


def test_version() -> None:
    done = mtlsctl_process("--version")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"mtlsctl {mtlsgui.__version__}\n",
        "",
    )


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom mtlsgui.cli.main import cli\n"
        "try: cli.main(['--help'])\nexcept SystemExit: pass\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "certificate authorities" in done.stdout.lower()
    loaded = {module.partition(".")[0] for module in done.stderr.split()}
    assert "click" in loaded
    assert not loaded & {"peewee", "keyring", "cryptography", "OpenSSL", "PySide6"}


def test_no_command_loads_qt() -> None:
    code = (
        "import sys\nfrom mtlsgui.cli.main import COMMANDS, cli\nimport click\n"
        "for name in COMMANDS: assert cli.get_command(click.Context(cli), name).name == name\n"
        "assert 'cryptography' in sys.modules\n"
        "assert not any(m.startswith(('PySide6', 'shiboken6')) for m in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("name", [*COMMANDS, "ca create", "request create", "key export"])
def test_every_command_has_help_with_an_example(empty: Mtlsctl, name: str) -> None:
    text = empty.ok(*name.split(), "--help")
    assert text.startswith(f"Usage: mtlsctl {name}")
    assert "--json" in text
    if name not in {"ca", "request", "key", "profile", "vault"}:
        assert "\n  Example" in text
    assert not empty.workspace.exists()


def command_lines() -> Iterator[str]:
    """Every command line that the guide and the help texts show."""
    guide = Path(mtlsgui.__file__).parent.parent / "docs" / "guide" / "mtlsctl.md"
    yield from re.findall(r"^(?:.*\| )?mtlsctl (.*)", guide.read_text("utf-8"), re.MULTILINE)
    yield from re.findall(r"^  mtlsctl (.*)", cli.epilog or "", re.MULTILINE)
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        family = command.commands.values() if isinstance(command, click.Group) else [command]
        for each in family:
            assert each is not None
            assert each.epilog
            yield from re.findall(r"mtlsctl (.*)", each.epilog)


def test_command_lines_in_the_guide_and_the_help_are_real() -> None:
    lines = list(command_lines())
    assert len(lines) > 50
    for line in lines:
        words = shlex.split(re.split(r" [|>]|   ", line)[0])
        at: click.Command = cli
        while words and isinstance(at, click.Group):
            if words[0].startswith("-"):
                words = words[2:]
                continue
            if words[0] == "COMMAND":
                break
            found = at.get_command(click.Context(at), words.pop(0))
            assert found, line
            at = found
        known = {name for parameter in at.params for name in parameter.opts} | {"--help"}
        assert {word for word in words if re.match(r"--?[a-z]", word)} <= known, line


def test_shells_complete_commands(empty: Mtlsctl) -> None:
    shell = {"COMP_WORDS": "mtlsctl is", "COMP_CWORD": "1", "_MTLSCTL_COMPLETE": "bash_complete"}
    assert mtlsctl_process(env=shell).stdout == "plain,issue\n"


@pytest.mark.parametrize("command", ["lint", "nonsense"])
def test_an_unknown_command_is_bad_usage(command: str) -> None:
    done = mtlsctl_process(command)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: No such command '{command}'.\n  try: mtlsctl --help\n"


def test_errors_are_one_json_document_where_json_is_asked_for(empty: Mtlsctl) -> None:
    for arguments in (["--json", "show", "none"], ["show", "none", "--json"], ["nope", "--json"]):
        result = empty.run(*arguments)
        assert result.exit_code == 2
        assert set(json.loads(result.stdout)) == {"error"}
        assert result.stderr == ""


def test_the_workspace_is_named_before_or_after_the_command(empty: Mtlsctl) -> None:
    empty.ok("list", "--workspace", "a")
    empty.ok("--workspace", "b", "list")
    assert Path("a/inventory.sqlite").exists()
    assert Path("b/inventory.sqlite").exists()
    assert not empty.workspace.exists()


def test_init_says_why_there_is_no_keyring_and_what_to_do(empty: Mtlsctl) -> None:
    for arguments in (["init"], ["ca", "create", "--name", "Root"]):
        error = empty.refused(*arguments)
        assert "DBUS_SESSION_BUS_ADDRESS" in error
        assert "mtlsctl init --vault file" in error
    assert empty.json("list")["total"] == 0


def test_init(empty: Mtlsctl) -> None:
    assert "no tokens" not in empty.refused("init", "--vault", "pkcs11:token=x")
    empty.refused("init", "--vault", "cloud")
    error = empty.refused("init", "--vault", "file", env={"MTLSGUI_PASSPHRASE": None})
    assert "--passphrase-file" in error
    assert not empty.workspace.exists()
    made = empty.json("init", "--vault", "file")
    assert made["vault"]["kind"] == "file"
    assert "already" in empty.refused("init", "--vault", "file")


def test_a_fault_of_ours_is_told_from_a_persons_and_quotes_nothing(
    mtlsctl: Mtlsctl, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError(f"the passphrase is {PASSPHRASE}")

    monkeypatch.setattr(issuers, "get", broken)
    result = mtlsctl.run("issue", "--ca", "1", "--name", "a.test")
    assert result.exit_code == 3
    assert "RuntimeError" in result.stderr
    assert PASSPHRASE not in result.output
    assert json.loads(mtlsctl.run("issue", "--ca", "1", "--name", "a", "--json").stdout)["error"]


def test_a_reader_that_goes_away_is_no_error(mtlsctl: Mtlsctl) -> None:
    Path("many.csv").write_text("name\n" + "".join(f"host{n}.test\n" for n in range(400)))
    mtlsctl.ok("issue", "--ca", "2", "--from", "many.csv")
    process = subprocess.Popen(
        [*PROGRAM, "list", "--json", "--workspace", str(mtlsctl.workspace)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == b"{\n"
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_an_answer_that_cannot_be_written_is_an_error(mtlsctl: Mtlsctl) -> None:
    for arguments in (["list"], ["list", "--json"], ["export", "1"]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [*PROGRAM, *arguments, "--workspace", str(mtlsctl.workspace)],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert done.returncode == 2
        assert done.stderr.startswith("error: The answer was not written.\n  No space left")


def test_a_damaged_inventory_is_reported(mtlsctl: Mtlsctl) -> None:
    (mtlsctl.workspace / "inventory.sqlite").write_bytes(b"no database at all" * 1000)
    for suffix in ("-wal", "-shm"):
        (mtlsctl.workspace / f"inventory.sqlite{suffix}").unlink(missing_ok=True)
    mtlsctl.refused("list")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
def test_on_a_terminal_the_passphrase_is_asked_for_and_not_shown(mtlsctl: Mtlsctl) -> None:
    arguments = ("issue", "--ca", "2", "--name", "a.test")
    shown, status = at_terminal(mtlsctl, arguments, [("Passphrase of the vault", PASSPHRASE)])
    assert status == 0
    assert "Issued" in shown
    assert PASSPHRASE not in shown
    shown, status = at_terminal(mtlsctl, ("delete", "a.test"), [("Go on?", "n")])
    assert status == 130
    assert mtlsctl.json("list")["total"] == 3
    _, status = at_terminal(mtlsctl, arguments, [("Passphrase of the vault", "\x03")])
    assert status == 130
    _, status = at_terminal(mtlsctl, ("delete", "a.test"), [("Go on?", "y")])
    assert status == 0
    assert mtlsctl.json("list")["total"] == 2


def at_terminal(
    mtlsctl: Mtlsctl, arguments: tuple[str, ...], answers: list[tuple[str, str]]
) -> tuple[str, int]:
    """Run at a pseudo-terminal and answer each question as it comes.

    Gives what was shown, and the exit status.
    """
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover - the child
        os.environ["MTLSGUI_WORKSPACE"] = str(mtlsctl.workspace)
        os.execv(PROGRAM[0], [*PROGRAM, *arguments])  # noqa: S606 - our own program
    shown = ""
    pending = list(answers)
    while select.select([terminal], [], [], 60)[0]:
        try:
            data = os.read(terminal, 4096)
        except OSError:  # the child is gone
            break
        if not data:
            break
        shown += data.decode()
        if pending and pending[0][0] in shown:
            os.write(terminal, pending.pop(0)[1].encode() + b"\n")
    os.close(terminal)
    return shown, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.mark.integration
def test_keys_are_held_in_the_real_keyring(tmp_path: Path) -> None:
    if not KeyringDaemon.installed():
        pytest.skip("gnome-keyring is not installed")
    with KeyringDaemon() as daemon:
        env = daemon.child_environment() | {"MTLSGUI_WORKSPACE": str(tmp_path / "workspace")}
        made = json.loads(mtlsctl_process("init", "--json", env=env).stdout)
        assert made["vault"] == {"kind": "keyring", "label": "GNOME Keyring"}
        root = mtlsctl_process("ca", "create", "--name", "Root", "--json", env=env)
        assert json.loads(root.stdout)["custody"] == "keyring"
        pair = mtlsctl_process("issue", "--name", "a.test", "-o", str(tmp_path / "out"), env=env)
        assert pair.returncode == 0, pair.stderr
        assert (tmp_path / "out" / "a.test.key").exists()
        new = {"MTLSGUI_OUT_PASSPHRASE": PASSPHRASE}
        moved = mtlsctl_process("vault", "move", "--to", "file", env=env | new)
        assert moved.returncode == 0, moved.stderr
        daemon.kill()
        later = mtlsctl_process(
            "issue", "--name", "b.test", env=env | {"MTLSGUI_PASSPHRASE": PASSPHRASE}
        )
        assert later.returncode == 0, later.stderr
