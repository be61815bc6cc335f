"""Files are read in a process that is ended when one asks for too much; the others stand."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.process import BaseProcess
from pathlib import Path

import psutil
import pytest

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.files import FileError, write_atomically
from mtlsgui.formats.items import CertificateItem, PrivateKeyItem
from mtlsgui.formats.limits import DEFAULT, Limits, RefusedError
from mtlsgui.workspace.inspecting import inspect, inspect_bytes, inspect_files
from mtlsgui.workspace.reading import reader as reading
from mtlsgui.workspace.reading.messages import (
    Answer,
    Order,
    Ready,
    Refusal,
    Task,
    dump,
    load_message,
)
from mtlsgui.workspace.reading.reader import Pasted, Reader
from tests.formats import hostile
from tests.formats.test_read import KEY_PEM, LEAF_PEM

ENDLESS = replace(DEFAULT, kdf_rounds=2**40)
"""Lets files through that keep a process busy for minutes."""
SECRET = "a passphrase that opens nothing"


@pytest.fixture(params=["one thread", "threads"])
def reader(request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A reader in a program of one thread, and in one with more, as the window is."""
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    if request.param == "threads":
        other.start()
    try:
        with Reader() as made:
            yield made
    finally:
        done.set()
        if other.ident is not None:
            other.join()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "web.pem").write_bytes(LEAF_PEM)
    (folder / "web.key").write_bytes(KEY_PEM)
    (folder / "slow.key").write_bytes(hostile.pbkdf2_key(2**31 - 1))
    return folder


def processes() -> list[psutil.Process]:
    """Those that this one has started and that still run."""
    return [
        each
        for each in psutil.Process().children()
        if each.status() != psutil.STATUS_ZOMBIE and b"resource_tracker" not in _command(each)
    ]


def _command(process: psutil.Process) -> bytes:
    return " ".join(process.cmdline()).encode()


def outcomes(reader: Reader, *things: Path | Pasted, limits: Limits = DEFAULT) -> list[str]:
    """A word for what came of each."""
    return [
        str(outcome.error or [item.kind for item in outcome.result.items])
        for outcome in reader.read(things, [SECRET], limits=limits)
    ]


def test_files_are_read_in_another_process(reader: Reader, files: Path) -> None:
    first, second = reader.read([files / "web.pem", files / "web.key"])
    (certificate,), (key,) = first.result.items, second.result.items
    assert isinstance(certificate, CertificateItem)
    assert isinstance(key, PrivateKeyItem)
    assert key.spki_sha256 == certificate.facts.spki_sha256
    assert key.key is not None
    (process,) = processes()
    assert reader.read([files / "web.pem"])[0].result.items
    assert processes() == [process]  # it is kept for the next time
    reader.close()
    assert processes() == []


def test_a_file_that_takes_too_long_is_given_up_and_the_others_stand(
    reader: Reader, files: Path
) -> None:
    limits = replace(ENDLESS, seconds=0.4)
    paths = [files / name for name in ("web.pem", "slow.key", "web.key", "slow.key")]
    before, slow, after, again = reader.read(paths, [SECRET], limits=limits)
    assert [len(each.result.items) for each in (before, slow, after, again)] == [1, 0, 1, 0]
    for each in (slow, again):
        assert isinstance(each.error, RefusedError)
        assert each.error.title == "slow.key was not read"
        assert each.error.detail == "Reading it took more than 0.4 seconds, and was stopped."


def test_a_file_that_takes_too_much_memory_is_given_up(reader: Reader, files: Path) -> None:
    (files / "wide.key").write_bytes(hostile.scrypt_key(2**19))  # 512 MB
    limits = replace(DEFAULT, kdf_rounds=2**40, kdf_memory=2**40, memory=160 * 2**20)
    things = (files / "wide.key", files / "web.pem")
    wide, good = reader.read(things, [SECRET], limits=limits)
    assert isinstance(wide.error, RefusedError)
    assert "160 MB" in str(wide.error)
    assert len(good.result.items) == 1


