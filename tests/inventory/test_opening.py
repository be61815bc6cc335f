"""Opening: modes, damage, other programs' files, newer formats, migrations, backups."""

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mtlsgui.inventory import backup
from mtlsgui.inventory.errors import (
    InventoryClosed,
    InventoryDamaged,
    InventoryForeign,
    InventoryNotFound,
    InventoryReadOnly,
    InventoryTooNew,
    InventoryUnwritable,
)
from mtlsgui.inventory.inventory import Inventory
from mtlsgui.inventory.migrations import MIGRATIONS, Migration, migrate
from tests.inventory.conftest import Clock
from tests.inventory.making import NOW, authority, certificate, entry

FORMAT_1 = Path(__file__).with_name("format_1.sql")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def damage(path: Path, first_page: int = 2) -> None:
    """Overwrite the pages from there on."""
    content = bytearray(path.read_bytes())
    content[(first_page - 1) * 4096 :] = b"\xa5" * (len(content) - (first_page - 1) * 4096)
    path.write_bytes(content)


@POSIX
def test_everything_is_for_its_owner_alone(path: Path, clock: Clock) -> None:
    before = os.umask(0)
    try:
        with Inventory.open(path, clock) as inventory:
            inventory.certificates.add(certificate())
            made = inventory.make_backup()
            for file in path.parent.glob("inventory.sqlite*"):
                assert mode(file) == 0o600, file
            assert len(list(path.parent.glob("inventory.sqlite-wal"))) == 1
            assert mode(made) == 0o600
            assert mode(path.parent) == mode(made.parent) == 0o700
    finally:
        os.umask(before)


def test_what_is_written_is_there_after_closing(path: Path, clock: Clock) -> None:
    with Inventory.open(path, clock) as inventory:
        made = inventory.certificates.add(certificate())
    assert not list(path.parent.glob("*-wal"))
    with Inventory.open(path, clock, check=True) as inventory:
        assert inventory.certificates.get(made).name == "web.test"
        inventory.check()


def test_the_connection_is_as_safe_as_promised(inventory: Inventory) -> None:
    connection = inventory._store.connection()
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "busy_timeout": 5_000,
    }


def test_a_closed_inventory_says_so(inventory: Inventory) -> None:
    connection = inventory._store.connection()
    inventory.close()
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")
    inventory.close()


def test_another_threads_connection_is_closed_too(path: Path, clock: Clock) -> None:
    from concurrent.futures import ThreadPoolExecutor

    inventory = Inventory.open(path, clock)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(inventory.certificates.count).result() == 0
        inventory.close()
        with pytest.raises(InventoryClosed):
            pool.submit(inventory.certificates.count).result()
    assert not list(path.parent.glob("*-wal"))


