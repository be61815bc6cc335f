"""The project's own files: versions agree, locks are complete, nothing private is in them."""

from __future__ import annotations

import ipaddress
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import mtlsgui

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements-build.lock", "requirements.lock", "requirements-dev.lock")

# The public sites that our texts may point to. Anything else is a made-up name, and those are
# taken from the names set aside for that (RFC 2606, RFC 6761, RFC 6762, RFC 8375).
PUBLIC_SITES = {
    "cabforum.org",
    "cryptography.io",
    "datatracker.ietf.org",
    "doc.qt.io",
    "docs.openssl.org",
    "docs.python.org",
    "freedesktop.org",
    "keepachangelog.com",
    "mozilla.org",
    "nginx.org",
    "semver.org",
    "www.apache.org",
    "www.freedesktop.org",
    "etherx.jabber.org",  # the name of a namespace
    "www.rfc-editor.org",
    "www.w3.org",
}
MADE_UP_NAMES = re.compile(
    r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost|local|internal|home\.arpa)$"
)
URL_HOST = re.compile(r"\b(?:https?|ftp|ldaps?)://(?:[^\s/@\"'<>]*@)?(\[[0-9a-fA-F:]+\]|[\w.-]+)")

# Where this checkout or its owner's files happen to be: true on one machine only.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|work)/\w|[A-Z]:\\Users\\\w")

# A text is about certificates, not about who or what wrote it.
AUTHORSHIP = re.compile(
    r"\b(?:[A]I|L[L]M|G[P]T)s?\b|(?i:\b(?:cl[a]ude|an[t]hropic|open[a]i|copi[l]ot|chat[b]ot)\b)"
)
UNFINISHED = re.compile(r"\b(?:T[O]DO|FIX[M]E)\b")
BASE64_LINE = re.compile(
    r"^[ \"']*[A-Za-z0-9+/=]{40,}[ \"',]*$"
)  # of a PEM file: any three letters


def project() -> dict[str, Any]:
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    table: dict[str, Any] = tables["project"]
    return table


def locked(name: str) -> dict[str, str]:
    """Versions by canonical name, of one lock file."""
    pins = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in pins}


def tracked_lines() -> Iterator[tuple[str, str]]:
    """Each line of text in the files under version control, with "file:line" before it."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listing.stdout.split("\0")):
        path = ROOT / name
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (UnicodeDecodeError, FileNotFoundError):  # a picture; removed and not committed
            continue
        for number, line in enumerate(lines, 1):
            yield f"{name}:{number}", line


def refuse(pattern: re.Pattern[str]) -> None:
    found = [
        f"{place}: {line.strip()}"
        for place, line in tracked_lines()
        if pattern.search(BASE64_LINE.sub("", line))
    ]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def is_public_or_made_up(host: str) -> bool:
    bare = host.strip("[].").lower()
    try:
        ipaddress.ip_address(bare)
    except ValueError:
        return bare in PUBLIC_SITES or "." not in bare or bool(MADE_UP_NAMES.search(bare))
    return True


def test_version_is_the_same_everywhere() -> None:
    assert project()["version"] == mtlsgui.__version__


def test_changelog_has_an_entry_for_this_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == mtlsgui.__version__


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_and_hashes_every_package_and_names_no_place(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", "\n".join(re.sub(r" *#.*", "", text).splitlines()).strip())
    entry = re.compile(
        r"[\w.-]+==[\w.]+( ; [^\\]+)? \\(\n *--hash=sha256:[0-9a-f]{64}( \\)?\n?)+\n*"
    )
    assert [line for line in entries if not entry.fullmatch(line)] == []


def test_locked_versions_are_within_the_declared_ranges() -> None:
    table = project()
    pins = locked("requirements-dev.lock")
    for text in (*table["dependencies"], *table["optional-dependencies"]["dev"]):
        requirement = Requirement(text)
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), text


def test_what_is_tested_is_what_ships() -> None:
    tested, shipped = locked("requirements-dev.lock"), locked("requirements.lock")
    assert shipped.items() <= tested.items()


def test_lock_serves_every_platform() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert re.search(r"^secretstorage==\S+ ; sys_platform == 'linux'", text, re.MULTILINE)
    assert re.search(r"^pywin32-ctypes==\S+ ; sys_platform == 'win32'", text, re.MULTILINE)


def test_every_dependency_has_its_reason_written_down() -> None:
    reasons = (ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")
    table = project()
    names = {
        Requirement(text).name
        for text in (*table["dependencies"], *table["optional-dependencies"]["dev"])
    }
    assert sorted(name for name in names if f"`{name}`" not in reasons) == []


def test_links_lead_to_public_documents_or_to_made_up_names() -> None:
    found = [
        f"{place}: {host}"
        for place, line in tracked_lines()
        for host in URL_HOST.findall(line)
        if not is_public_or_made_up(host)
    ]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def test_no_path_of_one_machine() -> None:
    refuse(MACHINE_PATH)
    refuse(re.compile(re.escape(str(ROOT)) + r"\b"))


def test_texts_are_about_the_subject() -> None:
    refuse(AUTHORSHIP)


def test_nothing_is_left_for_later_in_a_comment() -> None:
    refuse(UNFINISHED)


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MACHINE_PATH, "see /ro" + "ot/notes"),
        (MACHINE_PATH, "C:\\Us" + "ers\\ana\\key.pem"),
        (AUTHORSHIP, "written by an A" + "I"),
        (UNFINISHED, "# TO" + "DO: later"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://ca.corp.example/root.crl", True),
        ("https://[::1]:8443/", True),
        ("https://svc:8443/", True),
        ("https://www.rfc-editor.org/rfc/rfc5280", True),
        ("https" + "://packages.acme.io/simple", False),
    ],
)
def test_links_are_told_apart(url: str, allowed: bool) -> None:
    (host,) = URL_HOST.findall(url)
    assert is_public_or_made_up(host) is allowed
