"""Make a checkout ready: `tools/setup.py run` to start the window, `tools/setup.py test` to test.

Four steps, each left out when there is nothing to do: system packages (Qt's libraries; for
tests, the servers and tools that they start), the virtual environment in .venv, in it the
locked dependencies and mtlsgui itself, and the compiled translations. Only the standard library
is used: this is what runs before anything is installed.
"""

from __future__ import annotations

import contextlib
import ctypes
import glob
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
TRANSLATIONS = ROOT / "mtlsgui" / "resources" / "translations"

OLDEST_PYTHON = (3, 11)
SBIN = ("/usr/local/sbin", "/usr/sbin", "/sbin")
START_POLICY = Path("/usr/sbin/policy-rc.d")


class SetUpError(Exception):
    """The checkout cannot be made ready; the text says why and what to do."""


@dataclass(frozen=True)
class Need:
    """One Debian package and what shows that it is there: shared libraries, programs or files.

    files: patterns of absolute paths, for programs that no PATH leads to.
    optional: without it a few tests are skipped, which say so.
    """

    package: str
    libraries: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    optional: bool = False

    def is_met(self) -> bool:
        """Whether everything that the package is wanted for is found, whoever installed it."""
        return (
            all(map(can_load, self.libraries))
            and all(map(is_program, self.programs))
            and all(map(glob.glob, self.files))
        )


# What Qt's platform plug-ins (xcb, wayland, offscreen) are linked with and PySide6 does not
# carry. libfontconfig1 brings a font along.
QT_NEEDS = (
    Need("libdbus-1-3", libraries=("libdbus-1.so.3",)),
    Need("libegl1", libraries=("libEGL.so.1",)),
    Need("libfontconfig1", libraries=("libfontconfig.so.1",)),
    Need("libgl1", libraries=("libGL.so.1",)),
    Need("libglib2.0-0", libraries=("libglib-2.0.so.0", "libgthread-2.0.so.0")),
    Need("libwayland-client0", libraries=("libwayland-client.so.0",)),
    Need("libwayland-cursor0", libraries=("libwayland-cursor.so.0",)),
    Need("libx11-xcb1", libraries=("libX11-xcb.so.1",)),
    Need("libxcb-cursor0", libraries=("libxcb-cursor.so.0",)),
    Need("libxcb-icccm4", libraries=("libxcb-icccm.so.4",)),
    Need("libxcb-image0", libraries=("libxcb-image.so.0",)),
    Need("libxcb-keysyms1", libraries=("libxcb-keysyms.so.1",)),
    Need("libxcb-randr0", libraries=("libxcb-randr.so.0",)),
    Need("libxcb-render-util0", libraries=("libxcb-render-util.so.0",)),
    Need("libxcb-render0", libraries=("libxcb-render.so.0",)),
    Need("libxcb-shape0", libraries=("libxcb-shape.so.0",)),
    Need("libxcb-shm0", libraries=("libxcb-shm.so.0",)),
    Need("libxcb-sync1", libraries=("libxcb-sync.so.1",)),
    Need("libxcb-xfixes0", libraries=("libxcb-xfixes.so.0",)),
    Need("libxcb-xkb1", libraries=("libxcb-xkb.so.1",)),
    Need("libxkbcommon-x11-0", libraries=("libxkbcommon-x11.so.0",)),
    Need("libxkbcommon0", libraries=("libxkbcommon.so.0",)),
)