class TestDamage:
    @pytest.fixture
    def closed(self, path: Path, clock: Clock) -> Path:
        with Inventory.open(path, clock) as inventory:
            inventory.certificates.add_many(certificate(f"h{n}") for n in range(200))
            inventory.make_backup()
        return path

    def test_damaged_pages_are_found_and_the_backup_named(self, closed: Path, clock: Clock) -> None:
        damage(closed, 40)
        with pytest.raises(InventoryDamaged) as caught:
            Inventory.open(closed, clock, check=True)
        assert caught.value.last_backup == backup.latest(closed)
        assert "Restore the last backup" in caught.value.remedy

    def test_damage_met_in_use_is_the_same_error(self, closed: Path, clock: Clock) -> None:
        with Inventory.open(closed, clock) as inventory:
            inventory.close_thread()
            damage(closed, 2)
            with pytest.raises(InventoryDamaged):
                inventory.certificates.children(1)

    @pytest.mark.parametrize("content", [b"no database at all" * 1000, b"SQLite format 3\x00" * 9])
    def test_what_is_no_database_is_damaged(self, path: Path, clock: Clock, content: bytes) -> None:
        path.parent.mkdir()
        path.write_bytes(content)
        with pytest.raises(InventoryDamaged) as caught:
            Inventory.open(path, clock)
        assert caught.value.last_backup is None

    def test_an_unclean_end_is_followed_by_a_look(self, closed: Path, clock: Clock) -> None:
        with Inventory.open(closed, clock) as inventory:
            inventory.settings.set("a", "b")
            copy = closed.parent / "copy"
            copy.mkdir()
            for file in closed.parent.glob("inventory.sqlite*"):
                shutil.copy(file, copy)
        killed = copy / closed.name
        damage(killed, 40)
        with pytest.raises(InventoryDamaged):
            Inventory.open(killed, clock)

    def test_restoring_keeps_the_damaged_file_aside(self, closed: Path, clock: Clock) -> None:
        damage(closed, 2)
        log = closed.with_name(closed.name + "-wal")
        log.write_bytes(b"old log")
        kept = backup.restore(backup.all_backups(closed)[-1], closed, NOW)
        assert kept is not None
        assert kept.name == "inventory-damaged-20261123T120000Z.sqlite"
        assert kept.with_name(kept.name + "-wal").read_bytes() == b"old log"
        assert not log.exists()
        with Inventory.open(closed, clock, check=True) as inventory:
            assert inventory.certificates.count() == 200

        again = backup.restore(backup.all_backups(closed)[-1], closed, NOW)
        assert again is not None
        assert again.name == "inventory-damaged-20261123T120000Z-2.sqlite"

    def test_a_damaged_backup_is_not_restored(self, closed: Path, clock: Clock) -> None:
        made = backup.all_backups(closed)[-1]
        damage(made, 2)
        before = closed.read_bytes()
        with pytest.raises(InventoryDamaged):
            backup.restore(made, closed, NOW)
        with pytest.raises(InventoryNotFound):
            backup.restore(made.with_name("none"), closed, NOW)
        assert closed.read_bytes() == before

    def test_a_backup_is_restored_where_there_is_nothing(
        self, closed: Path, tmp_path: Path, clock: Clock
    ) -> None:
        target = tmp_path / "inventory.sqlite"
        assert backup.restore(backup.all_backups(closed)[-1], target, NOW) is None
        with Inventory.open(target, clock) as inventory:
            assert inventory.certificates.count() == 200


class TestBackups:
    def test_a_backup_is_whole_while_others_write(
        self, inventory: Inventory, path: Path, tmp_path: Path, clock: Clock
    ) -> None:
        inventory.certificates.add(certificate("a.test"))
        made = inventory.make_backup()
        assert made.name == "inventory-2-20261123T120000Z.sqlite"
        assert [file.name for file in made.parent.iterdir()] == [made.name]
        inventory.certificates.add(certificate("b.test"))
        target = tmp_path / "restored.sqlite"
        backup.restore(made, target, NOW)
        with Inventory.open(target, clock, check=True) as restored:
            assert [row.name for row in restored.certificates.by_fingerprint("")] == ["a.test"]

    def test_the_newest_are_kept(self, inventory: Inventory, path: Path, clock: Clock) -> None:
        made = [inventory.make_backup(), inventory.make_backup()]
        clock.advance(timedelta(seconds=1))
        made.append(inventory.make_backup())
        (path.parent / "backups" / "inventory-mine.sqlite").write_bytes(b"")
        assert backup.all_backups(path) == made
        assert backup.latest(path) == made[-1]
        made.append(inventory.make_backup(keep=2))
        assert backup.all_backups(path) == made[2:]
        assert backup.prune(path, 0) == made[2:]
        assert backup.latest(path) is None

    def test_a_folder_that_cannot_be_made_is_an_error_in_words(
        self, inventory: Inventory, path: Path
    ) -> None:
        (path.parent / "backups").write_text("in the way")
        with pytest.raises(InventoryUnwritable):
            inventory.make_backup()


