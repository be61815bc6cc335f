"""Several threads and processes on one file, kills in the middle, and disks that are full."""

import contextlib
import gc
import multiprocessing
import os
import signal
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mtlsgui.inventory.errors import (
    InventoryBusy,
    InventoryConflict,
    InventoryFull,
    InventoryUnwritable,
)
from mtlsgui.inventory.inventory import Inventory
from tests.inventory.conftest import Clock
from tests.inventory.making import NOW, certificate, entry

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

SPAWN = multiprocessing.get_context("spawn")
EACH = 40
# A statement that is never reached: the kill comes when all is written.
AFTER_ALL = 99


def write_many(path: Path, who: str) -> None:
    """In a process of its own: open, and add certificates each with its journal line."""
    with Inventory.open(path, lambda: NOW, busy_seconds=60) as inventory:
        for at in range(EACH):
            with inventory.transaction():
                made = inventory.certificates.add(certificate(f"{who}{at}"))
                inventory.journal.append(entry(name=who, object_id=made))


def test_two_processes_write_at_once_from_the_first_moment(path: Path, clock: Clock) -> None:
    writers = [SPAWN.Process(target=write_many, args=(path, who)) for who in ("ada", "bob")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    with Inventory.open(path, clock, check=True) as inventory:
        assert inventory.certificates.count() == 2 * EACH
        assert inventory.journal.verify().verified
        assert inventory.journal.count() == 2 * EACH
        names = {row.id: row.name for row in inventory.certificates.by_fingerprint("")}
        for line in inventory.journal.page(limit=-1):
            assert names[line.object_id or 0].startswith(line.object_name)


def write_until_killed(path: Path, when: int, pipe: "Connection") -> None:
    """Add a certificate and its line, again and again; at a statement of the last, wait."""
    inventory = Inventory.open(path, lambda: NOW)
    for at in range(3):
        with inventory.transaction():
            inventory.certificates.add(certificate(f"whole{at}"))
            inventory.journal.append(entry(name=f"whole{at}"))
    seen = 0

    def stop(statement: str) -> None:
        nonlocal seen
        seen += 1
        if seen == when:
            pipe.send(statement)
            signal.pause()

    inventory._store.connection().set_trace_callback(stop)
    with inventory.transaction():
        inventory.certificates.add(certificate("half"))
        inventory.journal.append(entry(name="half"))
    pipe.send("done")
    signal.pause()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
@pytest.mark.parametrize("when", [1, 3, 6, 9, 12, 15, AFTER_ALL])
def test_a_kill_leaves_all_or_nothing(path: Path, clock: Clock, when: int) -> None:
    ours, theirs = SPAWN.Pipe()
    writer = SPAWN.Process(target=write_until_killed, args=(path, when, theirs))
    writer.start()
    reached = ours.recv()
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    assert path.with_name(path.name + "-wal").exists()
    assert (reached == "done") == (when == AFTER_ALL)
    with Inventory.open(path, clock) as inventory:
        whole = [row.name for row in inventory.certificates.by_fingerprint("")]
        told = [line.object_name for line in inventory.journal.page(limit=-1)]
        assert sorted(whole) == sorted(told)
        assert ("half" in whole) == (reached == "done")
        assert len(whole) == (4 if reached == "done" else 3)
        assert inventory.journal.verify().verified


def test_a_reader_is_not_kept_waiting(inventory: Inventory) -> None:
    with ThreadPoolExecutor(1) as pool, inventory.transaction():
        inventory.certificates.add(certificate())
        assert pool.submit(inventory.certificates.count).result() == 0
        assert inventory.certificates.count() == 1


def test_another_writer_gives_up_after_a_while(path: Path, clock: Clock) -> None:
    with (
        Inventory.open(path, clock) as one,
        Inventory.open(path, clock, busy_seconds=0.05) as two,
    ):
        with one.transaction():
            with pytest.raises(InventoryBusy) as caught:
                two.settings.set("a", "b")
            assert "try again" in caught.value.remedy
        two.settings.set("a", "b")


def test_changes_of_others_are_noticed(path: Path, clock: Clock) -> None:
    with Inventory.open(path, clock) as one, Inventory.open(path, clock) as two:
        before = one.data_version()
        one.settings.set("a", "mine")
        assert one.data_version() == before
        two.settings.set("a", "theirs")
        assert one.data_version() != before


def test_threads_leave_no_connection_behind(inventory: Inventory) -> None:
    for _ in range(5):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(inventory.certificates.count).result()
    gc.collect()
    assert len(inventory._store._database._opened) == 1


class TestTransactions:
    def test_nested_ones_are_undone_alone(self, inventory: Inventory) -> None:
        with inventory.transaction():
            inventory.certificates.add(certificate("kept"))
            with contextlib.suppress(RuntimeError), inventory.transaction():
                inventory.certificates.add(certificate("undone"))
                raise RuntimeError
            inventory.certificates.add(certificate("kept too"))
        names = {row.name for row in inventory.certificates.by_fingerprint("")}
        assert names == {"kept", "kept too"}

    def test_an_interrupt_undoes_too(self, inventory: Inventory) -> None:
        with contextlib.suppress(KeyboardInterrupt), inventory.transaction():
            inventory.certificates.add(certificate())
            raise KeyboardInterrupt
        assert inventory.certificates.count() == 0
        inventory.certificates.add(certificate())

    def test_nothing_goes_on_in_one_that_sqlite_has_undone(self, inventory: Inventory) -> None:
        def go_on() -> None:
            with inventory.transaction():
                inventory._store.connection().execute("ROLLBACK")  # as a full disk makes it do
                inventory.settings.set("a", "b")

        with pytest.raises(InventoryConflict):
            go_on()
        assert inventory.settings.get("a") is None


def test_a_full_disk_keeps_what_was_there(inventory: Inventory) -> None:
    inventory.certificates.add(certificate("before"))
    connection = inventory._store.connection()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(InventoryFull) as caught:
        inventory.certificates.add_many(certificate(f"h{at}") for at in range(500))
    assert "disk space" in caught.value.remedy
    assert inventory.certificates.count() == 1
    connection.execute("PRAGMA max_page_count = 1000000")
    inventory.certificates.add(certificate("after"))
    inventory.check()


def write_beyond_limit(path: Path, pipe: "Connection") -> None:
    """In a process of its own, since the limit on file sizes is a process's."""
    import resource

    with Inventory.open(path, lambda: NOW) as inventory:
        size = path.with_name(path.name + "-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, resource.RLIM_INFINITY))
        try:
            with inventory.transaction():
                inventory.certificates.add_many(certificate(f"h{at}") for at in range(2_000))
                inventory.journal.append(entry())
        except Exception as error:  # whatever it is, the test wants to see it
            pipe.send((type(error).__name__, str(error)))
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        pipe.send(inventory.certificates.count())


@pytest.mark.skipif(sys.platform == "win32", reason="limits on file sizes are POSIX's")
def test_a_disk_that_refuses_to_write_keeps_what_was_there(path: Path, clock: Clock) -> None:
    with Inventory.open(path, clock) as inventory:
        inventory.certificates.add(certificate("before"))
    ours, theirs = SPAWN.Pipe()
    writer = SPAWN.Process(target=write_beyond_limit, args=(path, theirs))
    writer.start()
    failure: Any = ours.recv()
    assert failure[0] in {InventoryFull.__name__, InventoryUnwritable.__name__}, failure
    assert ours.recv() == 1
    writer.join()
    assert writer.exitcode == 0
    with Inventory.open(path, clock, check=True) as inventory:
        assert inventory.certificates.count() == 1
        assert inventory.journal.verify().verified


def test_an_unknown_error_of_sqlite_is_a_bug_and_looks_like_one(inventory: Inventory) -> None:
    with (
        closing(sqlite3.connect(inventory.path)) as other,
        other,
    ):
        other.execute("DROP TABLE setting")
    with pytest.raises(Exception, match="no such table") as caught:
        inventory.settings.get("a")
    assert not isinstance(caught.value, InventoryUnwritable)
