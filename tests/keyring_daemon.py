"""A real gnome-keyring on a D-Bus session of its own, for tests; nothing of it is left behind."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

PASSWORD = "test-password"
_BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
_DESKTOP_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL", "XDG_CURRENT_DESKTOP")


_TRIES = 3


class KeyringDaemon:
    """An unlocked, empty keyring. Used as a context manager.

    `environment` is what programs need to find it (and nothing of the person's own keyring).
    The bus starts no services by itself, so a killed daemon stays away until `start`. One that
    aborts by itself, as Debian's now and then does, is started again, as a desktop would.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="keyring-"))
        (self.folder / "run").mkdir(mode=0o700)
        self.environment = {
            "HOME": str(self.folder),
            "XDG_DATA_HOME": str(self.folder / "share"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.folder}/bus",
        }
        self._bus: subprocess.Popen[bytes] | None = None
        self._daemon: subprocess.Popen[bytes] | None = None
        self._unlocked = True
        self._starting = threading.RLock()
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    @staticmethod
    def installed() -> bool:
        return all(map(shutil.which, ("dbus-daemon", "dbus-send", "gnome-keyring-daemon")))

    def __enter__(self) -> Self:
        config = self.folder / "bus.conf"
        config.write_text(_BUS_CONFIG.format(folder=self.folder))
        self._bus = self._spawn(
            "dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--nosyslog"
        )
        _wait_for((self.folder / "bus").exists)
        self.start()
        self._watcher.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ended.set()
        if self._watcher.is_alive():
            self._watcher.join()
        self.kill()
        if self._bus is not None:
            self._bus.kill()
            self._bus.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, *, unlocked: bool = True) -> None:
        """Start the daemon; what it held before is there again.

        unlocked: whether somebody logged in with the password, or it came back by itself.
        """
        with self._starting:
            self._unlocked = unlocked
            for _ in range(_TRIES):
                self._daemon = self._spawn(
                    "gnome-keyring-daemon",
                    "--foreground",
                    *(("--unlock",) if unlocked else ()),
                    "--components=secrets",
                    stdin=PASSWORD.encode() if unlocked else b"",
                )
                _wait_for(self._answers)
                # On a busy machine the daemon was seen to lose its name right after it answered.
                time.sleep(0.1)
                if self._answers() and self._daemon.poll() is None:
                    return
                self.kill()
        raise RuntimeError("the keyring daemon does not stay")

    def _watch(self) -> None:
        while not self._ended.wait(0.05):
            with self._starting:
                if self._daemon is not None and self._daemon.poll() == -signal.SIGABRT:
                    self.start(unlocked=self._unlocked)

    def kill(self) -> None:
        """Kill the daemon outright."""
        with self._starting:
            if self._daemon is not None:
                self._daemon.kill()
                self._daemon.wait()
                self._daemon = None

    def lock(self) -> None:
        """Lock the keyring. Nobody is there to answer its prompt, as if it were dismissed."""
        self._send(
            "--dest=org.freedesktop.secrets",
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.Lock",
            "array:objpath:/org/freedesktop/secrets/collection/login",
        ).check_returncode()

    def child_environment(self) -> dict[str, str]:
        """The environment for a child process that is to use this keyring."""
        inherited = {k: v for k, v in os.environ.items() if k not in _DESKTOP_VARIABLES}
        return inherited | self.environment

    def _answers(self) -> bool:
        asked = self._send(
            "--dest=org.freedesktop.DBus",
            "/",
            "org.freedesktop.DBus.NameHasOwner",
            "string:org.freedesktop.secrets",
        )
        return b"boolean true" in asked.stdout

    def _send(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            ["dbus-send", "--session", "--print-reply", *arguments],
            env=self.child_environment(),
            capture_output=True,
            check=False,
        )

    def _spawn(self, *command: str, stdin: bytes = b"") -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            command,
            env=self.child_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdin is not None
        with process.stdin as pipe:
            pipe.write(stdin)
        return process


def _wait_for(ready: Callable[[], bool]) -> None:
    for _ in range(400):
        if ready():
            return
        time.sleep(0.025)
    raise RuntimeError("the keyring daemon did not start")