class TestFormats:
    @pytest.fixture
    def old(self, path: Path) -> Path:
        """A database as format 1 was released, which must open for ever."""
        path.parent.mkdir(mode=0o700)
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(FORMAT_1.read_text())
        return path

    def test_format_1_opens(self, old: Path, clock: Clock) -> None:
        with Inventory.open(old, clock, check=True) as inventory:
            leaf = inventory.certificates.find("web.test")
            assert [row.name for row in inventory.certificates.chain(leaf.id)] == [
                "web.test",
                "Root",
            ]
            assert (leaf.tags, leaf.notes) == (("prod",), "kept")
            assert inventory.journal.verify().entries == 2
            assert inventory.journal.verify().verified
            assert [row.name for row in inventory.requests.page()] == ["web.test"]
            latest = inventory.crls.latest(leaf.issuer_id or 0)
            assert latest is not None
            assert latest.number == 3
            assert inventory.certificates.add(certificate("new.test")) == 3
            assert inventory.connection_tests.all() == []
        with closing(sqlite3.connect(backup.all_backups(old)[0])) as before:
            assert before.execute("PRAGMA user_version").fetchone()[0] == 1

    def test_a_new_database_has_the_same_tables_as_a_migrated_one(
        self, old: Path, tmp_path: Path, clock: Clock
    ) -> None:
        def schema(path: Path) -> list[str]:
            Inventory.open(path, clock).close()
            with closing(sqlite3.connect(path)) as connection:
                rows = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2")
                return [" ".join(str(row).split()) for row in rows]

        assert schema(tmp_path / "new.sqlite") == schema(old)

    def test_each_step_is_preceded_by_a_backup(self, old: Path) -> None:
        steps = (
            MIGRATIONS[0],
            Migration(2, ("ALTER TABLE setting ADD COLUMN note TEXT",)),
            Migration(3, ("CREATE TABLE more (id INTEGER)",)),
        )
        with closing(sqlite3.connect(old, isolation_level=None)) as connection:
            made = migrate(connection, old, NOW, steps)
            assert [file.name[:12] for file in made] == ["inventory-1-", "inventory-2-"]
            assert connection.execute("PRAGMA user_version").fetchone()[0] == 3
            assert migrate(connection, old, NOW, steps) == []
        with closing(sqlite3.connect(made[0])) as before:
            assert before.execute("PRAGMA user_version").fetchone()[0] == 1
            assert before.execute("SELECT COUNT(*) FROM certificate").fetchone()[0] == 2

    def test_a_step_that_fails_changes_nothing(self, old: Path, clock: Clock) -> None:
        wrong = Migration(2, ("CREATE TABLE more (id INTEGER)", "INSERT INTO none VALUES (1)"))
        with closing(sqlite3.connect(old, isolation_level=None)) as connection:
            with pytest.raises(sqlite3.OperationalError):
                migrate(connection, old, NOW, (MIGRATIONS[0], wrong))
            assert connection.execute("PRAGMA user_version").fetchone()[0] == 1
            tables = connection.execute("SELECT name FROM sqlite_schema").fetchall()
            assert ("more",) not in tables
        Inventory.open(old, clock).close()

    def test_a_newer_format_is_refused(self, old: Path, clock: Clock) -> None:
        with closing(sqlite3.connect(old)) as connection:
            connection.execute("PRAGMA user_version = 99")
        with pytest.raises(InventoryTooNew) as caught:
            Inventory.open(old, clock)
        assert "format 99" in caught.value.detail
        assert "Update mtlsgui" in caught.value.remedy

    def test_another_programs_database_is_left_alone(self, path: Path, clock: Clock) -> None:
        path.parent.mkdir()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE bookmarks (id INTEGER)")
        with pytest.raises(InventoryForeign):
            Inventory.open(path, clock)
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [
                ("bookmarks",)
            ]


class TestReadOnly:
    def test_a_folder_that_cannot_be_made(self, tmp_path: Path, clock: Clock) -> None:
        (tmp_path / "file").write_text("in the way")
        with pytest.raises(InventoryUnwritable):
            Inventory.open(tmp_path / "file" / "inventory.sqlite", clock)

    def test_a_folder_in_the_files_place(self, path: Path, clock: Clock) -> None:
        path.mkdir(parents=True)
        with pytest.raises(InventoryReadOnly) as caught:
            Inventory.open(path, clock)
        assert "permissions" in caught.value.remedy

    def test_a_connection_that_may_not_write(self, inventory: Inventory) -> None:
        inventory._store.connection().execute("PRAGMA query_only = ON")
        assert inventory.certificates.count() == 0
        with pytest.raises(InventoryReadOnly):
            inventory.certificates.add(certificate())

    @POSIX
    @pytest.mark.skipif(
        sys.platform != "win32" and os.geteuid() == 0, reason="root may write everywhere"
    )
    def test_a_file_that_may_not_be_written(self, path: Path, clock: Clock) -> None:
        Inventory.open(path, clock).close()
        path.chmod(0o400)
        path.parent.chmod(0o500)
        try:
            with pytest.raises(InventoryReadOnly):
                Inventory.open(path, clock)
        finally:
            path.parent.chmod(0o700)


def test_a_clock_at_the_edge_of_time_is_no_trouble(path: Path) -> None:
    clock: Callable[[], datetime] = lambda: datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)  # noqa: E731
    with Inventory.open(path, clock) as inventory:
        inventory.certificates.add(authority())
        assert inventory.journal.append(entry()).at.year == 9999
        assert inventory.make_backup().exists()
