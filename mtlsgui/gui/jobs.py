"""Work off the GUI thread: two threads, progress, cancelling, results back in the GUI thread.

Nothing of Qt is made, kept or deleted in a worker thread: a worker only puts its outcome on a
shelf and emits a number. That keeps the lifetimes of PySide objects in one thread.
"""

from __future__ import annotations

import platform
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from mtlsgui.errors import MtlsguiError

Result = TypeVar("Result")

THREADS = 2
"""More threads make the GUI thread late: with 32, timers come 65 ms late; with 2, 8 ms."""
SHOWN_AFTER_MS = 300
_REPORT_EVERY_S = 0.05


class TaskCancelled(Exception):
    """Raised inside a task that was cancelled; never shown."""


@dataclass(frozen=True)
class Progress:
    """How far a task is. total 0: not known. text: what it is doing, or ""."""

    done: int = 0
    total: int = 0
    text: str = ""


class TaskControl:
    """What a task's function gets: to report with, and to stop by. Safe in its thread."""

    def __init__(self, notify: Callable[[Progress], None]) -> None:
        self._cancelled = threading.Event()
        self._notify = notify
        self._last = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Raise TaskCancelled if the user asked to stop."""
        if self._cancelled.is_set():
            raise TaskCancelled

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        """Say how far it is, as often as you like; also a place to stop (raises TaskCancelled)."""
        self.check()
        now = time.monotonic()
        if now - self._last >= _REPORT_EVERY_S or (total and done >= total):
            self._last = now
            self._notify(Progress(done, total, text))

    def cancel(self) -> None:
        """Ask the task to stop."""
        self._cancelled.set()


class Task:
    """One running task, as the GUI thread sees it. Deliberately no QObject: it just goes."""

    def __init__(
        self, title: str, cancellable: bool, control: TaskControl, owner: QObject | None
    ) -> None:
        self.title = title
        self.cancellable = cancellable
        self.progress = Progress()
        self.is_finished = False
        self._started = time.monotonic()
        self._control = control
        self._owner = owner

    def cancel(self) -> None:
        """Ask it to stop, if it can be stopped.

        When it stops, only `on_finished` is called; when it was already past its last look at
        its TaskControl, its result is delivered all the same: what was done is done.
        """
        if self.cancellable:
            self._control.cancel()

    @property
    def runs_long(self) -> bool:
        """Whether it runs for so long that the user wants to see it."""
        return (time.monotonic() - self._started) * 1000 >= SHOWN_AFTER_MS

    @property
    def owner_is_gone(self) -> bool:
        """Whether the widget that wanted the result was destroyed."""
        return self._owner is not None and not shiboken6.isValid(self._owner)


@dataclass
class _Entry:
    task: Task
    future: Future[Any]
    on_done: Callable[[Any], object]
    on_error: Callable[[MtlsguiError], object] | None
    on_finished: Callable[[], object] | None


class Jobs(QObject):
    """Runs tasks. One for the application; `close()` it before the application ends."""

    failed = Signal(object)
    """A MtlsguiError that no `on_error` took: for a banner."""
    crashed = Signal(str, str)
    """A bug: one line, and details to copy."""
    progressed = Signal()
    """A task has reported how far it is."""
    shown_changed = Signal()
    """`shown` has changed: a task runs for over 300 ms, or such a one has ended."""

    _settled = Signal(int)
    _reported = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="mtlsgui-task")
        self._entries: dict[int, _Entry] = {}
        self._next = 0
        self._latest: dict[int, Progress] = {}
        self._closed = False
        self.shown: list[Task] = []
        self._watch = QTimer(self)
        self._watch.setInterval(SHOWN_AFTER_MS // 6)
        self._watch.timeout.connect(self._show_long_ones)
        # Queued: a task that is done before `run_task` returns settles in this thread, and its
        # callbacks must not come before the caller has the task.
        self._settled.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self._pass_on_progress)

    @property
    def running(self) -> int:
        """How many tasks have not been delivered yet."""
        return len(self._entries)

    def run_task(
        self,
        func: Callable[[TaskControl], Result],
        on_done: Callable[[Result], object],
        on_error: Callable[[MtlsguiError], object] | None = None,
        *,
        title: str,
        cancellable: bool = False,
        owner: QObject | None = None,
        on_finished: Callable[[], object] | None = None,
    ) -> Task:
        """Run `func` in a worker thread and hand its result to `on_done` in this thread.

        on_error: gets a MtlsguiError; without it the error goes to `failed`. Anything else
        raised is a bug and goes to `crashed`.
        title: what is being done, for the status bar ("Importing 3 files").
        cancellable: `func` looks at its TaskControl and may be stopped half-way.
        owner: callbacks are dropped when this object has been destroyed meanwhile.
        on_finished: called last in every case, cancelled or failed too (to free buttons).
        After close() the window is on its way out, though a timer of it may still fire: the
        task is given back finished, is not run, and nothing is called.
        """
        number = self._next
        self._next += 1
        control = TaskControl(lambda progress: self._report(number, progress))
        task = Task(title, cancellable, control, owner)
        if self._closed:
            task.is_finished = True
            return task

        def work() -> Result:
            control.check()
            return func(control)

        future = self._pool.submit(work)
        self._entries[number] = _Entry(task, future, on_done, on_error, on_finished)
        future.add_done_callback(lambda _future: self._settle(number))
        if not self._watch.isActive():
            self._watch.start()
        return task

    def close(self, wait_seconds: float = 10.0) -> bool:
        """Cancel what can be cancelled, wait for the rest, end the threads.

        Results that come now are dropped. Returns False when a task still ran after
        `wait_seconds` (a prompt that blocks); its thread then ends by itself.
        """
        self._closed = True
        for entry in self._entries.values():
            entry.task.cancel()
        futures = [entry.future for entry in self._entries.values()]
        # Those that have not begun and may be dropped are; the rest is work that was promised.
        for entry in self._entries.values():
            if entry.task.cancellable:
                entry.future.cancel()
        _, unfinished = wait(futures, timeout=wait_seconds)
        self._pool.shutdown(wait=not unfinished, cancel_futures=True)
        self._entries.clear()
        self.shown.clear()
        self._watch.stop()
        return not unfinished

    def _settle(self, number: int) -> None:
        """In the worker thread: tell the GUI thread that an outcome is there."""
        if not self._closed:
            self._settled.emit(number)

    def _report(self, number: int, progress: Progress) -> None:
        """In the worker thread."""
        if not self._closed:
            self._latest[number] = progress
            self._reported.emit(number)

    def _pass_on_progress(self, number: int) -> None:
        entry = self._entries.get(number)
        progress = self._latest.pop(number, None)
        if entry is not None and progress is not None:
            entry.task.progress = progress
            self.progressed.emit()

    def _show_long_ones(self) -> None:
        long = [entry.task for entry in self._entries.values() if entry.task.runs_long]
        if not self._entries:
            self._watch.stop()
        if long != self.shown:
            self.shown = long
            self.shown_changed.emit()

    def _deliver(self, number: int) -> None:
        entry = self._entries.pop(number, None)
        if entry is None:
            return
        task = entry.task
        task.is_finished = True
        if task in self.shown:
            self._show_long_ones()
        if task.owner_is_gone:
            return
        try:
            self._hand_over(entry)
        finally:
            if entry.on_finished is not None:
                entry.on_finished()

    def _hand_over(self, entry: _Entry) -> None:
        if entry.future.cancelled():
            return
        error = entry.future.exception()
        if error is None:
            entry.on_done(entry.future.result())
        elif isinstance(error, MtlsguiError):
            if entry.on_error is not None:
                entry.on_error(error)
            else:
                self.failed.emit(error)
        elif not isinstance(error, TaskCancelled):
            self.crashed.emit(entry.task.title, crash_details(error))


def crash_details(error: BaseException) -> str:
    """What a report of a bug needs: versions and the way there.

    The message of the exception is left out, as are local values: libraries put the data they
    were given into their messages, and that may be a secret.
    """
    lines = [
        f"Python {platform.python_version()} on {sys.platform}",
        "",
        *(
            f"{frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ),
        type(error).__qualname__,
    ]
    return "\n".join(lines)
