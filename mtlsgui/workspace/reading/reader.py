"""Reads whatever is given to it in a process of its own, within bounds."""

import contextlib
import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import ReadResult
from mtlsgui.formats.limits import DEFAULT, Limits, RefusedError
from mtlsgui.workspace.reading.messages import Answer, Order, OutOfMemory, Plan, Task
from mtlsgui.workspace.reading.process import Ended, ReadingProcess, TooLong, TooMuchMemory

MOST_PROCESSES = 2
NOTHING = ReadResult("unknown", (), ())
"""The result where there is none."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text, or bytes that came through a pipe; `name` is what it is called."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file. error: why it could not be read at all.

    number: which of the things that were given, from 0.
    folder: the folder that was named, when the file was found in one.
    """

    number: int
    name: str
    path: Path | None
    folder: Path | None
    result: ReadResult
    error: MtlsguiError | None


class Reader:
    """Keeps a reading process at hand. May be used by several threads at a time.

    A process is started when it is first needed, ends by itself after `idle_s` seconds without
    work, and with this process, however that ends. Nothing is started by making a Reader.
    """

    def __init__(self, idle_s: float = 60.0) -> None:
        self._idle_s = idle_s
        self._idle: list[ReadingProcess] = []
        self._lock = threading.Lock()
        self._free = threading.Semaphore(MOST_PROCESSES)
        self._closed = False

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def warm_up(self) -> None:
        """Have a process ready soon, since files are about to come. Returns at once."""
        with self._lock:
            if self._closed or any(process.is_alive for process in self._idle):
                return
        threading.Thread(target=self._prepare, name="mtlsgui-warm-up", daemon=True).start()

    def read(
        self,
        things: Iterable[Path | Pasted],
        passphrases: Sequence[str] = (),
        *,
        limits: Limits = DEFAULT,
        progress: Progress = lambda _done, _total: None,
    ) -> list[Outcome]:
        """What is in files, in their order; the files of a folder stand in its place.

        progress: files done, of how many (0: not known yet), at least every 50 ms. What it raises
        stops the work, and the process that does it.
        Raises MtlsguiError only when no process can be started: what is wrong with one file is
        its outcome's error.
        """
        tasks = [_task(number, thing) for number, thing in enumerate(things)]
        secrets = tuple(passphrase.encode() for passphrase in passphrases)
        with self._free:
            return _Run(self, tasks, secrets, limits, progress).outcomes() if tasks else []

    def close(self) -> None:
        """End the processes. Nothing is read after this."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for process in idle:
            process.kill()

    def take(self) -> ReadingProcess:
        """A process that is alive. Raises MtlsguiError."""
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.is_alive:
                    return process
                process.kill()
        return ReadingProcess(self._idle_s)

    def give_back(self, process: ReadingProcess) -> None:
        """It can be used again."""
        with self._lock:
            keep = not self._closed and not self._idle
            if keep:
                self._idle.append(process)
        if not keep:
            process.kill()

    def _prepare(self) -> None:
        # Whoever needs the process then says why there is none.
        with contextlib.suppress(MtlsguiError):
            self.give_back(ReadingProcess(self._idle_s))


class _Run:
    """One call of `Reader.read`."""

    def __init__(
        self,
        reader: Reader,
        tasks: Sequence[Task],
        passphrases: tuple[bytes, ...],
        limits: Limits,
        progress: Progress,
    ) -> None:
        self._reader = reader
        self._passphrases = passphrases
        self._limits = limits
        self._progress = progress
        self._tasks = tuple(tasks)
        self._unfolded = False
        relative = any(task.path and not Path(task.path).is_absolute() for task in tasks)
        self._home = str(Path.cwd()) if relative else ""
        self._outcomes: list[Outcome] = []
        self._heard = False

    def outcomes(self) -> list[Outcome]:
        vain = 0
        while len(self._outcomes) < len(self._tasks) or not self._unfolded:
            self._heard = False
            process = self._reader.take()
            try:
                self._carry_out(process)
            except Ended as ended:
                process.kill()
                # One that says nothing may have ended before it was given this order.
                vain = 0 if self._heard else vain + 1
                if vain > 1 or (self._heard and ended.code != 0):
                    vain = 0
                    self._refuse(_broke_off(ended))
            except TooLong:
                process.kill()
                self._refuse(_took_too_long(self._limits))
            except TooMuchMemory:
                process.kill()
                self._refuse(_took_too_much(self._limits))
            except BaseException:
                process.kill()
                raise
            else:
                self._reader.give_back(process)
        return self._outcomes

    def _carry_out(self, process: ReadingProcess) -> None:
        left = self._tasks[len(self._outcomes) :]
        order = Order(left, self._passphrases, self._limits, not self._unfolded, self._home)
        for message in process.carry_out(order, self._look):
            self._heard = True
            match message:
                case Plan():
                    self._tasks, self._unfolded = message.tasks, True
                case OutOfMemory():
                    raise TooMuchMemory
                case Answer():
                    self._answered(message)
            if self._unfolded and len(self._outcomes) == len(self._tasks):
                return

    def _look(self) -> None:
        self._progress(len(self._outcomes), len(self._tasks) if self._unfolded else 0)

    def _answered(self, answer: Answer) -> None:
        task = self._next
        path = None if task.path is None else Path(task.path)
        error = answer.refusal.error(path) if answer.refusal is not None else None
        self._add(answer.result or NOTHING, error)

    def _refuse(self, reason: str) -> None:
        """The next file costs too much; or finding out which it is, when there is no plan yet."""
        if not self._unfolded and len(self._tasks) > 1:
            self._do_one_by_one()
            return
        self._unfolded = True
        self._add(NOTHING, RefusedError(f"{self._next.name} was not read", reason))

    def _do_one_by_one(self) -> None:
        """One of them, a folder on a drive that does not answer, is not to be the end of all."""
        for task in self._tasks:
            alone = _Run(self._reader, [task], self._passphrases, self._limits, self._progress)
            self._outcomes += alone.outcomes()
        self._unfolded = True

    @property
    def _next(self) -> Task:
        return self._tasks[len(self._outcomes)]

    def _add(self, result: ReadResult, error: MtlsguiError | None) -> None:
        task = self._next
        self._outcomes.append(
            Outcome(
                task.number,
                task.name,
                None if task.path is None else Path(task.path),
                None if task.folder is None else Path(task.folder),
                result,
                error,
            )
        )


def _task(number: int, thing: Path | Pasted) -> Task:
    if isinstance(thing, Pasted):
        return Task(number, thing.name, data=thing.data)
    return Task(number, thing.name or str(thing), str(thing))


def _took_too_long(limits: Limits) -> str:
    return f"Reading it took more than {limits.seconds:,g} seconds, and was stopped."


def _took_too_much(limits: Limits) -> str:
    return f"Reading it took more than {limits.memory // 2**20:,} MB of memory, and was stopped."


def _broke_off(ended: Ended) -> str:
    if ended.code is not None and ended.code < 0:
        with contextlib.suppress(ValueError):
            return f"The process that read it broke down ({signal.Signals(-ended.code).name})."
    return "The process that read it broke down."