def test_what_is_stopped_ends_the_process(reader: Reader, files: Path) -> None:
    class Stopped(Exception):
        pass

    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if seen.count((1, 2)) > 2:
            raise Stopped

    with pytest.raises(Stopped):
        reader.read(
            [files / "web.pem", files / "slow.key"], [SECRET], limits=ENDLESS, progress=progress
        )
    assert processes() == []
    assert outcomes(reader, files / "web.pem") == ["['certificate']"]


def test_a_reader_that_breaks_down_takes_one_file_with_it(reader: Reader, files: Path) -> None:
    reader.read([files / "web.pem"])
    (process,) = processes()

    def progress(done: int, _total: int) -> None:
        if done == 1 and process.is_running():
            process.send_signal(signal.SIGSEGV)

    names = ("web.pem", "slow.key", "web.key")
    found = reader.read(
        [files / name for name in names], [SECRET], limits=ENDLESS, progress=progress
    )
    assert [len(each.result.items) for each in found] == [1, 0, 1]
    assert "broke down (SIGSEGV)" in str(found[1].error)


def test_one_that_is_killed_while_it_waits_is_replaced(reader: Reader, files: Path) -> None:
    reader.read([files / "web.pem"])
    (process,) = processes()
    process.kill()
    while processes():
        time.sleep(0.01)
    assert outcomes(reader, files / "web.pem") == ["['certificate']"]


def test_it_ends_when_it_has_nothing_to_do(files: Path) -> None:
    with Reader(idle_s=0.05) as reader:
        for _ in range(3):
            assert outcomes(reader, files / "web.pem") == ["['certificate']"]
            while processes():
                time.sleep(0.01)


def test_warming_up_has_a_process_ready(reader: Reader, files: Path) -> None:
    assert processes() == []
    reader.warm_up()
    deadline = time.monotonic() + 30
    while not processes() and time.monotonic() < deadline:
        time.sleep(0.01)
    (process,) = processes()
    reader.warm_up()
    assert outcomes(reader, files / "web.pem") == ["['certificate']"]
    assert processes() == [process]


