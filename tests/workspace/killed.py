"""A process that uses a workspace and kills itself with SIGKILL at its n-th write.

    python -m tests.workspace.killed FOLDER SCENARIO STEP…

For each STEP a child works through SCENARIO in FOLDER/STEP and dies when it is about to write for
the STEP-th time: an SQL statement that changes something, or a file opened for writing, renamed
or removed. Step 0 lives to the end, and its number of writes is printed. What was done is told in
FOLDER/STEP/told, a line each, before and after every use case.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.formats.items import CertificateItem, PrivateKeyItem
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki import issuing as pki_issuing
from mtlsgui.pki import keys
from mtlsgui.pki.facts import read_certificate
from mtlsgui.pki.keys import KeyAlgorithm, PrivateKey, key_info, pkcs8_der, spki_sha256
from mtlsgui.workspace import editing, importing, issuing, moving, recovery, requesting, restoring
from mtlsgui.workspace.drafts import RequestDraft
from mtlsgui.workspace.vaults import VaultKind
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.support import (
    NOW,
    PASSPHRASE,
    Clock,
    LocalVaults,
    authority_draft,
    issue_server,
    make_root,
    server_draft,
)

_WRITING = os.O_WRONLY | os.O_RDWR
_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir")
_READS = ("SELECT", "PRAGMA", "--")


class KillPoint:
    """Counts writes from `arm` on, and ends the process at the given one (0: never)."""

    def __init__(self, step: int) -> None:
        self._step = step
        self._armed = False
        self.count = 0
        sys.addaudithook(self._hear)
        connect = sqlite3.connect

        def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*arguments, **options)
            connection.set_trace_callback(self._statement)
            return connection

        vars(sqlite3)["connect"] = traced

    def arm(self) -> None:
        self._armed = True

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        flags = arguments[2] if event == "open" else 0
        if event in _CHANGES or (isinstance(flags, int) and flags & _WRITING):
            self._write()

    def _statement(self, sql: str) -> None:
        if not sql.lstrip().upper().startswith(_READS):
            self._write()

    def _write(self) -> None:
        if self._armed:
            self.count += 1
            if self.count == self._step:
                os.kill(os.getpid(), signal.SIGKILL)


class Teller:
    """Tells what is about to be done and what is done, so that it survives the process."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def made(self, row: CertificateRow) -> CertificateRow:
        self._tell({"made": row.fingerprint})
        return row

    def deleting(self, *rows: CertificateRow) -> None:
        self._tell({"deleting": [row.fingerprint for row in rows]})

    def _tell(self, line: dict[str, object]) -> None:
        os.write(self._handle, json.dumps(line).encode() + b"\n")


def imported_authority(name: str) -> tuple[CertificateItem, PrivateKeyItem]:
    """A root and its key, as they are read from files."""
    key = keys.generate(KeyAlgorithm.P256)
    certificate = pki_issuing.self_sign(
        authority_draft(name).contents(NOW), key, serial=pki_issuing.random_serial()
    )
    return certificate_item(certificate), key_item(key)


def certificate_item(certificate: x509.Certificate) -> CertificateItem:
    return CertificateItem(read_certificate(certificate.public_bytes(Encoding.DER)))


def key_item(key: PrivateKey) -> PrivateKeyItem:
    public = key.public_key()
    return PrivateKeyItem(pkcs8_der(key), key_info(public), spki_sha256(public))


def life(ws: Workspace, tell: Teller, first: VaultKind, second: VaultKind) -> None:
    """Everything that touches keys, from the set-up of a vault to moving all of them and back."""
    ws.custody.set_up(first, PASSPHRASE)
    root = tell.made(make_root(ws))
    below = tell.made(make_root(ws, "Below", parent_id=root.id, days=500))
    leaf = tell.made(issue_server(ws, below))
    for row in issuing.issue_many(ws, [server_draft(root, f"web{n}.test") for n in range(2)]):
        tell.made(row)
    certificate, key = imported_authority("Imported at once")
    for found in importing.run(ws, [certificate, key]).certificates:
        tell.made(ws.inventory.certificates.get(found))
    certificate, key = imported_authority("Key first")
    importing.run(ws, [key])
    for found in importing.run(ws, [certificate]).certificates:
        tell.made(ws.inventory.certificates.get(found))
    request = requesting.create(ws, RequestDraft(names_text="asked.test"))
    requesting.delete(ws, request.id, with_key=True)
    moving.move(ws, second, PASSPHRASE)
    tell.made(issue_server(ws, root, "after-the-move.test"))
    tell.deleting(below, leaf)
    editing.delete(ws, [below.id, leaf.id], with_keys=True)
    moving.move(ws, first, PASSPHRASE)


def life_in_a_file(ws: Workspace, tell: Teller) -> None:
    life(ws, tell, "file", "keyring")


def life_in_a_keyring(ws: Workspace, tell: Teller) -> None:
    life(ws, tell, "keyring", "file")


def recover(ws: Workspace, _tell: Teller) -> None:
    if ws.custody.kind == "file":
        ws.custody.open(PASSPHRASE)
    recovery.recover(ws)


SCENARIOS: dict[str, Callable[[Workspace, Teller], None]] = {
    scenario.__name__: scenario for scenario in (life_in_a_file, life_in_a_keyring, recover)
}


def open_workspace(folder: Path) -> Workspace:
    vaults = LocalVaults(folder / "computer")
    return Workspace.open(folder / "workspace", vaults, clock=Clock(), actor="killed@here")


def restore(folder: Path) -> None:
    """Restore the backup that lies beside `folder` into it, with the keys in its keyring."""
    restoring.restore(
        folder.parent / "backup",
        folder / "workspace",
        PASSPHRASE,
        LocalVaults(folder / "computer"),
        "keyring",
        clock=Clock(),
    )


def work(folder: Path, scenario: str, step: int) -> None:
    """Work through the scenario in this process; gives up at the step-th write."""
    folder.mkdir(parents=True, exist_ok=True)
    tell = Teller(folder / "told")
    kill_point = KillPoint(step)
    if scenario == "restore":
        kill_point.arm()
        restore(folder)
    else:
        with open_workspace(folder) as ws:
            kill_point.arm()
            SCENARIOS[scenario](ws, tell)
    if step == 0:
        sys.stdout.write(f"{kill_point.count}\n")


def main(folder: Path, scenario: str, steps: list[int]) -> None:
    """Each step in a process of its own, forked once the modules are loaded."""
    for step in steps:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            work(folder / str(step), scenario, step)
            sys.stdout.flush()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if step and not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            sys.stdout.write(f"step {step} was not reached: {status}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], [int(step) for step in sys.argv[3:]])
