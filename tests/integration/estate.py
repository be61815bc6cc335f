"""Authorities and pairs made by `mtlsctl`, as its user finds them on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtlsgui.workspace.workspace import Workspace
from tests.cli.conftest import PASSPHRASE, Mtlsctl
from tests.integration.programs import openssl
from tests.workspace.support import LocalVaults

SERVER_NAME = "web.example.test"


@dataclass(frozen=True)
class Identity:
    """NAME.crt, NAME-chain.crt and NAME.key in a folder."""

    folder: Path
    name: str

    @property
    def certificate(self) -> Path:
        return self.folder / f"{self.name}.crt"

    @property
    def chain(self) -> Path:
        return self.folder / f"{self.name}-chain.crt"

    @property
    def key(self) -> Path:
        return self.folder / f"{self.name}.key"


@dataclass(frozen=True)
class Estate:
    """A root, an intermediate and what was issued under it, written to `folder` by `mtlsctl`."""

    mtlsctl: Mtlsctl
    folder: Path

    @property
    def ca(self) -> Path:
        return self.folder / "ca.crt"

    @property
    def server(self) -> Identity:
        """For web.example.test, localhost and 127.0.0.1."""
        return Identity(self.folder, SERVER_NAME)

    @property
    def client(self) -> Identity:
        return Identity(self.folder, "alice")

    @property
    def peer(self) -> Identity:
        """For both sides."""
        return Identity(self.folder, "peer.example.test")


def new_workspace(directory: Path) -> Mtlsctl:
    """An empty workspace on the real file vault; its scrypt is cheap, the rest is as it ships."""
    with Workspace.open(directory, LocalVaults(directory.parent / "computer")) as ws:
        ws.custody.set_up("file", PASSPHRASE)
    return Mtlsctl(directory)


def make_estate(place: Path, key: str) -> Estate:
    """Everything in an estate has keys of one kind."""
    estate = Estate(new_workspace(place / "workspace"), place / "out")
    root = estate.mtlsctl.json("ca", "create", "--name", "Example Root CA", "--key", key)
    issuing = estate.mtlsctl.json(
        "ca", "intermediate", "--parent", str(root["id"]), "--name", "Example Issuing CA",
        "--key", key,
    )  # fmt: skip
    issue = ("issue", "--ca", str(issuing["id"]), "--key", key, "-o", str(estate.folder))
    names = ("--san", SERVER_NAME, "--san", "localhost", "--san", "127.0.0.1")
    estate.mtlsctl.ok(*issue, "--name", SERVER_NAME, *names)
    estate.mtlsctl.ok(*issue, "--profile", "client", "--name", "alice")
    estate.mtlsctl.ok(*issue, "--profile", "peer", "--name", "peer.example.test")
    return estate


def verify(
    ca: Path, *certificates: Path, untrusted: Path | None = None, options: tuple[str, ...] = ()
) -> str:
    """`openssl verify` in its strict mode; every one of `certificates` is accepted."""
    chain: tuple[str | Path, ...] = () if untrusted is None else ("-untrusted", untrusted)
    return openssl("verify", "-x509_strict", *options, "-CAfile", ca, *chain, *certificates)


def by_name(mtlsctl: Mtlsctl) -> dict[str, dict[str, Any]]:
    """All certificates of a workspace."""
    return {each["name"]: each for each in mtlsctl.json("list")["certificates"]}