def test_two_threads_read_at_a_time(files: Path) -> None:
    found: list[str] = []
    with Reader() as reader:
        threads = [
            threading.Thread(target=lambda: found.extend(outcomes(reader, files))) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            assert len(processes()) <= reading.MOST_PROCESSES
            time.sleep(0.01)
    assert len(found) == 12


@pytest.mark.parametrize("busy", [False, True])
@pytest.mark.parametrize("threads", [False, True])
def test_it_ends_with_the_program_that_is_killed(files: Path, busy: bool, threads: bool) -> None:
    program = f"""
import threading, time
from dataclasses import replace
from pathlib import Path
from mtlsgui.formats.limits import DEFAULT
from mtlsgui.workspace.reading.reader import Reader

def main():
    if {threads}:
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
    reader = Reader()
    reader.read([Path({str(files / "web.pem")!r})])
    print("ready", flush=True)
    if {busy}:
        limits = replace(DEFAULT, kdf_rounds=2**40)
        reader.read([Path({str(files / "slow.key")!r})], ["secret"], limits=limits)
    time.sleep(600)

if __name__ == "__main__":
    main()
"""
    script = files / "program.py"
    script.write_text(program)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        assert started.stdout.readline() == b"ready\n"
        readers = psutil.Process(started.pid).children()
        assert readers
        if busy:
            while sum(each.cpu_percent(0.05) for each in readers) < 50:
                pass
        started.kill()
    _, alive = psutil.wait_procs(readers, timeout=30)
    assert alive == []


def test_passphrases_are_seen_by_nobody(reader: Reader, files: Path) -> None:
    def progress(done: int, _total: int) -> None:
        if done == 1:
            for process in processes():
                seen.append(_command(process) + repr(process.environ()).encode())
            raise KeyboardInterrupt

    seen: list[bytes] = []
    with pytest.raises(KeyboardInterrupt):
        reader.read(
            [files / "web.pem", files / "slow.key"], [SECRET], limits=ENDLESS, progress=progress
        )
    assert seen
    assert not any(SECRET.encode() in each for each in seen)
    order = Order((Task(0, "text", data=KEY_PEM),), (SECRET.encode(),), DEFAULT, True)
    assert "passphrase" not in repr(order)
    assert "PRIVATE" not in repr(order)


# -- folders


def test_a_folder_stands_for_the_files_in_it(reader: Reader, files: Path) -> None:
    for name in ("b/deep/2.pem", "b/1.pem", ".hidden.pem", ".git/9.pem", "a.pem"):
        (files / name).parent.mkdir(parents=True, exist_ok=True)
        (files / name).write_bytes(LEAF_PEM)
    (files / "notes.txt").write_text("Bring milk.")
    (files / "around").symlink_to(files)
    (files / "link.pem").symlink_to("a.pem")
    (files / "nowhere.pem").symlink_to("gone.pem")
    os.mkfifo(files / "pipe")
    found = inspect([files / "a.pem", files, Pasted("text", KEY_PEM)], reader=reader)
    assert [source.name for source in found.sources] == [
        "a.pem",
        ".hidden.pem",
        "a.pem",
        "link.pem",
        "slow.key",
        "web.key",
        "web.pem",
        "b/1.pem",
        "b/deep/2.pem",
        "text",
    ]
    assert [source.number for source in found.sources] == [0, *[1] * 8, 2]
    assert [source.folder for source in found.sources] == [None, *[files] * 8, None]
    assert found.sources[8].path == files / "b/deep/2.pem"
    assert found.passed_over == 1


def test_a_folder_with_nothing_for_us_says_so(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "photos" / "more").mkdir(parents=True)
    (tmp_path / "photos" / "one.jpg").write_bytes(b"\xff\xd8\xff" + bytes(100))
    (tmp_path / "empty").mkdir()
    (tmp_path / "web.pem").write_bytes(LEAF_PEM)
    names = ("photos", "empty", "web.pem")
    photos, empty, web = inspect_files([tmp_path / name for name in names], reader=reader).sources
    assert "holds nothing that we recognise 1 files were looked at" in str(photos.error)
    assert "holds no files" in str(empty.error)
    assert web.error is None


def test_too_many_files_in_a_folder_are_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mtlsgui.workspace.reading import folders

    monkeypatch.setattr(folders, "MOST_FILES", 3)
    monkeypatch.setattr(folders, "MOST_DEPTH", 2)
    deep = tmp_path / "a/b/c/d"
    deep.mkdir(parents=True)
    task = Task(0, "top", str(tmp_path))
    (refused,) = folders.unfold([task])
    assert refused.name == "a/b"
    assert refused.refusal is not None
    assert refused.refusal.title == f"The folder {tmp_path / 'a/b'} is nested too deep"
    for number in range(5):
        (tmp_path / f"{number}.pem").write_bytes(LEAF_PEM)
    found = list(folders.unfold([task]))
    assert [each.name for each in found] == ["0.pem", "1.pem", "2.pem", "top"]
    assert found[-1].refusal is not None


# -- bad input


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 * 2**30)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (Path.touch, "is empty"),
        (sparse, "is too large It has 10,737,418,240 bytes; 67,108,864 are read at most."),
        (os.mkfifo, "is a device or a pipe Only files can be read."),
        (lambda path: path.symlink_to("/dev/zero"), "is a device or a pipe"),
        (lambda path: path.symlink_to(path), "cannot be read Too many levels of symbolic links"),
        (Path.absolute, "does not exist"),
    ],
)
def test_what_is_no_usual_file_is_said_in_a_sentence(
    reader: Reader, tmp_path: Path, make: Callable[[Path], object], sentence: str
) -> None:
    path = tmp_path / "thing"
    make(path)
    good = tmp_path / "good.pem"
    good.write_bytes(LEAF_PEM)
    bad, stands = inspect_files([path, good], reader=reader).sources
    said = str(bad.error) if bad.error else " ".join(e.message for e in bad.result.errors)
    assert sentence in said
    assert len(stands.result.items) == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_no_permission_is_said(reader: Reader, files: Path) -> None:
    (files / "web.pem").chmod(0)
    (source,) = inspect_files([files / "web.pem"], reader=reader).sources
    assert "You have no permission to read it." in str(source.error)