# The real other sides that the tests start or ask.
TEST_NEEDS = (
    Need("apache2", programs=("apache2",), optional=True),
    Need("caddy", programs=("caddy",), optional=True),
    Need("curl", programs=("curl",)),
    Need("dante-server", programs=("danted",), optional=True),
    Need("dbus", programs=("dbus-daemon", "dbus-run-session", "dbus-send")),
    Need("default-jdk-headless", programs=("java", "javac", "keytool")),
    Need("dovecot-imapd", files=("/usr/lib/dovecot/imap-login",), optional=True),
    Need("dovecot-pop3d", files=("/usr/lib/dovecot/pop3-login",), optional=True),
    Need("git", programs=("git",)),
    Need("gnome-keyring", programs=("gnome-keyring-daemon",)),
    Need("gnutls-bin", programs=("certtool", "gnutls-cli", "gnutls-serv")),
    Need("golang-go", programs=("go",), optional=True),
    Need("haproxy", programs=("haproxy",), optional=True),
    Need("libnss3-tools", programs=("certutil", "pk12util")),
    Need("mariadb-server", programs=("mariadbd",), optional=True),
    Need("mosquitto", programs=("mosquitto",), optional=True),
    Need("nginx-light", programs=("nginx",)),
    Need("nodejs", programs=("node",)),
    Need("openssh-client", programs=("ssh-keygen",)),
    Need("openssl", programs=("openssl",)),
    Need("postfix", programs=("postfix",), optional=True),
    Need(
        "postgresql",
        programs=("psql",),
        files=("/usr/lib/postgresql/*/bin/postgres",),
        optional=True,
    ),
    Need("prosody", programs=("prosody",), optional=True),
    Need("putty-tools", programs=("puttygen",)),
    Need("redis-server", programs=("redis-server",), optional=True),
    Need("slapd", programs=("slapd",), optional=True),
    Need("stunnel4", programs=("stunnel4",), optional=True),
    Need("tinyproxy", programs=("tinyproxy",), optional=True),
    Need("vsftpd", programs=("vsftpd",), optional=True),
    Need("xauth", programs=("xauth",)),
    Need("xvfb", programs=("Xvfb", "xvfb-run")),
)


@dataclass(frozen=True)
class Level:
    """How much is wanted: enough to start the window, or to run the tests as well."""

    name: str
    needs: tuple[Need, ...]
    locks: tuple[str, ...]

    @property
    def stamp(self) -> Path:
        """Where the key of the last finished set-up of this level is kept."""
        return VENV / f".set-up-{self.name}"

    def key(self) -> str:
        """A digest of everything that the result depends on."""
        digest = hashlib.sha256(f"{sys.version_info[:2]}\n{ROOT}\n".encode())
        for name in (*self.locks, "pyproject.toml", "tools/setup.py"):
            digest.update((ROOT / name).read_bytes())
        return digest.hexdigest()

    def is_done(self) -> bool:
        """Whether the set-up was finished once and nothing that it depends on changed since."""
        return VENV_PYTHON.exists() and self.stamp.exists() and self.stamp.read_text() == self.key()


RUN = Level("run", QT_NEEDS, ("requirements-build.lock", "requirements.lock"))
TEST = Level("test", QT_NEEDS + TEST_NEEDS, ("requirements-build.lock", "requirements-dev.lock"))
LEVELS = {level.name: level for level in (RUN, TEST)}


def say(message: str) -> None:
    """Tell the person waiting what is being done, or why not."""
    print(f"set-up: {message}", file=sys.stderr, flush=True)


def can_load(library: str) -> bool:
    """Whether the dynamic linker finds a shared library by its soname."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def is_program(name: str) -> bool:
    """Whether a program is installed; servers lie where an ordinary PATH does not look."""
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), *SBIN))
    return shutil.which(name, path=path) is not None


def missing_venv_package() -> str | None:
    """The package that Debian and Ubuntu split `venv` off to, when it is not installed."""
    if importlib.util.find_spec("ensurepip") is not None:
        return None
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def apt_prefix() -> list[str] | None:
    """What to put before apt-get to run it without a question; None when we cannot."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode:
        return None
    # --preserve-env would need a rule of its own in sudoers; env(1) does not.
    return [sudo, "-n"] if sudo else None


