"""Running a function over many inputs in processes that may be killed: a hostile file costs a time
limit, not the run."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

_TASKS_A_PROCESS = 400
"""After which a process is replaced, so that what leaks in one stays small."""


@dataclass(frozen=True)
class Outcome:
    """What became of one input.

    value: what the function gave; None when it did not.
    failure: the exception's text, "timed out" or "died"; empty when there is a value.
    seconds: of wall time.
    """

    task: Any
    value: Any
    failure: str
    seconds: float


@dataclass
class _Worker:
    process: multiprocessing.process.BaseProcess
    connection: Connection
    done: int = 0
    task: Any = None
    begun: float = 0.0


def run(
    function: Callable[[Any], Any],
    tasks: Iterable[Any],
    *,
    processes: int,
    time_limit: float,
    memory_limit: int,
) -> Iterator[Outcome]:
    """The outcome of each task, in the order that they end.

    function: of the top level of a module, as it is sent to other processes.
    time_limit: seconds for one task, after which its process is killed.
    memory_limit: bytes of address space of a process.
    """
    waiting = iter(tasks)
    busy: dict[Connection, _Worker] = {}
    idle = [_start(function, memory_limit) for _ in range(processes)]
    try:
        while True:
            while idle and (task := next(waiting, None)) is not None:
                worker = idle.pop()
                worker.task, worker.begun = task, time.monotonic()
                worker.connection.send(task)
                busy[worker.connection] = worker
            if not busy:
                return
            wait(list(busy), timeout=0.2)
            for worker in list(busy.values()):
                outcome = _collect(worker, time_limit)
                if outcome is None:
                    continue
                del busy[worker.connection]
                worker.done += 1
                if outcome.failure in {_TIMED_OUT, _DIED} or worker.done >= _TASKS_A_PROCESS:
                    _stop(worker)
                    idle.append(_start(function, memory_limit))
                else:
                    idle.append(worker)
                yield outcome
    finally:
        for worker in [*idle, *busy.values()]:
            _stop(worker)


_TIMED_OUT = "timed out"
_DIED = "died"


def _collect(worker: _Worker, time_limit: float) -> Outcome | None:
    """The task's outcome; None while it runs."""
    seconds = time.monotonic() - worker.begun
    try:
        if worker.connection.poll():
            value, failure = worker.connection.recv()
            return Outcome(worker.task, value, failure, seconds)
    except EOFError:
        return Outcome(worker.task, None, _DIED, seconds)
    if seconds > time_limit:
        return Outcome(worker.task, None, _TIMED_OUT, seconds)
    return None


def _start(function: Callable[[Any], Any], memory_limit: int) -> _Worker:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, function, memory_limit), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _stop(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.connection.close()


def _serve(connection: Connection, function: Callable[[Any], Any], memory_limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        try:
            answer = (function(task), "")
        except Exception as error:  # whatever it is, it is the outcome of this task
            answer = (None, f"{type(error).__name__}: {error}")
        connection.send(answer)