def test_a_file_that_vanishes_is_said_to(reader: Reader, files: Path) -> None:
    def progress(done: int, _total: int) -> None:
        if done == 1:
            (files / "web.key").unlink(missing_ok=True)

    names = ("web.pem", "slow.key", "web.key")
    limits = replace(ENDLESS, seconds=0.3)
    *_, last = reader.read(
        [files / name for name in names], [SECRET], limits=limits, progress=progress
    )
    assert isinstance(last.error, FileError)
    assert "does not exist" in str(last.error)


def test_relative_names_are_those_of_the_moment(
    reader: Reader, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outcomes(reader, files / "web.pem") == ["['certificate']"]
    monkeypatch.chdir(files)
    (outcome,) = reader.read([Path("web.pem")])
    assert outcome.path == Path("web.pem")
    assert outcome.result.items


def test_what_a_limit_refused_is_read_with_wider_ones(files: Path) -> None:
    (files / "large.der").write_bytes(hostile.rsa_public_key(DEFAULT.rsa_bits + 8))
    usual = inspect_files([files / "large.der"])
    assert usual.bounded
    assert usual.items == ()
    relaxed = inspect_files([files / "large.der"], relaxed=True)
    assert [item.kind for item in relaxed.items] == ["public_key"]
    assert not relaxed.bounded


def test_a_text_is_read_like_a_file() -> None:
    found = inspect_bytes(LEAF_PEM + KEY_PEM, "Pasted text")
    assert [item.kind for item in found.items] == ["certificate", "private_key"]
    assert found.grouping.bundles[0].leaf_key is not None
    assert found.source_of(found.items[1]) is found.sources[0]


def test_a_process_that_cannot_be_started_is_an_error_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def start(_self: BaseProcess) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(BaseProcess, "start", start)  # forked or spawned
    with pytest.raises(MtlsguiError, match=r"cannot be started: Resource temporarily unavail"):
        Reader().read([Pasted("text", b"hello")])


def test_what_this_program_has_in_memory_is_not_the_files_doing(
    reader: Reader, files: Path
) -> None:
    mine = b"m" * DEFAULT.memory
    (outcome,) = reader.read([files / "web.pem"])
    assert len(mine) == DEFAULT.memory
    assert outcome.error is None
    assert len(outcome.result.items) == 1


# -- what the processes say to each other


def test_only_plain_data_is_taken_from_the_reading_process() -> None:
    class Command:
        def __init__(self, function: Callable[..., object], *arguments: object) -> None:
            self.what = function, arguments

        def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
            return self.what

    for hostile_answer in (
        Command(os.system, "true"),
        Command(write_atomically, Path("x"), b""),
        Command(Reader),
        Command(eval, "1"),
        Command(Path, "x"),
        ["no message"],
    ):
        with pytest.raises(pickle.UnpicklingError):
            load_message(pickle.dumps(hostile_answer))


@pytest.mark.parametrize(
    "kind",
    ["mtlsgui.formats.items\nCertificateItem", "mtlsgui.pki.profiles\nProfile"],
    ids=["item", "profile"],
)
def test_what_the_reading_process_says_changes_no_class(kind: str) -> None:
    # The opcodes of: put a class, put (None, {"injected": True}), build the one with the other.
    attributes = pickle.dumps((None, {"injected": True}), protocol=2)[2:-1]
    with pytest.raises(pickle.UnpicklingError):
        load_message(b"c" + kind.encode() + b"\n" + attributes + b"b.")
    module, name = kind.split("\n")
    assert not hasattr(getattr(sys.modules[module], name), "injected")


@pytest.mark.parametrize(
    "said",
    [b"", b"\x80\x05.", b"cmtlsgui.formats.no_such\nX\n.", dump(Ready())[:-1]],
    ids=["nothing", "no object", "unknown module", "cut off"],
)
def test_a_malformed_message_is_no_other_error(said: bytes) -> None:
    with pytest.raises(pickle.UnpicklingError):
        load_message(said)


def test_messages_come_through() -> None:
    said = (Ready(), Answer(refusal=Refusal("It failed", bounded=True)))
    assert tuple(load_message(dump(message)) for message in said) == said