def install_packages(packages: list[str]) -> None:
    """Install Debian packages if we may; what came of it is for the caller to look at."""
    prefix = apt_prefix()
    if prefix is None:
        return
    say(f"installing system packages: {' '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = [*apt, "install", "--no-install-recommends", "--yes"]
    with services_at_rest(prefix):
        attempt([*apt, "update"])
        if not attempt([*install, *packages]) and len(packages) > 1:
            for package in packages:  # one that this system does not have stops all the others
                attempt([*install, package])


def attempt(command: list[str]) -> bool:
    """Run a command to its end and say what it said where it fails; whether it went well."""
    finished = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if finished.returncode:
        say(f"{' '.join(command)} failed:\n{finished.stdout}")
    return not finished.returncode


@contextlib.contextmanager
def services_at_rest(prefix: list[str]) -> Iterator[None]:
    """Keeps the servers that are installed meanwhile from starting: the tests start their own.

    By invoke-rc.d's own means, /usr/sbin/policy-rc.d; one that is there already is left alone.
    """
    if START_POLICY.exists():
        yield
        return
    text = "#!/bin/sh\n# Put here by the set-up of mtlsgui while it installs packages.\nexit 101\n"
    write = [*prefix, "sh", "-c", f"cat > {START_POLICY} && chmod 755 {START_POLICY}"]
    try:
        subprocess.run(write, input=text, text=True, check=False)
        yield
    finally:
        subprocess.run([*prefix, "rm", "-f", str(START_POLICY)], check=False)


def provide_system_packages(needs: tuple[Need, ...]) -> list[Need]:
    """Install what is missing of `needs`; return what is still missing afterwards."""
    missing = [need for need in needs if not need.is_met()]
    if missing:
        install_packages([need.package for need in missing])
    return [need for need in missing if not need.is_met()]


def provide_environment() -> None:
    """Create .venv, anew if the one there does not work or is of another Python version."""
    if environment_works():
        return
    if package := missing_venv_package():
        install_packages([package])
        importlib.invalidate_caches()
    if package := missing_venv_package():
        raise SetUpError(f"Python's venv is missing; install it with: {install_command([package])}")
    say(f"creating {VENV.name} with Python {sys.version.split()[0]}")
    # In a process of its own: ensurepip may have been installed just now.
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def environment_works() -> bool:
    """Whether .venv has pip, on the Python version that runs this."""
    program = f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    try:
        finished = subprocess.run([VENV_PYTHON, "-c", program], capture_output=True, check=False)
    except OSError:
        return False
    return finished.returncode == 0


def install_dependencies(level: Level) -> None:
    """Install the locked packages, each checked by its hash, and mtlsgui itself in place."""
    say(f"installing the dependencies in {' and '.join(level.locks)}")
    locks = [argument for name in level.locks for argument in ("-r", name)]
    pip("install", "--require-hashes", *locks)
    # Without isolation it is built with the setuptools of the lock file, and nothing is fetched.
    pip("install", "--no-deps", "--no-build-isolation", "--editable", ".")


def pip(*arguments: str) -> None:
    """Run the environment's pip, quietly."""
    command = [str(VENV_PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SetUpError(f"pip {' '.join(arguments)} failed; its message is above")


def qt_loads() -> bool:
    """Whether the window's libraries can be loaded as things are."""
    command = [str(VENV_PYTHON), "-c", "import PySide6.QtWidgets, PySide6.QtSvg"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def translations_are_compiled(folder: Path) -> bool:
    """Whether every translation has its compiled file, and none was changed since."""
    pairs = [(path, path.with_suffix(".qm")) for path in folder.glob("*.ts")]
    return all(qm.exists() and qm.stat().st_mtime >= ts.stat().st_mtime for ts, qm in pairs)


def compile_translations() -> None:
    """Compile the translations where that is still to be done."""
    if translations_are_compiled(TRANSLATIONS):
        return
    say("compiling the translations")
    command = [str(VENV_PYTHON), "-m", "tools.translations", "release"]
    subprocess.run(command, cwd=ROOT, check=True)


def install_command(packages: list[str]) -> str:
    """The command that a person types to install `packages`."""
    return f"sudo apt-get install {' '.join(packages)}"


def set_up(level: Level) -> None:
    """Bring the checkout to `level`.

    Raises SetUpError when that cannot be done. Missing system libraries do not keep the window
    from being started as long as Qt loads: which of them it needs depends on the display. Nor do
    optional packages keep the tests from being run.
    """
    if level.is_done() or TEST.is_done():  # which has all that RUN has
        return
    missing = provide_system_packages(level.needs)
    provide_environment()
    install_dependencies(level)
    if missing:
        packages = [need.package for need in missing]
        advice = f"system packages are missing; install them with: {install_command(packages)}"
        needed = level is not RUN and not all(need.optional for need in missing)
        if needed or not qt_loads():
            raise SetUpError(advice)
        say(f"{advice} (going on without)")
        return  # and no stamp: look again the next time
    level.stamp.write_text(level.key())


def main(arguments: list[str]) -> int:
    """Set up the level named; the exit status."""
    if len(arguments) != 1 or arguments[0] not in LEVELS:
        say(f"usage: tools/setup.py {'|'.join(LEVELS)}")
        return 2
    if sys.version_info < OLDEST_PYTHON:
        say(f"mtlsgui needs Python 3.11 or newer; this is {sys.version.split()[0]}")
        return 1
    try:
        set_up(LEVELS[arguments[0]])
        compile_translations()
    except (SetUpError, subprocess.CalledProcessError) as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
